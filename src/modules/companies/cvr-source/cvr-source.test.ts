import { afterAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { companyHit, importNow, imports, move, outcome, outcomeOf, period, register, somePNumber, unitHit } from '../../../../tests/support/company-files.ts';
import { cvrServer } from '../../../../tests/support/cvr-server.ts';
import { makeCentre, someCvr, type TestPerson } from '../../../../tests/support/factory.ts';
import { readConfig } from '../../../platform/config.ts';
import { openAccount } from '../../../platform/outside.ts';
import { areaQuery, hitsOf, nextUpdate, waitFor } from './model.ts';

const { state, answer, close, url } = await cvrServer();
afterAll(close);
const app = await testApp({ cvr: openAccount(url, { bytes: 8_000_000, milliseconds: 700 }) });
const source = '/api/cvr-source';

/** A centre whose area is Lemvig, and these companies at CVR. */
async function prepared(hits: typeof state.hits = []) {
  state.hits = hits;
  state.asked.length = 0;
  state.instead = null;
  const made = await makeCentre(app);
  await app.owner.query(`insert into vn.centre_area values ($1, '0665')`, [made.centre.id]);
  return made;
}
const known = (wish: Parameters<typeof companyHit>[0]) => companyHit(wish) as never;
const unit = (pNumber: string, wish: Parameters<typeof unitHit>[1]) => unitHit(pNumber, wish) as never;
async function fetched(person: TestPerson, what: 'update' | 'company', body?: object) {
  const begun = await app.request(person).post(`${source}/${what}`, body);
  expect(begun.status, begun.text).toBe(202);
  await app.jobs.drain();
  return importNow(app, person, begun.body.id);
}
const of = async (cvr: string) => (await app.owner.query('select * from vn.company where cvr = $1', [cvr])).rows[0];

describe('one company', () => {
  test('X.2 is fetched, written at once with its units and past, belongs to the centre wherever it lies, and can be undone', async () => {
    const [cvr, pNumber] = [someCvr(), somePNumber()];
    const names = [
      { navn: 'Det Gamle Navn', ...period('2001-01-01', '2010-12-31') },
      { navn: 'Langt Væk ApS', ...period('2011-01-01') },
    ];
    const { karen, centre } = await prepared([known({ cvr, municipality: 101, more: { navne: names } }), unit(pNumber, { cvr, municipality: 101 })]);
    const before = await register(app);
    const done = await fetched(karen, 'company', { cvr: `DK ${cvr}` });
    expect(done).toMatchObject({ state: 'done', origin: 'cvr', wanted: cvr, fileName: `CVR ${cvr}`, person: 'Karen', fetching: false });
    expect(outcome(done)).toEqual(outcomeOf(2, { new: 2 }));
    expect(await of(cvr)).toMatchObject({ name: 'Langt Væk ApS', source: 'cvr', import_id: done.id });
    expect((await app.owner.query('select count(*)::int n from vn.relation r join vn.company c on c.id = r.company_id where r.centre_id = $1 and c.cvr = $2', [centre.id, cvr])).rows).toEqual([
      { n: 1 },
    ]);
    const [company] = (await app.request(karen).get(`/api/companies?search=gamle+navn`)).body.items;
    expect(company).toMatchObject({ name: 'Langt Væk ApS', formerName: 'Det Gamle Navn' });
    expect(state.asked[0]).toMatchObject({ path: '/cvr-permanent/virksomhed/_search', authorization: `Basic ${Buffer.from('bruger:hemmeligt@ord').toString('base64')}` });
    await move(app, karen, done.id, 'undo');
    expect(await register(app)).toEqual(before);
  });

  test('X.2 a provisional entry becomes what CVR says; a number that CVR does not know is said in words and changes nothing', async () => {
    const cvr = someCvr();
    const { karen, anna } = await prepared([known({ cvr, name: 'Rigtigt Navn' })]);
    await app.request(anna).post('/api/companies', { cvr, name: 'Skrevet i hånden' });
    expect(await fetched(karen, 'company', { cvr })).toMatchObject({ state: 'done', rows: { changed: 1 } });
    expect(await of(cvr)).toMatchObject({ name: 'Rigtigt Navn', source: 'cvr' });
    expect(await fetched(karen, 'company', { cvr: someCvr() })).toMatchObject({ state: 'failed', error: 'cvr_unknown' });
  });
});

describe('the centre’s area', () => {
  test('X.2 comes page by page into an import that somebody looks at, writes and undoes; CVR is asked for no more than is read', async () => {
    const numbers = Array.from({ length: 501 }, () => someCvr());
    const pNumber = somePNumber();
    const { karen, centre } = await prepared([...numbers.map((cvr) => known({ cvr, name: `Firma ${cvr}` })), unit(pNumber, { cvr: numbers[0] ?? '' })]);
    const before = await register(app);
    const read = await fetched(karen, 'update');
    expect(read).toMatchObject({ state: 'ready', origin: 'cvr', wanted: null, format: 'json' });
    expect(outcome(read)).toEqual(outcomeOf(502, { new: 502 }));
    expect(await register(app)).toEqual(before);
    const companies = state.asked.filter(({ path }) => path.endsWith('/virksomhed/_search'));
    expect(companies.map(({ body }) => body.search_after)).toEqual([undefined, [numbers.map(Number).sort((a, b) => a - b)[499]]]);
    expect(JSON.stringify(companies[0]?.body)).toContain('"terms":{"Vrvirksomhed.virksomhedMetadata.nyesteBeliggenhedsadresse.kommune.kommuneKode":[665]}');
    expect(companies[0]?.body._source).not.toContain('Vrvirksomhed.deltagerRelation');
    expect(await app.request(karen).get(source)).toMatchObject({ body: { on: true, underWay: read.id } });
    expect(await app.request(karen).post(`${source}/update`)).toMatchObject({ status: 409, body: { code: 'update_under_way' } });
    await move(app, karen, read.id, 'apply');
    expect((await app.owner.query('select count(*)::int n from vn.relation where centre_id = $1', [centre.id])).rows).toEqual([{ n: 501 }]);
    await move(app, karen, read.id, 'undo');
    expect(await register(app)).toEqual(before);
  });

  test('X.2 a fetch that is killed between two pages goes on where it stopped, and no company stands twice', async () => {
    const numbers = Array.from({ length: 510 }, () => someCvr());
    const { karen } = await prepared(numbers.map((cvr) => known({ cvr })));
    const begun = await app.request(karen).post(`${source}/update`);
    let pages = 0;
    // The second page is in the file, but the mark was not moved: its connection goes away in the middle.
    state.instead = (question, response) => {
      if (question.path.endsWith('/virksomhed/_search')) pages += 1;
      if (pages === 2) response.destroy();
      else answer(question, response);
    };
    await app.jobs.drain();
    const halted = await importNow(app, karen, begun.body.id);
    expect(halted).toMatchObject({ state: 'reading', fetching: true, rows: { read: 500 }, waitsUntil: '2026-11-17T08:02:00.000Z' });
    const [{ file, bytes }] = (await app.owner.query('select file, bytes::int from vn.company_import where id = $1', [halted.id])).rows;
    await app.files.append(file, bytes, '{"_source":{"half a pa');
    state.instead = null;
    app.clock.set('2026-11-17T09:03:00+01:00');
    await app.sweep();
    const read = await importNow(app, karen, halted.id);
    expect(read).toMatchObject({ state: 'ready', waitsUntil: null });
    expect(outcome(read)).toEqual(outcomeOf(510, { new: 510 }));
    await move(app, karen, read.id, 'cancel');
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('X.2 planned updates begin by themselves in the name of whoever planned them, stop at what they would do, and end with that person’s role', async () => {
    const { karen, centre } = await prepared([known({ cvr: someCvr() })]);
    const before = (await app.request(karen).get(source)).body;
    expect(before).toMatchObject({ every: 'never', nextOn: null, version: 0, area: ['Lemvig'] });
    const planned = await app.request(karen).put(source, { every: 'week', sizes: ['micro'] }, { 'if-match': '"0"' });
    expect(planned).toMatchObject({ status: 200, body: { every: 'week', sizes: ['micro'], nextOn: '2026-11-24', version: 1 } });
    expect(await app.request(karen).put(source, { every: 'never', sizes: ['micro'] }, { 'if-match': '"0"' })).toMatchObject({ status: 412 });
    await app.sweep();
    expect(state.asked).toEqual([]);
    app.clock.set('2026-11-24T06:00:00+01:00');
    await app.sweep();
    await app.sweep();
    const { items } = (await app.request(karen).get(imports)).body;
    expect(items).toMatchObject([{ state: 'ready', origin: 'cvr', person: 'Karen' }]);
    expect(JSON.stringify(state.asked[0]?.body)).toContain('ANTAL_5_9');
    expect(JSON.stringify(state.asked[0]?.body)).not.toContain('ANTAL_10_19');
    await move(app, karen, items[0].id, 'cancel');
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-25)' where centre_id = $1 and person_id = $2 and role = 'register'`, [centre.id, karen.id]);
    app.clock.set('2026-12-01T06:00:00+01:00');
    await app.sweep();
    expect((await app.owner.query(`select state, error from vn.company_import where centre_id = $1 order by created_at desc limit 1`, [centre.id])).rows).toEqual([
      { state: 'failed', error: 'role_ended' },
    ]);
    app.clock.set('2026-11-17T09:00:00+01:00');
    await app.owner.query('delete from vn.cvr_update');
  });
});

describe('a server that does not do as it should', () => {
  test.each([
    ['401', 'cvr_auth', (response: import('node:http').ServerResponse) => void response.writeHead(401).end()],
    ['a redirect', 'cvr_redirect', (response: import('node:http').ServerResponse) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end()],
    ['broken JSON', 'cvr_answer', (response: import('node:http').ServerResponse) => void response.end('{"hits":{"hits":[{"_source":{"Vrvirks')],
    ['a web page', 'cvr_answer', (response: import('node:http').ServerResponse) => void response.end('<html>')],
    ['other types than it says', 'cvr_answer', (response: import('node:http').ServerResponse) => void response.end('{"hits":{"hits":{"0":1}}}')],
    ['a number that is a text', 'cvr_answer', (response: import('node:http').ServerResponse) => void response.end('{"hits":{"hits":[{"_source":{"Vrvirksomhed":{"cvrNummer":"12345674"}}}]}}')],
    ['an answer that broke off in time', 'cvr_answer', (response: import('node:http').ServerResponse) => void response.end('{"timed_out":true,"hits":{"hits":[]}}')],
    ['a question it does not understand', 'cvr_answer', (response: import('node:http').ServerResponse) => void response.writeHead(400).end('{}')],
    [
      'an endless body',
      'cvr_too_large',
      (response: import('node:http').ServerResponse) => {
        const piece = ' '.repeat(1_000_000);
        const more = () => {
          while (!response.destroyed && response.write(piece));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      },
    ],
  ])('X.2 %s ends the fetch as %s', async (_what, error, instead) => {
    const { karen } = await prepared();
    state.instead = (_question, response) => instead(response);
    expect(await fetched(karen, 'update')).toMatchObject({ state: 'failed', error, fetching: false });
    expect(state.asked).toHaveLength(1);
    expect((await app.request(karen).get(source)).body.underWay).toBeNull();
  });

  test('X.2 where it is busy it is asked later and later, as long as it says itself, and given up after eight times', async () => {
    const { karen } = await prepared();
    state.instead = (_question, response) => void response.writeHead(429, { 'retry-after': '600' }).end();
    const begun = await fetched(karen, 'update');
    expect(begun).toMatchObject({ state: 'reading', fetching: true, waitsUntil: '2026-11-17T08:10:00.000Z' });
    app.clock.set('2026-11-17T09:09:00+01:00');
    await app.sweep();
    expect(state.asked, 'not before its time').toHaveLength(1);
    state.instead = (_question, response) => void response.writeHead(503).end();
    for (let hours = 10; hours <= 18; hours += 1) {
      app.clock.set(`2026-11-17T${hours}:00:00+01:00`);
      app.clock.advance({ minutes: 60 * 4 * (hours - 10) });
      await app.sweep();
    }
    expect(await importNow(app, karen, begun.id)).toMatchObject({ state: 'failed', error: 'cvr_busy' });
    expect(state.asked).toHaveLength(9);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('X.2 a slow one is given up in time and asked again; what is thrown away meanwhile is asked no more', async () => {
    const { karen } = await prepared();
    state.instead = () => undefined;
    const waiting = await fetched(karen, 'update');
    expect(waiting).toMatchObject({ state: 'reading', fetching: true, waitsUntil: '2026-11-17T08:02:00.000Z' });
    expect(await move(app, karen, waiting.id, 'cancel')).toMatchObject({ state: 'cancelled', fetching: false, waitsUntil: null });
    app.clock.set('2026-11-17T10:00:00+01:00');
    await app.sweep();
    expect(state.asked).toHaveLength(1);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });
});

describe('who may', () => {
  test('X.2 401, 403: only who keeps the register; without an area nothing is fetched', async () => {
    const { anna, dorte, bo, hanne, ida } = await prepared();
    for (const [who, status] of [
      [null, 401],
      [anna, 403],
      [dorte, 403],
      [bo, 403],
      [hanne, 403],
    ] as const) {
      expect((await app.request(who).get(source)).status).toBe(status);
      expect((await app.request(who).post(`${source}/update`)).status).toBe(status);
      expect((await app.request(who).post(`${source}/company`, { cvr: '12345674' })).status).toBe(status);
    }
    expect(await app.request(ida).post(`${source}/update`)).toMatchObject({ status: 409, body: { code: 'area_missing' } });
    expect(await app.request(ida).post(`${source}/company`, { cvr: '12345678' })).toMatchObject({ status: 400, body: { fields: [{ path: 'cvr', code: 'cvr' }] } });
  });
});

describe('rules', () => {
  test('X.2 the address must bear a user and a password, and no sentence repeats it', () => {
    for (const address of ['http://distribution.virk.dk/cvr-permanent', 'ftp://a:b@x/', 'nonsense', 'http://a:b@x/?q=1'])
      expect(() => readConfig({ VEJNET_CVR_URL: address }, '/x', 'live')).toThrow(/^VEJNET_CVR_URL must be an address such as http:\/\/user:password@/);
    expect(readConfig({}, '/x', 'live').cvr).toBeNull();
    expect(readConfig({ VEJNET_CVR_URL: 'http://a:b@distribution.virk.dk/cvr-permanent' }, '/x', 'live').cvr?.hostname).toBe('distribution.virk.dk');
  });

  test('X.2 sizes are asked for as CVR’s own intervals; all of them together need no condition', () => {
    const asked = (sizes: ('micro' | 'small' | 'large' | 'unknown')[]) => JSON.stringify(areaQuery({ municipalities: ['0665'], sizes, endedAfter: '2024-11-17' }, 0));
    expect(asked(['small'])).toContain('["ANTAL_10_19","ANTAL_20_49"]');
    expect(asked(['small'])).not.toContain('ANTAL_5_9');
    expect(asked(['micro', 'small', 'large', 'unknown'])).not.toContain('ANTAL');
  });

  test('X.2 hits that do not come after the last one are no answer: a server that ignores the mark would be asked for ever', () => {
    const text = (...numbers: number[]) => JSON.stringify({ hits: { hits: numbers.map((cvrNummer) => ({ _source: { Vrvirksomhed: { cvrNummer } } })) } });
    expect(hitsOf(text(1, 2), 'Vrvirksomhed', 0)).toHaveLength(2);
    for (const numbers of [
      [1, 2],
      [2, 2],
      [3, 2],
    ])
      expect(hitsOf(text(...numbers), 'Vrvirksomhed', 1)).toBeNull();
    expect(hitsOf(text(5), 'VrproduktionsEnhed', 0)).toBeNull();
  });

  test('X.2 the wait doubles, is a day at most, and a week or a month later is a day that the calendar has', () => {
    expect([1, 2, 5].map((tries) => waitFor(tries, undefined))).toEqual([2, 4, 32]);
    expect(waitFor(1, '999999')).toBe(1440);
    expect(waitFor(1, 'Wed, 21 Oct 2026 07:28:00 GMT')).toBe(2);
    expect([nextUpdate('2026-01-31', 'month'), nextUpdate('2026-12-15', 'month'), nextUpdate('2026-12-28', 'week')]).toEqual(['2026-02-28', '2027-01-15', '2027-01-04']);
  });
});
