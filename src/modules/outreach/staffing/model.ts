import { roadKm } from '../../../kit/distance.ts';
import { mondayOf } from '../../../kit/week.ts';
import { standings } from '../meetings/rules.ts';
import { type Consultant, type HalfDay, type Instance, type Known, knowsFrom, type Left, type Pin, type Staffed, unknownKm, type Visit, worth } from './rules.ts';

// The planner without the solver: what may be (arcs), a plan by search, the same as a program in numbers, and the reasons. Everything here is computed in a
// fixed order from a sorted instance, and chance comes from a seed, so that the same question gets the same answer.

/** Why a consultant cannot lead a visit, in the order in which it is asked: the later, the nearer it was. */
const obstacles = ['excluded', 'language', 'area', 'too_far', 'nothing_in_common', 'not_free', 'centre_full', 'school_full', 'school_ahead', 'consultant_full', 'busy'] as const;
export type Obstacle = (typeof obstacles)[number];
/** The place of a consultant in `people`. */
type Person = number;

/** Somebody at a visit in a half-day. */
interface Arc {
  person: Person;
  slot: number;
  /** What it is worth without the school’s share, and without `worth.staffed`. */
  worth: number;
}
interface Site {
  visit: Visit;
  pin: Pin | null;
  leads: Arc[];
  companions: Arc[];
  /** For each consultant what stands in the way of leading whatever the plan; null: nothing. */
  barred: (Obstacle | null)[];
  /** Nobody who could go has anything in common with them (row 2.19). */
  unrelated: boolean;
}
export interface Problem {
  instance: Instance;
  seed: number;
  sites: Site[];
  people: Consultant[];
  /** For each consultant the school’s place in `schools`; -1: the centre’s own. */
  schoolOf: number[];
  slots: HalfDay[];
  /** For each half-day the place of its week in `weeks`. */
  weekOf: number[];
  weeks: string[];
  /** Bookings left: consultant by week, school by week, centre by week (null: not limited). */
  left: { people: number[][]; schools: number[][]; centre: number[] | null };
  /** With how many visits led by schools their shares are counted. */
  expected: number;
  /** Handed out before, part of all shares, and what each further lead costs: no more leads than entries. */
  schools: { id: string; counted: number; share: number; costs: number[] }[];
}

/** Outweighs whatever else a plan could win by dropping a choice that was made by hand. */
const byHand = 100_000;
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byId = <T extends { id: string }>(all: readonly T[]): T[] => [...all].sort((a, b) => order(a.id, b.id));
const folded = (words: readonly string[]) => new Set(words.map((each) => each.trim().toLowerCase()));
const leftOf = (weeks: readonly Left[], names: readonly string[]) => names.map((name) => Math.max(0, weeks.find(({ week }) => week === name)?.left ?? 0));

/** What visit and consultant have in common. */
function inCommon(visit: Visit, consultant: Consultant): Known[] {
  const known: Known[] = [];
  if (visit.contactPerson === consultant.id) known.push('contact_person');
  const offered = folded(consultant.products);
  if ([...folded(visit.products)].some((each) => offered.has(each))) known.push('product');
  if (visit.industry !== null && consultant.industries.includes(visit.industry)) known.push('trade');
  if (visit.assessment && consultant.assessment >= knowsFrom) known.push('assessment');
  if (visit.basicSkills && consultant.basicSkills >= knowsFrom) known.push('basic_skills');
  return known;
}
const distance = (visit: Visit, consultant: Consultant) => (visit.place === null || consultant.place === null ? unknownKm : roadKm(consultant.place, visit.place));

/** Whether the second may come along with the first (planning rule: vocational and general, or experienced and learner; of two schools where one learns). */
function pairs(visit: Visit, lead: Consultant, companion: Consultant): boolean {
  if (visit.aim === 'learning' && lead.school === companion.school) return false;
  return lead.vocational !== companion.vocational || (lead.experienced && !companion.experienced);
}

/** Sorts the question and finds everything that may be at all. */
export function prepare(instance: Instance, seed: number): Problem {
  const visits = byId(instance.visits);
  const people = byId(instance.consultants);
  const schools = byId(instance.schools);
  const slots = [...new Set(visits.flatMap((each) => each.slots))].sort(order);
  const weeks = [...new Set(slots.map((slot) => mondayOf(slot.slice(0, 10))))];
  const weekOf = slots.map((slot) => weeks.indexOf(mondayOf(slot.slice(0, 10))));
  const schoolOf = people.map(({ school }) => (school === null ? -1 : schools.findIndex(({ id }) => id === school)));
  const left = {
    people: people.map((each) => leftOf(each.weeks, weeks)),
    schools: schools.map((each) => leftOf(each.weeks, weeks)),
    centre: instance.centre === null ? null : leftOf(instance.centre, weeks),
  };
  const free = people.map((each) => new Set(each.free));
  const hasRoom = (person: Person, week: number) => {
    const school = schoolOf[person] ?? -1;
    return (left.people[person]?.[week] ?? 0) > 0 && (people[person]?.school === null || (left.schools[school]?.[week] ?? 0) > 0) && (left.centre === null || (left.centre[week] ?? 0) > 0);
  };

  const sites = visits.map((visit): Site => {
    const pin = instance.pins.find((each) => each.visit === visit.id) ?? null;
    const excluded = new Set(instance.excluded.filter((each) => each.visit === null || each.visit === visit.id).map(({ consultant }) => consultant));
    const common = people.map((each) => inCommon(visit, each));
    const far = people.map((each) => distance(visit, each));
    const barred = people.map((each, person): Obstacle | null =>
      excluded.has(each.id)
        ? 'excluded'
        : !each.languages.includes(visit.language)
          ? 'language'
          : each.area.length > 0 && visit.municipality !== null && !each.area.includes(visit.municipality)
            ? 'area'
            : instance.settings.mostKm !== null && (far[person] ?? 0) > instance.settings.mostKm
              ? 'too_far'
              : null,
    );
    const unrelated = barred.every((obstacle, person) => obstacle !== null || common[person]?.length === 0);
    if (!unrelated) for (const [person, obstacle] of barred.entries()) if (obstacle === null && common[person]?.length === 0) barred[person] = 'nothing_in_common';

    const wanted = (pin?.slot === undefined ? visit.slots : visit.slots.filter((slot) => slot === pin.slot)).map((slot) => slots.indexOf(slot)).sort((a, b) => a - b);
    const arcs = (person: Person, value: number) =>
      [...new Set(wanted)].filter((slot) => free[person]?.has(slots[slot] ?? '') === true && hasRoom(person, weekOf[slot] ?? 0)).map((slot) => ({ person, slot, worth: value }));
    const held = pin !== null && (pin.lead !== undefined || pin.slot !== undefined);
    const leads = people.flatMap((each, person) => {
      if (pin?.lead !== undefined ? pin.lead !== each.id : barred[person] !== null) return [];
      let value = held ? byHand : 0;
      for (const known of common[person] ?? []) if (visit.aim !== 'availability' || known === 'contact_person') value += worth.knows[known];
      if (each.school === null) value -= worth.ahead * instance.settings.lead;
      return arcs(person, value - worth.km * (far[person] ?? 0));
    });
    const chosen = pin?.companion;
    const joins = chosen === undefined ? visit.aim === 'learning' || visit.pair : chosen !== null;
    const companions = !joins
      ? []
      : people.flatMap((each, person) =>
          (typeof chosen === 'string' ? chosen !== each.id : barred[person] !== null)
            ? []
            : arcs(person, worth.companion + (chosen === each.id ? byHand : 0) - worth.km * (far[person] ?? 0)).filter(({ slot }) =>
                leads.some((lead) => lead.slot === slot && lead.person !== person && fits(visit, pin, people, lead.person, person)),
              ),
        );
    return { visit, pin, leads, companions, barred, unrelated };
  });

  const bare = { instance, seed, sites, people, schoolOf, slots, weekOf, weeks, left, expected: 0, schools: [] };
  return expecting(bare, sites.filter(({ leads }) => leads.length > 0).length);
}

/**
 * The same problem with the schools’ shares counted of so many visits. A plan in which schools lead at least as many puts no school further ahead than the
 * published rule lets it be; so whoever plans lowers the number until that holds.
 */
export function expecting(problem: Problem, expected: number): Problem {
  const { instance, sites, people } = problem;
  const before = standings(
    instance.schools.map(({ id, share, booked, weeksIn }) => ({ school: id, share, booked, weeksIn })),
    instance.settings,
  );
  const total = before.reduce((sum, each) => sum + each.counted, 0) + expected;
  const shares = before.reduce((sum, each) => sum + each.share, 0);
  const schools = byId(instance.schools).map(({ id }) => {
    const its = before.find((each) => each.school === id);
    const due = its === undefined ? 0 : (its.share / shares) * total;
    const counted = its?.counted ?? 0;
    const chosen = sites.filter(({ pin }) => pin?.lead !== undefined && people.find((each) => each.id === pin.lead)?.school === id).length;
    const costs: number[] = [];
    for (let given = 1; given <= sites.length; given += 1) {
      const ahead = counted + given - due;
      // Choices by hand may go further, and are counted against the school like everything.
      if ((its === undefined || ahead > instance.settings.lead + 1e-9) && given > chosen) break;
      costs.push(worth.ahead * Math.max(0, ahead));
    }
    return { id, counted, share: its === undefined ? 0 : its.share / shares, costs };
  });
  return { ...problem, expected, schools };
}

/** What the choices by hand that a plan keeps were given on top; no part of its worth. */
export const keptByHand = (seats: Seats): number =>
  seats.reduce((sum, now) => sum + (now === null ? 0 : [now.lead, now.companion].filter((arc) => arc !== null && arc.worth > byHand / 2).length * byHand), 0);

/** How many visits schools lead in a plan; those of the centre’s own are nobody’s share. */
export const ledBySchools = (problem: Problem, seats: Seats): number => seats.filter((now) => now !== null && (problem.schoolOf[now.lead.person] ?? -1) >= 0).length;

/** Whether that person may come along there; a companion who was chosen by hand comes with anybody. */
function fits(visit: Visit, pin: Pin | null, people: readonly Consultant[], lead: Person, companion: Person): boolean {
  const [first, second] = [people[lead], people[companion]];
  if (first === undefined || second === undefined || lead === companion) return false;
  return pin?.companion === second.id || pairs(visit, first, second);
}

/** Who leads a visit and who comes along; null: nobody goes. By the place of the visit in `sites`. */
export type Seats = ({ lead: Arc; companion: Arc | null } | null)[];

/** Numbers from 0 to 1, the same for a seed on every machine (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The plan as it grows: who is busy when, and what is used up. */
function openBook(problem: Problem) {
  const { sites, schoolOf, weekOf, left, schools, people, slots, weeks } = problem;
  const seats: Seats = sites.map(() => null);
  let total = 0;
  /** The visit's place and one, by consultant and half-day; 0: free. */
  const busy = new Int32Array(people.length * slots.length);
  const byPerson = new Int32Array(people.length * weeks.length);
  const bySchool = new Int32Array(schools.length * weeks.length);
  const byWeek = new Int32Array(weeks.length);
  const given = new Int32Array(schools.length);
  const school = (arc: Arc) => schoolOf[arc.person] as number;
  const week = (arc: Arc) => weekOf[arc.slot] as number;

  const count = (arc: Arc, leads: boolean, by: 1 | -1, mark: number) => {
    busy[arc.person * slots.length + arc.slot] = mark;
    (byPerson[arc.person * weeks.length + week(arc)] as number) += by;
    if (school(arc) >= 0) (bySchool[school(arc) * weeks.length + week(arc)] as number) += by;
    if (!leads) return;
    (byWeek[week(arc)] as number) += by;
    if (school(arc) >= 0) (given[school(arc)] as number) += by;
  };
  /** What stands in the way of somebody at that time as the plan is; null: nothing. */
  function obstacle(arc: Arc, leads: boolean): Obstacle | null {
    const [at, its] = [school(arc), week(arc)];
    if (leads && left.centre !== null && (byWeek[its] as number) >= (left.centre[its] as number)) return 'centre_full';
    if (at >= 0 && (bySchool[at * weeks.length + its] as number) >= (left.schools[at]?.[its] as number)) return 'school_full';
    if (leads && at >= 0 && (given[at] as number) >= (schools[at]?.costs.length as number)) return 'school_ahead';
    if ((byPerson[arc.person * weeks.length + its] as number) >= (left.people[arc.person]?.[its] as number)) return 'consultant_full';
    return busy[arc.person * slots.length + arc.slot] === 0 ? null : 'busy';
  }
  /** What one more lead of that school costs. */
  const price = (arc: Arc) => (school(arc) < 0 ? 0 : (schools[school(arc)]?.costs[given[school(arc)] as number] ?? 0));
  function seat(at: number, lead: Arc, companion: Arc | null) {
    seats[at] = { lead, companion };
    total += worth.staffed + lead.worth + (companion?.worth ?? 0) - price(lead);
    count(lead, true, 1, at + 1);
    if (companion !== null) count(companion, false, 1, at + 1);
  }
  function clear(at: number) {
    const now = seats[at] ?? null;
    if (now === null) return;
    seats[at] = null;
    count(now.lead, true, -1, 0);
    if (now.companion !== null) count(now.companion, false, -1, 0);
    total -= worth.staffed + now.lead.worth + (now.companion?.worth ?? 0) - price(now.lead);
  }
  function companionFor(at: number, lead: Arc): Arc | null {
    const site = sites[at] as Site;
    let best: Arc | null = null;
    for (const arc of site.companions)
      if (arc.slot === lead.slot && (best === null || arc.worth > best.worth) && obstacle(arc, false) === null && fits(site.visit, site.pin, people, lead.person, arc.person)) best = arc;
    return best;
  }
  /** Seats a lead and whoever best comes along. */
  function seatWith(at: number, lead: Arc) {
    seat(at, lead, null);
    if (sites[at]?.companions.length === 0) return;
    const companion = companionFor(at, lead);
    if (companion === null) return;
    clear(at);
    seat(at, lead, companion);
  }
  /** Seats whatever is worth most now; nothing where nobody can go. */
  function seatBest(at: number) {
    const site = sites[at] as Site;
    let best: Arc | null = null;
    let most = Number.NEGATIVE_INFINITY;
    for (const arc of site.leads) {
      if (obstacle(arc, true) !== null) continue;
      const value = arc.worth - price(arc) + (site.companions.length === 0 ? 0 : (companionFor(at, arc)?.worth ?? 0));
      if (value > most) [best, most] = [arc, value];
    }
    if (best !== null) seatWith(at, best);
  }
  /** What the plan is worth, choices by hand on top. */
  const value = () => total;
  return { seats, busy, obstacle, seat, seatWith, seatBest, clear, value, school, week };
}

/** Steps of the search for each visit: its bound, so that a plan depends on no clock. */
const stepsPerVisit = 300;
/** Some milliseconds. */
const stepsAtOnce = 250;
/** How much worse a step may be at the beginning and at the end of the search. */
const heat = { from: 60, again: 8, to: 0.5 };

/**
 * A plan by search: everybody is seated where it is worth most, the visits with the least choice first; then one visit after another, drawn by the seed,
 * tries another place, and whoever is in the way another one in turn. Bounded by its steps. Between steps it gives way, so that whoever runs it can do
 * something else, and hand in true to end it early.
 * @param start a plan to begin with; it is completed, never made worse
 */
export function* search(problem: Problem, start: Seats | null = null, perVisit = stepsPerVisit): Generator<void, Seats, boolean | undefined> {
  const { sites, slots } = problem;
  const steps = perVisit * sites.length;
  const random = chance(problem.seed);
  const book = openBook(problem);
  const { seats, busy, obstacle } = book;
  if (start !== null) for (const [at, now] of start.entries()) if (now !== null) book.seat(at, now.lead, now.companion);
  const isHeld = ({ pin }: Site) => (pin !== null && (pin.lead !== undefined || pin.slot !== undefined) ? 0 : 1);
  const scarce = sites.map((_, at) => at).sort((a, b) => isHeld(sites[a] as Site) - isHeld(sites[b] as Site) || (sites[a]?.leads.length ?? 0) - (sites[b]?.leads.length ?? 0) || a - b);
  function* descend(): Generator<void, void, boolean | undefined> {
    for (let round = 0; round < 4; round += 1) {
      const before = book.value();
      for (const [nth, at] of scarce.entries()) {
        if (nth % 50 === 0) yield;
        book.clear(at);
        book.seatBest(at);
      }
      if (book.value() - before < 1e-6) return;
    }
  }
  for (const at of scarce) if (seats[at] === null) book.seatBest(at);
  let best = { seats: [...seats], value: book.value() };
  yield* descend();

  /** Whose leaving would let that lead in; -1: nobody's alone. */
  function inTheWay(arc: Arc, why: Obstacle): number {
    if (why === 'busy') return (busy[arc.person * slots.length + arc.slot] as number) - 1;
    if (why === 'consultant_full') {
      const begin = Math.floor(random() * slots.length);
      for (let step = 0; step < slots.length; step += 1) {
        const slot = (begin + step) % slots.length;
        const at = busy[arc.person * slots.length + slot] as number;
        if (at > 0 && problem.weekOf[slot] === book.week(arc)) return at - 1;
      }
      return -1;
    }
    for (let tries = 0; tries < 40; tries += 1) {
      const at = Math.floor(random() * sites.length);
      const now = seats[at] ?? null;
      if (now === null) continue;
      if (why === 'centre_full' ? book.week(now.lead) === book.week(arc) : book.school(now.lead) === book.school(arc) && (why === 'school_ahead' || book.week(now.lead) === book.week(arc))) return at;
    }
    return -1;
  }
  let touched: { at: number; was: Seats[number] }[] = [];
  const leave = (at: number) => {
    touched.push({ at, was: seats[at] ?? null });
    book.clear(at);
  };
  /** Puts a visit at a place drawn by lot, whoever is there tries to find another. */
  function push(at: number, depth: number): void {
    const { leads } = sites[at] as Site;
    const arc = leads[Math.floor(random() * leads.length)];
    if (arc === undefined) return;
    for (let tries = 0; tries < 3; tries += 1) {
      const why = obstacle(arc, true);
      if (why === null) break;
      const other = inTheWay(arc, why);
      if (other < 0 || other === at) break;
      leave(other);
    }
    if (obstacle(arc, true) !== null) return;
    book.seatWith(at, arc);
    for (const { at: other } of [...touched])
      if (other !== at && seats[other] === null) {
        book.seatBest(other);
        if (seats[other] === null && depth < 3) push(other, depth + 1);
      }
  }
  const hottest = start === null ? heat.from : heat.again;
  let now = book.value();
  for (let step = 0; step < steps; step += 1) {
    if (step % stepsAtOnce === 0 && (yield) === true) break;
    const at = Math.floor(random() * sites.length);
    if (sites[at]?.leads.length === 0) continue;
    touched = [];
    leave(at);
    push(at, 0);
    const after = book.value();
    const warm = hottest * (heat.to / hottest) ** (step / steps);
    if (after >= now || random() < Math.exp((after - now) / warm)) {
      now = after;
      if (now > best.value + 1e-9) best = { seats: [...seats], value: now };
      continue;
    }
    for (const { at: other } of touched) book.clear(other);
    const first = new Map<number, Seats[number]>();
    for (const { at: other, was } of touched) if (!first.has(other)) first.set(other, was);
    for (const [other, was] of first) if (was !== null) book.seat(other, was.lead, was.companion);
  }
  for (const at of seats.keys()) book.clear(at);
  for (const [at, its] of best.seats.entries()) if (its !== null) book.seat(at, its.lead, its.companion);
  yield* descend();
  return [...seats];
}

/** A variable of the program: somebody’s place at a visit, or one lead above a school’s share. */
type Column = { kind: 'lead' | 'companion'; at: number; arc: Arc } | { kind: 'ahead'; school: number; nth: number };

/** A part of the problem that shares nothing with the rest, in numbers (to be maximised, see `worth`; choices by hand on top). */
export interface Part {
  columns: Column[];
  /** Places of its visits. */
  at: number[];
  cost: Float64Array;
  upper: Float64Array;
  /** Row by row: coefficients by column, and what they may sum to at most. */
  starts: Int32Array;
  indices: Int32Array;
  values: Float64Array;
  most: Float64Array;
  /** No plan of this part is worth more, seen without any arithmetic: every visit gets the best there is. */
  ceiling: number;
}

/**
 * The program of the planning rules, split into what is independent. Rows that cannot bind are left out, which is what splits it:
 * one lead per visit; a companion only beside a lead whom it fits, in the same half-day; one duty per consultant and half-day; what consultant, school and
 * centre have left in the week; each lead above a school’s share costs more than the one before. Without pairs it is a flow, so its plain linear form is whole.
 */
export function partsOf(problem: Problem): Part[] {
  const { sites, people, schoolOf, weekOf, slots, weeks, left, schools } = problem;
  const columns: Column[] = [];
  const cost: number[] = [];
  const add = (column: Column, value: number) => {
    columns.push(column);
    cost.push(value);
    return columns.length - 1;
  };
  interface Row {
    plus: number[];
    minus: number[];
    most: number;
  }
  const rows: Row[] = [];
  const times = people.map(() => slots.map((): number[] => []));
  const leadsOf = schools.map((): number[] => []);
  const leadsIn = weeks.map((): number[] => []);

  for (const [at, site] of sites.entries()) {
    const led = site.leads.map((arc) => ({ arc, column: add({ kind: 'lead', at, arc }, worth.staffed + arc.worth) }));
    const joined = site.companions.map((arc) => ({ arc, column: add({ kind: 'companion', at, arc }, arc.worth) }));
    for (const { arc, column } of [...led, ...joined]) times[arc.person]?.[arc.slot]?.push(column);
    for (const { arc, column } of led) {
      leadsOf[schoolOf[arc.person] ?? -1]?.push(column);
      leadsIn[weekOf[arc.slot] ?? -1]?.push(column);
    }
    rows.push({ plus: led.map(({ column }) => column), minus: [], most: 1 });
    for (const slot of new Set(joined.map(({ arc }) => arc.slot))) {
      const here = led.filter(({ arc }) => arc.slot === slot);
      const there = joined.filter(({ arc }) => arc.slot === slot);
      rows.push({ plus: there.map(({ column }) => column), minus: here.map(({ column }) => column), most: 0 });
      // Whoever fits with the same leads shares a row: a visit has one companion, so together they are tighter than one by one.
      const groups = new Map<string, { plus: number[]; minus: number[] }>();
      for (const { arc, column } of there) {
        const beside = here.filter((each) => fits(site.visit, site.pin, people, each.arc.person, arc.person)).map((each) => each.column);
        if (beside.length === here.length) continue;
        const key = beside.join();
        const group = groups.get(key) ?? { plus: [], minus: beside };
        group.plus.push(column);
        groups.set(key, group);
      }
      for (const { plus, minus } of groups.values()) rows.push({ plus, minus, most: 0 });
    }
  }

  const ofSchool = schools.map(() => weeks.map(() => ({ columns: [] as number[], most: 0 })));
  const ofCentre = weeks.map(() => 0);
  for (const person of people.keys())
    for (const week of weeks.keys()) {
      const its = (times[person] ?? []).filter((each, slot) => weekOf[slot] === week && each.length > 0);
      for (const each of its) rows.push({ plus: each, minus: [], most: 1 });
      const most = left.people[person]?.[week] ?? 0;
      if (its.length > most) rows.push({ plus: its.flat(), minus: [], most });
      const school = ofSchool[schoolOf[person] ?? -1]?.[week];
      if (school === undefined) (ofCentre[week] as number) += Math.min(its.length, most);
      else {
        school.columns.push(...its.flat());
        school.most += Math.min(its.length, most);
      }
    }
  for (const [school, each] of ofSchool.entries())
    for (const [week, { columns: its, most }] of each.entries()) {
      const limit = left.schools[school]?.[week] ?? 0;
      if (most > limit) rows.push({ plus: its, minus: [], most: limit });
      (ofCentre[week] as number) += Math.min(most, limit);
    }
  if (left.centre !== null) for (const [week, most] of left.centre.entries()) if ((ofCentre[week] as number) > most) rows.push({ plus: leadsIn[week] ?? [], minus: [], most });
  for (const [school, { costs }] of schools.entries()) {
    const free = costs.filter((each) => each === 0).length;
    const visits = new Set((leadsOf[school] ?? []).map((column) => (columns[column] as { at: number }).at)).size;
    if (visits <= free) continue;
    const ahead = costs.slice(free, visits).map((each, index) => add({ kind: 'ahead', school, nth: free + index }, -each));
    rows.push({ plus: leadsOf[school] ?? [], minus: ahead, most: free });
  }

  const kept = rows.filter(({ plus, most }) => plus.length > most);
  const parent = columns.map((_, column) => column);
  const root = (column: number): number => {
    let top = column;
    while (parent[top] !== top) top = parent[top] = parent[parent[top] as number] as number;
    return top;
  };
  const join = (some: readonly number[]) => {
    for (const column of some) parent[root(column)] = root(some[0] as number);
  };
  for (const { plus, minus } of kept) join([...plus, ...minus]);
  // The places at one visit belong together even where it has a single one.
  const bySite = new Map<number, number[]>();
  for (const [column, each] of columns.entries()) if (each.kind !== 'ahead') bySite.set(each.at, [...(bySite.get(each.at) ?? []), column]);
  for (const some of bySite.values()) join(some);

  const groups = new Map<number, { columns: number[]; rows: Row[] }>();
  for (const column of columns.keys()) {
    const group = groups.get(root(column)) ?? { columns: [], rows: [] };
    group.columns.push(column);
    groups.set(root(column), group);
  }
  for (const row of kept) groups.get(root(row.plus[0] as number))?.rows.push(row);
  return [...groups.values()].map(({ columns: its, rows: those }) => {
    const renamed = new Map(its.map((column, index) => [column, index]));
    const at = [...new Set(its.flatMap((column) => (columns[column]?.kind === 'ahead' ? [] : [(columns[column] as { at: number }).at])))];
    const starts = new Int32Array(those.length + 1);
    for (const [row, { plus, minus }] of those.entries()) starts[row + 1] = (starts[row] as number) + plus.length + minus.length;
    const flat = those.flatMap(({ plus, minus }) => [...plus, ...minus]);
    const best = (arcs: readonly Arc[]) => arcs.reduce((most, arc) => Math.max(most, arc.worth), 0);
    return {
      columns: its.map((column) => columns[column] as Column),
      at,
      cost: Float64Array.from(its, (column) => cost[column] as number),
      upper: new Float64Array(its.length).fill(1),
      starts,
      indices: Int32Array.from(flat, (column) => renamed.get(column) as number),
      values: Float64Array.from(those.flatMap(({ plus, minus }) => [...plus.map(() => 1), ...minus.map(() => -1)])),
      most: Float64Array.from(those, ({ most }) => most),
      ceiling: at.reduce((sum, each) => {
        const { leads, companions } = sites[each] as Site;
        return sum + worth.staffed + leads.reduce((most, arc) => Math.max(most, arc.worth), Number.NEGATIVE_INFINITY) + best(companions);
      }, 0),
    };
  });
}

/** A plan as values of a part’s variables. */
export function encode(problem: Problem, part: Part, seats: Seats): Float64Array {
  const given = new Map<number, number>();
  for (const at of part.at) {
    const now = seats[at];
    if (now) given.set(problem.schoolOf[now.lead.person] ?? -1, (given.get(problem.schoolOf[now.lead.person] ?? -1) ?? 0) + 1);
  }
  return Float64Array.from(part.columns, (column) =>
    column.kind === 'ahead' ? Number((given.get(column.school) ?? 0) > column.nth) : Number((column.kind === 'lead' ? seats[column.at]?.lead : seats[column.at]?.companion) === column.arc),
  );
}

/** Whether every place is given wholly or not at all. */
export const isWhole = (part: Part, values: Float64Array): boolean =>
  part.columns.every(({ kind }, column) => kind === 'ahead' || Math.abs((values[column] as number) - Math.round(values[column] as number)) < 1e-6);

/** Puts what is wholly given by the values into a plan; the part’s other visits are emptied. */
export function decode(part: Part, values: Float64Array, seats: Seats): Seats {
  const out = [...seats];
  for (const at of part.at) out[at] = null;
  for (const [column, each] of part.columns.entries()) if (each.kind === 'lead' && (values[column] as number) > 1 - 1e-6) out[each.at] = { lead: each.arc, companion: null };
  for (const [column, each] of part.columns.entries()) {
    const its = each.kind === 'companion' ? out[each.at] : null;
    if (its && each.kind === 'companion' && (values[column] as number) > 1 - 1e-6) out[each.at] = { lead: its.lead, companion: each.arc };
  }
  return out;
}

/** What a plan is worth, in one part of the problem. */
export const valueIn = (part: Part, values: Float64Array): number => part.cost.reduce((sum, cost, column) => sum + cost * (values[column] as number), 0);

/** Why this lead, as facts that a screen puts into words; several may hold. */
export type Because =
  | { code: 'chosen_by_hand' | 'contact_person' | 'knows_trade' | 'assessment' | 'basic_skills' | 'only_one' | 'least_of_share' | 'nearest' | 'centre' }
  | { code: 'knows_product'; products: string[] }
  | { code: 'language'; language: string };
/** What a coordinator should look at (row 2.19 and choices by hand that go past a rule). */
export type Warning = 'nothing_in_common' | 'no_companion' | 'excluded' | 'language' | 'area' | 'too_far';
export interface Reasons {
  staffed: (Staffed & { because: Because[]; warnings: Warning[]; km: number })[];
  /** What keeps how many consultants away, what would have to change least first; `no_slots`: the company names no time. */
  unstaffed: { visit: string; chosenByHand: boolean; reasons: { code: Obstacle | 'no_slots'; consultants: number }[] }[];
  /** Where each school stands: handed out before (a newcomer’s start included), what is due to it of that and this plan together, led in this plan. */
  schools: { school: string; counted: number; due: number; leads: number }[];
}

export function explain(problem: Problem, seats: Seats): Reasons {
  const { sites, people, schoolOf, slots, schools, instance } = problem;
  const book = openBook(problem);
  for (const [at, now] of seats.entries()) if (now !== null) book.seat(at, now.lead, now.companion);
  const staffed: Reasons['staffed'] = [];
  const unstaffed: Reasons['unstaffed'] = [];
  const leads = schools.map(() => 0);

  const ratioOf = (person: Person) => {
    const its = instance.schools.find(({ id }) => id === people[person]?.school);
    const standing = schools[schoolOf[person] ?? -1];
    return its === undefined || standing === undefined || its.share <= 0 ? Number.POSITIVE_INFINITY : standing.counted / its.share;
  };
  for (const [at, site] of sites.entries()) {
    const { visit, pin, barred } = site;
    const now = seats[at] ?? null;
    if (now === null) {
      const wanted = visit.slots.filter((slot) => pin?.slot === undefined || pin.slot === slot);
      const furthest = people.flatMap((_, person): Obstacle[] => {
        if (pin?.lead !== undefined && people[person]?.id !== pin.lead) return [];
        const first = pin?.lead === undefined ? barred[person] : null;
        if (first) return [first];
        const mine = new Set(people[person]?.free);
        const then = wanted.filter((slot) => mine.has(slot)).map((slot) => book.obstacle({ person, slot: slots.indexOf(slot), worth: 0 }, true) ?? 'busy');
        return [then.reduce<Obstacle>((last, each) => (obstacles.indexOf(each) > obstacles.indexOf(last) ? each : last), 'not_free')];
      });
      const counted = obstacles.map((code) => ({ code, consultants: furthest.filter((each) => each === code).length })).filter(({ consultants }) => consultants > 0);
      unstaffed.push({ visit: visit.id, chosenByHand: pin !== null, reasons: wanted.length === 0 ? [{ code: 'no_slots', consultants: 0 }] : counted.reverse() });
      continue;
    }
    const lead = people[now.lead.person] as Consultant;
    const companion = now.companion === null ? null : (people[now.companion.person] as Consultant);
    const school = schoolOf[now.lead.person] ?? -1;
    if (school >= 0) (leads[school] as number) += 1;
    const known = inCommon(visit, lead);
    const could = [...new Set(site.leads.map(({ person }) => person))];
    const because: Because[] = [];
    if (pin?.lead !== undefined) because.push({ code: 'chosen_by_hand' });
    if (known.includes('contact_person')) because.push({ code: 'contact_person' });
    if (known.includes('product')) {
      const offered = folded(lead.products);
      because.push({ code: 'knows_product', products: visit.products.filter((each) => offered.has(each.trim().toLowerCase())).sort(order) });
    }
    if (known.includes('trade')) because.push({ code: 'knows_trade' });
    if (known.includes('assessment')) because.push({ code: 'assessment' });
    if (known.includes('basic_skills')) because.push({ code: 'basic_skills' });
    if (visit.language !== 'da' && lead.languages.includes(visit.language)) because.push({ code: 'language', language: visit.language });
    if (pin?.lead === undefined) {
      if (could.length === 1) because.push({ code: 'only_one' });
      else {
        const mine = ratioOf(now.lead.person);
        const others = could.filter((person) => schoolOf[person] !== school);
        if (school >= 0 && others.length > 0 && others.every((person) => ratioOf(person) >= mine - 1e-9)) because.push({ code: 'least_of_share' });
        if (could.every((person) => distance(visit, people[person] as Consultant) >= distance(visit, lead) - 1e-9)) because.push({ code: 'nearest' });
      }
      if (school < 0) because.push({ code: 'centre' });
    }
    const warnings = new Set<Warning>();
    for (const [person, one] of [[now.lead.person, lead] as const, ...(companion === null || now.companion === null ? [] : [[now.companion.person, companion] as const])]) {
      if (inCommon(visit, one).length === 0) warnings.add('nothing_in_common');
      const past = barred[person];
      if (past === 'excluded' || past === 'language' || past === 'area' || past === 'too_far') warnings.add(past);
    }
    if (companion === null && pin?.companion !== null && (visit.aim === 'learning' || visit.pair || pin?.companion !== undefined)) warnings.add('no_companion');
    staffed.push({
      visit: visit.id,
      slot: slots[now.lead.slot] as string,
      lead: lead.id,
      companion: companion?.id ?? null,
      because,
      warnings: [...warnings].sort(order),
      km: Math.round(distance(visit, lead)),
    });
  }
  const total = schools.reduce((sum, { counted }) => sum + counted, 0) + ledBySchools(problem, seats);
  return { staffed, unstaffed, schools: schools.map(({ id, counted, share }, at) => ({ school: id, counted, due: share * total, leads: leads[at] as number })) };
}
