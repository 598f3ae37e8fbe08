import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { blockOf, questionOf } from './rules.ts';

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
  const venue = { course: 'k', school: 'a', town: 'Lemvig', place: null, days: 7, minimum: 8, maximum: 16 };

  test('4.03 a course that is taught day by day takes its days without the weekends', () => {
    expect(blockOf('2027-01-11', 7)).toEqual({ ends: '2027-01-19', weekdays: [1, 2, 3, 4, 5] });
    expect(blockOf('2027-01-11', 1)).toEqual({ ends: '2027-01-11', weekdays: [1] });
    expect(blockOf('2027-01-11', 5)).toEqual({ ends: '2027-01-15', weekdays: [1, 2, 3, 4, 5] });
    expect(blockOf('2027-01-11', 10).ends).toBe('2027-01-22');
    expect(blockOf('2027-01-11', 2.5).ends).toBe('2027-01-13');
  });

  test('4.03 schools of one town share a possibility, which begins three weeks ahead and bears the same name in every plan', () => {
    const hand = { ...nothing, pins: [{ need: 'gone' as never, group: null, class: 'new k Lemvig 2026-12-07 day' }], closed: ['no such class', 'new k Lemvig 2026-12-14 day'] };
    const { instance, known } = questionOf('2026-11-17', [need], [], [venue, { ...venue, school: 'b', minimum: 10, maximum: 14 }], hand);
    expect(instance.opportunities[0]).toMatchObject({ id: 'new k Lemvig 2026-12-07 day', schools: ['a', 'b'], min: 10, max: 14, slot: { firstDay: '2026-12-07', pattern: '12345', part: 'day' } });
    expect(known['new k Lemvig 2026-12-07 day']).toMatchObject({ ends: '2026-12-15', existing: null });
    // Choices about what is gone go with it.
    expect(instance).toMatchObject({ pins: [], closed: ['new k Lemvig 2026-12-14 day'] });
    expect(instance.needs[0]).toMatchObject({ earliest: '2026-11-18', patterns: ['12345'], parts: ['day', 'evening', 'weekend', 'shift'] });
    expect(questionOf('2026-11-17', [{ ...need, weekdays: [1, 2] }], [], [venue], nothing).instance.needs[0]?.patterns).toEqual([]);
    expect(questionOf('2026-11-17', [{ ...need, parts: ['evening'] }], [], [venue], nothing).instance.opportunities.some(({ slot }) => slot.part === 'evening')).toBe(true);
  });
});
