-- Theme days and future workshops with companies (row 2.41): who is invited, who signed up, who came. Whoever came has had contact with the centre.
set local role vn_owner;
create table vn.event (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  kind text not null check (kind in ('theme_day', 'future_workshop')),
  title text not null check (length(title) between 1 and 150),
  text text not null default '' check (length(text) <= 4000),
  place text not null check (length(place) between 1 and 300),
  during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  -- Null: the centre itself.
  host_school_id uuid,
  -- Null: as many as like to come.
  seats smallint check (seats between 1 and 2000),
  for_whom text not null default '' check (length(for_whom) <= 300),
  -- Stands in the public list; otherwise only whoever has its address finds it.
  open boolean not null,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  cancelled_at timestamptz,
  cancelled_because text check (length(cancelled_because) between 1 and 300),
  -- Counts up whenever time or place changes: calendars know the newest by it.
  sequence int not null default 1,
  -- The last place in the line that was handed out.
  last_no int not null default 0,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, host_school_id) references vn.school,
  check ((cancelled_at is null) = (cancelled_because is null))
);
create index event_starts on vn.event (centre_id, lower(during));
-- Somebody of a company, with so many persons.
create table vn.event_party (
  centre_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  -- Known by the number, or once somebody says so.
  company_id uuid,
  company_name text not null check (length(company_name) between 1 and 200),
  cvr text check (cvr ~ '^\d{8}$'),
  person_name text not null default '' check (length(person_name) <= 200),
  role text not null default '' check (length(role) <= 100),
  email text check (length(email) between 3 and 320),
  language text not null check (language in ('da', 'en')),
  count smallint not null check (count between 1 and 50),
  state text not null check (state in ('invited', 'declined', 'signed_up', 'waiting', 'cancelled', 'attended', 'absent')),
  -- Place in the line, handed out while the event is held: the order in which sign-ups were committed.
  no int,
  signed_at timestamptz,
  -- The secret of the own place, under a key that the database does not have.
  token_hash bytea not null,
  -- What the last mail said, and how many there were.
  told text,
  letters int not null default 0,
  reminded_at timestamptz,
  forgotten boolean not null default false,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, event_id) references vn.event,
  foreign key (centre_id, company_id) references vn.relation,
  check ((no is null) = (state in ('invited', 'declined')))
);
-- The same address twice is the same party.
create unique index event_party_email on vn.event_party (centre_id, event_id, lower(email)) where email is not null;
create unique index event_party_token on vn.event_party (centre_id, token_hash);
create unique index event_party_no on vn.event_party (centre_id, event_id, no);
create index event_party_company on vn.event_party (centre_id, company_id) where company_id is not null;
call vn.tenant('vn.event', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''coordinator''))');
call vn.tenant('vn.event_party', 'true', 'false');
grant select, insert, update on vn.event to vn_staff;
grant select (centre_id, id, event_id, company_id, company_name, cvr, person_name, role, email, language, count, state, no, signed_at, told, letters, reminded_at, forgotten, version) on vn.event_party to vn_staff;
reset role;

set local role vn_gate;
-- How many seats are taken.
create function vn.event_taken(p_event uuid) returns int language sql stable security definer set search_path = vn, pg_temp as $$
  select coalesce(sum(p.count), 0)::int from vn.event_party p where p.centre_id = ctx.centre() and p.event_id = p_event and p.state in ('signed_up', 'attended', 'absent');
$$;
-- Whoever waits moves up, first come, first served: nobody passes whoever is ahead. Callers hold the event.
create function vn.settle_event(p_event uuid) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
declare e vn.event; p record;
begin
  select * into e from vn.event x where x.centre_id = ctx.centre() and x.id = p_event for update;
  if not found or e.cancelled_at is not null or lower(e.during) <= ctx.now() then return; end if;
  for p in select x.id, x.count from vn.event_party x where x.centre_id = e.centre_id and x.event_id = e.id and x.state = 'waiting' order by x.no loop
    exit when e.seats is not null and vn.event_taken(e.id) + p.count > e.seats;
    update vn.event_party x set state = 'signed_up', version = x.version + 1 where x.centre_id = e.centre_id and x.id = p.id;
  end loop;
end $$;
-- Puts a party that is there into the line, at its end: a seat where there are enough and nobody waits. Callers hold the event. False: more than there are seats.
create function vn.take_event_seats(e vn.event, p_party uuid, p_count int) returns boolean language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if p_count > e.seats then return false; end if;
  update vn.event x set last_no = x.last_no + 1 where x.centre_id = e.centre_id and x.id = e.id returning x.last_no into e.last_no;
  update vn.event_party p set count = p_count, no = e.last_no, signed_at = ctx.now(), reminded_at = null, version = p.version + 1,
      state = case when e.seats is null or (vn.event_taken(e.id) + p_count <= e.seats
        and not exists (select from vn.event_party w where w.centre_id = e.centre_id and w.event_id = e.id and w.state = 'waiting')) then 'signed_up' else 'waiting' end
   where p.centre_id = e.centre_id and p.id = p_party;
  return true;
end $$;
/* Signs a party up. The same address again is the same party: it keeps its place, and is told so. `result`: signed_up, waiting, gone, over, too_many.
   A company in quarantine that signs itself up is never refused. */
create function vn.sign_up_party(e vn.event, p_id uuid, p_token bytea, p_company uuid, p_company_name text, p_cvr text, p_person text, p_role text, p_email text, p_count int, p_language text)
returns table (result text, party uuid) language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.event_party; it uuid := p_id;
begin
  select * into p from vn.event_party x where x.centre_id = e.centre_id and x.event_id = e.id and lower(x.email) = lower(p_email);
  if found and p.state in ('signed_up', 'waiting', 'attended', 'absent') then
    -- Said again, in case the first mail was lost.
    update vn.event_party x set told = null where x.centre_id = e.centre_id and x.id = p.id and x.state in ('signed_up', 'waiting');
    return query select p.state, p.id; return;
  end if;
  if p_count > e.seats then return query select 'too_many', null::uuid; return; end if;
  if p.id is not null then
    it := p.id;
    update vn.event_party x set company_id = coalesce(x.company_id, p_company), company_name = p_company_name, cvr = coalesce(p_cvr, x.cvr), person_name = p_person, language = p_language, told = null
     where x.centre_id = e.centre_id and x.id = it;
  else
    insert into vn.event_party (centre_id, id, event_id, company_id, company_name, cvr, person_name, role, email, language, count, state, token_hash)
      values (e.centre_id, it, e.id, p_company, p_company_name, p_cvr, p_person, p_role, p_email, p_language, p_count, 'invited', p_token);
  end if;
  perform vn.take_event_seats(e, it, p_count);
  return query select x.state, x.id from vn.event_party x where x.centre_id = e.centre_id and x.id = it;
end $$;

-- ---------- what companies do: nobody signs in ----------
create function vn.event_behind(p_event uuid) returns vn.event language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare c record; e vn.event;
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select * into e from vn.event x where x.centre_id = c.id and x.id = p_event;
    if found then return e; end if;
  end loop;
  perform set_config('app.centre', '', true);
  return null;
end $$;
-- What anybody sees of an event. How many seats are left, but nobody who comes.
create function vn.event_shown(e vn.event) returns jsonb language sql stable security definer set search_path = vn, pg_temp as $$
  select jsonb_build_object('id', e.id, 'centre', c.name, 'zone', c.tz, 'kind', e.kind, 'title', e.title, 'text', e.text, 'place', e.place, 'starts', lower(e.during), 'ends', upper(e.during), 'host', s.name,
      'forWhom', e.for_whom, 'seats', e.seats, 'left', case when e.seats is not null then greatest(0, e.seats - vn.event_taken(e.id)) end,
      'waiting', exists (select from vn.event_party w where w.centre_id = e.centre_id and w.event_id = e.id and w.state = 'waiting'),
      'state', case when e.cancelled_at is not null then 'cancelled' when lower(e.during) <= ctx.now() then 'over' else 'open' end, 'cancelledBecause', e.cancelled_because)
    from vn.centre c left join vn.school s on s.centre_id = e.centre_id and s.id = e.host_school_id where c.id = e.centre_id;
$$;
create function vn.open_events() returns setof jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare c record;
begin
  for c in select k.id from vn.centre k order by k.name collate "da-x-icu", k.key loop
    perform set_config('app.centre', c.id::text, true);
    return query select vn.event_shown(e) from vn.event e where e.centre_id = c.id and e.open and e.cancelled_at is null and lower(e.during) > ctx.now() order by lower(e.during), e.id limit 100;
  end loop;
  perform set_config('app.centre', '', true);
end $$;
create function vn.open_event(p_event uuid) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare e vn.event; shown jsonb;
begin
  e := vn.event_behind(p_event);
  shown := vn.event_shown(e);
  perform set_config('app.centre', '', true);
  return shown;
end $$;
create function vn.sign_up_event(p_event uuid, p_id uuid, p_token bytea, p_company_name text, p_cvr text, p_person text, p_role text, p_email text, p_count int, p_language text) returns text
language plpgsql security definer set search_path = vn, pg_temp as $$
declare e vn.event; found_result text;
begin
  e := vn.event_behind(p_event);
  select * into e from vn.event x where x.centre_id = e.centre_id and x.id = e.id for update;
  if not found then return 'gone'; end if;
  if e.cancelled_at is not null or lower(e.during) <= ctx.now() then return 'over'; end if;
  select s.result into found_result from vn.sign_up_party(e, p_id, p_token, (select r.company_id from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = e.centre_id and k.cvr = p_cvr),
    p_company_name, p_cvr, p_person, p_role, p_email, p_count, p_language) s;
  return found_result;
end $$;
create function vn.event_place_of(p_token bytea) returns vn.event_party language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare c record; p vn.event_party;
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select * into p from vn.event_party x where x.centre_id = c.id and x.token_hash = p_token;
    if found then return p; end if;
  end loop;
  perform set_config('app.centre', '', true);
  return null;
end $$;
create function vn.open_event_place(p_token bytea) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare p vn.event_party; e vn.event;
begin
  p := vn.event_place_of(p_token);
  if p.id is null then return null; end if;
  select * into e from vn.event x where x.centre_id = p.centre_id and x.id = p.event_id;
  return jsonb_build_object('event', vn.event_shown(e), 'company', p.company_name, 'person', p.person_name, 'count', p.count, 'place', p.state);
end $$;
-- Comes, or does not come after all. `result`: done, gone, over, too_many.
create function vn.answer_event_place(p_token bytea, p_come boolean, p_count int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.event_party; e vn.event;
begin
  p := vn.event_place_of(p_token);
  select * into e from vn.event x where x.centre_id = p.centre_id and x.id = p.event_id for update;
  if not found then return 'gone'; end if;
  select * into p from vn.event_party x where x.centre_id = p.centre_id and x.id = p.id;
  return vn.answer_party(e, p, p_come, p_count);
end $$;
create function vn.answer_party(e vn.event, p vn.event_party, p_come boolean, p_count int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if e.cancelled_at is not null or lower(e.during) <= ctx.now() then return 'over'; end if;
  if p_come then
    if p.state in ('signed_up', 'waiting') then return 'done'; end if;
    return case when vn.take_event_seats(e, p.id, p_count) then 'done' else 'too_many' end;
  end if;
  update vn.event_party x set state = case when x.state in ('invited', 'declined') then 'declined' else 'cancelled' end, version = x.version + 1 where x.centre_id = p.centre_id and x.id = p.id;
  perform vn.settle_event(e.id);
  return 'done';
end $$;

-- ---------- what people of the centre do ----------
create function vn.may_run_events() returns void language plpgsql stable set search_path = vn, pg_temp as $$
begin
  if not (ctx.has('consultant') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
end $$;
/* Adds a party by hand. invite: a mail goes out, so only to a company that may be approached, in the same transaction; sign_up: the company asked for it, whatever its state;
   came: it was there, whether or not anybody knew. `result`: done, joined, gone, over, too_many, not_available, not_begun. */
create function vn.add_event_party(p_event uuid, p_mode text, p_id uuid, p_token bytea, p_company uuid, p_person text, p_role text, p_email text, p_count int, p_language text) returns table (result text, party uuid)
language plpgsql security definer set search_path = vn, pg_temp as $$
declare e vn.event; name text; number text; added record;
begin
  perform vn.may_run_events();
  select * into e from vn.event x where x.centre_id = ctx.centre() and x.id = p_event for update;
  if not found then return query select 'gone', null::uuid; return; end if;
  select k.name, k.cvr into name, number from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = ctx.centre() and r.company_id = p_company;
  if not found then return query select 'gone', null::uuid; return; end if;
  if e.cancelled_at is not null or (p_mode <> 'came' and lower(e.during) <= ctx.now()) then return query select 'over', null::uuid; return; end if;
  if p_mode = 'came' and lower(e.during) > ctx.now() then return query select 'not_begun', null::uuid; return; end if;
  if p_mode = 'sign_up' then
    select * into added from vn.sign_up_party(e, p_id, p_token, p_company, name, number, p_person, p_role, p_email, p_count, p_language);
    return query select case when added.result = 'too_many' then 'too_many' when added.party = p_id then 'done' else 'joined' end, added.party; return;
  end if;
  if exists (select from vn.event_party x where x.centre_id = e.centre_id and x.event_id = e.id and lower(x.email) = lower(p_email)) then
    return query select 'joined', x.id from vn.event_party x where x.centre_id = e.centre_id and x.event_id = e.id and lower(x.email) = lower(p_email); return;
  end if;
  if p_mode = 'invite' then
    perform from vn.relation r where r.centre_id = ctx.centre() and r.company_id = p_company and r.callable for share;
    if not found then return query select 'not_available', null::uuid; return; end if;
    insert into vn.event_party (centre_id, id, event_id, company_id, company_name, cvr, person_name, role, email, language, count, state, token_hash)
      values (e.centre_id, p_id, e.id, p_company, name, number, p_person, p_role, p_email, p_language, p_count, 'invited', p_token);
  else
    update vn.event x set last_no = x.last_no + 1 where x.centre_id = e.centre_id and x.id = e.id returning x.last_no into e.last_no;
    insert into vn.event_party (centre_id, id, event_id, company_id, company_name, cvr, person_name, role, email, language, count, state, no, signed_at, token_hash)
      values (e.centre_id, p_id, e.id, p_company, name, number, p_person, p_role, p_email, p_language, p_count, 'attended', e.last_no, ctx.now(), p_token);
  end if;
  return query select 'done', p_id;
end $$;
-- Answers for a party by hand, before the event. `result`: done, gone, over, too_many, changed.
create function vn.answer_for_party(p_event uuid, p_party uuid, p_come boolean, p_count int, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare e vn.event; p vn.event_party;
begin
  perform vn.may_run_events();
  select * into e from vn.event x where x.centre_id = ctx.centre() and x.id = p_event for update;
  select * into p from vn.event_party x where x.centre_id = ctx.centre() and x.event_id = e.id and x.id = p_party;
  if not found then return 'gone'; end if;
  if p.version <> p_version then return 'changed'; end if;
  return vn.answer_party(e, p, p_come, p_count);
end $$;
-- Whether a party came, once the event has begun; null: not marked. `result`: done, gone, not_begun, not_signed_up, changed.
create function vn.mark_party(p_event uuid, p_party uuid, p_came boolean, p_count int, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare e vn.event; p vn.event_party;
begin
  perform vn.may_run_events();
  select * into e from vn.event x where x.centre_id = ctx.centre() and x.id = p_event for update;
  select * into p from vn.event_party x where x.centre_id = ctx.centre() and x.event_id = e.id and x.id = p_party;
  if not found then return 'gone'; end if;
  if e.cancelled_at is not null or lower(e.during) > ctx.now() then return 'not_begun'; end if;
  if p.version <> p_version then return 'changed'; end if;
  if p.no is null then return 'not_signed_up'; end if;
  update vn.event_party x set state = case p_came when true then 'attended' when false then 'absent' else 'signed_up' end, count = p_count, version = x.version + 1 where x.centre_id = p.centre_id and x.id = p.id;
  return 'done';
end $$;
-- Says which company a party is from.
create function vn.name_party(p_event uuid, p_party uuid, p_company uuid, p_version int) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  perform vn.may_run_events();
  perform from vn.event x where x.centre_id = ctx.centre() and x.id = p_event for update;
  if not exists (select from vn.relation r where r.centre_id = ctx.centre() and r.company_id = p_company) or not exists (select from vn.event_party x where x.centre_id = ctx.centre() and x.event_id = p_event and x.id = p_party) then return 'gone'; end if;
  update vn.event_party x set company_id = p_company, version = x.version + 1 where x.centre_id = ctx.centre() and x.event_id = p_event and x.id = p_party and x.version = p_version;
  return case when found then 'done' else 'changed' end;
end $$;
-- A company was at an event: it has heard from the centre then (row 2.25).
create function vn.heard_at(p_company uuid, p_at timestamptz) returns void language sql security definer set search_path = vn, pg_temp as $$
  update vn.relation x set told_at = greatest(x.told_at, p_at), silence_reminded_at = null where x.centre_id = ctx.centre() and x.company_id = p_company and (ctx.has('consultant') or ctx.has('coordinator'));
$$;
/* Parties whose last mail says something else than is so now, and keeps what it will say. For the house. `now`: in, waiting, out, off, invited; `before`: what was said last.
   Of a party that cannot be reached by mail nothing is said. */
create function vn.event_letters() returns table (id uuid, event_id uuid, "now" text, before text, letters int) language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  return query
    with wanted as materialized (
      select p.centre_id, p.id, p.told before, case when e.cancelled_at is not null then 'off' when p.state = 'signed_up' then 'in' || e.sequence when p.state = 'waiting' then 'waiting' || e.sequence
          -- Left in peace since: then it is not invited after all.
          when p.state = 'invited' then case when exists (select from vn.relation r where r.centre_id = p.centre_id and r.company_id = p.company_id and r.callable) then 'invited' else p.told end else 'out' end said
        from vn.event_party p join vn.event e on e.centre_id = p.centre_id and e.id = p.event_id
       where p.centre_id = ctx.centre() and p.email is not null and not p.forgotten and upper(e.during) > ctx.now() and p.state not in ('attended', 'absent') for update of p)
    update vn.event_party p set told = w.said, letters = p.letters + 1 from wanted w
     where w.centre_id = p.centre_id and w.id = p.id and w.said is distinct from w.before returning p.id, p.event_id, w.said, w.before, p.letters;
end $$;
-- Who comes between two moments and was not reminded yet; whoever signed up since has just been told.
create function vn.events_to_remind(p_from timestamptz, p_to timestamptz, p_signed_before timestamptz) returns table (id uuid, event_id uuid) language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  return query update vn.event_party p set reminded_at = ctx.now() from vn.event e
    where p.centre_id = ctx.centre() and e.centre_id = p.centre_id and e.id = p.event_id and e.cancelled_at is null and lower(e.during) >= p_from and lower(e.during) < p_to
      and p.state = 'signed_up' and p.email is not null and p.reminded_at is null and p.signed_at < p_signed_before returning p.id, p.event_id;
end $$;
-- A year after an event nobody needs to know which persons were there; that the company was stays.
create function vn.forget_event_people(p_before timestamptz) returns void language sql security definer set search_path = vn, pg_temp as $$
  update vn.event_party p set person_name = '', role = '', email = null, forgotten = true from vn.event e
   where ctx.has('coordinator') and p.centre_id = ctx.centre() and e.centre_id = p.centre_id and e.id = p.event_id and upper(e.during) < p_before and not p.forgotten;
$$;
-- As before, and events.
create or replace function vn.lead_times(p_from date) returns table (quarter date, months int, companies int) language sql stable security definer set search_path = vn, pg_temp as $$
  with heard as (
    select x.company_id, min(x.day) as first_day from (
      select k.company_id, k.day from vn.call k where k.centre_id = ctx.centre() and k.undone_at is null
      union all select r.company_id, r.visited_on from vn.visit_report r where r.centre_id = ctx.centre()
      union all select m.company_id, (lower(m.during) at time zone c.tz)::date from vn.meeting m join vn.centre c on c.id = m.centre_id where m.centre_id = ctx.centre() and m.state = 'done'
      union all select p.company_id, (lower(e.during) at time zone c.tz)::date from vn.event_party p join vn.event e on e.centre_id = p.centre_id and e.id = p.event_id join vn.centre c on c.id = p.centre_id
        where p.centre_id = ctx.centre() and p.state = 'attended' and p.company_id is not null) x
    group by x.company_id)
  select date_trunc('quarter', h.first_day)::date, case when u.on_day is not null then greatest(0, extract(year from age(u.on_day, h.first_day)) * 12 + extract(month from age(u.on_day, h.first_day)))::int end, count(*)::int
    from heard h left join vn.first_use u on u.centre_id = ctx.centre() and u.company_id = h.company_id
   where h.first_day >= p_from and (ctx.has('consultant') or ctx.has('manager') or ctx.has('coordinator')) group by 1, 2;
$$;
-- As before, and events.
create or replace function vn.company_effort(p_company uuid, out calls int, out visits int, out minutes int, out km int, out first date) language sql stable security definer set search_path = vn, pg_temp as $$
  select k.count, r.count, r.minutes, r.km, least(k.first, r.first, m.first, v.first)
    from (select count(*)::int count, min(x.day) first from vn.call x where x.centre_id = ctx.centre() and x.company_id = p_company and x.undone_at is null) k,
         (select count(*)::int count, coalesce(sum(x.minutes), 0)::int minutes, coalesce(sum(x.km), 0)::int km, min(x.visited_on) first from vn.visit_report x where x.centre_id = ctx.centre() and x.company_id = p_company) r,
         (select min((lower(x.during) at time zone c.tz)::date) first from vn.meeting x join vn.centre c on c.id = x.centre_id where x.centre_id = ctx.centre() and x.company_id = p_company and x.state = 'done') m,
         (select min((lower(e.during) at time zone c.tz)::date) first from vn.event_party x join vn.event e on e.centre_id = x.centre_id and e.id = x.event_id join vn.centre c on c.id = x.centre_id
           where x.centre_id = ctx.centre() and x.company_id = p_company and x.state = 'attended') v
   where ctx.has('consultant') or ctx.has('coordinator');
$$;
grant execute on function vn.event_taken(uuid), vn.settle_event(uuid), vn.add_event_party(uuid, text, uuid, bytea, uuid, text, text, text, int, text), vn.answer_for_party(uuid, uuid, boolean, int, int), vn.mark_party(uuid, uuid, boolean, int, int),
  vn.name_party(uuid, uuid, uuid, int), vn.heard_at(uuid, timestamptz), vn.event_letters(), vn.events_to_remind(timestamptz, timestamptz, timestamptz), vn.forget_event_people(timestamptz) to vn_staff;
grant execute on function vn.open_events(), vn.open_event(uuid), vn.sign_up_event(uuid, uuid, bytea, text, text, text, text, text, int, text), vn.open_event_place(bytea), vn.answer_event_place(bytea, boolean, int) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
