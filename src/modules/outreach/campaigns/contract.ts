import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { industryShape, startsOf } from './model.ts';
import { routes, states } from './rules.ts';

export const campaignReaders = ['consultant', 'manager', 'coordinator'] as const;

const unique = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .max(most)
    .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } });

/** Which companies: every part that says something must hold; within a part one is enough. */
const criteria = z.strictObject({
  /** At any level: a section "DB25:C" or the first digits of a code "DB25:2511". A company is of the scheme its code was given in; the two are never mixed (AC23). */
  industries: unique(
    z
      .string()
      .regex(industryShape)
      .refine((each) => startsOf(each) !== null, { params: { code: 'not_allowed' } }),
    60,
  ).default([]),
  /** micro: below 10 · small: 10–49 · sme: 0–49 · large: 50 and more (row 2.01). A company whose size nobody knows is in none. */
  sizes: unique(z.enum(['micro', 'small', 'sme', 'large']), 4).default([]),
  /** Of the production unit that is approached, else of the company. */
  municipalities: unique(z.string().regex(/^\d{4}$/), 99).default([]),
  sector: z.enum(['public', 'private']).nullable().default(null),
  /** The centre has never talked with it through Vejnet. */
  neverContacted: z.boolean().default(false),
});
export type Criteria = z.output<typeof criteria>;

const plan = {
  name: z.string().trim().min(1).max(120),
  goal: z.string().trim().min(1).max(500),
  /** Why these companies: stands on every call card (row 2.17). */
  why: z.string().trim().min(1).max(300),
  aim: z.enum(['breadth', 'trade']),
  /** Row 2.02; combinable. */
  routes: unique(z.enum(routes), 4).refine((all) => all.length > 0, { params: { code: 'required' } }),
  starts: calendarDay,
  ends: calendarDay,
  /** What brings companies onto the list: the criteria, or the schools that name them, each up to its quota (row 2.04). Then criteria and lot are not asked. */
  pickedBy: z.enum(['criteria', 'schools']).default('criteria'),
  criteria,
  /** So many of those that match, drawn by lot; null takes all. */
  draw: z.number().int().min(1).max(100_000).nullable().default(null),
  /** What a caller may say first, by language (ISO 639-1). */
  scripts: z
    .array(z.strictObject({ language: z.string().regex(/^[a-z]{2}$/), text: z.string().trim().min(1).max(2000) }))
    .max(10)
    .refine((all) => new Set(all.map(({ language }) => language)).size === all.length, { params: { code: 'twice' } })
    .default([]),
};

const campaign = z.object({
  id: idOf('campaign'),
  ...plan,
  state: z.enum(states),
  /** Until when schools name companies; null before they were asked, and where criteria decide. */
  nominateUntil: instant.nullable(),
  frozenAt: instant.nullable(),
  hearingDeadline: instant.nullable(),
  hearingClosedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** Companies on the frozen list; null before it is frozen. */
  targets: z.number().int().nullable(),
  /** Who should call, by what the campaign is after (row 2.10). */
  suggestedRoutes: z.array(z.enum(routes)),
  version: z.number().int(),
  can: z.object({
    edit: z.boolean(),
    freeze: z.boolean(),
    thaw: z.boolean(),
    openHearing: z.boolean(),
    closeHearing: z.boolean(),
    pause: z.boolean(),
    resume: z.boolean(),
    end: z.boolean(),
  }),
});
export type Campaign = z.output<typeof campaign>;
const params = z.strictObject({ campaign: idOf('campaign') });

const id = '01990000-0000-7000-8000-000000000301';
const planned = {
  name: 'Metal under 50 ansatte',
  goal: '60 besøg og 15 aftaler inden jul.',
  why: 'Ingen skole har fast kontakt, og faget mangler certifikater.',
  aim: 'breadth',
  routes: ['call_centre'],
  starts: '2026-11-23',
  ends: '2026-12-18',
  pickedBy: 'criteria',
  criteria: { industries: ['DB25:25'], sizes: ['sme'], municipalities: ['0665'], sector: 'private', neverContacted: true },
  draw: null,
  scripts: [{ language: 'da', text: 'Goddag. Jeg ringer for alle skolerne på egnen. Må jeg stille to spørgsmål?' }],
} as const;
const shown = {
  id,
  ...planned,
  state: 'hearing',
  nominateUntil: null,
  frozenAt: '2026-11-17T07:30:00.000Z',
  hearingDeadline: '2026-11-20T11:00:00.000Z',
  hearingClosedAt: null,
  endedAt: null,
  targets: 184,
  suggestedRoutes: ['call_centre'],
  version: 3,
  can: { edit: false, freeze: false, thaw: false, openHearing: false, closeHearing: false, pause: false, resume: false, end: false },
};

export const listCampaigns = endpoint({
  name: 'listCampaigns',
  method: 'GET',
  path: '/api/campaigns',
  summary: 'The campaigns of the centre, newest first',
  description: 'Drafts and lists that nobody has been heard about are the coordinator’s alone.',
  access: campaignReaders,
  query: z.strictObject({ ...pageQuery, over: z.enum(['true', 'false']).default('false') }),
  status: 200,
  output: pageOf(campaign),
  example: { query: {}, output: { items: [shown], next: null } },
});

export const readCampaign = endpoint({
  name: 'readCampaign',
  method: 'GET',
  path: '/api/campaigns/{campaign}',
  summary: 'A campaign: goal, criteria, scripts, and where it stands',
  access: campaignReaders,
  params,
  status: 200,
  output: campaign,
  example: { params: { campaign: id }, output: shown },
});

export const addCampaign = endpoint({
  name: 'addCampaign',
  method: 'POST',
  path: '/api/campaigns',
  summary: 'Plan a campaign',
  description: 'Rows 2.02, 2.03, 2.10 and 2.17: goal in words, routes, period, criteria and scripts. Nothing is drawn before the list is frozen.',
  access: ['coordinator'],
  body: z.strictObject(plan),
  status: 201,
  output: campaign,
  errors: { days_reversed: 409, name_taken: 409 },
  example: { body: planned, output: { ...shown, state: 'draft', frozenAt: null, hearingDeadline: null, targets: null, version: 1 } },
});

export const writeCampaign = endpoint({
  name: 'writeCampaign',
  method: 'PUT',
  path: '/api/campaigns/{campaign}',
  summary: 'Change a campaign before its list is frozen',
  access: ['coordinator'],
  params,
  body: z.strictObject(plan),
  edits: true,
  status: 200,
  output: campaign,
  errors: { days_reversed: 409, name_taken: 409, campaign_state: 409 },
  example: { params: { campaign: id }, body: planned, output: { ...shown, state: 'draft', frozenAt: null, hearingDeadline: null, targets: null, version: 2 } },
});

const count = z.object({ count: z.number().int(), more: z.boolean() });
export const countTargets = endpoint({
  name: 'countTargets',
  method: 'POST',
  path: '/api/campaign-counts',
  summary: 'How many companies criteria would bring onto a list now',
  description:
    'Row 2.03. Exact up to 10,000; above that `more` is true. `left` says how many match but may not be called: advertising protection without a recorded reason, quarantine, or an objection.',
  access: ['coordinator'],
  body: criteria,
  status: 200,
  output: z.object({ matching: count, left: z.object({ protected: count, quarantined: count }), withoutPhone: count }),
  example: {
    body: planned.criteria,
    output: { matching: { count: 184, more: false }, left: { protected: { count: 12, more: false }, quarantined: { count: 3, more: false } }, withoutPhone: { count: 7, more: false } },
  },
});

export const freezeList = endpoint({
  name: 'freezeList',
  method: 'POST',
  path: '/api/campaigns/{campaign}/list',
  summary: 'Draw the target list and freeze it',
  description:
    'Rows 2.03 and 2.17. One production unit per company (the head unit in the area first), each company with the reason it is there. A protected company enters only with a recorded reason, one in quarantine not at all; the database enforces both. Where schools name the companies, it waits for their deadline, or until every quota is used (row 2.04).',
  access: ['coordinator'],
  params,
  status: 201,
  output: campaign,
  errors: { campaign_state: 409, list_empty: 409, nominations_open: 409 },
  example: { params: { campaign: id }, output: { ...shown, state: 'listed', hearingDeadline: null } },
});

export const discardList = endpoint({
  name: 'discardList',
  method: 'DELETE',
  path: '/api/campaigns/{campaign}/list',
  summary: 'Throw a frozen list away before anybody was heard about it',
  access: ['coordinator'],
  params,
  status: 200,
  output: campaign,
  errors: { campaign_state: 409 },
  example: { params: { campaign: id }, output: { ...shown, state: 'draft', frozenAt: null, hearingDeadline: null, targets: null } },
});

/** Why a company is on the list: what of the criteria it met. */
export const reason = z.object({
  industry: z.object({ scheme: z.enum(['DB07', 'DB25']), code: z.string(), text: z.string().nullable() }).nullable(),
  size: z.object({ from: z.number().int(), to: z.number().int().nullable() }).nullable(),
  municipality: z.string().nullable(),
  publicSector: z.boolean(),
  neverContacted: z.boolean(),
});

const target = z.object({
  company: idOf('company'),
  cvr: z.string(),
  name: z.string(),
  town: z.string().nullable(),
  phone: z.string().nullable(),
  reason,
  /** Whether it could be called when the hearing closed; null before. */
  available: z.boolean().nullable(),
  /** Who struck it: for the coordinator's eyes. */
  struckBy: z.array(z.object({ schoolId: idOf('school'), school: z.string(), reason: z.enum(['course', 'agreement', 'internship', 'dialogue', 'other']) })),
});
const smithy = {
  company: '01990000-0000-7000-8000-000000000101',
  cvr: '12345674',
  name: 'Bjergager Smede & Montage',
  town: 'Limvig',
  phone: '00987654',
  reason: {
    industry: { scheme: 'DB25', code: '251100', text: 'Fremstilling af metalkonstruktioner' },
    size: { from: 10, to: 19 },
    municipality: 'Lemvig',
    publicSector: false,
    neverContacted: true,
  },
  available: true,
  struckBy: [],
};

export const listTargets = endpoint({
  name: 'listTargets',
  method: 'GET',
  path: '/api/campaigns/{campaign}/targets',
  summary: 'The frozen list, by name; with who struck what, for the coordinator alone',
  access: ['coordinator'],
  params,
  query: z.strictObject({ ...pageQuery, show: z.enum(['all', 'struck', 'available']).default('all') }),
  status: 200,
  output: pageOf(target),
  example: { params: { campaign: id }, query: { show: 'all' }, output: { items: [smithy], next: null } },
});

export const downloadTargets = endpoint({
  name: 'downloadTargets',
  method: 'GET',
  path: '/api/campaigns/{campaign}/targets.csv',
  summary: 'The frozen list as a table',
  access: ['coordinator'],
  params,
  status: 200,
  output: z.string(),
  download: 'text/csv; charset=utf-8',
  example: { params: { campaign: id }, output: 'cvr;navn;adresse;by;telefon;branche;kommune;ledig;streget af\n12345674;Bjergager Smede & Montage;Havnevej 4;Limvig;00987654;;Lemvig;ja;\n' },
});

const named = z.object({ company: idOf('company'), name: z.string(), town: z.string().nullable() });
export const compareList = endpoint({
  name: 'compareList',
  method: 'GET',
  path: '/api/campaigns/{campaign}/difference',
  summary: 'What the same criteria and the same lot would draw today, against the frozen list',
  description: 'Row 2.03. The list itself stays as it is. `come` and `gone` name the first 200 each.',
  access: ['coordinator'],
  params,
  status: 200,
  output: z.object({ same: z.number().int(), comeCount: z.number().int(), goneCount: z.number().int(), come: z.array(named), gone: z.array(named) }),
  errors: { campaign_state: 409 },
  example: { params: { campaign: id }, output: { same: 183, comeCount: 0, goneCount: 1, come: [], gone: [{ company: smithy.company, name: smithy.name, town: 'Limvig' }] } },
});

const move = <N extends string>(name: N, path: string, summary: string, state: 'calling' | 'paused' | 'over') =>
  endpoint({
    name,
    method: 'POST',
    path: `/api/campaigns/{campaign}/${path}`,
    summary,
    access: ['coordinator'],
    params,
    status: 200,
    output: campaign,
    errors: { campaign_state: 409 },
    example: { params: { campaign: id }, output: { ...shown, state, hearingClosedAt: '2026-11-20T11:00:10.000Z', endedAt: state === 'over' ? '2026-12-18T15:00:00.000Z' : null } },
  });
export const pauseCampaign = move('pauseCampaign', 'pause', 'Pause the calls of a campaign; nobody is called until it goes on', 'paused');
export const resumeCampaign = move('resumeCampaign', 'resume', 'Let the calls of a paused campaign go on', 'calling');
export const endCampaign = move('endCampaign', 'end', 'End a campaign for good; what waits in its queue is withdrawn', 'over');

export const listIndustries = endpoint({
  name: 'listIndustries',
  method: 'GET',
  path: '/api/industries',
  summary: 'Industries that companies of the register have, by code; searched by digits or words',
  access: campaignReaders,
  query: z.strictObject({ scheme: z.enum(['DB07', 'DB25']).default('DB25'), search: z.string().trim().max(60).optional() }),
  status: 200,
  output: z.array(z.object({ scheme: z.enum(['DB07', 'DB25']), code: z.string(), title: z.string() })),
  example: { query: { scheme: 'DB25', search: 'metal' }, output: [{ scheme: 'DB25', code: '251100', title: 'Fremstilling af metalkonstruktioner' }] },
});
