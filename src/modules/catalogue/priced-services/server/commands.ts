import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { coursesById } from '../../course-choices/server/public.ts';
import * as contract from '../contract.ts';
import { serviceById, writesFor } from './queries.ts';

type Facts = InputOf<typeof contract.writeService>['body'];

const columns = (body: Facts) => ({
  kind: body.assessment === null ? 'priced' : 'assessment',
  name: body.name,
  text: body.text,
  phase: body.phase,
  unit: body.unit,
  price: body.price,
  vat: body.vat,
  course_id: body.course,
  assessment: body.assessment,
  results: body.results,
  free_for_employed: body.freeForEmployed,
  retired: body.retired,
});

async function knownCourse<E extends Endpoint>(context: Context, endpoint: E, course: string | null): Promise<void> {
  if (course !== null && (await coursesById(context, [course])).length === 0) throw refuse(endpoint, 'course_not_known' as ErrorOf<E>);
}

export async function addService(context: Context, { body: { school, ...body } }: InputOf<typeof contract.addService>): Promise<contract.Service> {
  const known = await context.tx.selectFrom('school').select('id').where('centre_id', '=', centreOf(context)).where('id', '=', school).executeTakeFirst();
  if (known === undefined) throw problem('invalid', { fields: [{ path: 'school', code: 'unknown' }] });
  if (!writesFor(context, school)) throw refuse(contract.addService, 'service_not_yours');
  await knownCourse(context, contract.addService, body.course);
  const id = context.newId();
  await context.tx
    .insertInto('priced_service')
    .values({ centre_id: centreOf(context), id, school_id: school, ...columns(body) })
    .execute();
  await context.audit('service.added', id);
  return serviceById(context, id);
}

export async function writeService(context: Context, { params, body }: InputOf<typeof contract.writeService>): Promise<contract.Service> {
  const now = await serviceById(context, params.service);
  if (!now.can.edit) throw refuse(contract.writeService, 'service_not_yours');
  await knownCourse(context, contract.writeService, body.course);
  const written = await context.tx
    .updateTable('priced_service')
    .set({ ...columns(body), version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.service)
    .where('version', '=', context.version)
    .returning('id')
    .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: await serviceById(context, params.service) });
  await context.audit('service.written', params.service);
  return serviceById(context, params.service);
}
