import * as z from 'zod';
import { mostColumns } from '../../../kit/columns.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { courseKinds } from '../courses/contract.ts';
import { columnFields, doubtCodes, refusals } from './model.ts';

const mapping = z.array(z.enum(columnFields).nullable()).max(mostColumns);
const states = ['received', 'reading', 'ready', 'applying', 'done', 'undoing', 'undone', 'failed', 'cancelled'] as const;
const outcomes = ['new', 'changed', 'same', 'refused'] as const;
const senders = ['manager', 'coordinator'] as const;
const readers = ['consultant', 'manager', 'coordinator'] as const;

/** The course of a whole file: AMU has five digits, others are called what the school calls them. Without a kind it is found out. */
const course = { courseKind: z.enum(courseKinds).optional(), courseCode: z.string().trim().min(1).max(20).optional() };

const classFile = z.object({
  id: idOf('class file'),
  /** Null: the coordinator's, for all schools. */
  schoolId: idOf('school').nullable(),
  /** Where it was fetched; null: it was sent. */
  address: z.string().nullable(),
  format: z.enum(['json', 'csv', 'xlsx']).nullable(),
  fileName: z.string(),
  bytes: z.number().int(),
  headings: z.array(z.string()),
  samples: z.array(z.array(z.string())),
  mapping,
  course: z.object({ kind: z.enum(courseKinds), code: z.string() }).nullable(),
  defaultSchool: idOf('school').nullable(),
  /** When its seats were counted. */
  asOf: instant,
  complete: z.boolean(),
  /** The institutions that it names (at most 100), and which school each is; null: none of the centre. */
  institutions: z.array(z.object({ name: z.string(), rows: z.number().int(), school: idOf('school').nullable() })),
  state: z.enum(states),
  /** Why it failed, as a stable code. */
  error: z.string().nullable(),
  /** Rows applied so far, of how many. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  rows: z.object({
    read: z.number().int(),
    new: z.number().int(),
    changed: z.number().int(),
    same: z.number().int(),
    refused: z.number().int(),
    doubtful: z.number().int(),
    vanished: z.number().int(),
    restored: z.number().int(),
    kept: z.number().int(),
  }),
  person: z.string().nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
});
export type ClassFile = z.output<typeof classFile>;

/** A column of a class, what it was and what it becomes; amounts in øre, a course by its code. */
const change = z.object({ field: z.string(), before: z.union([z.string(), z.number(), z.boolean()]).nullable(), after: z.union([z.string(), z.number(), z.boolean()]).nullable() });

const example = {
  id: '01990000-0000-7000-8000-000000000431',
  schoolId: null,
  address: null,
  format: 'csv',
  fileName: 'hold-foraar.csv',
  bytes: 18_200,
  headings: ['kviknummer', 'holdtitel', 'startdato', 'slutdato', 'pladser'],
  samples: [['40017ØST2701A', 'Svejs, grundkursus', '11.01.2027', '15.01.2027', '14']],
  mapping: ['number', 'title', 'starts', 'ends', 'maximum'],
  course: { kind: 'amu', code: '40017' },
  defaultSchool: null,
  asOf: '2026-11-17T07:20:00.000Z',
  complete: false,
  institutions: [{ name: 'Fjordegnens Tekniske Skole', rows: 40, school: '01990000-0000-7000-8000-000000000011' }],
  state: 'ready',
  error: null,
  progress: { done: 0, total: 42 },
  rows: { read: 42, new: 31, changed: 6, same: 3, refused: 2, doubtful: 1, vanished: 0, restored: 0, kept: 0 },
  person: 'Camilla Lund',
  createdAt: '2026-11-17T07:20:00.000Z',
  finishedAt: null,
};
const params = z.strictObject({ file: idOf('class file') });
const exampleParams = { file: example.id };
const classExample = { classId: '01990000-0000-7000-8000-000000000441', number: '40017ØST2701A', title: 'Svejs, grundkursus', schoolId: '01990000-0000-7000-8000-000000000011', starts: '2027-01-11' };

export const sendClassFile = endpoint({
  name: 'sendClassFile',
  method: 'POST',
  path: '/api/class-files',
  summary: 'Send a file with classes; it is read and compared in the background',
  description:
    'The body is the file: the national search’s own JSON (holdCardDtos: a whole answer, several one after the other, or an array), CSV (semicolon, comma or tab; UTF-8 or Latin-1) or XLSX (first sheet). The kviknummer is the key: a class that is known is updated. A manager’s file is for their own school. Nothing is written to classes before it is applied (rows 4.01, 4.05).',
  access: senders,
  upload: true,
  query: z.strictObject({
    fileName: z.string().trim().min(1).max(255).default('classes'),
    complete: z.enum(['true', 'false']).default('false'),
    ...course,
  }),
  status: 202,
  output: classFile,
  errors: { file_empty: 422, course_code: 422 },
  example: { query: { fileName: 'hold-foraar.csv' }, output: { ...example, state: 'received' } },
});

export const fetchClasses = endpoint({
  name: 'fetchClasses',
  method: 'POST',
  path: '/api/class-files/address',
  summary: 'Fetch classes from an address that answers as the national search does',
  description:
    'Over https only. Where the address counts pages (pageCount), they are asked for one after the other until one brings nothing new, thirty at most. The course is the one that the address asks for (subject_code, type) unless it is given.',
  access: senders,
  body: z.strictObject({ address: z.string().trim().min(1).max(2000), complete: z.boolean().default(false), ...course }),
  status: 202,
  output: classFile,
  errors: { address_refused: 422, course_code: 422 },
  example: {
    body: { address: 'https://voksenuddannelse.example/soeg-api/api/search/hold/searchHold?subject_code=40017&type=AMU&pageCount=1' },
    output: { ...example, state: 'received', format: null },
  },
});

export const fetchClassesAgain = endpoint({
  name: 'fetchClassesAgain',
  method: 'POST',
  path: '/api/class-files/{file}/again',
  summary: 'Fetch the same address once more, as a file of its own',
  access: senders,
  params,
  status: 202,
  output: classFile,
  errors: { not_from_address: 422 },
  example: { params: exampleParams, output: { ...example, state: 'received' } },
});

export const listClassFiles = endpoint({
  name: 'listClassFiles',
  method: 'GET',
  path: '/api/class-files',
  summary: 'The files with classes, newest first: a manager’s own school’s, a coordinator’s all',
  access: senders,
  query: z.strictObject({ ...pageQuery }),
  status: 200,
  output: pageOf(classFile),
  example: { output: { items: [example], next: null } },
});

export const readClassFile = endpoint({
  name: 'readClassFile',
  method: 'GET',
  path: '/api/class-files/{file}',
  summary: 'A file: how far it is and what it would do or has done',
  access: senders,
  params,
  status: 200,
  output: classFile,
  example: { params: exampleParams, output: example },
});

export const listClassFileRows = endpoint({
  name: 'listClassFileRows',
  method: 'GET',
  path: '/api/class-files/{file}/rows',
  summary: 'The rows of a file, in its order, each with what changes',
  access: senders,
  params,
  query: z.strictObject({ ...pageQuery, outcome: z.enum([...outcomes, 'doubtful']).optional() }),
  status: 200,
  output: pageOf(
    z.object({
      no: z.number().int(),
      outcome: z.enum(outcomes),
      refusal: z.enum(refusals).nullable(),
      doubts: z.array(z.enum(doubtCodes)),
      number: z.string().nullable(),
      institution: z.string().nullable(),
      schoolId: idOf('school').nullable(),
      title: z.string().nullable(),
      starts: z.iso.date().nullable(),
      courseCode: z.string().nullable(),
      classId: idOf('class').nullable(),
      changes: z.array(change),
    }),
  ),
  example: {
    params: exampleParams,
    query: { outcome: 'changed' },
    output: {
      items: [
        {
          no: 7,
          outcome: 'changed',
          refusal: null,
          doubts: [],
          institution: 'Fjordegnens Tekniske Skole',
          courseCode: '40017',
          ...classExample,
          changes: [{ field: 'taken_elsewhere', before: 4, after: 11 }],
        },
      ],
      next: null,
    },
  },
});

const named = z.object({ classId: idOf('class').nullable(), number: z.string().nullable(), title: z.string(), schoolId: idOf('school').nullable(), starts: z.iso.date().nullable() });

export const listVanishedClasses = endpoint({
  name: 'listVanishedClasses',
  method: 'GET',
  path: '/api/class-files/{file}/vanished',
  summary: 'Classes to come that a complete file no longer names (the first 1,000); they are never removed',
  access: senders,
  params,
  status: 200,
  output: z.array(named),
  example: { params: exampleParams, output: [classExample] },
});

export const downloadRefusedClasses = endpoint({
  name: 'downloadRefusedClasses',
  method: 'GET',
  path: '/api/class-files/{file}/refused',
  summary: 'Every refused row as a file, each with its reason',
  access: senders,
  params,
  status: 200,
  output: z.string(),
  download: 'text/csv; charset=utf-8',
  example: { params: exampleParams, output: 'row;reason;kviknummer;holdtitel\n7;end_before_start;40017ØST2701A;Svejs\n' },
});

export const readClassFileAgain = endpoint({
  name: 'readClassFileAgain',
  method: 'PUT',
  path: '/api/class-files/{file}/reading',
  summary: 'Say how a file is to be understood; it is read again',
  description:
    'Which column holds what (left out for JSON), what the file does not say of itself, when its seats were counted, and which school an institution is: that is remembered for later files. A manager may only name their own school.',
  access: senders,
  params,
  body: z.strictObject({
    mapping: mapping.nullable().default(null),
    ...course,
    defaultSchool: idOf('school').nullable().default(null),
    asOf: instant.nullable().default(null),
    complete: z.boolean().default(false),
    schools: z
      .array(z.strictObject({ institution: z.string().trim().min(1).max(200), school: idOf('school') }))
      .max(100)
      .default([]),
  }),
  status: 202,
  output: classFile,
  errors: { file_state: 409, mapping_needs_number: 422, course_code: 422, as_of_future: 422, school_not_found: 422, institution_taken: 409 },
  example: { params: exampleParams, body: { mapping: ['number', 'title', 'starts', 'ends', 'maximum'], courseCode: '40017' }, output: { ...example, state: 'received' } },
});

export const applyClassFile = endpoint({
  name: 'applyClassFile',
  method: 'POST',
  path: '/api/class-files/{file}/apply',
  summary: 'Write what the preview shows',
  access: senders,
  params,
  status: 202,
  output: classFile,
  errors: { file_state: 409 },
  example: { params: exampleParams, output: { ...example, state: 'applying' } },
});

export const cancelClassFile = endpoint({
  name: 'cancelClassFile',
  method: 'POST',
  path: '/api/class-files/{file}/cancel',
  summary: 'Throw a file away that has not been applied',
  access: senders,
  params,
  status: 200,
  output: classFile,
  errors: { file_state: 409 },
  example: { params: exampleParams, output: { ...example, state: 'cancelled' } },
});

export const undoClassFile = endpoint({
  name: 'undoClassFile',
  method: 'POST',
  path: '/api/class-files/{file}/undo',
  summary: 'Put back what a file changed',
  description: 'Classes that somebody has written since, and new ones that are in use, are left alone and listed.',
  access: senders,
  params,
  status: 202,
  output: classFile,
  errors: { file_state: 409 },
  example: { params: exampleParams, output: { ...example, state: 'undoing' } },
});

export const listKeptClasses = endpoint({
  name: 'listKeptClasses',
  method: 'GET',
  path: '/api/class-files/{file}/kept',
  summary: 'Classes that undo left alone (the first 1,000)',
  access: senders,
  params,
  status: 200,
  output: z.array(named),
  example: { params: exampleParams, output: [classExample] },
});

export const listClassChanges = endpoint({
  name: 'listClassChanges',
  method: 'GET',
  path: '/api/class-changes',
  summary: 'What files changed about classes that were known, newest first',
  description: 'Seats, days and cancellations of other systems as a file found them, for whoever has to act on them (row 4.05). What was undone is not in it.',
  access: readers,
  query: z.strictObject({ ...pageQuery, class: idOf('class').optional() }),
  status: 200,
  output: pageOf(z.object({ ...named.shape, classId: idOf('class'), fileId: idOf('class file'), at: instant, changes: z.array(change) })),
  example: { output: { items: [{ ...classExample, fileId: example.id, at: '2026-11-17T07:25:00.000Z', changes: [{ field: 'state', before: 'confirmed', after: 'cancelled' }] }], next: null } },
});
