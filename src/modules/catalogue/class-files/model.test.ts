import { describe, expect, test } from 'vitest';
import { courseInAddress, fromCard, fromColumns, guessMapping, institutionKey, readAmount, readCourse } from './model.ts';

const reader = { course: null, forms: new Map<string, string>() };
const row = (more: Record<string, unknown>) => {
  const read = fromCard({ kviknummer: 'A1', ...more }, reader);
  return 'row' in read ? read.row : read.refusal;
};
const factsOf = (more: Record<string, unknown>) => {
  const read = row(more);
  return typeof read === 'string' ? read : read.facts;
};

describe('amounts', () => {
  test.each([
    ['436', 43_600],
    ['436,50', 43_650],
    ['436.5', 43_650],
    ['1.234,50 kr.', 123_450],
    ['1,234.50', 123_450],
    ['1.040', 104_000],
    ['kr. 654,-', 65_400],
    ['DKK 0', 0],
    ['1 000 000', 100_000_000],
  ])('4.01 %s is %i øre', (written, amount) => expect(readAmount(written)).toBe(amount));
  test.each([
    ['-5', 'price'],
    ['1000000,01', 'price'],
    ['gratis', 'price'],
    ['1,2,3', 'price'],
    ['1e9', 'price'],
    ['58 €', 'currency'],
    ['SEK 600', 'currency'],
    ['436 ekskl. moms', 'vat'],
  ])('4.01 %s is refused as %s', (written, refusal) => expect(() => readAmount(written)).toThrow(refusal));
});

describe('days', () => {
  test.each([
    ['2027-01-11', '2027-01-11'],
    ['2027-01-11T00:00:00', '2027-01-11'],
    ['2027-01-10T23:00:00Z', '2027-01-11'],
    ['2027-07-10T22:00:00.000+0000', '2027-07-11'],
    ['11.1.2027', '2027-01-11'],
    ['11/01-2027', '2027-01-11'],
  ])('4.01 %s is %s', (startDate, starts) => expect(factsOf({ startDate })).toMatchObject({ starts }));
  test.each(['2027-13-01', '30.02.2027', '1/2/27', '0001-01-01', '2999-01-01', 'snart'])('4.01 %s is none', (startDate) => expect(row({ startDate })).toBe('day'));
});

test('4.01 a class of one day ends on it; a longer one must say when', () => {
  expect(factsOf({ startDate: '2027-01-11', duration: '1 dag' })).toMatchObject({ ends: '2027-01-11' });
  expect(factsOf({ startDate: '2027-01-11', duration: '2 uger' })).not.toHaveProperty('ends');
});

test('4.01 a postcode with its town is both; one that cannot be read is pointed out', () => {
  expect(factsOf({ lokationPostNr: '7621 Limvig' })).toEqual({ postcode: '7621', town: 'Limvig' });
  expect(factsOf({ lokationPostNr: 800 })).toEqual({ postcode: '0800' });
  expect(row({ lokationPostNr: 'S-211 20' })).toMatchObject({ facts: { postcode: null }, doubts: ['postcode'] });
});

test('4.01 a description loses its tags, and what is too long of it', () => {
  expect(factsOf({ beskrivelse: '<p>Vi <b>svejser</b></p><script>alert(1)</script>a < b' })).toEqual({ text: 'Vi svejser\nalert(1)a < b' });
  expect(row({ beskrivelse: 'å'.repeat(5000) })).toMatchObject({ facts: { text: 'å'.repeat(4000) }, doubts: ['clipped'] });
});

test('4.01 a number written with a letter and a ring apart is the same number', () => {
  expect(row({ kviknummer: ' 40017A\u030ARH ' })).toMatchObject({ number: '40017ÅRH' });
});

test('4.01 what is not there is not said, what is empty empties, and what must have a value is kept', () => {
  expect(factsOf({ beskrivelse: null, normpris: '', startDate: null, participantCapacity: '', aabent: null, undervisningsform: '' })).toEqual({ text: '', price: null });
});

test('4.01 headings of the national search and of Danish spreadsheets are known', () => {
  expect(guessMapping(['kviknummer', 'holdTitle', 'startDate', 'participantCapacity', 'normpris', 'tillaegsprisAarsag', 'noget'])).toEqual([
    'number',
    'title',
    'starts',
    'maximum',
    'price',
    'supplementFor',
    null,
  ]);
  expect(guessMapping(['Holdnummer', 'AMU-nr.', 'Skole', 'Startdato', 'Slutdato', 'Tilmeldte', 'Pladser', 'Pladser'])).toEqual([
    'number',
    'courseCode',
    'institution',
    'starts',
    'ends',
    'taken',
    'maximum',
    null,
  ]);
});

test('4.01 a row shorter than its headings says that the rest is empty', () => {
  expect(fromColumns(['A1'], ['number', 'title', 'starts'], reader)).toMatchObject({ row: { number: 'A1', facts: { title: '' } } });
});

test('4.01 courses are told apart by kind, name or five digits', () => {
  expect(readCourse('AMU 40017', null)).toEqual({ kind: 'amu', code: '40017' });
  expect(readCourse('FVU-dansk', null)).toEqual({ kind: 'fvu', code: 'FVU-dansk' });
  expect(readCourse('40017', 'own')).toEqual({ kind: 'own', code: '40017' });
  expect(courseInAddress('https://example.org/?subject_code=40017&level=-&type=AMU')).toEqual({ kind: 'amu', code: '40017' });
  expect(courseInAddress('https://example.org/?subject_code=400&type=AMU')).toBeNull();
});

test('4.01 names of schools are the same with and without capitals, hyphens and æøå', () => {
  expect(institutionKey('  Tværby-Ålborg  Tekniske Skole, Ø ')).toBe(institutionKey('TVAERBY AALBORG TEKNISKE SKOLE OE'));
  expect(institutionKey('Skole A')).not.toBe(institutionKey('Skole B'));
  expect(institutionKey('…')).toBe('');
});
