-- The national register of facts (no tenant, read by grant) and what a centre knows: its relation to a company.
set local role vn_owner;
create table vn.company (
  id uuid primary key,
  cvr char(8) not null unique check (cvr ~ '^[0-9]{8}$'),
  name text not null check (length(name) between 1 and 300),
  address text,
  postcode char(4),
  town text,
  phone text,
  -- An entry that a school made from a valid number; the next CVR extract confirms or corrects it.
  source text not null check (source in ('cvr', 'provisional')),
  created_at timestamptz not null
);
create index company_by_name on vn.company (name collate "da-x-icu", id);
create table vn.relation (
  centre_id uuid not null references vn.centre,
  company_id uuid not null references vn.company,
  since timestamptz not null,
  primary key (centre_id, company_id)
);
call vn.tenant('vn.relation', 'true');
grant select on vn.company to vn_staff, vn_gate;
grant insert on vn.company to vn_gate;
grant select on vn.relation to vn_staff;
reset role;

set local role vn_gate;
-- Adds a company to the centre. Facts of a known company stay as they are: only an extract changes facts.
create function vn.add_company(p_id uuid, p_cvr text, p_name text, p_address text, p_postcode text, p_town text, p_phone text) returns table (company_id uuid, added boolean)
language plpgsql security definer set search_path = vn, pg_temp as $$
declare v uuid;
begin
  insert into vn.company (id, cvr, name, address, postcode, town, phone, source, created_at)
    values (p_id, p_cvr, p_name, p_address, p_postcode, p_town, p_phone, 'provisional', ctx.now()) on conflict (cvr) do nothing;
  select c.id into strict v from vn.company c where c.cvr = p_cvr;
  insert into vn.relation (centre_id, company_id, since) values (ctx.centre(), v, ctx.now()) on conflict do nothing;
  return query select v, found;
end $$;
grant execute on function vn.add_company(uuid, text, text, text, text, text, text) to vn_staff;
reset role;
