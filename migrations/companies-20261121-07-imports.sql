-- Company files: read into a staging table by COPY, compared and applied by whole sets, undone from what was there before.
do $$
begin
  if not exists (select from pg_roles where rolname = 'vn_import') then create role vn_import nologin nosuperuser nobypassrls; end if;
  grant vn_import to vn_app;
end $$;
grant usage on schema ctx, vn to vn_import;

set local role vn_owner;
-- The municipalities of a centre; an extract adds relations there. Empty: everywhere.
create table vn.centre_area (centre_id uuid not null references vn.centre, municipality char(4) not null references vn.municipality, primary key (centre_id, municipality));
create table vn.company_import (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  -- extract: facts of the register · list: a list of the centre's own, which never changes facts
  kind text not null check (kind in ('extract', 'list')),
  format text check (format in ('json', 'csv')),
  file_name text not null check (length(file_name) between 1 and 255),
  bytes bigint not null check (bytes >= 0),
  file uuid,
  scheme text check (scheme in ('DB07', 'DB25')),
  -- The file holds everything there is: what it lacks has vanished.
  complete boolean not null default false,
  headings text[] not null default '{}',
  samples jsonb not null default '[]',
  mapping text[],
  state text not null default 'received' check (state in ('received', 'reading', 'ready', 'applying', 'done', 'undoing', 'undone', 'failed', 'cancelled')),
  error text,
  rows_read int not null default 0,
  rows_total int not null default 0,
  rows_done int not null default 0,
  rows_new int not null default 0,
  rows_changed int not null default 0,
  rows_same int not null default 0,
  rows_refused int not null default 0,
  rows_doubtful int not null default 0,
  rows_restored int not null default 0,
  rows_kept int not null default 0,
  person_id uuid not null references vn.person,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (centre_id, id)
);
create index company_import_newest on vn.company_import (centre_id, created_at desc, id desc);
call vn.tenant('vn.centre_area', 'true', '(select ctx.has(''administrator'')) or (select ctx.has(''coordinator''))');
call vn.tenant('vn.company_import', '(select ctx.has(''register''))');
grant select, insert, delete on vn.centre_area to vn_staff;
grant select, insert, update on vn.company_import to vn_staff;

-- Staging. Unlogged: after a crash the file is simply read again. No policy, because COPY cannot work under one; staff reach it through functions only.
create unlogged table vn.import_row (
  import_id uuid not null,
  no int not null,
  kind text not null,
  raw text,
  refusal text,
  doubtful boolean not null default false,
  new_id uuid not null,
  company_id uuid,
  outcome text,
  -- Of the same types as in the register: text against char would leave its indexes aside.
  cvr char(8),
  p_number char(10),
  name text,
  address text,
  postcode text,
  town text,
  municipality text,
  phone text,
  email text,
  form_code smallint,
  form text,
  status text,
  status_text text,
  started date,
  ended date,
  scheme text,
  industry_code text,
  industry_text text,
  size_from int,
  size_to int,
  size_period text,
  size_as_of date,
  public_sector boolean,
  protected boolean,
  contact_name text,
  contact_role text,
  contact_phone text,
  contact_email text,
  past jsonb,
  primary key (import_id, no)
);
create index import_row_cvr on vn.import_row (import_id, cvr);
-- What a changed company or unit was before; only the fields that changed.
create table vn.import_change (import_id uuid not null, kind text not null check (kind in ('company', 'unit')), subject uuid not null, before jsonb not null, kept boolean not null default false, primary key (import_id, kind, subject));

-- The import that brought a relation; undo takes a bare one away again.
alter table vn.relation add import_id uuid;
-- Whoever removes a company asks who knows it; without the index once per company through all of them.
create index relation_of_company on vn.relation (company_id);

create policy import on vn.company_import for all to vn_import using (true) with check (true);
create policy import on vn.relation for all to vn_import using (true) with check (true);
create policy import on vn.contact for all to vn_import using (true) with check (true);
create policy import on vn.centre_area for select to vn_import using (true);
create policy import on vn.membership for select to vn_import using (true);
create policy import on vn.audit for insert to vn_import with check (person_id = (select ctx.person()));
grant select, update on vn.company_import to vn_import;
grant select, insert, update, delete on vn.import_row, vn.import_change to vn_import;
grant select, insert, update, delete on vn.company, vn.unit, vn.company_past to vn_import;
grant select, insert, update on vn.industry to vn_import;
grant select, insert, update, delete on vn.relation, vn.contact to vn_import;
grant select on vn.centre, vn.centre_area, vn.municipality, vn.membership, vn.timeline_entry to vn_import;
create policy import on vn.timeline_entry for select to vn_import using (true);
grant insert on vn.audit to vn_import;
grant select on vn.import_row, vn.import_change to vn_gate;
create index company_made_by on vn.company (made_by_import) where made_by_import is not null;
create index company_written_by on vn.company (import_id) where import_id is not null;
reset role;

set local role vn_gate;
-- Staged rows of an import of one's own centre, from row p_after on.
create function vn.import_rows(p_import uuid, p_outcome text, p_after int, p_limit int)
returns table (no int, kind text, outcome text, refusal text, doubtful boolean, cvr text, p_number text, name text, raw text, company_id uuid)
language sql stable security definer set search_path = vn, pg_temp as $$
  select r.no, r.kind, r.outcome, r.refusal, r.doubtful, r.cvr::text, r.p_number::text, r.name, r.raw, r.company_id from vn.import_row r
   where r.import_id = p_import and r.no > p_after and (p_outcome is null or r.outcome = p_outcome)
     and exists (select from vn.company_import i where i.centre_id = ctx.centre() and i.id = p_import) and ctx.has('register')
   order by r.no limit p_limit;
$$;
-- Companies and units that undo left alone, because somebody has written them since.
create function vn.import_kept(p_import uuid) returns table (kind text, subject uuid, name text)
language sql stable security definer set search_path = vn, pg_temp as $$
  select c.kind, c.subject, coalesce(k.name, u.name) from vn.import_change c left join vn.company k on c.kind = 'company' and k.id = c.subject left join vn.unit u on c.kind = 'unit' and u.id = c.subject
   where c.import_id = p_import and c.kept and exists (select from vn.company_import i where i.centre_id = ctx.centre() and i.id = p_import) and ctx.has('register')
   order by 1, 3, 2 limit 1000;
$$;
grant execute on function vn.import_rows(uuid, text, int, int), vn.import_kept(uuid) to vn_staff;
reset role;
