import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { heardCampaign, openCampaign, someCompanies } from '../../../../tests/support/campaigns.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { ownerIn } from '../../../../tests/support/queues.ts';

const app = await testApp();
beforeEach(() => app.clock.set('2026-11-17T09:00:00+01:00'));
type Made = Awaited<ReturnType<typeof makeCentre>>;

const names = (count: number) => Array.from({ length: count }, (_, at) => `Firma ${String(at).padStart(2, '0')}`);
const idsOf = (companies: { id: string }[]) => companies.map(({ id }) => id);

/** Calls as they stand when they were made; the concern of calls tests how they come about. */
async function called(made: Made, campaign: string, company: string, outcome: string, over: { person?: TestPerson; reason?: string; undone?: boolean } = {}): Promise<string> {
  const id = randomUUID();
  const at = app.clock.now();
  await app.owner.query(
    `insert into vn.call (centre_id, id, company_id, campaign_id, direction, route, person_id, at, day, outcome, reason, callback_at, seconds, undone_at) values ($1, $2, $3, $4, 'out', 'call_centre', $5, $6, '2026-11-20', $7, $8, $9, 120, $10)`,
    [made.centre.id, id, company, campaign, (over.person ?? made.bo).id, at, outcome, over.reason ?? null, outcome === 'call_back' ? at : null, over.undone ? at : null],
  );
  return id;
}
async function met(made: Made, call: string, company: string, state: 'booked' | 'done' | 'cancelled' | 'no_show', school = made.centre.schools.a, consultant = made.anna, hour = 9): Promise<void> {
  const id = randomUUID();
  const from = new Date(Date.UTC(2026, 10, 30 + Math.floor(hour / 4), 8 + 2 * (hour % 4)));
  await ownerIn(
    app,
    made.centre,
    `insert into vn.meeting (centre_id, id, company_id, call_id, during, week, state, mode, said, place, person_name, person_language, made_at, made_by, cancelled_because)
     values ($1, $2, $3, $4, tstzrange($5::timestamptz, $5::timestamptz + interval '1 hour'), '2026-11-30', $6, 'availability', 'Sagt', 'Her', 'Lone', 'da', $7, $8, $9)`,
    [made.centre.id, id, company, call, from, state, app.clock.now(), made.bo.id, state === 'cancelled' ? 'other' : null],
  );
  await ownerIn(
    app,
    made.centre,
    `insert into vn.meeting_staff (centre_id, meeting_id, consultant_id, school_id, during, week, live, travel_minutes, blocked)
     select m.centre_id, m.id, $3, $4, m.during, m.week, m.live, 15, 'empty' from vn.meeting m where m.centre_id = $1 and m.id = $2`,
    [made.centre.id, id, consultant.id, school],
  );
}
const agree = (made: Made, scope: string, scopeId: string, agreed: number) =>
  app.owner.query(`insert into vn.capacity (centre_id, scope, scope_id, week, agreed) values ($1, $2, $3, '2026-11-30', $4)`, [made.centre.id, scope, scopeId, agreed]);

interface Read {
  stations: { station: string; companies: number | null }[];
  lost: { why: string; companies: number | null }[];
  declines: { reason: string; companies: number | null }[];
  days: unknown[];
  exact: boolean;
}
const read = async (person: TestPerson, campaign: string): Promise<Read> => (await app.request(person).get(`/api/campaigns/${campaign}/progress`)).body;
const stationsOf = ({ stations }: Read) => stations.map(({ companies }) => companies);
const lostOf = ({ lost }: Read) => Object.fromEntries(lost.filter(({ companies }) => companies !== null && companies > 0).map(({ why, companies }) => [why, companies]));

/** Fifty companies on the way AC6 tells of: 50 contacted, 8 accepted, 4 dropped out. */
async function fifty(): Promise<{ made: Made; campaign: string; companies: string[] }> {
  const made = await makeCentre(app);
  for (const [scope, id] of [
    ['centre', made.centre.id],
    ['school', made.centre.schools.a],
    ['consultant', made.anna.id],
  ] as const)
    await agree(made, scope, id, 60);
  const companies = idsOf(await someCompanies(app, made, names(56)));
  const campaign = await heardCampaign(app, made.camilla, [[made.dorte, companies.slice(50)]]);
  for (const [at, company] of companies.slice(0, 50).entries()) {
    if (at < 8) {
      const call = await called(made, campaign, company, 'wants_contact');
      if (at < 4) await met(made, call, company, 'done', made.centre.schools.a, made.anna, at);
      else if (at < 7) await met(made, call, company, 'cancelled', made.centre.schools.a, made.anna, at);
    } else if (at < 28) await called(made, campaign, company, 'not_now', { reason: 'time' });
    else if (at < 40) await called(made, campaign, company, 'not_interested', { reason: at < 38 ? 'internal' : 'no_need' });
    else await called(made, campaign, company, 'no_answer');
  }
  return { made, campaign, companies };
}

describe('the road from list to visit', () => {
  test('401, 403, 404', async () => {
    const made = await makeCentre(app);
    await someCompanies(app, made, ['Ager']);
    const id = await openCampaign(app, made.camilla);
    const url = `/api/campaigns/${id}/progress`;
    expect((await app.request(null).get(url)).status).toBe(401);
    expect((await app.request(made.bo).get(url)).status).toBe(403);
    expect((await app.request(made.ida).get(url)).status).toBe(404);
    expect((await app.request(made.emil).get(url)).status).toBe(200);
  });

  test('2.36 AC6 fifty contacted, eight accepted, four dropped out, four visited: the coordinator reads every step with the reasons', async () => {
    const { made, campaign } = await fifty();
    const found = await read(made.camilla, campaign);
    expect(found.exact).toBe(true);
    expect(stationsOf(found)).toEqual([56, 50, 50, 8, 4, 4]);
    expect(lostOf(found)).toEqual({ struck: 6, not_now: 20, not_interested: 12, no_answer: 10, no_slot: 1, cancelled: 3 });
    expect(found.declines).toEqual([
      { reason: 'time', companies: 20 },
      { reason: 'internal', companies: 10 },
      { reason: 'no_need', companies: 2 },
      { reason: 'other', companies: 0 },
    ]);
  });

  test('2.33 effort of calls is summed over all who call, by day', async () => {
    const { made, campaign } = await fifty();
    expect((await read(made.camilla, campaign)).days).toEqual([{ day: '2026-11-20', companies: 50, calls: 50, minutes: 100 }]);
  });

  test('2.36 each company counts once, by its last call; an undone call never happened', async () => {
    const made = await makeCentre(app);
    const companies = idsOf(await someCompanies(app, made, names(6)));
    const campaign = await heardCampaign(app, made.camilla);
    const [a = '', b = ''] = companies;
    await called(made, campaign, a, 'no_answer');
    app.clock.advance({ hours: 5 });
    await called(made, campaign, a, 'not_now');
    await called(made, campaign, b, 'not_interested', { undone: true });
    const found = await read(made.camilla, campaign);
    expect(stationsOf(found)).toEqual([6, 6, 1, 0, 0, 0]);
    expect(lostOf(found)).toEqual({ waiting: 5, not_now: 1 });
  });

  test('3.06 for schools small cells are hidden, no hidden one can be computed, and what a hearing took is one figure with every other reason', async () => {
    const { made, campaign } = await fifty();
    const found = await read(made.emil, campaign);
    expect(found.exact).toBe(false);
    expect(lostOf(found).struck).toBeUndefined();
    // 50 called and 8 of them want a visit; 4 booked and 4 held are fewer than five.
    expect(stationsOf(found)).toEqual([56, 50, 50, 8, null, null]);
    expect(found.declines).toEqual([
      { reason: 'time', companies: 20 },
      { reason: 'internal', companies: null },
      { reason: 'no_need', companies: null },
      { reason: 'other', companies: null },
    ]);
    expect(lostOf(found)).toEqual({ unavailable: 6, not_now: 20, not_interested: 12, no_answer: 10 });
  });

  test('3.06 no answer of a figure names or counts one who calls', async () => {
    const { made, campaign } = await fifty();
    for (const person of [made.camilla, made.emil, made.anna]) {
      const text = (await app.request(person).get(`/api/campaigns/${campaign}/progress`)).text;
      for (const somebody of [made.bo, made.anna, made.camilla]) for (const trace of [somebody.id, somebody.email]) expect(text).not.toContain(trace);
    }
  });
});
