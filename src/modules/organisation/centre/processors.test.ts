import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { tenantTables } from '../../../../tests/architecture/rls.ts';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';

const app = await testApp();
const address = '/api/processors';
const agreement = (over: Record<string, unknown> = {}) => ({ reference: 'Aftale 2026-4', signedOn: '2026-11-01', from: '2026-11-17', to: '2026-11-30', ...over });
const file = (by: TestPerson, organisation: string, over: Record<string, unknown> = {}) => app.request(by).post(`${address}/${organisation}/agreements`, agreement(over));
const end = (by: TestPerson, organisation: string, id: string, lastDay: string) => app.request(by).post(`${address}/${organisation}/agreements/${id}/end`, { lastDay });
const holds = async (agent: TestPerson) => (await app.request(agent).get('/api/session')).body.agreementHolds;
const listed = async (by: TestPerson) => (await app.request(by).get(address)).body;
/** Another day, for as long as `work` lasts. */
async function at(instant: string, work: () => Promise<void>) {
  const start = app.clock.now();
  app.clock.set(instant);
  await work().finally(() => app.clock.set(start.toISOString()));
}

describe('who may', () => {
  test('401 for nobody; 403 for schools, the call agent and the ministry', async () => {
    const { anna, bo, dorte, hanne, centre } = await makeCentre(app);
    for (const [person, status] of [
      [null, 401],
      [anna, 403],
      [bo, 403],
      [dorte, 403],
      [hanne, 403],
    ] as const) {
      expect((await app.request(person).get(address)).status).toBe(status);
      expect((await app.request(person).post(address, { name: 'Ny' })).status).toBe(status);
      expect((await app.request(person).post(`${address}/${centre.organisation}/agreements`, agreement())).status).toBe(status);
    }
  });

  test('403: the coordinator sees the agreements and files none', async () => {
    const { camilla, karen, centre } = await makeCentre(app);
    const filed = (await file(karen, centre.organisation)).body;
    expect(await listed(camilla)).toEqual([filed]);
    expect((await file(camilla, centre.organisation)).status).toBe(403);
    expect((await app.request(camilla).post(address, { name: 'Ny' })).status).toBe(403);
    expect((await end(camilla, centre.organisation, filed.agreements[0].id, '2026-11-20')).status).toBe(403);
  });

  test('404: an organisation of another centre, an agreement of another organisation, and what never was', async () => {
    const { karen, ida, centre, other } = await makeCentre(app);
    expect(await file(karen, other.organisation)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await listed(ida)).map(({ id }: { id: string }) => id)).toEqual([other.organisation]);
    const filed = (await file(karen, centre.organisation)).body;
    const second = (await app.request(karen).post(address, { name: 'Ny' })).body;
    expect((await end(karen, second.id, filed.agreements[0].id, '2026-11-20')).status).toBe(404);
    expect((await end(karen, centre.organisation, randomUUID(), '2026-11-20')).status).toBe(404);
    expect((await file(karen, randomUUID())).status).toBe(404);
  });
});

describe('agreements on file', () => {
  test('an organisation is added without one, and is not valid', async () => {
    const { karen } = await makeCentre(app);
    expect(await app.request(karen).post(address, { name: ' Opkald & Co ' })).toMatchObject({ status: 201, body: { name: 'Opkald & Co', kind: 'call_centre', agreements: [], valid: false } });
    expect((await listed(karen)).map(({ name }: { name: string }) => name)).toEqual(['Opkald & Co', 'Ringbro']);
  });

  test('stand newest first with their state today, and leave an audit line', async () => {
    const { karen, centre } = await makeCentre(app);
    await file(karen, centre.organisation, { reference: 'Gammel', from: '2025-01-01', to: '2025-12-31' });
    await file(karen, centre.organisation, { reference: 'Næste', from: '2027-01-01', to: null });
    const now = await file(karen, centre.organisation);
    expect(now).toMatchObject({ status: 201, body: { valid: true } });
    expect(now.body.agreements.map(({ reference, state }: { reference: string; state: string }) => `${reference} ${state}`)).toEqual(['Næste ahead', 'Aftale 2026-4 now', 'Gammel past']);
    expect((await app.owner.query(`select event from vn.audit where subject = $1`, [centre.organisation])).rows).toEqual(Array(3).fill({ event: 'agreement.filed' }));
  });

  test.each<[string, Record<string, unknown>, number]>([
    ['a last day before the first', { from: '2026-12-01', to: '2026-11-30' }, 422],
    ['no reference', { reference: ' ' }, 400],
    ['a day that no calendar has', { signedOn: '2026-02-30' }, 400],
    ['no first day', { from: null }, 400],
    ['a field of its own', { valid: true }, 400],
  ])('%s is refused', async (_what, over, status) => {
    const { karen, centre } = await makeCentre(app);
    expect((await file(karen, centre.organisation, over)).status).toBe(status);
    expect((await listed(karen))[0].agreements).toEqual([]);
  });

  test('422: an agreement does not end before it began', async () => {
    const { karen, centre } = await makeCentre(app);
    const filed = (await file(karen, centre.organisation)).body;
    expect(await end(karen, centre.organisation, filed.agreements[0].id, '2026-11-16')).toMatchObject({ status: 422, body: { code: 'days_reversed' } });
  });

  test('the coordinator lengthens none by SQL', async () => {
    const { karen, camilla, centre } = await makeCentre(app);
    await file(karen, centre.organisation);
    expect((await inside(app, camilla, (client) => client.query(`update vn.processor_agreement set during = '[2024-01-01,)'`))).rowCount).toBe(0);
  });
});

describe('2.42 without a processor agreement in force', () => {
  test('2.42 the call agent’s session says whether one holds, by the day of the centre', async () => {
    const { bo, karen, centre } = await makeCentre(app);
    expect(await holds(bo)).toBe(false);
    await file(karen, centre.organisation, { from: '2026-11-18', to: '2026-11-19' });
    expect(await holds(bo)).toBe(false);
    await at('2026-11-17T23:59:59+01:00', async () => expect(await holds(bo)).toBe(false));
    await at('2026-11-18T00:00:01+01:00', async () => expect(await holds(bo)).toBe(true));
    await at('2026-11-19T23:59:59+01:00', async () => expect(await holds(bo)).toBe(true));
    await at('2026-11-20T00:00:01+01:00', async () => expect(await holds(bo)).toBe(false));
  });

  test('2.42 one that is ended early stops holding the day after', async () => {
    const { bo, karen, centre } = await makeCentre(app);
    const filed = (await file(karen, centre.organisation)).body;
    expect(await holds(bo)).toBe(true);
    expect((await end(karen, centre.organisation, filed.agreements[0].id, '2026-11-17')).status).toBe(200);
    expect(await holds(bo)).toBe(true);
    await at('2026-11-18T08:00:00+01:00', async () => expect(await holds(bo)).toBe(false));
  });

  test('2.42 another organisation’s agreement, or another centre’s, does not count', async () => {
    const { bo, karen, other } = await makeCentre(app);
    const second = (await app.request(karen).post(address, { name: 'Ny' })).body;
    await file(karen, second.id);
    await app.owner.query(`insert into vn.processor_agreement (centre_id, id, organisation_id, reference, signed_on, during) values ($1, $2, $3, 'X', '2026-01-01', '[2026-01-01,)')`, [
      other.id,
      randomUUID(),
      other.organisation,
    ]);
    expect(await holds(bo)).toBe(false);
  });

  test('2.42 whoever is no call agent has nothing to do with it', async () => {
    const { anna, camilla, hanne } = await makeCentre(app);
    for (const person of [anna, camilla, hanne]) expect(await holds(person)).toBeNull();
  });
});

describe('2.42 what a call agent meets, agreement or not', () => {
  test.each(['/api/people', '/api/schools', '/api/companies', '/api/processors', '/api/profiles', '/api/teams', '/api/audit'])('2.42 403 on %s', async (url) => {
    const { bo, karen, centre } = await makeCentre(app);
    expect(await app.request(bo).get(url)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    await file(karen, centre.organisation);
    expect((await app.request(bo).get(url)).status).toBe(403);
  });

  test('2.42 the agent’s database role may read no table of a centre, and none of the register or of persons', async () => {
    const { bo } = await makeCentre(app);
    const tables = await tenantTables(app.owner);
    expect(tables).toEqual(expect.arrayContaining(['membership', 'processor_agreement', 'relation', 'school']));
    for (const table of [...tables, 'company', 'person', 'session', 'sign_in_token', 'mail'])
      await expect(
        inside(app, bo, (client) => client.query(`select from vn.${table}`)),
        table,
      ).rejects.toMatchObject({ code: '42501' });
    for (const call of ['vn.people()', `vn.person_for(gen_random_uuid(), 'X', 'x@skole.example', 'da')`])
      await expect(
        inside(app, bo, (client) => client.query(`select * from ${call}`)),
        call,
      ).rejects.toMatchObject({ code: '42501' });
  });

  test('2.42 an agent whose organisation calls for another centre too is told so, and nobody else is', async () => {
    const { anna, bo, camilla, centre, other } = await makeCentre(app);
    const told = async (who: TestPerson) => (await app.request(who).get('/api/session')).body.servesAnotherCentre;
    expect(await told(bo)).toBe(false);
    const mads = await makePerson(app, 'Mads', ['agent'], { centreId: centre.id, organisationId: centre.organisation });
    const there = randomUUID();
    await app.owner.query(`insert into vn.organisation (centre_id, id, kind, name) values ($1, $2, 'call_centre', 'Samme firma')`, [other.id, there]);
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, organisation_id, role, during) values ($1, $2, $3, $4, 'agent', '[2025-01-01,)')`, [
      other.id,
      randomUUID(),
      mads.id,
      there,
    ]);
    expect([await told(bo), await told(mads), await told(anna), await told(camilla)]).toEqual([true, true, null, null]);
    await app.owner.query(`update vn.membership set during = '[2025-01-01,2026-01-01)' where centre_id = $1 and person_id = $2`, [other.id, mads.id]);
    expect(await told(bo)).toBe(false);
  });
});
