import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { visitTopics } from '../visits/contract.ts';

const owner = ['consultant'] as const;
/** A mail of this size is still looked at, so that its sender can be told it is too large. */
const looked = 52_428_800;

const params = z.strictObject({ person: idOf('person') });
const draftParams = z.strictObject({ draft: idOf('draft') });

const mail = z.object({
  from: z.string(),
  subject: z.string(),
  receivedAt: instant,
  /** As it came, with what it quotes; empty after 90 days. */
  text: z.string(),
  suggestions: z.object({
    /** Never filled in: a person chooses. */
    companies: z.array(
      z.object({
        id: idOf('company'),
        name: z.string(),
        town: z.string().nullable(),
        /** cvr: its number is in the mail · meeting: it is named, and one met it in the last 30 days · name: it is named, and one has reported on it before. */
        why: z.enum(['cvr', 'meeting', 'name']),
        /** The meeting that the report would be about, where it has none yet. */
        meeting: idOf('meeting').nullable(),
      }),
    ),
    topics: z.array(z.enum(visitTopics)),
  }),
  /** Files of the mail that the draft does not have. */
  refused: z.array(z.object({ name: z.string(), why: z.enum(['too_large', 'too_many', 'empty']) })),
  /** Whether the mail can still be fetched as it came. */
  original: z.boolean(),
});
export type IntakeMailShown = z.output<typeof mail>;

const person = '01990000-0000-7000-8000-000000000001';
const draft = '01990000-0000-7000-8000-000000000701';

export const readIntakeAddress = endpoint({
  name: 'readIntakeAddress',
  method: 'GET',
  path: '/api/people/{person}/intake-address',
  summary: 'Whether one has a secret address for reports by mail, and whether mail comes in here at all',
  access: owner,
  params,
  status: 200,
  output: z.object({ open: z.boolean(), since: instant.nullable() }),
  example: { params: { person }, output: { open: true, since: '2026-11-17T08:00:00.000Z' } },
});

export const renewIntakeAddress = endpoint({
  name: 'renewIntakeAddress',
  method: 'PUT',
  path: '/api/people/{person}/intake-address',
  summary: 'A new secret address for reports by mail',
  description: 'Row 2.22. Shown this once; only its hash is kept. An earlier one ends. Mail to it becomes a draft only where it comes from its owner’s own e-mail address.',
  access: owner,
  bySession: true,
  params,
  status: 200,
  output: z.object({ address: z.string() }),
  errors: { not_your_address: 403, intake_closed: 409 },
  example: { params: { person }, output: { address: 'rapport+mfrggzdfmztwq2lknnwg23tpobyxe43u@vejnet.example.dk' } },
});

export const endIntakeAddress = endpoint({
  name: 'endIntakeAddress',
  method: 'DELETE',
  path: '/api/people/{person}/intake-address',
  summary: 'Switch the secret address off',
  access: owner,
  params,
  status: 204,
  output: z.null(),
  errors: { not_your_address: 403 },
  example: { params: { person } },
});

export const receiveMail = endpoint({
  name: 'receiveMail',
  method: 'POST',
  path: '/api/intake/mails',
  summary: 'A mail server hands a mail over, as it is (RFC 5322)',
  description:
    'Row 2.22. For a mail server that delivers over HTTP. The key of the installation in `key` or as `Authorization: Bearer`; without it there is nothing here (no_intake). `to`: the addressee on the envelope, where the head may not name it. The same mail twice is taken once. Over 25 MB it is not kept, and its sender is told; over 50 MB it is refused.',
  access: 'anyone',
  query: z.object({ key: z.string().max(500).optional(), to: z.string().max(2000).optional() }),
  upload: true,
  uploadBytes: looked,
  limits: [{ count: 600, seconds: 60, by: 'address' }],
  status: 202,
  output: z.object({ kept: z.boolean() }),
  errors: { no_intake: 404, empty_mail: 422 },
  example: { query: { to: 'rapport+mfrggzdfmztwq2lknnwg23tpobyxe43u@vejnet.example.dk' }, output: { kept: true } },
});

export const readIntakeMail = endpoint({
  name: 'readIntakeMail',
  method: 'GET',
  path: '/api/intake-mails/{draft}',
  summary: 'The mail that a draft of one’s own was made of, and which companies it may be about',
  description: 'Row 2.22. Also after the report was sent. Never by the domain of an address: a company is proposed for its number, or for its name where one has met it or reported on it.',
  access: owner,
  params: draftParams,
  status: 200,
  output: mail,
  example: {
    params: { draft },
    output: {
      from: 'anna@skole.example',
      subject: 'Besøg hos Bjergager',
      receivedAt: '2026-11-17T10:00:00.000Z',
      text: 'De mangler svejsere.\n\n> Kan du komme tirsdag?',
      suggestions: {
        companies: [{ id: '01990000-0000-7000-8000-000000000101', name: 'Bjergager Smede & Montage', town: 'Limvig', why: 'meeting', meeting: '01990000-0000-7000-8000-000000000301' }],
        topics: ['certificates'],
      },
      refused: [{ name: 'film.mov', why: 'too_large' }],
      original: true,
    },
  },
});

export const downloadIntakeMail = endpoint({
  name: 'downloadIntakeMail',
  method: 'GET',
  path: '/api/intake-mails/{draft}/original',
  summary: 'The mail as it came, for 90 days',
  access: owner,
  params: draftParams,
  status: 200,
  output: z.string(),
  download: 'message/rfc822',
  example: { params: { draft }, output: 'From: anna@skole.example\r\nSubject: Hej\r\n\r\nDe mangler svejsere.\r\n' },
});
