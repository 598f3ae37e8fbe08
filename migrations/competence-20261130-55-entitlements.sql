/* Training days that employees have a right to (row 4.18). A company's leader keeps its employees and their days on the company's own page. Names stay there: nobody of
   the centre reads a row of it, and what the centre gets are sums of teams. */
set local role vn_owner;
create table vn.employee (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  -- Gone with whoever leaves; the days that were used still count in the team.
  name text check (length(name) between 1 and 100),
  team text not null check (length(team) between 1 and 60),
  added_at timestamptz not null,
  left_at timestamptz,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  check ((name is null) = (left_at is not null))
);
create index employee_company on vn.employee (centre_id, company_id);
-- So many days each in a period, under a name: the 14 days of an agreement, five competence days.
create table vn.training_right (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  days numeric(4, 1) not null check (days between 0.5 and 366 and days * 2 = trunc(days * 2)),
  first_day date not null,
  last_day date not null,
  -- What is left goes on into the next period.
  carries boolean not null,
  -- So many days of the next period may be used before it begins.
  advance numeric(4, 1) not null default 0 check (advance between 0 and days and advance * 2 = trunc(advance * 2)),
  -- So many days before the end the leader hears that much is left; null: never.
  remind_days smallint check (remind_days between 1 and 365),
  reminded_at timestamptz,
  -- The period that follows; from then on this one stands.
  next_id uuid,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, next_id) references vn.training_right on delete set null (next_id),
  check (last_day >= first_day and last_day - first_day <= 1100)
);
create index training_right_company on vn.training_right (centre_id, company_id, last_day desc);
-- One employee's days of one right. Kept by the ledger alone: never more used than there is.
create table vn.training_account (
  centre_id uuid not null,
  right_id uuid not null,
  employee_id uuid not null,
  entitled numeric(5, 1) not null,
  carried numeric(5, 1) not null default 0,
  advance numeric(4, 1) not null,
  used numeric(5, 1) not null default 0 check (used >= 0),
  primary key (centre_id, right_id, employee_id),
  foreign key (centre_id, right_id) references vn.training_right on delete cascade,
  foreign key (centre_id, employee_id) references vn.employee on delete cascade,
  constraint training_account_enough check (used <= entitled + carried + advance)
);
create index training_account_employee on vn.training_account (centre_id, employee_id);
-- The ledger. What was booked wrongly is undone by an entry against it.
create table vn.training_entry (
  centre_id uuid not null,
  id uuid not null,
  right_id uuid not null,
  employee_id uuid not null,
  kind text not null check (kind in ('used', 'undone')),
  days numeric(4, 1) not null check (abs(days) <= 366 and days * 2 = trunc(days * 2)),
  day date not null,
  about text not null check (length(about) between 1 and 200),
  -- The class in which the company has a seat.
  seat_id uuid,
  of_id uuid,
  at timestamptz not null,
  primary key (centre_id, id),
  unique (centre_id, right_id, employee_id, id),
  foreign key (centre_id, right_id, employee_id) references vn.training_account on delete cascade,
  foreign key (centre_id, seat_id) references vn.seat,
  foreign key (centre_id, right_id, employee_id, of_id) references vn.training_entry (centre_id, right_id, employee_id, id),
  check (case kind when 'used' then days > 0 and of_id is null else days < 0 and of_id is not null end)
);
create unique index training_entry_undone on vn.training_entry (centre_id, of_id) where of_id is not null;
create index training_entry_seat on vn.training_entry (centre_id, seat_id) where seat_id is not null;
-- Nothing in it is changed; it is forgotten with the right it belongs to.
create trigger t9_stands before update on vn.training_entry for each statement execute function vn.no_change();
call vn.tenant('vn.employee', 'false', 'false');
call vn.tenant('vn.training_right', 'false', 'false');
call vn.tenant('vn.training_account', 'false', 'false');
call vn.tenant('vn.training_entry', 'false', 'false');
create policy seen_employee on vn.training_account as restrictive for all to vn_staff using (false);
create policy seen_account on vn.training_entry as restrictive for all to vn_staff using (false);
grant select (centre_id) on vn.employee, vn.training_right, vn.training_account, vn.training_entry to vn_staff;
reset role;

set local role vn_gate;
-- The page of somebody who leads at the company: what is about its employees is theirs alone.
create function vn.leader_page_of(p_hash bytea) returns setof vn.company_page language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return; end if;
  if exists (select from vn.contact t where t.centre_id = p.centre_id and t.id = p.contact_id and t.role in ('owner', 'leader', 'middle_manager', 'hr')) then return next p;
  else perform set_config('app.centre', '', true); end if;
end $$;
/* Every entry moves its account with it; the CHECK there says when there is nothing left, however many write at once. */
create function vn.training_moves() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
declare r vn.training_right;
begin
  select x.* into strict r from vn.training_right x where x.centre_id = new.centre_id and x.id = new.right_id for share;
  if r.next_id is not null then raise exception 'closed' using errcode = '23514', constraint = 'training_right_closed'; end if;
  if new.day < r.first_day or new.day > r.last_day then raise exception 'not in the period' using errcode = '23514', constraint = 'training_right_period'; end if;
  if new.kind = 'undone' and not exists (select from vn.training_entry e where e.centre_id = new.centre_id and e.id = new.of_id and e.kind = 'used' and e.days = -new.days) then
    raise exception 'no such use' using errcode = '23514', constraint = 'training_entry_use'; end if;
  if new.kind = 'used' and exists (select from vn.employee e where e.centre_id = new.centre_id and e.id = new.employee_id and e.left_at is not null) then
    raise exception 'has left' using errcode = '23514', constraint = 'training_employee_left'; end if;
  update vn.training_account a set used = a.used + new.days where a.centre_id = new.centre_id and a.right_id = new.right_id and a.employee_id = new.employee_id;
  return new;
end $$;
grant execute on function vn.training_moves() to vn_owner;
/* What the leader reads. `leader` false: whoever opened the page does not lead, and reads nothing of it. Null: no such page. */
create function vn.training_on_page(p_hash bytea) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; today date; answer jsonb;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  select * into p from vn.leader_page_of(p_hash);
  if not found then return jsonb_build_object('leader', false, 'today', null, 'employees', '[]'::jsonb, 'rights', '[]'::jsonb, 'seats', '[]'::jsonb); end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = p.centre_id;
  select jsonb_build_object('leader', true, 'today', today,
      'employees', coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name, 'team', e.team) order by e.team collate "da-x-icu", e.name collate "da-x-icu", e.id)
          from vn.employee e where e.centre_id = p.centre_id and e.company_id = p.company_id and e.left_at is null), '[]'),
      'rights', coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'days', r.days, 'firstDay', r.first_day, 'lastDay', r.last_day, 'carries', r.carries, 'advance', r.advance,
            'remindDays', r.remind_days, 'version', r.version,
            'state', case when r.next_id is not null then 'closed' when today < r.first_day then 'ahead' when today > r.last_day then 'over' else 'running' end,
            'accounts', coalesce((select jsonb_agg(jsonb_build_object('employee', a.employee_id, 'name', e.name, 'team', e.team, 'entitled', a.entitled + a.carried, 'carried', a.carried, 'used', a.used, 'left', a.entitled + a.carried - a.used)
                order by e.team collate "da-x-icu", e.name collate "da-x-icu" nulls last, e.id)
              from vn.training_account a join vn.employee e on e.centre_id = a.centre_id and e.id = a.employee_id where a.centre_id = r.centre_id and a.right_id = r.id), '[]'),
            'entries', coalesce((select jsonb_agg(x.it order by x.at desc, x.id desc) from (select t.at, t.id, jsonb_build_object('id', t.id, 'name', e.name, 'days', t.days, 'day', t.day, 'about', t.about,
                'state', case when t.kind = 'undone' then 'counter' when exists (select from vn.training_entry u where u.centre_id = t.centre_id and u.of_id = t.id) then 'undone' else 'used' end) it
              from vn.training_entry t join vn.employee e on e.centre_id = t.centre_id and e.id = t.employee_id where t.centre_id = r.centre_id and t.right_id = r.id order by t.at desc, t.id desc limit 100) x), '[]'))
          order by r.next_id is not null, r.last_day, r.name collate "da-x-icu", r.id)
        from vn.training_right r where r.centre_id = p.centre_id and r.company_id = p.company_id), '[]'),
      'seats', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'title', coalesce(nullif(c.title, ''), k.title), 'starts', c.starts) order by c.starts, s.id)
          from vn.seat s join vn.class c on c.centre_id = s.centre_id and c.id = s.class_id join vn.course k on k.centre_id = c.centre_id and k.id = c.course_id
         where s.centre_id = p.centre_id and s.company_id = p.company_id and s.state = 'taken' and c.state <> 'cancelled' and c.ends >= today - 365), '[]'))
    into answer;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- Employees of one team; each gets the days of every right that runs. `result`: done, gone, too_many.
create function vn.add_employees_on_page(p_hash bytea, p_ids uuid[], p_names text[], p_team text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; today date;
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  -- Whoever adds at the same time waits: the rights and the employees stand still meanwhile.
  perform from vn.relation r where r.centre_id = p.centre_id and r.company_id = p.company_id for no key update;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = p.centre_id;
  if (select count(*) from vn.employee e where e.centre_id = p.centre_id and e.company_id = p.company_id and e.left_at is null) + cardinality(p_ids) > 1000 then perform set_config('app.centre', '', true); return 'too_many'; end if;
  insert into vn.employee (centre_id, id, company_id, name, team, added_at) select p.centre_id, x.id, p.company_id, x.name, p_team, ctx.now() from unnest(p_ids, p_names) x (id, name);
  insert into vn.training_account (centre_id, right_id, employee_id, entitled, advance)
    select r.centre_id, r.id, x.id, r.days, r.advance from vn.training_right r cross join unnest(p_ids) x (id) where r.centre_id = p.centre_id and r.company_id = p.company_id and r.next_id is null and r.last_day >= today;
  perform set_config('app.centre', '', true);
  return 'done';
end $$;
create function vn.write_employee_on_page(p_hash bytea, p_id uuid, p_name text, p_team text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  update vn.employee e set name = p_name, team = p_team where e.centre_id = p.centre_id and e.company_id = p.company_id and e.id = p_id and e.left_at is null;
  if not found then answer := 'unknown'; end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- Whoever leaves is forgotten; of days that were used, the sums of the team are kept until the right is forgotten.
create function vn.remove_employee_on_page(p_hash bytea, p_id uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  update vn.employee e set name = null, left_at = ctx.now() where e.centre_id = p.centre_id and e.company_id = p.company_id and e.id = p_id and e.left_at is null;
  if not found then answer := 'unknown';
  elsif not exists (select from vn.training_entry t where t.centre_id = p.centre_id and t.employee_id = p_id) then delete from vn.employee e where e.centre_id = p.centre_id and e.id = p_id;
  else update vn.training_account a set entitled = a.used - a.carried where a.centre_id = p.centre_id and a.employee_id = p_id; end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- A right, new (version 0) or as its leader saw it. `result`: done, gone, unknown, changed, closed, used_more (somebody has used more), outside (days were used outside the period), too_many.
create function vn.write_right_on_page(p_hash bytea, p_id uuid, p_version int, p_facts jsonb) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; n vn.training_right; b vn.training_right; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  perform from vn.relation r where r.centre_id = p.centre_id and r.company_id = p.company_id for no key update;
  n := jsonb_populate_record(null::vn.training_right, p_facts);
  if p_version = 0 then
    if (select count(*) from vn.training_right r where r.centre_id = p.centre_id and r.company_id = p.company_id and r.next_id is null) >= 20 then answer := 'too_many';
    else
      insert into vn.training_right (centre_id, id, company_id, name, days, first_day, last_day, carries, advance, remind_days)
        values (p.centre_id, p_id, p.company_id, n.name, n.days, n.first_day, n.last_day, n.carries, n.advance, n.remind_days);
      insert into vn.training_account (centre_id, right_id, employee_id, entitled, advance)
        select e.centre_id, p_id, e.id, n.days, n.advance from vn.employee e where e.centre_id = p.centre_id and e.company_id = p.company_id and e.left_at is null;
    end if;
  else
    select r.* into b from vn.training_right r where r.centre_id = p.centre_id and r.company_id = p.company_id and r.id = p_id for update;
    answer := case when not found then 'unknown' when b.next_id is not null then 'closed' when b.version <> p_version then 'changed'
      when exists (select from vn.training_entry t where t.centre_id = b.centre_id and t.right_id = b.id and t.kind = 'used' and (t.day < n.first_day or t.day > n.last_day)
        and not exists (select from vn.training_entry u where u.centre_id = t.centre_id and u.of_id = t.id)) then 'outside' else 'done' end;
    if answer = 'done' then
      begin
        update vn.training_right r set name = n.name, days = n.days, first_day = n.first_day, last_day = n.last_day, carries = n.carries, advance = n.advance, remind_days = n.remind_days, version = r.version + 1,
            reminded_at = case when (r.last_day, r.remind_days) is not distinct from (n.last_day, n.remind_days) then r.reminded_at end
         where r.centre_id = b.centre_id and r.id = b.id;
        update vn.training_account a set entitled = n.days, advance = n.advance from vn.employee e
         where a.centre_id = b.centre_id and a.right_id = b.id and e.centre_id = a.centre_id and e.id = a.employee_id and e.left_at is null;
      exception when check_violation then answer := 'used_more';
      end;
    end if;
  end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- Takes a right back that nothing was booked on. `result`: done, gone, unknown, in_use.
create function vn.remove_right_on_page(p_hash bytea, p_id uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  perform from vn.training_right r where r.centre_id = p.centre_id and r.company_id = p.company_id and r.id = p_id for update;
  if not found then answer := 'unknown';
  elsif exists (select from vn.training_entry t where t.centre_id = p.centre_id and t.right_id = p_id) then answer := 'in_use';
  else delete from vn.training_right r where r.centre_id = p.centre_id and r.id = p_id; end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
/* The next period of a right that is over, of the same length. What is left goes along where the right says so; what was used in advance always does. From then on the old
   period stands as it is. `result`: done, gone, unknown, running, closed. */
create function vn.renew_right_on_page(p_hash bytea, p_id uuid, p_next uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; r vn.training_right; today date; months int; until date;
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  perform from vn.relation x where x.centre_id = p.centre_id and x.company_id = p.company_id for no key update;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = p.centre_id;
  select x.* into r from vn.training_right x where x.centre_id = p.centre_id and x.company_id = p.company_id and x.id = p_id for update;
  if r.id is null or r.next_id is not null or today <= r.last_day then
    perform set_config('app.centre', '', true);
    return case when r.id is null then 'unknown' when r.next_id is not null then 'closed' else 'running' end;
  end if;
  -- A year stays a year, also a leap year.
  months := extract(year from age(r.last_day + 1, r.first_day)) * 12 + extract(month from age(r.last_day + 1, r.first_day));
  until := case when (r.first_day + make_interval(months => months))::date = r.last_day + 1 then (r.last_day + 1 + make_interval(months => months))::date - 1 else r.last_day + 1 + (r.last_day - r.first_day) end;
  insert into vn.training_right (centre_id, id, company_id, name, days, first_day, last_day, carries, advance, remind_days)
    values (r.centre_id, p_next, r.company_id, r.name, r.days, r.last_day + 1, until, r.carries, r.advance, r.remind_days);
  insert into vn.training_account (centre_id, right_id, employee_id, entitled, advance, carried)
    select e.centre_id, p_next, e.id, r.days, r.advance, coalesce((select case when r.carries then a.entitled + a.carried - a.used else least(0, a.entitled + a.carried - a.used) end
        from vn.training_account a where a.centre_id = e.centre_id and a.right_id = r.id and a.employee_id = e.id), 0)
      from vn.employee e where e.centre_id = r.centre_id and e.company_id = r.company_id and e.left_at is null;
  update vn.training_right x set next_id = p_next, version = x.version + 1 where x.centre_id = r.centre_id and x.id = r.id;
  perform set_config('app.centre', '', true);
  return 'done';
end $$;
-- Books the same days for several at once: all of them or none. `result`: done, gone, unknown, seat (not the company's), not_enough, closed, outside.
create function vn.book_days_on_page(p_hash bytea, p_ids uuid[], p_right uuid, p_employees uuid[], p_days numeric, p_day date, p_about text, p_seat uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done'; broken text;
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  if not exists (select from vn.training_right r where r.centre_id = p.centre_id and r.company_id = p.company_id and r.id = p_right)
    or exists (select from unnest(p_employees) x (id) where not exists (select from vn.training_account a where a.centre_id = p.centre_id and a.right_id = p_right and a.employee_id = x.id)) then answer := 'unknown';
  elsif p_seat is not null and not exists (select from vn.seat s where s.centre_id = p.centre_id and s.company_id = p.company_id and s.id = p_seat and s.state = 'taken') then answer := 'seat';
  else
    begin
      -- In the order of the accounts, so that two of them never wait for each other.
      insert into vn.training_entry (centre_id, id, right_id, employee_id, kind, days, day, about, seat_id, at)
        select p.centre_id, x.id, p_right, x.employee, 'used', p_days, p_day, p_about, p_seat, ctx.now() from unnest(p_ids, p_employees) x (id, employee) order by x.employee;
    exception when check_violation then
      get stacked diagnostics broken = constraint_name;
      answer := case broken when 'training_account_enough' then 'not_enough' when 'training_right_closed' then 'closed' when 'training_right_period' then 'outside' when 'training_employee_left' then 'unknown' end;
      if answer is null then raise; end if;
    end;
  end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- `result`: done, gone, unknown, undone (already), closed.
create function vn.undo_days_on_page(p_hash bytea, p_id uuid, p_entry uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; e vn.training_entry; answer text := 'done'; broken text;
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  select t.* into e from vn.training_entry t join vn.training_right r on r.centre_id = t.centre_id and r.id = t.right_id where t.centre_id = p.centre_id and r.company_id = p.company_id and t.id = p_entry and t.kind = 'used';
  if e.id is null then answer := 'unknown';
  else
    begin
      insert into vn.training_entry (centre_id, id, right_id, employee_id, kind, days, day, about, seat_id, of_id, at)
        values (e.centre_id, p_id, e.right_id, e.employee_id, 'undone', -e.days, e.day, e.about, e.seat_id, e.id, ctx.now());
    exception when unique_violation then answer := 'undone';
      when check_violation then
        get stacked diagnostics broken = constraint_name;
        -- Two at once: the account cannot fall below nothing before the second entry is refused.
        answer := case broken when 'training_right_closed' then 'closed' when 'training_account_used_check' then 'undone' end;
        if answer is null then raise; end if;
    end;
  end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
/* Sums of teams for the centre, of rights that stand open. `users` is how many used anything at all. No names, nothing of a single employee; whoever answers hides small cells. */
create function vn.training_totals(p_company uuid) returns table ("right" uuid, name text, first_day date, last_day date, days numeric, team text, people int, users int, entitled numeric, used numeric)
  language plpgsql stable security definer set search_path = vn, pg_temp as $$
begin
  if not (ctx.has('consultant') or ctx.has('manager') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  return query select r.id, r.name, r.first_day, r.last_day, r.days, e.team, count(*)::int, count(*) filter (where a.used > 0)::int, sum(a.entitled + a.carried), sum(a.used)
    from vn.training_right r join vn.training_account a on a.centre_id = r.centre_id and a.right_id = r.id join vn.employee e on e.centre_id = a.centre_id and e.id = a.employee_id
   where r.centre_id = ctx.centre() and r.company_id = p_company and r.next_id is null
   group by r.id, r.name, r.first_day, r.last_day, r.days, e.team order by r.last_day, r.name, r.id, e.team;
end $$;
/* Rights whose period nears its end with at least a quarter of the days unused: each is told once, to everybody who leads there and has the company's page. For the house alone. */
create function vn.training_reminders() returns table (email text, person text, language text, company text, centre text, "right" text, last_day date, days_left numeric, entitled numeric, people int)
  language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  return query
    with sums as (select r.centre_id, r.id, sum(a.entitled + a.carried) all_days, sum(a.entitled + a.carried - a.used) rest, count(*) filter (where a.entitled + a.carried > a.used)::int who
        from vn.training_right r join vn.centre c on c.id = r.centre_id join vn.training_account a on a.centre_id = r.centre_id and a.right_id = r.id
        where r.centre_id = ctx.centre() and r.next_id is null and r.reminded_at is null and r.remind_days is not null
          and (ctx.now() at time zone c.tz)::date between r.last_day - r.remind_days and r.last_day group by r.centre_id, r.id),
      told as (update vn.training_right r set reminded_at = ctx.now() from sums s where r.centre_id = s.centre_id and r.id = s.id and r.reminded_at is null and s.rest * 4 >= s.all_days and s.rest > 0
        and exists (select from vn.company_page p where p.centre_id = r.centre_id and p.company_id = r.company_id and p.ended_at is null and p.expires_at > ctx.now())
        returning r.centre_id, r.id, r.company_id, r.name, r.last_day, s.rest, s.all_days, s.who)
    select t.email, t.name, t.language, k.name, c.name, o.name, o.last_day, o.rest, o.all_days, o.who
      from told o join vn.company k on k.id = o.company_id join vn.centre c on c.id = o.centre_id
      join vn.company_page p on p.centre_id = o.centre_id and p.company_id = o.company_id and p.ended_at is null and p.expires_at > ctx.now() and p.no_mail_at is null
      join vn.contact t on t.centre_id = p.centre_id and t.id = p.contact_id and t.email is not null and t.role in ('owner', 'leader', 'middle_manager', 'hr')
     order by k.name, o.name, t.id;
end $$;
-- Two years after its end a period is forgotten; whoever left goes with it, and a company where nobody has had the page for a year is forgotten altogether. For the house alone.
create function vn.forget_training_days() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare today date;
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  delete from vn.training_right r where r.centre_id = ctx.centre() and (r.last_day < today - 730
    or not exists (select from vn.company_page p where p.centre_id = r.centre_id and p.company_id = r.company_id and least(coalesce(p.ended_at, p.expires_at), p.expires_at) > ctx.now() - interval '365 days'));
  delete from vn.employee e where e.centre_id = ctx.centre() and ((e.left_at is not null and not exists (select from vn.training_account a where a.centre_id = e.centre_id and a.employee_id = e.id))
    or not exists (select from vn.company_page p where p.centre_id = e.centre_id and p.company_id = e.company_id and least(coalesce(p.ended_at, p.expires_at), p.expires_at) > ctx.now() - interval '365 days'));
end $$;
grant execute on function vn.training_totals(uuid), vn.training_reminders(), vn.forget_training_days() to vn_staff;
grant execute on function vn.training_on_page(bytea), vn.add_employees_on_page(bytea, uuid[], text[], text), vn.write_employee_on_page(bytea, uuid, text, text), vn.remove_employee_on_page(bytea, uuid),
  vn.write_right_on_page(bytea, uuid, int, jsonb), vn.remove_right_on_page(bytea, uuid), vn.renew_right_on_page(bytea, uuid, uuid), vn.book_days_on_page(bytea, uuid[], uuid, uuid[], numeric, date, text, uuid),
  vn.undo_days_on_page(bytea, uuid, uuid) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
set local role vn_owner;
create trigger t5_moves before insert on vn.training_entry for each row execute function vn.training_moves();
reset role;
