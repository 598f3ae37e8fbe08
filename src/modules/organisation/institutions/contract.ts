import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { kinds, namesCpr } from './rules.ts';

const label = z.strictObject({ da: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) });
const withoutCpr = (text: z.ZodString) => text.refine((name) => !namesCpr(name), { params: { code: 'cpr_never' } });
const claim = withoutCpr(z.string().trim().min(1).max(100));
const facts = {
  kind: z.enum(kinds),
  label,
  /** As the provider writes it in its papers, without /.well-known. */
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: z.string().trim().min(1).max(200),
  scope: withoutCpr(
    z
      .string()
      .trim()
      .max(300)
      .regex(/^openid( \S+)*$/),
  ),
  /** Goes along as `idp_values`, by which brokers know which login to show. */
  idpValues: z.string().trim().max(200),
  subjectClaim: claim,
  emailClaim: claim.nullable(),
  companyClaim: claim.nullable(),
  /** Whose employees may sign in here; empty: everybody who is invited. */
  companyNumbers: z.array(z.string().regex(/^\d{8}$/)).max(200),
  /** By which claim of the signed ID token the provider says how strong a login was; elsewhere it counts for nothing. */
  strengthClaim: claim,
  /** What that claim may say; asked for as `acr_values`. Empty: nothing is asked for, and everything is strong enough. */
  strengths: z
    .array(
      z
        .string()
        .trim()
        .regex(/^\S{1,200}$/),
    )
    .max(20),
};
const provider = z.object({
  id: idOf('provider'),
  ...facts,
  label: z.object({ da: z.string(), en: z.string() }),
  enabled: z.boolean(),
  /** Written by whoever asks, and off: another administrator of the centre switches it on. */
  waitsForOther: z.boolean(),
  /** Where the provider is to send people back; given to it as the redirect URI. */
  redirect: z.string(),
  version: z.number().int(),
});
export type Provider = z.output<typeof provider>;
const id = '01990000-0000-7000-8000-000000000091';
const exampleFacts = {
  kind: 'mitid_erhverv' as const,
  label: { da: 'MitID Erhverv', en: 'MitID Erhverv' },
  issuer: 'https://broker.example.dk/op',
  clientId: 'vejnet',
  scope: 'openid nemlogin',
  idpValues: 'mitid_erhverv',
  subjectClaim: 'nemlogin.persistent_professional_id',
  emailClaim: 'nemlogin.email',
  companyClaim: 'nemlogin.cvr',
  companyNumbers: ['12345674'],
  strengthClaim: 'loa',
  strengths: ['https://data.gov.dk/concept/core/nsis/Substantial', 'https://data.gov.dk/concept/core/nsis/High'],
};
const example = { id, ...exampleFacts, enabled: false, waitsForOther: false, redirect: `https://vejnet.example.dk/sign-in/back/${id}`, version: 1 };
const which = { params: z.strictObject({ provider: idOf('provider') }) };
const administrator = ['administrator'] as const;
const limits = [{ count: 60, seconds: 600, by: 'address' }] as const;

export const listSignInProviders = endpoint({
  name: 'listSignInProviders',
  method: 'GET',
  path: '/api/sign-in-providers',
  summary: 'The institutions’ logins of the centre, switched on or not; never their secrets',
  access: ['administrator', 'data_protection'],
  status: 200,
  output: z.array(provider),
  example: { output: [example] },
});

export const addSignInProvider = endpoint({
  name: 'addSignInProvider',
  method: 'POST',
  path: '/api/sign-in-providers',
  summary: 'Add an OpenID Connect provider; it is off until it is switched on',
  description: 'Claims and scopes that may hold a civil registration number are refused (cpr_never).',
  access: administrator,
  bySession: true,
  body: z.strictObject({ ...facts, secret: z.string().trim().min(1).max(500) }),
  status: 201,
  output: provider,
  errors: { provider_address: 422, provider_inside: 422, provider_insecure: 422 },
  example: { body: { ...exampleFacts, secret: 'a secret from the broker' }, output: example },
});

export const writeSignInProvider = endpoint({
  name: 'writeSignInProvider',
  method: 'PUT',
  path: '/api/sign-in-providers/{provider}',
  summary: 'Write a provider; without a secret the old one stays',
  description: 'With another issuer or another claim for the person, those who were joined must join anew: what one provider says of a person means nothing at another.',
  access: administrator,
  bySession: true,
  ...which,
  body: z.strictObject({ ...facts, secret: z.string().trim().min(1).max(500).nullable() }),
  edits: true,
  status: 200,
  output: provider,
  errors: { provider_address: 422, provider_inside: 422, provider_insecure: 422, last_way: 422 },
  example: { params: { provider: id }, body: { ...exampleFacts, secret: null }, output: { ...example, version: 2 } },
});

export const switchSignInProvider = endpoint({
  name: 'switchSignInProvider',
  method: 'PUT',
  path: '/api/sign-in-providers/{provider}/on',
  summary: 'Switch a provider on or off',
  description: 'Whoever wrote where it leads, which claim says who somebody is, or how strong a login must be, leaves switching it on to another administrator, where the centre has one.',
  access: administrator,
  bySession: true,
  ...which,
  body: z.strictObject({ on: z.boolean() }),
  edits: true,
  status: 200,
  output: provider,
  errors: { last_way: 422, second_person: 422 },
  example: { params: { provider: id }, body: { on: true }, output: { ...example, enabled: true, version: 2 } },
});

export const removeSignInProvider = endpoint({
  name: 'removeSignInProvider',
  method: 'DELETE',
  path: '/api/sign-in-providers/{provider}',
  summary: 'Remove a provider, and who was joined to it',
  access: administrator,
  bySession: true,
  ...which,
  status: 204,
  output: z.null(),
  errors: { last_way: 422 },
  example: { params: { provider: id } },
});

export const checkSignInProvider = endpoint({
  name: 'checkSignInProvider',
  method: 'POST',
  path: '/api/sign-in-providers/{provider}/check',
  summary: 'Ask a provider for its papers: whether it answers and is who it should be',
  access: administrator,
  bySession: true,
  ...which,
  status: 200,
  output: z.object({ works: z.boolean(), fault: z.enum(['silent', 'untrue']).nullable() }),
  limits,
  example: { params: { provider: id }, output: { works: true, fault: null } },
});

export const listOpenProviders = endpoint({
  name: 'listOpenProviders',
  method: 'GET',
  path: '/api/sign-in/providers',
  summary: 'The institutions’ logins that the sign-in page offers',
  access: 'anyone',
  status: 200,
  output: z.array(z.object({ id: idOf('provider'), centre: z.string(), label: z.object({ da: z.string(), en: z.string() }) })),
  example: { output: [{ id, centre: 'VEU-center Fjordegnen', label: exampleFacts.label }] },
});

export const beginAtProvider = endpoint({
  name: 'beginAtProvider',
  method: 'POST',
  path: '/api/sign-in/providers/{provider}',
  summary: 'Begin to sign in at an institution’s login, or to join it to oneself',
  description: 'Answers where the browser is to go, and marks the browser by a cookie. OpenID Connect, code flow with PKCE (S256), state and nonce; holds for ten minutes, once.',
  access: 'anyone',
  ...which,
  body: z.strictObject({ join: z.boolean().default(false) }),
  status: 200,
  output: z.object({ address: z.string() }),
  errors: { provider_silent: 424, provider_untrue: 424, confirm_first: 403 },
  limits,
  example: { params: { provider: id }, body: { join: false }, output: { address: 'https://broker.example.dk/op/connect/authorize?client_id=vejnet' } },
});

export const finishAtProvider = endpoint({
  name: 'finishAtProvider',
  method: 'POST',
  path: '/api/session/provider/{provider}',
  summary: 'Finish what was begun at an institution’s login',
  description:
    'With what the provider put into the address it sent the browser back to. Signs in whoever is joined to that login, or – the first time – whose invited address the provider has verified (email_verified). A matching company number lets nobody in. A login that is not as strong as the centre asks for, or does not say how strong it is, is refused (login_too_weak). The same answer from another browser, or once more, opens nothing.',
  access: 'anyone',
  ...which,
  body: z.strictObject({ answer: z.string().min(1).max(4000) }),
  status: 200,
  output: z.object({ done: z.enum(['signed_in', 'joined']) }),
  errors: {
    attempt_over: 403,
    provider_silent: 424,
    provider_untrue: 403,
    provider_cancelled: 403,
    login_too_weak: 403,
    not_invited: 403,
    other_company: 403,
    login_taken: 409,
    confirm_first: 403,
    way_closed: 403,
  },
  limits,
  example: { params: { provider: id }, body: { answer: '?code=abc&state=def' }, output: { done: 'signed_in' } },
});

export const listJoinedLogins = endpoint({
  name: 'listJoinedLogins',
  method: 'GET',
  path: '/api/joined-logins',
  summary: 'The institutions’ logins of one’s centre, and which are joined to oneself',
  access: 'signed-in',
  status: 200,
  output: z.array(z.object({ id: idOf('provider'), label: z.object({ da: z.string(), en: z.string() }), joinedAt: instant.nullable(), usedAt: instant.nullable() })),
  example: { output: [{ id, label: exampleFacts.label, joinedAt: '2026-11-17T07:20:00.000Z', usedAt: null }] },
});

export const leaveLogin = endpoint({
  name: 'leaveLogin',
  method: 'DELETE',
  path: '/api/joined-logins/{provider}',
  summary: 'Take an institution’s login off oneself',
  access: 'signed-in',
  bySession: true,
  ...which,
  status: 204,
  output: z.null(),
  example: { params: { provider: id } },
});
