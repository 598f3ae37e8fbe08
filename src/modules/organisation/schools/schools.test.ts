import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside, untilWaiting } from '../../../../tests/support/inside.ts';

const app = await testApp();
const address = '/api/schools';
const school = (over: Record<string, unknown> = {}) => ({ name: 'Skole A', kind: 'technical', town: 'Limvig', coreCompetences: [], capabilities: [], ...over });
const write = (writer: TestPerson, id: string, over: Record<string, unknown> = {}, version = 1) => app.request(writer).put(`${address}/${id}`, school(over), seen(version));
const found = async (asker: TestPerson, query = '') => (await app.request(asker).get(`${address}${query}`)).body.map(({ name }: { name: string }) => name);

describe('who may', () => {
  test('401 for nobody; 403 for the call agent and the ministry', async () => {
    const { centre, bo, hanne } = await makeCentre(app);
    for (const [person, status] of [
      [null, 401],
      [bo, 403],
      [hanne, 403],
    ] as const) {
      for (const url of [address, `${address}/${centre.schools.a}`]) expect((await app.request(person).get(url)).status).toBe(status);
      expect((await app.request(person).post(address, { name: 'Ny', kind: 'amu', town: '' })).status).toBe(status);
      expect((await app.request(person).put(`${address}/${centre.schools.a}`, school(), seen(1))).status).toBe(status);
    }
  });

  test('403: only an administrator adds a school, and a consultant describes none', async () => {
    const { centre, anna, dorte, camilla } = await makeCentre(app);
    for (const person of [anna, dorte, camilla]) expect(await app.request(person).post(address, { name: 'Ny', kind: 'amu', town: '' })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await write(anna, centre.schools.a)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  test('403: a manager describes the own school only; the coordinator and the administrator all', async () => {
    const { centre, dorte, emil, camilla, karen } = await makeCentre(app);
    const { a } = centre.schools;
    expect(await write(emil, a)).toMatchObject({ status: 403, body: { code: 'not_your_school' } });
    for (const [index, writer] of [dorte, camilla, karen].entries()) expect(await write(writer, a, {}, index + 1)).toMatchObject({ status: 200, body: { version: index + 2 } });
  });

  test('404: a school of another centre is not there, and looks like one that never was', async () => {
    const { centre, ida } = await makeCentre(app);
    const foreign = await app.request(ida).get(`${address}/${centre.schools.a}`);
    expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await app.request(ida).get(`${address}/${randomUUID()}`)).text).toBe(foreign.text);
    expect((await write(ida, centre.schools.a)).status).toBe(404);
    expect(await found(ida)).toEqual(['Skole G']);
  });
});

describe('what schools can', () => {
  test('1.06 each school notes its experience and whom to ask, and the coordinator searches it when staffing', async () => {
    const { centre, dorte, emil, camilla } = await makeCentre(app);
    const capabilities = [
      { kind: 'assessment', level: 3, contact: 'Vejledningen' },
      { kind: 'job_centre', level: 1, contact: '' },
    ];
    await write(dorte, centre.schools.a, { capabilities });
    await write(emil, centre.schools.b, {
      name: 'Skole B',
      capabilities: [
        { kind: 'assessment', level: 0, contact: 'ingen endnu' },
        { kind: 'unions', level: 2, contact: 'Kontoret' },
      ],
    });
    expect(await found(camilla, '?capability=assessment')).toEqual(['Skole A']); // level 0 is none
    expect(await found(camilla, '?capability=unions')).toEqual(['Skole B']);
    expect(await found(camilla, '?capability=growth_forum')).toEqual([]);
    expect((await app.request(camilla).get(`${address}/${centre.schools.a}`)).body.capabilities).toEqual(capabilities);
  });

  test('1.22 a school describes what it does best, in its own words, and every consultant finds it', async () => {
    const { centre, dorte, anna } = await makeCentre(app);
    await write(dorte, centre.schools.a, { coreCompetences: ['Svejsning og metal', 'Ældrepleje'], town: 'Tværby' });
    for (const word of ['METAL', '%C3%A6ldre', 'tv%C3%A6r', 'skole%20a']) expect(await found(anna, `?search=${word}`), word).toEqual(['Skole A']);
    expect(await found(anna, '?search=bageri')).toEqual([]);
    expect((await app.request(anna).get(`${address}/${centre.schools.a}`)).body).toMatchObject({ coreCompetences: ['Svejsning og metal', 'Ældrepleje'], can: { edit: false } });
  });

  test('stand in Danish order, each with whether the asker may describe it', async () => {
    const { karen, dorte } = await makeCentre(app);
    for (const name of ['Østskolen', 'Aabølle AMU', 'Zonen']) await app.request(karen).post(address, { name, kind: 'amu', town: 'Limvig' });
    const listed = (await app.request(dorte).get(address)).body;
    expect(listed.map(({ name, can }: { name: string; can: { edit: boolean } }) => `${name} ${can.edit}`)).toEqual([
      'Skole A true',
      'Skole B false',
      'Skole C false',
      'Zonen false',
      'Østskolen false',
      'Aabølle AMU false',
    ]);
  });

  test('writing replaces all experience and leaves an audit line', async () => {
    const { centre, dorte } = await makeCentre(app);
    await write(dorte, centre.schools.a, { capabilities: [{ kind: 'unions', level: 2, contact: 'A' }] });
    const again = await write(dorte, centre.schools.a, { capabilities: [{ kind: 'job_centre', level: 1, contact: 'B' }] }, 2);
    expect(again.body).toMatchObject({ version: 3, capabilities: [{ kind: 'job_centre', level: 1, contact: 'B' }] });
    expect((await app.owner.query(`select person_id from vn.audit where subject = $1 and event = 'school.written'`, [centre.schools.a])).rows).toEqual([
      { person_id: dorte.id },
      { person_id: dorte.id },
    ]);
  });
});

describe('adding a school', () => {
  test('an administrator adds one, empty but for name, kind and town', async () => {
    const { karen } = await makeCentre(app);
    const added = await app.request(karen).post(address, { name: ' Ny Skole ', kind: 'vuc', town: 'Limvig' });
    expect(added).toMatchObject({ status: 201, body: { name: 'Ny Skole', kind: 'vuc', town: 'Limvig', coreCompetences: [], capabilities: [], version: 1, can: { edit: true } } });
    expect((await app.request(karen).get(`${address}/${added.body.id}`)).body).toEqual(added.body);
  });

  test('409: a name of the centre is taken, small or capital; another centre may use it', async () => {
    const { karen, centre, dorte } = await makeCentre(app);
    for (const name of ['Skole B', 'SKOLE b']) {
      expect(await app.request(karen).post(address, { name, kind: 'amu', town: '' })).toMatchObject({ status: 409, body: { code: 'school_name_taken' } });
      expect(await write(dorte, centre.schools.a, { name })).toMatchObject({ status: 409, body: { code: 'school_name_taken' } });
    }
    expect((await app.request(karen).post(address, { name: 'Skole G', kind: 'amu', town: '' })).status).toBe(201);
  });
});

describe('two who write at once', () => {
  test('428 without the version it saw; 412 with an older one, and the answer shows the school as it is now', async () => {
    const { centre, dorte, camilla } = await makeCentre(app);
    const { a } = centre.schools;
    expect(await app.request(dorte).put(`${address}/${a}`, school())).toMatchObject({ status: 428, body: { code: 'version_required' } });
    await write(dorte, a, { town: 'Først' });
    expect(await write(camilla, a, { town: 'Sidst' })).toMatchObject({ status: 412, body: { code: 'version_conflict', current: { version: 2, town: 'Først' } } });
  });

  test('both waited for the same row: one wins, the other is shown what the winner wrote', async () => {
    const { centre, dorte, karen } = await makeCentre(app);
    await app.owner.query('begin');
    await app.owner.query('select from vn.school where id = $1 for update', [centre.schools.a]);
    const asked = [dorte, karen].map((writer) => write(writer, centre.schools.a, { town: writer.name, capabilities: [{ kind: 'unions', level: 1, contact: writer.name }] }));
    await untilWaiting(app, 2);
    await app.owner.query('commit');
    const answers = await Promise.all(asked);
    const [won, lost] = answers.sort((one, other) => one.status - other.status);
    expect([won?.status, lost?.status]).toEqual([200, 412]);
    expect(lost?.body.current).toMatchObject({ version: 2, town: won?.body.town, capabilities: won?.body.capabilities });
  });
});

describe('bad input', () => {
  test.each<[string, Record<string, unknown>]>([
    ['an empty name', { name: ' ' }],
    ['a kind that there is not', { kind: 'university' }],
    ['the same experience twice', { capabilities: Array(2).fill({ kind: 'unions', level: 1, contact: '' }) }],
    ['an experience that there is not', { capabilities: [{ kind: 'magic', level: 1, contact: '' }] }],
    ['a level beyond the scale', { capabilities: [{ kind: 'unions', level: 4, contact: '' }] }],
    ['an experience without whom to ask', { capabilities: [{ kind: 'unions', level: 1 }] }],
    ['21 core competences', { coreCompetences: Array(21).fill('x') }],
    ['an empty core competence', { coreCompetences: [''] }],
    ['a version in the body', { version: 1 }],
  ])('400 for %s', async (_what, over) => {
    const { centre, dorte } = await makeCentre(app);
    expect(await write(dorte, centre.schools.a, over)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  test.each(['capability=magic', 'school=1', `search=${'a'.repeat(101)}`])('?%s is refused with a clear 400', async (query) => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).get(`${address}?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('the database says the same', () => {
  test('42501: a manager writes no experience for another school and adds no school, by SQL', async () => {
    const { dorte, centre } = await makeCentre(app);
    const { a, b } = centre.schools;
    const note = (id: string) => inside(app, dorte, (client) => client.query(`insert into vn.school_capability (centre_id, school_id, kind, level) values (ctx.centre(), $1, 'unions', 1)`, [id]));
    expect((await note(a)).rowCount).toBe(1);
    await expect(note(b)).rejects.toMatchObject({ code: '42501' });
    await expect(
      inside(app, dorte, (client) => client.query(`insert into vn.school (centre_id, id, name, kind, town) values (ctx.centre(), gen_random_uuid(), 'X', 'amu', '')`)),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(inside(app, dorte, (client) => client.query('delete from vn.school'))).rejects.toMatchObject({ code: '42501' });
  });

  test('a manager who changes every school by SQL changes the own; a consultant without a school none', async () => {
    const { dorte, anna, centre } = await makeCentre(app);
    const changeAll = `update vn.school set town = 'X' returning id`;
    expect((await inside(app, dorte, (client) => client.query(changeAll))).rows).toEqual([{ id: centre.schools.a }]);
    expect((await inside(app, { ...anna, schoolId: null }, (client) => client.query(changeAll))).rowCount).toBe(0);
  });

  test('a manager takes over and removes no experience of another school, by SQL', async () => {
    const { karen, dorte, emil, centre } = await makeCentre(app);
    expect(karen.roles).toContain('administrator');
    await app.owner.query(`insert into vn.school_capability (centre_id, school_id, kind, level) values ($1, $2, 'unions', 2)`, [centre.id, centre.schools.b]);
    for (const statement of ['delete from vn.school_capability', 'update vn.school_capability set level = 0', 'update vn.school_capability set school_id = ctx.school()']) {
      expect((await inside(app, dorte, (client) => client.query(statement))).rowCount).toBe(0);
    }
    expect((await inside(app, emil, (client) => client.query('update vn.school_capability set level = 3'))).rowCount).toBe(1);
  });

  test('42501: nobody gives a school another centre or id', async () => {
    const { karen } = await makeCentre(app);
    for (const statement of ['update vn.school set id = gen_random_uuid()', 'update vn.school set centre_id = gen_random_uuid()'])
      await expect(inside(app, karen, (client) => client.query(statement))).rejects.toMatchObject({ code: '42501' });
  });
});
