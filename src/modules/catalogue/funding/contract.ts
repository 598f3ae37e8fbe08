import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { sections } from '../../../kit/industries.ts';
import { courseKinds } from '../courses/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['coordinator'] as const;

/** veu: VEU-godtgørelse · svu: Statens Voksenuddannelsesstøtte · fund: a competence fund of the parties · fee: what a participant pays, kept here because it has dated rates too. */
export const fundingKinds = ['veu', 'svu', 'fund', 'other', 'fee'] as const;
export const rateUnits = ['day', 'week', 'hour', 'person', 'percent'] as const;
/** now: holds that day · ahead, past: not yet, no longer · undated: the source says no day, so it is shown and never used. */
export const rateStates = ['now', 'ahead', 'past', 'undated'] as const;

const several = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .max(most)
    .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } })
    .default([]);
const facts = {
  kind: z.enum(fundingKinds),
  name: z.string().trim().min(1).max(150),
  /** Empty: all kinds of course. */
  courseKinds: several(z.enum(courseKinds), courseKinds.length),
  /** Empty: all industries. */
  industries: several(z.enum(sections), sections.length),
  /** The agreement that a fund asks for, in words. */
  agreement: z.string().trim().max(300).default(''),
  text: z.string().trim().max(4000).default(''),
  /** Where the rules and the newest rates are published. */
  link: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable()
    .default(null),
  retired: z.boolean().default(false),
};
const rateFacts = {
  /** Øre; where the unit is percent, hundredths of a percent. */
  amount: z.int().min(0).max(100_000_000),
  unit: z.enum(rateUnits),
  /** The first day that it holds; null where the source says no day. */
  from: calendarDay.nullable(),
  /** The last one; null: until it is changed, and only where the source says so. */
  until: calendarDay.nullable().default(null),
  /** Who says so, and when it was read. */
  source: z.string().trim().min(1).max(300),
};
const rateBody = z
  .strictObject(rateFacts)
  .refine(({ unit, amount }) => unit !== 'percent' || amount <= 10_000, { path: ['amount'], params: { code: 'too_big' } })
  .refine(({ from, until }) => from !== null || until === null, { path: ['from'], params: { code: 'required' } });

const rate = z.object({ id: idOf('rate'), ...rateFacts, state: z.enum(rateStates), version: z.number().int() });
export type Rate = z.output<typeof rate>;
const funding = z.object({
  id: idOf('funding'),
  ...facts,
  /** Newest first, undated ones last. */
  rates: z.array(rate),
  version: z.number().int(),
});
export type Funding = z.output<typeof funding>;

const ids = { funding: '01990000-0000-7000-8000-000000000921', rate: '01990000-0000-7000-8000-000000000922', fee: '01990000-0000-7000-8000-000000000923' };
const exampleFacts = {
  kind: 'veu',
  name: 'VEU-godtgørelse',
  courseKinds: ['amu'],
  industries: [],
  agreement: '',
  text: 'For faglærte og ufaglærte. Firmaet søger, når det betaler løn under kurset.',
  link: 'https://example.dk/satser',
  retired: false,
};
const exampleRateFacts = { amount: 87_100, unit: 'day', from: '2019-01-01', until: '2019-12-31', source: 'Satser for 2019' };
const exampleRate = { ...exampleRateFacts, id: ids.rate, state: 'past', version: 1 };
const example = { ...exampleFacts, id: ids.funding, rates: [exampleRate], version: 1 };
const params = z.strictObject({ funding: idOf('funding') });
const rateParams = params.extend({ rate: idOf('rate') });

export const listFunding = endpoint({
  name: 'listFunding',
  method: 'GET',
  path: '/api/funding',
  summary: 'Possible funding, and what participants pay, with rates that carry the days they hold for',
  description: 'Row 4.27. `day` (default: today) decides the state of each rate. No rate is built into the product.',
  access: readers,
  query: z.strictObject({ day: calendarDay.optional(), retired: z.enum(['true', 'false']).default('false') }),
  status: 200,
  output: z.array(funding),
  example: { query: { day: '2026-11-17' }, output: [example] },
});

export const addFunding = endpoint({
  name: 'addFunding',
  method: 'POST',
  path: '/api/funding',
  summary: 'Write down a kind of funding, or what participants pay',
  access: writers,
  body: z.strictObject(facts),
  status: 201,
  output: funding,
  example: { body: exampleFacts, output: { ...example, rates: [] } },
});

export const writeFunding = endpoint({
  name: 'writeFunding',
  method: 'PUT',
  path: '/api/funding/{funding}',
  summary: 'Change what stands about it, or retire it',
  access: writers,
  params,
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: funding,
  example: { params: { funding: ids.funding }, body: exampleFacts, output: example },
});

const faults = { rate_overlaps: 409, rate_backwards: 422 } as const;

export const addFundingRate = endpoint({
  name: 'addFundingRate',
  method: 'POST',
  path: '/api/funding/{funding}/rates',
  summary: 'Write down a rate with the days it holds for and its source',
  description: 'Row 4.27. Two rates of one funding never hold on the same day. A rate without a day is undated.',
  access: writers,
  params,
  body: rateBody,
  status: 201,
  output: funding,
  errors: faults,
  example: { params: { funding: ids.funding }, body: exampleRateFacts, output: example },
});

export const writeFundingRate = endpoint({
  name: 'writeFundingRate',
  method: 'PUT',
  path: '/api/funding/{funding}/rates/{rate}',
  summary: 'Correct a rate, or say until when it holds',
  access: writers,
  params: rateParams,
  body: rateBody,
  edits: true,
  status: 200,
  output: funding,
  errors: faults,
  example: { params: { funding: ids.funding, rate: ids.rate }, body: exampleRateFacts, output: example },
});

export const removeFundingRate = endpoint({
  name: 'removeFundingRate',
  method: 'DELETE',
  path: '/api/funding/{funding}/rates/{rate}',
  summary: 'Take away a rate that was written by mistake',
  access: writers,
  params: rateParams,
  edits: true,
  status: 204,
  output: z.null(),
  example: { params: { funding: ids.funding, rate: ids.rate } },
});

const line = z.object({
  funding: idOf('funding'),
  name: z.string(),
  /** What holds on that day; null: no rate is known for it. */
  rate: rate.nullable(),
  /** Øre for all days and persons; null without a rate, and where a percentage says nothing without a wage. */
  amount: z.number().int().nullable(),
});

export const readFundingHint = endpoint({
  name: 'readFundingHint',
  method: 'GET',
  path: '/api/funding-hint',
  summary: 'What a course of so many days for so many persons may cost and bring, on a day: a hint, no promise',
  description:
    'Row 4.27. The rate that holds on the first day is used for all of it. A week counts as five days, a day as 7.4 hours (AMU). `remains` is the fee less the allowance, below nothing where more comes in than is paid; null unless both are known.',
  access: readers,
  query: z.strictObject({
    day: calendarDay,
    days: z.coerce.number().min(0.5).max(400).multipleOf(0.5),
    persons: z.coerce.number().int().min(1).max(1000),
    allowance: idOf('funding').optional(),
    fee: idOf('funding').optional(),
  }),
  status: 200,
  output: z.object({ allowance: line.nullable(), fee: line.nullable(), remains: z.number().int().nullable() }),
  errors: { funding_unknown: 422 },
  example: {
    query: { day: '2019-03-04', days: 3, persons: 2, allowance: ids.funding, fee: ids.fee },
    output: {
      allowance: { funding: ids.funding, name: 'VEU-godtgørelse', rate: exampleRate, amount: 522_600 },
      fee: { funding: ids.fee, name: 'Deltagerbetaling', rate: null, amount: null },
      remains: null,
    },
  },
});
export type FundingHint = z.output<typeof readFundingHint.output>;
