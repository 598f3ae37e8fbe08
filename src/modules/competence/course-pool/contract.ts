import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { codePattern, readCode } from '../../../kit/code.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { codeLength } from './rules.ts';

const token = z.string().regex(/^[\w-]{43}$/);
const boardToken = z.string().regex(/^[a-z2-7]{32}$/);
const code = z
  .string()
  .max(60)
  .transform(readCode)
  .pipe(z.string().regex(codePattern(codeLength)));
const limits = [{ count: 120, seconds: 60, by: 'address' }] as const;

/** money: øre · days: half days, so that an afternoon counts. */
export const poolUnits = ['money', 'days'] as const;
const unit = z.enum(poolUnits);
const amount = z.int().min(1).max(10_000_000_000);
const member = z.strictObject({ name: z.string().trim().min(1).max(100), email: z.email().max(320).nullable().default(null), language: z.enum(['da', 'en']).default('da') });

const ids = {
  company: '01990000-0000-7000-8000-000000000101',
  pool: '01990000-0000-7000-8000-000000000f31',
  member: '01990000-0000-7000-8000-000000000f32',
  request: '01990000-0000-7000-8000-000000000f33',
};
const exampleToken = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';
const exampleBoard = 'abcdefghijklmnopqrstuvwxyz234567';
const exampleCode = 'BDFGHJKLMNPR';

const ownPage = z.object({
  /** False: whoever opened the page does not lead at the company, and reads nothing of this. */
  leader: z.boolean(),
  pool: z
    .object({
      id: idOf('course pool'),
      name: z.string(),
      unit,
      putIn: z.number().int(),
      balance: z.number().int(),
      /** Where colleagues ask, and the code for paper. */
      form: z.string(),
      code: z.string(),
      /** Who decides. The link only where no mail reaches them: the leader hands it over; the others’ is theirs alone. */
      members: z.array(z.object({ id: idOf('pool member'), name: z.string(), email: z.string().nullable(), link: z.string().nullable() })),
      /** The name only of a yes. What is not decided is the board’s. */
      decided: z.array(z.object({ id: idOf('pool request'), what: z.string(), amount: z.number().int(), state: z.enum(['granted', 'declined']), person: z.string().nullable(), day: calendarDay })),
    })
    .nullable(),
});
export type OwnPool = z.output<typeof ownPage>;
const exampleOwn = {
  leader: true,
  pool: {
    id: ids.pool,
    name: 'Kursuspuljen',
    unit: 'money',
    putIn: 4_000_000,
    balance: 3_550_000,
    form: 'https://vejnet.example/pool-ask#BDFG-HJKL-MNPR',
    code: 'BDFG-HJKL-MNPR',
    members: [{ id: ids.member, name: 'Kaj Brandt', email: null, link: `https://vejnet.example/pool-board#${exampleBoard}` }],
    decided: [{ id: ids.request, what: 'Engelsk om aftenen', amount: 450_000, state: 'granted', person: 'Ove Lund', day: '2026-11-12' }],
  },
};
const own = { method: 'POST', access: 'anyone', limits, status: 200, output: ownPage } as const;

export const readOwnPool = endpoint({
  ...own,
  name: 'readOwnPool',
  path: '/api/company-page/pool',
  summary: 'The course pool of a company, for whoever leads there',
  description: 'Row 4.19. Amounts and what was decided; never what is still open, and no votes.',
  body: z.strictObject({ token }),
  errors: { page_gone: 410 },
  example: { body: { token: exampleToken }, output: exampleOwn },
});

export const startOwnPool = endpoint({
  ...own,
  name: 'startOwnPool',
  path: '/api/company-page/pool/start',
  summary: 'Put money or days into a pool that employees govern',
  description: 'Row 4.19. Two to five employees decide; each gets a link of their own, by mail where there is an address. One pool at a time.',
  body: z.strictObject({ token, name: z.string().trim().min(1).max(100), unit, amount, members: z.array(member).min(2).max(5) }),
  errors: { page_gone: 410, pool_running: 409 },
  example: { body: { token: exampleToken, name: 'Kursuspuljen', unit: 'money', amount: 4_000_000, members: [{ name: 'Tove Lind' }, { name: 'Ove Lund' }] }, output: exampleOwn },
});

export const addToOwnPool = endpoint({
  ...own,
  name: 'addToOwnPool',
  path: '/api/company-page/pool/add',
  summary: 'Put more into the pool',
  body: z.strictObject({ token, pool: idOf('course pool'), amount }),
  errors: { page_gone: 410, pool_unknown: 404, too_much: 422 },
  example: { body: { token: exampleToken, pool: ids.pool, amount: 1_000_000 }, output: exampleOwn },
});

export const replacePoolMember = endpoint({
  ...own,
  name: 'replacePoolMember',
  path: '/api/company-page/pool/members',
  summary: 'Somebody else decides from now on, or the same with a new link',
  description: 'Row 4.19. The old link opens nothing any more; what was decided stands.',
  body: z.strictObject({ token, member: idOf('pool member'), by: member }),
  errors: { page_gone: 410, pool_unknown: 404 },
  example: { body: { token: exampleToken, member: ids.member, by: { name: 'Tove Lind' } }, output: exampleOwn },
});

export const closeOwnPool = endpoint({
  ...own,
  name: 'closeOwnPool',
  path: '/api/company-page/pool/close',
  summary: 'End the pool; what is left goes back to the company',
  body: z.strictObject({ token, pool: idOf('course pool') }),
  errors: { page_gone: 410, pool_unknown: 404 },
  example: { body: { token: exampleToken, pool: ids.pool }, output: { leader: true, pool: null } },
});

const form = z.object({ company: z.string(), name: z.string(), unit, open: z.boolean(), board: z.array(z.string()) });
export type PoolForm = z.output<typeof form>;

export const openPoolForm = endpoint({
  name: 'openPoolForm',
  method: 'POST',
  path: '/api/pool-form',
  summary: 'What the code of a course pool opens for a colleague',
  access: 'anyone',
  body: z.strictObject({ code }),
  limits,
  status: 200,
  output: form,
  errors: { pool_gone: 410 },
  example: { body: { code: exampleCode }, output: { company: 'Bjergager Træindustri', name: 'Kursuspuljen', unit: 'money', open: true, board: ['Tove Lind', 'Ove Lund'] } },
});

export const askPool = endpoint({
  name: 'askPool',
  method: 'POST',
  path: '/api/pool-form/requests',
  summary: 'A colleague asks the pool for a course',
  description: 'Row 4.19. `request` is drawn by the phone: sent again after a lost connection, it is one request.',
  access: 'anyone',
  body: z.strictObject({
    code,
    request: idOf('pool request'),
    person: z.string().trim().min(1).max(100),
    what: z.string().trim().min(1).max(200),
    why: z.string().trim().max(500).default(''),
    amount,
  }),
  limits: [{ count: 30, seconds: 60, by: 'address' }],
  status: 204,
  output: z.null(),
  errors: { pool_gone: 410, pool_closed: 409, pool_full: 409 },
  example: { body: { code: exampleCode, request: ids.request, person: 'Ove Lund', what: 'Engelsk om aftenen', amount: 450_000 } },
});

const board = z.object({
  company: z.string(),
  name: z.string(),
  unit,
  putIn: z.number().int(),
  balance: z.number().int(),
  me: z.string(),
  open: z.boolean(),
  /** How many decide. */
  members: z.number().int(),
  requests: z.array(
    z.object({
      id: idOf('pool request'),
      person: z.string().nullable(),
      what: z.string(),
      why: z.string(),
      amount: z.number().int(),
      state: z.enum(['open', 'granted', 'declined']),
      /** How many have said something, and what oneself said. */
      voted: z.number().int(),
      mine: z.boolean().nullable(),
      /** Once it is decided, those that decided first. */
      reasons: z.array(z.object({ yes: z.boolean(), reason: z.string() })),
    }),
  ),
});
export type PoolBoard = z.output<typeof board>;
const exampleBoardPage = {
  company: 'Bjergager Træindustri',
  name: 'Kursuspuljen',
  unit: 'money',
  putIn: 4_000_000,
  balance: 3_550_000,
  me: 'Tove Lind',
  open: true,
  members: 3,
  requests: [{ id: ids.request, person: 'Ove Lund', what: 'Engelsk om aftenen', why: 'Jeg taler med chauffører hver dag', amount: 450_000, state: 'open', voted: 1, mine: null, reasons: [] }],
};

export const openPoolBoard = endpoint({
  name: 'openPoolBoard',
  method: 'POST',
  path: '/api/pool-board',
  summary: 'What somebody who decides about a pool sees behind their link',
  access: 'anyone',
  body: z.strictObject({ token: boardToken }),
  limits,
  status: 200,
  output: board,
  errors: { board_gone: 410 },
  example: { body: { token: exampleBoard }, output: exampleBoardPage },
});

export const voteOnRequest = endpoint({
  name: 'voteOnRequest',
  method: 'POST',
  path: '/api/pool-board/votes',
  summary: 'Yes or no to a request, with the reason',
  description:
    'Row 4.19. More than half of those who decide settle it; when all have said and nobody is more, it is no. Until then one may change one’s mind. A yes takes the amount out at once; the pool is never below nothing (`pool_too_small`).',
  access: 'anyone',
  body: z.strictObject({ token: boardToken, request: idOf('pool request'), yes: z.boolean(), reason: z.string().trim().min(1).max(300) }),
  limits,
  status: 200,
  output: board,
  errors: { board_gone: 410, request_unknown: 404, request_decided: 409, pool_closed: 409, pool_too_small: 409 },
  example: { body: { token: exampleBoard, request: ids.request, yes: true, reason: 'Det kan vi alle bruge' }, output: exampleBoardPage },
});

const totals = z.object({
  /** Null: the company has no pool. Sums are null while fewer persons than the threshold got something. */
  pool: z.object({ unit, since: calendarDay, putIn: z.number().int().nullable(), granted: z.number().int().nullable(), people: z.number().int().nullable() }).nullable(),
  threshold: z.number().int(),
});
export type PoolTotals = z.output<typeof totals>;

export const readPoolTotals = endpoint({
  name: 'readPoolTotals',
  method: 'GET',
  path: '/api/companies/{company}/course-pool',
  summary: 'Whether a company has a course pool of its employees, and its sums',
  description: 'Row 4.19. All that the centre sees: that there is one, and sums once as many persons as the threshold got something.',
  access: ['consultant', 'manager', 'coordinator'],
  params: z.strictObject({ company: idOf('company') }),
  status: 200,
  output: totals,
  example: { params: { company: ids.company }, output: { pool: { unit: 'money', since: '2026-11-02', putIn: null, granted: null, people: null }, threshold: 5 } },
});
