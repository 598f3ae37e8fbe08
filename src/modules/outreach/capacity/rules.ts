/** Who agrees on capacity: the coordinator; for the own school and its consultants its manager. The row policy asks the same. */
export const mayAgree = (actor: { roles: readonly string[]; schoolId: string | null }, of: { scope: string; schoolId: string | null }): boolean =>
  actor.roles.includes('coordinator') || (actor.roles.includes('manager') && of.scope !== 'centre' && of.schoolId !== null && of.schoolId === actor.schoolId);

/** A week's state in one word: nothing agreed, full, or with some left. */
export const weekState = ({ agreed, used }: { agreed: number | null; used: number }): 'none' | 'full' | 'open' =>
  agreed === null || (agreed === 0 && used === 0) ? 'none' : used >= agreed ? 'full' : 'open';
