import { type RawBuilder, sql } from 'kysely';
import { sizeClasses } from '../rules.ts';

/** Companies (alias c) whose industry is of a scheme and begins with one of these digits; the two schemes are never mixed (AC23). */
export const ofIndustry = (scheme: 'DB07' | 'DB25', starts: readonly string[]): RawBuilder<boolean> =>
  sql`(c.scheme = ${scheme} and (${sql.join(
    starts.map((start) => sql`c.industry_code like ${`${start}%`}`),
    sql` or `,
  )}))`;

/** Companies (alias c) whose interval of employees lies in a size class (row 2.01). */
export function ofSize(size: keyof typeof sizeClasses): RawBuilder<boolean> {
  const { from, to } = sizeClasses[size];
  return to === null ? sql`c.size_from >= ${from}` : sql`(c.size_from >= ${from} and c.size_to <= ${to})`;
}
