import { sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listSchools, readSchool, School } from '../contract.ts';
import { hasLeft, mayDescribe } from '../rules.ts';

async function all(context: Context): Promise<School[]> {
  const rows = await context.tx.selectFrom('school').selectAll().where('centre_id', '=', centreOf(context)).orderBy(sql`name collate "da-x-icu"`).execute();
  const capabilities = await context.tx.selectFrom('school_capability').selectAll().where('centre_id', '=', centreOf(context)).orderBy('kind').execute();
  const mayLeave = context.actor.roles.includes('coordinator') || context.actor.roles.includes('administrator');
  return rows.map((row) => ({
    id: row.id as School['id'],
    name: row.name,
    kind: row.kind as School['kind'],
    town: row.town,
    postcode: row.postcode,
    coreCompetences: row.core_competences,
    capabilities: capabilities.filter(({ school_id }) => school_id === row.id).map(({ kind, level, contact }) => ({ kind: kind as School['capabilities'][number]['kind'], level, contact })),
    lastDay: row.left_on,
    left: hasLeft(row.left_on, context.today),
    version: row.version,
    can: { edit: mayDescribe(context.actor, row.id), leave: mayLeave && !hasLeft(row.left_on, context.today) },
  }));
}

export async function schools(context: Context, { query }: InputOf<typeof listSchools>): Promise<School[]> {
  const word = query.search?.toLowerCase() ?? '';
  const found = (await all(context)).filter(
    (school) =>
      (query.past === 'true' || !school.left) &&
      (query.capability === undefined || school.capabilities.some(({ kind, level }) => kind === query.capability && level > 0)) &&
      (word === '' || [school.name, school.town, ...school.coreCompetences].some((text) => text.toLowerCase().includes(word))),
  );
  return [...found.filter(({ left }) => !left), ...found.filter(({ left }) => left)];
}

export async function schoolById(context: Context, id: string): Promise<School> {
  const school = (await all(context)).find((each) => each.id === id);
  if (school === undefined) throw problem('not_found');
  return school;
}

export const readSchoolById = (context: Context, { params }: InputOf<typeof readSchool>) => schoolById(context, params.school);
