import { sql } from 'kysely';
import { rangeOf } from '../../../../kit/calendar-day.ts';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { centre, processorById } from './queries.ts';

export async function writeCentre(context: Context, { body }: InputOf<typeof contract.writeCentre>): Promise<OutputOf<typeof contract.writeCentre>> {
  const written = await sql<{ ok: boolean }>`select vn.write_centre(${body.name}, ${JSON.stringify(body.labels)}, ${JSON.stringify(body.accessibility)}, ${context.version}) ok`.execute(context.tx);
  if (written.rows[0]?.ok !== true) throw problem('version_conflict', { current: await centre(context) });
  const id = centreOf(context);
  await sql`delete from vn.centre_area where centre_id = ${id} and not municipality = any (${body.area}::bpchar[])`.execute(context.tx);
  await sql`insert into vn.centre_area (centre_id, municipality) select ${id}, m from unnest(${body.area}::text[]) m on conflict do nothing`.execute(context.tx);
  await context.audit('centre.written', id, { name: body.name, area: body.area.length });
  return centre(context);
}

export async function addProcessor(context: Context, { body }: InputOf<typeof contract.addProcessor>): Promise<OutputOf<typeof contract.addProcessor>> {
  const id = context.newId();
  await context.tx
    .insertInto('organisation')
    .values({ centre_id: centreOf(context), id, ...body })
    .execute();
  await context.audit('processor.added', id, { name: body.name });
  return processorById(context, id);
}

export async function fileAgreement(context: Context, { params, body }: InputOf<typeof contract.fileAgreement>): Promise<OutputOf<typeof contract.fileAgreement>> {
  await processorById(context, params.processor);
  if (body.to !== null && body.to < body.from) throw refuse(contract.fileAgreement, 'days_reversed');
  await context.tx
    .insertInto('processor_agreement')
    .values({ centre_id: centreOf(context), id: context.newId(), organisation_id: params.processor, reference: body.reference, signed_on: body.signedOn, during: rangeOf(body) })
    .execute();
  await context.audit('agreement.filed', params.processor, { reference: body.reference, from: body.from, to: body.to });
  return processorById(context, params.processor);
}

export async function endAgreement(context: Context, { params, body }: InputOf<typeof contract.endAgreement>): Promise<OutputOf<typeof contract.endAgreement>> {
  const processor = await processorById(context, params.processor);
  const agreement = processor.agreements.find(({ id }) => id === params.agreement);
  if (agreement === undefined) throw problem('not_found');
  if (body.lastDay < agreement.from) throw refuse(contract.endAgreement, 'days_reversed');
  await context.tx
    .updateTable('processor_agreement')
    .set({ during: rangeOf({ from: agreement.from, to: body.lastDay }) })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.agreement)
    .execute();
  await context.audit('agreement.ended', params.processor, { reference: agreement.reference, lastDay: body.lastDay });
  return processorById(context, params.processor);
}
