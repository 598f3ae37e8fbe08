import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { askHouse } from '../../../../platform/jobs/house.ts';
import { writeEntry } from '../../../companies/timeline/server/public.ts';
import { addFollowUps } from '../../tasks/server/public.ts';
import * as contract from '../contract.ts';
import { eventById, eventPlace, placeHash, placeToken } from './queries.ts';

type Sheet = contract.EventSheet;
type Facts = InputOf<typeof contract.addEvent>['body'];

const during = ({ actor }: Context, { day, starts, ends }: Facts) =>
  sql<string>`tstzrange((${day}::date + ${starts}::time) at time zone ${actor.zone}, (${day}::date + ${ends}::time) at time zone ${actor.zone})`;
const columns = (context: Context, body: Facts) => ({
  kind: body.kind,
  title: body.title,
  text: body.text,
  place: body.place,
  during: during(context, body),
  host_school_id: body.host,
  seats: body.seats,
  for_whom: body.forWhom,
  open: body.open,
});

async function knownHost<E extends Endpoint>(context: Context, endpoint: E, host: string | null): Promise<void> {
  if (host === null) return;
  const known = await context.tx.selectFrom('school').select('id').where('centre_id', '=', centreOf(context)).where('id', '=', host).executeTakeFirst();
  if (known === undefined) throw refuse(endpoint, 'school_unknown' as ErrorOf<E>, { fields: [{ path: 'host', code: 'school_unknown' }] });
}

export async function addEvent(context: Context, { body }: InputOf<typeof contract.addEvent>): Promise<Sheet> {
  await knownHost(context, contract.addEvent, body.host);
  const id = context.newId();
  await context.tx
    .insertInto('event')
    .values({ centre_id: centreOf(context), id, ...columns(context, body), made_by: personOf(context), made_at: context.now.toISOString() })
    .execute();
  await context.audit('event.added', id);
  return eventById(context, id);
}

/** An event that the person asking may change and that has not begun, held until the end of the transaction. */
async function ahead<E extends typeof contract.writeEvent | typeof contract.cancelEvent>(context: Context, endpoint: E, id: string): Promise<Sheet> {
  await sql`select from vn.event where centre_id = ${centreOf(context)} and id = ${id} for update`.execute(context.tx);
  const now = await eventById(context, id);
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  if (now.cancelledBecause !== null || now.begun) throw refuse(endpoint, 'event_over' as ErrorOf<E>);
  if (!now.can.edit) throw refuse(endpoint, 'event_not_yours' as ErrorOf<E>);
  return now;
}

export async function writeEvent(context: Context, { params, body }: InputOf<typeof contract.writeEvent>): Promise<Sheet> {
  const now = await ahead(context, contract.writeEvent, params.event);
  await knownHost(context, contract.writeEvent, body.host);
  if (body.seats !== null && now.counts.signedUp > body.seats) throw refuse(contract.writeEvent, 'event_seats_taken', { about: { taken: now.counts.signedUp } });
  await context.tx
    .updateTable('event')
    .set({
      ...columns(context, body),
      // Another time or place: calendars and whoever comes are told.
      sequence: sql<number>`sequence + case when during is distinct from ${during(context, body)} or place <> ${body.place} then 1 else 0 end`,
      version: context.version + 1,
    })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.event)
    .execute();
  await sql`select vn.settle_event(${params.event})`.execute(context.tx);
  await context.audit('event.written', params.event);
  await askHouse(context);
  return eventById(context, params.event);
}

export async function cancelEvent(context: Context, { params, body }: InputOf<typeof contract.cancelEvent>): Promise<Sheet> {
  await ahead(context, contract.cancelEvent, params.event);
  await context.tx
    .updateTable('event')
    .set({ cancelled_at: context.now.toISOString(), cancelled_because: body.because, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.event)
    .execute();
  await context.audit('event.cancelled', params.event);
  await askHouse(context);
  return eventById(context, params.event);
}

/** What the database answered, as the endpoint's problems. */
function must<E extends Endpoint>(endpoint: E, result: string | undefined, current: () => Promise<Sheet>): Promise<void> | void {
  const refusals: Record<string, string> = {
    over: 'event_over',
    too_many: 'event_too_many',
    not_begun: 'event_not_begun',
    not_available: 'not_available_for_events',
    joined: 'participant_known',
    not_signed_up: 'participant_not_signed_up',
  };
  if (result === 'gone' || result === undefined) throw problem('not_found');
  if (result === 'changed')
    return current().then((sheet) => {
      throw problem('version_conflict', { current: sheet });
    });
  const code = refusals[result];
  if (code === undefined) return;
  throw refuse(endpoint, code as ErrorOf<E>, code === 'event_too_many' ? { fields: [{ path: 'count', code }] } : undefined);
}

export async function addParticipant(context: Context, { params, body }: InputOf<typeof contract.addParticipant>): Promise<Sheet> {
  await eventById(context, params.event);
  const id = context.newId();
  const added = await sql<{ result: string; party: string | null }>`
    select * from vn.add_event_party(${params.event}, ${body.mode}, ${id}, ${placeHash(context, placeToken(context, id))}, ${body.company}, ${body.person}, ${body.role}, ${body.email}, ${body.count}, ${body.language})`.execute(
    context.tx,
  );
  const { result } = added.rows[0] ?? {};
  if (result === 'gone') throw problem('invalid', { fields: [{ path: 'company', code: 'unknown' }] });
  await must(contract.addParticipant, result, () => eventById(context, params.event));
  if (body.mode === 'came') await tellStory(context, params.event, body.company, 0);
  await context.audit(`event.${body.mode}`, params.event, { company: body.company });
  await askHouse(context);
  return eventById(context, params.event);
}

const attendedOf = ({ participants }: Sheet, company: string | null) =>
  participants.filter((each) => each.state === 'attended' && each.company?.id === company).reduce((sum, each) => sum + each.count, 0);

/** A company's first party that came is a line in its story; when no party came after all, that is another one. */
async function tellStory(context: Context, event: string, company: string | null, before: number): Promise<void> {
  if (company === null) return;
  const sheet = await eventById(context, event);
  const count = attendedOf(sheet, company);
  if (before > 0 === count > 0) return;
  await writeEntry(context, { company, kind: count > 0 ? 'event.attended' : 'event.not_attended', subject: event, data: { event, kind: sheet.kind, title: sheet.title, count } });
  if (count > 0) await sql`select vn.heard_at(${company}, ${sheet.starts}::timestamptz)`.execute(context.tx);
}

export async function answerForParticipant(context: Context, { params, body }: InputOf<typeof contract.answerForParticipant>): Promise<Sheet> {
  await eventById(context, params.event);
  const answered = await sql<{ result: string }>`select vn.answer_for_party(${params.event}, ${params.participant}, ${body.come}, ${body.count}, ${context.version}) result`.execute(context.tx);
  await must(contract.answerForParticipant, answered.rows[0]?.result, () => eventById(context, params.event));
  await context.audit('event.answered', params.event, { participant: params.participant, come: body.come });
  await askHouse(context);
  return eventById(context, params.event);
}

export async function markAttendance(context: Context, { params, body }: InputOf<typeof contract.markAttendance>): Promise<Sheet> {
  const now = await held(context, params.event);
  const company = now.participants.find(({ id }) => id === params.participant)?.company?.id ?? null;
  const marked = await sql<{ result: string }>`select vn.mark_party(${params.event}, ${params.participant}, ${body.came}, ${body.count}, ${context.version}) result`.execute(context.tx);
  await must(contract.markAttendance, marked.rows[0]?.result, () => eventById(context, params.event));
  await tellStory(context, params.event, company, attendedOf(now, company));
  await context.audit('event.marked', params.event, { participant: params.participant, came: body.came });
  return eventById(context, params.event);
}

/** The event as it is, held: two who mark at once write each line of the story once. */
async function held(context: Context, event: string): Promise<Sheet> {
  await sql`select from vn.event where centre_id = ${centreOf(context)} and id = ${event} for update`.execute(context.tx);
  return eventById(context, event);
}

export async function nameParticipantCompany(context: Context, { params, body }: InputOf<typeof contract.nameParticipantCompany>): Promise<Sheet> {
  const now = await held(context, params.event);
  const party = now.participants.find(({ id }) => id === params.participant);
  if (party === undefined) throw problem('not_found');
  const named = await sql<{ result: string }>`select vn.name_party(${params.event}, ${params.participant}, ${body.company}, ${context.version}) result`.execute(context.tx);
  if (named.rows[0]?.result === 'gone') throw refuse(contract.nameParticipantCompany, 'company_unknown', { fields: [{ path: 'company', code: 'company_unknown' }] });
  await must(contract.nameParticipantCompany, named.rows[0]?.result, () => eventById(context, params.event));
  await tellStory(context, params.event, body.company, attendedOf(now, body.company));
  if (party.company !== null) await tellStory(context, params.event, party.company.id, attendedOf(now, party.company.id));
  await context.audit('event.company_named', params.event, { participant: params.participant, company: body.company });
  return eventById(context, params.event);
}

export async function followUpEvent(context: Context, { params, body }: InputOf<typeof contract.followUpEvent>): Promise<OutputOf<typeof contract.followUpEvent>> {
  const { participants } = await eventById(context, params.event);
  const companies = new Map(participants.flatMap(({ state, company }) => (state === 'attended' && company !== null ? [[String(company.id), company.name] as const] : [])));
  if (companies.size === 0) throw refuse(contract.followUpEvent, 'event_nobody_came');
  const added = await addFollowUps(context, { companies: [...companies.keys()], what: body.what, due: body.due, owner: body.owner });
  if (!added) throw refuse(contract.followUpEvent, 'owner_not_consulting', { fields: [{ path: 'owner', code: 'owner_not_consulting' }] });
  await context.audit('event.followed_up', params.event, { tasks: companies.size });
  return { tasks: companies.size };
}

export async function signUpForEvent(context: Context, { params, body }: InputOf<typeof contract.signUpForEvent>): Promise<OutputOf<typeof contract.signUpForEvent>> {
  // Only a machine fills in what nobody sees; it learns nothing by it.
  if (body.website !== '') return { place: 'signed_up' };
  const id = context.newId();
  const signed = await sql<{ result: string }>`
    select vn.sign_up_event(${params.event}, ${id}, ${placeHash(context, placeToken(context, id))}, ${body.companyName}, ${body.cvr}, ${body.person}, ${body.role}, ${body.email}, ${body.count}, ${body.language}) result`.execute(
    context.tx,
  );
  const result = signed.rows[0]?.result;
  if (result === 'gone' || result === undefined) throw problem('not_found');
  if (result === 'over') throw refuse(contract.signUpForEvent, 'event_over');
  if (result === 'too_many') throw refuse(contract.signUpForEvent, 'event_too_many', { fields: [{ path: 'count', code: 'event_too_many' }] });
  return { place: result === 'waiting' ? 'waiting' : 'signed_up' };
}

export async function answerEventPlace(context: Context, { body }: InputOf<typeof contract.answerEventPlace>): Promise<OutputOf<typeof contract.answerEventPlace>> {
  const answered = await sql<{ result: string }>`select vn.answer_event_place(${placeHash(context, body.token)}, ${body.come}, ${body.count}) result`.execute(context.tx);
  const result = answered.rows[0]?.result;
  if (result === 'gone') throw refuse(contract.answerEventPlace, 'event_place_gone');
  if (result === 'over') throw refuse(contract.answerEventPlace, 'event_over');
  if (result === 'too_many') throw refuse(contract.answerEventPlace, 'event_too_many', { fields: [{ path: 'count', code: 'event_too_many' }] });
  return eventPlace(context, { params: undefined, query: undefined, body: { token: body.token } });
}
