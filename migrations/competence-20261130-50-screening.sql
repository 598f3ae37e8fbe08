-- Screening of whole groups for reading and maths (rows 4.12 and 4.13). Nobody's own result is kept, and of a group only what may be shown.
set local role vn_owner;
create table vn.screening (
  centre_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  class_id uuid,
  -- Which group, as the school calls it.
  name text not null check (length(name) between 1 and 150),
  day date not null,
  people int not null check (people between 1 and 500),
  tested int not null,
  -- Leaders who took the test as well; their results are in no figure.
  leaders int not null check (leaders between 0 and 100),
  -- How many read very badly, badly and well, and the same for maths; null is hidden or none.
  reading int[] not null check (cardinality(reading) = 3),
  maths int[] check (cardinality(maths) = 3),
  threshold smallint not null check (threshold >= 3),
  by_id uuid not null references vn.person,
  at timestamptz not null,
  primary key (centre_id, id),
  foreign key (centre_id, school_id) references vn.school,
  foreign key (centre_id, class_id) references vn.class,
  -- Never a few of the group.
  constraint screening_whole_group check (tested = people),
  -- A figure below the threshold cannot be kept.
  constraint screening_shown check (threshold <= all (reading) is not false and threshold <= all (maths) is not false)
);
create index screening_school on vn.screening (centre_id, school_id, day desc);
/* Groups of which nothing may be shown, put together until their quarter is over; then they are counted once and this is gone. Nobody reads it. */
create table vn.screening_rest (
  centre_id uuid not null references vn.centre,
  quarter date not null,
  subject text not null check (subject in ('reading', 'maths')),
  counts int[] not null check (cardinality(counts) = 3),
  primary key (centre_id, quarter, subject)
);
-- What may be shown of them, for the whole centre.
create table vn.screening_quarter (
  centre_id uuid not null references vn.centre,
  quarter date not null,
  subject text not null check (subject in ('reading', 'maths')),
  people int not null,
  counts int[] not null check (cardinality(counts) = 3),
  threshold smallint not null check (threshold >= 3),
  primary key (centre_id, quarter, subject),
  constraint screening_quarter_shown check (threshold <= all (counts) is not false)
);
call vn.tenant('vn.screening', '(select ctx.has(''coordinator'')) or (((select ctx.has(''consultant'')) or (select ctx.has(''manager''))) and school_id = (select ctx.school()))');
call vn.tenant('vn.screening_rest', 'false', 'false');
call vn.tenant('vn.screening_quarter', '(select ctx.has(''coordinator''))', 'false');
grant select, insert on vn.screening to vn_staff;
grant select (centre_id) on vn.screening_rest to vn_staff;
grant select on vn.screening_quarter to vn_staff;
reset role;

set local role vn_gate;
-- Adds a group of which nothing may be shown to those of the quarter in which it is written down.
create function vn.add_screening_rest(p_subject text, p_counts int[]) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if not (ctx.has('consultant') or ctx.has('manager') or ctx.has('coordinator')) then raise exception 'forbidden' using errcode = '42501'; end if;
  insert into vn.screening_rest as r (centre_id, quarter, subject, counts)
    select c.id, date_trunc('quarter', ctx.now() at time zone c.tz)::date, p_subject, p_counts from vn.centre c where c.id = ctx.centre()
    on conflict (centre_id, quarter, subject) do update set counts = array[r.counts[1] + excluded.counts[1], r.counts[2] + excluded.counts[2], r.counts[3] + excluded.counts[3]];
end $$;
-- Quarters that are over, for the house alone, which is no person.
create function vn.screenings_to_count() returns table (quarter date, subject text, counts int[], threshold int) language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  return query select r.quarter, r.subject, r.counts, (vn.outreach_settings()).small_cell::int from vn.screening_rest r join vn.centre c on c.id = r.centre_id
    where r.centre_id = ctx.centre() and r.quarter < date_trunc('quarter', ctx.now() at time zone c.tz)::date order by 1, 2 for update of r;
end $$;
create function vn.count_screenings(p_quarter date, p_subject text, p_people int, p_counts int[], p_threshold int) returns void language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if ctx.person() is not null or not ctx.has('coordinator') then raise exception 'forbidden' using errcode = '42501'; end if;
  delete from vn.screening_rest r where r.centre_id = ctx.centre() and r.quarter = p_quarter and r.subject = p_subject;
  if found then insert into vn.screening_quarter values (ctx.centre(), p_quarter, p_subject, p_people, p_counts, p_threshold); end if;
end $$;
grant execute on function vn.add_screening_rest(text, int[]), vn.screenings_to_count(), vn.count_screenings(date, text, int, int[], int) to vn_staff;
reset role;
