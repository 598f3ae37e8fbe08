/** Needs of companies and classes that could be held, in a centre that does not exist: always the same for a seed. Used by the measurement and by tests. */
import { shiftDay } from '../src/kit/calendar-day.ts';
import { mondayOf } from '../src/kit/week.ts';
import type { Instance, Need, Opportunity } from '../src/modules/idea-bank/pooling/rules.ts';

export interface Size {
  needs: number;
  courses: number;
  schools: number;
  weeks: number;
  /** Opportunities for each course. */
  each: number;
  /** How many weeks a need leaves open for the beginning, at most; and how far its people go, at most. */
  window: number;
  km: number;
}
/** 2,000 needs with many places each: the hardest of its size. */
export const dense: Size = { needs: 2000, courses: 25, schools: 10, weeks: 12, each: 100, window: 14, km: 160 };
const day = '2026-11-23';
const patterns = ['weeks', 'days', 'mondays', 'weekends'];
const parts = ['day', 'day', 'day', 'evening'];
/** A region of about 130 x 130 km. */
const spread = { latitude: [55.9, 57.1], longitude: [8.2, 10.3] } as const;

export function needsToPool(size: Size, seed: number): Instance {
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const below = (count: number) => Math.floor(random() * count);
  const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  const spot = () => ({
    latitude: spread.latitude[0] + random() * (spread.latitude[1] - spread.latitude[0]),
    longitude: spread.longitude[0] + random() * (spread.longitude[1] - spread.longitude[0]),
  });
  // Each school teaches at two places; three areas of teachers each.
  const schools = Array.from({ length: size.schools }, (_, at) => `school-${at}`);
  const venues = Array.from({ length: 2 * size.schools }, (_, at) => ({ id: `venue-${at}`, owner: at % size.schools, place: spot() }));
  const courses = Array.from({ length: size.courses }, (_, at) => ({ id: `course-${at}`, area: `area-${at % 3}`, min: 6 + below(5), max: 12 + below(9) }));

  // Rooms and teachers grow with what is asked: two rooms and three teachers at once for 2,000 needs at ten schools.
  const times = Math.max(1, (size.needs / 2000) * (10 / size.schools));
  const rooms = new Map<string, number>();
  const teachers = new Map<string, Instance['teachers'][number]>();
  const opportunities = courses.flatMap((course) =>
    Array.from({ length: size.each }, (_, at): Opportunity => {
      const venue = pick(venues);
      const slot = { firstDay: shiftDay(day, 7 * (3 + below(size.weeks))), pattern: pick(patterns), part: pick(parts) };
      const own = schools[venue.owner] as string;
      const guest = pick(schools);
      const its = random() < 0.25 && guest !== own ? [own, guest] : [own];
      const room = `${venue.id} ${slot.firstDay} ${slot.part}`;
      rooms.set(room, Math.round(2 * times));
      const week = mondayOf(slot.firstDay);
      for (const school of its) teachers.set(`${school} ${course.area} ${week}`, { school, area: course.area, week, teachers: Math.round(3 * times) });
      return {
        id: `${course.id}-${at}`,
        course: course.id,
        venue: venue.id,
        place: venue.place,
        slot,
        schools: its,
        area: course.area,
        min: course.min,
        max: course.max,
        room,
        existing: random() < 0.04 ? { taken: 1 + below(course.min), guaranteed: random() < 0.2 } : null,
      };
    }).map((each): Opportunity => (each.existing === null ? each : { ...each, schools: each.schools.slice(0, 1) })),
  );
  const needs = Array.from({ length: size.needs }, (_, at): Need => {
    // Some courses are wished for much more than others.
    const course = courses[Math.floor(size.courses * random() ** 1.5)] as (typeof courses)[number];
    const from = 1 + below(size.weeks);
    const earliest = shiftDay(day, 7 * from);
    return {
      id: `need-${at}`,
      company: `company-${below(Math.ceil(size.needs * 0.7))}`,
      course: course.id,
      heads: 1 + Math.floor(6 * random() ** 2.2),
      earliest,
      latest: shiftDay(earliest, 7 * (2 + below(size.window))),
      patterns: patterns.filter(() => random() < 0.7),
      parts: random() < 0.3 ? ['day', 'evening'] : ['day'],
      place: spot(),
      mostKm: 30 + below(size.km),
      urgency: below(3),
      waitingSince: shiftDay(day, -below(200)),
      enrolled: null,
    };
  });
  return {
    day,
    needs,
    opportunities,
    rooms: [...rooms].map(([room, count]) => ({ room, rooms: count })),
    teachers: [...teachers.values()],
    splits: [],
    pins: [],
    forbidden: [],
    closed: [],
    opened: [],
  };
}
