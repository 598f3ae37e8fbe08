import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside, untilWaiting } from '../../../../tests/support/inside.ts';
import type { WishFormPage } from './contract.ts';
import { type AnswerCode, shownOf } from './rules.ts';

const app = await testApp();
const steward = { name: 'Tove Lind', email: 'tove@bjergager.example', language: 'da' };

const body = (company: { id: string }, over: Record<string, unknown> = {}) => ({
  company: company.id,
  template: 'production',
  own: ['Læse målebånd'],
  firstDay: '2026-11-17',
  lastDay: '2026-11-20',
  steward,
  ...over,
});
const add = (person: TestPerson, sent: unknown) => app.request(person).post('/api/wish-forms', sent);
const read = (person: TestPerson, form: string) => app.request(person).get(`/api/wish-forms/${form}`);
/** Employees sit behind one address each here, unless said otherwise. */
let host = 0;
const ask = (url: string, payload: unknown, remoteAddress = `10.1.${Math.floor(++host / 250) % 250}.${host % 250}`) =>
  app.request(null).raw({ method: 'POST', url, payload: JSON.stringify(payload), headers: { 'content-type': 'application/json' }, remoteAddress });
const open = (code: string) => ask('/api/wishes', { code });
const send = (code: string, topics: readonly string[], sheet: string = randomUUID()) => ask('/api/wishes/answers', { code, sheet, topics });
const openSteward = (token: string) => ask('/api/wish-steward', { token });
const paper = (token: string, topics: readonly string[], sheet: string = randomUUID()) => ask('/api/wish-steward/papers', { token, sheet, topics });
const undo = (token: string, sheet: string) => ask('/api/wish-steward/papers/undo', { token, sheet });
const share = (token: string, on: boolean) => ask('/api/wish-steward/share', { token, share: on });
const counts = (token: string) => ask('/api/wish-counts', { token });
const hashIn = (link: string) => link.replace(/.*#/, '');

async function made(over: Record<string, unknown> = {}) {
  app.clock.set('2026-11-17T09:00:00+01:00');
  const cast = await makeCentre(app);
  const company = await makeCompany(app, [cast.centre]);
  const form = (await add(cast.anna, body(company, { steward: { ...steward, email: null }, ...over }))).body as WishFormPage;
  return { ...cast, company, form, code: form.code, token: hashIn(form.stewardLink ?? '') };
}
/** The days are over, and the house has been through. */
async function countedNow() {
  app.clock.set('2026-11-21T00:05:00+01:00');
  await app.sweep();
}

describe('a form for a shop steward', () => {
  test('2.14 it is made from a template with own topics; the steward gets a private link by mail, and nobody else does', async () => {
    app.clock.set('2026-11-17T09:00:00+01:00');
    const { anna, centre } = await makeCentre(app);
    const company = await makeCompany(app, [centre]);
    const mine = { ...steward, email: `tove-${randomUUID()}@bjergager.example` };
    const { status, body: form } = await add(anna, body(company, { steward: mine }));
    expect(status).toBe(201);
    expect(form).toMatchObject({ state: 'open', result: null, stewardLink: null, school: { name: 'Skole A' }, steward: mine, own: ['Læse målebånd'], can: { edit: true } });
    expect(form.topics).toEqual(expect.arrayContaining(['truck', 'reading', 'own1']));
    const [mail] = await mailsTo(app, mine.email);
    expect(mail).toMatchObject({ subject: 'Kollegernes ønsker: Bjergager Smede', text: expect.stringContaining('fredag 20. november') });
    const token = /wish-steward#([a-z2-7]{32})/.exec(mail?.text ?? '')?.[1] ?? '';
    expect((await openSteward(token)).body).toMatchObject({ company: 'Bjergager Smede', code: form.code, papers: 0, result: null, shared: null });
    expect(JSON.stringify((await read(anna, form.id)).body)).not.toContain(token);
    const story = (await app.request(anna).get(`/api/companies/${company.id}/timeline`)).body.items;
    expect(story[0]).toMatchObject({ kind: 'wishes.asked', ownSchoolOnly: true });
  });

  test('2.14 dates, topics and companies that make no sense are refused; so is a second form that is not counted', async () => {
    const { anna, company } = await made();
    for (const [over, path] of [
      [{ lastDay: '2026-11-16', firstDay: '2026-11-10' }, 'lastDay'],
      [{ lastDay: '2026-11-01', firstDay: '2026-11-20' }, 'lastDay'],
      [{ lastDay: '2027-04-01' }, 'lastDay'],
      [{ template: 'gossip' }, 'template'],
      [{ own: ['Sy', 'sy'] }, 'own'],
      [{ own: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'own'],
      [{ own: [''] }, 'own.0'],
      [{ steward: { ...steward, email: 'nobody' } }, 'steward.email'],
      [{ company: randomUUID() }, 'company'],
    ] as const) {
      const answer = await add(anna, body(company, over));
      expect([400, 422], path).toContain(answer.status);
      expect(answer.body.fields[0].path).toBe(path);
    }
    expect(await add(anna, body(company))).toMatchObject({ status: 409, body: { code: 'wishes_running' } });
  });

  test('2.14 another school sees no form and changes none; the coordinator sees all; a form of the centre itself is seen by all consultants and changed by none', async () => {
    const { anna, camilla, dorte, ida, company, centre, form } = await made();
    const carl = await makePerson(app, 'Carl', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
    expect((await app.request(carl).get('/api/wish-forms')).body).toEqual([]);
    for (const stranger of [carl, ida]) {
      expect((await read(stranger, form.id)).status).toBe(404);
      expect((await app.request(stranger).delete(`/api/wish-forms/${form.id}`)).status).toBe(404);
    }
    expect((await read(dorte, form.id)).status).toBe(403);
    expect((await read(camilla, form.id)).body).toMatchObject({ can: { edit: true } });
    const second = await makeCompany(app, [centre]);
    const own = (await add(camilla, body(second))).body as WishFormPage;
    expect((await read(carl, own.id)).body).toMatchObject({ school: null, can: { edit: false } });
    expect((await app.request(carl).delete(`/api/wish-forms/${own.id}`)).status).toBe(403);
    expect((await app.request(carl).put(`/api/wish-forms/${own.id}/steward`, steward, seen(1))).status).toBe(403);
    expect(company.id).not.toBe(second.id);
    expect((await app.request(anna).get('/api/wish-forms')).body).toHaveLength(2);
  });

  test('2.14 a new link for the steward ends the one before; two who make one see each other', async () => {
    const { anna, form, token } = await made();
    const renewed = await app.request(anna).put(`/api/wish-forms/${form.id}/steward`, { name: 'Bent Dahl', email: null, language: 'en' }, seen(1));
    expect(renewed).toMatchObject({ status: 200, body: { version: 2, steward: { name: 'Bent Dahl', email: null, language: 'en' }, stewardLink: expect.stringContaining('/wish-steward#') } });
    expect((await openSteward(token)).status).toBe(404);
    expect((await openSteward(hashIn(renewed.body.stewardLink))).body).toMatchObject({ steward: 'Bent Dahl' });
    expect(await app.request(anna).put(`/api/wish-forms/${form.id}/steward`, steward, seen(1))).toMatchObject({ status: 412, body: { current: { version: 2 } } });
  });

  test('2.14 a removed form takes answers and links with it', async () => {
    const { anna, form, code, token } = await made();
    await send(code, ['truck']);
    expect((await app.request(anna).delete(`/api/wish-forms/${form.id}`)).status).toBe(204);
    for (const gone of [await open(code), await send(code, []), await openSteward(token), await paper(token, []), await share(token, true)])
      expect(gone).toMatchObject({ status: 404, body: { code: 'wishes_gone' } });
    expect((await app.owner.query('select from vn.wish_answer where form_id = $1', [form.id])).rowCount).toBe(0);
    expect((await read(anna, form.id)).status).toBe(404);
  });
});

describe('colleagues', () => {
  test('2.14 a colleague ticks topics behind the code, without a name; the same sheet again is one answer, and nothing ticked is one too', async () => {
    const { form, code } = await made();
    const opened = await open(code.toLowerCase().replaceAll('-', ' '));
    expect(opened.body).toEqual({
      company: 'Bjergager Smede',
      centre: 'VEU-center Prøven',
      steward: 'Tove Lind',
      topics: form.topics,
      own: ['Læse målebånd'],
      firstDay: '2026-11-17',
      lastDay: '2026-11-20',
      state: 'open',
    });
    const sheet = randomUUID();
    for (let at = 0; at < 3; at += 1) expect((await send(code, ['truck', 'own1'], sheet)).status).toBe(204);
    expect((await send(code, [])).status).toBe(204);
    expect((await app.owner.query('select from vn.wish_answer where form_id = $1', [form.id])).rowCount).toBe(2);
  });

  test('2.14 unknown topics, a topic twice, free text and a made-up id are refused; a wrong code opens nothing', async () => {
    const { code } = await made();
    expect(await send(code, ['own2'])).toMatchObject({ status: 422, body: { code: 'topic_unknown' } });
    expect(await send(code, ['leading'])).toMatchObject({ status: 422, body: { code: 'topic_unknown' } });
    for (const topics of [['Jeg hedder Per'], ['truck', 'truck']]) expect((await send(code, topics)).status).toBe(400);
    expect((await send(code, ['truck'], '1')).status).toBe(400);
    expect((await ask('/api/wishes/answers', { code, sheet: randomUUID(), topics: [], name: 'Per' })).status).toBe(400);
    for (const answer of [await open('BBBB-BBBB-BBBB'), await send('BBBB-BBBB-BBBB', [])]) expect(answer).toMatchObject({ status: 404, body: { code: 'wishes_gone' } });
    expect((await open('AAAA')).status).toBe(400);
  });

  test('2.14 outside its days the form takes no answers', async () => {
    const { code, token } = await made({ firstDay: '2026-11-18' });
    expect((await open(code)).body).toMatchObject({ state: 'ahead' });
    for (const answer of [await send(code, []), await paper(token, [])]) expect(answer).toMatchObject({ status: 409, body: { code: 'wishes_closed' } });
    app.clock.set('2026-11-20T23:59:00+01:00');
    expect((await send(code, [])).status).toBe(204);
    app.clock.set('2026-11-21T00:00:00+01:00');
    expect((await open(code)).body).toMatchObject({ state: 'over' });
    expect((await send(code, [])).status).toBe(409);
    await countedNow();
    expect((await send(code, [])).status).toBe(409);
  });

  test('2.14 ten thousand answers from one address end at the limit, and nobody’s address is kept', async () => {
    const { form, code } = await made();
    const statuses: number[] = [];
    for (let at = 0; at < 410; at += 1) statuses.push((await ask('/api/wishes/answers', { code, sheet: randomUUID(), topics: ['truck'] }, '10.9.9.9')).status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(400);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    expect((await app.owner.query(`select from vn.rate where key like '%10.9.9.9%' or key like '%ishes%'`)).rowCount).toBe(0);
    await app.owner.query(`insert into vn.wish_answer select centre_id, id, gen_random_uuid(), '{}', false from vn.wish_form, generate_series(1, 5000) where id = $1`, [form.id]);
    expect(await send(code, [])).toMatchObject({ status: 409, body: { code: 'wishes_full' } });
  });

  test('2.14 an answer is kept without name, address, time or device, and no role reads it', async () => {
    const { anna, camilla, form, code } = await made();
    await send(code, ['reading']);
    const columns = (await app.owner.query(`select column_name name from information_schema.columns where table_schema = 'vn' and table_name = 'wish_answer' order by 1`)).rows;
    expect(columns.map(({ name }) => name)).toEqual(['centre_id', 'form_id', 'id', 'paper', 'topics']);
    for (const person of [anna, camilla]) {
      await expect(inside(app, person, (client) => client.query('select topics from vn.wish_answer'))).rejects.toThrow('permission denied');
      expect(await inside(app, person, async (client) => (await client.query('select centre_id from vn.wish_answer')).rowCount)).toBe(0);
      await expect(inside(app, person, (client) => client.query('select * from vn.wishes_to_count()'))).rejects.toThrow('forbidden');
      await expect(inside(app, person, (client) => client.query(`select vn.count_wishes($1, 1, '{}', 5)`, [form.id]))).rejects.toThrow('forbidden');
      await expect(inside(app, person, (client) => client.query('select code_hash from vn.wish_form'))).rejects.toThrow('permission denied');
    }
    expect((await app.owner.query('select from vn.audit where data::text like $1', ['%reading%'])).rowCount).toBe(0);
  });
});

describe('the steward', () => {
  test('2.14 types paper forms in one by one and takes a wrong one back, only while the form runs', async () => {
    const { token, code } = await made();
    const [first, second] = [randomUUID(), randomUUID()];
    expect((await paper(token, ['truck', 'reading'], first)).status).toBe(204);
    expect((await paper(token, [], second)).status).toBe(204);
    expect((await openSteward(token)).body).toMatchObject({ papers: 2 });
    expect((await undo(token, second)).status).toBe(204);
    expect((await undo(token, second)).status).toBe(404);
    const phone = randomUUID();
    await send(code, ['truck'], phone);
    expect((await undo(token, phone)).status, 'what came from a phone stands').toBe(404);
    expect((await openSteward(token)).body).toMatchObject({ papers: 1 });
    expect((await paper(code, [])).status).toBe(400);
    await countedNow();
    expect((await paper(token, [])).status).toBe(409);
    expect((await undo(token, first)).status).toBe(409);
  });

  test('2.14 shares the counts by a link of their own and closes it again; before, others see nothing', async () => {
    const { token, code } = await made();
    for (let at = 0; at < 6; at += 1) await send(code, ['truck']);
    expect(await share(token, true)).toMatchObject({ status: 409, body: { code: 'wishes_not_counted' } });
    await countedNow();
    const { shared } = (await share(token, true)).body;
    expect((await openSteward(token)).body).toMatchObject({ shared });
    const shown = await counts(hashIn(shared));
    expect(shown.body).toMatchObject({ company: 'Bjergager Smede', result: { answers: 6, threshold: 5 } });
    expect(shown.body.result.counts).toContainEqual({ topic: 'truck', atLeast: 6 });
    expect((await openSteward(hashIn(shared))).status, 'the link opens the counts alone').toBe(404);
    expect((await counts(token)).status).toBe(404);
    expect((await share(token, false)).body).toEqual({ shared: null });
    expect((await counts(hashIn(shared))).status).toBe(404);
    const again = (await share(token, true)).body.shared;
    expect(again).not.toBe(shared);
    expect((await counts(hashIn(shared))).status).toBe(404);
    expect((await counts(hashIn(again))).status).toBe(200);
  });
});

describe('counting', () => {
  test('2.14 when the days are over the house counts once, keeps what may be shown and forgets the answers; the steward hears of it', async () => {
    const email = `tove-${randomUUID()}@bjergager.example`;
    const { anna, form, code } = await made({ steward: { ...steward, email } });
    for (let at = 0; at < 9; at += 1) await send(code, at < 6 ? ['truck', 'reading'] : at < 8 ? ['own1'] : []);
    await countedNow();
    const { body: page } = await read(anna, form.id);
    expect(page).toMatchObject({ state: 'counted', result: { answers: 9, threshold: 5 } });
    expect(Object.fromEntries(page.result.counts.map(({ topic, atLeast }: { topic: string; atLeast: number | null }) => [topic, atLeast]))).toMatchObject({
      truck: 6,
      reading: null,
      own1: null,
      maths: null,
    });
    expect((await app.owner.query('select from vn.wish_answer where form_id = $1', [form.id])).rowCount).toBe(0);
    const kept = await app.owner.query('select answers, counts from vn.wish_form where id = $1', [form.id]);
    expect(
      Object.values(kept.rows[0].counts).filter((count) => count !== null),
      'what is hidden is not kept either',
    ).toEqual([6]);
    expect((await mailsTo(app, email)).map(({ subject }) => subject)).toEqual(['Kollegernes ønsker: Bjergager Smede', 'Ønskerne er talt op: Bjergager Smede']);
    await app.sweep();
    expect(await mailsTo(app, email)).toHaveLength(2);
    const after = await add(anna, body({ id: form.company.id }, { firstDay: '2026-11-21', lastDay: '2026-11-30' }));
    expect(after.status, 'now there is room for another form').toBe(201);
  });

  test('2.14 the centre’s own threshold holds; too few answers show nothing at all', async () => {
    const { anna, camilla, form, code } = await made();
    const settings = (await app.request(camilla).get('/api/outreach-settings')).body;
    const { version, can: _can, ...rules } = settings;
    expect((await app.request(camilla).put('/api/outreach-settings', { ...rules, smallCell: 8 }, seen(version))).status).toBe(200);
    for (let at = 0; at < 7; at += 1) await send(code, ['truck']);
    await countedNow();
    const { result } = (await read(anna, form.id)).body;
    expect(result).toMatchObject({ answers: null, threshold: 8 });
    expect(result.counts.every(({ atLeast }: { atLeast: number | null }) => atLeast === null)).toBe(true);
  });

  test('2.14 no two looks tell of one answer: while a form runs every page says the same, afterwards the counts stand', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.subarray(['truck', 'reading', 'own1'] as AnswerCode[]), { minLength: 1, maxLength: 12 }),
        fc.array(fc.subarray(['truck', 'own1'] as AnswerCode[]), { maxLength: 7 }),
        async (phones, papers) => {
          const { anna, camilla, form, code, token } = await made();
          const looks = async () =>
            [await read(anna, form.id), await read(camilla, form.id), await app.request(anna).get('/api/wish-forms'), await open(code), await openSteward(token)].map(({ text }) => text);
          for (const topics of papers) await paper(token, topics);
          const before = await looks();
          for (const topics of phones) {
            await send(code, topics);
            expect(await looks()).toEqual(before);
          }
          await countedNow();
          const tally = (of: typeof phones, topic: AnswerCode) => of.filter((each) => each.includes(topic)).length;
          const ticked = {
            phones: phones.length,
            papers: papers.length,
            topics: Object.fromEntries(form.topics.map((topic) => [topic, { phone: tally(phones, topic), paper: tally(papers, topic) }])),
          };
          const expected = shownOf(ticked, form.topics, 5);
          const { result } = (await openSteward(token)).body;
          expect(result).toEqual({ answers: expected.answers, counts: form.topics.map((topic) => ({ topic, atLeast: expected.counts[topic] ?? null })), threshold: 5 });
          expect((await read(anna, form.id)).body.result).toEqual(result);
          const after = await looks();
          await send(code, ['truck']);
          await paper(token, ['truck']);
          await app.sweep();
          expect(await looks()).toEqual(after);
        },
      ),
      { numRuns: 6 },
    );
  }, 60_000);

  test('2.14 an answer that meets the counting is counted or refused, never lost', async () => {
    const { form, code } = await made();
    for (let at = 0; at < 5; at += 1) await send(code, ['truck']);
    await app.owner.query('begin');
    await app.owner.query('select from vn.wish_form where id = $1 for update', [form.id]);
    const late = Array.from({ length: 8 }, () => send(code, ['truck']));
    await untilWaiting(app, 4);
    await app.owner.query(`update vn.wish_form set closed_at = now(), counts = '{}', threshold = 5 where id = $1`, [form.id]);
    await app.owner.query('commit');
    expect((await Promise.all(late)).map(({ status }) => status)).toEqual(Array(8).fill(409));
    expect((await app.owner.query('select from vn.wish_answer where form_id = $1', [form.id])).rowCount).toBe(5);
  });

  test('2.14 two years later the form and its steward are forgotten', async () => {
    const { form } = await made();
    await countedNow();
    app.clock.set('2028-11-19T09:00:00+01:00');
    await app.sweep();
    expect((await app.owner.query('select from vn.wish_form where id = $1', [form.id])).rowCount).toBe(1);
    app.clock.set('2028-11-21T09:00:00+01:00');
    await app.sweep();
    expect((await app.owner.query('select from vn.wish_form where id = $1', [form.id])).rowCount).toBe(0);
  });
});
