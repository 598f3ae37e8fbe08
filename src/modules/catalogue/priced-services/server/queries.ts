import { sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { withVat } from '../../../../kit/money.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listServices as contract, Service } from '../contract.ts';

type Row = Omit<Service, 'priceWithVat' | 'can'>;

/** Whether whoever asks writes for a school. */
export const writesFor = ({ actor }: Context, school: string): boolean => actor.roles.includes('coordinator') || (actor.roles.includes('manager') && actor.schoolId === school);

async function read(context: Context, { id, retired }: { id?: string; retired: boolean }): Promise<Service[]> {
  const found = await sql<Row>`
    select s.id, json_build_object('id', s.school_id, 'name', k.name) school, s.name, s.text, s.phase, s.unit, s.price, s.vat, s.assessment, s.results, s.free_for_employed "freeForEmployed", s.retired, s.version,
           case when c.id is not null then json_build_object('id', c.id, 'kind', c.kind, 'code', c.code, 'title', c.title, 'retired', c.retired) end course
      from vn.priced_service s join vn.school k on k.centre_id = s.centre_id and k.id = s.school_id left join vn.course c on c.centre_id = s.centre_id and c.id = s.course_id
     where s.centre_id = ${centreOf(context)} and (${retired} or not s.retired) and ${id === undefined ? sql`true` : sql`s.id = ${id}`}
     order by array_position('{before,during,after}', s.phase), k.name collate "da-x-icu", s.name collate "da-x-icu", s.id limit 500`.execute(context.tx);
  return found.rows.map((row) => ({ ...row, priceWithVat: withVat(row.price, row.vat), can: { edit: writesFor(context, row.school.id) } }));
}

export const listServices = (context: Context, { query }: InputOf<typeof contract>): Promise<Service[]> => read(context, { retired: query.retired === 'true' });

export async function serviceById(context: Context, id: string): Promise<Service> {
  const [found] = await read(context, { id, retired: true });
  if (found === undefined) throw problem('not_found');
  return found;
}
