import { describe, expect, test } from 'vitest';
import { cvrsIn, isAutomatic, mayBeAnswered, namedIn, ownWords, readOldReport, searchable, topicsIn, writtenOn } from './rules.ts';

describe('what somebody wrote anew', () => {
  test.each([
    ['Vi talte.\n> Hej\n>> Hej\nTak.', 'Vi talte.\nTak.'],
    ['Vi talte.\n-- \nAnna Holm\nTlf. 1', 'Vi talte.'],
    ['Vi talte.\r\n\r\nFra: Preben <p@x.example>\r\nSendt: 16. november 2026\r\nTil: Anna\r\n\r\nHej', 'Vi talte.'],
    ['We talked.\n\n*From:* Preben\nTo: Anna\n*Sent:* Monday\n\nHello', 'We talked.'],
    ['Vi talte.\n-----Oprindelig meddelelse-----\nHej', 'Vi talte.'],
    // A line that only looks like it stays.
    ['Fra: mit besøg hos Bjergager\nDe mangler svejsere.', 'Fra: mit besøg hos Bjergager\nDe mangler svejsere.'],
    ['Et strejf -- og videre\n--\nslut'.replace('--\nslut', '- punkt'), 'Et strejf -- og videre\n- punkt'],
    // Nothing of one's own: all of it, rather than nothing.
    ['> Hej\n> Hej', '> Hej\n> Hej'],
    ['  \n', ''],
  ])('%j', (text, own) => expect(ownWords(text)).toBe(own));

  test('a mail of a hundred thousand quotation lines takes no time worth naming', () => expect(ownWords(`Fra: x\n${'Fra:\n>'.repeat(100_000)}`).length).toBeGreaterThan(0));
});

test('2.22 numbers that may be a company’s, as people write them, and no piece of a longer one', () => {
  expect(cvrsIn('CVR 12345674, DK-12.34.56.75 og 12 34 56 76; tlf. 4512345678, P 1234567890')).toEqual(['12345674', '12345675', '12345676']);
});

test.each([
  ['Besøg hos Bjergager Smede i dag', 'Bjergager Smede A/S', true],
  ['besøg hos BJERGAGER SMEDE A/S', 'Bjergager Smede ApS', true],
  ['Bjergager Smedes folk', 'Bjergager Smede I/S', true],
  ['Bjergager Smede & Montage', 'Bjergager Smede & Montage', true],
  ['Bjergager-Smede', 'Bjergager Smede', true],
  ['Bjergager Smedegård', 'Bjergager Smede', false],
  ['på is i dag', 'Is A/S', false],
  ['(a|b|c)*$', '(a|b|c)*$', true],
  ['(a)*', '(a)*', false],
])('%s names %s: %s', (text, company, named) => expect(namedIn(searchable(text), company)).toBe(named));

test('topics are proposed for words', () => {
  expect(topicsIn('De mangler truckcertifikater og vil have en lærling')).toEqual(['certificates', 'apprentices']);
  expect(topicsIn('Hej')).toEqual([]);
});

test.each([
  ['2026-11-16T23:30:00Z', '2026-11-17'],
  ['2026-11-16T08:00:00Z', '2026-11-16'],
  ['2026-11-18T08:00:00Z', '2026-11-17'],
  ['2024-11-18T08:00:00Z', '2026-11-17'],
  ['nonsense', '2026-11-17'],
  [null, '2026-11-17'],
])('a mail of %s was written on %s', (date, day) => expect(writtenOn(date, 'Europe/Copenhagen', '2026-11-17')).toBe(day));

describe('which mails are answered', () => {
  const head = (name: string, value: string) => [{ name, value }];
  test.each([
    ['auto-submitted', 'auto-generated', true],
    ['auto-submitted', 'no', false],
    ['auto-submitted', 'No (a person)', false],
    ['x-vejnet', '1', true],
    ['return-path', '<>', true],
    ['return-path', '<kim@x.example>', false],
    ['precedence', 'bulk', false],
  ])('%s: %s is automatic: %s', (name, value, automatic) => expect(isAutomatic(head(name, value))).toBe(automatic));
  test.each([
    ['precedence', 'List', 'kim@x.example', false],
    ['precedence', 'first-class', 'kim@x.example', true],
    ['list-id', '<x>', 'kim@x.example', false],
    ['return-path', '<Kim@x.example>', 'kim@x.example', true],
    ['return-path', '<other@x.example>', 'kim@x.example', false],
    ['subject', 'Hej', 'noreply@x.example', false],
    ['subject', 'Hej', 'postmaster+x@x.example', false],
    ['subject', 'Hej', 'bounces-list@x.example', false],
    ['subject', 'Hej', 'noren@x.example', true],
  ])('%s: %s from %s: %s', (name, value, from, may) => expect(mayBeAnswered(head(name, value), from)).toBe(may));
});

test.each([
  ['<x@y.example>:\nRemote host said: 550 5.1.1 no such user', { final: true, status: '5.1.1' }],
  ['<x@y.example>:\n192.0.2.5 does not like recipient.\nRemote host said: 550 sorry', { final: true, status: '5.0.0' }],
  ['It will be tried again: 451 4.3.2 please wait', null],
  ['Ring 55 12 34 56, version 5.1.1.2, 1550 kr.', null],
] as const)('an old server’s words %j', (text, meant) => expect(readOldReport(text)).toEqual(meant));
