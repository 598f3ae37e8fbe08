/* Seats that a large company's list holds are held in a class, and a line's company takes them out of that hold with a press (row 2.29). */
set local role vn_owner;
alter table vn.supplier_list
  -- The class in which the seats are held, and the hold there.
  add class_id uuid,
  add hold_id uuid,
  add foreign key (centre_id, class_id) references vn.class,
  add foreign key (centre_id, hold_id) references vn.seat_hold,
  add constraint supplier_list_class check ((class_id is null) = (hold_id is null));
-- The seat that the company took in that class.
alter table vn.supplier add seat_id uuid, add foreign key (centre_id, seat_id) references vn.seat, add constraint supplier_seated check (seat_id is null or seats > 0);
create index supplier_seat on vn.supplier (centre_id, seat_id) where seat_id is not null;
-- Both are written by the functions below alone.
create policy seen_hold on vn.supplier_list as restrictive for insert to vn_staff with check (class_id is null and hold_id is null);
create policy seen_seat on vn.supplier as restrictive for insert to vn_staff with check (seat_id is null);
reset role;

set local role vn_gate;
/* Holds the seats of a list in a class until a day, for the companies of it that are known. `result`: done, full, gone (as vn.hold_seats, which says who may), changed (somebody wrote the list
   since), held (in a class already). The class is held first, as everywhere. */
create function vn.hold_supplier_seats(p_list uuid, p_version int, p_class uuid, p_hold uuid, p_until date) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare l vn.supplier_list; k text; answer text;
begin
  perform from vn.class c where c.centre_id = ctx.centre() and c.id = p_class for update;
  select x.* into l from vn.supplier_list x where x.centre_id = ctx.centre() and x.id = p_list for update;
  if l.version is distinct from p_version then return 'changed'; end if;
  if l.class_id is not null then return 'held'; end if;
  select c.name into k from vn.company c where c.id = l.company_id;
  answer := vn.hold_seats(p_class, p_hold, left(k, 200), array(select s.company_id from vn.supplier s where s.centre_id = l.centre_id and s.list_id = l.id and s.company_id is not null order by s.no), l.seats, p_until);
  if answer = 'done' then update vn.supplier_list x set class_id = p_class, hold_id = p_hold, version = x.version + 1 where x.centre_id = l.centre_id and x.id = l.id; end if;
  return answer;
end $$;
/* Takes seats for the company of a line out of its list's hold, for whoever has the line or the coordinator. `result`: taken, none (nothing is held in a class, or it is over), seated (it has its
   seats), full (so many are not left), gone (the class takes nobody any more). The class is held first, as everywhere. */
create function vn.take_supplier_seats(p_supplier uuid, p_version int, p_seat uuid, p_heads int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare l vn.supplier_list; s vn.supplier; answer text;
begin
  select y.* into l from vn.supplier x join vn.supplier_list y on y.centre_id = x.centre_id and y.id = x.list_id where x.centre_id = ctx.centre() and x.id = p_supplier;
  if l.class_id is null or l.withdrawn_at is not null then return 'none'; end if;
  perform from vn.class c where c.centre_id = l.centre_id and c.id = l.class_id for update;
  perform vn.settle_class(l.class_id);
  select x.* into s from vn.supplier x where x.centre_id = l.centre_id and x.id = p_supplier for update;
  if not (ctx.has('coordinator') or (ctx.has('consultant') and coalesce(s.owner_id = ctx.person(), false))) or s.company_id is null then raise exception 'forbidden' using errcode = '42501'; end if;
  if s.version <> p_version then return 'changed'; end if;
  if s.seat_id is not null then return 'seated'; end if;
  -- A company that was found after the seats were held is one of the list as well.
  update vn.seat_hold h set companies = case when h.companies @> array[s.company_id] then h.companies else h.companies || s.company_id end
   where h.centre_id = l.centre_id and h.id = l.hold_id and not h.ended and h.seats - h.used >= p_heads;
  if not found then return case when exists (select from vn.seat_hold h where h.centre_id = l.centre_id and h.id = l.hold_id and h.ended) then 'none' else 'full' end; end if;
  answer := vn.take_seats(l.class_id, p_seat, s.company_id, p_heads, null, false);
  if answer <> 'taken' then return answer; end if;
  update vn.supplier x set seat_id = p_seat, seats = p_heads, contacted_at = coalesce(x.contacted_at, ctx.now()), version = x.version + 1 where x.centre_id = s.centre_id and x.id = s.id;
  return 'taken';
end $$;
-- A list that is withdrawn lets the rest of its seats go; asked before the list is written, for the class is held first.
create function vn.end_supplier_hold(p_list uuid) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare l vn.supplier_list;
begin
  if not (ctx.has('coordinator') or ctx.has('consultant')) then raise exception 'forbidden' using errcode = '42501'; end if;
  select x.* into l from vn.supplier_list x where x.centre_id = ctx.centre() and x.id = p_list;
  if l.class_id is null then return; end if;
  perform from vn.class c where c.centre_id = l.centre_id and c.id = l.class_id for update;
  update vn.seat_hold h set ended = true where h.centre_id = l.centre_id and h.id = l.hold_id and not h.ended;
  perform vn.settle_class(l.class_id);
end $$;
revoke execute on function vn.hold_supplier_seats(uuid, int, uuid, uuid, date), vn.take_supplier_seats(uuid, int, uuid, int), vn.end_supplier_hold(uuid) from public;
grant execute on function vn.hold_supplier_seats(uuid, int, uuid, uuid, date), vn.take_supplier_seats(uuid, int, uuid, int), vn.end_supplier_hold(uuid) to vn_staff;
reset role;
