import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';
import { readCvr } from './rules.ts';

const company = z.object({
  id: idOf('company'),
  /** Eight digits, leading zero kept. */
  cvr: z.string(),
  name: z.string(),
  address: z.string().nullable(),
  postcode: z.string().nullable(),
  town: z.string().nullable(),
  phone: z.string().nullable(),
  /** cvr: facts from an extract · provisional: written by a school until an extract confirms it. */
  source: z.enum(['cvr', 'provisional']),
});
export type Company = z.output<typeof company>;

const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((text) => (text === '' ? null : text))
    .nullable()
    .default(null);

const bjergager = { id: '01990000-0000-7000-8000-000000000101', cvr: '12345674', name: 'Bjergager Smede & Montage', address: 'Havnevej 4', postcode: '9999', town: 'Limvig', phone: '+45 00 98 76 54', source: 'provisional' };

export const listCompanies = endpoint({
  name: 'listCompanies',
  method: 'GET',
  path: '/api/companies',
  summary: 'The companies the centre knows, by name in Danish order',
  access: ['consultant', 'manager', 'coordinator', 'register'],
  query: z.strictObject({ ...pageQuery }),
  status: 200,
  output: pageOf(company),
  example: { query: { limit: 50 }, output: { items: [bjergager], next: null } },
});

export const addCompany = endpoint({
  name: 'addCompany',
  method: 'POST',
  path: '/api/companies',
  summary: 'Add a company by its number',
  description: 'A number the register knows keeps its facts; an unknown valid number becomes a provisional entry. The number is checked by modulus 11 (row 2.01).',
  access: ['consultant', 'manager', 'coordinator', 'register'],
  body: z.strictObject({
    cvr: z.string().max(20).refine((written) => readCvr(written) !== null, { params: { code: 'cvr' } }),
    name: z.string().trim().min(1).max(300),
    address: optionalText(300),
    postcode: optionalText(4).refine((code) => code === null || /^\d{4}$/.test(code), { params: { code: 'format' } }),
    town: optionalText(100),
    phone: optionalText(30),
  }),
  status: 201,
  output: company,
  errors: { company_known: 409 },
  example: { body: { cvr: '12345674', name: 'Bjergager Smede & Montage', address: 'Havnevej 4', postcode: '9999', town: 'Limvig', phone: '+45 00 98 76 54' }, output: bjergager },
});
