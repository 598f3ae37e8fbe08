-- What small companies ask for, in a pool with others who want the same (rows 4.02, 4.03, 2.31). Open to all schools of the centre; a company sees how many others
-- there are, and who only where both said that they may.
set local role vn_owner;
create table vn.pooled_need (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  -- Null: no course of the catalogue was named.
  course_id uuid,
  field text not null check (field in ('certificates', 'basic_skills', 'training', 'management', 'digital', 'apprentices', 'experience', 'other')),
  what text not null check (length(what) between 1 and 200),
  heads smallint not null check (heads between 1 and 500),
  -- Between which days a class may begin.
  earliest date not null,
  latest date not null check (latest >= earliest),
  -- Which days of the week and which part of the day suit; empty: any.
  weekdays smallint[] not null default '{}' check (weekdays <@ '{1,2,3,4,5,6,7}'),
  parts text[] not null default '{}' check (parts <@ '{day,evening,weekend,shift}'),
  -- How far they go; null: as far as it takes.
  km smallint check (km between 1 and 500),
  fit text check (fit in ('shelf', 'tailored')),
  urgency smallint not null default 0 check (urgency between 0 and 2),
  -- The company itself, through its own page, or somebody of the centre.
  contact_id uuid,
  person_id uuid references vn.person,
  made_at timestamptz not null,
  -- Others who want the same may know who it is, once they say so too.
  meet boolean not null default false,
  state text not null default 'open' check (state in ('open', 'placed', 'withdrawn')),
  version int not null default 1,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, course_id) references vn.course,
  check ((contact_id is null) <> (person_id is null))
);
create index pooled_need_open on vn.pooled_need (centre_id, field, course_id) where state = 'open';
create index pooled_need_company on vn.pooled_need (centre_id, company_id, made_at desc);
create index pooled_need_made on vn.pooled_need (centre_id, made_at desc, id);
call vn.tenant('vn.pooled_need', 'true', '(select ctx.has(''consultant'')) or (select ctx.has(''coordinator''))');
grant select, insert, update on vn.pooled_need to vn_staff;
reset role;

set local role vn_gate;
/* Open needs of other companies that could sit in a class with this one: the same course (or, where one of them named none, the same field), days that meet, a weekday
   and a part of the day in common, and not further apart than the one goes that goes furthest. */
create function vn.matching_needs(p_need uuid) returns table (need uuid, company uuid, heads int, meet boolean) language sql stable security definer set search_path = vn, pg_temp as $$
  select o.id, o.company_id, o.heads::int, o.meet
    from vn.pooled_need n join vn.company a on a.id = n.company_id cross join lateral vn.place_of(a.postcode, a.municipality) p
    join vn.pooled_need o on o.centre_id = n.centre_id and o.state = 'open' and o.company_id <> n.company_id
     and (o.course_id = n.course_id or ((o.course_id is null or n.course_id is null) and o.field = n.field and n.field <> 'other'))
     and daterange(o.earliest, o.latest, '[]') && daterange(n.earliest, n.latest, '[]')
     and (o.weekdays = '{}' or n.weekdays = '{}' or o.weekdays && n.weekdays) and (o.parts = '{}' or n.parts = '{}' or o.parts && n.parts)
    join vn.company b on b.id = o.company_id cross join lateral vn.place_of(b.postcode, b.municipality) q
   where n.centre_id = ctx.centre() and n.id = p_need
     and coalesce(vn.road_km(p.latitude, p.longitude, q.latitude, q.longitude) <= greatest(coalesce(o.km, 500), coalesce(n.km, 500)), true);
$$;
-- What a company asked for and how it stands, for whoever opened its page. Null: no such page. How many others there are is hidden by whoever answers.
create function vn.needs_on_page(p_hash bytea) returns jsonb language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer jsonb;
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return null; end if;
  select jsonb_build_object('threshold', (vn.outreach_settings()).small_cell, 'today', (ctx.now() at time zone c.tz)::date, 'needs', coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'what', n.what, 'course', k.title, 'field', n.field, 'heads', n.heads,
        'earliest', n.earliest, 'latest', n.latest, 'weekdays', n.weekdays, 'parts', n.parts, 'km', n.km, 'fit', n.fit, 'urgency', n.urgency, 'meet', n.meet, 'state', n.state, 'version', n.version,
        'others', (select jsonb_build_object('companies', count(distinct m.company), 'seats', coalesce(sum(m.heads), 0)) from vn.matching_needs(n.id) m where n.state = 'open'),
        'known', case when n.meet and n.state = 'open' then coalesce((select jsonb_agg(distinct jsonb_build_object('name', o.name, 'town', coalesce(o.town, ''))) from vn.matching_needs(n.id) m join vn.company o on o.id = m.company where m.meet), '[]') else '[]' end) order by n.made_at desc, n.id)
      from vn.pooled_need n left join vn.course k on k.centre_id = n.centre_id and k.id = n.course_id where n.centre_id = p.centre_id and n.company_id = p.company_id and n.state <> 'withdrawn'), '[]'),
      'courses', coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'title', k.title, 'field', k.field) order by k.title collate "da-x-icu", k.id) from vn.course k where k.centre_id = p.centre_id and not k.retired and not k.unseen), '[]'))
    into answer from vn.centre c where c.id = p.centre_id;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
/* Writes a need from the company's own page, or corrects one. `result`: done, gone (no such page), unknown (no such need), course (no such course), changed (somebody wrote it since).
   A company in quarantine that asks by itself is never refused. Fifty open ones are enough for anybody. */
create function vn.write_need_on_page(p_hash bytea, p_id uuid, p_version int, p_facts jsonb) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; n vn.pooled_need; answer text := 'done';
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return 'gone'; end if;
  n := jsonb_populate_record(null::vn.pooled_need, p_facts);
  -- Needs of one course are about the same.
  n.field := coalesce((select k.field from vn.course k where k.centre_id = p.centre_id and k.id = n.course_id), n.field);
  if n.course_id is not null and not exists (select from vn.course k where k.centre_id = p.centre_id and k.id = n.course_id and not k.retired) then
    answer := 'course';
  elsif p_version = 0 then
    if (select count(*) from vn.pooled_need x where x.centre_id = p.centre_id and x.company_id = p.company_id and x.state = 'open') >= 50 then answer := 'too_many';
    else
      insert into vn.pooled_need (centre_id, id, company_id, course_id, field, what, heads, earliest, latest, weekdays, parts, km, fit, urgency, contact_id, made_at, meet)
        values (p.centre_id, p_id, p.company_id, n.course_id, n.field, n.what, n.heads, n.earliest, n.latest, n.weekdays, n.parts, n.km, n.fit, n.urgency, p.contact_id, ctx.now(), n.meet);
    end if;
  else
    update vn.pooled_need x set course_id = n.course_id, field = n.field, what = n.what, heads = n.heads, earliest = n.earliest, latest = n.latest, weekdays = n.weekdays, parts = n.parts, km = n.km, fit = n.fit,
        urgency = n.urgency, meet = n.meet, version = x.version + 1
     where x.centre_id = p.centre_id and x.company_id = p.company_id and x.id = p_id and x.state = 'open' and x.version = p_version;
    if not found then
      answer := case when exists (select from vn.pooled_need x where x.centre_id = p.centre_id and x.company_id = p.company_id and x.id = p_id and x.state <> 'withdrawn') then 'changed' else 'unknown' end;
    end if;
  end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
create function vn.withdraw_need_on_page(p_hash bytea, p_id uuid) returns text language plpgsql security definer set search_path = vn, pg_temp as $$
declare p vn.company_page; answer text := 'done';
begin
  select * into p from vn.company_page_of(p_hash);
  if not found then return 'gone'; end if;
  update vn.pooled_need x set state = 'withdrawn', version = x.version + 1 where x.centre_id = p.centre_id and x.company_id = p.company_id and x.id = p_id and x.state = 'open';
  if not found then answer := 'unknown'; end if;
  perform set_config('app.centre', '', true);
  return answer;
end $$;
revoke execute on function vn.matching_needs(uuid), vn.needs_on_page(bytea), vn.write_need_on_page(bytea, uuid, int, jsonb), vn.withdraw_need_on_page(bytea, uuid) from public;
grant execute on function vn.matching_needs(uuid) to vn_staff;
grant execute on function vn.needs_on_page(bytea), vn.write_need_on_page(bytea, uuid, int, jsonb), vn.withdraw_need_on_page(bytea, uuid) to vn_visitor, vn_staff, vn_agent, vn_ministry;
reset role;
