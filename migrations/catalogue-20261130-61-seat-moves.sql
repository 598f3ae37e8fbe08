/* Seats that move to another class so that more people get one that runs (row 4.03). Inside a school they move at once; between two schools both must say yes first,
   and the seats there are kept until then. The class is the lock, as for everything about seats. Which company it is, the school that it would come to reads once both
   said yes: before that it is the other school's business. */
set local role vn_owner;
create table vn.seat_move (
  centre_id uuid not null,
  id uuid not null,
  seat_id uuid not null,
  class_id uuid not null,
  to_class_id uuid not null,
  from_school_id uuid not null,
  to_school_id uuid not null,
  heads smallint not null check (heads between 1 and 500),
  -- done: moved · declined: by a school · withdrawn: by whoever asked · lapsed: too late, or not possible any more.
  state text not null check (state in ('asked', 'done', 'declined', 'withdrawn', 'lapsed')),
  from_yes boolean,
  to_yes boolean,
  because text not null default '' check (length(because) <= 300),
  -- The last day on which it can be answered.
  until date not null,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  ended_at timestamptz,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, seat_id) references vn.seat,
  foreign key (centre_id, class_id) references vn.class,
  foreign key (centre_id, to_class_id) references vn.class,
  foreign key (centre_id, from_school_id) references vn.school,
  foreign key (centre_id, to_school_id) references vn.school,
  check (class_id <> to_class_id),
  check ((state = 'asked') = (ended_at is null)),
  constraint seat_move_both_yes check (state <> 'done' or (from_yes and to_yes)),
  constraint seat_move_no_because check (state <> 'declined' or because <> '')
);
-- A seat is asked about once at a time.
create unique index seat_move_open on vn.seat_move (centre_id, seat_id) where state = 'asked';
create index seat_move_from on vn.seat_move (centre_id, class_id);
create index seat_move_to on vn.seat_move (centre_id, to_class_id);
call vn.tenant('vn.seat_move', '(select ctx.has(''coordinator'')) or (select ctx.school()) in (from_school_id, to_school_id) or exists (select from vn.seat s where s.centre_id = seat_move.centre_id and s.id = seat_id)', 'false');
create policy seen_seat on vn.seat_move as restrictive for insert to vn_staff with check (false);
grant select on vn.seat_move to vn_staff;
reset role;

set local role vn_gate;
-- Seats that a move waits for are held like those of a list.
create or replace function vn.settle_class(p_class uuid) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare c vn.class; s record; today date; hours numeric; begun boolean;
begin
  select * into c from vn.class x where x.centre_id = ctx.centre() and x.id = p_class for update;
  if not found or c.state = 'cancelled' then return; end if;
  select (ctx.now() at time zone k.tz)::date, extract(epoch from (c.starts::timestamp at time zone k.tz) - ctx.now()) / 3600 into today, hours from vn.centre k where k.id = c.centre_id;
  begun := c.starts <= today;
  update vn.seat x set state = 'lapsed', offered_until = null, version = x.version + 1
   where x.centre_id = c.centre_id and x.class_id = c.id and ((x.state = 'offered' and (begun or x.offered_until <= ctx.now())) or (x.state = 'waiting' and begun));
  update vn.seat_hold h set ended = true where h.centre_id = c.centre_id and h.class_id = c.id and not h.ended and (begun or h.until < today);
  update vn.class x set taken = coalesce((select sum(t.heads) from vn.seat t where t.centre_id = x.centre_id and t.class_id = x.id and t.state in ('taken', 'offered')), 0),
      held = coalesce((select sum(h.seats - h.used) from vn.seat_hold h where h.centre_id = x.centre_id and h.class_id = x.id and not h.ended), 0)
        + coalesce((select sum(m.heads) from vn.seat_move m where m.centre_id = x.centre_id and m.to_class_id = x.id and m.state = 'asked'), 0)
   where x.centre_id = c.centre_id and x.id = c.id returning * into c;
  if begun then return; end if;
  -- A class that begins soon leaves less time to answer: never more than half of what there is.
  hours := least((select coalesce(max(z.offer_hours), 48) from vn.seat_setting z where z.centre_id = c.centre_id), hours / 2);
  for s in select x.id, x.heads from vn.seat x where x.centre_id = c.centre_id and x.class_id = c.id and x.state = 'waiting' and x.heads <= c.maximum order by x.no loop
    exit when c.taken_elsewhere + c.taken + c.held + s.heads > c.maximum;
    update vn.seat x set state = 'offered', offered_until = ctx.now() + make_interval(secs => hours * 3600), version = x.version + 1 where x.centre_id = c.centre_id and x.id = s.id;
    update vn.class x set taken = x.taken + s.heads where x.centre_id = c.centre_id and x.id = c.id returning * into c;
  end loop;
end $$;
-- Both classes of a move, locked in the order of their ids as every move does.
create function vn.lock_classes(p_one uuid, p_other uuid) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  perform from vn.class c where c.centre_id = ctx.centre() and c.id in (p_one, p_other) order by c.id for update;
end $$;
/* A seat goes from its class to another one of the same course. `result`: taken, full (too few free there, or somebody waits), gone. */
create function vn.shift_seat(p_seat uuid, p_id uuid, p_to uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.seat; answer text;
begin
  select * into s from vn.seat x where x.centre_id = ctx.centre() and x.id = p_seat;
  if s.id is null or s.state <> 'taken' then return 'gone'; end if;
  answer := vn.take_seats(p_to, p_id, s.company_id, s.heads, s.need_id, false);
  if answer = 'taken' then
    update vn.seat x set state = 'moved', version = x.version + 1 where x.centre_id = s.centre_id and x.id = s.id;
    update vn.seat x set moved_from = s.id, needs = s.needs, made_by = coalesce(x.made_by, s.made_by) where x.centre_id = s.centre_id and x.id = p_id;
    update vn.seat_hold h set used = h.used - s.heads where h.centre_id = s.centre_id and h.id = s.hold_id and not h.ended;
    perform vn.settle_class(s.class_id);
  end if;
  return answer;
end $$;
/* Asks for a seat to move (the coordinator). `result`: done (one school has both classes), asked, full, gone (no such seat, no such class of its course, begun, or asked about already). */
create function vn.ask_seat_move(p_id uuid, p_seat uuid, p_new_seat uuid, p_to uuid, p_until date) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.seat; f vn.class; t vn.class; answer text; whole boolean;
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into s from vn.seat x where x.centre_id = ctx.centre() and x.id = p_seat;
  if s.id is null then return 'gone'; end if;
  perform vn.lock_classes(s.class_id, p_to);
  perform vn.settle_class(p_to);
  select * into s from vn.seat x where x.centre_id = s.centre_id and x.id = s.id;
  select * into f from vn.class c where c.centre_id = s.centre_id and c.id = s.class_id;
  select * into t from vn.class c where c.centre_id = s.centre_id and c.id = p_to;
  if s.state <> 'taken' or t.id is null or t.id = f.id or t.course_id <> f.course_id or t.state = 'cancelled' or vn.class_begun(t) or vn.class_begun(f)
    or exists (select from vn.seat_move m where m.centre_id = s.centre_id and m.seat_id = s.id and m.state = 'asked') then return 'gone'; end if;
  whole := f.school_id = t.school_id;
  if whole then
    answer := vn.shift_seat(s.id, p_new_seat, t.id);
    if answer <> 'taken' then return answer; end if;
  elsif t.taken_elsewhere + t.taken + t.held + s.heads > t.maximum
    or exists (select from vn.seat w where w.centre_id = t.centre_id and w.class_id = t.id and w.state = 'waiting' and w.heads <= t.maximum) then return 'full';
  end if;
  insert into vn.seat_move (centre_id, id, seat_id, class_id, to_class_id, from_school_id, to_school_id, heads, state, from_yes, to_yes, until, made_by, made_at, ended_at)
    values (s.centre_id, p_id, s.id, f.id, t.id, f.school_id, t.school_id, s.heads, case when whole then 'done' else 'asked' end, case when whole then true end, case when whole then true end, p_until,
      ctx.person(), ctx.now(), case when whole then ctx.now() end);
  if not whole then perform vn.settle_class(t.id); end if;
  return case when whole then 'done' else 'asked' end;
end $$;
/* A school says yes or no (its managers). `result`: done (both said yes, and the seat moved), asked (the other has not answered), declined, changed (another version), full, gone. */
create function vn.answer_seat_move(p_move uuid, p_version int, p_yes boolean, p_because text, p_new_seat uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.seat_move; answer text;
begin
  select * into m from vn.seat_move x where x.centre_id = ctx.centre() and x.id = p_move;
  if m.id is null or not coalesce(ctx.has('manager') and ctx.school() in (m.from_school_id, m.to_school_id), false) then raise exception 'forbidden' using errcode = '42501'; end if;
  perform vn.lock_classes(m.class_id, m.to_class_id);
  perform vn.lapse_move(m.id);
  select * into m from vn.seat_move x where x.centre_id = m.centre_id and x.id = m.id for update;
  if m.state <> 'asked' then return 'gone'; end if;
  if m.version <> p_version then return 'changed'; end if;
  if p_yes and coalesce(case when ctx.school() = m.from_school_id then m.from_yes else m.to_yes end, false) then return 'asked'; end if;
  update vn.seat_move x set from_yes = case when ctx.school() = x.from_school_id then p_yes else x.from_yes end, to_yes = case when ctx.school() = x.to_school_id then p_yes else x.to_yes end,
      because = case when p_yes then x.because else p_because end, version = x.version + 1, state = case when p_yes then x.state else 'declined' end, ended_at = case when p_yes then null else ctx.now() end
   where x.centre_id = m.centre_id and x.id = m.id returning * into m;
  if not p_yes then
    perform vn.settle_class(m.to_class_id);
    return 'declined';
  end if;
  if not coalesce(m.from_yes and m.to_yes, false) then return 'asked'; end if;
  -- What was held for it is what it takes.
  update vn.seat_move x set state = 'done', ended_at = ctx.now() where x.centre_id = m.centre_id and x.id = m.id;
  update vn.class c set held = c.held - m.heads where c.centre_id = m.centre_id and c.id = m.to_class_id;
  answer := vn.shift_kept_seat(m, p_new_seat);
  if answer = 'taken' then return 'done'; end if;
  update vn.seat_move x set state = 'lapsed' where x.centre_id = m.centre_id and x.id = m.id;
  -- What was kept may be enough for whoever waits there.
  perform vn.settle_class(m.to_class_id);
  return answer;
end $$;
/* The seats were kept for it since it was asked, so it stands aside of the line: whoever waits there could not have had them. */
create function vn.shift_kept_seat(m vn.seat_move, p_id uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.seat; c vn.class;
begin
  select * into s from vn.seat x where x.centre_id = m.centre_id and x.id = m.seat_id;
  select * into c from vn.class x where x.centre_id = m.centre_id and x.id = m.to_class_id;
  if s.state <> 'taken' or c.state = 'cancelled' or vn.class_begun(c) then return 'gone'; end if;
  -- Its school may have made the class smaller meanwhile.
  if c.taken_elsewhere + c.taken + c.held + m.heads > c.maximum then return 'full'; end if;
  update vn.class x set last_no = x.last_no + 1, taken = x.taken + m.heads where x.centre_id = c.centre_id and x.id = c.id returning x.last_no into c.last_no;
  update vn.seat x set state = 'moved', version = x.version + 1 where x.centre_id = s.centre_id and x.id = s.id;
  insert into vn.seat (centre_id, id, class_id, company_id, heads, no, state, need_id, made_by, made_at, needs, moved_from)
    values (s.centre_id, p_id, c.id, s.company_id, s.heads, c.last_no, 'taken', s.need_id, s.made_by, ctx.now(), s.needs, s.id);
  update vn.seat_hold h set used = h.used - s.heads where h.centre_id = s.centre_id and h.id = s.hold_id and not h.ended;
  perform vn.settle_class(s.class_id);
  return 'taken';
end $$;
-- One that was asked is over where its day is, its seat is gone, or one of the classes is called off or begun.
create function vn.move_over(m vn.seat_move) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select m.state = 'asked' and (m.until < (ctx.now() at time zone k.tz)::date or s.state <> 'taken' or f.state = 'cancelled' or t.state = 'cancelled' or vn.class_begun(f) or vn.class_begun(t))
    from vn.centre k join vn.seat s on s.centre_id = k.id and s.id = m.seat_id join vn.class f on f.centre_id = k.id and f.id = m.class_id join vn.class t on t.centre_id = k.id and t.id = m.to_class_id
   where k.id = m.centre_id;
$$;
-- It then lapses. Whoever calls holds both classes.
create function vn.lapse_move(p_move uuid) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
declare there uuid;
begin
  update vn.seat_move m set state = 'lapsed', ended_at = ctx.now(), version = m.version + 1 where m.centre_id = ctx.centre() and m.id = p_move and vn.move_over(m) returning m.to_class_id into there;
  if there is null then return false; end if;
  perform vn.settle_class(there);
  return true;
end $$;
-- Whoever asked takes it back (the coordinator).
create function vn.withdraw_seat_move(p_move uuid) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.seat_move;
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into m from vn.seat_move x where x.centre_id = ctx.centre() and x.id = p_move;
  if m.id is null then return false; end if;
  perform vn.lock_classes(m.class_id, m.to_class_id);
  update vn.seat_move x set state = 'withdrawn', ended_at = ctx.now(), version = x.version + 1 where x.centre_id = m.centre_id and x.id = m.id and x.state = 'asked';
  if not found then return false; end if;
  perform vn.settle_class(m.to_class_id);
  return true;
end $$;
-- The house: moves that came too late. All their classes are held first, in the order of their ids, so that nobody who moves one seat waits in a ring.
create function vn.lapse_seat_moves() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare due uuid[];
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  select array_agg(m.id order by m.id) into due from vn.seat_move m where m.centre_id = ctx.centre() and m.state = 'asked' and vn.move_over(m);
  perform from vn.class c where c.centre_id = ctx.centre()
      and exists (select from vn.seat_move m where m.centre_id = c.centre_id and m.id = any (due) and c.id in (m.class_id, m.to_class_id)) order by c.id for update;
  perform vn.lapse_move(m) from unnest(due) m;
end $$;
/* As before, and whoever was moved hears that first: also where their new class runs for sure. `letter` is what the mail says, `told` how the seat stood then. */
create or replace function vn.seat_letters() returns table (id uuid, letter text) language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  return query
    with due as (
      select s.centre_id, s.id, s.told is null and s.moved_from is not null and s.state = 'taken' fresh,
          case s.state when 'taken' then case when c.state = 'confirmed' then 'confirmed' when s.moved_from is not null then 'moved' else 'taken' end when 'declined' then null when 'moved' then null else s.state end said
        from vn.seat s join vn.class c on c.centre_id = s.centre_id and c.id = s.class_id where s.centre_id = ctx.centre() and c.ends >= (ctx.now() at time zone (select k.tz from vn.centre k where k.id = c.centre_id))::date - 7)
    update vn.seat s set told = due.said from due where s.centre_id = due.centre_id and s.id = due.id and due.said is not null and due.said is distinct from s.told
      returning s.id, case when due.fresh then 'moved' else due.said end;
end $$;
revoke execute on function vn.lock_classes(uuid, uuid), vn.shift_seat(uuid, uuid, uuid), vn.ask_seat_move(uuid, uuid, uuid, uuid, date), vn.answer_seat_move(uuid, int, boolean, text, uuid),
  vn.shift_kept_seat(vn.seat_move, uuid), vn.move_over(vn.seat_move), vn.lapse_move(uuid), vn.withdraw_seat_move(uuid), vn.lapse_seat_moves() from public;
grant execute on function vn.ask_seat_move(uuid, uuid, uuid, uuid, date), vn.answer_seat_move(uuid, int, boolean, text, uuid), vn.withdraw_seat_move(uuid), vn.lapse_seat_moves() to vn_staff;
reset role;
