import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { results, shownOf } from '../rules.ts';
import { screeningById } from './queries.ts';

export async function addScreening(context: Context, { body }: InputOf<typeof contract.addScreening>): Promise<contract.Screening> {
  const { tx, actor } = context;
  const centre = centreOf(context);
  if (body.tested !== body.people) throw refuse(contract.addScreening, 'not_the_whole_group', { fields: [{ path: 'tested', code: 'not_the_whole_group' }] });
  if (body.day > context.today) throw problem('invalid', { fields: [{ path: 'day', code: 'future' }] });
  const school = await tx.selectFrom('school').select('id').where('centre_id', '=', centre).where('id', '=', body.school).executeTakeFirst();
  if (school === undefined) throw problem('invalid', { fields: [{ path: 'school', code: 'unknown' }] });
  if (!actor.roles.includes('coordinator') && actor.schoolId !== body.school) throw refuse(contract.addScreening, 'screening_not_yours');
  if (body.class !== null) {
    const known = await tx.selectFrom('class').select('id').where('centre_id', '=', centre).where('id', '=', body.class).where('school_id', '=', body.school).executeTakeFirst();
    if (known === undefined) throw refuse(contract.addScreening, 'class_not_known', { fields: [{ path: 'class', code: 'class_not_known' }] });
  }
  const settings = await sql<{ threshold: number }>`select small_cell threshold from vn.outreach_settings()`.execute(tx);
  const threshold = settings.rows[0]?.threshold ?? 5;
  const kept = { reading: shownOf(inOrder(body.reading), threshold), maths: body.maths === null ? null : shownOf(inOrder(body.maths), threshold) };
  for (const subject of ['reading', 'maths'] as const) {
    const counts = body[subject];
    if (counts !== null && kept[subject]?.every((each) => each === null) === true) await sql`select vn.add_screening_rest(${subject}, ${sql.val(inOrder(counts))}::int[])`.execute(tx);
  }
  const id = context.newId();
  await tx
    .insertInto('screening')
    .values({
      centre_id: centre,
      id,
      school_id: body.school,
      class_id: body.class,
      name: body.name,
      day: body.day,
      people: body.people,
      tested: body.tested,
      leaders: body.leaders,
      reading: kept.reading as number[],
      maths: kept.maths as number[] | null,
      threshold,
      by_id: personOf(context),
      at: context.now.toISOString(),
    })
    .execute();
  await context.audit('screening.added', id);
  return screeningById(context, id);
}

const inOrder = (counts: NonNullable<InputOf<typeof contract.addScreening>['body']['maths']>) => results.map((each) => counts[each]);
