-- The one fixed contact person of every company that the centre follows (row 2.23), a deputy, and what the company has been told (row 2.25).
set local role vn_owner;
alter table vn.relation
  -- The centre follows the company: then there is exactly one contact person, never two and never none.
  add active boolean not null default false,
  add contact_person uuid references vn.person,
  add contact_since timestamptz,
  add contact_by uuid references vn.person,
  add contact_note text check (length(contact_note) <= 1000),
  add deputy uuid references vn.person,
  add deputy_until date,
  add told_at timestamptz,
  -- When the contact person was last reminded of a company that has heard nothing.
  add silence_reminded_at timestamptz,
  add contact_version int not null default 0,
  add constraint relation_contact_person check (active = (contact_person is not null and contact_since is not null and contact_by is not null)),
  add constraint relation_deputy check ((deputy is null) = (deputy_until is null) and (deputy is null or (active and deputy <> contact_person)));
create index relation_contact_person_of on vn.relation (centre_id, contact_person) where active;
create index relation_deputy_of on vn.relation (centre_id, deputy) where deputy is not null;

-- Who it was before; never two at a time.
create table vn.contact_person_past (
  centre_id uuid not null,
  company_id uuid not null,
  during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  person_id uuid not null references vn.person,
  given_by uuid not null references vn.person,
  note text check (length(note) <= 1000),
  primary key (centre_id, company_id, during),
  foreign key (centre_id, company_id) references vn.relation,
  constraint contact_person_one exclude using gist (centre_id with =, company_id with =, during with &&)
);
call vn.tenant('vn.contact_person_past', 'true', 'false');
grant select on vn.contact_person_past to vn_staff;

create table vn.company_told (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  at timestamptz not null,
  person_id uuid not null references vn.person,
  how text not null check (how in ('mail', 'phone', 'visit', 'letter')),
  text text not null check (length(text) between 1 and 2000),
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation
);
create index company_told_company on vn.company_told (centre_id, company_id, at desc);
call vn.tenant('vn.company_told', 'true', 'person_id = (select ctx.person()) and (select ctx.has(''consultant''))');
grant select, insert on vn.company_told to vn_staff;

alter table vn.outreach_setting add silence_days smallint not null default 30 check (silence_days between 7 and 180);
grant update (active, contact_person, contact_since, contact_by, contact_note, deputy, deputy_until, told_at, silence_reminded_at, contact_version) on vn.relation to vn_gate;
reset role;

set local role vn_gate;
create or replace function vn.outreach_settings() returns vn.outreach_setting language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare s vn.outreach_setting;
begin
  select * into s from vn.outreach_setting x where x.centre_id = ctx.centre();
  if not found then
    s := row (ctx.centre(), 4, 4, 10, '09:00', '16:00', 30, 3, 6, 60, 13, 3, 5, 2, 0, 30);
  end if;
  return s;
end $$;
-- Whether somebody may be a contact person today: a consultant of the centre.
create function vn.consults(p_person uuid) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select exists (select from vn.membership m join vn.centre c on c.id = m.centre_id
    where m.centre_id = ctx.centre() and m.person_id = p_person and m.role = 'consultant' and m.during @> (ctx.now() at time zone c.tz)::date);
$$;
create function vn.keep_contact_person() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if old.contact_person is not null and new.contact_since is distinct from old.contact_since and ctx.now() > old.contact_since then
    insert into vn.contact_person_past (centre_id, company_id, during, person_id, given_by, note)
      values (old.centre_id, old.company_id, tstzrange(old.contact_since, ctx.now()), old.contact_person, old.contact_by, old.contact_note);
  end if;
  return null;
end $$;
/* Makes somebody the contact person. Without one, any consultant may take the company or give it to a colleague; else the contact person, the deputy and the
   coordinator hand it over. `result`: given, same, changed, not_yours, no_consultant, not_found. */
create function vn.give_company(p_company uuid, p_person uuid, p_note text, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare r vn.relation;
begin
  select * into r from vn.relation x where x.centre_id = ctx.centre() and x.company_id = p_company for update;
  if not found then return 'not_found'; end if;
  if not (ctx.has('coordinator') or (ctx.has('consultant') and (not r.active or ctx.person() in (r.contact_person, coalesce(r.deputy, r.contact_person))))) then return 'not_yours'; end if;
  if r.contact_version <> p_version then return 'changed'; end if;
  if not vn.consults(p_person) then return 'no_consultant'; end if;
  if r.contact_person = p_person then return 'same'; end if;
  update vn.relation x set active = true, contact_person = p_person, contact_since = ctx.now(), contact_by = coalesce(ctx.person(), p_person), contact_note = p_note, deputy = null, deputy_until = null,
      told_at = coalesce(x.told_at, ctx.now()), silence_reminded_at = null, contact_version = x.contact_version + 1
   where x.centre_id = ctx.centre() and x.company_id = p_company;
  return 'given';
end $$;
-- A deputy for some days, or none. `result`: done, changed, not_yours, no_consultant, not_found.
create function vn.set_deputy(p_company uuid, p_person uuid, p_until date, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare r vn.relation;
begin
  select * into r from vn.relation x where x.centre_id = ctx.centre() and x.company_id = p_company for update;
  if not found or not r.active then return 'not_found'; end if;
  if not (ctx.has('coordinator') or (ctx.has('consultant') and r.contact_person = ctx.person())) then return 'not_yours'; end if;
  if r.contact_version <> p_version then return 'changed'; end if;
  if p_person is not null and (p_person = r.contact_person or not vn.consults(p_person)) then return 'no_consultant'; end if;
  update vn.relation x set deputy = p_person, deputy_until = p_until, contact_version = x.contact_version + 1 where x.centre_id = ctx.centre() and x.company_id = p_company;
  return 'done';
end $$;
-- The centre follows the company no longer. `result`: as above.
create function vn.let_company_be(p_company uuid, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare r vn.relation;
begin
  select * into r from vn.relation x where x.centre_id = ctx.centre() and x.company_id = p_company for update;
  if not found or not r.active then return 'not_found'; end if;
  if not (ctx.has('coordinator') or (ctx.has('consultant') and r.contact_person = ctx.person())) then return 'not_yours'; end if;
  if r.contact_version <> p_version then return 'changed'; end if;
  update vn.relation x set active = false, contact_person = null, contact_since = null, contact_by = null, contact_note = null, deputy = null, deputy_until = null, contact_version = x.contact_version + 1
   where x.centre_id = ctx.centre() and x.company_id = p_company;
  return 'done';
end $$;
-- The company has heard something: kept by whoever follows it.
create function vn.company_heard(p_company uuid) returns void language sql security definer set search_path = vn, pg_temp as $$
  update vn.relation x set told_at = ctx.now(), silence_reminded_at = null where x.centre_id = ctx.centre() and x.company_id = p_company and (ctx.has('consultant') or ctx.has('coordinator'));
$$;
-- Marks companies whose silence somebody is reminded of now, at most every so many days.
create function vn.remind_silence(p_told_before timestamptz, p_reminded_before timestamptz) returns table (company_id uuid, person_id uuid, deputy_id uuid, told_at timestamptz) language sql security definer set search_path = vn, pg_temp as $$
  update vn.relation x set silence_reminded_at = ctx.now()
   where ctx.has('coordinator') and x.centre_id = ctx.centre() and x.active and x.told_at < p_told_before and (x.silence_reminded_at is null or x.silence_reminded_at < p_reminded_before)
  returning x.company_id, x.contact_person, x.deputy, x.told_at;
$$;
-- Deputies whose days are over.
create function vn.end_deputies(p_today date) returns void language sql security definer set search_path = vn, pg_temp as $$
  update vn.relation x set deputy = null, deputy_until = null, contact_version = x.contact_version + 1 where ctx.has('coordinator') and x.centre_id = ctx.centre() and x.deputy_until < p_today;
$$;
grant execute on function vn.keep_contact_person() to vn_owner;
grant execute on function vn.consults(uuid), vn.give_company(uuid, uuid, text, int), vn.set_deputy(uuid, uuid, date, int), vn.let_company_be(uuid, int), vn.company_heard(uuid),
  vn.remind_silence(timestamptz, timestamptz), vn.end_deputies(date) to vn_staff;
reset role;

set local role vn_owner;
create trigger t4_contact_person after update of contact_person on vn.relation for each row execute function vn.keep_contact_person();
create trigger t9_append_only before update or delete on vn.contact_person_past for each statement execute function vn.no_change();
create trigger t9_append_only before update or delete on vn.company_told for each statement execute function vn.no_change();
reset role;
