import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo } from '../../../../tests/support/ask.ts';
import { anotherPage, withPage } from '../../../../tests/support/company-pages.ts';
import { inside } from '../../../../tests/support/inside.ts';
import type { OwnPool, PoolBoard } from './contract.ts';
import { shownOf } from './rules.ts';

const app = await testApp();
let boards = 0;

/** A company with 40,000 kroner in a pool and three who decide, the first of them reached by mail. */
async function made({ amount = 4_000_000, unit = 'money', names = ['Tove', 'Ove', 'Lis'] } = {}) {
  app.clock.set('2026-11-17T09:00:00+01:00');
  const it = await withPage(app);
  boards += 1;
  const email = `tove${boards}@bjergager.example`;
  const started = await it.ask('pool/start', { name: 'Kursuspuljen', unit, amount, members: names.map((name, at) => ({ name, email: at === 0 ? email : null })) });
  expect(started.status, started.text).toBe(200);
  const own = async () => ((await it.ask('pool')).body as OwnPool).pool;
  const pool = (started.body as OwnPool).pool;
  // Whoever has an address gets the link there, and the leader does not see it.
  expect(pool?.members[0]?.link).toBeNull();
  const mailed = (await mailsTo(app, email)).at(-1)?.text;
  const tokens = pool?.members.map(({ link }) => /pool-board#([a-z2-7]{32})/.exec(link ?? mailed ?? '')?.[1] ?? '') ?? [];
  const code = pool?.code ?? '';
  const request = async (over: object = {}) => {
    const id = randomUUID();
    const answer = await app.request(null).post('/api/pool-form/requests', { code, request: id, person: 'Kaj Brandt', what: 'Engelsk', why: '', amount: 1_000_000, ...over });
    expect(answer.status, answer.text).toBe(204);
    return id;
  };
  const board = async (at: number) => (await app.request(null).post('/api/pool-board', { token: tokens[at] })).body as PoolBoard;
  const vote = (at: number, id: string, yes: boolean, reason = 'Det kan vi bruge') => app.request(null).post('/api/pool-board/votes', { token: tokens[at], request: id, yes, reason });
  const totals = (by = it.anna) => app.request(by).get(`/api/companies/${it.company.id}/course-pool`);
  return { ...it, mail: email, pool: pool?.id ?? '', code, tokens, own, request, board, vote, totals };
}
const found = (board: PoolBoard, id: string) => board.requests.find((each) => each.id === id);

describe('a course pool that employees govern', () => {
  test('4.19 the leader puts money or days in and chooses two to five who decide; each has a link, by mail where there is an address; one pool at a time', async () => {
    const { ask, own, mail, tokens, code, board } = await made();
    expect(await own()).toMatchObject({ name: 'Kursuspuljen', unit: 'money', putIn: 4_000_000, balance: 4_000_000, members: [{ name: 'Tove' }, { name: 'Ove' }, { name: 'Lis' }], decided: [] });
    const letter = (await mailsTo(app, mail)).at(-1);
    expect(letter?.text).toContain(`/pool-board#${tokens[0]}`);
    expect(letter?.text).toMatch(/»Kursuspuljen«/);
    expect(new Set(tokens).size).toBe(3);
    expect((await app.owner.query('select from vn.pool_member where token_hash::text like $1', [`%${tokens[0]}%`])).rowCount).toBe(0);
    expect(code).toMatch(/^[BDFGHJKLMNPRSTVX]{4}(-[BDFGHJKLMNPRSTVX]{4}){2}$/);
    expect(await board(1)).toMatchObject({ me: 'Ove', members: 3, balance: 4_000_000, requests: [] });
    const start = (members: object[]) => ask('pool/start', { name: 'x', unit: 'days', amount: 10, members });
    expect(await start([{ name: 'a' }, { name: 'b' }])).toMatchObject({ status: 409, body: { code: 'pool_running' } });
    for (const count of [1, 6]) expect((await start(Array.from({ length: count }, () => ({ name: 'a' })))).status).toBe(400);
  });

  test('4.19 a colleague asks with the code on the poster; the board reads it, the leader does not before it is decided', async () => {
    const { ask, own, request, board, code, vote } = await made();
    const opened = await app.request(null).post('/api/pool-form', { code: code.toLowerCase() });
    expect(opened).toMatchObject({ status: 200, body: { name: 'Kursuspuljen', unit: 'money', open: true, board: ['Tove', 'Ove', 'Lis'] } });
    expect(opened.text).not.toContain('4000000');
    expect(await app.request(null).post('/api/pool-form', { code: 'BBBB-BBBB-BBBB' })).toMatchObject({ status: 410, body: { code: 'pool_gone' } });
    const id = await request({ why: 'Jeg taler med chauffører' });
    await app.request(null).post('/api/pool-form/requests', { code, request: id, person: 'Kaj Brandt', what: 'Engelsk', amount: 5 });
    expect((await board(0)).requests).toMatchObject([
      { id, person: 'Kaj Brandt', what: 'Engelsk', why: 'Jeg taler med chauffører', amount: 1_000_000, state: 'open', voted: 0, mine: null, reasons: [] },
    ]);
    expect((await ask('pool')).text).not.toMatch(/Kaj|Engelsk/);
    expect((await vote(0, id, true)).status).toBe(200);
    expect((await ask('pool')).text).not.toMatch(/Kaj|Engelsk/);
    expect((await own())?.balance).toBe(4_000_000);
  });

  test('4.19 more than half decide, with their reasons; one may change one’s mind until then; no name of a no reaches the leader', async () => {
    const { own, request, board, vote } = await made();
    const [yes, no] = [await request(), await request({ person: 'Mia Thorup', what: 'Regneark' })];
    expect((await vote(0, yes, true, '')).status).toBe(400);
    expect((await vote(0, yes, false, 'For dyrt')).status).toBe(200);
    expect((await vote(0, yes, true, 'Alligevel')).status).toBe(200);
    // The others' votes are hidden until it is decided.
    expect(found(await board(1), yes)).toMatchObject({ voted: 1, mine: null, reasons: [], state: 'open' });
    expect(await vote(2, yes, true, 'Enig')).toMatchObject({ status: 200, body: { balance: 3_000_000 } });
    expect(found(await board(1), yes)).toMatchObject({
      state: 'granted',
      reasons: [
        { yes: true, reason: 'Alligevel' },
        { yes: true, reason: 'Enig' },
      ],
    });
    expect(await vote(1, yes, false)).toMatchObject({ status: 409, body: { code: 'request_decided' } });
    await vote(0, no, false, 'Ikke i år');
    await vote(1, no, false, 'Nej');
    expect(await own()).toMatchObject({
      balance: 3_000_000,
      decided: expect.arrayContaining([
        expect.objectContaining({ what: 'Engelsk', state: 'granted', person: 'Kaj Brandt', day: '2026-11-17' }),
        expect.objectContaining({ what: 'Regneark', state: 'declined', person: null }),
      ]),
    });
    expect(await vote(0, randomUUID(), true)).toMatchObject({ status: 404, body: { code: 'request_unknown' } });
    // With two who disagree nobody is more than half: it is no.
    const two = await made({ names: ['Tove', 'Ove'] });
    const tied = await two.request();
    await two.vote(0, tied, true);
    expect(found((await two.vote(1, tied, false)).body, tied)).toMatchObject({ state: 'declined' });
  });

  test('4.19 the pool is never below nothing, however many decide at once, and the balance is what was put in without what was given', async () => {
    const { own, request, vote, pool, ask } = await made({ amount: 500, names: ['Tove', 'Ove'] });
    const ids = await Promise.all(Array.from({ length: 12 }, () => request({ amount: 100 })));
    for (const id of ids) expect((await vote(0, id, true)).status).toBe(200);
    const answers = await Promise.all(ids.map((id) => vote(1, id, true)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(answers.filter(({ status, body }) => status === 409 && body.code === 'pool_too_small')).toHaveLength(7);
    expect(await own()).toMatchObject({ balance: 0, putIn: 500 });
    const { rows } = await app.owner.query(
      `select o.put_in - o.balance spent, (select sum(r.amount) from vn.pool_request r where r.pool_id = o.id and r.state = 'granted') granted from vn.course_pool o where o.id = $1`,
      [pool],
    );
    expect(rows[0].spent).toBe(rows[0].granted);
    await expect(app.owner.query('update vn.course_pool set balance = -1 where id = $1', [pool])).rejects.toMatchObject({ constraint: 'course_pool_balance' });
    // What could not be given is still open: with more in the pool it can.
    expect(await ask('pool/add', { pool, amount: 100 })).toMatchObject({ status: 200, body: { pool: { putIn: 600, balance: 100 } } });
    const open = ids[answers.findIndex(({ status }) => status === 409)] ?? '';
    expect(await vote(1, open, true)).toMatchObject({ status: 200, body: { balance: 0 } });
    // One vote each, also when all press at the same time.
    const once = await made();
    const id = await once.request();
    const both = await Promise.all([once.vote(0, id, true), once.vote(0, id, true), once.vote(1, id, true), once.vote(2, id, true)]);
    expect(both.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(await once.own()).toMatchObject({ balance: 3_000_000 });
  });

  test('4.19 whoever is replaced decides nothing more, a closed pool takes nothing, and no other company reaches it', async () => {
    const { ask, own, request, vote, board, tokens, pool, code } = await made();
    const id = await request();
    await vote(0, id, true);
    const [tove] = (await own())?.members ?? [];
    expect((await ask('pool/members', { member: tove?.id, by: { name: 'Rita' } })).status).toBe(200);
    expect(await app.request(null).post('/api/pool-board', { token: tokens[0] })).toMatchObject({ status: 410, body: { code: 'board_gone' } });
    expect(await vote(0, id, true)).toMatchObject({ status: 410 });
    expect(found(await board(1), id)).toMatchObject({ voted: 0, state: 'open' });
    const stranger = await made();
    expect(await stranger.ask('pool/close', { pool })).toMatchObject({ status: 404, body: { code: 'pool_unknown' } });
    expect(await stranger.ask('pool/members', { member: tove?.id, by: { name: 'x' } })).toMatchObject({ status: 404 });
    expect(await stranger.vote(0, id, true)).toMatchObject({ status: 404 });
    const steward = await anotherPage(app, stranger, { role: 'shop_steward' });
    expect((await steward.ask('pool')).body).toEqual({ leader: false, pool: null });
    expect(await steward.ask('pool/close', { pool: stranger.pool })).toMatchObject({ status: 410 });
    expect((await ask('pool/close', { pool })).body).toEqual({ leader: true, pool: null });
    expect(await app.request(null).post('/api/pool-form/requests', { code, request: randomUUID(), person: 'x', what: 'x', amount: 1 })).toMatchObject({ status: 409, body: { code: 'pool_closed' } });
    expect(await vote(1, id, true)).toMatchObject({ status: 409, body: { code: 'pool_closed' } });
    expect(await board(1)).toMatchObject({ open: false });
  });

  test('4.19 the centre sees that there is a pool, and sums once as many persons as the threshold got something; no row of it', async () => {
    const { totals, request, vote, anna, dorte, camilla, ida } = await made({ names: ['Tove', 'Ove'] });
    const give = async (person: string) => {
      const id = await request({ person, amount: 10_000 });
      await vote(0, id, true);
      await vote(1, id, true);
    };
    for (const person of ['A', 'B', 'C', 'D', 'a']) await give(person);
    for (const reader of [anna, dorte, camilla]) expect((await totals(reader)).body).toEqual({ threshold: 5, pool: { unit: 'money', since: '2026-11-17', putIn: null, granted: null, people: null } });
    await give('E');
    expect((await totals()).body.pool).toEqual({ unit: 'money', since: '2026-11-17', putIn: 4_000_000, granted: 60_000, people: 5 });
    expect((await totals(ida)).status).toBe(404);
    for (const table of ['course_pool', 'pool_member', 'pool_request', 'pool_vote'])
      for (const who of [anna, camilla]) {
        expect((await inside(app, who, (client) => client.query(`select centre_id from vn.${table}`))).rowCount, table).toBe(0);
        await expect(
          inside(app, who, (client) => client.query(`select * from vn.${table}`)),
          table,
        ).rejects.toMatchObject({ code: '42501' });
      }
    expect(shownOf({ unit: 'days', since: '2026-11-17', putIn: 20, granted: 4, people: 4 }, 3)).toMatchObject({ people: 4, putIn: 20 });
    expect(shownOf({ unit: 'days', since: '2026-11-17', putIn: 20, granted: 4, people: 2 }, 1)).toMatchObject({ people: null, putIn: null, granted: null });
  });

  test('4.19 a year after the answer nobody knows who asked; two years after it was closed a pool is forgotten', async () => {
    const { request, vote, pool, ask, company } = await made();
    const id = await request({ why: 'HEMMELIGT' });
    await vote(0, id, true);
    await vote(1, id, true);
    await ask('pool/close', { pool });
    await app.owner.query(`update vn.company_page set expires_at = '2035-01-01' where company_id = $1`, [company.id]);
    const kept = async () => (await app.owner.query('select person, why from vn.pool_request where id = $1', [id])).rows;
    app.clock.set('2027-11-16T09:00:00+01:00');
    await app.sweep();
    expect(await kept()).toEqual([{ person: 'Kaj Brandt', why: 'HEMMELIGT' }]);
    app.clock.set('2027-11-18T09:00:00+01:00');
    await app.sweep();
    expect(await kept()).toEqual([{ person: null, why: '' }]);
    app.clock.set('2028-11-18T09:00:00+01:00');
    await app.sweep();
    expect(await kept()).toEqual([]);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });
});
