import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const count = z.number().int();
const named = z.object({ id: idOf('company'), name: z.string() });

/** What still waits at a company that is closed; of meetings and corners only those that the asker may see. */
const open = z.object({ followed: z.boolean(), meetings: count, tasks: count, enquiries: count, corners: count, keepUp: z.boolean(), group: z.boolean() });
export type StillOpen = z.output<typeof open>;

const closing = z.object({
  /** The register says that it is no more. */
  ceased: z.boolean(),
  endedOn: calendarDay.nullable(),
  /** In the register's own words. */
  statusText: z.string().nullable(),
  /** In which company it goes on, as a coordinator said. */
  successor: named.nullable(),
  mergedAt: instant.nullable(),
  /** Companies that go on in this one; their story is read there. */
  cameFrom: z.array(named),
  open,
  version: z.number().int(),
  can: z.object({ confirm: z.boolean(), merge: z.boolean() }),
});
export type Closing = z.output<typeof closing>;

const ids = { company: '01990000-0000-7000-8000-000000000101', other: '01990000-0000-7000-8000-000000000102' };
const exampleOpen = { followed: true, meetings: 1, tasks: 2, enquiries: 0, corners: 0, keepUp: false, group: false };
const example = {
  ceased: true,
  endedOn: '2026-10-31',
  statusText: 'OPLØST EFTER FUSION',
  successor: null,
  mergedAt: null,
  cameFrom: [],
  open: exampleOpen,
  version: 3,
  can: { confirm: true, merge: true },
};
const merged = { ...example, successor: { id: ids.other, name: 'Fjordens Stål' }, mergedAt: '2026-11-17T09:00:00.000Z', open: { ...exampleOpen, followed: false, meetings: 0, tasks: 0 } };
const params = z.strictObject({ company: idOf('company') });

export const readClosing = endpoint({
  name: 'readClosing',
  method: 'GET',
  path: '/api/companies/{company}/closing',
  summary: 'Whether a company has closed or gone on in another one, and what still waits there',
  access: readers,
  params,
  status: 200,
  output: closing,
  example: { params: { company: ids.company }, output: example },
});

export const listClosed = endpoint({
  name: 'listClosed',
  method: 'GET',
  path: '/api/closed-companies',
  summary: 'Companies that have closed while something still waits there',
  description:
    'For the coordinator all; for a consultant those that one follows or stands in for, and those where one has a meeting ahead or a task. An import that says so, takes them out of every queue at once. At most 500, the latest first.',
  access: readers,
  status: 200,
  output: z.array(
    z.object({
      company: named.extend({ town: z.string().nullable() }),
      endedOn: calendarDay.nullable(),
      statusText: z.string().nullable(),
      contactPerson: z.string().nullable(),
      open,
    }),
  ),
  example: {
    output: [
      { company: { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' }, endedOn: '2026-10-31', statusText: 'OPLØST EFTER FUSION', contactPerson: 'Anna Holm', open: exampleOpen },
    ],
  },
});

export const confirmClosed = endpoint({
  name: 'confirmClosed',
  method: 'PUT',
  path: '/api/companies/{company}/closed',
  summary: 'Confirm that a company is closed: the centre follows it no longer, and meetings ahead that one may call off are called off',
  description: 'By the contact person, the deputy or the coordinator, once the register says that it has ceased. Tasks stay until somebody finishes them; nothing is deleted.',
  access: ['consultant', 'coordinator'],
  params,
  body: z.strictObject({}),
  edits: true,
  status: 200,
  output: closing,
  errors: { not_contact_person: 403, company_not_closed: 409 },
  example: { params: { company: ids.company }, body: {}, output: { ...example, open: { ...exampleOpen, followed: false, meetings: 0 } } },
});

export const mergeCompany = endpoint({
  name: 'mergeCompany',
  method: 'PUT',
  path: '/api/companies/{company}/successor',
  summary: 'Say that a company goes on in another one',
  description:
    'By the coordinator. The other keeps its contact person, else gets this one’s. Open tasks, needs, meetings ahead and open enquiries go along, and so do a working group, the plan to ask again and corners where the other has none; the longer quarantine and an objection hold. What was stays here, and here nobody calls any more. It cannot be undone.',
  access: ['coordinator'],
  params,
  body: z.strictObject({ successor: idOf('company') }),
  edits: true,
  status: 200,
  output: closing,
  errors: { same_company: 422, successor_unknown: 422, successor_closed: 422, merged_already: 409 },
  example: { params: { company: ids.company }, body: { successor: ids.other }, output: merged },
});
