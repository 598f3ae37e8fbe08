-- Keys for machines (row X.2): a script comes in as somebody, never as more. A key of a person's own has that person's rights of the day under one hat; a machine's key is a
-- person of its own that was made with it, holds one role at one place and can sign in nowhere. Only the hash is kept.
set local role vn_owner;
create table vn.api_key (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  -- Whose rights it has, and whose name stands at what it does.
  person_id uuid not null references vn.person,
  name text not null check (length(name) between 1 and 80),
  -- What it begins with, so that its owner recognises it.
  beginning text not null check (length(beginning) = 12),
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  -- Null: a person's own.
  machine_role text check (machine_role in ('consultant', 'manager', 'agent', 'coordinator', 'register')),
  school_id uuid,
  organisation_id uuid,
  as_coordinator boolean not null default false,
  writes boolean not null,
  made_by uuid not null references vn.person,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz,
  ended_by uuid references vn.person,
  primary key (centre_id, id),
  foreign key (centre_id, school_id) references vn.school,
  foreign key (centre_id, organisation_id) references vn.organisation,
  check (expires_at > created_at and expires_at <= created_at + interval '366 days'),
  check ((ended_at is null) = (ended_by is null)),
  check (as_coordinator = (machine_role = 'coordinator') or machine_role is null),
  check (case machine_role when 'manager' then school_id is not null and organisation_id is null
                           when 'agent' then organisation_id is not null and school_id is null
                           when 'consultant' then organisation_id is null
                           else machine_role is null or (school_id is null and organisation_id is null) end)
);
create index api_key_person on vn.api_key (centre_id, person_id);
grant select, insert, update, delete on vn.api_key to vn_gate;
reset role;

set local role vn_gate;
/* Who a key stands for today, and how many requests it has left. No row: no key, ended, expired, or whoever it stands for is nothing here any more.
   Counted first, so that refused requests count too: `remaining` is below zero for one too many. */
create function vn.open_api_key(p_token_hash bytea, p_now timestamptz, p_count int, p_seconds int)
returns table (key_id uuid, writes boolean, remaining int, resets int, person_id uuid, centre_id uuid, tz text, school_id uuid, organisation_id uuid, as_coordinator boolean, roles text[])
language plpgsql security definer set search_path = vn, pg_temp rows 1 as $$
declare k vn.api_key; zone text; held text[]; n int; began timestamptz;
begin
  select * into k from vn.api_key x where x.token_hash = p_token_hash and x.ended_at is null and x.expires_at > p_now;
  if not found then return; end if;
  insert into vn.rate as r (key, since, count) values ('api-key ' || k.id, p_now, 1)
    on conflict (key) do update set
      count = case when r.since <= p_now - make_interval(secs => p_seconds) then 1 else r.count + 1 end,
      since = case when r.since <= p_now - make_interval(secs => p_seconds) then p_now else r.since end
    returning r.count, r.since into n, began;
  perform set_config('app.centre', k.centre_id::text, true);
  select c.tz into zone from vn.centre c where c.id = k.centre_id;
  if k.machine_role is null then held := vn.roles_under_hat(k.centre_id, k.person_id, k.school_id, k.organisation_id, k.as_coordinator, (p_now at time zone zone)::date);
  elsif k.school_id is null or vn.school_here(k.school_id, (p_now at time zone zone)::date) then held := array[k.machine_role];
  else held := '{}'; end if;
  if held = '{}' or (k.as_coordinator and not 'coordinator' = any (held)) then return; end if;
  if k.used_at is null or k.used_at < p_now - interval '5 minutes' then
    update vn.api_key x set used_at = p_now where x.centre_id = k.centre_id and x.id = k.id and x.ended_at is null;
  end if;
  return query select k.id, k.writes, p_count - n, greatest(1, ceil(extract(epoch from began + make_interval(secs => p_seconds) - p_now))::int),
    k.person_id, k.centre_id, zone, k.school_id, k.organisation_id, k.as_coordinator, held;
end $$;

-- Who may make and end a machine's key: an administrator all, a manager the own school's.
create function vn.may_give_key(p_role text, p_school uuid) returns boolean
language sql stable security definer set search_path = vn, pg_temp as $$
  select ctx.has('administrator') or (ctx.has('manager') and p_role in ('consultant', 'manager') and p_school = ctx.school());
$$;

-- One's own keys, and the machines' that one may end; the newest first.
create function vn.keys() returns table (id uuid, name text, beginning text, machine_role text, school_id uuid, organisation_id uuid, as_coordinator boolean, place text, writes boolean,
  made_by text, created_at timestamptz, expires_at timestamptz, used_at timestamptz, ended_at timestamptz)
language sql stable security definer set search_path = vn, pg_temp rows 20 as $$
  select k.id, k.name, k.beginning, k.machine_role, k.school_id, k.organisation_id, k.as_coordinator, coalesce(s.name, o.name), k.writes, p.name, k.created_at, k.expires_at, k.used_at, k.ended_at
    from vn.api_key k
    join vn.person p on p.id = k.made_by
    left join vn.school s on s.centre_id = k.centre_id and s.id = k.school_id
    left join vn.organisation o on o.centre_id = k.centre_id and o.id = k.organisation_id
   where k.centre_id = ctx.centre()
     and case when k.machine_role is null then k.person_id = ctx.person() else vn.may_give_key(k.machine_role, k.school_id) end
   order by k.id desc;
$$;

/* A key of one's own under the hat that the session wears, or (p_machine) a machine's. `result`: done, too_many (twenty live ones), nowhere (the place is not here). */
create function vn.make_key(p_id uuid, p_session uuid, p_machine uuid, p_name text, p_beginning text, p_hash bytea, p_role text, p_school uuid, p_organisation uuid, p_writes boolean, p_expires timestamptz)
returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.session; today date;
begin
  if ctx.person() is null or ctx.centre() is null then raise exception 'forbidden' using errcode = '42501'; end if;
  -- One after the other: nobody gets to twenty-one by hurrying.
  perform pg_advisory_xact_lock(hashtextextended('api-key ' || ctx.centre() || ' ' || case when p_machine is null then ctx.person()::text else 'machines' end, 0));
  if (select count(*) from vn.api_key k where k.centre_id = ctx.centre() and k.ended_at is null and k.expires_at > ctx.now()
         and case when p_machine is null then k.machine_role is null and k.person_id = ctx.person() else k.machine_role is not null end) >= (case when p_machine is null then 20 else 200 end) then
    return 'too_many';
  end if;
  if p_machine is null then
    select * into s from vn.session x where x.id = p_session and x.person_id = ctx.person() and x.centre_id = ctx.centre() and x.ended_at is null;
    if not found then raise exception 'forbidden' using errcode = '42501'; end if;
    insert into vn.api_key (centre_id, id, person_id, name, beginning, token_hash, school_id, organisation_id, as_coordinator, writes, made_by, created_at, expires_at)
      values (ctx.centre(), p_id, ctx.person(), p_name, p_beginning, p_hash, s.school_id, s.organisation_id, s.as_coordinator, p_writes, ctx.person(), ctx.now(), p_expires);
    return 'done';
  end if;
  if not coalesce(vn.may_give_key(p_role, p_school), false) then raise exception 'forbidden' using errcode = '42501'; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  if p_school is not null and not vn.school_here(p_school, today) then return 'nowhere'; end if;
  if p_organisation is not null and not exists (select from vn.organisation o where o.centre_id = ctx.centre() and o.id = p_organisation) then return 'nowhere'; end if;
  insert into vn.person (id, name, email, created_at) values (p_machine, p_name, p_machine || '@machine.invalid', ctx.now());
  insert into vn.person_centre values (p_machine, ctx.centre());
  insert into vn.api_key (centre_id, id, person_id, name, beginning, token_hash, machine_role, school_id, organisation_id, as_coordinator, writes, made_by, created_at, expires_at)
    values (ctx.centre(), p_id, p_machine, p_name, p_beginning, p_hash, p_role, p_school, p_organisation, p_role = 'coordinator', p_writes, ctx.person(), ctx.now(), p_expires);
  return 'done';
end $$;

-- Ends a key that one sees in vn.keys(); null: there is none. Answers its name; a second time changes nothing.
create function vn.end_key(p_key uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare found_name text;
begin
  select k.name into found_name from vn.keys() k where k.id = p_key;
  update vn.api_key k set ended_at = ctx.now(), ended_by = ctx.person() where k.centre_id = ctx.centre() and k.id = p_key and k.ended_at is null and found_name is not null;
  return found_name;
end $$;

-- Ends the sessions and the keys that a leaver has in this centre.
create or replace function vn.end_sessions_of(p_person uuid) returns int
language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  if not (ctx.has('administrator') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.session s set ended_at = ctx.now(), ended_because = 'left' where s.person_id = p_person and s.centre_id = ctx.centre() and s.ended_at is null;
  get diagnostics n = row_count;
  update vn.api_key k set ended_at = ctx.now(), ended_by = ctx.person() where k.person_id = p_person and k.machine_role is null and k.centre_id = ctx.centre() and k.ended_at is null;
  return n;
end $$;
revoke execute on function vn.open_api_key(bytea, timestamptz, int, int), vn.may_give_key(text, uuid), vn.keys(), vn.end_key(uuid),
  vn.make_key(uuid, uuid, uuid, text, text, bytea, text, uuid, uuid, boolean, timestamptz) from public;
grant execute on function vn.open_api_key(bytea, timestamptz, int, int) to vn_app;
grant execute on function vn.keys(), vn.end_key(uuid), vn.make_key(uuid, uuid, uuid, text, text, bytea, text, uuid, uuid, boolean, timestamptz) to vn_staff, vn_agent;
reset role;
