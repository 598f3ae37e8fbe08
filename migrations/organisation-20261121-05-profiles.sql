-- Sign-in by mail, invitations, profiles of consultants and schools, outside organisations' agreements, teams, and the log of reading.
set local role vn_owner;
create table vn.sign_in_token (
  id uuid primary key,
  person_id uuid not null references vn.person,
  code_hash bytea,
  link_hash bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_token_person on vn.sign_in_token (person_id) where used_at is null;
grant select, insert, update on vn.sign_in_token to vn_gate;

create table vn.consultant_profile (
  centre_id uuid not null references vn.centre,
  person_id uuid not null references vn.person,
  school_id uuid,
  industries text[] not null,
  products text[] not null,
  assessment smallint not null check (assessment between 0 and 3),
  basic_skills smallint not null check (basic_skills between 0 and 3),
  languages text[] not null,
  area text[] not null,
  employer text not null check (employer in ('school', 'centre')),
  version int not null,
  primary key (centre_id, person_id),
  foreign key (centre_id, school_id) references vn.school
);
create table vn.school_capability (
  centre_id uuid not null,
  school_id uuid not null,
  kind text not null check (kind in ('assessment', 'basic_skills', 'company_relations', 'job_centre', 'unions', 'growth_forum')),
  level smallint not null check (level between 0 and 3),
  contact text not null default '' check (length(contact) <= 200),
  primary key (centre_id, school_id, kind),
  foreign key (centre_id, school_id) references vn.school
);
create unique index school_name on vn.school (centre_id, lower(name));
create table vn.processor_agreement (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  organisation_id uuid not null,
  reference text not null check (length(reference) between 1 and 200),
  signed_on date not null,
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  primary key (centre_id, id),
  foreign key (centre_id, organisation_id) references vn.organisation
);
create table vn.team (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  market text not null check (length(market) <= 200),
  version int not null default 1,
  primary key (centre_id, id)
);
create unique index team_name on vn.team (centre_id, lower(name));
create table vn.team_member (
  centre_id uuid not null,
  team_id uuid not null,
  person_id uuid not null references vn.person,
  task text not null check (length(task) <= 100),
  primary key (centre_id, team_id, person_id),
  foreign key (centre_id, team_id) references vn.team on delete cascade
);
-- Who read whose data, written by the platform after the request.
create table vn.access_log (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  at timestamptz not null,
  person_id uuid not null,
  endpoint text not null,
  about jsonb not null,
  primary key (centre_id, id)
);

call vn.tenant('vn.consultant_profile', 'true',
  'person_id = (select ctx.person()) or (select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
call vn.tenant('vn.school_capability', 'true',
  'school_id = (select ctx.school()) or (select ctx.has(''coordinator'')) or (select ctx.has(''administrator''))');
call vn.tenant('vn.processor_agreement',
  '(select ctx.has(''coordinator'')) or (select ctx.has(''data_protection'')) or (select ctx.has(''administrator''))',
  '(select ctx.has(''data_protection'')) or (select ctx.has(''administrator''))');
call vn.tenant('vn.team', 'true', '(select ctx.has(''coordinator'')) or (select ctx.has(''administrator''))');
call vn.tenant('vn.team_member', 'true', '(select ctx.has(''coordinator'')) or (select ctx.has(''administrator''))');
call vn.tenant('vn.access_log', '(select ctx.has(''data_protection''))', 'person_id = (select ctx.person())');
-- Reading is for everybody of the centre, writing a school's facts is not.
create policy own_school on vn.school as restrictive for update to vn_staff
  using (id = (select ctx.school()) or (select ctx.has('coordinator')) or (select ctx.has('administrator')))
  with check (id = (select ctx.school()) or (select ctx.has('coordinator')) or (select ctx.has('administrator')));
create policy administrator_adds on vn.school as restrictive for insert to vn_staff with check ((select ctx.has('administrator')));
create policy administrator_adds on vn.organisation as restrictive for insert to vn_staff with check ((select ctx.has('administrator')) or (select ctx.has('data_protection')));

grant select, insert, update on vn.consultant_profile to vn_staff;
grant select, insert, update, delete on vn.school_capability to vn_staff;
grant insert (centre_id, id, name, kind, town), update (name, kind, town, core_competences, version) on vn.school to vn_staff;
grant insert on vn.organisation to vn_staff;
grant select, insert on vn.processor_agreement to vn_staff;
grant update (during) on vn.processor_agreement to vn_staff;
grant select, insert, delete on vn.team, vn.team_member to vn_staff;
grant update (name, market, version) on vn.team to vn_staff;
grant insert on vn.access_log to vn_staff;
grant select on vn.access_log to vn_staff;
grant update (name, labels, accessibility_contact, version) on vn.centre to vn_gate;
reset role;

set local role vn_gate;
-- A person who asks for a code: null when the address is nobody here, and the caller says the same either way.
create function vn.request_sign_in(p_id uuid, p_email text, p_code_hash bytea, p_link_hash bytea) returns table (person_id uuid, name text, language text)
language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.person;
begin
  select * into p from vn.person x where lower(x.email) = lower(p_email);
  if not found then return; end if;
  update vn.sign_in_token t set used_at = ctx.now() where t.person_id = p.id and t.used_at is null and t.code_hash is not null;
  insert into vn.sign_in_token (id, person_id, code_hash, link_hash, created_at, expires_at) values (p_id, p.id, p_code_hash, p_link_hash, ctx.now(), ctx.now() + interval '15 minutes');
  return query select p.id, p.name, p.language;
end $$;
-- A link for a person who was invited, or whom the operator vouches for: no code, a week.
create function vn.invite_link(p_id uuid, p_person uuid, p_link_hash bytea) returns void
language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not exists (select from vn.person_centre pc where pc.person_id = p_person and pc.centre_id = ctx.centre()) then raise exception 'not of this centre' using errcode = '42501'; end if;
  insert into vn.sign_in_token (id, person_id, link_hash, created_at, expires_at) values (p_id, p_person, p_link_hash, ctx.now(), ctx.now() + interval '7 days');
end $$;
create function vn.redeem_link(p_link_hash bytea) returns uuid
language sql security definer set search_path = vn, pg_temp as $$
  update vn.sign_in_token set used_at = ctx.now() where link_hash = p_link_hash and used_at is null and expires_at > ctx.now() returning person_id;
$$;
create function vn.redeem_code(p_email text, p_code_hash bytea) returns uuid
language sql security definer set search_path = vn, pg_temp as $$
  update vn.sign_in_token t set used_at = ctx.now() from vn.person p
   where lower(p.email) = lower(p_email) and t.person_id = p.id and t.code_hash = p_code_hash and t.used_at is null and t.expires_at > ctx.now() returning t.person_id;
$$;
create function vn.my_sessions() returns table (id uuid, device text, created_at timestamptz, seen_at timestamptz)
language sql stable security definer set search_path = vn, pg_temp rows 5 as $$
  select s.id, s.device, s.created_at, s.seen_at from vn.session s where s.person_id = ctx.person() and s.ended_at is null and s.expires_at > ctx.now() order by s.seen_at desc, s.id;
$$;
-- Puts on a hat that is one's own today; false when it is not.
create function vn.wear_hat(p_session uuid, p_school uuid, p_organisation uuid, p_coordinator boolean) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not exists (select from vn.my_hats() h where h.school_id is not distinct from p_school and h.organisation_id is not distinct from p_organisation and h.as_coordinator = p_coordinator) then return false; end if;
  update vn.session s set school_id = p_school, organisation_id = p_organisation, as_coordinator = p_coordinator where s.id = p_session and s.person_id = ctx.person() and s.ended_at is null;
  return found;
end $$;
create function vn.choose_language(p_language text) returns void language sql security definer set search_path = vn, pg_temp as $$ update vn.person set language = p_language where id = ctx.person(); $$;

-- Finds the person behind an address, or makes one. The name of somebody known elsewhere is never taken from here.
create function vn.person_for(p_id uuid, p_name text, p_email text, p_language text) returns uuid
language plpgsql security definer set search_path = vn, pg_temp as $$
declare v uuid;
begin
  if not (ctx.has('administrator') or ctx.has('coordinator') or ctx.has('manager')) then raise exception 'forbidden' using errcode = '42501'; end if;
  insert into vn.person (id, name, email, language, created_at) values (p_id, p_name, p_email, p_language, ctx.now()) on conflict (lower(email)) do nothing returning id into v;
  if v is null then select id into v from vn.person where lower(email) = lower(p_email); end if;
  return v;
end $$;
create function vn.may_give(p_role text, p_school uuid) returns boolean language sql stable set search_path = vn, pg_temp as $$
  select coalesce(ctx.has('administrator') or (ctx.has('coordinator') and p_role not in ('administrator', 'data_protection'))
      or (ctx.has('manager') and p_role in ('consultant', 'manager') and p_school = ctx.school()), false);
$$;
create function vn.give_role(p_id uuid, p_person uuid, p_role text, p_school uuid, p_organisation uuid, p_during daterange) returns void
language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not vn.may_give(p_role, p_school) then raise exception 'forbidden' using errcode = '42501'; end if;
  -- One at a time per person: two inserts that wait for each other in an exclusion constraint would deadlock.
  perform from vn.person p where p.id = p_person for update;
  insert into vn.membership (centre_id, id, person_id, school_id, organisation_id, role, during) values (ctx.centre(), p_id, p_person, p_school, p_organisation, p_role, p_during);
end $$;
-- Ends a role after a day; one that would then never have begun is removed. False: there is no such role here.
create function vn.end_role(p_id uuid, p_last date) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.membership;
begin
  select * into m from vn.membership x where x.centre_id = ctx.centre() and x.id = p_id for update;
  if not found then return false; end if;
  if not vn.may_give(m.role, m.school_id) then raise exception 'forbidden' using errcode = '42501'; end if;
  if p_last < lower(m.during) then delete from vn.membership x where x.centre_id = m.centre_id and x.id = m.id;
  else update vn.membership x set during = daterange(lower(m.during), p_last + 1) where x.centre_id = m.centre_id and x.id = m.id; end if;
  return true;
end $$;
-- Ends the sessions a leaver has in this centre.
create function vn.end_sessions_of(p_person uuid) returns int
language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  if not (ctx.has('administrator') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.session s set ended_at = ctx.now(), ended_because = 'left' where s.person_id = p_person and s.centre_id = ctx.centre() and s.ended_at is null;
  get diagnostics n = row_count;
  return n;
end $$;
create function vn.write_centre(p_name text, p_labels jsonb, p_accessibility jsonb, p_version int) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not (ctx.has('administrator') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.centre set name = p_name, labels = p_labels, accessibility_contact = p_accessibility, version = version + 1 where id = ctx.centre() and version = p_version;
  return found;
end $$;
-- Whether an agreement of the agent's organisation holds today (row 2.42); the queue asks before it gives anything away.
create function vn.agreement_holds(p_organisation uuid) returns boolean
language sql stable security definer set search_path = vn, pg_temp as $$
  select exists (select from vn.processor_agreement a join vn.centre c on c.id = a.centre_id
    where a.centre_id = ctx.centre() and a.organisation_id = p_organisation and a.during @> (ctx.now() at time zone c.tz)::date);
$$;
grant execute on function vn.request_sign_in(uuid, text, bytea, bytea), vn.redeem_link(bytea), vn.redeem_code(text, bytea) to vn_visitor, vn_staff, vn_agent, vn_ministry;
grant execute on function vn.my_sessions(), vn.wear_hat(uuid, uuid, uuid, boolean), vn.choose_language(text) to vn_staff, vn_agent, vn_ministry;
grant execute on function vn.invite_link(uuid, uuid, bytea), vn.person_for(uuid, text, text, text), vn.give_role(uuid, uuid, text, uuid, uuid, daterange), vn.end_role(uuid, date), vn.end_sessions_of(uuid), vn.write_centre(text, jsonb, jsonb, int) to vn_staff;
grant execute on function vn.agreement_holds(uuid) to vn_agent, vn_staff;
reset role;
