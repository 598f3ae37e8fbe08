-- Classes proposed for all needs of the pool at once (rows 4.03, 4.05). A proposal promises nothing; what a coordinator accepts becomes classes and seats.
set local role vn_owner;
create table vn.pool_plan (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  -- The plan that it was changed from, by hand.
  based_on uuid,
  -- Choices by hand: pins, forbidden, splits, closed, opened.
  by_hand jsonb not null,
  seconds smallint not null check (seconds between 1 and 600),
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed', 'accepted')),
  -- Somebody called it off: the best plan so far is kept.
  stop boolean not null default false,
  progress jsonb,
  -- What was asked, as it was then, and the answer.
  question jsonb,
  proposal jsonb,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  done_at timestamptz,
  accepted_by uuid references vn.person,
  accepted_at timestamptz,
  -- What came of it: classes made, and what had changed meanwhile.
  outcome jsonb,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, based_on) references vn.pool_plan,
  check ((state in ('done', 'accepted')) = (proposal is not null)),
  check ((state = 'accepted') = (accepted_at is not null) and (accepted_at is null) = (accepted_by is null) and (accepted_at is null) = (outcome is null))
);
create index pool_plan_age on vn.pool_plan (centre_id, made_at desc, id);
call vn.tenant('vn.pool_plan', 'true', '(select ctx.has(''coordinator''))');
grant select, insert, update on vn.pool_plan to vn_staff;
reset role;
