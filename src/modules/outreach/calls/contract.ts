import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { serial } from '../../../kit/serial.ts';
import { optionalText } from '../../../kit/text.ts';
import { contactRoles } from '../../companies/contacts/contract.ts';
import { outcomes, reasons, routesOfContact } from './rules.ts';

const callers = ['agent', 'consultant'] as const;

/** Why there is nobody to call. */
const emptyReason = z.object({
  code: z.enum(['no_agreement', 'ended', 'hearing', 'paused', 'full', 'closed', 'promised', 'later', 'leased', 'resting', 'without_phone', 'all_done']),
  /** Companies; schools for `hearing`. */
  count: z.number().int().nullable(),
  /** A moment; for `resting` a day. */
  at: z.union([instant, calendarDay]).nullable(),
});
const queue = z.object({
  campaign: z.object({ id: idOf('campaign'), name: z.string(), goal: z.string() }),
  state: z.enum(['open', 'paused', 'hearing', 'ended', 'no_agreement']),
  /** Companies that can be called this minute. */
  ready: z.number().int(),
  /** Companies that were ever in the queue. */
  total: z.number().int(),
  /** Calls today, everybody together. */
  callsToday: z.number().int(),
  /** Empty while somebody can be called. */
  reasons: z.array(emptyReason),
});
export type Queue = z.output<typeof queue>;
const card = z.object({
  item: idOf('item'),
  /** The fencing number: outcome, renewal and release name it. */
  leaseNo: z.number().int(),
  leaseUntil: instant,
  claimedAt: instant,
  campaign: z.object({ id: idOf('campaign'), name: z.string(), goal: z.string(), why: z.string() }),
  /** Only for consultants, who may open the company’s page. */
  company: idOf('company').nullable(),
  name: z.string(),
  town: z.string().nullable(),
  phone: z.string().nullable(),
  industry: z.string().nullable(),
  size: z.object({ from: z.number().int(), to: z.number().int().nullable() }).nullable(),
  /** What of the campaign’s criteria it met. */
  facts: z.record(z.string(), z.unknown()),
  /** Large companies that send us there, and what may be said in their name (row 2.29). */
  introductions: z.array(z.object({ from: z.string(), text: z.string() })),
  /** The opening lines by language code. */
  scripts: z.record(z.string(), z.string()),
  /** Unanswered attempts so far. */
  attempts: z.number().int(),
  earlier: z.array(z.object({ day: calendarDay, outcome: z.enum(outcomes) })),
  /** What each outcome would mean now. */
  consequences: z.array(z.object({ outcome: z.enum(outcomes), until: calendarDay.nullable(), nextAt: instant.nullable() })),
});
export type Card = z.output<typeof card>;

export const spokenTo = z.strictObject({
  name: z.string().trim().min(1).max(200),
  role: z.enum(contactRoles),
  phone: optionalText(30),
  /** For the invitation. */
  email: z.union([z.literal('').transform(() => null), z.email().max(320), z.null()]).default(null),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default('da'),
});
const told = {
  outcome: z.enum(outcomes),
  /** Why the company drops out (row 2.36). */
  reason: z.enum(reasons).nullable().default(null),
  note: optionalText(2000),
  /** The person spoken to becomes a contact of the company. */
  person: spokenTo.nullable().default(null),
  /** With `call_back`: when; inside the hours of a working day, within 60 days. */
  callbackAt: instant.nullable().default(null),
  /** "Never call us": at once in this centre, and soon in every other. */
  objection: z.boolean().default(false),
};
const outcomeBody = z.strictObject({
  ...told,
  leaseNo: serial,
  /** The callback is mine; it falls to everybody half an hour late. */
  callbackMine: z.boolean().default(false),
  /** "Do not call this number." */
  refuseNumber: z.boolean().default(false),
});

const recorded = z.object({
  call: idOf('call'),
  outcome: z.enum(outcomes),
  /** No calls before this day. */
  until: calendarDay.nullable(),
  /** When the queue offers the company again. */
  nextAt: instant.nullable(),
  undoUntil: instant,
});

const oneCall = z.object({
  id: idOf('call'),
  company: z.object({ id: idOf('company'), name: z.string() }),
  campaign: z.object({ id: idOf('campaign'), name: z.string() }).nullable(),
  person: z.string().nullable(),
  at: instant,
  day: calendarDay,
  direction: z.enum(['in', 'out']),
  route: z.enum(routesOfContact),
  outcome: z.enum(outcomes),
  reason: z.enum(reasons).nullable(),
  note: z.string().nullable(),
  undone: z.boolean(),
  corrections: z.array(z.object({ was: z.enum(outcomes), became: z.enum(outcomes), reason: z.string(), at: instant, by: z.string().nullable() })),
  decision: z.object({ kind: z.enum(['requeued', 'closed']), note: z.string().nullable() }).nullable(),
  /** "Never call us" was said in this call; `lifted` once the coordinator took it back. */
  objection: z.object({ lifted: z.object({ at: instant, by: z.string().nullable(), reason: z.string() }).nullable() }).nullable(),
  can: z.object({ correct: z.boolean(), decide: z.boolean(), requeue: z.boolean(), lift: z.boolean() }),
});
export type Call = z.output<typeof oneCall>;

const campaignParam = z.strictObject({ campaign: idOf('campaign') });
const itemParam = z.strictObject({ item: idOf('item') });
const callParam = z.strictObject({ call: idOf('call') });
const leaseBody = z.strictObject({ leaseNo: serial });

const ids = {
  campaign: '01990000-0000-7000-8000-000000000201',
  item: '01990000-0000-7000-8000-000000000211',
  call: '01990000-0000-7000-8000-000000000221',
  company: '01990000-0000-7000-8000-000000000101',
};
const exampleQueue = {
  campaign: { id: ids.campaign, name: 'Metal under 20 ansatte', goal: 'Tale om efteruddannelse med de små metalfirmaer' },
  state: 'open',
  ready: 14,
  total: 36,
  callsToday: 22,
  reasons: [],
};
const exampleCard = {
  item: ids.item,
  leaseNo: 1,
  leaseUntil: '2026-11-17T09:10:00.000Z',
  claimedAt: '2026-11-17T09:00:00.000Z',
  campaign: { ...exampleQueue.campaign, why: 'Ingen skole har kontakt' },
  company: null,
  name: 'Solhøj Maskinteknik',
  town: 'Limvig',
  phone: '00123456',
  industry: 'Fremstilling af metalkonstruktioner',
  size: { from: 10, to: 19 },
  facts: {},
  introductions: [],
  scripts: { da: 'Goddag, jeg ringer for alle skolerne.' },
  attempts: 0,
  earlier: [],
  consequences: [{ outcome: 'not_now', until: '2027-02-17', nextAt: null }],
};
const exampleRecorded = { call: ids.call, outcome: 'not_now', until: '2027-02-17', nextAt: null, undoUntil: '2026-11-17T09:03:10.000Z' };
const exampleCall = {
  id: ids.call,
  company: { id: ids.company, name: 'Solhøj Maskinteknik' },
  campaign: { id: ids.campaign, name: exampleQueue.campaign.name },
  person: 'Mads Krogh',
  at: '2026-11-17T09:03:00.000Z',
  day: '2026-11-17',
  direction: 'out',
  route: 'call_centre',
  outcome: 'not_now',
  reason: 'time',
  note: null,
  undone: false,
  corrections: [],
  decision: null,
  objection: null,
  can: { correct: true, decide: false, requeue: false, lift: false },
};

export const listCallCampaigns = endpoint({
  name: 'listCallCampaigns',
  method: 'GET',
  path: '/api/calls/campaigns',
  summary: 'The campaigns that whoever asks may call in, and how their queues stand',
  description:
    'Call agents where the campaign goes by call centre, consultants where it goes by consultants (row 2.02). Without a processor agreement in force an agent’s state is `no_agreement` (row 2.42).',
  access: callers,
  status: 200,
  output: z.array(queue),
  example: { output: [exampleQueue] },
});

export const readQueue = endpoint({
  name: 'readQueue',
  method: 'GET',
  path: '/api/calls/campaigns/{campaign}',
  summary: 'How a campaign’s queue stands, and why it is empty',
  description: 'Counts of everybody who calls together, never of one (small cells). Consultants are not told how many companies are left in peace.',
  access: ['agent', 'consultant', 'coordinator'],
  params: campaignParam,
  status: 200,
  output: queue,
  example: { params: { campaign: ids.campaign }, output: exampleQueue },
});

export const claimNext = endpoint({
  name: 'claimNext',
  method: 'POST',
  path: '/api/calls/campaigns/{campaign}/next',
  summary: 'Take the next company to call',
  description:
    'Rows 2.15 and 2.42. Held for ten minutes and renewed while the page lives; whoever holds one gets the same again. Null with the queue’s reasons when nobody can be called. A card is all that a caller reads of a company.',
  access: callers,
  params: campaignParam,
  status: 200,
  output: z.object({ card: card.nullable(), queue }),
  example: { params: { campaign: ids.campaign }, output: { card: exampleCard, queue: exampleQueue } },
});

export const renewLease = endpoint({
  name: 'renewLease',
  method: 'POST',
  path: '/api/calls/items/{item}/renew',
  summary: 'Keep a company for ten more minutes',
  access: callers,
  params: itemParam,
  body: leaseBody,
  status: 200,
  output: z.object({ leaseUntil: instant }),
  errors: { lease_lost: 409 },
  example: { params: { item: ids.item }, body: { leaseNo: 1 }, output: { leaseUntil: exampleCard.leaseUntil } },
});

export const releaseLease = endpoint({
  name: 'releaseLease',
  method: 'POST',
  path: '/api/calls/items/{item}/release',
  summary: 'Give a company back to the queue without a call',
  access: callers,
  params: itemParam,
  body: leaseBody,
  status: 204,
  output: z.null(),
  errors: { lease_lost: 409 },
  example: { params: { item: ids.item }, body: { leaseNo: 1 } },
});

export const recordOutcome = endpoint({
  name: 'recordOutcome',
  method: 'POST',
  path: '/api/calls/items/{item}/outcome',
  summary: 'Say how a call ended',
  description:
    'Row 2.15: not now leaves the company in peace for three months or more, not interested for six or more, in every campaign of the centre; wants contact ends its peace. Once per item and lease: the same again answers the same call. A company that was blocked meanwhile is recorded all the same.',
  access: callers,
  params: itemParam,
  body: outcomeBody,
  status: 201,
  output: recorded,
  errors: { lease_lost: 409, callback_needed: 422, callback_past: 422, callback_far: 422, callback_closed: 422 },
  example: { params: { item: ids.item }, body: { leaseNo: 1, outcome: 'not_now', reason: 'time', note: 'Ring til foråret' }, output: exampleRecorded },
});

export const undoCall = endpoint({
  name: 'undoCall',
  method: 'POST',
  path: '/api/calls/{call}/undo',
  summary: 'Take an outcome back within ten seconds',
  description: 'For the one who recorded it. Quarantine, contact, refused number and objection go with it; the company comes back under a new lease, unless it may not be called any more.',
  access: ['agent', 'consultant', 'coordinator'],
  params: callParam,
  status: 200,
  output: z.object({ card: card.nullable() }),
  errors: { undo_too_late: 409 },
  example: { params: { call: ids.call }, output: { card: { ...exampleCard, leaseNo: 2 } } },
});

export const listCalls = endpoint({
  name: 'listCalls',
  method: 'GET',
  path: '/api/calls',
  summary: 'The calls that were made, newest first',
  description: 'The coordinator sees all, a consultant the own. `open`: wrong numbers and companies that need the coordinator, undecided.',
  access: ['coordinator', 'consultant'],
  query: z.strictObject({
    ...pageQuery,
    campaign: idOf('campaign').optional(),
    outcome: z.enum(outcomes).optional(),
    from: calendarDay.optional(),
    to: calendarDay.optional(),
    open: z.literal('true').optional(),
  }),
  status: 200,
  output: pageOf(oneCall),
  example: { query: { limit: 20 }, output: { items: [exampleCall], next: null } },
});

export const correctCall = endpoint({
  name: 'correctCall',
  method: 'POST',
  path: '/api/calls/{call}/corrections',
  summary: 'Correct how a call ended, with a reason',
  description: 'The quarantine is worked out again from the day of the call; what stood before is kept.',
  access: ['coordinator'],
  params: callParam,
  body: z.strictObject({ outcome: z.enum(outcomes), reason: z.string().trim().min(1).max(500), callbackAt: instant.nullable().default(null) }),
  status: 201,
  output: oneCall,
  errors: { outcome_same: 409, call_undone: 409, callback_needed: 422, callback_past: 422, callback_far: 422, callback_closed: 422 },
  example: {
    params: { call: ids.call },
    body: { outcome: 'not_interested', reason: 'De trykkede forkert' },
    output: { ...exampleCall, outcome: 'not_interested', corrections: [{ was: 'not_now', became: 'not_interested', reason: 'De trykkede forkert', at: '2026-11-17T10:00:00.000Z', by: 'Camilla' }] },
  },
});

export const decideCall = endpoint({
  name: 'decideCall',
  method: 'POST',
  path: '/api/calls/{call}/decision',
  summary: 'Decide about a wrong number or a company that needs the coordinator',
  description: 'Back into the queue, also with another number, or closed with a reason.',
  access: ['coordinator'],
  params: callParam,
  body: z.strictObject({ requeue: z.boolean(), phone: optionalText(30), note: optionalText(500) }),
  status: 201,
  output: oneCall,
  errors: { decided_already: 409, not_available: 409, reason_needed: 422 },
  example: {
    params: { call: ids.call },
    body: { requeue: true, phone: '00 12 34 57', note: null },
    output: { ...exampleCall, outcome: 'wrong_number', decision: { kind: 'requeued', note: null } },
  },
});

export const liftObjection = endpoint({
  name: 'liftObjection',
  method: 'POST',
  path: '/api/calls/{call}/lifting',
  summary: 'The company may be called again after all: lift its “never call us”, with a reason',
  description:
    'For the coordinator of the centre that was told it. At once here, and soon in every other centre, unless the company told another one as well: then it holds again within a minute. `objection_none`: nothing is left to lift in this call. The company comes into no queue by itself.',
  access: ['coordinator'],
  params: callParam,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  status: 201,
  output: oneCall,
  errors: { objection_none: 409 },
  example: {
    params: { call: ids.call },
    body: { reason: 'Ejeren har skrevet, at vi gerne må ringe.' },
    output: { ...exampleCall, objection: { lifted: { at: '2026-11-18T09:00:00.000Z', by: 'Camilla Lund', reason: 'Ejeren har skrevet, at vi gerne må ringe.' } } },
  },
});

export const recordCall = endpoint({
  name: 'recordCall',
  method: 'POST',
  path: '/api/companies/{company}/calls',
  summary: 'Record a call outside a campaign',
  description:
    'Rows 2.02 and 2.15: the same rules as in a campaign. A company that rings itself is never refused; an outgoing call to one that may not be called is `not_available` for everybody but the coordinator.',
  access: ['consultant', 'coordinator'],
  params: z.strictObject({ company: idOf('company') }),
  body: z.strictObject({ ...told, direction: z.enum(['in', 'out']), route: z.enum(routesOfContact).default('consultants') }),
  status: 201,
  output: recorded,
  errors: { not_available: 409, callback_needed: 422, callback_past: 422, callback_far: 422, callback_closed: 422 },
  example: { params: { company: ids.company }, body: { direction: 'in', route: 'company_network', outcome: 'wants_contact' }, output: { ...exampleRecorded, outcome: 'wants_contact', until: null } },
});
