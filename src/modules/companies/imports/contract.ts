import * as z from 'zod';
import { mostColumns } from '../../../kit/columns.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { columnFields } from './model.ts';

const mapping = z.array(z.enum(columnFields).nullable()).max(mostColumns);
const kinds = ['extract', 'list'] as const;
const states = ['received', 'reading', 'ready', 'applying', 'done', 'undoing', 'undone', 'failed', 'cancelled'] as const;
const outcomes = ['new', 'changed', 'same', 'refused'] as const;
const keepers = ['register'] as const;

export const companyImport = z.object({
  id: idOf('import'),
  kind: z.enum(kinds),
  /** json: CVR’s own · cvrapi: the flat shape of cvrapi.dk. Null before it is read. */
  format: z.enum(['json', 'cvrapi', 'csv', 'xlsx']).nullable(),
  /** A file that somebody sent, or what CVR answered; then the number that was asked for, null being the centre’s area. */
  origin: z.enum(['file', 'cvr']),
  wanted: z.string().nullable(),
  /** While CVR is being asked; and when it is asked again, where it would not answer. */
  fetching: z.boolean(),
  waitsUntil: instant.nullable(),
  fileName: z.string(),
  bytes: z.number().int(),
  scheme: z.enum(['DB07', 'DB25']).nullable(),
  complete: z.boolean(),
  /** The headings of a table, its first rows, and which field each column holds. */
  headings: z.array(z.string()),
  samples: z.array(z.array(z.string())),
  /** Of a spreadsheet file: its sheets, and the one that is read. */
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  mapping,
  state: z.enum(states),
  /** Why it failed, as a stable code. */
  error: z.string().nullable(),
  /** Rows read or applied so far, of how many. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  rows: z.object({
    read: z.number().int(),
    new: z.number().int(),
    changed: z.number().int(),
    same: z.number().int(),
    refused: z.number().int(),
    doubtful: z.number().int(),
    restored: z.number().int(),
    kept: z.number().int(),
    /** People in the file whom the centre has erased: left out. */
    erased: z.number().int(),
  }),
  person: z.string().nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
});
export type CompanyImport = z.output<typeof companyImport>;

export const importExample = {
  id: '01990000-0000-7000-8000-000000000121',
  kind: 'extract',
  format: 'csv',
  origin: 'file',
  wanted: null,
  fetching: false,
  waitsUntil: null,
  fileName: 'virksomheder.csv',
  bytes: 61200,
  scheme: 'DB25',
  complete: false,
  headings: ['cvr_nummer', 'virksomhedsnavn'],
  samples: [['12345674', 'Bjergager Smede & Montage']],
  sheets: [],
  sheet: null,
  mapping: ['cvr', 'name'],
  state: 'ready',
  error: null,
  progress: { done: 412, total: 412 },
  rows: { read: 412, new: 300, changed: 9, same: 100, refused: 3, doubtful: 1, restored: 0, kept: 0, erased: 0 },
  person: 'Karen Møller',
  createdAt: '2026-11-17T07:20:00.000Z',
  finishedAt: null,
};
const params = z.strictObject({ import: idOf('import') });
const exampleParams = { import: importExample.id };

export const importCompanies = endpoint({
  name: 'importCompanies',
  method: 'POST',
  path: '/api/company-imports',
  summary: 'Send a company file; it is read and compared in the background',
  description:
    'The body is the file, told by what is in it and not by its name or type: CVR’s own JSON (hits, an array, or one hit per line), JSON of cvrapi.dk (an object, an array, or one per line), CSV (semicolon, comma or tab; UTF-8 with or without BOM, or Latin-1), or an Excel file (.xlsx, 20 MB and 100,000 rows at most). An `extract` updates the register and adds relations in the centre’s area; a `list` only matches and adds. Nothing is written to the register before it is applied. `scheme` says which nomenclature the industry codes of a table or of cvrapi.dk are of; CVR’s own JSON says so itself. What cannot be read ends as `failed` with a code in `error`.',
  access: keepers,
  upload: true,
  query: z.strictObject({
    kind: z.enum(kinds).default('extract'),
    fileName: z.string().trim().min(1).max(255).default('companies'),
    scheme: z.enum(['DB07', 'DB25']).optional(),
    /** It holds every company of the centre's area: those of the area that are not in it are marked as no longer in CVR. */
    complete: z.enum(['true', 'false']).default('false'),
  }),
  status: 202,
  output: companyImport,
  errors: { file_empty: 422 },
  example: { query: { kind: 'extract', fileName: 'virksomheder.csv', scheme: 'DB25' }, output: { ...importExample, state: 'received' } },
});

export const listImports = endpoint({
  name: 'listImports',
  method: 'GET',
  path: '/api/company-imports',
  summary: 'The imports of the centre, newest first',
  access: keepers,
  query: z.strictObject({ ...pageQuery }),
  status: 200,
  output: pageOf(companyImport),
  example: { output: { items: [importExample], next: null } },
});

export const readImport = endpoint({
  name: 'readImport',
  method: 'GET',
  path: '/api/company-imports/{import}',
  summary: 'An import: how far it is and what it would do or has done',
  access: keepers,
  params,
  status: 200,
  output: companyImport,
  example: { params: exampleParams, output: importExample },
});

export const listImportRows = endpoint({
  name: 'listImportRows',
  method: 'GET',
  path: '/api/company-imports/{import}/rows',
  summary: 'The rows of an import, in the order of the file',
  access: keepers,
  params,
  query: z.strictObject({ ...pageQuery, outcome: z.enum(outcomes).optional() }),
  status: 200,
  output: pageOf(
    z.object({
      no: z.number().int(),
      kind: z.enum(['company', 'unit']),
      outcome: z.enum(outcomes),
      /** Why it was refused, as a stable code. */
      refusal: z.string().nullable(),
      /** A P-number that fails its soft check. */
      doubtful: z.boolean(),
      cvr: z.string().nullable(),
      pNumber: z.string().nullable(),
      name: z.string().nullable(),
      companyId: idOf('company').nullable(),
    }),
  ),
  example: {
    params: exampleParams,
    query: { outcome: 'refused' },
    output: { items: [{ no: 7, kind: 'company', outcome: 'refused', refusal: 'cvr_check', doubtful: false, cvr: null, pNumber: null, name: null, companyId: null }], next: null },
  },
});

export const downloadRefused = endpoint({
  name: 'downloadRefused',
  method: 'GET',
  path: '/api/company-imports/{import}/refused',
  summary: 'Every refused row as a file, each with its reason',
  access: keepers,
  params,
  status: 200,
  output: z.string(),
  download: 'text/csv; charset=utf-8',
  example: { params: exampleParams, output: 'row;reason;cvr_nummer;virksomhedsnavn\n7;cvr_check;12345678;Forkert ApS\n' },
});

export const mapColumns = endpoint({
  name: 'mapColumns',
  method: 'PUT',
  path: '/api/company-imports/{import}/mapping',
  summary: 'Say which column holds what, which sheet is meant, or which nomenclature the codes are of; the file is read again',
  description: 'Another sheet than the one that was read has columns of its own, so they are guessed anew. A file of cvrapi.dk has no columns: its mapping is empty.',
  access: keepers,
  params,
  body: z.strictObject({ mapping, sheet: z.string().min(1).max(255).nullable().default(null), scheme: z.enum(['DB07', 'DB25']).nullable().default(null) }),
  status: 202,
  output: companyImport,
  errors: { import_state: 409, mapping_needs_cvr: 422, sheet_unknown: 422 },
  example: { params: exampleParams, body: { mapping: ['cvr', 'name'], scheme: 'DB25' }, output: { ...importExample, state: 'received' } },
});

export const applyImport = endpoint({
  name: 'applyImport',
  method: 'POST',
  path: '/api/company-imports/{import}/apply',
  summary: 'Write what the preview shows into the register',
  access: keepers,
  params,
  status: 202,
  output: companyImport,
  errors: { import_state: 409 },
  example: { params: exampleParams, output: { ...importExample, state: 'applying' } },
});

export const cancelImport = endpoint({
  name: 'cancelImport',
  method: 'POST',
  path: '/api/company-imports/{import}/cancel',
  summary: 'Throw a file away that has not been applied',
  access: keepers,
  params,
  status: 200,
  output: companyImport,
  errors: { import_state: 409 },
  example: { params: exampleParams, output: { ...importExample, state: 'cancelled' } },
});

export const undoImport = endpoint({
  name: 'undoImport',
  method: 'POST',
  path: '/api/company-imports/{import}/undo',
  summary: 'Put back what an import changed',
  description: 'Companies that somebody has written since, and new ones that are already in use, are left alone and listed.',
  access: keepers,
  params,
  status: 202,
  output: companyImport,
  errors: { import_state: 409 },
  example: { params: exampleParams, output: { ...importExample, state: 'undoing' } },
});

export const listKept = endpoint({
  name: 'listKept',
  method: 'GET',
  path: '/api/company-imports/{import}/kept',
  summary: 'What undo left alone (the first 1,000)',
  access: keepers,
  params,
  status: 200,
  output: z.array(z.object({ kind: z.enum(['company', 'unit']), id: z.guid(), name: z.string().nullable() })),
  example: { params: exampleParams, output: [{ kind: 'company', id: '01990000-0000-7000-8000-000000000101', name: 'Bjergager Smede & Montage' }] },
});
