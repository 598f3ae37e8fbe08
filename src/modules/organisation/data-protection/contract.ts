import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { clocks, keepReasons, kinds, subjects } from './model.ts';

const access = ['data_protection'] as const;
/** A row that tells of a person: table and key, as a search answered them. */
const ref = z.string().min(3).max(400);
const refs = z.array(ref).min(1).max(200);

// ---- A person ------------------------------------------------------------------------------------------------------------------------------------

const match = z.object({
  ref,
  kind: z.enum(kinds),
  about: z.enum(subjects),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  company: z.string().nullable(),
  at: instant.nullable(),
  /** For the access log: what the row is about. */
  id: z.guid().nullable(),
});
const exampleMatch = {
  ref: 'contact/01990000-0000-7000-8000-000000000111',
  kind: 'contacts',
  about: 'contact',
  name: 'Preben Bjergager',
  email: 'preben@bjergager.example',
  phone: '00 98 76 54',
  company: 'Bjergager Smede',
  at: '2026-11-17T08:20:00.000Z',
  id: '01990000-0000-7000-8000-000000000111',
};

export const findPersons = endpoint({
  name: 'findPersons',
  method: 'POST',
  path: '/api/data-protection/persons/search',
  summary: 'Find somebody by name, e-mail address or telephone in everything the centre keeps',
  description: 'A name of three letters or more, a whole e-mail address, or a number of eight digits; at most 100 rows. GDPR articles 15 and 17.',
  access,
  body: z.strictObject({ text: z.string().trim().min(3).max(200) }),
  status: 200,
  output: z.object({ matches: z.array(match), more: z.boolean() }),
  errors: { too_little: 422 },
  logsAccess: true,
  example: { body: { text: 'Preben Bjergager' }, output: { matches: [exampleMatch], more: false } },
});

const found = z.object({
  kind: z.enum(kinds),
  /** Rows that are about the person. */
  rows: z.number().int(),
  /** Texts about something else in which the person is named. */
  mentions: z.number().int(),
  erasing: z.enum(['delete', 'blank', 'keep']),
  because: z.enum(keepReasons).nullable(),
});
const look = z.object({ names: z.array(z.string()), emails: z.array(z.string()), phones: z.array(z.string()), companies: z.array(z.string()), found: z.array(found), erasable: z.boolean() });
const exampleLook = {
  names: ['Preben Bjergager'],
  emails: ['preben@bjergager.example'],
  phones: ['00987654'],
  companies: ['Bjergager Smede'],
  found: [{ kind: 'contacts', rows: 1, mentions: 0, erasing: 'delete', because: null }],
  erasable: true,
};

export const lookAtPerson = endpoint({
  name: 'lookAtPerson',
  method: 'POST',
  path: '/api/data-protection/persons/look',
  summary: 'How much is kept about somebody, kind by kind, and what erasing would do',
  description: 'Rows that bear the same address or number and the same name count as well as those that were picked; so do all rows of a contact that was picked.',
  access,
  body: z.strictObject({ refs }),
  status: 200,
  output: look,
  logsAccess: true,
  example: { body: { refs: [exampleMatch.ref] }, output: exampleLook },
});

const line = z.object({ kind: z.enum(kinds), about: z.enum(subjects), at: instant.nullable(), company: z.string().nullable(), facts: z.record(z.string(), z.unknown()) });
const personData = z.object({
  centre: z.string(),
  made: instant,
  names: z.array(z.string()),
  rows: z.array(line),
  mentions: z.array(line),
  /** Who of the centre opened pages with the person on them. */
  readers: z.array(z.object({ at: instant, person: z.string(), endpoint: z.string() })),
  /** How many months each kind of data is kept. */
  kept: z.array(z.object({ kind: z.enum(kinds), months: z.number().int() })),
});
export type PersonData = z.output<typeof personData>;

export const readPersonData = endpoint({
  name: 'readPersonData',
  method: 'POST',
  path: '/api/data-protection/persons/data',
  summary: 'Everything that is kept about somebody, as data',
  description: 'GDPR articles 15 and 20. With sources and lawful basis where they are kept, who of the centre opened it, and how long it is kept.',
  access,
  body: z.strictObject({ refs }),
  status: 200,
  output: personData,
  logsAccess: true,
  example: {
    body: { refs: [exampleMatch.ref] },
    output: {
      centre: 'VEU-center Fjordegnen',
      made: '2026-11-17T08:20:00.000Z',
      names: ['Preben Bjergager'],
      rows: [{ kind: 'contacts', about: 'contact', at: '2026-11-17T08:20:00.000Z', company: 'Bjergager Smede', facts: { name: 'Preben Bjergager', source: 'Opkald' } }],
      mentions: [],
      readers: [],
      kept: [{ kind: 'calls', months: 24 }],
    },
  },
});

export const makePersonFile = endpoint({
  name: 'makePersonFile',
  method: 'POST',
  path: '/api/data-protection/persons/file',
  summary: 'The person file: the same to read and to hand over, with the data in it',
  description: 'One page of HTML that needs nothing else; the data as JSON stands in its element with the id data.',
  access,
  body: z.strictObject({ refs, language: z.enum(['da', 'en']).default('da') }),
  status: 200,
  output: z.any(),
  download: 'text/html; charset=utf-8',
  logsAccess: true,
  example: { body: { refs: [exampleMatch.ref], language: 'da' } },
});

// ---- Erasing -------------------------------------------------------------------------------------------------------------------------------------

const counted = z.record(z.string(), z.number().int());
const erasure = z.object({
  id: idOf('erasure'),
  by: z.string(),
  at: instant,
  state: z.enum(['running', 'done', 'failed']),
  counts: counted,
  kept: z.record(z.string(), z.enum(keepReasons)),
  doneAt: instant.nullable(),
});
const exampleErasure = {
  id: '01990000-0000-7000-8000-000000000701',
  by: 'Karen Møller',
  at: '2026-11-17T08:20:00.000Z',
  state: 'done',
  counts: { contacts: 1, calls: 2 },
  kept: { agreements: 'signed' },
  doneAt: '2026-11-17T08:20:01.000Z',
};

export const erasePerson = endpoint({
  name: 'erasePerson',
  method: 'POST',
  path: '/api/data-protection/erasures',
  summary: 'Erase somebody: rows, texts, files, mails and search, while figures stay',
  description:
    'GDPR article 17. Carried out in the background in small pieces; doing it twice changes nothing. "Never call us" stays as a keyed hash, and addresses and numbers are kept as keyed hashes so that no file brings the person back. What the law wants kept stays, with the reason.',
  access,
  body: z.strictObject({ refs, sure: z.literal(true) }),
  status: 202,
  output: erasure,
  errors: { still_here: 409, works_elsewhere: 409 },
  example: { body: { refs: [exampleMatch.ref], sure: true }, output: { ...exampleErasure, state: 'running', counts: {}, kept: {}, doneAt: null } },
});

export const listErasures = endpoint({
  name: 'listErasures',
  method: 'GET',
  path: '/api/data-protection/erasures',
  summary: 'Erasures that were asked for, newest first; nobody’s name is in them',
  access,
  query: z.strictObject(pageQuery),
  status: 200,
  output: pageOf(erasure),
  example: { query: { limit: 50 }, output: { items: [exampleErasure], next: null } },
});

export const readErasure = endpoint({
  name: 'readErasure',
  method: 'GET',
  path: '/api/data-protection/erasures/{erasure}',
  summary: 'How far an erasure is',
  access,
  params: z.strictObject({ erasure: idOf('erasure') }),
  status: 200,
  output: erasure,
  example: { params: { erasure: exampleErasure.id }, output: exampleErasure },
});

// ---- How long ------------------------------------------------------------------------------------------------------------------------------------

const clock = z.object({
  clock: z.enum(clocks),
  kind: z.enum(kinds),
  months: z.number().int(),
  standard: z.number().int(),
  floor: z.number().int(),
  ceiling: z.number().int(),
  paused: z.object({ until: calendarDay, because: z.string() }).nullable(),
  /** Over its time now: goes tonight, or when the pause ends. */
  due: z.number().int(),
  /** Goes within the next 30 days. */
  soon: z.number().int(),
  next: calendarDay.nullable(),
  last: z.object({ day: calendarDay, gone: z.number().int() }).nullable(),
  version: z.number().int(),
});
const exampleClock = {
  clock: 'call_notes',
  kind: 'calls',
  months: 24,
  standard: 24,
  floor: 3,
  ceiling: 36,
  paused: null,
  due: 0,
  soon: 3,
  next: '2026-12-02',
  last: { day: '2026-11-17', gone: 2 },
  version: 0,
};

export const readRetention = endpoint({
  name: 'readRetention',
  method: 'GET',
  path: '/api/data-protection/retention',
  summary: 'How long each kind of data is kept, and what goes next',
  description: 'GDPR article 5, 1 e. Carried out every night; months count from what the kind says.',
  access,
  status: 200,
  output: z.array(clock),
  example: { output: [exampleClock] },
});

export const writeRetention = endpoint({
  name: 'writeRetention',
  method: 'PUT',
  path: '/api/data-protection/retention/{clock}',
  summary: 'Choose how long a kind of data is kept, or pause its clock until a day, with a reason',
  access,
  params: z.strictObject({ clock: z.enum(clocks) }),
  body: z.strictObject({
    months: z.number().int().min(0).max(120),
    paused: z
      .strictObject({ until: calendarDay, because: z.string().trim().min(3).max(300) })
      .nullable()
      .default(null),
  }),
  edits: true,
  status: 200,
  output: clock,
  errors: { months_outside: 422, pause_too_long: 422 },
  example: { params: { clock: 'call_notes' }, body: { months: 12, paused: null }, output: { ...exampleClock, months: 12, version: 1 } },
});

export const listDue = endpoint({
  name: 'listDue',
  method: 'GET',
  path: '/api/data-protection/retention/{clock}/due',
  summary: 'What of a kind goes within 30 days, the oldest first: day and company, no names',
  access,
  params: z.strictObject({ clock: z.enum(clocks) }),
  status: 200,
  output: z.array(z.object({ since: calendarDay, goes: calendarDay, company: z.string().nullable() })),
  example: { params: { clock: 'call_notes' }, output: [{ since: '2024-12-02', goes: '2026-12-02', company: 'Bjergager Smede' }] },
});

// ---- Who saw whom --------------------------------------------------------------------------------------------------------------------------------

export const listAccess = endpoint({
  name: 'listAccess',
  method: 'GET',
  path: '/api/data-protection/access',
  summary: 'Who opened whose data, newest first',
  description: 'By who looked, by whom or what was looked at (a contact, a person who works here, or a company: the id), and by days of the centre’s zone.',
  access,
  query: z.strictObject({ ...pageQuery, by: idOf('person').optional(), about: z.guid().optional(), from: calendarDay.optional(), to: calendarDay.optional() }),
  status: 200,
  output: pageOf(z.object({ id: z.guid(), at: instant, person: z.string(), endpoint: z.string(), about: z.array(z.string()) })),
  example: {
    query: { limit: 50 },
    output: {
      items: [{ id: '01990000-0000-7000-8000-000000000801', at: '2026-11-17T08:20:00.000Z', person: 'Anna Holm', endpoint: 'listContacts', about: ['Bjergager Smede'] }],
      next: null,
    },
  },
});

// ---- The register and its texts ------------------------------------------------------------------------------------------------------------------

export const readRecord = endpoint({
  name: 'readRecord',
  method: 'GET',
  path: '/api/data-protection/record',
  summary: 'The record of processing: kinds of data, whose they are, where they stand, how long, what erasing does',
  description: 'GDPR article 30, made of the same register that search, person file, erasure and clocks work by.',
  access,
  status: 200,
  output: z.array(
    z.object({ kind: z.enum(kinds), about: z.array(z.enum(subjects)), columns: z.number().int(), months: z.array(z.number().int()), erasing: z.array(z.enum(['delete', 'blank', 'keep'])) }),
  ),
  example: { output: [{ kind: 'calls', about: ['contact'], columns: 5, months: [24, 1], erasing: ['blank'] }] },
});

export const texts = ['record', 'joint_controllers', 'processor', 'notice'] as const;
export const readText = endpoint({
  name: 'readText',
  method: 'GET',
  path: '/api/data-protection/texts/{text}',
  summary: 'A text to begin with: record of processing, arrangement of joint controllers, processor agreement, notice',
  description: 'GDPR articles 30, 26, 28 and 14. Our own words with the centre’s facts in them; no legal advice.',
  access,
  params: z.strictObject({ text: z.enum(texts) }),
  query: z.strictObject({ language: z.enum(['da', 'en']).default('da') }),
  status: 200,
  output: z.any(),
  download: 'text/markdown; charset=utf-8',
  example: { params: { text: 'record' }, query: { language: 'da' } },
});
