import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { ownClass, ownCourses, participantsOf } from './queries.ts';

const refusals = { gone: 'page_gone', unknown: 'own_seat_unknown', too_many: 'too_many_people', attended: 'person_attended' } as const;

export async function nameParticipants(context: Context, { body }: InputOf<typeof contract.nameParticipants>): Promise<contract.OwnCourses> {
  const ids = body.people.map(({ id }) => id);
  const fresh = body.people.map(() => context.newId());
  const names = body.people.map(({ name }) => name);
  const done = await sql<{ result: 'done' | keyof typeof refusals }>`
    select vn.name_participants_on_page(${tokenHash(body.token)}, ${body.seat}, ${sql.val(ids)}::uuid[], ${sql.val(fresh)}::uuid[], ${sql.val(names)}::text[]) result`.execute(context.tx);
  const result = done.rows[0]?.result ?? 'gone';
  if (result !== 'done') throw refuse(contract.nameParticipants, refusals[result]);
  return ownCourses(context, { body });
}

export async function markParticipants(context: Context, { params, body }: InputOf<typeof contract.markParticipants>): Promise<contract.ParticipantList> {
  await ownClass(context, params.class);
  const now = await participantsOf(context, params.class);
  const session = now.sessions.find(({ no }) => no === params.no);
  if (session === undefined) throw problem('not_found');
  if (!session.begun || !now.can.mark) throw refuse(contract.markParticipants, 'session_ahead');
  const known = now.companies.flatMap(({ people }) => people.map(({ id }) => id));
  if (body.present.some((id) => !known.includes(id))) throw problem('invalid', { fields: [{ path: 'present', code: 'unknown' }] });
  const centre = centreOf(context);
  const starts = sql`(select lower(x.during) from vn.class_session x where x.centre_id = ${centre} and x.class_id = ${params.class} and x.no = ${params.no})`;
  await sql`delete from vn.participant_attendance a where a.centre_id = ${centre} and a.participant_id = any (${sql.val(known)}::uuid[]) and a.starts = ${starts}`.execute(context.tx);
  await sql`insert into vn.participant_attendance (centre_id, participant_id, starts, said_by, said_at)
    select ${centre}, x, ${starts}, ${personOf(context)}, ${context.now.toISOString()} from unnest(${sql.val(body.present)}::uuid[]) x on conflict do nothing`.execute(context.tx);
  await context.audit('class.participants_marked', params.class, { no: params.no });
  return participantsOf(context, params.class);
}
