-- What goes wrong outside (issue 5): a database that takes no changes still lets in whoever is signed in, a clock that was put back locks nobody out,
-- and a server with the application's login alone can see that the database is not of its version.
grant select on public.vejnet_migration to vn_app;

set local role vn_gate;
/* Whether a window of a limit has ended; also one that begins more than its own length ahead, which only a clock that was put back since can have written.
   Less than that may be another server's clock. */
create function vn.rate_over(p_since timestamptz, p_now timestamptz, p_seconds int) returns boolean language sql immutable set search_path = vn, pg_temp as $$
  select p_since <= p_now - make_interval(secs => p_seconds) or p_since > p_now + make_interval(secs => p_seconds);
$$;
revoke execute on function vn.rate_over(timestamptz, timestamptz, int) from public;
-- As in migration 04, with the end of a window from the function above.
create or replace function vn.take_rate(p_key text, p_count int, p_seconds int, p_now timestamptz) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  insert into vn.rate as r (key, since, count) values (p_key, p_now, 1)
    on conflict (key) do update set
      count = case when vn.rate_over(r.since, p_now, p_seconds) then 1 else r.count + 1 end,
      since = case when vn.rate_over(r.since, p_now, p_seconds) then p_now else r.since end
    returning r.count into n;
  return n <= p_count;
end $$;
-- As in migration 72, likewise.
create or replace function vn.open_api_key(p_token_hash bytea, p_now timestamptz, p_count int, p_seconds int)
returns table (key_id uuid, writes boolean, remaining int, resets int, person_id uuid, centre_id uuid, tz text, school_id uuid, organisation_id uuid, as_coordinator boolean, roles text[])
language plpgsql security definer set search_path = vn, pg_temp rows 1 as $$
declare k vn.api_key; zone text; held text[]; n int; began timestamptz;
begin
  select * into k from vn.api_key x where x.token_hash = p_token_hash and x.ended_at is null and x.expires_at > p_now;
  if not found then return; end if;
  insert into vn.rate as r (key, since, count) values ('api-key ' || k.id, p_now, 1)
    on conflict (key) do update set
      count = case when vn.rate_over(r.since, p_now, p_seconds) then 1 else r.count + 1 end,
      since = case when vn.rate_over(r.since, p_now, p_seconds) then p_now else r.since end
    returning r.count, r.since into n, began;
  perform set_config('app.centre', k.centre_id::text, true);
  select c.tz into zone from vn.centre c where c.id = k.centre_id;
  if k.machine_role is null then held := vn.roles_under_hat(k.centre_id, k.person_id, k.school_id, k.organisation_id, k.as_coordinator, (p_now at time zone zone)::date);
  elsif k.school_id is null or vn.school_here(k.school_id, (p_now at time zone zone)::date) then held := array[k.machine_role];
  else held := '{}'; end if;
  if held = '{}' or (k.as_coordinator and not 'coordinator' = any (held)) then return; end if;
  if k.used_at is null or k.used_at < p_now - interval '5 minutes' then
    update vn.api_key x set used_at = p_now where x.centre_id = k.centre_id and x.id = k.id and x.ended_at is null;
  end if;
  return query select k.id, k.writes, p_count - n, greatest(1, ceil(extract(epoch from began + make_interval(secs => p_seconds) - p_now))::int),
    k.person_id, k.centre_id, zone, k.school_id, k.organisation_id, k.as_coordinator, held;
end $$;
-- As in migration 64, but that a session was used is not written where nothing can be written.
create or replace function vn.open_session(p_token_hash bytea, p_now timestamptz)
returns table (session_id uuid, person_id uuid, centre_id uuid, tz text, school_id uuid, organisation_id uuid, as_coordinator boolean, roles text[])
language plpgsql security definer set search_path = vn, pg_temp as $$
declare s vn.session; r vn.sign_in_rules; zone text; held text[];
begin
  select * into s from vn.session x where x.token_hash = p_token_hash and x.ended_at is null and x.expires_at > p_now;
  if not found then return; end if;
  if s.centre_id is null then
    select coalesce(array_agg(n.role), '{}') into held from vn.national_role n where n.person_id = s.person_id and n.during @> (p_now at time zone 'Europe/Copenhagen')::date;
    zone := 'Europe/Copenhagen';
  else
    perform set_config('app.centre', s.centre_id::text, true);
    select c.tz into zone from vn.centre c where c.id = s.centre_id;
    held := vn.roles_under_hat(s.centre_id, s.person_id, s.school_id, s.organisation_id, s.as_coordinator, (p_now at time zone zone)::date);
  end if;
  if held = '{}' or (s.as_coordinator and not 'coordinator' = any (held)) then return; end if;
  r := vn.rules_of(s.centre_id);
  if vn.session_until(s.way, s.created_at, s.seen_at, r) <= p_now then return; end if;
  if not current_setting('transaction_read_only')::boolean and s.seen_at < p_now - least(interval '5 minutes', make_interval(mins => r.idle_minutes) / 10) then
    update vn.session x set seen_at = p_now, expires_at = vn.session_until(s.way, s.created_at, p_now, r) where x.id = s.id and x.ended_at is null;
  end if;
  return query select s.id, s.person_id, s.centre_id, zone, s.school_id, s.organisation_id, s.as_coordinator, held;
end $$;
reset role;
