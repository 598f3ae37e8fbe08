/* Job rotation (row 4.26): some of a company's people train while others stand in. The centre keeps what was agreed, with numbers; who it is in the company stands on the
   company's own page as initials and is read by nobody else. */
set local role vn_owner;
create table vn.rotation (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  -- What they are trained in.
  what text not null check (length(what) between 1 and 200),
  trainees smallint not null check (trainees between 1 and 500),
  -- Where those who stand in come from, and which job centre or agency it is.
  source text not null check (source in ('job_centre', 'own', 'agency')),
  source_name text not null default '' check (length(source_name) <= 150),
  -- What colleagues teach whoever stands in, and in how many hours.
  peer text not null default '' check (length(peer) <= 300),
  peer_hours smallint check (peer_hours between 1 and 500),
  state text not null default 'planned' check (state in ('planned', 'agreed', 'called_off')),
  live boolean not null generated always as (state <> 'called_off') stored,
  made_by uuid not null references vn.person,
  made_at timestamptz not null,
  version int not null default 1,
  primary key (centre_id, id),
  unique (centre_id, id, company_id, live),
  foreign key (centre_id, company_id) references vn.relation
);
create index rotation_company on vn.rotation (centre_id, company_id, made_at desc);
-- When somebody stands in. The same one of a company is never in two places at once.
create table vn.rotation_period (
  centre_id uuid not null,
  id uuid not null,
  rotation_id uuid not null,
  company_id uuid not null,
  live boolean not null,
  -- Which of those who stand in: the first, the second. The centre knows no more.
  substitute smallint not null check (substitute between 1 and 50),
  first_day date not null,
  last_day date not null check (last_day >= first_day and last_day - first_day <= 730),
  primary key (centre_id, id),
  foreign key (centre_id, rotation_id, company_id, live) references vn.rotation (centre_id, id, company_id, live) on update cascade,
  constraint rotation_substitute_once exclude using gist (centre_id with =, company_id with =, substitute with =, daterange(first_day, last_day, '[]') with &&) where (live)
);
create index rotation_period_of on vn.rotation_period (centre_id, rotation_id);
-- Who it is, in initials, for the company alone.
create table vn.rotation_person (
  centre_id uuid not null,
  rotation_id uuid not null,
  part text not null check (part in ('trainee', 'substitute', 'trainer')),
  no smallint not null check (no between 1 and 500),
  initials text not null check (length(initials) between 1 and 10),
  primary key (centre_id, rotation_id, part, no),
  foreign key (centre_id, rotation_id) references vn.rotation
);
call vn.tenant('vn.rotation', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''coordinator''))');
call vn.tenant('vn.rotation_period', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''coordinator''))');
call vn.tenant('vn.rotation_person', 'false', 'false');
grant select, insert (centre_id, id, company_id, what, trainees, source, source_name, peer, peer_hours, state, made_by, made_at),
  update (what, trainees, source, source_name, peer, peer_hours, state, version) on vn.rotation to vn_staff;
grant select, insert, delete on vn.rotation_period to vn_staff;
grant select (centre_id) on vn.rotation_person to vn_staff;
reset role;

set local role vn_gate;
-- What the company has agreed, and who it is where somebody leads there; null: no such page.
create function vn.rotations_on_page(p_hash bytea) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; leads boolean; answer jsonb;
begin
  select exists (select from vn.leader_page_of(p_hash)) into leads;
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  select jsonb_build_object('leader', leads, 'today', (ctx.now() at time zone c.tz)::date, 'rotations', coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'what', r.what, 'trainees', r.trainees, 'source', r.source,
        'sourceName', r.source_name, 'peer', r.peer, 'peerHours', r.peer_hours, 'state', r.state,
        'periods', coalesce((select jsonb_agg(jsonb_build_object('substitute', x.substitute, 'firstDay', x.first_day, 'lastDay', x.last_day) order by x.first_day, x.substitute)
          from vn.rotation_period x where x.centre_id = r.centre_id and x.rotation_id = r.id), '[]'),
        'people', case when leads then coalesce((select jsonb_agg(jsonb_build_object('part', n.part, 'no', n.no, 'initials', n.initials) order by n.part, n.no)
          from vn.rotation_person n where n.centre_id = r.centre_id and n.rotation_id = r.id), '[]') else '[]' end) order by r.made_at desc, r.id)
      from vn.rotation r where r.centre_id = p.centre_id and r.company_id = p.company_id and r.live), '[]')) into answer from vn.centre c where c.id = p.centre_id;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- Who it is: the whole list. `result`: done, gone, unknown.
create function vn.name_rotation_on_page(p_hash bytea, p_rotation uuid, p_people jsonb) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  perform from vn.rotation r where r.centre_id = p.centre_id and r.company_id = p.company_id and r.id = p_rotation and r.live for no key update;
  if not found then answer := 'unknown';
  else
    delete from vn.rotation_person n where n.centre_id = p.centre_id and n.rotation_id = p_rotation;
    insert into vn.rotation_person (centre_id, rotation_id, part, no, initials)
      select p.centre_id, p_rotation, x.part, row_number() over (partition by x.part order by x.at), x.initials
        from (select e.value->>'part' part, e.value->>'initials' initials, e.ordinality at from jsonb_array_elements(p_people) with ordinality e) x;
  end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- A year after the last day initials are forgotten, and at once where it was called off. For the house alone.
create function vn.forget_rotation_people() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  delete from vn.rotation_person n using vn.rotation r, vn.centre c where n.centre_id = ctx.centre() and r.centre_id = n.centre_id and r.id = n.rotation_id and c.id = n.centre_id
    and (not r.live or coalesce((select max(x.last_day) from vn.rotation_period x where x.centre_id = r.centre_id and x.rotation_id = r.id), (r.made_at at time zone c.tz)::date) < (ctx.now() at time zone c.tz)::date - 365);
end $$;
grant execute on function vn.forget_rotation_people() to vn_staff;
grant execute on function vn.rotations_on_page(bytea), vn.name_rotation_on_page(bytea, uuid, jsonb) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;

/* A course pool that employees govern (row 4.19): the company puts money or days in, colleagues ask by a plain form, and two to five of them say yes or no. The leader reads
   amounts and what was decided; the centre that there is one, and sums from the threshold on. */
set local role vn_owner;
create table vn.course_pool (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  unit text not null check (unit in ('money', 'days')),
  -- Øre, or half days.
  put_in bigint not null check (put_in between 1 and 10000000000),
  balance bigint not null,
  made_at timestamptz not null,
  closed_at timestamptz,
  -- The colleagues' form, under a key that the database does not have.
  code_hash bytea not null,
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  constraint course_pool_balance check (balance between 0 and put_in)
);
create unique index course_pool_one on vn.course_pool (centre_id, company_id) where closed_at is null;
create unique index course_pool_code on vn.course_pool (centre_id, code_hash);
-- Who decides. Each has a link of their own.
create table vn.pool_member (
  centre_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  -- The seat on the board; whoever is replaced leaves it to the next.
  no smallint not null check (no between 1 and 5),
  name text not null check (length(name) between 1 and 100),
  email text check (length(email) <= 320),
  language text not null check (language in ('da', 'en')),
  token_hash bytea not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (centre_id, id),
  foreign key (centre_id, pool_id) references vn.course_pool on delete cascade
);
create unique index pool_member_token on vn.pool_member (centre_id, token_hash);
create unique index pool_member_seat on vn.pool_member (centre_id, pool_id, no) where ended_at is null;
create table vn.pool_request (
  centre_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  -- Forgotten a year after the answer.
  person text check (length(person) between 1 and 100),
  what text not null check (length(what) between 1 and 200),
  why text not null default '' check (length(why) <= 500),
  amount bigint not null check (amount > 0),
  state text not null default 'open' check (state in ('open', 'granted', 'declined')),
  asked_at timestamptz not null,
  decided_at timestamptz,
  primary key (centre_id, id),
  foreign key (centre_id, pool_id) references vn.course_pool on delete cascade,
  check ((state = 'open') = (decided_at is null))
);
create index pool_request_pool on vn.pool_request (centre_id, pool_id, asked_at);
create table vn.pool_vote (
  centre_id uuid not null,
  request_id uuid not null,
  member_id uuid not null,
  yes boolean not null,
  reason text not null check (length(reason) between 1 and 300),
  at timestamptz not null,
  primary key (centre_id, request_id, member_id),
  foreign key (centre_id, request_id) references vn.pool_request on delete cascade,
  foreign key (centre_id, member_id) references vn.pool_member on delete cascade
);
call vn.tenant('vn.course_pool', 'false', 'false');
call vn.tenant('vn.pool_member', 'false', 'false');
call vn.tenant('vn.pool_request', 'false', 'false');
call vn.tenant('vn.pool_vote', 'false', 'false');
create policy seen_pool on vn.pool_member as restrictive for all to vn_staff using (false);
create policy seen_pool on vn.pool_request as restrictive for all to vn_staff using (false);
create policy seen_request on vn.pool_vote as restrictive for all to vn_staff using (false);
grant select (centre_id) on vn.course_pool, vn.pool_member, vn.pool_request, vn.pool_vote to vn_staff;
reset role;

set local role vn_gate;
-- The pool behind a colleague's code, with the centre set for the rest of the transaction.
create function vn.pool_behind(p_hash bytea) returns vn.course_pool language plpgsql security definer set search_path = vn, pg_temp as $$
declare c record; it vn.course_pool;
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select x.* into it from vn.course_pool x where x.centre_id = c.id and x.code_hash = p_hash;
    if found then return it; end if;
  end loop;
  perform set_config('app.centre', '', true);
  return null;
end $$;
create function vn.pool_member_behind(p_hash bytea) returns vn.pool_member language plpgsql security definer set search_path = vn, pg_temp as $$
declare c record; it vn.pool_member;
begin
  for c in select k.id from vn.centre k loop
    perform set_config('app.centre', c.id::text, true);
    select x.* into it from vn.pool_member x where x.centre_id = c.id and x.token_hash = p_hash and x.ended_at is null;
    if found then return it; end if;
  end loop;
  perform set_config('app.centre', '', true);
  return null;
end $$;
-- What the leader reads: amounts, who decides, and what was decided – of a yes with the name, of a no without. Open requests are the board's. Null: no such page.
create function vn.pool_on_page(p_hash bytea) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer jsonb;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  select * into p from vn.leader_page_of(p_hash);
  if not found then return jsonb_build_object('leader', false, 'pool', null); end if;
  select jsonb_build_object('id', o.id, 'name', o.name, 'unit', o.unit, 'putIn', o.put_in, 'balance', o.balance,
      'members', coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'email', m.email) order by m.no) from vn.pool_member m where m.centre_id = o.centre_id and m.pool_id = o.id and m.ended_at is null), '[]'),
      'decided', coalesce((select jsonb_agg(x.it order by x.at desc, x.id) from (select r.decided_at at, r.id, jsonb_build_object('id', r.id, 'what', r.what, 'amount', r.amount, 'state', r.state, 'person', case r.state when 'granted' then r.person end,
          'day', (r.decided_at at time zone c.tz)::date) it from vn.pool_request r where r.centre_id = o.centre_id and r.pool_id = o.id and r.state <> 'open' order by r.decided_at desc, r.id limit 100) x), '[]'))
    into answer from vn.course_pool o join vn.centre c on c.id = o.centre_id where o.centre_id = p.centre_id and o.company_id = p.company_id and o.closed_at is null;
  perform set_config('app.centre', '', true);
  return jsonb_build_object('leader', true, 'pool', answer);
end $$;
-- `p_members`: [{id, no, name, email, language, hash}], hash in hex. `result`: done, gone, running (there is one).
create function vn.start_pool_on_page(p_hash bytea, p_id uuid, p_name text, p_unit text, p_amount bigint, p_code bytea, p_members jsonb) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  begin
    insert into vn.course_pool (centre_id, id, company_id, name, unit, put_in, balance, made_at, code_hash) values (p.centre_id, p_id, p.company_id, p_name, p_unit, p_amount, p_amount, ctx.now(), p_code);
    insert into vn.pool_member (centre_id, id, pool_id, no, name, email, language, token_hash, made_at)
      select p.centre_id, m.id, p_id, m.no, m.name, m.email, m.language, decode(m.hash, 'hex'), ctx.now() from jsonb_to_recordset(p_members) m (id uuid, no smallint, name text, email text, language text, hash text);
  exception when unique_violation then answer := 'running';
  end;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
create function vn.add_to_pool_on_page(p_hash bytea, p_pool uuid, p_amount bigint) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  begin
    update vn.course_pool o set put_in = o.put_in + p_amount, balance = o.balance + p_amount, version = o.version + 1 where o.centre_id = p.centre_id and o.company_id = p.company_id and o.id = p_pool and o.closed_at is null;
    if not found then answer := 'unknown'; end if;
  exception when check_violation then answer := 'too_much';
  end;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- Somebody else decides from now on, or the same with a new link; what was decided stands, and their votes on open requests are gone. `result`: done, gone, unknown.
create function vn.replace_pool_member_on_page(p_hash bytea, p_member uuid, p_new jsonb) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; m vn.pool_member; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  select x.* into m from vn.pool_member x join vn.course_pool o on o.centre_id = x.centre_id and o.id = x.pool_id where x.centre_id = p.centre_id and o.company_id = p.company_id and o.closed_at is null and x.id = p_member and x.ended_at is null;
  if m.id is null then answer := 'unknown';
  else
    perform from vn.course_pool o where o.centre_id = m.centre_id and o.id = m.pool_id for update;
    update vn.pool_member x set ended_at = ctx.now() where x.centre_id = m.centre_id and x.id = m.id and x.ended_at is null;
    if not found then answer := 'unknown';
    else
      delete from vn.pool_vote v using vn.pool_request r where v.centre_id = m.centre_id and v.member_id = m.id and r.centre_id = v.centre_id and r.id = v.request_id and r.state = 'open';
      insert into vn.pool_member (centre_id, id, pool_id, no, name, email, language, token_hash, made_at)
        select m.centre_id, n.id, m.pool_id, m.no, n.name, n.email, n.language, decode(n.hash, 'hex'), ctx.now() from jsonb_to_record(p_new) n (id uuid, name text, email text, language text, hash text);
    end if;
  end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- The leader ends the pool; what is left goes back to the company.
create function vn.close_pool_on_page(p_hash bytea, p_pool uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done';
begin
  select * into p from vn.leader_page_of(p_hash);
  if not found then return 'gone'; end if;
  update vn.course_pool o set closed_at = ctx.now(), version = o.version + 1 where o.centre_id = p.centre_id and o.company_id = p.company_id and o.id = p_pool and o.closed_at is null;
  if not found then answer := 'unknown'; end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- What a colleague's code opens; null: nothing.
create function vn.open_pool_form(p_hash bytea) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare o vn.course_pool; answer jsonb;
begin
  o := vn.pool_behind(p_hash);
  if o.id is null then return null; end if;
  select jsonb_build_object('company', k.name, 'name', o.name, 'unit', o.unit, 'open', o.closed_at is null, 'board', coalesce((select jsonb_agg(m.name order by m.no) from vn.pool_member m where m.centre_id = o.centre_id and m.pool_id = o.id and m.ended_at is null), '[]'))
    into answer from vn.company k where k.id = o.company_id;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- A colleague asks. The same id again is the same request. `result`: done, gone, closed, full.
create function vn.ask_pool(p_hash bytea, p_id uuid, p_person text, p_what text, p_why text, p_amount bigint) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare o vn.course_pool; answer text := 'done';
begin
  o := vn.pool_behind(p_hash);
  select x.* into o from vn.course_pool x where x.centre_id = o.centre_id and x.id = o.id for share;
  if not found then return 'gone'; end if;
  if o.closed_at is not null then answer := 'closed';
  elsif (select count(*) from vn.pool_request r where r.centre_id = o.centre_id and r.pool_id = o.id and r.state = 'open') >= 200 then answer := 'full';
  else insert into vn.pool_request (centre_id, id, pool_id, person, what, why, amount, asked_at) values (o.centre_id, p_id, o.id, p_person, p_what, p_why, p_amount, ctx.now()) on conflict do nothing; end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- What somebody of the board reads; the others' reasons only once it is decided, in an order that does not say whose they are. Null: no such link.
create function vn.pool_on_board(p_hash bytea) returns jsonb language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.pool_member; answer jsonb;
begin
  m := vn.pool_member_behind(p_hash);
  if m.id is null then return null; end if;
  select jsonb_build_object('company', k.name, 'name', o.name, 'unit', o.unit, 'putIn', o.put_in, 'balance', o.balance, 'me', m.name, 'open', o.closed_at is null,
      'members', (select count(*) from vn.pool_member x where x.centre_id = o.centre_id and x.pool_id = o.id and x.ended_at is null),
      'requests', coalesce((select jsonb_agg(y.it order by y.state <> 'open', y.at, y.id) from (select r.state, r.id, r.asked_at at, jsonb_build_object('id', r.id, 'person', r.person, 'what', r.what, 'why', r.why, 'amount', r.amount, 'state', r.state,
            'voted', (select count(*) from vn.pool_vote v where v.centre_id = r.centre_id and v.request_id = r.id),
            'mine', (select v.yes from vn.pool_vote v where v.centre_id = r.centre_id and v.request_id = r.id and v.member_id = m.id),
            'reasons', case when r.state = 'open' then '[]' else coalesce((select jsonb_agg(jsonb_build_object('yes', v.yes, 'reason', v.reason) order by v.yes = (r.state = 'granted') desc, v.reason collate "da-x-icu") from vn.pool_vote v where v.centre_id = r.centre_id and v.request_id = r.id), '[]') end) it
          from vn.pool_request r where r.centre_id = o.centre_id and r.pool_id = o.id order by r.state <> 'open', r.asked_at desc, r.id limit 200) y), '[]'))
    into answer from vn.course_pool o join vn.company k on k.id = o.company_id where o.centre_id = m.centre_id and o.id = m.pool_id;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
/* Yes or no of one of the board, with the reason; as long as it is open one may change it. More than half decide; when all have said and nobody is more, it is no. A yes takes
   the amount out at once, and where there is not enough nothing of it happens. The pool's row is the lock. `result`: done, gone, unknown, decided, closed, not_enough. */
create function vn.vote_on_request(p_hash bytea, p_request uuid, p_yes boolean, p_reason text) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare m vn.pool_member; o vn.course_pool; r vn.pool_request; all_members int; yeas int; noes int; answer text := 'done';
begin
  m := vn.pool_member_behind(p_hash);
  if m.id is null then return 'gone'; end if;
  select x.* into o from vn.course_pool x where x.centre_id = m.centre_id and x.id = m.pool_id for update;
  select x.* into r from vn.pool_request x where x.centre_id = o.centre_id and x.pool_id = o.id and x.id = p_request;
  -- Whoever was replaced while waiting for the lock decides nothing more.
  if not exists (select from vn.pool_member x where x.centre_id = m.centre_id and x.id = m.id and x.ended_at is null) then answer := 'gone';
  elsif r.id is null then answer := 'unknown';
  elsif o.closed_at is not null then answer := 'closed';
  elsif r.state <> 'open' then answer := 'decided';
  else
    begin
      insert into vn.pool_vote as v (centre_id, request_id, member_id, yes, reason, at) values (o.centre_id, r.id, m.id, p_yes, p_reason, ctx.now())
        on conflict (centre_id, request_id, member_id) do update set yes = excluded.yes, reason = excluded.reason, at = excluded.at;
      select count(*) into all_members from vn.pool_member x where x.centre_id = o.centre_id and x.pool_id = o.id and x.ended_at is null;
      select count(*) filter (where v.yes), count(*) filter (where not v.yes) into yeas, noes from vn.pool_vote v where v.centre_id = o.centre_id and v.request_id = r.id;
      if yeas * 2 > all_members then
        update vn.course_pool x set balance = x.balance - r.amount, version = x.version + 1 where x.centre_id = o.centre_id and x.id = o.id;
        update vn.pool_request x set state = 'granted', decided_at = ctx.now() where x.centre_id = o.centre_id and x.id = r.id;
      elsif noes * 2 > all_members or yeas + noes = all_members then
        update vn.pool_request x set state = 'declined', decided_at = ctx.now() where x.centre_id = o.centre_id and x.id = r.id;
      end if;
    exception when check_violation then answer := 'not_enough';
    end;
  end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
-- For the centre: that there is a pool, and sums; `people` is how many different persons got something. Whoever answers hides small cells.
create function vn.pool_totals(p_company uuid) returns table (unit text, since date, put_in bigint, granted bigint, people int) language plpgsql stable security definer set search_path = vn, pg_temp as $$
begin
  if not (ctx.has('consultant') or ctx.has('manager') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  return query select o.unit, (o.made_at at time zone c.tz)::date, o.put_in, o.put_in - o.balance,
      (select count(distinct lower(r.person))::int from vn.pool_request r where r.centre_id = o.centre_id and r.pool_id = o.id and r.state = 'granted')
    from vn.course_pool o join vn.centre c on c.id = o.centre_id where o.centre_id = ctx.centre() and o.company_id = p_company and o.closed_at is null;
end $$;
-- A year after the answer nobody knows who asked; two years after a pool was closed it is forgotten, and all of a company where nobody has had the page for a year. For the house alone.
create function vn.forget_pools() returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  update vn.pool_request r set person = null, why = '' where r.centre_id = ctx.centre() and r.person is not null and r.decided_at < ctx.now() - interval '365 days';
  delete from vn.course_pool o where o.centre_id = ctx.centre() and (o.closed_at < ctx.now() - interval '730 days'
    or not exists (select from vn.company_page p where p.centre_id = o.centre_id and p.company_id = o.company_id and least(coalesce(p.ended_at, p.expires_at), p.expires_at) > ctx.now() - interval '365 days'));
end $$;
grant execute on function vn.pool_totals(uuid), vn.forget_pools() to vn_staff;
grant execute on function vn.pool_on_page(bytea), vn.start_pool_on_page(bytea, uuid, text, text, bigint, bytea, jsonb), vn.add_to_pool_on_page(bytea, uuid, bigint), vn.replace_pool_member_on_page(bytea, uuid, jsonb),
  vn.close_pool_on_page(bytea, uuid), vn.open_pool_form(bytea), vn.ask_pool(bytea, uuid, text, text, text, bigint), vn.pool_on_board(bytea), vn.vote_on_request(bytea, uuid, boolean, text) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
