-- Visits: drafts that only their writer sees, reports that are open to all schools of the centre, what follows from them, and what stays inside a school.
set local role vn_owner;
-- One's own, until it is sent. A draft about a meeting bears the meeting's number, so two devices without coverage write the same one.
create table vn.visit_draft (
  centre_id uuid not null references vn.centre,
  person_id uuid not null references vn.person,
  id uuid not null,
  source text not null check (source in ('written', 'mail')),
  content jsonb not null,
  written_at timestamptz not null,
  version int not null default 1,
  primary key (centre_id, person_id, id)
);
call vn.tenant('vn.visit_draft', 'person_id = (select ctx.person())');
grant select, insert, update, delete on vn.visit_draft to vn_staff;

create table vn.visit_report (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  meeting_id uuid,
  -- Who wrote it, for which school, out of which draft: the draft's number makes that it is sent once.
  person_id uuid not null references vn.person,
  school_id uuid,
  draft_id uuid not null,
  visited_on date not null,
  kind text not null check (kind in ('guidance', 'advice', 'consultancy')),
  about text not null check (length(about) <= 4000),
  agreed text not null check (length(agreed) <= 4000),
  topics text[] not null,
  barriers text[] not null,
  -- Name and role of whom the consultant met.
  people jsonb not null,
  -- The union or other partner who went along (row 2.13).
  partner text check (length(partner) <= 200),
  minutes int check (minutes between 0 and 6000),
  km int check (km between 0 and 2000),
  sent_at timestamptz not null,
  version int not null default 1,
  primary key (centre_id, id),
  constraint report_sent_once unique (centre_id, person_id, draft_id),
  constraint report_of_meeting unique (centre_id, meeting_id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, meeting_id) references vn.meeting,
  foreign key (centre_id, school_id) references vn.school
);
create index report_company on vn.visit_report (centre_id, company_id, visited_on desc, id desc);
create index report_day on vn.visit_report (centre_id, visited_on desc, id desc);
create index report_sent on vn.visit_report (centre_id, sent_at);
create index report_person on vn.visit_report (centre_id, person_id, visited_on desc, id desc);
call vn.tenant('vn.visit_report', 'true', 'person_id = (select ctx.person()) and (select ctx.has(''consultant'')) and school_id is not distinct from (select ctx.school())');
create policy seen_meeting on vn.visit_report as restrictive for insert to vn_staff
  with check (meeting_id is null or exists (select from vn.meeting m where m.centre_id = visit_report.centre_id and m.id = meeting_id));
grant select, insert, update on vn.visit_report to vn_staff;

-- An offer answers a need: without one it cannot be written (row 3.04).
create table vn.visit_offer (
  centre_id uuid not null,
  report_id uuid not null,
  place int not null,
  need_id uuid not null,
  -- Null: something else than a school's.
  school_id uuid,
  what text not null check (length(what) between 1 and 200),
  primary key (centre_id, report_id, place),
  foreign key (centre_id, report_id) references vn.visit_report,
  foreign key (centre_id, need_id) references vn.need,
  foreign key (centre_id, school_id) references vn.school
);
create index visit_offer_need on vn.visit_offer (centre_id, need_id);
call vn.tenant('vn.visit_offer', 'true', 'exists (select from vn.visit_report r where r.centre_id = visit_offer.centre_id and r.id = report_id and r.person_id = (select ctx.person()))');
grant select, insert, delete on vn.visit_offer to vn_staff;

-- What only the own school reads, the coordinator not either.
create table vn.report_note (
  centre_id uuid not null,
  school_id uuid not null,
  report_id uuid not null,
  text text not null check (length(text) between 1 and 4000),
  person_id uuid not null references vn.person,
  written_at timestamptz not null,
  version int not null default 1,
  primary key (centre_id, school_id, report_id),
  foreign key (centre_id, report_id) references vn.visit_report,
  foreign key (centre_id, school_id) references vn.school
);
call vn.tenant('vn.report_note', 'school_id = (select ctx.school()) and ((select ctx.has(''consultant'')) or (select ctx.has(''manager'')))', 'school_id = (select ctx.school()) and (select ctx.has(''consultant''))');
grant select, insert, update, delete on vn.report_note to vn_staff;

-- Photographs and papers: the writer's while it is a draft, then as open as the report.
create table vn.visit_file (
  centre_id uuid not null,
  id uuid not null,
  person_id uuid not null references vn.person,
  draft_id uuid not null,
  report_id uuid,
  name text not null check (length(name) between 1 and 200),
  bytes int not null check (bytes between 1 and 10485760),
  content bytea not null check (length(content) = bytes),
  at timestamptz not null,
  primary key (centre_id, id),
  foreign key (centre_id, report_id) references vn.visit_report
);
create index visit_file_draft on vn.visit_file (centre_id, person_id, draft_id);
create index visit_file_report on vn.visit_file (centre_id, report_id) where report_id is not null;
call vn.tenant('vn.visit_file', 'report_id is not null or person_id = (select ctx.person())', 'person_id = (select ctx.person())');
grant select, insert, update, delete on vn.visit_file to vn_staff;

-- What keeps employees from training (row 2.38): per quarter and company, so that companies can be counted; no report, no writer, and nobody reads a row.
create table vn.employee_barrier (
  centre_id uuid not null,
  quarter date not null,
  company_id uuid not null,
  code text not null check (code in ('personal', 'economic', 'practical', 'surroundings')),
  primary key (centre_id, quarter, company_id, code),
  foreign key (centre_id, company_id) references vn.relation
);
call vn.tenant('vn.employee_barrier', 'false');
grant select on vn.employee_barrier to vn_staff;

-- Who does what by when, out of a report (row 2.22). Open to all schools: tasks are shared out together.
create table vn.task (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  report_id uuid,
  what text not null check (length(what) between 1 and 500),
  -- Null: the company does it itself.
  owner_id uuid references vn.person,
  due date not null,
  done_at timestamptz,
  done_by uuid references vn.person,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, report_id) references vn.visit_report,
  check ((done_at is null) = (done_by is null))
);
create index task_owner on vn.task (centre_id, owner_id, due) where done_at is null;
create index task_company on vn.task (centre_id, company_id, due);
create index task_report on vn.task (centre_id, report_id);
call vn.tenant('vn.task', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''consultant'')) and (owner_id = (select ctx.person()) or made_by = (select ctx.person())))');
grant select, insert, update on vn.task to vn_staff;

-- Words of reports for the search: a policy would cost the index, so only one function reads it, with the centre written out.
create table vn.report_search (
  centre_id uuid not null,
  report_id uuid not null,
  words text not null,
  primary key (centre_id, report_id)
);
create index report_search_words on vn.report_search using gin (words gin_trgm_ops);
grant select, insert, update on vn.report_search to vn_gate;
alter table vn.meeting add report_reminders smallint not null default 0;
reset role;

set local role vn_gate;
-- Called by whoever wrote the report, once its needs and offers stand.
create function vn.keep_report_words(p_report uuid) returns void language sql security definer set search_path = vn, pg_temp as $$
  insert into vn.report_search (centre_id, report_id, words)
    select r.centre_id, r.id, lower(concat_ws(E'\n', r.about, r.agreed,
        (select string_agg(n.what, E'\n') from vn.need n where n.centre_id = r.centre_id and n.source_id = r.id),
        (select string_agg(o.what, E'\n') from vn.visit_offer o where o.centre_id = r.centre_id and o.report_id = r.id)))
      from vn.visit_report r where r.centre_id = ctx.centre() and r.id = p_report and r.person_id = ctx.person()
    on conflict (centre_id, report_id) do update set words = excluded.words;
$$;
-- Reports of the centre in which every word is found, also inside a longer one (»certifikat« in »truckcertifikat«); 500 at most.
create function vn.found_reports(p_words text[]) returns setof uuid language sql stable security definer set search_path = vn, pg_temp as $$
  select s.report_id from vn.report_search s where s.centre_id = ctx.centre() and s.words like all (p_words) limit 500;
$$;
create function vn.note_employee_barriers(p_company uuid, p_quarter date, p_codes text[]) returns void language sql security definer set search_path = vn, pg_temp as $$
  insert into vn.employee_barrier (centre_id, quarter, company_id, code) select ctx.centre(), p_quarter, p_company, c from unnest(p_codes) c
   where ctx.has('consultant') on conflict do nothing;
$$;
-- In how many companies of a quarter's reports each kind of barrier was met; the platform's small cells are cut from it before anybody sees it.
create function vn.count_barriers(p_quarter date) returns table (code text, employees boolean, companies int) language sql stable security definer set search_path = vn, pg_temp as $$
  select b.code, true, count(distinct b.company_id)::int from vn.employee_barrier b where b.centre_id = ctx.centre() and b.quarter = p_quarter group by b.code
  union all
  select b, false, count(distinct r.company_id)::int from vn.visit_report r cross join unnest(r.barriers) b
   join vn.centre c on c.id = r.centre_id
   where r.centre_id = ctx.centre() and r.sent_at >= p_quarter::timestamp at time zone c.tz and r.sent_at < (p_quarter + interval '3 months') at time zone c.tz group by b;
$$;
create function vn.goes_to(p_meeting uuid) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select exists (select from vn.meeting_staff s where s.centre_id = ctx.centre() and s.meeting_id = p_meeting and s.consultant_id = ctx.person());
$$;
-- Meetings that are over and have no report, for whom they are to write: those who went, their school's manager, the coordinator (row 7.13).
create function vn.owed_reports(p_since timestamptz) returns table (meeting_id uuid, company_id uuid, ended timestamptz, consultant_id uuid, school_id uuid, reminders smallint)
language sql stable security definer set search_path = vn, pg_temp as $$
  select m.id, m.company_id, upper(m.during), s.consultant_id, s.school_id, m.report_reminders
    from vn.meeting m join vn.meeting_staff s on s.centre_id = m.centre_id and s.meeting_id = m.id and not s.learns
   where m.centre_id = ctx.centre() and m.state in ('booked', 'done') and upper(m.during) <= ctx.now() and upper(m.during) > p_since
     and not exists (select from vn.visit_report r where r.centre_id = m.centre_id and r.meeting_id = m.id)
     and (ctx.has('coordinator') or (ctx.has('consultant') and vn.goes_to(m.id)) or (ctx.has('manager') and s.school_id = ctx.school()))
   order by upper(m.during), m.id limit 500;
$$;
create function vn.report_reminded(p_meeting uuid) returns void language sql security definer set search_path = vn, pg_temp as $$
  update vn.meeting m set report_reminders = m.report_reminders + 1 where ctx.has('coordinator') and m.centre_id = ctx.centre() and m.id = p_meeting;
$$;
-- What the centre has put into a company, all people together (row 2.33), and since when it knows of us (row 2.32).
create function vn.company_effort(p_company uuid, out calls int, out visits int, out minutes int, out km int, out first date) language sql stable security definer set search_path = vn, pg_temp as $$
  select k.count, r.count, r.minutes, r.km, least(k.first, r.first, m.first)
    from (select count(*)::int count, min(x.day) first from vn.call x where x.centre_id = ctx.centre() and x.company_id = p_company and x.undone_at is null) k,
         (select count(*)::int count, coalesce(sum(x.minutes), 0)::int minutes, coalesce(sum(x.km), 0)::int km, min(x.visited_on) first from vn.visit_report x where x.centre_id = ctx.centre() and x.company_id = p_company) r,
         (select min((lower(x.during) at time zone c.tz)::date) first from vn.meeting x join vn.centre c on c.id = x.centre_id where x.centre_id = ctx.centre() and x.company_id = p_company and x.state = 'done') m
   where ctx.has('consultant') or ctx.has('coordinator');
$$;
-- Kilometres from each school to a company by road, as the crow flies times 1.3; null where a place is unknown.
create function vn.school_distances(p_company uuid) returns table (school_id uuid, km int) language sql stable security definer set search_path = vn, pg_temp as $$
  select s.id, case when a.latitude is not null and b.latitude is not null then round(6371 * 1.3 * 2 * asin(sqrt(sin(radians(b.latitude - a.latitude) / 2) ^ 2
           + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(radians(b.longitude - a.longitude) / 2) ^ 2)))::int end
    from vn.school s, vn.place_of(s.postcode, null) a, vn.company c, vn.place_of(c.postcode, c.municipality) b
   where s.centre_id = ctx.centre() and c.id = p_company;
$$;
grant execute on function vn.keep_report_words(uuid), vn.found_reports(text[]), vn.note_employee_barriers(uuid, date, text[]), vn.count_barriers(date), vn.owed_reports(timestamptz), vn.goes_to(uuid), vn.report_reminded(uuid),
  vn.school_distances(uuid), vn.company_effort(uuid) to vn_staff;
reset role;
