import { type Place, roadKm } from '../../../kit/distance.ts';
import { mondayOf } from '../../../kit/week.ts';
import { standings } from '../meetings/rules.ts';

// What is asked, what a plan must keep, and what it is worth. The planner (model.ts) shares the shapes, the figures of `worth` and nothing else with the
// checks here: they read a finished plan, person by person, so that a mistake of the planner does not repeat itself in them.

/** Half a day, which a visit fills with the way there and the notes: '2026-11-24 am' or '2026-11-24 pm'. */
export type HalfDay = string;
/** Why somebody is sent (row 2.18): who has time, who knows the trade, or a pair of whom one learns. */
export type Aim = 'availability' | 'expertise' | 'learning';
/** Bookings left in the week that begins on that Monday; a week that is not named has none. */
export interface Left {
  week: string;
  left: number;
}

export interface Visit {
  id: string;
  /** Half-days that suit the company; just one where the time is fixed. */
  slots: HalfDay[];
  place: Place | null;
  municipality: string | null;
  /** Section of the industry nomenclature. */
  industry: string | null;
  /** What they wish to hear about, in the words of the profiles. */
  products: string[];
  language: string;
  /** They ask about competence assessment (IKV, RKV). */
  assessment: boolean;
  /** They ask about preparatory adult education (FVU). */
  basicSkills: boolean;
  contactPerson: string | null;
  aim: Aim;
  /** Somebody shall come along though learning is not the aim. */
  pair: boolean;
}
export interface Consultant {
  id: string;
  /** Null: employed by the centre itself. */
  school: string | null;
  place: Place | null;
  /** Municipalities; none named: all. */
  area: string[];
  industries: string[];
  products: string[];
  /** 0–3 as in the profile; from 2 on somebody knows it. */
  assessment: number;
  basicSkills: number;
  languages: string[];
  /** False: still learns the work. */
  experienced: boolean;
  /** True: vocational education; false: general and preparatory education. */
  vocational: boolean;
  /** Half-days free of everything. */
  free: HalfDay[];
  weeks: Left[];
}
export interface School {
  id: string;
  /** As in the published rule of assignment (row 3.05). */
  share: number;
  booked: number;
  weeksIn: number;
  weeks: Left[];
}
/** A choice by hand, one at most for a visit; what it does not name stays free. Companion null: nobody comes along. */
export interface Pin {
  visit: string;
  slot?: HalfDay;
  lead?: string;
  companion?: string | null;
}
export interface Instance {
  visits: Visit[];
  consultants: Consultant[];
  schools: School[];
  /** What the centre has left by week; null where the visits are counted already. */
  centre: Left[] | null;
  /** Weeks looked back, how many bookings a school may be ahead of its share, and how far one goes (null: as far as the area). */
  settings: { window: number; lead: number; mostKm: number | null };
  pins: Pin[];
  /** By hand: not this person, for one visit or for any (null). */
  excluded: { consultant: string; visit: string | null }[];
}
export interface Staffed {
  visit: string;
  slot: HalfDay;
  lead: string;
  companion: string | null;
}

/**
 * What a plan is worth, in one place: first visits that are staffed, then what those who go know, then that no school gets ahead of its share, then the way.
 * Each step outweighs what one choice can win by all steps below it, as long as nobody goes more than 200 km and a school may be three ahead. No figure
 * looks at who somebody is: two consultants who know the same and live in the same place are worth the same.
 * Where the aim is `availability`, what somebody knows is asked for (there must be something) and not weighed, but for the contact person.
 */
export const worth = {
  staffed: 1000,
  /** For each thing in common between visit and lead. */
  knows: { contact_person: 60, product: 40, trade: 30, assessment: 20, basic_skills: 20 },
  /** Somebody comes along where that is wanted. */
  companion: 80,
  /** A lead costs so much for each booking that its school then is ahead of its share; a lead of the centre’s own costs as if a school were ahead as far as it may. */
  ahead: 5,
  /** For each kilometre of lead and companion. */
  km: 0.02,
} as const;
export type Known = keyof typeof worth.knows;
/** Where a place is not known, as when a visit is booked: half an hour. */
export const unknownKm = 30;
/** From this level on somebody does it, not only tried it. */
export const knowsFrom = 2;

export type Fault = {
  rule:
    | 'unknown'
    | 'staffed_twice'
    | 'slot_not_offered'
    | 'not_free'
    | 'double_duty'
    | 'consultant_full'
    | 'school_full'
    | 'centre_full'
    | 'school_ahead'
    | 'language'
    | 'area'
    | 'too_far'
    | 'nothing_in_common'
    | 'excluded'
    | 'companion_not_wanted'
    | 'companion_does_not_fit'
    | 'pin_broken';
  /** The visit, the consultant or the school. */
  of: string;
};

const shared = (visit: Visit, consultant: Consultant): Known[] => {
  const wished = new Set(visit.products.map((each) => each.trim().toLowerCase()));
  const found: Record<Known, boolean> = {
    contact_person: visit.contactPerson === consultant.id,
    product: consultant.products.some((each) => wished.has(each.trim().toLowerCase())),
    trade: visit.industry !== null && consultant.industries.includes(visit.industry),
    assessment: visit.assessment && consultant.assessment >= knowsFrom,
    basic_skills: visit.basicSkills && consultant.basicSkills >= knowsFrom,
  };
  return (Object.keys(found) as Known[]).filter((each) => found[each]);
};
const kmBetween = (visit: Visit, consultant: Consultant) => (visit.place === null || consultant.place === null ? unknownKm : roadKm(consultant.place, visit.place));
const forbidden = ({ excluded }: Instance, visit: Visit, consultant: Consultant) => excluded.some((each) => each.consultant === consultant.id && (each.visit === null || each.visit === visit.id));

/** Why a person may not be sent to a visit whatever the calendar says; nothing: may be. */
function unfit(instance: Instance, visit: Visit, consultant: Consultant): Fault['rule'][] {
  const { mostKm } = instance.settings;
  const reaches = (one: Consultant) => ({
    excluded: !forbidden(instance, visit, one),
    language: one.languages.includes(visit.language),
    area: one.area.length === 0 || visit.municipality === null || one.area.includes(visit.municipality),
    too_far: mostKm === null || kmBetween(visit, one) <= mostKm,
  });
  const mine = reaches(consultant);
  const faults = (Object.keys(mine) as (keyof typeof mine)[]).filter((each) => !mine[each]);
  // Row 2.19: somebody without any relation is sent only where nobody who could go has one.
  const somebodyKnows = () => instance.consultants.some((one) => Object.values(reaches(one)).every(Boolean) && shared(visit, one).length > 0);
  return shared(visit, consultant).length === 0 && somebodyKnows() ? [...faults, 'nothing_in_common'] : faults;
}

/** Where each school with a share stands before the plan, and what is due to it when `led` more visits are led by schools (row 3.05). */
function sharesOf(instance: Instance, led: number): Map<string, { counted: number; due: number }> {
  const before = standings(
    instance.schools.map(({ id, share, booked, weeksIn }) => ({ school: id, share, booked, weeksIn })),
    instance.settings,
  );
  const total = before.reduce((sum, each) => sum + each.counted, 0) + led;
  const shares = before.reduce((sum, each) => sum + each.share, 0);
  return new Map(before.map((each) => [each.school, { counted: each.counted, due: (each.share / shares) * total }]));
}
const weekOf = (slot: HalfDay) => mondayOf(slot.slice(0, 10));
const leftIn = (weeks: readonly Left[], week: string) => Math.max(0, weeks.find((each) => each.week === week)?.left ?? 0);
const count = <K>(keys: readonly K[]): Map<K, number> => {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

/**
 * Every rule that a plan breaks (rows 2.16, 2.18, 2.19 and 3.05); none: it can be carried out. What a coordinator chose by hand for a visit is not asked for
 * language, distance, relation or share, but for time and capacity like everything.
 */
export function checkPlan(instance: Instance, plan: readonly Staffed[]): Fault[] {
  const faults: Fault[] = [];
  const visits = new Map(instance.visits.map((each) => [each.id, each]));
  const people = new Map(instance.consultants.map((each) => [each.id, each]));
  const pins = new Map(instance.pins.map((each) => [each.visit, each]));
  for (const [id, times] of count(plan.map(({ visit }) => visit))) if (times > 1) faults.push({ rule: 'staffed_twice', of: id });

  const duties: { who: Consultant; slot: HalfDay; leads: boolean }[] = [];
  for (const each of plan) {
    const visit = visits.get(each.visit);
    const lead = people.get(each.lead);
    const companion = each.companion === null ? null : people.get(each.companion);
    if (visit === undefined || lead === undefined || companion === undefined) {
      faults.push({ rule: 'unknown', of: each.visit });
      continue;
    }
    const pin = pins.get(visit.id);
    if (!visit.slots.includes(each.slot)) faults.push({ rule: 'slot_not_offered', of: visit.id });
    for (const who of companion === null ? [lead] : [lead, companion]) {
      duties.push({ who, slot: each.slot, leads: who === lead });
      if (!who.free.includes(each.slot)) faults.push({ rule: 'not_free', of: who.id });
      if ((who === lead ? pin?.lead : pin?.companion) !== who.id) faults.push(...unfit(instance, visit, who).map((rule) => ({ rule, of: who.id })));
    }
    if (companion === null) continue;
    const byHand = pin?.companion === companion.id;
    if (!byHand && visit.aim !== 'learning' && !visit.pair) faults.push({ rule: 'companion_not_wanted', of: visit.id });
    const differ = lead.vocational !== companion.vocational || (lead.experienced && !companion.experienced);
    if (lead === companion || (!byHand && (!differ || (visit.aim === 'learning' && lead.school === companion.school)))) faults.push({ rule: 'companion_does_not_fit', of: visit.id });
  }

  for (const [key, times] of count(duties.map(({ who, slot }) => `${who.id} ${slot}`))) if (times > 1) faults.push({ rule: 'double_duty', of: key.slice(0, -14) });
  const week = (of: string | null, slot: HalfDay) => JSON.stringify([of, weekOf(slot)]);
  const overfull = (rule: Fault['rule'], keys: string[], left: (of: string) => readonly Left[]) => {
    for (const [key, times] of count(keys)) {
      const [of, monday] = JSON.parse(key) as [string | null, string];
      if (of !== null && times > leftIn(left(of), monday)) faults.push({ rule, of });
    }
  };
  const leads = duties.filter((each) => each.leads);
  overfull(
    'consultant_full',
    duties.map(({ who, slot }) => week(who.id, slot)),
    (id) => people.get(id)?.weeks ?? [],
  );
  overfull(
    'school_full',
    duties.map(({ who, slot }) => week(who.school, slot)),
    (id) => instance.schools.find((each) => each.id === id)?.weeks ?? [],
  );
  if (instance.centre !== null) {
    const { centre } = instance;
    overfull(
      'centre_full',
      leads.map(({ slot }) => week('centre', slot)),
      () => centre,
    );
  }

  const shares = sharesOf(instance, leads.filter(({ who }) => who.school !== null).length);
  for (const [school, given] of count(leads.map(({ who }) => who.school))) {
    if (school === null) continue;
    const share = shares.get(school);
    const byHand = instance.pins.filter(({ lead }) => lead !== undefined && people.get(lead)?.school === school).length;
    const ahead = share === undefined ? Number.POSITIVE_INFINITY : share.counted + given - share.due;
    if (ahead > instance.settings.lead + 1e-9 && given > byHand) faults.push({ rule: 'school_ahead', of: school });
  }

  for (const pin of instance.pins) {
    const found = plan.find(({ visit }) => visit === pin.visit);
    if (!visits.has(pin.visit)) continue;
    const kept =
      (found === undefined && pin.slot === undefined && pin.lead === undefined && typeof pin.companion !== 'string') ||
      (found !== undefined &&
        (pin.slot === undefined || pin.slot === found.slot) &&
        (pin.lead === undefined || pin.lead === found.lead) &&
        (pin.companion === undefined || pin.companion === found.companion));
    if (!kept) faults.push({ rule: 'pin_broken', of: pin.visit });
  }
  return faults;
}

/**
 * What a plan is worth by the figures of `worth`; higher is better. Only meant for plans that `checkPlan` finds no fault with.
 * @param expected with how many visits led by schools their shares are counted; a plan is made for one such number
 */
export function worthOf(instance: Instance, plan: readonly Staffed[], expected: number): number {
  const shares = sharesOf(instance, expected);
  const given = new Map<string, number>();
  let sum = 0;
  for (const each of plan) {
    const visit = instance.visits.find(({ id }) => id === each.visit);
    const lead = instance.consultants.find(({ id }) => id === each.lead);
    const companion = instance.consultants.find(({ id }) => id === each.companion);
    if (visit === undefined || lead === undefined) continue;
    sum += worth.staffed - worth.km * kmBetween(visit, lead);
    for (const known of shared(visit, lead)) if (visit.aim !== 'availability' || known === 'contact_person') sum += worth.knows[known];
    if (companion !== undefined) sum += worth.companion - worth.km * kmBetween(visit, companion);
    if (lead.school === null) sum -= worth.ahead * instance.settings.lead;
    else {
      const now = (given.get(lead.school) ?? 0) + 1;
      given.set(lead.school, now);
      const share = shares.get(lead.school) ?? { counted: 0, due: 0 };
      sum -= worth.ahead * Math.max(0, share.counted + now - share.due);
    }
  }
  return sum;
}
