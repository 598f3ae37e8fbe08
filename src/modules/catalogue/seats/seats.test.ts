import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, staysSignedIn, type TestPerson } from '../../../../tests/support/factory.ts';
import { untilWaiting } from '../../../../tests/support/inside.ts';
import type { ClassSeats } from './contract.ts';
import { missingIn, supplementAllowed } from './rules.ts';

const app = await testApp();
const unguarded = await testApp();

async function made(on: TestApp = app, over: object = {}) {
  on.clock.set('2026-11-17T09:00:00+01:00');
  const all = await makeCentre(on);
  // Weeks go by here; nobody is to sign in again.
  await staysSignedIn(on, all.centre);
  const course = await on
    .request(all.emil)
    .post('/api/courses', { kind: 'amu', code: '40011', title: 'Gaffeltruck – certifikat B', field: 'certificates', industries: [], awards: 'certificate', days: 7 });
  const plan = async (more: object = {}) => {
    const body = {
      course: course.body.id,
      school: all.centre.schools.b,
      starts: '2027-01-11',
      ends: '2027-01-19',
      minimum: 4,
      maximum: 6,
      postcode: '7600',
      town: 'Struer',
      deadline: '2026-12-20',
      decidedBy: '2026-12-21',
      ...more,
    };
    const planned = await on.request(all.camilla).post('/api/classes', body);
    expect(planned.status, planned.text).toBe(201);
    return { id: planned.body.id as string, body };
  };
  const company = (facts: object = {}) => makeCompany(on, [all.centre], facts as never);
  return { ...all, plan, company, class: await plan(over) };
}
type Made = Awaited<ReturnType<typeof made>>;
const take = (by: TestPerson, klass: { id: string }, company: { id: string }, heads: number, on: TestApp = app, wait = true) =>
  on.request(by).post(`/api/classes/${klass.id}/seats`, { company: company.id, heads, wait });
const read = async (by: TestPerson, klass: { id: string }, on: TestApp = app) => (await on.request(by).get(`/api/classes/${klass.id}/seats`)).body as ClassSeats;
const line = ({ seats }: ClassSeats) => seats.map(({ heads, state }) => `${heads} ${state}`);
const withdraw = (by: TestPerson, seat: { id: string } | undefined) => app.request(by).post(`/api/seats/${seat?.id}/withdraw`, { because: 'Stor ordre' });
const answer = (by: TestPerson, seat: { id: string } | undefined, accept: boolean) => app.request(by).post(`/api/seats/${seat?.id}/answer`, { accept });
const decide = async ({ camilla }: Made, klass: { id: string }, body: object, by: TestPerson = camilla) =>
  app.request(by).put(`/api/classes/${klass.id}/state`, body, seen((await read(camilla, klass)).version));
/** A contact with an address, whom mails go to. */
async function contact({ centre }: Made, company: { id: string }): Promise<string> {
  const email = `preben-${randomUUID().slice(0, 8)}@firma.example`;
  await app.owner.query('update vn.contact set email = $1 where id = $2', [email, await makeContact(app, centre, company, 'Preben')]);
  return email;
}
const linkOf = (text: string | undefined) => /class-seat#([a-z2-7]{32})/.exec(text ?? '')?.[1] ?? '';
const byLink = (token: string, body?: object) => app.request(null).post(`/api/class-seat${body === undefined ? '' : '/answer'}`, { token, ...body });

describe('seats and who waits for them', () => {
  test('4.05 a company takes seats; when there are not enough it waits, and whoever comes later waits behind it', async () => {
    const it = await made();
    const [a, b, c] = [await it.company(), await it.company(), await it.company()];
    expect(await take(it.anna, it.class, a, 4)).toMatchObject({ status: 201, body: { result: 'taken', position: null, alone: false } });
    expect(await take(it.anna, it.class, b, 3)).toMatchObject({ status: 201, body: { result: 'waiting', position: 1 } });
    // Two are free, and one would fit: nobody passes whoever is ahead.
    expect(await take(it.anna, it.class, c, 1)).toMatchObject({ status: 201, body: { result: 'waiting', position: 2, alone: true } });
    expect(await take(it.anna, it.class, c, 1, app, false)).toMatchObject({ status: 409, body: { code: 'class_full' } });
    expect(await take(it.anna, it.class, c, 7)).toMatchObject({ status: 409, body: { code: 'class_full' } });
    expect(await read(it.camilla, it.class)).toMatchObject({ counts: { taken: 4, offered: 0, waiting: 4, line: 2, free: 2 }, seats: [{ state: 'taken' }, { position: 1 }, { position: 2 }] });
  });

  test('4.05 who sits there is read by the class’s school, the contact person and the coordinator; everybody else sees how many', async () => {
    const it = await made();
    const [mine, other] = [await it.company(), await it.company()];
    await app.owner.query('update vn.relation set active = true, contact_person = $1, contact_since = $4, contact_by = $1 where centre_id = $2 and company_id = $3', [
      it.anna.id,
      it.centre.id,
      mine.id,
      app.clock.now(),
    ]);
    for (const company of [mine, other]) await take(it.anna, it.class, company, 2);
    expect((await read(it.camilla, it.class)).seats).toHaveLength(2);
    expect((await read(it.emil, it.class)).seats).toHaveLength(2);
    expect(await read(it.anna, it.class)).toMatchObject({ counts: { taken: 4 }, seats: [{ company: { id: mine.id } }] });
    expect(await read(it.dorte, it.class)).toMatchObject({ counts: { taken: 4 }, seats: [] });
    const [, hidden] = (await read(it.camilla, it.class)).seats;
    expect(await withdraw(it.dorte, hidden)).toMatchObject({ status: 404 });
    expect((await app.request(it.dorte).get(`/api/companies/${other.id}/seats`)).body).toEqual([]);
    expect((await app.request(it.anna).get(`/api/companies/${mine.id}/seats`)).body).toMatchObject([{ heads: 2, class: { id: it.class.id } }]);
    const stranger = await makeCentre(app);
    expect(await app.request(stranger.anna).get(`/api/classes/${it.class.id}/seats`)).toMatchObject({ status: 404 });
    expect(await app.request(stranger.anna).get(`/api/companies/${mine.id}/seats`)).toMatchObject({ status: 404 });
  });

  test('4.05 a manager takes seats in the own school’s classes, and only for companies of the centre', async () => {
    const it = await made();
    const company = await it.company();
    expect(await take(it.dorte, it.class, company, 1)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    expect(await take(it.emil, it.class, company, 1)).toMatchObject({ status: 201 });
    expect(await take(it.emil, it.class, await makeCompany(app, [it.other]), 1)).toMatchObject({ status: 422, body: { code: 'company_unknown' } });
    expect((await take(it.emil, it.class, company, 0)).status).toBe(400);
  });

  test('5.33 whoever puts one person down is told to send a colleague along; with a second one it is not said', async () => {
    const it = await made();
    const company = await it.company();
    expect(await take(it.emil, it.class, company, 1)).toMatchObject({ body: { alone: true } });
    expect(await take(it.emil, it.class, company, 1)).toMatchObject({ body: { alone: false } });
  });

  test('4.05 a freed seat is offered to the first in the line for 48 hours, by mail with a link; no, silence, and it goes to the next', async () => {
    const it = await made(app, { maximum: 2, minimum: 1 });
    const [a, b, c, d] = [await it.company(), await it.company(), await it.company(), await it.company()];
    const mails = [await contact(it, a), await contact(it, b), await contact(it, c), await contact(it, d)];
    for (const [at, company] of [a, b, c, d].entries()) await take(it.anna, it.class, company, at === 0 ? 2 : 1);
    await app.sweep();
    expect((await mailsTo(app, mails[0] ?? '')).map(({ subject }) => subject)).toEqual(['I har plads: Gaffeltruck – certifikat B']);
    expect((await mailsTo(app, mails[2] ?? '')).at(-1)?.text).toContain('nr. 2 på ventelisten');
    expect(await withdraw(it.emil, (await read(it.emil, it.class)).seats[0])).toMatchObject({ status: 200, body: { state: 'withdrawn', late: false, withdrawnBecause: 'Stor ordre' } });
    expect(line(await read(it.emil, it.class))).toEqual(['2 withdrawn', '1 offered', '1 offered', '1 waiting']);
    await app.sweep();
    const offer = (await mailsTo(app, mails[1] ?? '')).at(-1);
    expect(offer?.text).toContain('torsdag den 19. november 2026 kl. 09.00');
    expect(await byLink(linkOf(offer?.text))).toMatchObject({ status: 200, body: { state: 'offered', heads: 1, class: { school: 'Skole B' } } });
    expect(await byLink(linkOf(offer?.text), { what: 'decline' })).toMatchObject({ status: 200, body: { state: 'declined' } });
    expect(line(await read(it.emil, it.class))).toEqual(['2 withdrawn', '1 declined', '1 offered', '1 offered']);
    app.clock.set('2026-11-19T09:00:00+01:00');
    expect(await answer(it.emil, (await read(it.emil, it.class)).seats[2], true)).toMatchObject({ status: 409, body: { code: 'seat_gone' } });
    await app.sweep();
    expect(line(await read(it.emil, it.class))).toEqual(['2 withdrawn', '1 declined', '1 lapsed', '1 lapsed']);
    expect((await mailsTo(app, mails[2] ?? '')).at(-1)?.subject).toMatch(/gået videre/);
    const again = await take(it.anna, it.class, c, 1);
    expect(again.body).toMatchObject({ result: 'taken' });
  });

  test('4.05 the offer is answered for a company by who sees it; the hours are the centre’s, and a class that begins soon leaves half of the time', async () => {
    const it = await made(app, { starts: '2026-11-19', ends: '2026-11-20', deadline: null, decidedBy: null, maximum: 1, minimum: 1 });
    expect(await app.request(it.anna).put('/api/seat-settings', { offerHours: 8 }, seen(0))).toMatchObject({ status: 403 });
    expect((await app.request(it.anna).get('/api/seat-settings')).body).toEqual({ offerHours: 48, version: 0 });
    for (const _ of [1, 2]) await take(it.anna, it.class, await it.company(), 1);
    await withdraw(it.emil, (await read(it.emil, it.class)).seats[0]);
    // 39 hours are left until the day begins.
    expect((await read(it.emil, it.class)).seats[1]?.offeredUntil).toMatch('2026-11-18T03:30:00');
    expect(await app.request(it.camilla).put('/api/seat-settings', { offerHours: 8 }, seen(0))).toMatchObject({ status: 200, body: { offerHours: 8, version: 1 } });
    expect(await app.request(it.camilla).put('/api/seat-settings', { offerHours: 9 }, seen(0))).toMatchObject({ status: 412 });
    expect(await app.request(it.camilla).put('/api/seat-settings', { offerHours: 0 }, seen(1))).toMatchObject({ status: 400 });
    await take(it.anna, it.class, await it.company(), 1);
    expect(await answer(it.emil, (await read(it.emil, it.class)).seats[1], false)).toMatchObject({ status: 200, body: { state: 'declined' } });
    expect((await read(it.emil, it.class)).seats[2]?.offeredUntil).toMatch('2026-11-17T16:00:00');
    expect(await answer(it.emil, (await read(it.emil, it.class)).seats[2], true)).toMatchObject({ status: 200, body: { state: 'taken' } });
  });

  test('4.20 what is given back after the binding day is marked; the day is the class’s or one agreed for the seat, and who was moved is bound by none', async () => {
    const it = await made(app, { deadline: '2026-11-20' });
    for (const _ of [1, 2, 3]) await take(it.anna, it.class, await it.company(), 1);
    const [first, second, third] = (await read(it.emil, it.class)).seats;
    expect(await app.request(it.emil).put(`/api/seats/${second?.id}`, { bindingAfter: '2026-12-01', needs: '', supplement: null }, seen(1))).toMatchObject({
      status: 200,
      body: { bindingAfter: '2026-12-01', version: 2 },
    });
    expect(await app.request(it.emil).put(`/api/seats/${second?.id}`, { bindingAfter: '2026-12-01', needs: '', supplement: null }, seen(1))).toMatchObject({ status: 412 });
    app.clock.set('2026-11-20T12:00:00+01:00');
    expect(await withdraw(it.emil, third)).toMatchObject({ body: { late: false } });
    app.clock.set('2026-11-21T09:00:00+01:00');
    expect(await withdraw(it.emil, first)).toMatchObject({ body: { late: true, state: 'withdrawn' } });
    expect(await withdraw(it.emil, first)).toMatchObject({ status: 409, body: { code: 'seat_gone' } });
    expect(await withdraw(it.emil, second)).toMatchObject({ body: { late: false } });
  });

  test('4.05 a larger class and fewer seats taken elsewhere move the line up; a smaller one takes nothing from anybody', async () => {
    const it = await made(app, { maximum: 2, minimum: 1 });
    for (const heads of [2, 2, 1]) await take(it.anna, it.class, await it.company(), heads);
    const resize = async (maximum: number) => app.request(it.emil).put(`/api/classes/${it.class.id}`, { ...it.class.body, minimum: 1, maximum }, seen((await read(it.emil, it.class)).version));
    expect((await resize(5)).status).toBe(200);
    expect(line(await read(it.emil, it.class))).toEqual(['2 taken', '2 offered', '1 offered']);
    expect((await resize(1)).status).toBe(200);
    expect(line(await read(it.emil, it.class))).toEqual(['2 taken', '2 offered', '1 offered']);
    await answer(it.emil, (await read(it.emil, it.class)).seats[2], false);
    expect(await take(it.anna, it.class, await it.company(), 1)).toMatchObject({ body: { result: 'waiting' } });
  });

  test('5.27 once it has begun the line closes; only its school lets somebody in late', async () => {
    const it = await made(app, { maximum: 3, minimum: 1 });
    for (const heads of [2, 2]) await take(it.anna, it.class, await it.company(), heads);
    app.clock.set('2027-01-12T09:00:00+01:00');
    await app.sweep();
    expect(line(await read(it.emil, it.class))).toEqual(['2 taken', '2 lapsed']);
    const company = await it.company();
    expect(await take(it.anna, it.class, company, 1)).toMatchObject({ status: 409, body: { code: 'class_gone' } });
    expect(await take(it.emil, it.class, company, 2)).toMatchObject({ status: 409, body: { code: 'class_full' } });
    expect(await take(it.emil, it.class, company, 1)).toMatchObject({ status: 201, body: { result: 'taken' } });
    app.clock.set('2027-01-20T09:00:00+01:00');
    expect(await take(it.emil, it.class, company, 1)).toMatchObject({ status: 409, body: { code: 'class_gone' } });
  });
});

describe('of many who want the last seat at once', () => {
  async function rush(on: TestApp, many: number) {
    const it = await made(on, { maximum: 1, minimum: 1 });
    const companies = [];
    for (let at = 0; at < many; at += 1) companies.push(await it.company());
    await on.owner.query('begin');
    await on.owner.query('select from vn.class where id = $1 for update', [it.class.id]);
    const all = companies.map((company) => take(it.anna, it.class, company, 1, on));
    await untilWaiting(on, 8);
    await on.owner.query('commit');
    await Promise.allSettled(all);
    const seats = await on.owner.query<{ no: number; state: string }>('select no, state, heads from vn.seat where class_id = $1 order by no', [it.class.id]);
    return seats.rows;
  }

  test('4.05 one gets it, the others wait in the order of their numbers', async () => {
    const seats = await rush(app, 24);
    expect(seats.map(({ no }) => no)).toEqual(Array.from({ length: 24 }, (_, at) => at + 1));
    expect(seats.map(({ state }) => state)).toEqual(['taken', ...Array(23).fill('waiting')]);
  });

  test('4.05 without the lock the same attack takes the seat twice, or loses its numbers', async () => {
    for (const [name, args] of [
      ['take_seats', 'uuid, uuid, uuid, int, uuid, boolean'],
      ['settle_class', 'uuid'],
    ] as const) {
      const found = await unguarded.owner.query<{ source: string }>(`select pg_get_functiondef('vn.${name}(${args})'::regprocedure) source`);
      // Nor is the number of seats counted again from the seats.
      const source = (found.rows[0]?.source ?? '').replaceAll(' for update', '').replaceAll(/update vn\.class x set taken = coalesce[\s\S]*?returning \* into c;/g, '');
      await unguarded.owner.query(source);
    }
    const seats = await rush(unguarded, 24);
    unguarded.faults.length = 0;
    expect(seats.filter(({ state }) => state === 'taken').length).not.toBe(1);
  });
});

describe('of many who come and go at once', () => {
  test('4.05 takes, withdrawals and answers in parallel leave the count true, nobody above the greatest number, and the first who waits does not fit', async () => {
    const it = await made(app, { maximum: 7, minimum: 1 });
    const company = await it.company();
    for (let round = 0; round < 4; round += 1) {
      const { seats } = await read(it.camilla, it.class);
      await Promise.all([
        ...Array.from({ length: 6 }, (_, at) => take(it.anna, it.class, company, 1 + ((at + round) % 3))),
        ...seats.flatMap((seat, at) =>
          seat.state === 'offered'
            ? [answer(it.camilla, seat, at % 3 !== 0), withdraw(it.emil, seat)]
            : (seat.state === 'taken' || seat.state === 'waiting') && at % 2 === 0
              ? [withdraw(it.emil, seat)]
              : [],
        ),
      ]);
      const after = await read(it.camilla, it.class);
      const there = after.seats.filter(({ state }) => state === 'taken' || state === 'offered').reduce((sum, { heads }) => sum + heads, 0);
      expect(after.counts.taken + after.counts.offered).toBe(there);
      expect((await app.owner.query<{ taken: number }>('select taken from vn.class where id = $1', [it.class.id])).rows[0]?.taken).toBe(there);
      expect(there).toBeLessThanOrEqual(7);
      const waiting = after.seats.filter(({ state }) => state === 'waiting');
      if (waiting[0] !== undefined) expect(there + waiting[0].heads).toBeGreaterThan(7);
      expect(waiting.map(({ position }) => position)).toEqual(waiting.map((_, at) => at + 1));
      // Nobody passed whoever is ahead.
      for (const seat of after.seats.filter(({ state }) => state === 'offered'))
        expect(after.seats.indexOf(seat)).toBeLessThan(waiting[0] === undefined ? after.seats.length : after.seats.indexOf(waiting[0]));
    }
  });
});

describe('at random', () => {
  type Step = { what: 'take' | 'withdraw' | 'accept' | 'decline' | 'lapse' | 'resize' | 'elsewhere'; n: number };
  const step: fc.Arbitrary<Step> = fc.record({
    what: fc.constantFrom<Step['what']>('take', 'take', 'take', 'withdraw', 'withdraw', 'accept', 'decline', 'lapse', 'resize', 'elsewhere'),
    n: fc.integer({ min: 1, max: 8 }),
  });
  interface ModelSeat {
    heads: number;
    state: string;
    until: number;
  }

  test('4.05 whatever happens in whatever order: nobody passes whoever is ahead, no seat is given twice, none stays free for somebody who waits', async () => {
    const it = await made();
    const company = await it.company();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), fc.boolean(), async (steps, cancelled) => {
        app.clock.set('2026-11-17T09:00:00+01:00');
        const klass = await it.plan({ maximum: 4, minimum: 0 });
        // The model: a list in the order of coming, and one sentence about who is next.
        const model: ModelSeat[] = [];
        let [maximum, elsewhere, now] = [4, 0, app.clock.now().getTime()];
        const used = () => elsewhere + model.filter(({ state }) => state === 'taken' || state === 'offered').reduce((sum, { heads }) => sum + heads, 0);
        const settle = () => {
          for (const each of model) if (each.state === 'offered' && each.until <= now) each.state = 'lapsed';
          for (const each of model) {
            if (each.state !== 'waiting' || each.heads > maximum) continue;
            if (used() + each.heads > maximum) break;
            [each.state, each.until] = ['offered', now + 48 * 3_600_000];
          }
        };
        for (const { what, n } of steps) {
          const before = await read(it.camilla, klass);
          const of = (...states: string[]) => before.seats.map((seat, at) => ({ seat, at })).filter(({ seat }) => states.includes(seat.state));
          const pick = <T>(all: T[]) => all[n % Math.max(1, all.length)];
          if (what === 'take') {
            const heads = 1 + (n % 3);
            const there = used() + heads <= maximum && !model.some(({ state, heads: h }) => state === 'waiting' && h <= maximum);
            const taken = await take(it.anna, klass, company, heads);
            if (heads > maximum) expect(taken.status).toBe(409);
            else {
              expect(taken.body.result).toBe(there ? 'taken' : 'waiting');
              model.push({ heads, state: there ? 'taken' : 'waiting', until: 0 });
            }
          } else if (what === 'withdraw') {
            const one = pick(of('taken', 'waiting', 'offered'));
            if (one !== undefined) {
              expect((await withdraw(it.camilla, one.seat)).status).toBe(200);
              (model[one.at] as ModelSeat).state = 'withdrawn';
            }
          } else if (what === 'accept' || what === 'decline') {
            const one = pick(of('offered'));
            if (one !== undefined) {
              expect((await answer(it.camilla, one.seat, what === 'accept')).status).toBe(200);
              (model[one.at] as ModelSeat).state = what === 'accept' ? 'taken' : 'declined';
            }
          } else if (what === 'lapse') {
            now += n * 12 * 3_600_000;
            app.clock.set(new Date(now).toISOString());
            await app.sweep();
          } else if (what === 'resize') {
            maximum = n;
            const { version } = await read(it.camilla, klass);
            expect((await app.request(it.camilla).put(`/api/classes/${klass.id}`, { ...klass.body, minimum: 0, maximum }, seen(version))).status).toBe(200);
          } else {
            // Another system says how many it has.
            elsewhere = n % 3;
            await app.owner.query('begin');
            await app.owner.query(`select set_config('app.centre', $1, true), set_config('app.now', $2, true), set_config('app.roles', 'coordinator', true)`, [
              it.centre.id,
              app.clock.now().toISOString(),
            ]);
            await app.owner.query('update vn.class set taken_elsewhere = $1, taken_as_of = now() where id = $2', [elsewhere, klass.id]);
            await app.owner.query('commit');
          }
          settle();
          const after = await read(it.camilla, klass);
          expect(line(after)).toEqual(model.map(({ heads, state }) => `${heads} ${state}`));
          // Said without the model: what is counted is what there is, nobody was let in above the greatest number, and whoever waits first does not fit.
          const sum = (...states: string[]) => after.seats.filter(({ state }) => states.includes(state)).reduce((all, { heads }) => all + heads, 0);
          expect(after.counts.taken + after.counts.offered).toBe(sum('taken', 'offered'));
          const grew = sum('taken', 'offered') + elsewhere - (before.counts.taken + before.counts.offered + before.counts.elsewhere);
          if (grew > 0 && what !== 'elsewhere') expect(sum('taken', 'offered') + elsewhere).toBeLessThanOrEqual(maximum);
          const next = after.seats.find(({ state, heads }) => state === 'waiting' && heads <= maximum);
          if (next !== undefined) expect(sum('taken', 'offered') + elsewhere + next.heads).toBeGreaterThan(maximum);
        }
        if (cancelled) {
          expect((await decide(it, klass, { state: 'cancelled', because: 'For få' })).status).toBe(200);
          expect(line(await read(it.camilla, klass))).toEqual(model.map(({ heads, state }) => `${heads} ${['taken', 'offered', 'waiting'].includes(state) ? 'cancelled' : state}`));
        }
        const stored = await app.owner.query<{ taken: number; held: number }>('select taken, held from vn.class where id = $1', [klass.id]);
        expect(stored.rows[0]).toEqual({ taken: cancelled ? 0 : used() - elsewhere, held: 0 });
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

describe('whether it runs', () => {
  test('4.05 it can be said that a class runs once there are enough; companies and the school hear of it once', async () => {
    const it = await made();
    const [a, b] = [await it.company(), await it.company()];
    const mail = await contact(it, a);
    await take(it.anna, it.class, a, 3);
    await app.owner.query(`update vn.class set contact_email = 'kursus-b@skole.example' where id = $1`, [it.class.id]);
    expect(await read(it.emil, it.class)).toMatchObject({ missing: 1, due: false, state: 'tentative', can: { decide: true } });
    expect(await decide(it, it.class, { state: 'confirmed' })).toMatchObject({ status: 409, body: { code: 'class_below_minimum' } });
    expect(await decide(it, it.class, { state: 'confirmed' }, it.dorte)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    expect(await decide(it, it.class, { state: 'confirmed' }, it.anna)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    await take(it.anna, it.class, b, 1);
    app.clock.set('2026-12-21T09:00:00+01:00');
    expect(await read(it.emil, it.class)).toMatchObject({ missing: 0, due: true });
    // It stands on the first page of who leads the school, and of nobody else's.
    const toDecide = async (by: TestPerson) => (await app.request(by).get('/api/classes-to-decide')).body;
    expect(await toDecide(it.emil)).toMatchObject([{ id: it.class.id, missing: 0, decidedBy: '2026-12-21' }]);
    expect(await toDecide(it.camilla)).toHaveLength(1);
    expect(await toDecide(it.dorte)).toEqual([]);
    expect(await decide(it, it.class, { state: 'confirmed' }, it.emil)).toMatchObject({ status: 200, body: { state: 'confirmed', due: false } });
    expect(await decide(it, it.class, { state: 'confirmed' })).toMatchObject({ status: 409, body: { code: 'class_decided' } });
    expect(await toDecide(it.emil)).toEqual([]);
    await app.sweep();
    await app.sweep();
    expect((await mailsTo(app, mail)).map(({ subject }) => subject)).toEqual(['Holdet kører: Gaffeltruck – certifikat B']);
    expect((await mailsTo(app, 'kursus-b@skole.example')).map(({ subject }) => subject)).toContain('Holdet kører: Gaffeltruck – certifikat B');
  });

  test('4.05 a company pays the empty-seat supplement from five days before, and the class runs below its least number', async () => {
    const it = await made();
    await take(it.anna, it.class, await it.company(), 2);
    const agree = async (by: TestPerson) => {
      const [seat] = (await read(it.emil, it.class)).seats;
      return app.request(by).put(`/api/seats/${seat?.id}`, { bindingAfter: null, needs: '', supplement: 450_000 }, seen(seat?.version ?? 0));
    };
    expect(await agree(it.emil)).toMatchObject({ status: 409, body: { code: 'supplement_early' } });
    app.clock.set('2027-01-06T09:00:00+01:00');
    expect((await read(it.emil, it.class)).missing).toBe(2);
    const bea = await makePerson(app, 'Bea', ['consultant'], { centreId: it.centre.id, schoolId: it.centre.schools.b });
    expect(await agree(bea)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    expect(await agree(it.emil)).toMatchObject({ status: 200, body: { supplement: 450_000 } });
    expect((await read(it.emil, it.class)).missing).toBe(0);
    expect(await decide(it, it.class, { state: 'confirmed' }, it.emil)).toMatchObject({ status: 200 });
  });

  test('4.05 what the rules say about numbers and days', () => {
    expect(missingIn({ guaranteed: false, minimum: 8, sure: 5, supplement: false })).toBe(3);
    expect(missingIn({ guaranteed: true, minimum: 8, sure: 0, supplement: false })).toBe(0);
    expect(missingIn({ guaranteed: false, minimum: 8, sure: 9, supplement: false })).toBe(0);
    expect([supplementAllowed('2027-01-11', '2027-01-05'), supplementAllowed('2027-01-11', '2027-01-06')]).toEqual([false, true]);
  });

  test('4.05 when it is called off, companies hear why and where else; one press moves all of them in the order in which they came', async () => {
    const it = await made();
    const [near, far, late, other] = [
      await it.plan({ starts: '2027-02-01', ends: '2027-02-09', maximum: 3, minimum: 1, school: it.centre.schools.a, postcode: '7620', town: 'Lemvig' }),
      await it.plan({ starts: '2027-01-20', ends: '2027-01-28', postcode: '2100', town: 'København Ø' }),
      await it.plan({ starts: '2027-02-23', ends: '2027-02-26' }),
      await it.plan({ starts: '2027-01-25', ends: '2027-01-29', open: false }),
    ];
    const companies = [await it.company(), await it.company(), await it.company()];
    const mails = [];
    for (const company of companies) mails.push(await contact(it, company));
    for (const [at, company] of companies.entries()) await take(it.anna, it.class, company, [2, 2, 1][at] ?? 1);
    expect(await decide(it, it.class, { state: 'cancelled' })).toMatchObject({ status: 400 });
    expect(await decide(it, it.class, { state: 'cancelled', because: 'Læreren er syg' }, it.emil)).toMatchObject({
      status: 200,
      body: { state: 'cancelled', alternatives: [{ id: near.id, free: 3, school: 'Skole A' }], can: { take: false, decide: false, move: true } },
    });
    expect([far.id, late.id, other.id]).not.toContain((await read(it.emil, it.class)).alternatives[0]?.id);
    await app.sweep();
    const [mail] = await mailsTo(app, mails[0] ?? '');
    expect(mail?.text).toContain('Grunden: Læreren er syg');
    expect(mail?.text).toContain('mandag den 1. februar 2027, Skole A, Lemvig');
    expect(await byLink(linkOf(mail?.text))).toMatchObject({ body: { state: 'cancelled', because: 'Læreren er syg', alternatives: [{ id: near.id }] } });
    const to = { to: near.id };
    expect(await app.request(it.dorte).post(`/api/classes/${it.class.id}/moves`, to)).toMatchObject({ status: 403 });
    expect(await app.request(it.emil).post(`/api/classes/${it.class.id}/moves`, { to: far.id })).toMatchObject({ status: 409, body: { code: 'class_gone' } });
    expect(await app.request(it.emil).post(`/api/classes/${it.class.id}/moves`, to)).toMatchObject({ status: 200, body: { taken: 1, waiting: 2, left: 0 } });
    expect((await read(it.camilla, near)).seats.map(({ company, state }) => [company.id, state])).toEqual([
      [companies[0]?.id, 'taken'],
      [companies[1]?.id, 'waiting'],
      [companies[2]?.id, 'waiting'],
    ]);
    expect(line(await read(it.emil, it.class))).toEqual(['2 moved', '2 moved', '1 moved']);
    // A class that is not there is none to move to, also where nobody is left to move.
    expect(await app.request(it.emil).post(`/api/classes/${it.class.id}/moves`, { to: randomUUID() })).toMatchObject({ status: 409, body: { code: 'class_gone' } });
    // The old link goes on to the new seat.
    expect(await byLink(linkOf(mail?.text))).toMatchObject({ body: { state: 'taken', class: { starts: '2027-02-01' } } });
    await app.sweep();
    expect((await mailsTo(app, mails[0] ?? '')).at(-1)?.subject).toBe('I har plads på et andet hold: Gaffeltruck – certifikat B');
    expect(await byLink(linkOf((await mailsTo(app, mails[0] ?? '')).at(-1)?.text), { what: 'withdraw', because: 'Kan ikke' })).toMatchObject({ body: { state: 'withdrawn' } });
    expect((await read(it.camilla, near)).seats.map(({ state }) => state)).toEqual(['withdrawn', 'offered', 'offered']);
  });

  test('4.05 a company moves its own seat by the link; a link that opens nothing says so', async () => {
    const it = await made();
    const near = await it.plan({ starts: '2027-02-01', ends: '2027-02-09' });
    const company = await it.company();
    const mail = await contact(it, company);
    await take(it.anna, it.class, company, 2);
    await app.sweep();
    const token = linkOf((await mailsTo(app, mail))[0]?.text);
    expect(await byLink(token, { what: 'move', to: near.id })).toMatchObject({ status: 409, body: { code: 'seat_gone' } });
    await decide(it, it.class, { state: 'cancelled', because: 'For få' });
    expect(await byLink(token, { what: 'accept' })).toMatchObject({ status: 409, body: { code: 'seat_gone' } });
    expect(await byLink(token, { what: 'move', to: near.id })).toMatchObject({ status: 200, body: { state: 'taken', class: { starts: '2027-02-01' } } });
    expect(await byLink('a'.repeat(32))).toMatchObject({ status: 404, body: { code: 'seat_link_gone' } });
    expect(await byLink('a'.repeat(32), { what: 'accept' })).toMatchObject({ status: 404, body: { code: 'seat_link_gone' } });
  });

  test('4.05 where the company has nobody with an address its contact person is written to, in the reader’s language', async () => {
    const it = await made();
    const company = await it.company();
    await app.owner.query(`update vn.person set language = 'en' where id = $1`, [it.anna.id]);
    await take(it.anna, it.class, company, 2);
    await app.sweep();
    expect((await mailsTo(app, it.anna.email)).at(-1)?.subject).toBe('You have a seat: Gaffeltruck – certifikat B');
  });
});

describe('held seats', () => {
  test('2.29 seats are held for the companies of a list until a day; they count as taken, and only who is on the list uses them', async () => {
    const it = await made(app, { maximum: 4, minimum: 1 });
    const [on, off] = [await it.company(), await it.company()];
    const hold = (by: TestPerson, more: object = {}) =>
      app.request(by).post(`/api/classes/${it.class.id}/holds`, { name: 'Solhøjs leverandører', companies: [on.id], seats: 3, until: '2026-11-27', ...more });
    expect(await hold(it.dorte)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    expect(await hold(it.emil, { seats: 5 })).toMatchObject({ status: 409, body: { code: 'class_full' } });
    expect(await hold(it.emil, { until: '2027-01-11' })).toMatchObject({ status: 400 });
    expect(await hold(it.emil)).toMatchObject({ status: 201, body: { counts: { held: 3, free: 1 }, holds: [{ used: 0, seats: 3, companies: [{ id: on.id }] }] } });
    expect(await take(it.anna, it.class, off, 2)).toMatchObject({ body: { result: 'waiting' } });
    expect(await take(it.anna, it.class, on, 2)).toMatchObject({ body: { result: 'taken' } });
    expect(await read(it.emil, it.class)).toMatchObject({ counts: { taken: 2, held: 1, free: 1 }, holds: [{ used: 2 }] });
    expect(await hold(it.emil, { seats: 1 })).toMatchObject({ status: 409, body: { code: 'class_full' } });
    // Given back: held again, until the day is over.
    await withdraw(it.emil, (await read(it.emil, it.class)).seats[1]);
    expect(line(await read(it.emil, it.class))).toEqual(['2 waiting', '2 withdrawn']);
    app.clock.set('2026-11-28T09:00:00+01:00');
    await app.sweep();
    expect(await read(it.emil, it.class)).toMatchObject({ counts: { held: 0, offered: 2 }, holds: [] });
  });

  test('2.29 a hold is let go by whoever may hold, and the line moves up', async () => {
    const it = await made(app, { maximum: 3, minimum: 1 });
    const held = await app.request(it.emil).post(`/api/classes/${it.class.id}/holds`, { name: 'Netværket', companies: [(await it.company()).id], seats: 3, until: '2026-11-27' });
    await take(it.anna, it.class, await it.company(), 1);
    const [{ id } = { id: '' }] = (held.body as ClassSeats).holds;
    expect(await app.request(it.dorte).delete(`/api/seat-holds/${id}`)).toMatchObject({ status: 404 });
    expect(await app.request(it.emil).delete(`/api/seat-holds/${id}`)).toMatchObject({ status: 204 });
    expect(await app.request(it.emil).delete(`/api/seat-holds/${id}`)).toMatchObject({ status: 404 });
    expect(line(await read(it.emil, it.class))).toEqual(['1 offered']);
  });
});

test('4.05 on the day on which it is to be said, whoever decides at the school is asked once, with the numbers; a new day is asked about again', async () => {
  const it = await made();
  await take(it.anna, it.class, await it.company(), 2);
  const asked = async () => (await mailsTo(app, it.emil.email)).filter(({ subject }) => subject.startsWith('Kører holdet? Gaffeltruck'));
  app.clock.set('2026-12-20T23:50:00+01:00');
  await app.sweep();
  expect(await asked()).toHaveLength(0);
  app.clock.set('2026-12-21T00:10:00+01:00');
  for (const _twice of [1, 2]) await app.sweep();
  const [mail, ...more] = await asked();
  expect(more).toEqual([]);
  expect(mail?.text).toContain('2 af 6 pladser er taget, og holdet kræver 4.');
  expect(mail?.text).toContain('Der mangler 2 deltagere');
  expect(mail?.text).toContain(`/classes/${it.class.id}`);
  expect((await mailsTo(app, it.dorte.email)).filter(({ subject }) => subject.startsWith('Kører holdet?'))).toEqual([]);
  const { version } = (await app.request(it.emil).get(`/api/classes/${it.class.id}`)).body;
  expect((await app.request(it.emil).put(`/api/classes/${it.class.id}`, { ...it.class.body, decidedBy: '2026-12-23' }, seen(version))).status).toBe(200);
  app.clock.set('2026-12-23T08:00:00+01:00');
  await app.sweep();
  expect(await asked()).toHaveLength(2);
  // One that is decided is asked about no more.
  const other = await it.plan({ decidedBy: '2026-12-23', minimum: 0 });
  await decide(it, other, { state: 'confirmed' });
  await app.sweep();
  expect(await asked()).toHaveLength(2);
});
