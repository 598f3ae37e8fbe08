import type { Role } from '../../../kit/access.ts';

/** A school is described by its own managers, the coordinator, or an administrator. The row policy asks the same. */
export function mayDescribe(writer: { roles: readonly Role[]; schoolId: string | null }, school: string): boolean {
  if (writer.roles.includes('coordinator') || writer.roles.includes('administrator')) return true;
  return writer.roles.includes('manager') && writer.schoolId === school;
}

/** Whether a school's last day in the centre is over; it is in the centre on the last day itself. */
export const hasLeft = (lastDay: string | null, today: string): boolean => lastDay !== null && lastDay < today;
