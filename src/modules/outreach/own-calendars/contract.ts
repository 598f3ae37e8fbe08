import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

const owner = ['consultant'] as const;
/** Why a calendar could not be read or written at the last try. */
const problem = z.enum([
  'calendar_refused',
  'calendar_gone',
  'calendar_ill',
  'calendar_unreachable',
  'calendar_certificate',
  'calendar_inside',
  'calendar_insecure',
  'calendar_slow',
  'calendar_redirects',
  'calendar_garbled',
  'calendar_too_large',
  'calendar_too_many',
  'calendar_endless',
  'calendar_broken',
  'calendar_page',
  'calendar_no_account',
  'calendar_read_only',
  'calendar_locked',
]);
export type LinkProblem = z.output<typeof problem>;

const link = z.object({
  id: idOf('calendarLink'),
  /** address: published, only read · account: CalDAV, read and written. */
  kind: z.enum(['address', 'account']),
  /** The server's name; the rest of a subscription's address is a secret and is never shown again. */
  host: z.string(),
  /** Where an account's search for calendars begins; null for a subscription. */
  server: z.string().nullable(),
  user: z.string().nullable(),
  /** waiting: not read yet · choose: no calendar is chosen · good · failing: what was read last still counts · broken: failing for more than two hours, so its owner counts as busy. */
  state: z.enum(['waiting', 'choose', 'good', 'failing', 'broken']),
  problem: problem.nullable(),
  failingSince: instant.nullable(),
  readAt: instant.nullable(),
  /** How often its owner is busy in the year ahead, as read last. */
  times: z.number().int(),
  calendars: z.array(
    z.object({
      id: idOf('calendarPart'),
      name: z.string(),
      /** Counts when its owner is busy. */
      busy: z.boolean(),
      /** Vejnet writes the meetings into it. */
      writes: z.boolean(),
    }),
  ),
  version: z.number().int(),
});
export type CalendarLink = z.output<typeof link>;

const calendars = z.object({
  links: z.array(link),
  /** The own secret address at which a calendar program reads one's meetings; since when. */
  feed: z.object({ since: instant }).nullable(),
});
export type OwnCalendars = z.output<typeof calendars>;

const params = z.strictObject({ person: idOf('person') });
const linkParams = z.strictObject({ person: idOf('person'), calendar: idOf('calendarLink') });

const person = '01990000-0000-7000-8000-000000000001';
const id = '01990000-0000-7000-8000-000000000601';
const work = '01990000-0000-7000-8000-000000000602';
const exampleLink = {
  id,
  kind: 'account' as const,
  host: 'kalender.example',
  server: 'https://kalender.example/',
  user: 'anna',
  state: 'good' as const,
  problem: null,
  failingSince: null,
  readAt: '2026-11-17T08:00:00.000Z',
  times: 41,
  calendars: [{ id: work, name: 'Arbejde', busy: true, writes: true }],
  version: 2,
};
const example = { links: [exampleLink], feed: null };

export const readCalendars = endpoint({
  name: 'readCalendars',
  method: 'GET',
  path: '/api/people/{person}/calendars',
  summary: 'The calendars outside that one has joined, and how they are',
  description: 'Row 2.16. One’s own only. Passwords and addresses are in no answer.',
  access: owner,
  params,
  status: 200,
  output: calendars,
  example: { params: { person }, output: example },
});

export const linkCalendar = endpoint({
  name: 'linkCalendar',
  method: 'PUT',
  path: '/api/people/{person}/calendars/{calendar}',
  summary: 'Join a calendar outside, or give its address or password anew',
  description:
    'Row 2.16. With `address`: a published calendar (https, http or webcal), read about once a minute where the server tells changes apart, else every five minutes. With `server`, `user`, `password`: a CalDAV account over https. The caller makes the id, so that the same request twice joins once. Only when one is busy is kept of what is read. Five at most.',
  access: owner,
  params: linkParams,
  body: z.union([
    z.strictObject({ address: z.string().trim().min(1).max(2000) }),
    z.strictObject({ server: z.string().trim().min(1).max(2000), user: z.string().trim().min(1).max(320), password: z.string().min(1).max(500) }),
  ]),
  status: 200,
  output: calendars,
  errors: { not_your_calendar: 403, calendar_address: 422, calendar_inside: 422, calendar_insecure: 422, calendar_enough: 422, calendar_other_kind: 422 },
  example: { params: { person, calendar: id }, body: { server: 'https://kalender.example', user: 'anna', password: 'abcd-efgh' }, output: example },
});

export const chooseCalendars = endpoint({
  name: 'chooseCalendars',
  method: 'PUT',
  path: '/api/people/{person}/calendars/{calendar}/choice',
  summary: 'Choose which calendars of an account say busy, and which one the meetings are written into',
  description: 'Row 2.16. One calendar of all is written into; choosing another moves the coming meetings there.',
  access: owner,
  params: linkParams,
  body: z.strictObject({ busy: z.array(idOf('calendarPart')).max(50), writes: idOf('calendarPart').nullable() }),
  edits: true,
  status: 200,
  output: calendars,
  errors: { not_your_calendar: 403, calendar_unknown: 422 },
  example: { params: { person, calendar: id }, body: { busy: [work], writes: work }, output: example },
});

export const readCalendarNow = endpoint({
  name: 'readCalendarNow',
  method: 'POST',
  path: '/api/people/{person}/calendars/{calendar}/read',
  summary: 'Read a calendar at once instead of when it is due',
  access: owner,
  params: linkParams,
  limits: [{ count: 30, seconds: 60, by: 'address' }],
  status: 202,
  output: calendars,
  errors: { not_your_calendar: 403 },
  example: { params: { person, calendar: id }, output: example },
});

export const removeCalendar = endpoint({
  name: 'removeCalendar',
  method: 'DELETE',
  path: '/api/people/{person}/calendars/{calendar}',
  summary: 'Leave a calendar: its password and what was read of it are forgotten',
  description: 'Meetings that were written into it stay there.',
  access: owner,
  params: linkParams,
  status: 204,
  output: z.null(),
  errors: { not_your_calendar: 403 },
  example: { params: { person, calendar: id } },
});

export const renewCalendarFeed = endpoint({
  name: 'renewCalendarFeed',
  method: 'PUT',
  path: '/api/people/{person}/calendar-feed',
  summary: 'A new secret address at which a calendar program reads one’s meetings',
  description: 'Row 2.16. Shown this once; only its hash is kept. An earlier one ends.',
  access: owner,
  bySession: true,
  params,
  status: 200,
  output: z.object({ address: z.string() }),
  errors: { not_your_calendar: 403 },
  example: { params: { person }, output: { address: 'https://vejnet.example/api/calendar-feed/Zm9yYmlkZGVu.ics' } },
});

export const endCalendarFeed = endpoint({
  name: 'endCalendarFeed',
  method: 'DELETE',
  path: '/api/people/{person}/calendar-feed',
  summary: 'Switch the secret address off',
  access: owner,
  params,
  status: 204,
  output: z.null(),
  errors: { not_your_calendar: 403 },
  example: { params: { person } },
});

export const readCalendarFeed = endpoint({
  name: 'readCalendarFeed',
  method: 'GET',
  path: '/api/calendar-feed/{token}',
  summary: 'The meetings behind a secret address, for a calendar program',
  description:
    'Row 2.16. Without a session: whoever has the address reads it. From 90 days ago on, with place and company; cancelled ones as CANCELLED. One that was renewed or switched off is not found.',
  access: 'anyone',
  params: z.strictObject({ token: z.string().max(200) }),
  limits: [{ count: 240, seconds: 60, by: 'address' }],
  status: 200,
  output: z.string(),
  download: 'text/calendar; charset=utf-8',
  example: { params: { token: 'Zm9yYmlkZGVu.ics' }, output: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n' },
});

export const listBrokenCalendars = endpoint({
  name: 'listBrokenCalendars',
  method: 'GET',
  path: '/api/broken-calendars',
  summary: 'Consultants who count as busy because a calendar of theirs cannot be read',
  description: 'Row 2.16. Who and since when; which calendar and why is their own.',
  access: ['coordinator'],
  status: 200,
  output: z.array(z.object({ personId: idOf('person'), name: z.string(), school: z.string().nullable(), since: instant })),
  example: { output: [{ personId: person, name: 'Anna Holm', school: 'Fjordegnens Erhvervsskole', since: '2026-11-17T08:00:00.000Z' }] },
});
