-- The call queue behind three gates, the calls, their corrections, and objections that hold in every centre.
set local role vn_owner;
alter table vn.relation
  -- A number that the centre was told instead of the register's, and numbers that nobody calls any more (their last eight digits).
  add phone text check (length(phone) between 3 and 30),
  add refused_numbers text[] not null default '{}',
  -- Whether somebody has asked about objections of other centres; the house does.
  add objection_asked boolean not null default false;
create index relation_unasked on vn.relation (centre_id, company_id) where not objection_asked;
-- Which call ended it early; undone with that call, the quarantine stands again.
alter table vn.quarantine add ended_by_call uuid;

create table vn.queue_item (
  centre_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  company_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'leased', 'done', 'withdrawn')),
  closed_because text check (closed_because in ('outcome', 'not_now', 'attempts', 'quarantine', 'objection', 'protected', 'ceased', 'no_phone', 'campaign')),
  -- One column for waiting, the next attempt, a callback and a lease's end: who comes next is one order.
  available_at timestamptz not null,
  -- A callback that somebody promised comes before the rest.
  promised boolean not null default false,
  only_for uuid references vn.person,
  attempts smallint not null default 0,
  -- Fences off whoever held it before, and is the key of the outcome.
  lease_no int not null default 0,
  claimed_by uuid references vn.person,
  claimed_at timestamptz,
  held_from timestamptz,
  live boolean generated always as (case when state in ('waiting', 'leased') then true end) stored,
  not_struck boolean generated always as (case when state in ('waiting', 'leased') then false end) stored,
  primary key (centre_id, id),
  constraint queue_item_once unique (centre_id, campaign_id, company_id),
  check ((state in ('done', 'withdrawn')) = (closed_because is not null)),
  check (state <> 'leased' or claimed_by is not null),
  -- Live only while the company may be called, the hearing is closed, and no school has struck it.
  constraint gate_company foreign key (centre_id, company_id, live) references vn.relation (centre_id, company_id, callable),
  constraint gate_hearing foreign key (centre_id, campaign_id, live) references vn.campaign (centre_id, id, heard),
  constraint gate_strike foreign key (centre_id, campaign_id, company_id, not_struck) references vn.target (centre_id, campaign_id, company_id, struck)
);
create unique index queue_one_live on vn.queue_item (centre_id, company_id) where live;
create unique index queue_one_lease on vn.queue_item (centre_id, campaign_id, claimed_by) where state = 'leased';
create index queue_next on vn.queue_item (centre_id, campaign_id, promised desc, available_at, id) where live;
create index queue_company on vn.queue_item (centre_id, company_id);
create index queue_resting on vn.queue_item (centre_id, campaign_id) where closed_because in ('quarantine', 'not_now');

create table vn.call (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  -- Null where it was no call of a campaign.
  campaign_id uuid,
  queue_item_id uuid,
  lease_no int,
  direction text not null check (direction in ('in', 'out')),
  route text not null check (route in ('call_centre', 'consultants', 'other_actors', 'company_network')),
  person_id uuid not null references vn.person,
  at timestamptz not null,
  -- The centre's day: quarantines count from it.
  day date not null,
  outcome text not null check (outcome in ('wants_contact', 'not_now', 'not_interested', 'no_answer', 'call_back', 'wrong_number', 'coordinator_needed')),
  -- Why a company drops out (row 2.36).
  reason text check (reason in ('time', 'internal', 'no_need', 'other')),
  note text check (length(note) <= 2000),
  callback_at timestamptz,
  contact_id uuid,
  contact_made boolean not null default false,
  refused_number text,
  objection boolean not null default false,
  -- From the claim to the outcome: effort per contact (row 2.33), summed over all, never shown per person.
  seconds int check (seconds >= 0),
  undone_at timestamptz,
  needs boolean not null generated always as (outcome in ('wrong_number', 'coordinator_needed')) stored,
  decided_at timestamptz,
  decided_by uuid references vn.person,
  decision text check (decision in ('requeued', 'closed')),
  decision_note text check (length(decision_note) <= 500),
  -- When the objection had reached the other centres.
  spread_at timestamptz,
  primary key (centre_id, id),
  constraint call_once unique (centre_id, queue_item_id, lease_no),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, campaign_id) references vn.campaign,
  foreign key (centre_id, queue_item_id) references vn.queue_item,
  check ((queue_item_id is null) = (lease_no is null)),
  check ((outcome = 'call_back') = (callback_at is not null)),
  check ((decided_at is null) = (decision is null))
);
create index call_newest on vn.call (centre_id, at desc, id desc);
create index call_company on vn.call (centre_id, company_id, at desc);
create index call_campaign on vn.call (centre_id, campaign_id, at desc, id desc);
create index call_item on vn.call (centre_id, queue_item_id);
create index call_person on vn.call (centre_id, person_id, at desc, id desc);
create index call_undecided on vn.call (centre_id, at) where needs and decided_at is null and undone_at is null;
create index call_unspread on vn.call (centre_id, at) where objection and spread_at is null and undone_at is null;
create table vn.call_correction (
  centre_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  was text not null,
  became text not null,
  reason text not null check (length(reason) between 1 and 500),
  at timestamptz not null,
  person_id uuid not null references vn.person,
  primary key (centre_id, id),
  foreign key (centre_id, call_id) references vn.call
);
create index call_correction_call on vn.call_correction (centre_id, call_id, at);
-- "Never call us" holds in every centre: a keyed hash of the company number and nothing else. It counts who asked, so that one undone call takes only its own away.
create table vn.suppression (hash bytea primary key, since date not null, cause text not null check (cause in ('objection')), times int not null check (times > 0));

-- What another school's consultant was told would say why a company is not available. So: one's own calls, and the company one is calling now.
call vn.tenant('vn.queue_item', '(select ctx.has(''coordinator'')) or (claimed_by = (select ctx.person()) and state = ''leased'')', 'false');
call vn.tenant('vn.call', '(select ctx.has(''coordinator'')) or person_id = (select ctx.person())', 'false');
call vn.tenant('vn.call_correction', '(select ctx.has(''coordinator''))', 'false');
-- Only the gate writes them: no key of theirs can be tried by hand.
create policy seen_nowhere on vn.queue_item as restrictive for insert to vn_staff with check (false);
create policy seen_nowhere on vn.call as restrictive for insert to vn_staff with check (false);
create policy seen_nowhere on vn.call_correction as restrictive for insert to vn_staff with check (false);
-- What a call ended early is the coordinator's to read, as the quarantine itself.
grant select on vn.queue_item, vn.call, vn.call_correction to vn_staff;
grant select, insert, update, delete on vn.suppression to vn_gate;
reset role;

set local role vn_gate;
create function vn.digits(p_number text) returns text language sql immutable parallel safe set search_path = vn, pg_temp as $$ select right(regexp_replace(p_number, '\D', '', 'g'), 8) $$;

-- A company that becomes blocked leaves every queue first; the foreign key then proves it.
create function vn.relation_gate() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if new.objection or new.quarantined or (new.protected and new.exception is null) then
    update vn.queue_item q set state = 'withdrawn', closed_because = case when new.objection then 'objection' when new.quarantined then 'quarantine' else 'protected' end
     where q.centre_id = new.centre_id and q.company_id = new.company_id and q.live;
  end if;
  return new;
end $$;
-- A campaign that is over has no queue.
create function vn.campaign_gate() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.queue_item q set state = 'withdrawn', closed_because = 'campaign' where q.centre_id = new.centre_id and q.campaign_id = new.id and q.live;
  return new;
end $$;

-- Puts a campaign's companies into its queue, as many as may be called now and are in no other; later also those back whose peace is over. Set by set: a list may be a hundred thousand.
create function vn.fill_queue(p_campaign uuid, p_first boolean) returns int language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int; m int; back uuid[];
begin
  if not exists (select from vn.campaign k where k.centre_id = ctx.centre() and k.id = p_campaign and k.heard) then return 0; end if;
  insert into vn.queue_item (centre_id, id, campaign_id, company_id, available_at)
    select s.centre_id, gen_random_uuid(), s.campaign_id, s.company_id, ctx.now() from (
      select t.centre_id, t.campaign_id, t.company_id
        from vn.target t join vn.relation r on r.centre_id = t.centre_id and r.company_id = t.company_id left join vn.unit u on u.id = t.unit_id
       where t.centre_id = ctx.centre() and t.campaign_id = p_campaign and not t.struck and r.callable and (not coalesce(u.protected, false) or r.exception is not null)
         and (p_first or not exists (select from vn.queue_item o where o.centre_id = t.centre_id and o.company_id = t.company_id and (o.campaign_id = t.campaign_id or o.live)))
       -- Waits for whoever is blocking one of them, and then leaves it out; the foreign key would refuse them all.
       order by t.company_id for key share of r) s
    on conflict do nothing; -- in another queue already: queue_one_live decides
  get diagnostics n = row_count;
  if p_first then return n; end if;
  select array_agg(q.id) into back from vn.queue_item q join vn.relation r on r.centre_id = q.centre_id and r.company_id = q.company_id
   where q.centre_id = ctx.centre() and q.campaign_id = p_campaign and r.callable
     and q.closed_because in ('quarantine', 'not_now')
     and not exists (select from vn.queue_item o where o.centre_id = q.centre_id and o.company_id = q.company_id and o.live);
  if back is null then return n; end if;
  -- Relation before item, like everybody.
  perform from vn.relation r where r.centre_id = ctx.centre() and r.company_id in (select q.company_id from vn.queue_item q where q.centre_id = ctx.centre() and q.id = any (back)) order by r.company_id for key share;
  update vn.queue_item q set state = 'waiting', closed_because = null, claimed_by = null, promised = false, only_for = null, attempts = 0, available_at = ctx.now()
    from vn.relation r where q.centre_id = ctx.centre() and q.id = any (back) and r.centre_id = q.centre_id and r.company_id = q.company_id and r.callable and not coalesce(q.live, false);
  get diagnostics m = row_count;
  return n + m;
end $$;
-- What the house does when time has passed: quarantines over, companies that were in another queue.
create function vn.fill_queues() returns int language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int := 0; k uuid;
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  for k in select c.id from vn.campaign c where c.centre_id = ctx.centre() and c.heard order by c.hearing_closed_at, c.id loop
    n := n + vn.fill_queue(k, false);
  end loop;
  return n;
end $$;

-- By which route the one who asks may call, if at all; null for everybody else.
create function vn.calling_route() returns text language sql stable set search_path = vn, pg_temp as $$
  select case when ctx.has('agent') then 'call_centre' when ctx.has('consultant') then 'consultants' end;
$$;
-- How a campaign stands for whoever would call in it. Null: there is none for that person. An agreement is asked for whenever an agent asks (row 2.42).
create function vn.calling_state(p_campaign uuid, p_organisation uuid) returns text language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare k vn.campaign;
begin
  select * into k from vn.campaign x where x.centre_id = ctx.centre() and x.id = p_campaign and x.hearing_opened_at is not null;
  if not found or not (ctx.has('coordinator') or vn.calling_route() = any (k.routes)) then return null; end if;
  if ctx.has('agent') and not (vn.agreement_holds(p_organisation) and exists (
      select from vn.membership m join vn.centre c on c.id = m.centre_id
       where m.centre_id = ctx.centre() and m.person_id = ctx.person() and m.organisation_id = p_organisation and m.role = 'agent' and m.during @> (ctx.now() at time zone c.tz)::date)) then return 'no_agreement'; end if;
  return case when k.ended_at is not null then 'ended' when k.hearing_closed_at is null then 'hearing' when k.paused then 'paused' else 'open' end;
end $$;
-- The number to call: the one that the centre was told, then the unit's, then the company's; never one that somebody refused.
create function vn.number_of(p_company uuid, p_unit uuid) returns text language sql stable security definer set search_path = vn, pg_temp as $$
  select p.number from vn.relation r join vn.company c on c.id = r.company_id left join vn.unit u on u.id = p_unit
   cross join lateral unnest(array[r.phone, u.phone, c.phone]) with ordinality p (number, place)
   where r.centre_id = ctx.centre() and r.company_id = p_company and p.number is not null and not vn.digits(p.number) = any (r.refused_numbers)
   order by p.place limit 1;
$$;
-- Why a company of a queue cannot be called after all, as the register knows it this minute.
create function vn.unfit(p_campaign uuid, p_company uuid) returns text language sql stable security definer set search_path = vn, pg_temp as $$
  select case when (c.protected or coalesce(u.protected, false)) and r.exception is null then 'protected'
              when c.status = 'ceased' then 'ceased'
              when vn.number_of(t.company_id, t.unit_id) is null then 'no_phone' end
    from vn.target t join vn.relation r on r.centre_id = t.centre_id and r.company_id = t.company_id join vn.company c on c.id = t.company_id left join vn.unit u on u.id = t.unit_id
   where t.centre_id = ctx.centre() and t.campaign_id = p_campaign and t.company_id = p_company;
$$;
-- Takes the next company for ten minutes; whoever holds one gets the same again. Null: there is none now, and the state says why.
create function vn.claim_next(p_campaign uuid, p_organisation uuid) returns uuid language plpgsql security definer set search_path = vn, pg_temp as $$
declare q vn.queue_item; s vn.outreach_setting; why text;
begin
  if vn.calling_route() is null or vn.calling_state(p_campaign, p_organisation) is distinct from 'open' then return null; end if;
  s := vn.outreach_settings();
  perform pg_advisory_xact_lock(hashtextextended(ctx.person()::text || p_campaign::text, 10)); -- two tabs, one company
  select * into q from vn.queue_item x where x.centre_id = ctx.centre() and x.campaign_id = p_campaign and x.claimed_by = ctx.person() and x.state = 'leased' for update skip locked;
  if found then
    update vn.queue_item x set available_at = ctx.now() + make_interval(mins => s.lease_minutes) where x.centre_id = q.centre_id and x.id = q.id;
    return q.id;
  end if;
  loop
    select * into q from vn.queue_item x
     where x.centre_id = ctx.centre() and x.campaign_id = p_campaign and x.live and x.available_at <= ctx.now()
       and (x.only_for is null or x.only_for = ctx.person() or x.available_at + make_interval(mins => s.callback_grace_minutes) <= ctx.now())
     order by x.promised desc, x.available_at, x.id limit 1 for update of x skip locked;
    if not found then return null; end if;
    why := vn.unfit(p_campaign, q.company_id);
    exit when why is null;
    update vn.queue_item x set state = 'withdrawn', closed_because = why where x.centre_id = q.centre_id and x.id = q.id;
  end loop;
  update vn.queue_item x set state = 'leased', claimed_by = ctx.person(), claimed_at = ctx.now(), held_from = q.available_at, only_for = null, lease_no = q.lease_no + 1, available_at = ctx.now() + make_interval(mins => s.lease_minutes)
   where x.centre_id = q.centre_id and x.id = q.id;
  return q.id;
end $$;
-- All that a caller ever reads of a company, and only while holding it.
create function vn.call_card(p_item uuid)
returns table (item uuid, lease_no int, lease_until timestamptz, claimed_at timestamptz, attempts int, company uuid, name text, town text, phone text, industry text, size_from int, size_to int, facts jsonb,
  campaign uuid, campaign_name text, goal text, why text, scripts jsonb, earlier jsonb)
language sql stable security definer set search_path = vn, pg_temp as $$
  select q.id, q.lease_no, q.available_at, q.claimed_at, q.attempts::int, case when ctx.has('consultant') then q.company_id end, c.name, coalesce(u.town, c.town), vn.number_of(q.company_id, t.unit_id),
    coalesce(u.industry_text, c.industry_text, (select i.title from vn.industry i where i.scheme = c.scheme and i.code = c.industry_code)),
    case when u.size_from is null then c.size_from else u.size_from end, case when u.size_from is null then c.size_to else u.size_to end, t.facts,
    k.id, k.name, k.goal, k.why,
    coalesce((select jsonb_object_agg(x.language, x.text) from vn.campaign_script x where x.centre_id = k.centre_id and x.campaign_id = k.id), '{}'),
    -- A consultant reads the own calls only: what others were told is not for a competitor.
    coalesce((select jsonb_agg(jsonb_build_object('day', e.day, 'outcome', e.outcome) order by e.at desc) from (
      select e.day, e.outcome, e.at from vn.call e where e.centre_id = q.centre_id and e.company_id = q.company_id and e.undone_at is null and (ctx.has('agent') or e.person_id = ctx.person()) order by e.at desc limit 10) e), '[]')
    from vn.queue_item q join vn.target t on t.centre_id = q.centre_id and t.campaign_id = q.campaign_id and t.company_id = q.company_id
    join vn.campaign k on k.centre_id = q.centre_id and k.id = q.campaign_id join vn.company c on c.id = q.company_id left join vn.unit u on u.id = t.unit_id
   where q.centre_id = ctx.centre() and q.id = p_item and q.state = 'leased' and q.claimed_by = ctx.person();
$$;
-- Renews one's lease; null when it went to somebody else or the company left the queue.
create function vn.renew_lease(p_item uuid, p_lease int) returns timestamptz language sql security definer set search_path = vn, pg_temp as $$
  update vn.queue_item q set available_at = ctx.now() + make_interval(mins => (vn.outreach_settings()).lease_minutes)
   where q.centre_id = ctx.centre() and q.id = p_item and q.lease_no = p_lease and q.claimed_by = ctx.person() and q.state = 'leased' returning q.available_at;
$$;
-- Whether the centre has such an item at all: another centre's is not found, another caller's is lost.
create function vn.item_known(p_item uuid) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$ select exists (select from vn.queue_item q where q.centre_id = ctx.centre() and q.id = p_item) $$;
-- Gives a company back unheard: it stands again where it stood.
create function vn.release_lease(p_item uuid, p_lease int) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.queue_item q set state = 'waiting', claimed_by = null, available_at = coalesce(q.held_from, ctx.now())
   where q.centre_id = ctx.centre() and q.id = p_item and q.lease_no = p_lease and q.claimed_by = ctx.person() and q.state = 'leased';
  return found;
end $$;

-- The parts of recording, undoing and correcting. The caller holds the relation, then the item.
create function vn.settle_item(p_item uuid, p_outcome text, p_retry_at timestamptz, p_callback_at timestamptz, p_only_for uuid) returns timestamptz language plpgsql security definer set search_path = vn, pg_temp as $$
declare tried int; next_at timestamptz;
begin
  select count(*) into tried from vn.call c where c.centre_id = ctx.centre() and c.queue_item_id = p_item and c.outcome = 'no_answer' and c.undone_at is null;
  next_at := case when p_outcome = 'call_back' then p_callback_at when p_outcome = 'no_answer' and tried < (vn.outreach_settings()).attempts then p_retry_at end;
  if next_at is null then
    update vn.queue_item q set state = 'done', closed_because = case p_outcome when 'no_answer' then 'attempts' when 'not_now' then 'not_now' else 'outcome' end, attempts = tried, promised = false, only_for = null where q.centre_id = ctx.centre() and q.id = p_item;
  else
    update vn.queue_item q set state = 'waiting', closed_because = null, claimed_by = null, attempts = tried, available_at = next_at, promised = p_outcome = 'call_back', only_for = case when p_outcome = 'call_back' then p_only_for end
     where q.centre_id = ctx.centre() and q.id = p_item;
  end if;
  return next_at;
end $$;
-- What an outcome means for the company's peace: a quarantine, its end, an objection.
create function vn.weigh_outcome(p_call uuid, p_company uuid, p_outcome text, p_day date, p_quarantine uuid, p_until date, p_objection boolean) returns date language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if p_objection then update vn.relation r set objection = true where r.centre_id = ctx.centre() and r.company_id = p_company; end if;
  if p_until is not null then return vn.rest_company(p_quarantine, p_company, p_day, p_until, p_outcome, p_call); end if;
  if p_outcome <> 'wants_contact' then return null; end if;
  update vn.quarantine q set ended_at = ctx.now(), ended_because = 'wants_contact', ended_by_call = p_call where q.centre_id = ctx.centre() and q.company_id = p_company and q.ended_at is null;
  if found then perform vn.weigh_quarantine(p_company); end if;
  return null;
end $$;
-- Takes back what a call meant for the company's peace.
create function vn.unweigh_outcome(p_call uuid, p_company uuid, p_because text) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.quarantine q set ended_at = ctx.now(), ended_because = p_because where q.centre_id = ctx.centre() and q.company_id = p_company and q.call_id = p_call and q.ended_at is null;
  update vn.quarantine q set ended_at = null, ended_because = null, ended_by_call = null where q.centre_id = ctx.centre() and q.company_id = p_company and q.ended_by_call = p_call;
  perform vn.weigh_quarantine(p_company);
end $$;
create function vn.spoken_to(p_company uuid, p jsonb) returns table (contact uuid, made boolean) language plpgsql security definer set search_path = vn, pg_temp as $$
declare v uuid;
begin
  if p -> 'person' is null or jsonb_typeof(p -> 'person') = 'null' then return; end if;
  insert into vn.contact (centre_id, id, company_id, name, role, phone, email, language, basis, source, review_on, created_at)
    values (ctx.centre(), (p ->> 'contact')::uuid, p_company, p #>> '{person,name}', p #>> '{person,role}', p #>> '{person,phone}', p #>> '{person,email}', p #>> '{person,language}', 'public_task', 'Opkald', (p ->> 'review_on')::date, ctx.now())
    on conflict do nothing returning id into v;
  if v is not null then return query select v, true; return; end if;
  return query select k.id, false from vn.contact k where k.centre_id = ctx.centre() and k.company_id = p_company and lower(k.name) = lower(p #>> '{person,name}') and coalesce(lower(k.email), '') = coalesce(lower(p #>> '{person,email}'), '');
end $$;
create function vn.note_call(p_entry uuid, p_company uuid, p_kind text, p_call uuid, p_route text, p_direction text) returns void language sql security definer set search_path = vn, pg_temp as $$
  insert into vn.timeline_entry (centre_id, id, company_id, at, kind, subject, person_id, data) values (ctx.centre(), p_entry, p_company, ctx.now(), p_kind, p_call, ctx.person(), jsonb_build_object('route', p_route, 'direction', p_direction));
$$;

/* Records how a call ended, once per item and lease. `result`: recorded, again (the same call answers), lease_lost, not_found.
   A company that was blocked meanwhile is still recorded. `p` holds what rules.ts worked out: until, retry_at, callback_at, review_on, and ids. */
create function vn.record_outcome(p_call uuid, p_item uuid, p_lease int, p jsonb) returns table (result text, call_id uuid, until date, next_at timestamptz) language plpgsql security definer set search_path = vn, pg_temp as $$
declare q vn.queue_item; c vn.call; r vn.relation; k record; today date; number text; what text := p ->> 'outcome'; objects boolean; stays date; later timestamptz;
begin
  if vn.calling_route() is null then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into q from vn.queue_item x where x.centre_id = ctx.centre() and x.id = p_item;
  if not found then return query select 'not_found', null::uuid, null::date, null::timestamptz; return; end if;
  -- Lock order everywhere: relation, then item.
  select * into r from vn.relation x where x.centre_id = q.centre_id and x.company_id = q.company_id for update;
  select * into q from vn.queue_item x where x.centre_id = q.centre_id and x.id = q.id for update;
  select * into c from vn.call x where x.centre_id = q.centre_id and x.queue_item_id = q.id and x.lease_no = p_lease and x.person_id = ctx.person();
  if found then
    return query select 'again', c.id, (select max(u.until) from vn.quarantine u where u.centre_id = c.centre_id and u.company_id = c.company_id and u.call_id = c.id and u.ended_at is null), case when q.state = 'waiting' then q.available_at end;
    return;
  end if;
  if q.lease_no <> p_lease or q.claimed_by is distinct from ctx.person() then return query select 'lease_lost', null::uuid, null::date, null::timestamptz; return; end if;
  select (ctx.now() at time zone n.tz)::date into today from vn.centre n where n.id = ctx.centre();
  number := case when (p ->> 'refuse_number')::boolean then vn.digits(vn.number_of(q.company_id, (select t.unit_id from vn.target t where t.centre_id = q.centre_id and t.campaign_id = q.campaign_id and t.company_id = q.company_id))) end;
  objects := coalesce((p ->> 'objection')::boolean, false) and not r.objection;
  select * into k from vn.spoken_to(q.company_id, p);
  insert into vn.call (centre_id, id, company_id, campaign_id, queue_item_id, lease_no, direction, route, person_id, at, day, outcome, reason, note, callback_at, contact_id, contact_made, refused_number, objection, seconds)
    values (q.centre_id, p_call, q.company_id, q.campaign_id, q.id, p_lease, 'out', vn.calling_route(), ctx.person(), ctx.now(), today, what, p ->> 'reason', p ->> 'note', (p ->> 'callback_at')::timestamptz, k.contact, coalesce(k.made, false),
      number, objects, greatest(0, extract(epoch from ctx.now() - q.claimed_at))::int);
  if number is not null then update vn.relation x set refused_numbers = x.refused_numbers || number where x.centre_id = q.centre_id and x.company_id = q.company_id; end if;
  if coalesce(q.live, false) then later := vn.settle_item(q.id, what, (p ->> 'retry_at')::timestamptz, (p ->> 'callback_at')::timestamptz, case when (p ->> 'mine')::boolean then ctx.person() end); end if;
  stays := vn.weigh_outcome(p_call, q.company_id, what, today, (p ->> 'quarantine')::uuid, (p ->> 'until')::date, objects);
  perform vn.note_call((p ->> 'entry')::uuid, q.company_id, 'call.made', p_call, vn.calling_route(), 'out');
  return query select 'recorded', p_call, stays, later;
end $$;
/* Takes an outcome back, for the one who recorded it and for as long as `p_seconds`. `result`: undone, too_late, not_found.
   The item comes back to that person under a new lease, unless it may not be called any more; what was claimed meanwhile goes back to its place. */
create function vn.undo_call(p_call uuid, p_entry uuid, p_seconds int) returns table (result text, item uuid) language plpgsql security definer set search_path = vn, pg_temp as $$
declare c vn.call; q vn.queue_item; back uuid;
begin
  select * into c from vn.call x where x.centre_id = ctx.centre() and x.id = p_call and x.person_id = ctx.person();
  if not found then return query select 'not_found', null::uuid; return; end if;
  -- The next company may be on its way to the same person at this very moment: one after the other, or both would be held at once.
  perform pg_advisory_xact_lock(hashtextextended(ctx.person()::text || c.campaign_id::text, 10));
  perform from vn.relation x where x.centre_id = c.centre_id and x.company_id = c.company_id for update;
  select * into q from vn.queue_item x where x.centre_id = c.centre_id and x.id = c.queue_item_id for update;
  select * into c from vn.call x where x.centre_id = c.centre_id and x.id = c.id for update;
  if c.undone_at is not null or c.spread_at is not null or c.at < ctx.now() - make_interval(secs => p_seconds) or q.lease_no > c.lease_no
     or exists (select from vn.call_correction x where x.centre_id = c.centre_id and x.call_id = c.id) then return query select 'too_late', null::uuid; return; end if;
  update vn.call x set undone_at = ctx.now() where x.centre_id = c.centre_id and x.id = c.id;
  update vn.relation x set objection = x.objection and not c.objection,
      refused_numbers = case when c.refused_number is null then x.refused_numbers else array_remove(x.refused_numbers, c.refused_number) end
   where x.centre_id = c.centre_id and x.company_id = c.company_id and (c.objection or c.refused_number is not null);
  perform vn.unweigh_outcome(c.id, c.company_id, 'undone');
  if c.contact_made then delete from vn.contact x where x.centre_id = c.centre_id and x.id = c.contact_id and x.version = 1; end if;
  perform vn.note_call(p_entry, c.company_id, 'call.undone', c.id, c.route, c.direction);
  if c.queue_item_id is not null then
    update vn.queue_item x set state = 'waiting', claimed_by = null, available_at = coalesce(x.held_from, ctx.now())
     where x.centre_id = c.centre_id and x.campaign_id = c.campaign_id and x.claimed_by = ctx.person() and x.state = 'leased';
    begin
      update vn.queue_item x set state = 'leased', closed_because = null, claimed_by = ctx.person(), claimed_at = ctx.now(), held_from = ctx.now(), lease_no = x.lease_no + 1, promised = false, only_for = null,
          attempts = (select count(*) from vn.call o where o.centre_id = c.centre_id and o.queue_item_id = c.queue_item_id and o.outcome = 'no_answer' and o.undone_at is null),
          available_at = ctx.now() + make_interval(mins => (vn.outreach_settings()).lease_minutes)
       where x.centre_id = c.centre_id and x.id = c.queue_item_id;
      back := c.queue_item_id;
    exception when foreign_key_violation or unique_violation then back := null; -- blocked for another reason, or in another queue by now
    end;
  end if;
  return query select 'undone', back;
end $$;
/* Corrects an outcome later, with a reason; the quarantine is worked out again from the call's own day. `result`: corrected, same, undone, not_found. */
create function vn.correct_call(p_call uuid, p_correction uuid, p_reason text, p jsonb) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare c vn.call; q vn.queue_item; what text := p ->> 'outcome';
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into c from vn.call x where x.centre_id = ctx.centre() and x.id = p_call;
  if not found then return 'not_found'; end if;
  perform from vn.relation x where x.centre_id = c.centre_id and x.company_id = c.company_id for update;
  select * into q from vn.queue_item x where x.centre_id = c.centre_id and x.id = c.queue_item_id for update;
  select * into c from vn.call x where x.centre_id = c.centre_id and x.id = c.id for update;
  if c.undone_at is not null then return 'undone'; end if;
  if c.outcome = what then return 'same'; end if;
  insert into vn.call_correction (centre_id, id, call_id, was, became, reason, at, person_id) values (c.centre_id, p_correction, c.id, c.outcome, what, p_reason, ctx.now(), ctx.person());
  update vn.call x set outcome = what, callback_at = (p ->> 'callback_at')::timestamptz, decided_at = null, decided_by = null, decision = null, decision_note = null where x.centre_id = c.centre_id and x.id = c.id;
  perform vn.unweigh_outcome(c.id, c.company_id, 'corrected');
  -- The queue follows the last word about the company, and never takes it out of somebody's hands.
  if c.queue_item_id is not null and q.lease_no = c.lease_no and q.state <> 'leased' then
    begin
      perform vn.settle_item(q.id, what, (p ->> 'retry_at')::timestamptz, (p ->> 'callback_at')::timestamptz, null);
    exception when foreign_key_violation or unique_violation then null; -- it may not be called, or is in another queue
    end;
  end if;
  perform vn.weigh_outcome(c.id, c.company_id, what, c.day, (p ->> 'quarantine')::uuid, (p ->> 'until')::date, false);
  return 'corrected';
end $$;
/* What becomes of a wrong number or a company that needs the coordinator. `result`: decided, decided_already, not_available, not_found. */
create function vn.decide_call(p_call uuid, p_requeue boolean, p_phone text, p_note text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare c vn.call;
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into c from vn.call x where x.centre_id = ctx.centre() and x.id = p_call and x.needs and x.undone_at is null;
  if not found then return 'not_found'; end if;
  perform from vn.relation x where x.centre_id = c.centre_id and x.company_id = c.company_id for update;
  perform from vn.queue_item x where x.centre_id = c.centre_id and x.id = c.queue_item_id for update;
  select * into c from vn.call x where x.centre_id = c.centre_id and x.id = c.id for update;
  if c.decided_at is not null then return 'decided_already'; end if;
  if p_phone is not null then update vn.relation x set phone = p_phone where x.centre_id = c.centre_id and x.company_id = c.company_id; end if;
  if p_requeue then
    begin
      update vn.queue_item x set state = 'waiting', closed_because = null, claimed_by = null, promised = false, only_for = null, attempts = 0, available_at = ctx.now()
       where x.centre_id = c.centre_id and x.id = c.queue_item_id and x.state <> 'leased';
      if not found then return 'not_available'; end if;
    exception when foreign_key_violation or unique_violation then return 'not_available';
    end;
  end if;
  update vn.call x set decided_at = ctx.now(), decided_by = ctx.person(), decision = case when p_requeue then 'requeued' else 'closed' end, decision_note = p_note where x.centre_id = c.centre_id and x.id = c.id;
  return 'decided';
end $$;
/* Whether staff may ring a company on their own account: not in quarantine, no objection, no protection, and not struck by others – a school may always ring whom it struck itself. */
create function vn.may_ring(p_company uuid) returns boolean language sql stable security definer set search_path = vn, pg_temp as $$
  select r.callable and not exists (
           select from vn.target t join vn.campaign k on k.centre_id = t.centre_id and k.id = t.campaign_id and k.heard
            where t.centre_id = r.centre_id and t.company_id = r.company_id and t.struck
              and (select count(*) from vn.hearing h where h.centre_id = k.centre_id and h.campaign_id = k.id) >= 3
              and not exists (select from vn.hearing_mark m where m.centre_id = t.centre_id and m.campaign_id = t.campaign_id and m.company_id = t.company_id and m.school_id = ctx.school() and m.struck))
    from vn.relation r where r.centre_id = ctx.centre() and r.company_id = p_company;
$$;
/* A call that no campaign asked for. `result`: recorded, not_available, not_found. A company that rings itself is never refused. */
create function vn.record_own_call(p_call uuid, p_company uuid, p jsonb) returns table (result text, until date) language plpgsql security definer set search_path = vn, pg_temp as $$
declare r vn.relation; k record; today date; objects boolean; stays date;
begin
  if not (ctx.has('consultant') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  select * into r from vn.relation x where x.centre_id = ctx.centre() and x.company_id = p_company for update;
  if not found then return query select 'not_found', null::date; return; end if;
  if p ->> 'direction' = 'out' and not ctx.has('coordinator') and not vn.may_ring(p_company) then return query select 'not_available', null::date; return; end if;
  select (ctx.now() at time zone n.tz)::date into today from vn.centre n where n.id = ctx.centre();
  objects := coalesce((p ->> 'objection')::boolean, false) and not r.objection;
  select * into k from vn.spoken_to(p_company, p);
  insert into vn.call (centre_id, id, company_id, direction, route, person_id, at, day, outcome, reason, note, callback_at, contact_id, contact_made, objection)
    values (ctx.centre(), p_call, p_company, p ->> 'direction', p ->> 'route', ctx.person(), ctx.now(), today, p ->> 'outcome', p ->> 'reason', p ->> 'note', (p ->> 'callback_at')::timestamptz, k.contact, coalesce(k.made, false), objects);
  stays := vn.weigh_outcome(p_call, p_company, p ->> 'outcome', today, (p ->> 'quarantine')::uuid, (p ->> 'until')::date, objects);
  perform vn.note_call((p ->> 'entry')::uuid, p_company, case p ->> 'direction' when 'in' then 'call.received' else 'call.made' end, p_call, p ->> 'route', p ->> 'direction');
  return query select 'recorded', stays;
end $$;

-- The campaigns that whoever asks may call in, or could if something were different.
create function vn.calling_campaigns(p_organisation uuid) returns table (id uuid, name text, goal text, state text) language sql stable security definer set search_path = vn, pg_temp as $$
  select k.id, k.name, k.goal, s.state from vn.campaign k cross join lateral (select vn.calling_state(k.id, p_organisation) state) s
   where k.centre_id = ctx.centre() and k.hearing_opened_at is not null and k.ended_at is null and s.state is not null order by k.name collate "da-x-icu", k.id;
$$;
-- How a queue stands, all callers together. Null for a campaign that whoever asks has nothing to do with.
create function vn.queue_state(p_campaign uuid, p_organisation uuid)
returns table (state text, name text, goal text, total int, ready int, later int, later_at timestamptz, promised int, promised_at timestamptz, leased int, leased_until timestamptz, resting int, resting_until date, without_phone int, unanswered int, calls_today int)
language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare s text := vn.calling_state(p_campaign, p_organisation); grace interval := make_interval(mins => (vn.outreach_settings()).callback_grace_minutes); today date;
begin
  if s is null then return; end if;
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  return query
    select s, k.name, k.goal, x.total, x.ready, x.later, x.later_at, x.promised, x.promised_at, x.leased, x.leased_until, y.resting, y.resting_until, x.without_phone,
      -- When a school answers is nothing that another one follows.
      case when k.hearing_closed_at is null and not ctx.has('consultant') then (select count(*)::int from vn.hearing h where h.centre_id = k.centre_id and h.campaign_id = k.id and h.answered_at is null) end,
      (select count(*)::int from vn.call c where c.centre_id = k.centre_id and c.campaign_id = k.id and c.day = today and c.undone_at is null and c.at > ctx.now() - interval '2 days')
      from vn.campaign k,
      lateral (select count(*)::int total,
          count(*) filter (where q.live and q.available_at <= ctx.now() and (q.only_for is null or q.only_for = ctx.person() or q.available_at + grace <= ctx.now()))::int ready,
          count(*) filter (where q.state = 'waiting' and not q.promised and q.available_at > ctx.now())::int later,
          min(q.available_at) filter (where q.state = 'waiting' and not q.promised and q.available_at > ctx.now()) later_at,
          count(*) filter (where q.state = 'waiting' and q.promised and not (q.available_at <= ctx.now() and (q.only_for is null or q.only_for = ctx.person() or q.available_at + grace <= ctx.now())))::int promised,
          min(case when q.only_for is null or q.only_for = ctx.person() then q.available_at else q.available_at + grace end)
            filter (where q.state = 'waiting' and q.promised and not (q.available_at <= ctx.now() and (q.only_for is null or q.only_for = ctx.person() or q.available_at + grace <= ctx.now()))) promised_at,
          count(*) filter (where q.state = 'leased' and q.available_at > ctx.now() and q.claimed_by is distinct from ctx.person())::int leased,
          min(q.available_at) filter (where q.state = 'leased' and q.available_at > ctx.now() and q.claimed_by is distinct from ctx.person()) leased_until,
          count(*) filter (where q.closed_because = 'no_phone')::int without_phone
         from vn.queue_item q where q.centre_id = k.centre_id and q.campaign_id = k.id) x,
      -- A school that competes with the rest is not told how many, or until when.
      lateral (select count(*)::int resting, min(r.quarantine_until) resting_until from vn.target t join vn.relation r on r.centre_id = t.centre_id and r.company_id = t.company_id and r.quarantined
        where t.centre_id = k.centre_id and t.campaign_id = k.id and not t.struck and not ctx.has('consultant')) y
     where k.centre_id = ctx.centre() and k.id = p_campaign;
end $$;

-- Objections of other centres. The hash is made by the application, which alone has the key.
create function vn.suppress(p_hash bytea) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  insert into vn.suppression as s (hash, since, cause, times) values (p_hash, ctx.now()::date, 'objection', 1) on conflict (hash) do update set times = s.times + 1;
end $$;
create function vn.suppressed(p_hashes bytea[]) returns setof bytea language sql stable security definer set search_path = vn, pg_temp as $$ select s.hash from vn.suppression s where s.hash = any (p_hashes) $$;
-- Companies of the centre whose objections nobody has asked about yet, and what was found.
create function vn.ask_objections(p_asked uuid[], p_objecting uuid[]) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  perform from vn.relation r where r.centre_id = ctx.centre() and r.company_id = any (p_asked) order by r.company_id for update;
  update vn.relation r set objection_asked = true, objection = r.objection or r.company_id = any (p_objecting) where r.centre_id = ctx.centre() and r.company_id = any (p_asked);
end $$;
create function vn.mark_spread(p_call uuid) returns void language sql security definer set search_path = vn, pg_temp as $$
  update vn.call c set spread_at = ctx.now() where c.centre_id = ctx.centre() and c.id = p_call and ctx.has('coordinator');
$$;
grant execute on function vn.relation_gate(), vn.campaign_gate() to vn_owner;
grant execute on function vn.digits(text), vn.fill_queues(), vn.correct_call(uuid, uuid, text, jsonb), vn.decide_call(uuid, boolean, text, text), vn.may_ring(uuid), vn.record_own_call(uuid, uuid, jsonb), vn.suppress(bytea), vn.suppressed(bytea[]), vn.ask_objections(uuid[], uuid[]), vn.mark_spread(uuid) to vn_staff;
grant execute on function vn.claim_next(uuid, uuid), vn.call_card(uuid), vn.renew_lease(uuid, int), vn.release_lease(uuid, int), vn.item_known(uuid), vn.record_outcome(uuid, uuid, int, jsonb), vn.undo_call(uuid, uuid, int), vn.calling_campaigns(uuid), vn.queue_state(uuid, uuid) to vn_agent, vn_staff;
reset role;

set local role vn_owner;
create trigger t2_gate before update of objection, quarantined, protected, exception on vn.relation for each row
  when ((old.objection, old.quarantined, old.protected, old.exception) is distinct from (new.objection, new.quarantined, new.protected, new.exception)) execute function vn.relation_gate();
create trigger t2_gate before update of ended_at on vn.campaign for each row when (old.ended_at is null and new.ended_at is not null) execute function vn.campaign_gate();
create trigger t9_append_only before update or delete on vn.call_correction for each statement execute function vn.no_change();
reset role;
