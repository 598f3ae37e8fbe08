import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { optionalText } from '../../../kit/text.ts';
import { companyReaders } from '../register/contract.ts';

/** In a small company the first-line leader is the owner or a middle manager (row 2.39). */
export const contactRoles = ['owner', 'leader', 'middle_manager', 'hr', 'shop_steward', 'employee', 'other'] as const;
/** On what ground a person's name may be kept (GDPR article 6). */
export const lawfulBases = ['public_task', 'legitimate_interest', 'consent', 'agreement'] as const;

const facts = {
  name: z.string().trim().min(1).max(200),
  role: z.enum(contactRoles),
  title: z.string().trim().max(100).default(''),
  phone: optionalText(30),
  email: z.union([z.literal('').transform(() => null), z.email().max(320), z.null()]).default(null),
  /** ISO 639-1 of the language to speak. */
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default('da'),
  basis: z.enum(lawfulBases),
  /** Where the centre has it from: "opkald", "hjemmeside". */
  source: z.string().trim().min(1).max(200),
  /** When somebody should ask whether it is still needed. */
  reviewOn: calendarDay,
};

const contact = z.object({
  id: idOf('contact'),
  name: z.string(),
  role: z.enum(contactRoles),
  title: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string(),
  basis: z.enum(lawfulBases),
  source: z.string(),
  reviewOn: calendarDay,
  reviewDue: z.boolean(),
  version: z.number().int(),
});

const exampleFacts = {
  name: 'Preben Bjergager',
  role: 'owner',
  title: 'Ejer',
  phone: '00 98 76 54',
  email: 'preben@bjergager.example',
  language: 'da',
  basis: 'public_task',
  source: 'Opkald',
  reviewOn: '2028-11-17',
};
const example = { id: '01990000-0000-7000-8000-000000000111', ...exampleFacts, reviewDue: false, version: 1 };
const company = z.strictObject({ company: idOf('company') });
const one = z.strictObject({ company: idOf('company'), contact: idOf('contact') });
const params = { company: '01990000-0000-7000-8000-000000000101', contact: example.id };

export const listContacts = endpoint({
  name: 'listContacts',
  method: 'GET',
  path: '/api/companies/{company}/contacts',
  summary: 'The people at a company that the centre knows',
  description: 'Row 2.39.',
  access: companyReaders,
  params: company,
  status: 200,
  output: z.array(contact),
  logsAccess: true,
  example: { params: { company: params.company }, output: [example] },
});

export const addContact = endpoint({
  name: 'addContact',
  method: 'POST',
  path: '/api/companies/{company}/contacts',
  summary: 'Add a person at a company, with role, language and lawful basis',
  access: companyReaders,
  params: company,
  body: z.strictObject(facts),
  status: 201,
  output: contact,
  errors: { contact_known: 409 },
  example: { params: { company: params.company }, body: exampleFacts, output: example },
});

export const writeContact = endpoint({
  name: 'writeContact',
  method: 'PUT',
  path: '/api/companies/{company}/contacts/{contact}',
  summary: 'Change a person at a company',
  access: companyReaders,
  params: one,
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: contact,
  errors: { contact_known: 409 },
  example: { params, body: exampleFacts, output: { ...example, version: 2 } },
});

export const removeContact = endpoint({
  name: 'removeContact',
  method: 'DELETE',
  path: '/api/companies/{company}/contacts/{contact}',
  summary: 'Remove a person at a company for good',
  access: companyReaders,
  params: one,
  status: 204,
  output: z.null(),
  example: { params },
});
