import { randomUUID } from 'node:crypto';
import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { openSession, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { send, visitors, written } from '../../../../tests/support/visits.ts';
import { sectionOf } from '../../../kit/industries.ts';
import { ableSchools } from '../../catalogue/provision/rules.ts';
import { figuresOf as figuresBy, type Pointed, shareInterval } from './model.ts';

const app = await testApp();
const bare = await testApp();
const purpose = 'At se, om firmaerne bliver rådgivet efter deres behov.';
const notice = (over: object = {}) => ({ purpose, criteria: 'Egen skole holdt op mod behovene.', from: '2026-11-01', to: '2026-11-30', usableOn: '2026-12-05', ...over });
const announce = (by: TestPerson | null, sent: object = notice(), on = app) => on.request(by).post('/api/evaluations', sent);
const read = (by: TestPerson, id: string) => app.request(by).get(`/api/evaluations/${id}`);

/** Signed in again: the day of the figures lies after the end of a session. */
const back = async (person: TestPerson): Promise<TestPerson> => ({ ...person, token: await openSession(app, person) });

/** Reports in which a consultant offers a school's course to so many companies. */
async function offers(made: Awaited<ReturnType<typeof visitors>>, by: TestPerson, school: string, companies: number) {
  for (let at = 0; at < companies; at += 1) {
    const company = await makeCompany(app, [made.centre], { municipality: '0665', postcode: '7620', town: 'Lemvig' });
    const content = written(company, { visitedOn: '2026-11-16', offers: [{ need: 0, school, what: 'Svejsning' }] });
    const answer = await send(app, by, randomUUID(), content);
    expect(answer.status, answer.text).toBe(201);
  }
}

describe('the notice', () => {
  test('3.07 purpose, criteria and time are told to all consultants and managers before any figure is made, and stand to be read', async () => {
    app.clock.set('2026-11-17T09:00:00Z');
    const made = await visitors(app);
    const { camilla, anna, emil, bo, ida } = made;
    expect((await announce(null)).status).toBe(401);
    expect((await announce(anna)).status).toBe(403);
    const answer = await announce(camilla);
    expect(answer, answer.text).toMatchObject({
      status: 201,
      body: { purpose, from: '2026-11-01', to: '2026-11-30', usableOn: '2026-12-05', announcedOn: '2026-11-17', state: 'announced', can: { callOff: true } },
    });
    for (const person of [anna, emil]) {
      const [mail] = (await mailsTo(app, person.email)).slice(-1);
      expect(mail?.text).toContain(purpose);
      expect(mail?.text).toContain('5. december 2026');
      expect((await read(person, answer.body.id)).body).toMatchObject({ purpose, state: 'announced', figures: null, can: { callOff: false } });
    }
    expect(await mailsTo(app, bo.email)).toEqual([]);
    expect((await read(ida, answer.body.id)).status).toBe(404);
    expect((await app.request(ida).get('/api/evaluations')).body).toEqual([]);
  });

  test('3.07 figures are made on the day and not before, also for whoever asks the database', async () => {
    app.clock.set('2026-11-17T09:00:00Z');
    const made = await visitors(app);
    await offers(made, made.anna, made.centre.schools.a, 5);
    const { id } = (await announce(made.camilla)).body;
    app.clock.set('2026-12-04T22:30:00Z');
    await app.sweep();
    const camilla = await back(made.camilla);
    expect((await read(camilla, id)).body).toMatchObject({ state: 'announced', figures: null });
    expect((await app.request(camilla).get(`/api/evaluations/${id}/figures.csv`)).status).toBe(404);
    app.clock.set('2026-12-04T23:30:00Z'); // half past midnight in Copenhagen
    await app.sweep();
    const published = (await read(camilla, id)).body;
    expect(published).toMatchObject({ state: 'published', can: { callOff: false } });
    expect(published.figures.rows[0]).toMatchObject({ from: { id: made.centre.schools.a }, total: 5 });
    // Written once: a report that comes later changes nothing, and nobody makes them again.
    await offers(made, await back(made.anna), made.centre.schools.a, 1);
    await app.sweep();
    expect((await read(camilla, id)).body).toEqual(published);
    for (const statement of [
      "update vn.evaluation set purpose = 'x' where id = $1",
      'update vn.evaluation_row set place = 9 where evaluation_id = $1',
      'delete from vn.evaluation_row where evaluation_id = $1',
    ])
      await expect(app.owner.query(statement, [id]), statement).rejects.toThrow();
    app.clock.set('2026-11-17T09:00:00Z');
  });

  test('3.07 refused: too little notice, a period that is not over, backwards, overlapping, empty words', async () => {
    app.clock.set('2026-11-17T09:00:00Z');
    const { camilla } = await visitors(app);
    for (const over of [
      { usableOn: '2026-11-30', to: '2026-11-20' },
      { usableOn: '2026-12-10', to: '2026-12-10' },
    ])
      expect(await announce(camilla, notice(over)), JSON.stringify(over)).toMatchObject({ status: 422, body: { code: 'evaluation_too_soon' } });
    expect(await announce(camilla, notice({ from: '2026-12-01' }))).toMatchObject({ status: 422, body: { code: 'evaluation_backwards' } });
    for (const over of [{ purpose: ' ' }, { criteria: '' }, { from: '2026-02-30' }, { threshold: 1 }]) expect((await announce(camilla, notice(over))).status, JSON.stringify(over)).toBe(400);
    const first = (await announce(camilla)).body;
    expect(await announce(camilla, notice({ from: '2026-11-30', to: '2027-01-31', usableOn: '2027-02-01' }))).toMatchObject({ status: 409, body: { code: 'evaluation_overlaps' } });
    expect(await announce(camilla, notice({ from: '2026-12-01', to: '2027-01-31', usableOn: '2027-02-01' }))).toMatchObject({ status: 201 });
    const off = (version: number) => app.request(camilla).put(`/api/evaluations/${first.id}/end`, { reason: 'For kort.' }, seen(version));
    expect(await off(7)).toMatchObject({ status: 412 });
    expect(await off(1)).toMatchObject({ status: 200, body: { state: 'called_off', calledOffBecause: 'For kort.' } });
    expect(await off(2)).toMatchObject({ status: 409, body: { code: 'evaluation_over' } });
    expect(await announce(camilla)).toMatchObject({ status: 201 });
  });

  test('3.06 two announced in the same moment for overlapping times: one stands, for two could be subtracted', async () => {
    app.clock.set('2026-11-17T09:00:00Z');
    const { camilla } = await visitors(app);
    const answers = await Promise.all([0, 1, 2, 3].map((day) => announce(camilla, notice({ from: `2026-11-0${day + 1}` }))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  test('3.06 it is the constraint that says so: without it overlapping looks stand side by side', async () => {
    await bare.owner.query('alter table vn.evaluation drop constraint evaluation_apart');
    bare.clock.set('2026-11-17T09:00:00Z');
    const { camilla } = await visitors(bare);
    const answers = await Promise.all([0, 1, 2, 3].map((day) => announce(camilla, notice({ from: `2026-11-0${day + 1}` }), bare)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  });
});

describe('the figures', () => {
  test('3.02 who sees what: the coordinator every row, a manager the own school’s, a consultant none; the file says the same', async () => {
    app.clock.set('2026-11-17T09:00:00Z');
    const made = await visitors(app);
    const { anna, karim, free, camilla, centre } = made;
    await app.request(camilla).put(`/api/schools/${centre.schools.b}/provision/certificates`, { industries: [], municipalities: [] }, seen(0));
    await app.request(camilla).put(`/api/schools/${centre.schools.a}/provision/certificates`, { industries: [], municipalities: [] }, seen(0));
    await offers(made, anna, centre.schools.a, 9);
    await offers(made, anna, centre.schools.b, 6);
    await offers(made, karim, centre.schools.a, 2);
    await offers(made, free, centre.schools.b, 5);
    const { id } = (await announce(camilla)).body;
    app.clock.set('2026-12-05T09:00:00Z');
    await app.sweep();
    const [coordinator, dorte, emil, consultant] = [await back(camilla), await back(made.dorte), await back(made.emil), await back(anna)];
    const { figures } = (await read(coordinator, id)).body;
    const names = figures.schools.map(({ name }: { name: string }) => name);
    const [a, b] = [names.indexOf('Skole A'), names.indexOf('Skole B')];
    const row = (from: string | null) => figures.rows.find((each: { from: { id: string } | null }) => (each.from?.id ?? null) === from);
    expect(row(centre.schools.a)).toMatchObject({ total: 15, own: { observed: 0.6, expected: 0.5, index: 1.2 } });
    expect([row(centre.schools.a).cells[a], row(centre.schools.a).cells[b]]).toEqual([
      { companies: 9, expected: 0.5 },
      { companies: 6, expected: 0.5 },
    ]);
    // Too few at B to say anything at all, its index too; what the centre's own consultants point at stands for itself (row 3.10).
    expect(row(centre.schools.b)).toMatchObject({ total: null, own: null });
    expect(row(centre.schools.b).cells.every((each: { companies: number | null; expected: number | null }) => each.companies === null && each.expected === null)).toBe(true);
    expect(row(null)).toMatchObject({ total: 5, own: null });
    expect(row(null).cells[b].companies).toBe(5);
    expect(figures.together).toBe(null);
    expect((await read(dorte, id)).body.figures.rows.map((each: { from: { name: string } }) => each.from.name)).toEqual(['Skole A']);
    expect((await read(emil, id)).body.figures.rows.map((each: { from: { name: string } }) => each.from.name)).toEqual(['Skole B']);
    expect((await read(consultant, id)).body.figures.rows).toEqual([]);
    const file = await app.request(dorte).get(`/api/evaluations/${id}/figures.csv`);
    expect(file.text).toContain('Skole A;Skole B;6;0,5');
    expect(file.text).not.toContain('Skole B;Skole A');
    expect((await app.request(consultant).get(`/api/evaluations/${id}/figures.csv`)).status).toBe(403);
    app.clock.set('2026-11-17T09:00:00Z');
  });

  test('3.10 a consultant whom the centre employs points for the centre, wherever the desk stands', async () => {
    app.clock.set('2026-11-17T09:00:00Z');
    const made = await visitors(app);
    const { anna, camilla, centre } = made;
    const profile = { industries: [], products: [], assessment: 0, basicSkills: 0, languages: [], area: [], employer: 'centre', experience: 'experienced' };
    expect((await app.request(anna).put(`/api/profiles/${anna.id}`, profile, seen(0))).status).toBe(200);
    await offers(made, anna, centre.schools.a, 5);
    const { id } = (await announce(camilla)).body;
    app.clock.set('2026-12-05T09:00:00Z');
    await app.sweep();
    const { rows } = (await read(await back(camilla), id)).body.figures;
    expect(rows.map(({ from, total }: { from: { name: string } | null; total: number | null }) => [from?.name ?? null, total]).filter(([, total]: [string, number | null]) => total !== null)).toEqual([
      [null, 5],
    ]);
    app.clock.set('2026-11-17T09:00:00Z');
  });

  test('3.06 what somebody pointed at is read by nobody, the coordinator included', async () => {
    const made = await visitors(app);
    await offers(made, made.anna, made.centre.schools.a, 1);
    for (const person of [made.camilla, made.anna, made.dorte]) expect((await inside(app, person, (client) => client.query('select from vn.pointed'))).rowCount, person.name).toBe(0);
    const { id } = (await announce(made.camilla)).body;
    await expect(inside(app, made.camilla, (client) => client.query('select * from vn.evaluation_pairs($1)', [id]))).rejects.toMatchObject({ code: '42501' });
  });

  const schools = ['a', 'b', 'c', 'd'];
  const figuresOf = (pointed: readonly Pointed[], all: string[], lines: ReturnType<typeof line>[], threshold: number) =>
    figuresBy(pointed, all, ({ field, division, municipality }) => ableSchools<string>(all, lines, { field, section: sectionOf(division), municipality }), threshold);
  const line = (school: string, over: object = {}) => ({ school: school as never, field: 'certificates' as const, industries: [], municipalities: [], version: 1, ...over });
  const point = (from: string | null, to: string, company: string, over: Partial<Pointed> = {}): Pointed => ({
    from,
    to,
    company,
    need: `${company}-need`,
    field: 'certificates',
    division: '25',
    municipality: '0665',
    ...over,
  });
  const many = (from: string | null, to: string, count: number, over: Partial<Pointed> = {}) => Array.from({ length: count }, (_, at) => point(from, to, `${from}${to}${at}`, over));

  test('3.02 own-school index: observed over expected by needs and offers, with its uncertainty', () => {
    const pointed = [...many('a', 'a', 30), ...many('a', 'b', 10)];
    const { rows } = figuresOf(pointed, schools, [line('a'), line('b')], 5);
    expect(rows[0]?.own).toEqual({ observed: 0.75, expected: 0.5, index: 1.5, low: 1.2, high: 1.72 });
    // Where only the own school teaches it, pointing there is what the needs speak for.
    expect(figuresOf(many('a', 'a', 30), schools, [line('a')], 5).rows[0]?.own).toMatchObject({ observed: 1, expected: 1, index: 1 });
    // Where nobody knows what it is about, it speaks for all four.
    expect(figuresOf(many('a', 'a', 30, { field: null }), schools, [line('a')], 5).rows[0]?.own).toMatchObject({ expected: 0.25, index: 4 });
  });

  test('3.02 Wilson’s interval: published values', () => {
    // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    for (const [hits, of, low, high] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      const found = shareInterval(hits, of);
      expect(found.low).toBeCloseTo(low, 4);
      expect(found.high).toBeCloseTo(high, 4);
    }
  });

  test('3.02 all schools together only where three are shown: of two, each would know the other’s', () => {
    const lines = schools.map((school) => line(school));
    const pointed = ['a', 'b'].flatMap((school) => many(school, school, 10));
    expect(figuresOf(pointed, schools, lines, 5).together).toBe(null);
    expect(figuresOf([...pointed, ...many('c', 'a', 10), ...many('c', 'c', 10)], schools, lines, 5).together).toMatchObject({ schools: 3, observed: 0.75, expected: 0.25, index: 3 });
  });

  test('3.06 no hidden cell is subtracted out of a row: what is hidden stands for enough companies together, or for nothing', () => {
    const one = record({ from: constantFrom<string | null>('a', 'b', null), to: constantFrom(...schools), company: integer({ min: 0, max: 30 }).map(String) });
    assert(
      property(array(one, { maxLength: 120 }), integer({ min: 3, max: 8 }), (drawn, threshold) => {
        const pointed = drawn.map(({ from, to, company }) => point(from, to, company));
        const { rows } = figuresOf(pointed, schools, [], threshold);
        return rows.every(({ from, total, cells }) => {
          const truth = schools.map((school) => new Set(pointed.filter((each) => each.from === from && each.to === school).map(({ company }) => company)));
          const shown = cells.flatMap(({ companies }, at) => (companies === null ? [] : [{ companies: Number(companies), at }]));
          // Every figure that is shown is right and large enough.
          if (shown.some(({ companies, at }) => companies !== truth[at]?.size || companies < threshold)) return false;
          if (total === null) return cells.every(({ expected }) => expected === null);
          // What the attacker is left with after subtracting.
          const rest = Number(total) - shown.reduce((sum, { companies }) => sum + companies, 0);
          const hidden = truth.filter((_, at) => cells[at]?.companies === null);
          const behind = new Set(hidden.flatMap((each) => [...each])).size;
          return rest === 0 || (hidden.length > 1 && behind >= threshold && hidden.some(({ size }) => size !== threshold - 1));
        });
      }),
      { numRuns: 400 },
    );
  });
});
