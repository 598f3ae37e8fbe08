import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant', 'coordinator'] as const;

export const toldHow = ['mail', 'phone', 'visit', 'letter'] as const;
const person = z.object({ id: idOf('person'), name: z.string(), school: z.string().nullable() });

const followed = z.object({
  company: z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() }),
  /** Null while the centre does not follow the company. */
  person: person.nullable(),
  since: instant.nullable(),
  /** What the one before said when handing over. */
  note: z.string().nullable(),
  deputy: person.extend({ until: calendarDay }).nullable(),
  /** Who it was before, the latest first. */
  before: z.array(z.object({ name: z.string(), from: instant, to: instant })),
  /** What the company has been told, the latest first; twenty at most. */
  told: z.array(z.object({ id: idOf('told'), at: instant, by: z.string(), how: z.enum(toldHow), text: z.string() })),
  /** Days since the company heard anything; null while it is not followed. */
  silentDays: z.number().int().nullable(),
  /** After how many the contact person is reminded. */
  remindAfter: z.number().int(),
  version: z.number().int(),
  can: z.object({ take: z.boolean(), give: z.boolean(), deputise: z.boolean(), tell: z.boolean(), letBe: z.boolean() }),
});
export type Followed = z.output<typeof followed>;

const ids = {
  company: '01990000-0000-7000-8000-000000000101',
  person: '01990000-0000-7000-8000-000000000001',
  other: '01990000-0000-7000-8000-000000000002',
  told: '01990000-0000-7000-8000-000000000641',
};
const anna = { id: ids.person, name: 'Anna Holm', school: 'Fjordegnens Erhvervsskole' };
const example = {
  company: { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' },
  person: anna,
  since: '2026-11-10T09:00:00.000Z',
  note: null,
  deputy: null,
  before: [],
  told: [{ id: ids.told, at: '2026-11-16T10:00:00.000Z', by: 'Anna Holm', how: 'phone', text: 'Holdet begynder i januar.' }],
  silentDays: 1,
  remindAfter: 30,
  version: 1,
  can: { take: false, give: true, deputise: true, tell: true, letBe: true },
};
const params = z.strictObject({ company: idOf('company') });
const refusals = { not_contact_person: 403, not_consulting: 422 } as const;

export const readContactPerson = endpoint({
  name: 'readContactPerson',
  method: 'GET',
  path: '/api/companies/{company}/contact-person',
  summary: 'The centre’s one fixed contact person for a company, the deputy, and what the company has been told',
  description: 'Rows 2.23 and 2.25. A company has a contact person once the centre has visited it or somebody took it; whom schools serve on their own is not here.',
  access: readers,
  params,
  status: 200,
  output: followed,
  example: { params: { company: ids.company }, output: example },
});

export const giveCompany = endpoint({
  name: 'giveCompany',
  method: 'PUT',
  path: '/api/companies/{company}/contact-person',
  summary: 'Take a company, or hand it over to a colleague with a note; the company is told',
  description:
    'Row 2.23. Exactly one at any time, held by the database. Without a contact person any consultant may; else the contact person, the deputy, and the coordinator. `tell`: the contacts at the company who get a mail about whom they meet from now on.',
  access: writers,
  params,
  body: z.strictObject({ person: idOf('person'), note: z.string().trim().max(1000).default(''), tell: z.array(idOf('contact')).max(20).default([]) }),
  edits: true,
  status: 200,
  output: followed,
  errors: { ...refusals, contact_without_mail: 422, company_gone_on: 409 },
  example: { params: { company: ids.company }, body: { person: ids.other, note: 'Ring om formiddagen.' }, output: example },
});

export const setDeputy = endpoint({
  name: 'setDeputy',
  method: 'PUT',
  path: '/api/companies/{company}/deputy',
  summary: 'Somebody who stands in until a day, or nobody',
  access: writers,
  params,
  body: z
    .strictObject({ person: idOf('person').nullable(), until: calendarDay.nullable() })
    .refine(({ person, until }) => (person === null) === (until === null), { path: ['until'], params: { code: 'required' } }),
  edits: true,
  status: 200,
  output: followed,
  errors: refusals,
  example: { params: { company: ids.company }, body: { person: ids.other, until: '2026-12-04' }, output: example },
});

export const letCompanyBe = endpoint({
  name: 'letCompanyBe',
  method: 'DELETE',
  path: '/api/companies/{company}/contact-person',
  summary: 'The centre follows the company no longer',
  access: writers,
  params,
  edits: true,
  status: 200,
  output: followed,
  errors: { not_contact_person: 403 },
  example: { params: { company: ids.company }, output: { ...example, person: null, since: null, silentDays: null, can: { ...example.can, take: true, deputise: false, tell: false, letBe: false } } },
});

export const tellCompany = endpoint({
  name: 'tellCompany',
  method: 'POST',
  path: '/api/companies/{company}/told',
  summary: 'Write down what the company was told about how it goes on',
  description: 'Row 2.25. With it the days of silence begin anew.',
  access: ['consultant'],
  params,
  body: z.strictObject({ how: z.enum(toldHow), text: z.string().trim().min(1).max(2000) }),
  status: 201,
  output: followed,
  errors: { company_not_followed: 409 },
  example: { params: { company: ids.company }, body: { how: 'phone', text: 'Holdet begynder i januar.' }, output: example },
});

export const listFollowed = endpoint({
  name: 'listFollowed',
  method: 'GET',
  path: '/api/followed-companies',
  summary: 'Companies by how long they have heard nothing, the longest first',
  description:
    '`mine`: whose contact person or deputy one is. `orphaned`: whose contact person is no consultant here any more; for the coordinator, who gives them to somebody. `all`: every followed company. At most 500.',
  access: readers,
  query: z.strictObject({ whose: z.enum(['mine', 'orphaned', 'all']).default('mine') }),
  status: 200,
  output: z.array(followed.pick({ company: true, person: true, deputy: true, silentDays: true, remindAfter: true }).extend({ silent: z.boolean(), orphaned: z.boolean() })),
  example: {
    query: { whose: 'mine' },
    output: [{ company: example.company, person: anna, deputy: null, silentDays: 1, remindAfter: 30, silent: false, orphaned: false }],
  },
});

export const listReturnedAddresses = endpoint({
  name: 'listReturnedAddresses',
  method: 'GET',
  path: '/api/returned-addresses',
  summary: 'People at companies whose address mail comes back from, the longest since first: somebody has to ask for another one',
  description:
    '`mine`: of the companies whose contact person or deputy one is. `unowned`: of those that nobody follows, or whose contact person is no consultant here any more; for the coordinator. Another address takes a person off the list. At most 200.',
  access: writers,
  query: z.strictObject({ whose: z.enum(['mine', 'unowned']).default('mine') }),
  status: 200,
  output: z.array(z.object({ company: z.object({ id: idOf('company'), name: z.string() }), contact: z.object({ id: idOf('contact'), name: z.string(), email: z.string() }), since: calendarDay })),
  logsAccess: true,
  example: {
    query: { whose: 'mine' },
    output: [
      {
        company: { id: ids.company, name: 'Bjergager Smede & Montage' },
        contact: { id: '01990000-0000-7000-8000-000000000111', name: 'Preben Bjergager', email: 'preben@bjergager.example' },
        since: '2026-11-17',
      },
    ],
  },
});
