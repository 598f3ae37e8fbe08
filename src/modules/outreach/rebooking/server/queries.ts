import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import { movingSpan, slotsToMoveTo } from '../../meetings/server/public.ts';
import type { LinkedMeeting, listTimesToMoveTo } from '../contract.ts';
import * as contract from '../contract.ts';

/** What the server knows of a linked meeting beyond what it shows. */
interface Keys {
  centre: string;
  meeting: string;
  company: string;
  language: string;
  lead: string;
}

/** @throws meeting_link_gone, which the endpoint declares */
export async function linked<E extends Endpoint>({ tx }: Context, endpoint: E, token: string): Promise<{ shown: LinkedMeeting; keys: Keys }> {
  const found = await sql<{ meeting: (LinkedMeeting & { keys: Keys }) | null }>`select vn.open_meeting_link(${tokenHash(token)}) meeting`.execute(tx);
  const meeting = found.rows[0]?.meeting ?? null;
  if (meeting === null) throw refuse(endpoint, 'meeting_link_gone' as ErrorOf<E>);
  const { keys, ...shown } = meeting;
  // JSON of the database writes moments with its own zone.
  const moment = (at: string) => new Date(at).toISOString();
  return { keys, shown: { ...shown, start: moment(shown.start), end: moment(shown.end), askedAt: shown.askedAt === null ? null : moment(shown.askedAt) } };
}

export const openedMeeting = async (context: Context, { body }: InputOf<typeof contract.openMeetingLink>): Promise<LinkedMeeting> =>
  (await linked(context, contract.openMeetingLink, body.token)).shown;

/** What the rule of slots is told for moving the meeting, where it is and now. */
export async function movingOf(context: Context, token: string, { shown, keys }: Awaited<ReturnType<typeof linked>>) {
  // Nobody is signed in, so that the day is the centre's of the meeting, not the visitor's.
  const when = { zone: shown.zone, now: context.now, today: new Intl.DateTimeFormat('sv-SE', { timeZone: shown.zone, dateStyle: 'short' }).format(context.now) };
  const { from, to } = movingSpan(when);
  type Inputs = Parameters<typeof slotsToMoveTo>[0]['inputs'];
  const found = await sql<{ inputs: Inputs | null }>`select vn.link_slot_inputs(${tokenHash(token)}, ${from}::date, ${to}::date) inputs`.execute(context.tx);
  const inputs = found.rows[0]?.inputs ?? null;
  return inputs === null ? null : { inputs, company: keys.company, language: keys.language, lead: keys.lead, when };
}

export async function times(context: Context, { body }: InputOf<typeof listTimesToMoveTo>): Promise<OutputOf<typeof listTimesToMoveTo>> {
  const moving = await movingOf(context, body.token, await linked(context, contract.listTimesToMoveTo, body.token));
  if (moving === null) throw refuse(contract.listTimesToMoveTo, 'meeting_link_gone');
  return slotsToMoveTo(moving, body.week);
}
