import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';

const line = z.object({
  id: idOf('audit'),
  at: instant,
  /** Null where the platform itself acted. */
  person: z.string().nullable(),
  asCoordinator: z.boolean(),
  /** A stable word such as "person.invited". */
  event: z.string(),
  subject: z.guid().nullable(),
  data: z.record(z.string(), z.unknown()),
});

export const listAudit = endpoint({
  name: 'listAudit',
  method: 'GET',
  path: '/api/audit',
  summary: 'Who did what and when, newest first',
  access: ['data_protection', 'administrator'],
  query: z.strictObject({ ...pageQuery, event: z.string().max(60).optional(), subject: z.guid().optional(), person: idOf('person').optional() }),
  status: 200,
  output: pageOf(line),
  example: {
    query: { limit: 50 },
    output: {
      items: [
        {
          id: '01990000-0000-7000-8000-000000000051',
          at: '2026-11-17T08:20:00.000Z',
          person: 'Karen Møller',
          asCoordinator: false,
          event: 'person.invited',
          subject: '01990000-0000-7000-8000-000000000001',
          data: { role: 'consultant' },
        },
      ],
      next: null,
    },
  },
});
