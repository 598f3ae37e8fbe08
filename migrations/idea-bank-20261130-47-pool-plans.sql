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

set local role vn_gate;
-- Where the company's needs have got seats, for whoever opened its page: by need, the class and when and where it is. Null: no such page.
create function vn.seats_on_page(p_hash bytea) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer jsonb;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  select coalesce(jsonb_agg(jsonb_build_object('need', s.need_id, 'title', coalesce(nullif(c.title, ''), k.title), 'school', h.name, 'town', c.town, 'starts', c.starts, 'ends', c.ends, 'heads', s.heads, 'state', c.state) order by c.starts, s.id), '[]') into answer
    from vn.seat s join vn.class c on c.centre_id = s.centre_id and c.id = s.class_id join vn.course k on k.centre_id = c.centre_id and k.id = c.course_id join vn.school h on h.centre_id = c.centre_id and h.id = c.school_id
   where s.centre_id = p.centre_id and s.company_id = p.company_id and s.need_id is not null and s.state = 'taken';
  perform set_config('app.centre', '', true);
  return answer;
end $$;
revoke execute on function vn.seats_on_page(bytea) from public;
grant execute on function vn.seats_on_page(bytea) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
