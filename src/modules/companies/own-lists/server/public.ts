import { type RawBuilder, sql } from 'kysely';

/**
 * Which of some companies are on the own list of a school (row 2.09): by company number, by production unit's number, or by name and postcode where the list
 * gives no number. One match a company, the surest first.
 * @param listed a query of (company_id, cvr, name, postcode)
 * @returns a query of (company_id, how: 'cvr' | 'p_number' | 'name', note, known_by); empty for anybody outside the school, by row policy
 */
export const ownMatches = (centre: string, school: string | null, listed: RawBuilder<unknown>): RawBuilder<unknown> => {
  // The list becomes objects by number and by name, made once: right after it was sent nothing is known of how long it is, and a join went through all of it for every company.
  const own = sql`vn.own_company w where w.centre_id = ${centre} and w.school_id = ${school} and w.refusal is null`;
  const said = sql`jsonb_build_array(w.note, w.known_by, w.postcode)`;
  return sql`
  select distinct on (y.company_id) y.company_id, y.how, y.found ->> 0 note, y.found ->> 1 known_by from (
    with l as materialized (select x.*, vn.name_key(x.name) name_key from (${listed}) x)
    select l.company_id, 1 place, 'cvr' how, (select jsonb_object_agg(w.cvr::text, ${said} order by w.no desc) from ${own} and w.cvr is not null) -> l.cvr::text found from l
    union all select l.company_id, 2, 'p_number', (select jsonb_object_agg(w.p_number::text, ${said} order by w.no desc) from ${own} and w.p_number is not null) -> u.p_number::text
      from l join vn.unit u on u.company_id = l.company_id
    union all select l.company_id, 3, 'name', m.found from l cross join lateral (
      select e found from jsonb_array_elements((select jsonb_object_agg(n.name_key, n.found) from (
        select w.name_key, jsonb_agg(${said} order by w.no) found from ${own} and w.name_key is not null and w.cvr is null and w.p_number is null group by w.name_key) n) -> l.name_key) e
       where e ->> 2 is null or l.postcode is null or e ->> 2 = l.postcode limit 1) m
  ) y where y.found is not null order by y.company_id, y.place`;
};
