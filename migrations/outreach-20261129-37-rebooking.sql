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

-- ---------- a company that closes, or goes on in another one ----------
set local role vn_owner;
alter table vn.relation
  -- As the register says it; spread to every centre like protection.
  add ceased boolean not null default false,
  -- The company in which it goes on, as a coordinator said.
  add successor_id uuid,
  add merged_at timestamptz,
  add merged_by uuid references vn.person,
  add constraint relation_successor foreign key (centre_id, successor_id) references vn.relation (centre_id, company_id),
  add constraint relation_merged check ((successor_id is null) = (merged_at is null) and (successor_id is null) = (merged_by is null) and successor_id <> company_id),
  -- Nobody follows a company that has gone on in another: its contact person is that one's.
  add constraint relation_gone_on check (successor_id is null or not active);
create index relation_successors on vn.relation (centre_id, successor_id) where successor_id is not null;
create index relation_closed on vn.relation (centre_id, company_id) where ceased or successor_id is not null;
alter table vn.relation alter column callable set expression as (not objection and not quarantined and not ceased and successor_id is null and (not protected or exception is not null));
alter table vn.task_event drop constraint task_event_kind_check;
alter table vn.task_event add constraint task_event_kind_check check (kind in ('made', 'accepted', 'declined', 'taken', 'given', 'to_company', 'moved', 'worded', 'done', 'reopened', 'tabled', 'carried'));
drop trigger t2_gate on vn.relation;
reset role;

set local role vn_gate;
-- As before; and whoever came to the page of a company that is no more finds nothing there.
create or replace function vn.relation_gate() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if new.objection or new.quarantined or new.ceased or new.successor_id is not null or (new.protected and new.exception is null) then
    update vn.queue_item q set state = 'withdrawn', closed_because = case when new.ceased or new.successor_id is not null then 'ceased' when new.objection then 'objection' when new.quarantined then 'quarantine' else 'protected' end
     where q.centre_id = new.centre_id and q.company_id = new.company_id and q.live;
  end if;
  if new.ceased or new.successor_id is not null then
    update vn.company_page p set ended_at = coalesce(ctx.now(), now()) where p.centre_id = new.centre_id and p.company_id = new.company_id and p.ended_at is null;
  end if;
  return new;
end $$;
create or replace function vn.relation_facts() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.relation r set protected = c.protected, ceased = c.status = 'ceased' from fresh f join vn.company c on c.id = f.company_id
   where ((c.protected and not f.protected) or (c.status = 'ceased' and not f.ceased)) and r.centre_id = f.centre_id and r.company_id = f.company_id;
  return null;
end $$;
-- As before; and what a company was told that has gone on in this one.
create or replace function vn.objects_here(p_company uuid) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select exists (select from vn.call c where c.centre_id = ctx.centre() and c.company_id = p_company and c.objection and c.undone_at is null and c.lifted_at is null)
      or exists (select from vn.relation r where r.centre_id = ctx.centre() and r.successor_id = p_company and r.objection);
$$;
-- As before, and of companies that have gone on in one of these; set by set, for five thousand are asked about at once.
create or replace function vn.ask_objections(p_asked uuid[], p_objecting uuid[]) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  perform from vn.relation r where r.centre_id = ctx.centre() and r.company_id = any (p_asked) order by r.company_id for update;
  update vn.relation r set objection_asked = true, objection = r.company_id = any (p_objecting)
      or r.company_id in (select c.company_id from vn.call c where c.centre_id = ctx.centre() and c.objection and c.undone_at is null and c.lifted_at is null)
      or r.company_id in (select g.successor_id from vn.relation g where g.centre_id = ctx.centre() and g.successor_id is not null and g.objection)
   where r.centre_id = ctx.centre() and r.company_id = any (p_asked);
end $$;
-- An objection that is lifted, or comes, after a company has gone on in another: the other follows, and the house asks once more what other centres were told.
create function vn.objection_goes_on() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.relation r set objection = vn.objects_here(r.company_id), objection_asked = false where r.centre_id = new.centre_id and r.company_id = new.successor_id and r.objection <> new.objection;
  return null;
end $$;
-- As before, also where the quarantine has gone on with the company.
create or replace function vn.unweigh_outcome(p_call uuid, p_company uuid, p_because text) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare k uuid;
begin
  update vn.quarantine q set ended_at = ctx.now(), ended_because = p_because where q.centre_id = ctx.centre() and q.call_id = p_call and q.ended_at is null;
  update vn.quarantine q set ended_at = null, ended_because = null, ended_by_call = null where q.centre_id = ctx.centre() and q.company_id = p_company and q.ended_by_call = p_call;
  perform vn.weigh_quarantine(p_company);
  for k in select q.company_id from vn.quarantine q where q.centre_id = ctx.centre() and q.call_id = p_call and q.company_id <> p_company loop
    perform vn.weigh_quarantine(k);
  end loop;
end $$;
-- As before, and that a task has gone on with its company.
create or replace function vn.keep_task_event() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  insert into vn.task_event (centre_id, task_id, no, at, person_id, kind, owner_id, due, reason)
    values (new.centre_id, new.id, (select count(*) + 1 from vn.task_event e where e.centre_id = new.centre_id and e.task_id = new.id), coalesce(ctx.now(), new.made_at), coalesce(ctx.person(), case when tg_op = 'INSERT' then new.made_by end), case
      when tg_op = 'INSERT' then 'made'
      when new.company_id <> old.company_id then 'carried'
      when new.state = 'done' and old.state <> 'done' then 'done'
      when old.state = 'done' and new.state <> 'done' then 'reopened'
      when new.state = 'declined' and old.state <> 'declined' then 'declined'
      when new.by_company and not old.by_company then 'to_company'
      when new.owner_id is distinct from old.owner_id then case when new.owner_id = ctx.person() then 'taken' else 'given' end
      when new.state = 'accepted' and old.state <> 'accepted' then 'accepted'
      when new.due <> old.due then 'moved'
      when new.what <> old.what then 'worded'
      else 'tabled' end, new.owner_id, new.due, new.declined_reason);
  return null;
end $$;
/* A company goes on in another one, as a coordinator says. What is ahead or open goes along: contact person (where the other has none), open tasks, needs, meetings ahead,
   the plan to ask again, open enquiries, a working group and corners where the other has none, the longest quarantine, an objection. What was stays where it was.
   `result`: done, same, changed, merged_already, successor_closed, not_found, no_successor; with what went along, in figures. */
create function vn.merge_company(p_company uuid, p_into uuid, p_version int) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare a vn.relation; b vn.relation; today date; moved jsonb := '{}'; n int; q vn.quarantine;
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  if p_company = p_into then return '{"result": "same"}'; end if;
  perform from vn.relation r where r.centre_id = ctx.centre() and r.company_id in (p_company, p_into) order by r.company_id for update;
  select * into a from vn.relation r where r.centre_id = ctx.centre() and r.company_id = p_company;
  if not found then return '{"result": "not_found"}'; end if;
  select * into b from vn.relation r where r.centre_id = ctx.centre() and r.company_id = p_into;
  if not found then return '{"result": "no_successor"}'; end if;
  if a.successor_id is not null then return '{"result": "merged_already"}'; end if;
  if a.contact_version <> p_version then return '{"result": "changed"}'; end if;
  if b.ceased or b.successor_id is not null then return '{"result": "successor_closed"}'; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();

  update vn.relation r set active = false, contact_person = null, contact_since = null, contact_by = null, contact_note = null, deputy = null, deputy_until = null, contact_version = r.contact_version + 1,
      successor_id = p_into, merged_at = ctx.now(), merged_by = ctx.person()
   where r.centre_id = a.centre_id and r.company_id = a.company_id;
  if a.active and not b.active then
    update vn.relation r set active = true, contact_person = a.contact_person, contact_since = ctx.now(), contact_by = ctx.person(), contact_note = a.contact_note, deputy = a.deputy, deputy_until = a.deputy_until,
        told_at = coalesce(greatest(r.told_at, a.told_at), ctx.now()), silence_reminded_at = null, contact_version = r.contact_version + 1
     where r.centre_id = b.centre_id and r.company_id = b.company_id;
    moved := moved || '{"contactPerson": 1}';
  end if;
  update vn.task t set company_id = p_into, version = t.version + 1 where t.centre_id = a.centre_id and t.company_id = p_company and t.done_at is null;
  get diagnostics n = row_count; moved := moved || jsonb_build_object('tasks', n);
  update vn.need d set company_id = p_into where d.centre_id = a.centre_id and d.company_id = p_company;
  get diagnostics n = row_count; moved := moved || jsonb_build_object('needs', n);
  update vn.meeting m set company_id = p_into, version = m.version + 1 where m.centre_id = a.centre_id and m.company_id = p_company and m.state = 'booked' and lower(m.during) > ctx.now();
  get diagnostics n = row_count; moved := moved || jsonb_build_object('meetings', n);
  if n > 0 then
    update vn.queue_item i set state = 'done', closed_because = 'meeting', promised = false, only_for = null where i.centre_id = b.centre_id and i.company_id = p_into and i.state = 'waiting';
  end if;
  update vn.enquiry e set company_id = p_into, version = e.version + 1 where e.centre_id = a.centre_id and e.company_id = p_company and e.answered_at is null;
  get diagnostics n = row_count; moved := moved || jsonb_build_object('enquiries', n);
  update vn.corner c set company_id = p_into, version = c.version + 1 where c.centre_id = a.centre_id and c.company_id = p_company and c.ended_at is null;
  if not exists (select from vn.keep_up k where k.centre_id = b.centre_id and k.company_id = p_into) then
    update vn.keep_up k set company_id = p_into where k.centre_id = a.centre_id and k.company_id = p_company;
  end if;
  delete from vn.keep_up k where k.centre_id = a.centre_id and k.company_id = p_company;
  if not exists (select from vn.working_group g where g.centre_id = b.centre_id and g.company_id = p_into and g.ended_at is null) then
    update vn.working_group g set company_id = p_into, version = g.version + 1 where g.centre_id = a.centre_id and g.company_id = p_company and g.ended_at is null;
  end if;
  -- The longer peace wins; undone with its call, both end.
  select * into q from vn.quarantine x where x.centre_id = a.centre_id and x.company_id = p_company and x.ended_at is null and x.until > today order by x.until desc limit 1;
  if found and q.until > coalesce(b.quarantine_until, today) then
    insert into vn.quarantine (centre_id, id, company_id, since, until, cause, call_id) values (q.centre_id, gen_random_uuid(), p_into, q.since, q.until, q.cause, q.call_id);
    perform vn.weigh_quarantine(p_into);
    moved := moved || jsonb_build_object('quarantine', q.until);
  end if;
  if a.objection and not b.objection then
    update vn.relation r set objection = true where r.centre_id = b.centre_id and r.company_id = p_into;
    moved := moved || '{"objection": true}';
  end if;
  return moved || jsonb_build_object('result', 'done', 'centre', a.centre_id);
end $$;
-- As before; a company that has gone on in another has no contact person of its own (gone_on).
create or replace function vn.give_company(p_company uuid, p_person uuid, p_note text, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare r vn.relation;
begin
  select * into r from vn.relation x where x.centre_id = ctx.centre() and x.company_id = p_company for update;
  if not found then return 'not_found'; end if;
  if r.successor_id is not null then return 'gone_on'; end if;
  if not (ctx.has('coordinator') or (ctx.has('consultant') and (not r.active or ctx.person() in (r.contact_person, coalesce(r.deputy, r.contact_person))))) then return 'not_yours'; end if;
  if r.contact_version <> p_version then return 'changed'; end if;
  if not vn.consults(p_person) then return 'no_consultant'; end if;
  if r.contact_person = p_person then return 'same'; end if;
  update vn.relation x set active = true, contact_person = p_person, contact_since = ctx.now(), contact_by = coalesce(ctx.person(), p_person), contact_note = p_note, deputy = null, deputy_until = null,
      told_at = coalesce(x.told_at, ctx.now()), silence_reminded_at = null, contact_version = x.contact_version + 1
   where x.centre_id = ctx.centre() and x.company_id = p_company;
  return 'given';
end $$;
/* Confirms that a company is closed, by its contact person, the deputy or the coordinator: the centre follows it no longer and asks it no more.
   `result`: done, not_yours, not_closed, changed, not_found. */
create function vn.confirm_closed(p_company uuid, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare r vn.relation;
begin
  select * into r from vn.relation x where x.centre_id = ctx.centre() and x.company_id = p_company for update;
  if not found then return 'not_found'; end if;
  if not (ctx.has('coordinator') or (ctx.has('consultant') and r.active and ctx.person() in (r.contact_person, coalesce(r.deputy, r.contact_person)))) then return 'not_yours'; end if;
  if not r.ceased then return 'not_closed'; end if;
  if r.contact_version <> p_version then return 'changed'; end if;
  update vn.relation x set active = false, contact_person = null, contact_since = null, contact_by = null, contact_note = null, deputy = null, deputy_until = null, contact_version = x.contact_version + 1
   where x.centre_id = r.centre_id and x.company_id = r.company_id;
  delete from vn.keep_up k where k.centre_id = r.centre_id and k.company_id = r.company_id;
  return 'done';
end $$;
grant execute on function vn.objection_goes_on() to vn_owner;
grant execute on function vn.merge_company(uuid, uuid, int), vn.confirm_closed(uuid, int) to vn_staff;
-- What the register says by now, centre by centre.
do $$
declare c uuid;
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c::text, true);
    update vn.relation r set ceased = true from vn.company k where k.id = r.company_id and k.status = 'ceased';
  end loop;
  perform set_config('app.centre', '', true);
end $$;
reset role;

set local role vn_owner;
create trigger t2_gate before update of objection, quarantined, protected, exception, ceased, successor_id on vn.relation for each row
  when ((old.objection, old.quarantined, old.protected, old.exception, old.ceased, old.successor_id) is distinct from (new.objection, new.quarantined, new.protected, new.exception, new.ceased, new.successor_id)) execute function vn.relation_gate();
create trigger t5_goes_on after update of objection on vn.relation for each row when (old.objection <> new.objection and new.successor_id is not null) execute function vn.objection_goes_on();
reset role;

-- ---------- a company moves or calls off its own meeting by the link in its invitation ----------
set local role vn_owner;
create table vn.meeting_link (
  centre_id uuid not null,
  meeting_id uuid not null,
  token_hash bytea not null,
  made_at timestamptz not null,
  -- With the meeting: called off or over, it opens nothing.
  ended_at timestamptz,
  -- "I cannot, please ring me": one wish at a time, for the invitation that went out last.
  asked_at timestamptz,
  asked_said text check (length(asked_said) <= 1000),
  asked_sequence int,
  primary key (centre_id, meeting_id),
  foreign key (centre_id, meeting_id) references vn.meeting on delete cascade,
  check ((asked_at is null) = (asked_sequence is null) and (asked_at is null) = (asked_said is null))
);
create unique index meeting_link_token on vn.meeting_link (centre_id, token_hash);
call vn.tenant('vn.meeting_link', '(select ctx.has(''coordinator'')) or vn.sees_meeting(meeting_id)', 'false');
create policy seen_meeting on vn.meeting_link as restrictive for insert to vn_staff with check (false);
grant select (centre_id, meeting_id, made_at, ended_at, asked_at, asked_said, asked_sequence) on vn.meeting_link to vn_staff;
-- Whoever was chosen by the rule when a company took another time; then nobody gave it on by hand, and what the rule was told is kept.
alter table vn.meeting_given alter column given_by drop not null;
alter table vn.meeting_given add told jsonb;
alter table vn.meeting_given drop constraint meeting_given_because_check;
alter table vn.meeting_given add constraint meeting_given_because_check check (because in ('left', 'illness', 'time', 'expertise', 'language', 'company', 'plan', 'other', 'rebooked'));
alter table vn.meeting_given add constraint meeting_given_rebooked check ((because = 'rebooked') = (given_by is null) and (because = 'rebooked') = (told is not null));
reset role;

set local role vn_gate;
create function vn.end_meeting_link() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.meeting_link l set ended_at = coalesce(ctx.now(), now()) where l.centre_id = new.centre_id and l.meeting_id = new.id and l.ended_at is null;
  return null;
end $$;
-- Keeps the hash of a meeting's link, for whoever may write its letters; the same link is in all of them.
create function vn.link_meeting(p_meeting uuid, p_hash bytea) returns void language sql security definer set search_path = vn, pg_temp as $$
  insert into vn.meeting_link (centre_id, meeting_id, token_hash, made_at)
    select m.centre_id, m.id, p_hash, ctx.now() from vn.meeting m where m.centre_id = ctx.centre() and m.id = p_meeting and m.state = 'booked' and vn.meeting_letters(m.id) is not null
  on conflict do nothing;
$$;
-- The meeting behind a link, in whichever centre, and stays in that centre; null for a link that opens nothing, or a meeting that has begun.
create function vn.meeting_behind(p_hash bytea) returns vn.meeting language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare c record; it vn.meeting;
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select m.* into it from vn.meeting_link l join vn.meeting m on m.centre_id = l.centre_id and m.id = l.meeting_id
     where l.centre_id = c.id and l.token_hash = p_hash and l.ended_at is null and m.state = 'booked' and lower(m.during) > ctx.now();
    if found then return it; end if;
  end loop;
  perform set_config('app.centre', '', true);
  return null;
end $$;
/* What the company reads of its meeting: when, where, who comes and how to reach them, what it wished. Not what the caller passed on: that is for the consultant's
   eyes. `keys` are for the server alone. */
create function vn.open_meeting_link(p_hash bytea) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare m vn.meeting; shown jsonb;
begin
  m := vn.meeting_behind(p_hash);
  if m.id is null then return null; end if;
  select jsonb_build_object('centre', c.name, 'zone', c.tz, 'company', k.name, 'start', lower(m.during), 'end', upper(m.during), 'place', m.place, 'wishes', coalesce(m.wishes, ''), 'version', m.version,
      'who', (select jsonb_agg(jsonb_build_object('name', p.name, 'phone', p.phone, 'email', p.email) order by s.learns, p.name) from vn.meeting_staff s join vn.person p on p.id = s.consultant_id
               where s.centre_id = m.centre_id and s.meeting_id = m.id),
      'askedAt', (select l.asked_at from vn.meeting_link l where l.centre_id = m.centre_id and l.meeting_id = m.id and l.asked_sequence = m.sequence),
      'keys', jsonb_build_object('centre', m.centre_id, 'meeting', m.id, 'company', m.company_id, 'language', m.person_language,
        'lead', (select s.consultant_id from vn.meeting_staff s where s.centre_id = m.centre_id and s.meeting_id = m.id and not s.learns)))
    into shown from vn.centre c, vn.company k where c.id = m.centre_id and k.id = m.company_id;
  perform set_config('app.centre', '', true);
  return shown;
end $$;
-- What the rule of slots is told for moving that meeting, as vn.slot_inputs.
create function vn.link_slot_inputs(p_hash bytea, p_from date, p_to date) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare m vn.meeting; before text := coalesce(current_setting('app.roles', true), ''); inputs jsonb;
begin
  m := vn.meeting_behind(p_hash);
  if m.id is null then return null; end if;
  -- Nobody is signed in: the figures are read as the house reads them, and for this one meeting.
  perform set_config('app.roles', 'coordinator', true);
  inputs := vn.slot_inputs(m.company_id, p_from, p_to, m.id);
  perform set_config('app.roles', before, true), set_config('app.centre', '', true);
  return inputs;
end $$;
/* The company takes another time: the same people, or whom the rule gives it to then, with what the rule was told. Whoever went along to learn and cannot then stays away.
   `result`: done, changed, gone. VN001: the week is full · 23P01 no_double_booking: somebody was faster · VN013: past, or no consultant here that day. */
create function vn.move_by_link(p_hash bytea, p_entry uuid, p_change uuid, p_version int, p_start timestamptz, p_end timestamptz, p_consultant uuid, p_mode text, p_told jsonb) returns text
language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.meeting; lead uuid; school uuid; day date; span tstzrange := tstzrange(p_start, p_end);
begin
  m := vn.meeting_behind(p_hash);
  if m.id is null then return 'gone'; end if;
  if p_start <= ctx.now() then raise exception 'past' using errcode = 'VN013'; end if;
  perform from vn.relation r where r.centre_id = m.centre_id and r.company_id = m.company_id for share;
  perform vn.lock_weeks(m.week, vn.week_of(p_start));
  select * into m from vn.meeting x where x.centre_id = m.centre_id and x.id = m.id for update;
  if m.state <> 'booked' or lower(m.during) <= ctx.now() then return 'gone'; end if;
  if m.version <> p_version then return 'changed'; end if;
  select s.consultant_id into lead from vn.meeting_staff s where s.centre_id = m.centre_id and s.meeting_id = m.id and not s.learns;
  perform vn.give_way(array_agg(s.consultant_id) || p_consultant, tstzrange(p_start - interval '8 hours', p_end)) from vn.meeting_staff s where s.centre_id = m.centre_id and s.meeting_id = m.id;
  select (p_start at time zone c.tz)::date into day from vn.centre c where c.id = m.centre_id;
  delete from vn.meeting_staff s where s.centre_id = m.centre_id and s.meeting_id = m.id
     and (s.consultant_id <> lead or p_consultant <> lead)
     and (not s.learns or s.consultant_id = p_consultant
       or exists (select from vn.meeting_staff o where o.centre_id = s.centre_id and o.consultant_id = s.consultant_id and o.meeting_id <> s.meeting_id and o.live
            and o.blocked && tstzrange(p_start - make_interval(mins => s.travel_minutes), p_end))
       or exists (select from vn.busy_times(s.consultant_id, day, day) b where b.kind <> 'meeting' and tstzrange(b.starts, b.ends) && span));
  update vn.meeting x set during = span, version = x.version + 1, sequence = x.sequence + 1, reminded_at = null, mode = p_mode where x.centre_id = m.centre_id and x.id = m.id;
  if p_consultant <> lead then
    select x.school_id into school from vn.membership x where x.centre_id = m.centre_id and x.person_id = p_consultant and x.role = 'consultant' and x.during @> day order by x.school_id nulls last limit 1;
    if not found then raise exception 'no consultant' using errcode = 'VN013'; end if;
    insert into vn.meeting_staff (centre_id, meeting_id, consultant_id, school_id, during, week, live, travel_minutes, blocked)
      select x.centre_id, x.id, p_consultant, school, x.during, x.week, true, vn.travel_minutes(school, x.company_id), 'empty' from vn.meeting x where x.centre_id = m.centre_id and x.id = m.id;
    insert into vn.meeting_given (centre_id, id, meeting_id, at, was, became, because, told) values (m.centre_id, p_change, m.id, ctx.now(), lead, p_consultant, 'rebooked', p_told);
  end if;
  -- Whoever chose the time has said yes to it.
  insert into vn.meeting_answer as a (centre_id, meeting_id, attendee, answer, sequence, answered_at) values (m.centre_id, m.id, 'contact', 'accepted', m.sequence + 1, ctx.now())
    on conflict on constraint meeting_answer_pkey do update set answer = excluded.answer, sequence = excluded.sequence, proposed_start = null, answered_at = excluded.answered_at;
  perform vn.tell_meeting(p_entry, 'meeting.rebooked', m.id);
  perform set_config('app.centre', '', true);
  return 'done';
end $$;
-- The company calls its meeting off: time and capacity are free again. `result`: as above.
create function vn.cancel_by_link(p_hash bytea, p_entry uuid, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.meeting;
begin
  m := vn.meeting_behind(p_hash);
  if m.id is null then return 'gone'; end if;
  perform from vn.relation r where r.centre_id = m.centre_id and r.company_id = m.company_id for share;
  perform vn.lock_weeks(m.week);
  update vn.meeting x set state = 'cancelled', cancelled_because = 'company', version = x.version + 1, sequence = x.sequence + 1
   where x.centre_id = m.centre_id and x.id = m.id and x.version = p_version and x.state = 'booked' and x.week = m.week;
  if not found then return 'changed'; end if;
  perform vn.tell_meeting(p_entry, 'meeting.cancelled', m.id);
  perform set_config('app.centre', '', true);
  return 'done';
end $$;
-- The company cannot, and asks to be rung; the meeting stands until somebody has. `result`: done, again (pressed before, what it says now is kept), gone.
create function vn.ask_by_link(p_hash bytea, p_said text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.meeting; again boolean;
begin
  m := vn.meeting_behind(p_hash);
  if m.id is null then return 'gone'; end if;
  select l.asked_sequence = m.sequence into again from vn.meeting_link l where l.centre_id = m.centre_id and l.meeting_id = m.id for update;
  update vn.meeting_link l set asked_at = case when again then l.asked_at else ctx.now() end, asked_said = p_said, asked_sequence = m.sequence where l.centre_id = m.centre_id and l.meeting_id = m.id;
  perform set_config('app.centre', '', true);
  return case when again then 'again' else 'done' end;
end $$;
-- What moved meetings between consultants, by hand or otherwise, and where a choice was kept although the figures had moved on (row 3.05). The server takes names out for whoever may not read them.
create function vn.assignment_deviations(p_from date, p_to date) returns table (at timestamptz, kind text, because text, meeting_id uuid, company text, from_school uuid, to_school uuid, seed text, inputs jsonb)
language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare zone text;
begin
  if not (ctx.has('coordinator') or ctx.has('manager')) then raise exception 'forbidden' using errcode = '42501'; end if;
  select c.tz into zone from vn.centre c where c.id = ctx.centre();
  return query
    select a.at, 'kept'::text, null::text, a.meeting_id, k.name, null::uuid, a.school_id, a.seed, a.inputs
      from vn.assignment a join vn.meeting m on m.centre_id = a.centre_id and m.id = a.meeting_id join vn.company k on k.id = m.company_id
     where a.centre_id = ctx.centre() and a.because = 'kept' and m.said is not null and (a.at at time zone zone)::date between p_from and p_to
    union all
    select g.at, case g.because when 'plan' then 'plan' when 'rebooked' then 'rebooked' else 'given' end, g.because, g.meeting_id, k.name, s.school_id, t.school_id, null, null
      from vn.meeting_given g join vn.meeting m on m.centre_id = g.centre_id and m.id = g.meeting_id join vn.company k on k.id = m.company_id
      left join lateral (select x.school_id from vn.membership x where x.centre_id = g.centre_id and x.person_id = g.was and x.role = 'consultant' and lower(x.during) <= (g.at at time zone zone)::date
        order by x.during @> (g.at at time zone zone)::date desc, upper(x.during) desc nulls first, x.school_id nulls last limit 1) s on true
      left join lateral (select x.school_id from vn.membership x where x.centre_id = g.centre_id and x.person_id = g.became and x.role = 'consultant' and x.during @> (lower(m.during) at time zone zone)::date
        order by x.school_id nulls last limit 1) t on true
     where g.centre_id = ctx.centre() and (g.at at time zone zone)::date between p_from and p_to;
end $$;
-- How many meetings the rule itself gave to each school within a period, and what was agreed with it.
create function vn.assigned_by_rule(p_from date, p_to date) returns table (school_id uuid, agreed int, booked int) language plpgsql stable security definer set search_path = vn, pg_temp as $$
begin
  if not (ctx.has('coordinator') or ctx.has('manager')) then raise exception 'forbidden' using errcode = '42501'; end if;
  return query
    select s.id, coalesce((select sum(c.agreed) from vn.capacity c where c.centre_id = s.centre_id and c.scope = 'school' and c.scope_id = s.id and c.week between p_from and p_to), 0)::int,
        (select count(*) from vn.assignment a join vn.meeting m on m.centre_id = a.centre_id and m.id = a.meeting_id join vn.centre n on n.id = a.centre_id
          where a.centre_id = s.centre_id and a.school_id = s.id and a.because <> 'kept' and m.said is not null and (a.at at time zone n.tz)::date between p_from and p_to)::int
      from vn.school s where s.centre_id = ctx.centre() and (ctx.has('coordinator') or s.id = ctx.school());
end $$;
grant execute on function vn.end_meeting_link() to vn_owner;
grant execute on function vn.link_meeting(uuid, bytea) to vn_staff, vn_agent;
grant execute on function vn.open_meeting_link(bytea), vn.link_slot_inputs(bytea, date, date), vn.move_by_link(bytea, uuid, uuid, int, timestamptz, timestamptz, uuid, text, jsonb),
  vn.cancel_by_link(bytea, uuid, int), vn.ask_by_link(bytea, text) to vn_visitor, vn_staff, vn_agent, vn_ministry;
grant execute on function vn.assignment_deviations(date, date), vn.assigned_by_rule(date, date) to vn_staff;
reset role;

set local role vn_owner;
create trigger t5_link after update of state on vn.meeting for each row when (new.state <> 'booked' and old.state = 'booked') execute function vn.end_meeting_link();
reset role;
