/* What a school can run at once (row 4.03): classrooms in a town, and teachers of a field. Nothing said is no limit. The planner of classes takes it into account; nobody
   is held back by it elsewhere. */
set local role vn_owner;
create table vn.running_limit (
  centre_id uuid not null,
  school_id uuid not null,
  -- Town: classrooms that courses can use at once.
  rooms jsonb not null default '{}' check (jsonb_typeof(rooms) = 'object'),
  -- Field: teachers.
  teachers jsonb not null default '{}' check (jsonb_typeof(teachers) = 'object'),
  version int not null default 1,
  primary key (centre_id, school_id),
  foreign key (centre_id, school_id) references vn.school
);
call vn.tenant('vn.running_limit', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
grant select, insert, update on vn.running_limit to vn_staff;
reset role;
