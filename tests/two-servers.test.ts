import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { jobKinds } from '../src/app/routes.ts';
import { testApp } from './support/app.ts';
import { makeCompany } from './support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from './support/factory.ts';
import { fileAgreement, queuedCampaign } from './support/queues.ts';

const app = await testApp({ now: '2026-11-17T10:00:00+01:00' });
let other: Awaited<ReturnType<typeof app.second>>;
beforeAll(async () => {
  other = await app.second();
});
/** Behind a proxy every other request meets the other server. */
const server = (at: number) => (at % 2 === 0 ? app : other);

describe('two servers on one database', () => {
  test('a session of one is a session of the other, and ends on both at once', async () => {
    const { anna } = await makeCentre(app);
    expect((await other.request(anna).get('/api/session')).body.person.name).toBe('Anna');
    expect((await app.request(anna).delete('/api/session')).status).toBe(200);
    expect((await other.request(anna).get('/api/schools')).status).toBe(401);
  });

  test('2.15 no company is given to two callers, whichever server they meet', async () => {
    const made = await makeCentre(app);
    await fileAgreement(app, made);
    const companies: string[] = [];
    for (let n = 0; n < 12; n += 1) companies.push((await makeCompany(app, [made.centre], { name: `Firma ${n}`, phone: `001234${10 + n}` })).id);
    const campaign = await queuedCampaign(app, made, companies);
    const agents: TestPerson[] = [];
    for (let n = 0; n < 16; n += 1) agents.push(await makePerson(app, `Agent ${n}`, ['agent'], { centreId: made.centre.id, organisationId: made.centre.organisation }));
    const cards = await Promise.all(agents.map((agent, at) => server(at).request(agent).post(`/api/calls/campaigns/${campaign}/next`)));
    expect(cards.map(({ status }) => status)).toEqual(agents.map(() => 200));
    const items = cards.map(({ body }) => body.card?.item).filter((item) => item !== undefined);
    expect([items.length, new Set(items).size]).toEqual([12, 12]);
  });

  test('the same Idempotency-Key does one thing, whichever server hears it', async () => {
    const { camilla } = await makeCentre(app);
    const once = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => server(at).request(camilla).post('/api/teams', { name: 'Team To', market: '', members: [] }, once)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await app.request(camilla).get('/api/teams')).body).toHaveLength(1);
  });

  test('limits are counted together', async () => {
    const email = `${randomUUID()}@firma.example`;
    const answers = [];
    for (let at = 0; at < 8; at += 1) answers.push((await server(at).request(null).post('/api/sign-in', { email })).status);
    expect(answers).toEqual([202, 202, 202, 202, 202, 429, 429, 429]);
  });

  test('work in the background is done once, whichever server takes it', async () => {
    const { karen } = await makeCentre(app);
    for (let n = 0; n < 6; n += 1) {
      const invited = await server(n)
        .request(karen)
        .post('/api/people', { name: `Person ${n}`, email: `to-${n}@skole.example`, role: 'register', schoolId: null, organisationId: null, from: '2026-11-17', to: null });
      expect(invited.status, invited.text).toBe(201);
    }
    await Promise.all([app.jobs.drain(), other.jobs.drain(), app.jobs.drain(), other.jobs.drain()]);
    const sent = app.mails.filter(({ to }) => to.endsWith('@skole.example')).map(({ to }) => to);
    expect(sent.sort()).toEqual(Array.from({ length: 6 }, (_, n) => `to-${n}@skole.example`));
  });

  test('what is done every minute may be done by both at once: nothing twice, no fault', async () => {
    const everyMinute = jobKinds.filter(({ everyMinute }) => everyMinute === true);
    expect(everyMinute.length).toBeGreaterThan(0);
    const before = (await app.owner.query('select count(*)::int n from vn.mail')).rows[0].n;
    await Promise.all(everyMinute.flatMap((kind) => [kind.run(app.room, {}), kind.run(app.room, {})]));
    await Promise.all([app.jobs.drain(), other.jobs.drain()]);
    const once = (await app.owner.query('select count(*)::int n from vn.mail')).rows[0].n - before;
    for (const kind of everyMinute) await kind.run(app.room, {});
    await app.jobs.drain();
    expect((await app.owner.query('select count(*)::int n from vn.mail')).rows[0].n - before).toBe(once);
  });
});
