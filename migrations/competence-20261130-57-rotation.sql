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
