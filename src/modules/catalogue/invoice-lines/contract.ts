import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';

const named = <T extends string>(of: T) => z.object({ id: idOf(of), name: z.string() });
/** seat: participants of a class that runs · class_supplement: what the class costs beside · empty_seats: what a company pays so that it runs · punch_card: sold in advance. */
export const invoiceKinds = ['seat', 'class_supplement', 'empty_seats', 'punch_card'] as const;

const line = z.object({
  /** A class: its first day. A card: the day it was sold. */
  day: calendarDay,
  /** The same line has the same one in every file: the ledger that reads it knows what it has. */
  key: z.string(),
  school: named('school'),
  company: named('company').extend({ cvr: z.string(), address: z.string() }),
  kind: z.enum(invoiceKinds),
  about: z.string(),
  quantity: z.int(),
  /** Øre without VAT, each and together; null: nobody said a price, and the line is not in the sums. */
  each: z.int().nullable(),
  amount: z.int().nullable(),
  /** Percent. Public courses have none. */
  vat: z.int(),
  withVat: z.int().nullable(),
});
export type InvoiceLine = z.output<typeof line>;
const lines = z.object({
  from: calendarDay,
  to: calendarDay,
  /** 2,000 at most; `more`: there are others. The sums and the file have them all. */
  lines: z.array(line),
  count: z.int(),
  more: z.boolean(),
  amount: z.int(),
  withVat: z.int(),
  /** How many have no price. */
  unpriced: z.int(),
});
export type InvoiceLines = z.output<typeof lines>;

const ids = {
  school: '01990000-0000-7000-8000-000000000011',
  company: '01990000-0000-7000-8000-000000000101',
};
const exampleLine = {
  day: '2026-12-07',
  key: '01990000-0000-7000-8000-000000000921 seat',
  school: { id: ids.school, name: 'Fjordegnens Erhvervsskole' },
  company: { id: ids.company, name: 'Bjergager Smede & Montage', cvr: '10000118', address: 'Smedevej 4, 7620 Lemvig' },
  kind: 'seat' as const,
  about: 'Gaffeltruck certifikatkursus B',
  quantity: 2,
  each: 145_600,
  amount: 291_200,
  vat: 0,
  withVat: 291_200,
};
const query = z.strictObject({ school: idOf('school').optional(), from: calendarDay.optional(), to: calendarDay.optional() });
const exampleQuery = { from: '2026-12-01', to: '2026-12-31' };
const shared = {
  description:
    'Rows 4.06 and 4.07. Lines for the school’s own ledger; none is kept here. Classes that run (confirmed or guaranteed) and have begun, with the seats that are taken; punch cards that were sold. Kroner are øre, all amounts are DKK. A manager reads the own school, the coordinator all or one. Without a period the month so far.',
  access: ['manager', 'coordinator'] as const,
  query,
  status: 200 as const,
  errors: { days_reversed: 422 },
};

export const readInvoiceLines = endpoint({
  ...shared,
  name: 'readInvoiceLines',
  method: 'GET',
  path: '/api/invoice-lines',
  summary: 'What a school has to invoice within a period',
  output: lines,
  example: { query: exampleQuery, output: { ...exampleQuery, lines: [exampleLine], count: 1, more: false, amount: 291_200, withVat: 291_200, unpriced: 0 } },
});

export const downloadInvoiceLines = endpoint({
  ...shared,
  name: 'downloadInvoiceLines',
  method: 'GET',
  path: '/api/invoice-lines.csv',
  summary: 'The same as a file for the ledger, in Danish',
  output: z.string(),
  download: 'text/csv; charset=utf-8',
  example: {
    query: exampleQuery,
    output:
      'dag;nøgle;skole;cvr;firma;adresse;hvad;art;antal;stykpris uden moms;beløb uden moms;moms i procent;moms;beløb med moms;valuta\n2026-12-07;01990000-0000-7000-8000-000000000921 seat;Fjordegnens Erhvervsskole;10000118;Bjergager Smede & Montage;Smedevej 4, 7620 Lemvig;Gaffeltruck certifikatkursus B;Deltagerbetaling;2;1456,00;2912,00;0;0,00;2912,00;DKK\n',
  },
});
