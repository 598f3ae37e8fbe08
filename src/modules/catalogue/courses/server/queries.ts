import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';
import { fewGood, wordsToSeek } from '../rules.ts';

type Sheet = contract.CourseSheet;
type Row = Omit<Sheet, 'can' | 'days' | 'hours'> & { days: string | null; hours: string | null };

/** How many candidates a search looks at before it shows a few. */
const looked = 25;

const columns = (
  context: Context,
) => sql`c.id, c.kind, c.code, c.title, c.field, c.industries, c.awards, c.days, c.hours, c.unseen, c.retired, c.goal, c.framework, c.framework_title "frameworkTitle", c.says, c.version,
  (select coalesce(jsonb_agg(jsonb_build_object('school', jsonb_build_object('id', s.id, 'name', s.name), 'contact', jsonb_build_object('name', r.contact_name, 'phone', r.contact_phone, 'email', r.contact_email))
      order by s.name collate "da-x-icu"), '[]') from vn.course_school r join vn.school s on s.centre_id = r.centre_id and s.id = r.school_id
    where r.centre_id = c.centre_id and r.course_id = c.id and vn.school_here(s.id, ${context.today}::date)) schools,
  a.classes, a.next`;
const ahead = (context: Context) =>
  sql`left join lateral (select count(*)::int classes, min(l.starts)::text next from vn.class l where l.centre_id = c.centre_id and l.course_id = c.id and l.starts > ${context.today}::date and l.state <> 'cancelled') a on true`;

const number = (value: string | null) => (value === null ? null : Number(value));
const shaped = (row: Row): contract.Course & Omit<Sheet, 'can'> => ({ ...row, days: number(row.days), hours: number(row.hours) });

const cursorOf = z.tuple([z.string(), z.guid()]);

export async function courses(context: Context, { query }: InputOf<typeof contract.listCourses>): Promise<OutputOf<typeof contract.listCourses>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, cursorOf);
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'cursor' }] });
  const where: RawBuilder<boolean>[] = [sql<boolean>`c.centre_id = ${centreOf(context)}`, query.show === 'retired' ? sql`c.retired` : sql`not c.retired`];
  if (query.show === 'unseen') where.push(sql`c.unseen`);
  if (query.field !== undefined) where.push(sql`c.field = ${query.field}`);
  if (query.kind !== undefined) where.push(sql`c.kind = ${query.kind}`);
  if (query.awards !== undefined) where.push(sql`c.awards = ${query.awards}`);
  if (query.industry !== undefined) where.push(sql`(c.industries = '{}' or ${query.industry} = any (c.industries))`);
  if (query.school !== undefined) where.push(sql`exists (select from vn.course_school r where r.centre_id = c.centre_id and r.course_id = c.id and r.school_id = ${query.school})`);
  if (after !== null) where.push(sql`(c.title collate "da-x-icu", c.id) > (${after[0]} collate "da-x-icu", ${after[1]}::uuid)`);
  // The page is cut before classes are counted: counting for all of them costs more than the page.
  const found = await sql<Row>`
    select ${columns(context)} from (select * from vn.course c where ${sql.join(where, sql` and `)} order by c.title collate "da-x-icu", c.id limit ${query.limit + 1}) c ${ahead(context)}
     order by c.title collate "da-x-icu", c.id`.execute(context.tx);
  return pageFrom(found.rows.map(shaped), query.limit, ({ title, id }) => [title, id]);
}

/** @throws not_found */
export async function courseById(context: Context, id: string): Promise<Sheet> {
  const found = await sql<Row>`select ${columns(context)} from vn.course c ${ahead(context)} where c.centre_id = ${centreOf(context)} and c.id = ${id}`.execute(context.tx);
  const [row] = found.rows;
  if (row === undefined) throw problem('not_found');
  const { actor } = context;
  const shape = shaped(row);
  const all = actor.roles.includes('coordinator');
  const own = actor.roles.includes('manager') ? actor.schoolId : null;
  const here = all
    ? (
        await sql<{
          id: Sheet['can']['speakFor'][number];
        }>`select id from vn.school where centre_id = ${centreOf(context)} and vn.school_here(id, ${context.today}::date) order by name collate "da-x-icu"`.execute(context.tx)
      ).rows.map(({ id: school }) => school)
    : own === null
      ? []
      : [own as Sheet['can']['speakFor'][number]];
  return { ...shape, can: { edit: all || (own !== null && (shape.schools.length === 0 || shape.schools.some(({ school }) => school.id === own))), speakFor: here } };
}

export const course = (context: Context, { params }: InputOf<typeof contract.readCourse>): Promise<Sheet> => courseById(context, params.course);

export async function foundCourses(context: Context, { query }: InputOf<typeof contract.searchCourses>): Promise<contract.CourseHit[]> {
  const words = wordsToSeek(query.q);
  const found = await sql<Row & { score: number; met: number[] }>`
    select ${columns(context)}, f.score, f.met from vn.find_courses(${JSON.stringify(words)}::jsonb, ${looked}) f join vn.course c on c.centre_id = ${centreOf(context)} and c.id = f.course ${ahead(context)}
     order by f.score desc, c.id`.execute(context.tx);
  return fewGood(found.rows).map(({ score: _score, met, ...row }) => {
    const by = (written: boolean) => words.filter(({ weight, no }) => met.includes(no) && (weight === 1) === written).map(({ word }) => word);
    return { course: shaped(row), met: by(true), meant: by(false) };
  });
}

export async function openCourses(context: Context, { query }: InputOf<typeof contract.searchOpenCourses>): Promise<contract.OpenCourse[]> {
  const found = await sql<{ hits: (contract.OpenCourse & { score: number })[] | null }>`
    select vn.search_open_courses(${query.centre}, ${JSON.stringify(wordsToSeek(query.q))}::jsonb, 5) hits`.execute(context.tx);
  const hits = found.rows[0]?.hits ?? null;
  if (hits === null) throw problem('not_found');
  return fewGood(hits);
}

const formColumns = sql`code, name_da "nameDa", name_en "nameEn", retired, version`;
export async function deliveryForms(context: Context): Promise<contract.DeliveryForm[]> {
  return (await sql<contract.DeliveryForm>`select ${formColumns} from vn.delivery_form where centre_id = ${centreOf(context)} order by name_da collate "da-x-icu", code`.execute(context.tx)).rows;
}
/** @throws not_found */
export async function formByCode(context: Context, code: string): Promise<contract.DeliveryForm> {
  const [found] = (await sql<contract.DeliveryForm>`select ${formColumns} from vn.delivery_form where centre_id = ${centreOf(context)} and code = ${code}`.execute(context.tx)).rows;
  if (found === undefined) throw problem('not_found');
  return found;
}
