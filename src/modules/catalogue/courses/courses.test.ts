import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { fewGood, wordsToSeek } from './rules.ts';

const app = await testApp();
const basic = { kind: 'amu', code: '40011', title: 'Gaffeltruck – certifikat B', field: 'certificates', industries: ['H'], awards: 'certificate', days: 7, hours: 51.8 };
const add = (by: TestPerson, over: object = {}) => app.request(by).post('/api/courses', { ...basic, ...over });
const write = (by: TestPerson, course: string, body: object, version: number) => app.request(by).put(`/api/courses/${course}`, { ...basic, ...body }, seen(version));
const find = async (by: TestPerson, q: string): Promise<string[]> =>
  (await app.request(by).get(`/api/course-search?q=${encodeURIComponent(q)}`)).body.map(({ course }: { course: { title: string } }) => course.title);

describe('the catalogue of courses', () => {
  test('4.01 a manager adds a course, the own school runs it, and all schools see one card by industry', async () => {
    const { centre, emil, dorte, anna } = await makeCentre(app);
    const added = await add(emil);
    expect(added, added.text).toMatchObject({ status: 201, body: { code: '40011', schools: [{ school: { id: centre.schools.b } }], version: 1, can: { edit: true, speakFor: [centre.schools.b] } } });
    const { id } = added.body;
    expect(await app.request(dorte).put(`/api/courses/${id}/schools/${centre.schools.a}`, { name: 'Kontoret', phone: '70000011', email: 'kursus@skole.example' })).toMatchObject({ status: 200 });
    const list = (path: string, by = anna) => app.request(by).get(path);
    const { body } = await list('/api/courses?industry=H');
    expect(body.items).toHaveLength(1);
    // Alphabetical: the school that came second stands where its name puts it.
    expect(body.items[0].schools.map(({ school }: { school: { name: string } }) => school.name)).toEqual(
      body.items[0].schools.map(({ school }: { school: { name: string } }) => school.name).toSorted(),
    );
    expect((await list('/api/courses?industry=Q')).body.items).toEqual([]);
    expect((await list('/api/courses?field=digital')).body.items).toEqual([]);
    expect((await list(`/api/courses?school=${centre.schools.a}&kind=amu&awards=certificate`)).body.items).toHaveLength(1);
    const other = await makeCentre(app);
    expect(await app.request(other.anna).get(`/api/courses/${id}`)).toMatchObject({ status: 404 });
    expect((await app.request(other.anna).get('/api/courses')).body.items).toEqual([]);
  });

  test('4.01 a number stands for one course: a second one is refused and told which it is, in parallel too', async () => {
    const { emil, dorte } = await makeCentre(app);
    const answers = await Promise.all([add(emil), add(dorte), add(emil), add(dorte)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const { body } = answers.find(({ status }) => status === 201) ?? { body: null };
    expect(await add(dorte)).toMatchObject({ status: 409, body: { code: 'course_known', about: { course: body.id } } });
    expect(await add(dorte, { kind: 'own' })).toMatchObject({ status: 201 });
  });

  test('4.01 a school speaks for itself, only schools that run a course change it, and what the writer did not see is not overwritten', async () => {
    const { centre, emil, dorte, camilla, anna } = await makeCentre(app);
    const { id } = (await add(emil)).body;
    expect(await write(dorte, id, { title: 'Min' }, 1)).toMatchObject({ status: 403, body: { code: 'course_not_yours' } });
    expect(await write(anna, id, { title: 'Min' }, 1)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await write(emil, id, { title: 'Gaffeltruck' }, 1)).toMatchObject({ status: 200, body: { title: 'Gaffeltruck', version: 2 } });
    expect(await write(camilla, id, {}, 1)).toMatchObject({ status: 412, body: { current: { version: 2 } } });
    expect(await app.request(dorte).put(`/api/courses/${id}/schools/${centre.schools.b}`, {})).toMatchObject({ status: 403, body: { code: 'course_not_yours' } });
    expect(await app.request(dorte).delete(`/api/courses/${id}/schools/${centre.schools.b}`)).toMatchObject({ status: 403 });
    expect(await app.request(dorte).delete(`/api/courses/${id}/schools/${centre.schools.a}`)).toMatchObject({ status: 404 });
    expect(await app.request(emil).delete(`/api/courses/${id}/schools/${centre.schools.b}`)).toMatchObject({ status: 204 });
    expect((await app.request(anna).get(`/api/courses/${id}`)).body).toMatchObject({ schools: [], can: { edit: false, speakFor: [] } });
  });

  test('4.24 a course says whether it ends in a certificate or in a competence; impossible facts are refused', async () => {
    const { emil } = await makeCentre(app);
    expect(await add(emil, { awards: 'competence' })).toMatchObject({ status: 201, body: { awards: 'competence' } });
    for (const bad of [
      { awards: 'both' },
      { code: '4001' },
      { code: null },
      { days: 0 },
      { days: 1.25 },
      { hours: -3 },
      { framework: '27' },
      { title: '  ' },
      { industries: ['H', 'H'] },
      { field: 'other' },
      { says: ['x'.repeat(81)] },
      { price: 100 },
    ])
      expect((await add(emil, { kind: 'amu', code: '40099', ...bad })).status, JSON.stringify(bad)).toBe(400);
  });

  test('4.01 a retired course is in no list and no search, and stays readable', async () => {
    const { emil, anna } = await makeCentre(app);
    const { id } = (await add(emil)).body;
    expect(await find(anna, 'gaffeltruck')).toEqual([basic.title]);
    expect(await write(emil, id, { retired: true }, 1)).toMatchObject({ status: 200, body: { retired: true } });
    expect(await find(anna, 'gaffeltruck')).toEqual([]);
    expect((await app.request(anna).get('/api/courses')).body.items).toEqual([]);
    expect((await app.request(anna).get('/api/courses?show=retired')).body.items).toHaveLength(1);
    expect(await app.request(anna).get(`/api/courses/${id}`)).toMatchObject({ status: 200 });
  });

  test('4.25 the list of forms of delivery grows; the usual ones cannot be made twice, and one that is retired is no longer taken', async () => {
    const { centre, camilla, emil, anna } = await makeCentre(app);
    const form = { code: 'boat', nameDa: 'Om bord', nameEn: 'On board' };
    const more = (by: TestPerson, body: object = form) => app.request(by).post('/api/delivery-forms', body);
    expect(await more(emil)).toMatchObject({ status: 403 });
    expect(await more(camilla, { ...form, code: 'evening' })).toMatchObject({ status: 409, body: { code: 'form_known' } });
    expect((await Promise.all([more(camilla), more(camilla)])).map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await app.request(anna).get('/api/delivery-forms')).body).toEqual([{ ...form, retired: false, version: 1 }]);
    const { id: course } = (await add(emil)).body;
    const plan = () => app.request(emil).post('/api/classes', { course, school: centre.schools.b, starts: '2027-01-11', ends: '2027-01-12', minimum: 4, maximum: 8, delivery: 'boat' });
    expect(await plan()).toMatchObject({ status: 201, body: { delivery: 'boat' } });
    expect(await app.request(camilla).put('/api/delivery-forms/boat', { nameDa: 'Om bord', nameEn: 'On board', retired: true }, seen(1))).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await app.request(camilla).put('/api/delivery-forms/boat', { nameDa: 'x', nameEn: 'y' }, seen(1))).toMatchObject({ status: 412 });
    expect(await app.request(camilla).put('/api/delivery-forms/ship', { nameDa: 'x', nameEn: 'y' }, seen(1))).toMatchObject({ status: 404 });
    expect(await plan()).toMatchObject({ status: 422, body: { code: 'delivery_unknown' } });
  });
});

describe('a problem in plain words', () => {
  const several = [
    {},
    { code: '40012', title: 'Teleskoplæsser – certifikat', says: [] },
    { code: '40041', title: 'Kommunikation og samarbejde på arbejdspladsen', field: 'training', awards: 'competence', says: ['vi misforstår hinanden'] },
    { code: '40042', title: 'Konflikthåndtering', field: 'training', awards: 'competence' },
    { code: '40025', title: 'Lean – arbejd uden spild', field: 'training', awards: 'competence', goal: 'I finder spild og ventetid sammen.' },
    { kind: 'fvu', code: 'dansk-1', title: 'FVU-dansk på arbejdspladsen', field: 'basic_skills', awards: 'competence', goal: 'Du læser og skriver de tekster, du møder.' },
    { code: '40033', title: 'Hygiejne i fødevarer', goal: 'Egenkontrol.' },
  ];
  const filled = async () => {
    const made = await makeCentre(app);
    for (const each of several) {
      const answer = await add(made.emil, each);
      expect(answer.status, answer.text).toBe(201);
    }
    return made;
  };

  test('4.16 words that Danish writes together are taken apart: "truckcertifikat" finds "certifikat", and the part finds the whole', async () => {
    const { anna } = await filled();
    expect((await find(anna, 'truckcertifikat'))[0]).toBe('Gaffeltruck – certifikat B');
    expect(await find(anna, 'truckcertifikat')).toContain('Teleskoplæsser – certifikat');
    expect(await find(anna, 'truck')).toEqual(['Gaffeltruck – certifikat B']);
    expect((await find(anna, 'certifikatkursus')).length).toBeGreaterThan(1);
    expect(await find(anna, 'konflikter')).toContain('Konflikthåndtering');
    expect(await find(anna, '40033')).toEqual(['Hygiejne i fødevarer']);
  });

  test('4.16 "vi misforstår hinanden" finds communication: few good hits, each with whom to call', async () => {
    const { anna, emil, centre } = await filled();
    const hits = await app.request(anna).get(`/api/course-search?q=${encodeURIComponent('Vi misforstår hinanden')}`);
    expect(hits.body[0]).toMatchObject({
      course: { title: 'Kommunikation og samarbejde på arbejdspladsen', schools: [{ school: { id: centre.schools.b } }] },
      met: ['misforstår'],
      meant: expect.arrayContaining(['kommunikation']),
    });
    expect(hits.body.length).toBeLessThanOrEqual(5);
    expect(await find(anna, 'der er rod og spild')).toContain('Lean – arbejd uden spild');
    expect(await find(anna, 'han staver dårligt')).toContain('FVU-dansk på arbejdspladsen');
    expect(await find(anna, 'helikopter')).toEqual([]);
    expect(await app.request(emil).get('/api/course-search?q=x')).toMatchObject({ status: 400 });
  });

  test('4.16 what is written into the search stays a word: quotes, operators, other letters and long texts', async () => {
    const { anna } = await filled();
    for (const q of [`'; drop table vn.course; --`, '& | ! ( ) : *', '%_%', 'ААА БББ', '\u{1F69C}\u{1F69C}', 'x'.repeat(200), 'å'.repeat(100)])
      expect((await app.request(anna).get(`/api/course-search?q=${encodeURIComponent(q)}`)).status, q).toBe(200);
    expect(await app.request(anna).get(`/api/course-search?q=${'x'.repeat(201)}`)).toMatchObject({ status: 400 });
  });

  test('4.16 a leader searches without signing in: cards of this centre and no more', async () => {
    const { centre } = await filled();
    const { rows } = await app.owner.query<{ key: string }>('select key from vn.centre where id = $1', [centre.id]);
    const ask = (key: string, q: string) => app.request(null).get(`/api/open-courses?centre=${encodeURIComponent(key)}&q=${encodeURIComponent(q)}`);
    const found = await ask(rows[0]?.key ?? '', 'truckcertifikat');
    expect(found, found.text).toMatchObject({ status: 200, body: [{ title: 'Gaffeltruck – certifikat B', classes: [] }, { title: 'Teleskoplæsser – certifikat' }] });
    expect(Object.keys(found.body[0]).sort()).toEqual(['awards', 'classes', 'code', 'days', 'goal', 'hours', 'kind', 'schools', 'title']);
    expect(await ask('nowhere', 'truck')).toMatchObject({ status: 404 });
    const empty = await makeCentre(app);
    const other = await app.owner.query<{ key: string }>('select key from vn.centre where id = $1', [empty.centre.id]);
    expect((await ask(other.rows[0]?.key ?? '', 'truck')).body).toEqual([]);
  });

  test('4.16 words that say nothing are left out, what is read into the others counts less, and hits far from the best are not shown', () => {
    expect(wordsToSeek('Vi kan ikke med hinanden')).toEqual(expect.arrayContaining([{ word: 'vi', weight: 1, no: 0 }]));
    expect(wordsToSeek('Vi misforstår hinanden')).toEqual([
      { word: 'misforstår', weight: 1, no: 0 },
      { word: 'kommunikation', weight: 0.6, no: 0 },
      { word: 'samarbejde', weight: 0.6, no: 0 },
      { word: 'konflikthåndtering', weight: 0.6, no: 0 },
    ]);
    expect(wordsToSeek('!!!')).toEqual([]);
    expect(fewGood([{ score: 3 }, { score: 1.2 }, { score: 0.9 }]).length).toBe(2);
    expect(fewGood([{ score: 0.5 }])).toEqual([]);
    expect(fewGood(Array.from({ length: 9 }, () => ({ score: 3 })))).toHaveLength(5);
  });
});
