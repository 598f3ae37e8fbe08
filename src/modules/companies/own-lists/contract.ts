import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { instant } from '../../../kit/instant.ts';

/** Those who answer for a school; the list is the school's own. */
const keepers = ['consultant', 'manager'] as const;

const ownList = z.object({
  fileName: z.string(),
  state: z.enum(['received', 'reading', 'done', 'failed']),
  /** Why it failed, as a stable code. */
  error: z.string().nullable(),
  rows: z.object({ read: z.number().int(), refused: z.number().int() }),
  person: z.string().nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
});
export type OwnList = z.output<typeof ownList>;
const example = {
  fileName: 'praktikpladser.csv',
  state: 'done',
  error: null,
  rows: { read: 412, refused: 3 },
  person: 'Dorte Friis',
  createdAt: '2026-11-17T07:20:00.000Z',
  finishedAt: '2026-11-17T07:20:01.000Z',
};

export const sendOwnList = endpoint({
  name: 'sendOwnList',
  method: 'POST',
  path: '/api/own-list',
  summary: 'Send a table of the companies one’s school works with; it takes the place of the earlier one',
  description:
    'Row 2.09. CSV with headings; a row needs a CVR number, a P-number or a name (with postcode where known). Every hearing then shows which listed companies are among them. Nobody outside the school reads it, the coordinator neither (row 3.13); facts of the register never change.',
  access: keepers,
  query: z.strictObject({ fileName: z.string().trim().min(1).max(255).default('liste.csv') }),
  status: 202,
  output: ownList,
  upload: true,
  errors: { no_school: 409, file_empty: 400 },
  example: { query: { fileName: 'praktikpladser.csv' }, output: { ...example, state: 'received', rows: { read: 0, refused: 0 }, finishedAt: null } },
});

export const readOwnList = endpoint({
  name: 'readOwnList',
  method: 'GET',
  path: '/api/own-list',
  summary: 'The list one’s school sent last',
  access: keepers,
  status: 200,
  output: z.object({ list: ownList.nullable() }),
  example: { output: { list: example } },
});

export const forgetOwnList = endpoint({
  name: 'forgetOwnList',
  method: 'DELETE',
  path: '/api/own-list',
  summary: 'Throw the school’s list away; marks that were made with it stay',
  access: keepers,
  status: 204,
  output: z.null(),
  example: {},
});

export const downloadOwnRefused = endpoint({
  name: 'downloadOwnRefused',
  method: 'GET',
  path: '/api/own-list/refused.csv',
  summary: 'Every row of the school’s list that could not be read, with the reason',
  access: keepers,
  status: 200,
  output: z.string(),
  download: 'text/csv; charset=utf-8',
  example: { output: 'row;reason;cvr;navn\n7;cvr_check;12345678;Forkert ApS\n' },
});
