-- Classes out of files and addresses (rows 4.01, 4.05): staged by COPY, compared and written by sets, kept as what was before for undo and for whoever acts on changes.
set local role vn_owner;
create table vn.class_file (
  centre_id uuid not null references vn.centre,
  id uuid not null,
  -- A manager's file is for their own school; null: the coordinator's, for all schools.
  school_id uuid,
  -- Where it was fetched; null: somebody sent it.
  address text check (length(address) between 1 and 2000),
  format text check (format in ('json', 'csv', 'xlsx')),
  file_name text not null check (length(file_name) between 1 and 255),
  bytes bigint not null default 0 check (bytes >= 0),
  file uuid,
  headings text[] not null default '{}',
  samples jsonb not null default '[]',
  mapping text[],
  -- What a file does not say of itself.
  course_kind text check (course_kind in ('amu', 'fvu', 'obu', 'avu', 'own')),
  course_code text check (length(course_code) between 1 and 20),
  default_school uuid,
  -- When its seats were counted; null: when it came.
  as_of timestamptz,
  -- It holds every class of the schools it names: what it lacks is listed.
  complete boolean not null default false,
  -- The institutions that it names, how many rows each, and which school that is.
  institutions jsonb not null default '[]',
  state text not null default 'received' check (state in ('received', 'reading', 'ready', 'applying', 'done', 'undoing', 'undone', 'failed', 'cancelled')),
  error text,
  rows_read int not null default 0,
  rows_done int not null default 0,
  rows_new int not null default 0,
  rows_changed int not null default 0,
  rows_same int not null default 0,
  rows_refused int not null default 0,
  rows_doubtful int not null default 0,
  rows_vanished int not null default 0,
  rows_restored int not null default 0,
  rows_kept int not null default 0,
  person_id uuid not null references vn.person,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (centre_id, id),
  foreign key (centre_id, school_id) references vn.school,
  foreign key (centre_id, default_school) references vn.school,
  check ((course_kind is null) = (course_code is null))
);
create index class_file_newest on vn.class_file (centre_id, created_at desc, id desc);
-- What an institution of the files is called here, as somebody said once.
create table vn.institution_school (
  centre_id uuid not null,
  -- Without capitals and signs, and æøå as other systems write them.
  key text not null check (length(key) between 1 and 200),
  name text not null check (length(name) between 1 and 200),
  school_id uuid not null,
  primary key (centre_id, key),
  foreign key (centre_id, school_id) references vn.school
);
-- What a file did to a class: undone from here, and read by whoever has to act on seats and cancellations.
create table vn.class_change (
  centre_id uuid not null references vn.centre,
  -- No foreign key: of a class that undo took away, what happened stays.
  class_id uuid not null,
  file_id uuid not null,
  at timestamptz not null,
  -- Null: the file brought the class.
  before jsonb,
  after jsonb not null,
  undone_at timestamptz,
  kept boolean not null default false,
  primary key (centre_id, class_id, file_id)
);
create index class_change_newest on vn.class_change (centre_id, at desc, class_id desc, file_id);
create index class_change_file on vn.class_change (centre_id, file_id);
call vn.tenant('vn.class_file', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
call vn.tenant('vn.institution_school', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
call vn.tenant('vn.class_change', 'true', 'false');
grant select, insert, update on vn.class_file, vn.institution_school to vn_staff;
grant select on vn.class_change to vn_staff;

-- Staging. Unlogged: after a crash the file is read again. No policy, because COPY cannot work under one; staff reach it through functions only.
create unlogged table vn.class_file_row (
  file_id uuid not null,
  no int not null,
  raw text not null,
  refusal text,
  doubts text[] not null default '{}',
  outcome text not null,
  new_id uuid not null,
  number text,
  institution text,
  school_id uuid,
  course_kind text,
  course_code text,
  days numeric,
  taken int,
  cancelled boolean,
  -- Columns of a class as the file says them; what is not said is not there.
  facts jsonb not null default '{}',
  -- Found by comparing: whose number it is, its course, and column by column what was and what will be.
  class_id uuid,
  course_id uuid,
  compared text[] not null default '{}',
  changes jsonb not null default '{}',
  primary key (file_id, no)
);
create index class_file_row_number on vn.class_file_row (file_id, number);

-- The file that wrote a class last; whoever writes it otherwise takes that away, so that undo leaves it alone.
alter table vn.class add file_id uuid;
create index class_written_by on vn.class (centre_id, file_id) where file_id is not null;
create function vn.class_written() returns trigger language plpgsql set search_path = vn, pg_temp as $$
begin
  if current_user <> 'vn_import' and new is distinct from old then new.file_id := null; end if;
  return new;
end $$;
create trigger class_written before update on vn.class for each row execute function vn.class_written();
-- The file that brought a course, or a school to it; undo takes bare ones away again.
alter table vn.course add made_by_file uuid;
alter table vn.course_school add made_by_file uuid;

-- The job that writes is bound as the person who asked for it: a manager's file reaches no other school.
create policy import on vn.class_file for all to vn_import using (true) with check (true);
create policy import on vn.class_change for all to vn_import using (true) with check (true);
create policy import on vn.institution_school for select to vn_import using (true);
create policy import on vn.school for select to vn_import using (true);
create policy import on vn.delivery_form for select to vn_import using (true);
create policy import on vn.course for all to vn_import using (true) with check ((select ctx.has('coordinator')) or (select ctx.has('manager')));
create policy import on vn.course_school for select to vn_import using (true);
create policy import_adds on vn.course_school for insert to vn_import with check ((select ctx.has('coordinator')) or ((select ctx.has('manager')) and school_id = (select ctx.school())));
create policy import_removes on vn.course_school for delete to vn_import using ((select ctx.has('coordinator')) or ((select ctx.has('manager')) and school_id = (select ctx.school())));
create policy import on vn.class for select to vn_import using (true);
create policy import_adds on vn.class for insert to vn_import with check ((select ctx.has('coordinator')) or ((select ctx.has('manager')) and school_id = (select ctx.school())));
create policy import_changes on vn.class for update to vn_import using ((select ctx.has('coordinator')) or ((select ctx.has('manager')) and school_id = (select ctx.school())))
  with check ((select ctx.has('coordinator')) or ((select ctx.has('manager')) and school_id = (select ctx.school())));
create policy import_removes on vn.class for delete to vn_import using ((select ctx.has('coordinator')) or ((select ctx.has('manager')) and school_id = (select ctx.school())));
grant select, update on vn.class_file to vn_import;
grant select, insert, update, delete on vn.class_file_row to vn_import;
grant select, insert, update on vn.class_change to vn_import;
grant select on vn.institution_school, vn.school, vn.delivery_form to vn_import;
-- Rows are locked before they are compared, which needs the right to update.
grant select, insert, update, delete on vn.class to vn_import;
grant select, insert, delete on vn.course, vn.course_school to vn_import;
grant select on vn.class_file_row to vn_gate;
reset role;

set local role vn_gate;
-- Staged rows of a file that one may see, from row p_after on.
create function vn.class_file_rows(p_file uuid, p_outcome text, p_after int, p_limit int)
returns table (no int, outcome text, refusal text, doubts text[], number text, institution text, school_id uuid, course_code text, title text, starts date, changes jsonb, course_before text, class_id uuid, raw text)
language sql stable security definer set search_path = vn, pg_temp as $$
  select r.no, r.outcome, r.refusal, r.doubts || r.compared, r.number, r.institution, r.school_id, r.course_code, r.facts ->> 'title', (r.facts ->> 'starts')::date, r.changes,
         (select coalesce(c.code, c.title) from vn.course c where c.centre_id = ctx.centre() and c.id::text = r.changes #>> '{course_id,0}'), r.class_id, r.raw
    from vn.class_file_row r
   where r.file_id = p_file and r.no > p_after and (p_outcome is null or r.outcome = p_outcome or (p_outcome = 'doubtful' and r.doubts || r.compared <> '{}' and r.outcome <> 'refused'))
     and exists (select from vn.class_file f where f.centre_id = ctx.centre() and f.id = p_file and (ctx.has('coordinator') or (ctx.has('manager') and f.school_id = ctx.school())))
   order by r.no limit p_limit;
$$;
-- Classes to come that a complete file does not name, of the schools that it names. A row that was refused is in the file all the same.
create function vn.class_file_vanished(p_file uuid, p_today date) returns table (class_id uuid, number text, title text, school_id uuid, starts date)
language sql stable security definer set search_path = vn, pg_temp as $$
  select k.id, k.no, k.title, k.school_id, k.starts from vn.class k
   where k.centre_id = ctx.centre() and k.no is not null and k.ends >= p_today and k.state <> 'cancelled'
     and exists (select from vn.class_file f where f.centre_id = ctx.centre() and f.id = p_file and f.complete and (ctx.has('coordinator') or (ctx.has('manager') and f.school_id = ctx.school())))
     and k.school_id in (select r.school_id from vn.class_file_row r where r.file_id = p_file and r.outcome <> 'refused')
     and not exists (select from vn.class_file_row r where r.file_id = p_file and r.number = k.no)
   order by k.starts, k.no;
$$;
-- Which of some classes or courses anything of this centre points at, whatever tables come later.
create function vn.used_among(p_table regclass, p_ids uuid[]) returns setof uuid
language plpgsql stable security definer set search_path = vn, pg_temp as $$
declare
  key record;
begin
  for key in
    select k.conrelid::regclass tab, a.attname col from pg_constraint k cross join lateral unnest(k.conkey, k.confkey) p (here, there)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = p.here join pg_attribute b on b.attrelid = k.confrelid and b.attnum = p.there
     where k.contype = 'f' and k.confrelid = p_table and k.conparentid = 0 and b.attname = 'id'
  loop
    return query execute format('select t.%2$I from %1$s t where t.centre_id = ctx.centre() and t.%2$I = any ($1)', key.tab, key.col) using p_ids;
  end loop;
end $$;
grant execute on function vn.class_file_rows(uuid, text, int, int), vn.class_file_vanished(uuid, date) to vn_staff;
grant execute on function vn.class_file_vanished(uuid, date), vn.used_among(regclass, uuid[]) to vn_import;
reset role;
