/* People at companies: whether they were told that their name stands here (GDPR article 14), and whether they said no to being contacted (article 21). */
set local role vn_owner;
create table vn.contact_notice (
  centre_id uuid not null,
  contact_id uuid not null,
  how text not null check (how in ('mail', 'phone', 'letter', 'in_person')),
  told_at timestamptz not null,
  told_by uuid not null references vn.person,
  primary key (centre_id, contact_id),
  foreign key (centre_id, contact_id) references vn.contact on delete cascade
);
create table vn.contact_objection (
  centre_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  at timestamptz not null,
  by_id uuid not null references vn.person,
  reason text not null default '' check (length(reason) <= 300),
  -- The number that nobody may call from then on; taken out again where the objection is lifted.
  number text,
  lifted_at timestamptz,
  lifted_by uuid references vn.person,
  lifted_because text check (length(lifted_because) between 3 and 300),
  primary key (centre_id, id),
  foreign key (centre_id, contact_id) references vn.contact on delete cascade,
  check ((lifted_at is null) = (lifted_because is null) and (lifted_at is null) = (lifted_by is null))
);
create unique index contact_objection_open on vn.contact_objection (centre_id, contact_id) where lifted_at is null;
call vn.tenant('vn.contact_notice', 'true');
call vn.tenant('vn.contact_objection', 'true', 'false');
grant select, insert on vn.contact_notice to vn_staff;
grant select on vn.contact_objection to vn_staff;
create policy protection on vn.contact_objection for all to vn_protection using ((select ctx.has('data_protection'))) with check ((select ctx.has('data_protection')));
grant select, delete, update (reason, lifted_because, number) on vn.contact_objection to vn_protection;
create index contact_review on vn.contact (centre_id, review_on, id);
create index contact_made on vn.contact (centre_id, created_at, id);
reset role;

set local role vn_gate;
/* Somebody says no: no mail of the centre leaves to their address any more, and nobody calls their number. Also an address that two share: the one who said no counts.
   `result`: done, unknown, known. */
create function vn.object_contact(p_id uuid, p_contact uuid, p_reason text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare k vn.contact; digits text;
begin
  if not (ctx.has('consultant') or ctx.has('manager') or ctx.has('coordinator') or ctx.has('register') or ctx.has('data_protection')) then raise exception 'forbidden' using errcode = '42501'; end if;
  select x.* into k from vn.contact x where x.centre_id = ctx.centre() and x.id = p_contact for no key update;
  if not found then return 'unknown'; end if;
  if exists (select from vn.contact_objection o where o.centre_id = k.centre_id and o.contact_id = k.id and o.lifted_at is null) then return 'known'; end if;
  digits := vn.digits(k.phone);
  if digits = '' or exists (select from vn.relation r where r.centre_id = k.centre_id and r.company_id = k.company_id and digits = any (r.refused_numbers)) then digits := null; end if;
  if digits is not null then update vn.relation r set refused_numbers = r.refused_numbers || digits where r.centre_id = k.centre_id and r.company_id = k.company_id; end if;
  insert into vn.contact_objection (centre_id, id, contact_id, at, by_id, reason, number) values (k.centre_id, p_id, k.id, ctx.now(), ctx.person(), p_reason, digits);
  return 'done';
end $$;
-- Lifted only with a reason, as when the person asks for something themselves. `result`: done, unknown.
create function vn.lift_contact_objection(p_contact uuid, p_because text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare o vn.contact_objection;
begin
  if not (ctx.has('consultant') or ctx.has('manager') or ctx.has('coordinator') or ctx.has('register') or ctx.has('data_protection')) then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.contact_objection x set lifted_at = ctx.now(), lifted_by = ctx.person(), lifted_because = p_because where x.centre_id = ctx.centre() and x.contact_id = p_contact and x.lifted_at is null returning x.* into o;
  if not found then return 'unknown'; end if;
  if o.number is not null then
    update vn.relation r set refused_numbers = array_remove(r.refused_numbers, o.number) from vn.contact k where k.centre_id = o.centre_id and k.id = o.contact_id and r.centre_id = k.centre_id and r.company_id = k.company_id;
  end if;
  return 'done';
end $$;
-- As before, and a mail to somebody who said no is kept as not sent.
-- Whether no mail of the centre may go to an address: somebody with it said no, or was erased. Sending again asks the same.
create function vn.mail_withheld(p_to text) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select p_to like '%@slettet.invalid' or exists (select from vn.contact k join vn.contact_objection o on o.centre_id = k.centre_id and o.contact_id = k.id and o.lifted_at is null
    where k.centre_id = ctx.centre() and lower(k.email) = lower(p_to));
$$;
revoke execute on function vn.mail_withheld(text) from public;
create or replace function vn.post_mail(p_id uuid, p_to text, p_subject text, p_text text, p_calendar text) returns void
language sql security definer set search_path = vn, pg_temp as $$
  insert into vn.mail (id, centre_id, at, to_address, subject, text, calendar, state) values (p_id, ctx.centre(), ctx.now(), p_to, p_subject, p_text, p_calendar,
    case when vn.mail_withheld(p_to) then 'failed' else 'waiting' end);
$$;
grant execute on function vn.object_contact(uuid, uuid, text), vn.lift_contact_objection(uuid, text) to vn_staff;
reset role;
