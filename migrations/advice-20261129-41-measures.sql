-- What a centre does for impartial advice (row 3.08), and what pulls the other way (row 3.03).
set local role vn_owner;
create table vn.measure (
  centre_id uuid not null,
  school_id uuid not null,
  kind text not null check (kind in ('pair_visits', 'incentives', 'mandate')),
  owner_id uuid not null references vn.person,
  due date not null,
  done_on date,
  note text not null default '' check (length(note) <= 1000),
  version int not null,
  primary key (centre_id, school_id, kind),
  foreign key (centre_id, school_id) references vn.school
);
create table vn.incentive (
  centre_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  kind text not null check (kind in ('minimum_activity', 'income', 'approval', 'bonus', 'other')),
  what text not null check (length(what) between 1 and 1000),
  since date not null,
  until date,
  -- To whom the school opens it (row 3.12).
  open_to text not null check (open_to in ('coordinator', 'centre')),
  written_by uuid not null references vn.person,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, school_id) references vn.school,
  check (until >= since)
);
create index incentive_school on vn.incentive (centre_id, school_id);
call vn.tenant('vn.measure', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
-- What a school tells of itself is its own, the coordinator's, and all schools' only where it says so.
call vn.tenant('vn.incentive', 'open_to = ''centre'' or (select ctx.has(''coordinator'')) or school_id = (select ctx.school())', '(select ctx.has(''manager'')) and school_id = (select ctx.school())');
grant select, insert, update, delete on vn.measure, vn.incentive to vn_staff;
reset role;
