import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { bringClasses, card, cards, catalogue, classFiles, classNow, fileNow, moveFile, outcome, sendClasses } from '../../../../tests/support/class-files.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { applyClassFile, undoClassFile } from './server/jobs.ts';

const app = await testApp();
const kept = async (person: { token: string }, id: string) => (await app.request(person).get(`${classFiles}/${id}/kept`)).body.map(({ number }: { number: string }) => number);

describe('undo', () => {
  test('4.01 puts everything back as it was, one file after the other, down to nothing', async () => {
    const { camilla, centre } = await makeCentre(app);
    const states = [await catalogue(app, centre.id)];
    const done: string[] = [];
    for (const more of [{}, { currentParticipantAmount: 9, normpris: '12,50', aflyst: true }, { holdTitle: 'Tredje', subject_code: '40018', beskrivelse: '' }]) {
      done.push((await bringClasses(app, camilla, cards(card('A1', more), card(`B${done.length}`, more)))).id);
      states.push(await catalogue(app, centre.id));
      app.clock.advance({ days: 1 });
    }
    for (const id of done.toReversed()) {
      states.pop();
      expect(await moveFile(app, camilla, id, 'undo')).toMatchObject({ state: 'undone', rows: { kept: 0, restored: 2 } });
      expect(await catalogue(app, centre.id)).toEqual(states.at(-1));
    }
    expect((await app.request(camilla).get('/api/class-changes')).body.items, 'what was undone is no news').toEqual([]);
  });

  test('4.01 leaves alone, and lists, what somebody has written since, what another file has, and new classes that are in use', async () => {
    const { camilla, centre } = await makeCentre(app);
    await bringClasses(app, camilla, cards(card('A1'), card('A2'), card('A3')));
    const done = await bringClasses(app, camilla, cards(...['A1', 'A2', 'A3', 'N1', 'N2', 'N3'].map((no) => card(no, { holdTitle: 'Fra filen' }))));
    await app.owner.query(`update vn.class set title = 'Rettet i hånden', version = version + 1 where centre_id = $1 and no in ('A1', 'N1')`, [centre.id]);
    await bringClasses(app, camilla, cards(card('A2', { holdTitle: 'Fra en senere fil' })));
    const n2 = await classNow(app, centre.id, 'N2');
    await app.owner.query(`insert into vn.class_session (centre_id, class_id, no, during) values ($1, $2, 1, '[2027-01-11 07:00+00,2027-01-11 14:00+00)')`, [centre.id, n2.id]);
    expect(await moveFile(app, camilla, done.id, 'undo')).toMatchObject({ state: 'undone', rows: { restored: 2, kept: 4 } });
    expect((await kept(camilla, done.id)).sort()).toEqual(['A1', 'A2', 'N1', 'N2']);
    const titles = async (no: string) => (await classNow(app, centre.id, no))?.title;
    expect(await Promise.all(['A1', 'A2', 'A3', 'N1', 'N2', 'N3'].map(titles))).toEqual(['Rettet i hånden', 'Fra en senere fil', 'Svejsning, grundkursus', 'Rettet i hånden', 'Fra filen', undefined]);
  });

  test('4.01 a course that a file brought stays when somebody has looked at it or another class runs in it', async () => {
    const { camilla, centre } = await makeCentre(app);
    const done = await bringClasses(app, camilla, cards(card('A1', { subject_code: '40031' }), card('A2', { subject_code: '40032' }), card('A3', { subject_code: '40033' })));
    await app.owner.query(`update vn.course set unseen = false, version = 2 where centre_id = $1 and code = '40031'`, [centre.id]);
    await bringClasses(app, camilla, cards(card('B1', { subject_code: '40032' })));
    await moveFile(app, camilla, done.id, 'undo');
    expect(((await catalogue(app, centre.id)).course as { code: string }[]).map(({ code }) => code).sort()).toEqual(['40031', '40032']);
  });

  test('4.01 what a file had written before it failed half-way is undone, not thrown away; one that failed while it was read is', async () => {
    const { camilla, centre } = await makeCentre(app);
    const done = await bringClasses(app, camilla, cards(card('A1')));
    await app.owner.query(`update vn.class_file set state = 'applying' where id = $1`, [done.id]);
    await applyClassFile.gaveUp?.(app.room, { centre: centre.id, person: camilla.id, file: done.id, school: null });
    expect(await fileNow(app, camilla, done.id)).toMatchObject({ state: 'failed', error: 'internal' });
    expect(await app.request(camilla).post(`${classFiles}/${done.id}/cancel`)).toMatchObject({ status: 409, body: { code: 'file_state' } });
    expect(await moveFile(app, camilla, done.id, 'undo')).toMatchObject({ state: 'undone' });
    expect((await catalogue(app, centre.id)).class).toEqual([]);
    const failed = await sendClasses(app, camilla, '[{');
    expect(await app.request(camilla).post(`${classFiles}/${failed.id}/undo`)).toMatchObject({ status: 409, body: { code: 'file_state' } });
    expect((await moveFile(app, camilla, failed.id, 'cancel')).state).toBe('cancelled');
  });

  test('4.01 run twice, as after a crash, undoes once; one that gave up leaves the file as applied', async () => {
    const { camilla, centre } = await makeCentre(app);
    const done = await bringClasses(app, camilla, cards(card('A1')));
    const as = { centre: centre.id, person: camilla.id, file: done.id, school: null };
    await app.owner.query(`update vn.class_file set state = 'undoing' where id = $1`, [done.id]);
    await undoClassFile.gaveUp?.(app.room, as);
    expect(await fileNow(app, camilla, done.id)).toMatchObject({ state: 'done', error: 'internal' });
    const undone = await moveFile(app, camilla, done.id, 'undo');
    await undoClassFile.run(app.room, as);
    expect(await fileNow(app, camilla, done.id)).toEqual(undone);
  });
});

describe('applying', () => {
  test('4.01 pressed by several at once happens once', async () => {
    const { camilla, centre } = await makeCentre(app);
    const read = await sendClasses(app, camilla, cards(card('A1'), card('A2')));
    const answers = await Promise.all(Array.from({ length: 8 }, () => app.request(camilla).post(`${classFiles}/${read.id}/apply`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array.from({ length: 7 }, () => 409)]);
    await app.jobs.drain();
    expect((await catalogue(app, centre.id)).class).toHaveLength(2);
  });

  test('4.01 the job run twice side by side, and two files with the same new classes, make each class once', async () => {
    const { camilla, centre } = await makeCentre(app);
    const one = await sendClasses(app, camilla, cards(card('A1'), card('A2')));
    const two = await sendClasses(app, camilla, cards(card('A2', { holdTitle: 'Fra den anden' }), card('A3')));
    for (const { id } of [one, two]) await app.owner.query(`update vn.class_file set state = 'applying', rows_done = 0 where id = $1`, [id]);
    const run = (file: string) => applyClassFile.run(app.room, { centre: centre.id, person: camilla.id, file, school: null });
    await Promise.all([run(one.id), run(two.id), run(one.id), run(two.id)]);
    expect(((await catalogue(app, centre.id)).class as { no: string }[]).map(({ no }) => no).sort()).toEqual(['A1', 'A2', 'A3']);
    expect((await catalogue(app, centre.id)).course).toHaveLength(1);
  });

  test('4.01 what was written between the preview and the writing is looked at again: a class that is there by then is changed, not made', async () => {
    const { camilla, centre } = await makeCentre(app);
    const early = await sendClasses(app, camilla, cards(card('A1', { holdTitle: 'Første fil' })));
    await bringClasses(app, camilla, cards(card('A1', { holdTitle: 'Anden fil' })));
    const done = await moveFile(app, camilla, early.id, 'apply');
    expect(outcome(done)).toMatchObject({ new: 0, changed: 1 });
    await moveFile(app, camilla, early.id, 'undo');
    expect(await classNow(app, centre.id, 'A1')).toMatchObject({ title: 'Anden fil' });
  });
});
