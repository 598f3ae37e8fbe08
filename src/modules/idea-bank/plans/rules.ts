import { shiftDay } from '../../../kit/calendar-day.ts';
import { type Place, roadKm } from '../../../kit/distance.ts';
import { mondayOf } from '../../../kit/week.ts';
import { type ClassPart, classParts as everyPart } from '../../catalogue/classes/contract.ts';
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
  field: string;
  school: string;
  town: string;
  place: Place | null;
  starts: string;
  ends: string;
  weekdays: number[];
  part: ClassPart;
  minimum: number;
  maximum: number;
  /** Everybody in it, also in other systems. */
  taken: number;
  /** Runs whatever happens: guaranteed, or confirmed already. */
  runs: boolean;
}
/** Seats that a company has in a class that may yet not run: they can move to another one. */
export interface PoolSeat {
  id: string;
  company: string;
  class: string;
  heads: number;
  place: Place | null;
  since: string;
  /** What the company said in the pool, where it did. */
  need: Pick<PoolNeed, 'earliest' | 'latest' | 'weekdays' | 'parts' | 'km'> | null;
}
/** What a school said that it can run at once: classrooms by town, teachers by field. */
export interface PoolLimit {
  school: string;
  rooms: Record<string, number>;
  teachers: Record<string, number>;
}
/** A class of any course, for what it takes of rooms and teachers. */
export type PoolBusy = Pick<PoolClass, 'id' | 'school' | 'town' | 'field' | 'part' | 'starts' | 'ends'>;
/** A teacher who is missing at a school on these days (-1), or lent to it (1). */
export interface PoolTeacher {
  school: string;
  fields: string[];
  first: string;
  last: string;
  change: -1 | 1;
}
/** Where a school teaches a course that companies ask for, and how many its classes take. */
export interface PoolVenue {
  course: string;
  field: string;
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
  /** Of the needs, those that are seats somebody has already. */
  seats: string[];
}
/** Everything that a question is made of, as it stands. */
export interface Pool {
  needs: readonly PoolNeed[];
  seats: readonly PoolSeat[];
  classes: readonly PoolClass[];
  venues: readonly PoolVenue[];
  limits: readonly PoolLimit[];
  busy: readonly PoolBusy[];
  teachers: readonly PoolTeacher[];
}

/** A school needs so many weeks to find a teacher and to tell people. */
const weeksAhead = 3;
/** Possibilities are looked at for so many weeks; the pool is planned again before they are over. */
const weeksLooked = 20;
/** Whoever has a seat goes no further than so many kilometres to another class (or as far as now), and so many days earlier or later: as where a class is called off (row 4.05). */
const [movedKm, movedDays] = [60, 42];
/** People are left where they are when their class begins within so many days: they have planned for it. */
const movedNotice = 14;

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

const headsIn = (seats: readonly PoolSeat[], id: string) => seats.reduce((sum, { class: home, heads }) => sum + (home === id ? heads : 0), 0);

/** Whether somebody with a seat there could be asked to move: a class that may yet not run and does not begin soon. */
export const mayMove = ({ runs, starts }: Pick<PoolClass, 'runs' | 'starts'>, today: string): boolean => !runs && starts > shiftDay(today, movedNotice);

/** The other classes that somebody with a seat could go to. */
function seatAsNeed(seat: PoolSeat, home: PoolClass, patterns: readonly string[], today: string): Need {
  const { id, company, heads, place, since, need } = seat;
  const from = shiftDay(home.starts, -movedDays);
  const soonest = shiftDay(today, movedNotice + 1);
  const now = place === null || home.place === null ? 0 : roadKm(place, home.place);
  const wants = need ?? { earliest: from, latest: shiftDay(home.starts, movedDays), weekdays: [], parts: [home.part], km: null };
  const earliest = wants.earliest > soonest ? wants.earliest : soonest;
  return {
    id,
    company,
    course: home.course,
    heads,
    earliest,
    latest: wants.latest > earliest ? wants.latest : earliest,
    patterns: patterns.filter((pattern) => suits(wants, pattern)),
    parts: wants.parts.length === 0 ? [...everyPart] : wants.parts,
    place,
    mostKm: Math.max(wants.km ?? movedKm, now),
    urgency: 0,
    waitingSince: since,
    enrolled: home.id,
  };
}

/**
 * Rooms and teachers that are free, week by week, where a school said how many it has. A class takes both in each week that it touches; those in the question are
 * counted by the planner in the week they begin, so here they are not.
 */
function limitsOf({ limits, busy, teachers }: Pool, opportunities: readonly Opportunity[]): Pick<Instance, 'rooms' | 'teachers'> {
  const said = new Map(limits.map(({ school, rooms, teachers: all }) => [school, { rooms: new Map(Object.entries(rooms)), teachers: new Map(Object.entries(all)) }]));
  const beginsIn = new Map(opportunities.filter(({ existing }) => existing !== null).map(({ id, slot }) => [id, mondayOf(slot.firstDay)]));
  const takes = ({ id, starts, ends }: PoolBusy, monday: string) => starts <= shiftDay(monday, 6) && ends >= monday && beginsIn.get(id) !== monday;
  const rooms = new Map<string, number>();
  const free = new Map<string, Instance['teachers'][number]>();
  for (const { room, venue, schools, slot, area } of opportunities) {
    const monday = mondayOf(slot.firstDay);
    // Schools of one town count together; where one of them said nothing, nobody knows.
    const all = schools.map((school) => said.get(school)?.rooms.get(venue));
    if (room !== null && !rooms.has(room) && all.every((count) => count !== undefined)) {
      const taken = busy.filter((each) => each.town === venue && schools.includes(each.school) && each.part === slot.part && takes(each, monday)).length;
      rooms.set(room, all.reduce((sum, count) => sum + count, 0) - taken);
    }
    for (const school of schools) {
      const count = area === null ? undefined : said.get(school)?.teachers.get(area);
      const key = JSON.stringify([school, area, monday]);
      if (area === null || count === undefined || free.has(key)) continue;
      const taken = busy.filter((each) => each.school === school && each.field === area && takes(each, monday)).length;
      // A teacher is missing if they are away on any working day of the week, and helps if they are lent on all of them.
      const friday = shiftDay(monday, 4);
      const change = teachers
        .filter((each) => each.school === school && each.fields.includes(area) && (each.change < 0 ? each.first <= friday && each.last >= monday : each.first <= monday && each.last >= friday))
        .reduce((sum, each) => sum + each.change, 0);
      free.set(key, { school, area, week: monday, teachers: Math.max(0, count + change - taken) });
    }
  }
  return { rooms: [...rooms].map(([room, count]) => ({ room, rooms: Math.max(0, count) })), teachers: [...free.values()] };
}

/**
 * The question for the planner (rows 4.03, 4.05): all needs of the pool, every class that is planned with those who could move from it, and each week at each place where a
 * school could run a course that somebody asks for. Which school of a place runs it stays open: that is decided last, fairly.
 * @param about the class whose people alone are asked about; it is then not held, and everybody else stays
 */
export function questionOf(today: string, pool: Pool, hand: ByHand, about: string | null = null): Question {
  const { classes, venues } = pool;
  const needs = about === null ? pool.needs : [];
  const classOf = new Map(classes.map((each) => [each.id, each]));
  const seats = pool.seats.filter((seat) => {
    const home = classOf.get(seat.class);
    return home !== undefined && (about === null ? mayMove(home, today) : home.id === about);
  });
  const known: Record<string, Known> = {};
  const opportunities: Opportunity[] = [];
  for (const each of classes) {
    const { id, course, field, school, town, place, starts, ends, weekdays, part, minimum, maximum, taken, runs } = each;
    known[id] = { course, town, place, ends, part, weekdays, existing: id };
    opportunities.push({
      id,
      course,
      venue: town,
      place,
      slot: { firstDay: starts, pattern: patternOf(weekdays), part },
      schools: [school],
      area: field,
      min: minimum,
      max: maximum,
      room: JSON.stringify([town, mondayOf(starts), part]),
      // Who could move is asked about, not counted.
      existing: { taken: Math.max(0, taken - headsIn(seats, id)), guaranteed: runs && id !== about },
    });
  }
  const first = shiftDay(mondayOf(today), 7 * weeksAhead);
  for (const [, there] of Map.groupBy(venues, ({ course, town }) => JSON.stringify([course, town]))) {
    const [venue] = there;
    if (venue === undefined) continue;
    const asking = needs.filter(({ course }) => course === venue.course);
    const moving = seats.map((seat) => classOf.get(seat.class) as PoolClass).filter(({ course }) => course === venue.course);
    const latest = [...asking.map(({ latest: day }) => day), ...moving.map(({ starts }) => shiftDay(starts, movedDays))].reduce((last, day) => (day > last ? day : last), '');
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
          area: venue.field,
          min: Math.max(...there.map(({ minimum }) => minimum)),
          max: Math.min(...there.map(({ maximum }) => maximum)),
          room: JSON.stringify([venue.town, monday, part]),
          existing: null,
        });
      }
    }
  }
  const patterns = [...new Set(opportunities.map(({ slot }) => slot.pattern))];
  const asked = [
    ...needs.map(
      (need): Need => ({
        id: need.id,
        company: need.company,
        course: need.course,
        heads: need.heads,
        earliest: need.earliest > today ? need.earliest : shiftDay(today, 1),
        latest: need.latest,
        patterns: patterns.filter((pattern) => suits(need, pattern)),
        parts: need.parts.length === 0 ? [...everyPart] : need.parts,
        place: need.place,
        mostKm: need.km,
        urgency: need.urgency,
        waitingSince: need.since,
        enrolled: null,
      }),
    ),
    ...seats.map((seat) => seatAsNeed(seat, classOf.get(seat.class) as PoolClass, patterns, today)),
  ];
  const there = (id: string) => Object.hasOwn(known, id);
  const asks = new Set(asked.map(({ id }) => id));
  return {
    instance: {
      day: today,
      needs: asked,
      opportunities,
      ...limitsOf(pool, opportunities),
      // Needs that were withdrawn since, and classes that are gone, take their choices with them.
      // A company's seats move all together, or not at all.
      splits: hand.splits.filter(({ need }) => needs.some(({ id }) => id === need)),
      pins: hand.pins.filter(({ need, class: to }) => asks.has(need) && there(to)).map(({ need, group, class: to }) => ({ need, group, opportunity: to })),
      forbidden: hand.forbidden.filter(({ need, class: to }) => asks.has(need) && there(to)).map(({ need, class: to }) => ({ need, opportunity: to })),
      closed: [...new Set([...hand.closed.filter(there), ...(about !== null && there(about) ? [about] : [])])],
      opened: hand.opened.filter((id) => there(id) && id !== about),
    },
    known,
    seats: seats.map(({ id }) => id),
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
