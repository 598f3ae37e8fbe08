import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { asJson, asTable, bring, companyHit, importNow, imports, move, outcome, outcomeOf, register, sendFile, somePNumber, unitHit, upload } from '../../../../tests/support/company-files.ts';
import { makeCentre, makePerson, someCvr, type TestPerson } from '../../../../tests/support/factory.ts';
import { untilWaiting } from '../../../../tests/support/inside.ts';
import { applyFile, readFile } from './server/jobs.ts';

const app = await testApp();
const tools = () => app.room;
const payload = (person: TestPerson, id: string) => ({ centre: person.centreId ?? '', person: person.id, import: id });
const of = async (cvr: string) => (await app.owner.query('select * from vn.company where cvr = $1', [cvr])).rows[0];
const known = async (centre: string) =>
  (await app.owner.query('select c.cvr, r.protected from vn.relation r join vn.company c on c.id = r.company_id where r.centre_id = $1 order by c.cvr', [centre])).rows;
const state = async (id: string) => (await app.owner.query('select state, error, file from vn.company_import where id = $1', [id])).rows[0];
/** Whether the file that was sent is still there. */
async function kept(file: string): Promise<boolean> {
  const stream = app.files.read(file);
  return new Promise((resolve) => stream.once('readable', () => resolve(true)).once('error', () => resolve(false)));
}
const fileOf = async (id: string): Promise<string> => (await state(id)).file;

describe('the area of a centre', () => {
  test('companies outside it enter the register, but not the centre', async () => {
    const { karen, centre } = await makeCentre(app);
    await app.owner.query(`insert into vn.centre_area values ($1, '0665'), ($1, '0671')`, [centre.id]);
    const [inside, also, outside, nowhere] = [someCvr(), someCvr(), someCvr(), someCvr()];
    const done = await bring(
      app,
      karen,
      asJson(companyHit({ cvr: inside }), companyHit({ cvr: also, municipality: 671 }), companyHit({ cvr: outside, municipality: 101 }), companyHit({ cvr: nowhere, municipality: 1 })),
    );
    expect(outcome(done)).toEqual(outcomeOf(4, { new: 4 }));
    expect(await of(outside)).toMatchObject({ source: 'cvr', municipality: '0101' });
    expect((await known(centre.id)).map(({ cvr }) => cvr)).toEqual([inside, also].sort());
  });

  test('without an area everything is the centre’s', async () => {
    const { karen, centre, other } = await makeCentre(app);
    const cvr = someCvr();
    await app.owner.query(`insert into vn.centre_area values ($1, '0101')`, [other.id]);
    await bring(app, karen, asJson(companyHit({ cvr, municipality: 751 })));
    expect((await known(centre.id)).map((each) => each.cvr)).toEqual([cvr]);
    expect(await known(other.id)).toEqual([]);
  });
});

describe('protection', () => {
  test('arrives on the company and on the unit, and every centre’s relation follows it, both ways', async () => {
    const { karen, ida, centre, other } = await makeCentre(app);
    const [cvr, pNumber] = [someCvr(), somePNumber()];
    const file = (company: boolean, unit: boolean) => asJson(companyHit({ cvr, protected: company }), unitHit(pNumber, { cvr, protected: unit }));
    await bring(app, ida, file(false, false));
    await bring(app, karen, file(true, true));
    expect(await of(cvr)).toMatchObject({ protected: true });
    expect((await app.owner.query('select protected from vn.unit where p_number = $1', [pNumber])).rows).toEqual([{ protected: true }]);
    for (const id of [centre.id, other.id]) expect(await known(id)).toEqual([{ cvr, protected: true }]);
    await bring(app, karen, file(false, true));
    for (const id of [centre.id, other.id]) expect(await known(id)).toEqual([{ cvr, protected: false }]);
    expect((await app.owner.query('select protected from vn.unit where p_number = $1', [pNumber])).rows, 'a unit’s own protection is its own').toEqual([{ protected: true }]);
  });

  test('of a new company is on the relation from the start', async () => {
    const { karen, centre } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, karen, asJson(companyHit({ cvr, protected: true })));
    expect(await known(centre.id)).toEqual([{ cvr, protected: true }]);
  });
});

describe('what a file lacks', () => {
  test('has vanished only when the file said that it is complete; it is marked and not deleted, and comes back', async () => {
    const { karen, anna } = await makeCentre(app);
    const [stays, goes] = [someCvr(), someCvr()];
    await bring(app, karen, asJson(companyHit({ cvr: stays }), companyHit({ cvr: goes })));
    await bring(app, karen, asJson(companyHit({ cvr: stays })));
    expect((await of(goes)).vanished).toBe(false);
    const done = await bring(app, karen, asJson(companyHit({ cvr: stays })), { complete: 'true' });
    expect(done.complete).toBe(true);
    expect([(await of(stays)).vanished, (await of(goes)).vanished]).toEqual([false, true]);
    expect((await app.request(anna).get(`/api/companies?search=${goes}`)).body.items).toMatchObject([{ vanished: true, name: 'Bjergager Smede' }]);
    await bring(app, karen, asJson(companyHit({ cvr: goes })));
    expect((await of(goes)).vanished).toBe(false);
  });

  test('has not vanished when its row was refused, nor what is only another centre’s, nor what a school wrote', async () => {
    const { karen, anna, ida } = await makeCentre(app);
    const [refused, foreign, written, fine] = [someCvr(), someCvr(), someCvr(), someCvr()];
    await bring(app, ida, asJson(companyHit({ cvr: foreign })));
    await app.request(anna).post('/api/companies', { cvr: written, name: 'Skrevet af en skole' });
    await bring(app, karen, asTable('cvr;navn;stiftet', `${refused};A;2001-01-01`, `${fine};B;2001-01-01`));
    await bring(app, karen, asTable('cvr;navn;stiftet', `${refused};A;i fjor`, `${fine};B;2001-01-01`), { complete: 'true' });
    for (const cvr of [refused, foreign, written, fine]) expect((await of(cvr)).vanished, cvr).toBe(false);
  });

  test('has not vanished when it lies outside the centre’s area, of which alone a complete file is', async () => {
    const { karen, centre } = await makeCentre(app);
    const [inside, outside, fresh] = [someCvr(), someCvr(), someCvr()];
    await bring(app, karen, asJson(companyHit({ cvr: inside, municipality: 665 }), companyHit({ cvr: outside, municipality: 671 })));
    await app.owner.query(`insert into vn.centre_area values ($1, '0665')`, [centre.id]);
    await bring(app, karen, asJson(companyHit({ cvr: fresh, municipality: 665 })), { complete: 'true' });
    expect([(await of(inside)).vanished, (await of(outside)).vanished]).toEqual([true, false]);
  });

  test('a complete file of which no row could be read makes nobody vanish', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, karen, asJson(companyHit({ cvr })));
    await bring(app, karen, asTable('nummer;navn', `${cvr};A`), { complete: 'true' });
    expect((await of(cvr)).vanished).toBe(false);
  });
});

test('the numbers are staged in the register’s own types: compared across types, its indexes would lie idle and 20,000 rows take minutes', async () => {
  const types = await app.owner.query(
    `select a.attname::text "column", array_agg(distinct format_type(a.atttypid, a.atttypmod)) types from pg_attribute a
      where a.attrelid = any (array['vn.import_row', 'vn.company', 'vn.unit']::regclass[]) and a.attname in ('cvr', 'p_number', 'company_id') group by 1 order by 1`,
  );
  expect(types.rows).toEqual([
    { column: 'company_id', types: ['uuid'] },
    { column: 'cvr', types: ['character(8)'] },
    { column: 'p_number', types: ['character(10)'] },
  ]);
});

describe('once and not twice', () => {
  test('an import is applied, cancelled and undone once; whoever comes second is told', async () => {
    const { karen } = await makeCentre(app);
    const { id } = await sendFile(app, karen, asJson(companyHit({ cvr: someCvr() })));
    const answers = await Promise.all(Array.from({ length: 5 }, () => app.request(karen).post(`${imports}/${id}/apply`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409]);
    await app.jobs.drain();
    expect((await importNow(app, karen, id)).state).toBe('done');
    for (const how of ['apply', 'cancel']) expect(await app.request(karen).post(`${imports}/${id}/${how}`)).toMatchObject({ status: 409, body: { code: 'import_state' } });
    const undone = await Promise.all(Array.from({ length: 5 }, () => app.request(karen).post(`${imports}/${id}/undo`)));
    expect(undone.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409]);
    await app.jobs.drain();
    for (const how of ['apply', 'cancel', 'undo']) expect((await app.request(karen).post(`${imports}/${id}/${how}`)).status).toBe(409);
    expect((await app.owner.query(`select event, count(*)::int from vn.audit where subject = $1 group by 1 order by 1`, [id])).rows).toEqual(
      ['applied', 'received', 'undone'].map((what) => ({ event: `import.${what}`, count: 1 })),
    );
  });

  test('a job that runs a second time, as after a crash, changes nothing twice', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const sent = await upload(app, karen, asTable('cvr;navn;kontakt', `${cvr};A;Lone`, '12345678;B;C'));
    await readFile.run(tools(), payload(karen, sent.body.id));
    const read = await importNow(app, karen, sent.body.id);
    await readFile.run(tools(), payload(karen, read.id));
    await app.jobs.drain();
    expect(await importNow(app, karen, read.id)).toEqual(read);
    const done = await move(app, karen, read.id, 'apply');
    const before = await register(app);
    await applyFile.run(tools(), payload(karen, read.id));
    expect(await importNow(app, karen, read.id)).toEqual(done);
    expect(await register(app)).toEqual(before);
  });

  test('a crash while reading begins the reading again', async () => {
    const { karen } = await makeCentre(app);
    const { id } = await sendFile(app, karen, asTable('cvr;navn', `${someCvr()};A`, `${someCvr()};B`));
    await app.owner.query(`update vn.company_import set state = 'reading', rows_read = 1 where id = $1`, [id]);
    await app.owner.query('delete from vn.import_row where import_id = $1 and no = 2', [id]);
    await readFile.run(tools(), payload(karen, id));
    const again = await importNow(app, karen, id);
    expect(again.state).toBe('ready');
    expect(outcome(again)).toEqual(outcomeOf(2, { new: 2 }));
  });

  test('a crash while applying goes on where the mark stands, and one at the very end makes it whole', async () => {
    const { karen } = await makeCentre(app);
    const [first, second, pNumber] = [someCvr(), someCvr(), somePNumber()];
    const { id } = await sendFile(app, karen, asJson(companyHit({ cvr: first }), companyHit({ cvr: second }), unitHit(pNumber, { cvr: second })));
    // As if the piece with the first row had been written before the crash.
    await app.owner.query(`update vn.company_import set state = 'applying', rows_done = 1 where id = $1`, [id]);
    await applyFile.run(tools(), payload(karen, id));
    expect([await of(first), (await of(second))?.cvr]).toEqual([undefined, second]);
    expect(await importNow(app, karen, id)).toMatchObject({ state: 'done', progress: { done: 3, total: 3 } });
    const before = await register(app);
    await app.owner.query(`update vn.company_import set state = 'applying', finished_at = null where id = $1`, [id]);
    await applyFile.run(tools(), payload(karen, id));
    expect((await importNow(app, karen, id)).state).toBe('done');
    expect(await register(app)).toEqual(before);
  });

  test('two centres that import the same companies at once both get them, and each company stands once', async () => {
    const { karen, ida, centre, other } = await makeCentre(app);
    const hits = Array.from({ length: 300 }, () => someCvr()).map((cvr) => ({ cvr, name: `A ${cvr}` }));
    await bring(app, ida, asJson(...hits.slice(0, 150).map((hit) => companyHit({ ...hit, name: 'Før' }))));
    const sent: [TestPerson, string][] = [
      [karen, (await sendFile(app, karen, asJson(...hits.map((hit) => companyHit(hit))))).id],
      [ida, (await sendFile(app, ida, asJson(...hits.toReversed().map((hit) => companyHit(hit))))).id],
    ];
    for (const [person, id] of sent) await app.owner.query(`update vn.company_import set state = 'applying', rows_done = 0 where id = $1 and centre_id = $2`, [id, person.centreId]);
    await Promise.all(sent.map(([person, id]) => applyFile.run(tools(), payload(person, id))));
    for (const [person, id] of sent) expect((await importNow(app, person, id)).state).toBe('done');
    const rows = (await app.owner.query('select cvr, name from vn.company where cvr = any ($1) order by cvr', [hits.map(({ cvr }) => cvr)])).rows;
    expect(rows).toEqual(hits.toSorted((a, b) => (a.cvr < b.cvr ? -1 : 1)));
    expect([(await known(centre.id)).length, (await known(other.id)).length]).toEqual([300, 300]);
  });

  test('two files write the register one after the other: whoever comes second meets what the first has written, and has the last word', async () => {
    const { karen, ida } = await makeCentre(app);
    const cvr = someCvr();
    const sent: [TestPerson, string][] = [];
    for (const person of [karen, ida]) {
      const { id } = await sendFile(app, person, asJson(companyHit({ cvr, name: `Som ${person.name} fik den` })));
      await app.owner.query(`update vn.company_import set state = 'applying', rows_done = 0 where id = $1`, [id]);
      sent.push([person, id]);
    }
    const running: Promise<void>[] = [];
    await app.owner.query('begin');
    try {
      await app.owner.query('lock table vn.company in share row exclusive mode');
      for (const [person, id] of sent) {
        running.push(applyFile.run(tools(), payload(person, id)));
        await untilWaiting(app, running.length);
      }
    } finally {
      await app.owner.query('commit');
    }
    await Promise.all(running);
    expect(await of(cvr)).toMatchObject({ name: 'Som Ida fik den', import_id: sent[1]?.[1], made_by_import: sent[0]?.[1] });
  });

  test('what another import made or took away since the preview is met as it is now', async () => {
    const { karen, ida } = await makeCentre(app);
    const [made, gone] = [someCvr(), someCvr()];
    const taken = await bring(app, ida, asJson(companyHit({ cvr: gone })));
    const { id } = await sendFile(app, karen, asJson(companyHit({ cvr: made, name: 'Nyere' }), companyHit({ cvr: gone })));
    await bring(app, ida, asJson(companyHit({ cvr: made, name: 'Ældre' })));
    await move(app, ida, taken.id, 'undo');
    expect(await of(gone)).toBeUndefined();
    await move(app, karen, id, 'apply');
    expect([(await of(made)).name, (await of(gone)).name]).toEqual(['Nyere', 'Bjergager Smede']);
  });
});

describe('the file that was sent', () => {
  test('is there while it may be read again, and gone when the import is applied', async () => {
    const { karen } = await makeCentre(app);
    const { id } = await sendFile(app, karen, asTable('cvr;navn', `${someCvr()};A`));
    const file = await fileOf(id);
    expect(await kept(file)).toBe(true);
    await move(app, karen, id, 'apply');
    expect([await kept(file), await fileOf(id)]).toEqual([false, null]);
  });

  test('is gone when the import is cancelled, with every row that was read of it', async () => {
    const { karen } = await makeCentre(app);
    const read = await sendFile(app, karen, asTable('cvr;navn;kontakt', `${someCvr()};A;Lone Hemmelig`));
    const file = await fileOf(read.id);
    expect(await move(app, karen, read.id, 'cancel')).toMatchObject({ state: 'cancelled', finishedAt: app.clock.now().toISOString() });
    expect([await kept(file), await fileOf(read.id)]).toEqual([false, null]);
    expect((await app.owner.query('select from vn.import_row where import_id = $1', [read.id])).rowCount).toBe(0);
    const sent = await upload(app, karen, asTable('cvr;navn', `${someCvr()};A`));
    const unread = await fileOf(sent.body.id);
    expect((await move(app, karen, sent.body.id, 'cancel')).state, 'also before it was read').toBe('cancelled');
    expect(await kept(unread)).toBe(false);
  });

  test('is gone when it cannot be read', async () => {
    const { karen } = await makeCentre(app);
    const sent = await upload(app, karen, '{"hits":{"hits":[{');
    const file = await fileOf(sent.body.id);
    await app.jobs.drain();
    expect([await kept(file), await state(sent.body.id)]).toEqual([false, { state: 'failed', error: 'json_broken', file: null }]);
  });

  test('is gone when the last try to read it ended in a fault', async () => {
    const { karen } = await makeCentre(app);
    const sent = await upload(app, karen, asTable('cvr;navn', `${someCvr()};A`));
    const file = await fileOf(sent.body.id);
    await readFile.gaveUp?.(tools(), payload(karen, sent.body.id));
    expect([await kept(file), await state(sent.body.id)]).toEqual([false, { state: 'failed', error: 'internal', file: null }]);
    await app.jobs.drain();
  });

  test('that nobody applied for a month is thrown away when the next one comes', async () => {
    const { karen } = await makeCentre(app);
    const old = await sendFile(app, karen, asTable('cvr;navn', `${someCvr()};A`));
    const file = await fileOf(old.id);
    app.clock.advance({ days: 29 });
    const kim = await makePerson(app, 'Kim', ['register'], { centreId: karen.centreId });
    await sendFile(app, kim, asTable('cvr;navn', `${someCvr()};A`));
    expect((await state(old.id)).state).toBe('ready');
    app.clock.advance({ days: 2 });
    await sendFile(app, kim, asTable('cvr;navn', `${someCvr()};A`));
    expect([await kept(file), (await state(old.id)).state]).toEqual([false, 'cancelled']);
  });

  test('that breaks off on its way leaves nothing behind', async () => {
    const broken = new Readable({ read() {} });
    const id = randomUUID();
    const keeping = app.files.keep(id, broken);
    broken.push('cvr;navn\n');
    broken.destroy(new Error('the line is gone'));
    await expect(keeping).rejects.toThrow('the line is gone');
    expect(await kept(id)).toBe(false);
  });
});

test.each(['read', 'apply'] as const)('whoever lost the register role before the job ran to %s does nothing any more', async (when) => {
  const { karen, centre } = await makeCentre(app);
  const cvr = someCvr();
  const sent = await upload(app, karen, asTable('cvr;navn', `${cvr};A`));
  if (when === 'apply') {
    await app.jobs.drain();
    expect((await app.request(karen).post(`${imports}/${sent.body.id}/apply`)).status).toBe(202);
  }
  const file = await fileOf(sent.body.id);
  await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-17)' where person_id = $1 and role = 'register'`, [karen.id]);
  await app.jobs.drain();
  expect(await state(sent.body.id)).toEqual({ state: 'failed', error: 'role_ended', file: null });
  expect(await kept(file)).toBe(false);
  expect(await of(cvr)).toBeUndefined();
  const mia = await makePerson(app, 'Mia', ['register'], { centreId: centre.id });
  expect(await importNow(app, mia, sent.body.id)).toMatchObject({ state: 'failed', error: 'role_ended' });
});
