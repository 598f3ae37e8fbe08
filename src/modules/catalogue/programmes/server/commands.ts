import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { coursesById } from '../../course-choices/server/public.ts';
import * as contract from '../contract.ts';
import { faultOf } from '../rules.ts';
import { programmeById } from './queries.ts';

type Endpoint = typeof contract.addProgramme | typeof contract.writeProgramme;
type Facts = InputOf<typeof contract.addProgramme>['body'];

/** What the database says once all of a programme is written, in the words of the contract. */
const faults = { VN441: 'programme_days', VN442: 'programme_kinds' } as const;

async function checked(context: Context, endpoint: Endpoint, { kind, days, items, schools }: Facts): Promise<void> {
  const courses = await coursesById(
    context,
    items.map(({ course }) => course),
  );
  const known = items.flatMap((item) => {
    const course = courses.find(({ id }) => id === item.course);
    return course === undefined ? [] : [{ days: item.days, kind: course.kind }];
  });
  if (known.length < items.length) throw refuse(endpoint, 'course_not_known');
  const fault = faultOf({ kind, days, items: known });
  if (fault !== null) throw refuse(endpoint, fault);
  if (schools.length === 0) return;
  const here = await context.tx.selectFrom('school').select('id').where('centre_id', '=', centreOf(context)).where('id', 'in', schools).execute();
  if (here.length < schools.length) throw refuse(endpoint, 'school_not_known');
}

/** Items and schools anew, and at once what the database thinks of the whole: at COMMIT nobody could say it in words any longer. */
async function writeParts(context: Context, endpoint: Endpoint, id: string, { items, schools }: Facts): Promise<void> {
  const centre = centreOf(context);
  await context.tx.deleteFrom('programme_item').where('centre_id', '=', centre).where('programme_id', '=', id).execute();
  await context.tx.deleteFrom('programme_school').where('centre_id', '=', centre).where('programme_id', '=', id).execute();
  await context.tx
    .insertInto('programme_item')
    .values(items.map(({ course, days, gap }, at) => ({ centre_id: centre, programme_id: id, no: at + 1, course_id: course, days, gap })))
    .execute();
  if (schools.length > 0)
    await context.tx
      .insertInto('programme_school')
      .values(schools.map((school) => ({ centre_id: centre, programme_id: id, school_id: school })))
      .execute();
  try {
    await sql`set constraints all immediate`.execute(context.tx);
  } catch (error) {
    const fault = faults[(error as { code?: string }).code as keyof typeof faults];
    throw fault === undefined ? error : refuse(endpoint, fault);
  }
}

const columns = ({ kind, title, text, days, weeks, retired }: Facts) => ({ kind, title, text, days, weeks, retired });

export async function addProgramme(context: Context, { body }: InputOf<typeof contract.addProgramme>): Promise<contract.Programme> {
  const { actor } = context;
  const school = actor.roles.includes('coordinator') ? null : actor.schoolId;
  if (school === null && !actor.roles.includes('coordinator')) throw problem('forbidden');
  await checked(context, contract.addProgramme, body);
  const id = context.newId();
  await context.tx
    .insertInto('programme')
    .values({ centre_id: centreOf(context), id, school_id: school, ...columns(body) })
    .execute();
  await writeParts(context, contract.addProgramme, id, body);
  await context.audit('programme.added', id);
  return programmeById(context, id);
}

export async function writeProgramme(context: Context, { params, body }: InputOf<typeof contract.writeProgramme>): Promise<contract.Programme> {
  const now = await programmeById(context, params.programme);
  if (!now.can.edit) throw refuse(contract.writeProgramme, 'programme_not_yours');
  await checked(context, contract.writeProgramme, body);
  const written = await context.tx
    .updateTable('programme')
    .set({ ...columns(body), version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.programme)
    .where('version', '=', context.version)
    .returning('id')
    .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: await programmeById(context, params.programme) });
  await writeParts(context, contract.writeProgramme, params.programme, body);
  await context.audit('programme.written', params.programme);
  return programmeById(context, params.programme);
}
