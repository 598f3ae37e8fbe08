import { afterEach, expect, test, vi } from 'vitest';
import { callingDay, type Rung } from '../docs/examples/calling-day.ts';
import { testApp } from './support/app.ts';
import { makeCompany } from './support/companies.ts';
import { makeCentre } from './support/factory.ts';
import { makeBookable } from './support/meetings.ts';
import { fileAgreement, queuedCampaign } from './support/queues.ts';

const app = await testApp({ now: '2026-11-17T10:00:00+01:00' });
afterEach(() => vi.unstubAllGlobals());

/** The script asks a server; here the server is asked without a port. */
function asServer(): void {
  vi.stubGlobal('fetch', async (url: URL, { method, headers, body }: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string }) => {
    const answer = await app.request(null).raw({ method, url: `${url.pathname}${url.search}`, headers, ...(body === undefined ? {} : { payload: body }) });
    return new Response(answer.status === 204 ? null : answer.text, { status: answer.status, headers: { 'retry-after': String(answer.headers['retry-after'] ?? '') } });
  });
}

test('X.2 a script with an API key runs a whole calling day: takes, records, books, and stops when nobody is left', async () => {
  const made = await makeCentre(app);
  await fileAgreement(app, made);
  await makeBookable(app, made.centre, [made.anna]);
  const companies: string[] = [];
  for (let n = 0; n < 7; n += 1)
    companies.push((await makeCompany(app, [made.centre], { name: `Firma ${n}`, phone: `0012345${n}`, address: 'Havnevej 4', postcode: '7620', town: 'Limvig', municipality: '0665' })).id);
  await queuedCampaign(app, made, companies, { struck: [companies[6] as string] });
  const { key } = (
    await app.request(made.karen).post('/api/keys', {
      name: 'Ringbros opkaldssystem',
      writes: true,
      days: 30,
      machine: { role: 'agent', schoolId: null, organisationId: made.centre.organisation },
    })
  ).body;
  const person = { name: 'Inger Solhøj', role: 'owner', email: 'inger@solhoj.example' };
  const rung: Rung[] = [
    { phone: '00123450', outcome: 'wants_contact', note: 'Fem certifikater udløber.', person },
    { phone: '00123451', outcome: 'wants_contact', person: { ...person, email: 'per@firma.example', name: 'Per Krogh' } },
    { phone: '00123452', outcome: 'not_now', note: 'Ring til foråret' },
    { phone: '00123453', outcome: 'not_interested' },
    { phone: '00123454', outcome: 'wrong_number' },
    { phone: '00123456', outcome: 'not_interested' },
  ];
  asServer();
  expect(await callingDay('http://localhost:3000', key, rung)).toEqual({ wants_contact: 2, booked: 2, not_now: 1, not_interested: 1, wrong_number: 1, no_answer: 1 });
  const meetings = await app.owner.query('select count(*)::int n from vn.meeting where centre_id = $1', [made.centre.id]);
  expect(meetings.rows).toEqual([{ n: 2 }]);
  // The name of the system stands at its calls; what a school struck was never offered.
  const calls = (await app.request(made.camilla).get('/api/calls')).body.items as { person: string; outcome: string; company: { name: string } }[];
  expect(new Set(calls.map(({ person: who }) => who))).toEqual(new Set(['Ringbros opkaldssystem']));
  expect(calls.map(({ company, outcome }) => `${company.name} ${outcome}`).sort()).toEqual([
    'Firma 0 wants_contact',
    'Firma 1 wants_contact',
    'Firma 2 not_now',
    'Firma 3 not_interested',
    'Firma 4 wrong_number',
    'Firma 5 no_answer',
  ]);
  expect(await callingDay('http://localhost:3000', key, rung)).toEqual({});
});

test('X.2 a key that may not call says so', async () => {
  const { karen } = await makeCentre(app);
  const { key } = (await app.request(karen).post('/api/keys', { name: 'Uden telefon', writes: true, days: 30, machine: null })).body;
  asServer();
  await expect(callingDay('http://localhost:3000', key, [])).rejects.toThrow('the key may not call');
});
