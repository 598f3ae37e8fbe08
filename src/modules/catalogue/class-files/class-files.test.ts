import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { bringClasses, card, cards, catalogue, classFiles, classNow, fileNow, moveFile, outcome, outcomeOf, readAgain, rowsOf, sendClasses } from '../../../../tests/support/class-files.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { workbook } from '../../../../tests/support/sheets.ts';

const app = await testApp();
const table = (...lines: string[]) => `${lines.join('\r\n')}\r\n`;
const heads = 'kviknummer;fagkode;holdtitel;startdato;slutdato;pladser';

describe('4.01 classes of the national search', () => {
  test('4.01 an answer is read, shown and applied; the same once more changes nothing, and nothing is written before', async () => {
    const { camilla, centre } = await makeCentre(app);
    const answer = cards(card('40017ØST2701A'), card('40017ØST2701B', { normpris: '1.234,50 kr.', garantiKursus: true, currentParticipantAmount: 0 }));
    const read = await sendClasses(app, camilla, answer, { fileName: 'svar.json' });
    expect(read).toMatchObject({ state: 'ready', format: 'json', error: null, fileName: 'svar.json', institutions: [{ name: 'Skole A', rows: 2, school: centre.schools.a }] });
    expect(outcome(read)).toEqual(outcomeOf(2, { new: 2 }));
    expect((await catalogue(app, centre.id)).class, 'nothing before it is applied').toEqual([]);

    const done = await moveFile(app, camilla, read.id, 'apply');
    expect(done).toMatchObject({ state: 'done', progress: { done: 2, total: 2 } });
    expect(await classNow(app, centre.id, '40017ØST2701B')).toMatchObject({
      school_id: centre.schools.a,
      title: 'Svejsning, grundkursus',
      place: 'Værksted 3',
      street: 'Havnevej 4',
      postcode: '7621',
      starts: '2027-01-11',
      ends: '2027-01-15',
      part: 'day',
      delivery: 'whole_days',
      deadline: '2026-12-28',
      minimum: 8,
      maximum: 16,
      taken_elsewhere: 0,
      guaranteed: true,
      state: 'tentative',
      open: true,
      price: 123_450,
      supplement: null,
      text: 'Vi svejser',
      contact_name: 'Kontoret',
      version: 1,
    });
    expect(await classNow(app, centre.id, '40017ØST2701A')).toMatchObject({ taken_elsewhere: 4, taken_as_of: '2026-11-17T08:00:00+00:00', price: 43_600 });
    const { course, course_school } = await catalogue(app, centre.id);
    expect(course, 'a course that nobody knew comes in unseen').toMatchObject([{ kind: 'amu', code: '40017', title: 'Svejsning, grundkursus', days: 5, unseen: true }]);
    expect(course_school).toMatchObject([{ school_id: centre.schools.a }]);

    const before = await catalogue(app, centre.id);
    const again = await bringClasses(app, camilla, answer);
    expect(outcome(again)).toEqual(outcomeOf(2, { same: 2 }));
    expect(await catalogue(app, centre.id)).toEqual(before);
  });

  test('4.01 several answers one after the other, and an array of cards or answers, are read as well', async () => {
    const { camilla } = await makeCentre(app);
    for (const content of [`${cards(card('A1'))}\n${cards(card('A2'), card('A3'))}`, JSON.stringify([card('A1'), card('A2'), card('A3')]), `[${cards(card('A1'), card('A2'))},${cards(card('A3'))}]`])
      expect(outcome(await sendClasses(app, camilla, content)), content.slice(0, 40)).toEqual(outcomeOf(3, { new: 3 }));
  });

  test('4.05 seats, days and cancellations that a newer file finds changed are shown before and after, and told to all staff', async () => {
    const { camilla, anna, ida, centre } = await makeCentre(app);
    await bringClasses(app, camilla, cards(card('A1'), card('A2'), card('A3')));
    app.clock.advance({ days: 1 });
    const read = await sendClasses(app, camilla, cards(card('A1', { currentParticipantAmount: 11 }), card('A2', { aflyst: true }), card('A3')));
    expect(outcome(read)).toEqual(outcomeOf(3, { changed: 2, same: 1 }));
    expect((await rowsOf(app, camilla, read.id, 'changed')).map(({ number, changes }) => [number, changes])).toEqual([
      ['A1', [{ field: 'taken_elsewhere', before: 4, after: 11 }]],
      ['A2', [{ field: 'state', before: 'tentative', after: 'cancelled' }]],
    ]);
    await moveFile(app, camilla, read.id, 'apply');
    expect(await classNow(app, centre.id, 'A1')).toMatchObject({ taken_elsewhere: 11, taken_as_of: '2026-11-18T08:00:00+00:00', version: 2 });
    expect(await classNow(app, centre.id, 'A2')).toMatchObject({ state: 'cancelled', cancelled_because: 'Aflyst i skolens eget system' });
    expect(await classNow(app, centre.id, 'A3'), 'the same count is newer all the same').toMatchObject({ taken_as_of: '2026-11-18T08:00:00+00:00', version: 1 });
    const told = (await app.request(anna).get('/api/class-changes')).body.items;
    expect(told.map(({ number, changes }: { number: string; changes: unknown }) => [number, changes])).toEqual(
      expect.arrayContaining([
        ['A1', [{ field: 'taken_elsewhere', before: 4, after: 11 }]],
        ['A2', [{ field: 'state', before: 'tentative', after: 'cancelled' }]],
      ]),
    );
    expect(told).toHaveLength(2);
    expect((await app.request(ida).get('/api/class-changes')).body.items).toEqual([]);
  });

  test('4.05 a file never brings back a class that was cancelled here, and says so; one that was confirmed and is cancelled there is pointed out', async () => {
    const { camilla, centre } = await makeCentre(app);
    await bringClasses(app, camilla, cards(card('A1'), card('A2')));
    await app.owner.query(`update vn.class set state = 'cancelled', cancelled_because = 'For få' where centre_id = $1 and no = 'A1'`, [centre.id]);
    await app.owner.query(`update vn.class set state = 'confirmed' where centre_id = $1 and no = 'A2'`, [centre.id]);
    const read = await sendClasses(app, camilla, cards(card('A1', { holdTitle: 'Ny titel' }), card('A2', { aflyst: true })));
    expect(read.rows).toMatchObject({ changed: 2, doubtful: 2 });
    expect((await rowsOf(app, camilla, read.id, 'doubtful')).map(({ doubts }) => doubts)).toEqual([['still_cancelled'], ['was_confirmed']]);
    await moveFile(app, camilla, read.id, 'apply');
    expect(await classNow(app, centre.id, 'A1')).toMatchObject({ title: 'Ny titel', state: 'cancelled', cancelled_because: 'For få' });
    expect(await classNow(app, centre.id, 'A2')).toMatchObject({ state: 'cancelled' });
  });

  test('4.05 seats that were counted before what we have change nothing, and are pointed out', async () => {
    const { camilla, centre } = await makeCentre(app);
    await bringClasses(app, camilla, cards(card('A1', { currentParticipantAmount: 9 })));
    const { taken_as_of } = await classNow(app, centre.id, 'A1');
    const { id } = await sendClasses(app, camilla, cards(card('A1', { currentParticipantAmount: 2 })));
    const older = await readAgain(app, camilla, id, { asOf: '2026-11-10T12:00:00.000Z' });
    expect(older).toMatchObject({ asOf: '2026-11-10T12:00:00.000Z', rows: { same: 1, doubtful: 1 } });
    await moveFile(app, camilla, id, 'apply');
    expect(await classNow(app, centre.id, 'A1')).toMatchObject({ taken_elsewhere: 9, taken_as_of });
    const next = await sendClasses(app, camilla, cards(card('A1')));
    expect(await app.request(camilla).put(`${classFiles}/${next.id}/reading`, { asOf: '2026-12-18T12:00:00.000Z' })).toMatchObject({ status: 422, body: { code: 'as_of_future' } });
  });

  test('4.01 of a complete file it is listed which classes it lacks, of the schools that it names, and none is removed', async () => {
    const { camilla, centre } = await makeCentre(app);
    await bringClasses(app, camilla, cards(card('A1'), card('A2'), card('B1', { institution: 'Skole B' }), card('OLD', { startDate: '2026-01-01', endDate: '2026-01-02' })));
    const done = await bringClasses(app, camilla, cards(card('A1'), card('A3', { normpris: 'to' })), { complete: 'true' });
    expect(done.rows).toMatchObject({ vanished: 1, refused: 1 });
    expect((await app.request(camilla).get(`${classFiles}/${done.id}/vanished`)).body).toMatchObject([{ number: 'A2', schoolId: centre.schools.a }]);
    expect(await classNow(app, centre.id, 'A2')).toMatchObject({ state: 'tentative' });
    const part = await sendClasses(app, camilla, cards(card('A1')));
    expect(part.rows.vanished, 'of one that is not complete nothing is said').toBe(0);
  });

  test('4.01 what is refused comes back as a file with its reason; the good rows are written', async () => {
    const { camilla, centre } = await makeCentre(app);
    const bad: [string, Record<string, unknown>][] = [
      ['number_missing', { kviknummer: '  ' }],
      ['too_long', { holdTitle: 'å'.repeat(201) }],
      ['characters', { beskrivelse: 'a\u0000b' }],
      ['day', { startDate: '2027-02-30' }],
      ['start_missing', { startDate: null }],
      ['end_missing', { endDate: '' }],
      ['end_before_start', { endDate: '2027-01-10' }],
      ['count', { currentParticipantAmount: -1 }],
      ['maximum_missing', { participantCapacity: null }],
      ['minimum_above_maximum', { minimumParticipants: 17 }],
      ['price', { normpris: -5 }],
      ['price', { tillaegspris: 2_000_000 }],
      ['currency', { normpris: '436 €' }],
      ['vat', { normpris: '436 ekskl. moms' }],
      ['course_missing', { subject_code: null }],
      ['course_code', { subject_code: '1234', type: 'AMU' }],
      ['course_kind', { type: 'Yoga' }],
      ['school_missing', { institution: null }],
      ['school_unknown', { institution: 'Skole i Norge' }],
      ['duplicate', { kviknummer: 'GOD' }],
    ];
    const done = await bringClasses(app, camilla, cards(...bad.map(([, more], at) => card(`N${at}`, more)), card('GOD')));
    expect(outcome(done)).toEqual(outcomeOf(21, { new: 1, refused: 20 }));
    expect((await rowsOf(app, camilla, done.id, 'refused')).map(({ refusal }) => refusal)).toEqual(bad.map(([reason]) => reason));
    const file = await app.request(camilla).get(`${classFiles}/${done.id}/refused`);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.text.split('\n')[0]).toBe('\ufeffrow;reason;source');
    expect(file.text.trimEnd().split('\n')).toHaveLength(21);
    expect((await catalogue(app, centre.id)).class).toMatchObject([{ no: 'GOD' }]);
  });

  test('4.01 a change that would put the end before the start, or the minimum above the seats we know, is refused', async () => {
    const { camilla } = await makeCentre(app);
    await bringClasses(app, camilla, cards(card('A1'), card('A2')));
    const read = await sendClasses(app, camilla, table('kviknummer;slutdato;minimum;institution', 'A1;01.01.2027;;Skole A', 'A2;;17;Skole A'));
    expect((await rowsOf(app, camilla, read.id)).map(({ refusal }) => refusal)).toEqual(['end_before_start', 'minimum_above_maximum']);
  });

  test('4.01 forms and times of teaching that nobody knows are pointed out and change nothing', async () => {
    const { camilla, centre } = await makeCentre(app);
    await app.owner.query(`insert into vn.delivery_form (centre_id, code, name_da, name_en) values ($1, 'boat', 'Om bord', 'On board')`, [centre.id]);
    const known = card('A1', { undervisningsform: 'Fjernundervisning', undervisningstidspunkt: 'Aften' });
    const done = await bringClasses(app, camilla, cards(known, card('A2', { undervisningsform: 'Om bord' }), card('A3', { undervisningsform: 'Kvantespring', undervisningstidspunkt: 'Altid' })));
    expect((await rowsOf(app, camilla, done.id)).map(({ doubts }) => doubts)).toEqual([[], [], ['part', 'delivery']]);
    const seen = async (no: string) => {
      const { delivery, part } = await classNow(app, centre.id, no);
      return [delivery, part];
    };
    expect(await Promise.all(['A1', 'A2', 'A3'].map(seen))).toEqual([
      ['online', 'evening'],
      ['boat', 'day'],
      ['whole_days', 'day'],
    ]);
    await bringClasses(app, camilla, cards(card('A1', { undervisningsform: 'Kvantespring', undervisningstidspunkt: null })));
    expect(await seen('A1')).toEqual(['online', 'evening']);
  });
});

describe('4.01 tables', () => {
  test('4.01 a table of semicolons in Latin-1 and a workbook say the same; one course for the whole file', async () => {
    const { dorte, centre } = await makeCentre(app);
    const rows = [
      ['Kviknummer', 'Titel', 'Startdato', 'Slutdato', 'Pladser', 'Pris'],
      ['40017ØST2701A', 'Blåsvejs', '11.01.2027', '15.01.2027', '14', '436,50'],
    ];
    const read = await sendClasses(app, dorte, Buffer.from(table(...rows.map((row) => row.join(';'))), 'latin1'), { courseCode: 'AMU 40017' });
    expect(read).toMatchObject({ format: 'csv', course: { kind: 'amu', code: '40017' }, mapping: ['number', 'title', 'starts', 'ends', 'maximum', 'price'] });
    await moveFile(app, dorte, read.id, 'apply');
    expect(await classNow(app, centre.id, '40017ØST2701A')).toMatchObject({ school_id: centre.schools.a, title: 'Blåsvejs', starts: '2027-01-11', maximum: 14, minimum: 0, price: 43_650 });
    const sheet = await sendClasses(app, dorte, workbook([rows[0] ?? [], ['40017ØST2701A', 'Blåsvejs', { day: '2027-01-11' }, { day: '2027-01-15' }, 14, 436.5]]), { courseCode: '40017' });
    expect(sheet.format).toBe('xlsx');
    expect(outcome(sheet)).toEqual(outcomeOf(1, { same: 1 }));
  });

  test('4.01 a column that is not mapped empties nothing; a mapped empty one does', async () => {
    const { camilla, centre } = await makeCentre(app);
    await bringClasses(app, camilla, cards(card('A1')));
    await bringClasses(app, camilla, table('kviknummer;institution;beskrivelse;pris;startdato', 'A1;Skole A;;;'));
    expect(await classNow(app, centre.id, 'A1')).toMatchObject({ text: '', price: null, title: 'Svejsning, grundkursus', place: 'Værksted 3', starts: '2027-01-11', taken_elsewhere: 4 });
  });

  test('4.01 columns are chosen by hand, and the file is read again; without the number it is not', async () => {
    const { dorte } = await makeCentre(app);
    const read = await sendClasses(app, dorte, table('a;b;c;d;e', 'N1;40017;01.02.2027;02.02.2027;12'));
    expect(outcome(read)).toEqual(outcomeOf(1, { refused: 1 }));
    const put = (mapping: unknown) => app.request(dorte).put(`${classFiles}/${read.id}/reading`, { mapping });
    expect(await put([null, 'courseCode', 'starts', 'ends', 'maximum'])).toMatchObject({ status: 422, body: { code: 'mapping_needs_number' } });
    const again = await readAgain(app, dorte, read.id, { mapping: ['number', 'courseCode', 'starts', 'ends', 'maximum'] });
    expect(outcome(again)).toEqual(outcomeOf(1, { new: 1 }));
  });

  test('4.01 which school an institution is, is said once and remembered; rows without one are of the school that was chosen', async () => {
    const { camilla, centre, other } = await makeCentre(app);
    const content = table(`${heads};institution`, 'N1;40017;Å;01.02.2027;02.02.2027;12;Erhvervsskolen Limvig', 'N2;40017;Å;01.02.2027;02.02.2027;12;skole-b', 'N3;40017;Å;01.02.2027;02.02.2027;12;');
    const read = await sendClasses(app, camilla, content);
    expect(read.institutions).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'Erhvervsskolen Limvig', school: null }), expect.objectContaining({ name: 'skole-b', school: centre.schools.b })]),
    );
    expect((await rowsOf(app, camilla, read.id)).map(({ refusal }) => refusal)).toEqual(['school_unknown', null, 'school_missing']);
    for (const stranger of [randomUUID(), other.schools.g])
      for (const said of [{ defaultSchool: stranger }, { schools: [{ institution: 'skole-b', school: stranger }] }])
        expect(await app.request(camilla).put(`/api/class-files/${read.id}/reading`, { mapping: read.mapping, ...said })).toMatchObject({ status: 422, body: { code: 'school_not_found' } });
    const done = await readAgain(app, camilla, read.id, { mapping: read.mapping, defaultSchool: centre.schools.a, schools: [{ institution: 'Erhvervsskolen Limvig', school: centre.schools.c }] });
    expect((await rowsOf(app, camilla, done.id)).map(({ schoolId }) => schoolId)).toEqual([centre.schools.c, centre.schools.b, centre.schools.a]);
    expect(outcome(await sendClasses(app, camilla, content)), 'remembered').toEqual(outcomeOf(3, { new: 2, refused: 1 }));
  });

  test('4.01 other kinds of courses are told by their kind or their name', async () => {
    const { dorte, centre } = await makeCentre(app);
    const line = (no: string, code: string, kind: string) => `${no};${code};T;01.02.2027;02.02.2027;12;${kind}`;
    await bringClasses(app, dorte, table(`${heads};type`, line('N1', 'FVU læsning', ''), line('N2', 'Truck-dag', ''), line('N3', '12', 'OBU'), line('N4', '40017', 'AMU')));
    expect(((await catalogue(app, centre.id)).course as { kind: string; code: string; field: string }[]).map(({ kind, code, field }) => [kind, code, field]).sort()).toEqual([
      ['amu', '40017', 'training'],
      ['fvu', 'FVU læsning', 'basic_skills'],
      ['obu', '12', 'basic_skills'],
      ['own', 'Truck-dag', 'training'],
    ]);
  });

  test('4.01 four thousand classes are read, compared, written and undone within seconds', async () => {
    const { camilla, centre } = await makeCentre(app);
    const content = cards(...Array.from({ length: 4_000 }, (_, at) => card(`40017ØST${at}`, { subject_code: String(40_000 + (at % 50)) })));
    const done = await bringClasses(app, camilla, content);
    expect(outcome(done)).toEqual(outcomeOf(4_000, { new: 4_000 }));
    const changed = await bringClasses(app, camilla, content.replaceAll('"currentParticipantAmount":4', '"currentParticipantAmount":5'));
    expect(outcome(changed)).toEqual(outcomeOf(4_000, { changed: 4_000 }));
    expect(await moveFile(app, camilla, changed.id, 'undo')).toMatchObject({ state: 'undone', rows: { restored: 4_000, kept: 0 } });
    expect(await moveFile(app, camilla, done.id, 'undo')).toMatchObject({ state: 'undone', rows: { restored: 4_000, kept: 0 } });
    expect((await catalogue(app, centre.id)).class).toEqual([]);
  }, 60_000); // row by row it took minutes
});

test('4.01 a file that failed while it was read is told with its reason', async () => {
  const { camilla } = await makeCentre(app);
  for (const [content, error] of [
    ['[{', 'json_broken'],
    ['<!doctype html><p>Log ind</p>', 'page'],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'old_sheet'],
    [Buffer.from('PK\u0003\u0004nonsense'), 'sheet_broken'],
    ['kviknummer;titel\r\n', 'empty'],
    [cards(), 'empty'],
    [`{"holdCardDtos":[${'['.repeat(5000)}`, 'too_large_record'],
  ] as const) {
    const read = await sendClasses(app, camilla, content as string);
    expect(read, String(error)).toMatchObject({ state: 'failed', error });
    expect(await fileNow(app, camilla, read.id)).toMatchObject({ finishedAt: app.clock.now().toISOString() });
  }
});
