import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { untilWaiting } from '../../../../tests/support/inside.ts';
import { blockOf, type Pool, questionOf } from './rules.ts';

const app = await testApp();
const nothing = { pins: [], forbidden: [], splits: [], closed: [], opened: [] };

/** A centre with one course at two schools in two towns, a class at each, and companies around that want it. */
async function made({ companies = 6, heads = 2 }: { companies?: number; heads?: number } = {}) {
  const all = await makeCentre(app);
  const course = (
    await app.request(all.emil).post('/api/courses', { kind: 'amu', code: '40011', title: 'Gaffeltruck – certifikat B', field: 'certificates', industries: [], awards: 'certificate', days: 7 })
  ).body.id as string;
  const plan = async (by: TestPerson, school: string, over: object = {}) => {
    const answer = await app.request(by).post('/api/classes', { course, school, starts: '2027-01-11', ends: '2027-01-19', minimum: 8, maximum: 16, postcode: '7620', town: 'Lemvig', ...over });
    expect(answer.status, answer.text).toBe(201);
    return answer.body.id as string;
  };
  const here = await plan(all.emil, all.centre.schools.b);
  const needs: string[] = [];
  const add = async (over: object = {}, facts: object = {}) => {
    const company = await makeCompany(app, [all.centre], { name: `Firma ${needs.length}`, postcode: '7620', town: 'Lemvig', municipality: '0665', ...facts });
    const answer = await app
      .request(all.anna)
      .post('/api/pooled-needs', { company: company.id, course, field: 'certificates', what: 'Truck', heads, earliest: '2027-01-04', latest: '2027-01-31', km: 30, ...over });
    expect(answer.status, answer.text).toBe(201);
    needs.push(answer.body.id);
    return { id: answer.body.id as string, company: company.id };
  };
  for (let at = 0; at < companies; at += 1) await add();
  return { ...all, course, here, plan, add, needs };
}
type Made = Awaited<ReturnType<typeof made>>;
const propose = async ({ camilla }: Pick<Made, 'camilla'>, body: object = {}) => {
  const asked = await app.request(camilla).post('/api/pool-plans', { seconds: 5, ...body });
  expect(asked, asked.text).toMatchObject({ status: 202, body: { state: 'waiting', proposal: null } });
  await app.jobs.drain();
  const done = await app.request(camilla).get(`/api/pool-plans/${asked.body.id}`);
  expect(done.body.state, done.text).toBe('done');
  return done.body;
};
const accept = (by: TestPerson, plan: { id: string; version: number }, body: object = {}) => app.request(by).post(`/api/pool-plans/${plan.id}/accept`, body, seen(plan.version));
const seats = async (need: string) => (await app.owner.query<{ class_id: string; heads: number; state: string }>('select class_id, heads, state from vn.seat where need_id = $1', [need])).rows;

describe('classes for the whole pool', () => {
  test('4.03 needs that could not fill a class alone get one together: proposed, proven, and promised to nobody', async () => {
    const it = await made();
    const plan = await propose(it);
    expect(plan.proposal).toMatchObject({ asked: { companies: 6, seats: 12 }, seats: 12, saved: 0, gap: 0, proven: true, stopped: false, unserved: [] });
    expect(plan.proposal.classes).toMatchObject([{ existing: it.here, heads: 12, minimum: 8, maximum: 16, course: { id: it.course } }]);
    expect(plan.proposal.classes[0].groups).toHaveLength(6);
    expect(plan.figures).toMatchObject({ seats: 12, classes: 1, proven: true });
    expect((await app.owner.query('select from vn.seat where centre_id = $1', [it.centre.id])).rowCount).toBe(0);
    expect(await app.request(it.dorte).get(`/api/pool-plans/${plan.id}`)).toMatchObject({ status: 200, body: { can: { change: false, stop: false, accept: false } } });
    const other = await makeCentre(app);
    expect(await app.request(other.camilla).get(`/api/pool-plans/${plan.id}`)).toMatchObject({ status: 404 });
    expect(await accept(other.camilla, plan)).toMatchObject({ status: 404 });
    expect(await accept(it.emil, plan)).toMatchObject({ status: 403 });
  });

  test('4.03 where nobody planned a class, one is proposed where a school could run it; accepted, it is planned with its seats', async () => {
    const it = await made({ companies: 5 });
    await app.owner.query(`update vn.class set state = 'cancelled', cancelled_because = 'x' where id = $1`, [it.here]);
    const plan = await propose(it);
    expect(plan.proposal.classes).toMatchObject([{ existing: null, heads: 10, town: 'Lemvig', school: { id: it.centre.schools.b } }]);
    const done = await accept(it.camilla, plan);
    expect(done, done.text).toMatchObject({ status: 200, body: { state: 'accepted', outcome: { classes: [{ made: true, seats: 10 }], leftOut: [] }, can: { accept: false } } });
    const made_ = done.body.outcome.classes[0].id;
    expect((await app.request(it.anna).get(`/api/classes/${made_}`)).body).toMatchObject({
      state: 'tentative',
      starts: plan.proposal.classes[0].starts,
      ends: plan.proposal.classes[0].ends,
      minimum: 8,
      place: { town: 'Lemvig', postcode: '7620' },
    });
    for (const need of it.needs) {
      expect(await seats(need)).toEqual([{ class_id: made_, heads: 2, state: 'taken' }]);
      expect((await app.request(it.anna).get(`/api/pooled-needs/${need}`)).body.state).toBe('placed');
    }
    expect(await accept(it.camilla, { ...plan, version: done.body.version })).toMatchObject({ status: 409, body: { code: 'plan_accepted' } });
    // The next proposal has nothing left to do.
    expect((await propose(it)).proposal).toMatchObject({ asked: { companies: 0, seats: 0 }, classes: [] });
  });

  test('4.05 each need that is left out has its reason: too far, no common date, too few', async () => {
    const it = await made();
    const far = await it.add({ km: 10 }, { postcode: '8000', town: 'Aarhus C', municipality: '0751' });
    const late = await it.add({ earliest: '2027-11-01', latest: '2027-11-30' });
    await it.add({ course: null, field: 'digital' });
    const { proposal } = await propose(it);
    const why = (id: string) => proposal.unserved.find(({ need }: { need: string }) => need === id)?.reasons.map(({ code }: { code: string }) => code);
    expect(proposal.seats).toBe(12);
    expect(why(far.id)).toContain('too_far');
    expect(why(late.id)?.length).toBeGreaterThan(0);
    // A need that names no course waits in the pool and is nobody's fault.
    expect(proposal.unserved).toHaveLength(2);
  });

  test('4.03 by hand: a class that shall not run, a need that is kept or kept out, a group that is split; the rest is worked out anew', async () => {
    const it = await made();
    const first = await propose(it);
    const there = await it.plan(it.camilla, it.centre.schools.a, { starts: '2027-01-18', ends: '2027-01-26' });
    const [need = ''] = it.needs;
    const closed = await propose(it, { basedOn: first.id, byHand: { ...nothing, closed: [it.here] } });
    expect(closed.basedOn).toBe(first.id);
    expect(closed.proposal.classes.map((each: { class: string }) => each.class)).not.toContain(it.here);
    const forbidden = await propose(it, { byHand: { ...nothing, forbidden: [{ need, class: it.here }], opened: [it.here] } });
    expect(forbidden.proposal.classes.find((each: { class: string }) => each.class === it.here)?.groups.some((group: { need: string }) => group.need === need)).toBe(false);
    const pinned = await propose(it, { byHand: { ...nothing, pins: [{ need, class: there }] } });
    expect(pinned.proposal.classes.find((each: { class: string }) => each.class === there)?.groups).toEqual(expect.arrayContaining([expect.objectContaining({ need, byHand: true })]));
    const split = await propose(it, { byHand: { ...nothing, splits: [{ need, groups: [1, 1] }] } });
    expect(split.proposal.seats).toBe(12);
    expect(
      split.proposal.classes
        .flatMap(({ groups }: { groups: { need: string; heads: number }[] }) => groups)
        .filter((group: { need: string }) => group.need === need)
        .map(({ heads }: { heads: number }) => heads),
    ).toEqual([1, 1]);
    const against = await app.request(it.camilla).get(`/api/pool-plans/${closed.id}/against/${first.id}`);
    expect(against, against.text).toMatchObject({ status: 200, body: { plan: { id: closed.id }, other: { id: first.id } } });
    expect(against.body.needs).toHaveLength(6);
    for (const bad of [
      { ...nothing, splits: [{ need, groups: [2] }] },
      { ...nothing, pins: [{ need: 'x', class: there }] },
      { ...nothing, moves: [] },
    ])
      expect((await app.request(it.camilla).post('/api/pool-plans', { byHand: bad })).status).toBe(400);
    expect(await app.request(it.camilla).post('/api/pool-plans', { basedOn: randomUUID() })).toMatchObject({ status: 422, body: { code: 'plan_unknown' } });
  });

  test('4.03 what changed between the proposal and the yes is left out and told: a need withdrawn or changed, a class cancelled or filled up', async () => {
    const it = await made();
    const plan = await propose(it);
    const [withdrawn = '', changed = ''] = it.needs;
    await app.request(it.anna).post(`/api/pooled-needs/${withdrawn}/withdraw`, undefined, seen(1));
    await app.request(it.anna).put(`/api/pooled-needs/${changed}`, { course: it.course, field: 'certificates', what: 'Truck', heads: 5, earliest: '2027-01-04', latest: '2027-01-31' }, seen(1));
    await app.owner.query('update vn.class set taken_elsewhere = 11, taken_as_of = now() where id = $1', [it.here]);
    const done = await accept(it.camilla, plan);
    expect(done, done.text).toMatchObject({ status: 200, body: { outcome: { classes: [{ id: it.here, made: false, seats: 4 }] } } });
    const because = (why: string) => done.body.outcome.leftOut.filter((each: { because: string }) => each.because === why).length;
    expect([because('need_changed'), because('full')]).toEqual([2, 2]);
    expect((await app.owner.query<{ taken: number }>('select taken from vn.class where id = $1', [it.here])).rows[0]?.taken).toBe(4);
    const again = await made();
    const gone = await propose(again);
    await app.owner.query(`update vn.class set state = 'cancelled', cancelled_because = 'x' where id = $1`, [again.here]);
    const none = await accept(again.camilla, gone);
    expect(none.body.outcome.leftOut.every((each: { because: string }) => each.because === 'class_gone')).toBe(true);
    expect((await app.request(again.anna).get(`/api/pooled-needs/${again.needs[0]}`)).body.state).toBe('open');
  });

  test('4.03 a need whose class is called off waits in the pool again, and the next plan serves it elsewhere', async () => {
    const it = await made();
    await accept(it.camilla, await propose(it));
    const [need = ''] = it.needs;
    const stands = async () => (await app.request(it.anna).get(`/api/pooled-needs/${need}`)).body.state;
    expect(await stands()).toBe('placed');
    const { version } = (await app.request(it.camilla).get(`/api/classes/${it.here}`)).body;
    const off = await app.request(it.camilla).put(`/api/classes/${it.here}/state`, { state: 'cancelled', because: 'Læreren er rejst' }, seen(version));
    expect(off.status, off.text).toBe(200);
    expect(await stands()).toBe('open');
    const again = await propose(it);
    expect(again.proposal).toMatchObject({ seats: 12, classes: [{ existing: null }] });
    await accept(it.camilla, again);
    expect(await stands()).toBe('placed');
  });

  test('4.03 a need that was split becomes one for each group: the group that has no seat yet waits in the pool by itself', async () => {
    const it = await made({ companies: 5 });
    const large = await it.add({ heads: 6 });
    await app.owner.query('update vn.class set maximum = 14, minimum = 8 where id = $1', [it.here]);
    const split = await propose(it, { byHand: { ...nothing, splits: [{ need: large.id, groups: [4, 2] }], closed: [] } });
    const groups = split.proposal.classes
      .flatMap(({ groups: there, class: at }: { groups: { need: string; group: number }[]; class: string }) => there.map((group) => ({ ...group, at })))
      .filter(({ need }: { need: string }) => need === large.id);
    expect(groups.length).toBeGreaterThan(0);
    // Only the class of one of the groups is made.
    const done = await accept(it.camilla, split, { classes: [groups[0].at] });
    expect(done.status, done.text).toBe(200);
    const needs = (await app.owner.query<{ heads: number; state: string }>('select heads::int, state from vn.pooled_need where company_id = $1 order by heads desc', [large.company])).rows;
    expect(needs.map(({ heads }) => heads)).toEqual([4, 2]);
    const seated = (await app.owner.query<{ heads: number }>('select heads::int from vn.seat where company_id = $1', [large.company])).rows.map(({ heads }) => heads);
    expect(needs.filter(({ state }) => state === 'placed').map(({ heads }) => heads)).toEqual(seated.sort((a, b) => b - a));
  });

  test('4.03 two coordinators say yes at once: the classes are made once', async () => {
    const it = await made();
    const plan = await propose(it);
    const answers = await Promise.all([1, 2, 3, 4].map(() => accept(it.camilla, plan)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect((await app.owner.query('select from vn.seat where centre_id = $1', [it.centre.id])).rowCount).toBe(6);
  });

  test('4.03 only some of the classes are made; what is not in the proposal is refused', async () => {
    const it = await made();
    const plan = await propose(it);
    expect(await accept(it.camilla, plan, { classes: ['somewhere'] })).toMatchObject({ status: 422, body: { code: 'class_unknown' } });
    const done = await accept(it.camilla, plan, { classes: [] });
    expect(done.body).toMatchObject({ state: 'accepted', outcome: { classes: [], leftOut: [] } });
  });

  test('4.03 a proposal that is called off keeps the best so far; one that failed says so', async () => {
    const it = await made();
    const asked = await app.request(it.camilla).post('/api/pool-plans', { seconds: 60 });
    expect(await app.request(it.camilla).post(`/api/pool-plans/${asked.body.id}/stop`)).toMatchObject({ status: 200, body: { stopAsked: true, can: { stop: false } } });
    await app.jobs.drain();
    const done = (await app.request(it.camilla).get(`/api/pool-plans/${asked.body.id}`)).body;
    expect(done).toMatchObject({ state: 'done', proposal: { gap: expect.any(Number) } });
    expect(await app.request(it.camilla).post(`/api/pool-plans/${asked.body.id}/stop`)).toMatchObject({ status: 409, body: { code: 'plan_done' } });
    expect((await app.request(it.emil).get('/api/pool-plans')).body).toMatchObject([{ id: asked.body.id, state: 'done' }]);
  });

  /** Two half-filled classes at two schools of one town, three companies in each: none runs alone. */
  async function halves() {
    const it = await made({ companies: 0 });
    const there = await it.plan(it.camilla, it.centre.schools.a, { starts: '2027-01-18', ends: '2027-01-26' });
    const take = async (klass: string, name: string) => {
      const company = await makeCompany(app, [it.centre], { name, postcode: '7620', town: 'Lemvig', municipality: '0665' });
      expect((await app.request(it.camilla).post(`/api/classes/${klass}/seats`, { company: company.id, heads: 2 })).status).toBe(201);
    };
    for (const [at, klass] of [it.here, it.here, it.here, there, there].entries()) await take(klass, `Med plads ${at}`);
    const taken = async () => {
      const found = await app.owner.query<{ id: string; taken: number }>('select id, taken from vn.class where id = any ($1)', [[it.here, there]]);
      return [it.here, there].map((id) => found.rows.find((row) => row.id === id)?.taken);
    };
    return { ...it, there, take, taken };
  }

  test('4.03 people of two half-filled classes of two schools are put together; they move once both schools said yes', async () => {
    const it = await halves();
    const plan = await propose(it);
    expect(plan.proposal).toMatchObject({ asked: { companies: 0, seats: 0 }, seats: 0, saved: 10, moved: 4, movedBetweenSchools: 4, unserved: [], stranded: [], unfilled: [{ class: it.there }] });
    expect(plan.proposal.classes).toMatchObject([{ existing: it.here, heads: 10, groups: [] }]);
    expect(plan.proposal.classes[0].moves).toMatchObject([1, 2].map(() => ({ heads: 2, bothSchools: true, from: { id: it.there }, company: { name: expect.stringContaining('Med plads') } })));
    // Whose seats they are is read by whoever reads the seats.
    const shown = (await app.request(it.emil).get(`/api/pool-plans/${plan.id}`)).body.proposal.classes[0].moves;
    expect(shown.map(({ company }: { company: unknown }) => company)).toEqual([null, null]);
    const done = await accept(it.camilla, plan);
    expect(done, done.text).toMatchObject({ status: 200, body: { outcome: { classes: [{ id: it.here, made: false, seats: 0, moved: 0, asked: 4 }], leftOut: [] } } });
    expect(await it.taken()).toEqual([6, 4]);
    const moves = (await app.request(it.camilla).get('/api/seat-moves')).body as { id: string; version: number }[];
    expect(moves).toHaveLength(2);
    // What schools have yet to answer is not asked for twice.
    expect((await propose(it)).proposal.moved).toBe(0);
    for (const { id } of moves) for (const [version, by] of [it.emil, it.dorte].entries()) await app.request(by).put(`/api/seat-moves/${id}/answer`, { agree: true }, seen(version + 1));
    expect(await it.taken()).toEqual([10, 0]);
  });

  test('4.03 the coordinator lets somebody stay where they are; a class that runs for sure keeps its people', async () => {
    const it = await halves();
    const [move] = (await propose(it)).proposal.classes[0].moves;
    const stay = await propose(it, { byHand: { ...nothing, pins: [{ need: move.seat, class: it.there }] } });
    expect(JSON.stringify(stay.proposal.classes.flatMap(({ moves }: { moves: unknown[] }) => moves))).not.toContain(move.seat);
    await app.owner.query('update vn.class set guaranteed = true where id = $1', [it.there]);
    const sure = await propose(it);
    expect(sure.proposal.classes).toMatchObject([{ existing: it.there, heads: 10 }]);
  });

  test('4.03 a teacher falls ill: only the people of that class are planned anew, and everybody else stays', async () => {
    const it = await halves();
    await it.take(it.there, 'Med plads 5');
    await it.take(it.there, 'Med plads 6');
    await it.add();
    const plan = await propose(it, { about: it.here });
    expect(plan).toMatchObject({ about: { id: it.here }, proposal: { asked: { seats: 0 }, moved: 6, unfilled: [], unserved: [], stranded: [] } });
    expect(plan.proposal.classes).toMatchObject([{ existing: it.there, heads: 14 }]);
    const late = await it.plan(it.emil, it.centre.schools.b, { starts: '2027-06-07', ends: '2027-06-15' });
    await it.take(late, 'Med plads 7');
    const alone = await propose(it, { about: late });
    expect(alone.proposal).toMatchObject({ moved: 0, classes: [], stranded: [{ heads: 2, from: { id: late }, company: { name: 'Med plads 7' } }] });
    expect(alone.proposal.stranded[0].reasons.length).toBeGreaterThan(0);
    for (const about of [randomUUID(), (await made()).here])
      expect(await app.request(it.camilla).post('/api/pool-plans', { about })).toMatchObject({ status: 422, body: { code: 'class_not_to_come' } });
    await app.owner.query(`update vn.class set state = 'cancelled', cancelled_because = 'x' where id = $1`, [late]);
    expect(await app.request(it.camilla).post('/api/pool-plans', { about: late })).toMatchObject({ status: 422, body: { code: 'class_not_to_come' } });
  });

  test('4.03 where a school said that it has no teacher or no room, no class is proposed, and the reason is named', async () => {
    const it = await made({ companies: 5 });
    await app.owner.query(`update vn.class set state = 'cancelled', cancelled_because = 'x' where id = $1`, [it.here]);
    const path = `/api/schools/${it.centre.schools.b}/running-limits`;
    const why = async (body: object, version: number) => {
      expect((await app.request(it.emil).put(path, body, seen(version))).status).toBe(200);
      const { proposal } = await propose(it);
      return [proposal.seats, new Set(proposal.unserved.flatMap(({ reasons }: { reasons: { code: string }[] }) => reasons.map(({ code }) => code)))];
    };
    const nobody = await why({ rooms: [], teachers: [{ field: 'certificates', teachers: 0 }] }, 0);
    expect(nobody[0]).toBe(0);
    expect(nobody[1]).toContain('no_teacher');
    const noRoom = await why({ rooms: [{ town: 'Lemvig', rooms: 0 }], teachers: [] }, 1);
    expect(noRoom[0]).toBe(0);
    expect(noRoom[1]).toContain('room_taken');
    expect((await why({ rooms: [{ town: 'Lemvig', rooms: 1 }], teachers: [{ field: 'certificates', teachers: 1 }] }, 2))[0]).toBe(10);
  });

  test('4.03 people move first, so that whoever comes in their place finds the seats that they leave', async () => {
    const it = await made({ companies: 0 });
    await app.owner.query('update vn.class set minimum = 4, maximum = 6 where id = $1', [it.here]);
    const later = await it.plan(it.emil, it.centre.schools.b, { starts: '2027-01-18', ends: '2027-01-26', minimum: 2, maximum: 4 });
    for (const klass of [it.here, it.here, later]) {
      const company = await makeCompany(app, [it.centre], { postcode: '7620', town: 'Lemvig', municipality: '0665' });
      expect((await app.request(it.camilla).post(`/api/classes/${klass}/seats`, { company: company.id, heads: 2 })).status).toBe(201);
    }
    await it.add({ heads: 4, earliest: '2027-01-04', latest: '2027-01-12' });
    // Nobody makes other classes of it.
    await app.owner.query('update vn.course set retired = true where id = $1', [it.course]);
    const plan = await propose(it);
    expect(plan.proposal).toMatchObject({ seats: 4, moved: 2, movedBetweenSchools: 0 });
    const done = await accept(it.camilla, plan);
    expect(done.body.outcome, done.text).toMatchObject({ leftOut: [] });
    expect(done.body.outcome.classes.reduce((sum: number, { seats: its }: { seats: number }) => sum + its, 0)).toBe(4);
  });

  test('4.03 a class is not made for people who gave their seats back meanwhile, nor of a course that is taught no more', async () => {
    const alone = async () => {
      const it = await made({ companies: 0 });
      for (let at = 0; at < 4; at += 1) {
        const company = await makeCompany(app, [it.centre], { postcode: '7620', town: 'Lemvig', municipality: '0665' });
        expect((await app.request(it.camilla).post(`/api/classes/${it.here}/seats`, { company: company.id, heads: 2 })).status).toBe(201);
      }
      const plan = await propose(it, { about: it.here });
      expect(plan.proposal.classes).toMatchObject([{ existing: null, heads: 8 }]);
      const classes = async () => (await app.owner.query('select from vn.class where centre_id = $1', [it.centre.id])).rowCount;
      return { it, plan, classes, before: await classes() };
    };
    const gone = await alone();
    for (const { seat } of gone.plan.proposal.classes[0].moves) expect((await app.request(gone.it.camilla).post(`/api/seats/${seat}/withdraw`, { because: 'Ordre' })).status).toBe(200);
    const none = await accept(gone.it.camilla, gone.plan);
    expect(none, none.text).toMatchObject({ status: 200, body: { outcome: { classes: [] } } });
    expect(none.body.outcome.leftOut.map(({ because }: { because: string }) => because)).toEqual(['seat_changed', 'seat_changed', 'seat_changed', 'seat_changed', 'class_gone']);
    expect(await gone.classes()).toBe(gone.before);
    const retired = await alone();
    await app.owner.query('update vn.course set retired = true where id = $1', [retired.it.course]);
    expect(await accept(retired.it.camilla, retired.plan)).toMatchObject({ status: 200, body: { outcome: { classes: [], leftOut: [{ because: 'class_gone' }] } } });
    expect(await retired.classes()).toBe(retired.before);
  });

  test('4.03 plans that are accepted while others move seats hold the classes in the order in which everybody does', async () => {
    const it = await made({ companies: 0 });
    app.clock.set('2026-11-17T09:01:00+01:00');
    const [first, second] = [it.here, await it.plan(it.emil, it.centre.schools.b, { starts: '2026-12-14', ends: '2026-12-22', minimum: 2, maximum: 4 })];
    await app.owner.query('update vn.class set minimum = 2, maximum = 4 where id = $1', [first]);
    await it.add({ heads: 4, earliest: '2027-01-11', latest: '2027-01-11' });
    await it.add({ heads: 4, earliest: '2026-12-14', latest: '2026-12-14' });
    const plan = await propose(it);
    expect(plan.proposal.classes.map(({ existing }: { existing: string }) => existing)).toEqual([second, first]);
    await app.owner.query('begin');
    await app.owner.query('select from vn.class where id = $1 for update', [first]);
    const accepting = accept(it.camilla, plan);
    await untilWaiting(app, 1);
    await app.owner.query('select from vn.class where id = $1 for update nowait', [second]);
    await app.owner.query('commit');
    expect((await accepting).body.outcome).toMatchObject({ leftOut: [] });
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('4.03 nobody is planned past those who wait for the last seats of a class', async () => {
    const it = await made({ companies: 0 });
    await app.owner.query('update vn.class set minimum = 2, maximum = 6 where id = $1', [it.here]);
    for (const heads of [4, 3]) {
      const company = await makeCompany(app, [it.centre], { postcode: '7620', town: 'Lemvig', municipality: '0665' });
      expect((await app.request(it.camilla).post(`/api/classes/${it.here}/seats`, { company: company.id, heads })).status).toBe(201);
    }
    await it.add({ heads: 2 });
    await app.owner.query('update vn.course set retired = true where id = $1', [it.course]);
    expect((await propose(it)).proposal).toMatchObject({ seats: 0, unserved: [{ heads: 2 }] });
  });

  test('4.03 the list says what the page says, also of people who only move', async () => {
    const it = await halves();
    const plan = await propose(it);
    expect(plan.figures).toMatchObject({ seats: 0, classes: 1, moved: 4 });
    expect((await app.request(it.emil).get('/api/pool-plans')).body[0].figures).toEqual(plan.figures);
  });

  test('4.03 how far somebody would have to go is told only to whoever may know who it is', async () => {
    const it = await made({ companies: 0 });
    await it.plan(it.camilla, it.centre.schools.a, { starts: '2027-01-18', ends: '2027-01-26', postcode: '8000', town: 'Aarhus C' });
    const company = await makeCompany(app, [it.centre], { name: 'Bjergager Smede', postcode: '7620', town: 'Lemvig', municipality: '0665' });
    await app.request(it.camilla).post(`/api/classes/${it.here}/seats`, { company: company.id, heads: 2 });
    const plan = await propose(it, { about: it.here });
    const far = async (by: TestPerson) => {
      const [its] = (await app.request(by).get(`/api/pool-plans/${plan.id}`)).body.proposal.stranded;
      return { company: its.company, km: its.reasons.filter(({ code }: { code: string }) => code === 'too_far').map(({ km }: { km: number | null }) => km) };
    };
    expect(await far(it.camilla)).toMatchObject({ company: { id: company.id }, km: [expect.any(Number)] });
    expect(await far(it.dorte)).toEqual({ company: null, km: [null] });
  });

  test('5.33 whoever would go alone is named in the plan', async () => {
    const it = await made({ companies: 8, heads: 1 });
    const { proposal } = await propose(it);
    expect(proposal.classes[0].groups.every(({ alone }: { alone: boolean }) => alone)).toBe(true);
  });
});

describe('the question', () => {
  const need = {
    id: 'n',
    company: 'c',
    course: 'k',
    heads: 2,
    earliest: '2026-01-01',
    latest: '2027-03-31',
    weekdays: [] as number[],
    parts: [],
    place: null,
    km: null,
    urgency: 0,
    since: '2026-11-01',
  };
  const empty: Pool = { needs: [], seats: [], classes: [], venues: [], limits: [], busy: [], teachers: [] };
  const klass = {
    id: 'k1',
    course: 'k',
    field: 'certificates',
    school: 'a',
    town: 'Lemvig',
    place: null,
    starts: '2027-01-11',
    ends: '2027-01-19',
    weekdays: [],
    part: 'day' as const,
    minimum: 8,
    maximum: 16,
    taken: 5,
    runs: false,
  };
  const seat = { id: 's', company: 'c', class: 'k1', heads: 3, place: null, since: '2026-11-01', need: null };
  const venue = { course: 'k', field: 'certificates', school: 'a', town: 'Lemvig', place: null, days: 7, minimum: 8, maximum: 16 };

  test('4.03 a course that is taught day by day takes its days without the weekends', () => {
    expect(blockOf('2027-01-11', 7)).toEqual({ ends: '2027-01-19', weekdays: [1, 2, 3, 4, 5] });
    expect(blockOf('2027-01-11', 1)).toEqual({ ends: '2027-01-11', weekdays: [1] });
    expect(blockOf('2027-01-11', 5)).toEqual({ ends: '2027-01-15', weekdays: [1, 2, 3, 4, 5] });
    expect(blockOf('2027-01-11', 10).ends).toBe('2027-01-22');
    expect(blockOf('2027-01-11', 2.5).ends).toBe('2027-01-13');
  });

  test('4.03 schools of one town share a possibility, which begins three weeks ahead and bears the same name in every plan', () => {
    const hand = { ...nothing, pins: [{ need: 'gone' as never, group: null, class: 'new k Lemvig 2026-12-07 day' }], closed: ['no such class', 'new k Lemvig 2026-12-14 day'] };
    const { instance, known } = questionOf('2026-11-17', { ...empty, needs: [need], venues: [venue, { ...venue, school: 'b', minimum: 10, maximum: 14 }] }, hand);
    expect(instance.opportunities[0]).toMatchObject({ id: 'new k Lemvig 2026-12-07 day', schools: ['a', 'b'], min: 10, max: 14, slot: { firstDay: '2026-12-07', pattern: '12345', part: 'day' } });
    expect(known['new k Lemvig 2026-12-07 day']).toMatchObject({ ends: '2026-12-15', existing: null });
    // Choices about what is gone go with it.
    expect(instance).toMatchObject({ pins: [], closed: ['new k Lemvig 2026-12-14 day'] });
    expect(instance.needs[0]).toMatchObject({ earliest: '2026-11-18', patterns: ['12345'], parts: ['day', 'evening', 'weekend', 'shift'] });
    expect(questionOf('2026-11-17', { ...empty, needs: [{ ...need, weekdays: [1, 2] }], venues: [venue] }, nothing).instance.needs[0]?.patterns).toEqual([]);
    expect(questionOf('2026-11-17', { ...empty, needs: [{ ...need, parts: ['evening'] }], venues: [venue] }, nothing).instance.opportunities.some(({ slot }) => slot.part === 'evening')).toBe(true);
  });

  test('4.03 who has a seat in a class that may yet not run could move; in one that runs or begins soon nobody is asked', () => {
    const found = questionOf('2026-11-17', { ...empty, seats: [seat], classes: [klass, { ...klass, id: 'k2', starts: '2027-01-18', ends: '2027-01-26', taken: 0 }] }, nothing);
    expect(found.seats).toEqual(['s']);
    expect(found.instance.needs).toMatchObject([{ id: 's', enrolled: 'k1', heads: 3, earliest: '2026-12-02', latest: '2027-02-22', parts: ['day'], mostKm: 60 }]);
    // Two of the five are of another system: they stay counted.
    expect(found.instance.opportunities.map(({ existing }) => existing?.taken)).toEqual([2, 0]);
    for (const over of [{ runs: true }, { starts: '2026-12-01' }])
      expect(questionOf('2026-11-17', { ...empty, seats: [seat], classes: [{ ...klass, ...over }] }, nothing)).toMatchObject({
        seats: [],
        instance: { needs: [], opportunities: [{ existing: { taken: 5 } }] },
      });
    const said = { earliest: '2027-01-01', latest: '2027-01-31', weekdays: [1], parts: ['evening' as const], km: 10 };
    expect(questionOf('2026-11-17', { ...empty, seats: [{ ...seat, need: said }], classes: [klass] }, nothing).instance.needs[0]).toMatchObject({
      earliest: '2027-01-01',
      latest: '2027-01-31',
      parts: ['evening'],
      mostKm: 10,
    });
    // A company moves as a whole.
    expect(questionOf('2026-11-17', { ...empty, seats: [seat], classes: [klass] }, { ...nothing, splits: [{ need: 's' as never, groups: [1, 2] }] }).instance.splits).toEqual([]);
  });

  test('4.03 a question about one class asks for its people alone, whatever it was to be, and does not hold it', () => {
    const other = { ...seat, id: 't', class: 'k2' };
    const classes = [
      { ...klass, runs: true },
      { ...klass, id: 'k2' },
    ];
    const found = questionOf('2026-11-17', { ...empty, needs: [need], seats: [seat, other], classes, venues: [venue] }, { ...nothing, opened: ['k1'] }, 'k1');
    expect(found).toMatchObject({ seats: ['s'], instance: { closed: ['k1'], opened: [] } });
    expect(found.instance.needs.map(({ id }) => id)).toEqual(['s']);
    expect(found.instance.opportunities.slice(0, 2).map(({ existing }) => existing)).toEqual([
      { taken: 2, guaranteed: false },
      { taken: 5, guaranteed: false },
    ]);
    expect(found.instance.opportunities.length).toBeGreaterThan(2);
  });

  test('4.03 rooms and teachers are counted where a school said how many it has: what other classes take, who is away, who is lent', () => {
    const limits = [{ school: 'a', rooms: { Lemvig: 2 }, teachers: { certificates: 2 } }];
    const busy = [
      { ...klass, id: 'other', field: 'digital', starts: '2027-01-14', ends: '2027-01-14' },
      { ...klass, id: 'elsewhere', town: 'Struer', starts: '2027-01-11', ends: '2027-01-12' },
      klass,
    ];
    const of = (over: Partial<Pool>) => questionOf('2026-11-17', { ...empty, needs: [need], classes: [klass], venues: [venue], limits, busy, ...over }, nothing).instance;
    const week = (over: Partial<Pool>, monday: string) => ({
      rooms: of(over).rooms.find(({ room }) => room === JSON.stringify(['Lemvig', monday, 'day']))?.rooms,
      teachers: of(over).teachers.find((each) => each.week === monday)?.teachers,
    });
    // In its own week the class is counted by the planner; in the next it is still there.
    expect(week({}, '2027-01-11')).toEqual({ rooms: 1, teachers: 1 });
    expect(week({}, '2027-01-18')).toEqual({ rooms: 1, teachers: 1 });
    expect(week({}, '2027-01-25')).toEqual({ rooms: 2, teachers: 2 });
    const ill = { school: 'a', fields: ['certificates'], first: '2027-01-27', last: '9999-12-31', change: -1 as const };
    expect(week({ teachers: [ill] }, '2027-01-25')).toEqual({ rooms: 2, teachers: 1 });
    expect(week({ teachers: [ill, { ...ill, first: '2027-01-25', last: '2027-01-29', change: 1 }] }, '2027-01-25').teachers).toBe(2);
    // Lent on some of the days is no help to a class that takes all.
    expect(week({ teachers: [{ ...ill, first: '2027-01-25', last: '2027-01-27', change: 1 }] }, '2027-01-25').teachers).toBe(2);
    expect(of({ limits: [] })).toMatchObject({ rooms: [], teachers: [] });
    // A town in which one school said nothing has no limit.
    expect(of({ classes: [], venues: [venue, { ...venue, school: 'b' }] }).rooms).toEqual([]);
  });
});
