import * as z from 'zod';
import { roles } from '../../../kit/access.ts';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { languages } from '../../../kit/words.ts';
import { mailStates } from '../outbox/contract.ts';

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
  /** For people of an outside organisation: whether a processor agreement holds today (row 2.42); null for everybody else. */
  agreementHolds: z.boolean().nullable(),
  /** For call agents: whether their organisation calls for another centre too; null for everybody else. */
  servesAnotherCentre: z.boolean().nullable(),
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
      agreementHolds: null,
      servesAnotherCentre: null,
    },
  },
});

export const signOut = endpoint({
  name: 'signOut',
  method: 'DELETE',
  path: '/api/session',
  summary: 'End the session that asks',
  description: 'Where it began at an institution’s login that says how, the answer tells where one signs out there too. The two end apart: nothing is sent there until the person goes.',
  access: 'signed-in',
  bySession: true,
  status: 200,
  output: z.object({ alsoAt: z.object({ label: z.object({ da: z.string(), en: z.string() }), address: z.string() }).nullable() }),
  example: { output: { alsoAt: { label: { da: 'MitID Erhverv', en: 'MitID Erhverv' }, address: 'https://broker.example.dk/op/connect/endsession?client_id=vejnet' } } },
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

export const requestSignIn = endpoint({
  name: 'requestSignIn',
  method: 'POST',
  path: '/api/sign-in',
  summary: 'Ask for a mail with a one-time code and a link',
  description:
    'The answer is the same whether or not the address is known. The code and the link hold for ten minutes and work once, the code only in the browser that asked (by a cookie); a new request ends the old ones.',
  access: 'anyone',
  body: z.strictObject({ email: z.email().max(320), language: z.enum(languages).default('da') }),
  status: 202,
  output: z.object({ minutes: z.number().int() }),
  limits: [
    { count: 60, seconds: 600, by: 'address' },
    { count: 5, seconds: 900, by: 'email' },
  ],
  example: { body: { email: 'anna@fjordegnen.example', language: 'da' }, output: { minutes: 10 } },
});

const code = z
  .string()
  .transform((text) => text.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/));

export const redeemSignIn = endpoint({
  name: 'redeemSignIn',
  method: 'POST',
  path: '/api/session',
  summary: 'Sign in with the code or the link of the mail',
  description: 'Sets the session cookie. Five wrong codes in 15 minutes and the address waits.',
  access: 'anyone',
  body: z.union([z.strictObject({ link: z.string().min(20).max(200) }), z.strictObject({ email: z.email().max(320), code })]),
  status: 200,
  output: z.object({ signedIn: z.literal(true) }),
  errors: { code_wrong: 403, link_used_up: 403, way_closed: 403 },
  limits: [
    { count: 60, seconds: 600, by: 'address' },
    { count: 5, seconds: 900, by: 'email' },
  ],
  example: { body: { email: 'anna@fjordegnen.example', code: '314159' }, output: { signedIn: true } },
});

export const confirmMyself = endpoint({
  name: 'confirmMyself',
  method: 'POST',
  path: '/api/session/confirm',
  summary: 'Show once more that it is you, with a new code from a mail',
  description: 'What changes one’s ways in (passkeys, joined logins) asks for a sign-in by mail or passkey, or for this, within ten minutes. The code is asked for as for signing in.',
  access: 'signed-in',
  bySession: true,
  body: z.strictObject({ email: z.email().max(320), code }),
  status: 204,
  output: z.null(),
  errors: { code_wrong: 403 },
  limits: [
    { count: 60, seconds: 600, by: 'address' },
    { count: 5, seconds: 900, by: 'email' },
  ],
  example: { body: { email: 'anna@fjordegnen.example', code: '314159' } },
});

/** How somebody was recognised. */
const ways = ['mail', 'invitation', 'operator', 'passkey', 'provider', 'demonstration'] as const;
export type Way = (typeof ways)[number];
const ownSession = z.object({
  id: idOf('session'),
  device: z.string(),
  startedAt: instant,
  seenAt: instant,
  way: z.enum(ways),
  /** The institution's login that it began at, while the centre has it. */
  login: z.object({ da: z.string(), en: z.string() }).nullable(),
  /** What that login's signed token said of its strength, as it is written there. */
  strength: z.string().nullable(),
  current: z.boolean(),
});
export type OwnSession = z.output<typeof ownSession>;

export const listSessions = endpoint({
  name: 'listSessions',
  method: 'GET',
  path: '/api/sessions',
  summary: 'Where one is signed in, and how',
  access: 'signed-in',
  bySession: true,
  status: 200,
  output: z.array(ownSession),
  example: {
    output: [
      {
        id: '01990000-0000-7000-8000-000000000061',
        device: 'Chrome, Windows',
        startedAt: '2026-11-17T07:20:00.000Z',
        seenAt: '2026-11-17T07:25:00.000Z',
        way: 'mail',
        login: null,
        strength: null,
        current: true,
      },
    ],
  },
});

export const endSession = endpoint({
  name: 'endSession',
  method: 'DELETE',
  path: '/api/sessions/{session}',
  summary: 'End one of one’s own sessions',
  access: 'signed-in',
  bySession: true,
  params: z.strictObject({ session: idOf('session') }),
  status: 204,
  output: z.null(),
  example: { params: { session: '01990000-0000-7000-8000-000000000061' } },
});

export const endOtherSessions = endpoint({
  name: 'endOtherSessions',
  method: 'DELETE',
  path: '/api/sessions',
  summary: 'End all of one’s sessions but the one that asks',
  access: 'signed-in',
  bySession: true,
  status: 200,
  output: z.object({ ended: z.number().int() }),
  example: { output: { ended: 2 } },
});

export const wearHat = endpoint({
  name: 'wearHat',
  method: 'PUT',
  path: '/api/session/hat',
  summary: 'Act under another of one’s hats',
  description: 'Coordinator is a hat of its own: only under it, and within its days, are the strikes of all schools seen. Audited.',
  access: 'signed-in',
  bySession: true,
  body: z.strictObject({ schoolId: idOf('school').nullable(), organisationId: idOf('organisation').nullable(), asCoordinator: z.boolean() }),
  status: 200,
  output: hat,
  errors: { hat_not_yours: 403 },
  example: { body: { schoolId: null, organisationId: null, asCoordinator: true }, output: { ...exampleHat, schoolId: null, place: null, asCoordinator: true, roles: ['coordinator'] } },
});

export const chooseLanguage = endpoint({
  name: 'chooseLanguage',
  method: 'PUT',
  path: '/api/session/language',
  summary: 'Choose the language of screens and mails',
  access: 'signed-in',
  body: z.strictObject({ language: z.enum(languages) }),
  status: 204,
  output: z.null(),
  example: { body: { language: 'en' } },
});

const mail = z.object({ id: idOf('mail'), at: instant, to: z.string(), subject: z.string(), text: z.string(), calendar: z.string().nullable(), state: z.enum(mailStates) });

export const listDemonstrationMails = endpoint({
  name: 'listDemonstrationMails',
  method: 'GET',
  path: '/api/demonstration/mails',
  summary: 'Every mail the demonstration has written, newest first; nothing leaves the machine',
  access: 'anyone',
  query: z.strictObject({ ...pageQuery }),
  status: 200,
  output: pageOf(mail),
  example: {
    output: {
      items: [{ id: '01990000-0000-7000-8000-000000000071', at: '2026-11-17T07:20:00.000Z', to: 'anna@fjordegnen.example', subject: 'Din kode er 314159', text: '…', calendar: null, state: 'sent' }],
      next: null,
    },
  },
});

const clock = z.object({ day: z.iso.date(), time: z.string() });

export const readDemonstrationClock = endpoint({
  name: 'readDemonstrationClock',
  method: 'GET',
  path: '/api/demonstration/clock',
  summary: 'Which day and time it is in the demonstration',
  description: 'In the zone of the centre; for nobody in particular, Danish time.',
  access: 'anyone',
  status: 200,
  output: clock,
  example: { output: { day: '2026-11-17', time: '08:20' } },
});

export const moveDemonstrationClock = endpoint({
  name: 'moveDemonstrationClock',
  method: 'PUT',
  path: '/api/demonstration/clock',
  summary: 'Move the demonstration to another day, for everybody in it',
  description:
    'Exists only in a demonstration. Later or earlier, within this century; without a time the time of day stays. What was written is not undone by going back. Whoever is signed in stays so.',
  access: 'signed-in',
  body: z.strictObject({
    day: calendarDay.startsWith('20'),
    time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
  }),
  status: 200,
  output: clock,
  errors: { no_demonstration: 404 },
  example: { body: { day: '2026-11-18', time: '09:00' }, output: { day: '2026-11-18', time: '09:00' } },
});
