import { sql } from 'kysely';
import { rangeOf, shiftDay } from '../../../../kit/calendar-day.ts';
import { type Endpoint, type ErrorOf, type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { sendInvitation } from '../../sign-in/server/public.ts';
import type { Person } from '../contract.ts';
import * as contract from '../contract.ts';
import { mayGive, placeFits } from '../rules.ts';
import { ownAbilities, personById } from './queries.ts';

type Place = Pick<InputOf<typeof contract.giveRole>['body'], 'role' | 'schoolId' | 'organisationId' | 'from' | 'to'>;

async function give<E extends Endpoint>(context: Context, endpoint: E, person: string, place: Place): Promise<void> {
  const no = (code: string) => refuse(endpoint, code as ErrorOf<E>);
  if (!mayGive(context.actor, place.role, place.schoolId)) throw no('role_not_yours_to_give');
  if (!placeFits(place.role, place.schoolId, place.organisationId)) throw no('role_place');
  if (place.to !== null && place.to < place.from) throw no('days_reversed');
  const id = context.newId();
  try {
    await sql`select vn.give_role(${id}, ${person}, ${place.role}, ${place.schoolId}, ${place.organisationId}, ${rangeOf(place)}::daterange)`.execute(context.tx);
  } catch (error) {
    if (violates(error, 'membership_no_overlap')) throw no('role_held');
    // A school that has left is no place any more.
    if (violates(error, 'school_left') || violates(error, 'membership_centre_id_school_id_fkey') || violates(error, 'membership_centre_id_organisation_id_fkey')) throw no('unknown_place');
    throw error;
  }
  await context.audit('role.given', person, { role: place.role, school: place.schoolId, organisation: place.organisationId, from: place.from, to: place.to });
}

export async function invitePerson(context: Context, { body }: InputOf<typeof contract.invitePerson>): Promise<Person> {
  if (!mayGive(context.actor, body.role, body.schoolId)) throw refuse(contract.invitePerson, 'role_not_yours_to_give');
  const found = await sql<{ id: string }>`select vn.person_for(${context.newId()}, ${body.name}, ${body.email}, ${body.language}) id`.execute(context.tx);
  const id = found.rows[0]?.id;
  if (id === undefined) throw new Error('person_for answers one row');
  await give(context, contract.invitePerson, id, body);
  const person = await personById(context, id);

  await sendInvitation(context, person);
  await context.audit('person.invited', id, { role: body.role });
  return person;
}

export async function giveRole(context: Context, { params, body }: InputOf<typeof contract.giveRole>): Promise<Person> {
  await personById(context, params.person);
  await give(context, contract.giveRole, params.person, body);
  return personById(context, params.person);
}

/** A centre that nobody can administer any more would have to be rescued by hand: after `lastDay` somebody must be there, and stay. */
async function keepsAnAdministrator(context: Context, lastDay: string): Promise<boolean> {
  const left = await context.tx
    .selectFrom('membership')
    .select('id')
    .where('centre_id', '=', centreOf(context))
    .where('role', '=', 'administrator')
    .where(sql<boolean>`upper_inf(during) and during @> ${shiftDay(lastDay, 1)}::date`)
    .limit(1)
    .execute();
  return left.length > 0;
}

async function end(context: Context, person: Person, membership: Person['memberships'][number], lastDay: string): Promise<void> {
  // One at a time in a centre: two administrators who end each other's role must not each rely on the other.
  if (membership.role === 'administrator') await sql`select pg_advisory_xact_lock(hashtext('administrators'), hashtext(${centreOf(context)}))`.execute(context.tx);
  await sql`select vn.end_role(${membership.id}, ${lastDay}::date)`.execute(context.tx);
  await context.audit('role.ended', person.id, { role: membership.role, lastDay });
}

export async function endRole(context: Context, { params, body }: InputOf<typeof contract.endRole>): Promise<Person> {
  const person = await personById(context, params.person);
  const membership = person.memberships.find(({ id }) => id === params.membership);
  if (membership === undefined) throw problem('not_found');
  if (!mayGive(context.actor, membership.role, membership.schoolId)) throw refuse(contract.endRole, 'role_not_yours_to_give');
  if (membership.state === 'past' || body.lastDay < shiftDay(membership.from, -1)) throw refuse(contract.endRole, 'days_reversed');
  try {
    await end(context, person, membership, body.lastDay);
  } catch (error) {
    if (violates(error, 'membership_no_overlap')) throw refuse(contract.endRole, 'days_reversed');
    throw error;
  }
  if (membership.role === 'administrator' && !(await keepsAnAdministrator(context, body.lastDay))) throw refuse(contract.endRole, 'last_administrator');
  return personById(context, params.person);
}

export async function letLeave(context: Context, { params }: InputOf<typeof contract.letLeave>): Promise<Person> {
  const person = await personById(context, params.person);
  const open = person.memberships.filter(({ state }) => state !== 'past');
  if (open.some(({ can }) => !can.end)) throw refuse(contract.letLeave, 'role_not_yours_to_give');
  const yesterday = shiftDay(context.today, -1);
  for (const membership of open) await end(context, person, membership, yesterday);
  if (open.some(({ role }) => role === 'administrator') && !(await keepsAnAdministrator(context, yesterday))) throw refuse(contract.letLeave, 'last_administrator');
  await sql`select vn.end_sessions_of(${person.id})`.execute(context.tx);
  await context.audit('person.left', person.id);
  return personById(context, params.person);
}

export async function endSessionsOf(context: Context, { params }: InputOf<typeof contract.endSessionsOf>): Promise<OutputOf<typeof contract.endSessionsOf>> {
  const person = await personById(context, params.person);
  const found = await sql<{ ended: number }>`select vn.revoke_sessions_of(${person.id}) ended`.execute(context.tx);
  const ended = found.rows[0]?.ended ?? 0;
  await context.audit('person.signed_out', person.id, { sessions: ended });
  return { ended };
}

/** No line in the audit log: that somebody rates themselves is nobody's business either (row 2.21). */
export async function writeOwnAbilities(context: Context, { body }: InputOf<typeof contract.writeOwnAbilities>): Promise<contract.OwnAbilities> {
  const key = { centre_id: centreOf(context), person_id: personOf(context) };
  const lists = sql`${sql.val(body.abilities.map(({ level }) => level))}::smallint[], ${sql.val(body.abilities.map(({ learn }) => learn))}::text[], ${sql.val(body.abilities.map(({ by }) => by))}::date[]`;
  const written = await (context.version === 0
    ? sql`insert into vn.own_abilities (centre_id, person_id, levels, learn, learn_by) values (${key.centre_id}, ${key.person_id}, ${lists}) on conflict do nothing`
    : sql`update vn.own_abilities set (levels, learn, learn_by) = (select ${lists}), version = version + 1 where centre_id = ${key.centre_id} and person_id = ${key.person_id} and version = ${context.version}`
  ).execute(context.tx);
  if (written.numAffectedRows !== 1n) throw problem('version_conflict', { current: await ownAbilities(context) });
  return ownAbilities(context);
}

export async function forgetOwnAbilities(context: Context): Promise<null> {
  await context.tx.deleteFrom('own_abilities').where('centre_id', '=', centreOf(context)).where('person_id', '=', personOf(context)).execute();
  return null;
}
