import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

/** own: of the class's school · lent: on loan to it on all days of the class · ask: another school's, who can be lent then. */
export const standInWays = ['own', 'lent', 'ask'] as const;
const standIn = z.object({
  teacher: z.object({ id: idOf('teacher'), name: z.string() }),
  school: z.object({ id: idOf('school'), name: z.string() }),
  way: z.enum(standInWays),
  /** Teaches this very course; else its field. */
  course: z.boolean(),
});
export type StandIn = z.output<typeof standIn>;

const id = '01990000-0000-7000-8000-000000000954';
export const listStandIns = endpoint({
  name: 'listStandIns',
  method: 'GET',
  path: '/api/classes/{class}/stand-ins',
  summary: 'Who could teach a class instead: listed teachers of its course or field who are free on all its days; 50 at most',
  description:
    'Row 4.03. For managers, who read when teachers are away, and the coordinator. Its own teachers first, then those on loan, then those whom another school can lend; nobody is ranked beyond that.',
  access: ['manager', 'coordinator'],
  params: z.strictObject({ class: idOf('class') }),
  status: 200,
  output: z.array(standIn),
  example: {
    params: { class: id },
    output: [
      {
        teacher: { id: '01990000-0000-7000-8000-000000000951', name: 'Ruth Vang' },
        school: { id: '01990000-0000-7000-8000-000000000012', name: 'Tværby Tekniske Skole' },
        way: 'ask',
        course: true,
      },
    ],
  },
});
