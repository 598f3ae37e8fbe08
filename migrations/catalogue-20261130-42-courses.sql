-- What the schools of a centre offer, course by course, and the classes that run (rows 4.01, 4.11, 4.15, 4.16, 4.24, 4.25). All schools see all of it: it is
-- what they tell companies anyhow.
set local role vn_owner;
-- A course belongs to the centre, however many schools run it: that is what makes them equal in presentation.
create table vn.course (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  kind text not null check (kind in ('amu', 'fvu', 'obu', 'avu', 'own')),
  -- AMU: the five digits of the goal. Others: what the school calls it, if anything.
  code text check (length(code) between 1 and 20),
  title text not null check (length(title) between 1 and 200),
  goal text not null default '' check (length(goal) <= 4000),
  -- The joint competence description (FKB) that an AMU goal stands in.
  framework char(4) check (framework ~ '^\d{4}$'),
  framework_title text not null default '' check (length(framework_title) <= 200),
  field text not null check (field in ('certificates', 'basic_skills', 'training', 'management', 'digital', 'apprentices', 'experience')),
  -- Sections of the industry nomenclature; empty: all of them.
  industries text[] not null,
  -- Whether it ends in a certificate that the law or a customer asks for, or in what somebody can do (row 4.24).
  awards text not null check (awards in ('certificate', 'competence')),
  days numeric(5, 1) check (days > 0 and days <= 400),
  hours numeric(6, 1) check (hours > 0 and hours <= 3000),
  -- What people say who need it, in their own words (row 4.16).
  says text[] not null default '{}',
  -- A file brought it, and nobody has looked at it yet.
  unseen boolean not null default false,
  retired boolean not null default false,
  -- What is searched: the parts of all these words (catalogue/search). Written with the row.
  terms text[] not null default '{}',
  version int not null default 1,
  primary key (centre_id, id),
  check (kind <> 'amu' or code ~ '^\d{5}$')
);
create unique index course_code on vn.course (centre_id, kind, code) where code is not null;
create index course_terms on vn.course using gin (terms);
-- Which schools run it, and whom to call there.
create table vn.course_school (
  centre_id uuid not null,
  course_id uuid not null,
  school_id uuid not null,
  contact_name text not null default '' check (length(contact_name) <= 200),
  contact_phone text not null default '' check (length(contact_phone) <= 40),
  contact_email text not null default '' check (length(contact_email) <= 320),
  primary key (centre_id, course_id, school_id),
  foreign key (centre_id, course_id) references vn.course,
  foreign key (centre_id, school_id) references vn.school
);
-- Forms of delivery beside the usual ones that every centre has (row 4.25). One that is in use is retired, not removed.
create table vn.delivery_form (
  centre_id uuid not null references vn.centre,
  code text not null check (code ~ '^[a-z0-9_]{1,40}$'),
  name_da text not null check (length(name_da) between 1 and 80),
  name_en text not null check (length(name_en) between 1 and 80),
  retired boolean not null default false,
  version int not null default 1,
  primary key (centre_id, code)
);
create table vn.class (
  centre_id uuid not null,
  id uuid not null,
  -- What the national search calls it (kviknummer): free text, one class each.
  no text check (length(no) between 1 and 40),
  course_id uuid not null,
  school_id uuid not null,
  title text not null default '' check (length(title) <= 200),
  place text not null default '' check (length(place) <= 200),
  street text not null default '' check (length(street) <= 200),
  postcode char(4) check (postcode ~ '^\d{4}$'),
  town text not null default '' check (length(town) <= 100),
  starts date not null,
  ends date not null check (ends >= starts),
  -- Days of the week that it meets, 1 is Monday; empty where nobody said.
  weekdays smallint[] not null default '{}' check (weekdays <@ '{1,2,3,4,5,6,7}'),
  part text not null check (part in ('day', 'evening', 'weekend', 'shift')),
  delivery text not null,
  deadline date,
  -- When it is said whether it runs.
  decided_by date,
  minimum int not null check (minimum between 0 and 500),
  maximum int not null check (maximum between 1 and 500),
  -- Seats that are taken in another system, as of then.
  taken_elsewhere int not null default 0 check (taken_elsewhere between 0 and 500),
  taken_as_of timestamptz,
  -- Runs even with one.
  guaranteed boolean not null default false,
  state text not null default 'tentative' check (state in ('tentative', 'confirmed', 'cancelled')),
  cancelled_because text check (length(cancelled_because) between 1 and 300),
  -- Others may join.
  open boolean not null default true,
  -- Øre for each participant; null where nobody said. Participants' fees bear no VAT (momsloven § 13).
  price bigint check (price between 0 and 100000000),
  supplement bigint check (supplement between 0 and 100000000),
  supplement_for text not null default '' check (length(supplement_for) <= 300),
  text text not null default '' check (length(text) <= 4000),
  contact_name text not null default '' check (length(contact_name) <= 200),
  contact_phone text not null default '' check (length(contact_phone) <= 40),
  contact_email text not null default '' check (length(contact_email) <= 320),
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, course_id) references vn.course,
  foreign key (centre_id, school_id) references vn.school,
  check (minimum <= maximum),
  check ((state = 'cancelled') = (cancelled_because is not null)),
  check ((taken_elsewhere = 0) or (taken_as_of is not null))
);
create unique index class_no on vn.class (centre_id, no) where no is not null;
create index class_starts on vn.class (centre_id, starts, id);
create index class_course on vn.class (centre_id, course_id, starts, id);
create index class_school on vn.class (centre_id, school_id, starts, id);
-- When a class meets, where it is cut into pieces (row 4.15).
create table vn.class_session (
  centre_id uuid not null,
  class_id uuid not null,
  no smallint not null check (no between 1 and 200),
  during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  primary key (centre_id, class_id, no),
  foreign key (centre_id, class_id) references vn.class,
  exclude using gist (centre_id with =, class_id with =, during with &&)
);
call vn.tenant('vn.course', 'true', '(select ctx.has(''coordinator'')) or (select ctx.has(''manager''))');
call vn.tenant('vn.course_school', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
call vn.tenant('vn.delivery_form', 'true', '(select ctx.has(''coordinator''))');
call vn.tenant('vn.class', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
call vn.tenant('vn.class_session', 'true', '(select ctx.has(''coordinator'')) or exists (select from vn.class c where c.centre_id = class_session.centre_id and c.id = class_id and (select ctx.has(''manager'')) and c.school_id = (select ctx.school()))');
grant select, insert, update on vn.course, vn.class, vn.delivery_form to vn_staff;
grant select, insert, update, delete on vn.course_school, vn.class_session to vn_staff;
reset role;
