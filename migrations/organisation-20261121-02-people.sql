-- Centres, schools, people, what they are from/to, and their sessions.
set local role vn_owner;
create table vn.region (id uuid primary key, name text not null);
create table vn.centre (
  id uuid primary key,
  key text not null unique check (key ~ '^[a-z0-9-]{2,40}$'),
  region_id uuid not null references vn.region,
  name text not null check (length(name) between 1 and 200),
  tz text not null default 'Europe/Copenhagen',
  labels jsonb not null default '{}',
  accessibility_contact jsonb not null default '{}',
  version int not null default 1
);
create table vn.person (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  email text not null check (length(email) between 3 and 320),
  phone text,
  language text not null default 'da' check (language in ('da', 'en')),
  created_at timestamptz not null
);
create unique index person_email on vn.person (lower(email));
-- Which centres a person has ever belonged to; lets sign-in find the way without reading across tenants.
create table vn.person_centre (person_id uuid not null references vn.person, centre_id uuid not null references vn.centre, primary key (person_id, centre_id));
-- Roles that belong to no centre: the ministry's reader of published figures.
create table vn.national_role (person_id uuid not null references vn.person, role text not null check (role in ('ministry')), during daterange not null, primary key (person_id, role, during));

create table vn.session (
  id uuid primary key,
  token_hash bytea not null unique,
  person_id uuid not null references vn.person,
  centre_id uuid references vn.centre,
  -- The hat worn: a place and, for the coordinator, the role itself.
  school_id uuid,
  organisation_id uuid,
  as_coordinator boolean not null default false,
  device text not null default '',
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in ('signed_out', 'revoked', 'left')),
  check ((ended_at is null) = (ended_because is null)),
  check (not as_coordinator or (school_id is null and organisation_id is null))
);
create index session_person on vn.session (person_id, created_at desc);

-- Who a demonstration lets a visitor be. Empty everywhere else, and read only where the database says it is a demonstration.
create table vn.demonstration_person (key text primary key, person_id uuid not null references vn.person, position int not null);

create table vn.school (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('amu', 'business', 'technical', 'social_health', 'vuc', 'other')),
  town text not null default '',
  core_competences text[] not null default '{}',
  version int not null default 1,
  primary key (centre_id, id)
);
create table vn.organisation (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  kind text not null check (kind in ('call_centre')),
  name text not null check (length(name) between 1 and 200),
  primary key (centre_id, id)
);
create table vn.membership (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  person_id uuid not null references vn.person,
  school_id uuid,
  organisation_id uuid,
  role text not null check (role in ('consultant', 'manager', 'coordinator', 'agent', 'register', 'data_protection', 'administrator')),
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  primary key (centre_id, id),
  foreign key (centre_id, school_id) references vn.school,
  foreign key (centre_id, organisation_id) references vn.organisation,
  -- Consultants may be employed by the centre itself; managers belong to a school, agents to an outside organisation, the rest to the centre.
  check (case role when 'manager' then school_id is not null and organisation_id is null
                   when 'agent' then organisation_id is not null and school_id is null
                   when 'consultant' then organisation_id is null
                   else school_id is null and organisation_id is null end),
  constraint membership_no_overlap exclude using gist (centre_id with =, person_id with =, role with =, coalesce(school_id, organisation_id, centre_id) with =, during with &&)
);
create index membership_person on vn.membership (centre_id, person_id);

create table vn.audit (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  at timestamptz not null,
  person_id uuid,
  as_coordinator boolean not null default false,
  event text not null,
  subject uuid,
  data jsonb not null default '{}',
  primary key (centre_id, id)
);
create index audit_subject on vn.audit (centre_id, subject, at desc);
create index audit_at on vn.audit (centre_id, at desc, id desc);

call vn.tenant('vn.school', 'true');
call vn.tenant('vn.organisation', 'true');
call vn.tenant('vn.membership', 'true');
call vn.tenant('vn.audit', '(select ctx.has(''data_protection'')) or (select ctx.has(''administrator''))', 'person_id = (select ctx.person())');

grant select on vn.region, vn.centre to vn_visitor, vn_staff, vn_agent, vn_ministry, vn_gate;
grant select on vn.school, vn.organisation, vn.membership to vn_staff;
grant select, insert on vn.audit to vn_staff;
create policy agent_writes on vn.audit for insert to vn_agent with check (person_id = (select ctx.person()));
grant insert on vn.audit to vn_agent;
grant select, insert, update on vn.person, vn.session, vn.person_centre, vn.national_role to vn_gate;
grant select on vn.demonstration_person, vn.instance to vn_gate;
reset role;

set local role vn_gate;
create function vn.no_change() returns trigger language plpgsql set search_path = vn, pg_temp as $$ begin raise exception '% is append-only', tg_table_name using errcode = 'VN009'; end $$;
create function vn.membership_place() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  insert into vn.person_centre values (new.person_id, new.centre_id) on conflict do nothing;
  return null;
end $$;

-- The roles held under one hat on a day. Runs inside functions that have set the centre.
create function vn.roles_under_hat(p_centre uuid, p_person uuid, p_school uuid, p_organisation uuid, p_coordinator boolean, p_day date) returns text[]
language sql stable security definer set search_path = vn, pg_temp as $$
  select coalesce(array_agg(distinct m.role order by m.role), '{}') from vn.membership m
   where m.centre_id = p_centre and m.person_id = p_person and m.during @> p_day
     and m.school_id is not distinct from p_school and m.organisation_id is not distinct from p_organisation
     and (p_coordinator or m.role <> 'coordinator');
$$;

-- Who a session token belongs to, and what that person is today under the hat worn. No row: no session, ended, expired, or no longer anything here.
create function vn.open_session(p_token_hash bytea, p_now timestamptz)
returns table (session_id uuid, person_id uuid, centre_id uuid, tz text, school_id uuid, organisation_id uuid, as_coordinator boolean, roles text[])
language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.session; zone text; held text[];
begin
  select * into s from vn.session x where x.token_hash = p_token_hash and x.ended_at is null and x.expires_at > p_now;
  if not found then return; end if;
  if s.centre_id is null then
    select coalesce(array_agg(n.role), '{}') into held from vn.national_role n where n.person_id = s.person_id and n.during @> (p_now at time zone 'Europe/Copenhagen')::date;
    zone := 'Europe/Copenhagen';
  else
    perform set_config('app.centre', s.centre_id::text, true);
    select c.tz into zone from vn.centre c where c.id = s.centre_id;
    held := vn.roles_under_hat(s.centre_id, s.person_id, s.school_id, s.organisation_id, s.as_coordinator, (p_now at time zone zone)::date);
  end if;
  if held = '{}' or (s.as_coordinator and not 'coordinator' = any (held)) then return; end if;
  if s.seen_at < p_now - interval '5 minutes' then
    update vn.session x set seen_at = p_now, expires_at = p_now + interval '14 days' where x.id = s.id and x.ended_at is null;
  end if;
  return query select s.id, s.person_id, s.centre_id, zone, s.school_id, s.organisation_id, s.as_coordinator, held;
end $$;

-- The hats a person may wear in the centre on a day, own places first.
create function vn.hats(p_centre uuid, p_person uuid, p_day date)
returns table (school_id uuid, organisation_id uuid, as_coordinator boolean, roles text[])
language sql stable security definer set search_path = vn, pg_temp as $$
  select m.school_id, m.organisation_id, c.worn, vn.roles_under_hat(p_centre, p_person, m.school_id, m.organisation_id, c.worn, p_day)
    from (select distinct x.school_id, x.organisation_id from vn.membership x where x.centre_id = p_centre and x.person_id = p_person and x.during @> p_day) m
   cross join (values (false), (true)) c (worn)
   where case when c.worn then m.school_id is null and m.organisation_id is null and exists (
                  select from vn.membership k where k.centre_id = p_centre and k.person_id = p_person and k.role = 'coordinator' and k.during @> p_day)
              else exists (select from vn.membership k where k.centre_id = p_centre and k.person_id = p_person and k.role <> 'coordinator' and k.during @> p_day
                             and k.school_id is not distinct from m.school_id and k.organisation_id is not distinct from m.organisation_id)
                   -- beside the coordinator's hat, the centre's other roles are worn with it, not under a hat of their own
                   and not (m.school_id is null and m.organisation_id is null and exists (
                     select from vn.membership k where k.centre_id = p_centre and k.person_id = p_person and k.role = 'coordinator' and k.during @> p_day)) end
   order by c.worn, m.school_id nulls last;
$$;

-- Opens a session for a person who was recognised (a mailed code or link, a demonstration pick, the operator's command). False: nothing to sign in to.
create function vn.start_session(p_session uuid, p_token_hash bytea, p_person uuid, p_device text, p_now timestamptz) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
declare c record; h record; until_when timestamptz := p_now + interval '14 days';
begin
  for c in select k.id, k.tz from vn.person_centre pc join vn.centre k on k.id = pc.centre_id where pc.person_id = p_person order by k.key loop
    perform set_config('app.centre', c.id::text, true);
    select * into h from vn.hats(c.id, p_person, (p_now at time zone c.tz)::date) limit 1;
    if found then
      insert into vn.session (id, token_hash, person_id, centre_id, school_id, organisation_id, as_coordinator, device, created_at, seen_at, expires_at)
        values (p_session, p_token_hash, p_person, c.id, h.school_id, h.organisation_id, h.as_coordinator, left(p_device, 200), p_now, p_now, until_when);
      return true;
    end if;
  end loop;
  perform set_config('app.centre', '', true);
  if exists (select from vn.national_role n where n.person_id = p_person and n.during @> (p_now at time zone 'Europe/Copenhagen')::date) then
    insert into vn.session (id, token_hash, person_id, device, created_at, seen_at, expires_at) values (p_session, p_token_hash, p_person, left(p_device, 200), p_now, p_now, until_when);
    return true;
  end if;
  return false;
end $$;

-- The persons a visitor may pick, with what they are; nothing outside a demonstration.
create function vn.demonstration_people() returns table (key text, person_id uuid, name text, place text, roles text[])
language plpgsql security definer set search_path = vn, pg_temp rows 12 as $$
declare d record; c record; h record; found_place boolean;
begin
  if not exists (select from vn.instance i where i.kind = 'demonstration') then return; end if;
  for d in select x.key, x.person_id, p.name from vn.demonstration_person x join vn.person p on p.id = x.person_id order by x.position loop
    found_place := false;
    for c in select k.id, k.name, k.tz from vn.person_centre pc join vn.centre k on k.id = pc.centre_id where pc.person_id = d.person_id order by k.key loop
      perform set_config('app.centre', c.id::text, true);
      for h in select coalesce(s.name, o.name, c.name) place, x.roles from vn.hats(c.id, d.person_id, (ctx.now() at time zone c.tz)::date) x
                 left join vn.school s on s.centre_id = c.id and s.id = x.school_id left join vn.organisation o on o.centre_id = c.id and o.id = x.organisation_id limit 1 loop
        found_place := true;
        key := d.key; person_id := d.person_id; name := d.name; place := h.place; roles := h.roles;
        return next;
      end loop;
      exit when found_place;
    end loop;
    if not found_place then
      key := d.key; person_id := d.person_id; name := d.name; place := '';
      select coalesce(array_agg(n.role), '{}') into roles from vn.national_role n where n.person_id = d.person_id;
      return next;
    end if;
  end loop;
  perform set_config('app.centre', '', true);
end $$;

-- People of one's own centre, never others. Reading them is the only way to a name or an address.
create function vn.people() returns table (id uuid, name text, email text, phone text, language text)
language sql stable security definer set search_path = vn, pg_temp rows 200 as $$
  select p.id, p.name, p.email, p.phone, p.language from vn.person p
   where exists (select from vn.person_centre pc where pc.person_id = p.id and pc.centre_id = ctx.centre());
$$;
-- Oneself, whoever one is.
create function vn.myself() returns table (id uuid, name text, email text, language text)
language sql stable security definer set search_path = vn, pg_temp rows 1 as $$
  select p.id, p.name, p.email, p.language from vn.person p where p.id = ctx.person();
$$;
create function vn.my_hats() returns table (school_id uuid, school_name text, organisation_id uuid, organisation_name text, as_coordinator boolean, roles text[])
language sql stable security definer set search_path = vn, pg_temp rows 5 as $$
  select h.school_id, s.name, h.organisation_id, o.name, h.as_coordinator, h.roles
    from vn.centre c
    cross join lateral vn.hats(c.id, ctx.person(), (ctx.now() at time zone c.tz)::date) h
    left join vn.school s on s.centre_id = c.id and s.id = h.school_id
    left join vn.organisation o on o.centre_id = c.id and o.id = h.organisation_id
   where c.id = ctx.centre();
$$;
-- Signing out, or ending one of one's own other sessions. A coordinator or administrator ends a leaver's through end_sessions_of.
create function vn.end_session(p_session uuid, p_because text) returns boolean
language sql security definer set search_path = vn, pg_temp as $$
  with ended as (update vn.session s set ended_at = ctx.now(), ended_because = p_because where s.id = p_session and s.person_id = ctx.person() and s.ended_at is null returning 1)
  select exists (select from ended);
$$;
grant execute on function vn.open_session(bytea, timestamptz) to vn_app;
grant execute on function vn.start_session(uuid, bytea, uuid, text, timestamptz) to vn_visitor, vn_staff, vn_agent, vn_ministry;
grant execute on function vn.demonstration_people() to vn_visitor, vn_staff, vn_agent, vn_ministry;
grant execute on function vn.people() to vn_staff;
grant execute on function vn.myself(), vn.my_hats(), vn.end_session(uuid, text) to vn_staff, vn_agent, vn_ministry;
grant execute on function vn.no_change(), vn.membership_place() to vn_owner;
reset role;

set local role vn_owner;
create trigger t1_place after insert on vn.membership for each row execute function vn.membership_place();
create trigger t9_append_only before update or delete on vn.audit for each statement execute function vn.no_change();
reset role;
