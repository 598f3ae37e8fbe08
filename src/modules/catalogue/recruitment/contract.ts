import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { classStates } from '../classes/contract.ts';
import { courseNamed, exampleCourse } from '../course-choices/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const planners = ['manager', 'coordinator'] as const;
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const limits = [{ count: 60, seconds: 60, by: 'address' }] as const;
/** A secret of 256 bits; it travels in bodies, never in an address that a log would keep. */
const token = z.string().regex(/^[\w-]{43}$/);

/** open: no course yet · running: it has a course that runs again and again · stopped. */
export const recruitmentStates = ['open', 'running', 'stopped'] as const;

const facts = {
  trade: z.string().trim().min(1).max(200),
  /** The company or trade that will employ them; no person. */
  forWhom: z.string().trim().max(200).default(''),
  people: z.int().min(1).max(500),
  earliest: calendarDay,
  /** What they need to be able to do. */
  learn: z.string().trim().min(1).max(2000),
};
const plan = z.strictObject({
  course: idOf('course'),
  school: idOf('school'),
  weeks: z.int().min(1).max(26),
  runsAYear: z.int().min(1).max(12),
  /** Held for the jobcentre in every run. */
  seats: z.int().min(1).max(500),
  minimum: z.int().min(0).max(500),
  maximum: z.int().min(1).max(500),
  starts: time,
  ends: time,
});
const soundPlan = plan
  .refine(({ minimum, maximum }) => minimum <= maximum, { path: ['minimum'], params: { code: 'above_maximum' } })
  .refine(({ seats, maximum }) => seats <= maximum, { path: ['seats'], params: { code: 'above_maximum' } })
  .refine(({ starts, ends }) => starts < ends, { path: ['ends'], params: { code: 'ends_before' } })
  .refine(({ weeks, runsAYear }) => weeks * runsAYear <= 50, { path: ['runsAYear'], params: { code: 'runs_overlap' } });

const days = { starts: calendarDay, ends: calendarDay };
const need = z.object({
  id: idOf('recruitment need'),
  jobcentre: z.object({ id: idOf('company'), name: z.string() }),
  ...facts,
  state: z.enum(recruitmentStates),
  /** Written by the jobcentre behind its own link. */
  byLink: z.boolean(),
  madeOn: calendarDay,
  plan: z.object({ ...plan.omit({ course: true, school: true }).shape, course: courseNamed, school: z.object({ id: idOf('school'), name: z.string() }) }).nullable(),
  /** The first run that has not begun. */
  coming: calendarDay.nullable(),
  stopped: z.object({ on: calendarDay, because: z.string() }).nullable(),
  version: z.number().int(),
  can: z.object({ edit: z.boolean(), plan: z.boolean(), run: z.boolean(), stop: z.boolean() }),
});
export type RecruitmentNeed = z.output<typeof need>;
const run = z.object({
  no: z.number().int(),
  class: z.object({ id: idOf('class'), title: z.string(), ...days, town: z.string(), state: z.enum(classStates) }),
  /** Seats held for the jobcentre and how many of them it has taken; null for whoever may not read them, and once they were let go. */
  held: z.object({ seats: z.number().int(), used: z.number().int(), until: calendarDay }).nullable(),
});
const sheet = need.extend({
  runs: z.array(run),
  /** When the next ones would be, a year ahead; worked out, not planned. */
  next: z.array(z.object(days)),
});
export type RecruitmentSheet = z.output<typeof sheet>;

const ids = {
  need: '01990000-0000-7000-8000-000000000981',
  company: '01990000-0000-7000-8000-000000000104',
  school: '01990000-0000-7000-8000-000000000012',
  class: '01990000-0000-7000-8000-000000000913',
};
const exampleFacts = { trade: 'Svejsere', forWhom: 'Vindmølletårne i Limvig', people: 12, earliest: '2027-01-04', learn: 'Svejsning, tegningslæsning og sikkerhed' };
const examplePlan = { course: exampleCourse.id, school: ids.school, weeks: 9, runsAYear: 2, seats: 10, minimum: 8, maximum: 14, starts: '08:00', ends: '15:30' };
const example = {
  ...exampleFacts,
  id: ids.need,
  jobcentre: { id: ids.company, name: 'Jobcenter Tværby' },
  state: 'running',
  byLink: false,
  madeOn: '2026-11-10',
  plan: { ...examplePlan, course: exampleCourse, school: { id: ids.school, name: 'Tværby Tekniske Skole' } },
  coming: '2027-01-04',
  stopped: null,
  version: 2,
  can: { edit: true, plan: true, run: true, stop: true },
};
const exampleRun = {
  no: 1,
  class: { id: ids.class, title: exampleCourse.title, starts: '2027-01-04', ends: '2027-03-05', town: 'Tværby', state: 'tentative' },
  held: { seats: 10, used: 4, until: '2026-12-28' },
};
const exampleSheet = { ...example, runs: [exampleRun], next: [{ starts: '2027-07-05', ends: '2027-09-03' }] };
const params = z.strictObject({ need: idOf('recruitment need') });
const sample = { need: ids.need };

export const listRecruitmentNeeds = endpoint({
  name: 'listRecruitmentNeeds',
  method: 'GET',
  path: '/api/recruitment-needs',
  summary: 'What jobcentres need people for; those without a course first; 300 at most',
  description: 'Row 2.31. Open to all schools of the centre. Nobody who is unemployed is named anywhere.',
  access: readers,
  query: z.strictObject({ state: z.enum(recruitmentStates).optional() }),
  status: 200,
  output: z.array(need),
  example: { query: { state: 'running' }, output: [example] },
});

export const readRecruitmentNeed = endpoint({
  name: 'readRecruitmentNeed',
  method: 'GET',
  path: '/api/recruitment-needs/{need}',
  summary: 'A need, the runs that are planned for it, and when the next ones would be',
  access: readers,
  params,
  status: 200,
  output: sheet,
  example: { params: sample, output: exampleSheet },
});

export const addRecruitmentNeed = endpoint({
  name: 'addRecruitmentNeed',
  method: 'POST',
  path: '/api/recruitment-needs',
  summary: 'Write down what a jobcentre needs people for',
  description: 'Row 2.31. The jobcentre is one of the centre’s companies, and is known as a jobcentre from here on: its own page then lets it write needs itself.',
  access: readers,
  body: z.strictObject({ jobcentre: idOf('company'), ...facts }),
  status: 201,
  output: sheet,
  errors: { company_unknown: 422 },
  example: {
    body: { ...exampleFacts, jobcentre: ids.company },
    output: { ...exampleSheet, state: 'open', plan: null, coming: null, runs: [], next: [], version: 1, can: { ...example.can, run: false } },
  },
});

export const writeRecruitmentNeed = endpoint({
  name: 'writeRecruitmentNeed',
  method: 'PUT',
  path: '/api/recruitment-needs/{need}',
  summary: 'Correct what a jobcentre needs',
  access: readers,
  params,
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: sheet,
  errors: { recruitment_stopped: 409 },
  example: { params: sample, body: exampleFacts, output: exampleSheet },
});

export const writeRecruitmentPlan = endpoint({
  name: 'writeRecruitmentPlan',
  method: 'PUT',
  path: '/api/recruitment-needs/{need}/plan',
  summary: 'Say which course it becomes: how many weeks, how often a year, how many seats for the jobcentre',
  description:
    'Row 2.31. A manager for the own school, the coordinator for all. What is planned already stays as it is; the runs to come follow. `runs_overlap`: the year has no room for so many weeks.',
  access: planners,
  params,
  body: soundPlan,
  edits: true,
  status: 200,
  output: sheet,
  errors: { class_not_yours: 403, course_unknown: 422, school_unknown: 422, recruitment_stopped: 409 },
  example: { params: sample, body: examplePlan, output: exampleSheet },
});

export const addRecruitmentRuns = endpoint({
  name: 'addRecruitmentRuns',
  method: 'POST',
  path: '/api/recruitment-needs/{need}/runs',
  summary: 'Plan the next runs as classes, with seats held for the jobcentre',
  description:
    'Row 2.31. Those that `next` suggested, in their order: from Monday to Friday, no public holidays. Whether a run takes place is said two weeks before it, and the seats are held until a week before.',
  access: planners,
  params,
  body: z.strictObject({ count: z.int().min(1).max(12) }),
  edits: true,
  status: 200,
  output: sheet,
  errors: { class_not_yours: 403, course_unknown: 422, school_unknown: 422, recruitment_stopped: 409, recruitment_unplanned: 409 },
  example: { params: sample, body: { count: 2 }, output: exampleSheet },
});

export const stopRecruitmentNeed = endpoint({
  name: 'stopRecruitmentNeed',
  method: 'PUT',
  path: '/api/recruitment-needs/{need}/stop',
  summary: 'No more runs, and why',
  description: 'Row 2.31. Seats that are still held and not taken are free at once; classes that are planned stay their school’s to run or call off. It cannot be undone.',
  access: planners,
  params,
  body: z.strictObject({ because: z.string().trim().min(1).max(300) }),
  edits: true,
  status: 200,
  output: sheet,
  errors: { class_not_yours: 403, recruitment_stopped: 409 },
  example: {
    params: sample,
    body: { because: 'Fabrikken ansætter ikke flere' },
    output: { ...exampleSheet, state: 'stopped', stopped: { on: '2027-02-01', because: 'Fabrikken ansætter ikke flere' }, next: [], can: { edit: false, plan: false, run: false, stop: false } },
  },
});

const ownNeed = z.object({
  id: idOf('recruitment need'),
  trade: z.string(),
  people: z.number().int(),
  earliest: calendarDay,
  learn: z.string(),
  stopped: z.boolean(),
  runs: z.array(
    z.object({
      title: z.string(),
      school: z.string(),
      town: z.string(),
      ...days,
      state: z.enum(classStates),
      seats: z.number().int(),
      used: z.number().int(),
      /** False: let go, or their day is over. */
      held: z.boolean(),
    }),
  ),
});
const ownPage = z.object({ jobcentre: z.boolean(), today: calendarDay, needs: z.array(ownNeed) });
export type OwnRecruitment = z.output<typeof ownPage>;
const exampleToken = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';
const exampleOwn = {
  jobcentre: true,
  today: '2026-11-17',
  needs: [
    {
      id: ids.need,
      trade: 'Svejsere',
      people: 12,
      earliest: '2027-01-04',
      learn: exampleFacts.learn,
      stopped: false,
      runs: [{ title: exampleCourse.title, school: 'Tværby Tekniske Skole', town: 'Tværby', starts: '2027-01-04', ends: '2027-03-05', state: 'tentative', seats: 10, used: 4, held: true }],
    },
  ],
};

export const readOwnRecruitment = endpoint({
  name: 'readOwnRecruitment',
  method: 'POST',
  path: '/api/company-page/recruitment',
  summary: 'A jobcentre’s needs and their runs, behind its secret address',
  description: 'Row 2.31. `jobcentre` false: any other company, which has none.',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits,
  status: 200,
  output: ownPage,
  errors: { page_gone: 410 },
  example: { body: { token: exampleToken }, output: exampleOwn },
});

export const addOwnRecruitment = endpoint({
  name: 'addOwnRecruitment',
  method: 'POST',
  path: '/api/company-page/recruitment-needs',
  summary: 'A jobcentre writes what it needs people for',
  description: 'Row 2.31. Whoever works with the jobcentre is told. At most twenty at a time.',
  access: 'anyone',
  body: z.strictObject({ token, ...facts }),
  limits,
  status: 200,
  output: ownPage,
  errors: { page_gone: 410, not_a_jobcentre: 409, too_many_needs: 409 },
  example: { body: { token: exampleToken, ...exampleFacts }, output: exampleOwn },
});
