-- The two walls of tenant separation: database roles per audience, and row policies from one template.
-- Roles belong to the whole cluster and may exist already.
do $$
declare r text;
begin
  foreach r in array array['vn_owner', 'vn_gate', 'vn_visitor', 'vn_staff', 'vn_agent', 'vn_ministry'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I nologin nosuperuser nobypassrls', r);
    end if;
  end loop;
  -- The application's login: owns nothing, inherits nothing, may only become an audience.
  if not exists (select from pg_roles where rolname = 'vn_app') then
    create role vn_app login nosuperuser nobypassrls noinherit;
  end if;
  grant vn_visitor, vn_staff, vn_agent, vn_ministry to vn_app;
  execute format('grant vn_owner, vn_gate to %I', current_user);
end $$;

create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create schema ctx authorization vn_owner;
create schema vn authorization vn_owner;
grant usage on schema ctx, vn to vn_app, vn_gate, vn_visitor, vn_staff, vn_agent, vn_ministry;
grant create on schema vn to vn_gate;
alter default privileges for role vn_owner revoke execute on functions from public;
alter default privileges for role vn_gate revoke execute on functions from public;

set local role vn_owner;
-- Who acts, where and when: set once per transaction by the platform, read by policies and functions.
create function ctx.centre() returns uuid language sql stable parallel safe as $$ select nullif(current_setting('app.centre', true), '')::uuid $$;
create function ctx.school() returns uuid language sql stable parallel safe as $$ select nullif(current_setting('app.school', true), '')::uuid $$;
create function ctx.person() returns uuid language sql stable parallel safe as $$ select nullif(current_setting('app.person', true), '')::uuid $$;
create function ctx.has(role text) returns boolean language sql stable parallel safe as $$ select role = any (string_to_array(coalesce(current_setting('app.roles', true), ''), ',')) $$;
-- The injected clock reaches SQL too; now() would be another one.
create function ctx.now() returns timestamptz language sql stable parallel safe as $$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;
grant execute on all functions in schema ctx to public;

-- The template of every tenant table. The restrictive policy binds everybody, the owner and the gate included.
create procedure vn.tenant(t regclass, row_rule text, write_rule text default null) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy tenant on %s as restrictive for all to public using (centre_id = (select ctx.centre())) with check (centre_id = (select ctx.centre()))', t);
  if write_rule is null then
    execute format('create policy row_rule on %s for all to vn_staff using (%s) with check (%s)', t, row_rule, row_rule);
  else
    -- What one may read is not what one may change: a policy for all would let the reading rule choose the rows of an update.
    execute format('create policy row_rule on %s for select to vn_staff using (%s)', t, row_rule);
    execute format('create policy add_rule on %s for insert to vn_staff with check (%s)', t, write_rule);
    execute format('create policy change_rule on %s for update to vn_staff using (%s) with check (%s)', t, write_rule, write_rule);
    execute format('create policy remove_rule on %s for delete to vn_staff using (%s)', t, write_rule);
  end if;
  execute format('create policy gate on %s for all to vn_gate using (true) with check (true)', t);
  execute format('grant select, insert, update, delete on %s to vn_gate', t);
end $$;

-- What kind of installation this database is. Demonstration mode refuses any database that it did not make.
create table vn.instance (
  only_row boolean primary key default true check (only_row),
  kind text not null check (kind in ('live', 'demonstration')),
  -- The demonstration's date switch moves the clock by this much.
  clock_offset_seconds bigint not null default 0
);
grant select, update (clock_offset_seconds) on vn.instance to vn_app;
grant select (only_row, kind) on vn.instance to vn_visitor, vn_staff, vn_agent, vn_ministry;

-- Every POST may carry an Idempotency-Key; the first answer is kept and given again for a day.
create table vn.idempotency (
  person_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  request_hash text not null,
  status int,
  answer text,
  at timestamptz not null,
  primary key (person_id, key)
);
grant select, insert, update, delete on vn.idempotency to vn_gate;
reset role;

set local role vn_gate;
-- Returns the kept answer, or claims the key. A second request with the same key waits here until the first has committed or rolled back.
create function vn.claim_idempotency(p_key text, p_hash text) returns table (status int, answer text, hash_differs boolean)
language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  delete from vn.idempotency i where i.person_id = ctx.person() and i.key = p_key and i.at < ctx.now() - interval '1 day';
  insert into vn.idempotency (person_id, key, request_hash, at) values (ctx.person(), p_key, p_hash, ctx.now()) on conflict do nothing;
  if found then return; end if;
  return query select i.status, i.answer, i.request_hash <> p_hash from vn.idempotency i where i.person_id = ctx.person() and i.key = p_key;
end $$;
create function vn.keep_answer(p_key text, p_status int, p_answer text) returns void
language sql security definer set search_path = vn, pg_temp as $$
  update vn.idempotency set status = p_status, answer = p_answer where person_id = ctx.person() and key = p_key;
$$;
grant execute on function vn.claim_idempotency(text, text), vn.keep_answer(text, int, text) to vn_staff, vn_agent, vn_ministry;
reset role;
