import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { codePattern, readCode } from '../../../kit/code.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { answerCodes, codeLength, mostDays, ownCodes, templateNames } from './rules.ts';

const staff = ['consultant', 'coordinator'] as const;
const own = z.string().trim().min(1).max(60);
const name = z.string().trim().min(1).max(200);
const email = z.email().max(320).nullable();
const language = z.enum(['da', 'en']);
const ticked = z
  .array(z.enum(answerCodes))
  .max(answerCodes.length)
  .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } });

/** ahead: not begun; open: colleagues answer; over: its days are gone, it is counted within a minute or so; counted: the counts stand and change no more. */
const state = z.enum(['ahead', 'open', 'over', 'counted']);
const counted = z.object({
  /** At least so many answered; null: fewer than the threshold, so nothing is shown. */
  answers: z.number().int().nullable(),
  /** At least so many ticked it; null: hidden or zero. */
  counts: z.array(z.object({ topic: z.enum(answerCodes), atLeast: z.number().int().nullable() })),
  threshold: z.number().int(),
});
export type Counted = z.output<typeof counted>;

const form = z.object({
  id: idOf('wish form'),
  company: z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() }),
  /** Null: the centre itself. */
  school: z.object({ id: idOf('school'), name: z.string() }).nullable(),
  madeBy: z.string(),
  template: z.enum(templateNames),
  topics: z.array(z.enum(answerCodes)),
  /** What own1 to own5 say. */
  own: z.array(own),
  firstDay: calendarDay,
  lastDay: calendarDay,
  steward: z.object({ name: z.string(), email: z.string().nullable(), language }),
  state,
  /** Null until it is counted: nobody sees how it goes. */
  result: counted.nullable(),
  version: z.number().int(),
  can: z.object({ edit: z.boolean() }),
});
export type WishForm = z.output<typeof form>;
/** With the links: colleagues' can be shown again, the steward's cannot. */
const formPage = form.extend({
  code: z.string(),
  link: z.string(),
  paper: z.string(),
  /** Shown once, where it was not mailed; whoever has it types in paper forms. */
  stewardLink: z.string().nullable(),
});
export type WishFormPage = z.output<typeof formPage>;

const ids = {
  form: '01990000-0000-7000-8000-000000000701',
  company: '01990000-0000-7000-8000-000000000101',
  school: '01990000-0000-7000-8000-000000000011',
};
const exampleBody = {
  company: ids.company,
  template: 'reading_and_maths',
  own: ['Læse tegninger på polsk'],
  firstDay: '2026-11-17',
  lastDay: '2026-12-04',
  steward: { name: 'Tove Lind', email: 'tove@bjergager.example', language: 'da' },
};
const exampleTopics = ['reading', 'writing', 'maths', 'danish', 'dyslexia', 'computer', 'english', 'own1'] as const;
const exampleResult = {
  answers: 23,
  counts: exampleTopics.map((topic) => ({ topic, atLeast: topic === 'maths' ? 9 : topic === 'computer' ? 14 : null })),
  threshold: 5,
};
const example = {
  id: ids.form,
  ...exampleBody,
  company: { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' },
  school: { id: ids.school, name: 'Fjordegnens Erhvervsskole' },
  madeBy: 'Anna Holm',
  topics: [...exampleTopics],
  state: 'open',
  result: null,
  version: 1,
  can: { edit: true },
};
const examplePage = {
  ...example,
  code: 'BDFG-HJKL-MNPR',
  link: 'http://localhost:3000/wishes#BDFG-HJKL-MNPR',
  paper: 'http://localhost:3000/wish-paper#BDFG-HJKL-MNPR',
  stewardLink: null,
};
const params = z.strictObject({ form: idOf('wish form') });

export const listWishForms = endpoint({
  name: 'listWishForms',
  method: 'GET',
  path: '/api/wish-forms',
  summary: 'Forms by which shop stewards gather wishes, the newest first: those of the own school and of the centre, for the coordinator all',
  description: 'Row 2.14. A form tells which school works with which company, so no other school sees it.',
  access: staff,
  status: 200,
  output: z.array(form),
  example: { output: [example] },
});

export const readWishForm = endpoint({
  name: 'readWishForm',
  method: 'GET',
  path: '/api/wish-forms/{form}',
  summary: 'A form with its links and, once it is counted, how many wish what',
  description: 'Row 2.14. While a form runs nobody sees what was answered, nor how many did. Figures are at least so many, from the threshold on; what is too little to be shown is not kept either.',
  access: staff,
  params,
  status: 200,
  output: formPage,
  example: { params: { form: ids.form }, output: examplePage },
});

export const addWishForm = endpoint({
  name: 'addWishForm',
  method: 'POST',
  path: '/api/wish-forms',
  summary: 'Make a form for a company’s shop steward',
  description:
    'Row 2.14. Topics come from a template, with up to five of the company’s own. Where the steward has an e-mail address the private link is mailed; otherwise it is in the answer, once. One form at a time for a company: two could be subtracted from each other. The days cannot be changed afterwards.',
  access: staff,
  body: z
    .strictObject({
      company: idOf('company'),
      template: z.enum(templateNames),
      own: z
        .array(own)
        .max(ownCodes.length)
        .refine((all) => new Set(all.map((each) => each.toLowerCase())).size === all.length, { params: { code: 'twice' } })
        .default([]),
      firstDay: calendarDay,
      lastDay: calendarDay,
      steward: z.strictObject({ name, email: email.default(null), language: language.default('da') }),
    })
    .refine(({ firstDay, lastDay }) => firstDay <= lastDay, { path: ['lastDay'], params: { code: 'before_first' } })
    .refine(({ firstDay, lastDay }) => Date.parse(lastDay) - Date.parse(firstDay) <= mostDays * 86_400_000, { path: ['lastDay'], params: { code: 'too_long' } }),
  status: 201,
  output: formPage,
  errors: { company_unknown: 422, wishes_running: 409 },
  example: { body: exampleBody, output: examplePage },
});

export const renewStewardLink = endpoint({
  name: 'renewStewardLink',
  method: 'PUT',
  path: '/api/wish-forms/{form}/steward',
  summary: 'Send the steward a new private link, or another steward one; the link before opens nothing any more',
  description: 'Row 2.14. Mailed where there is an address, otherwise in the answer, once.',
  access: staff,
  params,
  body: z.strictObject({ name, email: email.default(null), language: language.default('da') }),
  edits: true,
  status: 200,
  output: formPage,
  example: { params: { form: ids.form }, body: exampleBody.steward, output: examplePage },
});

export const removeWishForm = endpoint({
  name: 'removeWishForm',
  method: 'DELETE',
  path: '/api/wish-forms/{form}',
  summary: 'Remove a form, with its answers and counts; its links open nothing any more',
  access: staff,
  params,
  status: 204,
  output: z.null(),
  example: { params: { form: ids.form } },
});

/** As people copy it from paper. It travels in bodies, never in an address that a log would keep. */
const code = z
  .string()
  .max(60)
  .transform(readCode)
  .pipe(z.string().regex(codePattern(codeLength)));
/** The steward's secret, and that of shared counts: 160 bits. */
const token = z.string().regex(/^[a-z2-7]{32}$/);
const exampleCode = 'BDFG-HJKL-MNPR';
const exampleToken = 'mzabq5rqtkthyncwjs2lad7fgmzxbqve';
/** A workplace often has one address for everybody in it. */
const looking = [{ count: 600, seconds: 60, by: 'address' }] as const;
const sending = [{ count: 400, seconds: 3600, by: 'address' }] as const;
const typing = [{ count: 120, seconds: 60, by: 'address' }] as const;

const asked = z.object({
  company: z.string(),
  centre: z.string(),
  steward: z.string(),
  topics: z.array(z.enum(answerCodes)),
  own: z.array(z.string()),
  firstDay: calendarDay,
  lastDay: calendarDay,
  state,
});
const exampleAsked = {
  company: 'Bjergager Smede & Montage',
  centre: 'VEU-center Fjordegnen',
  steward: 'Tove Lind',
  topics: [...exampleTopics],
  own: exampleBody.own,
  firstDay: '2026-11-17',
  lastDay: '2026-12-04',
  state: 'open',
};
const gone = { wishes_gone: 404 } as const;
const answering = { ...gone, wishes_closed: 409, wishes_full: 409, topic_unknown: 422 } as const;
/** Drawn by lot on the phone, so that an answer lost on the way is not counted twice. It stands for nobody, and is forgotten when the form is counted. */
const sheet = z.uuidv4();
const exampleSheet = 'b0f5f3a0-4c1e-4f4e-9d63-0d3f6a3c9b11';

export const openWishes = endpoint({
  name: 'openWishes',
  method: 'POST',
  path: '/api/wishes',
  summary: 'What the colleagues’ code opens: the topics to tick',
  description: 'Row 2.14. Nobody signs in and nobody is asked for a name. It says nothing of what others answered.',
  access: 'anyone',
  body: z.strictObject({ code }),
  limits: looking,
  status: 200,
  output: asked,
  errors: gone,
  example: { body: { code: exampleCode }, output: exampleAsked },
});

export const sendWishes = endpoint({
  name: 'sendWishes',
  method: 'POST',
  path: '/api/wishes/answers',
  summary: 'Send what one person ticked, without a name; nothing ticked is an answer too',
  description: 'Row 2.14. No name, no network address, no time and nothing of the device is kept with it. `sheet` is a number drawn by lot for this answer.',
  access: 'anyone',
  body: z.strictObject({ code, sheet, topics: ticked }),
  limits: sending,
  status: 204,
  output: z.null(),
  errors: answering,
  example: { body: { code: exampleCode, sheet: exampleSheet, topics: ['maths', 'own1'] } },
});

export const openStewardPage = endpoint({
  name: 'openStewardPage',
  method: 'POST',
  path: '/api/wish-steward',
  summary: 'The steward’s page: the colleagues’ link, how many paper forms were typed in, and the counts once the form is counted',
  description: 'Row 2.14.',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits: looking,
  status: 200,
  output: asked.extend({
    code: z.string(),
    link: z.string(),
    paperLink: z.string(),
    /** How many were typed in; null once it is counted. */
    papers: z.number().int().nullable(),
    result: counted.nullable(),
    /** Where the counts can be seen by others, as long as the steward shares them. */
    shared: z.string().nullable(),
  }),
  errors: gone,
  example: {
    body: { token: exampleToken },
    output: { ...exampleAsked, code: examplePage.code, link: examplePage.link, paperLink: examplePage.paper, papers: 3, result: null, shared: null },
  },
});

export const addPaper = endpoint({
  name: 'addPaper',
  method: 'POST',
  path: '/api/wish-steward/papers',
  summary: 'The steward types in one paper form',
  description: 'Row 2.14. Only while the form runs: counts do not change afterwards.',
  access: 'anyone',
  body: z.strictObject({ token, sheet, topics: ticked }),
  limits: typing,
  status: 204,
  output: z.null(),
  errors: answering,
  example: { body: { token: exampleToken, sheet: exampleSheet, topics: ['maths'] } },
});

export const takeBackPaper = endpoint({
  name: 'takeBackPaper',
  method: 'POST',
  path: '/api/wish-steward/papers/undo',
  summary: 'The steward takes back a paper form that was typed in wrongly',
  access: 'anyone',
  body: z.strictObject({ token, sheet }),
  limits: typing,
  status: 204,
  output: z.null(),
  errors: { ...gone, wishes_closed: 409 },
  example: { body: { token: exampleToken, sheet: exampleSheet } },
});

export const shareWishes = endpoint({
  name: 'shareWishes',
  method: 'POST',
  path: '/api/wish-steward/share',
  summary: 'The steward makes a link to the counts for others, or ends it',
  description: 'Row 2.14. The company’s management sees nothing unless the steward shares it. Each time the link is another one.',
  access: 'anyone',
  body: z.strictObject({ token, share: z.boolean() }),
  limits: typing,
  status: 200,
  output: z.object({ shared: z.string().nullable() }),
  errors: { ...gone, wishes_not_counted: 409 },
  example: { body: { token: exampleToken, share: true }, output: { shared: `http://localhost:3000/wish-counts#${exampleToken}` } },
});

export const openWishCounts = endpoint({
  name: 'openWishCounts',
  method: 'POST',
  path: '/api/wish-counts',
  summary: 'The counts that a steward shares',
  description: 'Row 2.14.',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits: looking,
  status: 200,
  output: asked.extend({ result: counted }),
  errors: gone,
  example: { body: { token: exampleToken }, output: { ...exampleAsked, state: 'counted', result: exampleResult } },
});
