import ICAL from 'ical.js';
import { shiftDay } from '../../kit/calendar-day.ts';
import { instantOf, isZone } from '../../kit/local-time.ts';

/** A time in which somebody is busy; nothing else of a calendar is kept. */
export interface Busy {
  start: Date;
  end: Date;
}
type Refused = 'calendar_broken' | 'calendar_too_large' | 'calendar_too_many';

/** Letters of a file, entries in it, and repetitions that are looked at. */
export const icsLimits = { letters: 900_000, entries: 5_000, repetitions: 50_000 } as const;

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

function readAll(text: string, zone: string, from: number, to: number): Busy[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]);
  if (calendar.name !== 'vcalendar') throw new Refusal('calendar_broken');
  const entries = calendar.getAllSubcomponents('vevent');
  if (entries.length > icsLimits.entries) throw new Refusal('calendar_too_many');
  const found: Busy[] = [];
  const add = (begins: number, ends: number) => {
    if (ends > begins && ends > from && begins < to) found.push({ start: new Date(Math.max(begins, from)), end: new Date(Math.min(ends, to)) });
  };
  const uidOf = (entry: ICAL.Component) => String(entry.getFirstPropertyValue('uid'));
  // An occurrence that was moved stands at its own time; its series leaves it out.
  const moved = new Map<string, Set<number>>();
  for (const entry of entries) {
    const original = entry.getFirstPropertyValue('recurrence-id');
    if (original instanceof ICAL.Time) moved.set(uidOf(entry), (moved.get(uidOf(entry)) ?? new Set()).add(instantIn(zone, original, zoneNamed(entry, 'recurrence-id'))));
  }
  let repetitions = 0;
  for (const entry of entries) {
    if (!entry.hasProperty('dtstart')) throw new Refusal('calendar_broken');
    if (free(entry)) continue;
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
 * @returns merged times without any title, or why the file was refused
 */
export function readIcs(text: string, zone: string, from: string, until: string): { busy: Busy[] } | { refused: Refused } {
  if (text.length > icsLimits.letters) return { refused: 'calendar_too_large' };
  try {
    return { busy: merged(readAll(text, zone, instantOf(zone, from, '00:00'), instantOf(zone, shiftDay(until, 1), '00:00'))) };
  } catch (error) {
    // Whatever the reader stumbles over, the file is not what it should be.
    return { refused: error instanceof Refusal ? error.code : 'calendar_broken' };
  }
}

export interface Invitation {
  method: 'REQUEST' | 'CANCEL';
  /** The same for every message about one meeting. */
  uid: string;
  /** Higher in every later message. */
  sequence: number;
  stamp: Date;
  start: Date;
  end: Date;
  summary: string;
  location: string;
  description: string;
  organiser: { name: string; email: string };
  attendees: readonly { name: string; email: string }[];
}

/** An invitation, a change of it, or its cancellation, as a calendar file. Times are UTC, so that no reader needs to know when clocks change. */
export function writeIcs(it: Invitation): string {
  const calendar = new ICAL.Component(['vcalendar', [], []]);
  calendar.addPropertyWithValue('prodid', '-//Vejnet//Vejnet//DA');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('method', it.method);
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
    ['status', it.method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'],
  ];
  for (const [name, value] of plain) event.addPropertyWithValue(name, value);
  event.addPropertyWithValue('organizer', `mailto:${it.organiser.email}`).setParameter('cn', it.organiser.name);
  for (const { name, email } of it.attendees) {
    const attendee = event.addPropertyWithValue('attendee', `mailto:${email}`);
    attendee.setParameter('cn', name);
    attendee.setParameter('role', 'REQ-PARTICIPANT');
    attendee.setParameter('rsvp', 'TRUE');
  }
  calendar.addSubcomponent(event);
  return `${calendar.toString()}\r\n`;
}
