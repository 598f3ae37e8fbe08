import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { largest, serial } from '../../../kit/serial.ts';
import { recordOutcome, spokenTo } from '../calls/contract.ts';
import { bookingProblems, bookMeeting, listSlots } from '../meetings/contract.ts';

const callers = ['agent', 'consultant'] as const;
const params = z.strictObject({ item: idOf('item') });
const item = '01990000-0000-7000-8000-000000000211';

export const listDeskSlots = endpoint({
  name: 'listDeskSlots',
  method: 'GET',
  path: '/api/calls/items/{item}/slots',
  summary: 'The slots that can be booked for the company one is talking with',
  description: 'Row 2.16. As listSlots, for whoever holds the company: an agent knows no company by its id, and is told of no other.',
  access: callers,
  params,
  query: z.strictObject({
    leaseNo: z.coerce.number().int().min(1).max(largest),
    week: calendarDay.optional(),
    language: z
      .string()
      .regex(/^[a-z]{2}$/)
      .default('da'),
  }),
  status: 200,
  output: listSlots.output,
  errors: { lease_lost: 409 },
  example: { params: { item }, query: { leaseNo: 1 }, output: listSlots.example.output },
});

export const bookFromCall = endpoint({
  name: 'bookFromCall',
  method: 'POST',
  path: '/api/calls/items/{item}/meeting',
  summary: 'The company wants a visit: record the call and book the meeting in one transaction',
  description:
    'Rows 2.05, 2.16 and 2.40. The note is the hand-over and must be there. When the slot was lost nothing is recorded, and the company is still one’s own. The invitation goes to the consultant, and to the company where an address was given. Once per item and lease: the same again answers the same.',
  access: callers,
  params,
  body: z.strictObject({
    leaseNo: serial,
    choice: z.string().min(1).max(200),
    note: z.string().trim().min(1).max(2000),
    wishes: z.string().trim().max(2000).default(''),
    /** Left out, it is where the company is. */
    place: z.string().trim().max(300).default(''),
    person: spokenTo,
  }),
  status: 201,
  output: z.object({ recorded: recordOutcome.output, meeting: bookMeeting.output.nullable() }),
  errors: { lease_lost: 409, ...bookingProblems },
  example: {
    params: { item },
    body: {
      leaseNo: 1,
      choice: 'WyIwMTk5MDAwMCJd',
      note: 'Certifikater udløber til foråret, fem medarbejdere.',
      person: { name: 'Inger Solhøj', role: 'owner', phone: '', email: 'inger@solhoj.example', language: 'da' },
    },
    output: {
      recorded: { call: '01990000-0000-7000-8000-000000000221', outcome: 'wants_contact', until: null, nextAt: null, undoUntil: '2026-11-17T09:03:10.000Z' },
      meeting: bookMeeting.example.output,
    },
  },
});
