import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { needFields, needTerms } from '../../companies/needs/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const senders = ['consultant', 'coordinator'] as const;

export const referralStates = ['sent', 'accepted', 'started', 'ended', 'declined', 'withdrawn'] as const;
/** What came of it: an agreement on training, a course, guidance only, the company waits, or nothing. */
export const referralOutcomes = ['agreement', 'course', 'guidance', 'later', 'nothing'] as const;

const school = z.object({ id: idOf('school'), name: z.string() });
const person = z.object({ id: idOf('person'), name: z.string() });
const shown = z.object({
  id: idOf('referral'),
  company: z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() }),
  need: z.object({ id: idOf('need'), what: z.string(), field: z.enum(needFields).nullable() }),
  /** Null: the centre itself. */
  from: school.nullable(),
  to: school,
  sentBy: person,
  /** Who has it at the school that got it. */
  owner: person.nullable(),
  about: z.string(),
  state: z.enum(referralStates),
  reason: z.string().nullable(),
  outcome: z.enum(referralOutcomes).nullable(),
  outcomeNote: z.string(),
  sentAt: instant,
  movedAt: instant,
  /** Nobody has answered within five working days, or nothing was heard for thirty days. */
  late: z.boolean(),
  version: z.number().int(),
  can: z.object({ answer: z.boolean(), start: z.boolean(), end: z.boolean(), withdraw: z.boolean() }),
});
export type Referral = z.output<typeof shown>;
const told = shown.extend({
  /** The first first. */
  story: z.array(z.object({ at: instant, /** Null: the house, as where a school left. */ by: z.string().nullable(), state: z.enum(referralStates), owner: z.string().nullable(), note: z.string() })),
});

const ids = {
  referral: '01990000-0000-7000-8000-000000000681',
  company: '01990000-0000-7000-8000-000000000101',
  need: '01990000-0000-7000-8000-000000000601',
  a: '01990000-0000-7000-8000-000000000011',
  b: '01990000-0000-7000-8000-000000000012',
  anna: '01990000-0000-7000-8000-000000000001',
  karim: '01990000-0000-7000-8000-000000000002',
};
const example = {
  id: ids.referral,
  company: { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' },
  need: { id: ids.need, what: 'Læsning på dansk til arbejdssedler', field: 'basic_skills' },
  from: { id: ids.a, name: 'Fjordegnens Erhvervsskole' },
  to: { id: ids.b, name: 'VUC Vesterled' },
  sentBy: { id: ids.anna, name: 'Anna Holm' },
  owner: null,
  about: 'Fire fra natholdet. Preben vil gerne ringes op.',
  state: 'sent',
  reason: null,
  outcome: null,
  outcomeNote: '',
  sentAt: '2026-11-17T09:40:00.000Z',
  movedAt: '2026-11-17T09:40:00.000Z',
  late: false,
  version: 1,
  can: { answer: true, start: false, end: false, withdraw: false },
};
const exampleTold = { ...example, story: [{ at: '2026-11-17T09:40:00.000Z', by: 'Anna Holm', state: 'sent', owner: null, note: '' }] };
const params = z.strictObject({ referral: idOf('referral') });
const refusals = { referral_not_yours: 403, referral_not_so_far: 409 } as const;

export const listReferrals = endpoint({
  name: 'listReferrals',
  method: 'GET',
  path: '/api/referrals',
  summary: 'Referrals to and from the own school; the coordinator sees all',
  description: 'Row 3.01. `way=in`: to the own school, `out`: from it. Open ones first, late ones before the others. At most 500.',
  access: readers,
  query: z.strictObject({ way: z.enum(['in', 'out', 'both']).default('both'), state: z.enum(['open', 'over', 'all']).default('all'), company: idOf('company').optional() }),
  status: 200,
  output: z.array(shown),
  example: { query: { way: 'in', state: 'open' }, output: [example] },
});

export const readReferral = endpoint({
  name: 'readReferral',
  method: 'GET',
  path: '/api/referrals/{referral}',
  summary: 'A referral and every step of it',
  access: readers,
  params,
  status: 200,
  output: told,
  example: { params: { referral: ids.referral }, output: exampleTold },
});

export const sendReferral = endpoint({
  name: 'sendReferral',
  method: 'POST',
  path: '/api/referrals',
  summary: 'Refer a company’s need to another school',
  description:
    'Row 3.01. A need that stands, or one written down on the way. The company has said yes to being rung by that school. The school from which it comes is credited; a consultant whom the centre employs, and the coordinator, refer for the centre. The school that gets it is told.',
  access: senders,
  body: z
    .strictObject({
      company: idOf('company'),
      need: idOf('need').nullable().default(null),
      newNeed: z
        .strictObject({ what: z.string().trim().min(1).max(200), term: z.enum(needTerms).default('now'), field: z.enum(needFields) })
        .nullable()
        .default(null),
      school: idOf('school'),
      about: z.string().trim().min(1).max(1000),
      companyAgreed: z.literal(true),
    })
    .refine(({ need, newNeed }) => (need === null) !== (newNeed === null), { path: ['need'], params: { code: 'required' } }),
  status: 201,
  output: shown,
  errors: { referral_own_school: 422, referral_stands: 409, need_not_theirs: 422 },
  example: { body: { company: ids.company, need: ids.need, school: ids.b, about: example.about, companyAgreed: true }, output: example },
});

export const answerReferral = endpoint({
  name: 'answerReferral',
  method: 'PUT',
  path: '/api/referrals/{referral}/answer',
  summary: 'Accept a referral for one’s school, or decline it with a reason',
  description: 'Row 3.01. Consultants and managers of the school that got it; `owner` is somebody who works there, oneself where nobody is named. Whoever referred is told.',
  access: ['consultant', 'manager'],
  params,
  body: z
    .strictObject({ accept: z.boolean(), owner: idOf('person').nullable().default(null), reason: z.string().trim().max(500).default('') })
    .refine(({ accept, reason }) => accept || reason !== '', { path: ['reason'], params: { code: 'required' } }),
  edits: true,
  status: 200,
  output: told,
  errors: { ...refusals, owner_elsewhere: 422 },
  example: { params: { referral: ids.referral }, body: { accept: true }, output: { ...exampleTold, state: 'accepted', owner: { id: ids.karim, name: 'Karim Saleh' }, version: 2 } },
});

export const startReferral = endpoint({
  name: 'startReferral',
  method: 'PUT',
  path: '/api/referrals/{referral}/start',
  summary: 'Say that the work with the company has begun',
  access: ['consultant', 'manager'],
  params,
  edits: true,
  status: 200,
  output: told,
  errors: refusals,
  example: { params: { referral: ids.referral }, output: { ...exampleTold, state: 'started', owner: { id: ids.karim, name: 'Karim Saleh' }, version: 3 } },
});

export const endReferral = endpoint({
  name: 'endReferral',
  method: 'PUT',
  path: '/api/referrals/{referral}/outcome',
  summary: 'Say what came of a referral',
  description: 'Row 3.01. The outcome goes back to whoever referred, and is credited to their school.',
  access: ['consultant', 'manager'],
  params,
  body: z.strictObject({ outcome: z.enum(referralOutcomes), note: z.string().trim().max(1000).default('') }),
  edits: true,
  status: 200,
  output: told,
  errors: refusals,
  example: {
    params: { referral: ids.referral },
    body: { outcome: 'course', note: 'Fire på FVU-dansk fra januar.' },
    output: { ...exampleTold, state: 'ended', owner: { id: ids.karim, name: 'Karim Saleh' }, outcome: 'course', outcomeNote: 'Fire på FVU-dansk fra januar.', version: 4 },
  },
});

export const withdrawReferral = endpoint({
  name: 'withdrawReferral',
  method: 'PUT',
  path: '/api/referrals/{referral}/withdrawal',
  summary: 'Take a referral back, with the reason',
  description: 'The school that sent it, while it is not answered; the coordinator as long as it is open, as where a school leaves the centre.',
  access: readers,
  params,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  edits: true,
  status: 200,
  output: told,
  errors: refusals,
  example: { params: { referral: ids.referral }, body: { reason: 'Firmaet har valgt at vente.' }, output: { ...exampleTold, state: 'withdrawn', reason: 'Firmaet har valgt at vente.', version: 2 } },
});

const counts = z.object({ sent: z.number().int(), accepted: z.number().int(), declined: z.number().int(), started: z.number().int(), agreements: z.number().int(), ended: z.number().int() });
export const readCredits = endpoint({
  name: 'readCredits',
  method: 'GET',
  path: '/api/referrals/credits',
  summary: 'What each school is credited with: who referred to whom, and what came of it',
  description:
    'Row 3.01: the matrix from x to of a period. Of referrals that one may open and no others, so the figures are exact: a school sees what it gave and got, the coordinator the whole. `agreements`: training agreements and courses. At most three years.',
  access: readers,
  query: z.strictObject({ from: calendarDay.optional(), to: calendarDay.optional() }),
  status: 200,
  output: z.object({ from: calendarDay, to: calendarDay, pairs: z.array(z.object({ from: school.nullable(), to: school, ...counts.shape })) }),
  errors: { period_backwards: 422 },
  example: {
    query: { from: '2026-01-01', to: '2026-12-31' },
    output: { from: '2026-01-01', to: '2026-12-31', pairs: [{ from: example.from, to: example.to, sent: 3, accepted: 2, declined: 1, started: 2, agreements: 1, ended: 1 }] },
  },
});
