import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { sections } from '../../../kit/industries.ts';
import { municipalities } from '../../../kit/municipalities.ts';
import { type NeedField, needFields } from '../../companies/needs/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['manager', 'coordinator'] as const;

/** What a school can say it teaches: the fields of needs, but for "other". */
export const taughtFields = needFields.filter((field): field is Exclude<NeedField, 'other'> => field !== 'other');
export type TaughtField = (typeof taughtFields)[number];
const field = z.enum(taughtFields as [TaughtField, ...TaughtField[]]);

export const several = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .max(most)
    .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } })
    .default([]);
const facts = {
  /** Empty: all industries. */
  industries: several(z.enum(sections), sections.length),
  /** Codes; empty: the whole area of the centre. */
  municipalities: several(
    z.string().refine((code) => code in municipalities, { params: { code: 'unknown' } }),
    100,
  ),
};
const line = z.object({ school: idOf('school'), field, ...facts, version: z.number().int() });
export type ProvisionLine = z.output<typeof line>;

const school = '01990000-0000-7000-8000-000000000011';
const example = { school, field: 'certificates', industries: ['C', 'F'], municipalities: [], version: 1 };
const params = z.strictObject({ school: idOf('school'), field });

export const listProvision = endpoint({
  name: 'listProvision',
  method: 'GET',
  path: '/api/provision',
  summary: 'What every school of the centre offers, in outline',
  description: 'Rows 3.02 and 3.09. Open to all schools: it is what they tell companies anyhow. Schools in alphabetical order.',
  access: readers,
  status: 200,
  output: z.object({ schools: z.array(z.object({ id: idOf('school'), name: z.string(), can: z.object({ write: z.boolean() }) })), lines: z.array(line) }),
  example: { output: { schools: [{ id: school, name: 'Fjordegnens Erhvervsskole', can: { write: true } }], lines: [example] } },
});

export const writeProvision = endpoint({
  name: 'writeProvision',
  method: 'PUT',
  path: '/api/schools/{school}/provision/{field}',
  summary: 'Say that a school teaches in a field, for whom and where',
  description: 'The school’s managers, and the coordinator. If-Match: 0 where nothing stands yet.',
  access: writers,
  params,
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: line,
  errors: { provision_not_yours: 403 },
  example: { params: { school, field: 'certificates' }, body: { industries: ['C', 'F'], municipalities: [] }, output: example },
});

export const removeProvision = endpoint({
  name: 'removeProvision',
  method: 'DELETE',
  path: '/api/schools/{school}/provision/{field}',
  summary: 'Say that a school teaches no longer in a field',
  access: writers,
  params,
  edits: true,
  status: 204,
  output: z.null(),
  errors: { provision_not_yours: 403 },
  example: { params: { school, field: 'certificates' } },
});
