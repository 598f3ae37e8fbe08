-- What a production unit was called, where it lay and what it worked in before, kept as a company's past is.
set local role vn_owner;
create table vn.unit_past (
  unit_id uuid not null references vn.unit,
  fact text not null check (fact in ('name', 'address', 'industry', 'size')),
  valid daterange not null,
  value text not null,
  import_id uuid,
  primary key (unit_id, fact, valid, value)
);
grant select on vn.unit_past to vn_staff;
grant select, insert, update, delete on vn.unit_past to vn_import;
-- When a file last wrote its facts; null: they are known since its company is.
alter table vn.unit add changed_at timestamptz;
reset role;
