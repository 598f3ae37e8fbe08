/* A need of the pool has seats or waits for them: when its last seat goes – given back, declined, lapsed, or its class called off – it waits in the pool again, and the next
   plan may serve it. Where it moves to another class, it has seats there. */
set local role vn_gate;
create function vn.follow_seat() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if new.state = 'taken' then
    update vn.pooled_need n set state = 'placed', version = n.version + 1 where n.centre_id = new.centre_id and n.id = new.need_id and n.state = 'open';
  elsif new.state in ('withdrawn', 'declined', 'lapsed', 'cancelled') and not exists (
      select from vn.seat s where s.centre_id = new.centre_id and s.need_id = new.need_id and s.state in ('taken', 'waiting', 'offered')) then
    update vn.pooled_need n set state = 'open', version = n.version + 1 where n.centre_id = new.centre_id and n.id = new.need_id and n.state = 'placed';
  end if;
  return null;
end $$;
revoke execute on function vn.follow_seat() from public;
grant execute on function vn.follow_seat() to vn_owner;
reset role;
set local role vn_owner;
create trigger seat_follows after insert or update of state on vn.seat for each row when (new.need_id is not null) execute function vn.follow_seat();
reset role;
