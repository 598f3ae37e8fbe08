import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const whole = (least: number, most: number) => z.number().int().min(least).max(most);

/** Every default of the cooperation's rules. The lower limits are the sources' and the law's; a centre can be stricter, not laxer. */
const settings = {
  /** Calls without an answer before a company is let be. */
  attempts: whole(1, 10),
  /** Hours between two attempts, besides another half of the day. */
  attemptHours: whole(4, 72),
  /** Minutes a caller holds a company before it goes to the next. */
  leaseMinutes: whole(5, 60),
  /** Calls are made on working days between these hours of the centre's zone. */
  callFrom: time,
  callTo: time,
  /** Minutes after which a personal callback is everybody's. */
  callbackGraceMinutes: whole(5, 240),
  /** Calendar months of peace after "not now" and "not interested" (row 2.15). */
  notNowMonths: whole(3, 24),
  notInterestedMonths: whole(6, 36),
  /** Length of a visit. */
  meetingMinutes: whole(30, 240),
  /** Weeks over which meetings are shared out, and how many a school may be ahead of its share (row 3.05). */
  shareWeeks: whole(4, 52),
  shareLead: whole(1, 10),
  /** Figures below it are hidden from whoever may not open the rows (row 3.06). */
  smallCell: whole(3, 20),
  /** Days before a hearing's deadline when schools that have not answered are reminded. */
  reminderDays: whole(1, 14),
  /** Days without a word to a company after which its contact person is reminded (row 2.25). */
  silenceDays: whole(7, 180),
};
const shown = z.object({ ...settings, version: z.number().int(), can: z.object({ edit: z.boolean() }) });
export type OutreachSettings = z.output<typeof shown>;

const example = {
  attempts: 4,
  attemptHours: 4,
  leaseMinutes: 10,
  callFrom: '09:00',
  callTo: '16:00',
  callbackGraceMinutes: 30,
  notNowMonths: 3,
  notInterestedMonths: 6,
  meetingMinutes: 60,
  shareWeeks: 13,
  shareLead: 3,
  smallCell: 5,
  reminderDays: 2,
  silenceDays: 30,
};

export const readOutreachSettings = endpoint({
  name: 'readOutreachSettings',
  method: 'GET',
  path: '/api/outreach-settings',
  summary: 'The rules by which the centre calls, books and shares out',
  access: ['consultant', 'manager', 'coordinator', 'agent', 'data_protection', 'administrator'],
  status: 200,
  output: shown,
  example: { output: { ...example, version: 0, can: { edit: false } } },
});

export const writeOutreachSettings = endpoint({
  name: 'writeOutreachSettings',
  method: 'PUT',
  path: '/api/outreach-settings',
  summary: 'Change the rules; If-Match "0" writes them for the first time',
  access: ['coordinator'],
  body: z.strictObject(settings),
  edits: true,
  status: 200,
  output: shown,
  errors: { hours_reversed: 409 },
  example: { body: example, output: { ...example, version: 1, can: { edit: true } } },
});
