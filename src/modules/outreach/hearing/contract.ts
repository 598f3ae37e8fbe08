import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant, instantAnywhere } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { optionalText } from '../../../kit/text.ts';
import { strikeReasons } from './rules.ts';

/** Those who answer for a school. */
const hearers = ['consultant', 'manager'] as const;
const params = z.strictObject({ campaign: idOf('campaign') });

const hearing = z.object({
  campaign: idOf('campaign'),
  name: z.string(),
  goal: z.string(),
  deadline: instant,
  closedAt: instant.nullable(),
  /** When the own school said that it was through. */
  answeredAt: instant.nullable(),
  /** Of the list, by what the own school has said; `matched` are among its own companies and not yet looked at. */
  companies: z.object({ all: z.number().int(), struck: z.number().int(), kept: z.number().int(), unseen: z.number().int(), matched: z.number().int() }),
  /** After the close: how many of the list no school works with – the common unworked market, as one number (row 3.13). Null before, and where it could point to somebody. */
  unworked: z.number().int().nullable(),
  can: z.object({ mark: z.boolean(), answer: z.boolean() }),
});
export type Hearing = z.output<typeof hearing>;

const id = '01990000-0000-7000-8000-000000000301';
const example = {
  campaign: id,
  name: 'Metal under 50 ansatte',
  goal: '60 besøg og 15 aftaler inden jul.',
  deadline: '2026-11-20T11:00:00.000Z',
  closedAt: null,
  answeredAt: null,
  companies: { all: 184, struck: 27, kept: 99, unseen: 58, matched: 23 },
  unworked: null,
  can: { mark: true, answer: true },
};

export const openHearing = endpoint({
  name: 'openHearing',
  method: 'POST',
  path: '/api/campaigns/{campaign}/hearing',
  summary: 'Send the frozen list to every school of the centre and ask which companies it already works with',
  description: 'Row 2.08. Nothing of the list can be called before the hearing has closed. Managers get a mail; where a school has none, its consultants do.',
  access: ['coordinator'],
  params,
  body: z.strictObject({ deadline: instantAnywhere }),
  status: 204,
  output: z.null(),
  errors: { campaign_state: 409, deadline_passed: 409, no_schools: 409 },
  example: { params: { campaign: id }, body: { deadline: '2026-11-20T11:00:00.000Z' } },
});

export const closeHearing = endpoint({
  name: 'closeHearing',
  method: 'POST',
  path: '/api/campaigns/{campaign}/hearing/close',
  summary: 'Close a hearing: at its deadline, or before when every school has answered',
  description: 'Row 2.08. The house closes it by itself at the deadline. Everything that was struck becomes "not available" in one moment, for whatever reason.',
  access: ['coordinator'],
  params,
  status: 204,
  output: z.null(),
  errors: { hearing_open: 409 },
  example: { params: { campaign: id } },
});

export const readAnswers = endpoint({
  name: 'readAnswers',
  method: 'GET',
  path: '/api/campaigns/{campaign}/hearing',
  summary: 'Which schools have answered, and how much each has struck: for the coordinator alone',
  access: ['coordinator'],
  params,
  status: 200,
  output: z.object({
    deadline: instant.nullable(),
    closedAt: instant.nullable(),
    schools: z.array(
      z.object({
        schoolId: idOf('school'),
        school: z.string(),
        answeredAt: instant.nullable(),
        remindedAt: instant.nullable(),
        struck: z.number().int(),
        kept: z.number().int(),
      }),
    ),
    /** Companies on the list, struck by one school or more, and left to be called. */
    companies: z.object({ all: z.number().int(), struck: z.number().int(), left: z.number().int() }),
  }),
  example: {
    params: { campaign: id },
    output: {
      deadline: example.deadline,
      closedAt: null,
      schools: [{ schoolId: '01990000-0000-7000-8000-000000000011', school: 'Fjordegnens Erhvervsskole', answeredAt: null, remindedAt: null, struck: 27, kept: 99 }],
      companies: { all: 184, struck: 27, left: 157 },
    },
  },
});

export const remindSchools = endpoint({
  name: 'remindSchools',
  method: 'POST',
  path: '/api/campaigns/{campaign}/hearing/reminders',
  summary: 'Remind the schools that have not answered, by mail',
  access: ['coordinator'],
  params,
  status: 200,
  output: z.object({ schools: z.number().int() }),
  errors: { hearing_closed: 409 },
  example: { params: { campaign: id }, output: { schools: 2 } },
});

export const listHearings = endpoint({
  name: 'listHearings',
  method: 'GET',
  path: '/api/hearings',
  summary: 'The hearings of one’s own school, the nearest deadline first; those that are over last',
  access: hearers,
  status: 200,
  output: z.array(hearing),
  example: { output: [example] },
});

export const readHearing = endpoint({
  name: 'readHearing',
  method: 'GET',
  path: '/api/hearings/{campaign}',
  summary: 'A hearing as one’s own school sees it',
  access: hearers,
  params,
  status: 200,
  output: hearing,
  example: { params: { campaign: id }, output: example },
});

const listed = z.object({
  id: idOf('company'),
  cvr: z.string(),
  name: z.string(),
  address: z.string().nullable(),
  town: z.string().nullable(),
  industry: z.string().nullable(),
  size: z.object({ from: z.number().int(), to: z.number().int().nullable() }).nullable(),
  /** What the own school has said. */
  mark: z.enum(['struck', 'kept']).nullable(),
  reason: z.enum(strikeReasons).nullable(),
  knownBy: z.string().nullable(),
  /** Found on the school's own list, and how surely. */
  match: z.object({ how: z.enum(['cvr', 'p_number', 'name']), note: z.string().nullable(), knownBy: z.string().nullable() }).nullable(),
  /** After the close, the one word for whatever reason: false is "not available". Null before. */
  available: z.boolean().nullable(),
});
export type Listed = z.output<typeof listed>;
const smithy = {
  id: '01990000-0000-7000-8000-000000000101',
  cvr: '12345674',
  name: 'Bjergager Smede & Montage',
  address: 'Havnevej 4',
  town: 'Limvig',
  industry: 'Fremstilling af metalkonstruktioner',
  size: { from: 10, to: 19 },
  mark: null,
  reason: null,
  knownBy: null,
  match: { how: 'cvr', note: 'Kursus i maj 2026', knownBy: null },
  available: null,
};

export const listHearingCompanies = endpoint({
  name: 'listHearingCompanies',
  method: 'GET',
  path: '/api/hearings/{campaign}/companies',
  summary: 'The list of a hearing with the own school’s marks; those on its own list first, then by name',
  description: 'Rows 2.08 and 2.09. Other schools’ marks are not in it, and nothing in it depends on them before the close.',
  access: hearers,
  params,
  query: z.strictObject({ ...pageQuery, show: z.enum(['all', 'unseen', 'matched', 'struck', 'kept']).default('all'), search: z.string().trim().max(100).optional() }),
  status: 200,
  output: pageOf(listed),
  example: { params: { campaign: id }, query: { show: 'unseen' }, output: { items: [smithy], next: null } },
});

export const downloadHearing = endpoint({
  name: 'downloadHearing',
  method: 'GET',
  path: '/api/hearings/{campaign}/companies.csv',
  summary: 'The list of a hearing as a table, with the own school’s marks',
  access: hearers,
  params,
  status: 200,
  output: z.string(),
  download: 'text/csv; charset=utf-8',
  example: { params: { campaign: id }, output: 'cvr;navn;adresse;by;branche;hos jer;grund;kendt af\n12345674;Bjergager Smede & Montage;Havnevej 4;Limvig;;;;\n' },
});

export const markCompanies = endpoint({
  name: 'markCompanies',
  method: 'POST',
  path: '/api/hearings/{campaign}/marks',
  summary: 'Strike companies for the own school, keep them on the list, or take the mark back',
  description: 'Row 2.08. Either some companies, or `matched`: all that are on the school’s own list by number and have no mark yet. Answers which companies changed, so that it can be taken back.',
  access: hearers,
  params,
  body: z.strictObject({
    companies: z.union([z.array(idOf('company')).min(1).max(5000), z.literal('matched')]),
    mark: z.enum(['struck', 'kept', 'none']),
    reason: z.enum(strikeReasons).default('other'),
    /** Who at the school knows it; the school's own. */
    knownBy: optionalText(200),
  }),
  status: 200,
  output: z.object({ changed: z.array(idOf('company')) }),
  errors: { hearing_closed: 409 },
  example: { params: { campaign: id }, body: { companies: [smithy.id], mark: 'struck', reason: 'course', knownBy: null }, output: { changed: [smithy.id] } },
});

export const answerHearing = endpoint({
  name: 'answerHearing',
  method: 'POST',
  path: '/api/hearings/{campaign}/answer',
  summary: 'Say that the school is through; marks may still be changed until the close',
  access: hearers,
  params,
  status: 200,
  output: hearing,
  errors: { hearing_closed: 409 },
  example: { params: { campaign: id }, output: { ...example, answeredAt: '2026-11-18T09:00:00.000Z' } },
});

const forward = z.object({ id: idOf('forward'), name: z.string(), by: z.string().nullable(), createdAt: instant, endedAt: instant.nullable(), struck: z.number().int() });
const colleague = { id: '01990000-0000-7000-8000-000000000321', name: 'Jens, autoværkstedet', by: 'Dorte Friis', createdAt: '2026-11-17T08:00:00.000Z', endedAt: null, struck: 3 };

export const forwardHearing = endpoint({
  name: 'forwardHearing',
  method: 'POST',
  path: '/api/hearings/{campaign}/forwards',
  summary: 'Hand the hearing on to a colleague by a link, who then strikes for the school without signing in',
  description: 'Row 2.09. The link is shown once, works until the hearing closes, and can be taken back. With an address it is mailed too.',
  access: hearers,
  answersSecret: true,
  params,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    email: z.email().max(320).nullable().default(null),
  }),
  status: 201,
  output: forward.extend({ link: z.string() }),
  errors: { hearing_closed: 409 },
  example: {
    params: { campaign: id },
    body: { name: 'Jens, autoværkstedet', email: 'jens@skole.example' },
    output: { ...colleague, struck: 0, link: 'http://localhost:3000/hearing#mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fG' },
  },
});

export const listForwards = endpoint({
  name: 'listForwards',
  method: 'GET',
  path: '/api/hearings/{campaign}/forwards',
  summary: 'To whom the own school has handed a hearing on',
  access: hearers,
  params,
  status: 200,
  output: z.array(forward),
  example: { params: { campaign: id }, output: [colleague] },
});

export const endForward = endpoint({
  name: 'endForward',
  method: 'DELETE',
  path: '/api/hearings/{campaign}/forwards/{forward}',
  summary: 'Take a colleague’s link back; what was struck with it stands',
  access: hearers,
  params: params.extend({ forward: idOf('forward') }),
  status: 204,
  output: z.null(),
  example: { params: { campaign: id, forward: colleague.id } },
});

/** A secret of 256 bits; it travels in bodies, never in an address that a log would keep. */
const token = z.string().regex(/^[\w-]{43}$/);
const limits = [{ count: 120, seconds: 60, by: 'address' }] as const;
const tokenExample = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';

export const openForward = endpoint({
  name: 'openForward',
  method: 'POST',
  path: '/api/forwarded-hearing',
  summary: 'What a colleague’s link opens',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits,
  status: 200,
  output: z.object({
    colleague: z.string(),
    campaign: z.string(),
    goal: z.string(),
    school: z.string(),
    centre: z.string(),
    deadline: instant,
    companies: z.number().int(),
    struck: z.number().int(),
  }),
  errors: { link_spent: 410 },
  example: {
    body: { token: tokenExample },
    output: {
      colleague: colleague.name,
      campaign: example.name,
      goal: example.goal,
      school: 'Fjordegnens Erhvervsskole',
      centre: 'VEU-center Fjordegnen',
      deadline: example.deadline,
      companies: 184,
      struck: 27,
    },
  },
});

export const listForwarded = endpoint({
  name: 'listForwarded',
  method: 'POST',
  path: '/api/forwarded-hearing/companies',
  summary: 'The list behind a colleague’s link, by name',
  access: 'anyone',
  body: z.strictObject({ token, search: z.string().trim().max(100).default(''), cursor: z.string().max(5000).nullable().default(null) }),
  limits,
  status: 200,
  output: z.object({
    items: z.array(z.object({ id: idOf('company'), cvr: z.string(), name: z.string(), address: z.string().nullable(), town: z.string().nullable(), struck: z.boolean() })),
    next: z.string().nullable(),
  }),
  errors: { link_spent: 410 },
  example: { body: { token: tokenExample }, output: { items: [{ id: smithy.id, cvr: smithy.cvr, name: smithy.name, address: smithy.address, town: smithy.town, struck: false }], next: null } },
});

export const markForwarded = endpoint({
  name: 'markForwarded',
  method: 'POST',
  path: '/api/forwarded-hearing/marks',
  summary: 'Strike a company for the school that sent the link, or take one’s own strike back',
  access: 'anyone',
  body: z.strictObject({ token, company: idOf('company'), struck: z.boolean() }),
  limits,
  status: 204,
  output: z.null(),
  errors: { link_spent: 410 },
  example: { body: { token: tokenExample, company: smithy.id, struck: true } },
});
