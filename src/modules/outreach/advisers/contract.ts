import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { optionalText } from '../../../kit/text.ts';
import { languages } from '../../../kit/words.ts';
import { optionalCvr } from '../../companies/register/contract.ts';

const writers = ['consultant', 'coordinator'] as const;
/** A secret of 256 bits; it travels in bodies, never in an address that a log would keep. */
const token = z.string().regex(/^[\w-]{43}$/);

/** Whoever fills a form in is told everything that is missing at once, not first what is wrong in a field and then what is missing beside it. */
const atOnce = { when: ({ value }: { value: unknown }) => value instanceof Object };

export const handoverStates = ['received', 'taken', 'contacted', 'closed'] as const;

const adviser = z.object({
  id: idOf('adviser'),
  organisation: z.string(),
  name: z.string(),
  email: z.string(),
  language: z.enum(languages),
  linkedAt: instant,
  /** When the link stops working. */
  until: instant,
  /** The link no longer works. */
  expired: z.boolean(),
  can: z.object({ edit: z.boolean() }),
});
export type Adviser = z.output<typeof adviser>;

const ids = { adviser: '01990000-0000-7000-8000-000000000681', enquiry: '01990000-0000-7000-8000-000000000651' };
const exampleToken = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';
const exampleBody = { organisation: 'Erhvervshus Opdigtet', name: 'Mette Lund', email: 'mette@erhvervshus.example', language: 'da' };
const example = { id: ids.adviser, ...exampleBody, linkedAt: '2026-11-17T08:00:00.000Z', until: '2027-11-17T08:00:00.000Z', expired: false, can: { edit: true } };
const params = z.strictObject({ adviser: idOf('adviser') });

export const listAdvisers = endpoint({
  name: 'listAdvisers',
  method: 'GET',
  path: '/api/advisers',
  summary: 'Neutral business advisers who hand companies over to the centre',
  description: 'Row 2.30. Those whose link was taken back are not there. No figure per adviser.',
  access: ['consultant', 'manager', 'coordinator'],
  status: 200,
  output: z.array(adviser),
  example: { output: [example] },
});

export const addAdviser = endpoint({
  name: 'addAdviser',
  method: 'POST',
  path: '/api/advisers',
  summary: 'Sign an adviser of a partner up and mail the secret address',
  description: 'Row 2.30. Only with the adviser’s consent (`saidYes`) to be kept and mailed. The secret stands in the mail and nowhere else; it works for a year.',
  access: writers,
  body: z.strictObject({
    organisation: z.string().trim().min(1).max(200),
    name: z.string().trim().min(1).max(200),
    email: z.email().max(320),
    language: z.enum(languages).default('da'),
    saidYes: z.literal(true),
  }),
  status: 201,
  output: adviser,
  errors: { adviser_exists: 409 },
  example: { body: { ...exampleBody, saidYes: true }, output: example },
});

export const renewAdviserLink = endpoint({
  name: 'renewAdviserLink',
  method: 'POST',
  path: '/api/advisers/{adviser}/link',
  summary: 'Mail an adviser a new secret address; the one before stops working',
  access: writers,
  params,
  status: 200,
  output: adviser,
  example: { params: { adviser: ids.adviser }, output: example },
});

export const endAdviser = endpoint({
  name: 'endAdviser',
  method: 'DELETE',
  path: '/api/advisers/{adviser}',
  summary: 'Take an adviser’s link back: it opens nothing any more',
  description: 'What was handed over keeps its source. The e-mail address is forgotten.',
  access: writers,
  params,
  status: 204,
  output: z.null(),
  example: { params: { adviser: ids.adviser } },
});

const page = z.object({
  centre: z.string(),
  zone: z.string(),
  name: z.string(),
  organisation: z.string(),
  until: instant,
  /** The own hand-overs, newest first; at most 100. */
  handovers: z.array(
    z.object({
      id: idOf('enquiry'),
      at: instant,
      /** As the adviser wrote it: whether the centre knows the company is not told. */
      companyName: z.string(),
      town: z.string().nullable(),
      state: z.enum(handoverStates),
      /** Who has it, once it was taken up. */
      with: z.string().nullable(),
      /** Handed over twice: it goes with the first. */
      joined: z.boolean(),
    }),
  ),
});
export type AdviserPageShown = z.output<typeof page>;
const exampleHandover = { id: ids.enquiry, at: '2026-11-17T08:00:00.000Z', companyName: 'Bjergager Smede', town: 'Limvig', state: 'taken', with: 'Anna Holm', joined: false };

export const openAdviserPage = endpoint({
  name: 'openAdviserPage',
  method: 'POST',
  path: '/api/adviser-page',
  summary: 'What an adviser’s secret address opens: the own hand-overs and how far each is',
  description: 'Row 2.30. Nothing of what the company and the centre do otherwise. 404 for an address that is none, has ended or is a year old.',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits: [{ count: 60, seconds: 60, by: 'address' }],
  status: 200,
  output: page,
  example: {
    body: { token: exampleToken },
    output: { centre: 'VEU-center Fjordegnen', zone: 'Europe/Copenhagen', name: exampleBody.name, organisation: exampleBody.organisation, until: example.until, handovers: [exampleHandover] },
  },
});

export const handOver = endpoint({
  name: 'handOver',
  method: 'POST',
  path: '/api/adviser-page/handovers',
  summary: 'An adviser hands a company over',
  description:
    'Row 2.30. It comes in through the one entrance (row 2.35) and is passed on by the same rule. A company by its number, or by name and town; somebody there with telephone or e-mail; and the company has agreed to be contacted (`agreed`). The same company twice is one. At most 30 a day for one adviser.',
  access: 'anyone',
  body: z
    .strictObject({
      token,
      cvr: optionalCvr,
      companyName: z.string().trim().max(200).default(''),
      town: optionalText(100),
      personName: z.string().trim().min(1).max(200),
      phone: optionalText(30),
      email: z.union([z.literal('').transform(() => null), z.email().max(320), z.null()]).default(null),
      said: z.string().trim().min(1).max(4000),
      promised: optionalText(2000),
      agreed: z.literal(true),
    })
    .refine(({ cvr, companyName }) => cvr !== null || companyName !== '', { path: ['companyName'], params: { code: 'required' }, ...atOnce })
    .refine(({ cvr, town }) => cvr !== null || town !== null, { path: ['town'], params: { code: 'required' }, ...atOnce })
    .refine(({ phone, email }) => phone !== null || email !== null, { path: ['phone'], params: { code: 'required' }, ...atOnce }),
  limits: [{ count: 60, seconds: 3600, by: 'address' }],
  status: 201,
  output: page,
  errors: { handovers_too_many: 429 },
  example: {
    body: {
      token: exampleToken,
      cvr: '12345674',
      companyName: 'Bjergager Smede',
      town: 'Limvig',
      personName: 'Preben Bjergager',
      phone: '00 98 76 54',
      email: null,
      said: 'De vil have styr på spild i svejsehallen og mangler folk, der kan læse tegninger.',
      promised: 'At nogen ringer inden jul.',
      agreed: true,
    },
    output: { centre: 'VEU-center Fjordegnen', zone: 'Europe/Copenhagen', name: exampleBody.name, organisation: exampleBody.organisation, until: example.until, handovers: [exampleHandover] },
  },
});
