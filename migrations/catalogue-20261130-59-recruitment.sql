/* What a jobcentre needs people for, and the course that runs again and again for it (row 2.31). A jobcentre is in the register like every work place, so its seats, its
   contact and its own page are what companies have; that it is one stands here. */
set local role vn_owner;
create table vn.jobcentre (
  centre_id uuid not null,
  company_id uuid not null,
  since date not null,
  made_by uuid not null references vn.person,
  primary key (centre_id, company_id),
  foreign key (centre_id, company_id) references vn.relation
);
create table vn.recruitment_need (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  trade text not null check (length(trade) between 1 and 200),
  -- The company or trade that will employ them, where it is known; no person.
  for_whom text not null default '' check (length(for_whom) <= 200),
  people smallint not null check (people between 1 and 500),
  earliest date not null,
  -- What they need to be able to do.
  learn text not null check (length(learn) between 1 and 2000),
  -- Null: written behind the jobcentre's own link.
  made_by uuid references vn.person,
  made_at timestamptz not null,
  -- When whoever works with the jobcentre was told of one that came by its link.
  told_at timestamptz,
  -- The course it becomes: so many weeks, so many times a year, with so many seats for the jobcentre.
  course_id uuid,
  school_id uuid,
  weeks smallint check (weeks between 1 and 26),
  runs_a_year smallint check (runs_a_year between 1 and 12),
  seats smallint check (seats between 1 and 500),
  minimum smallint check (minimum between 0 and 500),
  maximum smallint check (maximum between 1 and 500),
  starts_at time,
  ends_at time,
  stopped_on date,
  stopped_because text check (length(stopped_because) between 1 and 300),
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.jobcentre,
  foreign key (centre_id, course_id) references vn.course,
  foreign key (centre_id, school_id) references vn.school,
  constraint recruitment_plan check (num_nulls(course_id, school_id, weeks, runs_a_year, seats, minimum, maximum, starts_at, ends_at) in (0, 9)),
  constraint recruitment_seats check (seats <= maximum and minimum <= maximum and starts_at < ends_at),
  constraint recruitment_stopped check ((stopped_on is null) = (stopped_because is null))
);
create index recruitment_need_company on vn.recruitment_need (centre_id, company_id);
create table vn.recruitment_run (
  centre_id uuid not null,
  need_id uuid not null,
  no smallint not null check (no >= 1),
  class_id uuid not null,
  hold_id uuid not null,
  primary key (centre_id, need_id, no),
  unique (centre_id, class_id),
  foreign key (centre_id, need_id) references vn.recruitment_need,
  foreign key (centre_id, class_id) references vn.class,
  foreign key (centre_id, hold_id) references vn.seat_hold
);
call vn.tenant('vn.jobcentre', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''manager'')) or (select ctx.has(''coordinator''))');
call vn.tenant('vn.recruitment_need', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''manager'')) or (select ctx.has(''coordinator''))');
call vn.tenant('vn.recruitment_run', 'true', '(select ctx.has(''manager'')) or (select ctx.has(''coordinator''))');
create policy seen_hold on vn.recruitment_run as restrictive for insert to vn_staff with check (exists (select from vn.seat_hold h where h.centre_id = recruitment_run.centre_id and h.id = hold_id));
grant select, insert on vn.jobcentre, vn.recruitment_need, vn.recruitment_run to vn_staff;
grant update (trade, for_whom, people, earliest, learn, told_at, course_id, school_id, weeks, runs_a_year, seats, minimum, maximum, starts_at, ends_at, stopped_on, stopped_because, version) on vn.recruitment_need to vn_staff;
-- For which day whoever decides was asked whether the class runs; another day is asked about again (row 4.05).
alter table vn.class add decision_asked_for date;
reset role;

set local role vn_gate;
create function vn.recruitment_page(p vn.company_page) returns jsonb language sql stable security definer set search_path = vn, pg_temp as $$
  select jsonb_build_object('jobcentre', exists (select from vn.jobcentre j where j.centre_id = p.centre_id and j.company_id = p.company_id), 'today', (ctx.now() at time zone c.tz)::date,
    'needs', coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'trade', n.trade, 'people', n.people, 'earliest', n.earliest, 'learn', n.learn, 'stopped', n.stopped_on is not null,
        'runs', coalesce((select jsonb_agg(jsonb_build_object('title', coalesce(nullif(k.title, ''), o.title), 'school', s.name, 'town', k.town, 'starts', k.starts, 'ends', k.ends, 'state', k.state, 'seats', h.seats, 'used', h.used, 'held', not h.ended) order by r.no)
          from vn.recruitment_run r join vn.class k on k.centre_id = r.centre_id and k.id = r.class_id join vn.course o on o.centre_id = k.centre_id and o.id = k.course_id join vn.school s on s.centre_id = k.centre_id and s.id = k.school_id
          join vn.seat_hold h on h.centre_id = r.centre_id and h.id = r.hold_id where r.centre_id = n.centre_id and r.need_id = n.id), '[]')) order by n.made_at desc, n.id)
      from vn.recruitment_need n where n.centre_id = p.centre_id and n.company_id = p.company_id), '[]'))
    from vn.centre c where c.id = p.centre_id;
$$;
-- What a jobcentre sees of its needs behind its link: the runs, how many seats are held for it and used.
create function vn.recruitment_on_page(p_hash bytea) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer jsonb;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  answer := vn.recruitment_page(p);
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- Writes a need behind the link. `result`: done, gone (no such page), none (the company is no jobcentre), too_many (twenty open ones are enough for anybody).
create function vn.add_recruitment_on_page(p_hash bytea, p_id uuid, p_facts jsonb) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; n vn.recruitment_need; answer text := 'done';
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return 'gone'; end if;
  n := jsonb_populate_record(null::vn.recruitment_need, p_facts);
  perform from vn.jobcentre j where j.centre_id = p.centre_id and j.company_id = p.company_id for update;
  if not found then answer := 'none';
  elsif (select count(*) from vn.recruitment_need x where x.centre_id = p.centre_id and x.company_id = p.company_id and x.stopped_on is null) >= 20 then answer := 'too_many';
  else insert into vn.recruitment_need (centre_id, id, company_id, trade, for_whom, people, earliest, learn, made_at) values (p.centre_id, p_id, p.company_id, n.trade, n.for_whom, n.people, n.earliest, n.learn, ctx.now());
  end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- What a company sees of its punch cards behind its link (rows 4.06, X.5): balance, days, the last five entries; nobody of the schools. Null: no such page.
create function vn.punch_cards_on_page(p_hash bytea) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer jsonb;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  select jsonb_build_object('company', k.name, 'today', (ctx.now() at time zone z.tz)::date, 'cards', coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'school', s.name, 'units', c.units, 'balance', c.balance, 'validFrom', c.valid_from, 'validTo', c.valid_to,
      'honouredBy', coalesce((select jsonb_agg(o.name order by o.name collate "da-x-icu") from vn.punch_card_school h join vn.school o on o.centre_id = h.centre_id and o.id = h.school_id where h.centre_id = c.centre_id and h.card_id = c.id and h.state = 'agreed'), '[]'),
      'entries', (select jsonb_agg(jsonb_build_object('kind', e.kind, 'units', e.units, 'balance', e.balance, 'about', e.about, 'school', o.name, 'day', e.day) order by e.no desc)
        from vn.punch_card_entry e join vn.school o on o.centre_id = e.centre_id and o.id = e.school_id where e.centre_id = c.centre_id and e.card_id = c.id)) order by c.valid_to desc, c.id)
    from vn.punch_card c join vn.school s on s.centre_id = c.centre_id and s.id = c.school_id where c.centre_id = p.centre_id and c.company_id = p.company_id), '[]'))
    into answer from vn.company k, vn.centre z where k.id = p.company_id and z.id = p.centre_id;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
revoke execute on function vn.punch_cards_on_page(bytea), vn.recruitment_page(vn.company_page), vn.recruitment_on_page(bytea), vn.add_recruitment_on_page(bytea, uuid, jsonb) from public;
grant execute on function vn.punch_cards_on_page(bytea), vn.recruitment_on_page(bytea), vn.add_recruitment_on_page(bytea, uuid, jsonb) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
