import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { Problem, problem } from '../../../../kit/problem.ts';
import { mondayOf } from '../../../../kit/week.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { ableFor, briefOf, isAhead, lettersOf, meetingFor, refusedBooking, writeLetters } from '../../meetings/server/public.ts';
import * as contract from '../contract.ts';
import { planWeek } from './jobs.ts';
import { keptPlan, planOf } from './queries.ts';

export async function giveMeeting(context: Context, { params, body }: InputOf<typeof contract.giveMeeting>): Promise<OutputOf<typeof contract.giveMeeting>> {
  const now = await meetingFor(context, contract.giveMeeting, params.meeting);
  if (!isAhead(now, context.now)) throw refuse(contract.giveMeeting, 'meeting_over');
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  const chosen = (await ableFor(context, now)).find(({ consultant }) => consultant.id === body.person);
  if (chosen === undefined || (chosen.hindered !== null && chosen.hindered !== 'full')) throw refuse(contract.giveMeeting, 'consultant_busy');
  const mode = chosen.knowsTrade || chosen.products.length > 0 ? 'expertise' : 'availability';
  const before = await lettersOf(context, params.meeting);
  const given = await sql<{ ok: boolean }>`select vn.give_meeting(${params.meeting}, ${context.newId()}, ${context.newId()}, ${context.version}, ${body.person}, ${mode}, ${body.because}) ok`
    .execute(context.tx)
    .catch((error: unknown) => {
      if ((error as { code?: unknown }).code === 'VN014' || violates(error, 'no_double_booking')) throw refuse(contract.giveMeeting, 'consultant_busy');
      throw refusedBooking(error);
    });
  if (given.rows[0]?.ok !== true) throw problem('version_conflict', { current: await briefOf(context, params.meeting) });
  const letters = await lettersOf(context, params.meeting);
  await writeLetters(context, letters, 'given');
  // Whoever has left the centre is told nothing more of its companies.
  const gone = before.staff.filter(({ email }) => !letters.staff.some((each) => each.email === email));
  if (!now.leaderless) await writeLetters(context, { ...before, sequence: letters.sequence, staff: gone, person: { ...before.person, email: null } }, 'given_on');
  await context.audit('meeting.given', params.meeting, { person: body.person, because: body.because });
  return briefOf(context, params.meeting).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'not_found') return null; // whoever gave it to another school reads it no more
    throw error;
  });
}

/** Choices by hand name meetings and people of this centre; what is another's is never taken for known. @throws invalid, naming the place */
async function knownChoices(context: Context, { pins, excluded }: Pick<InputOf<typeof contract.suggestStaffing>['body'], 'pins' | 'excluded'>): Promise<void> {
  const named = [
    ...pins.map(({ meeting, lead, companion }, at) => ({ path: `pins.${at}`, meeting, people: [lead, companion] })),
    ...excluded.map(({ meeting, person }, at) => ({ path: `excluded.${at}`, meeting, people: [person] })),
  ];
  const ids = named.flatMap(({ meeting, people }) => [meeting, ...people]).filter((each) => each !== null && each !== undefined);
  const known = await sql<{ id: string }>`
    select id from vn.meeting where centre_id = ${centreOf(context)} and id = any (${ids}::uuid[])
    union select person_id from vn.membership where centre_id = ${centreOf(context)} and person_id = any (${ids}::uuid[])`.execute(context.tx);
  const strange = (id: string | null | undefined) => id !== null && id !== undefined && !known.rows.some((each) => each.id === id);
  const stray = named.find(({ meeting, people }) => [meeting, ...people].some(strange));
  if (stray !== undefined) throw problem('invalid', { fields: [{ path: stray.path, code: 'unknown' }] });
}

/** Suggestions older than this are of no use: the week has changed since. */
const keptDays = 7;

export async function suggestStaffing(context: Context, { body }: InputOf<typeof contract.suggestStaffing>): Promise<OutputOf<typeof contract.suggestStaffing>> {
  const week = mondayOf(body.week);
  if (week < mondayOf(context.today)) throw refuse(contract.suggestStaffing, 'week_over');
  const [centre, person] = [centreOf(context), personOf(context)];
  await knownChoices(context, body);
  await sql`delete from vn.staffing_plan where centre_id = ${centre} and made_at < ctx.now() - make_interval(days => ${keptDays})`.execute(context.tx);
  const id = context.newId();
  await sql`
    insert into vn.staffing_plan (centre_id, id, week, scope, chosen, made_by, made_at)
      values (${centre}, ${id}, ${week}::date, ${body.scope}, ${JSON.stringify({ pins: body.pins, excluded: body.excluded })}::jsonb, ${person}, ctx.now())`.execute(context.tx);
  await context.enqueue(planWeek, { centre, person, plan: id });
  return planOf(context, await keptPlan(context, id));
}
