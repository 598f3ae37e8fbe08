import * as z from 'zod';
import { type Role, roles } from '../../../kit/access.ts';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { languages } from '../../../kit/words.ts';

/** Roles that are held in a centre; the ministry's reader belongs to none. */
export const centreRoles = roles.filter((role) => role !== 'ministry') as [Exclude<Role, 'ministry'>, ...Exclude<Role, 'ministry'>[]];

const membership = z.object({
  id: idOf('membership'),
  role: z.enum(centreRoles),
  schoolId: idOf('school').nullable(),
  organisationId: idOf('organisation').nullable(),
  /** The school or outside organisation; null means the centre itself. */
  place: z.string().nullable(),
  from: calendarDay,
  to: calendarDay.nullable(),
  state: z.enum(['now', 'ahead', 'past']),
  /** Whether the one who asks may end it. */
  can: z.object({ end: z.boolean() }),
});

const person = z.object({
  id: idOf('person'),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  language: z.enum(languages),
  memberships: z.array(membership),
  can: z.object({ leave: z.boolean(), endSessions: z.boolean() }),
});
export type Person = z.output<typeof person>;

const exampleMembership = {
  id: '01990000-0000-7000-8000-000000000021',
  role: 'consultant',
  schoolId: '01990000-0000-7000-8000-000000000011',
  organisationId: null,
  place: 'Fjordegnens Erhvervsskole',
  from: '2024-01-01',
  to: null,
  state: 'now',
  can: { end: false },
};
const example = {
  id: '01990000-0000-7000-8000-000000000001',
  name: 'Anna Holm',
  email: 'anna@fjordegnen.example',
  phone: null,
  language: 'da',
  memberships: [exampleMembership],
  can: { leave: false, endSessions: false },
};

const staff = ['consultant', 'manager', 'coordinator', 'administrator', 'data_protection', 'register'] as const;
const inviters = ['administrator', 'coordinator', 'manager'] as const;

export const listPeople = endpoint({
  name: 'listPeople',
  method: 'GET',
  path: '/api/people',
  summary: 'The people of the centre, by name in Danish order',
  description: 'With `search`, those whose name or address contains it; such a search is logged. `past` adds those who are nothing here any more.',
  access: staff,
  query: z.strictObject({
    ...pageQuery,
    search: z.string().trim().max(100).optional(),
    role: z.enum(centreRoles).optional(),
    school: idOf('school').optional(),
    past: z.enum(['true', 'false']).default('false'),
  }),
  status: 200,
  output: pageOf(person),
  logsAccess: true,
  example: { query: { limit: 50 }, output: { items: [example], next: null } },
});

export const readPerson = endpoint({
  name: 'readPerson',
  method: 'GET',
  path: '/api/people/{person}',
  summary: 'A person of the centre and what that person is here, from when to when',
  access: staff,
  params: z.strictObject({ person: idOf('person') }),
  status: 200,
  output: person,
  logsAccess: true,
  example: { params: { person: example.id }, output: example },
});

const place = {
  role: z.enum(centreRoles),
  schoolId: idOf('school').nullable().default(null),
  organisationId: idOf('organisation').nullable().default(null),
  from: calendarDay,
  to: calendarDay.nullable().default(null),
};

export const invitePerson = endpoint({
  name: 'invitePerson',
  method: 'POST',
  path: '/api/people',
  summary: 'Invite a person by e-mail to a role',
  description:
    'The person gets a mail with a link that signs in. An administrator invites to every role, a coordinator to all but administrator and data protection, a manager to consultant and manager of the own school. An address that is known becomes the same person.',
  access: inviters,
  bySession: true,
  body: z.strictObject({ name: z.string().trim().min(1).max(200), email: z.email().max(320), language: z.enum(languages).default('da'), ...place }),
  status: 201,
  output: person,
  errors: { role_not_yours_to_give: 403, role_place: 422, days_reversed: 422, role_held: 409, unknown_place: 422 },
  example: { body: { name: 'Anna Holm', email: 'anna@fjordegnen.example', language: 'da', role: 'consultant', schoolId: exampleMembership.schoolId, from: '2026-12-01' }, output: example },
});

export const giveRole = endpoint({
  name: 'giveRole',
  method: 'POST',
  path: '/api/people/{person}/memberships',
  summary: 'Give a person a role from a day, perhaps to a day',
  description: 'How the coordinator rotates (row 1.30): the next one gets the role from the day the present one’s ends. The same limits as for inviting.',
  access: inviters,
  bySession: true,
  params: z.strictObject({ person: idOf('person') }),
  body: z.strictObject(place),
  status: 201,
  output: person,
  errors: { role_not_yours_to_give: 403, role_place: 422, days_reversed: 422, role_held: 409, unknown_place: 422 },
  example: { params: { person: example.id }, body: { role: 'coordinator', from: '2027-01-01', to: '2027-06-30' }, output: example },
});

export const endRole = endpoint({
  name: 'endRole',
  method: 'POST',
  path: '/api/people/{person}/memberships/{membership}/end',
  summary: 'End a role after a day',
  access: inviters,
  bySession: true,
  params: z.strictObject({ person: idOf('person'), membership: idOf('membership') }),
  body: z.strictObject({ lastDay: calendarDay }),
  status: 200,
  output: person,
  errors: { role_not_yours_to_give: 403, days_reversed: 422, last_administrator: 409 },
  example: { params: { person: example.id, membership: exampleMembership.id }, body: { lastDay: '2026-12-31' }, output: example },
});

export const letLeave = endpoint({
  name: 'letLeave',
  method: 'POST',
  path: '/api/people/{person}/leave',
  summary: 'End everything a person is in the centre, today, and all sessions here',
  description: 'What the person was stays on record. Roles that have not begun are removed.',
  access: ['administrator', 'coordinator'],
  bySession: true,
  params: z.strictObject({ person: idOf('person') }),
  status: 200,
  output: person,
  errors: { role_not_yours_to_give: 403, last_administrator: 409 },
  example: { params: { person: example.id }, output: example },
});

export const endSessionsOf = endpoint({
  name: 'endSessionsOf',
  method: 'DELETE',
  path: '/api/people/{person}/sessions',
  summary: 'Sign somebody out on every device, who stays: a telephone was lost, or a stranger sat there',
  description: 'Of sessions in this centre only. Roles, passkeys and API keys stay; each has its own end.',
  access: ['administrator'],
  bySession: true,
  params: z.strictObject({ person: idOf('person') }),
  status: 200,
  output: z.object({ ended: z.number().int() }),
  example: { params: { person: example.id }, output: { ended: 2 } },
});

/** What a generalist must be able to on a first meeting alone (row 2.21; the five of the handbook on outreach). Words in words.ts, in this order. */
export const abilityCount = 5;
/** 1 has yet to learn it · 2 is learning it · 3 can do it · 4 helps others with it. */
export const abilityLevels = [1, 2, 3, 4] as const;
const ability = z
  .strictObject({ level: z.int().min(1).max(4).nullable(), learn: z.string().trim().max(500), by: calendarDay.nullable() })
  .refine(({ learn, by }) => learn === '' || by !== null, { path: ['by'], params: { code: 'required' } })
  .refine(({ learn, by }) => learn !== '' || by === null, { path: ['learn'], params: { code: 'required' } });
const abilities = z.array(ability).length(abilityCount);
const ownAbilities = z.object({
  abilities,
  /** 0 before it was first written. */
  version: z.int(),
});
export type OwnAbilities = z.output<typeof ownAbilities>;
const exampleAbilities = [
  { level: 3, learn: '', by: null },
  { level: 1, learn: 'Læse om tilskud sammen med Karim', by: '2027-01-15' },
  { level: null, learn: '', by: null },
  { level: 4, learn: '', by: null },
  { level: 2, learn: 'Med Bjarke ude to gange', by: '2026-12-18' },
];

export const readOwnAbilities = endpoint({
  name: 'readOwnAbilities',
  method: 'GET',
  path: '/api/own-abilities',
  summary: 'How the consultant who asks has rated five abilities, and what they plan to learn',
  description: 'Row 2.21. One’s own and nobody else’s: no address gives anybody another person’s, and no log has a word of it. Gone when the role ends.',
  access: ['consultant'],
  status: 200,
  output: ownAbilities,
  example: { output: { abilities: exampleAbilities, version: 1 } },
});

export const writeOwnAbilities = endpoint({
  name: 'writeOwnAbilities',
  method: 'PUT',
  path: '/api/own-abilities',
  summary: 'Rate the own abilities and plan what to learn until when',
  description: 'Row 2.21. If-Match "0" writes the first version.',
  access: ['consultant'],
  body: z.strictObject({ abilities }),
  edits: true,
  status: 200,
  output: ownAbilities,
  example: { body: { abilities: exampleAbilities }, output: { abilities: exampleAbilities, version: 1 } },
});

export const forgetOwnAbilities = endpoint({
  name: 'forgetOwnAbilities',
  method: 'DELETE',
  path: '/api/own-abilities',
  summary: 'Delete the own rating and plan',
  access: ['consultant'],
  status: 204,
  output: z.null(),
  example: {},
});
