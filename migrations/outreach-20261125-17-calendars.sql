-- Consultants keep their own calendar: addresses to subscribe to, CalDAV accounts, and a secret address at which a calendar program reads one's meetings (row 2.16).
set local role vn_owner;
-- A calendar outside: an address that is only read, or an account with a user and a password.
create table vn.calendar_link (
  centre_id uuid not null references vn.centre,
  person_id uuid not null references vn.person,
  id uuid not null,
  kind text not null check (kind in ('address', 'account')),
  -- All that is shown of where a subscription is: its address is a secret itself. An account's is none without the password.
  host text not null check (length(host) between 1 and 300),
  server text check (length(server) between 1 and 2100),
  user_name text check (length(user_name) between 1 and 320),
  -- Address and password under the installation's key, which no copy of the database has.
  sealed bytea not null,
  made_at timestamptz not null,
  version int not null default 1,
  -- When it is read next; while somebody reads it, when another one may.
  due_at timestamptz not null,
  read_at timestamptz,
  -- Ask the server again which calendars there are.
  look_again boolean not null default true,
  failures int not null default 0 check (failures >= 0),
  failing_since timestamptz,
  problem text check (problem ~ '^calendar_[a-z_]+$'),
  -- The owner was told once that it is broken.
  warned_at timestamptz,
  primary key (centre_id, person_id, id),
  check ((kind = 'account') = (user_name is not null) and (kind = 'account') = (server is not null)),
  check ((failing_since is null) = (problem is null))
);
create index calendar_link_due on vn.calendar_link (centre_id, due_at);
-- The calendars of an account, of which the owner chooses; an address is one.
create table vn.calendar_part (
  centre_id uuid not null,
  person_id uuid not null,
  link_id uuid not null,
  id uuid not null,
  url text,
  name text not null check (length(name) <= 200),
  busy boolean not null,
  writes boolean not null default false,
  -- What the server says changes with the content: an ETag or the like, and the day of the last change.
  mark text,
  changed text,
  -- Read up to and with this day.
  until date,
  primary key (centre_id, person_id, link_id, id),
  foreign key (centre_id, person_id, link_id) references vn.calendar_link on delete cascade
);
-- Meetings are written into one calendar only.
create unique index calendar_part_writes on vn.calendar_part (centre_id, person_id) where writes;
create table vn.calendar_part_busy (
  centre_id uuid not null,
  person_id uuid not null,
  link_id uuid not null,
  part_id uuid not null,
  during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  primary key (centre_id, person_id, link_id, part_id, during),
  foreign key (centre_id, person_id, link_id, part_id) references vn.calendar_part on delete cascade
);
-- Which meetings stand in the own calendar, as they were then.
create table vn.calendar_copy (
  centre_id uuid not null,
  person_id uuid not null,
  link_id uuid not null,
  part_id uuid not null,
  meeting_id uuid not null,
  url text not null,
  version int not null,
  primary key (centre_id, person_id, link_id, part_id, meeting_id),
  foreign key (centre_id, person_id, link_id, part_id) references vn.calendar_part on delete cascade
);
create table vn.calendar_feed (
  centre_id uuid not null references vn.centre,
  person_id uuid not null references vn.person,
  token_hash bytea not null,
  made_at timestamptz not null,
  primary key (centre_id, person_id)
);
create unique index calendar_feed_token on vn.calendar_feed (centre_id, token_hash);

call vn.tenant('vn.calendar_link', 'person_id = (select ctx.person())');
call vn.tenant('vn.calendar_part', 'person_id = (select ctx.person())');
create policy seen_link on vn.calendar_part as restrictive for insert to vn_staff with check (person_id = (select ctx.person()));
call vn.tenant('vn.calendar_part_busy', 'person_id = (select ctx.person())');
create policy seen_link on vn.calendar_part_busy as restrictive for insert to vn_staff with check (person_id = (select ctx.person()));
call vn.tenant('vn.calendar_copy', 'person_id = (select ctx.person())');
create policy seen_link on vn.calendar_copy as restrictive for insert to vn_staff with check (person_id = (select ctx.person()));
call vn.tenant('vn.calendar_feed', 'person_id = (select ctx.person())');
grant select, insert, update, delete on vn.calendar_link, vn.calendar_part, vn.calendar_copy, vn.calendar_feed to vn_staff;
grant select, insert, delete on vn.calendar_part_busy to vn_staff;
reset role;

set local role vn_gate;
-- A calendar that cannot be read may hide anything: for so long what was read last still counts, afterwards its owner does as busy.
create function vn.calendar_grace() returns interval language sql immutable security definer set search_path = vn, pg_temp as $$ select interval '2 hours' $$;
create function vn.broken_since(p_person uuid) returns timestamptz language sql stable security definer set search_path = vn, pg_temp as $$
  select min(l.failing_since) from vn.calendar_link l where l.centre_id = ctx.centre() and l.person_id = p_person and l.failing_since <= ctx.now() - vn.calendar_grace();
$$;
-- When somebody's own calendars say busy within a stretch of time; all of it where one of them is broken. Asked by vn.busy_times and vn.slot_inputs alone.
create function vn.own_busy(p_person uuid, p_span tstzrange) returns table (during tstzrange) language sql stable security definer set search_path = vn, pg_temp as $$
  select b.during from vn.calendar_busy b where b.centre_id = ctx.centre() and b.person_id = p_person and b.during && p_span
  union all
  select b.during from vn.calendar_part_busy b where b.centre_id = ctx.centre() and b.person_id = p_person and b.during && p_span
  union all
  select p_span where vn.broken_since(p_person) is not null;
$$;
create or replace function vn.busy_times(p_person uuid, p_from date, p_to date) returns table (starts timestamptz, ends timestamptz, kind text)
language sql stable security definer set search_path = vn, pg_temp as $$
  with z as (select c.tz, tstzrange(p_from::timestamp at time zone c.tz, (p_to + 1)::timestamp at time zone c.tz) span from vn.centre c where c.id = ctx.centre())
  select lower(b.during), upper(b.during), 'busy' from z, vn.own_busy(p_person, z.span) b
  union all
  select (d::date + t.starts) at time zone z.tz, (d::date + t.ends) at time zone z.tz, 'busy'
    from vn.teaching t, z, generate_series(p_from, p_to, interval '1 day') d
   where t.centre_id = ctx.centre() and t.person_id = p_person and t.days @> d::date and extract(isodow from d) = t.weekday
  union all
  select lower(a.days)::timestamp at time zone z.tz, upper(a.days)::timestamp at time zone z.tz, 'absent'
    from vn.absence a, z where a.centre_id = ctx.centre() and a.person_id = p_person and a.days && daterange(p_from, p_to, '[]')
  union all
  select lower(s.during), upper(s.during), 'meeting' from vn.meeting_staff s, z where s.centre_id = ctx.centre() and s.consultant_id = p_person and s.live and s.during && z.span
  order by 1, 2;
$$;
create or replace function vn.slot_inputs(p_company uuid, p_from date, p_to date, p_meeting uuid) returns jsonb
language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare s vn.outreach_setting; zone text; today date; found jsonb;
begin
  if not (ctx.has('agent') or ctx.has('consultant') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  s := vn.outreach_settings();
  select c.tz into zone from vn.centre c where c.id = ctx.centre();
  today := (ctx.now() at time zone zone)::date;
  select jsonb_build_object(
    'minutes', s.meeting_minutes, 'window', s.share_weeks, 'lead', s.share_lead,
    'company', (select jsonb_build_object('callable', r.callable and k.status <> 'ceased', 'municipality', k.municipality, 'division', left(k.industry_code, 2))
                  from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = ctx.centre() and r.company_id = p_company),
    'moving', (select jsonb_build_object('week', m.week, 'consultants', (select jsonb_agg(x.consultant_id) from vn.meeting_staff x where x.centre_id = m.centre_id and x.meeting_id = m.id))
                 from vn.meeting m where m.centre_id = ctx.centre() and m.id = p_meeting and m.company_id = p_company and m.state = 'booked'),
    'centre', coalesce((select jsonb_agg(jsonb_build_object('week', c.week, 'agreed', c.agreed, 'used', c.used)) from vn.capacity c
                 where c.centre_id = ctx.centre() and c.scope = 'centre' and c.scope_id = ctx.centre() and c.week between p_from - 6 and p_to), '[]'),
    'schools', coalesce((select jsonb_agg(jsonb_build_object('id', h.school_id, 'share', h.share, 'booked', h.booked, 'weeksIn', h.weeks_in,
                  'weeks', coalesce((select jsonb_agg(jsonb_build_object('week', c.week, 'left', c.agreed - c.used)) from vn.capacity c
                     where c.centre_id = ctx.centre() and c.scope = 'school' and c.scope_id = h.school_id and c.week between p_from - 6 and p_to), '[]')))
                 from vn.meeting_shares() h), '[]'),
    'consultants', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'school', m.school_id,
                  'industries', coalesce(f.industries, '{}'), 'languages', coalesce(f.languages, '{}'), 'area', coalesce(f.area, '{}'),
                  'travel', vn.travel_minutes(m.school_id, p_company),
                  'hours', coalesce((select jsonb_agg(jsonb_build_object('weekday', w.weekday, 'starts', to_char(w.starts, 'HH24:MI'), 'ends', to_char(w.ends, 'HH24:MI')))
                     from vn.work_hours w where w.centre_id = m.centre_id and w.person_id = p.id), '[]'),
                  'teaching', coalesce((select jsonb_agg(jsonb_build_object('weekday', t.weekday, 'starts', to_char(t.starts, 'HH24:MI'), 'ends', to_char(t.ends, 'HH24:MI'), 'from', lower(t.days), 'to', upper(t.days) - 1))
                     from vn.teaching t where t.centre_id = m.centre_id and t.person_id = p.id and t.days && daterange(p_from, p_to, '[]')), '[]'),
                  'absences', coalesce((select jsonb_agg(jsonb_build_object('from', lower(a.days), 'to', upper(a.days) - 1))
                     from vn.absence a where a.centre_id = m.centre_id and a.person_id = p.id and a.days && daterange(p_from, p_to, '[]')), '[]'),
                  'busy', coalesce((select jsonb_agg(jsonb_build_array(extract(epoch from lower(b.during)), extract(epoch from upper(b.during))))
                     from vn.own_busy(p.id, tstzrange(p_from::timestamp at time zone zone, (p_to + 1)::timestamp at time zone zone)) b), '[]'),
                  'meetings', coalesce((select jsonb_agg(jsonb_build_array(extract(epoch from lower(x.blocked)), extract(epoch from upper(x.blocked))))
                     from vn.meeting_staff x join vn.meeting g on g.centre_id = x.centre_id and g.id = x.meeting_id
                    where x.centre_id = m.centre_id and x.consultant_id = p.id and x.live and x.meeting_id is distinct from p_meeting and (g.expires_at is null or g.expires_at > ctx.now())
                      and x.blocked && tstzrange(p_from::timestamp at time zone zone, (p_to + 1)::timestamp at time zone zone)), '[]'),
                  'weeks', coalesce((select jsonb_agg(jsonb_build_object('week', c.week, 'left', c.agreed - c.used)) from vn.capacity c
                     where c.centre_id = m.centre_id and c.scope = 'consultant' and c.scope_id = p.id and c.week between p_from - 6 and p_to), '[]')))
                 from (select distinct on (x.person_id) x.* from vn.membership x
                        where x.centre_id = ctx.centre() and x.role = 'consultant' and x.during @> today order by x.person_id, x.school_id nulls last) m
                 join vn.person p on p.id = m.person_id
                 left join vn.consultant_profile f on f.centre_id = m.centre_id and f.person_id = m.person_id), '[]')
  ) into found;
  return found;
end $$;
-- Whose calendars the coordinator cannot count on: who and since when, never which calendar or why.
create function vn.broken_calendars() returns table (person_id uuid, name text, school text, since timestamptz) language plpgsql stable security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  return query select p.id, p.name, (select h.name from vn.school h where h.centre_id = m.centre_id and h.id = m.school_id), vn.broken_since(p.id)
    from (select distinct on (x.person_id) x.* from vn.membership x join vn.centre c on c.id = x.centre_id
           where x.centre_id = ctx.centre() and x.role = 'consultant' and x.during @> (ctx.now() at time zone c.tz)::date order by x.person_id, x.school_id nulls last) m
    join vn.person p on p.id = m.person_id where vn.broken_since(p.id) is not null order by p.name collate "da-x-icu", p.id;
end $$;
-- Takes calendars that are due for whoever reads them; another one may after five minutes. Those that answered last time come first, so that dead ones hold up nobody.
create function vn.take_due_calendars() returns table (person_id uuid, school_id uuid, id uuid, failures int) language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') or ctx.person() is not null then raise exception 'forbidden' using errcode = '42501'; end if;
  return query
    with due as materialized (
      select l.person_id, l.id from vn.calendar_link l where l.centre_id = ctx.centre() and (l.due_at <= ctx.now() or l.due_at > ctx.now() + interval '1 day') order by l.person_id, l.id for update skip locked),
    taken as (
      update vn.calendar_link l set due_at = ctx.now() + interval '5 minutes' from due d where l.centre_id = ctx.centre() and l.person_id = d.person_id and l.id = d.id returning l.person_id, l.id, l.failures, l.read_at)
    select t.person_id, m.school_id, t.id, t.failures from taken t
      join lateral (select x.school_id from vn.membership x join vn.centre c on c.id = x.centre_id
        where x.centre_id = ctx.centre() and x.person_id = t.person_id and x.role = 'consultant' and x.during @> (ctx.now() at time zone c.tz)::date order by x.school_id nulls last limit 1) m on true
     order by t.failures, t.read_at nulls first, t.id;
end $$;
-- Calendars and passwords of those who are no consultants here any more, and will not be, are forgotten.
create function vn.forget_calendars() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare today date;
begin
  if not ctx.has('coordinator') or ctx.person() is not null then raise exception 'forbidden' using errcode = '42501'; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  delete from vn.calendar_link l where l.centre_id = ctx.centre()
     and not exists (select from vn.membership m where m.centre_id = ctx.centre() and m.person_id = l.person_id and m.role = 'consultant' and (upper_inf(m.during) or upper(m.during) > today));
  delete from vn.calendar_feed f where f.centre_id = ctx.centre()
     and not exists (select from vn.membership m where m.centre_id = ctx.centre() and m.person_id = f.person_id and m.role = 'consultant' and (upper_inf(m.during) or upper(m.during) > today));
end $$;
-- What a calendar is told of somebody's meetings: when, where, and which company.
create function vn.meetings_of(p_person uuid, p_from timestamptz) returns table (id uuid, starts timestamptz, ends timestamptz, state text, sequence int, version int, place text, company text)
language sql stable security definer set search_path = vn, pg_temp as $$
  select m.id, lower(m.during), upper(m.during), m.state, m.sequence, m.version, m.place, k.name
    from vn.meeting_staff s join vn.meeting m on m.centre_id = s.centre_id and m.id = s.meeting_id join vn.company k on k.id = m.company_id
   where s.centre_id = ctx.centre() and s.consultant_id = p_person and m.said is not null and upper(m.during) >= p_from
   order by lower(m.during), m.id limit 2000;
$$;
create function vn.my_meetings(p_from timestamptz) returns table (id uuid, starts timestamptz, ends timestamptz, state text, sequence int, version int, place text, company text)
language sql stable security definer set search_path = vn, pg_temp as $$ select * from vn.meetings_of(ctx.person(), p_from) $$;
-- Whose secret address it is, and their meetings; null for one that is none, was renewed or switched off, and for whoever is no consultant any more.
create function vn.open_feed(p_hash bytea) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare c record; f record; found_feed jsonb;
begin
  for c in select k.id, k.name, k.tz from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select x.* into f from vn.calendar_feed x where x.centre_id = c.id and x.token_hash = p_hash
       and exists (select from vn.membership m where m.centre_id = c.id and m.person_id = x.person_id and m.role = 'consultant' and m.during @> (ctx.now() at time zone c.tz)::date);
    if found then
      select jsonb_build_object('centre', c.name, 'language', (select p.language from vn.person p where p.id = f.person_id),
        'meetings', coalesce((select jsonb_agg(to_jsonb(m)) from vn.meetings_of(f.person_id, ctx.now() - interval '90 days') m), '[]')) into found_feed;
      return found_feed;
    end if;
  end loop;
  perform set_config('app.centre', '', true);
  return null;
end $$;
grant execute on function vn.broken_calendars(), vn.take_due_calendars(), vn.forget_calendars(), vn.my_meetings(timestamptz) to vn_staff;
grant execute on function vn.open_feed(bytea) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
