import type { Role } from '../kit/access.ts';

/** The main menu: where each role works, in the order of its day. */
export const nav = [
  { to: '/', word: 'today', roles: null },
  { to: '/calls', word: 'calls', roles: ['agent', 'consultant'] },
  { to: '/hearings', word: 'hearings', roles: ['consultant', 'manager'] },
  { to: '/campaigns', word: 'campaigns', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/companies', word: 'companies', roles: ['consultant', 'manager', 'coordinator', 'register'] },
  { to: '/enquiries', word: 'enquiries', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/followed', word: 'followed', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/meetings', word: 'meetings', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/reports', word: 'reports', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/tasks', word: 'tasks', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/referrals', word: 'referrals', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/consultant-meetings', word: 'consultantMeetings', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/working-groups', word: 'workingGroups', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/week', word: 'week', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/rotas', word: 'rotas', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/corners', word: 'corners', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/events', word: 'events', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/wish-forms', word: 'wishForms', roles: ['consultant', 'coordinator'] },
  { to: '/capacity', word: 'capacity', roles: ['manager', 'coordinator'] },
  { to: '/my-time', word: 'myTime', roles: ['consultant'] },
  { to: '/calls-made', word: 'callsMade', roles: ['coordinator', 'consultant'] },
  { to: '/imports', word: 'imports', roles: ['register'] },
  { to: '/consultants', word: 'consultants', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/schools', word: 'schools', roles: ['consultant', 'manager', 'coordinator', 'administrator'] },
  { to: '/impartial', word: 'impartial', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/provision', word: 'provision', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/teams', word: 'teams', roles: ['consultant', 'manager', 'coordinator', 'administrator'] },
  { to: '/people', word: 'people', roles: ['administrator', 'coordinator', 'manager', 'data_protection'] },
  { to: '/processors', word: 'processors', roles: ['coordinator', 'data_protection', 'administrator'] },
  { to: '/centre', word: 'centre', roles: ['coordinator', 'administrator'] },
  { to: '/outreach-settings', word: 'rules', roles: ['coordinator'] },
  { to: '/log', word: 'log', roles: ['data_protection', 'administrator'] },
] as const satisfies readonly { to: string; word: string; roles: readonly Role[] | null }[];

export const navFor = (held: readonly Role[]) => nav.filter(({ roles }) => roles === null || (roles as readonly Role[]).some((role) => held.includes(role)));
