import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside, untilWaiting } from '../../../../tests/support/inside.ts';
import { defaultLabels } from './contract.ts';

const app = await testApp();
const address = '/api/centre';
const centreOf = (over: Record<string, unknown> = {}) => ({ name: 'VEU-center Prøven', labels: defaultLabels, area: [], accessibility: { email: '', phone: '', reviewedOn: null }, ...over });
const write = (writer: TestPerson, over: Record<string, unknown> = {}, version = 1) => app.request(writer).put(address, centreOf(over), seen(version));

describe('who may', () => {
  test('401 for nobody; 403 for the ministry, which belongs to no centre', async () => {
    const { hanne } = await makeCentre(app);
    for (const [person, status] of [
      [null, 401],
      [hanne, 403],
    ] as const) {
      expect((await app.request(person).get(address)).status).toBe(status);
      expect((await app.request(person).put(address, centreOf(), seen(1))).status).toBe(status);
    }
  });

  test('everybody of the centre reads it, the call agent too; the coordinator and the administrator write it', async () => {
    const { anna, bo, camilla, dorte, karen, centre } = await makeCentre(app);
    for (const [person, edit] of [
      [anna, false],
      [bo, false],
      [dorte, false],
      [camilla, true],
      [karen, true],
    ] as const)
      expect((await app.request(person).get(address)).body, person.name).toMatchObject({ id: centre.id, name: 'VEU-center Prøven', zone: 'Europe/Copenhagen', can: { edit } });
    for (const person of [anna, bo, dorte]) expect((await write(person)).status).toBe(403);
  });

  test('each centre writes itself, never another', async () => {
    const { ida, karen, other } = await makeCentre(app);
    expect(await write(ida, { name: 'Andet navn' })).toMatchObject({ status: 200, body: { id: other.id, name: 'Andet navn' } });
    expect((await app.request(karen).get(address)).body).toMatchObject({ name: 'VEU-center Prøven', version: 1 });
  });
});

describe('its area', () => {
  test('the coordinator chooses the municipalities; everybody of the centre reads them, and another centre has its own', async () => {
    const { bo, anna, camilla, ida } = await makeCentre(app);
    expect(await write(camilla, { area: ['0671', '0665'] })).toMatchObject({ status: 200, body: { area: ['0665', '0671'] } });
    expect(await write(ida, { area: ['0756'] })).toMatchObject({ status: 200, body: { area: ['0756'] } });
    for (const person of [anna, bo]) expect((await app.request(person).get(address)).body.area).toEqual(['0665', '0671']);
    expect(await write(camilla, { area: ['0665', '0657'] }, 2)).toMatchObject({ status: 200, body: { area: ['0657', '0665'] } });
    expect(await write(camilla, { area: [] }, 3)).toMatchObject({ status: 200, body: { area: [] } });
    expect((await app.request(ida).get(address)).body.area).toEqual(['0756']);
  });

  test.each([
    [['9999'], 'area.0', 'municipality_unknown'],
    [['665'], 'area.0', 'municipality_unknown'],
    [['__proto__'], 'area.0', 'municipality_unknown'],
    [['0665', '0665'], 'area', 'twice'],
    [null, 'area', null],
  ])('400 for %j', async (area, path, code) => {
    const { camilla } = await makeCentre(app);
    expect(await write(camilla, { area })).toMatchObject({ status: 400, body: { code: 'invalid', fields: [code === null ? { path } : { path, code }] } });
  });
});

describe('what things are called', () => {
  test('a centre that chose no words has the ordinary ones', async () => {
    const { anna } = await makeCentre(app);
    expect((await app.request(anna).get(address)).body.labels).toEqual(defaultLabels);
  });

  test('a centre calls its institutions what they are called there, in both languages', async () => {
    const { camilla, anna, ida } = await makeCentre(app);
    const labels = { ...defaultLabels, council: { da: 'bestyrelsen', en: 'the board' } };
    expect(await write(camilla, { labels })).toMatchObject({ status: 200, body: { labels, version: 2 } });
    expect((await app.request(anna).get(address)).body.labels).toEqual(labels);
    expect((await app.request(ida).get(address)).body.labels).toEqual(defaultLabels);
  });

  test('a word that was added to the product later has its ordinary form until the centre chooses', async () => {
    const { anna, centre } = await makeCentre(app);
    await app.owner.query(`update vn.centre set labels = '{"council": {"da": "rådet", "en": "council"}}' where id = $1`, [centre.id]);
    expect((await app.request(anna).get(address)).body.labels).toEqual({ ...defaultLabels, council: { da: 'rådet', en: 'council' } });
  });

  test('writing leaves an audit line', async () => {
    const { karen, centre } = await makeCentre(app);
    await write(karen, { name: 'Nyt navn' });
    expect((await app.owner.query(`select person_id, data from vn.audit where subject = $1 and event = 'centre.written'`, [centre.id])).rows).toEqual([
      { person_id: karen.id, data: { name: 'Nyt navn', area: 0 } },
    ]);
  });
});

test('whom to write or call about accessibility is public, for every centre', async () => {
  const { karen, centre } = await makeCentre(app);
  const accessibility = { email: 'kontakt@proeven.example', phone: '+45 00 11 22 33', reviewedOn: '2026-09-01' };
  await write(karen, { name: `Center ${centre.id}`, accessibility });
  const listed = (await app.request(null).get('/api/accessibility')).body;
  expect(listed).toContainEqual({ centre: `Center ${centre.id}`, ...accessibility });
  expect(listed).toContainEqual({ centre: 'VEU-center Den Anden', email: '', phone: '', reviewedOn: null });
});

describe('two who write at once', () => {
  test('428 without the version it saw; 412 with an older one, and the answer shows the centre as it is now', async () => {
    const { karen, camilla } = await makeCentre(app);
    expect((await app.request(karen).put(address, centreOf())).status).toBe(428);
    await write(karen, { name: 'Først' });
    expect(await write(camilla, { name: 'Sidst' })).toMatchObject({ status: 412, body: { code: 'version_conflict', current: { version: 2, name: 'Først' } } });
  });

  test('both waited: one wins, the other is shown what the winner wrote', async () => {
    const { karen, camilla, centre } = await makeCentre(app);
    await app.owner.query('begin');
    await app.owner.query('select from vn.centre where id = $1 for no key update', [centre.id]);
    const asked = [karen, camilla].map((writer) => write(writer, { name: writer.name }));
    await untilWaiting(app, 2);
    await app.owner.query('commit');
    const [won, lost] = (await Promise.all(asked)).sort((one, other) => one.status - other.status);
    expect([won?.status, lost?.status, lost?.body.current]).toEqual([200, 412, won?.body]);
  });
});

test.each<[string, Record<string, unknown>]>([
  ['an empty name', { name: ' ' }],
  ['a word without its English', { labels: { ...defaultLabels, council: { da: 'rådet' } } }],
  ['an empty word', { labels: { ...defaultLabels, council: { da: '', en: 'council' } } }],
  ['a word that there is not', { labels: { ...defaultLabels, boss: { da: 'chefen', en: 'the boss' } } }],
  ['half an address', { accessibility: { email: 'kontakt@', phone: '', reviewedOn: null } }],
  ['a day that no calendar has', { accessibility: { email: '', phone: '', reviewedOn: '2026-02-30' } }],
  ['a zone of its own', { zone: 'Europe/Oslo' }],
])('400 for %s', async (_what, over) => {
  const { karen } = await makeCentre(app);
  expect(await write(karen, over)).toMatchObject({ status: 400, body: { code: 'invalid' } });
});

test('42501: a manager writes no centre by SQL, and no table of centres either', async () => {
  const { dorte, karen } = await makeCentre(app);
  await expect(inside(app, dorte, (client) => client.query(`select vn.write_centre('X', '{}', '{}', 1)`))).rejects.toMatchObject({ code: '42501' });
  await expect(inside(app, karen, (client) => client.query(`update vn.centre set name = 'X'`))).rejects.toMatchObject({ code: '42501' });
});
