import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { seal } from '../../../../platform/sealed.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { linksAtMost, readAddress } from '../rules.ts';
import { readCalendar, sealedFor } from './jobs.ts';
import { ownCalendars } from './queries.ts';

type Writing =
  | typeof contract.linkCalendar
  | typeof contract.chooseCalendars
  | typeof contract.readCalendarNow
  | typeof contract.removeCalendar
  | typeof contract.renewCalendarFeed
  | typeof contract.endCalendarFeed;

/** @throws Problem not_your_calendar for anybody else's */
function own(context: Context, endpoint: Writing, person: string) {
  if (person !== personOf(context)) throw refuse(endpoint, 'not_your_calendar');
  return { centre_id: centreOf(context), person_id: person };
}

export async function linkCalendar(context: Context, { params, body }: InputOf<typeof contract.linkCalendar>): Promise<contract.OwnCalendars> {
  const of = own(context, contract.linkCalendar, params.person);
  const account = 'server' in body;
  const address = readAddress(account ? body.server : body.address);
  const refusal = context.refusal(address, account);
  if (refusal !== null) throw refuse(contract.linkCalendar, refusal === 'inside' ? 'calendar_inside' : refusal === 'insecure' ? 'calendar_insecure' : 'calendar_address');
  const url = new URL(address);
  const { tx } = context;
  const links = await tx.selectFrom('calendar_link').select(['id', 'kind', 'host', 'user_name']).where('centre_id', '=', of.centre_id).where('person_id', '=', of.person_id).forUpdate().execute();
  const there = links.find(({ id }) => id === params.calendar);
  const kind = account ? 'account' : 'address';
  if (there !== undefined && there.kind !== kind) throw refuse(contract.linkCalendar, 'calendar_other_kind');
  if (there === undefined && links.length >= linksAtMost) throw refuse(contract.linkCalendar, 'calendar_enough');
  const now = context.now.toISOString();
  const secret = JSON.stringify(account ? { address, password: body.password } : { address });
  const facts = {
    host: url.host,
    server: account ? url.href : null,
    user_name: account ? body.user : null,
    sealed: seal(context.keyedHash, secret, sealedFor({ ...of, id: params.calendar })),
    due_at: now,
    look_again: true,
  };
  await tx
    .insertInto('calendar_link')
    .values({ ...of, id: params.calendar, kind, made_at: now, ...facts })
    .onConflict((clash) => clash.columns(['centre_id', 'person_id', 'id']).doUpdateSet(({ ref }) => ({ ...facts, version: sql`${ref('calendar_link.version')} + 1` })))
    .execute();
  if (!account && there === undefined)
    await tx
      .insertInto('calendar_part')
      .values({ ...of, link_id: params.calendar, id: context.newId(), name: '', busy: true })
      .execute();
  if (there !== undefined) {
    const elsewhere = there.host !== facts.host || there.user_name !== facts.user_name;
    // What the old address said of changes means nothing to the new one; and calendars of another account are asked with no password of this one.
    const old = <Q extends { where(column: 'centre_id' | 'person_id' | 'link_id', is: '=', value: string): Q }>(query: Q): Q =>
      query.where('centre_id', '=', of.centre_id).where('person_id', '=', of.person_id).where('link_id', '=', params.calendar);
    if (!account) await old(tx.updateTable('calendar_part').set({ mark: null, changed: null })).execute();
    else if (elsewhere) await old(tx.deleteFrom('calendar_part')).execute();
  }
  await context.enqueue(readCalendar, { centre: of.centre_id, person: of.person_id, calendar: params.calendar });
  await context.audit(there === undefined ? 'calendar.joined' : 'calendar.renewed', of.person_id, { kind });
  return ownCalendars(context);
}

export async function chooseCalendars(context: Context, { params, body }: InputOf<typeof contract.chooseCalendars>): Promise<contract.OwnCalendars> {
  const of = own(context, contract.chooseCalendars, params.person);
  const { tx } = context;
  const link = { ...of, link_id: params.calendar };
  const there = await tx
    .selectFrom('calendar_link')
    .select('version')
    .where('centre_id', '=', of.centre_id)
    .where('person_id', '=', of.person_id)
    .where('id', '=', params.calendar)
    .forUpdate()
    .executeTakeFirst();
  if (there === undefined) throw problem('not_found');
  if (there.version !== context.version) throw problem('version_conflict', { current: (await ownCalendars(context)).links.find(({ id }) => id === params.calendar) });
  const parts = await tx
    .selectFrom('calendar_part')
    .select(['id', 'busy', 'url'])
    .where('centre_id', '=', of.centre_id)
    .where('person_id', '=', of.person_id)
    .where('link_id', '=', params.calendar)
    .execute();
  const known = new Set<string>(parts.map(({ id }) => id));
  // An address has one calendar, and nobody can write to it.
  if ([...body.busy, ...(body.writes === null ? [] : [body.writes])].some((id) => !known.has(id)) || (body.writes !== null && parts.some(({ id, url }) => id === body.writes && url === null)))
    throw refuse(contract.chooseCalendars, 'calendar_unknown');
  if (body.writes !== null)
    await tx.updateTable('calendar_part').set({ writes: false }).where('centre_id', '=', of.centre_id).where('person_id', '=', of.person_id).where('writes', '=', true).execute();
  for (const { id } of parts) {
    const busy = body.busy.some((each) => each === id);
    await tx
      .updateTable('calendar_part')
      .set({ busy, writes: id === body.writes, ...(busy ? {} : { mark: null, until: null }) })
      .where('centre_id', '=', of.centre_id)
      .where('person_id', '=', of.person_id)
      .where('link_id', '=', params.calendar)
      .where('id', '=', id)
      .execute();
    if (!busy)
      await tx.deleteFrom('calendar_part_busy').where('centre_id', '=', link.centre_id).where('person_id', '=', link.person_id).where('link_id', '=', link.link_id).where('part_id', '=', id).execute();
  }
  // Whichever link was written into before takes its copies away at its next turn.
  await tx.updateTable('calendar_link').set({ due_at: context.now.toISOString() }).where('centre_id', '=', of.centre_id).where('person_id', '=', of.person_id).execute();
  await tx
    .updateTable('calendar_link')
    .set({ version: context.version + 1 })
    .where('centre_id', '=', of.centre_id)
    .where('person_id', '=', of.person_id)
    .where('id', '=', params.calendar)
    .execute();
  await context.enqueue(readCalendar, { centre: of.centre_id, person: of.person_id, calendar: params.calendar });
  await context.audit('calendar.chosen', of.person_id, { busy: body.busy.length, writes: body.writes !== null });
  return ownCalendars(context);
}

export async function readCalendarNow(context: Context, { params }: InputOf<typeof contract.readCalendarNow>): Promise<contract.OwnCalendars> {
  const of = own(context, contract.readCalendarNow, params.person);
  const asked = await context.tx
    .updateTable('calendar_link')
    .set({ look_again: true })
    .where('centre_id', '=', of.centre_id)
    .where('person_id', '=', of.person_id)
    .where('id', '=', params.calendar)
    .returning('id')
    .executeTakeFirst();
  if (asked === undefined) throw problem('not_found');
  await context.enqueue(readCalendar, { centre: of.centre_id, person: of.person_id, calendar: params.calendar });
  return ownCalendars(context);
}

export async function removeCalendar(context: Context, { params }: InputOf<typeof contract.removeCalendar>): Promise<null> {
  const of = own(context, contract.removeCalendar, params.person);
  const removed = await context.tx
    .deleteFrom('calendar_link')
    .where('centre_id', '=', of.centre_id)
    .where('person_id', '=', of.person_id)
    .where('id', '=', params.calendar)
    .returning('id')
    .executeTakeFirst();
  if (removed === undefined) throw problem('not_found');
  await context.audit('calendar.left', of.person_id);
  return null;
}

export async function renewCalendarFeed(context: Context, { params }: InputOf<typeof contract.renewCalendarFeed>): Promise<OutputOf<typeof contract.renewCalendarFeed>> {
  const of = own(context, contract.renewCalendarFeed, params.person);
  const token = randomBytes(32).toString('base64url');
  const facts = { token_hash: tokenHash(token), made_at: context.now.toISOString() };
  await context.tx
    .insertInto('calendar_feed')
    .values({ ...of, ...facts })
    .onConflict((clash) => clash.columns(['centre_id', 'person_id']).doUpdateSet(facts))
    .execute();
  await context.audit('calendar_feed.renewed', of.person_id);
  return { address: context.address(`/api/calendar-feed/${token}.ics`) };
}

export async function endCalendarFeed(context: Context, { params }: InputOf<typeof contract.endCalendarFeed>): Promise<null> {
  const of = own(context, contract.endCalendarFeed, params.person);
  await context.tx.deleteFrom('calendar_feed').where('centre_id', '=', of.centre_id).where('person_id', '=', of.person_id).execute();
  await context.audit('calendar_feed.ended', of.person_id);
  return null;
}
