import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

const count = z.number().int();
const figures = z.object({
  /** Who is anything at the school on that day. */
  people: count,
  /** Booked meetings afterwards that its consultants lead. */
  meetings: count,
  /** Followed companies whose contact person would be no consultant here any more. */
  companies: count,
  /** Open tasks whose owner would be none. */
  tasks: count,
  /** Days of its guidance corners afterwards. */
  corners: count,
  /** Turns of its consultants, and consultant meetings that it hosts, afterwards. */
  turns: count,
});
export type LeftBehind = z.output<typeof figures>;

export const readLeftBehind = endpoint({
  name: 'readLeftBehind',
  method: 'GET',
  path: '/api/schools/{school}/left-behind',
  summary: 'What a school would leave behind if a day were its last, in figures',
  description: 'Asked before the last day is written (writeLastDay). Somebody who is a consultant of another school, or of the centre, the day after takes everything along.',
  access: ['coordinator', 'administrator'],
  params: z.strictObject({ school: idOf('school') }),
  query: z.strictObject({ lastDay: calendarDay }),
  status: 200,
  output: figures,
  example: {
    params: { school: '01990000-0000-7000-8000-000000000011' },
    query: { lastDay: '2026-12-31' },
    output: { people: 4, meetings: 3, companies: 12, tasks: 5, corners: 2, turns: 1 },
  },
});
