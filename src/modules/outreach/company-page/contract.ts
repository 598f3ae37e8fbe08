import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';

const writers = ['consultant', 'coordinator'] as const;
/** A secret of 256 bits; it travels in bodies, never in an address that a log would keep. */
const token = z.string().regex(/^[\w-]{43}$/);
const limits = [{ count: 60, seconds: 60, by: 'address' }] as const;
const exampleToken = 'mZ8xB0vE5rQ2kT7yH1nC4wJ6sL9aD3fGmZ8xB0vE5rQ';
const ids = { company: '01990000-0000-7000-8000-000000000101', contact: '01990000-0000-7000-8000-000000000111' };

const invited = z.object({
  contact: z.object({ id: idOf('contact'), name: z.string(), email: z.string().nullable() }),
  madeAt: instant,
  until: instant,
  /** Wants no more mails. */
  noMail: z.boolean(),
});
const company = z.strictObject({ company: idOf('company') });

export const listCompanyPages = endpoint({
  name: 'listCompanyPages',
  method: 'GET',
  path: '/api/companies/{company}/pages',
  summary: 'Who at a company has its page',
  access: ['consultant', 'manager', 'coordinator'],
  params: company,
  status: 200,
  output: z.array(invited),
  example: {
    params: { company: ids.company },
    output: [{ contact: { id: ids.contact, name: 'Preben Bjergager', email: 'preben@bjergager.example' }, madeAt: '2026-11-17T09:00:00.000Z', until: '2027-11-17T09:00:00.000Z', noMail: false }],
  },
});

export const inviteToPage = endpoint({
  name: 'inviteToPage',
  method: 'POST',
  path: '/api/companies/{company}/pages',
  summary: 'Mail somebody at the company the secret address of its page',
  description:
    'Row X.4. Only to whoever said yes to it (`saidYes`), and only for a company that the centre follows. A new address ends the one before. The secret stands in the mail and nowhere else.',
  access: writers,
  params: company,
  body: z.strictObject({ contact: idOf('contact'), saidYes: z.literal(true) }),
  status: 201,
  output: invited,
  errors: { company_not_followed: 409, contact_without_mail: 422, wants_no_mail: 409 },
  example: {
    params: { company: ids.company },
    body: { contact: ids.contact, saidYes: true },
    output: { contact: { id: ids.contact, name: 'Preben Bjergager', email: 'preben@bjergager.example' }, madeAt: '2026-11-17T09:00:00.000Z', until: '2027-11-17T09:00:00.000Z', noMail: false },
  },
});

export const endCompanyPage = endpoint({
  name: 'endCompanyPage',
  method: 'DELETE',
  path: '/api/companies/{company}/pages/{contact}',
  summary: 'Take a company’s page back from somebody',
  access: writers,
  params: z.strictObject({ company: idOf('company'), contact: idOf('contact') }),
  status: 204,
  output: z.null(),
  example: { params: { company: ids.company, contact: ids.contact } },
});

const page = z.object({
  centre: z.string(),
  zone: z.string(),
  company: z.string(),
  /** The one contact person, or the deputy; null when the centre follows the company no longer. */
  contactPerson: z.object({ name: z.string(), email: z.string(), phone: z.string().nullable(), school: z.string().nullable() }).nullable(),
  meetings: z.array(z.object({ start: instant, end: instant, place: z.string(), who: z.array(z.string()) })),
  /** What the company does itself. */
  ours: z.array(z.object({ what: z.string(), due: calendarDay })),
  told: z.array(z.object({ at: instant, text: z.string(), by: z.string() })),
  /** What the centre keeps about whoever opened the page. */
  kept: z.object({ name: z.string(), role: z.string(), phone: z.string().nullable(), email: z.string().nullable(), source: z.string(), reviewOn: calendarDay }),
  askedAt: instant.nullable(),
  noMailAt: instant.nullable(),
  until: instant,
});
export type CompanyPageShown = z.output<typeof page>;

export const openCompanyPage = endpoint({
  name: 'openCompanyPage',
  method: 'POST',
  path: '/api/company-page',
  summary: 'What a company’s secret address opens',
  description: 'Row X.4: one contact person, what happens next, what the company was told, its own data. Nothing of reports, notes or schools.',
  access: 'anyone',
  body: z.strictObject({ token }),
  limits,
  status: 200,
  output: page,
  errors: { page_gone: 410 },
  example: {
    body: { token: exampleToken },
    output: {
      centre: 'VEU-center Fjordegnen',
      zone: 'Europe/Copenhagen',
      company: 'Bjergager Smede & Montage',
      contactPerson: { name: 'Anna Holm', email: 'anna@fjordegnen.example', phone: null, school: 'Fjordegnens Erhvervsskole' },
      meetings: [{ start: '2026-11-24T08:00:00.000Z', end: '2026-11-24T09:00:00.000Z', place: 'Havnevej 4, Limvig', who: ['Anna Holm'] }],
      ours: [{ what: 'Spørg folkene, hvem der vil være med', due: '2026-11-24' }],
      told: [{ at: '2026-11-16T10:00:00.000Z', text: 'Holdet begynder i januar.', by: 'Anna Holm' }],
      kept: { name: 'Preben Bjergager', role: 'owner', phone: '00 98 76 54', email: 'preben@bjergager.example', source: 'Opkald', reviewOn: '2028-11-17' },
      askedAt: null,
      noMailAt: null,
      until: '2027-11-17T09:00:00.000Z',
    },
  },
});

export const askFromPage = endpoint({
  name: 'askFromPage',
  method: 'POST',
  path: '/api/company-page/call',
  summary: '»Please call me«: the contact person gets it as an enquiry; pressed again, it is still one',
  access: 'anyone',
  body: z.strictObject({ token, said: z.string().trim().max(1000).default('') }),
  limits,
  status: 204,
  output: z.null(),
  errors: { page_gone: 410 },
  example: { body: { token: exampleToken, said: 'Gerne i morgen formiddag.' } },
});

export const mailFromPage = endpoint({
  name: 'mailFromPage',
  method: 'POST',
  path: '/api/company-page/mail',
  summary: 'Whether the centre may go on mailing whoever opened the page',
  access: 'anyone',
  body: z.strictObject({ token, mail: z.boolean() }),
  limits,
  status: 204,
  output: z.null(),
  errors: { page_gone: 410 },
  example: { body: { token: exampleToken, mail: false } },
});
