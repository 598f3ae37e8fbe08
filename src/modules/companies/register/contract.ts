import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageQuery } from '../../../kit/page.ts';
import { optionalText } from '../../../kit/text.ts';
import { readCvr } from './rules.ts';

/** A company number as people write it, read to its eight digits; the check digit has to be right. */
export const cvrNumber = z
  .string()
  .max(20)
  .refine((written) => readCvr(written) !== null, { params: { code: 'cvr' } })
  .transform((written) => readCvr(written) ?? '');

/** The same where it may be left out. */
export const optionalCvr = z
  .string()
  .trim()
  .max(20)
  .refine((written) => written === '' || readCvr(written) !== null, { params: { code: 'cvr' } })
  .transform(readCvr)
  .nullable()
  .default(null);

export const companyReaders = ['consultant', 'manager', 'coordinator', 'register'] as const;

const industry = z.object({ scheme: z.enum(['DB07', 'DB25']), code: z.string(), text: z.string().nullable() });
const size = z.object({ from: z.number().int(), to: z.number().int().nullable(), period: z.enum(['month', 'quarter', 'year']).nullable(), asOf: calendarDay.nullable() });
const municipality = z.object({ code: z.string(), name: z.string() });
const status = z.enum(['active', 'dissolving', 'ceased']);

const company = z.object({
  id: idOf('company'),
  /** Eight digits, leading zero kept. */
  cvr: z.string(),
  name: z.string(),
  address: z.string().nullable(),
  postcode: z.string().nullable(),
  town: z.string().nullable(),
  municipality: municipality.nullable(),
  phone: z.string().nullable(),
  /** Scheme and code belong together: the same digits mean different things in DB07 and DB25 (AC23). */
  industry: industry.nullable(),
  /** Employees as an interval; the newest of month, quarter and year. */
  size: size.nullable(),
  publicSector: z.boolean(),
  /** Advertising protection of the company; null for schools, to whom every reason not to call looks alike. */
  protected: z.boolean().nullable(),
  status,
  /** No longer in the extract that once held it. */
  vanished: z.boolean(),
  /** cvr: facts from an extract · provisional: written by a school until an extract confirms it. */
  source: z.enum(['cvr', 'provisional']),
});
export type Company = z.output<typeof company>;

const past = z.object({ fact: z.string(), from: calendarDay, to: calendarDay.nullable(), value: z.string() });

const unit = z.object({
  id: idOf('unit'),
  pNumber: z.string(),
  name: z.string(),
  head: z.boolean(),
  status,
  industry: industry.nullable(),
  size: z.object({ from: z.number().int(), to: z.number().int().nullable() }).nullable(),
  address: z.string().nullable(),
  postcode: z.string().nullable(),
  town: z.string().nullable(),
  phone: z.string().nullable(),
  protected: z.boolean().nullable(),
  /** Whether this unit may be called; its own protection counts as well as the company's. */
  available: z.boolean(),
  /** What this unit was called, where it lay and what it worked in before, the newest first; at most 50. */
  past: z.array(past),
});

const companyPage = company.extend({
  email: z.string().nullable(),
  form: z.string().nullable(),
  statusText: z.string().nullable(),
  started: calendarDay.nullable(),
  ended: calendarDay.nullable(),
  units: z.array(unit),
  past: z.array(past),
  /** When the centre first knew it. */
  since: instant,
  /** The recorded reason for approaching it in spite of protection. */
  exception: z.object({ kind: z.enum(['consent', 'own_relation', 'company_asked']), note: z.string(), by: z.string().nullable(), at: instant }).nullable(),
  /** Whether it may be called, and why, as stable codes. */
  call: z.object({
    may: z.boolean(),
    reasons: z.array(z.enum(['ceased', 'dissolving', 'not_available', 'protected', 'protected_with_reason', 'objection', 'quarantined', 'taken', 'no_phone', 'free'])),
  }),
  /** For the coordinator: until when nobody calls. */
  quarantinedUntil: calendarDay.nullable(),
});

const bjergager = {
  id: '01990000-0000-7000-8000-000000000101',
  cvr: '12345674',
  name: 'Bjergager Smede & Montage',
  address: 'Havnevej 4',
  postcode: '9999',
  town: 'Limvig',
  municipality: { code: '0665', name: 'Lemvig' },
  phone: '00987654',
  industry: { scheme: 'DB07', code: '251100', text: 'Fremstilling af metalkonstruktioner' },
  size: { from: 10, to: 19, period: 'month', asOf: '2026-09-30' },
  publicSector: false,
  protected: false,
  status: 'active',
  vanished: false,
  source: 'cvr',
};

const bjergagerPage = {
  ...bjergager,
  email: null,
  form: 'Anpartsselskab',
  statusText: 'NORMAL',
  started: '2003-05-01',
  ended: null,
  units: [],
  past: [{ fact: 'name', from: '2003-05-01', to: '2015-03-31', value: 'Bjergager Smedie' }],
  since: '2026-11-17T07:20:00.000Z',
  exception: null,
  call: { may: true, reasons: ['free'] },
  quarantinedUntil: null,
};

export const listCompanies = endpoint({
  name: 'listCompanies',
  method: 'GET',
  path: '/api/companies',
  summary: 'The companies the centre knows, by name in Danish order; searched and filtered',
  description:
    'Rows 2.01 and 2.34. `search` takes parts of name and address (all words must be found), a company number, a P-number, a phone number, a contact’s name, or a name the company had before: `formerName` is that name where nothing of today was found; it looks at the first 500 hits, and `capped` says when there were more. `industry` is a scheme and the first digits of a code: DB07:25. `protected` is for the coordinator and the keepers of the register.',
  access: companyReaders,
  query: z.strictObject({
    ...pageQuery,
    search: z.string().trim().max(100).optional(),
    municipality: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
    industry: z
      .string()
      .regex(/^DB(07|25):\d{1,6}$/)
      .optional(),
    size: z.enum(['micro', 'small', 'sme', 'large']).optional(),
    sector: z.enum(['public', 'private']).optional(),
    protected: z.enum(['true', 'false']).optional(),
    status: z.enum(['active', 'all']).default('active'),
  }),
  status: 200,
  output: z.object({ items: z.array(company.extend({ formerName: z.string().nullable() })), next: z.string().nullable(), capped: z.boolean() }),
  example: { query: { municipality: '0665', size: 'sme' }, output: { items: [{ ...bjergager, formerName: null }], next: null, capped: false } },
});

export const readCompany = endpoint({
  name: 'readCompany',
  method: 'GET',
  path: '/api/companies/{company}',
  summary: 'A company: facts, units, what was, and what may be done',
  access: companyReaders,
  params: z.strictObject({ company: idOf('company') }),
  status: 200,
  output: companyPage,
  example: { params: { company: bjergager.id }, output: bjergagerPage },
});

export const addCompany = endpoint({
  name: 'addCompany',
  method: 'POST',
  path: '/api/companies',
  summary: 'Add a company by its number',
  description: 'A number the register knows keeps its facts; an unknown valid number becomes a provisional entry. The number is checked by modulus 11 (row 2.01).',
  access: companyReaders,
  body: z.strictObject({
    cvr: z
      .string()
      .max(20)
      .refine((written) => readCvr(written) !== null, { params: { code: 'cvr' } }),
    name: z.string().trim().min(1).max(300),
    address: optionalText(300),
    postcode: optionalText(4).refine((code) => code === null || /^\d{4}$/.test(code), { params: { code: 'format' } }),
    town: optionalText(100),
    phone: optionalText(30),
  }),
  status: 201,
  output: company,
  errors: { company_known: 409 },
  example: { body: { cvr: '12345674', name: 'Bjergager Smede & Montage', address: 'Havnevej 4', postcode: '9999', town: 'Limvig', phone: '00 98 76 54' }, output: bjergager },
});

export const recordException = endpoint({
  name: 'recordException',
  method: 'PUT',
  path: '/api/companies/{company}/exception',
  summary: 'Record why a protected company may be approached all the same',
  description: 'Consent, an own earlier relation, or the company asked. Audited. Without it a protected company enters no list and no queue.',
  access: ['coordinator'],
  params: z.strictObject({ company: idOf('company') }),
  body: z.strictObject({ kind: z.enum(['consent', 'own_relation', 'company_asked']), note: z.string().trim().min(1).max(500) }),
  status: 200,
  output: companyPage,
  errors: { not_protected: 409 },
  example: {
    params: { company: bjergager.id },
    body: { kind: 'company_asked', note: 'Preben ringede selv den 12. november.' },
    output: { ...bjergagerPage, protected: true, call: { may: true, reasons: ['protected_with_reason'] } },
  },
});

export const listMunicipalities = endpoint({
  name: 'listMunicipalities',
  method: 'GET',
  path: '/api/municipalities',
  summary: 'The municipalities, by name in Danish order',
  access: [...companyReaders, 'administrator'],
  status: 200,
  output: z.array(z.object({ code: z.string(), name: z.string(), region: z.string() })),
  example: { output: [{ code: '0665', name: 'Lemvig', region: '1082' }] },
});
