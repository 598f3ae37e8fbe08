-- An outside organisation that calls for two centres: what one centre leaves in peace, the other does not know of.
set local role vn_gate;
/* Whether agents of the organisation call for another centre too, asked by one of them. Each centre is looked at under its own policy, and nothing but yes or no leaves it. */
create function vn.serves_another_centre(p_organisation uuid) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
declare here uuid := ctx.centre(); colleagues uuid[]; c record; found_one boolean := false;
begin
  if here is null or not ctx.has('agent') then return false; end if;
  select array_agg(distinct m.person_id) into colleagues from vn.membership m join vn.centre k on k.id = m.centre_id
   where m.centre_id = here and m.organisation_id = p_organisation and m.role = 'agent' and m.during @> (ctx.now() at time zone k.tz)::date;
  for c in select distinct k.id, k.tz from vn.person_centre pc join vn.centre k on k.id = pc.centre_id where pc.person_id = any (colleagues) and k.id <> here loop
    perform set_config('app.centre', c.id::text, true);
    found_one := exists (select from vn.membership m where m.centre_id = c.id and m.person_id = any (colleagues) and m.role = 'agent' and m.during @> (ctx.now() at time zone c.tz)::date);
    exit when found_one;
  end loop;
  perform set_config('app.centre', here::text, true);
  return found_one;
end $$;
grant execute on function vn.serves_another_centre(uuid) to vn_agent;
reset role;
