import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { asJson, asTable, bring, companyHit, importNow, imports, move, outcome, outcomeOf, period, register, sendFile, somePNumber } from '../../../../tests/support/company-files.ts';
import { makeCentre, someCvr } from '../../../../tests/support/factory.ts';

const app = await testApp();
const of = async (cvr: string) => (await app.owner.query('select * from vn.company where cvr = $1', [cvr])).rows[0];
const map = async (person: { token: string }, id: string, mapping: (string | null)[], scheme: string | null = null) => app.request(person).put(`${imports}/${id}/mapping`, { mapping, scheme });

describe('a table', () => {
  test('is guessed by its headings, and its first rows are shown', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const content = Buffer.from(
      `\ufeff${asTable('cvr_nummer;virksomhedsnavn;adresse;postnummer;by;virksomhedsform;ansatte_interval;email;telefon;stiftelsesdato;status;Noter', `${cvr};Ærø Værft;Åvej 1;0555;Høj;Anpartsselskab;10-19;a@b.example;00120000;23.05.1998;NORMAL;x`)}`,
    );
    const read = await sendFile(app, karen, content, { fileName: 'virksomheder.csv' });
    expect(read).toMatchObject({
      state: 'ready',
      format: 'csv',
      mapping: ['cvr', 'name', 'address', 'postcode', 'town', 'form', 'size', 'email', 'phone', 'started', 'status', null],
      samples: [[cvr, 'Ærø Værft', 'Åvej 1', '0555', 'Høj', 'Anpartsselskab', '10-19', 'a@b.example', '00120000', '23.05.1998', 'NORMAL', 'x']],
    });
    await move(app, karen, read.id, 'apply');
    expect(await of(cvr)).toMatchObject({
      name: 'Ærø Værft',
      postcode: '0555',
      form: 'Anpartsselskab',
      size_from: 10,
      size_to: 19,
      started: new Date('1998-05-23T00:00:00Z'),
      status: 'active',
      source: 'cvr',
      protected: false,
    });
  });

  test('in Latin-1 with commas is read as such', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, karen, Buffer.from(`cvr,navn,by\n${cvr},"Østerå, Sønner & Co",Aabølle\n`, 'latin1'));
    expect(await of(cvr)).toMatchObject({ name: 'Østerå, Sønner & Co', town: 'Aabølle' });
  });

  test('its municipality may be a code, a code without its zero or a name; what is none is empty', async () => {
    const { karen } = await makeCentre(app);
    const rows = ['0665', '147', 'Lemvig', 'aarhus kommune', 'Sandby', '9999'].map((written) => ({ cvr: someCvr(), written }));
    await bring(app, karen, asTable('cvr;navn;kommune', ...rows.map(({ cvr, written }) => `${cvr};A;${written}`)));
    const kept: unknown[] = [];
    for (const { cvr } of rows) kept.push((await of(cvr)).municipality);
    expect(kept).toEqual(['0665', '0147', '0665', '0751', null, null]);
  });

  test('with a P-number beside the company’s makes the unit too, with what the row says', async () => {
    const { karen } = await makeCentre(app);
    const [cvr, pNumber] = [someCvr(), somePNumber()];
    await bring(app, karen, asTable('cvr;p-nummer;navn;by', `${cvr};${pNumber};Bjergager;Limvig`));
    expect((await app.owner.query('select u.name, u.town, u.head from vn.unit u join vn.company c on c.id = u.company_id where c.cvr = $1', [cvr])).rows).toEqual([
      { name: 'Bjergager', town: 'Limvig', head: true },
    ]);
  });

  test('AC23 industry codes are of the scheme that the sender named; without one they are refused, and naming it later is enough', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const refused = await sendFile(app, karen, asTable('cvr;navn;branchekode;branchetekst', `${cvr};A;439100;Tagdækning`));
    expect(outcome(refused)).toEqual(outcomeOf(1, { refused: 1 }));
    expect((await app.request(karen).get(`${imports}/${refused.id}/rows`)).body.items).toMatchObject([{ refusal: 'industry_scheme', cvr }]);
    expect((await map(karen, refused.id, ['cvr', 'name', 'industryCode', 'industryText'], 'DB07')).status).toBe(202);
    await app.jobs.drain();
    await move(app, karen, refused.id, 'apply');
    expect(await of(cvr)).toMatchObject({ scheme: 'DB07', industry_code: '439100', industry_text: 'Tagdækning' });
    const said = await bring(app, karen, asTable('cvr;navn;branchekode;branchetekst', `${cvr};A;439100;Murer`), { scheme: 'DB25' });
    expect(outcome(said)).toEqual(outcomeOf(1, { changed: 1 }));
    expect(await of(cvr)).toMatchObject({ scheme: 'DB25', industry_code: '439100' });
  });
});

describe('the mapping', () => {
  test('can be changed as long as nothing is written; the file is read again by it', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const read = await sendFile(app, karen, asTable('nummer;hvad;by', `${cvr};Bjergager;Limvig`, '12345678;B;C'));
    expect(read).toMatchObject({ state: 'ready', mapping: [null, null, 'town'], rows: { read: 2, refused: 2 } });
    const sent = await map(karen, read.id, ['cvr', 'name', null]);
    expect(sent).toMatchObject({ status: 202, body: { state: 'received', mapping: ['cvr', 'name', null] } });
    await app.jobs.drain();
    const again = await importNow(app, karen, read.id);
    expect(again).toMatchObject({ state: 'ready', mapping: ['cvr', 'name', null] });
    expect(outcome(again)).toEqual(outcomeOf(2, { new: 1, refused: 1 }));
    await move(app, karen, read.id, 'apply');
    expect(await of(cvr)).toMatchObject({ name: 'Bjergager', town: null });
  });

  test('needs the company number', async () => {
    const { karen } = await makeCentre(app);
    const { id } = await sendFile(app, karen, asTable('cvr;navn', `${someCvr()};A`));
    expect(await map(karen, id, ['name', null])).toMatchObject({ status: 422, body: { code: 'mapping_needs_cvr' } });
    expect((await importNow(app, karen, id)).state).toBe('ready');
  });

  test.each([[['cvr', 'nonsense']], [Array(201).fill(null)], ['cvr']])('%j is no mapping', async (mapping) => {
    const { karen } = await makeCentre(app);
    const { id } = await sendFile(app, karen, asTable('cvr;navn', `${someCvr()};A`));
    expect(await app.request(karen).put(`${imports}/${id}/mapping`, { mapping })).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  test('of an applied, cancelled or failed import stays as it was', async () => {
    const { karen } = await makeCentre(app);
    const content = asTable('cvr;navn', `${someCvr()};A`);
    const ended = [(await bring(app, karen, content)).id, (await move(app, karen, (await sendFile(app, karen, content)).id, 'cancel')).id, (await sendFile(app, karen, 'cvr\n')).id];
    for (const id of ended) expect(await map(karen, id, ['cvr', null])).toMatchObject({ status: 409, body: { code: 'import_state' } });
  });

  test('a column that is not mapped never empties a field; one that is mapped and empty does', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, karen, asJson(companyHit({ cvr, protected: true })));
    const before = await of(cvr);
    const named = await bring(app, karen, asTable('cvr;navn', `${cvr};Et nyt navn`));
    expect(outcome(named)).toEqual(outcomeOf(1, { changed: 1 }));
    expect(await of(cvr)).toEqual({ ...before, name: 'Et nyt navn', search: before.search.replace('bjergager smede', 'et nyt navn'), import_id: named.id, changed_at: app.clock.now() });
    await bring(app, karen, asTable('cvr;telefon;adresse', `${cvr};;`));
    expect(await of(cvr)).toMatchObject({ name: 'Et nyt navn', phone: null, address: null, postcode: '7621', protected: true, size_from: 5 });
  });

  test('a name cannot be emptied', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, karen, asJson(companyHit({ cvr })));
    await bring(app, karen, asTable('cvr;navn;by', `${cvr};;Nordhavn`));
    expect(await of(cvr)).toMatchObject({ name: 'Bjergager Smede', town: 'Nordhavn' });
  });

  test('a code without its title keeps the title that belongs to it, and takes the register’s when the code is another', async () => {
    const { karen } = await makeCentre(app);
    const [cvr, other] = [someCvr(), someCvr()];
    await bring(app, karen, asJson(companyHit({ cvr }), companyHit({ cvr: other, industry: [{ branchekode: '434100', branchetekst: 'Tagdækning', ...period('2025-01-01') }] })));
    const same = await sendFile(app, karen, asTable('cvr;branchekode', `${cvr};251100`), { scheme: 'DB25' });
    expect(outcome(same)).toEqual(outcomeOf(1, { same: 1 }));
    await bring(app, karen, asTable('cvr;branchekode', `${cvr};434100`), { scheme: 'DB25' });
    expect(await of(cvr)).toMatchObject({ industry_code: '434100', industry_text: 'Tagdækning' });
    await bring(app, karen, asTable('cvr;branchekode', `${cvr};434100`), { scheme: 'DB07' });
    expect(await of(cvr)).toMatchObject({ scheme: 'DB07', industry_code: '434100', industry_text: null });
  });
});

describe('a list of the centre’s own', () => {
  test('never changes facts: it only brings companies and people to the centre', async () => {
    const { karen, ida, centre } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, ida, asJson(companyHit({ cvr, municipality: 101 })));
    const before = await of(cvr);
    await app.owner.query(`insert into vn.centre_area values ($1, '0665')`, [centre.id]);
    const done = await bring(app, karen, asTable('cvr;navn;adresse;kontaktperson;titel;mobil;kontaktmail', `${cvr};Forkert navn;Forkert vej;Lone Dam;Indehaver;00 33 44 55;lone@dam.example`), {
      kind: 'list',
      fileName: `${'kunder'.repeat(40)}.csv`,
    });
    expect(outcome(done)).toEqual(outcomeOf(1, { changed: 1 }));
    expect(await of(cvr)).toEqual(before);
    const listed = (await app.request(karen).get('/api/companies')).body.items;
    expect(listed).toEqual([expect.objectContaining({ cvr, name: 'Bjergager Smede' })]);
    expect((await app.request(karen).get(`/api/companies/${listed[0].id}/contacts`)).body).toEqual([
      expect.objectContaining({
        name: 'Lone Dam',
        role: 'owner',
        title: 'Indehaver',
        phone: '00 33 44 55',
        email: 'lone@dam.example',
        basis: 'public_task',
        reviewOn: '2028-11-17',
        source: 'kunder'.repeat(40).slice(0, 200),
      }),
    ]);
    const again = await bring(app, karen, asTable('cvr;navn', `${cvr};Forkert navn`), { kind: 'list' });
    expect(outcome(again)).toEqual(outcomeOf(1, { same: 1 }));
  });

  test('an unknown valid number becomes a provisional entry, and the next extract makes it whole', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const listed = await bring(app, karen, asTable('cvr;navn;by', `${cvr};Som vi kalder dem;Limvig`), { kind: 'list' });
    expect(outcome(listed)).toEqual(outcomeOf(1, { new: 1 }));
    expect(await of(cvr)).toMatchObject({ name: 'Som vi kalder dem', town: 'Limvig', source: 'provisional' });
    expect(outcome(await bring(app, karen, asJson(companyHit({ cvr }))))).toEqual(outcomeOf(1, { changed: 1 }));
    expect(await of(cvr)).toMatchObject({ name: 'Bjergager Smede', source: 'cvr' });
  });

  test('may name a company once for each person there, and the same person only once', async () => {
    const { karen } = await makeCentre(app);
    const cvr = someCvr();
    const row = (who: string) => `${cvr};Bjergager;${who}`;
    const done = await bring(app, karen, asTable('cvr;navn;kontakt', row('Lone'), row('Preben'), row('lone')), { kind: 'list' });
    expect(outcome(done)).toEqual(outcomeOf(3, { new: 3 }));
    expect((await app.owner.query('select k.name from vn.contact k join vn.company c on c.id = k.company_id where c.cvr = $1 order by 1', [cvr])).rows).toEqual([{ name: 'Lone' }, { name: 'Preben' }]);
  });

  test('in CVR’s own shape changes nothing either: no past, no units', async () => {
    const { karen, ida } = await makeCentre(app);
    const cvr = someCvr();
    await bring(app, ida, asJson(companyHit({ cvr })));
    const before = await register(app);
    await bring(app, karen, asJson(companyHit({ cvr, name: 'Andet', more: { virksomhedsstatus: [{ status: 'UNDER REKONSTRUKTION', ...period('2001-01-01', '2002-01-01') }] } })), { kind: 'list' });
    const { relation: _now, ...facts } = await register(app);
    const { relation: _then, ...known } = before;
    expect(facts).toEqual(known);
  });
});
