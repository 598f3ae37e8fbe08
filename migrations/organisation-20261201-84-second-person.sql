-- Whoever writes where an institution's login leads does not switch it on: with a false provider of one's own one could come in as anybody of the centre.
-- A centre with one administrator has nobody else to ask; the mail about it goes out all the same.
set local role vn_owner;
alter table vn.sign_in_provider add written_by uuid references vn.person;
grant select (written_by) on vn.sign_in_provider to vn_staff;
reset role;

set local role vn_gate;
create function vn.other_administrator() returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select exists (select from vn.membership m join vn.centre c on c.id = m.centre_id
    where m.centre_id = ctx.centre() and m.role = 'administrator' and m.person_id is distinct from ctx.person() and m.during @> (ctx.now() at time zone c.tz)::date);
$$;
-- What decides who somebody is counts; a new secret or another name for the button does not.
create function vn.provider_written() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (old.issuer, old.client_id, old.subject_claim, old.email_claim, old.company_claim, old.company_numbers)
       is not distinct from (new.issuer, new.client_id, new.subject_claim, new.email_claim, new.company_claim, new.company_numbers) then
    new.written_by := old.written_by;
    return new;
  end if;
  new.written_by := ctx.person();
  if tg_op = 'UPDATE' and old.enabled and vn.other_administrator() then
    if not vn.way_without(old.id) then raise exception 'the last way in' using errcode = 'VN037', constraint = 'provider_last_way'; end if;
    new.enabled := false;
  end if;
  return new;
end $$;
create or replace function vn.switch_provider(p_id uuid, p_on boolean, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not vn.way_without(p_id) and not p_on then return 'last_way'; end if;
  if p_on and vn.other_administrator() and exists (select from vn.sign_in_provider p where p.centre_id = ctx.centre() and p.id = p_id and p.version = p_version and p.written_by = ctx.person()) then return 'second_person'; end if;
  update vn.sign_in_provider p set enabled = p_on, version = p.version + 1 where p.centre_id = ctx.centre() and p.id = p_id and p.version = p_version;
  return case when found then 'done' else 'changed' end;
end $$;
revoke execute on function vn.other_administrator(), vn.provider_written() from public;
grant execute on function vn.other_administrator() to vn_staff;
grant execute on function vn.provider_written() to vn_owner;
reset role;

set local role vn_owner;
create trigger t0_written before insert or update on vn.sign_in_provider for each row execute function vn.provider_written();
reset role;
