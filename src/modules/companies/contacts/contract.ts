import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
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
  /** Said no to being contacted (GDPR article 21): no mail leaves to this address and nobody calls the number. */
  objected: z.boolean(),
  /** The day since when mail comes back because nobody has this address; a new address takes it away. */
  returnedSince: calendarDay.nullable(),
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
const example = { id: '01990000-0000-7000-8000-000000000111', ...exampleFacts, reviewDue: false, objected: false, returnedSince: null, version: 1 };
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

// ---- Duties towards them -------------------------------------------------------------------------------------------------------------------------

/** Who follows up that people were told, that names are still needed, and that a no is a no. */
const keepers = ['data_protection', 'coordinator'] as const;
const objectors = [...companyReaders, 'data_protection'] as const;

export const objectContact = endpoint({
  name: 'objectContact',
  method: 'POST',
  path: '/api/companies/{company}/contacts/{contact}/objection',
  summary: 'Write down that somebody said no to being contacted',
  description: 'GDPR article 21. From then on no mail of the centre leaves to their address, and their number is called by nobody. The company may still be reached through others.',
  access: objectors,
  params: one,
  body: z.strictObject({ reason: z.string().trim().max(300).default('') }),
  status: 204,
  output: z.null(),
  errors: { objected: 409 },
  example: { params, body: { reason: 'Bad om det i telefonen' } },
});

export const liftContactObjection = endpoint({
  name: 'liftContactObjection',
  method: 'POST',
  path: '/api/companies/{company}/contacts/{contact}/objection/lift',
  summary: 'Lift somebody’s no, with a reason',
  access: objectors,
  params: one,
  body: z.strictObject({ because: z.string().trim().min(3).max(300) }),
  status: 204,
  output: z.null(),
  errors: { not_objected: 409 },
  example: { params, body: { because: 'Vil gerne høre om svejsning' } },
});

const duty = z.object({
  id: idOf('contact'),
  name: z.string(),
  companyId: idOf('company'),
  company: z.string(),
  hasEmail: z.boolean(),
  basis: z.enum(lawfulBases),
  source: z.string(),
  /** The day they were written down, and when somebody should ask again. */
  since: calendarDay,
  reviewOn: calendarDay,
  /** Over the time: not told within a month, or the review is due. */
  late: z.boolean(),
  objected: z.boolean(),
  /** Why they said no, where they did. */
  reason: z.string(),
});
const exampleDuty = {
  id: example.id,
  name: example.name,
  companyId: params.company,
  company: 'Bjergager Smede',
  hasEmail: true,
  basis: 'public_task',
  source: 'Opkald',
  since: '2026-10-01',
  reviewOn: '2028-11-17',
  late: true,
  objected: false,
  reason: '',
};

export const duties = ['untold', 'review', 'objected'] as const;
export const listContactDuties = endpoint({
  name: 'listContactDuties',
  method: 'GET',
  path: '/api/contact-duties',
  summary: 'Contacts who were not told that their name stands here, whose review is due within a month, or who said no',
  description: 'GDPR articles 14, 5 and 21. Whoever was written down longest ago, or is to be reviewed first, comes first.',
  access: keepers,
  query: z.strictObject({ ...pageQuery, duty: z.enum(duties) }),
  status: 200,
  output: pageOf(duty),
  logsAccess: true,
  example: { query: { duty: 'untold', limit: 50 }, output: { items: [exampleDuty], next: null } },
});

export const countContactDuties = endpoint({
  name: 'countContactDuties',
  method: 'GET',
  path: '/api/contact-duties/late',
  summary: 'How many contacts were not told in time, and how many reviews are due: no names',
  description: 'GDPR articles 14 and 5. Counted up to 100 each; 100 stands for as many or more.',
  access: keepers,
  status: 200,
  output: z.object({ untold: z.number().int().max(100), review: z.number().int().max(100) }),
  example: { output: { untold: 3, review: 0 } },
});

const contactIds = z.array(idOf('contact')).min(1).max(200);
export const ways = ['mail', 'phone', 'letter', 'in_person'] as const;

export const tellContacts = endpoint({
  name: 'tellContacts',
  method: 'POST',
  path: '/api/contact-duties/notices',
  summary: 'Tell contacts that their name stands here, by mail, or write down that it was done otherwise',
  description: 'GDPR article 14: information, no marketing. By mail only whoever has an address and has not said no; each is told once, however often it is sent.',
  access: keepers,
  body: z.strictObject({ contacts: contactIds, how: z.enum(ways) }),
  status: 200,
  output: z.object({ told: z.number().int(), withoutAddress: z.number().int() }),
  example: { body: { contacts: [example.id], how: 'mail' }, output: { told: 1, withoutAddress: 0 } },
});

export const reviewContacts = endpoint({
  name: 'reviewContacts',
  method: 'POST',
  path: '/api/contact-duties/reviews',
  summary: 'Names are still needed: set the next day on which somebody asks',
  access: keepers,
  body: z.strictObject({ contacts: contactIds, reviewOn: calendarDay }),
  status: 200,
  output: z.object({ reviewed: z.number().int() }),
  errors: { review_past: 422 },
  example: { body: { contacts: [example.id], reviewOn: '2028-11-17' }, output: { reviewed: 1 } },
});
