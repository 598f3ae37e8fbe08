import type { Role } from '../kit/access.ts';

/** What belongs together in the menu; what is opened every day stands before them all. */
const groups = ['companies', 'visits', 'offers', 'centre'] as const;
type Group = (typeof groups)[number];

/** The main menu: where each role works. */
export const nav = [
  { to: '/', word: 'today', group: null, roles: null },
  { to: '/calls', word: 'calls', group: null, roles: ['agent', 'consultant'] },
  { to: '/tasks', word: 'tasks', group: null, roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/my-time', word: 'myTime', group: null, roles: ['consultant'] },
  { to: '/companies', word: 'companies', group: 'companies', roles: ['consultant', 'manager', 'coordinator', 'register'] },
  { to: '/enquiries', word: 'enquiries', group: 'companies', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/followed', word: 'followed', group: 'companies', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/referrals', word: 'referrals', group: 'companies', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/partnerships', word: 'partnerships', group: 'companies', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/suppliers', word: 'suppliers', group: 'companies', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/advisers', word: 'advisers', group: 'companies', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/campaigns', word: 'campaigns', group: 'companies', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/hearings', word: 'hearings', group: 'companies', roles: ['consultant', 'manager'] },
  { to: '/calls-made', word: 'callsMade', group: 'companies', roles: ['coordinator', 'consultant'] },
  { to: '/imports', word: 'imports', group: 'companies', roles: ['register'] },
  { to: '/meetings', word: 'meetings', group: 'visits', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/reports', word: 'reports', group: 'visits', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/training-agreements', word: 'trainingAgreements', group: 'visits', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/week', word: 'week', group: 'visits', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/consultant-meetings', word: 'consultantMeetings', group: 'visits', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/working-groups', word: 'workingGroups', group: 'visits', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/rotas', word: 'rotas', group: 'visits', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/corners', word: 'corners', group: 'visits', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/events', word: 'events', group: 'visits', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/capacity', word: 'capacity', group: 'visits', roles: ['manager', 'coordinator'] },
  { to: '/idea-bank', word: 'ideaBank', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/needs', word: 'pooledNeeds', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/courses', word: 'courses', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/classes', word: 'classes', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/recruitment', word: 'recruitment', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/class-files', word: 'classFiles', group: 'offers', roles: ['manager', 'coordinator'] },
  { to: '/wish-forms', word: 'wishForms', group: 'offers', roles: ['consultant', 'coordinator'] },
  { to: '/screenings', word: 'screenings', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/rotations', word: 'rotations', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/programmes', word: 'programmes', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/services', word: 'services', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/punch-cards', word: 'punchCards', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/invoice-lines', word: 'invoiceLines', group: 'offers', roles: ['manager', 'coordinator'] },
  { to: '/funding', word: 'funding', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/teachers', word: 'teachers', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/proposals', word: 'proposals', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/provision', word: 'provision', group: 'offers', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/impartial', word: 'impartial', group: 'centre', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/consultants', word: 'consultants', group: 'centre', roles: ['consultant', 'manager', 'coordinator'] },
  { to: '/schools', word: 'schools', group: 'centre', roles: ['consultant', 'manager', 'coordinator', 'administrator'] },
  { to: '/teams', word: 'teams', group: 'centre', roles: ['consultant', 'manager', 'coordinator', 'administrator'] },
  { to: '/people', word: 'people', group: 'centre', roles: ['administrator', 'coordinator', 'manager', 'data_protection'] },
  { to: '/processors', word: 'processors', group: 'centre', roles: ['coordinator', 'data_protection', 'administrator'] },
  { to: '/centre', word: 'centre', group: 'centre', roles: ['coordinator', 'administrator'] },
  { to: '/sign-in-settings', word: 'signIn', group: 'centre', roles: ['administrator', 'data_protection'] },
  { to: '/outreach-settings', word: 'rules', group: 'centre', roles: ['coordinator'] },
  { to: '/outbox', word: 'outbox', group: 'centre', roles: ['coordinator', 'administrator'] },
  { to: '/keys', word: 'keys', group: 'centre', roles: ['manager', 'administrator'] },
  { to: '/data-protection', word: 'dataProtection', group: 'centre', roles: ['data_protection'] },
  { to: '/export', word: 'export', group: 'centre', roles: ['manager', 'coordinator'] },
  { to: '/log', word: 'log', group: 'centre', roles: ['data_protection', 'administrator'] },
] as const satisfies readonly { to: string; word: string; group: Group | null; roles: readonly Role[] | null }[];

const held = (mine: readonly Role[]) => nav.filter(({ roles }) => roles === null || (roles as readonly Role[]).some((role) => mine.includes(role)));

/** What a person may open, group by group; groups without anything are left out. */
export const navFor = (mine: readonly Role[]) =>
  [null, ...groups].map((group) => ({ group, entries: held(mine).filter((entry) => entry.group === group) })).filter(({ entries }) => entries.length > 0);
