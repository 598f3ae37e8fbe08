import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { deadline, plan, someCompanies } from '../../../../tests/support/campaigns.ts';
import { makeCentre, someCvr, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { fileAgreement, ownerIn } from '../../../../tests/support/queues.ts';
import { clientOf } from '../../../../tests/support/scratch.ts';

const app = await testApp();
type Made = Awaited<ReturnType<typeof makeCentre>>;
const quotasOf = (id: string) => `/api/campaigns/${id}/quotas`;
const own = (id: string) => `/api/nominations/${id}`;
const until = '2026-11-18T11:00:00.000Z';
let named = 0;

/** A campaign whose companies the schools name; quotas of Skole A, B and C. */
async function nominating(made: Made, [a, b, c]: readonly [number, number, number], over: object = {}): Promise<string> {
  app.clock.set('2026-11-17T09:00:00+01:00');
  named += 1;
  const planned = await app.request(made.camilla).post('/api/campaigns', { ...plan, name: `Delt tid ${named}`, pickedBy: 'schools', ...over });
  expect(planned.status, planned.text).toBe(201);
  const { id } = planned.body;
  const { schools } = made.centre;
  const set = await app.request(made.camilla).put(quotasOf(id), {
    hours: 10,
    perHour: 10,
    deadline: until,
    schools: [
      { school: schools.a, quota: a },
      { school: schools.b, quota: b },
      { school: schools.c, quota: c },
    ],
  });
  expect(set.status, set.text).toBe(200);
  return id;
}
const nominate = (person: TestPerson, id: string, companies: readonly string[]) => app.request(person).post(`${own(id)}/companies`, { companies });
const results = async (asked: ReturnType<typeof nominate>) => ((await asked).body.results as { result: string }[]).map(({ result }) => result);
const idsOf = (companies: readonly { id: string }[]) => companies.map(({ id }) => id);
/** Past the deadline the list is made, heard and closed; answers the names in the order in which the callers get them. */
async function calledInOrder(made: Made, id: string, strikes: readonly [TestPerson, readonly string[]][] = []): Promise<string[]> {
  app.clock.set('2026-11-18T12:01:00+01:00');
  expect((await app.request(made.camilla).post(`/api/campaigns/${id}/list`)).status).toBe(201);
  expect((await app.request(made.camilla).post(`/api/campaigns/${id}/hearing`, { deadline })).status).toBe(204);
  for (const [person, companies] of strikes) await app.request(person).post(`/api/hearings/${id}/marks`, { companies, mark: 'struck' });
  app.clock.set('2026-11-20T12:01:00+01:00');
  await app.sweep();
  return (
    await app.owner.query(
      `select c.name from vn.queue_item q join vn.company c on c.id = q.company_id where q.campaign_id = $1 and q.state = 'waiting' order by q.promised desc, q.available_at, q.id`,
      [id],
    )
  ).rows.map(({ name }) => name);
}

describe('naming companies', () => {
  test('2.04 each school names up to its quota, in an order of its own; what is over it is left out, and what is taken back makes room', async () => {
    const made = await makeCentre(app);
    const companies = await someCompanies(app, made, ['A1', 'A2', 'A3', 'A4']);
    const id = await nominating(made, [2, 1, 0]);
    const [one, two, three] = idsOf(companies);
    expect(await app.request(made.dorte).get('/api/nominations')).toMatchObject({ body: [{ campaign: id, quota: 2, used: 0, state: 'open', deadline: until }] });
    const answer = await nominate(made.dorte, id, [two ?? '', one ?? '', three ?? '']);
    expect(answer.body).toMatchObject({
      quota: 2,
      used: 2,
      results: [
        { name: 'A2', result: 'named' },
        { name: 'A1', result: 'named' },
        { name: 'A3', result: 'full' },
      ],
    });
    expect(await results(nominate(made.anna, id, [one ?? '']))).toEqual(['already']);
    expect((await app.request(made.anna).delete(`${own(id)}/companies/${two}`)).status).toBe(204);
    expect(await results(nominate(made.anna, id, [three ?? '']))).toEqual(['named']);
    expect((await app.request(made.dorte).get(own(id))).body).toMatchObject({
      used: 2,
      companies: [
        { name: 'A1', person: 'Dorte', available: null },
        { name: 'A3', person: 'Anna', available: null },
      ],
    });
    expect(await app.request(made.camilla).get(quotasOf(id))).toMatchObject({
      body: {
        total: 100,
        schools: [
          { quota: 2, used: 2 },
          { quota: 1, used: 0 },
          { quota: 0, used: 0 },
        ],
      },
    });
  });

  test('2.04 by company numbers as a list has them, and out of the school’s own list; what is no number or nobody knows is said', async () => {
    const made = await makeCentre(app);
    const companies = await someCompanies(app, made, ['N1', 'N2']);
    const id = await nominating(made, [5, 0, 0]);
    const cvr = companies[0]?.cvr ?? '';
    const stranger = someCvr();
    const answer = await app.request(made.dorte).post(`${own(id)}/companies`, { numbers: [`DK ${cvr}`, cvr, stranger, '12345678', 'navn'] });
    expect(answer.body.results.map(({ result, number }: { result: string; number: string }) => [number, result])).toEqual([
      [cvr, 'named'],
      [stranger, 'unknown'],
      ['12345678', 'not_a_number'],
      ['navn', 'not_a_number'],
    ]);
    await app.request(made.dorte).raw({
      method: 'POST',
      url: '/api/own-list?fileName=egen.csv',
      headers: { 'content-type': 'application/octet-stream' },
      payload: `cvr;navn;note\n${cvr};N1;x\n${companies[1]?.cvr};N2;Kursus i maj\n${someCvr()};Ukendt;y\n`,
    });
    await app.jobs.drain();
    expect((await app.request(made.anna).get(`${own(id)}/own-list`)).body).toMatchObject([{ company: companies[1]?.id, name: 'N2', note: 'Kursus i maj', available: true }]);
    expect((await app.request(made.emil).get(`${own(id)}/own-list`)).status).toBe(404);
  });

  test('2.04 a company that may not be called is "not available", one word whatever the reason', async () => {
    const made = await makeCentre(app);
    const [free, resting, objecting] = await someCompanies(app, made, ['Fri', 'Fredet', 'Nej']);
    const [guarded] = await someCompanies(app, made, ['Beskyttet'], { protected: true });
    await app.owner.query(`update vn.relation set quarantined = true, quarantine_until = '2027-02-01' where company_id = $1`, [resting?.id]);
    await app.owner.query('update vn.relation set objection = true where company_id = $1', [objecting?.id]);
    const id = await nominating(made, [10, 10, 10]);
    const answer = await nominate(made.dorte, id, idsOf([resting, objecting, guarded, free] as { id: string }[]));
    expect(answer.body.results.map(({ result }: { result: string }) => result)).toEqual(['not_available', 'not_available', 'not_available', 'named']);
    const strip = (row: { company: string; number: string; name: string }) => JSON.stringify({ ...row, company: '', number: '', name: '' });
    expect(new Set(answer.body.results.slice(0, 3).map(strip)).size).toBe(1);
  });

  test('2.04 after the deadline, once the list is made, and for a campaign of another kind nothing is named or taken back', async () => {
    const made = await makeCentre(app);
    const [first, second] = idsOf(await someCompanies(app, made, ['S1', 'S2']));
    const id = await nominating(made, [5, 5, 5]);
    await nominate(made.dorte, id, [first ?? '']);
    app.clock.set('2026-11-18T12:00:00+01:00');
    for (const closed of [nominate(made.dorte, id, [second ?? '']), app.request(made.dorte).delete(`${own(id)}/companies/${first}`)])
      expect(await closed).toMatchObject({ status: 409, body: { code: 'nominations_closed' } });
    expect((await app.request(made.dorte).get(own(id))).body.state).toBe('closed');
    app.clock.set('2026-11-17T09:00:00+01:00');
    const plain = await app.request(made.camilla).post('/api/campaigns', { ...plan, name: 'Efter kriterier' });
    expect((await nominate(made.dorte, plain.body.id, [second ?? ''])).status).toBe(404);
    expect(await app.request(made.camilla).put(quotasOf(plain.body.id), { hours: 1, perHour: 1, deadline: until, schools: [{ school: made.centre.schools.a, quota: 1 }] })).toMatchObject({
      status: 409,
      body: { code: 'campaign_state' },
    });
  });
});

describe('quotas', () => {
  test('2.04 stay within what the hours carry, and none falls below what its school has named', async () => {
    const made = await makeCentre(app);
    const companies = idsOf(await someCompanies(app, made, ['Q1', 'Q2']));
    const id = await nominating(made, [2, 2, 2]);
    await nominate(made.dorte, id, companies);
    const { a, b } = made.centre.schools;
    const set = (schools: object[], more: object = {}) => app.request(made.camilla).put(quotasOf(id), { hours: 1, perHour: 5, deadline: until, schools, ...more });
    expect(
      await set([
        { school: a, quota: 3 },
        { school: b, quota: 3 },
      ]),
    ).toMatchObject({ status: 409, body: { code: 'quotas_above_total' } });
    expect(
      await set([
        { school: a, quota: 1 },
        { school: b, quota: 3 },
      ]),
    ).toMatchObject({ status: 409, body: { code: 'quota_below_used' } });
    expect(await set([{ school: b, quota: 3 }]), 'left out is nothing').toMatchObject({ status: 409, body: { code: 'quota_below_used' } });
    expect(await set([{ school: a, quota: 2 }], { deadline: '2026-11-16T11:00:00.000Z' })).toMatchObject({ status: 409, body: { code: 'deadline_passed' } });
    expect(await set([{ school: randomUUID(), quota: 2 }])).toMatchObject({ status: 422, body: { code: 'school_not_found' } });
    expect(
      await set([
        { school: a, quota: 2 },
        { school: b, quota: 3 },
      ]),
    ).toMatchObject({ status: 200, body: { total: 5, schools: [{ quota: 2, used: 2 }, { quota: 3 }, { quota: 0 }] } });
  });

  test('2.04 schools with a quota are told once, by mail, and nobody else', async () => {
    await app.jobs.drain();
    const made = await makeCentre(app);
    app.mails.length = 0;
    const id = await nominating(made, [3, 0, 0]);
    await app.jobs.drain();
    expect(app.mails.map(({ to }) => to)).toEqual([made.dorte.email]);
    expect(app.mails[0]?.text).toContain(`/nominations/${id}`);
    await app.request(made.camilla).put(quotasOf(id), { hours: 10, perHour: 10, deadline: until, schools: [{ school: made.centre.schools.a, quota: 4 }] });
    await app.jobs.drain();
    expect(app.mails).toHaveLength(1);
  });

  test('2.04 the list is made after the deadline, or before it when every quota is used', async () => {
    const made = await makeCentre(app);
    const [first] = idsOf(await someCompanies(app, made, ['L1', 'L2']));
    const id = await nominating(made, [1, 0, 0]);
    expect(await app.request(made.camilla).post(`/api/campaigns/${id}/list`)).toMatchObject({ status: 409, body: { code: 'nominations_open' } });
    expect((await app.request(made.camilla).get(`/api/campaigns/${id}`)).body.can.freeze).toBe(false);
    await nominate(made.dorte, id, [first ?? '']);
    expect(await app.request(made.camilla).post(`/api/campaigns/${id}/list`)).toMatchObject({ status: 201, body: { targets: 1, pickedBy: 'schools' } });
  });

  test('2.04 however many people of a school name companies at the same time, its quota holds; without the constraint it does not', async () => {
    const made = await makeCentre(app);
    const companies = idsOf(
      await someCompanies(
        app,
        made,
        Array.from({ length: 60 }, (_, at) => `P${at}`),
      ),
    );
    const id = await nominating(made, [10, 5, 0]);
    const answers = await Promise.all(companies.map((company, at) => nominate([made.dorte, made.anna, made.emil][at % 3] as TestPerson, id, [company])));
    const count = (result: string) => answers.flatMap(({ body }) => body.results).filter((each: { result: string }) => each.result === result).length;
    expect([count('named'), count('full')]).toEqual([15, 45]);
    const held = async () =>
      (
        await app.owner.query(
          'select q.quota, q.used, (select count(*)::int from vn.nomination m where m.campaign_id = q.campaign_id and m.school_id = q.school_id) rows from vn.nomination_quota q where q.campaign_id = $1 order by q.quota desc',
          [id],
        )
      ).rows;
    expect(await held()).toEqual([
      { quota: 10, used: 10, rows: 10 },
      { quota: 5, used: 5, rows: 5 },
      { quota: 0, used: 0, rows: 0 },
    ]);
    // A bug or a superuser that goes past the function meets the constraint, in parallel too.
    const attack = async () =>
      Promise.all(
        companies.slice(0, 20).map(async (company) => {
          const client = await clientOf(app.database, 'admin');
          try {
            await client.query(`select set_config('app.centre', $1, false)`, [made.centre.id]);
            await client.query(`insert into vn.nomination (centre_id, campaign_id, school_id, company_id, no, at, person_id) values ($1, $2, $3, $4, 0, now(), $5) on conflict do nothing`, [
              made.centre.id,
              id,
              made.centre.schools.b,
              company,
              made.emil.id,
            ]);
            return true;
          } catch {
            return false;
          } finally {
            await client.end();
          }
        }),
      );
    await attack();
    expect((await held())[1]).toEqual({ quota: 5, used: 5, rows: 5 });
    await app.owner.query('alter table vn.nomination_quota drop constraint nomination_quota_kept');
    await attack();
    expect((await held())[1]?.rows).toBeGreaterThan(5);
    await ownerIn(app, made.centre, 'delete from vn.nomination where campaign_id = $1', [id]);
    await app.owner.query('alter table vn.nomination_quota add constraint nomination_quota_kept check (used between 0 and quota)');
  });
});

describe('the callers’ time', () => {
  test('2.04 is shared by quota: at any moment each school has had its part, in the order it named; struck ones cost no turn', async () => {
    const made = await makeCentre(app);
    const [a, b] = [await someCompanies(app, made, ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8']), await someCompanies(app, made, ['B1', 'B2', 'B3', 'B4'])];
    const id = await nominating(made, [8, 4, 0]);
    await nominate(made.dorte, id, idsOf(a).toReversed());
    await nominate(made.emil, id, idsOf(b));
    const order = await calledInOrder(made, id, [[made.emil, [a[7]?.id ?? '']]]);
    expect(order.filter((name) => name.startsWith('A'))).toEqual(['A7', 'A6', 'A5', 'A4', 'A3', 'A2', 'A1']);
    expect(order.filter((name) => name.startsWith('B'))).toEqual(['B1', 'B2', 'B3', 'B4']);
    for (let at = 3; at <= 9; at += 3)
      expect(
        order.slice(0, at).filter((name) => name.startsWith('B')),
        `of the first ${at}`,
      ).toHaveLength(at / 3);
    await fileAgreement(app, made);
    const claimed = await app.request(made.bo).post(`/api/call-campaigns/${id}/next`);
    if (claimed.status < 300) expect(claimed.body.card.name).toBe(order[0]);
  });

  test('2.04 a company that two schools named is called once, at the earlier of its places, and both keep their nomination', async () => {
    const made = await makeCentre(app);
    const [both, x, y] = await someCompanies(app, made, ['Begge', 'X', 'Y']);
    const id = await nominating(made, [2, 2, 0]);
    await nominate(made.dorte, id, idsOf([x, both] as { id: string }[]));
    await nominate(made.emil, id, idsOf([both, y] as { id: string }[]));
    const order = await calledInOrder(made, id);
    expect(order).toHaveLength(3);
    expect(order.slice(0, 2).sort()).toEqual(['Begge', 'X']);
    for (const person of [made.dorte, made.emil])
      expect((await app.request(person).get(own(id))).body).toMatchObject({ state: 'heard', used: 2, companies: [{ available: true }, { available: true }] });
  });
});

describe('blindness between schools', () => {
  test('2.04 no answer of one school depends on what another has named, before the hearing is over', async () => {
    const made = await makeCentre(app);
    const [one, two] = idsOf(await someCompanies(app, made, ['Z1', 'Z2']));
    const id = await nominating(made, [2, 2, 2]);
    const seen = async (person: TestPerson) => {
      const asked = [];
      for (const url of ['/api/nominations', own(id), `${own(id)}/own-list`, '/api/campaigns', '/api/hearings', `/api/companies/${one}`, '/api/companies?search=Z1'])
        asked.push((await app.request(person).get(url)).text);
      return asked;
    };
    const before = await seen(made.emil);
    await nominate(made.dorte, id, [one ?? '', two ?? '']);
    expect(await seen(made.emil)).toEqual(before);
    const answer = await nominate(made.emil, id, [one ?? '']);
    expect(answer.body.results).toMatchObject([{ result: 'named' }]);
    const reached = await inside(app, made.emil, async (client) => [
      (await client.query('select * from vn.nomination')).rows,
      (await client.query('select * from vn.nomination_quota')).rows,
      (await client.query('select count(*)::int n from vn.own_nominations($1)', [id])).rows,
    ]);
    expect(reached).toEqual([[], [], [{ n: 1 }]]);
    await expect(inside(app, made.emil, (client) => client.query('insert into vn.nomination select * from vn.nomination'))).rejects.toThrow('permission denied');
    expect((await app.request(made.emil).get(`/api/campaigns/${id}`)).status).toBe(404);
  });

  test('2.04 after the hearing a company that others took is "not available" to whoever named it, and no more', async () => {
    const made = await makeCentre(app);
    const [mine, kept] = idsOf(await someCompanies(app, made, ['Taget', 'Fri']));
    const id = await nominating(made, [2, 0, 0]);
    await nominate(made.dorte, id, [mine ?? '', kept ?? '']);
    await calledInOrder(made, id, [[made.emil, [mine ?? '']]]);
    const found = (await app.request(made.dorte).get(own(id))).body;
    expect(found.companies.map(({ name, available }: { name: string; available: boolean }) => [name, available])).toEqual([
      ['Taget', false],
      ['Fri', true],
    ]);
    expect(JSON.stringify(found)).not.toMatch(/Skole|Emil|struck/);
  });

  test('2.04 401, 403, 404: schools name, the coordinator shares out, nobody else', async () => {
    const made = await makeCentre(app);
    const id = await nominating(made, [1, 0, 0]);
    const body = { companies: [randomUUID()] };
    for (const [who, status] of [
      [null, 401],
      [made.camilla, 403],
      [made.bo, 403],
      [made.hanne, 403],
      [made.karen, 403],
    ] as const) {
      expect((await app.request(who).get(own(id))).status).toBe(status);
      expect((await app.request(who).post(`${own(id)}/companies`, body)).status).toBe(status);
    }
    for (const [who, status] of [
      [null, 401],
      [made.dorte, 403],
      [made.anna, 403],
      [made.ida, 404],
    ] as const)
      expect((await app.request(who).get(quotasOf(id))).status).toBe(status);
    expect((await app.request(made.emil).get(own(id))).status, 'no quota, no round').toBe(404);
    expect(await results(nominate(made.dorte, id, [randomUUID()]))).toEqual(['unknown']);
  });
});
