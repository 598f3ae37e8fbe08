-- More doors in for companies (row X.2): spreadsheets, cvrapi.dk, CVR itself; and what a company was called before is found.
set local role vn_owner;
alter table vn.company_import drop constraint company_import_format_check;
alter table vn.company_import
  add constraint company_import_format_check check (format in ('json', 'csv', 'xlsx', 'cvrapi')),
  -- Of a spreadsheet file: its sheets, and the one that is read.
  add sheets text[] not null default '{}',
  add sheet text check (length(sheet) <= 255),
  -- A file that somebody sent, or what CVR answered.
  add origin text not null default 'file' check (origin in ('file', 'cvr')),
  -- Of CVR: the one company that was asked for; null: all of the centre's area.
  add wanted char(8) check (wanted ~ '^[0-9]{8}$'),
  -- While CVR is being asked: the last company whose page is in the file, how often in a row it would not answer, and when it is asked again.
  add fetching boolean not null default false,
  add fetched_to bigint not null default 0,
  add fetch_tries smallint not null default 0,
  add fetch_next timestamptz,
  add sizes text[] not null default '{}',
  add check (origin = 'cvr' or (wanted is null and not fetching));
-- One update of an area at a time.
create unique index company_import_one_update on vn.company_import (centre_id) where origin = 'cvr' and wanted is null and state in ('received', 'reading', 'ready', 'applying');
create index company_import_fetching on vn.company_import (centre_id, fetch_next) where fetching;

-- How often the centre's area is brought up to date from CVR, and of which sizes. No row: never.
create table vn.cvr_update (
  centre_id uuid primary key references vn.centre,
  every text not null check (every in ('never', 'week', 'month')),
  sizes text[] not null check (sizes <@ array['micro', 'small', 'large', 'unknown'] and cardinality(sizes) > 0),
  -- In whose name: whoever said so last, with the rights that person has then.
  person_id uuid not null references vn.person,
  next_on date,
  version int not null default 1,
  check ((next_on is null) = (every = 'never'))
);
call vn.tenant('vn.cvr_update', '(select ctx.has(''register'')) or (select ctx.has(''coordinator''))');
grant select, insert, update on vn.cvr_update to vn_staff;
grant insert on vn.company_import to vn_import;
grant select on vn.postcode to vn_import;

-- A search finds what a company was called; names of before stand in no tenant, so an index serves.
create index company_past_name on vn.company_past using gin (lower(value) gin_trgm_ops) where fact = 'name';
reset role;

set local role vn_gate;
/* Fetches that may go on now, for the house: it reads no imports. */
create function vn.fetches_due() returns table (id uuid, person_id uuid) language sql stable security definer set search_path = vn, pg_temp as $$
  select i.id, i.person_id from vn.company_import i where i.centre_id = ctx.centre() and i.fetching and i.state = 'reading' and i.fetch_next <= ctx.now() and ctx.has('coordinator');
$$;
grant execute on function vn.fetches_due() to vn_staff;
reset role;
