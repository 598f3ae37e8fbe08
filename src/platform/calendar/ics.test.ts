import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { icsLimits, readIcs, writeEntry, writeFeed, writeIcs } from './ics.ts';
import { readApart } from './read-apart.ts';

const zone = 'Europe/Copenhagen';
const file = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//DA', ...lines, 'END:VCALENDAR', ''].join('\r\n');
let uid = 0;
const entry = (...lines: string[]) => ['BEGIN:VEVENT', `UID:${++uid}@skole.example`, 'DTSTAMP:20261101T080000Z', ...lines, 'END:VEVENT'];
const read = (text: string, from = '2026-10-19', until = '2026-11-08') => {
  const found = readIcs(text, zone, from, until);
  return 'refused' in found ? found.refused : found.busy.map(({ start, end }) => `${start.toISOString().slice(0, 16)} ${end.toISOString().slice(0, 16)}`);
};

describe('2.16 a calendar file says when, never what', () => {
  test('a lesson in UTC, in a zone and without one stands at the same hour', () => {
    for (const start of ['DTSTART:20261102T080000Z', 'DTSTART;TZID=Europe/Copenhagen:20261102T090000', 'DTSTART:20261102T090000', 'DTSTART;TZID=Europe/London:20261102T080000'])
      expect(read(file(...entry(start, 'DURATION:PT1H30M', 'SUMMARY:Hemmelig')))).toEqual(['2026-11-02T08:00 2026-11-02T09:30']);
    expect(JSON.stringify(readIcs(file(...entry('DTSTART:20261102T080000Z', 'DURATION:PT1H', 'SUMMARY:Hemmelig')), zone, '2026-11-01', '2026-11-30'))).not.toContain('Hemmelig');
  });

  test('a weekly lesson keeps its hour on the wall across the night when clocks go back', () => {
    expect(read(file(...entry('DTSTART;TZID=Europe/Copenhagen:20261020T090000', 'DTEND;TZID=Europe/Copenhagen:20261020T110000', 'RRULE:FREQ=WEEKLY;COUNT=3')))).toEqual([
      '2026-10-20T07:00 2026-10-20T09:00',
      '2026-10-27T08:00 2026-10-27T10:00',
      '2026-11-03T08:00 2026-11-03T10:00',
    ]);
  });

  test('a watch through that night lasts as long as it did: an hour more in autumn, one less in spring', () => {
    const night = (day: string, next: string) => file(...entry(`DTSTART;TZID=Europe/Copenhagen:${day}T220000`, `DTEND;TZID=Europe/Copenhagen:${next}T060000`));
    expect(read(night('20261024', '20261025'))).toEqual(['2026-10-24T20:00 2026-10-25T05:00']);
    expect(read(night('20260328', '20260329'), '2026-03-01', '2026-03-31')).toEqual(['2026-03-28T21:00 2026-03-29T04:00']);
  });

  test('a zone that Outlook names its own way is what the file says it is', () => {
    const outlook = [
      'BEGIN:VTIMEZONE',
      'TZID:Romance Standard Time',
      'BEGIN:STANDARD',
      'DTSTART:16010101T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010101T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ];
    const lessons = entry('DTSTART;TZID=Romance Standard Time:20261023T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2');
    expect(read(file(...outlook, ...lessons))).toEqual(['2026-10-23T07:00 2026-10-23T08:00', '2026-10-30T08:00 2026-10-30T09:00']);
  });

  test('a whole day is a day where the centre is, 25 hours long when clocks go back; one without an end is one day', () => {
    expect(read(file(...entry('DTSTART;VALUE=DATE:20261025', 'DTEND;VALUE=DATE:20261026')))).toEqual(['2026-10-24T22:00 2026-10-25T23:00']);
    expect(read(file(...entry('DTSTART;VALUE=DATE:20261102')))).toEqual(['2026-11-01T23:00 2026-11-02T23:00']);
  });

  test('what was left out, added, moved or cancelled of a series is', () => {
    const series = entry(
      'DTSTART;TZID=Europe/Copenhagen:20261026T090000',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=5',
      'EXDATE;TZID=Europe/Copenhagen:20261027T090000',
      'RDATE;TZID=Europe/Copenhagen:20261031T090000',
    );
    const exception = (...lines: string[]) => ['BEGIN:VEVENT', series[1] ?? '', ...lines, 'END:VEVENT'];
    const moved = exception('RECURRENCE-ID;TZID=Europe/Copenhagen:20261028T090000', 'DTSTART;TZID=Europe/Copenhagen:20261028T140000', 'DURATION:PT2H');
    const cancelled = exception('RECURRENCE-ID;TZID=Europe/Copenhagen:20261029T090000', 'DTSTART;TZID=Europe/Copenhagen:20261029T090000', 'DURATION:PT1H', 'STATUS:CANCELLED');
    expect(read(file(...series, ...moved, ...cancelled))).toEqual([
      '2026-10-26T08:00 2026-10-26T09:00',
      '2026-10-28T13:00 2026-10-28T15:00',
      '2026-10-30T08:00 2026-10-30T09:00',
      '2026-10-31T08:00 2026-10-31T09:00',
    ]);
  });

  test('times that touch are one, and what is shown as free or cancelled is none', () => {
    const at = (hour: string, ...more: string[]) => entry(`DTSTART:20261102T${hour}0000Z`, 'DURATION:PT1H', ...more);
    expect(read(file(...at('10'), ...at('09'), ...at('08'), ...at('13', 'TRANSP:TRANSPARENT'), ...at('14', 'STATUS:CANCELLED'), ...at('15', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE')))).toEqual([
      '2026-11-02T08:00 2026-11-02T11:00',
    ]);
  });

  test('only the days that were asked for are kept, and a series without an end ends there', () => {
    expect(read(file(...entry('DTSTART:20200106T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY')), '2026-11-01', '2026-11-10')).toEqual([
      '2026-11-02T08:00 2026-11-02T09:00',
      '2026-11-09T08:00 2026-11-09T09:00',
    ]);
  });

  test.each([
    ['nothing', ''],
    ['a letter', 'Kære Anna'],
    ['a file cut off', file(...entry('DTSTART:20261102T080000Z', 'DURATION:PT1H')).slice(0, 120)],
    ['an entry without a time', file(...entry('SUMMARY:Hvornår?'))],
    ['an address book', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna\r\nEND:VCARD\r\n'],
    ['a rule that is none', file(...entry('DTSTART:20261102T080000Z', 'RRULE:FREQ=SOMETIMES'))],
    ['a day that does not exist', file(...entry('DTSTART:hello', 'DURATION:PT1H'))],
  ])('%s is refused as broken', (_what, text) => expect(read(text)).toBe('calendar_broken'));

  test('entries that Vejnet wrote itself are not counted a second time, wherever they stand', () => {
    const own = '0199a000-0000-7000-8000-00000000000a';
    const text = file('BEGIN:VEVENT', `UID:${own.toUpperCase()}@vejnet.example`, 'DTSTART:20261102T080000Z', 'DURATION:PT1H', 'END:VEVENT', ...entry('DTSTART:20261102T100000Z', 'DURATION:PT1H'));
    const times = (found: ReturnType<typeof readIcs>) => ('busy' in found ? found.busy.map(({ start }) => start.toISOString().slice(0, 16)) : found.refused);
    expect(times(readIcs(text, zone, '2026-11-01', '2026-11-30', [own]))).toEqual(['2026-11-02T10:00']);
    expect(times(readIcs(text, zone, '2026-11-01', '2026-11-30'))).toEqual(['2026-11-02T08:00', '2026-11-02T10:00']);
  });

  test('what a server hands out entry by entry is read as one calendar, with the limits of one', () => {
    const one = (hour: string) => file(...entry(`DTSTART:20261102T${hour}0000Z`, 'DURATION:PT1H'));
    expect(readIcs([one('08'), one('09'), one('12')], zone, '2026-11-01', '2026-11-30')).toMatchObject({ busy: [{ end: new Date('2026-11-02T10:00Z') }, { start: new Date('2026-11-02T12:00Z') }] });
    expect(readIcs([], zone, '2026-11-01', '2026-11-30')).toEqual({ busy: [] });
    expect(
      readIcs(
        Array.from({ length: icsLimits.entries + 1 }, () => 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261102T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR'),
        zone,
        '2026-11-01',
        '2026-11-30',
      ),
    ).toEqual({ refused: 'calendar_too_many' });
    expect(readIcs(['x'.repeat(icsLimits.accountLetters), 'x'], zone, '2026-11-01', '2026-11-30')).toEqual({ refused: 'calendar_too_large' });
  });

  test('a repetition that no day ever fits is given up, and holds up nobody who comes after it', async () => {
    const task = (...lines: string[]) => ({ text: file(...entry(...lines)), zone, from: '2026-11-01', until: '2026-11-30' });
    const endless = readApart(task('DTSTART:20261102T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'), 400);
    const good = readApart(task('DTSTART:20261102T080000Z', 'DURATION:PT1H', 'SUMMARY:Hemmelig'));
    expect(await endless).toEqual({ refused: 'calendar_endless' });
    expect(await good).toEqual({ busy: [{ start: new Date('2026-11-02T08:00Z'), end: new Date('2026-11-02T09:00Z') }] });
    expect(await readApart(task('RRULE:FREQ=SOMETIMES'))).toEqual({ refused: 'calendar_broken' });
  });

  test('a file too long, one with too many entries, and a series that never stops are refused', () => {
    expect(read('x'.repeat(icsLimits.letters + 1))).toBe('calendar_too_large');
    expect(read(file(...Array.from({ length: icsLimits.entries + 1 }, () => 'BEGIN:VEVENT\r\nDTSTART:20261102T080000Z\r\nEND:VEVENT')))).toBe('calendar_too_many');
    expect(read(file(...entry('DTSTART:20261019T080000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY')))).toBe('calendar_too_many');
  });
});

describe('2.16 an invitation', () => {
  const invitation = {
    method: 'REQUEST',
    uid: 'one@vejnet',
    sequence: 0,
    stamp: new Date('2026-10-20T08:00:00Z'),
    start: new Date('2026-10-26T08:00:00Z'),
    end: new Date('2026-10-26T09:00:00Z'),
    summary: 'Besøg hos Bjergager Smede & Montage',
    location: 'Havnevej 4, 9999 Limvig',
    description: 'Første linje\nAnden; linje, med tegn',
    organiser: { name: 'VEU-center Prøven', email: 'center@vejnet.example' },
    attendees: [{ name: 'Anna Holm', email: 'anna@skole.example' }],
  } as const;

  test('bears one number, a count, an organiser, and a time that is right after the clocks have changed', () => {
    const text = writeIcs(invitation);
    expect(text).toMatch(/^METHOD:REQUEST\r$/m);
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const event = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent') as ICAL.Component);
    expect(event).toMatchObject({ uid: 'one@vejnet', sequence: 0, summary: invitation.summary, location: invitation.location, description: invitation.description });
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-10-26T08:00:00.000Z');
    expect(text.replaceAll('\r\n ', '')).toContain('ORGANIZER;CN=VEU-center Prøven:mailto:center@vejnet.example');
    expect(text.replaceAll('\r\n ', '')).toContain(':mailto:anna@skole.example');
    expect(read(text)).toEqual(['2026-10-26T08:00 2026-10-26T09:00']);
  });

  test('cancelled, it takes no time any more', () => {
    const text = writeIcs({ ...invitation, method: 'CANCEL', sequence: 2 });
    expect(text).toMatch(/^METHOD:CANCEL\r$/m);
    expect(text).toMatch(/^STATUS:CANCELLED\r$/m);
    expect(read(text)).toEqual([]);
  });

  test('a name with line breaks, quotes and commas adds no line of its own', () => {
    const text = writeIcs({ ...invitation, summary: 'Besøg\r\nATTENDEE:mailto:all@skole.example', attendees: [{ name: 'Anna "A", Holm\r\nX:1', email: 'anna@skole.example' }] });
    expect(text).not.toMatch(/^(ATTENDEE:mailto:all|X:1)/m);
  });
});

describe('2.16 a calendar that programs subscribe to', () => {
  const one = {
    uid: 'one@vejnet',
    sequence: 2,
    stamp: new Date('2026-10-20T08:00:00Z'),
    start: new Date('2026-10-26T08:00:00Z'),
    end: new Date('2026-10-26T09:00:00Z'),
    summary: 'Besøg hos Bjergager',
    location: 'Havnevej 4, 9999 Limvig',
    description: 'https://vejnet.example/meetings/one',
    cancelled: false,
  };

  test('holds every meeting, cancelled ones as such, and reads back', () => {
    const text = writeFeed('Vejnet', [one, { ...one, uid: 'two@vejnet', cancelled: true }]);
    expect(text).toMatch(/^METHOD:PUBLISH\r$/m);
    const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
    expect(events.map((event) => [event.getFirstPropertyValue('uid'), event.getFirstPropertyValue('status')])).toEqual([
      ['one@vejnet', 'CONFIRMED'],
      ['two@vejnet', 'CANCELLED'],
    ]);
    expect(read(text)).toEqual(['2026-10-26T08:00 2026-10-26T09:00']);
  });

  test('a single entry bears no method and no people: a server would write to them', () => {
    expect(writeEntry(one)).not.toMatch(/METHOD|ORGANIZER|ATTENDEE/);
    expect(read(writeEntry(one))).toEqual(['2026-10-26T08:00 2026-10-26T09:00']);
  });
});
