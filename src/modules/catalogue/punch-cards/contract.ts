import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { optionalText } from '../../../kit/text.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;

/** What a card is sold with (row 4.06): consultancy has 25 percent VAT, teaching none. */
export const vatRates = [0, 25] as const;
/** asked: its manager has not answered; agreed: honours the card; declined. */
export const honourStates = ['asked', 'agreed', 'declined'] as const;
export const entryKinds = ['bought', 'used', 'given_back', 'moved'] as const;

const named = <Kind extends 'school' | 'company' | 'person'>(kind: Kind) => z.object({ id: idOf(kind), name: z.string() });
const entry = z.object({
  id: idOf('punch-entry'),
  kind: z.enum(entryKinds),
  /** What it did to the balance: below zero for a use, zero where a use only got another purpose. */
  units: z.int(),
  /** The balance after it. */
  balance: z.int(),
  /** Øre without VAT: what a use costs; below zero where it is given back. */
  amount: z.int(),
  /** What for, or why; never who at the company. */
  about: z.string(),
  school: named('school'),
  /** The use that it is about. */
  of: idOf('punch-entry').nullable(),
  day: calendarDay,
  /** Who wrote it; null where that person has left. */
  by: z.string().nullable(),
  can: z.object({
    /** Give it back, or move it to another purpose. */
    change: z.boolean(),
  }),
});
export type PunchEntry = z.output<typeof entry>;

const card = z.object({
  id: idOf('punch-card'),
  name: z.string(),
  company: named('company'),
  /** Who sold it. */
  school: named('school'),
  units: z.int(),
  balance: z.int(),
  /** Øre for the whole card, without and with VAT. */
  price: z.int(),
  priceWithVat: z.int(),
  /** Percent. */
  vat: z.int(),
  freeBecause: z.string().nullable(),
  validFrom: calendarDay,
  validTo: calendarDay,
  /** ahead: not yet valid; open; empty: nothing left; over: expired. */
  state: z.enum(['ahead', 'open', 'empty', 'over']),
  /** Other schools that were asked to honour it. */
  honouring: z.array(z.object({ school: named('school'), state: z.enum(honourStates) })),
  can: z.object({
    /** The schools at which whoever asks may write a use. */
    useAt: z.array(idOf('school')),
    /** Answer for the own school. */
    answer: z.boolean(),
  }),
});
export type PunchCard = z.output<typeof card>;
const page = card.extend({ entries: z.array(entry) });
export type PunchCardPage = z.output<typeof page>;

const line = z.object({
  day: calendarDay,
  card: z.object({ id: idOf('punch-card'), name: z.string() }),
  company: z.string(),
  about: z.string(),
  /** Units used; below zero where they were given back. */
  units: z.int(),
  amount: z.int(),
  vat: z.int(),
  /** Øre with VAT, rounded line by line. */
  withVat: z.int(),
});
/** What one school owes another: `from` sold the cards and has the money, `to` did the work. */
const pair = z.object({ from: named('school'), to: named('school'), lines: z.array(line), units: z.int(), amount: z.int(), withVat: z.int() });
const settlements = z.object({ from: calendarDay, to: calendarDay, pairs: z.array(pair) });
export type Settlements = z.output<typeof settlements>;

const ids = {
  card: '01990000-0000-7000-8000-000000000961',
  entry: '01990000-0000-7000-8000-000000000962',
  school: '01990000-0000-7000-8000-000000000011',
  other: '01990000-0000-7000-8000-000000000012',
  company: '01990000-0000-7000-8000-000000000201',
};
const seller = { id: ids.school, name: 'Fjordegnens Erhvervsskole' };
const other = { id: ids.other, name: 'Tværby Tekniske Skole' };
const facts = { name: 'Klippekort til rådgivning', units: 10, price: 950_000, vat: 25, freeBecause: null, validFrom: '2026-11-01', validTo: '2027-10-31' };
const exampleCard = {
  ...facts,
  id: ids.card,
  company: { id: ids.company, name: 'Bjergager Smede & Montage' },
  school: seller,
  balance: 8,
  priceWithVat: 1_187_500,
  state: 'open',
  honouring: [{ school: other, state: 'agreed' }],
  can: { useAt: [ids.school], answer: false },
};
const about = 'Plan for oplæring i pakkeriet';
const exampleEntry = { id: ids.entry, kind: 'used', units: -2, balance: 8, amount: 190_000, about, school: other, of: null, day: '2026-11-16', by: 'Bjarke Holm', can: { change: false } };
const examplePage = { ...exampleCard, entries: [exampleEntry] };
const exampleLine = { day: '2026-11-16', card: { id: ids.card, name: facts.name }, company: 'Bjergager Smede & Montage', about, units: 2, amount: 190_000, vat: 25, withVat: 237_500 };
const params = z.strictObject({ punchCard: idOf('punch-card') });
const sample = { punchCard: ids.card };
const text = z.string().trim().min(1).max(300);
/** Made by whoever asks, once per intention: the key of the ledger. The same again is the same entry and draws nothing more. */
const key = idOf('punch-entry');

export const listPunchCards = endpoint({
  name: 'listPunchCards',
  method: 'GET',
  path: '/api/punch-cards',
  summary: 'Punch cards of the own school: sold by it, or that it was asked to honour; 500 at most',
  description: 'Row 4.06. The coordinator reads all of the centre. Another school’s cards are in no list and answer 404. Those that run out first stand first; over and empty ones last.',
  access: readers,
  query: z.strictObject({ company: idOf('company').optional() }),
  status: 200,
  output: z.array(card),
  example: { output: [exampleCard] },
});

export const readPunchCard = endpoint({
  name: 'readPunchCard',
  method: 'GET',
  path: '/api/punch-cards/{punchCard}',
  summary: 'A punch card with its ledger, the newest entry first',
  access: readers,
  params,
  status: 200,
  output: page,
  example: { params: sample, output: examplePage },
});

export const sellPunchCard = endpoint({
  name: 'sellPunchCard',
  method: 'POST',
  path: '/api/punch-cards',
  summary: 'Sell a company a punch card',
  description:
    'Row 4.06. `price` is øre without VAT for the whole card; nothing only with `freeBecause`, and then with it alone. `schools` are others that are asked to honour it; each is asked and answers for itself.',
  access: ['manager', 'coordinator'],
  body: z
    .strictObject({
      school: idOf('school'),
      company: idOf('company'),
      name: z.string().trim().min(1).max(150),
      units: z.int().min(1).max(1000),
      price: z.int().min(0).max(100_000_000),
      vat: z.union([z.literal(0), z.literal(25)]),
      freeBecause: optionalText(300),
      validFrom: calendarDay,
      validTo: calendarDay,
      schools: z.array(idOf('school')).max(49).default([]),
    })
    .refine(({ price, freeBecause }) => price > 0 || freeBecause !== null, { path: ['freeBecause'], params: { code: 'required' } })
    .refine(({ price, freeBecause }) => price === 0 || freeBecause === null, { path: ['freeBecause'], params: { code: 'not_allowed' } })
    .refine(({ validFrom, validTo }) => validTo >= validFrom, { path: ['validTo'], params: { code: 'days_reversed' } })
    .refine(({ school, schools }) => new Set([school, ...schools]).size === schools.length + 1, { path: ['schools'], params: { code: 'twice' } }),
  status: 201,
  output: page,
  errors: { punch_card_not_yours: 403, company_unknown: 422 },
  example: { body: { ...facts, school: ids.school, company: ids.company, schools: [ids.other] }, output: examplePage },
});

export const answerPunchCard = endpoint({
  name: 'answerPunchCard',
  method: 'PUT',
  path: '/api/punch-cards/{punchCard}/answer',
  summary: 'Say for the own school whether it honours a card',
  description: 'Row 4.06. By a manager of the school that was asked, and nobody else. May be said anew; what was drawn meanwhile stands and is settled.',
  access: ['manager'],
  params,
  body: z.strictObject({ agreed: z.boolean() }),
  status: 200,
  output: page,
  errors: { punch_card_not_yours: 403 },
  example: { params: sample, body: { agreed: true }, output: examplePage },
});

export const drawPunchCard = endpoint({
  name: 'drawPunchCard',
  method: 'POST',
  path: '/api/punch-cards/{punchCard}/uses',
  summary: 'Draw units from a card',
  description:
    'Row 4.06. `about` says what the assistance is for, not for whom: the card is the company’s. `school` is where: the own one, for the coordinator any that honours the card. Refused when fewer units are left, on days outside the card’s, and once the card is over.',
  access: readers,
  params,
  body: z.strictObject({ entry: key, school: idOf('school'), units: z.int().min(1).max(1000), about: text, day: calendarDay }),
  status: 201,
  output: page,
  errors: { punch_card_not_yours: 403, punch_card_empty: 409, punch_card_not_valid: 422, punch_card_not_honoured: 422, punch_entry_differs: 409 },
  example: { params: sample, body: { entry: ids.entry, school: ids.other, units: 2, about, day: '2026-11-16' }, output: examplePage },
});

const changed = { params, status: 201 as const, output: page, errors: { punch_card_not_yours: 403, punch_use_gone: 409, punch_entry_differs: 409 } };

export const giveBackUnits = endpoint({
  name: 'giveBackUnits',
  method: 'POST',
  path: '/api/punch-cards/{punchCard}/returns',
  summary: 'Give the units of a use back, all of them, with the reason',
  description: 'Row 4.06. By the school where it was used, or the coordinator. The use stays in the ledger, and the return beside it.',
  access: readers,
  ...changed,
  body: z.strictObject({ entry: key, use: idOf('punch-entry'), because: text }),
  example: { params: sample, body: { entry: '01990000-0000-7000-8000-000000000963', use: ids.entry, because: 'Besøget blev aflyst.' }, output: examplePage },
});

export const moveUnits = endpoint({
  name: 'moveUnits',
  method: 'POST',
  path: '/api/punch-cards/{punchCard}/moves',
  summary: 'Let a use be for another employee or purpose inside the company',
  description: 'Row 4.06. The balance stays. `about` is the new purpose, without anybody’s name.',
  access: readers,
  ...changed,
  body: z.strictObject({ entry: key, use: idOf('punch-entry'), about: text }),
  example: { params: sample, body: { entry: '01990000-0000-7000-8000-000000000964', use: ids.entry, about: 'Plan for lageret i stedet' }, output: examplePage },
});

const file = { status: 200 as const, output: z.string(), access: readers };
const csv = 'text/csv; charset=utf-8';
const pdf = 'application/pdf';

export const downloadPunchCard = endpoint({
  ...file,
  name: 'downloadPunchCard',
  method: 'GET',
  path: '/api/punch-cards/{punchCard}/statement.csv',
  summary: 'The statement of a card as a table, in Danish; kroner with a comma',
  params,
  download: csv,
  example: { params: sample, output: 'dag;hvad;klip;saldo;kroner;formål;skole\n2026-11-16;brugt;-2;8;1900,00;Plan for oplæring i pakkeriet;Tværby Tekniske Skole\n' },
});

export const printPunchCard = endpoint({
  ...file,
  name: 'printPunchCard',
  method: 'GET',
  path: '/api/punch-cards/{punchCard}/statement.pdf',
  summary: 'The statement of a card as PDF, in Danish',
  params,
  download: pdf,
  example: { params: sample, output: '%PDF-1.3' },
});

const ownCard = z.object({
  id: idOf('punch-card'),
  name: z.string(),
  /** Who sold it. */
  school: z.string(),
  /** Other schools at which it can be used. */
  honouredBy: z.array(z.string()),
  units: z.int(),
  balance: z.int(),
  validFrom: calendarDay,
  validTo: calendarDay,
  state: z.enum(['ahead', 'open', 'empty', 'over']),
  /** The last five, the newest first. */
  entries: z.array(z.object({ kind: z.enum(entryKinds), units: z.int(), balance: z.int(), about: z.string(), school: z.string(), day: calendarDay })),
});
export type OwnPunchCard = z.output<typeof ownCard>;
const token = z.string().regex(/^[\w-]{43}$/);
const exampleToken = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';
const behindLink = { access: 'anyone' as const, body: z.strictObject({ token }), limits: [{ count: 60, seconds: 60, by: 'address' as const }], status: 200 as const, errors: { page_gone: 410 } };

export const readOwnPunchCards = endpoint({
  ...behindLink,
  name: 'readOwnPunchCards',
  method: 'POST',
  path: '/api/company-page/punch-cards',
  summary: 'A company’s punch cards, behind its secret address',
  description: 'Rows 4.06 and X.5. Balance, days and the last entries; nobody of the schools.',
  output: z.array(ownCard),
  example: {
    body: { token: exampleToken },
    output: [
      {
        ...{ id: ids.card, name: facts.name, school: seller.name, honouredBy: [other.name], units: 10, balance: 8, validFrom: facts.validFrom, validTo: facts.validTo, state: 'open' },
        entries: [{ kind: 'used', units: -2, balance: 8, about, school: other.name, day: '2026-11-16' }],
      },
    ],
  },
});

export const printOwnPunchCard = endpoint({
  ...behindLink,
  name: 'printOwnPunchCard',
  method: 'POST',
  path: '/api/company-page/punch-cards/{punchCard}/statement.pdf',
  summary: 'The statement of a company’s own card as PDF, in Danish',
  params,
  output: z.string(),
  download: pdf,
  example: { params: sample, body: { token: exampleToken }, output: '%PDF-1.3' },
});

const period = { from: calendarDay.optional(), to: calendarDay.optional() };
const settled = {
  description:
    'Row 4.06. A use at another school than the seller is owed: the seller has the money, the other did the work. Øre without VAT; a unit costs the price divided by the units in whole øre, and whatever empties the card takes the rest, so that all units together cost exactly the price. Units given back count below zero on the day they are. A school reads the pairs that it is in; the coordinator all. Without a period the month so far.',
  access: readers,
  status: 200 as const,
  errors: { days_reversed: 422 },
};
const exampleQuery = { from: '2026-11-01', to: '2026-11-30' };

export const readSettlements = endpoint({
  ...settled,
  name: 'readSettlements',
  method: 'GET',
  path: '/api/punch-card-settlements',
  summary: 'What schools owe each other for punch cards within a period, per pair of schools',
  query: z.strictObject(period),
  output: settlements,
  example: { query: exampleQuery, output: { ...exampleQuery, pairs: [{ from: seller, to: other, lines: [exampleLine], units: 2, amount: 190_000, withVat: 237_500 }] } },
});

export const downloadSettlements = endpoint({
  ...settled,
  name: 'downloadSettlements',
  method: 'GET',
  path: '/api/punch-card-settlements.csv',
  summary: 'The same as a table, in Danish',
  query: z.strictObject(period),
  output: z.string(),
  download: csv,
  example: {
    query: exampleQuery,
    output:
      'sælger;skole;dag;klippekort;firma;formål;klip;kroner uden moms;moms i procent;kroner med moms\nFjordegnens Erhvervsskole;Tværby Tekniske Skole;2026-11-16;Klippekort til rådgivning;Bjergager Smede & Montage;Plan for oplæring i pakkeriet;2;1900,00;25;2375,00\n',
  },
});

export const printSettlements = endpoint({
  ...settled,
  name: 'printSettlements',
  method: 'GET',
  path: '/api/punch-card-settlements.pdf',
  summary: 'The same as PDF, in Danish: a page per pair of schools',
  query: z.strictObject(period),
  output: z.string(),
  download: pdf,
  example: { query: exampleQuery, output: '%PDF-1.3' },
});
