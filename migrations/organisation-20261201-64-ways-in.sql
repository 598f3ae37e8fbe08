-- Ways in: how a session began and how long it may live by its centre's rules, passkeys, and what was begun and is not finished yet.
set local role vn_owner;
alter table vn.session
  add way text not null default 'mail' check (way in ('mail', 'invitation', 'operator', 'passkey', 'provider', 'demonstration')),
  -- When whoever sits there last showed that it is the person: by the mailbox or a passkey, not by a centre's provider.
  add confirmed_at timestamptz,
  drop constraint session_ended_because_check,
  add check (ended_because in ('signed_out', 'revoked', 'left', 'again', 'rules'));
alter table vn.sign_in_token add way text not null default 'mail' check (way in ('mail', 'invitation', 'operator'));
update vn.sign_in_token set way = 'invitation' where code_hash is null;

-- How a centre lets in; no row: the defaults of vn.rules_of.
create table vn.sign_in_rules (
  centre_id uuid primary key references vn.centre,
  life_minutes int not null check (life_minutes between 60 and 43200),
  idle_minutes int not null check (idle_minutes between 15 and 20160),
  -- A passkey is added by somebody who got in before, so it alone is no way in.
  ways text[] not null check (ways <@ '{mail,passkey,provider}' and ('mail' = any (ways) or 'provider' = any (ways))),
  version int not null
);
call vn.tenant('vn.sign_in_rules', 'true');
grant select on vn.sign_in_rules to vn_staff;

create table vn.passkey (
  id uuid primary key,
  person_id uuid not null references vn.person,
  credential_id bytea not null unique check (octet_length(credential_id) between 1 and 1023),
  public_key bytea not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  name text not null check (length(name) between 1 and 60),
  made_at timestamptz not null,
  used_at timestamptz
);
create index passkey_person on vn.passkey (person_id);
grant select, insert, update, delete on vn.passkey to vn_gate;

-- One challenge or state each, by its hash; taken once.
create table vn.sign_in_attempt (
  hash bytea primary key,
  purpose text not null check (purpose in ('add_passkey', 'use_passkey', 'provider', 'link')),
  person_id uuid,
  session_id uuid,
  centre_id uuid,
  provider_id uuid,
  -- The browser that began it, by the hash of its cookie.
  browser_hash bytea,
  -- What the answer is checked with, under the installation's key.
  sealed bytea,
  expires_at timestamptz not null
);
create index sign_in_attempt_old on vn.sign_in_attempt (expires_at);
grant select, insert, delete on vn.sign_in_attempt to vn_gate;
reset role;

set local role vn_gate;
create function vn.rules_of(p_centre uuid) returns vn.sign_in_rules language sql stable security definer set search_path = vn, pg_temp as $$
  select coalesce((select r from vn.sign_in_rules r where r.centre_id = p_centre), row(p_centre, 43200, 20160, '{mail,passkey,provider}'::text[], 0)::vn.sign_in_rules);
$$;
/* When a session is over. One whose way is closed is over at once. Invitations and the operator's links open a centre without codes by mail too, for an hour:
   time to join one's login, or to mend what locked everybody out. */
create function vn.session_until(p_way text, p_created timestamptz, p_seen timestamptz, r vn.sign_in_rules) returns timestamptz language sql stable as $$
  select case when p_way in ('mail', 'passkey', 'provider') and not p_way = any (r.ways) then '-infinity'::timestamptz
              else least(p_created + case when p_way in ('invitation', 'operator') and not 'mail' = any (r.ways) then interval '1 hour' else make_interval(mins => r.life_minutes) end,
                         p_seen + make_interval(mins => r.idle_minutes)) end;
$$;

-- As before, and by the centre's rules of this moment: what was made stricter ends what no longer fits, whoever was just signing in.
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
  if s.seen_at < p_now - least(interval '5 minutes', make_interval(mins => r.idle_minutes) / 10) then
    update vn.session x set seen_at = p_now, expires_at = vn.session_until(s.way, s.created_at, p_now, r) where x.id = s.id and x.ended_at is null;
  end if;
  return query select s.id, s.person_id, s.centre_id, zone, s.school_id, s.organisation_id, s.as_coordinator, held;
end $$;

drop function vn.start_session(uuid, bytea, uuid, text, timestamptz);
/* Opens a session for a person who was recognised, in the first centre where the person is something today and that lets in by this way; a provider's only in its own centre.
   started · nothing (nothing to sign in to) · closed (not by this way). */
create function vn.start_session(p_session uuid, p_token_hash bytea, p_person uuid, p_device text, p_way text, p_centre uuid) returns text
language plpgsql security definer set search_path = vn, pg_temp as $$
declare c record; h record; until_when timestamptz; closed boolean := false; sure timestamptz := case when p_way <> 'provider' then ctx.now() end;
begin
  for c in select k.id, k.tz from vn.person_centre pc join vn.centre k on k.id = pc.centre_id where pc.person_id = p_person and (p_centre is null or k.id = p_centre) order by k.key loop
    perform set_config('app.centre', c.id::text, true);
    select * into h from vn.hats(c.id, p_person, (ctx.now() at time zone c.tz)::date) limit 1;
    continue when not found;
    until_when := vn.session_until(p_way, ctx.now(), ctx.now(), vn.rules_of(c.id));
    if until_when <= ctx.now() then
      closed := true;
      continue;
    end if;
    insert into vn.session (id, token_hash, person_id, centre_id, school_id, organisation_id, as_coordinator, device, created_at, seen_at, expires_at, way, confirmed_at)
      values (p_session, p_token_hash, p_person, c.id, h.school_id, h.organisation_id, h.as_coordinator, left(p_device, 200), ctx.now(), ctx.now(), until_when, p_way, sure);
    return 'started';
  end loop;
  perform set_config('app.centre', '', true);
  if p_centre is null and exists (select from vn.national_role n where n.person_id = p_person and n.during @> (ctx.now() at time zone 'Europe/Copenhagen')::date) then
    insert into vn.session (id, token_hash, person_id, device, created_at, seen_at, expires_at, way, confirmed_at)
      values (p_session, p_token_hash, p_person, left(p_device, 200), ctx.now(), ctx.now(), vn.session_until(p_way, ctx.now(), ctx.now(), vn.rules_of(null)), p_way, sure);
    return 'started';
  end if;
  return case when closed then 'closed' else 'nothing' end;
end $$;

drop function vn.request_sign_in(uuid, text, bytea, bytea);
-- As before, for ten minutes (OWASP ASVS 6.5.5); `open` is false where every centre of the person is closed to codes by mail. The mail then says so: the screen says the same to everybody.
create function vn.request_sign_in(p_id uuid, p_email text, p_code_hash bytea, p_link_hash bytea) returns table (person_id uuid, name text, language text, open boolean)
language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.person; c record; may boolean; found_one boolean := false; before text := current_setting('app.centre', true);
begin
  select * into p from vn.person x where lower(x.email) = lower(p_email);
  if not found then return; end if;
  may := exists (select from vn.national_role n where n.person_id = p.id);
  for c in select pc.centre_id from vn.person_centre pc where pc.person_id = p.id loop
    found_one := true;
    perform set_config('app.centre', c.centre_id::text, true);
    may := may or 'mail' = any ((vn.rules_of(c.centre_id)).ways);
  end loop;
  perform set_config('app.centre', coalesce(before, ''), true);
  -- Whoever is signed in may always show once more who it is; it opens no session.
  may := may or not found_one or coalesce(ctx.person() = p.id, false);
  if may then
    update vn.sign_in_token t set used_at = ctx.now() where t.person_id = p.id and t.used_at is null and t.code_hash is not null;
    insert into vn.sign_in_token (id, person_id, code_hash, link_hash, created_at, expires_at) values (p_id, p.id, p_code_hash, p_link_hash, ctx.now(), ctx.now() + interval '10 minutes');
  end if;
  return query select p.id, p.name, p.language, may;
end $$;
create or replace function vn.invite_link(p_id uuid, p_person uuid, p_link_hash bytea) returns void
language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not exists (select from vn.person_centre pc where pc.person_id = p_person and pc.centre_id = ctx.centre()) then raise exception 'not of this centre' using errcode = '42501'; end if;
  insert into vn.sign_in_token (id, person_id, link_hash, created_at, expires_at, way) values (p_id, p_person, p_link_hash, ctx.now(), ctx.now() + interval '7 days', 'invitation');
end $$;
drop function vn.redeem_link(bytea);
create function vn.redeem_link(p_link_hash bytea) returns table (person uuid, way text)
language sql security definer set search_path = vn, pg_temp rows 1 as $$
  update vn.sign_in_token t set used_at = ctx.now() where t.link_hash = p_link_hash and t.used_at is null and t.expires_at > ctx.now() returning t.person_id, t.way;
$$;

drop function vn.wear_hat(uuid, uuid, uuid, boolean);
-- Puts on a hat that is one's own today, under a new token: what could be done under the old one cannot be done with it any more. False when the hat is not one's own.
create function vn.wear_hat(p_session uuid, p_token_hash bytea, p_school uuid, p_organisation uuid, p_coordinator boolean) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not exists (select from vn.my_hats() h where h.school_id is not distinct from p_school and h.organisation_id is not distinct from p_organisation and h.as_coordinator = p_coordinator) then return false; end if;
  update vn.session s set token_hash = p_token_hash, school_id = p_school, organisation_id = p_organisation, as_coordinator = p_coordinator
   where s.id = p_session and s.person_id = ctx.person() and s.ended_at is null;
  return found;
end $$;
-- A demonstration's clock moves what was confirmed too.
create or replace function vn.move_clock(p_offset bigint) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
declare moved interval;
begin
  select make_interval(secs => p_offset - i.clock_offset_seconds) into moved from vn.instance i where i.kind = 'demonstration' for update;
  if not found then return false; end if;
  update vn.instance set clock_offset_seconds = p_offset;
  update vn.session set created_at = created_at + moved, seen_at = seen_at + moved, expires_at = expires_at + moved, confirmed_at = confirmed_at + moved where ended_at is null;
  delete from vn.rate;
  return true;
end $$;

-- Whether whoever sits there showed within ten minutes that it is the person: what changes the ways in asks for it.
create function vn.confirmed(p_session uuid) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select exists (select from vn.session s where s.id = p_session and s.person_id = ctx.person() and s.ended_at is null and s.confirmed_at > ctx.now() - interval '10 minutes');
$$;
create function vn.confirm_session(p_session uuid) returns void language sql security definer set search_path = vn, pg_temp as $$
  update vn.session s set confirmed_at = ctx.now() where s.id = p_session and s.person_id = ctx.person() and s.ended_at is null;
$$;

-- Ends all of one's sessions but one, after a way in was changed or a device was lost. How many.
create function vn.end_other_sessions(p_session uuid) returns int language sql security definer set search_path = vn, pg_temp as $$
  with ended as (update vn.session s set ended_at = ctx.now(), ended_because = 'revoked' where s.person_id = ctx.person() and s.id <> p_session and s.ended_at is null and s.expires_at > ctx.now() returning 1)
  select count(*)::int from ended;
$$;

create function vn.begin_attempt(p_hash bytea, p_purpose text, p_session uuid, p_centre uuid, p_provider uuid, p_browser_hash bytea, p_sealed bytea) returns void
language sql security definer set search_path = vn, pg_temp as $$
  insert into vn.sign_in_attempt (hash, purpose, person_id, session_id, centre_id, provider_id, browser_hash, sealed, expires_at)
    values (p_hash, p_purpose, ctx.person(), p_session, p_centre, p_provider, p_browser_hash, p_sealed, ctx.now() + case when p_purpose in ('provider', 'link') then interval '10 minutes' else interval '5 minutes' end);
$$;
-- Taken once, whatever becomes of it; an old one is gone too, and answers nothing.
create function vn.take_attempt(p_hash bytea, p_purposes text[]) returns table (purpose text, person_id uuid, session_id uuid, centre_id uuid, provider_id uuid, browser_hash bytea, sealed bytea)
language sql security definer set search_path = vn, pg_temp rows 1 as $$
  with taken as (delete from vn.sign_in_attempt a where a.hash = p_hash and a.purpose = any (p_purposes) returning a.*)
  select t.purpose, t.person_id, t.session_id, t.centre_id, t.provider_id, t.browser_hash, t.sealed from taken t where t.expires_at > ctx.now();
$$;
-- For the house, every minute.
create function vn.forget_attempts() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') or ctx.person() is not null then raise exception 'forbidden' using errcode = '42501'; end if;
  delete from vn.sign_in_attempt a where a.expires_at <= ctx.now();
end $$;

create function vn.my_passkeys() returns table (id uuid, name text, made_at timestamptz, used_at timestamptz, credential_id bytea, transports text[])
language sql stable security definer set search_path = vn, pg_temp rows 3 as $$
  select p.id, p.name, p.made_at, p.used_at, p.credential_id, p.transports from vn.passkey p where p.person_id = ctx.person() order by p.made_at, p.id;
$$;
-- added · stale (not confirmed lately) · enough (twenty) · known (the authenticator has one already)
create function vn.add_passkey(p_id uuid, p_session uuid, p_credential bytea, p_key bytea, p_counter bigint, p_transports text[], p_name text) returns text
language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not vn.confirmed(p_session) then return 'stale'; end if;
  perform from vn.person p where p.id = ctx.person() for update;
  if (select count(*) from vn.passkey p where p.person_id = ctx.person()) >= 20 then return 'enough'; end if;
  insert into vn.passkey (id, person_id, credential_id, public_key, counter, transports, name, made_at)
    values (p_id, ctx.person(), p_credential, p_key, p_counter, p_transports, p_name, ctx.now()) on conflict (credential_id) do nothing;
  return case when found then 'added' else 'known' end;
end $$;
create function vn.rename_passkey(p_id uuid, p_name text) returns boolean language sql security definer set search_path = vn, pg_temp as $$
  with named as (update vn.passkey p set name = p_name where p.id = p_id and p.person_id = ctx.person() returning 1) select exists (select from named);
$$;
-- The name of what was removed; null: no such passkey of one's own.
create function vn.remove_passkey(p_id uuid) returns text language sql security definer set search_path = vn, pg_temp as $$
  delete from vn.passkey p where p.id = p_id and p.person_id = ctx.person() returning p.name;
$$;
create function vn.find_passkey(p_credential bytea) returns table (id uuid, person_id uuid, public_key bytea, counter bigint, transports text[])
language sql stable security definer set search_path = vn, pg_temp rows 1 as $$
  select p.id, p.person_id, p.public_key, p.counter, p.transports from vn.passkey p where p.credential_id = p_credential;
$$;
-- Notes a use; false where the counter did not grow: somebody may have copied the key. Authenticators without a counter always say nought.
create function vn.use_passkey(p_id uuid, p_counter bigint) returns boolean language sql security definer set search_path = vn, pg_temp as $$
  with used as (update vn.passkey p set counter = p_counter, used_at = ctx.now() where p.id = p_id and (p_counter > p.counter or (p_counter = 0 and p.counter = 0)) returning 1) select exists (select from used);
$$;

revoke execute on function vn.session_until(text, timestamptz, timestamptz, vn.sign_in_rules) from public;
grant execute on function vn.start_session(uuid, bytea, uuid, text, text, uuid), vn.request_sign_in(uuid, text, bytea, bytea), vn.redeem_link(bytea), vn.begin_attempt(bytea, text, uuid, uuid, uuid, bytea, bytea),
  vn.take_attempt(bytea, text[]), vn.find_passkey(bytea), vn.use_passkey(uuid, bigint) to vn_visitor, vn_staff, vn_agent, vn_ministry;
grant execute on function vn.wear_hat(uuid, bytea, uuid, uuid, boolean), vn.confirmed(uuid), vn.confirm_session(uuid), vn.end_other_sessions(uuid), vn.my_passkeys(), vn.add_passkey(uuid, uuid, bytea, bytea, bigint, text[], text),
  vn.rename_passkey(uuid, text), vn.remove_passkey(uuid) to vn_staff, vn_agent, vn_ministry;
grant execute on function vn.forget_attempts(), vn.rules_of(uuid) to vn_staff;
grant execute on function vn.post_mail(uuid, text, text, text, text) to vn_ministry; -- the ministry's reader hears of a new passkey too
reset role;
