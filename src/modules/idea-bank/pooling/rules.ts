import { type Place, roadKm } from '../../../kit/distance.ts';
import { mondayOf } from '../../../kit/week.ts';

// What is asked of the planner of classes, what a plan must keep, and what it is worth (rows 4.03, 4.05). The planner (model.ts) shares the shapes and the
// figures of `worth` with the checks here and nothing else: they read a finished plan, need by need, so that a mistake of the planner does not repeat itself.

/** What a company asks for: so many people of it in one class of one course. A need stays together, unless a coordinator splits it. */
export interface Need {
  id: string;
  company: string;
  course: string;
  /** At least 1. */
  heads: number;
  /** Days ('YYYY-MM-DD') between which the class must begin, both included. */
  earliest: string;
  latest: string;
  /** Weekday patterns that suit, in the words of `Slot`. */
  patterns: string[];
  /** Parts of the day that suit, in the words of `Slot`. */
  parts: string[];
  place: Place | null;
  /** How far its people go at most; null: as far as it takes. */
  mostKm: number | null;
  /** 0: ordinary; more goes first where as many get a seat either way. */
  urgency: number;
  /** Since when it waits, a day. */
  waitingSince: string;
  /**
   * The part-filled class in which its people have seats already; null: nowhere. They may move to another class if that helps (to one of another school with
   * both schools’ yes, see `Moved`), and always have a seat if their class would run without the plan.
   */
  enrolled: string | null;
}
export interface Slot {
  /** 'YYYY-MM-DD' */
  firstDay: string;
  /** A word of the centre, such as 'weeks' or 'mondays'. */
  pattern: string;
  /** A word of the centre, such as 'day' or 'evening'. */
  part: string;
}
/** A class that could be held: a course at a venue in a slot. Which of its schools runs it is part of the plan. */
export interface Opportunity {
  id: string;
  course: string;
  venue: string;
  place: Place | null;
  slot: Slot;
  schools: string[];
  /** What its teacher must teach; with the week of the first day it tells which of `Instance.teachers` counts it. Null: not counted. */
  area: string | null;
  min: number;
  max: number;
  /** What room it needs (venue and slot, in one key), see `Instance.rooms`. Null: not counted. */
  room: string | null;
  /**
   * A class that is planned already, by the one school named. `taken`: seats of people who are not among the needs; they count. A guaranteed class runs even
   * with nobody, and no plan closes it. Null: only a possibility.
   */
  existing: { taken: number; guaranteed: boolean } | null;
}
export interface Instance {
  /** The day it is asked on. */
  day: string;
  needs: Need[];
  opportunities: Opportunity[];
  /** Rooms that are free, existing classes not yet counted; what is not named is no limit. */
  rooms: { room: string; rooms: number }[];
  /** Classes that a school’s teachers of an area can begin in the week of that Monday, existing ones not yet counted; what is not named is no limit. */
  teachers: { school: string; area: string; week: string; teachers: number }[];
  /** By hand: the groups a need is split into; their heads sum to the need’s. */
  splits: { need: string; groups: number[] }[];
  /** By hand: that need (or that group of it, from 0) in that class. Place and dates are then not asked. */
  pins: { need: string; group: number | null; opportunity: string }[];
  /** By hand: that need never in that class. */
  forbidden: { need: string; opportunity: string }[];
  /** By hand: not to be held; to be held if enough can be found. */
  closed: string[];
  opened: string[];
}

/** A group that gets a seat for each head. */
export interface Placed {
  need: string;
  /** 0, or which group of a need that was split. */
  group: number;
  heads: number;
  opportunity: string;
}
export interface Running {
  opportunity: string;
  school: string;
}
/** Every class that runs, existing ones too, and who is in it beside those it had. */
export interface Pooling {
  running: Running[];
  placed: Placed[];
}

/**
 * What a plan is worth, in one place: first that people get a seat (those whose existing class would else not run included), then the way. Smaller weights of
 * a seat lost participants to the kilometres; nobody is sent further than a need allows, so a seat outweighs any way.
 */
export const worth = {
  seat: 1000,
  /** For each kilometre of each head. */
  km: 1,
  /** For each head that leaves a class it has a seat in: a move must win somebody a seat or much of a way. */
  moved: 25,
} as const;
/**
 * Among plans that seat as many: schools nearer to their parts, and who waits longest goes first. A step of urgency is worth so many days of waiting, and all ways
 * together may get so much longer for it.
 */
export const fairness = { urgencyDays: 60, detour: 0.02 } as const;
/** Where a place is not known: half an hour. */
export const unknownKm = 30;

/** Why a need has no seat, the nearest to success last. */
export const obstacles = ['no_class', 'forbidden', 'too_large', 'too_far', 'no_common_date', 'no_common_time', 'room_taken', 'no_teacher', 'below_minimum', 'full'] as const;
export type Obstacle = (typeof obstacles)[number];
export interface Unserved {
  need: string;
  group: number;
  heads: number;
  /** Nearest to success first; `opportunities`: how many classes of the course fail of it. */
  reasons: {
    code: Obstacle;
    opportunities: number;
    /** too_far: to the nearest. */
    km?: number;
    /** no_common_date: the first day of the class that is nearest in time. */
    day?: string;
    /** below_minimum: heads missing where the fewest are missing, this group counted; full: seats missing. */
    missing?: number;
    /** Which one `km`, `day` or `missing` is about. */
    opportunity?: string;
  }[];
}
/** What of the question could not be used; the rest is planned without it. */
export interface Refusal {
  code:
    | 'duplicate_need'
    | 'duplicate_opportunity'
    | 'no_heads'
    | 'window_impossible'
    | 'not_a_day'
    | 'not_a_place'
    | 'min_above_max'
    | 'not_a_size'
    | 'no_school'
    | 'unknown_class'
    | 'split_does_not_add_up'
    | 'unknown_need'
    | 'unknown_opportunity'
    | 'pinned_twice'
    | 'other_course'
    | 'guaranteed_stays_open'
    | 'has_a_seat_there'
    /** A choice by hand that no plan can keep, with everything else by hand. */
    | 'not_kept';
  /** The need or the opportunity. */
  of: string;
}

export type Fault = {
  rule:
    | 'unknown'
    | 'placed_twice'
    | 'torn_apart'
    | 'runs_twice'
    | 'not_running'
    | 'other_course'
    | 'wrong_day'
    | 'wrong_time'
    | 'too_far'
    | 'below_minimum'
    | 'above_maximum'
    | 'school_cannot'
    | 'room_taken'
    | 'no_teacher'
    | 'forbidden'
    | 'closed_by_hand'
    | 'opened_by_hand'
    | 'pin_broken'
    | 'existing_closed'
    | 'stranded';
  /** The need, the opportunity, the room or the school. */
  of: string;
};

const kmBetween = (need: Need, opportunity: Opportunity) => (need.place === null || opportunity.place === null ? unknownKm : roadKm(need.place, opportunity.place));
const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
/** Heads of the needs that have their seats in it, and the seats of everybody else. */
const standing = ({ needs }: Instance, { id, existing }: Opportunity) => (existing === null ? 0 : existing.taken + sum(needs.filter(({ enrolled }) => enrolled === id).map(({ heads }) => heads)));
/** Whether a class that is planned runs without the plan. */
export const runsAnyway = (instance: Instance, opportunity: Opportunity) =>
  opportunity.existing !== null && (opportunity.existing.guaranteed || (standing(instance, opportunity) >= opportunity.min && !instance.closed.includes(opportunity.id)));

/** Every rule that a plan breaks (rows 4.03, 4.05); none: it can be carried out. Meant for questions that the planner refuses nothing of. */
export function checkPool(instance: Instance, plan: Pooling): Fault[] {
  const faults: Fault[] = [];
  const opportunities = new Map(instance.opportunities.map((each) => [each.id, each]));
  const find = (id: string) => opportunities.get(id);
  const times = new Map<string, number>();
  for (const { opportunity } of plan.running) times.set(opportunity, (times.get(opportunity) ?? 0) + 1);
  const runs = (id: string) => times.get(id) ?? 0;
  const [ofNeed, inClass] = [Map.groupBy(plan.placed, ({ need }) => need), Map.groupBy(plan.placed, ({ opportunity }) => opportunity)];

  for (const { opportunity: id, school } of plan.running) {
    const opportunity = find(id);
    if (opportunity === undefined) {
      faults.push({ rule: 'unknown', of: id });
      continue;
    }
    if (runs(id) > 1) faults.push({ rule: 'runs_twice', of: id });
    if (!opportunity.schools.includes(school)) faults.push({ rule: 'school_cannot', of: id });
    if (instance.closed.includes(id) && opportunity.existing?.guaranteed !== true) faults.push({ rule: 'closed_by_hand', of: id });
    const heads = (opportunity.existing?.taken ?? 0) + sum((inClass.get(id) ?? []).map((each) => each.heads));
    if (heads < opportunity.min && opportunity.existing?.guaranteed !== true) faults.push({ rule: 'below_minimum', of: id });
    // What stands above the maximum already is nobody’s fault here.
    if (heads > Math.max(opportunity.max, standing(instance, opportunity))) faults.push({ rule: 'above_maximum', of: id });
  }

  for (const need of instance.needs) {
    const split = instance.splits.find((each) => each.need === need.id)?.groups ?? [need.heads];
    for (const [group, heads] of split.entries()) {
      const found = (ofNeed.get(need.id) ?? []).filter((each) => each.group === group);
      if (found.length > 1) faults.push({ rule: 'placed_twice', of: need.id });
      const pin = instance.pins.find((each) => each.need === need.id && (each.group === null || each.group === group));
      if (pin !== undefined && found[0]?.opportunity !== pin.opportunity) faults.push({ rule: 'pin_broken', of: need.id });
      const home = need.enrolled === null ? undefined : find(need.enrolled);
      if (home !== undefined && found.length === 0 && runsAnyway(instance, home)) faults.push({ rule: 'stranded', of: need.id });
      for (const placed of found) {
        const opportunity = find(placed.opportunity);
        if (placed.heads !== heads) faults.push({ rule: 'torn_apart', of: need.id });
        if (opportunity === undefined) {
          faults.push({ rule: 'unknown', of: placed.opportunity });
          continue;
        }
        if (runs(opportunity.id) === 0) faults.push({ rule: 'not_running', of: need.id });
        if (opportunity.course !== need.course) faults.push({ rule: 'other_course', of: need.id });
        if (instance.forbidden.some((each) => each.need === need.id && each.opportunity === opportunity.id)) faults.push({ rule: 'forbidden', of: need.id });
        if (pin !== undefined || need.enrolled === opportunity.id) continue;
        const { firstDay, pattern, part } = opportunity.slot;
        if (firstDay < need.earliest || firstDay > need.latest) faults.push({ rule: 'wrong_day', of: need.id });
        if (!need.patterns.includes(pattern) || !need.parts.includes(part)) faults.push({ rule: 'wrong_time', of: need.id });
        if (need.mostKm !== null && kmBetween(need, opportunity) > need.mostKm) faults.push({ rule: 'too_far', of: need.id });
      }
    }
  }
  const known = new Set(instance.needs.map(({ id }) => id));
  for (const { need, group } of plan.placed) {
    const groups = instance.splits.find((each) => each.need === need)?.groups.length ?? 1;
    if (!known.has(need) || group < 0 || group >= groups) faults.push({ rule: 'unknown', of: need });
  }

  for (const opportunity of instance.opportunities)
    if (runs(opportunity.id) === 0) {
      if (opportunity.existing?.guaranteed === true || (opportunity.existing !== null && opportunity.existing.taken > 0 && runsAnyway(instance, opportunity)))
        faults.push({ rule: 'existing_closed', of: opportunity.id });
      if (instance.opened.includes(opportunity.id)) faults.push({ rule: 'opened_by_hand', of: opportunity.id });
    }
  // What runs anyway has its room and its teacher, whatever the figures say.
  const anyway = instance.opportunities.filter((each) => runsAnyway(instance, each));
  const held = plan.running.flatMap(({ opportunity: id, school }) => {
    const opportunity = find(id);
    return opportunity === undefined ? [] : [{ opportunity, school }];
  });
  for (const { room, rooms } of instance.rooms) {
    const here = held.filter(({ opportunity }) => opportunity.room === room).length;
    if (here > rooms && here > anyway.filter((each) => each.room === room).length) faults.push({ rule: 'room_taken', of: room });
  }
  for (const { school, area, week, teachers } of instance.teachers) {
    const counts = (each: Opportunity) => each.area === area && mondayOf(each.slot.firstDay) === week;
    const its = held.filter((each) => each.school === school && counts(each.opportunity)).length;
    if (its > teachers && its > anyway.filter((each) => each.schools[0] === school && counts(each)).length) faults.push({ rule: 'no_teacher', of: school });
  }
  return faults;
}

/** People who get a seat by a plan, those whose existing class runs included, and what the plan is worth by the figures of `worth`. */
export function worthOf(instance: Instance, plan: Pooling): { participants: number; km: number; moved: number; objective: number } {
  let [participants, km, moved] = [0, 0, 0];
  const needs = new Map(instance.needs.map((each) => [each.id, each]));
  const opportunities = new Map(instance.opportunities.map((each) => [each.id, each]));
  for (const { opportunity } of plan.running) participants += opportunities.get(opportunity)?.existing?.taken ?? 0;
  for (const placed of plan.placed) {
    const need = needs.get(placed.need);
    const opportunity = opportunities.get(placed.opportunity);
    if (need === undefined || opportunity === undefined) continue;
    participants += placed.heads;
    km += placed.heads * kmBetween(need, opportunity);
    if (need.enrolled !== null && need.enrolled !== opportunity.id) moved += placed.heads;
  }
  return { participants, km, moved, objective: worth.seat * participants - worth.km * km - worth.moved * moved };
}

/** How far the schools together are from their parts: each one’s part of all running classes as its part of all opportunities, in classes. */
export function unfairness(instance: Instance, plan: Pooling): number {
  const offered = new Map<string, number>();
  for (const { schools } of instance.opportunities) for (const school of new Set(schools)) offered.set(school, (offered.get(school) ?? 0) + 1);
  const all = sum([...offered.values()]);
  return sum([...offered].map(([school, its]) => Math.abs(plan.running.filter((each) => each.school === school).length - (its / all) * plan.running.length)));
}
