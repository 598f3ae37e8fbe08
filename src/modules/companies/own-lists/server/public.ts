import { type RawBuilder, sql } from 'kysely';

/**
 * Which of some companies are on the own list of a school (row 2.09): by company number, by production unit's number, or by name and postcode where the list
 * gives no number. One match a company, the surest first.
 * @param listed a query of (company_id, cvr, name, postcode)
 * @returns a query of (company_id, how: 'cvr' | 'p_number' | 'name', note, known_by); empty for anybody outside the school, by row policy
 */
export const ownMatches = (centre: string, school: string | null, listed: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select distinct on (y.company_id) y.company_id, y.how, y.note, y.known_by from (
    with l as materialized (select x.*, vn.name_key(x.name) name_key from (${listed}) x),
         o as materialized (select * from vn.own_company w where w.centre_id = ${centre} and w.school_id = ${school} and w.refusal is null)
    select l.company_id, 1 place, 'cvr' how, o.note, o.known_by from l join o on o.cvr = l.cvr
    union all select l.company_id, 2, 'p_number', o.note, o.known_by from l join vn.unit u on u.company_id = l.company_id join o on o.p_number = u.p_number
    union all select l.company_id, 3, 'name', o.note, o.known_by from l join o on o.name_key = l.name_key and o.cvr is null and o.p_number is null and (o.postcode is null or l.postcode is null or o.postcode = l.postcode)
  ) y order by y.company_id, y.place`;
