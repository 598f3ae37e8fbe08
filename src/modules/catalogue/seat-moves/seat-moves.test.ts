import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, staysSignedIn, type TestPerson } from '../../../../tests/support/factory.ts';
import { untilWaiting } from '../../../../tests/support/inside.ts';
import { asActor, house } from '../../../platform/jobs/house.ts';
import type { ClassSeats } from '../seats/contract.ts';
import { chores as seatChores } from '../seats/server/jobs.ts';
import type { SeatMove } from './contract.ts';
import { answerBy } from './rules.ts';
import { chores as moveChores } from './server/jobs.ts';

const app = await testApp();

/** A course with two classes at school b and one at school a, and a company with two seats in the first. */
async function made() {
  app.clock.set('2026-11-17T09:00:00+01:00');
  const all = await makeCentre(app);
  // Weeks go by here; nobody is to sign in again.
  await staysSignedIn(app, all.centre);
  const course = (
    await app.request(all.emil).post('/api/courses', { kind: 'amu', code: '40011', title: 'Gaffeltruck – certifikat B', field: 'certificates', industries: [], awards: 'certificate', days: 7 })
  ).body.id as string;
  const plan = async (school: string, over: object = {}) => {
    const planned = await app
      .request(all.camilla)
      .post('/api/classes', { course, school, starts: '2027-01-11', ends: '2027-01-19', minimum: 4, maximum: 6, postcode: '7600', town: 'Struer', ...over });
    expect(planned.status, planned.text).toBe(201);
    return planned.body.id as string;
  };
  const { a, b } = all.centre.schools;
  const [here, beside, there] = [await plan(b), await plan(b, { starts: '2027-01-18', ends: '2027-01-26' }), await plan(a)];
  const company = await makeCompany(app, [all.centre], { name: 'Bjergager Smede' });
  const took = await app.request(all.camilla).post(`/api/classes/${here}/seats`, { company: company.id, heads: 2 });
  expect(took.status, took.text).toBe(201);
  const [seat] = ((await app.request(all.camilla).get(`/api/classes/${here}/seats`)).body as ClassSeats).seats;
  return { ...all, plan, company, here, beside, there, seat: seat?.id as string };
}
type Made = Awaited<ReturnType<typeof made>>;
const ask = ({ camilla, seat }: Pick<Made, 'camilla' | 'seat'>, to: string) => app.request(camilla).post(`/api/seats/${seat}/moves`, { to });
const answer = (by: TestPerson, move: Pick<SeatMove, 'id' | 'version'>, body: object = { agree: true }) => app.request(by).put(`/api/seat-moves/${move.id}/answer`, body, seen(move.version));
const counts = async ({ camilla }: Pick<Made, 'camilla'>, id: string) => ((await app.request(camilla).get(`/api/classes/${id}/seats`)).body as ClassSeats).counts;
const moves = async (by: TestPerson) => (await app.request(by).get('/api/seat-moves')).body as SeatMove[];

describe('seats that move', () => {
  test('4.03 inside one school seats move at once, and the company is told once', async () => {
    const it = await made();
    const moved = await ask(it, it.beside);
    expect(moved, moved.text).toMatchObject({ status: 201, body: { state: 'done', heads: 2, company: { id: it.company.id }, can: { answer: false, withdraw: false } } });
    expect([await counts(it, it.here), await counts(it, it.beside)]).toMatchObject([
      { taken: 0, free: 6 },
      { taken: 2, free: 4 },
    ]);
    await app.sweep();
    await app.sweep();
    const letters = (await mailsTo(app, it.camilla.email)).filter(({ subject }) => subject.startsWith('I har plads på et andet hold'));
    expect(letters).toHaveLength(1);
    expect(letters[0]?.text).toContain('For at holdet kan køre');
    expect(letters[0]?.text).not.toContain('aflyst');
  });

  test('4.03 between two schools both must say yes; until then the seats are kept, and nothing moves', async () => {
    const it = await made();
    const asked = await ask(it, it.there);
    expect(asked, asked.text).toMatchObject({ status: 201, body: { state: 'asked', until: '2026-12-01', from: { yes: null }, to: { yes: null }, can: { withdraw: true, answer: false } } });
    expect([await counts(it, it.here), await counts(it, it.there)]).toMatchObject([
      { taken: 2, held: 0 },
      { taken: 0, held: 2, free: 4 },
    ]);
    expect(await ask(it, it.beside)).toMatchObject({ status: 409, body: { code: 'move_gone' } });
    // The coordinator answers for no school, and a school only for itself.
    expect(await answer(it.camilla, asked.body)).toMatchObject({ status: 403 });
    const first = await answer(it.emil, asked.body);
    expect(first, first.text).toMatchObject({ status: 200, body: { state: 'asked', from: { yes: true }, to: { yes: null }, can: { answer: false } } });
    expect(await answer(it.dorte, asked.body)).toMatchObject({ status: 412 });
    const second = await answer(it.dorte, first.body);
    expect(second, second.text).toMatchObject({ status: 200, body: { state: 'done', company: { id: it.company.id } } });
    expect([await counts(it, it.here), await counts(it, it.there)]).toMatchObject([
      { taken: 0, free: 6 },
      { taken: 2, held: 0, free: 4 },
    ]);
    expect(await answer(it.dorte, second.body)).toMatchObject({ status: 409, body: { code: 'move_gone' } });
    for (const manager of [it.dorte, it.emil]) expect((await mailsTo(app, manager.email)).filter(({ subject }) => subject === 'Vil I sige ja til en flytning?')).toHaveLength(1);
  });

  test('4.03 the school that they would come to reads which company it is once both said yes; other schools and centres read nothing', async () => {
    const it = await made();
    const asked = (await ask(it, it.there)).body;
    expect((await moves(it.emil))[0]).toMatchObject({ company: { id: it.company.id }, can: { answer: true } });
    const [seen_] = await moves(it.dorte);
    expect(seen_).toMatchObject({ company: null, heads: 2, can: { answer: true } });
    expect(JSON.stringify(seen_)).not.toContain('Bjergager');
    for (const mail of await mailsTo(app, it.dorte.email)) expect(JSON.stringify(mail)).not.toContain('Bjergager');
    const [other, third] = [await makeCentre(app), await made()];
    expect(await moves(other.emil)).toEqual([]);
    expect(await answer(other.emil, asked)).toMatchObject({ status: 404 });
    expect(await app.request(other.camilla).delete(`/api/seat-moves/${asked.id}`)).toMatchObject({ status: 404 });
    expect(await ask({ camilla: third.camilla, seat: it.seat }, third.there)).toMatchObject({ status: 404 });
    await answer(it.dorte, asked);
    expect((await moves(it.dorte))[0]?.company).toBeNull();
    await answer(it.emil, { ...asked, version: 2 });
    expect((await moves(it.dorte))[0]?.company).toMatchObject({ id: it.company.id });
  });

  test('4.03 a no says why, and leaves everybody where they are', async () => {
    const it = await made();
    const asked = (await ask(it, it.there)).body;
    expect(await answer(it.dorte, asked, { agree: false })).toMatchObject({ status: 400 });
    const no = await answer(it.dorte, asked, { agree: false, because: 'Lokalet er for lille' });
    expect(no, no.text).toMatchObject({ status: 200, body: { state: 'declined', because: 'Lokalet er for lille' } });
    expect([await counts(it, it.here), await counts(it, it.there)]).toMatchObject([{ taken: 2 }, { taken: 0, held: 0, free: 6 }]);
    expect(await answer(it.emil, no.body)).toMatchObject({ status: 409, body: { code: 'move_gone' } });
    // It can be asked for again.
    const again = await ask(it, it.there);
    expect(again.status).toBe(201);
    expect(await app.request(it.camilla).delete(`/api/seat-moves/${again.body.id}`)).toMatchObject({ status: 204 });
    expect(await app.request(it.camilla).delete(`/api/seat-moves/${again.body.id}`)).toMatchObject({ status: 409, body: { code: 'move_gone' } });
    expect(await counts(it, it.there)).toMatchObject({ held: 0, free: 6 });
  });

  test('4.03 what cannot be is refused: another course, full, begun, called off, given back; what comes too late lapses', async () => {
    const it = await made();
    const other = (await app.request(it.emil).post('/api/courses', { kind: 'amu', code: '47592', title: 'Ergonomi', field: 'certificates', industries: [], awards: 'competence', days: 3 })).body
      .id as string;
    const wrong = await app.request(it.camilla).post('/api/classes', { course: other, school: it.centre.schools.a, starts: '2027-01-11', ends: '2027-01-13', minimum: 4, maximum: 6, town: 'Struer' });
    expect(await ask(it, wrong.body.id)).toMatchObject({ status: 409, body: { code: 'move_gone' } });
    expect(await ask(it, it.here)).toMatchObject({ status: 409, body: { code: 'move_gone' } });
    const small = await it.plan(it.centre.schools.a, { minimum: 1, maximum: 1 });
    expect(await ask(it, small)).toMatchObject({ status: 409, body: { code: 'move_full' } });
    const soon = await it.plan(it.centre.schools.a, { starts: '2026-11-20', ends: '2026-11-30' });
    expect(await ask(it, soon)).toMatchObject({ status: 409, body: { code: 'move_gone' } });

    const asked = (await ask(it, it.there)).body;
    await app.owner.query('update vn.class set maximum = 4, minimum = 1, taken_elsewhere = 4, taken_as_of = now() where id = $1', [it.there]);
    await answer(it.emil, asked);
    // The class filled up in another system meanwhile: the move is over, and nobody lost a seat.
    expect(await answer(it.dorte, { ...asked, version: 2 })).toMatchObject({ status: 200, body: { state: 'lapsed' } });
    expect([await counts(it, it.here), await counts(it, it.there)]).toMatchObject([{ taken: 2 }, { taken: 0, held: 0 }]);

    const late = await made();
    const last = (await ask(late, late.there)).body;
    app.clock.set('2026-12-02T09:00:00+01:00');
    await app.sweep();
    expect((await moves(late.camilla))[0]).toMatchObject({ id: last.id, state: 'lapsed' });
    expect(await counts(late, late.there)).toMatchObject({ held: 0 });
  });

  test('4.03 both schools say yes at the same moment: the seats move once', async () => {
    const it = await made();
    const asked = (await ask(it, it.there)).body;
    const answers = await Promise.all([it.emil, it.dorte, it.emil, it.dorte].map((by) => answer(by, asked)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const [now] = await moves(it.camilla);
    for (const by of [it.emil, it.dorte]) await answer(by, { id: asked.id, version: now?.version ?? 0 });
    expect((await moves(it.camilla))[0]).toMatchObject({ state: 'done' });
    expect([await counts(it, it.here), await counts(it, it.there)]).toMatchObject([{ taken: 0 }, { taken: 2, held: 0 }]);
  });

  test('4.03 where both said yes and too few seats are left, what was kept goes to whoever waits', async () => {
    const it = await made();
    const asked = (await ask(it, it.there)).body;
    await app.owner.query('update vn.class set taken_elsewhere = 5, taken_as_of = now() where id = $1', [it.there]);
    const waits = await app.request(it.camilla).post(`/api/classes/${it.there}/seats`, { company: (await makeCompany(app, [it.centre])).id, heads: 1 });
    expect(waits.body).toMatchObject({ result: 'waiting' });
    await answer(it.emil, asked);
    expect(await answer(it.dorte, { ...asked, version: 2 })).toMatchObject({ status: 200, body: { state: 'lapsed' } });
    expect(await counts(it, it.there)).toMatchObject({ held: 0, offered: 1, waiting: 0 });
  });

  test('4.03 whoever is moved to a class that runs for sure hears in one mail that they were moved and that it runs', async () => {
    const it = await made();
    await app.owner.query(`update vn.class set state = 'confirmed' where id = $1`, [it.beside]);
    await app.sweep();
    expect((await ask(it, it.beside)).body).toMatchObject({ state: 'done' });
    await app.sweep();
    await app.sweep();
    const [moved, ...more] = (await mailsTo(app, it.camilla.email)).filter(({ subject }) => !subject.startsWith('I har plads: '));
    expect(moved?.subject).toMatch(/^I har plads på et andet hold/);
    expect(moved?.text).toContain('Skolen har sagt, at holdet kører');
    expect(moved?.text).not.toContain('I hører fra os, så snart');
    expect(more).toEqual([]);
  });

  test('4.03 the house that ends moves holds classes in the order in which everybody does: nobody waits in a ring', async () => {
    const it = await made();
    app.clock.set('2026-11-17T09:01:00+01:00');
    const far = await it.plan(it.centre.schools.a, { starts: '2027-01-25', ends: '2027-02-02' });
    const second = await app.request(it.camilla).post(`/api/classes/${it.beside}/seats`, { company: it.company.id, heads: 1 });
    expect(second.status).toBe(201);
    const [other] = ((await app.request(it.camilla).get(`/api/classes/${it.beside}/seats`)).body as ClassSeats).seats;
    // The classes of the move that was asked last come first.
    expect((await ask({ camilla: it.camilla, seat: other?.id ?? '' }, far)).status).toBe(201);
    app.clock.set('2026-11-17T09:02:00+01:00');
    expect((await ask(it, it.there)).status).toBe(201);
    app.clock.set('2026-12-02T09:00:00+01:00');
    await app.owner.query('begin');
    await app.owner.query('select from vn.class where id = $1 for update', [it.here]);
    const [lapse] = moveChores;
    const swept = asActor(app.room, house(it.centre.id, 'Europe/Copenhagen'), (context) => lapse?.run(context) ?? Promise.resolve());
    await untilWaiting(app, 1);
    await app.owner.query('select from vn.class where id = $1 for update', [far]);
    await app.owner.query('commit');
    await swept;
    expect((await moves(it.camilla)).map(({ state }) => state)).toEqual(['lapsed', 'lapsed']);
  });

  test('4.03 asked, answered, taken back, given back, offered, called off and swept, all at the same moment: no fault, and the numbers hold', async () => {
    const it = await made();
    const camilla = app.request(it.camilla);
    for (const klass of [it.here, it.there, it.beside])
      for (const heads of [1, 1, 2, 3]) expect((await camilla.post(`/api/classes/${klass}/seats`, { company: (await makeCompany(app, [it.centre])).id, heads })).status).toBe(201);
    const rows = async <T>(what: string) => (await app.owner.query<T & { id: string }>(what, [it.centre.id])).rows;
    for (const round of [0, 1, 2, 3]) {
      const seats = await rows<{ state: string; class_id: string }>(`select id, state, class_id from vn.seat where centre_id = $1 and state in ('taken', 'waiting', 'offered') order by id`);
      const open = await rows<{ version: number }>(`select id, version from vn.seat_move where centre_id = $1 and state = 'asked' order by id`);
      const answers = await Promise.all([
        ...seats.flatMap(({ id, class_id: at }, no) => [
          ...[it.here, it.beside, it.there].filter((to) => to !== at && (no + round) % 2 === 0).map((to) => ask({ camilla: it.camilla, seat: id }, to)),
          ...(no % 4 === round ? [camilla.post(`/api/seats/${id}/withdraw`, { because: 'Ordre' })] : []),
        ]),
        ...open.flatMap((move) => [it.emil, it.dorte].map((by) => answer(by, move as never))),
        ...open.slice(0, 1).map(({ id }) => camilla.delete(`/api/seat-moves/${id}`)),
        ...(round === 3
          ? [camilla.get(`/api/classes/${it.there}`).then(({ body }) => camilla.put(`/api/classes/${it.there}/state`, { state: 'cancelled', because: 'Ingen lærer' }, seen(body.version)))]
          : []),
      ]);
      expect(answers.filter(({ status }) => status >= 500).map(({ text }) => text)).toEqual([]);
      const wrong = await app.owner.query(
        `select c.id from vn.class c where c.centre_id = $1 and c.state <> 'cancelled' and (
           c.taken <> coalesce((select sum(s.heads) from vn.seat s where s.class_id = c.id and s.state in ('taken', 'offered')), 0)
           or c.held <> coalesce((select sum(m.heads) from vn.seat_move m where m.to_class_id = c.id and m.state = 'asked'), 0) or c.taken + c.held > c.maximum)`,
        [it.centre.id],
      );
      expect(wrong.rows).toEqual([]);
    }
  });

  test('4.03 two weeks to answer, and a week before the first of the classes at the latest', () => {
    expect(answerBy('2026-11-17', '2027-01-11', '2027-01-18')).toBe('2026-12-01');
    expect(answerBy('2026-11-17', '2026-11-28', '2027-01-18')).toBe('2026-11-21');
    expect(answerBy('2026-11-17', '2026-12-07', '2026-11-20')).toBe('2026-11-13');
  });
});

describe('whatever comes after whatever', () => {
  interface ClassRow {
    id: string;
    state: string;
    maximum: number;
    elsewhere: number;
    taken: number;
    held: number;
    counted: number;
    kept: number;
    starts: string;
  }
  interface SeatRow {
    id: string;
    class: string;
    heads: number;
    no: number;
    state: string;
    hold: string | null;
    from: string | null;
  }
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ what: fc.constant('take' as const), at: fc.nat(2), heads: fc.integer({ min: 1, max: 4 }), company: fc.nat(3), yes: fc.boolean() }) },
    { weight: 4, arbitrary: fc.record({ what: fc.constant('ask' as const), at: fc.nat(30), to: fc.nat(2) }) },
    { weight: 6, arbitrary: fc.record({ what: fc.constant('say' as const), at: fc.nat(5), b: fc.boolean(), yes: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('withdraw' as const, 'offer' as const, 'takeBack' as const, 'letGo' as const), at: fc.nat(30), yes: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('hold' as const, 'size' as const, 'elsewhere' as const), at: fc.nat(2), heads: fc.integer({ min: 1, max: 7 }) }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('sweep' as const), days: fc.constantFrom(0, 1, 3, 15) }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('cancel' as const), at: fc.nat(2) }) },
  );

  test('4.03 the numbers of a class are those of its seats, holds and moves; nobody is passed, and no class grows above its largest number', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 28 }), async (steps) => {
        const it = await made();
        const classes = [it.here, it.beside, it.there];
        const companies = [it.company, ...(await Promise.all([1, 2, 3].map(() => makeCompany(app, [it.centre]))))];
        const look = async () => ({
          classes: (
            await app.owner.query<ClassRow>(
              `select c.id, c.state, c.maximum::int, c.taken_elsewhere::int elsewhere, c.taken, c.held, c.starts::text, coalesce((select sum(s.heads) from vn.seat s where s.class_id = c.id and s.state in ('taken', 'offered')), 0)::int counted,
                 (coalesce((select sum(h.seats - h.used) from vn.seat_hold h where h.class_id = c.id and not h.ended), 0) + coalesce((select sum(m.heads) from vn.seat_move m where m.to_class_id = c.id and m.state = 'asked'), 0))::int kept
                 from vn.class c where c.id = any ($1)`,
              [classes],
            )
          ).rows,
          seats: (
            await app.owner.query<SeatRow>('select id, class_id class, heads::int, no, state, hold_id hold, moved_from "from" from vn.seat where centre_id = $1 order by class_id, no', [it.centre.id])
          ).rows,
          moves: (
            await app.owner.query<{ id: string; seat: string; version: number; state: string }>('select id, seat_id seat, version, state from vn.seat_move where centre_id = $1 order by id', [
              it.centre.id,
            ])
          ).rows,
          holds: (await app.owner.query<{ id: string }>('select id from vn.seat_hold where centre_id = $1 and not ended order by id', [it.centre.id])).rows,
        });
        const pick = <T>(all: readonly T[], at: number) => all[at % Math.max(1, all.length)];
        let before = await look();
        for (const each of steps) {
          const open = before.moves.filter(({ state }) => state === 'asked');
          const camilla = app.request(it.camilla);
          let answered: { status: number; text: string } | null = null;
          if (each.what === 'take') answered = await camilla.post(`/api/classes/${pick(classes, each.at)}/seats`, { company: pick(companies, each.company)?.id, heads: each.heads, wait: each.yes });
          if (each.what === 'ask') {
            const seat = pick(before.seats, each.at);
            if (seat !== undefined) answered = await ask({ camilla: it.camilla, seat: seat.id }, pick(classes, each.to) ?? '');
          }
          if (each.what === 'say') {
            const move = pick(open, each.at);
            if (move !== undefined) answered = await answer(each.b ? it.emil : it.dorte, move as never, each.yes ? { agree: true } : { agree: false, because: 'Nej' });
          }
          if (each.what === 'withdraw') answered = await camilla.post(`/api/seats/${pick(before.seats, each.at)?.id}/withdraw`, { because: 'Stor ordre' });
          if (each.what === 'offer') {
            const offered = pick(
              before.seats.filter(({ state }) => state === 'offered'),
              each.at,
            );
            if (offered !== undefined) answered = await camilla.post(`/api/seats/${offered.id}/answer`, { accept: each.yes });
          }
          if (each.what === 'takeBack' && open.length > 0) answered = await camilla.delete(`/api/seat-moves/${pick(open, each.at)?.id}`);
          if (each.what === 'letGo' && before.holds.length > 0) answered = await camilla.delete(`/api/seat-holds/${pick(before.holds, each.at)?.id}`);
          if (each.what === 'hold')
            answered = await camilla.post(`/api/classes/${pick(classes, each.at)}/holds`, { name: 'Netværket', companies: [it.company.id], seats: each.heads, until: '2026-12-20' });
          if (each.what === 'size') await app.owner.query('update vn.class set maximum = $2, minimum = 1 where id = $1', [pick(classes, each.at), each.heads]);
          if (each.what === 'elsewhere') await app.owner.query('update vn.class set taken_elsewhere = $2, taken_as_of = now() where id = $1', [pick(classes, each.at), each.heads - 1]);
          if (each.what === 'cancel') {
            const id = pick(classes, each.at) ?? '';
            const { version } = (await camilla.get(`/api/classes/${id}`)).body;
            answered = await camilla.put(`/api/classes/${id}/state`, { state: 'cancelled', because: 'Ingen lærer' }, seen(version));
          }
          if (each.what === 'sweep') {
            app.clock.set(new Date(app.clock.now().getTime() + each.days * 86_400_000).toISOString());
            for (const chore of [...seatChores, ...moveChores]) await asActor(app.room, house(it.centre.id, 'Europe/Copenhagen'), (context) => chore.run(context));
          }
          expect(answered?.status ?? 200, answered?.text).toBeLessThan(500);
          const now = await look();
          const was = new Map(before.classes.map((row) => [row.id, row]));
          for (const row of now.classes.filter(({ state }) => state !== 'cancelled')) {
            expect({ taken: row.taken, held: row.held }, JSON.stringify(each)).toEqual({ taken: row.counted, held: row.kept });
            const over = ({ elsewhere, taken, held, maximum }: ClassRow) => elsewhere + taken + held - maximum;
            if (each.what !== 'size' && each.what !== 'elsewhere') expect(over(row), JSON.stringify(each)).toBeLessThanOrEqual(Math.max(0, over(was.get(row.id) ?? row)));
            const first = now.seats.find((seat) => seat.class === row.id && seat.state === 'waiting' && seat.heads <= row.maximum);
            // Whoever is first is offered a seat as soon as there is one.
            if (first !== undefined) expect(over(row) + first.heads, JSON.stringify(each)).toBeGreaterThan(0);
            const had = new Set(before.seats.filter(({ state }) => state !== 'waiting').map(({ id }) => id));
            const asked = new Set(before.moves.filter(({ state }) => state === 'asked').map(({ seat }) => seat));
            for (const seat of now.seats.filter(({ id, state, class: at }) => at === row.id && ['taken', 'offered'].includes(state) && !had.has(id)))
              if (first !== undefined && seat.hold === null && !asked.has(seat.from ?? '')) expect(seat.no, JSON.stringify(each)).toBeLessThan(first.no);
          }
          for (const seat of now.seats.filter(({ state }) => state === 'moved')) expect(now.seats.filter(({ from, heads }) => from === seat.id && heads === seat.heads)).toHaveLength(1);
          if (each.what === 'sweep') {
            const stands = new Map(now.seats.map((seat) => [seat.id, seat.state]));
            expect(now.moves.filter(({ state, seat }) => state === 'asked' && stands.get(seat) !== 'taken')).toEqual([]);
          }
          before = now;
        }
      }),
      { numRuns: 25 },
    );
  });
});
