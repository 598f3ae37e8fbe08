import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { anotherPage, withPage } from '../../../../tests/support/company-pages.ts';
import { inside } from '../../../../tests/support/inside.ts';
import type { OwnRotations } from './contract.ts';

const app = await testApp();
const facts = {
  what: 'FVU-dansk',
  trainees: 4,
  source: 'job_centre',
  sourceName: 'Jobcenter Tværby',
  peer: 'Pakkelinjen',
  peerHours: 12,
  periods: [{ substitute: 1, firstDay: '2027-01-11', lastDay: '2027-02-26' }],
};
const from = (substitute: number, firstDay: string, lastDay: string) => ({ periods: [{ substitute, firstDay, lastDay }] });

async function made() {
  app.clock.set('2026-11-17T09:00:00+01:00');
  const it = await withPage(app);
  const add = (over: object = {}, by: { token: string } = it.anna) => app.request(by).post('/api/rotations', { company: it.company.id, ...facts, ...over });
  const own = async () => (await it.ask('rotations')).body as OwnRotations;
  return { ...it, add, own };
}

describe('job rotation', () => {
  test('4.26 who trains, who stands in from where and when, and what peers teach; consultants and the coordinator write, all schools read', async () => {
    const { add, anna, dorte, karim, ida, company, camilla } = await made();
    const added = await add();
    expect(added, added.text).toMatchObject({ status: 201, body: { ...facts, state: 'planned', madeBy: 'Anna', can: { edit: true, agree: true, callOff: true } } });
    const list = (by: { token: string }) => app.request(by).get(`/api/rotations?company=${company.id}`);
    for (const reader of [karim, camilla]) expect((await list(reader)).body).toMatchObject([{ what: 'FVU-dansk', can: { edit: true } }]);
    expect((await list(dorte)).body).toMatchObject([{ can: { edit: false, agree: false, callOff: false } }]);
    expect((await list(ida)).body).toEqual([]);
    const write = (over: object, version: number, by: { token: string } = anna) => app.request(by).put(`/api/rotations/${added.body.id}`, { ...facts, ...over }, seen(version));
    expect((await write({}, 1, dorte)).status).toBe(403);
    expect((await write({}, 1, ida)).status).toBe(404);
    expect(await write({ trainees: 5, ...from(1, '2027-01-18', '2027-02-12') }, 1)).toMatchObject({ status: 200, body: { trainees: 5, version: 2, periods: [{ firstDay: '2027-01-18' }] } });
    expect(await write({ trainees: 6 }, 1)).toMatchObject({ status: 412, body: { code: 'version_conflict', current: { trainees: 5 } } });
    for (const wrong of [{ trainees: 0 }, { what: '' }, from(1, '2027-02-01', '2027-01-01'), from(1, '2027-01-01', '2029-02-01'), { source: 'friend' }])
      expect((await write(wrong, 2)).status).toBe(400);
    expect(await add({ company: randomUUID() })).toMatchObject({ status: 422, body: { code: 'company_unknown' } });
  });

  test('4.26 the same substitute is never in two places at once: in one agreement, in another of the company, or written at the same moment', async () => {
    const { add, anna } = await made();
    expect(await add({ periods: [facts.periods[0], { substitute: 1, firstDay: '2027-02-26', lastDay: '2027-03-01' }] })).toMatchObject({
      status: 422,
      body: { code: 'substitute_twice', fields: [{ path: 'periods' }] },
    });
    expect((await add({ periods: [facts.periods[0], { substitute: 2, firstDay: '2027-02-26', lastDay: '2027-03-01' }] })).status).toBe(201);
    expect(await add(from(2, '2027-03-01', '2027-03-10'))).toMatchObject({ status: 422 });
    expect((await add(from(2, '2027-03-02', '2027-03-10'))).status).toBe(201);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => add(from(3, `2027-05-${String(at + 1).padStart(2, '0')}`, '2027-06-01'))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 11 }, () => 422)]);
    // Another company's first is somebody else.
    const other = await made();
    expect((await other.add()).status).toBe(201);
    const first = (await app.request(anna).get('/api/rotations')).body.find(({ periods }: { periods: { substitute: number }[] }) => periods[0]?.substitute === 3);
    expect((await app.request(anna).put(`/api/rotations/${first.id}`, { ...facts, ...from(1, '2027-02-01', '2027-02-02') }, seen(1))).status).toBe(422);
  });

  test('4.26 it is agreed or called off; called off it stays so, and its times are free for others', async () => {
    const { add, anna, own } = await made();
    const { id } = (await add()).body;
    const set = (state: string, version: number) => app.request(anna).put(`/api/rotations/${id}/state`, { state }, seen(version));
    expect(await set('agreed', 1)).toMatchObject({ status: 200, body: { state: 'agreed', can: { agree: false, callOff: true } } });
    expect((await add()).status).toBe(422);
    expect(await set('called_off', 2)).toMatchObject({ status: 200, body: { state: 'called_off', can: { edit: false, callOff: false } } });
    expect(await set('agreed', 3)).toMatchObject({ status: 409, body: { code: 'rotation_off' } });
    expect((await add()).status).toBe(201);
    expect((await own()).rotations.map(({ state }) => state)).toEqual(['planned']);
  });

  test('4.26 who it is stands in the company alone, as initials, and is forgotten a year after the last day', async () => {
    const it = await made();
    const { id } = (await it.add()).body;
    const name = (people: object) => it.ask('rotations/people', { rotation: id, trainees: [], substitutes: [], trainers: [], ...people });
    expect(await name({ trainees: ['OL', 'RH'], substitutes: ['XQ7'], trainers: ['LK'] })).toMatchObject({ status: 200 });
    expect((await name({ trainees: ['Ole Lund Hansen'] })).status).toBe(400);
    expect((await it.own()).rotations[0]?.people).toEqual([
      { part: 'substitute', no: 1, initials: 'XQ7' },
      { part: 'trainee', no: 1, initials: 'OL' },
      { part: 'trainee', no: 2, initials: 'RH' },
      { part: 'trainer', no: 1, initials: 'LK' },
    ]);
    const steward = await anotherPage(app, it, { role: 'shop_steward' });
    expect((await steward.ask('rotations')).body).toMatchObject({ leader: false, rotations: [{ trainees: 4, people: [] }] });
    expect(await steward.ask('rotations/people', { rotation: id, trainees: [], substitutes: [], trainers: [] })).toMatchObject({ status: 410 });
    const stranger = await made();
    expect(await stranger.ask('rotations/people', { rotation: id, trainees: [], substitutes: [], trainers: [] })).toMatchObject({ status: 404, body: { code: 'rotation_unknown' } });
    for (const reader of [it.anna, it.camilla]) {
      expect((await app.request(reader).get('/api/rotations')).text).not.toContain('XQ7');
      await expect(inside(app, reader, (client) => client.query('select initials from vn.rotation_person'))).rejects.toMatchObject({ code: '42501' });
    }
    const kept = async () => (await app.owner.query('select from vn.rotation_person where rotation_id = $1', [id])).rowCount;
    app.clock.set('2028-02-25T09:00:00+01:00');
    await app.sweep();
    expect(await kept()).toBe(4);
    app.clock.set('2028-02-28T09:00:00+01:00');
    await app.sweep();
    expect(await kept()).toBe(0);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });
});
