import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { pageOf, pageQuery } from '../../../kit/page.ts';

/** sent: our mail server took it. returned: a server after it took it and gave it back. */
export const mailStates = ['waiting', 'sent', 'returned', 'failed'] as const;
/**
 * refused: the receiver's server will not have it (5xx). busy: it asked to come again (4xx). unreachable: our mail server was not reached. other: something else. withheld: the receiver said no to mail, or was erased; it is not
 * sent again. delayed: sent, and a server on the way still tries. Of one that came back (RFC 3463): no_address: nobody has that address. full: the mailbox is. too_large: the mail is.
 * blocked: the receiver's rules will not have it. expired: it could not be delivered in days. given_back: another reason.
 */
export const failures = ['refused', 'busy', 'unreachable', 'other', 'withheld', 'delayed', 'no_address', 'full', 'too_large', 'blocked', 'expired', 'given_back'] as const;

const mail = z.object({
  id: idOf('mail'),
  at: instant,
  to: z.string(),
  /** Without numbers of four digits and more: it may be a code that signs in. */
  subject: z.string(),
  state: z.enum(mailStates),
  /** How often it was tried in vain. */
  tries: z.number().int(),
  /** Of the last try in vain; or what a server on the way reported since. */
  failure: z.enum(failures).nullable(),
  sentAt: instant.nullable(),
  /** When a server on the way reported that it is late or comes back. */
  reportedAt: instant.nullable(),
  /** Of one that did not arrive: where it goes when it is sent again, which is the address that the person has now. */
  againTo: z.string().nullable(),
  /** Where somebody at a company still has the address that nobody has: whom to give another one first. */
  correct: z.object({ company: idOf('company'), contact: idOf('contact') }).nullable(),
});
export type OutboxMail = z.infer<typeof mail>;

const example = {
  id: '01990000-0000-7000-8000-000000000071',
  at: '2026-11-17T08:20:00.000Z',
  to: 'inger@solhoj.example',
  subject: 'Besøg den 24. november',
  state: 'failed',
  tries: 9,
  failure: 'refused',
  sentAt: null,
  reportedAt: null,
  againTo: 'inger@solhoj-byg.example',
  correct: null,
};

export const listOutbox = endpoint({
  name: 'listOutbox',
  method: 'GET',
  path: '/api/outbox',
  summary: 'The mail that the centre wrote, newest first: whether it left, and why not',
  description: 'Whom to and about what; the text is read by nobody. Mail with a code to sign in is of no centre and is not listed.',
  access: ['coordinator', 'administrator'],
  query: z.strictObject({ ...pageQuery, state: z.enum(mailStates).optional() }),
  status: 200,
  output: pageOf(mail),
  logsAccess: true,
  example: { query: { state: 'failed' }, output: { items: [example], next: null } },
});

export const resendMail = endpoint({
  name: 'resendMail',
  method: 'POST',
  path: '/api/outbox/{mail}/resend',
  summary: 'Send a mail again that failed or came back',
  description: 'It waits again and is tried like a new one, nine times over some 40 minutes. Where the address of the person was mended since, it goes to the new one.',
  access: ['coordinator', 'administrator'],
  params: z.strictObject({ mail: idOf('mail') }),
  status: 202,
  output: z.object({ state: z.literal('waiting'), to: z.string() }),
  errors: { mail_not_failed: 409, mail_withheld: 409 },
  example: { params: { mail: example.id }, output: { state: 'waiting', to: 'inger@solhoj-byg.example' } },
});
