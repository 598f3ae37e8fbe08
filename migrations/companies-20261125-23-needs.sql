-- What companies need, as somebody noted it after a visit (rows 2.43, 3.04); open to all schools of the centre, which pool needs into classes.
set local role vn_owner;
create table vn.need (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  what text not null check (length(what) between 1 and 200),
  -- Short term: now or this year; long term: later.
  term text not null check (term in ('now', 'this_year', 'later')),
  -- A course off the shelf, or one made for them; null where nobody can say yet.
  fit text check (fit in ('shelf', 'tailored')),
  people int check (people between 1 and 10000),
  -- The report that it stands in.
  source_id uuid not null,
  place int not null,
  noted_by uuid not null references vn.person,
  noted_at timestamptz not null,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation
);
create index need_company on vn.need (centre_id, company_id, noted_at desc);
create index need_source on vn.need (centre_id, source_id, place);
call vn.tenant('vn.need', 'true', 'noted_by = (select ctx.person())');
grant select, insert, update, delete on vn.need to vn_staff;
reset role;
