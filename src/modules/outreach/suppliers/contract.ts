import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant', 'coordinator'] as const;

export const supplierRefusals = ['twice', 'itself', 'cvr', 'empty'] as const;
const because = z.enum(['contact_person', 'only', 'share', 'draw', 'centre', 'by_hand']);

const companyName = z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() });
const supplier = z.object({
  id: idOf('supplier'),
  no: z.number().int(),
  /** As it was written. */
  written: z.string(),
  cvr: z.string().nullable(),
  name: z.string().nullable(),
  town: z.string().nullable(),
  refusal: z.enum(supplierRefusals).nullable(),
  company: companyName.nullable(),
  /** Companies of the same name, for a person to confirm; never taken by themselves. */
  suggested: z.array(companyName.extend({ cvr: z.string() })),
  /** False, whatever the reason: it is not to be contacted (decisions, blindness). */
  available: z.boolean(),
  owner: z.object({ id: idOf('person'), name: z.string(), school: z.string().nullable() }).nullable(),
  because: because.nullable(),
  byHandReason: z.string().nullable(),
  contactedAt: instant.nullable(),
  /** How many of the held seats it wants. */
  seats: z.number().int(),
  /** It has taken them in the class. */
  seated: z.boolean(),
  version: z.number().int(),
  can: z.object({ match: z.boolean(), note: z.boolean(), pass: z.boolean(), seat: z.boolean() }),
});
export type Supplier = z.output<typeof supplier>;

const heldSeats = z.object({
  seats: z.number().int(),
  taken: z.number().int(),
  /** Of which course. */
  course: z.string(),
  /** The last day on which they are held. */
  until: calendarDay,
  /** When the rest was given free. */
  releasedAt: instant.nullable(),
  /** The class in which they are held; null: in none yet. */
  class: z.object({ id: idOf('class'), title: z.string(), starts: calendarDay, town: z.string() }).nullable(),
});

const listed = z.object({
  id: idOf('supplier list'),
  /** The large company that gave it. */
  from: companyName,
  madeAt: instant,
  withdrawnAt: instant.nullable(),
  suppliers: z.object({
    all: z.number().int(),
    /** Companies that the centre knows. */
    known: z.number().int(),
    contacted: z.number().int(),
  }),
  held: heldSeats.nullable(),
});
export type SupplierListRow = z.output<typeof listed>;

const list = listed.extend({
  contact: z.object({ id: idOf('contact'), name: z.string() }).nullable(),
  /** Null once it was withdrawn: the name is no longer used. */
  introduction: z.string().nullable(),
  madeBy: z.string(),
  lines: z.array(supplier),
  version: z.number().int(),
  can: z.object({ edit: z.boolean(), hold: z.boolean() }),
});
export type SupplierList = z.output<typeof list>;

const introduction = z.object({
  list: idOf('supplier list'),
  supplier: idOf('supplier'),
  from: companyName,
  text: z.string(),
  /** Whom to ask at the company that sends us. */
  contact: z.string().nullable(),
  on: calendarDay,
  owner: z.string().nullable(),
  contactedAt: instant.nullable(),
  seats: z.number().int(),
  /** Null where none are held (any more). */
  held: z.object({ left: z.number().int(), course: z.string(), until: calendarDay }).nullable(),
  version: z.number().int(),
  can: z.object({ note: z.boolean() }),
});
export type Introduction = z.output<typeof introduction>;

const facts = {
  contact: idOf('contact').nullable().default(null),
  held: z
    .strictObject({ seats: z.number().int().min(1).max(500), course: z.string().trim().min(1).max(200), until: calendarDay })
    .nullable()
    .default(null),
};
const added = {
  /** One company a line: company number and/or name, town. */
  lines: z.string().max(100_000).default(''),
  companies: z.array(idOf('company')).max(300).default([]),
};

const ids = {
  list: '01990000-0000-7000-8000-000000000671',
  supplier: '01990000-0000-7000-8000-000000000672',
  large: '01990000-0000-7000-8000-000000000103',
  company: '01990000-0000-7000-8000-000000000101',
  contact: '01990000-0000-7000-8000-000000000111',
  person: '01990000-0000-7000-8000-000000000001',
};
const exampleText = 'Nordmark Vind sagde, at vi skulle besøge jer.';
const exampleHeld = { seats: 5, course: 'Svejsning, certifikat', until: '2027-01-31' };
const exampleRow = {
  id: ids.list,
  from: { id: ids.large, name: 'Nordmark Vind', town: 'Limvig' },
  madeAt: '2026-11-17T08:00:00.000Z',
  withdrawnAt: null,
  suppliers: { all: 1, known: 1, contacted: 0 },
  held: { ...exampleHeld, taken: 0, releasedAt: null, class: null },
};
const exampleSupplier = {
  id: ids.supplier,
  no: 1,
  written: '99000014 Bjergager Smede, Limvig',
  cvr: '99000014',
  name: 'Bjergager Smede',
  town: 'Limvig',
  refusal: null,
  company: { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' },
  suggested: [],
  available: true,
  owner: { id: ids.person, name: 'Anna Holm', school: 'Fjordegnens Erhvervsskole' },
  because: 'share',
  byHandReason: null,
  contactedAt: null,
  seats: 0,
  seated: false,
  version: 1,
  can: { match: true, note: true, pass: true, seat: false },
};
const example = {
  ...exampleRow,
  contact: { id: ids.contact, name: 'Else Nordmark' },
  introduction: exampleText,
  madeBy: 'Anna Holm',
  lines: [exampleSupplier],
  version: 1,
  can: { edit: true, hold: true },
};
const listParams = z.strictObject({ list: idOf('supplier list') });
const supplierParams = z.strictObject({ list: idOf('supplier list'), supplier: idOf('supplier') });
const exampleParams = { list: ids.list, supplier: ids.supplier };

export const listSupplierLists = endpoint({
  name: 'listSupplierLists',
  method: 'GET',
  path: '/api/supplier-lists',
  summary: 'Subcontractors that large companies have named, newest list first',
  description: 'Row 2.29. All schools of the centre see all lists: they share the work. At most 200.',
  access: readers,
  status: 200,
  output: z.array(listed),
  example: { output: [exampleRow] },
});

export const readSupplierList = endpoint({
  name: 'readSupplierList',
  method: 'GET',
  path: '/api/supplier-lists/{list}',
  summary: 'A list: what may be said, who goes to whom, how many seats are held',
  access: readers,
  params: listParams,
  status: 200,
  output: list,
  example: { params: { list: ids.list }, output: example },
});

export const addSupplierList = endpoint({
  name: 'addSupplierList',
  method: 'POST',
  path: '/api/supplier-lists',
  summary: 'Write down which subcontractors a large company sends us to',
  description:
    'Row 2.29. Numbers of companies that the register knows are matched; names are only suggested and wait for a person; what matches nothing stays listed. A company named twice and the large company itself are refused, line by line. At most 300 lines. Within a minute the house gives each company that may be contacted to its contact person, else by the rule that enquiries are passed on by (rows 2.35, 3.05). An empty introduction gets the centre’s own words.',
  access: writers,
  body: z
    .strictObject({ company: idOf('company'), introduction: z.string().trim().max(1000).default(''), ...facts, ...added })
    .refine(({ lines, companies }) => lines.trim() !== '' || companies.length > 0, { path: ['lines'], params: { code: 'required' } }),
  status: 201,
  output: list,
  errors: { company_unknown: 422, supplier_contact_elsewhere: 422, suppliers_too_many: 422, seats_day_over: 422 },
  example: { body: { company: ids.large, introduction: exampleText, contact: ids.contact, held: exampleHeld, lines: '99000014 Bjergager Smede, Limvig' }, output: example },
});

export const writeSupplierList = endpoint({
  name: 'writeSupplierList',
  method: 'PUT',
  path: '/api/supplier-lists/{list}',
  summary: 'Change what may be said, whom to ask there, or the seats that are held',
  description: 'Never fewer seats than companies have taken: the database refuses it. A later day holds seats again that were given free.',
  access: writers,
  params: listParams,
  body: z.strictObject({ introduction: z.string().trim().min(1).max(1000), ...facts }),
  edits: true,
  status: 200,
  output: list,
  errors: { supplier_contact_elsewhere: 422, supplier_list_withdrawn: 409, seats_taken: 409, seats_day_over: 422 },
  example: { params: { list: ids.list }, body: { introduction: exampleText, contact: ids.contact, held: exampleHeld }, output: example },
});

export const addSuppliers = endpoint({
  name: 'addSuppliers',
  method: 'POST',
  path: '/api/supplier-lists/{list}/suppliers',
  summary: 'Add companies to a list',
  access: writers,
  params: listParams,
  body: z.strictObject(added).refine(({ lines, companies }) => lines.trim() !== '' || companies.length > 0, { path: ['lines'], params: { code: 'required' } }),
  status: 201,
  output: list,
  errors: { company_unknown: 422, suppliers_too_many: 422, supplier_list_withdrawn: 409 },
  example: { params: { list: ids.list }, body: { lines: 'Solhøj Maskinteknik; Tværby' }, output: example },
});

export const withdrawSupplierList = endpoint({
  name: 'withdrawSupplierList',
  method: 'PUT',
  path: '/api/supplier-lists/{list}/withdrawal',
  summary: 'The large company takes its word back: its name is no longer used',
  description: 'What may be said, and whom to ask there, are forgotten; nobody is sent to the rest; seats that nobody has taken are free. It cannot be undone.',
  access: writers,
  params: listParams,
  edits: true,
  status: 200,
  output: list,
  errors: { supplier_list_withdrawn: 409 },
  example: { params: { list: ids.list }, output: { ...example, withdrawnAt: '2026-11-18T08:00:00.000Z', introduction: null, contact: null, can: { edit: false, hold: false } } },
});

export const matchSupplier = endpoint({
  name: 'matchSupplier',
  method: 'PUT',
  path: '/api/supplier-lists/{list}/suppliers/{supplier}/company',
  summary: 'Say which company a line means',
  description: 'A person decides; until the company was contacted it can be set right, and is then passed on anew.',
  access: writers,
  params: supplierParams,
  body: z.strictObject({ company: idOf('company') }),
  edits: true,
  status: 200,
  output: supplier,
  errors: { company_unknown: 422, supplier_itself: 422, supplier_twice: 409, supplier_settled: 409 },
  example: { params: exampleParams, body: { company: ids.company }, output: exampleSupplier },
});

export const noteSupplier = endpoint({
  name: 'noteSupplier',
  method: 'PUT',
  path: '/api/supplier-lists/{list}/suppliers/{supplier}/outcome',
  summary: 'Say that a company was contacted, and how many of the held seats it wants',
  description: 'Whoever has it, or the coordinator. Never more seats than are held, however many ask at once; after the day they are free.',
  access: writers,
  params: supplierParams,
  body: z
    .strictObject({ contacted: z.boolean(), seats: z.number().int().min(0).max(500).default(0) })
    .refine(({ contacted, seats }) => contacted || seats === 0, { path: ['contacted'], params: { code: 'required' } }),
  edits: true,
  status: 200,
  output: supplier,
  errors: { not_your_supplier: 403, supplier_list_withdrawn: 409, company_not_available: 409, seats_full: 409, seats_not_held: 409, supplier_seated: 409 },
  example: { params: exampleParams, body: { contacted: true, seats: 2 }, output: { ...exampleSupplier, contactedAt: '2026-11-17T10:00:00.000Z', seats: 2 } },
});

const exampleClass = { id: '01990000-0000-7000-8000-000000000911', title: 'Svejsning, certifikat', starts: '2027-01-11', town: 'Limvig' };
export const holdListSeats = endpoint({
  name: 'holdListSeats',
  method: 'PUT',
  path: '/api/supplier-lists/{list}/class',
  summary: 'Hold the seats of a list in a class',
  description:
    'Row 2.29. As many as the list holds, until its day and no longer than until the class begins. `class_full`: so many are not free, or somebody waits for them. It stays with that class.',
  access: ['coordinator'],
  params: listParams,
  body: z.strictObject({ class: idOf('class') }),
  edits: true,
  status: 200,
  output: list,
  errors: { supplier_list_withdrawn: 409, seats_not_held: 409, seats_in_class: 409, suppliers_unknown: 409, class_full: 409 },
  example: {
    params: { list: ids.list },
    body: { class: exampleClass.id },
    output: { ...example, held: { ...exampleHeld, taken: 0, releasedAt: null, class: exampleClass }, can: { edit: true, hold: false } },
  },
});

export const takeSupplierSeats = endpoint({
  name: 'takeSupplierSeats',
  method: 'POST',
  path: '/api/supplier-lists/{list}/suppliers/{supplier}/seats',
  summary: 'Take seats for a company of a list, out of those that are held in the class',
  description: 'Row 2.29. Whoever has the company, or the coordinator; once. The company hears of its seats as everybody with a seat does, and is counted as contacted.',
  access: writers,
  params: supplierParams,
  body: z.strictObject({ seats: z.int().min(1).max(500) }),
  edits: true,
  status: 200,
  output: supplier,
  errors: { not_your_supplier: 403, supplier_list_withdrawn: 409, company_not_available: 409, seats_full: 409, seats_not_held: 409, supplier_seated: 409 },
  example: { params: exampleParams, body: { seats: 2 }, output: { ...exampleSupplier, contactedAt: '2026-11-17T10:00:00.000Z', seats: 2, seated: true } },
});

export const passSupplier = endpoint({
  name: 'passSupplier',
  method: 'PUT',
  path: '/api/supplier-lists/{list}/suppliers/{supplier}/owner',
  summary: 'Give a company of a list to a colleague, with the reason',
  description: 'Row 3.05: what departs from the rule says why.',
  access: writers,
  params: supplierParams,
  body: z.strictObject({ person: idOf('person'), reason: z.string().trim().min(1).max(500) }),
  edits: true,
  status: 200,
  output: supplier,
  errors: { not_your_supplier: 403, supplier_list_withdrawn: 409, company_not_available: 409, not_consulting: 422 },
  example: { params: exampleParams, body: { person: ids.person, reason: 'Kender branchen.' }, output: { ...exampleSupplier, because: 'by_hand', byHandReason: 'Kender branchen.' } },
});

export const listOwnSuppliers = endpoint({
  name: 'listOwnSuppliers',
  method: 'GET',
  path: '/api/suppliers',
  summary: 'Companies that one was sent to by a large company and has not contacted yet',
  access: ['consultant'],
  status: 200,
  output: z.array(z.object({ list: idOf('supplier list'), from: z.string(), company: companyName })),
  example: { output: [{ list: ids.list, from: 'Nordmark Vind', company: exampleSupplier.company }] },
});

export const listIntroductions = endpoint({
  name: 'listIntroductions',
  method: 'GET',
  path: '/api/companies/{company}/introductions',
  summary: 'Which large companies send us to a company, and what may be said in their name',
  access: readers,
  params: z.strictObject({ company: idOf('company') }),
  status: 200,
  output: z.array(introduction),
  example: {
    params: { company: ids.company },
    output: [
      {
        list: ids.list,
        supplier: ids.supplier,
        from: exampleRow.from,
        text: exampleText,
        contact: 'Else Nordmark',
        on: '2026-11-17',
        owner: 'Anna Holm',
        contactedAt: null,
        seats: 0,
        held: { left: 5, course: exampleHeld.course, until: exampleHeld.until },
        version: 1,
        can: { note: true },
      },
    ],
  },
});
