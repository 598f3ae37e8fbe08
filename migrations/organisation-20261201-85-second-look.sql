-- A second, hostile look at keys and webhooks: what somebody who left still holds, a secret that leaked, and what a list tells of a place that one is no longer at.
set local role vn_owner;
-- Until when the secret before this one signs beside it.
alter table vn.webhook add old_secret_until timestamptz;
alter table vn.webhook drop constraint webhook_off_because_check, add constraint webhook_off_because_check check (off_because in ('owner', 'failing', 'gone', 'left'));
grant update (sealed, old_secret_until) on vn.webhook to vn_staff;
reset role;

set local role vn_gate;
/* As in migration 74, but what is a school's own is not even put down for somebody who is nothing there today: when and how often it happened would stand in the list. */
create or replace function vn.queue_webhooks() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not exists (select from vn.webhook w where w.centre_id = ctx.centre() and w.off_at is null) then return null; end if;
  insert into vn.webhook_delivery (centre_id, id, webhook_id, person_id, entry_id, due_at, made_at)
    with live as materialized (
      select w.centre_id, w.id, w.person_id, w.kinds, case when vn.webhook_roles(w.person_id, w.school_id, w.as_coordinator) <> '{}' then w.school_id end at_school
        from vn.webhook w where w.centre_id = ctx.centre() and w.off_at is null)
    select w.centre_id, gen_random_uuid(), w.id, w.person_id, f.id, ctx.now(), ctx.now()
      from fresh f join live w on w.centre_id = f.centre_id
       and (w.kinds is null or f.kind = any (w.kinds)) and (f.school_id is null or f.school_id = w.at_school);
  return null;
end $$;

drop function vn.my_webhooks();
-- One's own webhooks, with whether they are paused, and how their last thirty days went.
create function vn.my_webhooks() returns table (id uuid, name text, host text, kinds text[], as_coordinator boolean, place text, made_at timestamptz, off_because text, off_at timestamptz,
  paused boolean, failing_since timestamptz, old_secret_until timestamptz, waiting int, delivered int, given_up int)
language sql stable security definer set search_path = vn, pg_temp rows 10 as $$
  select w.id, w.name, w.host, w.kinds, w.as_coordinator, s.name, w.made_at, w.off_because, w.off_at,
         vn.webhook_roles(w.person_id, w.school_id, w.as_coordinator) = '{}', w.failing_since, case when w.old_secret_until > ctx.now() then w.old_secret_until end, d.waiting, d.delivered, d.given_up
    from vn.webhook w
    left join vn.school s on s.centre_id = w.centre_id and s.id = w.school_id
    cross join lateral (select count(*) filter (where x.state = 'waiting')::int waiting, count(*) filter (where x.state = 'delivered')::int delivered,
                               count(*) filter (where x.state = 'given_up')::int given_up
                          from vn.webhook_delivery x where x.centre_id = w.centre_id and x.webhook_id = w.id) d
   where w.centre_id = ctx.centre() and w.person_id = ctx.person()
   order by w.id desc;
$$;

drop function vn.keys();
/* One's own keys, and the machines' that one may end; the newest first. `maker_gone`: whoever made a machine's key saw it once, and could not make it today. */
create function vn.keys() returns table (id uuid, name text, beginning text, machine_role text, school_id uuid, organisation_id uuid, as_coordinator boolean, place text, writes boolean,
  made_by text, maker_gone boolean, created_at timestamptz, expires_at timestamptz, used_at timestamptz, ended_at timestamptz)
language sql stable security definer set search_path = vn, pg_temp rows 20 as $$
  select k.id, k.name, k.beginning, k.machine_role, k.school_id, k.organisation_id, k.as_coordinator, coalesce(s.name, o.name), k.writes, p.name,
         k.machine_role is not null and not exists (select from vn.membership m where m.centre_id = k.centre_id and m.person_id = k.made_by and m.during @> (ctx.now() at time zone c.tz)::date
           and (m.role = 'administrator' or (m.role = 'manager' and m.school_id = k.school_id and k.machine_role in ('consultant', 'manager')))),
         k.created_at, k.expires_at, k.used_at, k.ended_at
    from vn.api_key k
    join vn.centre c on c.id = k.centre_id
    join vn.person p on p.id = k.made_by
    left join vn.school s on s.centre_id = k.centre_id and s.id = k.school_id
    left join vn.organisation o on o.centre_id = k.centre_id and o.id = k.organisation_id
   where k.centre_id = ctx.centre()
     and case when k.machine_role is null then k.person_id = ctx.person() else vn.may_give_key(k.machine_role, k.school_id) end
   order by k.id desc;
$$;

-- As in migration 72, and webhooks are switched off: whoever comes back next year switches on what is still wanted.
create or replace function vn.end_sessions_of(p_person uuid) returns int
language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  if not (ctx.has('administrator') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.session s set ended_at = ctx.now(), ended_because = 'left' where s.person_id = p_person and s.centre_id = ctx.centre() and s.ended_at is null;
  get diagnostics n = row_count;
  update vn.api_key k set ended_at = ctx.now(), ended_by = ctx.person() where k.person_id = p_person and k.machine_role is null and k.centre_id = ctx.centre() and k.ended_at is null;
  update vn.webhook w set off_at = ctx.now(), off_because = 'left' where w.person_id = p_person and w.centre_id = ctx.centre() and w.off_at is null;
  return n;
end $$;

-- As in migration 66, with webhooks: their names and hosts are the person's own words.
create or replace function vn.erase_staff(p_person uuid, p_do boolean) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare here uuid := ctx.centre(); other record; answer text := 'done';
begin
  if not ctx.has('data_protection') then raise exception 'forbidden' using errcode = '42501'; end if;
  if not exists (select from vn.person_centre x where x.person_id = p_person and x.centre_id = here) then return 'unknown'; end if;
  for other in select x.centre_id, c.tz from vn.person_centre x join vn.centre c on c.id = x.centre_id where x.person_id = p_person loop
    perform set_config('app.centre', other.centre_id::text, true);
    if exists (select from vn.membership m where m.centre_id = other.centre_id and m.person_id = p_person and (upper_inf(m.during) or upper(m.during) > (ctx.now() at time zone other.tz)::date)) then
      if other.centre_id = here then answer := 'still_here'; elsif answer = 'done' then answer := 'other_centre'; end if;
    end if;
  end loop;
  perform set_config('app.centre', here::text, true);
  if answer = 'done' and exists (select from vn.national_role n where n.person_id = p_person and (upper_inf(n.during) or upper(n.during) > ctx.now()::date)) then answer := 'other_centre'; end if;
  if answer = 'done' and p_do then
    update vn.person p set name = 'slettet person', email = 'slettet-' || p.id || '@slettet.invalid', phone = null where p.id = p_person;
    delete from vn.session s where s.person_id = p_person;
    delete from vn.sign_in_token t where t.person_id = p_person;
    delete from vn.passkey k where k.person_id = p_person;
    delete from vn.api_key k where k.person_id = p_person and k.machine_role is null;
    for other in select x.centre_id from vn.person_centre x where x.person_id = p_person loop
      perform set_config('app.centre', other.centre_id::text, true);
      delete from vn.linked_identity l where l.person_id = p_person;
      delete from vn.webhook w where w.person_id = p_person;
    end loop;
    perform set_config('app.centre', here::text, true);
  end if;
  return answer;
end $$;
revoke execute on function vn.my_webhooks(), vn.keys() from public;
grant execute on function vn.my_webhooks() to vn_staff;
grant execute on function vn.keys() to vn_staff, vn_agent;
reset role;
