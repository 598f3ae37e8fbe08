import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { walk } from '../../../../tests/support/ask.ts';
import { asJson, asTable, bring, companyHit, imports, move, sendFile, upload } from '../../../../tests/support/company-files.ts';
import { makeCentre, someCvr } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { toCursor } from '../../../kit/page.ts';
import { readFile } from './server/jobs.ts';
import { routes } from './server/routes.ts';

const app = await testApp();
const named = routes.map(({ endpoint }) => endpoint).filter(({ path }) => path.includes('{import}'));
const content = () => asTable('cvr;navn', `${someCvr()};A`, '12345678;Hemmelig');
const ask = (person: { token: string } | null, { method, path, body, example }: (typeof named)[number], id: string) =>
  app.request(person).raw({
    method,
    url: path.replace('{import}', id),
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, payload: JSON.stringify(example.body) }),
  });

describe('who may', () => {
  test('401 before anything is read: nobody sends or sees files', async () => {
    expect(await upload(app, null, content())).toMatchObject({ status: 401 });
    expect(await app.request(null).get(imports)).toMatchObject({ status: 401 });
    for (const endpoint of named) expect(await ask(null, endpoint, randomUUID()), endpoint.name).toMatchObject({ status: 401 });
  });

  test('403: only who keeps the register, not a consultant, a manager, an agent or the ministry', async () => {
    const { anna, dorte, bo, hanne, karen } = await makeCentre(app);
    const { id } = await sendFile(app, karen, content());
    for (const person of [anna, dorte, bo, hanne]) {
      expect(await upload(app, person, content())).toMatchObject({ status: 403 });
      expect(await app.request(person).get(imports)).toMatchObject({ status: 403 });
      for (const endpoint of named) expect(await ask(person, endpoint, id), endpoint.name).toMatchObject({ status: 403 });
    }
  });

  test.each(named.map((endpoint) => [endpoint.name, endpoint] as const))(
    '404: %s of another centre’s import is not there, looks like one that never was, and nothing happens',
    async (_name, endpoint) => {
      const { karen, ida } = await makeCentre(app);
      const { id } = await sendFile(app, karen, content());
      const before = (await app.owner.query('select * from vn.company_import where id = $1', [id])).rows;
      const foreign = await ask(ida, endpoint, id);
      expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } });
      expect((await ask(ida, endpoint, randomUUID())).text).toBe(foreign.text);
      await app.jobs.drain();
      expect((await app.owner.query('select * from vn.company_import where id = $1', [id])).rows).toEqual(before);
    },
  );

  test('another centre’s imports are not in the list', async () => {
    const { karen, ida } = await makeCentre(app);
    await sendFile(app, karen, content());
    expect((await app.request(ida).get(imports)).body).toEqual({ items: [], next: null });
  });

  test('even a fault in a handler reaches neither staged rows nor what was before', async () => {
    const { karen, ida } = await makeCentre(app);
    const { id } = await bring(app, karen, content());
    for (const person of [karen, ida])
      for (const table of ['import_row', 'import_change']) await expect(inside(app, person, (client) => client.query(`select * from vn.${table}`))).rejects.toThrow('permission denied');
    const reached = await inside(app, ida, async (client) => [
      (await client.query('select * from vn.import_rows($1, null, 0, 10)', [id])).rows,
      (await client.query('select * from vn.import_kept($1)', [id])).rows,
      (await client.query('select * from vn.company_import')).rows,
      (await client.query(`update vn.company_import set state = 'applying' returning id`)).rows,
    ]);
    expect(reached).toEqual([[], [], [], []]);
    await expect(inside(app, karen, (client) => client.query('delete from vn.company_import'))).rejects.toThrow('permission denied');
    await expect(inside(app, karen, (client) => client.query(`update vn.company set name = 'x'`))).rejects.toThrow('permission denied');
  });

  test('a job that is told another centre than its import’s does nothing', async () => {
    const { karen, ida } = await makeCentre(app);
    const sent = await upload(app, karen, content());
    await readFile.run(app.room, { centre: ida.centreId ?? '', person: ida.id, import: sent.body.id });
    expect((await app.owner.query('select state from vn.company_import where id = $1', [sent.body.id])).rows).toEqual([{ state: 'received' }]);
    await app.jobs.drain();
  });
});

describe('sending', () => {
  test('a file of any type is taken and its name kept; what it is called leads nowhere', async () => {
    const { karen } = await makeCentre(app);
    for (const type of ['text/csv', 'application/json', 'application/vnd.ms-excel', 'nonsense/x']) {
      const sent = await app.request(karen).raw({ method: 'POST', url: `${imports}?fileName=..%2F..%2Fetc%2Fpasswd`, headers: { 'content-type': type }, payload: content() });
      expect(sent, type).toMatchObject({ status: 202, body: { state: 'received', fileName: '../../etc/passwd' } });
    }
    await app.jobs.drain();
    const [{ id }] = (await app.request(karen).get(imports)).body.items;
    expect((await app.request(karen).get(`${imports}/${id}/refused`)).headers['content-disposition']).toBe("attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd-1-refused.csv");
  });

  test.each(['kind=all', 'scheme=DB19', 'complete=yes', 'fileName=', `fileName=${'a'.repeat(256)}`, 'more=1'])('?%s is refused with a clear 400', async (query) => {
    const { karen } = await makeCentre(app);
    expect(await app.request(karen).raw({ method: 'POST', url: `${imports}?${query}`, headers: { 'content-type': 'text/csv' }, payload: content() })).toMatchObject({
      status: 400,
      body: { code: 'invalid' },
    });
    expect((await app.request(karen).get(imports)).body.items).toEqual([]);
  });

  test('leaves a line in the audit, and so do applying, cancelling and undoing', async () => {
    const { karen } = await makeCentre(app);
    const done = await bring(app, karen, asJson(companyHit({ cvr: someCvr() })), { fileName: 'udtræk.json' });
    await move(app, karen, done.id, 'undo');
    const cancelled = await sendFile(app, karen, content());
    await move(app, karen, cancelled.id, 'cancel');
    const lines = async (id: string) => (await app.owner.query('select event, person_id, data from vn.audit where subject = $1 order by event', [id])).rows;
    const by = { person_id: karen.id, data: {} };
    const received = { ...by, event: 'import.received', data: { file: 'udtræk.json', kind: 'extract' } };
    expect(await lines(done.id)).toEqual([{ ...by, event: 'import.applied' }, received, { ...by, event: 'import.undone' }]);
    expect((await lines(cancelled.id)).map(({ event }) => event)).toEqual(['import.cancelled', 'import.received']);
  });

  test('the same key twice gives the same answer and one import', async () => {
    const { karen } = await makeCentre(app);
    const send = () => app.request(karen).raw({ method: 'POST', url: imports, headers: { 'content-type': 'text/csv', 'idempotency-key': 'en fil' }, payload: content() });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.text]).toEqual([202, first.text]);
    expect((await app.request(karen).get(imports)).body.items).toHaveLength(1);
    await app.jobs.drain();
  });
});

describe('the list of imports', () => {
  test('stands newest first, and pages show each exactly once', async () => {
    const { karen } = await makeCentre(app);
    for (const fileName of ['1', '2', '3', '4', '5']) {
      await upload(app, karen, content(), { fileName });
      if (fileName !== '3') app.clock.advance({ minutes: 1 });
    }
    await app.jobs.drain();
    const whole = (await app.request(karen).get(`${imports}?limit=200`)).body.items;
    const names: string[] = whole.map(({ fileName }: { fileName: string }) => fileName);
    expect([names[0], names.slice(1, 3).sort(), ...names.slice(3)], 'two came at the same moment').toEqual(['5', ['3', '4'], '2', '1']);
    expect(await walk(app.request(karen), imports, 2)).toEqual(whole);
  });

  test.each([
    ['', 'x'],
    ['', toCursor(['A', 'x'])],
    ['/rows', toCursor(['x'])],
    ['/rows', toCursor([1.5])],
  ])('a cursor that is none of it is refused with its field (%s %s)', async (under, cursor) => {
    const { karen } = await makeCentre(app);
    const { id } = await sendFile(app, karen, content());
    expect(await app.request(karen).get(`${imports}${under === '' ? '' : `/${id}${under}`}?cursor=${cursor}`)).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path: 'cursor' }] } });
  });
});
