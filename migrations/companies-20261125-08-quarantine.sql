-- What keeps a centre from calling a company: quarantine and objection beside protection; and the lists of companies that each school knows itself.
set local role vn_owner;
alter table vn.relation
  -- "Never call us."
  add objection boolean not null default false,
  -- Time enters as a boolean that the house lifts on the day; queues hang on it by foreign key.
  add quarantined boolean not null default false,
  add quarantine_until date,
  add callable boolean not null generated always as (not objection and not quarantined and (not protected or exception is not null)) stored,
  add check (not quarantined or quarantine_until is not null),
  add constraint relation_callable unique (centre_id, company_id, callable);
create index relation_quarantined on vn.relation (centre_id, quarantine_until) where quarantined;

-- Append-only but for its early end: why nobody calls until a day (row 2.15). The floors are the source's and stand whatever a centre decides.
create table vn.quarantine (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  since date not null,
  until date not null,
  cause text not null check (cause in ('not_now', 'not_interested')),
  call_id uuid,
  -- Taken back: the outcome was undone or corrected, or the company asked for contact itself.
  ended_at timestamptz,
  ended_because text check (ended_because in ('undone', 'corrected', 'wants_contact')),
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  check ((ended_at is null) = (ended_because is null)),
  constraint quarantine_floor check (until >= (since + case cause when 'not_now' then interval '3 months' else interval '6 months' end)::date)
);
create index quarantine_company on vn.quarantine (centre_id, company_id);
call vn.tenant('vn.quarantine', '(select ctx.has(''coordinator''))');
grant select on vn.quarantine to vn_staff;
grant update (objection, quarantined, quarantine_until) on vn.relation to vn_gate;

-- What a school sent of the companies it works with; nobody outside the school reads it, not even the coordinator (row 3.13).
create table vn.own_list (
  centre_id uuid not null,
  school_id uuid not null,
  id uuid not null,
  file_name text not null check (length(file_name) between 1 and 255),
  bytes bigint not null check (bytes > 0),
  file uuid,
  state text not null default 'received' check (state in ('received', 'reading', 'done', 'failed')),
  error text,
  rows_read int not null default 0,
  rows_refused int not null default 0,
  person_id uuid not null references vn.person,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (centre_id, school_id, id),
  foreign key (centre_id, school_id) references vn.school
);
create table vn.own_company (
  centre_id uuid not null,
  school_id uuid not null,
  list_id uuid not null,
  no int not null,
  cvr char(8),
  p_number char(10),
  name text,
  name_key text,
  postcode char(4),
  note text,
  known_by text,
  refusal text,
  raw text,
  primary key (centre_id, school_id, list_id, no),
  foreign key (centre_id, school_id, list_id) references vn.own_list on delete cascade
);
create index own_company_cvr on vn.own_company (centre_id, school_id, cvr) where cvr is not null;
create index own_company_name on vn.own_company (centre_id, school_id, name_key) where name_key is not null;
call vn.tenant('vn.own_list', 'school_id = (select ctx.school())');
call vn.tenant('vn.own_company', 'school_id = (select ctx.school())');
create policy seen_list on vn.own_company as restrictive for insert to vn_staff
  with check (exists (select from vn.own_list l where l.centre_id = own_company.centre_id and l.school_id = own_company.school_id and l.id = own_company.list_id));
grant select, insert, update, delete on vn.own_list to vn_staff;
grant select, insert, delete on vn.own_company to vn_staff;
reset role;

set local role vn_gate;
-- Two ways of writing one name: case, punctuation, spaces and the legal form do not count.
create function vn.name_key(p_name text) returns text language sql immutable parallel safe set search_path = vn, pg_temp as $$
  select nullif(regexp_replace(regexp_replace(lower(replace(replace(p_name, '&', ' og '), '+', ' og ')), '\m(aps|a/s|as|i/s|is|k/s|p/s|ivs|amba|a\.m\.b\.a|fmba|smba|holding|v/.*|ved .*)(\M|\.|$)', ' ', 'g'), '[^a-z0-9æøåäöüé]', '', 'g'), '');
$$;
-- Recomputes what stands from the quarantines that have not been taken back. Callers hold the relation.
create function vn.weigh_quarantine(p_company uuid) returns date language plpgsql security definer set search_path = vn, pg_temp as $$
declare u date; today date;
begin
  select (ctx.now() at time zone c.tz)::date into today from vn.centre c where c.id = ctx.centre();
  select max(q.until) into u from vn.quarantine q where q.centre_id = ctx.centre() and q.company_id = p_company and q.ended_at is null;
  update vn.relation r set quarantined = coalesce(u > today, false), quarantine_until = u where r.centre_id = ctx.centre() and r.company_id = p_company;
  return u;
end $$;
-- Leaves a company in peace until a day; part of recording an outcome, never called by an audience itself.
create function vn.rest_company(p_id uuid, p_company uuid, p_since date, p_until date, p_cause text, p_call uuid) returns date language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  insert into vn.quarantine (centre_id, id, company_id, since, until, cause, call_id) values (ctx.centre(), p_id, p_company, p_since, p_until, p_cause, p_call);
  return vn.weigh_quarantine(p_company);
end $$;
-- What has lasted until today is over: a company may be called on the day itself. The house asks every minute.
create function vn.lift_quarantines() returns int language plpgsql security definer set search_path = vn, pg_temp as $$
declare n int;
begin
  update vn.relation r set quarantined = false from vn.centre c where c.id = ctx.centre() and r.centre_id = c.id and r.quarantined and r.quarantine_until <= (ctx.now() at time zone c.tz)::date;
  get diagnostics n = row_count;
  return n;
end $$;
grant execute on function vn.name_key(text) to vn_staff, vn_gate, vn_owner;
grant execute on function vn.lift_quarantines() to vn_staff;
reset role;
