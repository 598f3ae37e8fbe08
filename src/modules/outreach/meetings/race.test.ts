import { describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson } from '../../../../tests/support/factory.ts';
import { untilWaiting } from '../../../../tests/support/inside.ts';
import { agree, book, falseCounters, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';

const app = await testApp();
/** The same product on a database whose guards a test takes away. */
const bare = await testApp();

async function ready(on: TestApp, consultants = 1, agreed = 100) {
  const people = await makeCentre(on);
  const team = [people.anna];
  for (let at = 1; at < consultants; at += 1) team.push(await makePerson(on, `Konsulent ${at}`, ['consultant'], { centreId: people.centre.id, schoolId: people.centre.schools.a }));
  await makeBookable(on, people.centre, team, agreed);
  const companies: { id: string }[] = [];
  for (let at = 0; at < 10; at += 1) companies.push(await makeCompany(on, [people.centre]));
  return { ...people, team, companies };
}
type Ready = Awaited<ReturnType<typeof ready>>;

/** Lets every request come as far as the centre's week and then all go on at once. */
async function together<T>(on: TestApp, { centre }: Ready, waiting: number, start: () => Promise<T>[]): Promise<T[]> {
  await on.owner.query('begin');
  await on.owner.query(`select from vn.capacity where centre_id = $1 and scope = 'centre' for update`, [centre.id]);
  const all = start();
  await untilWaiting(on, waiting);
  await on.owner.query('commit');
  return Promise.all(all);
}
const counted = (answers: readonly { status: number; body: { code?: string } | null }[]) => {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) counts[body?.code ?? status] = (counts[body?.code ?? status] ?? 0) + 1;
  return counts;
};

/** So many agents want one and the same slot. */
async function oneSlot(on: TestApp, count: number, waiting: number) {
  const all = await ready(on);
  const [slot] = await slotsFor(on, all.camilla, all.companies[0] ?? { id: '' });
  const answers = await together(on, all, waiting, () => Array.from({ length: count }, (_, at) => book(on, all.camilla, all.companies[at % 10] ?? { id: '' }, slot?.choice ?? '')));
  return counted(answers);
}

describe('2.16 two agents never book the same hour', () => {
  test('of 50 at once for one slot, one gets it and 49 are told that it is taken', async () => {
    expect(await oneSlot(app, 50, 8)).toEqual({ 201: 1, slot_taken: 49 });
    expect(await falseCounters(app)).toEqual([]);
  });

  test('it is the constraint that says so: without it the same attack books the hour several times', async () => {
    await bare.owner.query('alter table vn.meeting_staff drop constraint no_double_booking');
    expect((await oneSlot(bare, 8, 8))[201]).toBeGreaterThan(1);
  });
});

describe('2.05 a week is never overbooked', () => {
  /** Everybody books another slot of one week; the week holds fewer. */
  async function fullWeek(on: TestApp, count: number, agreed: number, waiting: number) {
    const all = await ready(on, 8);
    await agree(on, all.centre, 'centre', all.centre.id, agreed);
    const company = all.companies[0] ?? { id: '' };
    const slots = (await slotsFor(on, all.camilla, company, '?week=2026-11-23')).filter((_, at) => at % 2 === 0);
    const answers = await together(on, all, waiting, () =>
      Array.from({ length: count }, (_, at) => book(on, all.camilla, all.companies[at % 10] ?? { id: '' }, slots[at % slots.length]?.choice ?? '')),
    );
    return counted(answers);
  }

  test('of 60 at once into a week of 7, seven are booked and the counters are true', async () => {
    const counts = await fullWeek(app, 60, 7, 8);
    expect(counts[201]).toBe(7);
    expect((counts.capacity_full ?? 0) + (counts.slot_taken ?? 0)).toBe(53);
    expect(await falseCounters(app)).toEqual([]);
  });

  test('it is the guarded counter that says so: without its limit the same attack overbooks', async () => {
    await bare.owner.query(`create or replace function vn.take_capacity(p_scope text, p_id uuid, p_week date, n int) returns void language sql security definer set search_path = vn, pg_temp as $$
      update vn.capacity c set used = c.used + n where c.centre_id = ctx.centre() and c.scope = p_scope and c.scope_id = p_id and c.week = p_week $$`);
    expect((await fullWeek(bare, 8, 3, 8))[201]).toBeGreaterThan(3);
  });
});

test('2.16 booked, moved and cancelled at once by many, nobody waits for ever and the counters stay true', async () => {
  const all = await ready(app, 6, 40);
  const company = all.companies[0] ?? { id: '' };
  const first = await slotsFor(app, all.camilla, company, '?week=2026-11-23');
  const second = await slotsFor(app, all.camilla, company, '?week=2026-11-30');
  const made = await Promise.all([...first, ...second].filter((_, at) => at % 10 === 0).map((slot, at) => book(app, all.camilla, all.companies[at % 10] ?? company, slot.choice)));
  const meetings = made.filter(({ status }) => status === 201).map(({ body }) => body.id as string);
  expect(meetings.length).toBeGreaterThan(10);
  const before = await deadlocks();
  const work = meetings.flatMap((id, at) => {
    const change =
      at % 3 === 0
        ? async () => app.request(all.camilla).put(`/api/meetings/${id}/cancellation`, { because: 'other' }, seen(1))
        : async () => {
            const [there] = await slotsFor(app, all.camilla, all.companies[(at < made.length ? at : 0) % 10] ?? company, `?week=${at % 2 ? '2026-11-30' : '2026-11-23'}`);
            return app.request(all.camilla).put(`/api/meetings/${id}/time`, { choice: there?.choice ?? 'x' }, seen(1));
          };
    return [change(), book(app, all.camilla, all.companies[at % 10] ?? company, (at % 2 ? second : first)[(at * 3 + 1) % first.length]?.choice ?? '')];
  });
  const answers = await Promise.all(work);
  expect([...new Set(answers.map(({ status }) => status))].filter((status) => ![200, 201, 409, 412].includes(status))).toEqual([]);
  expect(answers.filter(({ status }) => status === 200 || status === 201).length).toBeGreaterThan(5);
  expect(await falseCounters(app)).toEqual([]);
  expect(await deadlocks()).toBe(before);
});

/** How often PostgreSQL had to end one of two that waited for each other. */
async function deadlocks(): Promise<number> {
  await app.owner.query('select pg_stat_force_next_flush()');
  return Number((await app.owner.query('select deadlocks from pg_stat_database where datname = current_database()')).rows[0].deadlocks);
}
