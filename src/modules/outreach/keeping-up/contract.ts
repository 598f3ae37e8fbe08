import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { timeSpans } from './rules.ts';

const access = ['consultant', 'coordinator'] as const;
const plan = z.object({ person: z.object({ id: idOf('person'), name: z.string() }), everyMonths: z.number().int(), nextOn: calendarDay, why: z.string() });
const shown = z.object({
  /** When the company first heard from the centre through Vejnet. */
  first: calendarDay.nullable(),
  firstUse: z.object({ day: calendarDay, what: z.string() }).nullable(),
  /** Whole months from the one to the other. */
  months: z.number().int().nullable(),
  plan: plan.nullable(),
  /** Of the plan; 0 where there is none. */
  version: z.number().int(),
});
export type KeepUp = z.output<typeof shown>;

const company = '01990000-0000-7000-8000-000000000101';
const anna = { id: '01990000-0000-7000-8000-000000000001', name: 'Anna Holm' };
const example = { first: '2026-11-10', firstUse: null, months: null, plan: { person: anna, everyMonths: 3, nextOn: '2027-02-10', why: 'De vil vente, til hallen er bygget.' }, version: 1 };
const params = z.strictObject({ company: idOf('company') });

export const readKeepUp = endpoint({
  name: 'readKeepUp',
  method: 'GET',
  path: '/api/companies/{company}/keep-up',
  summary: 'Since when a company knows the centre, when it first used something, and when somebody asks again',
  description: 'Row 2.32: from the one to the other it may take a year and a half.',
  access,
  params,
  status: 200,
  output: shown,
  example: { params: { company }, output: example },
});

export const writeKeepUp = endpoint({
  name: 'writeKeepUp',
  method: 'PUT',
  path: '/api/companies/{company}/keep-up',
  summary: 'Plan to ask a company again, every so many months; whoever plans it is reminded on the day',
  description: 'Row 2.32. If-Match: 0 for the first plan. Only for companies that have heard from the centre: nobody else’s relations show here. A visit report puts the next time off by itself.',
  access: ['consultant'],
  params,
  body: z.strictObject({ everyMonths: z.int().min(1).max(12), nextOn: calendarDay, why: z.string().trim().min(1).max(500) }),
  edits: true,
  status: 200,
  output: shown,
  errors: { company_not_met: 409 },
  example: { params: { company }, body: { everyMonths: 3, nextOn: '2027-02-10', why: example.plan.why }, output: example },
});

export const keepUpDone = endpoint({
  name: 'keepUpDone',
  method: 'PUT',
  path: '/api/companies/{company}/keep-up/asked',
  summary: 'The company was asked: the next time is as many months from today',
  access: ['consultant'],
  params,
  edits: true,
  status: 200,
  output: shown,
  example: { params: { company }, output: example },
});

export const endKeepUp = endpoint({
  name: 'endKeepUp',
  method: 'DELETE',
  path: '/api/companies/{company}/keep-up',
  summary: 'Ask no more by plan',
  access,
  params,
  edits: true,
  status: 200,
  output: shown,
  example: { params: { company }, output: { ...example, plan: null, version: 0 } },
});

export const noteFirstUse = endpoint({
  name: 'noteFirstUse',
  method: 'PUT',
  path: '/api/companies/{company}/first-use',
  summary: 'Note when a company used an offer for the first time, or that it has not after all',
  access: ['consultant'],
  params,
  body: z.strictObject({ use: z.strictObject({ day: calendarDay, what: z.string().trim().min(1).max(200) }).nullable() }),
  status: 200,
  output: shown,
  errors: { company_not_met: 409 },
  example: { params: { company }, body: { use: { day: '2027-11-15', what: 'Truckcertifikat' } }, output: { ...example, firstUse: { day: '2027-11-15', what: 'Truckcertifikat' }, months: 12 } },
});

export const listKeepUps = endpoint({
  name: 'listKeepUps',
  method: 'GET',
  path: '/api/keep-ups',
  summary: 'Companies one has planned to ask again, by their day',
  access: ['consultant'],
  status: 200,
  output: z.array(z.object({ company: z.object({ id: idOf('company'), name: z.string() }), nextOn: calendarDay, why: z.string(), due: z.boolean(), version: z.number().int() })),
  example: { output: [{ company: { id: company, name: 'Bjergager Smede & Montage' }, nextOn: '2027-02-10', why: example.plan.why, due: false, version: 1 }] },
});

const cell = z.number().int().nullable();
export const readLeadTimes = endpoint({
  name: 'readLeadTimes',
  method: 'GET',
  path: '/api/lead-times',
  summary: 'How long it takes from first hearing of the centre to first using something, by the quarter of hearing',
  description: 'Row 2.32, for three years back. Whoever may open the companies sees exact figures; for managers small cells are hidden together with those that would give them away.',
  access: ['consultant', 'manager', 'coordinator'],
  status: 200,
  output: z.object({
    exact: z.boolean(),
    threshold: z.number().int(),
    quarters: z.array(z.object({ quarter: calendarDay, companies: cell, spans: z.array(z.object({ span: z.enum(timeSpans), companies: cell })) })),
  }),
  example: {
    output: {
      exact: true,
      threshold: 5,
      quarters: [
        {
          quarter: '2026-10-01',
          companies: 12,
          spans: [
            { span: 'half_year', companies: 2 },
            { span: 'year', companies: 1 },
            { span: 'year_and_half', companies: 0 },
            { span: 'longer', companies: 0 },
            { span: 'not_yet', companies: 9 },
          ],
        },
      ],
    },
  },
});
