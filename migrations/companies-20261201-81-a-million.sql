-- Part 6: a centre of a million companies.
set local role vn_owner;
-- Few are public, and few are large: whoever asks for those in a municipality without any walked through all of it.
create index company_public on vn.company (name collate "da-x-icu", id) where public_sector;
create index company_large on vn.company (name collate "da-x-icu", id) where size_from >= 50;
reset role;

set local role vn_gate;
/*
 * Two million contacts: an index serves three words of a search at once, the longest first, where they are rare; where they are common, going
 * through the table until there are enough is faster. Only who knows the words can tell, so the statement is planned anew at every search.
 */
create or replace function vn.companies_by_person(p_longest text, p_patterns text[], p_phone text) returns table (company_id uuid)
language plpgsql stable security definer set search_path = vn, pg_temp rows 50 as $$
begin
  if p_longest is not null then
    return query execute
      'select distinct s.company_id from (select c.company_id from vn.contact_search c where c.centre_id = ctx.centre() and c.name like $1 and ($2[2] is null or c.name like $2[2]) and ($2[3] is null or c.name like $2[3]) and c.name like all ($2) limit 500) s'
      using p_longest, p_patterns;
  end if;
  if p_phone is not null then
    return query select distinct s.company_id from (select c.company_id from vn.contact_search c where c.centre_id = ctx.centre() and c.phone = p_phone limit 500) s;
  end if;
end $$;
reset role;
