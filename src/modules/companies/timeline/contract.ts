import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { companyReaders } from '../register/contract.ts';

const entry = z.object({
  id: idOf('entry'),
  at: instant,
  /** A stable word such as "contact.added"; the screen has a sentence for it. */
  kind: z.string(),
  /** Who did it, where that is a person of the centre. */
  person: z.string().nullable(),
  /** Only the own school may read it. */
  ownSchoolOnly: z.boolean(),
  data: z.record(z.string(), z.unknown()),
});

export const readTimeline = endpoint({
  name: 'readTimeline',
  method: 'GET',
  path: '/api/companies/{company}/timeline',
  summary: 'What happened around a company, newest first',
  description: 'Row 7.03. Entries of another school are not there.',
  access: companyReaders,
  params: z.strictObject({ company: idOf('company') }),
  query: z.strictObject({ ...pageQuery }),
  status: 200,
  output: pageOf(entry),
  example: {
    params: { company: '01990000-0000-7000-8000-000000000101' },
    query: { limit: 20 },
    output: { items: [{ id: '01990000-0000-7000-8000-000000000102', at: '2026-11-17T07:20:00.000Z', kind: 'company.added', person: 'Anna Holm', ownSchoolOnly: false, data: {} }], next: null },
  },
});
