import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import type { ClassSeats } from '../seats/contract.ts';
import type { SeatMove } from './contract.ts';
import { answerBy } from './rules.ts';

const app = await testApp();

/** A course with two classes at school b and one at school a, and a company with two seats in the first. */
async function made() {
  app.clock.set('2026-11-17T09:00:00+01:00');
  const all = await makeCentre(app);
  // Weeks go by here; nobody is to sign in again.
  await app.owner.query(`update vn.session set expires_at = '2028-01-01' where centre_id = $1`, [all.centre.id]);
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

  test('4.03 two weeks to answer, and a week before the first of the classes at the latest', () => {
    expect(answerBy('2026-11-17', '2027-01-11', '2027-01-18')).toBe('2026-12-01');
    expect(answerBy('2026-11-17', '2026-11-28', '2027-01-18')).toBe('2026-11-21');
    expect(answerBy('2026-11-17', '2026-12-07', '2026-11-20')).toBe('2026-11-13');
  });
});
