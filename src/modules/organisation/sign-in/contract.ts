import * as z from 'zod';
import { roles } from '../../../kit/access.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { languages } from '../../../kit/words.ts';

const hat = z.object({
  schoolId: idOf('school').nullable(),
  organisationId: idOf('organisation').nullable(),
  asCoordinator: z.boolean(),
  /** The school or outside organisation; null means the centre itself. */
  place: z.string().nullable(),
  roles: z.array(z.enum(roles)),
});

const session = z.object({
  /** Null when nobody is signed in; the rest is then null or empty too. */
  person: z.object({ id: idOf('person'), name: z.string(), email: z.string(), language: z.enum(languages) }).nullable(),
  centre: z.object({ id: idOf('centre'), name: z.string(), zone: z.string() }).nullable(),
  hat: hat.nullable(),
  hats: z.array(hat),
  demonstration: z.boolean(),
  today: z.iso.date(),
});

const exampleHat = { schoolId: '01990000-0000-7000-8000-000000000011', organisationId: null, asCoordinator: false, place: 'Fjordegnens Erhvervsskole', roles: ['consultant'] };

export const readSession = endpoint({
  name: 'readSession',
  method: 'GET',
  path: '/api/session',
  summary: 'Who is signed in, under which hat, and which hats there are',
  description: 'Answers to anyone: `person` is null when nobody is signed in. `today` is the day of the centre.',
  access: 'anyone',
  status: 200,
  output: session,
  example: {
    output: {
      person: { id: '01990000-0000-7000-8000-000000000001', name: 'Anna Holm', email: 'anna@fjordegnen.example', language: 'da' },
      centre: { id: '01990000-0000-7000-8000-000000000002', name: 'VEU-center Fjordegnen', zone: 'Europe/Copenhagen' },
      hat: exampleHat,
      hats: [exampleHat],
      demonstration: true,
      today: '2026-11-17',
    },
  },
});

export const signOut = endpoint({
  name: 'signOut',
  method: 'DELETE',
  path: '/api/session',
  summary: 'End the session that asks',
  access: 'signed-in',
  status: 204,
  output: z.null(),
  example: {},
});

export const listDemonstrationPeople = endpoint({
  name: 'listDemonstrationPeople',
  method: 'GET',
  path: '/api/demonstration/people',
  summary: 'The persons a visitor of the demonstration may be',
  access: 'anyone',
  status: 200,
  output: z.array(z.object({ key: z.string(), name: z.string(), place: z.string(), roles: z.array(z.enum(roles)) })),
  example: { output: [{ key: 'anna', name: 'Anna Holm', place: 'Fjordegnens Erhvervsskole', roles: ['consultant'] }] },
});

export const signInAsDemonstrationPerson = endpoint({
  name: 'signInAsDemonstrationPerson',
  method: 'POST',
  path: '/api/session/demo',
  summary: 'Sign in as a demonstration person',
  description: 'Exists only in a demonstration. Sets the session cookie.',
  access: 'anyone',
  body: z.strictObject({ person: z.string().min(1).max(40) }),
  status: 200,
  output: z.object({ person: z.string() }),
  errors: { unknown_person: 404 },
  example: { body: { person: 'anna' }, output: { person: 'anna' } },
});
