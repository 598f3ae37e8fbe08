-- The register in full: production units, industries, size, form, status, protection, their past; what a centre knows: contacts, reasons, the timeline.
set local role vn_owner;
-- The 98 municipalities and Christiansø, and their regions (dk-postals 1.0.0, public postcode data). An address keeps its own municipality: postcodes cross borders.
create table vn.municipality (code char(4) primary key, name text not null, region char(4) not null);
insert into vn.municipality values
  ('0101', 'København', '1084'),
  ('0147', 'Frederiksberg', '1084'),
  ('0151', 'Ballerup', '1084'),
  ('0153', 'Brøndby', '1084'),
  ('0155', 'Dragør', '1084'),
  ('0157', 'Gentofte', '1084'),
  ('0159', 'Gladsaxe', '1084'),
  ('0161', 'Glostrup', '1084'),
  ('0163', 'Herlev', '1084'),
  ('0165', 'Albertslund', '1084'),
  ('0167', 'Hvidovre', '1084'),
  ('0169', 'Høje-Taastrup', '1084'),
  ('0173', 'Lyngby-Taarbæk', '1084'),
  ('0175', 'Rødovre', '1084'),
  ('0183', 'Ishøj', '1084'),
  ('0185', 'Tårnby', '1084'),
  ('0187', 'Vallensbæk', '1084'),
  ('0190', 'Furesø', '1084'),
  ('0201', 'Allerød', '1084'),
  ('0210', 'Fredensborg', '1084'),
  ('0217', 'Helsingør', '1084'),
  ('0219', 'Hillerød', '1084'),
  ('0223', 'Hørsholm', '1084'),
  ('0230', 'Rudersdal', '1084'),
  ('0240', 'Egedal', '1084'),
  ('0250', 'Frederikssund', '1084'),
  ('0253', 'Greve', '1085'),
  ('0259', 'Køge', '1085'),
  ('0260', 'Halsnæs', '1084'),
  ('0265', 'Roskilde', '1085'),
  ('0269', 'Solrød', '1085'),
  ('0270', 'Gribskov', '1084'),
  ('0306', 'Odsherred', '1085'),
  ('0316', 'Holbæk', '1085'),
  ('0320', 'Faxe', '1085'),
  ('0326', 'Kalundborg', '1085'),
  ('0329', 'Ringsted', '1085'),
  ('0330', 'Slagelse', '1085'),
  ('0336', 'Stevns', '1085'),
  ('0340', 'Sorø', '1085'),
  ('0350', 'Lejre', '1085'),
  ('0360', 'Lolland', '1085'),
  ('0370', 'Næstved', '1085'),
  ('0376', 'Guldborgsund', '1085'),
  ('0390', 'Vordingborg', '1085'),
  ('0400', 'Bornholm', '1084'),
  ('0410', 'Middelfart', '1083'),
  ('0411', 'Christiansø', '1084'),
  ('0420', 'Assens', '1083'),
  ('0430', 'Faaborg-Midtfyn', '1083'),
  ('0440', 'Kerteminde', '1083'),
  ('0450', 'Nyborg', '1083'),
  ('0461', 'Odense', '1083'),
  ('0479', 'Svendborg', '1083'),
  ('0480', 'Nordfyns', '1083'),
  ('0482', 'Langeland', '1083'),
  ('0492', 'Ærø', '1083'),
  ('0510', 'Haderslev', '1083'),
  ('0530', 'Billund', '1083'),
  ('0540', 'Sønderborg', '1083'),
  ('0550', 'Tønder', '1083'),
  ('0561', 'Esbjerg', '1083'),
  ('0563', 'Fanø', '1083'),
  ('0573', 'Varde', '1083'),
  ('0575', 'Vejen', '1083'),
  ('0580', 'Aabenraa', '1083'),
  ('0607', 'Fredericia', '1083'),
  ('0615', 'Horsens', '1082'),
  ('0621', 'Kolding', '1083'),
  ('0630', 'Vejle', '1083'),
  ('0657', 'Herning', '1082'),
  ('0661', 'Holstebro', '1082'),
  ('0665', 'Lemvig', '1082'),
  ('0671', 'Struer', '1082'),
  ('0706', 'Syddjurs', '1082'),
  ('0707', 'Norddjurs', '1082'),
  ('0710', 'Favrskov', '1082'),
  ('0727', 'Odder', '1082'),
  ('0730', 'Randers', '1082'),
  ('0740', 'Silkeborg', '1082'),
  ('0741', 'Samsø', '1082'),
  ('0746', 'Skanderborg', '1082'),
  ('0751', 'Aarhus', '1082'),
  ('0756', 'Ikast-Brande', '1082'),
  ('0760', 'Ringkøbing-Skjern', '1082'),
  ('0766', 'Hedensted', '1082'),
  ('0773', 'Morsø', '1081'),
  ('0779', 'Skive', '1082'),
  ('0787', 'Thisted', '1081'),
  ('0791', 'Viborg', '1082'),
  ('0810', 'Brønderslev', '1081'),
  ('0813', 'Frederikshavn', '1081'),
  ('0820', 'Vesthimmerlands', '1081'),
  ('0825', 'Læsø', '1081'),
  ('0840', 'Rebild', '1081'),
  ('0846', 'Mariagerfjord', '1081'),
  ('0849', 'Jammerbugt', '1081'),
  ('0851', 'Aalborg', '1081'),
  ('0860', 'Hjørring', '1081');

-- Titles come with the companies; DB07 and DB25 are two schemes and the same digits are not the same industry.
create table vn.industry (scheme text not null check (scheme in ('DB07', 'DB25')), code text not null check (code ~ '^[0-9]{2,6}$'), title text not null, primary key (scheme, code));

alter table vn.company
  add form_code smallint,
  add form text,
  add status text not null default 'active' check (status in ('active', 'dissolving', 'ceased')),
  add status_text text,
  add started date,
  add ended date,
  add scheme text check (scheme in ('DB07', 'DB25')),
  add industry_code text,
  add industry_text text,
  -- The interval of employees; an upper end of null is open.
  add size_from int,
  add size_to int,
  add size_period text check (size_period in ('month', 'quarter', 'year')),
  add size_as_of date,
  add municipality char(4) references vn.municipality,
  add email text,
  add public_sector boolean not null default false,
  add protected boolean not null default false,
  add vanished boolean not null default false,
  -- The import that wrote it last, and the one that made it: undo asks both.
  add import_id uuid,
  add made_by_import uuid,
  add changed_at timestamptz,
  add search text not null generated always as (lower(name || ' ' || coalesce(address, '') || ' ' || coalesce(postcode, '') || ' ' || coalesce(town, ''))) stored,
  add check ((scheme is null) = (industry_code is null)),
  add check (size_to is null or size_from is not null);
create index company_search on vn.company using gin (search gin_trgm_ops);
create index company_phone on vn.company (right(regexp_replace(phone, '\D', '', 'g'), 8)) where phone is not null;
create index company_by_place on vn.company (municipality, name collate "da-x-icu", id);
create index company_by_industry on vn.company (scheme, industry_code text_pattern_ops, name collate "da-x-icu", id);

create table vn.unit (
  id uuid primary key,
  p_number char(10) not null unique check (p_number ~ '^[0-9]{10}$'),
  company_id uuid not null references vn.company,
  name text not null check (length(name) between 1 and 300),
  head boolean not null default false,
  status text not null default 'active' check (status in ('active', 'dissolving', 'ceased')),
  scheme text check (scheme in ('DB07', 'DB25')),
  industry_code text,
  industry_text text,
  size_from int,
  size_to int,
  municipality char(4) references vn.municipality,
  address text,
  postcode char(4),
  town text,
  phone text,
  email text,
  protected boolean not null default false,
  vanished boolean not null default false,
  import_id uuid,
  made_by_import uuid,
  check ((scheme is null) = (industry_code is null))
);
create index unit_company on vn.unit (company_id);

-- What was true before, from periods in an extract or from an import that changed it.
create table vn.company_past (
  company_id uuid not null references vn.company,
  fact text not null check (fact in ('name', 'address', 'industry', 'size', 'status', 'form', 'protected', 'phone', 'email', 'municipality')),
  valid daterange not null,
  value text not null,
  import_id uuid,
  primary key (company_id, fact, valid, value)
);
grant select on vn.municipality, vn.industry, vn.unit, vn.company_past to vn_staff, vn_gate;

-- A protected company may only be approached for a reason that somebody wrote down.
alter table vn.relation
  add protected boolean not null default false,
  add exception text check (exception in ('consent', 'own_relation', 'company_asked')),
  add exception_note text check (length(exception_note) <= 500),
  add exception_by uuid references vn.person,
  add exception_at timestamptz,
  add check (exception is null or (length(exception_note) > 0 and exception_by is not null and exception_at is not null));

create table vn.contact (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  -- A first-line leader of a small company is its owner or a middle manager (row 2.39).
  role text not null check (role in ('owner', 'leader', 'middle_manager', 'hr', 'shop_steward', 'employee', 'other')),
  title text not null default '' check (length(title) <= 100),
  phone text check (length(phone) <= 30),
  email text check (length(email) <= 320),
  language text not null default 'da' check (length(language) = 2),
  basis text not null check (basis in ('public_task', 'legitimate_interest', 'consent', 'agreement')),
  source text not null check (length(source) between 1 and 200),
  review_on date not null,
  version int not null default 1,
  created_at timestamptz not null,
  import_id uuid,
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation
);
create unique index contact_once on vn.contact (centre_id, company_id, lower(name), coalesce(lower(email), ''));
create index contact_company on vn.contact (centre_id, company_id);

-- What happened around a company, written by every module in the transaction of the thing itself.
create table vn.timeline_entry (
  centre_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  at timestamptz not null,
  kind text not null check (kind ~ '^[a-z_]+\.[a-z_]+$'),
  subject uuid,
  person_id uuid,
  -- Null: the whole centre may read it; else only that school.
  school_id uuid,
  data jsonb not null default '{}',
  primary key (centre_id, id),
  foreign key (centre_id, company_id) references vn.relation,
  foreign key (centre_id, school_id) references vn.school
);
create index timeline_company on vn.timeline_entry (centre_id, company_id, at desc, id desc);

call vn.tenant('vn.contact', 'true');
call vn.tenant('vn.timeline_entry', 'school_id is null or school_id = (select ctx.school())');
grant select, insert, update, delete on vn.contact to vn_staff;
grant select, insert on vn.timeline_entry to vn_staff;
grant update (exception, exception_note, exception_by, exception_at) on vn.relation to vn_staff;

-- People are searched in a table without policies that no audience may read: under a policy the index could not be used.
create table vn.contact_search (centre_id uuid not null, contact_id uuid not null, company_id uuid not null, name text not null, phone text, primary key (centre_id, contact_id));
create index contact_search_name on vn.contact_search using gin (name gin_trgm_ops);
create index contact_search_phone on vn.contact_search (centre_id, phone);
grant select, insert, update, delete on vn.contact_search to vn_gate;
reset role;

set local role vn_gate;
create function vn.contact_found_by() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  if tg_op <> 'INSERT' then delete from vn.contact_search s where s.centre_id = old.centre_id and s.contact_id = old.id; end if;
  if tg_op <> 'DELETE' then
    insert into vn.contact_search values (new.centre_id, new.id, new.company_id, lower(new.name), right(regexp_replace(new.phone, '\D', '', 'g'), 8));
  end if;
  return null;
end $$;
-- Companies of the centre where somebody bears all the words in the name, or has the number; 500 at most.
create function vn.companies_by_person(p_longest text, p_patterns text[], p_phone text) returns table (company_id uuid)
language sql stable security definer set search_path = vn, pg_temp rows 50 as $$
  -- The longest word stands alone, because an index cannot serve "like all".
  (select s.company_id from vn.contact_search s where s.centre_id = ctx.centre() and s.name like p_longest and s.name like all (p_patterns) limit 500)
  union
  (select s.company_id from vn.contact_search s where s.centre_id = ctx.centre() and s.phone = p_phone limit 500);
$$;
-- The name of somebody of one's own centre; null for anybody else.
create function vn.person_name(p_person uuid) returns text
language sql stable security definer set search_path = vn, pg_temp as $$
  select p.name from vn.person p where p.id = p_person and exists (select from vn.person_centre pc where pc.person_id = p.id and pc.centre_id = ctx.centre());
$$;
-- A relation starts with the protection that the register knows now; by statement, for an import brings a hundred thousand.
create function vn.relation_facts() returns trigger language plpgsql security definer set search_path = vn, pg_temp as $$
begin
  update vn.relation r set protected = true from fresh f join vn.company c on c.id = f.company_id
   where c.protected and r.centre_id = f.centre_id and r.company_id = f.company_id;
  return null;
end $$;
grant execute on function vn.companies_by_person(text, text[], text), vn.person_name(uuid) to vn_staff;
grant execute on function vn.contact_found_by(), vn.relation_facts() to vn_owner;
reset role;

set local role vn_owner;
create trigger t1_facts after insert on vn.relation referencing new table as fresh for each statement execute function vn.relation_facts();
create trigger t2_found_by after insert or update or delete on vn.contact for each row execute function vn.contact_found_by();
create trigger t9_append_only before update or delete on vn.timeline_entry for each statement execute function vn.no_change();
reset role;
