import { randomUUID } from 'node:crypto';
import type { TestApp } from './app.ts';
import { unused } from './factory.ts';

/** A course of a centre, put there directly. */
export async function makeCourse(app: TestApp, centre: string, { kind = 'amu', code = null as string | null, title = 'Mødeledelse', retired = false } = {}): Promise<string> {
  const id = randomUUID();
  const given = code ?? (kind === 'amu' ? String(40_000 + Number(unused(() => String(Math.floor(Math.random() * 9999))))) : null);
  await app.owner.query(`insert into vn.course (centre_id, id, kind, code, title, field, industries, awards, days, retired) values ($1, $2, $3, $4, $5, 'management', '{}', 'competence', 3, $6)`, [
    centre,
    id,
    kind,
    given,
    title,
    retired,
  ]);
  return id;
}

/** A class of a course at a school, put there directly. */
export async function makeClass(
  app: TestApp,
  { centre, course, school, starts, ends, weekdays = [] as number[] }: { centre: string; course: string; school: string; starts: string; ends: string; weekdays?: number[] },
): Promise<string> {
  const id = randomUUID();
  await app.owner.query(
    `insert into vn.class (centre_id, id, course_id, school_id, starts, ends, weekdays, part, delivery, minimum, maximum) values ($1, $2, $3, $4, $5, $6, $7, 'day', 'at_school', 5, 20)`,
    [centre, id, course, school, starts, ends, weekdays],
  );
  return id;
}
