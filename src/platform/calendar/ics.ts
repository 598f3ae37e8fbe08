import ICAL from 'ical.js';
import { shiftDay } from '../../kit/calendar-day.ts';
import { instantOf, isZone } from '../../kit/local-time.ts';

/** A time in which somebody is busy; nothing else of a calendar is kept. */
export interface Busy {
  start: Date;
  end: Date;
}
type Refused = 'calendar_broken' | 'calendar_too_large' | 'calendar_too_many';

/** Letters of a file, entries in it, and repetitions that are looked at; `accountLetters` is for all entries that a CalDAV server hands out of one calendar. */
export const icsLimits = { letters: 900_000, accountLetters: 4_000_000, entries: 5_000, repetitions: 50_000 } as const;

class Refusal extends Error {
  readonly code: Refused;
  constructor(code: Refused) {
    super(code);
    this.code = code;
  }
}

/** A clock's reading with the name of its zone; a name that nobody knows and a time without zone are read where the centre is. */
function instantIn(home: string, time: ICAL.Time, named: string | null): number {
  const day = `${String(time.year).padStart(4, '0')}-${String(time.month).padStart(2, '0')}-${String(time.day).padStart(2, '0')}`;
  if (time.isDate) return instantOf(home, day, '00:00');
  const found = time.zone?.tzid ?? 'floating';
  const name = found === 'floating' ? (named ?? found) : found;
  if (name === 'UTC' || name === 'Z') return time.toUnixTime() * 1000;
  const clock = `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}:${String(Math.min(time.second, 59)).padStart(2, '0')}`;
  if (isZone(name)) return instantOf(name, day, clock);
  // Outlook names zones its own way and says in the file what they are.
  return found === 'floating' ? instantOf(home, day, clock) : time.toUnixTime() * 1000;
}

const lower = (component: ICAL.Component, name: string) => String(component.getFirstPropertyValue(name) ?? '').toLowerCase();
/** The zone that a file names without saying what it is. */
const zoneNamed = (component: ICAL.Component, property: string): string | null => {
  const name = component.getFirstProperty(property)?.getParameter('tzid');
  return typeof name === 'string' ? name : null;
};
/** An entry that takes no time: cancelled, or shown as free. */
const free = (component: ICAL.Component) => lower(component, 'status') === 'cancelled' || lower(component, 'transp') === 'transparent' || lower(component, 'x-microsoft-cdo-busystatus') === 'free';

/** Times that touch or overlap become one: how a day is cut up is nobody's business either. */
export function merged(times: readonly Busy[]): Busy[] {
  const all: Busy[] = [];
  for (const { start, end } of [...times].sort((a, b) => a.start.getTime() - b.start.getTime())) {
    const last = all.at(-1);
    if (last !== undefined && start <= last.end) last.end = end > last.end ? end : last.end;
    else all.push({ start, end });
  }
  return all;
}

const uidOf = (entry: ICAL.Component) => String(entry.getFirstPropertyValue('uid'));

/** The number before the @ of entries that Vejnet wrote itself. */
const numberOf = (entry: ICAL.Component) => uidOf(entry).split('@')[0]?.toLowerCase() ?? '';

function readAll(texts: readonly string[], zone: string, from: number, to: number, own: ReadonlySet<string>): Busy[] {
  const entries = texts.flatMap((text) => {
    const calendar = new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]);
    if (calendar.name !== 'vcalendar') throw new Refusal('calendar_broken');
    return calendar.getAllSubcomponents('vevent');
  });
  if (entries.length > icsLimits.entries) throw new Refusal('calendar_too_many');
  const found: Busy[] = [];
  const add = (begins: number, ends: number) => {
    if (ends > begins && ends > from && begins < to) found.push({ start: new Date(Math.max(begins, from)), end: new Date(Math.min(ends, to)) });
  };
  // An occurrence that was moved stands at its own time; its series leaves it out.
  const moved = new Map<string, Set<number>>();
  for (const entry of entries) {
    const original = entry.getFirstPropertyValue('recurrence-id');
    if (original instanceof ICAL.Time) moved.set(uidOf(entry), (moved.get(uidOf(entry)) ?? new Set()).add(instantIn(zone, original, zoneNamed(entry, 'recurrence-id'))));
  }
  let repetitions = 0;
  for (const entry of entries) {
    if (!entry.hasProperty('dtstart')) throw new Refusal('calendar_broken');
    if (free(entry) || own.has(numberOf(entry))) continue;
    const event = new ICAL.Event(entry, { exceptions: [] });
    const name = zoneNamed(entry, 'dtstart');
    if (entry.hasProperty('recurrence-id') || !event.isRecurring()) {
      add(instantIn(zone, event.startDate, name), instantIn(zone, event.endDate, zoneNamed(entry, 'dtend') ?? name));
      continue;
    }
    const leftOut = moved.get(event.uid);
    const series = event.iterator();
    for (let next = series.next(); next; next = series.next()) {
      if (++repetitions > icsLimits.repetitions) throw new Refusal('calendar_too_many');
      const begins = instantIn(zone, next, name);
      if (begins >= to) break;
      if (leftOut?.has(begins)) continue;
      const ends = next.clone();
      ends.addDuration(event.duration);
      add(begins, instantIn(zone, ends, name));
    }
  }
  return found;
}

/**
 * Reads when somebody is busy from a calendar file (iCalendar, RFC 5545): repetitions, exceptions, whole days, zones and nights on which the clock changes.
 * @param zone where times without a zone, and whole days, are meant
 * @param from the first day looked at, 'YYYY-MM-DD'
 * @param until the last one
 * @param own numbers of meetings that stand in Vejnet itself: an entry of such a UID is not counted a second time
 * @param text one file, or what a CalDAV server hands out entry by entry
 * @returns merged times without any title, or why the file was refused
 */
export function readIcs(text: string | readonly string[], zone: string, from: string, until: string, own: readonly string[] = []): { busy: Busy[] } | { refused: Refused } {
  const texts = typeof text === 'string' ? [text] : text;
  if (texts.reduce((sum, each) => sum + each.length, 0) > (typeof text === 'string' ? icsLimits.letters : icsLimits.accountLetters)) return { refused: 'calendar_too_large' };
  try {
    return { busy: merged(readAll(texts, zone, instantOf(zone, from, '00:00'), instantOf(zone, shiftDay(until, 1), '00:00'), new Set(own))) };
  } catch (error) {
    // Whatever the reader stumbles over, the file is not what it should be.
    return { refused: error instanceof Refusal ? error.code : 'calendar_broken' };
  }
}

/** What somebody who was invited answers (iTIP, RFC 5546): to REQUEST with REPLY, with another time with COUNTER. */
export interface CalendarAnswer {
  uid: string;
  sequence: number;
  /** Who answers what, as the file says. */
  attendees: { email: string; answer: 'accepted' | 'declined' | 'tentative' }[];
  /** Another time that is proposed. */
  proposed: Date | null;
}

/** @returns null where the file is no answer, or not what it should be */
export function readAnswer(text: string, zone: string): CalendarAnswer | null {
  if (text.length > icsLimits.letters) return null;
  try {
    const calendar = new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]);
    const method = lower(calendar, 'method');
    const [event] = calendar.getAllSubcomponents('vevent');
    if (event === undefined || (method !== 'reply' && method !== 'counter')) return null;
    const start = event.getFirstPropertyValue('dtstart');
    const attendees = event
      .getAllProperties('attendee')
      .slice(0, 20)
      .flatMap((each) => {
        const answer = String(each.getParameter('partstat') ?? '').toLowerCase();
        const email = String(each.getFirstValue())
          .replace(/^mailto:/i, '')
          .trim();
        return answer === 'accepted' || answer === 'declined' || answer === 'tentative' ? [{ email, answer } as const] : [];
      });
    return {
      uid: uidOf(event),
      sequence: Math.min(Math.max(0, Math.trunc(Number(event.getFirstPropertyValue('sequence') ?? 0)) || 0), 1_000_000),
      attendees,
      proposed: method === 'counter' && start instanceof ICAL.Time && start.year >= 2000 && start.year < 2100 ? new Date(instantIn(zone, start, zoneNamed(event, 'dtstart'))) : null,
    };
  } catch {
    return null; // whatever the reader stumbles over, the file is not what it should be
  }
}

export interface CalendarEntry {
  /** The same for everything that is said about one meeting. */
  uid: string;
  /** Higher in every later version. */
  sequence: number;
  stamp: Date;
  start: Date;
  end: Date;
  summary: string;
  location: string;
  description: string;
  cancelled: boolean;
}
export interface Invitation extends Omit<CalendarEntry, 'cancelled'> {
  method: 'REQUEST' | 'CANCEL';
  organiser: { name: string; email: string };
  attendees: readonly { name: string; email: string }[];
}

/** Times are UTC, so that no reader needs to know when clocks change. */
function eventOf(it: CalendarEntry): ICAL.Component {
  const event = new ICAL.Component(['vevent', [], []]);
  const plain: [string, string | number | ICAL.Time][] = [
    ['uid', it.uid],
    ['sequence', it.sequence],
    ['dtstamp', ICAL.Time.fromJSDate(it.stamp, true)],
    ['dtstart', ICAL.Time.fromJSDate(it.start, true)],
    ['dtend', ICAL.Time.fromJSDate(it.end, true)],
    ['summary', it.summary],
    ['location', it.location],
    ['description', it.description],
    ['status', it.cancelled ? 'CANCELLED' : 'CONFIRMED'],
  ];
  for (const [name, value] of plain) event.addPropertyWithValue(name, value);
  return event;
}

function calendarWith(facts: readonly [string, string][], events: readonly ICAL.Component[]): string {
  const calendar = new ICAL.Component(['vcalendar', [], []]);
  for (const [name, value] of [['prodid', '-//Vejnet//Vejnet//DA'], ['version', '2.0'], ...facts] as const) calendar.addPropertyWithValue(name, value);
  for (const event of events) calendar.addSubcomponent(event);
  return `${calendar.toString()}\r\n`;
}

/** An invitation, a change of it, or its cancellation, as a calendar file. */
export function writeIcs(it: Invitation): string {
  const event = eventOf({ ...it, cancelled: it.method === 'CANCEL' });
  event.addPropertyWithValue('organizer', `mailto:${it.organiser.email}`).setParameter('cn', it.organiser.name);
  for (const { name, email } of it.attendees) {
    const attendee = event.addPropertyWithValue('attendee', `mailto:${email}`);
    attendee.setParameter('cn', name);
    attendee.setParameter('role', 'REQ-PARTICIPANT');
    attendee.setParameter('rsvp', 'TRUE');
  }
  return calendarWith([['method', it.method]], [event]);
}

/** A calendar that programs subscribe to. */
export const writeFeed = (name: string, entries: readonly CalendarEntry[]): string =>
  calendarWith(
    [
      ['method', 'PUBLISH'],
      ['x-wr-calname', name],
      ['refresh-interval', 'PT15M'],
      ['x-published-ttl', 'PT15M'],
    ],
    entries.map(eventOf),
  );

/** One entry as a CalDAV server keeps it: without a method, and without people, to whom the server might write mails of its own. */
export const writeEntry = (entry: CalendarEntry): string => calendarWith([], [eventOf(entry)]);
