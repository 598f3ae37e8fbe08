import type { Section } from '../../../kit/industries.ts';
import type { NeedField } from '../../companies/needs/contract.ts';
import type { ProvisionLine } from './contract.ts';

/** Somebody who wants something: what about, of which industry, where; null where nobody knows. */
export interface Wanted {
  field: NeedField | null;
  section: Section | null;
  municipality: string | null;
}
type Line = Pick<ProvisionLine, 'field' | 'industries' | 'municipalities'>;

/** Whether an outline covers what is wanted. What nobody knows about somebody excludes no school. */
export const covers = (line: Line, { field, section, municipality }: Wanted): boolean =>
  line.field === field &&
  (section === null || line.industries.length === 0 || line.industries.includes(section)) &&
  (municipality === null || line.municipalities.length === 0 || line.municipalities.includes(municipality));

/**
 * The schools that could answer it (row 3.02). Where nobody said what it is about, or no school says that it teaches this, each of them could: an unknown field
 * speaks for none.
 */
export function ableSchools<S extends string>(schools: readonly S[], lines: readonly (Line & { school: S })[], wanted: Wanted): S[] {
  const able = schools.filter((school) => lines.some((line) => line.school === school && covers(line, wanted)));
  return able.length === 0 ? [...schools] : able;
}
