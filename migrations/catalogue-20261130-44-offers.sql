-- What schools offer around their courses: services with a price (rows 4.07, 4.08, 4.23), funding with dated rates (4.27), programmes (4.11, 4.14), proposals for
-- what is missing (4.22), and teachers that schools lend each other (4.04). All schools read all of it, but for days on which a teacher is away.
set local role vn_owner;

-- ---------- services ----------
create table vn.priced_service (
  centre_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  kind text not null check (kind in ('priced', 'assessment')),
  name text not null check (length(name) between 1 and 150),
  text text not null default '' check (length(text) <= 4000),
  -- Clarified before a course, done beside it, followed up after it.
  phase text not null check (phase in ('before', 'during', 'after')),
  unit text not null check (unit in ('hour', 'person', 'day', 'fixed')),
  -- Øre without VAT.
  price bigint not null check (price between 0 and 100000000),
  vat smallint not null check (vat between 0 and 100),
  -- The course that it is a supplement to; null: to any.
  course_id uuid,
  assessment text check (assessment in ('ikv', 'rkv')),
  results text[] not null default '{}',
  free_for_employed boolean not null default false,
  retired boolean not null default false,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, school_id) references vn.school,
  foreign key (centre_id, course_id) references vn.course,
  check ((kind = 'assessment') = (assessment is not null)),
  check (case assessment when 'ikv' then results <@ '{amu_certificate,amu_competence,education_plan}' when 'rkv' then results <@ '{prior_learning,shortened}' else results = '{}' end),
  check (kind = 'assessment' or not free_for_employed)
);
create index priced_service_school on vn.priced_service (centre_id, school_id);
create index priced_service_course on vn.priced_service (centre_id, course_id);
call vn.tenant('vn.priced_service', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
grant select, insert, update on vn.priced_service to vn_staff;

-- ---------- funding ----------
create table vn.funding (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  -- What a participant pays ('fee') is kept beside what somebody gets: its rates change the same way.
  kind text not null check (kind in ('veu', 'svu', 'fund', 'other', 'fee')),
  name text not null check (length(name) between 1 and 150),
  -- Empty: all kinds of course, all industries.
  course_kinds text[] not null default '{}' check (course_kinds <@ '{amu,fvu,obu,avu,own}'),
  industries text[] not null default '{}',
  -- The agreement that a fund asks for.
  agreement text not null default '' check (length(agreement) <= 300),
  text text not null default '' check (length(text) <= 4000),
  link text check (length(link) <= 500 and link ~ '^https?://'),
  retired boolean not null default false,
  version int not null default 1,
  primary key (centre_id, id)
);
create table vn.funding_rate (
  centre_id uuid not null,
  id uuid not null,
  funding_id uuid not null,
  -- Øre; of 'percent' hundredths of a percent.
  amount bigint not null check (amount between 0 and 100000000),
  unit text not null check (unit in ('day', 'week', 'hour', 'person', 'percent')),
  -- Null: the source says no day. Such a rate is shown and never used.
  during daterange check (not isempty(during) and not lower_inf(during)),
  source text not null check (length(source) between 1 and 300),
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, funding_id) references vn.funding,
  check (unit <> 'percent' or amount <= 10000),
  constraint funding_rate_once exclude using gist (centre_id with =, funding_id with =, during with &&)
);
call vn.tenant('vn.funding', 'true', '(select ctx.has(''coordinator''))');
call vn.tenant('vn.funding_rate', 'true', '(select ctx.has(''coordinator''))');
grant select, insert, update on vn.funding to vn_staff;
grant select, insert, update, delete on vn.funding_rate to vn_staff;

-- ---------- programmes ----------
create table vn.programme (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  -- Whoever keeps it: a school, or the centre itself (null).
  school_id uuid,
  -- composite: several goals of one kind; combination: courses of at least two kinds.
  kind text not null check (kind in ('composite', 'combination')),
  title text not null check (length(title) between 1 and 150),
  text text not null default '' check (length(text) <= 4000),
  days numeric(5, 1) not null check (days > 0 and days <= 400),
  -- Over how many weeks; null where nobody said.
  weeks smallint check (weeks between 1 and 260),
  retired boolean not null default false,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, school_id) references vn.school
);
create table vn.programme_item (
  centre_id uuid not null,
  programme_id uuid not null,
  no smallint not null check (no between 1 and 30),
  course_id uuid not null,
  days numeric(4, 1) not null check (days > 0 and days <= 400),
  -- Weeks since the item before; null where nobody said.
  gap smallint check (gap between 0 and 104),
  primary key (centre_id, programme_id, no),
  unique (centre_id, programme_id, course_id),
  foreign key (centre_id, programme_id) references vn.programme,
  foreign key (centre_id, course_id) references vn.course
);
create index programme_item_course on vn.programme_item (centre_id, course_id);
create table vn.programme_school (
  centre_id uuid not null,
  programme_id uuid not null,
  school_id uuid not null,
  primary key (centre_id, programme_id, school_id),
  foreign key (centre_id, programme_id) references vn.programme,
  foreign key (centre_id, school_id) references vn.school
);
call vn.tenant('vn.programme', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
call vn.tenant('vn.programme_item', 'true', 'exists (select from vn.programme p where p.centre_id = programme_item.centre_id and p.id = programme_id and ((select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and p.school_id = (select ctx.school()))))');
call vn.tenant('vn.programme_school', 'true', 'exists (select from vn.programme p where p.centre_id = programme_school.centre_id and p.id = programme_id and ((select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and p.school_id = (select ctx.school()))))');
grant select, insert, update on vn.programme to vn_staff;
grant select, insert, update, delete on vn.programme_item, vn.programme_school to vn_staff;

-- ---------- proposals ----------
create table vn.proposal (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  kind text not null check (kind in ('course', 'goal')),
  title text not null check (length(title) between 1 and 150),
  why text not null check (length(why) between 1 and 4000),
  -- Which needs it comes from, in words and without names.
  needs text not null default '' check (length(needs) <= 2000),
  goal text not null default '' check (length(goal) <= 2000),
  suggested_by uuid not null references vn.person,
  suggested_at timestamptz not null,
  state text not null default 'suggested' check (state in ('suggested', 'in_talks', 'being_made', 'offered', 'declined')),
  course_id uuid,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, course_id) references vn.course,
  check ((state = 'offered') = (course_id is not null))
);
create index proposal_recent on vn.proposal (centre_id, suggested_at desc, id);
-- What became of it, step by step; nothing here is changed.
create table vn.proposal_step (
  centre_id uuid not null,
  proposal_id uuid not null,
  no smallint not null check (no between 1 and 50),
  state text not null check (state in ('suggested', 'in_talks', 'being_made', 'offered', 'declined')),
  note text not null default '' check (length(note) <= 1000),
  by_id uuid not null references vn.person,
  at timestamptz not null,
  primary key (centre_id, proposal_id, no),
  foreign key (centre_id, proposal_id) references vn.proposal,
  -- No without a reason is no answer.
  check (state <> 'declined' or note <> '')
);
call vn.tenant('vn.proposal', 'true', '(select ctx.has(''coordinator'')) or (select ctx.has(''manager'')) or ((select ctx.has(''consultant'')) and suggested_by = (select ctx.person()))');
call vn.tenant('vn.proposal_step', 'true', 'by_id = (select ctx.person()) and ((select ctx.has(''coordinator'')) or (select ctx.has(''manager'')) or ((select ctx.has(''consultant'')) and state = ''suggested''))');
grant select, insert, update on vn.proposal to vn_staff;
grant select, insert on vn.proposal_step to vn_staff;

-- ---------- teachers ----------
create table vn.teacher (
  centre_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  -- What they teach: fields, and courses (below).
  fields text[] not null default '{}' check (fields <@ '{certificates,basic_skills,training,management,digital,apprentices,experience}'),
  -- How many days a week the school can lend them, and when.
  days_a_week smallint not null check (days_a_week between 0 and 5),
  lendable daterange check (not isempty(lendable) and not lower_inf(lendable)),
  retired boolean not null default false,
  version int not null default 1,
  primary key (centre_id, id),
  unique (centre_id, id, school_id),
  foreign key (centre_id, school_id) references vn.school,
  check ((days_a_week = 0) = (lendable is null))
);
create index teacher_school on vn.teacher (centre_id, school_id);
create table vn.teacher_course (
  centre_id uuid not null,
  teacher_id uuid not null,
  course_id uuid not null,
  primary key (centre_id, teacher_id, course_id),
  foreign key (centre_id, teacher_id) references vn.teacher,
  foreign key (centre_id, course_id) references vn.course
);
-- A school asks another for its teacher; the school that has the teacher answers.
create table vn.teacher_loan (
  centre_id uuid not null,
  id uuid not null,
  teacher_id uuid not null,
  from_school_id uuid not null,
  to_school_id uuid not null check (to_school_id <> from_school_id),
  course_id uuid,
  class_id uuid,
  during daterange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  -- Days of the week, 1 is Monday.
  weekdays smallint[] not null check (weekdays <@ '{1,2,3,4,5,6,7}' and cardinality(weekdays) between 1 and 7),
  about text not null default '' check (length(about) <= 1000),
  state text not null default 'asked' check (state in ('asked', 'agreed', 'declined', 'ended')),
  because text not null default '' check (length(because) <= 300),
  asked_by uuid not null references vn.person,
  asked_at timestamptz not null,
  answered_by uuid references vn.person,
  answered_at timestamptz,
  version int not null default 1,
  primary key (centre_id, id),
  unique (centre_id, id, teacher_id, to_school_id),
  foreign key (centre_id, teacher_id, from_school_id) references vn.teacher (centre_id, id, school_id),
  foreign key (centre_id, to_school_id) references vn.school,
  foreign key (centre_id, course_id) references vn.course,
  foreign key (centre_id, class_id) references vn.class
);
create index teacher_loan_teacher on vn.teacher_loan (centre_id, teacher_id);
-- Who teaches a class; one or several.
create table vn.class_teacher (
  centre_id uuid not null,
  class_id uuid not null,
  teacher_id uuid not null,
  school_id uuid not null,
  put_by uuid not null references vn.person,
  put_at timestamptz not null,
  primary key (centre_id, class_id, teacher_id),
  foreign key (centre_id, class_id) references vn.class,
  foreign key (centre_id, teacher_id) references vn.teacher,
  foreign key (centre_id, school_id) references vn.school
);
/* The days on which a teacher is taken: by an agreed loan, by a class, or by what the own school needs them for. The same day at two schools is impossible, and so
   are two classes, or two loans. A class that was moved onto such a day, or out of its teacher's loan, keeps the teacher as a clash that somebody must solve: the
   class is not held back. */
create table vn.teacher_use (
  centre_id uuid not null,
  id uuid not null,
  teacher_id uuid not null,
  school_id uuid not null,
  days datemultirange not null check (not isempty(days)),
  loan_id uuid,
  class_id uuid,
  -- What the own school needs them for.
  own text check (length(own) between 1 and 150),
  clash boolean not null default false,
  primary key (centre_id, id),
  unique (centre_id, loan_id),
  unique (centre_id, class_id, teacher_id),
  foreign key (centre_id, teacher_id) references vn.teacher,
  foreign key (centre_id, school_id) references vn.school,
  foreign key (centre_id, loan_id, teacher_id, school_id) references vn.teacher_loan (centre_id, id, teacher_id, to_school_id),
  foreign key (centre_id, class_id, teacher_id) references vn.class_teacher on delete cascade,
  check (num_nonnulls(loan_id, class_id, own) = 1),
  check (not clash or class_id is not null),
  constraint teacher_one_school exclude using gist (centre_id with =, teacher_id with =, school_id with <>, days with &&) where (not clash),
  constraint teacher_one_class exclude using gist (centre_id with =, teacher_id with =, days with &&) where (class_id is not null and not clash),
  constraint teacher_one_loan exclude using gist (centre_id with =, teacher_id with =, days with &&) where (loan_id is not null)
);
-- When somebody cannot be had; never why.
create table vn.teacher_absence (
  centre_id uuid not null,
  id uuid not null,
  teacher_id uuid not null,
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  primary key (centre_id, id),
  foreign key (centre_id, teacher_id) references vn.teacher,
  constraint teacher_absence_once exclude using gist (centre_id with =, teacher_id with =, during with &&)
);
call vn.tenant('vn.teacher', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
call vn.tenant('vn.teacher_course', 'true', 'exists (select from vn.teacher t where t.centre_id = teacher_course.centre_id and t.id = teacher_id and ((select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and t.school_id = (select ctx.school()))))');
call vn.tenant('vn.teacher_loan', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and (select ctx.school()) in (from_school_id, to_school_id))');
-- Nobody says yes or no to a loan but a manager of the school that has the teacher.
create policy asked_first on vn.teacher_loan as restrictive for insert to vn_staff with check (state = 'asked' and ((select ctx.has('coordinator')) or to_school_id = (select ctx.school())));
create policy answered_by_lender on vn.teacher_loan as restrictive for update to vn_staff using (true) with check (state in ('asked', 'ended') or ((select ctx.has('manager')) and from_school_id = (select ctx.school())));
call vn.tenant('vn.class_teacher', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
call vn.tenant('vn.teacher_use', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and (school_id = (select ctx.school()) or exists (select from vn.teacher t where t.centre_id = teacher_use.centre_id and t.id = teacher_id and t.school_id = (select ctx.school()))))');
call vn.tenant('vn.teacher_absence', '(select ctx.has(''coordinator'')) or (select ctx.has(''manager''))', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and exists (select from vn.teacher t where t.centre_id = teacher_absence.centre_id and t.id = teacher_id and t.school_id = (select ctx.school())))');
grant select, insert, update on vn.teacher, vn.teacher_loan to vn_staff;
grant select, insert, update, delete on vn.teacher_use to vn_staff;
grant select, insert, delete on vn.teacher_course, vn.class_teacher, vn.teacher_absence to vn_staff;
reset role;

set local role vn_gate;
/* The days of a programme's items are the days of the programme, and its courses are of one kind or of several, as it says. Asked when all of it is written.
   VN441: the days; VN442: the kinds; VN443: too few items. */
create function vn.programme_holds() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.programme; wanted uuid; total numeric; kinds int; items int;
begin
  wanted := case when tg_table_name = 'programme' then to_jsonb(coalesce(new, old)) ->> 'id' else to_jsonb(coalesce(new, old)) ->> 'programme_id' end;
  -- Two who write items of one programme come one after the other.
  select * into p from vn.programme x where x.centre_id = ctx.centre() and x.id = wanted for update;
  if not found then return null; end if;
  select coalesce(sum(i.days), 0), count(distinct c.kind), count(*) into total, kinds, items
    from vn.programme_item i join vn.course c on c.centre_id = i.centre_id and c.id = i.course_id where i.centre_id = p.centre_id and i.programme_id = p.id;
  if items < 2 then raise exception 'a programme has at least two items' using errcode = 'VN443'; end if;
  if total <> p.days then raise exception 'the days of the items are not the days of the programme' using errcode = 'VN441'; end if;
  if (kinds = 1) <> (p.kind = 'composite') then raise exception 'the kinds of its courses are not those of the programme' using errcode = 'VN442'; end if;
  return null;
end $$;
-- The days of a period on these days of the week; 1 is Monday, none: Monday to Friday. Null where there is none.
create function vn.days_in(p_from date, p_to date, p_weekdays smallint[]) returns datemultirange language sql immutable set search_path = vn, pg_temp as $$
  select range_agg(daterange(d.day::date, d.day::date, '[]')) from generate_series(p_from::timestamp, p_to::timestamp, interval '1 day') d (day)
   where extract(isodow from d.day)::smallint = any (case when cardinality(p_weekdays) = 0 then '{1,2,3,4,5}'::smallint[] else p_weekdays end);
$$;
-- The days on which a class meets: those of its sessions where it is cut into pieces; without either, every day of it.
create function vn.class_days(p_class uuid) returns datemultirange language sql stable security definer set search_path = vn, pg_temp as $$
  select coalesce(
    (select range_agg(daterange((lower(s.during) at time zone c.tz)::date, (upper(s.during) at time zone c.tz)::date, '[]')) from vn.class_session s join vn.centre c on c.id = s.centre_id where s.centre_id = ctx.centre() and s.class_id = p_class),
    (select coalesce(vn.days_in(k.starts, k.ends, k.weekdays), datemultirange(daterange(k.starts, k.ends, '[]'))) from vn.class k where k.centre_id = ctx.centre() and k.id = p_class));
$$;
-- A class was moved, cancelled or cut otherwise: its teachers' days follow. Where they are taken already, or not lent, it is a clash for somebody to solve.
create function vn.class_days_changed() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
declare u record; moved uuid;
begin
  moved := case when tg_table_name = 'class' then to_jsonb(coalesce(new, old)) ->> 'id' else to_jsonb(coalesce(new, old)) ->> 'class_id' end;
  perform from vn.teacher t where t.centre_id = ctx.centre() and t.id in (select x.teacher_id from vn.class_teacher x where x.centre_id = ctx.centre() and x.class_id = moved) order by t.id for update;
  for u in select x.centre_id, x.id from vn.teacher_use x where x.centre_id = ctx.centre() and x.class_id = moved loop
    if exists (select from vn.class k where k.centre_id = u.centre_id and k.id = moved and k.state = 'cancelled') then
      delete from vn.class_teacher t using vn.teacher_use x where x.centre_id = u.centre_id and x.id = u.id and t.centre_id = x.centre_id and t.class_id = x.class_id and t.teacher_id = x.teacher_id;
    else
      begin
        update vn.teacher_use x set days = vn.class_days(moved), clash = false where x.centre_id = u.centre_id and x.id = u.id;
        -- One who is borrowed is lent for the days of the loan and no others.
        update vn.teacher_use x set clash = true from vn.teacher t
         where x.centre_id = u.centre_id and x.id = u.id and t.centre_id = x.centre_id and t.id = x.teacher_id and t.school_id <> x.school_id
           and not exists (select from vn.teacher_use l where l.centre_id = x.centre_id and l.teacher_id = x.teacher_id and l.school_id = x.school_id and l.loan_id is not null and x.days <@ l.days);
      exception when exclusion_violation then
        update vn.teacher_use x set days = vn.class_days(moved), clash = true where x.centre_id = u.centre_id and x.id = u.id;
      end;
    end if;
  end loop;
  return null;
end $$;
/* Whoever gives a teacher something to do comes one after the other: two who meet in the constraints would wait for each other. Taken after the class's row and
   before the loan's. False where there is none. */
create function vn.hold_teacher(p_teacher uuid) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not (ctx.has('manager') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  perform from vn.teacher t where t.centre_id = ctx.centre() and t.id = p_teacher for update;
  return found;
end $$;
grant execute on function vn.programme_holds(), vn.class_days_changed() to vn_owner;
grant execute on function vn.days_in(date, date, smallint[]), vn.class_days(uuid), vn.hold_teacher(uuid) to vn_staff;
reset role;

set local role vn_owner;
create constraint trigger t5_holds after insert or update on vn.programme deferrable initially deferred for each row execute function vn.programme_holds();
create constraint trigger t5_holds after insert or update or delete on vn.programme_item deferrable initially deferred for each row execute function vn.programme_holds();
create trigger t5_days after update of starts, ends, weekdays, state on vn.class for each row execute function vn.class_days_changed();
create trigger t5_days after insert or update or delete on vn.class_session for each row execute function vn.class_days_changed();
reset role;
