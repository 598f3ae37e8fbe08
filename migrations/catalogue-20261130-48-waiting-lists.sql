/* The line before a class, offers that end, holds, and what becomes of seats when a class is called off (rows 2.29, 4.05, 4.17, 4.20, 5.27, 5.29). The class is the
   lock of all of it: every function here holds the class before it looks at a seat. */
set local role vn_owner;
alter table vn.class
  -- Seats of open holds that nobody has used yet.
  add held int not null default 0 check (held >= 0);
-- For the companies of a list or a network, until a day; they come beside the line, because the line could never have had these seats.
create table vn.seat_hold (
  centre_id uuid not null,
  id uuid not null,
  class_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  companies uuid[] not null check (cardinality(companies) between 1 and 300),
  seats smallint not null check (seats between 1 and 500),
  used smallint not null default 0,
  until date not null,
  ended boolean not null default false,
  made_by uuid references vn.person,
  made_at timestamptz not null,
  primary key (centre_id, id),
  foreign key (centre_id, class_id) references vn.class,
  constraint seat_hold_enough check (used between 0 and seats)
);
create index seat_hold_class on vn.seat_hold (centre_id, class_id) where not ended;
alter table vn.seat drop constraint seat_state_check;
alter table vn.seat
  -- declined, lapsed: an offer · cancelled: with its class · moved: to another class, which has a seat of its own for it.
  add constraint seat_state_check check (state in ('taken', 'waiting', 'offered', 'withdrawn', 'declined', 'lapsed', 'cancelled', 'moved')),
  add offered_until timestamptz,
  -- Binding from the day after, where it is another than the class's.
  add until date,
  add withdrawn_at timestamptz,
  add withdrawn_because text check (length(withdrawn_because) between 1 and 300),
  -- Given back when it was binding (row 4.20).
  add late boolean not null default false,
  add hold_id uuid,
  add moved_from uuid,
  -- Øre that the company pays so that a class below its least number runs.
  add supplement bigint check (supplement between 0 and 100000000),
  -- For the teacher; nothing about health, and nobody's name (row 4.17).
  add needs text not null default '' check (length(needs) <= 500),
  -- What the last mail said.
  add told text,
  -- The secret of the seat, under a key that the database does not have.
  add token_hash bytea,
  add constraint seat_offered check ((state = 'offered') = (offered_until is not null)),
  add constraint seat_withdrawn check ((state = 'withdrawn') = (withdrawn_at is not null) and (withdrawn_at is null) = (withdrawn_because is null)),
  add foreign key (centre_id, hold_id) references vn.seat_hold,
  add foreign key (centre_id, moved_from) references vn.seat;
create unique index seat_token on vn.seat (centre_id, token_hash) where token_hash is not null;
create index seat_moved on vn.seat (centre_id, moved_from) where moved_from is not null;
create index seat_line on vn.seat (centre_id, class_id, no) where state in ('waiting', 'offered');
create policy seen_seat on vn.seat as restrictive for insert to vn_staff with check (false);
revoke select on vn.seat from vn_staff;
grant select (centre_id, id, class_id, company_id, heads, no, state, need_id, made_by, made_at, version, offered_until, until, withdrawn_at, withdrawn_because, late, hold_id, moved_from, supplement, needs, told)
  on vn.seat to vn_staff;
-- How long an offered seat is kept.
create table vn.seat_setting (
  centre_id uuid not null references vn.centre,
  offer_hours smallint not null check (offer_hours between 1 and 336),
  version int not null default 1,
  primary key (centre_id)
);
-- How many were there, and nobody's name (row 5.27).
create table vn.class_attendance (
  centre_id uuid not null,
  class_id uuid not null,
  starts timestamptz not null,
  heads smallint not null check (heads between 0 and 500),
  said_by uuid not null references vn.person,
  said_at timestamptz not null,
  primary key (centre_id, class_id, starts),
  foreign key (centre_id, class_id) references vn.class
);
-- A session that moved, and why (row 5.29).
create table vn.session_move (
  centre_id uuid not null,
  id uuid not null,
  class_id uuid not null,
  was tstzrange not null,
  became tstzrange not null,
  because text not null check (length(because) between 1 and 300),
  moved_by uuid not null references vn.person,
  moved_at timestamptz not null,
  primary key (centre_id, id),
  foreign key (centre_id, class_id) references vn.class
);
create index session_move_class on vn.session_move (centre_id, class_id, moved_at);
call vn.tenant('vn.seat_hold', '(select ctx.has(''coordinator'')) or exists (select from vn.class c where c.centre_id = seat_hold.centre_id and c.id = class_id and c.school_id = (select ctx.school()))', 'false');
call vn.tenant('vn.seat_setting', 'true', '(select ctx.has(''coordinator''))');
call vn.tenant('vn.class_attendance', '(select ctx.has(''coordinator'')) or exists (select from vn.class c where c.centre_id = class_attendance.centre_id and c.id = class_id and c.school_id = (select ctx.school()))');
call vn.tenant('vn.session_move', 'true', '(select ctx.has(''coordinator'')) or exists (select from vn.class c where c.centre_id = session_move.centre_id and c.id = class_id and (select ctx.has(''manager'')) and c.school_id = (select ctx.school()))');
grant select on vn.seat_hold to vn_staff;
grant select, insert, update on vn.seat_setting, vn.class_attendance to vn_staff;
grant select, insert on vn.session_move to vn_staff;
reset role;

set local role vn_gate;
create function vn.class_begun(c vn.class) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select c.starts <= (ctx.now() at time zone k.tz)::date from vn.centre k where k.id = c.centre_id;
$$;
/* Brings a class up to date: offers that ran out lapse, holds whose day is over end, and whoever is first in the line and fits is offered a seat. Nobody passes whoever is
   ahead; only who asks for more than the class can ever hold stands aside. Nobody is kept waiting for a class that has begun. */
create function vn.settle_class(p_class uuid) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
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
/* Takes seats in a class, or a place in its line where there are not enough. `result`: taken, waiting, full (only where nobody wants to wait), gone (cancelled, over or none of
   this centre's; begun: for all but its school). Whoever comes while others wait waits behind them; a hold is used by whom it is for. */
create or replace function vn.take_seats(p_class uuid, p_id uuid, p_company uuid, p_heads int, p_need uuid, p_wait boolean) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare c vn.class; it text; hold uuid; begun boolean;
begin
  perform from vn.class x where x.centre_id = ctx.centre() and x.id = p_class for update;
  perform vn.settle_class(p_class);
  select * into c from vn.class x where x.centre_id = ctx.centre() and x.id = p_class;
  begun := vn.class_begun(c);
  if c.id is null or c.state = 'cancelled' or c.ends < (ctx.now() at time zone (select k.tz from vn.centre k where k.id = c.centre_id))::date
    or (begun and not coalesce(ctx.has('coordinator') or c.school_id = ctx.school(), false)) then return 'gone'; end if;
  select h.id into hold from vn.seat_hold h where h.centre_id = c.centre_id and h.class_id = c.id and not h.ended and h.companies @> array[p_company] and h.seats - h.used >= p_heads order by h.made_at, h.id limit 1;
  it := case when hold is not null then 'taken'
             when c.taken_elsewhere + c.taken + c.held + p_heads <= c.maximum
               and not exists (select from vn.seat s where s.centre_id = c.centre_id and s.class_id = c.id and s.state = 'waiting' and s.heads <= c.maximum) then 'taken'
             else 'waiting' end;
  if it = 'waiting' and (not p_wait or begun or p_heads > c.maximum) then return 'full'; end if;
  update vn.seat_hold h set used = h.used + p_heads where h.centre_id = c.centre_id and h.id = hold;
  update vn.class x set last_no = x.last_no + 1, taken = x.taken + case it when 'taken' then p_heads else 0 end, held = x.held - case when hold is null then 0 else p_heads end
   where x.centre_id = c.centre_id and x.id = c.id returning x.last_no into c.last_no;
  insert into vn.seat (centre_id, id, class_id, company_id, heads, no, state, need_id, made_by, made_at, hold_id) values (c.centre_id, p_id, c.id, p_company, p_heads, c.last_no, it, p_need, ctx.person(), ctx.now(), hold);
  return it;
end $$;
-- A seat with its class held; null where there is none.
create function vn.seat_for_update(p_seat uuid) returns vn.seat language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.seat;
begin
  select * into s from vn.seat x where x.centre_id = ctx.centre() and x.id = p_seat;
  if not found then return null; end if;
  perform from vn.class c where c.centre_id = s.centre_id and c.id = s.class_id for update;
  perform vn.settle_class(s.class_id);
  select * into s from vn.seat x where x.centre_id = s.centre_id and x.id = s.id;
  return s;
end $$;
-- Gives seats or a place in the line back. `result`: done, gone (nothing to give back, or the class has ended).
create function vn.give_back_seat(p_seat uuid, p_because text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.seat := vn.seat_for_update(p_seat); c vn.class; today date;
begin
  select * into c from vn.class x where x.centre_id = s.centre_id and x.id = s.class_id;
  select (ctx.now() at time zone k.tz)::date into today from vn.centre k where k.id = s.centre_id;
  if s.id is null or s.state not in ('taken', 'waiting', 'offered') or c.ends < today then return 'gone'; end if;
  -- Whoever was moved here never promised this class.
  update vn.seat x set state = 'withdrawn', offered_until = null, withdrawn_at = ctx.now(), withdrawn_because = p_because, version = x.version + 1,
      late = x.state = 'taken' and coalesce(coalesce(x.until, case when x.moved_from is null then c.deadline end) < today, false)
   where x.centre_id = s.centre_id and x.id = s.id;
  if s.state = 'taken' then update vn.seat_hold h set used = h.used - s.heads where h.centre_id = s.centre_id and h.id = s.hold_id and not h.ended; end if;
  perform vn.settle_class(s.class_id);
  return 'done';
end $$;
-- Yes or no to an offered seat. `result`: done, gone (lapsed, or never offered).
create function vn.answer_seat(p_seat uuid, p_yes boolean) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.seat := vn.seat_for_update(p_seat);
begin
  if s.id is null or s.state <> 'offered' then return 'gone'; end if;
  update vn.seat x set state = case when p_yes then 'taken' else 'declined' end, offered_until = null, version = x.version + 1 where x.centre_id = s.centre_id and x.id = s.id;
  perform vn.settle_class(s.class_id);
  return 'done';
end $$;
/* A seat of a class that was called off goes on in another one, in the order in which this is asked. `result`: taken, waiting, full, gone. */
create function vn.carry_seat(p_seat uuid, p_id uuid, p_to uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.seat; answer text;
begin
  select * into s from vn.seat x where x.centre_id = ctx.centre() and x.id = p_seat;
  perform from vn.class c where c.centre_id = s.centre_id and c.id in (s.class_id, p_to) order by c.id for update;
  select * into s from vn.seat x where x.centre_id = s.centre_id and x.id = s.id;
  if s.id is null or s.state <> 'cancelled' then return 'gone'; end if;
  if not exists (select from vn.class_alternatives(s.class_id) a where a.class = p_to) then return 'gone'; end if;
  answer := vn.take_seats(p_to, p_id, s.company_id, s.heads, s.need_id, true);
  if answer in ('taken', 'waiting') then
    update vn.seat x set state = 'moved', version = x.version + 1 where x.centre_id = s.centre_id and x.id = s.id;
    update vn.seat x set moved_from = s.id, needs = s.needs, made_by = coalesce(x.made_by, s.made_by) where x.centre_id = s.centre_id and x.id = p_id;
  end if;
  return answer;
end $$;
-- Other classes of the same course that begin within six weeks of that one and 60 km by road from it, the nearest day first (row 4.05).
create function vn.class_alternatives(p_class uuid) returns table (class uuid, starts date, km int, free int) language sql stable security definer set search_path = vn, pg_temp as $$
  select o.id, o.starts, round(vn.road_km(c.latitude, c.longitude, o.latitude, o.longitude))::int, greatest(0, o.maximum - o.taken_elsewhere - o.taken - o.held)
    from vn.class c join vn.class o on o.centre_id = c.centre_id and o.course_id = c.course_id and o.id <> c.id
   where c.centre_id = ctx.centre() and c.id = p_class and o.state <> 'cancelled' and o.open and not vn.class_begun(o) and o.starts between c.starts - 42 and c.starts + 42
     and coalesce(vn.road_km(c.latitude, c.longitude, o.latitude, o.longitude) <= 60, true)
   order by abs(o.starts - c.starts), o.id limit 10;
$$;
create function vn.follow_class() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if new.state = 'cancelled' then
    update vn.seat s set state = 'cancelled', offered_until = null, version = s.version + 1 where s.centre_id = new.centre_id and s.class_id = new.id and s.state in ('taken', 'waiting', 'offered');
    update vn.seat_hold h set ended = true where h.centre_id = new.centre_id and h.class_id = new.id;
    update vn.class c set taken = 0, held = 0 where c.centre_id = new.centre_id and c.id = new.id;
  else
    perform vn.settle_class(new.id);
  end if;
  return null;
end $$;

-- ---------- for those who work here ----------
-- Whoever sees a seat answers for it: the class's school, the company's contact person, the coordinator.
create function vn.answers_for_seat(p_seat uuid) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select exists (select from vn.seat s join vn.class c on c.centre_id = s.centre_id and c.id = s.class_id join vn.relation r on r.centre_id = s.centre_id and r.company_id = s.company_id
    where s.centre_id = ctx.centre() and s.id = p_seat and (ctx.has('coordinator') or c.school_id = ctx.school() or ctx.person() in (r.contact_person, r.deputy)));
$$;
create function vn.change_seat(p_seat uuid, p_what text, p_because text, p_id uuid, p_to uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not vn.answers_for_seat(p_seat) then raise exception 'forbidden' using errcode = '42501'; end if;
  return case p_what when 'withdraw' then vn.give_back_seat(p_seat, p_because) when 'accept' then vn.answer_seat(p_seat, true) when 'decline' then vn.answer_seat(p_seat, false) when 'move' then vn.carry_seat(p_seat, p_id, p_to) end;
end $$;
-- Until when it may be given back, what the teacher should know, and the supplement, which the class's school agrees.
create function vn.write_seat(p_seat uuid, p_version int, p_until date, p_needs text, p_supplement bigint) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not vn.answers_for_seat(p_seat) then raise exception 'forbidden' using errcode = '42501'; end if;
  perform vn.seat_for_update(p_seat);
  update vn.seat s set until = p_until, needs = p_needs, supplement = p_supplement, version = s.version + 1 where s.centre_id = ctx.centre() and s.id = p_seat and s.version = p_version and s.state in ('taken', 'waiting', 'offered');
  return found;
end $$;
-- Place in the line; null for who does not wait. How many are ahead, not who.
create function vn.seat_position(p_seat uuid) returns int language sql stable security definer set search_path = vn, pg_temp as $$
  select (select count(*) from vn.seat o where o.centre_id = s.centre_id and o.class_id = s.class_id and o.state = 'waiting' and o.no <= s.no)::int
    from vn.seat s where s.centre_id = ctx.centre() and s.id = p_seat and s.state = 'waiting';
$$;
-- What everybody sees of a class: how many, and nobody.
create function vn.seat_counts(p_class uuid, out sure int, out offered int, out waiting int, out line int, out supplement boolean) language sql stable security definer set search_path = vn, pg_temp as $$
  select coalesce(sum(s.heads) filter (where s.state = 'taken'), 0)::int, coalesce(sum(s.heads) filter (where s.state = 'offered'), 0)::int, coalesce(sum(s.heads) filter (where s.state = 'waiting'), 0)::int,
         (count(*) filter (where s.state = 'waiting'))::int, coalesce(bool_or(s.supplement is not null) filter (where s.state = 'taken'), false)
    from vn.seat s where s.centre_id = ctx.centre() and s.class_id = p_class;
$$;
-- Holds seats for the companies of a list. `result`: done, full (too few are free, or somebody waits for them), gone.
create function vn.hold_seats(p_class uuid, p_id uuid, p_name text, p_companies uuid[], p_seats int, p_until date) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare c vn.class;
begin
  perform from vn.class x where x.centre_id = ctx.centre() and x.id = p_class for update;
  perform vn.settle_class(p_class);
  select * into c from vn.class x where x.centre_id = ctx.centre() and x.id = p_class;
  if c.id is null or c.state = 'cancelled' or vn.class_begun(c) then return 'gone'; end if;
  if not (ctx.has('coordinator') or (ctx.has('manager') and c.school_id = ctx.school())) then raise exception 'forbidden' using errcode = '42501'; end if;
  if c.taken_elsewhere + c.taken + c.held + p_seats > c.maximum or exists (select from vn.seat s where s.centre_id = c.centre_id and s.class_id = c.id and s.state = 'waiting') then return 'full'; end if;
  insert into vn.seat_hold (centre_id, id, class_id, name, companies, seats, until, made_by, made_at) values (c.centre_id, p_id, c.id, p_name, p_companies, p_seats, p_until, ctx.person(), ctx.now());
  perform vn.settle_class(p_class);
  return 'done';
end $$;
create function vn.end_seat_hold(p_hold uuid) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
declare c vn.class;
begin
  select x.* into c from vn.seat_hold h join vn.class x on x.centre_id = h.centre_id and x.id = h.class_id where h.centre_id = ctx.centre() and h.id = p_hold;
  if c.id is null then return false; end if;
  if not (ctx.has('coordinator') or (ctx.has('manager') and c.school_id = ctx.school())) then raise exception 'forbidden' using errcode = '42501'; end if;
  perform from vn.class x where x.centre_id = c.centre_id and x.id = c.id for update;
  update vn.seat_hold h set ended = true where h.centre_id = c.centre_id and h.id = p_hold and not h.ended;
  if not found then return false; end if;
  perform vn.settle_class(c.id);
  return true;
end $$;
-- The house: classes in which something ran out.
create function vn.settle_due_classes() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare c record;
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  for c in select x.id from vn.class x where x.centre_id = ctx.centre() and x.state <> 'cancelled'
      and (exists (select from vn.seat s where s.centre_id = x.centre_id and s.class_id = x.id and ((s.state = 'offered' and s.offered_until <= ctx.now()) or (s.state in ('waiting', 'offered') and vn.class_begun(x))))
        or exists (select from vn.seat_hold h where h.centre_id = x.centre_id and h.class_id = x.id and not h.ended and (vn.class_begun(x) or h.until < (ctx.now() at time zone (select k.tz from vn.centre k where k.id = x.centre_id))::date)))
    order by x.id loop
    perform vn.settle_class(c.id);
  end loop;
end $$;
-- Seats whose company does not know yet how they stand; each is told once. `now`: the letter.
create function vn.seat_letters() returns table (id uuid, letter text) language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  return query
    with due as (
      select s.centre_id, s.id, case s.state when 'taken' then case when c.state = 'confirmed' then 'confirmed' when s.moved_from is not null then 'moved' else 'taken' end when 'declined' then null when 'moved' then null else s.state end said
        from vn.seat s join vn.class c on c.centre_id = s.centre_id and c.id = s.class_id where s.centre_id = ctx.centre() and c.ends >= (ctx.now() at time zone (select k.tz from vn.centre k where k.id = c.centre_id))::date - 7)
    update vn.seat s set told = due.said from due where s.centre_id = due.centre_id and s.id = due.id and due.said is not null and due.said is distinct from s.told returning s.id, due.said;
end $$;
create function vn.link_seat(p_seat uuid, p_hash bytea) returns void language sql security definer set search_path = vn, pg_temp as $$
  update vn.seat s set token_hash = p_hash where s.centre_id = ctx.centre() and s.id = p_seat and vn.answers_for_seat(p_seat);
$$;

-- ---------- what companies do by the link in their mail ----------
-- The seat behind a link, in whichever centre, and stays in that centre; one that moved is followed to where it went.
create function vn.seat_behind(p_hash bytea) returns vn.seat language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare k record; s vn.seat;
begin
  for k in select x.id from vn.centre x loop
    perform set_config('app.centre', k.id::text, true);
    select * into s from vn.seat x where x.centre_id = k.id and x.token_hash = p_hash;
    if found then
      while s.state = 'moved' loop select * into s from vn.seat x where x.centre_id = k.id and x.moved_from = s.id; end loop;
      return s;
    end if;
  end loop;
  perform set_config('app.centre', '', true);
  return null;
end $$;
create function vn.seat_on_link(p_hash bytea) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare s vn.seat := vn.seat_behind(p_hash); shown jsonb;
begin
  if s.id is null then return null; end if;
  select jsonb_build_object('centre', k.name, 'zone', k.tz, 'company', m.name, 'heads', s.heads, 'state', case when s.state = 'offered' and s.offered_until <= ctx.now() then 'lapsed' else s.state end, 'offeredUntil', s.offered_until,
      'position', vn.seat_position(s.id), 'class', jsonb_build_object('title', coalesce(nullif(c.title, ''), o.title), 'school', l.name, 'starts', c.starts, 'ends', c.ends, 'place', c.place, 'town', c.town, 'state', c.state, 'begun', vn.class_begun(c)),
      'because', c.cancelled_because, 'binding', coalesce(s.until, case when s.moved_from is null then c.deadline end),
      'alternatives', case when s.state = 'cancelled' then coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'school', y.name, 'starts', x.starts, 'ends', x.ends, 'town', x.town, 'km', a.km, 'free', a.free) order by abs(x.starts - c.starts), x.id)
        from vn.class_alternatives(c.id) a join vn.class x on x.centre_id = c.centre_id and x.id = a.class join vn.school y on y.centre_id = x.centre_id and y.id = x.school_id), '[]') else '[]' end)
    into shown from vn.class c join vn.course o on o.centre_id = c.centre_id and o.id = c.course_id join vn.school l on l.centre_id = c.centre_id and l.id = c.school_id, vn.centre k, vn.company m
   where c.centre_id = s.centre_id and c.id = s.class_id and k.id = s.centre_id and m.id = s.company_id;
  perform set_config('app.centre', '', true);
  return shown;
end $$;
create function vn.change_seat_by_link(p_hash bytea, p_what text, p_because text, p_id uuid, p_to uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.seat := vn.seat_behind(p_hash); answer text;
begin
  if s.id is null then return 'unknown'; end if;
  answer := case p_what when 'withdraw' then vn.give_back_seat(s.id, p_because) when 'accept' then vn.answer_seat(s.id, true) when 'decline' then vn.answer_seat(s.id, false) when 'move' then vn.carry_seat(s.id, p_id, p_to) end;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
revoke execute on function vn.class_begun(vn.class), vn.settle_class(uuid), vn.seat_for_update(uuid), vn.give_back_seat(uuid, text), vn.answer_seat(uuid, boolean), vn.carry_seat(uuid, uuid, uuid), vn.class_alternatives(uuid), vn.follow_class(),
  vn.answers_for_seat(uuid), vn.change_seat(uuid, text, text, uuid, uuid), vn.write_seat(uuid, int, date, text, bigint), vn.seat_position(uuid), vn.seat_counts(uuid), vn.hold_seats(uuid, uuid, text, uuid[], int, date),
  vn.end_seat_hold(uuid), vn.settle_due_classes(), vn.seat_letters(), vn.link_seat(uuid, bytea), vn.seat_behind(bytea), vn.seat_on_link(bytea), vn.change_seat_by_link(bytea, text, text, uuid, uuid) from public;
grant execute on function vn.follow_class() to vn_owner;
grant execute on function vn.class_alternatives(uuid), vn.change_seat(uuid, text, text, uuid, uuid), vn.write_seat(uuid, int, date, text, bigint), vn.seat_position(uuid), vn.seat_counts(uuid),
  vn.hold_seats(uuid, uuid, text, uuid[], int, date), vn.end_seat_hold(uuid), vn.settle_due_classes(), vn.seat_letters(), vn.link_seat(uuid, bytea) to vn_staff;
grant execute on function vn.seat_on_link(bytea), vn.change_seat_by_link(bytea, text, text, uuid, uuid) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;

set local role vn_owner;
-- Whoever changes a class, by hand or from a file: the line follows.
create trigger class_followed after update of maximum, taken_elsewhere, state, starts on vn.class for each row
  when (new.maximum <> old.maximum or new.taken_elsewhere <> old.taken_elsewhere or new.state <> old.state or new.starts <> old.starts) execute function vn.follow_class();
reset role;
