import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { type TaughtField, taughtFields } from '../provision/contract.ts';

const field = z.enum(taughtFields as [TaughtField, ...TaughtField[]]);
const town = z.string().trim().min(1).max(100);
/** Nothing said: no limit. 0: none at all. */
const count = z.int().min(0).max(500);
const once = <T extends z.ZodType>(item: T, key: (value: z.output<T>) => string, most: number) =>
  z
    .array(item)
    .max(most)
    .refine((all) => new Set(all.map(key)).size === all.length, { params: { code: 'twice' } });

const limits = z.object({
  /** By town: classrooms that courses can use at once. Towns are those where the school teaches, its own, and those it said something about. */
  rooms: z.array(z.object({ town: z.string(), rooms: z.number().int().nullable() })),
  /** By field: teachers. */
  teachers: z.array(z.object({ field, teachers: z.number().int().nullable() })),
  version: z.number().int(),
  can: z.object({ edit: z.boolean() }),
});
export type RunningLimits = z.output<typeof limits>;

const params = z.strictObject({ school: idOf('school') });
const example = { params: { school: '01990000-0000-7000-8000-000000000011' } };
const exampleOutput = {
  rooms: [
    { town: 'Limvig', rooms: 3 },
    { town: 'Tværby', rooms: null },
  ],
  teachers: taughtFields.map((each) => ({ field: each, teachers: each === 'certificates' ? 2 : null })),
  version: 1,
  can: { edit: true },
};

export const readRunningLimits = endpoint({
  name: 'readRunningLimits',
  method: 'GET',
  path: '/api/schools/{school}/running-limits',
  summary: 'What a school said that it can run at once: classrooms by town, teachers by field',
  description: 'Row 4.03. The planner of classes takes it into account; nothing else is held back by it. Null: no limit was named.',
  access: ['consultant', 'manager', 'coordinator'],
  params,
  status: 200,
  output: limits,
  example: { ...example, output: exampleOutput },
});

export const writeRunningLimits = endpoint({
  name: 'writeRunningLimits',
  method: 'PUT',
  path: '/api/schools/{school}/running-limits',
  summary: 'Say what a school can run at once; what is left out has no limit',
  description: 'Row 4.03. The school’s managers, and the coordinator.',
  access: ['manager', 'coordinator'],
  params,
  body: z.strictObject({
    rooms: once(z.strictObject({ town, rooms: count }), (each) => each.town, 50),
    teachers: once(z.strictObject({ field, teachers: count }), (each) => each.field, taughtFields.length),
  }),
  edits: true,
  status: 200,
  output: limits,
  errors: { limits_not_yours: 403 },
  example: { ...example, body: { rooms: [{ town: 'Limvig', rooms: 3 }], teachers: [{ field: 'certificates', teachers: 2 }] }, output: exampleOutput },
});
