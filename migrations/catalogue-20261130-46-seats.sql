/* Seats in classes, and the line of those who wait (rows 4.03, 4.05). The class is the lock: whoever takes, gives back or moves up holds it, numbers are handed out
   under it, and nobody passes whoever is ahead. Who sits there is read by the class's school, the company's contact person and the coordinator; everybody else sees
   how many. */
set local role vn_owner;
alter table vn.class
  -- Seats taken or offered here, beside those of other systems; written by the functions below.
  add taken int not null default 0 check (taken >= 0),
  add last_no int not null default 0;
create table vn.seat (
  centre_id uuid not null,
  id uuid not null,
  class_id uuid not null,
  company_id uuid not null,
  heads smallint not null check (heads between 1 and 500),
  -- Place in the line, in the order of taking; nobody passes a smaller one.
  no int not null,
  -- offered: a seat is kept until a moment for whoever waited longest.
  state text not null check (state in ('taken', 'waiting', 'offered', 'withdrawn', 'lapsed')),
  -- The need of the pool that it answers, if any.
  need_id uuid,
  made_by uuid references vn.person,
  made_at timestamptz not null,
  version int not null default 1,
  primary key (centre_id, id),
  unique (centre_id, class_id, no),
  foreign key (centre_id, class_id) references vn.class,
  foreign key (centre_id, company_id) references vn.relation
);
create index seat_company on vn.seat (centre_id, company_id, made_at desc);
create index seat_need on vn.seat (centre_id, need_id) where need_id is not null;
call vn.tenant('vn.seat', '(select ctx.has(''coordinator'')) or exists (select from vn.class c where c.centre_id = seat.centre_id and c.id = class_id and c.school_id = (select ctx.school()))
  or exists (select from vn.relation r where r.centre_id = seat.centre_id and r.company_id = seat.company_id and (select ctx.person()) in (r.contact_person, r.deputy))', 'false');
grant select on vn.seat to vn_staff;
reset role;

set local role vn_gate;
/* Takes seats in a class, or a place in its line where there are not enough. `result`: taken, waiting, full (only where nobody wants to wait), gone (cancelled, begun, closed or none of this centre's).
   Whoever comes while others wait waits behind them. */
create function vn.take_seats(p_class uuid, p_id uuid, p_company uuid, p_heads int, p_need uuid, p_wait boolean) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare c vn.class; it text;
begin
  select * into c from vn.class x where x.centre_id = ctx.centre() and x.id = p_class for update;
  if not found or c.state = 'cancelled' or c.starts <= (ctx.now() at time zone (select k.tz from vn.centre k where k.id = c.centre_id))::date then return 'gone'; end if;
  it := case when c.taken_elsewhere + c.taken + p_heads <= c.maximum and not exists (select from vn.seat s where s.centre_id = c.centre_id and s.class_id = c.id and s.state = 'waiting') then 'taken' else 'waiting' end;
  if it = 'waiting' and (not p_wait or p_heads > c.maximum) then return 'full'; end if;
  update vn.class x set last_no = x.last_no + 1, taken = x.taken + case it when 'taken' then p_heads else 0 end where x.centre_id = c.centre_id and x.id = c.id returning x.last_no into c.last_no;
  insert into vn.seat (centre_id, id, class_id, company_id, heads, no, state, need_id, made_by, made_at) values (c.centre_id, p_id, c.id, p_company, p_heads, c.last_no, it, p_need, ctx.person(), ctx.now());
  return it;
end $$;
revoke execute on function vn.take_seats(uuid, uuid, uuid, int, uuid, boolean) from public;
grant execute on function vn.take_seats(uuid, uuid, uuid, int, uuid, boolean) to vn_staff;
reset role;
