-- A meeting given on to another consultant (rows 2.18, 2.19): who led before, and why it changed.
set local role vn_owner;
create table vn.meeting_given (
  centre_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  at timestamptz not null,
  was uuid not null references vn.person,
  became uuid not null references vn.person,
  because text not null check (because in ('left', 'illness', 'time', 'expertise', 'language', 'company', 'other')),
  given_by uuid not null references vn.person,
  primary key (centre_id, id),
  foreign key (centre_id, meeting_id) references vn.meeting,
  check (was <> became)
);
create index meeting_given_meeting on vn.meeting_given (centre_id, meeting_id, at);
call vn.tenant('vn.meeting_given', '(select ctx.has(''coordinator'')) or vn.sees_meeting(meeting_id)');
create policy seen_meeting on vn.meeting_given as restrictive for insert to vn_staff with check (false);
grant select on vn.meeting_given to vn_staff;
reset role;

set local role vn_gate;
/* Another consultant leads from now on: time and capacity go from the one to the other, and the meeting counts for the other's school.
   VN014: busy then, no consultant here that day, or leads already · VN001: the week is full (detail: whose). False: it has changed since, or has begun. */
create function vn.give_meeting(p_id uuid, p_change uuid, p_entry uuid, p_version int, p_consultant uuid, p_mode text, p_because text) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
declare it vn.meeting; school uuid; day date; before uuid;
begin
  if not vn.may_change_meeting(p_id) then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into it from vn.meeting x where x.centre_id = ctx.centre() and x.id = p_id;
  perform from vn.relation r where r.centre_id = ctx.centre() and r.company_id = it.company_id for share;
  perform vn.lock_weeks(it.week);
  update vn.meeting x set version = x.version + 1, sequence = x.sequence + 1, mode = p_mode
   where x.centre_id = ctx.centre() and x.id = p_id and x.version = p_version and x.state = 'booked' and lower(x.during) > ctx.now();
  if not found then return false; end if;
  select s.consultant_id into before from vn.meeting_staff s where s.centre_id = ctx.centre() and s.meeting_id = p_id and not s.learns;
  select (lower(it.during) at time zone c.tz)::date into day from vn.centre c where c.id = ctx.centre();
  select x.school_id into school from vn.membership x where x.centre_id = ctx.centre() and x.person_id = p_consultant and x.role = 'consultant' and x.during @> day order by x.school_id nulls last limit 1;
  if not found or before = p_consultant then raise exception 'busy' using errcode = 'VN014'; end if;
  perform vn.give_way(array[p_consultant], tstzrange(lower(it.during) - interval '8 hours', upper(it.during)));
  -- Whoever went along to learn may be the one who leads now.
  delete from vn.meeting_staff s where s.centre_id = ctx.centre() and s.meeting_id = p_id and (not s.learns or s.consultant_id = p_consultant);
  if exists (select from vn.busy_times(p_consultant, day, day) b where tstzrange(b.starts, b.ends) && it.during) then raise exception 'busy' using errcode = 'VN014'; end if;
  insert into vn.meeting_staff (centre_id, meeting_id, consultant_id, school_id, during, week, live, travel_minutes, blocked)
    values (ctx.centre(), p_id, p_consultant, school, it.during, it.week, true, vn.travel_minutes(school, it.company_id), 'empty');
  insert into vn.meeting_given (centre_id, id, meeting_id, at, was, became, because, given_by) values (ctx.centre(), p_change, p_id, ctx.now(), before, p_consultant, p_because, ctx.person());
  perform vn.tell_meeting(p_entry, 'meeting.given', p_id);
  return true;
end $$;
-- As before, and for whoever gives a meeting on, in that very transaction.
create or replace function vn.meeting_letters(p_meeting uuid) returns jsonb language sql stable security definer set search_path = vn, pg_temp as $$
  select jsonb_build_object('id', m.id, 'start', lower(m.during), 'end', upper(m.during), 'sequence', m.sequence, 'place', m.place, 'said', m.said, 'wishes', m.wishes,
      'centre', jsonb_build_object('name', c.name, 'zone', c.tz, 'key', c.key, 'email', c.accessibility_contact ->> 'email'), 'company', k.name,
      'person', jsonb_build_object('name', m.person_name, 'phone', m.person_phone, 'email', m.person_email, 'language', m.person_language),
      'staff', (select jsonb_agg(jsonb_build_object('name', p.name, 'email', p.email, 'language', p.language, 'phone', p.phone)) from vn.meeting_staff s join vn.person p on p.id = s.consultant_id
                 where s.centre_id = m.centre_id and s.meeting_id = m.id))
    from vn.meeting m join vn.centre c on c.id = m.centre_id join vn.company k on k.id = m.company_id
   where m.centre_id = ctx.centre() and m.id = p_meeting and m.said is not null and (m.made_by = ctx.person() or vn.may_change_meeting(m.id)
     or exists (select from vn.meeting_given g where g.centre_id = m.centre_id and g.meeting_id = m.id and g.given_by = ctx.person() and g.at = ctx.now()));
$$;
grant execute on function vn.give_meeting(uuid, uuid, uuid, int, uuid, text, text) to vn_staff;
reset role;

set local role vn_owner;
create trigger t9_append_only before update or delete on vn.meeting_given for each statement execute function vn.no_change();
reset role;
