import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant', 'coordinator'] as const;
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** A theme day is about something; at a future workshop (fremtidsværksted) people of several companies think about what they will need. */
export const eventKinds = ['theme_day', 'future_workshop'] as const;
/** invited: by us, not answered yet · waiting: signed up when it was full · absent: signed up and did not come. */
export const partyStates = ['invited', 'declined', 'signed_up', 'waiting', 'cancelled', 'attended', 'absent'] as const;

const facts = {
  kind: z.enum(eventKinds),
  title: z.string().trim().min(1).max(150),
  text: z.string().trim().max(4000).default(''),
  place: z.string().trim().min(1).max(300),
  day: calendarDay,
  starts: time,
  ends: time,
  /** Null: the centre itself. */
  host: idOf('school').nullable(),
  /** Null: as many as like to come. */
  seats: z.int().min(1).max(2000).nullable(),
  /** Who may come, in words. */
  forWhom: z.string().trim().max(300).default(''),
  /** In the public list; otherwise only whoever has the address finds it. */
  open: z.boolean().default(true),
};
const endsAfter = ({ starts, ends }: { starts: string; ends: string }) => starts < ends;
const body = z.strictObject(facts).refine(endsAfter, { path: ['ends'], params: { code: 'format' } });

const event = z.object({
  id: idOf('event'),
  kind: z.enum(eventKinds),
  title: z.string(),
  text: z.string(),
  place: z.string(),
  starts: instant,
  ends: instant,
  host: z.object({ id: idOf('school'), name: z.string() }).nullable(),
  seats: z.number().int().nullable(),
  forWhom: z.string(),
  open: z.boolean(),
  madeBy: z.string(),
  /** From then on it is marked who came, and nobody signs up. */
  begun: z.boolean(),
  cancelledBecause: z.string().nullable(),
  /** Persons, not parties. */
  counts: z.object({ invited: z.number().int(), signedUp: z.number().int(), waiting: z.number().int(), attended: z.number().int(), absent: z.number().int() }),
  version: z.number().int(),
  can: z.object({ edit: z.boolean(), run: z.boolean() }),
});
export type EventShown = z.output<typeof event>;

const party = z.object({
  id: idOf('participant'),
  /** Null until somebody says which company of the centre it is. */
  company: z.object({ id: idOf('company'), name: z.string() }).nullable(),
  companyName: z.string(),
  cvr: z.string().nullable(),
  person: z.string(),
  role: z.string(),
  email: z.string().nullable(),
  /** How many persons. */
  count: z.number().int(),
  state: z.enum(partyStates),
  /** Place in the line, in the order of signing up. */
  no: z.number().int().nullable(),
  version: z.number().int(),
});
export type Party = z.output<typeof party>;
const sheet = event.extend({
  /** Where companies sign up. */
  link: z.string(),
  participants: z.array(party),
});
export type EventSheet = z.output<typeof sheet>;

const ids = {
  event: '01990000-0000-7000-8000-000000000801',
  party: '01990000-0000-7000-8000-000000000802',
  company: '01990000-0000-7000-8000-000000000101',
  school: '01990000-0000-7000-8000-000000000011',
  person: '01990000-0000-7000-8000-000000000001',
};
const exampleBody = {
  kind: 'theme_day',
  title: 'Kunstig intelligens på værkstedet',
  text: 'Tre firmaer viser, hvad de bruger det til.',
  place: 'Fjordvej 1, Limvig',
  day: '2026-12-03',
  starts: '13:00',
  ends: '16:00',
  host: ids.school,
  seats: 40,
  forWhom: 'Ledere og tillidsrepræsentanter i små firmaer',
  open: true,
};
const { day: _day, ...exampleRest } = exampleBody;
const example = {
  ...exampleRest,
  id: ids.event,
  starts: '2026-12-03T12:00:00.000Z',
  ends: '2026-12-03T15:00:00.000Z',
  host: { id: ids.school, name: 'Fjordegnens Erhvervsskole' },
  madeBy: 'Anna Holm',
  begun: false,
  cancelledBecause: null,
  counts: { invited: 2, signedUp: 3, waiting: 0, attended: 0, absent: 0 },
  version: 1,
  can: { edit: true, run: true },
};
const exampleParty = {
  id: ids.party,
  company: { id: ids.company, name: 'Bjergager Smede & Montage' },
  companyName: 'Bjergager Smede & Montage',
  cvr: '99000014',
  person: 'Preben Bjergager',
  role: 'Ejer',
  email: 'preben@bjergager.example',
  count: 3,
  state: 'signed_up',
  no: 1,
  version: 2,
};
const exampleSheet = { ...example, link: `http://localhost:3000/event#${ids.event}`, participants: [exampleParty] };
const params = z.strictObject({ event: idOf('event') });
const partyParams = z.strictObject({ event: idOf('event'), participant: idOf('participant') });
const count = z.int().min(1).max(50);

export const listEvents = endpoint({
  name: 'listEvents',
  method: 'GET',
  path: '/api/events',
  summary: 'Theme days and future workshops: those to come, or those that were, 200 at most',
  description: 'Row 2.41. Open to all schools of the centre.',
  access: readers,
  query: z.strictObject({ when: z.enum(['coming', 'past']).default('coming') }),
  status: 200,
  output: z.array(event),
  example: { query: { when: 'coming' }, output: [example] },
});

export const readEvent = endpoint({
  name: 'readEvent',
  method: 'GET',
  path: '/api/events/{event}',
  summary: 'An event with whoever is invited, signed up, waits, came or did not come',
  access: readers,
  params,
  logsAccess: true,
  status: 200,
  output: sheet,
  example: { params: { event: ids.event }, output: exampleSheet },
});

export const addEvent = endpoint({
  name: 'addEvent',
  method: 'POST',
  path: '/api/events',
  summary: 'Plan a theme day or a future workshop',
  description: 'Row 2.41. What happened already can be written down too, with whoever came.',
  access: writers,
  body,
  status: 201,
  output: sheet,
  errors: { school_unknown: 422 },
  example: { body: exampleBody, output: exampleSheet },
});

export const writeEvent = endpoint({
  name: 'writeEvent',
  method: 'PUT',
  path: '/api/events/{event}',
  summary: 'Change an event; whoever signed up is told of another time or place, and more seats let those who wait move up',
  description: 'Row 2.41. By whoever made it, consultants of the school that hosts, and the coordinator.',
  access: writers,
  params,
  body,
  edits: true,
  status: 200,
  output: sheet,
  errors: { event_not_yours: 403, event_over: 409, event_seats_taken: 409, school_unknown: 422 },
  example: { params: { event: ids.event }, body: exampleBody, output: exampleSheet },
});

export const cancelEvent = endpoint({
  name: 'cancelEvent',
  method: 'PUT',
  path: '/api/events/{event}/cancellation',
  summary: 'Call an event off, with the reason; whoever signed up is told',
  access: writers,
  params,
  body: z.strictObject({ because: z.string().trim().min(1).max(300) }),
  edits: true,
  status: 200,
  output: sheet,
  errors: { event_not_yours: 403, event_over: 409 },
  example: { params: { event: ids.event }, body: { because: 'Oplægsholderen er syg.' }, output: exampleSheet },
});

export const addParticipant = endpoint({
  name: 'addParticipant',
  method: 'POST',
  path: '/api/events/{event}/participants',
  summary: 'Invite a company, sign it up because it asked, or write down that it came',
  description:
    'Row 2.41. `invite` sends a mail with a link of its own, and only to a company that may be approached: whatever stands against it, the answer is one word. `sign_up`: the company asked, so it is never refused. `came`: once the event has begun. The same e-mail address is the same party.',
  access: writers,
  params,
  body: z
    .strictObject({
      mode: z.enum(['invite', 'sign_up', 'came']),
      company: idOf('company'),
      person: z.string().trim().max(200).default(''),
      role: z.string().trim().max(100).default(''),
      email: z.email().max(320).nullable().default(null),
      language: z.enum(['da', 'en']).default('da'),
      count: count.default(1),
    })
    .refine(({ mode, email }) => mode !== 'invite' || email !== null, { path: ['email'], params: { code: 'required' } }),
  status: 201,
  output: sheet,
  errors: { event_over: 409, event_not_begun: 409, event_too_many: 422, not_available_for_events: 409, participant_known: 409 },
  example: {
    params: { event: ids.event },
    body: { mode: 'sign_up', company: ids.company, person: 'Preben Bjergager', role: 'Ejer', email: 'preben@bjergager.example', count: 3 },
    output: exampleSheet,
  },
});

export const answerForParticipant = endpoint({
  name: 'answerForParticipant',
  method: 'PUT',
  path: '/api/events/{event}/participants/{participant}/answer',
  summary: 'Say for a party that it comes, or does not; whoever waits moves up',
  access: writers,
  params: partyParams,
  body: z.strictObject({ come: z.boolean(), count: count.default(1) }),
  edits: true,
  status: 200,
  output: sheet,
  errors: { event_over: 409, event_too_many: 422 },
  example: { params: { event: ids.event, participant: ids.party }, body: { come: true, count: 3 }, output: exampleSheet },
});

export const markAttendance = endpoint({
  name: 'markAttendance',
  method: 'PUT',
  path: '/api/events/{event}/participants/{participant}/attendance',
  summary: 'Mark who came, once the event has begun',
  description: 'Row 2.41. A company that came has a line in its story and has heard from the centre that day (row 2.25). A mark taken back is a line of its own; nothing is rubbed out.',
  access: writers,
  params: partyParams,
  body: z.strictObject({ came: z.boolean().nullable(), count }),
  edits: true,
  status: 200,
  output: sheet,
  errors: { event_not_begun: 409, participant_not_signed_up: 409 },
  example: { params: { event: ids.event, participant: ids.party }, body: { came: true, count: 3 }, output: exampleSheet },
});

export const nameParticipantCompany = endpoint({
  name: 'nameParticipantCompany',
  method: 'PUT',
  path: '/api/events/{event}/participants/{participant}/company',
  summary: 'Say which company of the centre a party is from',
  access: writers,
  params: partyParams,
  body: z.strictObject({ company: idOf('company') }),
  edits: true,
  status: 200,
  output: sheet,
  errors: { company_unknown: 422 },
  example: { params: { event: ids.event, participant: ids.party }, body: { company: ids.company }, output: exampleSheet },
});

export const followUpEvent = endpoint({
  name: 'followUpEvent',
  method: 'POST',
  path: '/api/events/{event}/tasks',
  summary: 'One task for each company that came',
  description: 'Row 2.41. `owner` null: each company’s contact person, and nobody where it has none.',
  access: writers,
  params,
  body: z.strictObject({ what: z.string().trim().min(1).max(500), due: calendarDay, owner: idOf('person').nullable().default(null) }),
  status: 201,
  output: z.object({ tasks: z.number().int() }),
  errors: { owner_not_consulting: 422, event_nobody_came: 409 },
  example: { params: { event: ids.event }, body: { what: 'Ring og hør, hvad de vil prøve', due: '2026-12-10' }, output: { tasks: 4 } },
});

const looking = [{ count: 120, seconds: 60, by: 'address' }] as const;
const shownToAll = z.object({
  id: idOf('event'),
  centre: z.string(),
  zone: z.string(),
  kind: z.enum(eventKinds),
  title: z.string(),
  text: z.string(),
  place: z.string(),
  starts: instant,
  ends: instant,
  host: z.string().nullable(),
  forWhom: z.string(),
  seats: z.number().int().nullable(),
  /** Free seats; null without a limit. */
  left: z.number().int().nullable(),
  /** Somebody waits for a seat. */
  waiting: z.boolean(),
  state: z.enum(['open', 'over', 'cancelled']),
  cancelledBecause: z.string().nullable(),
});
export type OpenEvent = z.output<typeof shownToAll>;
const exampleOpen = {
  id: ids.event,
  centre: 'VEU-center Fjordegnen',
  zone: 'Europe/Copenhagen',
  kind: 'theme_day',
  title: exampleBody.title,
  text: exampleBody.text,
  place: exampleBody.place,
  starts: example.starts,
  ends: example.ends,
  host: 'Fjordegnens Erhvervsskole',
  forWhom: exampleBody.forWhom,
  seats: 40,
  left: 37,
  waiting: false,
  state: 'open',
  cancelledBecause: null,
};

export const listOpenEvents = endpoint({
  name: 'listOpenEvents',
  method: 'GET',
  path: '/api/open-events',
  summary: 'The events to come that anybody may sign up for',
  description: 'Row 2.41. Nobody who comes is named.',
  access: 'anyone',
  limits: looking,
  status: 200,
  output: z.array(shownToAll),
  example: { output: [exampleOpen] },
});

export const readOpenEvent = endpoint({
  name: 'readOpenEvent',
  method: 'GET',
  path: '/api/open-events/{event}',
  summary: 'One event, for whoever has its address',
  access: 'anyone',
  params,
  limits: looking,
  status: 200,
  output: shownToAll,
  example: { params: { event: ids.event }, output: exampleOpen },
});

export const signUpForEvent = endpoint({
  name: 'signUpForEvent',
  method: 'POST',
  path: '/api/open-events/{event}/participants',
  summary: 'A company signs up, without signing in; a full event puts it on the waiting list',
  description:
    'Row 2.41. Seats are never exceeded, and whoever waits moves up in the order of signing up. The same e-mail address is the same party and keeps its place. A confirmation with a calendar file and a link to cancel is mailed. `website` is for nobody to fill in. No company is refused.',
  access: 'anyone',
  params,
  body: z.strictObject({
    companyName: z.string().trim().min(1).max(200),
    cvr: z
      .string()
      .transform((written) => written.replaceAll(/\s/g, ''))
      .pipe(z.string().regex(/^\d{8}$/))
      .nullable()
      .default(null),
    person: z.string().trim().min(1).max(200),
    role: z.string().trim().max(100).default(''),
    email: z.email().max(320),
    count,
    language: z.enum(['da', 'en']).default('da'),
    website: z.string().max(200).default(''),
  }),
  limits: [
    { count: 20, seconds: 3600, by: 'address' },
    { count: 10, seconds: 86_400, by: 'email' },
  ],
  status: 201,
  output: z.object({ place: z.enum(['signed_up', 'waiting']) }),
  errors: { event_over: 409, event_too_many: 422 },
  example: {
    params: { event: ids.event },
    body: { companyName: 'Bjergager Smede', cvr: '99000014', person: 'Preben Bjergager', role: 'Ejer', email: 'preben@bjergager.example', count: 2, language: 'da' },
    output: { place: 'signed_up' },
  },
});

const token = z.string().regex(/^[a-z2-7]{32}$/);
const exampleToken = 'mzabq5rqtkthyncwjs2lad7fgmzxbqve';
const place = z.object({ event: shownToAll, company: z.string(), person: z.string(), count: z.number().int(), place: z.enum(partyStates) });
const examplePlace = { event: exampleOpen, company: 'Bjergager Smede', person: 'Preben Bjergager', count: 2, place: 'signed_up' };

export const openEventPlace = endpoint({
  name: 'openEventPlace',
  method: 'POST',
  path: '/api/event-place',
  summary: 'What the link of a mail opens: the own place at an event',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits: looking,
  status: 200,
  output: place,
  errors: { event_place_gone: 404 },
  example: { body: { token: exampleToken }, output: examplePlace },
});

export const answerEventPlace = endpoint({
  name: 'answerEventPlace',
  method: 'POST',
  path: '/api/event-place/answer',
  summary: 'Accept an invitation, or cancel',
  access: 'anyone',
  body: z.strictObject({ token, come: z.boolean(), count: count.default(1) }),
  limits: looking,
  status: 200,
  output: place,
  errors: { event_place_gone: 404, event_over: 409, event_too_many: 422 },
  example: { body: { token: exampleToken, come: false }, output: { ...examplePlace, place: 'cancelled' } },
});
