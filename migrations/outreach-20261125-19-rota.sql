-- Consultants take turns at a union branch, a job centre or the like (row 2.11).
set local role vn_owner;
create table vn.rota (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  kind text not null check (kind in ('union', 'job_centre', 'other')),
  place text not null default '' check (length(place) <= 300),
  weekday smallint not null check (weekday between 1 and 5),
  starts time not null,
  ends time not null,
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  -- The day on which the house last looked.
  filled_on date,
  version int not null default 1,
  primary key (centre_id, id),
  constraint rota_name unique (centre_id, name),
  check (ends > starts)
);
create table vn.rota_person (
  centre_id uuid not null,
  rota_id uuid not null,
  person_id uuid not null references vn.person,
  since date not null,
  primary key (centre_id, rota_id, person_id),
  foreign key (centre_id, rota_id) references vn.rota on delete cascade
);
-- Whose day it is; nobody's while all are hindered.
create table vn.rota_turn (
  centre_id uuid not null,
  rota_id uuid not null,
  day date not null,
  -- The number under which calendars know it.
  id uuid not null default gen_random_uuid(),
  person_id uuid references vn.person,
  during tstzrange not null check (not isempty(during)),
  version int not null default 1,
  primary key (centre_id, rota_id, day),
  foreign key (centre_id, rota_id) references vn.rota on delete cascade,
  constraint rota_one_place exclude using gist (centre_id with =, person_id with =, during with &&)
);
create index rota_turn_person on vn.rota_turn (centre_id, person_id, day);
-- Whose turn it is is no secret between the schools: they share the days.
call vn.tenant('vn.rota', 'true', '(select ctx.has(''coordinator''))');
call vn.tenant('vn.rota_person', 'true', '(select ctx.has(''coordinator''))');
call vn.tenant('vn.rota_turn', 'true', '(select ctx.has(''coordinator''))');
grant select, insert, update, delete on vn.rota, vn.rota_person, vn.rota_turn to vn_staff;
reset role;

set local role vn_gate;
-- What the own calendars say, as vn.own_busy told it before there were turns: whether somebody can take a turn must not be asked of the turn itself.
create function vn.calendar_times(p_person uuid, p_span tstzrange) returns table (during tstzrange) language sql stable security definer set search_path = vn, pg_temp as $$
  select b.during from vn.calendar_busy b where b.centre_id = ctx.centre() and b.person_id = p_person and b.during && p_span
  union all
  select b.during from vn.calendar_part_busy b where b.centre_id = ctx.centre() and b.person_id = p_person and b.during && p_span
  union all
  select p_span where vn.broken_since(p_person) is not null;
$$;
-- A turn is time that no visit is booked in.
create or replace function vn.own_busy(p_person uuid, p_span tstzrange) returns table (during tstzrange) language sql stable security definer set search_path = vn, pg_temp as $$
  select * from vn.calendar_times(p_person, p_span)
  union all
  select t.during from vn.rota_turn t where t.centre_id = ctx.centre() and t.person_id = p_person and t.during && p_span;
$$;
-- What a calendar is told of somebody's turns, in the shape of vn.meetings_of.
create function vn.turns_of(p_person uuid, p_from timestamptz) returns table (id uuid, starts timestamptz, ends timestamptz, state text, sequence int, version int, place text, company text)
language sql stable security definer set search_path = vn, pg_temp as $$
  select t.id, lower(t.during), upper(t.during), 'booked', t.version, t.version, r.place, r.name
    from vn.rota_turn t join vn.rota r on r.centre_id = t.centre_id and r.id = t.rota_id
   where t.centre_id = ctx.centre() and t.person_id = p_person and upper(t.during) >= p_from order by lower(t.during), t.id limit 2000;
$$;
-- As before, and the turns.
create or replace function vn.open_feed(p_hash bytea) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare c record; f record; found_feed jsonb;
begin
  for c in select k.id, k.name, k.tz from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select x.* into f from vn.calendar_feed x where x.centre_id = c.id and x.token_hash = p_hash
       and exists (select from vn.membership m where m.centre_id = c.id and m.person_id = x.person_id and m.role = 'consultant' and m.during @> (ctx.now() at time zone c.tz)::date);
    if found then
      select jsonb_build_object('centre', c.name, 'language', (select p.language from vn.person p where p.id = f.person_id),
        'meetings', coalesce((select jsonb_agg(to_jsonb(m)) from vn.meetings_of(f.person_id, ctx.now() - interval '90 days') m), '[]'),
        'turns', coalesce((select jsonb_agg(to_jsonb(t)) from vn.turns_of(f.person_id, ctx.now() - interval '90 days') t), '[]')) into found_feed;
      return found_feed;
    end if;
  end loop;
  perform set_config('app.centre', '', true);
  return null;
end $$;
-- Who of a rota cannot take which day: away, busy, or no consultant here on it. For the coordinator, and for the house.
create function vn.rota_hindered(p_rota uuid, p_days date[]) returns table (person_id uuid, day date) language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare r vn.rota; zone text;
begin
  if not (ctx.has('coordinator') or ctx.has('consultant')) then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into r from vn.rota x where x.centre_id = ctx.centre() and x.id = p_rota;
  select c.tz into zone from vn.centre c where c.id = ctx.centre();
  return query
    select p.person_id, d.day from vn.rota_person p cross join unnest(p_days) d (day)
     where p.centre_id = ctx.centre() and p.rota_id = p_rota
       and (not exists (select from vn.membership m where m.centre_id = p.centre_id and m.person_id = p.person_id and m.role = 'consultant' and m.during @> d.day)
         or exists (select from vn.calendar_times(p.person_id, tstzrange((d.day + r.starts) at time zone zone, (d.day + r.ends) at time zone zone)))
         or exists (select from vn.teaching t where t.centre_id = p.centre_id and t.person_id = p.person_id and t.days @> d.day and t.weekday = extract(isodow from d.day) and (t.starts, t.ends) overlaps (r.starts, r.ends))
         or exists (select from vn.busy_times(p.person_id, d.day, d.day) b where b.kind in ('absent', 'meeting') and tstzrange(b.starts, b.ends) && tstzrange((d.day + r.starts) at time zone zone, (d.day + r.ends) at time zone zone))
         or exists (select from vn.rota_turn t where t.centre_id = p.centre_id and t.person_id = p.person_id and t.rota_id <> p_rota and t.during && tstzrange((d.day + r.starts) at time zone zone, (d.day + r.ends) at time zone zone)));
end $$;
/* Gives a turn to somebody else of the rota. `result`: given, not_yours, not_found. Who has the turn gives it, anybody of the rota takes one that nobody has, the coordinator does both. */
create function vn.give_turn(p_rota uuid, p_day date, p_version int, p_person uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare t vn.rota_turn;
begin
  select * into t from vn.rota_turn x where x.centre_id = ctx.centre() and x.rota_id = p_rota and x.day = p_day for update;
  if not found then return 'not_found'; end if;
  if not (ctx.has('coordinator') or (ctx.has('consultant') and (t.person_id = ctx.person() or (t.person_id is null and p_person = ctx.person())))) then return 'not_yours'; end if;
  if t.version <> p_version then return 'changed'; end if;
  if not exists (select from vn.rota_person p where p.centre_id = t.centre_id and p.rota_id = t.rota_id and p.person_id = p_person) then return 'not_in_rota'; end if;
  update vn.rota_turn x set person_id = p_person, version = x.version + 1 where x.centre_id = t.centre_id and x.rota_id = t.rota_id and x.day = t.day;
  return 'given';
end $$;
grant execute on function vn.rota_hindered(uuid, date[]), vn.give_turn(uuid, date, int, uuid) to vn_staff;
reset role;
