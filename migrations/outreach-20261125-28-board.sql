-- Working groups across schools (row 2.24), consultant meetings with their board (rows 2.26, 2.27), and tasks that are accepted or declined there.
set local role vn_owner;
create table vn.working_group (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  purpose text not null check (length(purpose) between 1 and 500),
  -- Why it takes several schools: at least one of four reasons.
  criteria text[] not null constraint working_group_criteria check (cardinality(criteria) between 1 and 4 and array_position(criteria, null) is null
    and criteria <@ array['complex', 'size', 'cross_institutional', 'learning']),
  -- The one lead; a member, says the key below.
  lead_id uuid not null,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references vn.person,
  -- What came of it.
  outcome text check (length(outcome) between 1 and 2000),
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  check ((ended_at is null) = (outcome is null) and (ended_at is null) = (ended_by is null))
);
create unique index working_group_company on vn.working_group (centre_id, company_id) where ended_at is null;
create index working_group_ended on vn.working_group (centre_id, company_id, made_at desc);
create table vn.working_group_member (
  centre_id uuid not null,
  group_id uuid not null,
  person_id uuid not null references vn.person,
  -- Whose consultant, when coming in; null: the centre's own.
  school_id uuid,
  since date not null,
  primary key (centre_id, group_id, person_id),
  foreign key (centre_id, group_id) references vn.working_group,
  foreign key (centre_id, school_id) references vn.school
);
create index working_group_member_person on vn.working_group_member (centre_id, person_id);
-- Exactly one lead, and always a member: members and lead may be written in either order, the end of the transaction decides.
alter table vn.working_group add constraint working_group_lead foreign key (centre_id, id, lead_id) references vn.working_group_member (centre_id, group_id, person_id) deferrable initially deferred;
call vn.tenant('vn.working_group', 'true', 'false');
call vn.tenant('vn.working_group_member', 'true', 'false');
grant select on vn.working_group, vn.working_group_member to vn_staff;

-- Consultants meet on the same weekday, and schools take turns at hosting (row 2.27).
create table vn.consultant_meeting_series (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  every smallint not null check (every in (1, 2, 4)),
  weekday smallint not null check (weekday between 1 and 5),
  starts time not null,
  ends time not null,
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  -- The day on which the house last looked.
  filled_on date,
  version int not null default 1,
  primary key (centre_id, id),
  constraint consultant_series_name unique (centre_id, name),
  check (ends > starts)
);
create table vn.consultant_meeting_turn (
  centre_id uuid not null,
  series_id uuid not null,
  school_id uuid not null,
  primary key (centre_id, series_id, school_id),
  foreign key (centre_id, series_id) references vn.consultant_meeting_series on delete cascade,
  foreign key (centre_id, school_id) references vn.school
);
create table vn.consultant_meeting (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  series_id uuid,
  kind text not null check (kind in ('ordinary', 'theme', 'theme_day', 'job_fair')),
  title text not null check (length(title) between 1 and 150),
  -- The series' own day; `day` is another one where the meeting was moved.
  planned_on date,
  day date not null,
  during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  -- Null: the centre itself.
  host_school_id uuid,
  place text not null default '' check (length(place) <= 300),
  -- What the host shows.
  tour text not null default '' check (length(tour) <= 500),
  invited_at timestamptz,
  begun_at timestamptz,
  cancelled_at timestamptz,
  closed_at timestamptz,
  closed_by uuid references vn.person,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, series_id) references vn.consultant_meeting_series on delete set null (series_id),
  foreign key (centre_id, host_school_id) references vn.school,
  constraint consultant_meeting_once unique (centre_id, series_id, planned_on),
  check ((closed_at is null) = (closed_by is null)),
  check (closed_at is null or begun_at is not null),
  check (cancelled_at is null or begun_at is null)
);
create index consultant_meeting_day on vn.consultant_meeting (centre_id, day);
-- What consultants want to talk about.
create table vn.consultant_meeting_item (
  centre_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  text text not null check (length(text) between 1 and 500),
  -- Something to learn from each other.
  learning boolean not null,
  person_id uuid not null references vn.person,
  at timestamptz not null,
  primary key (centre_id, id),
  foreign key (centre_id, meeting_id) references vn.consultant_meeting
);
create index consultant_meeting_item_meeting on vn.consultant_meeting_item (centre_id, meeting_id, id);
-- Reports are on the table once.
create table vn.consultant_meeting_report (
  centre_id uuid not null,
  report_id uuid not null,
  meeting_id uuid not null,
  at timestamptz not null,
  primary key (centre_id, report_id),
  foreign key (centre_id, report_id) references vn.visit_report,
  foreign key (centre_id, meeting_id) references vn.consultant_meeting
);
create index consultant_meeting_report_meeting on vn.consultant_meeting_report (centre_id, meeting_id);
create table vn.consultant_meeting_minute (
  centre_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  kind text not null check (kind in ('minute', 'decision', 'correction')),
  text text not null check (length(text) between 1 and 2000),
  place int not null,
  -- The report it was said about.
  report_id uuid,
  person_id uuid not null references vn.person,
  at timestamptz not null,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, meeting_id) references vn.consultant_meeting,
  foreign key (centre_id, report_id) references vn.visit_report
);
create index consultant_meeting_minute_meeting on vn.consultant_meeting_minute (centre_id, meeting_id, place);
create table vn.consultant_meeting_presence (
  centre_id uuid not null,
  meeting_id uuid not null,
  person_id uuid not null references vn.person,
  primary key (centre_id, meeting_id, person_id),
  foreign key (centre_id, meeting_id) references vn.consultant_meeting
);

-- Tasks: whoever is asked accepts or declines; what was declined is nobody's until somebody takes it (row 2.26).
alter table vn.task
  add state text not null default 'open' check (state in ('open', 'accepted', 'declined', 'done')),
  -- The company does it itself; otherwise a task without an owner is nobody's.
  add by_company boolean not null default false,
  add declined_reason text check (length(declined_reason) between 1 and 500),
  add need_id uuid,
  add working_group_id uuid,
  -- The meeting that shared it out.
  add consultant_meeting_id uuid;
update vn.task set by_company = true where owner_id is null;
update vn.task set state = 'done' where done_at is not null;
alter table vn.task
  add constraint task_done check ((state = 'done') = (done_at is not null)),
  add constraint task_declined check ((state = 'declined') = (declined_reason is not null) and (state <> 'declined' or (owner_id is null and not by_company))),
  add constraint task_accepted check (state <> 'accepted' or owner_id is not null),
  add constraint task_one_owner check (not by_company or owner_id is null),
  add foreign key (centre_id, need_id) references vn.need on delete set null (need_id),
  add foreign key (centre_id, working_group_id) references vn.working_group,
  add foreign key (centre_id, consultant_meeting_id) references vn.consultant_meeting;
create index task_need on vn.task (centre_id, need_id) where need_id is not null;
create index task_group on vn.task (centre_id, working_group_id) where working_group_id is not null;
create index task_consultant_meeting on vn.task (centre_id, consultant_meeting_id) where consultant_meeting_id is not null;
create index task_unowned on vn.task (centre_id, due) where owner_id is null and not by_company and done_at is null;
-- From now on only the functions below change one, so that its story is kept.
revoke update on vn.task from vn_staff;
-- Who did what with a task, for as long as it is there.
create table vn.task_event (
  centre_id uuid not null,
  task_id uuid not null,
  no int not null,
  at timestamptz not null,
  person_id uuid references vn.person,
  kind text not null check (kind in ('made', 'accepted', 'declined', 'taken', 'given', 'to_company', 'moved', 'worded', 'done', 'reopened', 'tabled')),
  owner_id uuid references vn.person,
  due date not null,
  reason text,
  primary key (centre_id, task_id, no),
  foreign key (centre_id, task_id) references vn.task
);
call vn.tenant('vn.task_event', 'true', 'false');
grant select on vn.task_event to vn_staff;
reset role;

set local role vn_gate;
-- Who runs a meeting and writes its minutes: the coordinator and the consultants of the host.
create function vn.runs_meeting(p_meeting uuid) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select exists (select from vn.consultant_meeting m where m.centre_id = ctx.centre() and m.id = p_meeting and m.cancelled_at is null
    and (ctx.has('coordinator') or (ctx.has('consultant') and m.host_school_id is not distinct from ctx.school())));
$$;
/* What whoever asks may do with a task: finish, answer, take, give (which includes another day and other words). While a meeting is open, whoever runs it writes
   down what was said there. */
create function vn.task_rights(t vn.task) returns text[] language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare
  coordinates boolean := ctx.has('coordinator');
  consults boolean := ctx.has('consultant');
  mine boolean := t.owner_id is not null and t.owner_id = ctx.person();
  made boolean := t.made_by = ctx.person();
  runs boolean := false;
  leads boolean := false;
  rights text[] := '{}';
begin
  if t.centre_id <> ctx.centre() or not (coordinates or consults) then return rights; end if;
  if coordinates or mine or made then rights := rights || 'finish'::text; end if;
  if t.state = 'done' then return rights; end if;
  if not coordinates and t.consultant_meeting_id is not null then
    runs := vn.runs_meeting(t.consultant_meeting_id) and exists (select from vn.consultant_meeting m where m.centre_id = t.centre_id and m.id = t.consultant_meeting_id and m.closed_at is null);
  end if;
  if not coordinates and t.working_group_id is not null then
    leads := exists (select from vn.working_group g where g.centre_id = t.centre_id and g.id = t.working_group_id and g.lead_id = ctx.person());
  end if;
  if t.owner_id is not null and (coordinates or mine or runs) then rights := rights || 'answer'::text; end if;
  if consults and t.owner_id is null and not t.by_company then rights := rights || 'take'::text; end if;
  if coordinates or mine or made or runs or leads then rights := rights || 'give'::text; end if;
  return rights;
end $$;
-- The story of a task writes itself, whatever changes it.
create function vn.keep_task_event() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  insert into vn.task_event (centre_id, task_id, no, at, person_id, kind, owner_id, due, reason)
    values (new.centre_id, new.id, (select count(*) + 1 from vn.task_event e where e.centre_id = new.centre_id and e.task_id = new.id), coalesce(ctx.now(), new.made_at), coalesce(ctx.person(), case when tg_op = 'INSERT' then new.made_by end), case
      when tg_op = 'INSERT' then 'made'
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
/* No task comes to a meeting that is closed, and one that becomes nobody's waits for a meeting that is being closed: so none is without an owner when it closes.
   Whoever closes holds the meeting's row for update. */
create function vn.task_meets() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
declare closed timestamptz;
begin
  if new.consultant_meeting_id is null then return new; end if;
  if tg_op = 'INSERT' or new.consultant_meeting_id is distinct from old.consultant_meeting_id or (new.owner_id is null and not new.by_company) then
    select m.closed_at into closed from vn.consultant_meeting m where m.centre_id = new.centre_id and m.id = new.consultant_meeting_id for share;
    if (not found or closed is not null) and (tg_op = 'INSERT' or new.consultant_meeting_id is distinct from old.consultant_meeting_id) then
      raise exception 'the meeting is closed' using errcode = 'VN028', constraint = 'consultant_meeting_closed';
    end if;
  end if;
  return new;
end $$;
-- What belongs to a meeting stands once it is closed; only a correction may still be added to the minutes.
create function vn.meeting_stands() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
declare row record := case when tg_op = 'DELETE' then old else new end; closed timestamptz;
begin
  select m.closed_at into closed from vn.consultant_meeting m where m.centre_id = row.centre_id and m.id = row.meeting_id for share;
  -- Whoever cannot see the meeting changes nothing of it.
  if not found or closed is not null and not (tg_op = 'INSERT' and tg_table_name = 'consultant_meeting_minute' and to_jsonb(row) ->> 'kind' = 'correction') then
    raise exception 'the meeting is closed' using errcode = 'VN028', constraint = 'consultant_meeting_closed';
  end if;
  return row;
end $$;
create function vn.closed_meeting_stands() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  -- A series that ends leaves its meetings behind.
  if old.closed_at is not null and (to_jsonb(new) - 'series_id') <> (to_jsonb(old) - 'series_id') then
    raise exception 'the meeting is closed' using errcode = 'VN028', constraint = 'consultant_meeting_closed';
  end if;
  return new;
end $$;

-- `result`: given, not_yours, changed, no_consultant, done, not_found. With neither person nor company the task is nobody's again.
create function vn.give_task(p_task uuid, p_version int, p_person uuid, p_company boolean) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare t vn.task; rights text[];
begin
  select * into t from vn.task x where x.centre_id = ctx.centre() and x.id = p_task for update;
  if not found then return 'not_found'; end if;
  rights := vn.task_rights(t);
  if not ('give' = any (rights) or ('take' = any (rights) and p_person = ctx.person() and not p_company)) then return case when t.state = 'done' then 'done' else 'not_yours' end; end if;
  if t.version <> p_version then return 'changed'; end if;
  if p_person is not null and not vn.consults(p_person) then return 'no_consultant'; end if;
  update vn.task x set owner_id = p_person, by_company = p_company, declined_reason = null, version = x.version + 1,
      state = case when p_person = ctx.person() or (p_person is not null and p_person = t.owner_id and t.state = 'accepted') then 'accepted' else 'open' end
   where x.centre_id = t.centre_id and x.id = t.id;
  return 'given';
end $$;
-- Accepts with no reason, declines with one. `result`: done, not_yours, changed, not_found.
create function vn.answer_task(p_task uuid, p_version int, p_reason text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare t vn.task;
begin
  select * into t from vn.task x where x.centre_id = ctx.centre() and x.id = p_task for update;
  if not found then return 'not_found'; end if;
  if not 'answer' = any (vn.task_rights(t)) then return 'not_yours'; end if;
  if t.version <> p_version then return 'changed'; end if;
  update vn.task x set version = x.version + 1, state = case when p_reason is null then 'accepted' else 'declined' end, declined_reason = p_reason, owner_id = case when p_reason is null then x.owner_id end
   where x.centre_id = t.centre_id and x.id = t.id;
  return 'done';
end $$;
-- Other words or another day. `result`: as above.
create function vn.word_task(p_task uuid, p_version int, p_what text, p_due date) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare t vn.task;
begin
  select * into t from vn.task x where x.centre_id = ctx.centre() and x.id = p_task for update;
  if not found then return 'not_found'; end if;
  if not 'give' = any (vn.task_rights(t)) then return 'not_yours'; end if;
  if t.version <> p_version then return 'changed'; end if;
  update vn.task x set version = x.version + 1, what = p_what, due = p_due where x.centre_id = t.centre_id and x.id = t.id;
  return 'done';
end $$;
-- Done, or not done after all. `result`: as above.
create function vn.finish_task(p_task uuid, p_version int, p_done boolean) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare t vn.task;
begin
  select * into t from vn.task x where x.centre_id = ctx.centre() and x.id = p_task for update;
  if not found then return 'not_found'; end if;
  if not 'finish' = any (vn.task_rights(t)) then return 'not_yours'; end if;
  if t.version <> p_version then return 'changed'; end if;
  update vn.task x set version = x.version + 1, declined_reason = null, done_at = case when p_done then ctx.now() end, done_by = case when p_done then ctx.person() end,
      state = case when p_done then 'done' when x.owner_id is null then 'open' else 'accepted' end
   where x.centre_id = t.centre_id and x.id = t.id;
  return 'done';
end $$;

/* Starts a working group (p_version 0) or changes one. `result`: done, not_yours, lead_hands_over, changed, ended, not_followed, exists, no_consultant, one_school, lead_no_member, not_found.
   A member who was in already may have left the centre since; whoever comes in is a consultant today. */
create function vn.write_working_group(p_group uuid, p_company uuid, p_version int, p_purpose text, p_criteria text[], p_lead uuid, p_members uuid[]) returns text
language plpgsql security definer set search_path = vn, pg_temp as $$
declare g vn.working_group; r vn.relation; day date;
begin
  select (ctx.now() at time zone c.tz)::date into day from vn.centre c where c.id = ctx.centre();
  -- Two groups about one company are started one after the other.
  select * into r from vn.relation x where x.centre_id = ctx.centre() and x.company_id = coalesce(p_company, (select o.company_id from vn.working_group o where o.centre_id = ctx.centre() and o.id = p_group)) for update;
  if not found then return 'not_found'; end if;
  select * into g from vn.working_group x where x.centre_id = ctx.centre() and x.id = p_group for update;
  if p_version = 0 then
    if not (ctx.has('consultant') or ctx.has('coordinator')) then return 'not_yours'; end if;
    if not r.active then return 'not_followed'; end if;
    if exists (select from vn.working_group x where x.centre_id = ctx.centre() and x.company_id = p_company and x.ended_at is null) then return 'exists'; end if;
  else
    if not found then return 'not_found'; end if;
    if not (ctx.has('coordinator') or (ctx.has('consultant') and exists (select from vn.working_group_member m where m.centre_id = g.centre_id and m.group_id = g.id and m.person_id = ctx.person()))) then return 'not_yours'; end if;
    if g.ended_at is not null then return 'ended'; end if;
    if g.version <> p_version then return 'changed'; end if;
    if p_lead <> g.lead_id and not (ctx.has('coordinator') or g.lead_id = ctx.person() or not vn.consults(g.lead_id)) then return 'lead_hands_over'; end if;
  end if;
  if not p_lead = any (p_members) then return 'lead_no_member'; end if;
  if exists (select from unnest(p_members) p where not exists (select from vn.working_group_member m where m.centre_id = ctx.centre() and m.group_id = p_group and m.person_id = p) and not vn.consults(p)) then return 'no_consultant'; end if;
  if (p_version = 0 or p_lead <> g.lead_id) and not vn.consults(p_lead) then return 'no_consultant'; end if;
  if p_version = 0 then
    insert into vn.working_group (centre_id, id, company_id, purpose, criteria, lead_id, made_by, made_at) values (ctx.centre(), p_group, p_company, p_purpose, p_criteria, p_lead, ctx.person(), ctx.now());
  else
    update vn.working_group x set purpose = p_purpose, criteria = p_criteria, lead_id = p_lead, version = x.version + 1 where x.centre_id = g.centre_id and x.id = g.id;
    delete from vn.working_group_member m where m.centre_id = g.centre_id and m.group_id = g.id and not m.person_id = any (p_members);
  end if;
  insert into vn.working_group_member (centre_id, group_id, person_id, school_id, since)
    select ctx.centre(), p_group, p, (select m.school_id from vn.membership m where m.centre_id = ctx.centre() and m.person_id = p and m.role = 'consultant' and m.during @> day order by m.school_id nulls first limit 1), day
      from unnest(p_members) p on conflict do nothing;
  -- From at least two schools, or somebody of the centre's own (who may go everywhere).
  if (select count(distinct m.school_id) < 2 and bool_and(m.school_id is not null) from vn.working_group_member m where m.centre_id = ctx.centre() and m.group_id = p_group) then
    return 'one_school';
  end if;
  return 'done';
end $$;
-- `result`: done, not_yours, changed, ended, not_found.
create function vn.end_working_group(p_group uuid, p_version int, p_outcome text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare g vn.working_group;
begin
  select * into g from vn.working_group x where x.centre_id = ctx.centre() and x.id = p_group for update;
  if not found then return 'not_found'; end if;
  if not (ctx.has('coordinator') or (ctx.has('consultant') and g.lead_id = ctx.person())) then return 'not_yours'; end if;
  if g.ended_at is not null then return 'ended'; end if;
  if g.version <> p_version then return 'changed'; end if;
  update vn.working_group x set ended_at = ctx.now(), ended_by = ctx.person(), outcome = p_outcome, version = x.version + 1 where x.centre_id = g.centre_id and x.id = g.id;
  return 'done';
end $$;

/* A meeting begins: what is nobody's in the whole centre comes to its table, so that it is somebody's when the meeting ends. Twice is once.
   `result`: done, not_yours, closed, not_found. */
create function vn.begin_consultant_meeting(p_meeting uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.consultant_meeting;
begin
  select * into m from vn.consultant_meeting x where x.centre_id = ctx.centre() and x.id = p_meeting for update;
  if not found or m.cancelled_at is not null then return 'not_found'; end if;
  if not vn.runs_meeting(p_meeting) then return 'not_yours'; end if;
  if m.closed_at is not null then return 'closed'; end if;
  if m.begun_at is not null then return 'done'; end if;
  update vn.consultant_meeting x set begun_at = ctx.now(), version = x.version + 1 where x.centre_id = m.centre_id and x.id = m.id;
  if m.kind = 'ordinary' then
    update vn.task t set consultant_meeting_id = m.id, version = t.version + 1
     where t.centre_id = m.centre_id and t.owner_id is null and not t.by_company and t.done_at is null and t.consultant_meeting_id is distinct from m.id;
  end if;
  return 'done';
end $$;
-- Nothing is nobody's after a meeting (row 2.26). `result`: done, not_yours, closed, changed, unowned, not_begun, not_found.
create function vn.close_consultant_meeting(p_meeting uuid, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.consultant_meeting;
begin
  select * into m from vn.consultant_meeting x where x.centre_id = ctx.centre() and x.id = p_meeting for update;
  if not found or m.cancelled_at is not null then return 'not_found'; end if;
  if not vn.runs_meeting(p_meeting) then return 'not_yours'; end if;
  if m.closed_at is not null then return 'closed'; end if;
  if m.begun_at is null then return 'not_begun'; end if;
  if m.version <> p_version then return 'changed'; end if;
  if exists (select from vn.task t where t.centre_id = m.centre_id and t.consultant_meeting_id = m.id and t.owner_id is null and not t.by_company and t.done_at is null) then return 'unowned'; end if;
  update vn.consultant_meeting x set closed_at = ctx.now(), closed_by = ctx.person(), version = x.version + 1 where x.centre_id = m.centre_id and x.id = m.id;
  return 'done';
end $$;
grant execute on function vn.keep_task_event(), vn.task_meets(), vn.meeting_stands(), vn.closed_meeting_stands(), vn.runs_meeting(uuid) to vn_owner;
grant execute on function vn.runs_meeting(uuid), vn.task_rights(vn.task), vn.give_task(uuid, int, uuid, boolean), vn.answer_task(uuid, int, text), vn.word_task(uuid, int, text, date), vn.finish_task(uuid, int, boolean),
  vn.write_working_group(uuid, uuid, int, text, text[], uuid, uuid[]), vn.end_working_group(uuid, int, text), vn.begin_consultant_meeting(uuid), vn.close_consultant_meeting(uuid, int) to vn_staff;
reset role;

set local role vn_owner;
-- The coordinator plans; the host says where to meet and what is to be seen.
call vn.tenant('vn.consultant_meeting_series', 'true', '(select ctx.has(''coordinator''))');
call vn.tenant('vn.consultant_meeting_turn', 'true', '(select ctx.has(''coordinator''))');
call vn.tenant('vn.consultant_meeting', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''consultant'')) and host_school_id is not distinct from (select ctx.school()))');
call vn.tenant('vn.consultant_meeting_item', 'true', '(person_id = (select ctx.person()) and ((select ctx.has(''consultant'')) or (select ctx.has(''coordinator'')))) or vn.runs_meeting(meeting_id)');
call vn.tenant('vn.consultant_meeting_report', 'true', 'vn.runs_meeting(meeting_id)');
call vn.tenant('vn.consultant_meeting_minute', 'true', 'vn.runs_meeting(meeting_id)');
call vn.tenant('vn.consultant_meeting_presence', 'true', 'vn.runs_meeting(meeting_id)');
grant select, insert, update, delete on vn.consultant_meeting_series, vn.consultant_meeting_turn to vn_staff;
grant select, insert on vn.consultant_meeting to vn_staff;
-- Beginning and closing are the functions' alone.
grant update (title, day, during, host_school_id, place, tour, invited_at, cancelled_at, version), delete on vn.consultant_meeting to vn_staff;
grant select, insert, delete on vn.consultant_meeting_item, vn.consultant_meeting_presence to vn_staff;
grant select, insert on vn.consultant_meeting_report to vn_staff;
grant select, insert, update, delete on vn.consultant_meeting_minute to vn_staff;
create trigger t1_meets before insert or update on vn.task for each row execute function vn.task_meets();
create trigger t4_event after insert or update on vn.task for each row execute function vn.keep_task_event();
create trigger t1_stands before update on vn.consultant_meeting for each row execute function vn.closed_meeting_stands();
create trigger t1_stands before insert or delete on vn.consultant_meeting_item for each row execute function vn.meeting_stands();
create trigger t1_stands before insert or delete on vn.consultant_meeting_report for each row execute function vn.meeting_stands();
create trigger t1_stands before insert or update or delete on vn.consultant_meeting_minute for each row execute function vn.meeting_stands();
create trigger t1_stands before insert or delete on vn.consultant_meeting_presence for each row execute function vn.meeting_stands();
create trigger t9_append_only before update or delete on vn.task_event for each statement execute function vn.no_change();
reset role;
