import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { makeClass, makeCourse } from '../../../../tests/support/offers.ts';

const app = await testApp();
/** Without the rules about days: the attacks must succeed here, or they attack nothing. */
const unguarded = await testApp();
for (const name of ['teacher_one_school', 'teacher_one_class', 'teacher_one_loan']) await unguarded.owner.query(`alter table vn.teacher_use drop constraint ${name}`);

const facts = { name: 'Ruth Vang', fields: ['certificates'], daysAWeek: 3, lendable: { from: '2026-11-01', to: '2027-06-30' } };
const spring = { first: '2027-01-04', last: '2027-03-28', weekdays: [1, 2] };

/** A centre whose school A has a teacher. */
async function withTeacher(on: TestApp = app, over: object = {}) {
  const made = await makeCentre(on);
  const course = await makeCourse(on, made.centre.id, { title: 'Gaffeltruck B' });
  const added = await on.request(made.dorte).post('/api/teachers', { school: made.centre.schools.a, ...facts, courses: [course], ...over });
  expect(added, added.text).toMatchObject({ status: 201 });
  const teacher = added.body.id as string;
  return {
    ...made,
    course,
    teacher,
    ask: (by: TestPerson, school: string, body: object = {}) => on.request(by).post(`/api/teachers/${teacher}/loans`, { school, ...spring, ...body }),
    answer: (by: TestPerson, loan: string, agree = true, version = 1) =>
      on.request(by).put(`/api/teacher-loans/${loan}/answer`, { agree, because: agree ? '' : 'Vi har selv brug for hende.' }, seen(version)),
    end: (by: TestPerson, loan: string, last: string, version: number) => on.request(by).put(`/api/teacher-loans/${loan}/end`, { last }, seen(version)),
    put: (by: TestPerson, inClass: string) => on.request(by).post(`/api/teachers/${teacher}/classes`, { class: inClass }),
    own: (by: TestPerson, body: object = {}) => on.request(by).post(`/api/teachers/${teacher}/own-uses`, { what: 'Grundforløb', ...spring, ...body }),
    away: (by: TestPerson, from: string, to: string | null = null) => on.request(by).post(`/api/teachers/${teacher}/absences`, { from, to }),
    read: async (by: TestPerson) => (await on.request(by).get(`/api/teachers/${teacher}`)).body,
    classAt: (school: string, starts: string, ends: string, weekdays: number[] = []) => makeClass(on, { centre: made.centre.id, course, school, starts, ends, weekdays }),
  };
}

describe('teachers that schools lend each other', () => {
  test('4.04 a school lists its teacher, another asks, the school that has the teacher says yes; the days are taken', async () => {
    const { centre, anna, dorte, emil, camilla, course, ask, answer, read } = await withTeacher();
    expect((await app.request(anna).get('/api/teachers?field=certificates')).body).toMatchObject([
      { name: 'Ruth Vang', school: { name: 'Skole A' }, courses: [{ id: course }], can: { edit: false, ask: false } },
    ]);
    expect((await app.request(anna).get('/api/teachers?field=digital')).body).toEqual([]);
    const asked = await ask(emil, centre.schools.b, { course, about: 'Ti tilmeldte og ingen lærer.' });
    expect(asked, asked.text).toMatchObject({ status: 201, body: { state: 'asked', from: { name: 'Skole A' }, to: { name: 'Skole B' }, course: { id: course }, can: { answer: false, end: true } } });
    const loan = asked.body.id;
    for (const by of [emil]) expect(await answer(by, loan)).toMatchObject({ status: 403, body: { code: 'loan_not_yours' } });
    expect(await answer(camilla, loan)).toMatchObject({ status: 403 });
    expect((await app.request(dorte).get('/api/teacher-loans')).body[0]).toMatchObject({ can: { answer: true, end: false } });
    expect(await answer(dorte, loan, true, 2)).toMatchObject({ status: 412 });
    expect(await answer(dorte, loan)).toMatchObject({ status: 200, body: { state: 'agreed', can: { end: true } } });
    expect(await answer(dorte, loan, false, 2)).toMatchObject({ status: 409, body: { code: 'loan_answered' } });
    // Mondays and Tuesdays of twelve weeks.
    expect((await read(anna)).uses).toMatchObject([{ kind: 'loan', school: 'Skole B', first: '2027-01-04', last: '2027-03-23', days: 24, can: { remove: false } }]);
    expect(await ask(camilla, centre.schools.c)).toMatchObject({ status: 409, body: { code: 'teacher_taken' } });
    expect(await ask(camilla, centre.schools.c, { weekdays: [3] })).toMatchObject({ status: 201 });
  });

  test('4.04 a no has its reason; what was not offered, not for the own school, or by nobody of it cannot be asked for', async () => {
    const { centre, other, dorte, emil, camilla, ida, teacher, ask, answer } = await withTeacher();
    const loan = (await ask(emil, centre.schools.b)).body.id;
    expect(await answer(dorte, loan, false)).toMatchObject({ status: 200, body: { state: 'declined', because: 'Vi har selv brug for hende.', can: { end: false } } });
    expect(await ask(emil, centre.schools.c)).toMatchObject({ status: 403, body: { code: 'loan_not_yours' } });
    expect(await ask(dorte, centre.schools.a)).toMatchObject({ status: 422, body: { code: 'loan_own_school' } });
    expect(await ask(emil, other.schools.g)).toMatchObject({ status: 400 });
    for (const body of [{ weekdays: [1, 2, 3, 4] }, { last: '2027-07-01' }, { first: '2026-10-31' }])
      expect(await ask(emil, centre.schools.b, body), JSON.stringify(body)).toMatchObject({ status: 422, body: { code: 'loan_outside' } });
    expect(await ask(emil, centre.schools.b, { first: '2027-03-01', last: '2027-02-01' })).toMatchObject({ status: 422, body: { code: 'period_backwards' } });
    expect(await ask(emil, centre.schools.b, { first: '2027-01-04', last: '2027-01-05', weekdays: [5] })).toMatchObject({ status: 422, body: { code: 'loan_no_days' } });
    expect(await ask(emil, centre.schools.b, { class: randomUUID() })).toMatchObject({ status: 422, body: { code: 'class_not_known' } });
    expect(await ask(emil, centre.schools.b, { course: randomUUID() })).toMatchObject({ status: 422, body: { code: 'course_not_known' } });
    for (const body of [{ weekdays: [] }, { weekdays: [0] }, { weekdays: [1, 1] }, { last: '8999-01-01' }]) expect((await ask(emil, centre.schools.b, body)).status, JSON.stringify(body)).toBe(400);
    expect((await app.request(ida).get(`/api/teachers/${teacher}`)).status).toBe(404);
    expect((await app.request(ida).get('/api/teacher-loans')).body).toEqual([]);
    expect(await answer({ ...dorte, token: ida.token }, loan)).toMatchObject({ status: 403 });
    // Whatever fault a handler has: nobody agrees for the school that has the teacher.
    const again = (await ask(emil, centre.schools.b)).body.id;
    for (const by of [emil, camilla])
      await expect(inside(app, by, (client) => client.query(`update vn.teacher_loan set state = 'agreed' where id = $1`, [again]))).rejects.toMatchObject({ code: '42501' });
  });

  test('4.04 nobody is at two schools on one day, nor lent twice: ten loans agreed at once, one holds', async () => {
    const attack = async (on: TestApp) => {
      const { centre, dorte, emil, camilla, ask, answer } = await withTeacher(on);
      const loans: string[] = [];
      for (let n = 0; n < 10; n += 1) {
        const asked = n % 2 === 0 ? await ask(emil, centre.schools.b, { weekdays: [1, 3] }) : await ask(camilla, centre.schools.c, { weekdays: [2, 3] });
        expect(asked, asked.text).toMatchObject({ status: 201 });
        loans.push(asked.body.id);
      }
      const answers = await Promise.all(loans.map((loan) => answer(dorte, loan)));
      return answers.map(({ status, body }) => (status === 200 ? 'agreed' : body.code)).sort();
    };
    expect(await attack(app)).toEqual(['agreed', ...Array(9).fill('teacher_taken')]);
    expect(await attack(unguarded)).toEqual(Array(10).fill('agreed'));
  });

  test('4.04 what the own school needs a teacher for blocks loans, and a loan blocks that', async () => {
    const { centre, anna, dorte, emil, teacher, ask, answer, own, read } = await withTeacher();
    const first = (await ask(emil, centre.schools.b)).body.id;
    const mine = await own(dorte, { weekdays: [2, 3] });
    expect(mine, mine.text).toMatchObject({ status: 201, body: { uses: [{ kind: 'own', own: 'Grundforløb', can: { remove: true } }] } });
    expect(await answer(dorte, first)).toMatchObject({ status: 409, body: { code: 'teacher_taken' } });
    expect((await app.request(dorte).get('/api/teacher-loans')).body[0].state).toBe('asked');
    expect(await own(emil, { weekdays: [5] })).toMatchObject({ status: 403, body: { code: 'teacher_not_yours' } });
    const { id } = (await read(anna)).uses[0];
    expect(await app.request(emil).delete(`/api/teachers/${teacher}/uses/${id}`)).toMatchObject({ status: 403 });
    expect(await app.request(dorte).delete(`/api/teachers/${teacher}/uses/${id}`)).toMatchObject({ status: 204 });
    expect(await answer(dorte, first)).toMatchObject({ status: 200 });
    expect(await own(dorte, { weekdays: [2, 3] })).toMatchObject({ status: 409, body: { code: 'teacher_taken' } });
    // The own school may need them for two things on one day: it is one school.
    expect(await own(dorte, { weekdays: [3] })).toMatchObject({ status: 201 });
    expect(await own(dorte, { weekdays: [3], what: 'Møde' })).toMatchObject({ status: 201 });
  });

  test('4.04 a teacher is put on a class of the own school, or of one that borrows them for all its days; two classes on one day are refused', async () => {
    const { centre, dorte, emil, camilla, teacher, ask, answer, put, end, read, classAt } = await withTeacher();
    const [at, lent] = [await classAt(centre.schools.a, '2027-01-06', '2027-01-13'), await classAt(centre.schools.b, '2027-01-11', '2027-02-02', [1, 2])];
    expect(await put(emil, at)).toMatchObject({ status: 403, body: { code: 'class_not_yours' } });
    expect(await put(emil, lent)).toMatchObject({ status: 409, body: { code: 'class_not_lent' } });
    const loan = (await ask(emil, centre.schools.b)).body.id;
    await answer(dorte, loan);
    expect((await app.request(emil).get(`/api/teachers/${teacher}/class-choices`)).body).toMatchObject([{ id: lent, title: 'Gaffeltruck B', school: 'Skole B' }]);
    expect(await put(emil, lent)).toMatchObject({ status: 201 });
    expect(await put(emil, lent)).toMatchObject({ status: 201 });
    // Monday to Friday of the own class meet the Mondays of the loan.
    expect(await put(dorte, at)).toMatchObject({ status: 409, body: { code: 'teacher_taken' } });
    const fits = await classAt(centre.schools.a, '2027-01-06', '2027-01-29', [3, 4]);
    expect(await put(camilla, fits)).toMatchObject({ status: 201 });
    expect(await put(dorte, await classAt(centre.schools.a, '2027-01-14', '2027-01-14'))).toMatchObject({ status: 409, body: { code: 'teacher_taken' } });
    expect(await put(emil, await classAt(centre.schools.b, '2027-02-02', '2027-02-02'))).toMatchObject({ status: 409, body: { code: 'teacher_taken' } });
    expect(await put(dorte, randomUUID())).toMatchObject({ status: 422, body: { code: 'class_not_known' } });
    // The loan cannot end under the class; after it, it can, and its days are free again.
    expect(await end(dorte, loan, '2027-01-20', 2)).toMatchObject({ status: 409, body: { code: 'loan_in_use' } });
    expect(await end(dorte, loan, '2027-02-02', 2)).toMatchObject({ status: 200, body: { state: 'ended', last: '2027-02-02' } });
    expect(await end(dorte, loan, '2027-02-02', 3)).toMatchObject({ status: 409, body: { code: 'loan_answered' } });
    expect(await ask(camilla, centre.schools.c, { first: '2027-02-08' })).toMatchObject({ status: 201 });
    const uses = (await read(emil)).uses;
    const use = uses.find(({ class: there }: { class: { id: string } | null }) => there?.id === lent);
    expect(await app.request(dorte).delete(`/api/teachers/${teacher}/uses/${use.id}`)).toMatchObject({ status: 403 });
    expect(await app.request(emil).delete(`/api/teachers/${teacher}/uses/${use.id}`)).toMatchObject({ status: 204 });
    expect((await app.owner.query('select from vn.class_teacher where class_id = $1', [lent])).rowCount).toBe(0);
  });

  test('4.04 two classes want one teacher on one day at the same moment: one gets them', async () => {
    const attack = async (on: TestApp) => {
      const { centre, dorte, put, classAt } = await withTeacher(on);
      const classes: string[] = [];
      for (let n = 0; n < 8; n += 1) classes.push(await classAt(centre.schools.a, '2027-01-11', `2027-01-1${n + 1}`));
      const answers = await Promise.all(classes.map((each) => put(dorte, each)));
      return answers.map(({ status, body }) => (status === 201 ? 'on' : body.code)).sort();
    };
    expect(await attack(app)).toEqual(['on', ...Array(7).fill('teacher_taken')]);
    expect(await attack(unguarded)).toEqual(Array(8).fill('on'));
  });

  test('4.04 a class that is moved, cut or cancelled takes its teacher’s days along; where they are taken it is a clash, and the class is not held back', async () => {
    const { centre, dorte, own, put, read, classAt } = await withTeacher();
    const id = await classAt(centre.schools.a, '2027-01-11', '2027-01-15');
    await put(dorte, id);
    const other = await classAt(centre.schools.a, '2027-02-01', '2027-02-05');
    await put(dorte, other);
    const move = (sql: string, ...values: unknown[]) =>
      inside(app, dorte, async (client) => {
        await client.query(sql, values);
        await client.query('commit');
      });
    const find = async () => (await read(dorte)).uses.find(({ class: there }: { class: { id: string } | null }) => there?.id === id);
    await move(`update vn.class set starts = '2027-01-18', ends = '2027-01-20' where id = $1`, id);
    expect(await find()).toMatchObject({ first: '2027-01-18', last: '2027-01-20', days: 3, clash: false });
    await move(`update vn.class set starts = '2027-02-05', ends = '2027-02-09' where id = $1`, id);
    expect(await find()).toMatchObject({ first: '2027-02-05', days: 3, clash: true });
    // What is a clash takes nobody else's days.
    expect(await own(dorte, { first: '2027-02-08', last: '2027-02-08', weekdays: [1] })).toMatchObject({ status: 201 });
    await move(`insert into vn.class_session (centre_id, class_id, no, during) values ($1, $2, 1, '[2027-02-10 08:00+01,2027-02-10 15:00+01)')`, centre.id, id);
    expect(await find()).toMatchObject({ first: '2027-02-10', last: '2027-02-10', days: 1, clash: false });
    await move(`update vn.class set state = 'cancelled', cancelled_because = 'For få' where id = $1`, id);
    expect(await find()).toBeUndefined();
  });

  test('4.04 a class that is moved out of its teacher’s loan is a clash', async () => {
    const { centre, dorte, emil, ask, answer, put, read, classAt } = await withTeacher();
    const loan = (await ask(emil, centre.schools.b)).body.id;
    await answer(dorte, loan);
    const id = await classAt(centre.schools.b, '2027-01-11', '2027-01-12');
    await put(emil, id);
    await inside(app, emil, async (client) => {
      await client.query(`update vn.class set starts = '2027-01-14', ends = '2027-01-14' where id = $1`, [id]);
      await client.query('commit');
    });
    expect((await read(emil)).uses).toMatchObject([{ kind: 'loan' }, { kind: 'class', first: '2027-01-14', clash: true }]);
  });

  test('4.04 who falls ill is marked away without a reason; the classes and loans that it touches are listed, and nothing new is put there', async () => {
    const { centre, anna, dorte, emil, teacher, ask, answer, put, own, away, read, classAt } = await withTeacher();
    const loan = (await ask(emil, centre.schools.b)).body.id;
    await answer(dorte, loan);
    const id = await classAt(centre.schools.a, '2027-01-13', '2027-01-15');
    await put(dorte, id);
    expect(await away(emil, '2027-01-14')).toMatchObject({ status: 403, body: { code: 'teacher_not_yours' } });
    const marked = await away(dorte, '2027-01-14', '2027-01-20');
    expect(marked, marked.text).toMatchObject({
      status: 201,
      body: {
        absences: [
          {
            from: '2027-01-14',
            to: '2027-01-20',
            affected: [
              { kind: 'loan', school: 'Skole B' },
              { kind: 'class', class: { id } },
            ],
          },
        ],
      },
    });
    expect(await away(dorte, '2027-01-20')).toMatchObject({ status: 409, body: { code: 'absence_overlaps' } });
    expect(await away(dorte, '2027-01-20', '2027-01-19')).toMatchObject({ status: 422 });
    expect(await own(dorte, { first: '2027-01-20', last: '2027-01-20', weekdays: [3] })).toMatchObject({ status: 409, body: { code: 'teacher_away' } });
    expect(await ask(emil, centre.schools.b, { first: '2027-01-20', last: '2027-01-20', weekdays: [3] })).toMatchObject({ status: 409, body: { code: 'teacher_away' } });
    // Another school's manager reads when; consultants do not.
    expect((await read(emil)).absences).toHaveLength(1);
    expect((await read(anna)).absences).toBeNull();
    expect(await inside(app, anna, (client) => client.query('select from vn.teacher_absence').then(({ rowCount }) => rowCount))).toBe(0);
    expect(await app.request(emil).delete(`/api/teachers/${teacher}/absences/${marked.body.absences[0].id}`)).toMatchObject({ status: 403 });
    expect(await app.request(dorte).delete(`/api/teachers/${teacher}/absences/${marked.body.absences[0].id}`)).toMatchObject({ status: 204 });
    expect(await own(dorte, { first: '2027-01-20', last: '2027-01-20', weekdays: [3] })).toMatchObject({ status: 201 });
  });

  test('4.04 nobody writes another school’s teachers; strange facts are refused', async () => {
    const { centre, other, emil, dorte, teacher } = await withTeacher();
    const add = (by: TestPerson, body: object) => app.request(by).post('/api/teachers', { school: centre.schools.a, ...facts, ...body });
    expect(await add(emil, {})).toMatchObject({ status: 403, body: { code: 'teacher_not_yours' } });
    expect(await app.request(emil).put(`/api/teachers/${teacher}`, facts, seen(1))).toMatchObject({ status: 403 });
    for (const body of [
      { name: '' },
      { daysAWeek: 6 },
      { daysAWeek: 0 },
      { lendable: null },
      { fields: ['other'] },
      { fields: ['digital', 'digital'] },
      { school: other.schools.g },
      { because: 'syg' },
    ])
      expect((await add(dorte, body)).status, JSON.stringify(body)).toBe(400);
    expect(await add(dorte, { courses: [await makeCourse(app, other.id)] })).toMatchObject({ status: 422, body: { code: 'course_not_known' } });
    expect(await add(dorte, { lendable: { from: '2027-01-02', to: '2027-01-01' } })).toMatchObject({ status: 422, body: { code: 'period_backwards' } });
    expect(await app.request(dorte).put(`/api/teachers/${teacher}`, { ...facts, daysAWeek: 0, lendable: null, retired: true }, seen(1))).toMatchObject({
      status: 200,
      body: { retired: true, can: { ask: false } },
    });
    expect(await app.request(dorte).put(`/api/teachers/${teacher}`, facts, seen(1))).toMatchObject({ status: 412 });
    expect((await app.request(dorte).get('/api/teachers')).body).toEqual([]);
    expect((await app.request(dorte).get('/api/teachers?retired=true')).body).toHaveLength(1);
  });

  test('4.04 the school that has the teacher hears of a loan that is asked for, and the school that asked hears the answer; whoever acts is not written to', async () => {
    const { centre, dorte, emil, anna, ask, answer, teacher } = await withTeacher();
    const loan = (await ask(emil, centre.schools.b, { about: 'Ti tilmeldte.' })).body.id;
    const asked = await mailsTo(app, dorte.email);
    expect(asked).toMatchObject([{ subject: 'Skole B vil gerne låne Ruth Vang' }]);
    expect(asked[0]?.text).toContain('fra 4. januar 2027 til 28. marts 2027.');
    expect(asked[0]?.text).toContain('Ti tilmeldte.');
    expect(asked[0]?.text).toContain(`/teachers/${teacher}`);
    await answer(dorte, loan, false);
    const answered = await mailsTo(app, emil.email);
    expect(answered).toMatchObject([{ subject: 'Skole A kan ikke låne Ruth Vang ud.' }]);
    expect(answered[0]?.text).toContain('Grunden: Vi har selv brug for hende.');
    const again = (await ask(emil, centre.schools.b)).body.id;
    await answer(dorte, again);
    expect((await mailsTo(app, emil.email)).map(({ subject }) => subject)).toContain('Skole A låner jer Ruth Vang.');
    expect(await mailsTo(app, anna.email)).toEqual([]);
  });

  test('4.04 a class says who teaches it, and to those who lead that somebody cannot be there, never why', async () => {
    const { centre, anna, dorte, emil, ida, put, away, classAt, teacher } = await withTeacher();
    const held = await classAt(centre.schools.a, '2027-01-04', '2027-01-08');
    const read = (by: TestPerson) => app.request(by).get(`/api/classes/${held}/teachers`);
    expect((await read(anna)).body).toEqual([]);
    await put(dorte, held);
    expect((await read(dorte)).body).toEqual([{ id: teacher, name: 'Ruth Vang', school: 'Skole A', away: false, clash: false }]);
    await away(dorte, '2027-01-05', '2027-01-06');
    for (const by of [dorte, emil]) expect((await read(by)).body).toMatchObject([{ away: true }]);
    expect((await read(anna)).body).toMatchObject([{ name: 'Ruth Vang', away: null }]);
    expect((await read(ida)).status).toBe(404);
  });
});
