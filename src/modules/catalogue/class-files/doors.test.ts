import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { walk } from '../../../../tests/support/ask.ts';
import { bringClasses, card, cards, catalogue, classFiles, classNow, fileNow, moveFile, outcome, outcomeOf, readAgain, rowsOf, sendClasses, upload } from '../../../../tests/support/class-files.ts';
import { makeCentre, makePerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { toCursor } from '../../../kit/page.ts';
import { readClassFile } from './server/jobs.ts';
import { routes } from './server/routes.ts';

/** A server that answers as the national search would, or as nobody should. */
let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void = () => undefined;
const asked: string[] = [];
const server = http.createServer((request, response) => {
  asked.push(request.url ?? '');
  answer(request, response);
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => void asked.splice(0));

const app = await testApp({ insideHosts: [host] });
const named = routes.map(({ endpoint }) => endpoint).filter(({ path }) => path.includes('{file}'));
const ask = (person: { token: string } | null, { method, path, body, example }: (typeof named)[number], id: string) =>
  app.request(person).raw({
    method,
    url: path.replace('{file}', id),
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, payload: JSON.stringify(example.body) }),
  });
const json = (text: string) => (_request: http.IncomingMessage, response: http.ServerResponse) => response.writeHead(200, { 'content-type': 'application/json' }).end(text);
const fetchFrom = (person: { token: string } | null, address: string, more: object = {}) => app.request(person).post(`${classFiles}/address`, { address, ...more });

describe('who may', () => {
  test('4.01 401 before anything is read; 403 for a consultant, an agent, the ministry and who keeps the register', async () => {
    const { anna, bo, hanne, karen, camilla } = await makeCentre(app);
    const { id } = await sendClasses(app, camilla, cards(card('A1')));
    for (const [person, status] of [[null, 401], ...[anna, bo, hanne, karen].map((each) => [each, 403] as const)] as const) {
      expect(await upload(app, person, cards(card('A1')))).toMatchObject({ status });
      expect(await fetchFrom(person, 'https://example.org')).toMatchObject({ status });
      expect(await app.request(person).get(classFiles)).toMatchObject({ status });
      for (const endpoint of named) expect(await ask(person, endpoint, id), endpoint.name).toMatchObject({ status });
    }
  });

  test.each(named.map((endpoint) => [endpoint.name, endpoint] as const))(
    '4.01 404: %s of another centre’s, another school’s or the coordinator’s file is not there, and nothing happens',
    async (_name, endpoint) => {
      const { dorte, emil, ida, camilla } = await makeCentre(app);
      const mine = await sendClasses(app, dorte, cards(card('A1')));
      const all = await sendClasses(app, camilla, cards(card('A2')));
      const rows = async () => (await app.owner.query('select * from vn.class_file where id = any ($1) order by id', [[mine.id, all.id]])).rows;
      const before = await rows();
      const never = (await ask(ida, endpoint, randomUUID())).text;
      for (const [person, id] of [
        [ida, mine.id],
        [ida, all.id],
        [emil, mine.id],
        [dorte, all.id],
      ] as const)
        expect(await ask(person, endpoint, id)).toMatchObject({ status: 404, text: never });
      await app.jobs.drain();
      expect(await rows()).toEqual(before);
    },
  );

  test('4.01 the list has a manager’s own school’s files, the coordinator’s has all, and pages show each once', async () => {
    const { dorte, emil, camilla, ida } = await makeCentre(app);
    for (const person of [dorte, emil, camilla]) await sendClasses(app, person, cards(card('A1')), { fileName: person.name });
    const names = async (person: { token: string }) => (await walk<{ fileName: string }>(app.request(person), classFiles, 1)).map(({ fileName }) => fileName).sort();
    expect(await Promise.all([dorte, emil, camilla, ida].map(names))).toEqual([['Dorte'], ['Emil'], ['Camilla', 'Dorte', 'Emil'], []]);
  });

  test.each([
    ['', 'x'],
    ['/rows', toCursor(['x'])],
  ])('4.01 a cursor that is none of it is refused with its field (%s)', async (under, cursor) => {
    const { camilla } = await makeCentre(app);
    const { id } = await sendClasses(app, camilla, cards(card('A1')));
    expect(await app.request(camilla).get(`${classFiles}${under === '' ? '' : `/${id}${under}`}?cursor=${cursor}`)).toMatchObject({ status: 400, body: { fields: [{ path: 'cursor' }] } });
    expect(await app.request(camilla).get(`/api/class-changes?cursor=${toCursor(['x', id, id])}`)).toMatchObject({ status: 400 });
  });

  test('4.01 a manager’s file writes the own school’s classes only, whoever applies it; one of another school’s number is refused', async () => {
    const { dorte, camilla, centre } = await makeCentre(app);
    await bringClasses(app, camilla, cards(card('B1', { institution: 'Skole B' })));
    const before = await classNow(app, centre.id, 'B1');
    const read = await sendClasses(app, dorte, cards(card('A1'), card('B2', { institution: 'Skole B' }), card('B1', { holdTitle: 'Kapret' })));
    expect((await rowsOf(app, dorte, read.id)).map(({ refusal }) => refusal)).toEqual([null, 'other_school', 'other_school']);
    expect((await readAgain(app, camilla, read.id, {})).rows).toMatchObject({ new: 1, refused: 2 });
    await moveFile(app, camilla, read.id, 'apply');
    expect(await classNow(app, centre.id, 'B1')).toEqual(before);
    expect(await classNow(app, centre.id, 'B2')).toBeUndefined();
    expect(await classNow(app, centre.id, 'A1')).toMatchObject({ school_id: centre.schools.a });
  });

  test('4.01 a manager names no other school, and takes no institution that another school has claimed', async () => {
    const { dorte, emil, camilla, centre, other } = await makeCentre(app);
    const { id } = await sendClasses(app, dorte, cards(card('A1', { institution: 'Fælles Skole' })));
    const say = (person: { token: string }, file: string, school: string) => app.request(person).put(`${classFiles}/${file}/reading`, { schools: [{ institution: 'Fælles Skole', school }] });
    for (const school of [centre.schools.b, other.schools.g, randomUUID()]) expect(await say(dorte, id, school)).toMatchObject({ status: 422, body: { code: 'school_not_found' } });
    expect(await say(dorte, id, centre.schools.a)).toMatchObject({ status: 202 });
    await app.jobs.drain();
    expect((await rowsOf(app, dorte, id)).map(({ schoolId }) => schoolId)).toEqual([centre.schools.a]);
    const theirs = await sendClasses(app, emil, cards(card('B1', { institution: 'Fælles Skole' })));
    expect(await say(emil, theirs.id, centre.schools.b)).toMatchObject({ status: 409, body: { code: 'institution_taken' } });
    expect(await say(camilla, theirs.id, centre.schools.b)).toMatchObject({ status: 202 });
    await app.jobs.drain();
  });

  test('4.01 whoever lost the role while the file waited writes nothing', async () => {
    const { camilla, centre } = await makeCentre(app);
    const lone = await makePerson(app, 'Lone', ['manager'], { centreId: centre.id, schoolId: centre.schools.a });
    const read = await sendClasses(app, lone, cards(card('A1')));
    await app.request(lone).post(`${classFiles}/${read.id}/apply`);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-01-01)' where person_id = $1`, [lone.id]);
    await app.jobs.drain();
    expect(await fileNow(app, camilla, read.id)).toMatchObject({ state: 'failed', error: 'role_ended' });
    expect((await catalogue(app, centre.id)).class).toEqual([]);
  });

  test('4.01 even a fault in a handler reaches neither staged rows nor another school’s, and nobody writes what happened', async () => {
    const { camilla, dorte, emil, ida } = await makeCentre(app);
    const { id } = await bringClasses(app, dorte, cards(card('A1')));
    await expect(inside(app, camilla, (client) => client.query('select * from vn.class_file_row'))).rejects.toThrow('permission denied');
    for (const sql of ['insert into vn.class_change select * from vn.class_change', 'delete from vn.class_file', `delete from vn.class`])
      await expect(
        inside(app, camilla, (client) => client.query(sql)),
        sql,
      ).rejects.toThrow('permission denied');
    for (const person of [emil, ida])
      expect(
        await inside(app, person, async (client) => [
          (await client.query('select * from vn.class_file_rows($1, null, 0, 10)', [id])).rows,
          (await client.query('select * from vn.class_file_vanished($1, $2)', [id, '2026-01-01'])).rows,
          (await client.query(`update vn.class_file set state = 'ready' returning id`)).rows,
        ]),
      ).toEqual([[], [], []]);
    await expect(inside(app, camilla, (client) => client.query(`select vn.used_among('vn.person', '{}')`))).rejects.toThrow('permission denied');
  });

  test('4.01 a job that is told another centre or school than its file’s does nothing', async () => {
    const { dorte, emil, ida, centre } = await makeCentre(app);
    const sent = await upload(app, dorte, cards(card('A1')));
    for (const payload of [
      { centre: ida.centreId ?? '', person: ida.id, file: sent.body.id, school: null },
      { centre: centre.id, person: emil.id, file: sent.body.id, school: centre.schools.b },
    ])
      await readClassFile.run(app.room, payload);
    expect((await app.owner.query('select state from vn.class_file where id = $1', [sent.body.id])).rows).toEqual([{ state: 'received' }]);
    await app.jobs.drain();
  });
});

describe('sending', () => {
  test.each(['complete=yes', 'fileName=', `fileName=${'a'.repeat(256)}`, 'courseKind=yoga', 'more=1'])('4.01 ?%s is refused with a clear 400', async (query) => {
    const { camilla } = await makeCentre(app);
    expect(await app.request(camilla).raw({ method: 'POST', url: `${classFiles}?${query}`, headers: { 'content-type': 'text/csv' }, payload: 'a' })).toMatchObject({
      status: 400,
      body: { code: 'invalid' },
    });
  });

  test('4.01 an empty file and a course that is none are refused; each step leaves a line in the audit', async () => {
    const { camilla } = await makeCentre(app);
    expect(await upload(app, camilla, '')).toMatchObject({ status: 422, body: { code: 'file_empty' } });
    expect(await upload(app, camilla, 'a', { courseCode: '1234', courseKind: 'amu' })).toMatchObject({ status: 422, body: { code: 'course_code' } });
    const { id } = await bringClasses(app, camilla, cards(card('A1')), { fileName: 'hold.json' });
    await moveFile(app, camilla, id, 'undo');
    const lines = (await app.owner.query('select event, data from vn.audit where subject = $1 order by event', [id])).rows;
    expect(lines).toEqual([
      { event: 'class_file.applied', data: {} },
      { event: 'class_file.received', data: { file: 'hold.json' } },
      { event: 'class_file.undone', data: {} },
    ]);
  });

  test('4.01 ten megabytes of JSON on one line are read, and one endless text in it is given up', async () => {
    const { camilla } = await makeCentre(app);
    const many = await sendClasses(app, camilla, cards(...Array.from({ length: 3000 }, (_, at) => card(`N${at}`, { beskrivelse: 'å'.repeat(1700) }))));
    expect(outcome(many)).toEqual(outcomeOf(3000, { new: 3000 }));
    expect(await sendClasses(app, camilla, `{"holdCardDtos":[{"kviknummer":"${'a'.repeat(18 * 1_048_576)}`)).toMatchObject({ state: 'failed', error: 'too_large_record' });
  });

  test('4.01 what a spreadsheet calls Unicode text is read; a table in an encoding that is not read is refused with its code', async () => {
    const { dorte } = await makeCentre(app);
    const text = 'kviknummer\tfagkode\tholdtitel\tstartdato\tslutdato\tpladser\r\nØ1\t40017\tBlåsvejs\t01.02.2027\t02.02.2027\t12\r\n';
    expect(outcome(await sendClasses(app, dorte, Buffer.from(`\ufeff${text}`, 'utf16le')))).toEqual(outcomeOf(1, { new: 1 }));
    expect(await sendClasses(app, dorte, Buffer.from(text, 'utf16le').swap16())).toMatchObject({ state: 'failed', error: 'encoding' });
  });

  test('4.01 cards with a prototype’s names, lists for values or no object at all are refused or read, never a fault', async () => {
    const { camilla } = await makeCentre(app);
    const read = await sendClasses(
      app,
      camilla,
      `[1,"a",null,[],{"__proto__":{"kviknummer":"P"},"constructor":"a"},{"kviknummer":["A"]},${JSON.stringify(card('A1', { beskrivelse: { x: 1 }, lokationSted: ['a'] }))}]`,
    );
    expect(outcome(read)).toEqual(outcomeOf(7, { new: 1, refused: 6 }));
  });

  test('4.01 what nobody has applied for a month is thrown away, and rows that were read are kept no longer', async () => {
    const { camilla, centre } = await makeCentre(app);
    const waiting = await sendClasses(app, camilla, cards(card('A1')));
    const done = await bringClasses(app, camilla, cards(card('A2')));
    await app.owner.query(`update vn.class_file set created_at = created_at - interval '31 days' where centre_id = $1`, [centre.id]);
    await sendClasses(app, camilla, cards(card('A3')));
    expect(await fileNow(app, camilla, waiting.id)).toMatchObject({ state: 'cancelled' });
    expect((await app.owner.query('select from vn.class_file_row where file_id = any ($1)', [[waiting.id, done.id]])).rowCount).toBe(0);
    expect(await moveFile(app, camilla, done.id, 'undo'), 'undo needs none of them').toMatchObject({ rows: { restored: 1 } });
  });
});

describe('an address', () => {
  test('4.01 is fetched page by page until one brings nothing new, read, applied, and fetched again', async () => {
    const { camilla, centre } = await makeCentre(app);
    answer = (request, response) => {
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('pageCount'));
      json(cards(...(page > 3 ? [] : [card(`P${page}`, { subject_code: undefined })])))(request, response);
    };
    const sent = await fetchFrom(camilla, `http://${host}/searchHold?subject_code=40017&type=AMU&pageCount=1`);
    expect(sent, sent.text).toMatchObject({ status: 202, body: { state: 'received', course: { kind: 'amu', code: '40017' }, fileName: host } });
    await app.jobs.drain();
    expect(asked.map((url) => /pageCount=(\d+)/.exec(url)?.[1])).toEqual(['1', '2', '3', '4']);
    expect(outcome(await moveFile(app, camilla, sent.body.id, 'apply'))).toEqual(outcomeOf(3, { new: 3 }));
    app.clock.advance({ days: 1 });
    answer = (_request, response) => json(cards(card('P1', { currentParticipantAmount: 15 })))(_request, response);
    const again = await moveFile(app, camilla, sent.body.id, 'again');
    expect(again).toMatchObject({ state: 'ready', address: sent.body.address, rows: { changed: 1 } });
    expect(again.id).not.toBe(sent.body.id);
    await moveFile(app, camilla, again.id, 'apply');
    expect(await classNow(app, centre.id, 'P1')).toMatchObject({ taken_elsewhere: 15 });
  });

  test('4.01 answers that grow with the count are read once each', async () => {
    const { camilla } = await makeCentre(app);
    answer = (request, response) => {
      const pages = Math.min(3, Number(new URL(request.url ?? '', 'http://x').searchParams.get('pageCount')));
      json(cards(...Array.from({ length: pages }, (_, at) => card(`P${at}`))))(request, response);
    };
    const sent = await fetchFrom(camilla, `http://${host}/?pageCount=1`);
    await app.jobs.drain();
    expect(outcome(await fileNow(app, camilla, sent.body.id))).toEqual(outcomeOf(3, { new: 3 }));
  });

  test.each<[string, string, (request: http.IncomingMessage, response: http.ServerResponse) => void]>([
    ['a web page', 'answer_page', (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('<!doctype html><p>Log ind</p>')],
    ['anything else', 'answer_not_json', (_request, response) => void response.end('kviknummer;titel')],
    ['an error', 'answer_status', (_request, response) => void response.writeHead(503).end('{}')],
    ['half an answer', 'json_broken', json('{"holdCardDtos":[{"kviknummer":"A1"},')],
    ['nothing', 'empty', json('{"holdCardDtos":[]}')],
    ['a redirect into the house', 'outside_inside', (_request, response) => void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end()],
    ['a redirect to another port of this machine', 'outside_inside', (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['redirects without end', 'outside_redirects', (_request, response) => void response.writeHead(302, { location: '/again' }).end()],
    ['more than may be', 'outside_too_large', (_request, response) => void response.writeHead(200, { 'content-length': String(30 * 1_048_576) }).end('{')],
    ['pages without end', 'too_many_pages', (request, response) => void json(cards(card(`E${request.url}`)))(request, response)],
  ])('4.01 that answers with %s is told with its reason, and nothing is written', async (_what, error, how) => {
    const { camilla, centre } = await makeCentre(app);
    answer = how;
    const sent = await fetchFrom(camilla, `http://${host}/?pageCount=1`);
    await app.jobs.drain();
    expect(await fileNow(app, camilla, sent.body.id)).toMatchObject({ state: 'failed', error });
    expect((await catalogue(app, centre.id)).class).toEqual([]);
    expect(asked.length).toBeLessThan(32);
  });

  test.each([
    'http://example.org/hold',
    'ftp://example.org',
    'https://user:secret@example.org',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://10.0.0.1/',
    'https://example.org:8443/',
    'hold',
    'javascript:alert(1)',
  ])('4.01 %s is no address to fetch from', async (address) => {
    const { camilla } = await makeCentre(app);
    expect(await fetchFrom(camilla, address)).toMatchObject({ status: 422, body: { code: 'address_refused' } });
  });

  test('4.01 a file that was sent cannot be fetched again', async () => {
    const { camilla } = await makeCentre(app);
    const { id } = await sendClasses(app, camilla, cards(card('A1')));
    expect(await app.request(camilla).post(`${classFiles}/${id}/again`)).toMatchObject({ status: 422, body: { code: 'not_from_address' } });
  });
});
