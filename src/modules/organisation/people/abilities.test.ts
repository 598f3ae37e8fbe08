import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { inLanguage } from '../../../kit/words.ts';
import { abilityCount, abilityLevels } from './contract.ts';
import { peopleWords } from './words.ts';

const app = await testApp();
const nothing = { level: null, learn: '', by: null };
const five = (...given: object[]) => Array.from({ length: 5 }, (_, at) => ({ ...nothing, ...given[at] }));
const secret = 'HEMMELIG PLAN';
const rated = five({ level: 1, learn: secret, by: '2027-01-15' }, { level: 4 });
const write = (by: TestPerson, abilities: unknown, version = 0) => app.request(by).put('/api/own-abilities', { abilities }, seen(version));
const read = (by: TestPerson) => app.request(by).get('/api/own-abilities');

describe('own abilities', () => {
  test('2.21 a consultant rates five abilities and plans what to learn until when, leaves some out, corrects, and deletes it', async () => {
    const { anna } = await makeCentre(app);
    expect((await read(anna)).body).toEqual({ abilities: five(), version: 0 });
    expect(await write(anna, rated)).toMatchObject({ status: 200, body: { abilities: rated, version: 1 } });
    expect(await write(anna, five({ level: 2 }))).toMatchObject({ status: 412, body: { current: { version: 1 } } });
    expect(await write(anna, five({ level: 2 }), 1)).toMatchObject({ status: 200, body: { abilities: five({ level: 2 }), version: 2 } });
    expect((await write(anna, rated, 1)).status).toBe(412);
    expect((await app.request(anna).delete('/api/own-abilities')).status).toBe(204);
    expect((await read(anna)).body).toEqual({ abilities: five(), version: 0 });
  });

  test('2.21 there are five abilities, with words for each and for each level in both languages', () => {
    for (const language of ['da', 'en'] as const) {
      const { own } = inLanguage(peopleWords, language);
      expect(new Set(own.abilities).size).toBe(abilityCount);
      expect(new Set(own.levels).size).toBe(abilityLevels.length);
    }
  });

  test('2.21 other levels, other counts, plans without a day and days without a plan are refused', async () => {
    const { anna } = await makeCentre(app);
    for (const bad of [
      five({ level: 0 }),
      five({ level: 5 }),
      five({ level: 1.5 }),
      five().slice(1),
      [...five(), nothing],
      five({ by: '2027-02-30', learn: 'x' }),
      five({ learn: 'x'.repeat(501), by: '2027-01-15' }),
      null,
    ])
      expect((await write(anna, bad)).status, JSON.stringify(bad)).toBe(400);
    expect(await write(anna, five({ learn: 'x' }))).toMatchObject({ status: 400, body: { fields: [{ path: 'abilities.0.by', code: 'required' }] } });
    expect(await write(anna, five(nothing, { learn: '  ', by: '2027-01-15' }))).toMatchObject({ status: 400, body: { fields: [{ path: 'abilities.1.learn', code: 'required' }] } });
  });

  test('2.21 nobody else reads it: no manager, coordinator, colleague or administrator, in no answer and in no log', async () => {
    const { anna, camilla, centre, dorte, karen } = await makeCentre(app);
    const signe = await makePerson(app, 'Signe', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    expect((await write(anna, rated)).status).toBe(200);
    for (const each of [camilla, dorte, karen]) expect((await read(each)).status).toBe(403);
    expect((await read(signe)).body).toEqual({ abilities: five(), version: 0 });
    // Whoever could ask the database in anybody's name but hers finds no row.
    for (const each of [camilla, dorte, karen, signe])
      await inside(app, each, async (client) => {
        expect((await client.query('select from vn.own_abilities')).rowCount).toBe(0);
        expect((await client.query('update vn.own_abilities set version = 9')).rowCount).toBe(0);
        await expect(
          client.query(
            `insert into vn.own_abilities (centre_id, person_id, levels, learn, learn_by) values ('${centre.id}', '${anna.id}', '{1,1,1,1,1}', '{"","","","",""}', '{null,null,null,null,null}')`,
          ),
        ).rejects.toMatchObject({ code: '42501' });
      });
    // In the coordinator's hat she does not find it herself.
    const hatted = await makePerson(app, 'Hanna', ['coordinator'], { centreId: centre.id });
    await app.owner.query('update vn.own_abilities set person_id = $2 where person_id = $1', [anna.id, hatted.id]);
    await inside(app, hatted, async (client) => expect((await client.query('select from vn.own_abilities')).rowCount).toBe(0));
    await app.owner.query('update vn.own_abilities set person_id = $2 where person_id = $1', [hatted.id, anna.id]);
    const logs = await app.owner.query(
      `select (select string_agg(to_jsonb(a)::text, ' ') from vn.audit a where a.centre_id = $1 and a.person_id = $2) audit, (select string_agg(to_jsonb(i)::text, ' ') from vn.idempotency i) keys`,
      [centre.id, anna.id],
    );
    expect(logs.rows[0].audit ?? '').not.toMatch(/abilit/i);
    expect(`${logs.rows[0].audit} ${logs.rows[0].keys}`).not.toContain(secret);
  });

  test('2.21 it is gone when the person leaves, or the role ends; a role that goes on elsewhere in the centre keeps it', async () => {
    const { anna, camilla, centre } = await makeCentre(app);
    const signe = await makePerson(app, 'Signe', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    for (const each of [anna, signe]) expect((await write(each, rated)).status).toBe(200);
    const kept = async () => (await app.owner.query<{ person_id: string }>('select person_id from vn.own_abilities where centre_id = $1', [centre.id])).rows.map(({ person_id }) => person_id);
    await app.sweep();
    expect((await kept()).length).toBe(2);
    expect((await app.request(camilla).post(`/api/people/${anna.id}/leave`)).status).toBe(200);
    await app.sweep();
    expect(await kept()).toEqual([signe.id]);
    const [{ id: membership }] = (await app.request(camilla).get(`/api/people/${signe.id}`)).body.memberships;
    expect((await app.request(camilla).post(`/api/people/${signe.id}/memberships/${membership}/end`, { lastDay: '2026-11-20' })).status).toBe(200);
    await app.sweep();
    expect(await kept()).toEqual([signe.id]);
    app.clock.set('2026-11-21T09:00:00+01:00');
    await app.sweep();
    expect(await kept()).toEqual([]);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });
});
