import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { companyHit, period, somePNumber, unitHit } from '../../../../tests/support/company-files.ts';
import { type Facts, fromCvrHit } from './model.ts';

const cvr = '12345674';
function read(hit: unknown) {
  const reading = fromCvrHit(hit);
  if ('refusal' in reading) throw new Error(`refused: ${reading.refusal}`);
  return reading.row;
}
const facts = (more: Record<string, unknown>): Facts => read(companyHit({ cvr, more })).facts;
const refusal = (hit: unknown) => {
  const reading = fromCvrHit(hit);
  return 'refusal' in reading ? reading.refusal : null;
};

describe('a company in CVR’s own shape', () => {
  test('gives what holds today', () => {
    expect(read(companyHit({ cvr }))).toEqual({
      kind: 'company',
      doubtful: false,
      past: [],
      facts: {
        cvr,
        pNumber: null,
        name: 'Bjergager Smede',
        address: 'Havnevej 4',
        postcode: '7621',
        town: 'Limvig',
        municipality: '0665',
        phone: '00120000',
        email: null,
        formCode: 80,
        form: 'Anpartsselskab',
        status: 'active',
        statusText: 'NORMAL',
        started: '2015-03-01',
        ended: null,
        scheme: 'DB25',
        industryCode: '251100',
        industryText: 'Metalkonstruktioner',
        sizeFrom: 5,
        sizeTo: 9,
        sizePeriod: 'month',
        sizeAsOf: '2026-09-30',
        publicSector: false,
        protected: false,
      },
    });
  });

  test('is read whether or not it lies in a _source', () => expect(read(companyHit({ cvr })._source)).toEqual(read(companyHit({ cvr }))));

  test('a number that lost its leading zero gets it back', () => expect(read(companyHit({ cvr: '01234560' })).facts.cvr).toBe('01234560'));

  test('of several names the open one holds, of several open ones the one that began last', () => {
    const named = (...entries: [string, string | null, string | null][]) => facts({ navne: entries.map(([navn, from, to]) => ({ navn, ...period(from, to) })) }).name;
    expect(named(['Ny', '2020-01-01', null], ['Gammel', '2001-01-01', '2019-12-31'])).toBe('Ny');
    expect(named(['Senere', '2020-01-01', null], ['Før', '2001-01-01', null])).toBe('Senere');
    expect(named(['Altid', null, null], ['Siden', '2001-01-01', null])).toBe('Siden');
    expect(named(['Lukket', '2001-01-01', '2019-12-31'])).toBe('Lukket');
  });

  test('what was before comes along as the past: from the first day to the day after the last', () => {
    const { past } = read(
      companyHit({
        cvr,
        more: {
          navne: [
            { navn: 'Gammel', ...period('2001-01-01', '2019-12-31') },
            { navn: 'Ny', ...period('2020-01-01') },
          ],
          beliggenhedsadresse: [
            { vejnavn: 'Åvej', husnummerFra: 1, bogstavFra: 'B', husnummerTil: 3, etage: '1', sidedoer: 'tv', postnummer: 555, postdistrikt: 'Høj', ...period('2001-01-01', '2024-02-29') },
          ],
          virksomhedsstatus: [{ status: 'UNDER REKONSTRUKTION', ...period('2010-01-01', '2011-01-01') }],
        },
      }),
    );
    expect(past).toEqual([
      { fact: 'name', from: '2001-01-01', until: '2020-01-01', value: 'Gammel' },
      { fact: 'address', from: '2001-01-01', until: '2024-03-01', value: 'Åvej 1B-3, 1. tv, 0555 Høj' },
      { fact: 'status', from: '2010-01-01', until: '2011-01-02', value: 'UNDER REKONSTRUKTION' },
    ]);
  });

  test('a secret phone or address is left out, and an open one beside it is used', () => {
    const phone = (...entries: [string, boolean][]) => facts({ telefonNummer: entries.map(([kontaktoplysning, hemmelig]) => ({ kontaktoplysning, hemmelig, ...period('2020-01-01') })) }).phone;
    expect(phone(['00111111', true])).toBeNull();
    expect(phone(['00111111', true], ['00222222', false])).toBe('00222222');
    expect(facts({ elektroniskPost: [{ kontaktoplysning: 'a@b.example', hemmelig: true, ...period(null) }] }).email).toBeNull();
  });

  test('the newest count of employees holds: the month before the quarter before the year', () => {
    const counted = (more: Record<string, unknown>) => {
      const { sizeFrom, sizeTo, sizePeriod, sizeAsOf } = facts({ erstMaanedsbeskaeftigelse: [], ...more });
      return { sizeFrom, sizeTo, sizePeriod, sizeAsOf };
    };
    const year = { aarsbeskaeftigelse: [{ aar: 2025, intervalKodeAntalAnsatte: 'ANTAL_1000_999999' }] };
    const quarter = { kvartalsbeskaeftigelse: [{ aar: 2025, kvartal: 4, intervalKodeAntalAnsatte: 'ANTAL_20_49' }] };
    const month = { maanedsbeskaeftigelse: [{ aar: 2025, maaned: 12, intervalKodeAntalAnsatte: 'ANTAL_10_19' }] };
    expect(counted(year)).toEqual({ sizeFrom: 1000, sizeTo: null, sizePeriod: 'year', sizeAsOf: '2025-12-31' });
    expect(counted({ ...year, ...quarter })).toMatchObject({ sizePeriod: 'quarter', sizeFrom: 20 });
    expect(counted({ ...year, ...quarter, ...month })).toMatchObject({ sizePeriod: 'month', sizeFrom: 10 });
    expect(counted({ erstMaanedsbeskaeftigelse: [{ aar: 2024, maaned: 2, intervalKodeAntalAnsatte: 'ANTAL_0_0' }] })).toEqual({ sizeFrom: 0, sizeTo: 0, sizePeriod: 'month', sizeAsOf: '2024-02-29' });
    expect(counted({ erstMaanedsbeskaeftigelse: [{ aar: 2024, maaned: 13, intervalKodeAntalAnsatte: 'ANTAL_0_0' }] }).sizeFrom).toBeNull();
  });

  test('a sole trader has no status: it is active while it lives and ceased when its life has ended', () => {
    const trader = (to: string | null) => facts({ virksomhedsform: [{ virksomhedsformkode: 10, ...period(null) }], virksomhedsstatus: [], livsforloeb: [period('1999-05-01', to)] });
    expect(trader(null)).toMatchObject({ status: 'active', started: '1999-05-01', ended: null });
    expect(trader('2026-05-31')).toMatchObject({ status: 'ceased', started: '1999-05-01', ended: '2026-05-31' });
  });

  test('a life that ended and began again is a life; one that only ended is not', () => {
    const life = (...days: [string, string | null][]) => facts({ livsforloeb: days.map(([from, to]) => period(from, to)) });
    expect(life(['1999-05-01', '2010-01-01'], ['2015-01-01', null])).toMatchObject({ status: 'active', started: '1999-05-01', ended: null });
    expect(life(['2015-01-01', '2020-06-30'], ['1999-05-01', '2010-01-01'])).toMatchObject({ status: 'ceased', started: '1999-05-01', ended: '2020-06-30' });
  });

  test('where no name is open, the newest that the index knows is taken; without any the row is refused', () => {
    expect(facts({ navne: [], virksomhedMetadata: { nyesteNavn: { navn: 'Fra oversigten' } } }).name).toBe('Fra oversigten');
    expect(refusal(companyHit({ cvr, more: { navne: [{ navn: '  ', ...period(null) }] } }))).toBe('name_missing');
  });

  test('2.34 state, regions, municipalities and the church are public workplaces', () => {
    const publicSector = (virksomhedsformkode: number) => facts({ virksomhedsform: [{ virksomhedsformkode, ...period(null) }] }).publicSector;
    expect([230, 250, 80, 10, 115].map(publicSector)).toEqual([true, true, false, false, false]);
  });
});

describe('industries', () => {
  const industry = (...hovedbranche: object[]) => {
    const { scheme, industryCode, industryText } = facts({ hovedbranche });
    return { scheme, industryCode, industryText };
  };

  test('AC23 a DB07 439100 never becomes a DB25 439100: the code’s own period says which scheme it is of', () => {
    expect(industry({ branchekode: '439100', branchetekst: 'Tagdækning', ...period('2008-01-01') })).toEqual({ scheme: 'DB07', industryCode: '439100', industryText: 'Tagdækning' });
    expect(industry({ branchekode: '439100', branchetekst: 'Murer', ...period('2025-01-01') })).toEqual({ scheme: 'DB25', industryCode: '439100', industryText: 'Murer' });
    const both = read(
      companyHit({
        cvr,
        industry: [
          { branchekode: '439100', branchetekst: 'Tagdækning', ...period('2008-01-01', '2024-12-31') },
          { branchekode: '434100', branchetekst: 'Tag', ...period('2025-01-01') },
        ],
      }),
    );
    expect(both.facts).toMatchObject({ scheme: 'DB25', industryCode: '434100' });
    expect(both.past).toEqual([{ fact: 'industry', from: '2008-01-01', until: '2025-01-01', value: 'DB07 439100 Tagdækning' }]);
  });

  test('AC23 a code without a period is of the scheme that was before, never of the newer', () => expect(industry({ branchekode: '439100', ...period(null) }).scheme).toBe('DB07'));

  test.each(['999999', '980000', '', 'abc', null])('%s is no industry', (branchekode) =>
    expect(industry({ branchekode, branchetekst: 'Uoplyst', ...period('2025-01-01') })).toEqual({ scheme: null, industryCode: null, industryText: null }),
  );

  test('a code keeps or gets back its leading zero', () => {
    expect(industry({ branchekode: '011100', ...period('2025-01-01') }).industryCode).toBe('011100');
    expect(industry({ branchekode: 11100, ...period('2025-01-01') }).industryCode).toBe('011100');
  });
});

describe('a production unit', () => {
  const pNumber = somePNumber();

  test('carries its own number and the company’s, its own protection and state, and the past that its hit tells', () => {
    const unit = read(
      unitHit(pNumber, {
        cvr,
        name: 'Bjergager, lager',
        protected: true,
        more: {
          navne: [
            { navn: 'Før', ...period('2001-01-01', '2002-01-01') },
            { navn: 'Bjergager, lager', ...period(null) },
          ],
        },
      }),
    );
    expect(unit).toMatchObject({
      kind: 'unit',
      doubtful: false,
      past: [{ fact: 'name', value: 'Før', from: '2001-01-01', until: '2002-01-02' }],
      facts: { cvr, pNumber, name: 'Bjergager, lager', protected: true, status: 'active' },
    });
    expect(read(unitHit(pNumber, { cvr, more: { produktionsEnhedMetadata: { sammensatStatus: 'Ophørt' } } })).facts.status).toBe('ceased');
  });

  test('a number that fails its check is doubtful, not refused; one that is none is refused', () => {
    expect(read(unitHit('1990000001', { cvr })).doubtful).toBe(true);
    expect(refusal(unitHit(pNumber, { cvr, more: { pNummer: 'P-1' } }))).toBe('p_number');
    expect(refusal(unitHit(pNumber, { cvr, more: { pNummer: null } }))).toBe('p_number');
  });

  test('belongs to the company it is with now', () => {
    const moved = [
      { cvrNummer: 12345674, ...period('2020-01-01') },
      { cvrNummer: 13748136, ...period('2001-01-01', '2019-12-31') },
    ];
    expect(read(unitHit(pNumber, { cvr, more: { virksomhedsrelation: moved } })).facts.cvr).toBe('12345674');
    expect(refusal(unitHit(pNumber, { cvr, more: { virksomhedsrelation: [] } }))).toBe('cvr_missing');
  });
});

describe('what is no company', () => {
  test.each<[string, unknown, string]>([
    ['a person', { _source: { Vrdeltagerperson: { enhedsNummer: 4_000_000_001 } } }, 'shape'],
    ['nothing', null, 'shape'],
    ['a text', 'Vrvirksomhed', 'shape'],
    ['a list', [[]], 'shape'],
    ['a company without a number', { Vrvirksomhed: { navne: [] } }, 'cvr_missing'],
    ['a wrong check digit', companyHit({ cvr: '12345678' }), 'cvr_check'],
    ['a number too long', companyHit({ cvr: '123456740' }), 'cvr_check'],
    ['NUL in a name', companyHit({ cvr, name: 'A\u0000B' }), 'characters'],
    ['half a character in a street', companyHit({ cvr, street: 'A\ud800' }), 'characters'],
    [
      'NUL in an old name',
      companyHit({
        cvr,
        more: {
          navne: [
            { navn: 'a\u0000', ...period('2001-01-01', '2002-01-01') },
            { navn: 'B', ...period(null) },
          ],
        },
      }),
      'characters',
    ],
  ])('%s is refused with a reason', (_what, hit, why) => expect(refusal(hit)).toBe(why));

  test('a refused row still tells whose it is, where that could be read', () => expect(fromCvrHit(companyHit({ cvr, name: 'A\u0000' }))).toEqual({ refusal: 'characters', cvr }));

  test('what no column can hold is cut or left out, and the rest is kept', () => {
    const odd = facts({
      navne: [{ navn: `${'n'.repeat(299)}😀`, ...period(null) }],
      telefonNummer: [{ kontaktoplysning: '1'.repeat(31), ...period(null) }],
      beliggenhedsadresse: [{ fritekst: 'x'.repeat(5000), postnummer: 123_456, kommune: { kommuneKode: 'abc' }, ...period(null) }],
      virksomhedsform: [{ virksomhedsformkode: 123_456, langBeskrivelse: 'F', ...period(null) }],
      livsforloeb: [period('2020-02-31', '9999-12-31')],
      aarsbeskaeftigelse: [{ aar: 99_999_999, intervalKodeAntalAnsatte: 'ANTAL_1_1' }],
    });
    expect(odd).toMatchObject({
      name: 'n'.repeat(299),
      phone: null,
      address: 'x'.repeat(300),
      postcode: null,
      municipality: null,
      formCode: null,
      form: 'F',
      started: null,
      ended: null,
      status: 'active',
      sizeFrom: 5,
    });
  });

  test('any JSON whatever is read or refused, never thrown at, and what is read can be stored', () => {
    const day = fc.oneof(fc.constantFrom('2020-01-01', '2024-02-30', '9999-12-31', '0000-00-00', '2020-01-01T00:00:00'), fc.jsonValue());
    const entry = fc.oneof(
      fc.record({
        periode: fc.record({ gyldigFra: day, gyldigTil: day }),
        navn: fc.jsonValue(),
        status: fc.jsonValue(),
        branchekode: fc.jsonValue(),
        kontaktoplysning: fc.string({ unit: 'binary' }),
        vejnavn: fc.string(),
        aar: fc.oneof(fc.integer(), fc.double()),
        maaned: fc.integer(),
        kvartal: fc.double(),
        intervalKodeAntalAnsatte: fc.constantFrom('ANTAL_2_4', 'x', null),
        virksomhedsformkode: fc.oneof(fc.integer(), fc.double(), fc.string()),
      }),
      fc.jsonValue(),
    );
    const entries = fc.oneof(fc.array(entry, { maxLength: 3 }), fc.jsonValue());
    const entity = fc.record(
      Object.fromEntries(
        [
          'navne',
          'beliggenhedsadresse',
          'telefonNummer',
          'hovedbranche',
          'livsforloeb',
          'virksomhedsstatus',
          'virksomhedsform',
          'erstMaanedsbeskaeftigelse',
          'kvartalsbeskaeftigelse',
          'aarsbeskaeftigelse',
          'virksomhedMetadata',
        ].map((key) => [key, entries]),
      ),
    );
    const isDay = /^[12]\d{3}-[01]\d-[0-3]\d$/;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          entity.map((made) => ({ Vrvirksomhed: { cvrNummer: 12_345_674, ...made } })),
          entity.map((made) => ({ VrproduktionsEnhed: { pNummer: 1_990_000_006, virksomhedsrelation: [{ cvrNummer: 12_345_674 }], ...made } })),
        ),
        (hit) => {
          const reading = fromCvrHit(hit);
          if ('refusal' in reading) return;
          const { facts: all, past } = reading.row;
          expect(all.cvr).toMatch(/^\d{8}$/);
          for (const each of [all.started, all.ended, all.sizeAsOf, ...past.flatMap(({ from, until }) => [from, until])]) if (each !== null) expect(each).toMatch(isDay);
          for (const each of [...Object.values(all), ...past.map(({ value }) => value)])
            if (typeof each === 'string') expect(each.isWellFormed() && !each.includes('\u0000') && each.length <= 500).toBe(true);
          expect((all.scheme === null) === (all.industryCode === null)).toBe(true);
          expect(all.formCode === null || (Number.isInteger(all.formCode) && Number(all.formCode) < 32_768)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
