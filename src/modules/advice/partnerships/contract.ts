import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { serial } from '../../../kit/serial.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['consultant', 'coordinator'] as const;
const token = z.string().regex(/^[\w-]{43}$/);
const limits = [{ count: 60, seconds: 60, by: 'address' }] as const;

/** draft: being written · awaiting: frozen, not signed by both · signed: holds · ended, with the reason · renewed: a later text holds. */
export const partnershipStates = ['draft', 'awaiting', 'signed', 'ended', 'renewed'] as const;

const long = z.string().trim().max(1000);
/** What both sides write. The prompts stand in words.ts, in this order: four of the company, five of the centre. */
const writing = {
  companyExpects: z.array(long).length(4),
  centreExpects: z.array(long).length(5),
  companyRole: long,
  centreRole: long,
  companyDuties: long,
  centreDuties: long,
};
const days = { validFrom: calendarDay, validTo: calendarDay, reviewOn: calendarDay };
type Days = Record<keyof typeof days, string>;
const inOrder = ({ validFrom, validTo }: Days) => validFrom <= validTo;
const reversed = { path: ['validTo'], params: { code: 'days_reversed' } };
const within = ({ validFrom, validTo, reviewOn }: Days) => validFrom > validTo || (validFrom <= reviewOn && reviewOn <= validTo);
const outside = { path: ['reviewOn'], params: { code: 'outside_term' } };

const named = <Kind extends 'school' | 'person'>(kind: Kind) => z.object({ id: idOf(kind), name: z.string() });
const signature = z.object({ name: z.string(), at: instant }).nullable();
const text = z.object({
  no: z.int(),
  state: z.enum(partnershipStates),
  ...writing,
  ...days,
  /** The review that comes next, once it is signed; null where there is none before the end. */
  nextReview: calendarDay.nullable(),
  centreSigned: signature,
  companySigned: signature,
  ended: z.object({ on: calendarDay, because: z.string() }).nullable(),
  /** What is not written yet: nobody can sign before it is. Paths of the fields. */
  missing: z.array(z.string()),
});
export type PartnershipText = z.output<typeof text>;

const listed = z.object({
  id: idOf('partnership'),
  company: z.object({ id: idOf('company'), name: z.string(), town: z.string().nullable() }),
  owner: named('person'),
  /** The schools that take part: their people see it. */
  schools: z.array(named('school')),
  /** The text that counts: the one that holds, else the newest. */
  state: z.enum(partnershipStates),
  validFrom: calendarDay,
  validTo: calendarDay,
  nextReview: calendarDay.nullable(),
  /** Signed, and its last day has passed. */
  over: z.boolean(),
  reviewDue: z.boolean(),
  /** A text that waits for a signature of the centre. */
  toSign: z.boolean(),
});
export type Partnership = z.output<typeof listed>;
const page = listed.extend({
  /** The newest first. */
  texts: z.array(text),
  /** Of the newest text. */
  version: z.int(),
  can: z.object({ write: z.boolean(), offer: z.boolean(), reopen: z.boolean(), sign: z.boolean(), renew: z.boolean(), discard: z.boolean(), review: z.boolean(), end: z.boolean(), hand: z.boolean() }),
});
export type PartnershipPage = z.output<typeof page>;

const ids = {
  partnership: '01990000-0000-7000-8000-000000000981',
  company: '01990000-0000-7000-8000-000000000101',
  owner: '01990000-0000-7000-8000-000000000001',
  school: '01990000-0000-7000-8000-000000000011',
};
const exampleWriting = {
  companyExpects: ['Et fast møde hvert kvartal', 'En plan for tre år', 'At vide, hvilke kurser der findes', 'At centret skriver ansøgningerne'],
  centreExpects: ['At se hele værkstedet', 'Oplæring ved maskinerne', 'At lederne taler åbent', 'At begge siger til i tide', 'At aftalen holder i to år'],
  companyRole: 'Værkstedslederen er kontakt.',
  centreRole: 'Anna Holm er kontakt.',
  companyDuties: 'Giver folk fri til kurser.',
  centreDuties: 'Finder hold og holder øje med certifikater.',
};
const exampleDays = { validFrom: '2026-12-01', validTo: '2028-11-30', reviewOn: '2027-06-01' };
const exampleText = { no: 1, state: 'draft', ...exampleWriting, ...exampleDays, nextReview: null, centreSigned: null, companySigned: null, ended: null, missing: [] };
const exampleListed = {
  id: ids.partnership,
  company: { id: ids.company, name: 'Bjergager Smede & Montage', town: 'Limvig' },
  owner: { id: ids.owner, name: 'Anna Holm' },
  schools: [{ id: ids.school, name: 'Fjordegnens Erhvervsskole' }],
  state: 'draft',
  validFrom: exampleDays.validFrom,
  validTo: exampleDays.validTo,
  nextReview: null,
  over: false,
  reviewDue: false,
  toSign: false,
};
const examplePage = {
  ...exampleListed,
  texts: [exampleText],
  version: 1,
  can: { write: true, offer: true, reopen: false, sign: false, renew: false, discard: false, review: false, end: true, hand: false },
};
const params = z.strictObject({ partnership: idOf('partnership') });
const sample = { partnership: ids.partnership };
/** Only its owner and the coordinator write; what cannot be done now is refused. */
const refusals = { partnership_not_yours: 403, partnership_step: 409 } as const;
const step = { access: writers, params, edits: true as const, status: 200 as const, output: page };

export const listPartnerships = endpoint({
  name: 'listPartnerships',
  method: 'GET',
  path: '/api/partnerships',
  summary: 'Partnership agreements that the own school takes part in; the coordinator reads all; 500 at most',
  description: 'Row 4.09. A school that takes no part finds an agreement in no list, and 404 at its address. What has to be done stands first.',
  access: readers,
  query: z.strictObject({ company: idOf('company').optional(), state: z.enum(['open', 'past', 'all']).default('all') }),
  status: 200,
  output: z.array(listed),
  example: { output: [exampleListed] },
});

export const readPartnership = endpoint({
  name: 'readPartnership',
  method: 'GET',
  path: '/api/partnerships/{partnership}',
  summary: 'A partnership agreement with all its texts',
  access: readers,
  params,
  status: 200,
  output: page,
  example: { params: sample, output: examplePage },
});

export const addPartnership = endpoint({
  name: 'addPartnership',
  method: 'POST',
  path: '/api/partnerships',
  summary: 'Begin a partnership agreement with a company',
  description:
    'Row 4.09. A draft, which the company reads and writes its own part of on its own page. A consultant owns what they begin; the coordinator names a consultant or owns it. The owner’s schools take part, and those of `schools`.',
  access: writers,
  body: z
    .strictObject({ company: idOf('company'), owner: idOf('person').nullable().default(null), schools: z.array(idOf('school')).max(49).default([]), ...days })
    .refine(inOrder, reversed)
    .refine(within, outside),
  status: 201,
  output: page,
  errors: { company_unknown: 422, partnership_owner_unknown: 422 },
  example: { body: { company: ids.company, ...exampleDays }, output: { ...examplePage, texts: [{ ...exampleText, ...blank(), missing: ['companyExpects.0'] }] } },
});

/** A text before anybody has written in it. */
function blank() {
  return { companyExpects: ['', '', '', ''], centreExpects: ['', '', '', '', ''], companyRole: '', centreRole: '', companyDuties: '', centreDuties: '' };
}

export const writePartnership = endpoint({
  ...step,
  name: 'writePartnership',
  method: 'PUT',
  path: '/api/partnerships/{partnership}/text',
  summary: 'Write the draft',
  description: 'Row 4.09. May be left half written. A text that is signed by anybody is frozen.',
  body: z
    .strictObject({ ...writing, ...days })
    .refine(inOrder, reversed)
    .refine(within, outside),
  errors: refusals,
  example: { params: sample, body: { ...exampleWriting, ...exampleDays }, output: { ...examplePage, version: 2 } },
});

export const offerPartnership = endpoint({
  ...step,
  name: 'offerPartnership',
  method: 'PUT',
  path: '/api/partnerships/{partnership}/offer',
  summary: 'Put the draft up for signing',
  description: 'Row 4.09. `partnership_not_filled` names what either side has not written: both sides before anybody signs. The database refuses it too.',
  errors: { ...refusals, partnership_not_filled: 422 },
  example: { params: sample, output: { ...examplePage, state: 'awaiting', toSign: true, texts: [{ ...exampleText, state: 'awaiting' }], version: 2 } },
});

export const reopenPartnership = endpoint({
  ...step,
  name: 'reopenPartnership',
  method: 'PUT',
  path: '/api/partnerships/{partnership}/draft',
  summary: 'Take a text that waits for signatures back to the draft; a signature that it has is gone',
  errors: refusals,
  example: { params: sample, output: { ...examplePage, version: 3 } },
});

export const signPartnership = endpoint({
  ...step,
  name: 'signPartnership',
  method: 'PUT',
  path: '/api/partnerships/{partnership}/signature',
  summary: 'Sign for the centre',
  description: 'Row 4.09. By the owner or the coordinator, as themselves. With the second signature it holds, and the text that held before is renewed.',
  errors: refusals,
  example: {
    params: sample,
    output: { ...examplePage, state: 'awaiting', texts: [{ ...exampleText, state: 'awaiting', centreSigned: { name: 'Anna Holm', at: '2026-11-17T09:00:00.000Z' } }], version: 3 },
  },
});

export const renewPartnership = endpoint({
  ...step,
  name: 'renewPartnership',
  method: 'POST',
  path: '/api/partnerships/{partnership}/texts',
  summary: 'Begin a new text from the one that was signed: to change or to renew it',
  description: 'Row 4.09. What was signed stands and holds until both have signed the new one.',
  status: 201,
  errors: refusals,
  example: { params: sample, output: { ...examplePage, state: 'signed', texts: [{ ...exampleText, no: 2 }], version: 1 } },
});

export const discardPartnershipText = endpoint({
  ...step,
  name: 'discardPartnershipText',
  method: 'DELETE',
  path: '/api/partnerships/{partnership}/texts',
  summary: 'Throw a new text away that nobody needs; the one before stands',
  errors: refusals,
  example: { params: sample, output: { ...examplePage, state: 'signed' } },
});

export const reviewPartnership = endpoint({
  ...step,
  name: 'reviewPartnership',
  method: 'PUT',
  path: '/api/partnerships/{partnership}/review',
  summary: 'Say that the review was held, and when the next one is',
  description: 'Row 4.09. `next` after today and within the term; null: none before the end.',
  body: z.strictObject({ next: calendarDay.nullable() }),
  errors: { ...refusals, review_outside_term: 422 },
  example: { params: sample, body: { next: '2027-12-01' }, output: { ...examplePage, state: 'signed', nextReview: '2027-12-01' } },
});

export const endPartnership = endpoint({
  ...step,
  name: 'endPartnership',
  method: 'PUT',
  path: '/api/partnerships/{partnership}/end',
  summary: 'End an agreement, with the reason',
  description: 'A draft that comes to nothing, or what was signed; a new text that is being written ends with it.',
  body: z.strictObject({ because: z.string().trim().min(1).max(500) }),
  errors: refusals,
  example: { params: sample, body: { because: 'Firmaet flytter til udlandet.' }, output: { ...examplePage, state: 'ended' } },
});

export const handPartnership = endpoint({
  ...step,
  name: 'handPartnership',
  method: 'PUT',
  path: '/api/partnerships/{partnership}/owner',
  summary: 'Hand an agreement to another consultant, whose schools take part from then on',
  access: ['coordinator'],
  body: z.strictObject({ owner: idOf('person') }),
  errors: { partnership_owner_unknown: 422 },
  example: { params: sample, body: { owner: ids.owner }, output: examplePage },
});

export const printPartnership = endpoint({
  name: 'printPartnership',
  method: 'GET',
  path: '/api/partnerships/{partnership}/agreement.pdf',
  summary: 'The agreement as PDF, in Danish',
  description: 'The newest text, or the one of `no`. Whether it is signed, by whom and when stands under it.',
  access: readers,
  params,
  query: z.strictObject({ no: z.coerce.number().int().min(1).max(10_000).optional() }),
  status: 200,
  output: z.string(),
  download: 'application/pdf',
  example: { params: sample, output: '%PDF-1.3' },
});

const own = z.object({
  id: idOf('partnership'),
  no: z.int(),
  state: z.enum(partnershipStates),
  owner: z.string(),
  ...writing,
  ...days,
  nextReview: calendarDay.nullable(),
  centreSigned: signature,
  companySigned: signature,
  version: z.int(),
});
export type OwnAgreement = z.output<typeof own>;
const ownPage = z.object({ company: z.string(), centre: z.string(), zone: z.string(), agreements: z.array(own) });
export type OwnAgreements = z.output<typeof ownPage>;
const exampleToken = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';
const exampleOwn = {
  company: 'Bjergager Smede & Montage',
  centre: 'VEU-center Fjordegnen',
  zone: 'Europe/Copenhagen',
  agreements: [{ id: ids.partnership, no: 1, state: 'draft', owner: 'Anna Holm', ...exampleWriting, ...exampleDays, nextReview: null, centreSigned: null, companySigned: null, version: 1 }],
};
/** The text that was read: what was written since is refused. */
const which = { token, partnership: idOf('partnership'), no: serial, version: serial };
const exampleWhich = { token: exampleToken, partnership: ids.partnership, no: 1, version: 1 };
const ownRefusals = { page_gone: 410, partnership_unknown: 404, partnership_changed: 409, partnership_step: 409 } as const;

export const readOwnPartnerships = endpoint({
  name: 'readOwnPartnerships',
  method: 'POST',
  path: '/api/company-page/partnerships',
  summary: 'What a company and the centre have agreed, on the company’s own page',
  description: 'Row 4.09. Drafts, what waits for signatures, and what holds.',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits,
  status: 200,
  output: ownPage,
  errors: { page_gone: 410 },
  example: { body: { token: exampleToken }, output: exampleOwn },
});

export const writeOwnExpectations = endpoint({
  name: 'writeOwnExpectations',
  method: 'POST',
  path: '/api/company-page/partnerships/expectations',
  summary: 'A company writes what it expects, while the text is a draft',
  access: 'anyone',
  body: z.strictObject({ ...which, companyExpects: writing.companyExpects }),
  limits,
  status: 200,
  output: ownPage,
  errors: ownRefusals,
  example: { body: { ...exampleWhich, companyExpects: exampleWriting.companyExpects }, output: exampleOwn },
});

export const signOwnAgreement = endpoint({
  name: 'signOwnAgreement',
  method: 'POST',
  path: '/api/company-page/partnerships/signature',
  summary: 'A company signs, with the name typed by whoever signs for it',
  description: 'Row 4.09. Only the version that was read, and only what waits for signatures. `partnership_signed`: it has done so before.',
  access: 'anyone',
  body: z.strictObject({ ...which, name: z.string().trim().min(2).max(200), agrees: z.literal(true) }),
  limits,
  status: 200,
  output: ownPage,
  errors: { ...ownRefusals, partnership_signed: 409 },
  example: { body: { ...exampleWhich, name: 'Preben Bjergager', agrees: true }, output: exampleOwn },
});
