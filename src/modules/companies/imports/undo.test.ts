import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { asJson, asTable, bring, companyHit, importNow, imports, move, period, register, sendFile, somePNumber, unitHit } from '../../../../tests/support/company-files.ts';
import { makeCentre, someCvr, type TestPerson } from '../../../../tests/support/factory.ts';
import { addContact } from '../contacts/contract.ts';
import { applyFile, undoFile } from './server/jobs.ts';

const app = await testApp();
const tools = () => app.room;
const of = async (cvr: string) => (await app.owner.query('select * from vn.company where cvr = $1', [cvr])).rows[0];
const keptBy = async (person: TestPerson, id: string) => (await app.request(person).get(`${imports}/${id}/kept`)).body;
const contact = addContact.example.body;

describe('undo puts back', () => {
  test('everything as it was, to the last field: companies, units, their pasts, contacts, relations and protection in every centre', async () => {
    const { karen, ida, anna } = await makeCentre(app);
    const [one, two, fresh, listed] = [someCvr(), someCvr(), someCvr(), someCvr()];
    const [first, second, third, another] = [somePNumber(), somePNumber(), somePNumber(), somePNumber()].sort() as [string, string, string, string];
    await bring(app, karen, asJson(companyHit({ cvr: one }), companyHit({ cvr: two }), unitHit(second, { cvr: one, street: 'Åvej' }), unitHit(third, { cvr: one, street: 'Bvej' })));
    await bring(app, ida, asJson(companyHit({ cvr: one })));
    await app.request(anna).post('/api/companies', { cvr: listed, name: 'Fra en skole', phone: '00 11 22 33' });
    app.clock.advance({ days: 1 });
    const before = await register(app);

    const done = await bring(
      app,
      karen,
      asJson(
        companyHit({
          cvr: one,
          name: 'Nyt navn',
          street: 'Nyvej',
          municipality: 101,
          phone: '00999999',
          protected: true,
          size: 'ANTAL_50_99',
          industry: [{ branchekode: '011100', ...period('2025-01-01') }],
          more: {
            virksomhedsstatus: [
              { status: 'UNDER KONKURS', ...period('2026-01-01') },
              { status: 'NORMAL', ...period('2001-01-01', '2025-12-31') },
            ],
          },
        }),
        companyHit({ cvr: two, more: { erstMaanedsbeskaeftigelse: [{ aar: 2026, maaned: 10, intervalKodeAntalAnsatte: 'ANTAL_5_9' }] } }),
        companyHit({ cvr: fresh, protected: true }),
        companyHit({ cvr: listed }),
        unitHit(first, { cvr: one, street: 'Nyvej' }),
        unitHit(second, { cvr: one, street: 'Flyttet', protected: true }),
        unitHit(another, { cvr: fresh }),
      ),
    );
    expect(done.rows).toMatchObject({ new: 3, changed: 3, same: 1 });
    expect(await of(one)).toMatchObject({ name: 'Nyt navn', protected: true, status: 'dissolving' });
    const after = await register(app);
    for (const table of ['company', 'unit', 'company_past', 'relation']) expect(after[table], table).not.toEqual(before[table]);

    const undone = await move(app, karen, done.id, 'undo');
    expect(undone).toMatchObject({ state: 'undone', rows: { kept: 0, restored: 5 } });
    expect(await register(app)).toEqual(before);
    expect(await keptBy(karen, done.id)).toEqual([]);
  });

  test('the companies and people that a list brought, also where another centre knows the company', async () => {
    const { karen, ida } = await makeCentre(app);
    const [shared, fresh] = [someCvr(), someCvr()];
    await bring(app, ida, asJson(companyHit({ cvr: shared })));
    const before = await register(app);
    const done = await bring(app, karen, asTable('cvr;navn;kontakt', `${shared};A;Lone`, `${fresh};B;Preben`), { kind: 'list' });
    expect(await move(app, karen, done.id, 'undo')).toMatchObject({ state: 'undone', rows: { kept: 0 } });
    expect(await register(app)).toEqual(before);
  });

  test('what had been marked as vanished', async () => {
    const { karen } = await makeCentre(app);
    const [stays, goes] = [someCvr(), someCvr()];
    await bring(app, karen, asJson(companyHit({ cvr: stays }), companyHit({ cvr: goes })));
    const before = await register(app);
    const done = await bring(app, karen, asJson(companyHit({ cvr: stays })), { complete: 'true' });
    expect((await of(goes)).vanished).toBe(true);
    await move(app, karen, done.id, 'undo');
    expect(await register(app)).toEqual(before);
  });

  test('one import after the other, the newest first, down to nothing', async () => {
    const { karen } = await makeCentre(app);
    const [cvr, pNumber] = [someCvr(), somePNumber()];
    const states = [await register(app)];
    const done: string[] = [];
    for (const name of ['Første', 'Anden', 'Tredje']) {
      done.push((await bring(app, karen, asJson(companyHit({ cvr, name }), unitHit(pNumber, { cvr, name })))).id);
      states.push(await register(app));
      app.clock.advance({ days: 1 });
    }
    for (const id of done.toReversed()) {
      states.pop();
      expect(await move(app, karen, id, 'undo')).toMatchObject({ state: 'undone', rows: { kept: 0 } });
      expect(await register(app)).toEqual(states.at(-1));
    }
  });

  test('what an import had written before it failed half-way; what it wrote is undone, not thrown away', async () => {
    const { karen } = await makeCentre(app);
    const [known, second] = [someCvr(), someCvr()];
    await bring(app, karen, asJson(companyHit({ cvr: known })));
    const before = await register(app);
    const done = await bring(app, karen, asJson(companyHit({ cvr: known, name: 'Halvvejs' }), companyHit({ cvr: second })));
    await app.owner.query(`update vn.company_import set state = 'applying' where id = $1`, [done.id]);
    await applyFile.gaveUp?.(tools(), { centre: karen.centreId ?? '', person: karen.id, import: done.id });
    expect(await importNow(app, karen, done.id)).toMatchObject({ state: 'failed', error: 'internal' });
    expect(await app.request(karen).post(`${imports}/${done.id}/cancel`)).toMatchObject({ status: 409, body: { code: 'import_state' } });
    expect(await move(app, karen, done.id, 'undo')).toMatchObject({ state: 'undone' });
    expect(await register(app)).toEqual(before);
  });

  test('nothing where nothing was written: an import that failed while it was read can be thrown away and not undone', async () => {
    const { karen } = await makeCentre(app);
    const failed = await sendFile(app, karen, '[{]');
    expect(await app.request(karen).post(`${imports}/${failed.id}/undo`)).toMatchObject({ status: 409, body: { code: 'import_state' } });
    expect((await move(app, karen, failed.id, 'cancel')).state).toBe('cancelled');
  });
});

describe('undo leaves alone, and lists', () => {
  test('what a later import has written since', async () => {
    const { karen } = await makeCentre(app);
    const [later, only, fresh, pNumber] = [someCvr(), someCvr(), someCvr(), somePNumber()];
    await bring(app, karen, asJson(companyHit({ cvr: later }), companyHit({ cvr: only }), unitHit(pNumber, { cvr: later })));
    const done = await bring(
      app,
      karen,
      asJson(companyHit({ cvr: later, name: 'To' }), companyHit({ cvr: only, name: 'To' }), companyHit({ cvr: fresh, name: 'To' }), unitHit(pNumber, { cvr: later, name: 'To' })),
    );
    app.clock.advance({ days: 1 });
    await bring(app, karen, asJson(companyHit({ cvr: later, name: 'Tre' }), companyHit({ cvr: fresh, name: 'Tre' }), unitHit(pNumber, { cvr: later, name: 'Tre' })));
    const past = async (cvr: string) => (await app.owner.query('select value from vn.company_past p join vn.company c on c.id = p.company_id where c.cvr = $1', [cvr])).rows;
    const told = await past(later);
    expect(await move(app, karen, done.id, 'undo')).toMatchObject({ state: 'undone', rows: { restored: 1, kept: 3 } });
    expect([(await of(later)).name, (await of(only)).name, (await of(fresh)).name]).toEqual(['Tre', 'Bjergager Smede', 'Tre']);
    expect(await past(later), 'and what is known of its past').toEqual(told);
    expect((await keptBy(karen, done.id)).map((each: { kind: string; name: string }) => [each.kind, each.name])).toEqual([
      ['company', 'Tre'],
      ['company', 'Tre'],
      ['unit', 'Tre'],
    ]);
  });

  test.each(['a contact', 'a reason for approaching it', 'another centre that knows it', 'a contact of the file that somebody has written since'])('a new company that is in use: %s', async (use) => {
    const { karen, anna, camilla, ida } = await makeCentre(app);
    const [used, unused, pNumber] = [someCvr(), someCvr(), somePNumber()];
    const done = await bring(app, karen, asJson(companyHit({ cvr: used, name: 'I brug', protected: true }), companyHit({ cvr: unused }), unitHit(pNumber, { cvr: used })));
    const { id } = await of(used);
    if (use === 'a contact') await app.request(anna).post(`/api/companies/${id}/contacts`, contact);
    if (use === 'another centre that knows it') await app.request(ida).post('/api/companies', { cvr: used, name: 'I brug' });
    if (use.startsWith('a reason')) expect((await app.request(camilla).put(`/api/companies/${id}/exception`, { kind: 'consent', note: 'Sagt ja' })).status).toBe(200);
    if (use.startsWith('a contact of')) {
      await bring(app, karen, asTable('cvr;kontakt', `${used};Lone`), { kind: 'list' });
      const [lone] = (await app.request(anna).get(`/api/companies/${id}/contacts`)).body;
      await app.request(anna).put(`/api/companies/${id}/contacts/${lone.id}`, { ...(contact as object), name: 'Lone' }, { 'if-match': '"1"' });
    }
    expect(await move(app, karen, done.id, 'undo')).toMatchObject({ state: 'undone', rows: { restored: 1, kept: 1 } });
    expect(await keptBy(karen, done.id)).toEqual([{ kind: 'company', id, name: 'I brug' }]);
    const page = await app.request(karen).get(`/api/companies/${id}`);
    expect(page, 'whole, with its units').toMatchObject({ status: 200, body: { name: 'I brug', units: [{ pNumber }] } });
    expect(await of(unused)).toBeUndefined();
  });

  test('the relation of a list to a company where somebody has been at work since', async () => {
    const { karen, ida, anna } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, ida, asJson(companyHit({ cvr })));
    const done = await bring(app, karen, asTable('cvr;navn', `${cvr};A`), { kind: 'list' });
    const { id } = await of(cvr);
    await app.request(anna).post(`/api/companies/${id}/contacts`, contact);
    expect(await move(app, karen, done.id, 'undo')).toMatchObject({ rows: { kept: 1 } });
    expect(await keptBy(karen, done.id)).toEqual([{ kind: 'company', id, name: 'Bjergager Smede' }]);
    expect((await app.request(anna).get(`/api/companies/${id}/contacts`)).body).toHaveLength(1);
  });
});

describe('undoing as a job', () => {
  test('may run twice, as after a crash, and undoes once', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, karen, asJson(companyHit({ cvr })));
    const done = await bring(app, karen, asJson(companyHit({ cvr, name: 'To' })));
    const undone = await move(app, karen, done.id, 'undo');
    const before = await register(app);
    await undoFile.run(tools(), { centre: karen.centreId ?? '', person: karen.id, import: done.id });
    expect(await importNow(app, karen, done.id)).toEqual(undone);
    expect(await register(app)).toEqual(before);
  });

  test('that gave up leaves the import as applied, and it can be undone later', async () => {
    const { karen } = await makeCentre(app);
    const done = await bring(app, karen, asJson(companyHit({ cvr: someCvr() })));
    await app.owner.query(`update vn.company_import set state = 'undoing' where id = $1`, [done.id]);
    await undoFile.gaveUp?.(tools(), { centre: karen.centreId ?? '', person: karen.id, import: done.id });
    expect(await importNow(app, karen, done.id)).toMatchObject({ state: 'done', error: 'internal' });
    expect((await move(app, karen, done.id, 'undo')).state).toBe('undone');
  });
});
