import type { Role } from '../kit/access.ts';

/** The main menu: where each role works, in the order of its day. */
export const nav = [
  { to: '/', word: 'today', roles: null },
  { to: '/companies', word: 'companies', roles: ['consultant', 'manager', 'coordinator', 'register'] },
] as const satisfies readonly { to: string; word: string; roles: readonly Role[] | null }[];

export const navFor = (held: readonly Role[]) => nav.filter(({ roles }) => roles === null || (roles as readonly Role[]).some((role) => held.includes(role)));
