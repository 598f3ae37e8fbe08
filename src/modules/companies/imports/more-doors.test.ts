import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { asTable, bring, importNow, imports, move, outcome, outcomeOf, register, sendFile, somePNumber, upload } from '../../../../tests/support/company-files.ts';
import { makeCentre, someCvr, type TestPerson } from '../../../../tests/support/factory.ts';
import { book, workbook } from '../../../../tests/support/sheets.ts';
import { applyFile } from './server/jobs.ts';

const app = await testApp();
const of = async (cvr: string) => (await app.owner.query('select * from vn.company where cvr = $1', [cvr])).rows[0];
const scheme = { scheme: 'DB25' };

/** An answer of cvrapi.dk. */
const flat = (vat: string, more: object = {}) => ({
  vat: Number(vat),
  name: 'Bjergager Smede ApS',
  address: 'Havnevej 4',
  zipcode: '7620',
  city: 'Lemvig',
  protected: false,
  phone: '00120000',
  email: null,
  fax: null,
  startdate: '23/05 - 1998',
  enddate: null,
  employees: '10-19',
  addressco: null,
  industrycode: 251100,
  industrydesc: 'Fremstilling af metalkonstruktioner',
  companycode: 80,
  companydesc: 'Anpartsselskab',
  creditbankrupt: false,
  owners: [{ name: 'Opdigtet Person' }],
  productionunits: [],
  t: 100,
  version: 6,
  ...more,
});
const readAgain = async (person: TestPerson, id: string, body: object) => {
  const answer = await app.request(person).put(`${imports}/${id}/mapping`, body);
  await app.jobs.drain();
  return { answer, now: await importNow(app, person, id) };
};

describe('answers of cvrapi.dk', () => {
  test('X.2 one answer is a company with its units: days, intervals, protection and codes as they are meant, owners are not read', async () => {
    const { karen } = await makeCentre(app);
    const [cvr, head, store] = [someCvr(), somePNumber(), somePNumber()];
    const unit = { main: false, name: 'Bjergager Lager', address: 'Lagervej 1', zipcode: '7600', city: 'Struer', protected: true, phone: '', employees: 4, startdate: '01/02 - 2010', enddate: null };
    const file = JSON.stringify(
      flat(cvr, {
        protected: true,
        productionunits: [
          { ...unit, pno: Number(head), main: true, name: 'Bjergager Smede ApS', address: 'Havnevej 4', zipcode: '7620', industrycode: 11100, industrydesc: 'Korn' },
          { ...unit, pno: store },
        ],
      }),
    );
    const done = await bring(app, karen, file, { ...scheme, fileName: 'svar.json' });
    expect(done).toMatchObject({ state: 'done', format: 'cvrapi' });
    expect(outcome(done)).toEqual(outcomeOf(3, { new: 3 }));
    expect(await of(cvr)).toMatchObject({
      name: 'Bjergager Smede ApS',
      postcode: '7620',
      municipality: '0665',
      form_code: 80,
      form: 'Anpartsselskab',
      status: 'active',
      size_from: 10,
      size_to: 19,
      scheme: 'DB25',
      industry_code: '251100',
      protected: true,
      source: 'cvr',
    });
    expect((await app.owner.query('select started::text from vn.company where cvr = $1', [cvr])).rows).toEqual([{ started: '1998-05-23' }]);
    const units = (await app.owner.query('select p_number, head, protected, size_from, industry_code from vn.unit where p_number = any ($1) order by head desc', [[head, store]])).rows;
    expect(units).toEqual([
      { p_number: head, head: true, protected: true, size_from: 4, industry_code: '011100' },
      { p_number: store, head: false, protected: true, size_from: 4, industry_code: null },
    ]);
    expect(JSON.stringify(await register(app))).not.toContain('Opdigtet Person');
  });

  test('X.2 an array and answers line by line are read too; what is no company is refused with its reason', async () => {
    const { karen } = await makeCentre(app);
    const answers = [
      flat(someCvr()),
      { error: 'NOT_FOUND', t: 1 },
      flat('12345678'),
      flat(someCvr(), { employees: 'mange' }),
      flat(someCvr(), { startdate: 'i går' }),
      flat(someCvr(), { name: ' ' }),
      flat(someCvr()),
    ];
    for (const file of [JSON.stringify(answers), answers.map((each) => JSON.stringify(each)).join('\n')]) {
      const read = await sendFile(app, karen, file, scheme);
      expect(outcome(read)).toEqual(outcomeOf(7, { new: 2, refused: 5 }));
      const { items } = (await app.request(karen).get(`${imports}/${read.id}/rows?outcome=refused`)).body;
      expect(items.map((row: { refusal: string }) => row.refusal)).toEqual(['shape', 'cvr_check', 'size', 'day', 'name_missing']);
      expect((await app.request(karen).get(`${imports}/${read.id}/refused`)).text).toContain('NOT_FOUND');
    }
  });

  test('X.2 AC23: without a nomenclature its codes are refused; once it is said they are read, and DB07 stays DB07', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const read = await sendFile(app, karen, JSON.stringify(flat(cvr, { industrycode: 439_100, industrydesc: 'Tagdækningsvirksomhed' })));
    expect(outcome(read)).toEqual(outcomeOf(1, { refused: 1 }));
    const { now } = await readAgain(karen, read.id, { mapping: [], scheme: 'DB07' });
    expect(outcome(now)).toEqual(outcomeOf(1, { new: 1 }));
    await move(app, karen, read.id, 'apply');
    expect(await of(cvr)).toMatchObject({ scheme: 'DB07', industry_code: '439100' });
  });

  test('X.2 what cvrapi.dk does not know it does not empty, and undo puts back every value and takes the history back', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, karen, asTable('cvr;navn;adresse;postnr;by;kommune;status;offentlig', `${cvr};Gammelt Navn;Vej 1;7620;Lemvig;0671;UNDER KONKURS;ja`));
    app.clock.advance({ days: 3 });
    const before = await register(app);
    const { id } = await sendFile(app, karen, JSON.stringify(flat(cvr, { name: 'Nyt Navn' })), scheme);
    await move(app, karen, id, 'apply');
    expect(await of(cvr)).toMatchObject({ name: 'Nyt Navn', municipality: '0671', public_sector: true, status_text: 'UNDER KONKURS' });
    expect((await app.owner.query('select p.fact, p.value from vn.company_past p join vn.company c on c.id = p.company_id where c.cvr = $1 order by 1', [cvr])).rows).toEqual([
      { fact: 'address', value: 'Vej 1, 7620 Lemvig' },
      { fact: 'name', value: 'Gammelt Navn' },
    ]);
    await move(app, karen, id, 'undo');
    expect(await register(app)).toEqual(before);
  });

  test('X.2 a job that is killed between two pieces goes on where it stopped, and undo takes all of it back', async () => {
    const { karen, centre } = await makeCentre(app);
    const before = await register(app);
    const known = someCvr();
    await bring(app, karen, JSON.stringify(flat(known, { name: 'Før' })), scheme);
    app.clock.advance({ days: 1 });
    const after = await register(app);
    const numbers = (
      await app.owner.query<{ cvr: string }>(
        `select n::text cvr from generate_series(57000000, 57700000) n where (2*(n/10000000%10)+7*(n/1000000%10)+6*(n/100000%10)+5*(n/10000%10)+4*(n/1000%10)+3*(n/100%10)+2*(n/10%10)+n%10) % 11 = 0 limit 50010`,
      )
    ).rows;
    const lines = numbers.map(({ cvr }, at) => `{"vat":${cvr},"name":"Firma ${at}","zipcode":"7620"}`);
    const { id } = await sendFile(app, karen, [`{"vat":${known},"name":"Efter","zipcode":"7620"}`, ...lines].join('\n'), scheme);
    await app.request(karen).post(`${imports}/${id}/apply`);
    let asked = 0;
    const now = () => {
      asked += 1;
      if (asked > 2) throw new Error('killed');
      return app.clock.now();
    };
    const payload = { centre: centre.id, person: karen.id, import: id };
    await expect(applyFile.run({ ...app.room, clock: { now } }, payload)).rejects.toThrow('killed');
    expect(await importNow(app, karen, id)).toMatchObject({ state: 'applying', progress: { done: 50_000, total: 50_011 } });
    await app.jobs.drain();
    const done = await importNow(app, karen, id);
    expect(done).toMatchObject({ state: 'done', progress: { done: 50_011 } });
    expect(outcome(done)).toEqual(outcomeOf(50_011, { new: 50_010, changed: 1 }));
    expect((await app.owner.query('select count(*)::int n from vn.company where import_id = $1', [id])).rows).toEqual([{ n: 50_011 }]);
    expect((await move(app, karen, id, 'undo')).rows).toMatchObject({ restored: 50_011, kept: 0 });
    expect(await register(app)).toEqual(after);
    expect(before.company?.length).toBeLessThan(after.company?.length ?? 0);
  }, 60_000);
});

describe('spreadsheets', () => {
  const headings = ['CVR-nummer', 'Navn', 'Stiftet', 'Ansatte', 'Branchekode', 'Kontakt'];
  const row = (cvr: string, name = 'Smeden') => [cvr, name, { day: '2001-03-04' }, '5-9', '011100', 'Lone Åkjær'];

  test('X.2 an Excel file is a table like any other: columns are guessed, days are days, leading zeros stay, the refused come back as rows', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const read = await sendFile(app, karen, workbook([headings, row(cvr), row('12345678'), [12_345_674, null]]), { ...scheme, kind: 'extract', fileName: 'firmaer.xlsx' });
    expect(read).toMatchObject({ format: 'xlsx', headings, sheets: ['Hold'], sheet: 'Hold', mapping: ['cvr', 'name', 'started', 'size', 'industryCode', 'contactName'] });
    expect(read.rows.refused).toBe(2);
    expect((await app.request(karen).get(`${imports}/${read.id}/refused`)).text).toContain('cvr_check;12345678;Smeden;2001-03-04');
    await move(app, karen, read.id, 'apply');
    expect(await of(cvr)).toMatchObject({ name: 'Smeden', industry_code: '011100', scheme: 'DB25', size_to: 9 });
    expect((await app.owner.query('select k.name from vn.contact k join vn.company c on c.id = k.company_id where c.cvr = $1', [cvr])).rows).toEqual([{ name: 'Lone Åkjær' }]);
  });

  test('X.2 another sheet is chosen by its name and read with columns of its own; one that is not there is refused', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const read = await sendFile(
      app,
      karen,
      book({
        'Læs mig': [['Noter'], ['Kun tekst']],
        'Firmaer & co': [
          ['navn', 'cvr'],
          ['Smeden', cvr],
        ],
      }),
    );
    expect(read).toMatchObject({ sheets: ['Læs mig', 'Firmaer & co'], sheet: 'Læs mig', rows: { refused: 1 } });
    expect((await readAgain(karen, read.id, { mapping: [], sheet: 'Ark3' })).answer).toMatchObject({ status: 422, body: { code: 'sheet_unknown' } });
    const { now } = await readAgain(karen, read.id, { mapping: read.mapping, sheet: 'Firmaer & co' });
    expect(now).toMatchObject({ sheet: 'Firmaer & co', mapping: ['name', 'cvr'], headings: ['navn', 'cvr'] });
    expect(outcome(now)).toEqual(outcomeOf(1, { new: 1 }));
    const { now: mapped } = await readAgain(karen, read.id, { mapping: [null, 'cvr'], sheet: 'Firmaer & co' });
    expect(outcome(mapped), 'a name is missing now').toEqual(outcomeOf(1, { refused: 1 }));
  });

  test('X.2 undo of an Excel file puts back every value it changed', async () => {
    const { karen } = await makeCentre(app);
    const [known, fresh] = [someCvr(), someCvr()];
    await bring(app, karen, workbook([headings, row(known, 'Før')]), scheme);
    app.clock.advance({ days: 1 });
    const before = await register(app);
    const done = await bring(app, karen, workbook([headings, row(known, 'Efter'), row(fresh)]), scheme);
    expect(outcome(done)).toEqual(outcomeOf(2, { new: 1, changed: 1 }));
    await move(app, karen, done.id, 'undo');
    expect(await register(app)).toEqual(before);
  });
});

describe('files that mean no good, or are not what they are called', () => {
  const entities = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'a'.repeat(1000)}">${Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at} "${`&${at === 0 ? 'a' : `a${at - 1}`};`.repeat(10)}">`).join('')}<!ENTITY file SYSTEM "file:///etc/passwd">]>`;
  const sheet = (content: string) => ({ name: 'xl/worksheets/sheet1.xml', content: Buffer.from(content) });
  const cells = (inner: string) => `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${inner}</t></is></c></row></sheetData></worksheet>`;
  const cvr = '12345674';
  const hostile: [string, string | RegExp, () => Buffer | string][] = [
    ['a bomb of 200 MB', 'too_large', () => workbook([['cvr'], [cvr]], [{ name: 'xl/sharedStrings.xml', content: Buffer.alloc(200 * 1_048_576, '<si><t>a</t></si>') }])],
    ['a cell of 100 MB in a spreadsheet', 'too_large_record', () => workbook([['cvr']], [sheet(cells('x'.repeat(100_000_000)))])],
    ['a cell of 100 MB in a table', 'too_large_record', () => `cvr;navn\n${cvr};${'x'.repeat(100_000_000)}\n`],
    ['a record of 100 MB in JSON', 'too_large_record', () => `[{"vat":${cvr},"name":"${'x'.repeat(100_000_000)}"}]`],
    ['a heading of millions of columns', 'too_large_record', () => `cvr${';x'.repeat(3_000_000)}\n`],
    [
      'a sheet that says it goes to its very last cell',
      /^(too_large|sheet_broken|empty)$/,
      () => workbook([['cvr']], [sheet('<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>')]),
    ],
    ['entities that grow, in a page of XML', 'page', () => `${entities}<x>&a8;</x>`],
    ['JSON in UTF-16', 'encoding', () => Buffer.from(`\ufeff[{"vat":${cvr}}]`, 'utf16le')],
    ['a table in UTF-16 with the high byte first', 'encoding', () => Buffer.from(`\ufeffcvr;navn\n${cvr};A\n`, 'utf16le').swap16()],
    ['JSON in UTF-16 without a mark', 'encoding', () => Buffer.from(`[{"vat":${cvr}}]`, 'utf16le')],
    ['a packed file', 'not_a_table', () => gzipSync('cvr;navn\n')],
    ['a PDF', 'not_a_table', () => '%PDF-1.7 cvr;navn\n'],
    ['an Excel file of before 2007', 'old_sheet', () => Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['a web page', 'page', () => '<!doctype html><table><tr><td>cvr</td></tr></table>'],
    ['a packed file that is no workbook', 'sheet_broken', () => Buffer.from('PK\u0003\u0004nonsense')],
    ['JSON that ends in the middle', 'json_broken', () => `[{"vat":${cvr},"name":"A"}`],
  ];
  test.each(hostile)(
    'X.2 %s is refused with %s, and little is held of it',
    async (_what, code, content) => {
      const { karen } = await makeCentre(app);
      const bytes = content();
      const before = process.memoryUsage().rss;
      const sent = await upload(app, karen, bytes, { fileName: 'firmaer.csv' });
      await app.jobs.drain();
      const now = await importNow(app, karen, sent.body.id);
      expect(now).toMatchObject({ state: 'failed', error: expect.stringMatching(code) });
      expect(process.memoryUsage().rss - before).toBeLessThan(700 * 1_048_576);
      expect((await app.owner.query('select count(*)::int n from vn.import_row where import_id = $1', [now.id])).rows, 'nothing of it stays').toEqual([{ n: 0 }]);
    },
    60_000,
  );

  test('X.2 entities in a workbook are not opened: neither their own nor a file of this machine', async () => {
    const { karen } = await makeCentre(app);
    const read = await sendFile(app, karen, workbook([['cvr']], [sheet(`${entities}${cells('cvr &a8; &file;')}`)]));
    expect(JSON.stringify(read)).not.toMatch(/root:|aaaa/);
    expect(['failed', 'ready']).toContain(read.state);
  });

  test('X.2 an Excel file that is called a table, and says it is one, is read as what it is', async () => {
    const { karen } = await makeCentre(app);
    const sent = await app.request(karen).raw({
      method: 'POST',
      url: `${imports}?fileName=firmaer.csv`,
      headers: { 'content-type': 'text/csv; charset=utf-16' },
      payload: workbook([
        ['cvr', 'navn'],
        [someCvr(), 'A'],
      ]),
    });
    await app.jobs.drain();
    expect(await importNow(app, karen, sent.body.id)).toMatchObject({ state: 'ready', format: 'xlsx' });
  });

  test('X.2 what a spreadsheet calls Unicode text is a table', async () => {
    const { karen } = await makeCentre(app);
    expect(outcome(await sendFile(app, karen, Buffer.from(`\ufeffcvr\tnavn\r\n${someCvr()}\tØst\r\n`, 'utf16le')))).toEqual(outcomeOf(1, { new: 1 }));
  });
});
