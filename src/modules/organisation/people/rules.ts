import type { Role } from '../../../kit/access.ts';

export interface Giver {
  roles: readonly Role[];
  schoolId: string | null;
}

/**
 * Who may give or end which role: an administrator all, a coordinator all but those that watch over the coordinator,
 * a manager the own school's consultants and managers. The database asks the same (vn.may_give).
 */
export function mayGive(giver: Giver, role: Role, schoolId: string | null): boolean {
  if (giver.roles.includes('administrator')) return true;
  if (giver.roles.includes('coordinator')) return role !== 'administrator' && role !== 'data_protection';
  return giver.roles.includes('manager') && (role === 'consultant' || role === 'manager') && schoolId !== null && schoolId === giver.schoolId;
}

/** Where a role is held: a manager at a school, an agent at an outside organisation, a consultant at a school or the centre, all others at the centre. */
export function placeFits(role: Role, schoolId: string | null, organisationId: string | null): boolean {
  if (role === 'manager') return schoolId !== null && organisationId === null;
  if (role === 'agent') return schoolId === null && organisationId !== null;
  if (role === 'consultant') return organisationId === null;
  return schoolId === null && organisationId === null;
}

/** Whether a role from/to a day is held on `today`. */
export function stateOf({ from, to }: { from: string; to: string | null }, today: string): 'now' | 'ahead' | 'past' {
  if (from > today) return 'ahead';
  return to !== null && to < today ? 'past' : 'now';
}
