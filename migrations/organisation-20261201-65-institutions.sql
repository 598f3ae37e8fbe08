-- Sign-in of institutions: the OpenID Connect providers of a centre, and who is who there.
set local role vn_owner;
create table vn.sign_in_provider (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  issuer text not null check (length(issuer) between 8 and 500),
  client_id text not null check (length(client_id) between 1 and 200),
  -- The secret, under the installation's key.
  sealed bytea not null,
  label_da text not null check (length(label_da) between 1 and 60),
  label_en text not null check (length(label_en) between 1 and 60),
  kind text not null check (kind in ('mitid_erhverv', 'unilogin', 'wayf', 'other')),
  scope text not null check (length(scope) between 6 and 300),
  idp_values text not null default '' check (length(idp_values) <= 200),
  -- Which claim is what; never one that may hold a civil registration number.
  subject_claim text not null check (length(subject_claim) between 1 and 100 and subject_claim !~* 'cpr'),
  email_claim text check (length(email_claim) between 1 and 100 and email_claim !~* 'cpr'),
  company_claim text check (length(company_claim) between 1 and 100 and company_claim !~* 'cpr'),
  company_numbers text[] not null default '{}',
  enabled boolean not null default false,
  version int not null default 1,
  primary key (centre_id, id),
  check (scope !~* 'cpr')
);
-- Which person of the centre a provider's subject is. The subject itself is not kept, only its hash under the installation's key.
create table vn.linked_identity (
  centre_id uuid not null,
  id uuid not null,
  provider_id uuid not null,
  person_id uuid not null references vn.person,
  subject_hash bytea not null,
  linked_at timestamptz not null,
  used_at timestamptz,
  primary key (centre_id, id),
  unique (centre_id, provider_id, subject_hash),
  unique (centre_id, provider_id, person_id),
  foreign key (centre_id, provider_id) references vn.sign_in_provider on delete cascade
);
call vn.tenant('vn.sign_in_provider', 'true', '(select ctx.has(''administrator''))');
call vn.tenant('vn.linked_identity', 'person_id = (select ctx.person())');
grant select (centre_id, id, issuer, client_id, label_da, label_en, kind, scope, idp_values, subject_claim, email_claim, company_claim, company_numbers, enabled, version),
  insert (centre_id, id, issuer, client_id, sealed, label_da, label_en, kind, scope, idp_values, subject_claim, email_claim, company_claim, company_numbers),
  update (issuer, client_id, sealed, label_da, label_en, kind, scope, idp_values, subject_claim, email_claim, company_claim, company_numbers, version) on vn.sign_in_provider to vn_staff;
grant select (centre_id, id, provider_id, person_id, linked_at, used_at) on vn.linked_identity to vn_staff;
reset role;

set local role vn_gate;
-- What one issuer, or one claim, says of a person means nothing at another: whoever was joined joins anew.
create function vn.provider_changed() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  delete from vn.linked_identity l where l.centre_id = new.centre_id and l.provider_id = new.id;
  return null;
end $$;
-- What the sign-in page offers beside mail and passkey.
create function vn.open_providers() returns table (id uuid, centre text, label_da text, label_en text)
language plpgsql stable security definer set search_path = vn, pg_temp rows 3 as $$
declare c record; before text := current_setting('app.centre', true);
begin
  for c in select k.id, k.name from vn.centre k order by k.name loop
    perform set_config('app.centre', c.id::text, true);
    continue when not 'provider' = any ((vn.rules_of(c.id)).ways);
    return query select p.id, c.name, p.label_da, p.label_en from vn.sign_in_provider p where p.centre_id = c.id and p.enabled order by p.label_da, p.id;
  end loop;
  perform set_config('app.centre', coalesce(before, ''), true);
end $$;
-- One that is switched on, with what only the sign-in itself reads.
create function vn.find_provider(p_id uuid) returns setof vn.sign_in_provider
language plpgsql stable security definer set search_path = vn, pg_temp rows 1 as $$
declare c record; before text := current_setting('app.centre', true);
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    return query select p.* from vn.sign_in_provider p where p.centre_id = c.id and p.id = p_id and p.enabled and 'provider' = any ((vn.rules_of(c.id)).ways);
  end loop;
  perform set_config('app.centre', coalesce(before, ''), true);
end $$;
/* Who of the centre a subject is. Unknown so far: the person of the centre whose address the provider has verified, if nobody was joined to that person before. `joined` is true then.
   No row: nobody. */
create function vn.person_behind(p_id uuid, p_centre uuid, p_provider uuid, p_subject bytea, p_verified_email text) returns table (person_id uuid, joined boolean, name text, email text, language text)
language plpgsql security definer set search_path = vn, pg_temp as $$
declare v uuid; new_one boolean := false;
begin
  perform set_config('app.centre', p_centre::text, true);
  update vn.linked_identity l set used_at = ctx.now() where l.centre_id = p_centre and l.provider_id = p_provider and l.subject_hash = p_subject returning l.person_id into v;
  if v is null and p_verified_email is not null then
    select p.id into v from vn.person p join vn.centre c on c.id = p_centre
     where lower(p.email) = lower(p_verified_email) and exists (select from vn.hats(p_centre, p.id, (ctx.now() at time zone c.tz)::date));
    insert into vn.linked_identity (centre_id, id, provider_id, person_id, subject_hash, linked_at, used_at)
      select p_centre, p_id, p_provider, v, p_subject, ctx.now(), ctx.now() where v is not null on conflict do nothing;
    new_one := found;
    if not new_one then v := null; end if;
  end if;
  return query select p.id, new_one, p.name, p.email, p.language from vn.person p where p.id = v;
end $$;
-- Joins oneself to a subject, in place of an earlier one: linked · stale (not confirmed lately) · taken (somebody else is joined to it)
create function vn.link_identity(p_id uuid, p_session uuid, p_provider uuid, p_subject bytea) returns text
language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not vn.confirmed(p_session) then return 'stale'; end if;
  delete from vn.linked_identity l where l.centre_id = ctx.centre() and l.provider_id = p_provider and l.person_id = ctx.person();
  insert into vn.linked_identity (centre_id, id, provider_id, person_id, subject_hash, linked_at) values (ctx.centre(), p_id, p_provider, ctx.person(), p_subject, ctx.now()) on conflict do nothing;
  return case when found then 'linked' else 'taken' end;
end $$;
create function vn.my_identities() returns table (provider_id uuid, label_da text, label_en text, linked_at timestamptz, used_at timestamptz)
language sql stable security definer set search_path = vn, pg_temp rows 2 as $$
  select p.id, p.label_da, p.label_en, l.linked_at, l.used_at from vn.sign_in_provider p
    left join vn.linked_identity l on l.centre_id = p.centre_id and l.provider_id = p.id and l.person_id = ctx.person()
   where p.centre_id = ctx.centre() and (p.enabled or l.id is not null) order by p.label_da, p.id;
$$;
create function vn.unlink_identity(p_provider uuid) returns boolean language sql security definer set search_path = vn, pg_temp as $$
  with gone as (delete from vn.linked_identity l where l.centre_id = ctx.centre() and l.provider_id = p_provider and l.person_id = ctx.person() returning 1) select exists (select from gone);
$$;

-- Whether the centre could be got into if this provider were off. Asked under the lock on the centre, so that rules and providers are changed one after the other.
create function vn.way_without(p_provider uuid) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('administrator') then raise exception 'forbidden' using errcode = '42501'; end if;
  perform from vn.centre c where c.id = ctx.centre() for update;
  return 'mail' = any ((vn.rules_of(ctx.centre())).ways) or exists (select from vn.sign_in_provider p where p.centre_id = ctx.centre() and p.enabled and p.id <> p_provider);
end $$;
-- done · changed (somebody wrote it meanwhile) · last_way (the only way left into the centre)
create function vn.switch_provider(p_id uuid, p_on boolean, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not vn.way_without(p_id) and not p_on then return 'last_way'; end if;
  update vn.sign_in_provider p set enabled = p_on, version = p.version + 1 where p.centre_id = ctx.centre() and p.id = p_id and p.version = p_version;
  return case when found then 'done' else 'changed' end;
end $$;
create function vn.remove_provider(p_id uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not vn.way_without(p_id) then return 'last_way'; end if;
  delete from vn.sign_in_provider p where p.centre_id = ctx.centre() and p.id = p_id;
  return case when found then 'done' else 'changed' end;
end $$;
/* Writes how the centre lets in, and ends what no longer fits: done · changed · no_way (nothing would be left) · locks_out (who writes came by a way that would be closed, so nobody knows
   that another works). `ended` counts sessions. */
create function vn.write_sign_in_rules(p_life int, p_idle int, p_ways text[], p_version int, p_session uuid) returns table (result text, ended int)
language plpgsql security definer set search_path = vn, pg_temp as $$
declare r vn.sign_in_rules;
begin
  if not ctx.has('administrator') then raise exception 'forbidden' using errcode = '42501'; end if;
  perform from vn.centre c where c.id = ctx.centre() for update;
  r := vn.rules_of(ctx.centre());
  ended := 0;
  if r.version <> p_version then result := 'changed'; return next; return; end if;
  if not 'mail' = any (p_ways) then
    if not ('provider' = any (p_ways) and exists (select from vn.sign_in_provider p where p.centre_id = ctx.centre() and p.enabled)) then result := 'no_way'; return next; return; end if;
    if not exists (select from vn.session s where s.id = p_session and s.way = any (p_ways)) then result := 'locks_out'; return next; return; end if;
  end if;
  insert into vn.sign_in_rules as x (centre_id, life_minutes, idle_minutes, ways, version) values (ctx.centre(), p_life, p_idle, p_ways, 1)
    on conflict (centre_id) do update set life_minutes = p_life, idle_minutes = p_idle, ways = p_ways, version = x.version + 1;
  r := vn.rules_of(ctx.centre());
  update vn.session s set ended_at = ctx.now(), ended_because = 'rules'
   where s.centre_id = ctx.centre() and s.ended_at is null and s.expires_at > ctx.now() and vn.session_until(s.way, s.created_at, s.seen_at, r) <= ctx.now();
  get diagnostics ended = row_count;
  update vn.session s set expires_at = vn.session_until(s.way, s.created_at, s.seen_at, r) where s.centre_id = ctx.centre() and s.ended_at is null and s.expires_at > ctx.now();
  result := 'done';
  return next;
end $$;
grant execute on function vn.open_providers(), vn.find_provider(uuid), vn.person_behind(uuid, uuid, uuid, bytea, text) to vn_visitor, vn_staff, vn_agent, vn_ministry;
grant execute on function vn.link_identity(uuid, uuid, uuid, bytea), vn.my_identities(), vn.unlink_identity(uuid) to vn_staff, vn_agent, vn_ministry;
grant execute on function vn.way_without(uuid), vn.switch_provider(uuid, boolean, int), vn.remove_provider(uuid), vn.write_sign_in_rules(int, int, text[], int, uuid) to vn_staff;
grant execute on function vn.provider_changed() to vn_owner;
reset role;

set local role vn_owner;
create trigger t1_changed after update of issuer, subject_claim on vn.sign_in_provider for each row
  when (old.issuer <> new.issuer or old.subject_claim <> new.subject_claim) execute function vn.provider_changed();
reset role;
