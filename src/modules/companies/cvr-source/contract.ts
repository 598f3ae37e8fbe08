import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { companyImport, importExample } from '../imports/contract.ts';
import { cvrNumber } from '../register/contract.ts';
import { areaSizes } from './model.ts';

const keepers = ['register'] as const;
const plan = {
  /** How often the area is brought up to date by itself, as far as to what would happen; writing it is a person's. */
  every: z.enum(['never', 'week', 'month']),
  /** Employees: micro below 10, small 10–49, large from 50 on, unknown where CVR counts nobody. */
  sizes: z
    .array(z.enum(areaSizes))
    .min(1)
    .max(4)
    .refine((all) => new Set(all).size === all.length, { params: { code: 'twice' } }),
};
const source = z.object({
  /** Whether this installation has an account with CVR (VEJNET_CVR_URL). */
  on: z.boolean(),
  /** The centre's area, by name. Empty: all of Denmark, which is not asked for. */
  area: z.array(z.string()),
  ...plan,
  nextOn: calendarDay.nullable(),
  /** An update that is being fetched, or that nobody has written yet. */
  underWay: idOf('import').nullable(),
  version: z.number().int(),
});
export type CvrSource = z.output<typeof source>;
const shown = { on: true, area: ['Lemvig', 'Struer'], every: 'month', sizes: ['micro', 'small', 'unknown'], nextOn: '2026-12-01', underWay: null, version: 1 };
const asked = { ...importExample, format: null, origin: 'cvr', fetching: true, fileName: 'CVR 2026-11-17', headings: [], samples: [], mapping: [], state: 'reading' };

export const readCvrSource = endpoint({
  name: 'readCvrSource',
  method: 'GET',
  path: '/api/cvr-source',
  summary: 'Whether CVR itself can be asked, for which area, and when it is next',
  access: keepers,
  status: 200,
  output: source,
  example: { output: shown },
});

export const writeCvrUpdate = endpoint({
  name: 'writeCvrUpdate',
  method: 'PUT',
  path: '/api/cvr-source',
  summary: 'Say how often the centre’s area is fetched from CVR, and which sizes',
  description: 'It is fetched in the name of whoever said so last, and only as long as that person keeps the register. What it would change waits for somebody to write it.',
  access: keepers,
  body: z.strictObject(plan),
  edits: true,
  status: 200,
  output: source,
  example: { body: { every: 'month', sizes: ['micro', 'small', 'unknown'] }, output: shown },
});

export const fetchArea = endpoint({
  name: 'fetchArea',
  method: 'POST',
  path: '/api/cvr-source/update',
  summary: 'Fetch the centre’s area from CVR now, as an import to look at, write and undo',
  description:
    'Row X.2. Companies of the area’s municipalities with their production units, 500 at a time and one question a second at most; where CVR is busy it is asked again later. Faults end in `failed` with a code that begins with cvr_.',
  access: keepers,
  status: 202,
  output: companyImport,
  errors: { cvr_off: 409, area_missing: 409, update_under_way: 409 },
  example: { output: asked },
});

export const fetchCompany = endpoint({
  name: 'fetchCompany',
  method: 'POST',
  path: '/api/cvr-source/company',
  summary: 'Fetch one company from CVR and write it at once, as an import that can be undone',
  description: 'Row X.2. Its facts, units and past become what CVR says now, and the centre knows it from then on, wherever it lies.',
  access: keepers,
  body: z.strictObject({ cvr: cvrNumber }),
  limits: [{ count: 30, seconds: 60, by: 'address' }],
  status: 202,
  output: companyImport,
  errors: { cvr_off: 409 },
  example: { body: { cvr: '12345674' }, output: { ...asked, wanted: '12345674', fileName: 'CVR 12345674' } },
});
