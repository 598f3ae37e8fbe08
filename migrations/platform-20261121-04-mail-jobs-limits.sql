-- Mail that leaves in the background, the job queue's own room, and rate limits that all server processes share.
do $$
declare r text;
begin
  foreach r in array array['vn_jobs', 'vn_post'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I nologin nosuperuser nobypassrls', r);
    end if;
  end loop;
  grant vn_jobs, vn_post to vn_app;
  execute format('grant vn_jobs to %I', current_user);
end $$;
-- pg-boss looks after its own tables as their owner; payloads hold ids only, so no row policy stands here.
create schema pgboss authorization vn_jobs;
grant usage on schema ctx, vn to vn_post;

set local role vn_owner;
create table vn.mail (
  id uuid primary key,
  centre_id uuid references vn.centre,
  at timestamptz not null,
  to_address text not null check (length(to_address) between 3 and 320),
  subject text not null check (length(subject) between 1 and 300),
  text text not null,
  calendar text,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  sent_at timestamptz
);
create index mail_newest on vn.mail (at desc, id desc);
grant select, insert on vn.mail to vn_gate;
-- The only audience that reads mail: the job that sends it, and a demonstration's mailbox.
grant select, update (state, sent_at) on vn.mail to vn_post;
grant select (only_row, kind) on vn.instance to vn_post;

create unlogged table vn.rate (key text primary key, since timestamptz not null, count int not null);
grant select, insert, update, delete on vn.rate to vn_gate;
reset role;

set local role vn_gate;
create function vn.post_mail(p_id uuid, p_to text, p_subject text, p_text text, p_calendar text) returns void
language sql security definer set search_path = vn, pg_temp as $$
  insert into vn.mail (id, centre_id, at, to_address, subject, text, calendar) values (p_id, ctx.centre(), ctx.now(), p_to, p_subject, p_text, p_calendar);
$$;
-- Counts one more for a key in a fixed window; false when there were enough.
create function vn.take_rate(p_key text, p_count int, p_seconds int, p_now timestamptz) returns boolean
language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  insert into vn.rate as r (key, since, count) values (p_key, p_now, 1)
    on conflict (key) do update set
      count = case when r.since <= p_now - make_interval(secs => p_seconds) then 1 else r.count + 1 end,
      since = case when r.since <= p_now - make_interval(secs => p_seconds) then p_now else r.since end
    returning r.count into n;
  return n <= p_count;
end $$;
create function vn.forget_rates(p_before timestamptz) returns void language sql security definer set search_path = vn, pg_temp as $$ delete from vn.rate where since < p_before; $$;
grant execute on function vn.post_mail(uuid, text, text, text, text) to vn_visitor, vn_staff, vn_agent;
grant execute on function vn.take_rate(text, int, int, timestamptz), vn.forget_rates(timestamptz) to vn_app;
reset role;
