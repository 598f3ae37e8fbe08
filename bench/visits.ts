/** Visits to be staffed in a centre that does not exist: always the same for a seed. Used by the measurement and by tests. */
import { shiftDay } from '../src/kit/calendar-day.ts';
import type { Consultant, Instance, School, Visit } from '../src/modules/outreach/staffing/rules.ts';

/** What is asked: so many visits in so many weeks, by so many consultants of so many schools. */
export interface Size {
  visits: number;
  consultants: number;
  schools: number;
  weeks: number;
}

const monday = '2026-11-23';
const sections: [string, number][] = [
  ['C', 20],
  ['F', 25],
  ['G', 18],
  ['H', 8],
  ['I', 8],
  ['A', 6],
  ['M', 5],
  ['N', 5],
  ['Q', 5],
];
const products = ['truck', 'svejsning', 'kran', 'hygiejne', 'lean', 'excel', 'førstehjælp', 'el', 'vvs', 'murer', 'tømrer', 'lager', 'kok', 'tjener', 'rengøring', 'omsorg', 'dansk', 'regning'];
const languages = ['en', 'de', 'pl', 'ro', 'uk'];

export function visitsToStaff(size: Size, seed: number): Instance {
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const below = (count: number) => Math.floor(random() * count);
  const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  const some = <T>(all: readonly T[], count: number): T[] => [...new Set(Array.from({ length: count }, () => pick(all)))];
  const section = () => {
    let at = random() * 100;
    for (const [name, weight] of sections) if ((at -= weight) < 0) return name;
    return 'F';
  };
  const place = () => ({ latitude: 56 + random() * 0.8, longitude: 8.3 + random() * 1.4 });
  const municipality = (latitude: number) => `07${10 + Math.floor((latitude - 56) * 10)}`;
  const weeks = Array.from({ length: size.weeks }, (_, week) => shiftDay(monday, 7 * week));
  const slots = weeks.flatMap((week) => Array.from({ length: 10 }, (_, half) => `${shiftDay(week, half >> 1)} ${half % 2 === 0 ? 'am' : 'pm'}`));

  const schools = Array.from({ length: size.schools }, (_, school) => ({ id: `school-${school}`, place: place(), vocational: school % 3 !== 2 }));
  const consultants: Consultant[] = Array.from({ length: size.consultants }, (_, person) => {
    const school = person % 20 === 19 ? null : (schools[person % size.schools] ?? null);
    const vocational = school?.vocational ?? true;
    const from = school?.place ?? place();
    return {
      id: `consultant-${person}`,
      school: school?.id ?? null,
      place: from,
      area: random() < 0.8 ? [] : [municipality(from.latitude), municipality(from.latitude + 0.1), municipality(from.latitude - 0.1)],
      industries: [...new Set(Array.from({ length: 1 + below(vocational ? 3 : 5) }, section))],
      products: some(products, below(5)),
      assessment: below(4),
      basicSkills: vocational ? below(2) : 2 + below(2),
      languages: random() < 0.5 ? ['da', 'en'] : ['da', ...some(languages, 1 + below(2))],
      experienced: random() < 0.7,
      vocational,
      free: slots.filter(() => random() < 0.6),
      weeks: weeks.map((week) => ({ week, left: 3 + below(4) })),
    };
  });
  const figures: School[] = schools.map(({ id }) => {
    const own = consultants.filter((each) => each.school === id);
    const left = weeks.map((week, at) => ({ week, left: Math.ceil(0.85 * own.reduce((sum, each) => sum + (each.weeks[at]?.left ?? 0), 0)) }));
    // Agreed from 13 weeks back to six weeks ahead; about half of it was handed out, nobody far from the others.
    const share = Math.round(((19 * left.reduce((sum, each) => sum + each.left, 0)) / size.weeks) * (0.85 + random() * 0.3));
    const weeksIn = random() < 0.9 ? 13 : below(13);
    return {
      id,
      share,
      booked: Math.max(0, Math.round((0.5 * share * weeksIn) / 13) + below(7) - 3),
      weeksIn,
      weeks: left,
    };
  });
  const visits: Visit[] = Array.from({ length: size.visits }, (_, visit) => {
    const where = place();
    const aim = random() < 0.3 ? 'availability' : random() < 0.75 ? 'expertise' : 'learning';
    return {
      id: `visit-${visit}`,
      slots: some(slots, random() < 0.25 ? 1 : 2 + below(5)),
      place: where,
      municipality: municipality(where.latitude),
      industry: section(),
      products: some(products, below(3)),
      language: random() < 0.92 ? 'da' : pick(languages),
      assessment: random() < 0.2,
      basicSkills: random() < 0.2,
      contactPerson: random() < 0.1 ? pick(consultants).id : null,
      aim,
      pair: aim === 'expertise' && random() < 0.05,
    };
  });
  return { visits, consultants, schools: figures, centre: null, settings: { window: 13, lead: 3, mostKm: 80 }, pins: [], excluded: [] };
}
