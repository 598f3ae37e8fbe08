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
  can: z.object({ leave: z.boolean() }),
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
  can: { leave: false },
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
  params: z.strictObject({ person: idOf('person') }),
  status: 200,
  output: person,
  errors: { role_not_yours_to_give: 403, last_administrator: 409 },
  example: { params: { person: example.id }, output: example },
});
