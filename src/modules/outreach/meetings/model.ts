import { shiftDay } from '../../../kit/calendar-day.ts';
import { sectionOf } from '../../../kit/industries.ts';
import { instantOf } from '../../../kit/local-time.ts';
import { mondayOf, weekdayOf } from '../../../kit/week.ts';
import { type Assignment, assign, type Candidate, mayKeep, type SchoolFigures } from './rules.ts';

type Span = readonly [number, number];
interface Hours {
  weekday: number;
  starts: string;
  ends: string;
}
interface Left {
  week: string;
  left: number;
}

/** What vn.slot_inputs tells. Spans are seconds since 1970. */
export interface SlotInputs {
  /** How long a meeting lasts. */
  minutes: number;
  window: number;
  lead: number;
  company: { callable: boolean; municipality: string | null; division: string | null } | null;
  /** A meeting that is being moved: its people stay. */
  moving: { week: string; consultants: string[] } | null;
  centre: { week: string; agreed: number; used: number }[];
  schools: { id: string; weeks: Left[]; share: number; booked: number; weeksIn: number }[];
  consultants: {
    id: string;
    name: string;
    school: string | null;
    industries: string[];
    languages: string[];
    area: string[];
    /** Minutes from the school to the company. */
    travel: number;
    hours: Hours[];
    teaching: (Hours & { from: string; to: string })[];
    absences: { from: string; to: string }[];
    busy: Span[];
    /** The way there included. */
    meetings: Span[];
    weeks: Left[];
  }[];
}
type Consultant = SlotInputs['consultants'][number];

export interface When {
  zone: string;
  today: string;
  now: Date;
  isHoliday(day: string): boolean;
}

export interface Slot {
  start: Date;
  end: Date;
  consultant: Consultant;
  assignment: Assignment;
  knows: boolean;
  seed: string;
  /** What the rule was told; kept with the meeting, so that anybody may repeat it. */
  told: { window: number; lead: number; schools: SchoolFigures[]; candidates: Candidate[] };
}

/** How far ahead one may book, in days. */
export const horizonDays = 42;
const stepMinutes = 30;

const isWorkday = (day: string, when: When) => weekdayOf(day) <= 5 && !when.isHoliday(day);

/** The first day on which a meeting can be: the next working day. */
export function firstDay(when: When): string {
  let day = shiftDay(when.today, 1);
  while (!isWorkday(day, when)) day = shiftDay(day, 1);
  return day;
}
export const lastDay = (when: When): string => shiftDay(when.today, horizonDays);

/**
 * Who may be sent: speaks the contact's language, goes to that municipality, knows the trade. Whoever names no trade or no municipality takes them all;
 * a trade that nobody in the centre names is everybody's.
 */
export function qualified(inputs: SlotInputs, language: string): { consultant: Consultant; knows: boolean }[] {
  const section = sectionOf(inputs.company?.division ?? null);
  const municipality = inputs.company?.municipality ?? null;
  const known = section !== null && inputs.consultants.some(({ industries }) => industries.includes(section));
  return inputs.consultants
    .map((consultant) => ({ consultant, knows: section !== null && consultant.industries.includes(section) }))
    .filter(({ consultant, knows }) => {
      if (inputs.moving !== null) return inputs.moving.consultants.includes(consultant.id);
      if (language !== 'da' && !consultant.languages.includes(language)) return false;
      if (consultant.area.length > 0 && municipality !== null && !consultant.area.includes(municipality)) return false;
      return !known || knows || consultant.industries.length === 0;
    });
}

const overlaps = (spans: readonly Span[], from: number, to: number) => spans.some(([start, end]) => start < to && from < end);

/** Capacity left in a week; a meeting that is being moved within it counts once. */
const leftIn = (weeks: readonly Left[], week: string, moving: SlotInputs['moving']) => (weeks.find((each) => each.week === week)?.left ?? 0) + (moving?.week === week ? 1 : 0);

/** Every slot of one day that can really be booked now, each with whom the rule gives it to. */
function slotsOf(inputs: SlotInputs, people: ReturnType<typeof qualified>, day: string, when: When, seedFor: (start: Date) => string, kept?: { consultant: string; at: number }): Slot[] {
  const { moving } = inputs;
  const week = mondayOf(day);
  if (!isWorkday(day, when) || leftIn(centreLeft(inputs), week, moving) < 1) return [];
  const weekday = weekdayOf(day);
  const instants = new Map<string, number>(); // most consultants begin and end at the same hours
  const at = (time: string) => {
    const known = instants.get(time) ?? instantOf(when.zone, day, time) / 1000;
    instants.set(time, known);
    return known;
  };
  const able = people.filter(({ consultant }) => {
    if (leftIn(consultant.weeks, week, moving) < 1 || consultant.absences.some(({ from, to }) => from <= day && day <= to)) return false;
    return consultant.school === null || leftIn(inputs.schools.find(({ id }) => id === consultant.school)?.weeks ?? [], week, moving) >= 1;
  });
  const free = new Map<number, { consultant: Consultant; knows: boolean }[]>();
  for (const one of able) {
    const { consultant } = one;
    const way = consultant.travel * 60;
    const lessons = [
      ...consultant.teaching.filter((each) => each.weekday === weekday && each.from <= day && day <= each.to).map(({ starts, ends }): Span => [at(starts), at(ends)]),
      ...consultant.busy,
    ];
    for (const { starts, ends } of consultant.hours.filter((each) => each.weekday === weekday)) {
      const close = at(ends);
      const open = at(starts);
      for (let start = Math.ceil(open / (stepMinutes * 60)) * stepMinutes * 60; start + inputs.minutes * 60 <= close; start += stepMinutes * 60) {
        const end = start + inputs.minutes * 60;
        // Between meetings the way there counts once; from a lesson one goes, and to the next one returns.
        if (overlaps(consultant.meetings, start - way, end) || overlaps(lessons, start - way, end + way)) continue;
        if (start * 1000 <= when.now.getTime()) continue;
        free.set(start, [...(free.get(start) ?? []), one]);
      }
    }
  }
  const figures: SchoolFigures[] = inputs.schools.map(({ id, share, booked, weeksIn }) => ({ school: id, share, booked, weeksIn }));
  return [...free]
    .sort(([a], [b]) => a - b)
    .flatMap(([start, those]) => {
      if (kept !== undefined && kept.at !== start * 1000) return [];
      const seed = seedFor(new Date(start * 1000));
      const candidates: Candidate[] = those.map(({ consultant, knows }) => ({ consultant: consultant.id, school: consultant.school, knows }));
      const given = moving === null ? assign(candidates, figures, inputs, seed) : null;
      const wanted = kept?.consultant ?? moving?.consultants[0];
      const same = candidates.find(({ consultant }) => consultant === wanted);
      const assignment =
        wanted === undefined || given?.consultant === wanted
          ? given
          : same !== undefined && (moving !== null || mayKeep(same, figures, inputs))
            ? { consultant: same.consultant, school: same.school, because: 'kept' as const }
            : null;
      const who = those.find(({ consultant }) => consultant.id === assignment?.consultant);
      if (assignment === null || who === undefined) return [];
      return [
        {
          start: new Date(start * 1000),
          end: new Date((start + inputs.minutes * 60) * 1000),
          consultant: who.consultant,
          knows: who.knows,
          assignment,
          seed,
          told: { window: inputs.window, lead: inputs.lead, schools: figures, candidates },
        },
      ];
    });
}
const centreLeft = (inputs: SlotInputs): Left[] => inputs.centre.map(({ week, agreed, used }) => ({ week, left: agreed - used }));

const seedOf = (company: string) => (start: Date) => `${company} ${start.toISOString()}`;

/** The bookable slots by day, from the next working day on and six weeks ahead; days without any are there too. */
export function slotDays(inputs: SlotInputs, company: string, language: string, when: When): { day: string; slots: Slot[] }[] {
  const people = qualified(inputs, language);
  const days: { day: string; slots: Slot[] }[] = [];
  for (let day = mondayOf(firstDay(when)); day <= lastDay(when); day = shiftDay(day, 1))
    if (weekdayOf(day) <= 5) days.push({ day, slots: day < firstDay(when) ? [] : slotsOf(inputs, people, day, when, seedOf(company)) });
  return days;
}

/** The slot that somebody chose, asked for again at the moment of booking; null when it is gone. */
export function chosenSlot(inputs: SlotInputs, company: string, language: string, when: When, chosen: { consultant: string; start: Date }): Slot | null {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: when.zone, dateStyle: 'short' }).format(chosen.start);
  if (day < firstDay(when) || day > lastDay(when)) return null;
  return slotsOf(inputs, qualified(inputs, language), day, when, seedOf(company), { consultant: chosen.consultant, at: chosen.start.getTime() })[0] ?? null;
}

export interface Able {
  consultant: Consultant;
  /** `meeting`: another meeting with the way there; everything else that takes time is `busy`. */
  hindered: 'meeting' | 'busy' | 'absent' | 'full' | null;
  outsideHours: boolean;
  knowsTrade: boolean;
  products: string[];
  speaks: boolean | null;
  goesThere: boolean;
  nothingInCommon: boolean;
}

/**
 * Who could lead a meeting at its time, and what each has in common with the company (rows 2.18, 2.19). The meeting's own time stands aside in `inputs`.
 * @param told what was said and wished in the call, as it was written
 * @param offers each consultant's courses and services in the own words
 * @param leadsFor the school that the meeting counts for now: it gets that place back
 */
export function ableAt(
  inputs: SlotInputs,
  meeting: { start: Date; end: Date; language: string; told: string; leadsFor: string | null },
  offers: ReadonlyMap<string, readonly string[]>,
  when: Pick<When, 'zone'>,
): Able[] {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: when.zone, dateStyle: 'short' }).format(meeting.start);
  const [week, weekday] = [mondayOf(day), weekdayOf(day)];
  const [start, end] = [meeting.start.getTime() / 1000, meeting.end.getTime() / 1000];
  const at = (time: string) => instantOf(when.zone, day, time) / 1000;
  const section = sectionOf(inputs.company?.division ?? null);
  const municipality = inputs.company?.municipality ?? null;
  const spoken = meeting.told.toLowerCase();
  return inputs.consultants.map((consultant) => {
    const way = consultant.travel * 60;
    const lessons = [
      ...consultant.teaching.filter((each) => each.weekday === weekday && each.from <= day && day <= each.to).map(({ starts, ends }): Span => [at(starts), at(ends)]),
      ...consultant.busy,
    ];
    const school = inputs.schools.find(({ id }) => id === consultant.school);
    const schoolLeft = school === undefined ? 1 : leftIn(school.weeks, week, null) + (school.id === meeting.leadsFor ? 1 : 0);
    const hindered = consultant.absences.some(({ from, to }) => from <= day && day <= to)
      ? 'absent'
      : overlaps(lessons, start - way, end + way)
        ? 'busy'
        : overlaps(consultant.meetings, start - way, end)
          ? 'meeting'
          : leftIn(consultant.weeks, week, null) < 1 || schoolLeft < 1
            ? 'full'
            : null;
    const knowsTrade = section !== null && consultant.industries.includes(section);
    const products = (offers.get(consultant.id) ?? []).filter((product) => spoken.includes(product.toLowerCase()));
    const speaks = meeting.language === 'da' ? null : consultant.languages.includes(meeting.language);
    return {
      consultant,
      hindered,
      outsideHours: !consultant.hours.some((each) => each.weekday === weekday && at(each.starts) <= start && end <= at(each.ends)),
      knowsTrade,
      products,
      speaks,
      goesThere: consultant.area.length === 0 || municipality === null || consultant.area.includes(municipality),
      // Whoever names no trade takes them all.
      nothingInCommon: !knowsTrade && consultant.industries.length > 0 && products.length === 0 && speaks !== true,
    };
  });
}
