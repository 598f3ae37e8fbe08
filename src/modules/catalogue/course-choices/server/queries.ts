import { sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { CourseNamed, findCourses as contract } from '../contract.ts';

/** The words for "like" that stand for themselves. */
const literally = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');

export async function findCourses(context: Context, { query: { search } }: InputOf<typeof contract>): Promise<CourseNamed[]> {
  const found = await sql<CourseNamed>`
    select id, kind, code, title, retired from vn.course where centre_id = ${centreOf(context)} and not retired
       and (code = ${search} or title ilike ${`%${literally(search)}%`} or code like ${`${literally(search)}%`}) order by title collate "da-x-icu", id limit 20`.execute(context.tx);
  return found.rows;
}

/** Those of these courses that the centre has; retired ones too. */
export async function coursesById(context: Context, ids: readonly string[]): Promise<CourseNamed[]> {
  if (ids.length === 0) return [];
  const found = await sql<CourseNamed>`select id, kind, code, title, retired from vn.course where centre_id = ${centreOf(context)} and id = any (${[...new Set(ids)]}::uuid[])`.execute(context.tx);
  return found.rows;
}
