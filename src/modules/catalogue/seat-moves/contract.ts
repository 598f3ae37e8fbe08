import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;

/** done: the seats moved · declined: by a school · withdrawn: by whoever asked · lapsed: too late, or not possible any more. */
export const moveStates = ['asked', 'done', 'declined', 'withdrawn', 'lapsed'] as const;

const end = z.object({
  id: idOf('class'),
  school: z.object({ id: idOf('school'), name: z.string() }),
  starts: calendarDay,
  town: z.string(),
  /** What the school answered; null: nothing yet. */
  yes: z.boolean().nullable(),
});
const seatMove = z.object({
  id: idOf('seat move'),
  title: z.string(),
  /** Null for the school that they would come to, until both said yes: it is the other school's business. */
  company: z.object({ id: idOf('company'), name: z.string() }).nullable(),
  heads: z.number().int(),
  from: end,
  to: end,
  state: z.enum(moveStates),
  /** Why a school said no. */
  because: z.string(),
  /** The last day on which it can be answered. */
  until: calendarDay,
  version: z.number().int(),
  can: z.object({ answer: z.boolean(), withdraw: z.boolean() }),
});
export type SeatMove = z.output<typeof seatMove>;

const ids = {
  move: '01990000-0000-7000-8000-000000000971',
  seat: '01990000-0000-7000-8000-000000000921',
  from: '01990000-0000-7000-8000-000000000911',
  to: '01990000-0000-7000-8000-000000000912',
};
const example = {
  id: ids.move,
  title: 'Gaffeltruck certifikatkursus B',
  company: { id: '01990000-0000-7000-8000-000000000101', name: 'Bjergager Smede & Montage' },
  heads: 2,
  from: { id: ids.from, school: { id: '01990000-0000-7000-8000-000000000011', name: 'Fjordegnens Erhvervsskole' }, starts: '2027-01-11', town: 'Limvig', yes: true },
  to: { id: ids.to, school: { id: '01990000-0000-7000-8000-000000000012', name: 'Tværby Tekniske Skole' }, starts: '2027-01-18', town: 'Tværby', yes: null },
  state: 'asked',
  because: '',
  until: '2026-12-14',
  version: 2,
  can: { answer: true, withdraw: false },
};
const params = z.strictObject({ move: idOf('seat move') });

export const listSeatMoves = endpoint({
  name: 'listSeatMoves',
  method: 'GET',
  path: '/api/seat-moves',
  summary: 'Seats that are to move to another class: those that wait for an answer first; 200 at most',
  description: 'Row 4.03. A school reads those from and to its classes, a contact person those of the company, the coordinator all.',
  access: readers,
  query: z.strictObject({ class: idOf('class').optional() }),
  status: 200,
  output: z.array(seatMove),
  example: { query: {}, output: [example] },
});

export const askSeatMove = endpoint({
  name: 'askSeatMove',
  method: 'POST',
  path: '/api/seats/{seat}/moves',
  summary: 'Ask for the seats of a company to move to another class of the same course',
  description:
    'Row 4.03. Inside a school they move at once. Between two schools both must say yes first; the seats are kept until then, two weeks at most and never past the last working week before either class. The company hears once it has moved, and can still give back.',
  access: ['coordinator'],
  params: z.strictObject({ seat: idOf('seat') }),
  body: z.strictObject({ to: idOf('class') }),
  status: 201,
  output: seatMove,
  errors: { move_gone: 409, move_full: 409 },
  example: { params: { seat: ids.seat }, body: { to: ids.to }, output: { ...example, can: { answer: false, withdraw: true } } },
});

export const answerSeatMove = endpoint({
  name: 'answerSeatMove',
  method: 'PUT',
  path: '/api/seat-moves/{move}/answer',
  summary: 'Say yes or no for one’s school',
  description:
    'Row 4.03. Managers of either school, each for its own; a no says why. With the second yes the seats move; where that is not possible any more, the move lapses. The coordinator answers for no school.',
  access: ['manager'],
  params,
  body: z.strictObject({ agree: z.boolean(), because: z.string().trim().max(300).default('') }).refine(({ agree, because }) => agree || because !== '', { path: ['because'], message: 'required' }),
  edits: true,
  status: 200,
  output: seatMove,
  errors: { move_not_yours: 403, move_gone: 409 },
  example: { params: { move: ids.move }, body: { agree: true }, output: { ...example, to: { ...example.to, yes: true }, state: 'done', version: 3, can: { answer: false, withdraw: false } } },
});

export const withdrawSeatMove = endpoint({
  name: 'withdrawSeatMove',
  method: 'DELETE',
  path: '/api/seat-moves/{move}',
  summary: 'Take back what was asked; the seats stay where they are',
  access: ['coordinator'],
  params,
  status: 204,
  output: z.null(),
  errors: { move_gone: 409 },
  example: { params: { move: ids.move } },
});
