import type { Role } from '../../../kit/access.ts';

/** A profile is written by the consultant, a manager of the same school, or the coordinator. The row policy asks the same. */
export function mayWrite(writer: { personId: string | null; roles: readonly Role[]; schoolId: string | null }, person: string, school: string | null): boolean {
  if (writer.roles.includes('coordinator')) return true;
  if (writer.roles.includes('manager') && school !== null && school === writer.schoolId) return true;
  return writer.roles.includes('consultant') && writer.personId === person;
}
