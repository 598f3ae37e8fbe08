import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { instant } from '../../../kit/instant.ts';
import { serial } from '../../../kit/serial.ts';

/** A secret of 160 bits out of an invitation's link; it travels in bodies, never in an address that a log would keep. */
const token = z.string().regex(/^[a-z2-7]{32}$/);
const limits = [{ count: 60, seconds: 60, by: 'address' }] as const;
const exampleToken = 'abcdefghijklmnopqrstuvwxyz234567';
/** The version of the meeting that was seen: two clicks are one. */
const version = serial;

const meeting = z.object({
  centre: z.string(),
  zone: z.string(),
  company: z.string(),
  start: instant,
  end: instant,
  place: z.string(),
  wishes: z.string(),
  /** Whoever leads comes first. */
  who: z.array(z.object({ name: z.string(), phone: z.string().nullable(), email: z.string() })),
  /** Asked to be rung about this time; null: not, or it has another time since. */
  askedAt: instant.nullable(),
  version,
});
export type LinkedMeeting = z.output<typeof meeting>;
const slot = z.object({
  choice: z.string(),
  start: instant,
  end: instant,
  consultant: z.string(),
  /** The same who comes now. */
  same: z.boolean(),
});

const example = {
  centre: 'VEU-center Fjordegnen',
  zone: 'Europe/Copenhagen',
  company: 'Bjergager Smede & Montage',
  start: '2026-11-24T08:00:00.000Z',
  end: '2026-11-24T09:00:00.000Z',
  place: 'Havnevej 4, Limvig. Porten ved kajen.',
  wishes: 'Gerne om morgenen.',
  who: [{ name: 'Anna Holm', phone: null, email: 'anna@fjordegnen.example' }],
  askedAt: null,
  version: 1,
};
const exampleChoice = 'WyIwMTk5MDAwMCJd';

export const openMeetingLink = endpoint({
  name: 'openMeetingLink',
  method: 'POST',
  path: '/api/meeting-link',
  summary: 'What the link in a company’s invitation opens: its own meeting',
  description: 'When, where, who comes, and what the company wished. What the caller passed on to the consultant is not here. The link ends when the meeting begins or is called off.',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits,
  status: 200,
  output: meeting,
  errors: { meeting_link_gone: 410 },
  example: { body: { token: exampleToken }, output: example },
});

export const listTimesToMoveTo = endpoint({
  name: 'listTimesToMoveTo',
  method: 'POST',
  path: '/api/meeting-link/times',
  summary: 'The times that the meeting can really be moved to, a week at a time',
  description: 'By the rule of slots (rows 2.16, 3.05): first whoever comes already, and beside those the times that the rule gives to others. Without `week` the first week that has one.',
  access: 'anyone',
  body: z.strictObject({ token, week: calendarDay.optional() }),
  limits,
  status: 200,
  output: z.object({ week: calendarDay, weeks: z.array(calendarDay), days: z.array(z.object({ day: calendarDay, slots: z.array(slot) })) }),
  errors: { meeting_link_gone: 410 },
  example: {
    body: { token: exampleToken },
    output: {
      week: '2026-11-23',
      weeks: ['2026-11-23', '2026-11-30'],
      days: [{ day: '2026-11-26', slots: [{ choice: exampleChoice, start: '2026-11-26T08:00:00.000Z', end: '2026-11-26T09:00:00.000Z', consultant: 'Anna Holm', same: true }] }],
    },
  },
});

export const moveByLink = endpoint({
  name: 'moveByLink',
  method: 'POST',
  path: '/api/meeting-link/moved',
  summary: 'Take another time; the old one is free at once, and everybody gets a new invitation',
  description: 'time_taken: somebody was faster. meeting_changed: it is another meeting by now than the one that was seen; nothing was done.',
  access: 'anyone',
  body: z.strictObject({ token, version, choice: z.string().min(1).max(200) }),
  limits,
  status: 201,
  output: meeting,
  errors: { meeting_link_gone: 410, time_taken: 409, meeting_changed: 409 },
  example: { body: { token: exampleToken, version: 1, choice: exampleChoice }, output: { ...example, start: '2026-11-26T08:00:00.000Z', end: '2026-11-26T09:00:00.000Z', version: 2 } },
});

export const cancelByLink = endpoint({
  name: 'cancelByLink',
  method: 'POST',
  path: '/api/meeting-link/cancelled',
  summary: 'Call the meeting off; the link ends with it',
  access: 'anyone',
  body: z.strictObject({ token, version }),
  limits,
  status: 204,
  output: z.null(),
  errors: { meeting_link_gone: 410, meeting_changed: 409 },
  example: { body: { token: exampleToken, version: 1 } },
});

export const ringByLink = endpoint({
  name: 'ringByLink',
  method: 'POST',
  path: '/api/meeting-link/ring',
  summary: '»I cannot, please ring me«: whoever comes is told; pressed again, it is still one',
  description: 'The meeting stands until somebody moves it or calls it off.',
  access: 'anyone',
  body: z.strictObject({ token, said: z.string().trim().max(1000).default('') }),
  limits,
  status: 201,
  output: meeting,
  errors: { meeting_link_gone: 410 },
  example: { body: { token: exampleToken, said: 'Vi har travlt den dag. Ring i morgen.' }, output: { ...example, askedAt: '2026-11-17T09:00:00.000Z' } },
});
