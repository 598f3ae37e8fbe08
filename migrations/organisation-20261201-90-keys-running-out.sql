-- A key in use that runs out within two weeks is told of once, before what hangs on it stops by itself.
set local role vn_owner;
alter table vn.api_key add told_at timestamptz;
create index api_key_untold on vn.api_key (centre_id, expires_at) where told_at is null and ended_at is null;
reset role;

set local role vn_gate;
/* Takes the keys that run out before p_until and were used, each once, and answers whom to tell: its owner; of a machine whoever made the key, while they may still
   end it, otherwise the administrators of today. */
create function vn.keys_to_tell(p_until timestamptz) returns table (name text, machine boolean, expires_at timestamptz, person text, email text, language text)
language plpgsql security definer set search_path = vn, pg_temp rows 5 as $$
declare today date;
begin
  if not ctx.has('coordinator') or ctx.person() is not null then raise exception 'forbidden' using errcode = '42501'; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  return query
    with due as (
      update vn.api_key k set told_at = ctx.now()
       where k.centre_id = ctx.centre() and k.told_at is null and k.ended_at is null and k.used_at is not null and k.expires_at > ctx.now() and k.expires_at <= p_until
      returning k.*
    ), keepers as (
      select d.id, m.person_id, m.person_id = d.made_by maker from due d join vn.membership m on m.centre_id = d.centre_id and m.during @> today
       where d.machine_role is not null and (m.role = 'administrator' or (m.role = 'manager' and m.person_id = d.made_by and m.school_id = d.school_id))
    )
    select d.name, d.machine_role is not null, d.expires_at, p.name, p.email, p.language
      from due d join vn.person p on case when d.machine_role is null then p.id = d.person_id and exists (select from vn.membership m where m.centre_id = d.centre_id and m.person_id = p.id and m.during @> today)
        else p.id in (select k.person_id from keepers k where k.id = d.id and (k.maker or not exists (select from keepers x where x.id = d.id and x.maker))) end
     where p.email is not null
     order by d.id, p.id;
end $$;
revoke execute on function vn.keys_to_tell(timestamptz) from public;
grant execute on function vn.keys_to_tell(timestamptz) to vn_staff;
reset role;
