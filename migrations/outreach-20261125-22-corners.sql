-- Guidance corners: set times in a company at which its employees meet a consultant, without anybody's name (row 2.28).
set local role vn_owner;
-- It tells which school works with which company, so it is that school's and the coordinator's.
create table vn.corner (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  company_id uuid not null,
  school_id uuid not null,
  consultant_id uuid not null references vn.person,
  -- Where in the company: the canteen, room 2.
  place text not null check (length(place) between 1 and 200),
  -- Weeks from one day to the next; null: the days stand in `days`.
  every smallint check (every in (1, 2, 4)),
  weekday smallint check (weekday between 1 and 7),
  during daterange check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  days date[] not null default '{}',
  starts time not null,
  ends time not null,
  -- How long a seat is; null: whoever comes, comes.
  seat_minutes smallint check (seat_minutes in (15, 20, 30)),
  -- The secret address, under a key that the database does not have.
  token_hash bytea,
  ended_at timestamptz,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, school_id) references vn.school,
  check (ends > starts),
  check ((every is null) = (weekday is null) and (every is null) = (during is null) and (every is null) = (days <> '{}'))
);
create unique index corner_token on vn.corner (centre_id, token_hash);
create table vn.corner_day (
  centre_id uuid not null,
  corner_id uuid not null,
  day date not null,
  -- The number under which calendars know it.
  id uuid not null default gen_random_uuid(),
  person_id uuid not null references vn.person,
  during tstzrange not null check (not isempty(during)),
  cancelled_because text check (length(cancelled_because) between 1 and 300),
  -- How many came, once somebody has written it.
  dropped_in int check (dropped_in between 0 and 1000),
  booked int check (booked between 0 and 1000),
  version int not null default 1,
  primary key (centre_id, corner_id, day),
  foreign key (centre_id, corner_id) references vn.corner on delete cascade,
  check ((dropped_in is null) = (booked is null)),
  constraint corner_one_place exclude using gist (centre_id with =, person_id with =, during with &&) where (cancelled_because is null)
);
create index corner_day_person on vn.corner_day (centre_id, person_id, day);
-- A seat that somebody took, with a code instead of a name. Who it was and when it was taken is not kept.
create table vn.corner_seat (
  centre_id uuid not null,
  corner_id uuid not null,
  day date not null,
  seat smallint not null check (seat >= 0),
  code_hash bytea not null,
  -- One of many who want it at once gets it.
  constraint corner_seat_once primary key (centre_id, corner_id, day, seat),
  constraint corner_seat_code unique (centre_id, corner_id, code_hash),
  foreign key (centre_id, corner_id, day) references vn.corner_day on delete cascade
);
-- What it was about, as its consultant counted it.
create table vn.corner_topic (
  centre_id uuid not null,
  corner_id uuid not null,
  day date not null,
  topic text not null check (topic in ('courses', 'basic_skills', 'recognition', 'job_change', 'other')),
  count int not null check (count between 1 and 1000),
  person_id uuid not null references vn.person,
  primary key (centre_id, corner_id, day, topic),
  foreign key (centre_id, corner_id, day) references vn.corner_day on delete cascade
);

call vn.tenant('vn.corner', 'school_id = (select ctx.school()) or (select ctx.has(''coordinator''))', '(school_id = (select ctx.school()) and (select ctx.has(''consultant''))) or (select ctx.has(''coordinator''))');
call vn.tenant('vn.corner_day', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''coordinator''))');
-- Seats are the gate's to take and to leave.
call vn.tenant('vn.corner_seat', 'true', 'false');
-- A day's topics are about few persons: for whoever was there.
call vn.tenant('vn.corner_topic', 'person_id = (select ctx.person())');
create policy seen_corner on vn.corner_day as restrictive for all to vn_staff using (exists (select from vn.corner c where c.centre_id = corner_day.centre_id and c.id = corner_id));
create policy seen_corner on vn.corner_seat as restrictive for all to vn_staff using (exists (select from vn.corner c where c.centre_id = corner_seat.centre_id and c.id = corner_id));
create policy seen_corner on vn.corner_topic as restrictive for all to vn_staff using (exists (select from vn.corner c where c.centre_id = corner_topic.centre_id and c.id = corner_id));
grant select, insert, update on vn.corner to vn_staff;
grant select, insert, update, delete on vn.corner_day to vn_staff;
grant select (centre_id, corner_id, day, seat) on vn.corner_seat to vn_staff;
grant select, insert, delete on vn.corner_topic to vn_staff;
reset role;

set local role vn_gate;
-- A day of a corner is time that no visit is booked in, as a turn is.
create or replace function vn.own_busy(p_person uuid, p_span tstzrange) returns table (during tstzrange) language sql stable security definer set search_path = vn, pg_temp as $$
  select * from vn.calendar_times(p_person, p_span)
  union all
  select t.during from vn.rota_turn t where t.centre_id = ctx.centre() and t.person_id = p_person and t.during && p_span
  union all
  select d.during from vn.corner_day d where d.centre_id = ctx.centre() and d.person_id = p_person and d.cancelled_because is null and d.during && p_span;
$$;
-- On which of these days somebody cannot be at a place from one time to another: away, busy, at a meeting, another turn or another corner, or no consultant here.
-- The rota or corner that asks does not stand in its own way.
create function vn.hindered_days(p_person uuid, p_days date[], p_starts time, p_ends time, p_rota uuid, p_corner uuid) returns setof date language sql stable security definer set search_path = vn, pg_temp as $$
  select d.day from vn.centre c cross join unnest(p_days) d (day)
   cross join lateral (select tstzrange((d.day + p_starts) at time zone c.tz, (d.day + p_ends) at time zone c.tz) span) s
   where c.id = ctx.centre()
     and (not exists (select from vn.membership m where m.centre_id = c.id and m.person_id = p_person and m.role = 'consultant' and m.during @> d.day)
       or exists (select from vn.calendar_times(p_person, s.span))
       or exists (select from vn.teaching t where t.centre_id = c.id and t.person_id = p_person and t.days @> d.day and t.weekday = extract(isodow from d.day) and (t.starts, t.ends) overlaps (p_starts, p_ends))
       or exists (select from vn.busy_times(p_person, d.day, d.day) b where b.kind in ('absent', 'meeting') and tstzrange(b.starts, b.ends) && s.span)
       or exists (select from vn.rota_turn t where t.centre_id = c.id and t.person_id = p_person and t.rota_id is distinct from p_rota and t.during && s.span)
       or exists (select from vn.corner_day x where x.centre_id = c.id and x.person_id = p_person and x.corner_id is distinct from p_corner and x.cancelled_because is null and x.during && s.span));
$$;
-- As before, and the corners.
create or replace function vn.rota_hindered(p_rota uuid, p_days date[]) returns table (person_id uuid, day date) language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare r vn.rota;
begin
  if not (ctx.has('coordinator') or ctx.has('consultant')) then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into r from vn.rota x where x.centre_id = ctx.centre() and x.id = p_rota;
  return query
    select p.person_id, h.day from vn.rota_person p cross join lateral vn.hindered_days(p.person_id, p_days, r.starts, r.ends, p_rota, null) h (day) where p.centre_id = ctx.centre() and p.rota_id = p_rota;
end $$;
-- The same for a corner: asked about the own school's consultants, by the coordinator about all.
create function vn.corner_hindered(p_person uuid, p_days date[], p_starts time, p_ends time, p_corner uuid) returns table (day date) language plpgsql stable security definer set search_path = vn, pg_temp as $$
begin
  if not (ctx.has('coordinator') or exists (select from vn.membership m where m.centre_id = ctx.centre() and m.person_id = p_person and m.role = 'consultant' and m.school_id = ctx.school())) then
    raise exception 'forbidden' using errcode = '42501';
  end if;
  return query select h.day from vn.hindered_days(p_person, p_days, p_starts, p_ends, null, p_corner) h (day) order by 1;
end $$;
-- Days ahead on which whoever should be at a corner cannot be, by now. Only of corners that the person asking sees.
create function vn.corner_gaps(p_corner uuid) returns table (day date) language sql stable security definer set search_path = vn, pg_temp as $$
  select d.day from vn.corner c join vn.corner_day d on d.centre_id = c.centre_id and d.corner_id = c.id
   cross join lateral vn.hindered_days(d.person_id, array[d.day], c.starts, c.ends, null, c.id) h (day)
   where c.centre_id = ctx.centre() and c.id = p_corner and (ctx.has('coordinator') or c.school_id = ctx.school()) and d.cancelled_because is null
     and lower(d.during) > ctx.now() and lower(d.during) < ctx.now() + interval '57 days';
$$;
-- A corner is written on its company's timeline for its own school alone; there it also keeps the company's entry from being undone.
create function vn.tell_corner(p_entry uuid, p_corner uuid) returns void language sql security definer set search_path = vn, pg_temp as $$
  insert into vn.timeline_entry (centre_id, id, company_id, at, kind, subject, person_id, school_id)
  select c.centre_id, p_entry, c.company_id, ctx.now(), 'corner.added', c.id, ctx.person(), c.school_id
    from vn.corner c where c.centre_id = ctx.centre() and c.id = p_corner and (ctx.has('coordinator') or (ctx.has('consultant') and c.school_id = ctx.school()));
$$;
-- What was asked about, day by day, with how many came: only for figures that go through the rule of small cells.
create function vn.corner_topics(p_corner uuid) returns table (day date, came int, topics jsonb) language sql stable security definer set search_path = vn, pg_temp as $$
  select d.day, d.dropped_in + d.booked,
      coalesce((select jsonb_object_agg(t.topic, t.count) from vn.corner_topic t where t.centre_id = d.centre_id and t.corner_id = d.corner_id and t.day = d.day), '{}')
    from vn.corner c join vn.corner_day d on d.centre_id = c.centre_id and d.corner_id = c.id
   where c.centre_id = ctx.centre() and c.id = p_corner and (ctx.has('coordinator') or c.school_id = ctx.school()) and d.dropped_in is not null order by d.day;
$$;
-- What a calendar is told of somebody's corners, in the shape of vn.meetings_of.
create function vn.corner_days_of(p_person uuid, p_from timestamptz) returns table (id uuid, starts timestamptz, ends timestamptz, state text, sequence int, version int, place text, company text)
language sql stable security definer set search_path = vn, pg_temp as $$
  select d.id, lower(d.during), upper(d.during), case when d.cancelled_because is null then 'booked' else 'cancelled' end, d.version, d.version, c.place, k.name
    from vn.corner_day d join vn.corner c on c.centre_id = d.centre_id and c.id = d.corner_id join vn.company k on k.id = c.company_id
   where d.centre_id = ctx.centre() and d.person_id = p_person and upper(d.during) >= p_from order by lower(d.during), d.id limit 2000;
$$;
-- As before, and the corners.
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
        'turns', coalesce((select jsonb_agg(to_jsonb(t)) from vn.turns_of(f.person_id, ctx.now() - interval '90 days') t), '[]'),
        'corners', coalesce((select jsonb_agg(to_jsonb(t)) from vn.corner_days_of(f.person_id, ctx.now() - interval '90 days') t), '[]')) into found_feed;
      return found_feed;
    end if;
  end loop;
  perform set_config('app.centre', '', true);
  return null;
end $$;

-- ---------- what employees do: nobody signs in, nobody gives a name ----------
-- Finds the corner behind a secret address, in whichever centre, and stays in that centre.
create function vn.corner_behind(p_hash bytea) returns vn.corner language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare c record; it vn.corner;
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select x.* into it from vn.corner x where x.centre_id = c.id and x.token_hash = p_hash;
    if found then return it; end if;
  end loop;
  perform set_config('app.centre', '', true);
  return null;
end $$;
-- What an employee sees: the place, who comes, the next eight weeks, and which seats are free.
create function vn.open_corner(p_hash bytea) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare it vn.corner; found_corner jsonb;
begin
  it := vn.corner_behind(p_hash);
  if it.id is null then return null; end if;
  select jsonb_build_object('company', k.name, 'place', it.place, 'centre', c.name, 'zone', c.tz, 'today', (ctx.now() at time zone c.tz)::date, 'minute', extract(hour from n.at) * 60 + extract(minute from n.at),
      'every', it.every, 'weekday', it.weekday, 'starts', to_char(it.starts, 'HH24:MI'), 'ends', to_char(it.ends, 'HH24:MI'), 'seatMinutes', it.seat_minutes, 'ended', it.ended_at is not null,
      'days', coalesce((select jsonb_agg(jsonb_build_object('day', d.day, 'consultant', p.name, 'cancelled', d.cancelled_because, 'taken',
          coalesce((select jsonb_agg(s.seat) from vn.corner_seat s where s.centre_id = d.centre_id and s.corner_id = d.corner_id and s.day = d.day), '[]')) order by d.day)
        from vn.corner_day d join vn.person p on p.id = d.person_id
       where d.centre_id = it.centre_id and d.corner_id = it.id and upper(d.during) > ctx.now() and lower(d.during) < ctx.now() + interval '57 days' and it.ended_at is null), '[]')) into found_corner
    from vn.centre c cross join lateral (select ctx.now() at time zone c.tz at) n join vn.company k on k.id = it.company_id where c.id = it.centre_id;
  return found_corner;
end $$;
-- Takes a seat: taken (somebody was faster), gone (no such day, seat or corner any more), done.
create function vn.take_corner_seat(p_hash bytea, p_day date, p_seat int, p_code bytea) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare it vn.corner; d vn.corner_day;
begin
  it := vn.corner_behind(p_hash);
  -- Against the corner or the day being changed meanwhile: whoever changes it counts the seats afterwards.
  select x.* into it from vn.corner x where x.centre_id = it.centre_id and x.id = it.id and x.token_hash = p_hash for share;
  if not found or it.ended_at is not null or it.seat_minutes is null then return 'gone'; end if;
  select x.* into d from vn.corner_day x where x.centre_id = it.centre_id and x.corner_id = it.id and x.day = p_day for share;
  if not found or d.cancelled_because is not null or lower(d.during) >= ctx.now() + interval '57 days'
     or lower(d.during) + make_interval(mins => it.seat_minutes * p_seat) <= ctx.now() or lower(d.during) + make_interval(mins => it.seat_minutes * (p_seat + 1)) > upper(d.during) then return 'gone'; end if;
  insert into vn.corner_seat (centre_id, corner_id, day, seat, code_hash) values (it.centre_id, it.id, p_day, p_seat, p_code) on conflict do nothing;
  return case when found then 'done' else 'taken' end;
end $$;
-- The seat of a code.
create function vn.read_corner_seat(p_hash bytea, p_code bytea) returns table (day date, seat int, starts text, seat_minutes int, cancelled text, passed boolean) language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare it vn.corner;
begin
  it := vn.corner_behind(p_hash);
  return query select s.day, s.seat::int, to_char(it.starts, 'HH24:MI'), it.seat_minutes::int, d.cancelled_because, it.ended_at is not null or lower(d.during) + make_interval(mins => it.seat_minutes * s.seat) <= ctx.now()
    from vn.corner_seat s join vn.corner_day d on d.centre_id = s.centre_id and d.corner_id = s.corner_id and d.day = s.day
   where s.centre_id = it.centre_id and s.corner_id = it.id and s.code_hash = p_code;
end $$;
-- Gives a seat back before its time. False: there is none by that code.
create function vn.leave_corner_seat(p_hash bytea, p_code bytea) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
declare it vn.corner;
begin
  it := vn.corner_behind(p_hash);
  delete from vn.corner_seat s using vn.corner_day d where s.centre_id = it.centre_id and s.corner_id = it.id and s.code_hash = p_code and d.centre_id = s.centre_id and d.corner_id = s.corner_id and d.day = s.day
     and lower(d.during) + make_interval(mins => it.seat_minutes * s.seat) > ctx.now();
  return found;
end $$;
grant execute on function vn.corner_hindered(uuid, date[], time, time, uuid), vn.corner_gaps(uuid), vn.tell_corner(uuid, uuid), vn.corner_topics(uuid) to vn_staff;
grant execute on function vn.open_corner(bytea), vn.take_corner_seat(bytea, date, int, bytea), vn.read_corner_seat(bytea, bytea), vn.leave_corner_seat(bytea, bytea) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
