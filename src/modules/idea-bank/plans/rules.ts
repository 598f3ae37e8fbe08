import { shiftDay } from '../../../kit/calendar-day.ts';
import type { Place } from '../../../kit/distance.ts';
import { mondayOf } from '../../../kit/week.ts';
import type { ClassPart } from '../../catalogue/classes/contract.ts';
import type { Instance, Need, Opportunity } from '../pooling/rules.ts';
import type { ByHand } from './contract.ts';

/** A need of the pool as the question reads it; only those that name a course can sit in a class. */
export interface PoolNeed {
  id: string;
  company: string;
  course: string;
  heads: number;
  earliest: string;
  latest: string;
  weekdays: number[];
  parts: ClassPart[];
  place: Place | null;
  km: number | null;
  urgency: number;
  since: string;
}
/** A class that is planned and has not begun. */
export interface PoolClass {
  id: string;
  course: string;
  school: string;
  town: string;
  place: Place | null;
  starts: string;
  ends: string;
  weekdays: number[];
  part: ClassPart;
  minimum: number;
  maximum: number;
  taken: number;
  /** Runs whatever happens: guaranteed, or confirmed already. */
  runs: boolean;
}
/** Where a school teaches a course that companies ask for, and how many its classes take. */
export interface PoolVenue {
  course: string;
  school: string;
  town: string;
  place: Place | null;
  /** Days that the course takes. */
  days: number;
  minimum: number;
  maximum: number;
}
/** What is known of a class of a plan beside what the planner needs. */
export interface Known {
  course: string;
  town: string;
  place: Place | null;
  ends: string;
  part: ClassPart;
  weekdays: number[];
  existing: string | null;
}
export interface Question {
  instance: Instance;
  known: Record<string, Known>;
}

/** A school needs so many weeks to find a teacher and to tell people. */
const weeksAhead = 3;
/** Possibilities are looked at for so many weeks; the pool is planned again before they are over. */
const weeksLooked = 20;

/** Weekdays in one word: '12345', and 'any' where nobody said. */
const patternOf = (weekdays: readonly number[]) => (weekdays.length === 0 ? 'any' : [...weekdays].sort((a, b) => a - b).join(''));
const suits = (need: Pick<PoolNeed, 'weekdays'>, pattern: string) => need.weekdays.length === 0 || pattern === 'any' || [...pattern].every((day) => need.weekdays.includes(Number(day)));

/**
 * Days of a course that is taught day by day from a Monday on: 7 days end on the Tuesday of the week after.
 * @param days at least 1; what is over a whole day counts as one more
 */
export function blockOf(monday: string, days: number): { ends: string; weekdays: number[] } {
  const whole = Math.max(1, Math.ceil(days));
  return { ends: shiftDay(monday, whole - 1 + 2 * Math.floor((whole - 1) / 5)), weekdays: Array.from({ length: Math.min(5, whole) }, (_, at) => at + 1) };
}

/**
 * The question for the planner (rows 4.03, 4.05): all needs of the pool, every class that is planned, and each week at each place where a school could run a course that
 * somebody asks for. Which school of a place runs it stays open: that is decided last, fairly.
 */
export function questionOf(today: string, needs: readonly PoolNeed[], classes: readonly PoolClass[], venues: readonly PoolVenue[], hand: ByHand): Question {
  const known: Record<string, Known> = {};
  const opportunities: Opportunity[] = [];
  for (const each of classes) {
    const { id, course, school, town, place, starts, ends, weekdays, part, minimum, maximum, taken, runs } = each;
    known[id] = { course, town, place, ends, part, weekdays, existing: id };
    opportunities.push({
      id,
      course,
      venue: town,
      place,
      slot: { firstDay: starts, pattern: patternOf(weekdays), part },
      schools: [school],
      area: null,
      min: minimum,
      max: maximum,
      room: null,
      existing: { taken, guaranteed: runs },
    });
  }
  const first = shiftDay(mondayOf(today), 7 * weeksAhead);
  for (const [, there] of Map.groupBy(venues, ({ course, town }) => JSON.stringify([course, town]))) {
    const [venue] = there;
    if (venue === undefined) continue;
    const asking = needs.filter(({ course }) => course === venue.course);
    const latest = asking.reduce((last, { latest: day }) => (day > last ? day : last), '');
    const parts: ClassPart[] = asking.some(({ parts: wanted }) => wanted.length > 0 && !wanted.includes('day')) ? ['day', 'evening'] : ['day'];
    for (let week = 0; week < weeksLooked; week += 1) {
      const monday = shiftDay(first, 7 * week);
      if (monday > latest) break;
      const { ends, weekdays } = blockOf(monday, venue.days);
      for (const part of parts) {
        const id = ['new', venue.course, venue.town, monday, part].join(' ');
        known[id] = { course: venue.course, town: venue.town, place: venue.place, ends, part, weekdays, existing: null };
        opportunities.push({
          id,
          course: venue.course,
          venue: venue.town,
          place: venue.place,
          slot: { firstDay: monday, pattern: patternOf(weekdays), part },
          schools: [...new Set(there.map(({ school }) => school))].sort(),
          area: null,
          min: Math.max(...there.map(({ minimum }) => minimum)),
          max: Math.min(...there.map(({ maximum }) => maximum)),
          room: null,
          existing: null,
        });
      }
    }
  }
  const patterns = [...new Set(opportunities.map(({ slot }) => slot.pattern))];
  const asked = needs.map(
    (need): Need => ({
      id: need.id,
      company: need.company,
      course: need.course,
      heads: need.heads,
      earliest: need.earliest > today ? need.earliest : shiftDay(today, 1),
      latest: need.latest,
      patterns: patterns.filter((pattern) => suits(need, pattern)),
      parts: need.parts.length === 0 ? ['day', 'evening', 'weekend', 'shift'] : need.parts,
      place: need.place,
      mostKm: need.km,
      urgency: need.urgency,
      waitingSince: need.since,
      enrolled: null,
    }),
  );
  const there = (id: string) => id in known;
  const asks = new Set(needs.map(({ id }) => id));
  return {
    instance: {
      day: today,
      needs: asked,
      opportunities,
      rooms: [],
      teachers: [],
      // Needs that were withdrawn since, and classes that are gone, take their choices with them.
      splits: hand.splits.filter(({ need }) => asks.has(need)),
      pins: hand.pins.filter(({ need, class: to }) => asks.has(need) && there(to)).map(({ need, group, class: to }) => ({ need, group, opportunity: to })),
      forbidden: hand.forbidden.filter(({ need, class: to }) => asks.has(need) && there(to)).map(({ need, class: to }) => ({ need, opportunity: to })),
      closed: hand.closed.filter(there),
      opened: hand.opened.filter(there),
    },
    known,
  };
}

type Pin = ByHand['pins'][number];
const sameGroup = (pin: Pin, need: string, group: number) => pin.need === need && (pin.group ?? 0) === group;

/** Choices by hand, one more or one less; each turns itself around. */
export const turnPin = (hand: ByHand, need: Pin['need'], group: number, to: string): ByHand => ({
  ...hand,
  pins: hand.pins.some((pin) => sameGroup(pin, need, group)) ? hand.pins.filter((pin) => !sameGroup(pin, need, group)) : [...hand.pins, { need, group, class: to }],
});
export const turnForbidden = (hand: ByHand, need: Pin['need'], to: string): ByHand => ({
  ...hand,
  // Whoever must not be there is not kept there either.
  pins: hand.pins.filter((pin) => !(pin.need === need && pin.class === to)),
  forbidden: hand.forbidden.some((each) => each.need === need && each.class === to)
    ? hand.forbidden.filter((each) => !(each.need === need && each.class === to))
    : [...hand.forbidden, { need, class: to }],
});
export const chooseClass = (hand: ByHand, to: string, choice: 'opened' | 'closed' | null): ByHand => ({
  ...hand,
  opened: [...hand.opened.filter((each) => each !== to), ...(choice === 'opened' ? [to] : [])],
  closed: [...hand.closed.filter((each) => each !== to), ...(choice === 'closed' ? [to] : [])],
});
/** In two: so many first, the rest behind them. */
export const splitNeed = (hand: ByHand, need: Pin['need'], heads: number, first: number): ByHand => ({
  ...hand,
  pins: hand.pins.filter((pin) => pin.need !== need),
  splits: [...hand.splits.filter((each) => each.need !== need), { need, groups: [first, heads - first] }],
});
export const choices = ({ pins, forbidden, splits, closed, opened }: ByHand): number => pins.length + forbidden.length + splits.length + closed.length + opened.length;
