import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { municipalities } from '../../../kit/municipalities.ts';

/** Names of institutions that change over the years and between regions; each centre calls them what they are called there. */
export const labelKeys = ['centre', 'council', 'callCentre', 'ministry'] as const;
const label = z.strictObject({ da: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) });
const labels = z.strictObject({ centre: label, council: label, callCentre: label, ministry: label });
export const defaultLabels: z.output<typeof labels> = {
  centre: { da: 'centret', en: 'the centre' },
  council: { da: 'centerrådet', en: 'the council' },
  callCentre: { da: 'telefoncentret', en: 'the call centre' },
  ministry: { da: 'ministeriet', en: 'the ministry' },
};
/** The law asks for a telephone and a written way to complain about accessibility. */
const accessibility = z.strictObject({ email: z.union([z.literal(''), z.email().max(320)]), phone: z.string().trim().max(30), reviewedOn: calendarDay.nullable() });

/** The municipalities whose companies an extract brings to the centre, and CVR is asked for; none: all that a file names. */
const area = z
  .array(z.string().refine((code) => Object.hasOwn(municipalities, code), { params: { code: 'municipality_unknown' } }))
  .max(99)
  .refine((codes) => new Set(codes).size === codes.length, { params: { code: 'twice' } });

const facts = { name: z.string().trim().min(1).max(200), labels, area, accessibility };
const centre = z.object({ id: idOf('centre'), key: z.string(), zone: z.string(), ...facts, version: z.number().int(), can: z.object({ edit: z.boolean() }) });

const exampleFacts = {
  name: 'VEU-center Fjordegnen',
  labels: defaultLabels,
  area: ['0665', '0671'],
  accessibility: { email: 'kontakt@fjordegnen.example', phone: '+45 00 11 22 33', reviewedOn: '2026-09-01' },
};
const example = { id: '01990000-0000-7000-8000-000000000002', key: 'fjordegnen', zone: 'Europe/Copenhagen', ...exampleFacts, version: 1, can: { edit: false } };

export const readCentre = endpoint({
  name: 'readCentre',
  method: 'GET',
  path: '/api/centre',
  summary: 'The centre one works in, and what things are called there',
  access: ['consultant', 'manager', 'coordinator', 'agent', 'register', 'data_protection', 'administrator'],
  status: 200,
  output: centre,
  example: { output: example },
});

export const writeCentre = endpoint({
  name: 'writeCentre',
  method: 'PUT',
  path: '/api/centre',
  summary: 'Write the centre’s name, its words, its area and its accessibility contact',
  description: 'Companies that the centre has stay when the area changes; the next extract goes by the new one.',
  access: ['coordinator', 'administrator'],
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: centre,
  example: { body: exampleFacts, output: { ...example, can: { edit: true } } },
});

export const readAccessibility = endpoint({
  name: 'readAccessibility',
  method: 'GET',
  path: '/api/accessibility',
  summary: 'Whom to write or call about accessibility, for every centre here',
  access: 'anyone',
  status: 200,
  output: z.array(z.object({ centre: z.string(), ...accessibility.shape })),
  example: { output: [{ centre: example.name, ...exampleFacts.accessibility }] },
});

const agreement = z.object({ id: idOf('agreement'), reference: z.string(), signedOn: calendarDay, from: calendarDay, to: calendarDay.nullable(), state: z.enum(['now', 'ahead', 'past']) });
const processor = z.object({
  id: idOf('organisation'),
  name: z.string(),
  kind: z.enum(['call_centre']),
  agreements: z.array(agreement),
  /** Whether an agreement holds today; without one nobody of the organisation gets a company to call. */
  valid: z.boolean(),
});
const exampleProcessor = {
  id: '01990000-0000-7000-8000-000000000031',
  name: 'Ringbro',
  kind: 'call_centre',
  agreements: [{ id: '01990000-0000-7000-8000-000000000032', reference: 'Aftale 2026-4', signedOn: '2026-01-02', from: '2026-01-05', to: '2026-12-31', state: 'now' }],
  valid: true,
};

export const listProcessors = endpoint({
  name: 'listProcessors',
  method: 'GET',
  path: '/api/processors',
  summary: 'The outside organisations that work for the centre, and the agreements on file',
  description: 'Row 2.42; GDPR article 28 asks for an agreement with whoever processes personal data for the centre.',
  access: ['coordinator', 'data_protection', 'administrator'],
  status: 200,
  output: z.array(processor),
  example: { output: [exampleProcessor] },
});

export const addProcessor = endpoint({
  name: 'addProcessor',
  method: 'POST',
  path: '/api/processors',
  summary: 'Add an outside organisation',
  access: ['data_protection', 'administrator'],
  body: z.strictObject({ name: z.string().trim().min(1).max(200), kind: z.enum(['call_centre']).default('call_centre') }),
  status: 201,
  output: processor,
  example: { body: { name: 'Ringbro' }, output: { ...exampleProcessor, agreements: [], valid: false } },
});

export const fileAgreement = endpoint({
  name: 'fileAgreement',
  method: 'POST',
  path: '/api/processors/{processor}/agreements',
  summary: 'Put a processor agreement on file',
  access: ['data_protection', 'administrator'],
  params: z.strictObject({ processor: idOf('organisation') }),
  body: z.strictObject({ reference: z.string().trim().min(1).max(200), signedOn: calendarDay, from: calendarDay, to: calendarDay.nullable().default(null) }),
  status: 201,
  output: processor,
  errors: { days_reversed: 422 },
  example: { params: { processor: exampleProcessor.id }, body: { reference: 'Aftale 2027-1', signedOn: '2026-12-01', from: '2027-01-01', to: '2027-12-31' }, output: exampleProcessor },
});

export const endAgreement = endpoint({
  name: 'endAgreement',
  method: 'POST',
  path: '/api/processors/{processor}/agreements/{agreement}/end',
  summary: 'End a processor agreement after a day',
  access: ['data_protection', 'administrator'],
  params: z.strictObject({ processor: idOf('organisation'), agreement: idOf('agreement') }),
  body: z.strictObject({ lastDay: calendarDay }),
  status: 200,
  output: processor,
  errors: { days_reversed: 422 },
  example: { params: { processor: exampleProcessor.id, agreement: '01990000-0000-7000-8000-000000000032' }, body: { lastDay: '2026-11-30' }, output: exampleProcessor },
});
