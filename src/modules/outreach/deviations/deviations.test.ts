import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { agree, book, handover, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';

const app = await testApp();
const address = '/api/assignment-deviations';
const read = async (person: TestPerson, query = '') => (await app.request(person).get(`${address}${query}`)).body;

/** Anna and Signe of school A, Karim of school B, a meeting booked by the rule for Anna. */
async function booked(name = 'Bjergager Smede') {
  const made = await makeCentre(app);
  const at = { centreId: made.centre.id };
  const karim = await makePerson(app, 'Karim', ['consultant'], { ...at, schoolId: made.centre.schools.b });
  const signe = await makePerson(app, 'Signe', ['consultant'], { ...at, schoolId: made.centre.schools.a });
  await makeBookable(app, made.centre, [made.anna]);
  const company = await makeCompany(app, [made.centre], { name });
  const [slot] = await slotsFor(app, made.camilla, company);
  const contact = { ...handover().contact, email: `${made.centre.id.slice(0, 8)}@firma.example` };
  const meeting = String((await book(app, made.camilla, company, slot?.choice ?? '', { handover: handover({ contact }) })).body.id);
  await makeBookable(app, made.centre, [karim, signe]);
  const give = async (to: TestPerson, because: string) => {
    const { version } = (await app.request(made.camilla).get(`/api/meetings/${meeting}`)).body;
    const answer = await app.request(made.camilla).put(`/api/meetings/${meeting}/lead`, { person: to.id, because }, seen(version));
    expect(answer.status, answer.text).toBe(200);
  };
  return { ...made, karim, signe, company, meeting, give, contact };
}

describe('who reads it', () => {
  test('401, 403 for a consultant; the table is the coordinator’s alone; days the wrong way round are 422, others 400', async () => {
    const { anna, dorte, camilla } = await booked();
    expect((await app.request(null).get(address)).status).toBe(401);
    expect((await app.request(anna).get(address)).status).toBe(403);
    expect((await app.request(dorte).get(`${address}.csv`)).status).toBe(403);
    expect(await app.request(camilla).get(`${address}?from=2026-11-18&to=2026-11-17`)).toMatchObject({ status: 422, body: { code: 'days_reversed' } });
    expect((await app.request(camilla).get(`${address}?from=igår`)).status).toBe(400);
    await expect(inside(app, anna, (client) => client.query(`select vn.assignment_deviations('2026-01-01', '2026-12-31')`))).rejects.toMatchObject({ code: '42501' });
  });

  test('3.05 every deviation is reported with its reason: given on by hand, from school to school, beside what the rule itself gave', async () => {
    const { camilla, karim, signe, give, meeting } = await booked();
    expect(await read(camilla)).toMatchObject({
      from: '2026-08-18',
      to: '2026-11-17',
      all: true,
      rows: [],
      schools: [
        { school: 'Skole A', byRule: 1, gained: 0, lost: 0 },
        { school: 'Skole B', byRule: 0 },
      ],
    });
    await give(karim, 'illness');
    app.clock.advance({ minutes: 1 });
    await give(signe, 'expertise');
    const { rows, schools } = await read(camilla);
    expect(rows).toMatchObject([
      { kind: 'given', because: 'expertise', own: null, from: { school: 'Skole B' }, to: { school: 'Skole A' }, company: 'Bjergager Smede', meeting },
      { kind: 'given', because: 'illness', from: { school: 'Skole A' }, to: { school: 'Skole B' } },
    ]);
    expect(schools).toMatchObject([
      { school: 'Skole A', byRule: 1, gained: 1, lost: 1 },
      { school: 'Skole B', byRule: 0, gained: 1, lost: 1 },
    ]);
    expect(JSON.stringify({ rows, schools })).not.toMatch(/Anna|Signe|Karim/);
    // Another period knows nothing of it.
    expect((await read(camilla, '?from=2026-10-01&to=2026-10-31')).rows).toEqual([]);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('3.05 a manager reads what the own school gained or lost, and neither the other school nor the company; a third school’s manager nothing', async () => {
    const { camilla, dorte, emil, centre, karim, signe, give } = await booked();
    const third = await makePerson(app, 'Frode', ['manager'], { centreId: centre.id, schoolId: centre.schools.c });
    await give(signe, 'time'); // within school A: no school gains or loses
    app.clock.advance({ minutes: 1 });
    await give(karim, 'language');
    expect((await read(camilla)).rows).toHaveLength(2);
    const [mine, theirs] = [await read(dorte), await read(emil)];
    expect(mine).toMatchObject({ all: false, schools: [{ school: 'Skole A', byRule: 1, gained: 0, lost: 1 }] });
    expect(mine.rows).toEqual([{ at: expect.any(String), kind: 'given', because: 'language', own: 'lost', from: null, to: null, meeting: null, company: null }]);
    expect(theirs.rows).toMatchObject([{ own: 'gained', company: null, meeting: null }]);
    expect((await read(third)).rows).toEqual([]);
    expect(JSON.stringify(mine)).not.toMatch(/Skole B|Bjergager|Anna|Karim/);
    expect(JSON.stringify(theirs)).not.toMatch(/Skole A|Bjergager|Anna|Karim/);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('3.05 a choice that was kept although the figures had moved on says where the rule would have sent it', async () => {
    const made = await booked();
    const { camilla, centre } = made;
    const [one, two, last] = [await makeCompany(app, [centre]), await makeCompany(app, [centre]), await makeCompany(app, [centre])];
    // School A has one meeting and B none: everything where Karim can is B's turn. Two of his hours go while the third stays on somebody's screen.
    const days = Map.groupBy(
      (await slotsFor(app, camilla, last)).filter(({ consultant }) => consultant === 'Karim'),
      ({ start }) => start.slice(0, 10),
    );
    const [first, second, third] = [...days.values()].map((slots) => slots[0]?.choice ?? '');
    for (const [company, choice] of [
      [one, first],
      [two, second],
    ] as const)
      expect((await book(app, camilla, company, choice ?? '')).status).toBe(201);
    const kept = await book(app, camilla, last, third ?? '');
    expect(kept.status, kept.text).toBe(201);
    const assigned = (await app.request(camilla).get('/api/assignments')).body.find(({ meeting }: { meeting: string }) => meeting === kept.body.id);
    expect(assigned.because).toBe('kept');
    const rows = (await read(camilla)).rows.filter(({ kind }: { kind: string }) => kind === 'kept');
    const row = rows.find(({ meeting }: { meeting: string }) => meeting === kept.body.id);
    expect(row).toMatchObject({ because: null, from: { school: 'Skole A' }, to: { school: 'Skole B' } });
  });

  test('3.05 the company that takes another time, weeks for which less is agreed by now, and names that a spreadsheet would run', async () => {
    const { camilla, emil, centre, contact, anna } = await booked('=cmd|calc');
    const [mail] = await mailsTo(app, contact.email);
    const token = /\/meeting#([a-z2-7]{32})/.exec(mail?.text ?? '')?.[1] ?? '';
    await app.owner.query('delete from vn.work_hours where person_id = $1', [anna.id]);
    const { days } = (await app.request(null).post('/api/meeting-link/times', { token })).body;
    const slot = days.flatMap(({ slots }: { slots: { consultant: string; choice: string }[] }) => slots).find(({ consultant }: { consultant: string }) => consultant === 'Karim');
    expect((await app.request(null).post('/api/meeting-link/moved', { token, version: 1, choice: slot?.choice ?? '' })).status).toBe(201);
    await agree(app, centre, 'school', centre.schools.b, 0, ['2026-11-16']);
    const query = '?from=2026-11-16&to=2026-11-22';
    const found = await read(camilla, query);
    expect(found.rows).toMatchObject([{ kind: 'rebooked', because: 'rebooked', from: { school: 'Skole A' }, to: { school: 'Skole B' } }]);
    expect(found.overfull).toEqual([{ school: 'Skole B', week: '2026-11-16', agreed: 0, used: 1 }]);
    expect((await read(emil, query)).overfull).toEqual(found.overfull);
    const file = await app.request(camilla).get(`${address}.csv${query}`);
    expect(file).toMatchObject({ status: 200, headers: { 'content-type': 'text/csv; charset=utf-8' } });
    expect(file.text).toMatch(/^\ufeffskole;aftalt/);
    expect(file.text).toMatch(/;Skole A;Skole B;'=cmd\|calc/);
  });
});
