import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';

const app = await testApp();
const write = (by: TestPerson, school: string, kind: string, body: object, version = 0) => app.request(by).put(`/api/schools/${school}/measures/${kind}`, body, seen(version));
const list = async (by: TestPerson) => (await app.request(by).get('/api/measures')).body;
const tie = { kind: 'minimum_activity', what: 'Skal have 40 årskursister på svejsning.', since: '2026-08-01', openTo: 'coordinator' };

describe('three measures', () => {
  test('3.08 every school has all three from the start; its manager says who does one by when, and that it is done; all schools see it', async () => {
    const { centre, dorte, anna, emil } = await makeCentre(app);
    const empty = await list(emil);
    expect(empty.measures).toHaveLength(empty.schools.length * 3);
    expect(empty.measures.every(({ owner, version }: { owner: unknown; version: number }) => owner === null && version === 0)).toBe(true);
    const written = await write(dorte, centre.schools.a, 'pair_visits', { owner: anna.id, due: '2027-01-31', note: 'To besøg med skole B.' });
    expect(written, written.text).toMatchObject({ status: 200, body: { owner: { id: anna.id, name: 'Anna' }, due: '2027-01-31', doneOn: null, version: 1 } });
    expect(await write(dorte, centre.schools.a, 'pair_visits', { owner: anna.id, due: '2027-01-31', doneOn: '2027-01-20' }, 1)).toMatchObject({
      status: 200,
      body: { doneOn: '2027-01-20', version: 2 },
    });
    expect((await list(emil)).measures).toContainEqual(expect.objectContaining({ school: centre.schools.a, kind: 'pair_visits', doneOn: '2027-01-20' }));
  });

  test('3.08 refused: another school’s measures, an owner from elsewhere, an unknown measure, a version that is gone; two at once write one', async () => {
    const { centre, dorte, anna, emil, camilla, ida } = await makeCentre(app);
    const body = { owner: anna.id, due: '2027-01-31' };
    expect(await write(emil, centre.schools.a, 'mandate', body)).toMatchObject({ status: 403, body: { code: 'measure_not_yours' } });
    expect(await write(dorte, centre.schools.a, 'mandate', { ...body, owner: emil.id })).toMatchObject({ status: 422, body: { code: 'measure_owner' } });
    expect((await write(dorte, centre.schools.a, 'medals', body)).status).toBe(400);
    expect((await write(dorte, centre.schools.a, 'mandate', { ...body, due: '2027-02-30' })).status).toBe(400);
    expect((await write(ida, centre.schools.a, 'mandate', body)).status).toBe(404);
    expect((await write(dorte, centre.schools.a, 'mandate', body, 4)).status).toBe(412);
    const answers = await Promise.all([write(dorte, centre.schools.a, 'mandate', body), write(camilla, centre.schools.a, 'mandate', { ...body, due: '2027-03-01' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});

describe('what pulls the other way', () => {
  test('3.03 a school tells what pulls; others read it only where it is opened to the centre, the coordinator always', async () => {
    const { dorte, anna, emil, camilla, ida } = await makeCentre(app);
    const added = await app.request(dorte).post('/api/incentives', tie);
    expect(added, added.text).toMatchObject({ status: 201, body: { what: tie.what, openTo: 'coordinator', until: null, can: { write: true } } });
    const read = async (by: TestPerson) => (await app.request(by).get('/api/incentives')).body.map(({ id }: { id: string }) => id);
    for (const [person, there] of [
      [dorte, 1],
      [anna, 1],
      [camilla, 1],
      [emil, 0],
      [ida, 0],
    ] as const)
      expect(await read(person), person.name).toHaveLength(there);
    const change = (by: TestPerson, over: object, version: number) => app.request(by).put(`/api/incentives/${added.body.id}`, { ...tie, ...over }, seen(version));
    expect((await change(emil, {}, 1)).status).toBe(404);
    expect(await change(dorte, { openTo: 'centre' }, 1)).toMatchObject({ status: 200, body: { openTo: 'centre', version: 2 } });
    expect(await read(emil)).toEqual([added.body.id]);
    expect(await change(emil, {}, 2)).toMatchObject({ status: 403, body: { code: 'incentive_not_yours' } });
    expect((await change(dorte, {}, 1)).status).toBe(412);
    expect((await app.request(emil).delete(`/api/incentives/${added.body.id}`, seen(2))).status).toBe(403);
    expect((await app.request(dorte).delete(`/api/incentives/${added.body.id}`, seen(2))).status).toBe(204);
    expect(await read(camilla)).toEqual([]);
  });

  test('3.03 refused: it ends before it begins, has no words, or an unknown kind', async () => {
    const { dorte, anna } = await makeCentre(app);
    expect(await app.request(dorte).post('/api/incentives', { ...tie, until: '2026-07-01' })).toMatchObject({ status: 422, body: { code: 'incentive_backwards' } });
    for (const over of [{ what: ' ' }, { kind: 'greed' }, { openTo: 'world' }, { what: 'x'.repeat(1001) }])
      expect((await app.request(dorte).post('/api/incentives', { ...tie, ...over })).status, JSON.stringify(over)).toBe(400);
    expect((await app.request(anna).post('/api/incentives', tie)).status).toBe(403);
  });
});
