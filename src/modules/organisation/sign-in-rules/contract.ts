import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';

export const ways = ['mail', 'passkey', 'provider'] as const;
/** Minutes that a session may live in all; the longest is how long a browser keeps its cookie. */
export const lives = [480, 720, 1440, 10_080, 20_160, 43_200] as const;
/** Minutes without use. */
export const idles = [15, 30, 60, 240, 480, 1440, 10_080, 20_160] as const;

const facts = {
  lifeMinutes: z.literal(lives),
  idleMinutes: z.literal(idles),
  /** mail: a code or link by mail · passkey · provider: an institution’s own login. Without mail there must be an institution’s. */
  ways: z.array(z.enum(ways)).min(1).max(3),
};
const rules = z.object({ ...facts, version: z.number().int(), can: z.object({ edit: z.boolean() }) });
export type SignInRules = z.output<typeof rules>;
const exampleFacts = { lifeMinutes: 43_200 as const, idleMinutes: 20_160 as const, ways: [...ways] };

export const readSignInRules = endpoint({
  name: 'readSignInRules',
  method: 'GET',
  path: '/api/sign-in-rules',
  summary: 'How the centre lets in, and how long a session may live',
  access: ['administrator', 'data_protection'],
  status: 200,
  output: rules,
  example: { output: { ...exampleFacts, version: 0, can: { edit: false } } },
});

export const writeSignInRules = endpoint({
  name: 'writeSignInRules',
  method: 'PUT',
  path: '/api/sign-in-rules',
  summary: 'Write how the centre lets in, and how long a session may live',
  description:
    'Holds at once: sessions that no longer fit end, one’s own too. Mail can be closed only by somebody who came in by a way that stays open, and while an institution’s login is switched on. Invitations and the operator’s link (`npm run cli -- sign-in-link`) always open, then for an hour.',
  access: ['administrator'],
  bySession: true,
  body: z.strictObject(facts),
  edits: true,
  status: 200,
  output: z.object({ ...rules.shape, ended: z.number().int() }),
  errors: { no_way_left: 422, would_lock_out: 422 },
  example: { body: exampleFacts, output: { ...exampleFacts, version: 1, can: { edit: true }, ended: 0 } },
});
