-- ---------- a school that leaves: what it had goes the way of a consultant who leaves, and nothing new comes to it ----------
set local role vn_gate;
-- As before, and the time after somebody's last day as a consultant here: nothing is booked into it.
create or replace function vn.own_busy(p_person uuid, p_span tstzrange) returns table (during tstzrange) language sql stable security definer set search_path = vn, pg_temp as $$
  select * from vn.calendar_times(p_person, p_span)
  union all
  select t.during from vn.rota_turn t where t.centre_id = ctx.centre() and t.person_id = p_person and t.during && p_span
  union all
  select d.during from vn.corner_day d where d.centre_id = ctx.centre() and d.person_id = p_person and d.cancelled_because is null and d.during && p_span
  union all
  select tstzrange(greatest(l.gone, lower(p_span)), upper(p_span)) from (
    select max(upper(m.during)::timestamp at time zone c.tz) gone, bool_or(upper_inf(m.during)) stays
      from vn.membership m join vn.centre c on c.id = m.centre_id where m.centre_id = ctx.centre() and m.person_id = p_person and m.role = 'consultant') l
   where not l.stays and l.gone < upper(p_span);
$$;
-- As before, for the schools of today; what was agreed for the time after a last day counts no more.
create or replace function vn.meeting_shares() returns table (school_id uuid, share int, booked int, weeks_in int, companies int) language sql stable security definer set search_path = vn, pg_temp rows 25 as $$
  select h.id,
    coalesce((select sum(c.agreed) from vn.capacity c where c.centre_id = h.centre_id and c.scope = 'school' and c.scope_id = h.id and c.week > w.this - 7 * s.share_weeks and c.week <= w.this + 42
                and (h.left_on is null or c.week <= h.left_on)), 0)::int,
    (select count(*) from vn.meeting_staff x join vn.meeting m on m.centre_id = x.centre_id and m.id = x.meeting_id
      where x.centre_id = h.centre_id and x.school_id = h.id and x.live and not x.learns and m.made_at > ctx.now() - make_interval(weeks => s.share_weeks))::int,
    coalesce((select greatest(0, (w.this - min(c.week)) / 7) from vn.capacity c where c.centre_id = h.centre_id and c.scope = 'school' and c.scope_id = h.id and c.agreed > 0), 0),
    (select count(distinct m.company_id) from vn.meeting_staff x join vn.meeting m on m.centre_id = x.centre_id and m.id = x.meeting_id
      where x.centre_id = h.centre_id and x.school_id = h.id and x.live and not x.learns and m.made_at > ctx.now() - make_interval(weeks => s.share_weeks))::int
    from vn.school h join vn.centre n on n.id = h.centre_id, vn.outreach_settings() s, (select vn.week_of(ctx.now()) this) w
   where h.centre_id = ctx.centre() and (h.left_on is null or h.left_on >= (ctx.now() at time zone n.tz)::date);
$$;
-- As before, asking the schools of today.
create or replace function vn.open_hearing(p_campaign uuid, p_deadline timestamptz) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.campaign k set hearing_opened_at = ctx.now(), hearing_deadline = p_deadline, version = k.version + 1
   where k.centre_id = ctx.centre() and k.id = p_campaign and k.frozen_at is not null and k.hearing_opened_at is null and k.ended_at is null;
  if not found then return false; end if;
  insert into vn.hearing (centre_id, campaign_id, school_id)
    select s.centre_id, p_campaign, s.id from vn.school s join vn.centre c on c.id = s.centre_id where s.centre_id = ctx.centre() and (s.left_on is null or s.left_on >= (ctx.now() at time zone c.tz)::date);
  return true;
end $$;
-- As before; nobody waits for the answer of a school that has left.
create or replace function vn.close_hearing(p_campaign uuid) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.campaign k set hearing_closed_at = ctx.now(), version = k.version + 1
   where k.centre_id = ctx.centre() and k.id = p_campaign and k.hearing_opened_at is not null and k.hearing_closed_at is null and k.ended_at is null
     -- Before the deadline only when every school has answered.
     and (k.hearing_deadline <= ctx.now() or not exists (select from vn.hearing h join vn.centre c on c.id = h.centre_id
       where h.centre_id = k.centre_id and h.campaign_id = k.id and h.answered_at is null and vn.school_here(h.school_id, (ctx.now() at time zone c.tz)::date)));
  if not found then return false; end if;
  update vn.target t set struck = x.struck, available = x.callable and not x.struck
    from (select g.company_id, r.callable, exists (select from vn.hearing_mark m where m.centre_id = g.centre_id and m.campaign_id = g.campaign_id and m.company_id = g.company_id and m.struck) struck
            from vn.target g join vn.relation r on r.centre_id = g.centre_id and r.company_id = g.company_id where g.centre_id = ctx.centre() and g.campaign_id = p_campaign) x
   where t.centre_id = ctx.centre() and t.campaign_id = p_campaign and t.company_id = x.company_id;
  perform vn.fill_queue(p_campaign, true);
  return true;
end $$;
-- Open tasks of those who are no consultants here any more are nobody's: they come to the coordinator and to the next meeting's table (row 2.26).
create function vn.free_tasks() returns int language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  if not ctx.has('coordinator') or ctx.person() is not null then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.task t set owner_id = null, state = 'open', version = t.version + 1 where t.centre_id = ctx.centre() and t.owner_id is not null and t.done_at is null and not vn.consults(t.owner_id);
  get diagnostics n = row_count;
  return n;
end $$;
/* What a school would leave behind after a day, in figures: its people of that day, booked meetings that its consultants lead afterwards, companies whose contact
   person and open tasks whose owner would be no consultant here any more, days of corners and turns afterwards. */
create function vn.left_behind(p_school uuid, p_day date) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare people uuid[]; zone text; figures jsonb;
begin
  if not (ctx.has('administrator') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  if not exists (select from vn.school s where s.centre_id = ctx.centre() and s.id = p_school) then return null; end if;
  select c.tz into zone from vn.centre c where c.id = ctx.centre();
  select coalesce(array_agg(distinct m.person_id), '{}') into people from vn.membership m where m.centre_id = ctx.centre() and m.school_id = p_school and m.role = 'consultant' and m.during @> p_day
     and not exists (select from vn.membership o where o.centre_id = m.centre_id and o.person_id = m.person_id and o.role = 'consultant' and o.school_id is distinct from p_school and o.during @> p_day + 1);
  select jsonb_build_object(
    'people', (select count(distinct m.person_id) from vn.membership m where m.centre_id = ctx.centre() and m.school_id = p_school and m.during @> p_day),
    'meetings', (select count(*) from vn.meeting m where m.centre_id = ctx.centre() and m.state = 'booked' and lower(m.during) > ctx.now() and (lower(m.during) at time zone zone)::date > p_day
        and exists (select from vn.meeting_staff s where s.centre_id = m.centre_id and s.meeting_id = m.id and not s.learns and s.consultant_id = any (people))),
    'companies', (select count(*) from vn.relation r where r.centre_id = ctx.centre() and r.active and r.contact_person = any (people)),
    'tasks', (select count(*) from vn.task t where t.centre_id = ctx.centre() and t.done_at is null and t.owner_id = any (people)),
    'corners', (select count(*) from vn.corner c join vn.corner_day d on d.centre_id = c.centre_id and d.corner_id = c.id
        where c.centre_id = ctx.centre() and c.school_id = p_school and d.day > p_day and d.cancelled_because is null),
    'turns', (select count(*) from vn.rota_turn t where t.centre_id = ctx.centre() and t.person_id = any (people) and (lower(t.during) at time zone zone)::date > p_day)
           + (select count(*) from vn.consultant_meeting m where m.centre_id = ctx.centre() and m.host_school_id = p_school and m.day > p_day and m.cancelled_at is null and m.begun_at is null)) into figures;
  return figures;
end $$;
grant execute on function vn.free_tasks(), vn.left_behind(uuid, date) to vn_staff;
reset role;
