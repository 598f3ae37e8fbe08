import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { ownRotations, rotationById } from './queries.ts';

type Facts = InputOf<typeof contract.writeRotation>['body'];
const columns = ({ what, trainees, source, sourceName, peer, peerHours }: Facts) => ({ what, trainees, source, source_name: sourceName, peer, peer_hours: peerHours });

/** Nobody stands in twice at once; the database says so, also of what others write meanwhile. @throws substitute_twice */
async function writePeriods(context: Context, rotation: string, company: string, periods: Facts['periods']): Promise<void> {
  const centre = centreOf(context);
  await context.tx.deleteFrom('rotation_period').where('centre_id', '=', centre).where('rotation_id', '=', rotation).execute();
  if (periods.length === 0) return;
  await context.tx
    .insertInto('rotation_period')
    .values(
      periods.map(({ substitute, firstDay, lastDay }) => ({
        centre_id: centre,
        id: context.newId(),
        rotation_id: rotation,
        company_id: company,
        live: true,
        substitute,
        first_day: firstDay,
        last_day: lastDay,
      })),
    )
    .execute()
    .catch((error: unknown) => {
      throw violates(error, 'rotation_substitute_once') ? refuse(contract.addRotation, 'substitute_twice', { fields: [{ path: 'periods', code: 'substitute_twice' }] }) : error;
    });
}

export async function addRotation(context: Context, { body }: InputOf<typeof contract.addRotation>): Promise<contract.Rotation> {
  const centre = centreOf(context);
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centre).where('company_id', '=', body.company).executeTakeFirst();
  if (known === undefined) throw refuse(contract.addRotation, 'company_unknown', { fields: [{ path: 'company', code: 'company_unknown' }] });
  const id = context.newId();
  await context.tx
    .insertInto('rotation')
    .values({ centre_id: centre, id, company_id: body.company, ...columns(body), made_by: personOf(context), made_at: context.now.toISOString() })
    .execute();
  await writePeriods(context, id, body.company, body.periods);
  await context.audit('rotation.added', id);
  return rotationById(context, id);
}

/** One that may still change, as the writer saw it, held until the end of the transaction. */
async function open(context: Context, id: string): Promise<contract.Rotation> {
  await sql`select from vn.rotation where centre_id = ${centreOf(context)} and id = ${id} for update`.execute(context.tx);
  const now = await rotationById(context, id);
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  if (now.state === 'called_off') throw refuse(contract.writeRotation, 'rotation_off');
  return now;
}

export async function writeRotation(context: Context, { params, body }: InputOf<typeof contract.writeRotation>): Promise<contract.Rotation> {
  const now = await open(context, params.rotation);
  await context.tx
    .updateTable('rotation')
    .set({ ...columns(body), version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.rotation)
    .execute();
  await writePeriods(context, params.rotation, now.company.id, body.periods);
  await context.audit('rotation.written', params.rotation);
  return rotationById(context, params.rotation);
}

export async function setRotationState(context: Context, { params, body }: InputOf<typeof contract.setRotationState>): Promise<contract.Rotation> {
  await open(context, params.rotation);
  await context.tx
    .updateTable('rotation')
    .set({ state: body.state, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.rotation)
    .execute();
  await context.audit(`rotation.${body.state}`, params.rotation);
  return rotationById(context, params.rotation);
}

export async function nameOwnRotation(context: Context, { body }: InputOf<typeof contract.nameOwnRotation>): Promise<contract.OwnRotations> {
  const people = (['trainee', 'substitute', 'trainer'] as const).flatMap((part) => body[`${part}s`].map((initials) => ({ part, initials })));
  const done = await sql<{ result: string }>`select vn.name_rotation_on_page(${tokenHash(body.token)}, ${body.rotation}, ${JSON.stringify(people)}::jsonb) result`.execute(context.tx);
  if (done.rows[0]?.result === 'gone') throw refuse(contract.nameOwnRotation, 'page_gone');
  if (done.rows[0]?.result === 'unknown') throw refuse(contract.nameOwnRotation, 'rotation_unknown');
  return ownRotations(context, { body });
}
