-- Webhooks (row X.2): another system is told that something happened around a company, as ids and a word. It is never told of anything that the owner may not read
-- at that moment: what is delivered is read by the owner's own row policies.
set local role vn_owner;
create table vn.webhook (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  -- Whose rights it has, under the hat worn when it was made.
  person_id uuid not null references vn.person,
  school_id uuid,
  as_coordinator boolean not null,
  name text not null check (length(name) between 1 and 80),
  -- All that is shown of where it goes: the address may be a secret itself, and is sealed with the secret.
  host text not null check (length(host) between 1 and 300),
  sealed bytea not null,
  -- Null: every kind.
  kinds text[] check (cardinality(kinds) between 1 and 100),
  made_at timestamptz not null,
  off_at timestamptz,
  off_because text check (off_because in ('owner', 'failing', 'gone')),
  failing_since timestamptz,
  -- The owner was told that it fails.
  told_at timestamptz,
  -- While somebody delivers, when another one may.
  busy_until timestamptz,
  primary key (centre_id, id),
  foreign key (centre_id, school_id) references vn.school,
  check ((off_at is null) = (off_because is null))
);
create index webhook_person on vn.webhook (centre_id, person_id);
-- One line for each webhook and event: sent again, it keeps its number, by which a receiver knows it.
create table vn.webhook_delivery (
  centre_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  person_id uuid not null,
  -- Null: a test.
  entry_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'given_up', 'withheld')),
  tries int not null default 0 check (tries >= 0),
  due_at timestamptz not null,
  tried_at timestamptz,
  -- What the receiver answered last, or why there was no answer.
  status int,
  fault text check (fault ~ '^[a-z_]+$'),
  made_at timestamptz not null,
  primary key (centre_id, id),
  foreign key (centre_id, webhook_id) references vn.webhook on delete cascade,
  foreign key (centre_id, entry_id) references vn.timeline_entry on delete cascade,
  unique (centre_id, webhook_id, entry_id)
);
create index webhook_delivery_due on vn.webhook_delivery (centre_id, webhook_id, due_at) where state = 'waiting';
create index webhook_delivery_made on vn.webhook_delivery (centre_id, made_at);
create index webhook_delivery_entry on vn.webhook_delivery (centre_id, entry_id);

call vn.tenant('vn.webhook', 'person_id = (select ctx.person())');
call vn.tenant('vn.webhook_delivery', 'person_id = (select ctx.person())');
-- Staff write tests only; what is about an event comes from the trigger.
create policy seen_entry on vn.webhook_delivery as restrictive for insert to vn_staff
  with check (entry_id is null and exists (select from vn.webhook w where w.centre_id = webhook_delivery.centre_id and w.id = webhook_delivery.webhook_id));
grant select, insert, delete on vn.webhook to vn_staff;
grant update (off_at, off_because, failing_since, told_at, busy_until) on vn.webhook to vn_staff;
grant select, insert on vn.webhook_delivery to vn_staff;
grant update (state, tries, due_at, tried_at, status, fault) on vn.webhook_delivery to vn_staff;
reset role;

set local role vn_gate;
-- In the transaction of the event, so what is rolled back is told to nobody. By statement, for an import brings a hundred thousand; without webhooks it is one look at an empty index.
create function vn.queue_webhooks() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not exists (select from vn.webhook w where w.centre_id = ctx.centre() and w.off_at is null) then return null; end if;
  insert into vn.webhook_delivery (centre_id, id, webhook_id, person_id, entry_id, due_at, made_at)
    select w.centre_id, gen_random_uuid(), w.id, w.person_id, f.id, ctx.now(), ctx.now()
      from fresh f join vn.webhook w on w.centre_id = f.centre_id and w.off_at is null
       and (w.kinds is null or f.kind = any (w.kinds)) and (f.school_id is null or f.school_id = w.school_id);
  return null;
end $$;

-- What an owner is today under the hat of the webhook; nothing: it is paused.
create function vn.webhook_roles(p_person uuid, p_school uuid, p_coordinator boolean) returns text[]
language sql stable security definer set search_path = vn, pg_temp as $$
  select case when (p_coordinator and not 'coordinator' = any (h.roles)) or not h.roles && array['consultant', 'manager', 'coordinator']
              or (p_school is not null and not vn.school_here(p_school, h.today)) then '{}' else h.roles end
    from (select t.today, vn.roles_under_hat(ctx.centre(), p_person, p_school, null, p_coordinator, t.today) roles
            from (select (ctx.now() at time zone c.tz)::date today from vn.centre c where c.id = ctx.centre()) t) h;
$$;

-- One's own webhooks, with whether they are paused, and how their last thirty days went.
create function vn.my_webhooks() returns table (id uuid, name text, host text, kinds text[], as_coordinator boolean, place text, made_at timestamptz, off_because text, off_at timestamptz,
  paused boolean, failing_since timestamptz, waiting int, delivered int, given_up int)
language sql stable security definer set search_path = vn, pg_temp rows 10 as $$
  select w.id, w.name, w.host, w.kinds, w.as_coordinator, s.name, w.made_at, w.off_because, w.off_at,
         vn.webhook_roles(w.person_id, w.school_id, w.as_coordinator) = '{}', w.failing_since, d.waiting, d.delivered, d.given_up
    from vn.webhook w
    left join vn.school s on s.centre_id = w.centre_id and s.id = w.school_id
    cross join lateral (select count(*) filter (where x.state = 'waiting')::int waiting, count(*) filter (where x.state = 'delivered')::int delivered,
                               count(*) filter (where x.state = 'given_up')::int given_up
                          from vn.webhook_delivery x where x.centre_id = w.centre_id and x.webhook_id = w.id) d
   where w.centre_id = ctx.centre() and w.person_id = ctx.person()
   order by w.id desc;
$$;

-- For the house alone: webhooks with something due that nobody delivers just now. Old deliveries go on the way.
create function vn.due_webhooks(p_days int) returns setof uuid
language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  delete from vn.webhook_delivery d where d.centre_id = ctx.centre() and d.made_at < ctx.now() - make_interval(days => p_days);
  return query select w.id from vn.webhook w
    where w.centre_id = ctx.centre() and w.off_at is null and (w.busy_until is null or w.busy_until <= ctx.now())
      and exists (select from vn.webhook_delivery d where d.centre_id = w.centre_id and d.webhook_id = w.id and d.state = 'waiting' and d.due_at <= ctx.now());
end $$;

/* For the house alone: takes a webhook's turn, for so long that a server which died gives it back. No row: off, gone, or somebody has it.
   Without roles the owner is nothing here any more: what waits is withheld and never sent of itself. */
create function vn.take_webhook(p_webhook uuid, p_seconds int) returns table (person_id uuid, school_id uuid, as_coordinator boolean, roles text[])
language plpgsql security definer set search_path = vn, pg_temp rows 1 as $$
declare w vn.webhook; held text[];
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into w from vn.webhook x where x.centre_id = ctx.centre() and x.id = p_webhook and x.off_at is null and (x.busy_until is null or x.busy_until <= ctx.now()) for update skip locked;
  if not found then return; end if;
  held := vn.webhook_roles(w.person_id, w.school_id, w.as_coordinator);
  if held = '{}' then
    update vn.webhook_delivery d set state = 'withheld' where d.centre_id = w.centre_id and d.webhook_id = w.id and d.state = 'waiting' and d.due_at <= ctx.now();
    return;
  end if;
  update vn.webhook x set busy_until = ctx.now() + make_interval(secs => p_seconds) where x.centre_id = w.centre_id and x.id = w.id;
  return query select w.person_id, w.school_id, w.as_coordinator, held;
end $$;
revoke execute on function vn.queue_webhooks(), vn.webhook_roles(uuid, uuid, boolean), vn.my_webhooks(), vn.due_webhooks(int), vn.take_webhook(uuid, int) from public;
grant execute on function vn.my_webhooks(), vn.due_webhooks(int), vn.take_webhook(uuid, int) to vn_staff;
grant execute on function vn.queue_webhooks() to vn_owner;
reset role;

set local role vn_owner;
create trigger t3_webhooks after insert on vn.timeline_entry referencing new table as fresh for each statement execute function vn.queue_webhooks();
reset role;
