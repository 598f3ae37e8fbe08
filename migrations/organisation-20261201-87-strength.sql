-- How strong an institution's login must be, and how strong the one was that a session began with.
set local role vn_owner;
alter table vn.sign_in_provider
  -- Which claim of the signed ID token says it: acr, or what a broker calls it.
  add strength_claim text not null default 'acr' check (length(strength_claim) between 1 and 100 and strength_claim !~* 'cpr'),
  -- What it may say, and what is asked for; empty: anything, also nothing.
  add strengths text[] not null default '{}' check (cardinality(strengths) <= 20);
grant select (strength_claim, strengths), insert (strength_claim, strengths), update (strength_claim, strengths) on vn.sign_in_provider to vn_staff;
alter table vn.session
  add provider_id uuid,
  add strength text check (length(strength) <= 200),
  -- Where the person signs out there too, as the provider wrote it in its papers that day.
  add leave_at text check (length(leave_at) <= 1000);
reset role;

set local role vn_gate;
-- As in migration 84; how strong a login must be counts as well.
create or replace function vn.provider_written() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (old.issuer, old.client_id, old.subject_claim, old.email_claim, old.company_claim, old.company_numbers, old.strength_claim, old.strengths)
       is not distinct from (new.issuer, new.client_id, new.subject_claim, new.email_claim, new.company_claim, new.company_numbers, new.strength_claim, new.strengths) then
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

drop function vn.start_session(uuid, bytea, uuid, text, text, uuid);
/* As in migration 64, with the institution's login that the person came by, what that said of its strength, and where one signs out there; null by every other way. */
create function vn.start_session(p_session uuid, p_token_hash bytea, p_person uuid, p_device text, p_way text, p_centre uuid, p_provider uuid, p_strength text, p_leave_at text) returns text
language plpgsql security definer set search_path = vn, pg_temp as $$
declare c record; h record; until_when timestamptz; closed boolean := false; sure timestamptz := case when p_way <> 'provider' then ctx.now() end;
begin
  for c in select k.id, k.tz from vn.person_centre pc join vn.centre k on k.id = pc.centre_id where pc.person_id = p_person and (p_centre is null or k.id = p_centre) order by k.key loop
    perform set_config('app.centre', c.id::text, true);
    select * into h from vn.hats(c.id, p_person, (ctx.now() at time zone c.tz)::date) limit 1;
    continue when not found;
    until_when := vn.session_until(p_way, ctx.now(), ctx.now(), vn.rules_of(c.id));
    if until_when <= ctx.now() then
      closed := true;
      continue;
    end if;
    insert into vn.session (id, token_hash, person_id, centre_id, school_id, organisation_id, as_coordinator, device, created_at, seen_at, expires_at, way, confirmed_at, provider_id, strength, leave_at)
      values (p_session, p_token_hash, p_person, c.id, h.school_id, h.organisation_id, h.as_coordinator, left(p_device, 200), ctx.now(), ctx.now(), until_when, p_way, sure, p_provider, p_strength, p_leave_at);
    return 'started';
  end loop;
  perform set_config('app.centre', '', true);
  if p_centre is null and exists (select from vn.national_role n where n.person_id = p_person and n.during @> (ctx.now() at time zone 'Europe/Copenhagen')::date) then
    insert into vn.session (id, token_hash, person_id, device, created_at, seen_at, expires_at, way, confirmed_at)
      values (p_session, p_token_hash, p_person, left(p_device, 200), ctx.now(), ctx.now(), vn.session_until(p_way, ctx.now(), ctx.now(), vn.rules_of(null)), p_way, sure);
    return 'started';
  end if;
  return case when closed then 'closed' else 'nothing' end;
end $$;

drop function vn.my_sessions();
-- One's open sessions, and by which way each began; the name of the login only in the centre that one is in, and while it is there.
create function vn.my_sessions() returns table (id uuid, device text, created_at timestamptz, seen_at timestamptz, way text, label_da text, label_en text, strength text)
language sql stable security definer set search_path = vn, pg_temp rows 5 as $$
  select s.id, s.device, s.created_at, s.seen_at, s.way, p.label_da, p.label_en, s.strength
    from vn.session s left join vn.sign_in_provider p on p.centre_id = s.centre_id and p.id = s.provider_id
   where s.person_id = ctx.person() and s.ended_at is null and s.expires_at > ctx.now() order by s.seen_at desc, s.id;
$$;
-- Where whoever signs out here may sign out too: at the login that the session began at, where that says how.
create function vn.also_at(p_session uuid) returns table (label_da text, label_en text, client_id text, leave_at text)
language sql stable security definer set search_path = vn, pg_temp rows 1 as $$
  select p.label_da, p.label_en, p.client_id, s.leave_at from vn.session s join vn.sign_in_provider p on p.centre_id = s.centre_id and p.id = s.provider_id
   where s.id = p_session and s.person_id = ctx.person() and s.leave_at is not null;
$$;
grant execute on function vn.start_session(uuid, bytea, uuid, text, text, uuid, uuid, text, text) to vn_visitor, vn_staff, vn_agent, vn_ministry;
grant execute on function vn.my_sessions(), vn.also_at(uuid) to vn_staff, vn_agent, vn_ministry;
reset role;
