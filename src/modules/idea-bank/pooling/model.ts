import { roadKm } from '../../../kit/distance.ts';
import { mondayOf } from '../../../kit/week.ts';
import { fieldOf, type Piece, pieces } from '../pool-program/model.ts';
import { type Field, nobody, type Seats } from '../pool-search/model.ts';
import { fairness, type Instance, type Need, type Obstacle, type Opportunity, obstacles, type Placed, type Pooling, type Refusal, type Running, type Unserved, unknownKm, worth } from './rules.ts';

// The planner without the solver: what of the question can be used, what may be (arcs), what can be dropped without loss, the same in numbers, the reasons, and the
// second stage. Everything is sorted first, so that the order in which things were asked has no say.

export { ceilingOf, decode, encode, given, isLawful, type Piece, programOf, taken, valueIn } from '../pool-program/model.ts';
export { type Priced, priceBound, type Seats, search } from '../pool-search/model.ts';

/** People who stay together: a need, or a group of one that was split by hand. */
interface Unit {
  need: Need;
  group: number;
  heads: number;
  /** The class it has seats in, as a place in `classes`; -1: none. */
  home: number;
  held: boolean;
  /** The class it was pinned to by hand; -1: none. */
  pin: number;
}
interface Candidate {
  opportunity: Opportunity;
  least: number;
  most: number;
  must: boolean;
  prize: number;
  /** For each of its schools the row of teachers that counts it (-1: none does); rows are places in `teachers`. */
  staff: { school: string; row: number }[];
  /** Units that could be in it, whether or not enough can. */
  units: number[];
  /** Cannot run, and why. */
  barred: Obstacle | null;
  opened: boolean;
}
interface Arc {
  unit: number;
  at: number;
  gain: number;
}
export interface Problem {
  instance: Instance;
  refused: Refusal[];
  units: Unit[];
  classes: Candidate[];
  rooms: Map<string, number>;
  teachers: { school: string; most: number }[];
  /** The same in numbers; rows are rooms and then `teachers`, where they can bind. What everybody has before the plan. */
  field: Field;
  rows: (string | number)[];
  start: Seats;
  /** Where no row of teachers binds, the school that can always run it. */
  easy: (string | null)[];
}

/** Outweighs whatever else a plan could win by dropping a choice that was made by hand. */
const byHand = 100_000;
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byId = <T extends { id: string }>(all: readonly T[]): T[] => [...all].sort((a, b) => order(a.id, b.id));
const isDay = (day: string) => {
  const at = new Date(`${day}T00:00:00Z`);
  return /^[1-8]\d{3}-\d\d-\d\d$/.test(day) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
};
const isPlace = (place: Need['place']) => place === null || (Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180);
const isCount = (value: number, least: number) => Number.isSafeInteger(value) && value >= least && value <= 100_000;
const kmTo = (need: Need, opportunity: Opportunity) => (need.place === null || opportunity.place === null ? unknownKm : roadKm(need.place, opportunity.place));

/** What of the question can be used; what cannot is named, and left out. */
function readable(instance: Instance): { needs: Need[]; opportunities: Opportunity[]; refused: Refusal[] } {
  const refused: Refusal[] = [];
  const keep = <T extends { id: string }>(all: readonly T[], twice: Refusal['code'], fault: (each: T) => Refusal['code'] | null): T[] => {
    const times = Map.groupBy(all, ({ id }) => id);
    return byId(
      [...times].flatMap(([id, same]) => {
        const code = same.length > 1 ? twice : fault(same[0] as T);
        if (code !== null) refused.push({ code, of: id });
        return code === null ? [same[0] as T] : [];
      }),
    );
  };
  const opportunities = keep(instance.opportunities, 'duplicate_opportunity', ({ schools, min, max, slot, place, existing }) =>
    !isCount(min, 0) || !isCount(max, 1) || (existing !== null && !isCount(existing.taken, 0))
      ? 'not_a_size'
      : min > max
        ? 'min_above_max'
        : schools.length === 0 || (existing !== null && schools.length > 1)
          ? 'no_school'
          : !isDay(slot.firstDay)
            ? 'not_a_day'
            : isPlace(place)
              ? null
              : 'not_a_place',
  );
  const known = new Map(opportunities.map((each) => [each.id, each]));
  const needs = keep(instance.needs, 'duplicate_need', ({ heads, earliest, latest, waitingSince, place, mostKm, enrolled, course }) =>
    !isCount(heads, 1)
      ? 'no_heads'
      : ![earliest, latest, waitingSince].every(isDay)
        ? 'not_a_day'
        : earliest > latest
          ? 'window_impossible'
          : !isPlace(place) || Number.isNaN(mostKm)
            ? 'not_a_place'
            : enrolled !== null && known.get(enrolled)?.existing == null
              ? 'unknown_class'
              : enrolled !== null && known.get(enrolled)?.course !== course
                ? 'other_course'
                : null,
  );
  return { needs, opportunities, refused };
}

/** Sorts the question and finds everything that may be at all. */
export function prepare(instance: Instance): Problem {
  const { needs, opportunities, refused } = readable(instance);
  const placeOf = new Map(opportunities.map(({ id }, at) => [id, at]));
  const needOf = new Map(needs.map((each) => [each.id, each]));
  const known = (need: string, opportunity: string | null): boolean => {
    if (!needOf.has(need)) refused.push({ code: 'unknown_need', of: need });
    else if (opportunity !== null && !placeOf.has(opportunity)) refused.push({ code: 'unknown_opportunity', of: opportunity });
    else return true;
    return false;
  };

  const groups = new Map<string, number[]>();
  for (const [need, same] of Map.groupBy(instance.splits, (each) => each.need)) {
    const its = same[0]?.groups ?? [];
    if (!known(need, null)) continue;
    if (same.length > 1 || its.length === 0 || !its.every((each) => isCount(each, 1)) || its.reduce((sum, each) => sum + each, 0) !== needOf.get(need)?.heads)
      refused.push({ code: 'split_does_not_add_up', of: need });
    else groups.set(need, its);
  }
  const key = (need: string, group: number) => JSON.stringify([need, group]);
  const pins = new Map<string, number>();
  for (const { need, group, opportunity } of instance.pins) {
    if (!known(need, opportunity)) continue;
    const split = groups.get(need) ?? [0];
    if (group !== null && !(group in split)) refused.push({ code: 'unknown_need', of: need });
    else if (needOf.get(need)?.course !== opportunities[placeOf.get(opportunity) as number]?.course) refused.push({ code: 'other_course', of: need });
    else
      for (const each of group === null ? split.keys() : [group])
        if (pins.has(key(need, each)) && pins.get(key(need, each)) !== placeOf.get(opportunity)) refused.push({ code: 'pinned_twice', of: need });
        else pins.set(key(need, each), placeOf.get(opportunity) as number);
  }
  // Nobody can say which of two was meant.
  for (const { code, of } of refused) if (code === 'pinned_twice') for (const group of (groups.get(of) ?? [0]).keys()) pins.delete(key(of, group));
  const forbidden = new Set<string>();
  for (const { need, opportunity } of instance.forbidden) {
    if (!known(need, opportunity)) continue;
    if (needOf.get(need)?.enrolled === opportunity) refused.push({ code: 'has_a_seat_there', of: need });
    else forbidden.add(JSON.stringify([need, opportunity]));
  }
  const asked = (ids: readonly string[]) => {
    for (const id of ids) if (!placeOf.has(id)) refused.push({ code: 'unknown_opportunity', of: id });
    return new Set(ids);
  };
  const closed = asked(instance.closed);
  const opened = asked(instance.opened);

  const enrolled = Map.groupBy(needs, (each) => each.enrolled ?? '');
  const anyway = opportunities.map(({ id, existing, min }) => {
    if (existing === null) return false;
    if (existing.guaranteed && closed.has(id)) refused.push({ code: 'guaranteed_stays_open', of: id });
    return existing.guaranteed || (!closed.has(id) && existing.taken + (enrolled.get(id) ?? []).reduce((sum, { heads }) => sum + heads, 0) >= min);
  });
  const rooms = new Map<string, number>();
  for (const { room, rooms: count } of instance.rooms) rooms.set(room, Math.max(0, Math.min(count, rooms.get(room) ?? count)));
  const teachers: Problem['teachers'] = [];
  const rowOf = new Map<string, number>();
  for (const { school, area, week, teachers: count } of instance.teachers) {
    const its = JSON.stringify([school, area, week]);
    const row = rowOf.get(its);
    if (row === undefined) rowOf.set(its, teachers.push({ school, most: Math.max(0, count) }) - 1);
    else teachers[row] = { school, most: Math.max(0, Math.min(count, teachers[row]?.most ?? 0)) };
  }
  const classes = opportunities.map((opportunity, at): Candidate => {
    const { id, existing, min, max, schools, area, slot } = opportunity;
    const taken = existing?.taken ?? 0;
    const standing = taken + (enrolled.get(id) ?? []).reduce((sum, { heads }) => sum + heads, 0);
    const must = existing?.guaranteed === true || (anyway[at] === true && taken > 0);
    const byHandClosed = closed.has(id) && existing?.guaranteed !== true;
    return {
      opportunity,
      least: existing?.guaranteed === true ? 0 : Math.max(0, min - taken),
      most: Math.max(max, existing === null ? 0 : standing) - taken,
      must,
      prize: worth.seat * taken + (opened.has(id) ? byHand : 0),
      staff: [...new Set(schools)].sort(order).map((school) => ({ school, row: area === null ? -1 : (rowOf.get(JSON.stringify([school, area, mondayOf(slot.firstDay)])) ?? -1) })),
      units: [],
      barred: byHandClosed ? 'forbidden' : null,
      opened: opened.has(id) && !byHandClosed,
    };
  });
  // What would run without the plan has its room and its teacher.
  const standingIn = new Map<string, number>();
  const standingRow = new Map<number, number>();
  for (const [at, { opportunity, staff }] of classes.entries()) {
    if (anyway[at] !== true) continue;
    if (opportunity.room !== null) standingIn.set(opportunity.room, (standingIn.get(opportunity.room) ?? 0) + 1);
    for (const { row } of staff) standingRow.set(row, (standingRow.get(row) ?? 0) + 1);
  }
  for (const [room, count] of rooms) rooms.set(room, Math.max(count, standingIn.get(room) ?? 0));
  for (const [row, its] of teachers.entries()) its.most = Math.max(its.most, standingRow.get(row) ?? 0);

  const units = needs.flatMap((need) =>
    (groups.get(need.id) ?? [need.heads]).map((heads, group): Unit => {
      const home = need.enrolled === null ? -1 : (placeOf.get(need.enrolled) as number);
      return { need, group, heads, home, held: anyway[home] === true, pin: pins.get(key(need.id, group)) ?? -1 };
    }),
  );
  const ofCourse = Map.groupBy([...classes.keys()], (at) => (classes[at] as Candidate).opportunity.course);
  const bars = (need: Need, pinned: boolean, { opportunity, barred, most }: Candidate, heads: number, km: number): Obstacle | null => {
    if (barred === 'forbidden' || (forbidden.size > 0 && forbidden.has(JSON.stringify([need.id, opportunity.id])))) return 'forbidden';
    if (heads > most) return 'too_large';
    if (pinned) return null;
    if (need.mostKm !== null && km > need.mostKm) return 'too_far';
    const { firstDay, pattern, part } = opportunity.slot;
    if (firstDay < need.earliest || firstDay > need.latest) return 'no_common_date';
    return need.patterns.includes(pattern) && need.parts.includes(part) ? null : 'no_common_time';
  };
  const all: Arc[] = [];
  for (const [unit, { need, heads, home, pin, held }] of units.entries()) {
    // A pinned group has one place only, and the one it must not lose.
    const among = pin >= 0 ? [...new Set(held ? [home, pin] : [pin])].sort((a, b) => a - b) : (ofCourse.get(need.course) ?? []);
    const far = new Map<string, number>();
    for (const at of among) {
      const candidate = classes[at] as Candidate;
      const { venue, place } = candidate.opportunity;
      const spot = place === null ? '' : `${venue} ${place.latitude} ${place.longitude}`;
      let km = far.get(spot);
      if (km === undefined) far.set(spot, (km = kmTo(need, candidate.opportunity)));
      if (at === home ? candidate.barred !== null : bars(need, pin === at, candidate, heads, km) !== null) continue;
      candidate.units.push(unit);
      all.push({ unit, at, gain: heads * (worth.seat - worth.km * km - (home >= 0 && home !== at ? worth.moved : 0)) + (pin === at ? byHand : 0) });
    }
  }

  // What can never run is dropped, until nothing more can be: too few people, no room, no teacher.
  for (const each of classes) {
    if (each.barred !== null || each.must) continue;
    if (each.opportunity.room !== null && rooms.get(each.opportunity.room) === 0) each.barred = 'room_taken';
    else if (each.staff.every(({ row }) => teachers[row]?.most === 0)) each.barred = 'no_teacher';
    else if (each.units.reduce((sum, unit) => sum + (units[unit] as Unit).heads, 0) < each.least || (each.units.length === 0 && each.prize === 0)) each.barred = 'below_minimum';
  }
  const arcs = all.filter(({ at }) => classes[at]?.barred === null);
  const { room, staff, easy } = limits(classes, rooms, teachers);
  const rows = [...room.keys(), ...new Set(staff.flat())];
  const rowAt = new Map(rows.map((row, at) => [row, at]));
  const field = fieldOf({
    heads: Int32Array.from(units, ({ heads }) => heads),
    held: Uint8Array.from(units, ({ held }) => Number(held)),
    unitOf: Int32Array.from(arcs, ({ unit }) => unit),
    classOf: Int32Array.from(arcs, ({ at }) => at),
    gain: Float64Array.from(arcs, ({ gain }) => gain),
    least: Int32Array.from(classes, ({ least }) => least),
    most: Int32Array.from(classes, ({ most }) => most),
    must: Uint8Array.from(classes, ({ must }) => Number(must)),
    prize: Float64Array.from(classes, ({ prize }) => prize),
    room: Int32Array.from(classes, ({ opportunity, barred }) => (barred === null && opportunity.room !== null ? (rowAt.get(opportunity.room) ?? -1) : -1)),
    staff: staff.map((its) => its.map((row) => rowAt.get(row) as number)),
    limit: Int32Array.from(rows, (row) => (typeof row === 'string' ? (rooms.get(row) as number) : (teachers[row]?.most as number))),
  });
  // Before the plan: what would run without it, with those who have their seats there.
  const start = nobody(field);
  for (const [unit, { home, held }] of units.entries()) {
    if (!held) continue;
    start.arc[unit] = field.classOf.indexOf(home, field.from[unit]);
    start.runs[home] = 1;
  }
  for (const [at, { must }] of classes.entries()) {
    if (must) start.runs[at] = 1;
    if (start.runs[at] === 1) start.row[at] = field.staff[at]?.[0] ?? -1;
  }
  return { instance, refused, units, classes, rooms, teachers, field, rows, start, easy };
}

/** Which rooms and which rows of teachers can bind at all. */
interface Limits {
  room: Map<string, number>;
  staff: number[][];
  easy: (string | null)[];
}
function limits(classes: readonly Candidate[], rooms: ReadonlyMap<string, number>, teachers: Problem['teachers']): Limits {
  const live = classes.map(({ barred }) => barred === null);
  const inRoom = Map.groupBy(
    [...classes.keys()].filter((at) => live[at] === true),
    (at) => classes[at]?.opportunity.room ?? null,
  );
  const room = new Map([...rooms].filter(([key, most]) => (inRoom.get(key)?.length ?? 0) > most));
  const easy: (string | null)[] = classes.map(({ staff }) => staff.find(({ row }) => row < 0)?.school ?? null);
  const staff = classes.map((each, at) => (live[at] === true && easy[at] === null ? each.staff.map(({ row }) => row).filter((row) => (teachers[row]?.most ?? 0) > 0) : []));
  for (let again = true; again; ) {
    again = false;
    const wanted = new Int32Array(teachers.length);
    for (const rows of staff) for (const row of rows) (wanted[row] as number) += 1;
    for (const [at, rows] of staff.entries()) {
      const free = rows.find((row) => (wanted[row] as number) <= (teachers[row]?.most as number));
      if (free === undefined) continue;
      easy[at] = teachers[free]?.school ?? null;
      staff[at] = [];
      again = true;
    }
  }
  return { room, staff, easy };
}

/** Parts that share nothing; what cannot run is in none. */
export const partsOf = ({ field, classes }: Problem): Piece[] => pieces(field, (at) => classes[at]?.barred !== null);

/** A plan of the whole: the class of each unit (-1: none), and which school runs each class (null: it does not run). */
export interface Outcome {
  at: Int32Array;
  school: (string | null)[];
}
export const outcomeOf = ({ field, classes, teachers, rows, easy }: Problem, { arc, runs, row }: Seats): Outcome => ({
  at: arc.map((its) => (its < 0 ? -1 : (field.classOf[its] as number))),
  school: classes.map(({ staff }, at) => (runs[at] === 0 ? null : (((row[at] as number) < 0 ? easy[at] : teachers[rows[row[at] as number] as number]?.school) ?? staff[0]?.school ?? null))),
});
export const poolingOf = ({ units, classes }: Problem, { at, school }: Outcome): Pooling => ({
  running: classes.flatMap(({ opportunity }, index): Running[] => (school[index] === null ? [] : [{ opportunity: opportunity.id, school: school[index] as string }])),
  placed: units.flatMap(({ need, group, heads }, index): Placed[] =>
    (at[index] as number) < 0 ? [] : [{ need: need.id, group, heads, opportunity: (classes[at[index] as number] as Candidate).opportunity.id }],
  ),
});

/** Employees should not go alone (row 5.33): nobody else of their company is in the class. */
export interface Placing extends Placed {
  km: number;
  alone: boolean;
  byHand: boolean;
  /** They leave a class they have seats in; between two schools both must say yes first. */
  moved: { from: string; bothSchools: boolean } | null;
}
export interface Reasons {
  /** `heads`: everybody in it, those it had included. */
  classes: (Running & { heads: number; existing: boolean })[];
  placed: Placing[];
  unserved: Unserved[];
  /** Existing classes that do not run: below their minimum, or everybody of them moved. */
  cancelled: string[];
  /** Each school’s part of all running classes as its part of all opportunities (`due`), in classes. */
  schools: { school: string; offered: number; due: number; classes: number }[];
  refused: Refusal[];
}

export function explain(problem: Problem, outcome: Outcome): Reasons {
  const { instance, units, classes, rooms, teachers } = problem;
  const { at, school } = outcome;
  const load = new Int32Array(classes.length);
  const waiting = new Int32Array(classes.length);
  const together = new Map<string, number>();
  const pair = (unit: Unit, index: number) => JSON.stringify([unit.need.company, index]);
  for (const [index, unit] of units.entries()) {
    const its = at[index] as number;
    if (its < 0) continue;
    (load[its] as number) += unit.heads;
    together.set(pair(unit, its), (together.get(pair(unit, its)) ?? 0) + unit.heads);
  }
  for (const [index, { units: could }] of classes.entries()) for (const unit of could) if ((at[unit] as number) < 0) (waiting[index] as number) += (units[unit] as Unit).heads;
  const inRoom = new Map<string, number>();
  const inRow = new Int32Array(teachers.length);
  for (const [index, { opportunity, staff }] of classes.entries()) {
    if (school[index] === null) continue;
    if (opportunity.room !== null) inRoom.set(opportunity.room, (inRoom.get(opportunity.room) ?? 0) + 1);
    const row = staff.find((each) => each.school === school[index])?.row ?? -1;
    if (row >= 0) (inRow[row] as number) += 1;
  }

  const ofCourse = Map.groupBy([...classes.keys()], (index) => (classes[index] as Candidate).opportunity.course);
  const forbidden = new Set(instance.forbidden.map(({ need, opportunity }) => JSON.stringify([need, opportunity])));
  const daysApart = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000;
  const unserved: Unserved[] = [];
  const refused = [...problem.refused];
  for (const [index, { need, group, heads, pin }] of units.entries()) {
    if (pin >= 0 && (at[index] as number) !== pin) refused.push({ code: 'not_kept', of: need.id });
    if ((at[index] as number) >= 0) continue;
    const found = new Map<Obstacle, Unserved['reasons'][number] & { near: number }>();
    const fails = (code: Obstacle, near: number, details: Partial<Unserved['reasons'][number]>) => {
      const before = found.get(code);
      if (before === undefined || near < before.near) found.set(code, { code, ...details, near, opportunities: (before?.opportunities ?? 0) + 1 });
      else before.opportunities += 1;
    };
    for (const its of pin >= 0 ? [pin] : (ofCourse.get(need.course) ?? [])) {
      const { opportunity, most, least, barred, staff } = classes[its] as Candidate;
      const { id, slot, room } = opportunity;
      if (barred === 'forbidden' || forbidden.has(JSON.stringify([need.id, id]))) fails('forbidden', 0, {});
      else if (heads > most) fails('too_large', 0, {});
      else {
        const km = pin >= 0 ? 0 : kmTo(need, opportunity);
        if (pin < 0 && need.mostKm !== null && km > need.mostKm) fails('too_far', km, { km: Math.round(km), opportunity: id });
        else if (pin < 0 && (slot.firstDay < need.earliest || slot.firstDay > need.latest))
          fails('no_common_date', daysApart(slot.firstDay, slot.firstDay < need.earliest ? need.earliest : need.latest), { day: slot.firstDay, opportunity: id });
        else if (pin < 0 && !(need.patterns.includes(slot.pattern) && need.parts.includes(slot.part))) fails('no_common_time', 0, {});
        else if (school[its] !== null) fails('full', Math.max(0, heads - most + (load[its] as number)), { missing: Math.max(0, heads - most + (load[its] as number)), opportunity: id });
        else if (room !== null && (inRoom.get(room) ?? 0) >= (rooms.get(room) ?? Number.POSITIVE_INFINITY)) fails('room_taken', 0, { opportunity: id });
        else if (staff.every(({ row }) => row >= 0 && (inRow[row] as number) >= (teachers[row]?.most as number))) fails('no_teacher', 0, { opportunity: id });
        else {
          const missing = Math.max(0, least - (waiting[its] as number));
          fails('below_minimum', missing, { missing, opportunity: id });
        }
      }
    }
    const reasons = [...found.values()].sort((a, b) => obstacles.indexOf(b.code) - obstacles.indexOf(a.code)).map(({ near, ...reason }) => reason);
    unserved.push({ need: need.id, group, heads, reasons: reasons.length > 0 ? reasons : [{ code: 'no_class', opportunities: 0 }] });
  }
  for (const [index, { opened, opportunity }] of classes.entries()) if (opened && school[index] === null) refused.push({ code: 'not_kept', of: opportunity.id });

  const placed = units.flatMap((unit, index): Placing[] => {
    const its = at[index] as number;
    if (its < 0) return [];
    const { opportunity } = classes[its] as Candidate;
    const home = unit.home >= 0 && unit.home !== its ? (classes[unit.home] as Candidate).opportunity : null;
    return [
      {
        need: unit.need.id,
        group: unit.group,
        heads: unit.heads,
        opportunity: opportunity.id,
        km: Math.round(kmTo(unit.need, opportunity)),
        alone: together.get(pair(unit, its)) === 1,
        byHand: unit.pin === its,
        moved: home === null ? null : { from: home.id, bothSchools: home.schools[0] !== school[its] },
      },
    ];
  });
  return {
    classes: classes.flatMap(({ opportunity: { id, existing } }, index) =>
      school[index] === null ? [] : [{ opportunity: id, school: school[index] as string, heads: (load[index] as number) + (existing?.taken ?? 0), existing: existing !== null }],
    ),
    placed,
    unserved,
    cancelled: classes.flatMap(({ opportunity }, index) => (opportunity.existing !== null && school[index] === null ? [opportunity.id] : [])),
    schools: partsDue(problem, outcome),
    refused,
  };
}

/** What is due to each school: its part of all running classes as its part of all opportunities. */
function partsDue({ classes }: Problem, { school }: Outcome): Reasons['schools'] {
  const offered = new Map<string, number>();
  for (const { staff } of classes) for (const each of staff) offered.set(each.school, (offered.get(each.school) ?? 0) + 1);
  const all = [...offered.values()].reduce((sum, each) => sum + each, 0);
  const running = school.filter((each) => each !== null).length;
  return [...offered].sort(([a], [b]) => order(a, b)).map(([each, its]) => ({ school: each, offered: its, due: (its / all) * running, classes: school.filter((one) => one === each).length }));
}

/** A plan that stands, in numbers; what of it cannot be is left out. */
export function seatsOf({ field, units, classes, teachers, rows }: Problem, { running, placed }: Pooling): Seats {
  const seats = nobody(field);
  const at = new Map(classes.map(({ opportunity }, index) => [opportunity.id, index]));
  for (const { opportunity, school } of running) {
    const index = at.get(opportunity);
    if (index === undefined) continue;
    seats.runs[index] = 1;
    seats.row[index] = field.staff[index]?.find((row) => teachers[rows[row] as number]?.school === school) ?? -1;
  }
  const where = new Map(placed.map(({ need, group, opportunity }) => [JSON.stringify([need, group]), at.get(opportunity) ?? -1]));
  for (const [unit, { need, group }] of units.entries()) seats.arc[unit] = arcOf(field, unit, where.get(JSON.stringify([need.id, group])) ?? -1);
  return seats;
}
function arcOf({ from, classOf }: Field, unit: number, at: number): number {
  for (let its = from[unit] as number; its < (from[unit + 1] as number); its += 1) if (classOf[its] === at) return its;
  return -1;
}

/**
 * Second stage: as many seats, ways at most a little longer in sum; a class is held by another of its schools, or all its people meet in another class, where
 * schools come nearer to their parts by it; and who waits longer takes the seats of as many who wait less. Nobody who is pinned or enrolled is touched.
 */
export function share(problem: Problem, before: Outcome): Outcome {
  const { instance, field, units, classes, rooms, teachers } = problem;
  const at = before.at.slice();
  const school = [...before.school];
  const km = (unit: number, index: number) => (units[unit] as Unit).heads * kmTo((units[unit] as Unit).need, (classes[index] as Candidate).opportunity);
  let spare = 0;
  const inside: number[][] = classes.map(() => []);
  for (const [unit, index] of at.entries()) {
    if (index < 0) continue;
    spare += fairness.detour * km(unit, index);
    inside[index]?.push(unit);
  }
  const inRoom = new Map<string, number>();
  const inRow = new Int32Array(teachers.length);
  const rowOf = (index: number, of: string | null) => (classes[index] as Candidate).staff.find((each) => each.school === of)?.row ?? -1;
  const use = (index: number, by: 1 | -1) => {
    const { room } = (classes[index] as Candidate).opportunity;
    if (room !== null) inRoom.set(room, (inRoom.get(room) ?? 0) + by);
    const row = rowOf(index, school[index] ?? null);
    if (row >= 0) (inRow[row] as number) += by;
  };
  for (const index of classes.keys()) if (school[index] !== null) use(index, 1);
  const fits = (index: number, of: string) => {
    const { room } = (classes[index] as Candidate).opportunity;
    const row = rowOf(index, of);
    return (room === null || (inRoom.get(room) ?? 0) < (rooms.get(room) ?? Number.POSITIVE_INFINITY)) && (row < 0 || (inRow[row] as number) < (teachers[row]?.most as number));
  };

  const ahead = new Map(partsDue(problem, before).map((each) => [each.school, each.classes - each.due]));
  const ofCourse = Map.groupBy(
    [...classes.keys()].filter((index) => classes[index]?.barred === null),
    (index) => (classes[index] as Candidate).opportunity.course,
  );
  const isFree = (unit: number) => (units[unit] as Unit).home < 0 && (units[unit] as Unit).pin < 0;
  for (let changed = true, round = 0; changed && round < 10; round += 1) {
    changed = false;
    for (const index of classes.keys()) {
      const from = school[index] ?? null;
      const { opportunity, staff, opened } = classes[index] as Candidate;
      if (from === null || opportunity.existing !== null) continue;
      const its = inside[index] as number[];
      const heads = its.reduce((sum, unit) => sum + (units[unit] as Unit).heads, 0);
      use(index, -1);
      // Squares of what schools are ahead or behind: what leaves the one that is far ahead for one that is less so, counts too.
      let best: { to: number; of: string; wins: number; longer: number } | null = null;
      const look = (to: number, of: string, longer: number) => {
        const wins = (ahead.get(from) as number) - (ahead.get(of) as number) - 1;
        if (of !== from && wins > 1e-9 && longer <= spare && (best === null || wins > best.wins + 1e-9 || (wins > best.wins - 1e-9 && longer < best.longer - 1e-9)) && fits(to, of))
          best = { to, of, wins, longer };
      };
      for (const each of staff) look(index, each.school, 0);
      if (!opened && its.every(isFree))
        for (const to of ofCourse.get(opportunity.course) ?? []) {
          const other = classes[to] as Candidate;
          if (school[to] !== null || other.opportunity.existing !== null || heads < other.least || heads > other.most || !its.every((unit) => arcOf(field, unit, to) >= 0)) continue;
          const longer = its.reduce((sum, unit) => sum + km(unit, to) - km(unit, index), 0);
          for (const each of other.staff) look(to, each.school, longer);
        }
      const found = best as { to: number; of: string; longer: number } | null;
      if (found !== null) {
        changed = true;
        spare -= found.longer;
        ahead.set(from, (ahead.get(from) as number) - 1).set(found.of, (ahead.get(found.of) as number) + 1);
        school[index] = null;
        school[found.to] = found.of;
        inside[index] = [];
        inside[found.to] = its;
        for (const unit of its) at[unit] = found.to;
      }
      use(found?.to ?? index, 1);
    }
  }

  const since = (unit: number) => {
    const { urgency, waitingSince } = (units[unit] as Unit).need;
    return urgency * fairness.urgencyDays + (Date.parse(instance.day) - Date.parse(waitingSince)) / 86_400_000;
  };
  const waiting = [...units.keys()].filter((unit) => (at[unit] as number) < 0 && isFree(unit)).sort((a, b) => since(b) - since(a) || a - b);
  for (const unit of waiting) {
    let best: { index: number; other: number } | null = null;
    for (let its = field.from[unit] as number; its < (field.from[unit + 1] as number); its += 1) {
      const index = field.classOf[its] as number;
      for (const other of inside[index] as number[])
        if (
          isFree(other) &&
          (units[other] as Unit).heads === (units[unit] as Unit).heads &&
          since(other) < (best === null ? since(unit) : since(best.other)) &&
          km(unit, index) - km(other, index) <= spare
        )
          best = { index, other };
    }
    if (best === null) continue;
    const { index, other } = best;
    spare -= km(unit, index) - km(other, index);
    at[unit] = index;
    at[other] = -1;
    inside[index] = (inside[index] as number[]).map((each) => (each === other ? unit : each));
  }
  return { at, school };
}

/**
 * Classes that one more participant might open: those who wait and could be in it are one too few. For each the question about its course alone, with the rooms and
 * teachers that other courses leave, and one more in it; whether it opens, only a plan of that tells.
 */
export function nearlyOpen({ instance, units, classes }: Problem, { at, school }: Outcome): { opportunity: string; asked: Instance }[] {
  const [needsOf, offersOf] = [Map.groupBy(instance.needs, ({ course }) => course), Map.groupBy(instance.opportunities, ({ course }) => course)];
  // What runs, by room, and by school, area and week.
  const running = classes.flatMap(({ opportunity }, index) => (school[index] === null ? [] : [{ ...opportunity, school: school[index] as string }]));
  const rowOf = (of: string, area: string | null, week: string) => JSON.stringify([of, area, week]);
  const [inRoom, inRow] = [Map.groupBy(running, ({ room }) => room), Map.groupBy(running, (each) => rowOf(each.school, each.area, mondayOf(each.slot.firstDay)))];
  return classes.flatMap(({ opportunity, least, barred, units: could }, index) => {
    const waiting = could.reduce((sum, unit) => sum + ((at[unit] as number) < 0 ? (units[unit] as Unit).heads : 0), 0);
    if (school[index] !== null || barred === 'forbidden' || waiting === 0 || waiting !== least - 1) return [];
    const { course, slot, place, id } = opportunity;
    const [needs, opportunities] = [needsOf.get(course) ?? [], offersOf.get(course) ?? []];
    const [ids, wanted, areas] = [new Set([...needs, ...opportunities].map((each) => each.id)), new Set(opportunities.map(({ room }) => room)), new Set(opportunities.map(({ area }) => area))];
    const elsewhere = (all: typeof running | undefined) => (all ?? []).filter((each) => each.course !== course).length;
    const more: Need = {
      id: oneMore,
      company: oneMore,
      course,
      heads: 1,
      earliest: slot.firstDay,
      latest: slot.firstDay,
      patterns: [slot.pattern],
      parts: [slot.part],
      place,
      mostKm: null,
      urgency: 0,
      waitingSince: instance.day,
      enrolled: null,
    };
    const asked: Instance = {
      day: instance.day,
      needs: [...needs, more],
      opportunities,
      rooms: instance.rooms.filter(({ room }) => wanted.has(room)).map(({ room, rooms }) => ({ room, rooms: rooms - elsewhere(inRoom.get(room)) })),
      teachers: instance.teachers.filter(({ area }) => areas.has(area)).map((row) => ({ ...row, teachers: row.teachers - elsewhere(inRow.get(rowOf(row.school, row.area, row.week))) })),
      splits: instance.splits.filter(({ need }) => ids.has(need)),
      pins: [...instance.pins.filter(({ need }) => ids.has(need)), { need: oneMore, group: null, opportunity: id }],
      forbidden: instance.forbidden.filter(({ need }) => ids.has(need)),
      closed: instance.closed.filter((each) => ids.has(each)),
      opened: instance.opened.filter((each) => ids.has(each)),
    };
    return [{ opportunity: id, asked }];
  });
}
/** The one who does not exist yet; no id of a need looks so. */
export const oneMore = '+1';
