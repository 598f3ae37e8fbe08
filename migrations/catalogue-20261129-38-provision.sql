-- What each school offers, in outline (rows 3.02, 3.09): a field, for which industries, where. No row: it does not teach that.
set local role vn_owner;
create table vn.provision (
  centre_id uuid not null,
  school_id uuid not null,
  field text not null check (field in ('certificates', 'basic_skills', 'training', 'management', 'digital', 'apprentices', 'experience')),
  -- Sections of the industry nomenclature; empty: all of them.
  industries text[] not null,
  -- Municipality codes; empty: the whole area of the centre.
  municipalities text[] not null,
  version int not null,
  primary key (centre_id, school_id, field),
  foreign key (centre_id, school_id) references vn.school
);
call vn.tenant('vn.provision', 'true', '(select ctx.has(''coordinator'')) or ((select ctx.has(''manager'')) and school_id = (select ctx.school()))');
grant select, insert, update, delete on vn.provision to vn_staff;
reset role;
