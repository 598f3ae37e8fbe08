import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { courseNamed, exampleCourse } from '../../catalogue/course-choices/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
/** agreed, then kept (the seats were taken, or it ran) or fallen; what was kept can still fall, what has fallen stays so. */
export const agreementStates = ['agreed', 'kept', 'fallen'] as const;
/** visit: with its report · meeting, call: it was agreed without a visit. */
export const agreementSources = ['visit', 'meeting', 'call'] as const;

const named = <Kind extends 'school' | 'company' | 'campaign'>(kind: Kind) => z.object({ id: idOf(kind), name: z.string() });
const people = z.int().min(1).max(500);
const seats = z.int().min(1).max(1000);

const line = z.object({
  course: courseNamed,
  /** Null: in whichever class of the course. */
  class: z.object({ id: idOf('class'), title: z.string(), starts: calendarDay, town: z.string() }).nullable(),
  people: z.number().int(),
  seats: z.number().int(),
});
const agreement = z.object({
  id: idOf('agreement'),
  company: named('company'),
  school: named('school'),
  agreedOn: calendarDay,
  source: z.enum(agreementSources),
  report: z.object({ id: idOf('report'), visitedOn: calendarDay }).nullable(),
  campaign: named('campaign').nullable(),
  courses: z.array(line),
  note: z.string(),
  state: z.enum(agreementStates),
  /** Since when it is kept or has fallen. */
  stateOn: calendarDay.nullable(),
  fallenBecause: z.string().nullable(),
  /** How one knows that it was kept, where the seats were taken elsewhere. */
  keptByWord: z.string(),
  version: z.number().int(),
  can: z.object({ edit: z.boolean(), keep: z.boolean(), fall: z.boolean() }),
});
export type Agreement = z.output<typeof agreement>;
const sheet = agreement.extend({
  /** Who made it; null where that person has left. */
  by: z.string().nullable(),
  /** Seats that the company has taken here, line by line as in `courses`. */
  taken: z.array(z.number().int()),
});
export type AgreementSheet = z.output<typeof sheet>;

const counts = { agreed: z.number().int(), kept: z.number().int(), fallen: z.number().int() };
const figures = z.object({
  year: z.int(),
  goal: z.object({ goal: z.int().nullable(), version: z.int() }),
  /** What counts towards the goal: agreed or kept. Null for whoever reads one school's only. */
  measured: z.number().int().nullable(),
  /** Of which school; null: of all. */
  school: named('school').nullable(),
  /** By the month of the agreement; each agreement stands where it is now. */
  months: z.array(z.object({ month: z.int(), ...counts })),
  campaigns: z.array(z.object({ campaign: named('campaign').nullable(), ...counts })),
  schools: z.array(z.object({ school: named('school'), ...counts })),
  can: z.object({ setGoal: z.boolean() }),
});
export type AgreementFigures = z.output<typeof figures>;

const facts = {
  agreedOn: calendarDay,
  note: z.string().trim().max(1000).default(''),
  courses: z
    .array(z.strictObject({ course: idOf('course'), class: idOf('class').nullable().default(null), people, seats }))
    .min(1)
    .max(20),
};
const ids = {
  agreement: '01990000-0000-7000-8000-000000000971',
  company: '01990000-0000-7000-8000-000000000101',
  school: '01990000-0000-7000-8000-000000000011',
  report: '01990000-0000-7000-8000-000000000611',
  campaign: '01990000-0000-7000-8000-000000000401',
  class: '01990000-0000-7000-8000-000000000911',
};
const school = { id: ids.school, name: 'Fjordegnens Erhvervsskole' };
const exampleLine = { course: exampleCourse, class: { id: ids.class, title: exampleCourse.title, starts: '2027-01-11', town: 'Limvig' }, people: 3, seats: 3 };
const example = {
  id: ids.agreement,
  company: { id: ids.company, name: 'Bjergager Smede & Montage' },
  school,
  agreedOn: '2026-11-17',
  source: 'visit',
  report: { id: ids.report, visitedOn: '2026-11-17' },
  campaign: { id: ids.campaign, name: 'Metal efterår' },
  courses: [exampleLine],
  note: 'De kører sammen i firmaets bil.',
  state: 'agreed',
  stateOn: null,
  fallenBecause: null,
  keptByWord: '',
  version: 1,
  can: { edit: true, keep: true, fall: true },
};
const exampleSheet = { ...example, by: 'Anna Holm', taken: [3] };
const exampleFacts = { agreedOn: '2026-11-17', note: example.note, courses: [{ course: exampleCourse.id, class: ids.class, people: 3, seats: 3 }] };
const params = z.strictObject({ agreement: idOf('agreement') });
const sample = { agreement: ids.agreement };
const filters = z.strictObject({
  year: z.coerce.number().int().min(2000).max(2999).optional(),
  state: z.enum(agreementStates).optional(),
  school: idOf('school').optional(),
  company: idOf('company').optional(),
  campaign: idOf('campaign').optional(),
  report: idOf('report').optional(),
});

export const listTrainingAgreements = endpoint({
  name: 'listTrainingAgreements',
  method: 'GET',
  path: '/api/training-agreements',
  summary: 'Training agreements that one has to do with, the newest first; 500 at most',
  description: 'Row 4.21. The school’s own, those that one made, those of companies that one is the contact person of; the coordinator all. `year`: by the day of the agreement.',
  access: readers,
  query: filters,
  status: 200,
  output: z.array(agreement),
  example: { query: { state: 'agreed' }, output: [example] },
});

export const downloadTrainingAgreements = endpoint({
  name: 'downloadTrainingAgreements',
  method: 'GET',
  path: '/api/training-agreements.csv',
  summary: 'The same as a table, in Danish: a line per course',
  access: readers,
  query: filters,
  status: 200,
  output: z.string(),
  download: 'text/csv; charset=utf-8',
  example: {
    query: { year: 2026 },
    output:
      'dag;virksomhed;skole;kursus;hold begynder;personer;pladser;tilstand;hvorfor;kilde;besøg;kampagne\n2026-11-17;Bjergager Smede & Montage;Fjordegnens Erhvervsskole;AMU 40312 Mødeledelse for teamledere;2027-01-11;3;3;Aftalt;;Besøg;2026-11-17;Metal efterår\n',
  },
});

export const readTrainingAgreement = endpoint({
  name: 'readTrainingAgreement',
  method: 'GET',
  path: '/api/training-agreements/{agreement}',
  summary: 'A training agreement, and how many of its seats were taken',
  access: readers,
  params,
  status: 200,
  output: sheet,
  example: { params: sample, output: exampleSheet },
});

export const printTrainingAgreement = endpoint({
  name: 'printTrainingAgreement',
  method: 'GET',
  path: '/api/training-agreements/{agreement}/agreement.pdf',
  summary: 'A training agreement as PDF, in Danish',
  access: readers,
  params,
  status: 200,
  output: z.string(),
  download: 'application/pdf',
  example: { params: sample, output: '%PDF-1.3' },
});

const errors = { course_unknown: 422, class_elsewhere: 422, agreement_day: 422 } as const;
export const addTrainingAgreement = endpoint({
  name: 'addTrainingAgreement',
  method: 'POST',
  path: '/api/training-agreements',
  summary: 'Write a training agreement down',
  description:
    'Row 4.21. For the own school or any other of the centre: whoever brings another school an agreement reads it afterwards. A visit is named by its report and counts for the campaign that led there; a meeting or call without a visit may name the campaign. `class_elsewhere`: a class is of another school or another course, or was called off. `agreement_day`: the day is still to come.',
  access: readers,
  body: z
    .strictObject({
      company: idOf('company'),
      school: idOf('school'),
      source: z.enum(agreementSources),
      report: idOf('report').nullable().default(null),
      campaign: idOf('campaign').nullable().default(null),
      ...facts,
    })
    .refine(({ source, report }) => (source === 'visit') === (report !== null), { path: ['report'], params: { code: 'required' } })
    .refine(({ source, campaign }) => source !== 'visit' || campaign === null, { path: ['campaign'], params: { code: 'not_allowed' } }),
  status: 201,
  output: sheet,
  errors: { ...errors, company_unknown: 422, school_unknown: 422, agreement_report: 422, agreement_campaign: 422 },
  example: { body: { ...exampleFacts, company: ids.company, school: ids.school, source: 'visit', report: ids.report }, output: exampleSheet },
});

export const writeTrainingAgreement = endpoint({
  name: 'writeTrainingAgreement',
  method: 'PUT',
  path: '/api/training-agreements/{agreement}',
  summary: 'Correct an agreement: its day, courses and note',
  description: 'Only while it is agreed. Company, school and source stay: another one is another agreement.',
  access: readers,
  params,
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: sheet,
  errors: { ...errors, agreement_settled: 409 },
  example: { params: sample, body: exampleFacts, output: { ...exampleSheet, version: 2 } },
});

export const settleTrainingAgreement = endpoint({
  name: 'settleTrainingAgreement',
  method: 'PUT',
  path: '/api/training-agreements/{agreement}/state',
  summary: 'Say that an agreement was kept, or has fallen and why',
  description:
    'Row 4.21. Whoever has to do with it. Kept needs a seat that the company has taken here, or a word on how one knows (`agreement_unproven`). What was kept can still fall; what has fallen stays so.',
  access: readers,
  params,
  body: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('kept'), word: z.string().trim().max(300).default('') }),
    z.strictObject({ state: z.literal('fallen'), because: z.string().trim().min(1).max(300) }),
  ]),
  edits: true,
  status: 200,
  output: sheet,
  errors: { agreement_settled: 409, agreement_unproven: 422 },
  example: {
    params: sample,
    body: { state: 'fallen', because: 'Stor ordre i hele foråret' },
    output: { ...exampleSheet, state: 'fallen', stateOn: '2026-12-01', fallenBecause: 'Stor ordre i hele foråret', version: 2, can: { edit: false, keep: false, fall: false } },
  },
});

export const readTrainingAgreementFigures = endpoint({
  name: 'readTrainingAgreementFigures',
  method: 'GET',
  path: '/api/training-agreement-figures',
  summary: 'Training agreements of a calendar year per month, campaign and school, beside the goal of the year',
  description:
    'Row 4.21. Counted from the agreements, never entered. The coordinator reads all schools; a manager the own school alone, without the centre’s sum. Nobody reads anything per consultant. Without `year` the one that is now.',
  access: ['manager', 'coordinator'],
  query: z.strictObject({ year: z.coerce.number().int().min(2000).max(2999).optional() }),
  status: 200,
  output: figures,
  example: {
    query: { year: 2026 },
    output: {
      year: 2026,
      goal: { goal: 40, version: 1 },
      measured: 12,
      school: null,
      months: [{ month: 11, agreed: 9, kept: 3, fallen: 1 }],
      campaigns: [{ campaign: example.campaign, agreed: 5, kept: 2, fallen: 1 }],
      schools: [{ school, agreed: 9, kept: 3, fallen: 1 }],
      can: { setGoal: true },
    },
  },
});

const goal = z.object({ goal: z.int().nullable(), version: z.int() });
export const writeTrainingAgreementGoal = endpoint({
  name: 'writeTrainingAgreementGoal',
  method: 'PUT',
  path: '/api/training-agreement-goals/{year}',
  summary: 'Set how many training agreements a calendar year should bring',
  description: 'Rows 4.21 and 1.04: a plain number until there is a yearly plan. What is reached is counted, never entered.',
  access: ['coordinator'],
  params: z.strictObject({ year: z.coerce.number().int().min(2000).max(2999) }),
  body: z.strictObject({ goal: z.int().min(1).max(100_000) }),
  edits: true,
  status: 200,
  output: goal,
  example: { params: { year: 2026 }, body: { goal: 40 }, output: { goal: 40, version: 1 } },
});

const own = z.object({
  id: idOf('agreement'),
  school: z.string(),
  agreedOn: calendarDay,
  state: z.enum(agreementStates),
  courses: z.array(z.object({ title: z.string(), starts: calendarDay.nullable(), people: z.number().int(), seats: z.number().int() })),
});
export type OwnAgreement = z.output<typeof own>;
export const readOwnTrainingAgreements = endpoint({
  name: 'readOwnTrainingAgreements',
  method: 'POST',
  path: '/api/company-page/agreements',
  summary: 'What a company has agreed with the schools, behind its secret address',
  description: 'Rows 4.21 and X.5. No note and nobody of the schools; the newest 20.',
  access: 'anyone',
  body: z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) }),
  limits: [{ count: 60, seconds: 60, by: 'address' }],
  status: 200,
  output: z.array(own),
  errors: { page_gone: 410 },
  example: {
    body: { token: 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ' },
    output: [{ id: ids.agreement, school: school.name, agreedOn: '2026-11-17', state: 'agreed', courses: [{ title: exampleCourse.title, starts: '2027-01-11', people: 3, seats: 3 }] }],
  },
});
