set local role vn_owner;
grant select on vn.centre_area to vn_gate;
reset role;

set local role vn_gate;
-- The municipalities of the centre one works in: everybody there reads them, the call agent too, who reads no table.
create function vn.own_area() returns text[] language sql stable security definer set search_path = vn, pg_temp as $$
  select coalesce(array_agg(a.municipality::text order by a.municipality), '{}') from vn.centre_area a where a.centre_id = ctx.centre();
$$;
revoke execute on function vn.own_area() from public;
grant execute on function vn.own_area() to vn_staff, vn_agent;
reset role;
