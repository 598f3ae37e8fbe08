-- Who goes in a week, proposed for all its meetings at once (rows 2.16, 2.18, 3.05). A proposal changes nothing; what is accepted is given on meeting by meeting.
set local role vn_owner;
-- In the consultant's own words; a newcomer goes along with somebody who has done it before.
alter table vn.consultant_profile add experience text not null default 'experienced' check (experience in ('experienced', 'newcomer'));
create table vn.staffing_plan (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  week date not null check (extract(isodow from week) = 1),
  -- missing: meetings that nobody leads; all: every meeting ahead in the week may change.
  scope text not null check (scope in ('missing', 'all')),
  -- Choices by hand: pins and exclusions.
  chosen jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  proposal jsonb,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  done_at timestamptz,
  primary key (centre_id, id),
  check ((state = 'done') = (proposal is not null))
);
create index staffing_plan_age on vn.staffing_plan (centre_id, made_at);
call vn.tenant('vn.staffing_plan', '(select ctx.has(''coordinator''))');
grant select, insert, update, delete on vn.staffing_plan to vn_staff;
alter table vn.meeting_given drop constraint meeting_given_because_check;
alter table vn.meeting_given add constraint meeting_given_because_check check (because in ('left', 'illness', 'time', 'expertise', 'language', 'company', 'plan', 'other'));
reset role;

set local role vn_gate;
-- From where each consultant sets out: the own school.
grant execute on function vn.place_of(text, text) to vn_staff;
reset role;
