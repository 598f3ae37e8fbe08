import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant, instantAnywhere } from '../../../kit/instant.ts';

/** Those who answer for a school. */
export const nominators = ['consultant', 'manager'] as const;
const params = z.strictObject({ campaign: idOf('campaign') });
const campaignId = '01990000-0000-7000-8000-000000000301';
const schoolId = '01990000-0000-7000-8000-000000000011';
const companyId = '01990000-0000-7000-8000-000000000101';

const quotas = z.object({
  /** Hours of the callers, and companies in an hour; null before anything was said. */
  hours: z.number().int().nullable(),
  perHour: z.number().int().nullable(),
  /** What they carry together. */
  total: z.number().int().nullable(),
  deadline: instant.nullable(),
  schools: z.array(z.object({ schoolId: idOf('school'), school: z.string(), quota: z.number().int(), used: z.number().int() })),
  can: z.object({ write: z.boolean() }),
});
export type Quotas = z.output<typeof quotas>;
const quotasExample = {
  hours: 20,
  perHour: 6,
  total: 120,
  deadline: '2026-11-20T11:00:00.000Z',
  schools: [{ schoolId, school: 'Fjordegnens Erhvervsskole', quota: 40, used: 12 }],
  can: { write: true },
};

export const readQuotas = endpoint({
  name: 'readQuotas',
  method: 'GET',
  path: '/api/campaigns/{campaign}/quotas',
  summary: 'How many companies each school may name for a campaign, and how many it has',
  access: ['coordinator'],
  params,
  status: 200,
  output: quotas,
  example: { params: { campaign: campaignId }, output: quotasExample },
});

export const writeQuotas = endpoint({
  name: 'writeQuotas',
  method: 'PUT',
  path: '/api/campaigns/{campaign}/quotas',
  summary: 'Share the callers’ time out: so many companies each school may name, until a moment',
  description:
    'Row 2.04. All quotas together stay within hours times companies in an hour, and none falls below what its school has named; the database keeps both. The first time, the schools are told by mail.',
  access: ['coordinator'],
  params,
  body: z.strictObject({
    hours: z.number().int().min(1).max(10_000),
    perHour: z.number().int().min(1).max(60),
    deadline: instantAnywhere,
    schools: z
      .array(z.strictObject({ school: idOf('school'), quota: z.number().int().min(0).max(100_000) }))
      .min(1)
      .max(100)
      .refine((all) => new Set(all.map(({ school }) => school)).size === all.length, { params: { code: 'twice' } }),
  }),
  status: 200,
  output: quotas,
  errors: { campaign_state: 409, quotas_above_total: 409, quota_below_used: 409, deadline_passed: 409, school_not_found: 422 },
  example: { params: { campaign: campaignId }, body: { hours: 20, perHour: 6, deadline: '2026-11-20T11:00:00.000Z', schools: [{ school: schoolId, quota: 40 }] }, output: quotasExample },
});

const round = z.object({
  campaign: idOf('campaign'),
  name: z.string(),
  goal: z.string(),
  why: z.string(),
  deadline: instant,
  /** Of the own school. */
  quota: z.number().int(),
  used: z.number().int(),
  /** open: companies may be named · closed: no longer · heard: the hearing about all of them is over. */
  state: z.enum(['open', 'closed', 'heard']),
});
export type Round = z.output<typeof round>;
const roundExample = {
  campaign: campaignId,
  name: 'Metal under 50 ansatte',
  goal: '60 besøg og 15 aftaler inden jul.',
  why: 'Certifikater udløber til foråret.',
  deadline: '2026-11-20T11:00:00.000Z',
  quota: 40,
  used: 1,
  state: 'open',
};

const nominated = z.object({
  company: idOf('company'),
  cvr: z.string(),
  name: z.string(),
  town: z.string().nullable(),
  /** Its place in the school's own order, which is the order of the calls. */
  no: z.number().int(),
  person: z.string().nullable(),
  /** Once the hearing is over: false is "not available", whatever the reason. Null before. */
  available: z.boolean().nullable(),
});
const nominatedExample = { company: companyId, cvr: '12345674', name: 'Bjergager Smede & Montage', town: 'Limvig', no: 1, person: 'Dorte Friis', available: null };
const nominations = round.extend({ companies: z.array(nominated) });
export type Nominations = z.output<typeof nominations>;

export const listRounds = endpoint({
  name: 'listRounds',
  method: 'GET',
  path: '/api/nominations',
  summary: 'The campaigns that the own school may name companies for, the nearest deadline first',
  access: nominators,
  status: 200,
  output: z.array(round),
  example: { output: [roundExample] },
});

export const readNominations = endpoint({
  name: 'readNominations',
  method: 'GET',
  path: '/api/nominations/{campaign}',
  summary: 'What the own school has named for a campaign; nothing of it depends on another school before the hearing is over',
  access: nominators,
  params,
  status: 200,
  output: nominations,
  example: { params: { campaign: campaignId }, output: { ...roundExample, companies: [nominatedExample] } },
});

const results = ['named', 'already', 'not_available', 'full', 'unknown', 'not_a_number'] as const;
export type NominationResult = (typeof results)[number];

export const nominateCompanies = endpoint({
  name: 'nominateCompanies',
  method: 'POST',
  path: '/api/nominations/{campaign}/companies',
  summary: 'Name companies for the own school, in this order, as far as its quota goes',
  description:
    'Row 2.04. By id, or by company numbers as a list has them. Each answers what became of it: `not_available` is one word for whatever keeps a company from being called, and never that another school named it; `full` where the quota was used up; `unknown` where the centre does not know it.',
  access: nominators,
  params,
  body: z.union([z.strictObject({ companies: z.array(idOf('company')).min(1).max(2000) }), z.strictObject({ numbers: z.array(z.string().trim().min(1).max(30)).min(1).max(2000) })]),
  status: 200,
  output: z.object({
    quota: z.number().int(),
    used: z.number().int(),
    results: z.array(z.object({ company: idOf('company').nullable(), number: z.string().nullable(), name: z.string().nullable(), result: z.enum(results) })),
  }),
  errors: { nominations_closed: 409 },
  example: {
    params: { campaign: campaignId },
    body: { companies: [companyId] },
    output: { quota: 40, used: 2, results: [{ company: companyId, number: '12345674', name: 'Bjergager Smede & Montage', result: 'named' }] },
  },
});

export const withdrawNomination = endpoint({
  name: 'withdrawNomination',
  method: 'DELETE',
  path: '/api/nominations/{campaign}/companies/{company}',
  summary: 'Take a company back that the own school has named',
  access: nominators,
  params: params.extend({ company: idOf('company') }),
  status: 204,
  output: z.null(),
  errors: { nominations_closed: 409 },
  example: { params: { campaign: campaignId, company: companyId } },
});

export const listOwnCandidates = endpoint({
  name: 'listOwnCandidates',
  method: 'GET',
  path: '/api/nominations/{campaign}/own-list',
  summary: 'Companies on the school’s own list, by number, that it has not named yet (the first 200 by name)',
  access: nominators,
  params,
  status: 200,
  output: z.array(z.object({ company: idOf('company'), cvr: z.string(), name: z.string(), town: z.string().nullable(), note: z.string().nullable(), available: z.boolean() })),
  example: { params: { campaign: campaignId }, output: [{ company: companyId, cvr: '12345674', name: 'Bjergager Smede & Montage', town: 'Limvig', note: 'Kursus i maj 2026', available: true }] },
});
