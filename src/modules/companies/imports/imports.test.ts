import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { walk } from '../../../../tests/support/ask.ts';
import { asJson, asTable, bring, companyHit, importNow, imports, move, outcome, outcomeOf, period, register, sendFile, somePNumber, unitHit, upload } from '../../../../tests/support/company-files.ts';
import { makeCentre, someCvr } from '../../../../tests/support/factory.ts';

const app = await testApp();
const of = async (cvr: string) => (await app.owner.query('select * from vn.company where cvr = $1', [cvr])).rows[0];
const pastOf = async (cvr: string) =>
  (await app.owner.query('select fact, valid::text, value from vn.company_past p join vn.company c on c.id = p.company_id where c.cvr = $1 order by fact, valid', [cvr])).rows;
const relations = async (centre: string) =>
  (await app.owner.query('select c.cvr, r.protected from vn.relation r join vn.company c on c.id = r.company_id where r.centre_id = $1 order by c.cvr', [centre])).rows;

describe('a file of CVR’s own', () => {
  test('the sample is read, shown, applied and found the same the second time; a renamed company is shown as changed and its old name is kept', async () => {
    const { karen, centre } = await makeCentre(app);
    const sample = readFileSync(path.resolve(import.meta.dirname, '../../../../demo/sample-cvr.json'), 'utf8');
    const read = await sendFile(app, karen, sample, { fileName: 'sample-cvr.json' });
    expect(read).toMatchObject({ state: 'ready', kind: 'extract', format: 'json', error: null, fileName: 'sample-cvr.json', bytes: Buffer.byteLength(sample), person: 'Karen', finishedAt: null });
    expect(outcome(read)).toEqual(outcomeOf(642, { new: 640, refused: 2 }));
    expect(read.rows.doubtful).toBe(1);
    expect((await app.owner.query('select from vn.company')).rowCount, 'nothing is written before it is applied').toBe(0);

    const done = await move(app, karen, read.id, 'apply');
    expect(done).toMatchObject({ state: 'done', progress: { done: 642, total: 642 }, finishedAt: app.clock.now().toISOString() });
    expect((await app.owner.query('select from vn.company')).rowCount).toBe(320);
    expect((await app.owner.query('select from vn.unit where head')).rowCount, 'each company has one head unit').toBe(320);
    expect(await relations(centre.id)).toHaveLength(320);

    const before = await register(app);
    const again = await bring(app, karen, sample);
    expect(outcome(again)).toEqual(outcomeOf(642, { same: 640, refused: 2 }));
    expect(await register(app), 'the same facts change nothing').toEqual(before);

    const changed = JSON.parse(sample);
    const company = changed.hits.hits[0]._source.Vrvirksomhed;
    const [old] = company.navne;
    company.navne = [
      { ...old, periode: { ...old.periode, gyldigTil: '2026-10-31' } },
      { navn: 'Et Nyt Navn A/S', ...period('2026-11-01') },
    ];
    const renamed = await bring(app, karen, JSON.stringify(changed));
    expect(outcome(renamed)).toEqual(outcomeOf(642, { changed: 1, same: 639, refused: 2 }));
    expect((await of(String(company.cvrNummer))).name).toBe('Et Nyt Navn A/S');
    expect(await pastOf(String(company.cvrNummer))).toContainEqual({ fact: 'name', valid: `[${old.periode.gyldigFra},2026-11-01)`, value: old.navn });
  });

  test('the preview counts what is new, changed, the same and refused, and lists each row with its reason', async () => {
    const { karen } = await makeCentre(app);
    const [known, moved, fresh, lost] = [someCvr(), someCvr(), someCvr(), someCvr()];
    await bring(app, karen, asJson(companyHit({ cvr: known }), companyHit({ cvr: moved })));
    const read = await sendFile(
      app,
      karen,
      asJson(companyHit({ cvr: fresh }), companyHit({ cvr: known }), companyHit({ cvr: moved, street: 'Åvej' }), companyHit({ cvr: '12345678' }), unitHit(somePNumber(), { cvr: lost })),
    );
    expect(outcome(read)).toEqual(outcomeOf(5, { new: 1, changed: 1, same: 1, refused: 2 }));
    expect((await of(moved)).address).toBe('Havnevej 4');
    const rows = await walk<{ no: number; outcome: string; refusal: string | null; cvr: string | null; companyId: string | null }>(app.request(karen), `${imports}/${read.id}/rows`, 2);
    expect(rows.map(({ no, outcome: what, refusal, cvr }) => [no, what, refusal, cvr])).toEqual([
      [1, 'new', null, fresh],
      [2, 'same', null, known],
      [3, 'changed', null, moved],
      [4, 'refused', 'cvr_check', null],
      [5, 'refused', 'unknown_company', lost],
    ]);
    expect(rows.map(({ companyId }) => companyId)).toEqual([null, (await of(known)).id, (await of(moved)).id, null, null]);
    expect(await walk(app.request(karen), `${imports}/${read.id}/rows?outcome=refused`, 1)).toEqual(rows.slice(3));
  });

  test('a hit that appears twice counts once, the last one, and the first comes back as refused', async () => {
    const { karen } = await makeCentre(app);
    const [cvr, pNumber] = [someCvr(), somePNumber()];
    const done = await bring(
      app,
      karen,
      asJson(companyHit({ cvr, name: 'Første' }), companyHit({ cvr, name: 'Sidste' }), unitHit(pNumber, { cvr, name: 'Første' }), unitHit(pNumber, { cvr, name: 'Sidste' })),
    );
    expect(outcome(done)).toEqual(outcomeOf(4, { new: 2, refused: 2 }));
    expect((await of(cvr)).name).toBe('Sidste');
    expect((await app.owner.query('select name from vn.unit where p_number = $1', [pNumber])).rows).toEqual([{ name: 'Sidste' }]);
    const file = await app.request(karen).get(`${imports}/${done.id}/refused`);
    expect(file.text.split('\n').slice(0, 3)).toEqual([
      '\ufeffrow;reason;source',
      `1;duplicate;"{""cvrNummer"":""${cvr}"",""navn"":""Første""}"`,
      `3;duplicate;"{""cvrNummer"":""${cvr}"",""pNummer"":""${pNumber}"",""navn"":""Første""}"`,
    ]);
  });

  test('a unit may come before its company, and follows it there', async () => {
    const { karen } = await makeCentre(app);
    const [cvr, pNumber] = [someCvr(), somePNumber()];
    await bring(app, karen, asJson(unitHit(pNumber, { cvr }), companyHit({ cvr })));
    expect((await app.owner.query('select u.head, u.protected, c.cvr from vn.unit u join vn.company c on c.id = u.company_id where p_number = $1', [pNumber])).rows).toEqual([
      { head: true, protected: false, cvr },
    ]);
  });

  test('the head unit is the one at the company’s own address; failing that, the one with the lowest number', async () => {
    const { karen } = await makeCentre(app);
    const [cvr, other] = [someCvr(), someCvr()];
    const numbers = Array.from({ length: 6 }, somePNumber).sort();
    await bring(
      app,
      karen,
      asJson(
        companyHit({ cvr, street: 'Åvej' }),
        companyHit({ cvr: other, street: 'Ingenvej' }),
        ...numbers.map((number, at) => unitHit(number, { cvr: at < 3 ? cvr : other, street: at === 1 ? 'Åvej' : 'Havnevej' })),
      ),
    );
    const heads = await app.owner.query('select p_number from vn.unit where head and p_number = any ($1) order by p_number', [numbers]);
    expect(heads.rows.map(({ p_number }) => p_number)).toEqual([numbers[1], numbers[3]]);
  });

  test('a number with a wrong check digit inside a unit’s own number is kept and marked as doubtful', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const read = await sendFile(app, karen, asJson(companyHit({ cvr }), unitHit('1990000001', { cvr })));
    expect(read.rows).toMatchObject({ new: 2, doubtful: 1 });
    expect((await app.request(karen).get(`${imports}/${read.id}/rows`)).body.items.map(({ doubtful }: { doubtful: boolean }) => doubtful)).toEqual([false, true]);
  });

  test('AC23 an extract with DB07 codes keeps them as DB07: the same digits never become DB25', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const coded = (from: string, branchetekst: string) => companyHit({ cvr, industry: [{ branchekode: '439100', branchetekst, ...period(from) }] });
    await bring(app, karen, asJson(coded('2008-01-01', 'Tagdækning')));
    expect(await of(cvr)).toMatchObject({ scheme: 'DB07', industry_code: '439100' });
    app.clock.advance({ days: 2 });
    const changed = await bring(app, karen, asJson(coded('2025-01-01', 'Murer')));
    expect(outcome(changed)).toEqual(outcomeOf(1, { changed: 1 }));
    expect(await of(cvr)).toMatchObject({ scheme: 'DB25', industry_code: '439100', industry_text: 'Murer' });
    expect(await pastOf(cvr)).toEqual([{ fact: 'industry', valid: '[2026-11-17,2026-11-19)', value: 'DB07 439100 Tagdækning' }]);
  });
});

describe('refused rows', () => {
  test('all 1,200 of them come back as a file, each with its reason and as it came', async () => {
    const { karen } = await makeCentre(app);
    const rows = Array.from({ length: 1200 }, (_, at) => `12345678;"Række ${at}; ""=1+1""";=HYPERLINK(${at})`);
    const read = await sendFile(app, karen, asTable('cvr;navn;by', ...rows, `${someCvr()};God;Limvig`), { fileName: 'mine kunder.csv' });
    expect(outcome(read)).toEqual(outcomeOf(1201, { new: 1, refused: 1200 }));
    const file = await app.request(karen).get(`${imports}/${read.id}/refused`);
    expect(file.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename*=UTF-8''mine%20kunder-1200-refused.csv` });
    const lines = file.text.trimEnd().split('\n');
    expect(lines).toHaveLength(1201);
    expect(lines[0]).toBe('\ufeffrow;reason;cvr;navn;by');
    expect(lines.slice(1)).toEqual(rows.map((_, at) => `${at + 1};cvr_check;12345678;"Række ${at}; ""=1+1""";'=HYPERLINK(${at})`));
  });

  test('a row that only the comparison refuses comes back as it came, with the columns that nobody mapped', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const rows = Array.from({ length: 250 }, (_, at) => `${cvr};Gang ${at};"bemærkning; ${at}"`);
    const read = await sendFile(app, karen, asTable('cvr;navn;husk', '12345678;A;b', ...rows, `${someCvr()};God;`));
    expect(outcome(read)).toEqual(outcomeOf(252, { new: 2, refused: 250 }));
    const lines = (await app.request(karen).get(`${imports}/${read.id}/refused`)).text.trimEnd().split('\n');
    expect(lines.slice(1)).toEqual(['1;cvr_check;12345678;A;b', ...rows.slice(0, -1).map((row, at) => `${at + 2};duplicate;${row}`)]);
  });

  test('a row longer than anything honest comes back whole too', async () => {
    const { karen } = await makeCentre(app);
    const [cvr, long] = [someCvr(), 'x'.repeat(60_000)];
    const read = await sendFile(app, karen, asTable('cvr;na\u0000vn', `${cvr};${long}`, '12345678;A\u0000B'));
    const file = await app.request(karen).get(`${imports}/${read.id}/refused`);
    expect(file.text).toBe(`\ufeffrow;reason;cvr;na\ufffdvn\n1;name_missing;${cvr};${long}\n2;cvr_check;12345678;A\u0000B\n`);
  });

  test('a table of more columns than anybody maps is read by the first 200', async () => {
    const { karen } = await makeCentre(app);
    const wide = (first: string) => [first, ...Array.from({ length: 300 }, (_, at) => `c${at}`)].join(';');
    const read = await sendFile(app, karen, asTable(wide('cvr'), wide(someCvr())));
    expect([read.headings.length, read.mapping.length, read.samples[0]?.length]).toEqual([200, 200, 200]);
  });

  test('hostile hits are refused one by one; the rest of the file is read', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const hits = [
      companyHit({ cvr: someCvr(), name: 'A\u0000B' }),
      companyHit({
        cvr: someCvr(),
        more: {
          livsforloeb: [period('2020-02-31', '2021-99-99')],
          virksomhedsform: [{ virksomhedsformkode: 99_999, ...period(null) }],
          aarsbeskaeftigelse: [{ aar: 1e9, intervalKodeAntalAnsatte: 'ANTAL_1_1' }],
        },
      }),
      companyHit({ cvr: someCvr(), street: 'x'.repeat(9000), name: '語'.repeat(400) }),
      { _source: null },
      companyHit({ cvr, name: "Robert'); drop table vn.company;--" }),
    ];
    const done = await bring(app, karen, asJson(...hits));
    expect(outcome(done)).toEqual(outcomeOf(5, { new: 3, refused: 2 }));
    expect((await of(cvr)).name).toBe("Robert'); drop table vn.company;--");
    const again = await bring(app, karen, asJson(...hits.map((hit) => JSON.parse(JSON.stringify(hit).replaceAll('語', '字')))));
    expect(again).toMatchObject({ state: 'done', rows: { changed: 1, same: 2 } });
  });
});

describe('files that cannot be read', () => {
  test.each([
    ['broken JSON', '{"hits":{"hits":[{"a":1},{"b":}]}}', 'json_broken'],
    ['JSON that ends too early', asJson(companyHit({ cvr: '12345674' })).slice(0, -2), 'json_broken'],
    ['a quote that is never closed', 'cvr;navn\n"12345674;A\n', 'csv_broken'],
    ['a record larger than anything honest', `cvr;navn\n12345674;${'x'.repeat(1_100_000)}\n`, 'too_large_record'],
    ['nothing but white space', ' \n\n ', 'empty'],
    ['headings alone', 'cvr;navn\n', 'empty'],
    ['an answer without hits', '{"hits":{"total":0,"hits":[]}}', 'empty'],
  ])('%s fails with a code, writes nothing and leaves no file', async (_what, content, code) => {
    const { karen } = await makeCentre(app);
    const failed = await sendFile(app, karen, content);
    expect(failed).toMatchObject({ state: 'failed', error: code, finishedAt: app.clock.now().toISOString() });
    expect((await app.owner.query('select file from vn.company_import where id = $1', [failed.id])).rows).toEqual([{ file: null }]);
    expect(await app.request(karen).post(`${imports}/${failed.id}/apply`)).toMatchObject({ status: 409, body: { code: 'import_state' } });
    expect(await importNow(app, karen, failed.id)).toEqual(failed);
  });

  test('a file of no bytes is refused at once', async () => {
    const { karen } = await makeCentre(app);
    expect(await upload(app, karen, '')).toMatchObject({ status: 422, body: { code: 'file_empty' } });
    expect((await app.request(karen).get(imports)).body.items).toEqual([]);
  });
});
