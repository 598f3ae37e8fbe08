-- The demonstration's date switch: moves the clock, and what is counted from it for whoever is signed in.
set local role vn_owner;
grant update (clock_offset_seconds) on vn.instance to vn_gate;
reset role;

set local role vn_gate;
-- p_offset: seconds from the machine's time. False outside a demonstration. Sessions last as long as before; windows of rate limits begin anew.
create function vn.move_clock(p_offset bigint) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
declare moved interval;
begin
  select make_interval(secs => p_offset - i.clock_offset_seconds) into moved from vn.instance i where i.kind = 'demonstration' for update;
  if not found then return false; end if;
  update vn.instance set clock_offset_seconds = p_offset;
  update vn.session set created_at = created_at + moved, seen_at = seen_at + moved, expires_at = expires_at + moved where ended_at is null;
  delete from vn.rate;
  return true;
end $$;
grant execute on function vn.move_clock(bigint) to vn_staff, vn_agent, vn_ministry;
reset role;
