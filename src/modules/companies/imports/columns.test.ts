import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ColumnField, columnFields, type Facts, fromColumns, guessMapping, type Mapping } from './model.ts';

const today = '2026-11-17';
const cvr = '12345674';
type Cells = Partial<Record<ColumnField, string>>;
/** Reads one row that has just these columns. */
const reading = (cells: Cells, scheme: 'DB07' | 'DB25' | null = null) => fromColumns(Object.values(cells), Object.keys(cells) as Mapping, scheme, today);
function read(cells: Cells, scheme: 'DB07' | 'DB25' | null = null): Facts {
  const found = reading({ cvr, ...cells }, scheme);
  if ('refusal' in found) throw new Error(`refused: ${found.refusal}`);
  return found.row.facts;
}
function refusal(cells: Cells, scheme: 'DB07' | 'DB25' | null = null) {
  const found = reading({ cvr, ...cells }, scheme);
  return 'refusal' in found ? found.refusal : null;
}

describe('guessing what the columns hold', () => {
  test('the headings of the lists people pass on are all known', () => {
    expect(guessMapping('cvr_nummer;virksomhedsnavn;adresse;postnummer;by;virksomhedsform;ansatte_interval;email;telefon;stiftelsesdato;status'.split(';'))).toEqual([
      'cvr',
      'name',
      'address',
      'postcode',
      'town',
      'form',
      'size',
      'email',
      'phone',
      'started',
      'status',
    ]);
  });

  test('English headings are known too, in capitals and with spaces around', () => {
    expect(
      guessMapping([
        'CVR number',
        ' Company name ',
        'Street',
        'ZipCode',
        'CITY',
        'Municipality',
        'Phone',
        'E-mail',
        'Employees',
        'Industry code',
        'Industry',
        'Contact name',
        'Contact email',
        'Mobile',
        'Title',
        'Protected',
      ]),
    ).toEqual([
      'cvr',
      'name',
      'address',
      'postcode',
      'town',
      'municipality',
      'phone',
      'email',
      'size',
      'industryCode',
      'industryText',
      'contactName',
      'contactEmail',
      'contactPhone',
      'contactRole',
      'protected',
    ]);
  });

  test.each<[string, ColumnField]>([
    ['CVR-nr.', 'cvr'],
    ['P-nummer', 'pNumber'],
    ['Produktionsenhedsnummer', 'pNumber'],
    ['Firma', 'name'],
    ['Postnr.', 'postcode'],
    ['Kommunekode', 'municipality'],
    ['Tlf.', 'phone'],
    ['Hovedbranchekode', 'industryCode'],
    ['Branchetekst', 'industryText'],
    ['Antal ansatte', 'size'],
    ['Reklamebeskyttelse', 'protected'],
    ['Offentlig', 'publicSector'],
    ['Kontaktperson', 'contactName'],
    ['Stilling', 'contactRole'],
  ])('"%s" is %s', (heading, field) => expect(guessMapping([heading])).toEqual([field]));

  test('a heading that nobody knows is left out, and of two alike the first holds', () => expect(guessMapping(['Bemærkning', 'navn', 'cvr', 'Firma', ''])).toEqual([null, 'name', 'cvr', null, null]));

  test('any headings are guessed without throwing: one answer each, no field twice', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('cvr', 'navn', 'name', 'by', 'titel')), { maxLength: 60 }), (headings) => {
        const guessed = guessMapping(headings);
        expect(guessed).toHaveLength(headings.length);
        const fields = guessed.filter((field) => field !== null);
        expect(new Set(fields).size).toBe(fields.length);
      }),
    );
  });
});

describe('a row of a table', () => {
  test('a column that is not mapped says nothing; a mapped empty one says "empty"', () => {
    expect(read({})).toEqual({ cvr });
    expect(read({ name: 'A', phone: ' ', address: '', postcode: '', size: '' })).toEqual({
      cvr,
      name: 'A',
      phone: null,
      address: null,
      postcode: null,
      sizeFrom: null,
      sizeTo: null,
      sizePeriod: null,
      sizeAsOf: null,
    });
  });

  test('a row with fewer cells than headings has empty ones, and one with more is read all the same', () => {
    expect(fromColumns([cvr], ['cvr', 'name'], null, today)).toMatchObject({ row: { facts: { cvr, name: null } } });
    expect(fromColumns([cvr, 'A', 'over', 'flow'], ['cvr', 'name'], null, today)).toMatchObject({ row: { facts: { cvr, name: 'A' } } });
  });

  test('spaces around a cell are dropped', () => expect(read({ name: '  Bjergager Smede\t' }).name).toBe('Bjergager Smede'));

  test('the number is read as people write it, and gets back a zero that a spreadsheet took', () => {
    for (const [written, is] of [
      ['DK 12 34 56 74', cvr],
      ['01234560', '01234560'],
      ['1234560', '01234560'],
    ] as const)
      expect(read({ cvr: written }).cvr).toBe(is);
  });

  test.each([
    ['', 'cvr_missing'],
    ['12345678', 'cvr_check'],
    ['123456', 'cvr_check'],
    ['ingen', 'cvr_check'],
  ])('the number "%s" is refused: %s', (written, why) => expect(reading({ cvr: written, name: 'A' })).toEqual({ refusal: why }));

  test('a mapping without the number refuses every row', () => expect(reading({ name: 'A' })).toEqual({ refusal: 'cvr_missing' }));

  test('a postcode gets back its zero, and what is none is empty', () => {
    expect(['0555', '555', '7620', '76', 'DK-7620', '76200'].map((postcode) => read({ postcode }).postcode)).toEqual(['0555', '0555', '7620', null, null, null]);
  });

  test('a P-number is checked softly and refused when it is none', () => {
    expect(reading({ cvr, pNumber: '1990000006' })).toMatchObject({ row: { doubtful: false, facts: { pNumber: '1990000006' } } });
    expect(reading({ cvr, pNumber: '1990000001' })).toMatchObject({ row: { doubtful: true } });
    expect(refusal({ pNumber: '199' })).toBe('p_number');
    expect(read({ pNumber: '' }).pNumber).toBeUndefined();
  });

  test('an interval of employees is counted for today; what is none is refused', () => {
    expect(read({ size: '10-19' })).toEqual({ cvr, sizeFrom: 10, sizeTo: 19, sizePeriod: null, sizeAsOf: today });
    expect(read({ size: 'ANTAL_1000_999999' })).toMatchObject({ sizeFrom: 1000, sizeTo: null });
    expect(refusal({ size: 'mange' })).toBe('size');
  });

  test.each(['23.05.1998', '23/5 - 1998', '23-05-1998', '1998-05-23', '1998-05-23T00:00:00'])('%s is a day', (started) => expect(read({ started }).started).toBe('1998-05-23'));
  test.each(['30.02.1998', '1998-13-01', '5/1998', 'i fjor', '23.05.98', '0000-00-00', '99999-01-01'])('%s is none and is refused', (started) => expect(refusal({ started })).toBe('day'));

  test('words for yes are yes, anything else is no', () => {
    for (const word of ['1', 'x', 'Ja', 'J', 'yes', 'TRUE', 'sand']) expect(read({ protected: word, publicSector: word }), word).toMatchObject({ protected: true, publicSector: true });
    for (const word of ['', '0', 'nej', 'no', 'false', 'privat']) expect(read({ protected: word, publicSector: word }), word).toMatchObject({ protected: false, publicSector: false });
  });

  test('a status gives the state', () => {
    expect(read({ status: 'Ophørt' })).toMatchObject({ status: 'ceased', statusText: 'Ophørt' });
    expect(read({ status: '' })).toMatchObject({ status: 'active', statusText: null });
  });
});

describe('industries of a table', () => {
  test('AC23 a code is of the scheme that the sender named, and of none by itself: without a scheme the row is refused', () => {
    expect(read({ industryCode: '439100' }, 'DB07')).toMatchObject({ scheme: 'DB07', industryCode: '439100' });
    expect(read({ industryCode: '439100' }, 'DB25')).toMatchObject({ scheme: 'DB25', industryCode: '439100' });
    expect(refusal({ industryCode: '439100' })).toBe('industry_scheme');
  });

  test('a code keeps its leading zero, gets a lost one back, and may be written with dots', () => {
    for (const written of ['011100', '11100', '01.11.00', ' 01 11 00 ']) expect(read({ industryCode: written }, 'DB25').industryCode, written).toBe('011100');
    expect(read({ industryCode: '25' }, 'DB25').industryCode).toBe('25');
  });

  test('"not stated" and an empty cell empty the industry and need no scheme', () => {
    for (const written of ['', '999999', '980000', '0']) expect(read({ industryCode: written }), written).toMatchObject({ scheme: null, industryCode: null });
  });

  test.each(['7', '1234567', '25a', 'smed'])('"%s" is no code and is refused', (industryCode) => expect(refusal({ industryCode }, 'DB25')).toBe('industry_code'));
});

describe('hostile cells', () => {
  test.each(['name', 'address', 'town', 'phone', 'email', 'contactName', 'contactPhone'] as const)('a %s that no column can hold is refused, not cut', (field) => {
    expect(refusal({ [field]: 'a'.repeat(321) })).toBe('too_long');
  });

  test.each([
    ['NUL', 'a\u0000b'],
    ['half a character', 'a\ud800b'],
  ])('%s is refused, and the row still tells whose it is', (_what, name) => expect(reading({ cvr, name })).toEqual({ refusal: 'characters', cvr }));

  test.each(['=1+1', "Robert'); drop table vn.company;--", '<script>', '\\N', '__proto__', '😀 أهلا', '\u202eabc'])('%s is a name like any other', (name) => expect(read({ name }).name).toBe(name));

  test('any cells under any mapping are read or refused, never thrown at, and what is read can be stored', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(cvr, '1234560', '10-19', '251100', '1998-05-23', '1990000006', 'ja', '9999-99-99', ''));
    const mapping = fc.array(fc.option(fc.constantFrom(...columnFields)), { maxLength: 25 });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 25 }), mapping, fc.constantFrom('DB07', 'DB25', null), (cells, columns, scheme) => {
        const found = fromColumns([cvr, ...cells], ['cvr', ...columns.map((field) => (field === 'cvr' ? null : field))], scheme, today);
        if ('refusal' in found) return;
        for (const value of Object.values(found.row.facts)) if (typeof value === 'string') expect(value.isWellFormed() && !value.includes('\u0000') && value.length <= 500).toBe(true);
        expect((found.row.facts.scheme ?? null) === null).toBe((found.row.facts.industryCode ?? null) === null);
      }),
      { numRuns: 1000 },
    );
  });
});
