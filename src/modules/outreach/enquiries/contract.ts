import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { optionalText } from '../../../kit/text.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant', 'coordinator'] as const;
/** How somebody of the centre was asked; the public form is `web`. */
export const takenBy = ['phone', 'walk_in', 'mail', 'tip'] as const;
export const tipReasons = ['downturn', 'hiring', 'training', 'other'] as const;
export const routedBecause = ['contact_person', 'same_company', 'only', 'share', 'draw', 'centre', 'by_hand'] as const;
/** How far whoever has an enquiry has come with it. */
export const enquirySteps = ['taken', 'contacted'] as const;

const asked = {
  companyName: z.string().trim().min(1).max(200),
  cvr: z.union([z.literal('').transform(() => null), z.string().regex(/^\d{8}$/), z.null()]).default(null),
  personName: z.string().trim().max(200).default(''),
  phone: optionalText(30),
  email: z.union([z.literal('').transform(() => null), z.email().max(320), z.null()]).default(null),
  said: z.string().trim().min(1).max(4000),
};
const reachable = ({ phone, email }: { phone: string | null; email: string | null }) => phone !== null || email !== null;
const person = z.object({ id: idOf('person'), name: z.string(), school: z.string().nullable() });

const enquiry = z.object({
  id: idOf('enquiry'),
  receivedAt: instant,
  channel: z.enum(['web', ...takenBy, 'adviser']),
  company: z.object({ id: idOf('company'), name: z.string() }).nullable(),
  companyName: z.string(),
  cvr: z.string().nullable(),
  /** Where no number was given: the town that was named. */
  town: z.string().nullable(),
  personName: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  said: z.string(),
  /** Of a tip: who gave it, and why (row 2.12). */
  tip: z.object({ source: z.string(), reason: z.enum(tipReasons) }).nullable(),
  /** Of one that a neutral adviser handed over: who it was, and what was promised (row 2.30). */
  adviser: z.object({ name: z.string(), organisation: z.string(), promised: z.string().nullable() }).nullable(),
  urgent: z.boolean(),
  /** Null until the house has passed it on, within a minute. */
  owner: person.nullable(),
  because: z.enum(routedBecause).nullable(),
  byHandReason: z.string().nullable(),
  /** How many more asked the same. */
  joined: z.number().int(),
  /** When its owner took it up, and spoke with the company. */
  takenAt: instant.nullable(),
  contactedAt: instant.nullable(),
  answered: z.object({ at: instant, answer: z.string() }).nullable(),
  version: z.number().int(),
  can: z.object({ pass: z.boolean(), answer: z.boolean(), name: z.boolean(), step: z.enum(enquirySteps).nullable() }),
});
export type Enquiry = z.output<typeof enquiry>;

const ids = { enquiry: '01990000-0000-7000-8000-000000000651', company: '01990000-0000-7000-8000-000000000101', person: '01990000-0000-7000-8000-000000000001' };
const exampleAsked = { companyName: 'Bjergager Smede', cvr: '99000014', personName: 'Preben Bjergager', phone: '00 98 76 54', email: null, said: 'Vi vil gerne høre om svejsekurser.' };
const example = {
  id: ids.enquiry,
  receivedAt: '2026-11-17T08:00:00.000Z',
  channel: 'phone',
  company: { id: ids.company, name: 'Bjergager Smede & Montage' },
  ...exampleAsked,
  town: null,
  tip: null,
  adviser: null,
  urgent: false,
  owner: { id: ids.person, name: 'Anna Holm', school: 'Fjordegnens Erhvervsskole' },
  because: 'share',
  byHandReason: null,
  joined: 0,
  takenAt: null,
  contactedAt: null,
  answered: null,
  version: 1,
  can: { pass: true, answer: true, name: true, step: 'taken' },
};
const params = z.strictObject({ enquiry: idOf('enquiry') });

export const listOpenCentres = endpoint({
  name: 'listOpenCentres',
  method: 'GET',
  path: '/api/open-centres',
  summary: 'The centres that a company can ask',
  access: 'anyone',
  status: 200,
  output: z.array(z.object({ key: z.string(), name: z.string() })),
  example: { output: [{ key: 'fjordegnen', name: 'VEU-center Fjordegnen' }] },
});

export const askCentre = endpoint({
  name: 'askCentre',
  method: 'POST',
  path: '/api/open-centres/{centre}/enquiries',
  summary: 'A company asks the centre, without signing in',
  description: 'Row 2.35. `website` is for nobody to fill in: what fills it in is no person, and is thanked like everybody. Whether the company is known is not told.',
  access: 'anyone',
  params: z.strictObject({ centre: z.string().max(100) }),
  body: z.strictObject({ ...asked, website: z.string().max(200).default('') }).refine(reachable, { path: ['phone'], params: { code: 'required' } }),
  limits: [
    { count: 10, seconds: 3600, by: 'address' },
    { count: 5, seconds: 86_400, by: 'email' },
  ],
  status: 204,
  output: z.null(),
  example: { params: { centre: 'fjordegnen' }, body: exampleAsked },
});

export const addEnquiry = endpoint({
  name: 'addEnquiry',
  method: 'POST',
  path: '/api/enquiries',
  summary: 'Write down an enquiry by phone, mail or in person, or a tip about a company',
  description:
    'Rows 2.35 and 2.12. It is passed on by the published rule within a minute: to the company’s contact person, else to whoever already works with the company, else to the school that has got least of its share.',
  access: writers,
  body: z
    .strictObject({
      channel: z.enum(takenBy),
      ...asked,
      company: idOf('company').nullable().default(null),
      source: z.string().trim().max(200).default(''),
      reason: z.enum(tipReasons).default('other'),
      urgent: z.boolean().default(false),
    })
    .refine((body) => body.channel === 'tip' || reachable(body), { path: ['phone'], params: { code: 'required' } })
    .refine(({ channel, source }) => channel !== 'tip' || source !== '', { path: ['source'], params: { code: 'required' } }),
  status: 201,
  output: enquiry,
  errors: { company_unknown: 422 },
  example: { body: { channel: 'phone', ...exampleAsked }, output: { ...example, owner: null, because: null } },
});

export const listEnquiries = endpoint({
  name: 'listEnquiries',
  method: 'GET',
  path: '/api/enquiries',
  summary: 'Enquiries one has, took, or answers for; urgent and old ones first',
  access: readers,
  query: z.strictObject({ state: z.enum(['open', 'answered']).default('open'), whose: z.enum(['mine', 'visible']).default('visible') }),
  status: 200,
  output: z.array(enquiry),
  example: { query: { state: 'open' }, output: [example] },
});

export const passEnquiry = endpoint({
  name: 'passEnquiry',
  method: 'PUT',
  path: '/api/enquiries/{enquiry}/owner',
  summary: 'Give an enquiry to a colleague, with the reason',
  description: 'Rows 2.35 and 3.05: what departs from the rule says why.',
  access: writers,
  params,
  body: z.strictObject({ person: idOf('person'), reason: z.string().trim().min(1).max(500) }),
  edits: true,
  status: 200,
  output: enquiry.nullable(),
  errors: { not_your_enquiry: 403, not_consulting: 422 },
  example: { params: { enquiry: ids.enquiry }, body: { person: ids.person, reason: 'Kender branchen.' }, output: example },
});

export const answerEnquiry = endpoint({
  name: 'answerEnquiry',
  method: 'PUT',
  path: '/api/enquiries/{enquiry}/answer',
  summary: 'Say what became of an enquiry',
  access: writers,
  params,
  body: z.strictObject({ answer: z.string().trim().min(1).max(2000) }),
  edits: true,
  status: 200,
  output: enquiry,
  errors: { not_your_enquiry: 403 },
  example: { params: { enquiry: ids.enquiry }, body: { answer: 'Vi har aftalt et besøg.' }, output: { ...example, answered: { at: '2026-11-17T10:00:00.000Z', answer: 'Vi har aftalt et besøg.' } } },
});

export const nameCompany = endpoint({
  name: 'nameCompany',
  method: 'PUT',
  path: '/api/enquiries/{enquiry}/company',
  summary: 'Say which company an enquiry comes from',
  description:
    'Rows 2.35 and 2.12. Whoever has the enquiry keeps it, also where the company turns out to have a contact person or an enquiry with somebody else: who asked was promised an answer by that one. It can be passed on by hand.',
  access: writers,
  params,
  body: z.strictObject({ company: idOf('company') }),
  edits: true,
  status: 200,
  output: enquiry,
  errors: { not_your_enquiry: 403, company_unknown: 422 },
  example: { params: { enquiry: ids.enquiry }, body: { company: ids.company }, output: example },
});

export const noteEnquiryStep = endpoint({
  name: 'noteEnquiryStep',
  method: 'PUT',
  path: '/api/enquiries/{enquiry}/step',
  summary: 'Say that one has taken an enquiry up, or spoken with the company',
  description:
    'Row 2.30. Whoever has it, or the coordinator. An adviser who handed the company over gets a mail when it is taken up, and sees who has it from then on. Speaking with the company takes it up too.',
  access: writers,
  params,
  body: z.strictObject({ step: z.enum(enquirySteps) }),
  edits: true,
  status: 200,
  output: enquiry,
  errors: { not_your_enquiry: 403 },
  example: { params: { enquiry: ids.enquiry }, body: { step: 'taken' }, output: { ...example, takenAt: '2026-11-17T10:00:00.000Z', can: { ...example.can, step: 'contacted' } } },
});
