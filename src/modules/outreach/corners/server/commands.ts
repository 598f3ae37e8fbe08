import { sql } from 'kysely';
import { rangeOf, shiftDay } from '../../../../kit/calendar-day.ts';
import { codeFrom, writtenCode } from '../../../../kit/code.ts';
import { type Endpoint, type ErrorOf, type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { momentInWords } from '../../../../kit/moment.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { holidayOn } from '../../../../platform/calendar/holidays.ts';
import { writeIcs } from '../../../../platform/calendar/ics.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { uidOf } from '../../meetings/server/public.ts';
import * as contract from '../contract.ts';
import { codeLength, cornerDays, seatTime, tokenLength, topics } from '../rules.ts';
import { cornerLetters } from '../words.ts';
import { codeHash, cornerById, tokenHash } from './queries.ts';

type Changes = InputOf<typeof contract.writeCorner>['body'];
type Writing = typeof contract.addCorner | typeof contract.writeCorner | typeof contract.giveCornerDay;

const columns = (body: Changes) => ({
  consultant_id: body.consultant,
  place: body.place,
  every: body.every,
  weekday: body.weekday,
  during: body.from === null ? null : rangeOf({ from: body.from, to: body.to }),
  days: [...body.days].sort(),
  starts: body.starts,
  ends: body.ends,
  seat_minutes: body.seatMinutes,
});

const isHoliday = (day: string) => holidayOn(day) !== null;

/** The days of a corner from a day on; one that was named and is a public holiday is refused, for whoever named it meant it. */
function daysOf<E extends typeof contract.addCorner | typeof contract.writeCorner>(endpoint: E, body: Changes, since: string): string[] {
  const holidays = body.days.filter(isHoliday);
  if (holidays.length > 0) throw refuse(endpoint, 'corner_holiday' as ErrorOf<E>, { fields: [{ path: 'days', code: 'corner_holiday' }], about: { days: holidays } });
  const days = cornerDays(body, since, isHoliday);
  if (days.length === 0) throw refuse(endpoint, 'corner_without_days' as ErrorOf<E>);
  return days;
}

/** The school that somebody works for as a consultant today; a corner belongs to one. */
async function schoolOf(context: Context, person: string): Promise<string | null> {
  const found = await sql<{ school_id: string }>`
    select school_id from vn.membership where centre_id = ${centreOf(context)} and person_id = ${person} and role = 'consultant' and school_id is not null and during @> ${context.today}::date
     order by school_id = ${context.actor.schoolId} desc nulls last, school_id limit 1`.execute(context.tx);
  return found.rows[0]?.school_id ?? null;
}

const notOfSchool = <E extends Writing>(endpoint: E, path: string) => refuse(endpoint, 'not_of_school' as ErrorOf<E>, { fields: [{ path, code: 'not_of_school' }] });

/** Refuses, with the days, where somebody is away, at a meeting, on a turn or at another corner. */
async function mustBeFree<E extends Endpoint>(
  context: Context,
  endpoint: E,
  person: string,
  days: readonly string[],
  { starts, ends }: { starts: string; ends: string },
  corner: string | null,
): Promise<void> {
  if (days.length === 0) return;
  const found = await sql<{ day: string }>`select day::text from vn.corner_hindered(${person}, ${sql.val(days)}::date[], ${starts}::time, ${ends}::time, ${corner})`.execute(context.tx);
  if (found.rows.length > 0) throw refuse(endpoint, 'corner_hindered' as ErrorOf<E>, { about: { days: found.rows.map(({ day }) => day) } });
}

/** Another corner or day took the time in the same moment. */
async function inOnePlace<E extends Endpoint, T>(endpoint: E, day: string | null, write: () => Promise<T>): Promise<T> {
  return write().catch((error: unknown) => {
    throw violates(error, 'corner_one_place') ? refuse(endpoint, 'corner_hindered' as ErrorOf<E>, { about: { days: day === null ? [] : [day] } }) : error;
  });
}

/** Puts the days down; one that stands already is moved and given to whoever should have it. */
async function putDays<E extends Endpoint>(context: Context, endpoint: E, corner: string, days: readonly string[], person: string): Promise<void> {
  if (days.length === 0) return;
  await inOnePlace(endpoint, null, () =>
    sql`
    insert into vn.corner_day (centre_id, corner_id, day, person_id, during)
      select c.centre_id, c.id, d, ${person}, tstzrange((d + c.starts) at time zone n.tz, (d + c.ends) at time zone n.tz)
        from vn.corner c join vn.centre n on n.id = c.centre_id cross join unnest(${sql.val(days)}::date[]) d where c.centre_id = ${centreOf(context)} and c.id = ${corner}
    on conflict (centre_id, corner_id, day) do update set person_id = excluded.person_id, during = excluded.during, version = vn.corner_day.version + 1
      where (vn.corner_day.person_id, vn.corner_day.during) is distinct from (excluded.person_id, excluded.during)`.execute(context.tx),
  );
}

export async function addCorner(context: Context, { body }: InputOf<typeof contract.addCorner>): Promise<contract.CornerPage> {
  const { company, ...facts } = body;
  const centre = centreOf(context);
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centre).where('company_id', '=', company).executeTakeFirst();
  if (known === undefined) throw refuse(contract.addCorner, 'company_unknown', { fields: [{ path: 'company', code: 'company_unknown' }] });
  const school = await schoolOf(context, facts.consultant);
  if (school === null || (!context.actor.roles.includes('coordinator') && school !== context.actor.schoolId)) throw notOfSchool(contract.addCorner, 'consultant');
  const days = daysOf(contract.addCorner, facts, context.today);
  await mustBeFree(context, contract.addCorner, facts.consultant, days, facts, null);
  const id = context.newId();
  await context.tx
    .insertInto('corner')
    .values({ centre_id: centre, id, company_id: company, school_id: school, ...columns(facts) })
    .execute();
  await putDays(context, contract.addCorner, id, days, facts.consultant);
  await sql`select vn.tell_corner(${context.newId()}, ${id})`.execute(context.tx);
  await context.audit('corner.added', id);
  return cornerById(context, id);
}

export async function writeCorner(context: Context, { params, body }: InputOf<typeof contract.writeCorner>): Promise<contract.CornerPage> {
  const before = await cornerById(context, params.corner);
  if (before.endedOn !== null) throw refuse(contract.writeCorner, 'corner_ended');
  const centre = centreOf(context);
  const belongs = await sql`
    select from vn.membership where centre_id = ${centre} and person_id = ${body.consultant} and role = 'consultant' and school_id = ${before.school.id} and during @> ${context.today}::date`.execute(
    context.tx,
  );
  if (belongs.rows.length === 0) throw notOfSchool(contract.writeCorner, 'consultant');
  const days = daysOf(contract.writeCorner, body, shiftDay(context.today, 1));
  // First the corner, so that nobody takes a seat of the old kind from here on.
  const written = await context.tx
    .updateTable('corner')
    .set({ ...columns(body), version: context.version + 1 })
    .where('centre_id', '=', centre)
    .where('id', '=', params.corner)
    .where('version', '=', context.version)
    .where('ended_at', 'is', null)
    .returning('version')
    .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: await cornerById(context, params.corner) });
  const moved = before.starts !== body.starts || before.ends !== body.ends || before.seatMinutes !== body.seatMinutes;
  const standing = await sql<{ day: string; person: string; taken: boolean; cancelled: boolean }>`
    select d.day::text, d.person_id person, d.cancelled_because is not null cancelled,
           exists (select from vn.corner_seat s where s.centre_id = d.centre_id and s.corner_id = d.corner_id and s.day = d.day) taken
      from vn.corner_day d where d.centre_id = ${centre} and d.corner_id = ${params.corner} and d.day > ${context.today}::date for update of d`.execute(context.tx);
  const live = standing.rows.filter(({ cancelled }) => !cancelled);
  const lost = live.filter(({ day, taken }) => taken && (moved || !days.includes(day)));
  if (lost.length > 0) throw refuse(contract.writeCorner, 'corner_seats_taken', { about: { days: lost.map(({ day }) => day) } });
  const gone = live.filter(({ day }) => !days.includes(day)).map(({ day }) => day);
  await sql`delete from vn.corner_day where centre_id = ${centre} and corner_id = ${params.corner} and day = any (${sql.val(gone)}::date[])`.execute(context.tx);
  const cancelled = new Set(standing.rows.filter((row) => row.cancelled).map(({ day }) => day));
  const covering = new Map(live.filter(({ person }) => person !== before.consultant.id).map(({ day, person }) => [day, person]));
  const wanted = days.filter((day) => !cancelled.has(day));
  for (const person of new Set([body.consultant as string, ...covering.values()])) {
    const own = wanted.filter((day) => (covering.get(day) ?? body.consultant) === person);
    // What stands as it stood is not asked about: a gap may have come since, and is shown.
    const fresh = own.filter((day) => moved || !live.some((row) => row.day === day && row.person === person));
    await mustBeFree(context, contract.writeCorner, person, fresh, body, params.corner);
    await putDays(context, contract.writeCorner, params.corner, own, person);
  }
  await context.audit('corner.written', params.corner);
  return cornerById(context, params.corner);
}

export async function endCorner(context: Context, { params }: InputOf<typeof contract.endCorner>): Promise<null> {
  const corner = await cornerById(context, params.corner);
  if (corner.endedOn !== null) return null;
  const centre = centreOf(context);
  await context.tx
    .updateTable('corner')
    .set({ ended_at: context.now.toISOString(), version: corner.version + 1 })
    .where('centre_id', '=', centre)
    .where('id', '=', params.corner)
    .execute();
  await sql`delete from vn.corner_day where centre_id = ${centre} and corner_id = ${params.corner} and lower(during) > ${context.now.toISOString()}::timestamptz`.execute(context.tx);
  await context.audit('corner.ended', params.corner);
  return null;
}

const randomCode = (length: number) => codeFrom(crypto.getRandomValues(new Uint8Array(length)));

export async function renewCornerAddress(context: Context, { params }: InputOf<typeof contract.renewCornerAddress>): Promise<OutputOf<typeof contract.renewCornerAddress>> {
  const corner = await cornerById(context, params.corner);
  if (corner.endedOn !== null) throw refuse(contract.renewCornerAddress, 'corner_ended');
  const token = randomCode(tokenLength);
  await context.tx
    .updateTable('corner')
    .set({ token_hash: tokenHash(context, token) })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.corner)
    .execute();
  await context.audit('corner.address_made', params.corner);
  return { link: context.address(`/corner#${writtenCode(token)}`), poster: context.address(`/corner-poster#${writtenCode(token)}`) };
}

/** A day that can still be changed, locked. */
async function dayAhead<E extends typeof contract.giveCornerDay | typeof contract.cancelCornerDay>(context: Context, endpoint: E, { corner, day }: { corner: string; day: string }) {
  const page = await cornerById(context, corner);
  const found = await sql<{ person: string; version: number; passed: boolean; cancelled: boolean }>`
    select person_id person, version, upper(during) <= ${context.now.toISOString()}::timestamptz passed, cancelled_because is not null cancelled
      from vn.corner_day where centre_id = ${centreOf(context)} and corner_id = ${corner} and day = ${day}::date for update`.execute(context.tx);
  const it = found.rows[0];
  if (it === undefined) throw problem('not_found');
  if (it.passed) throw refuse(endpoint, 'corner_day_over' as ErrorOf<E>);
  if (it.version !== context.version) throw problem('version_conflict', { current: page });
  return { page, ...it };
}

export async function giveCornerDay(context: Context, { params, body }: InputOf<typeof contract.giveCornerDay>): Promise<contract.CornerPage> {
  const { page, person, cancelled } = await dayAhead(context, contract.giveCornerDay, params);
  const belongs = await sql`
    select from vn.membership where centre_id = ${centreOf(context)} and person_id = ${body.person} and role = 'consultant' and school_id = ${page.school.id} and during @> ${params.day}::date`.execute(
    context.tx,
  );
  if (belongs.rows.length === 0) throw notOfSchool(contract.giveCornerDay, 'person');
  if (!cancelled) await mustBeFree(context, contract.giveCornerDay, body.person, [params.day], page, params.corner);
  await inOnePlace(contract.giveCornerDay, params.day, () =>
    sql`update vn.corner_day set person_id = ${body.person}, version = version + 1 where centre_id = ${centreOf(context)} and corner_id = ${params.corner} and day = ${params.day}::date`.execute(
      context.tx,
    ),
  );
  if (person !== body.person) {
    if (body.person !== context.actor.personId) await tellDay(context, page, params.day, body.person, 'comes');
    if (person !== context.actor.personId) await tellDay(context, page, params.day, person, 'stays');
  }
  await context.audit('corner.day_given', params.corner, { day: params.day, person: body.person });
  return cornerById(context, params.corner);
}

/** Tells a consultant who comes, or need not come any more, with a calendar file. */
async function tellDay(context: Context, corner: contract.Corner, day: string, person: string, what: 'comes' | 'stays'): Promise<void> {
  const found = await sql<{ id: string; starts: string; ends: string; centre: string; key: string; email: string; name: string; language: Language; version: number }>`
    select d.id, lower(d.during) starts, upper(d.during) ends, n.name centre, n.key, p.email, p.name, p.language, d.version
      from vn.corner_day d join vn.centre n on n.id = d.centre_id join vn.people() p on p.id = ${person}
     where d.centre_id = ${centreOf(context)} and d.corner_id = ${corner.id} and d.day = ${day}::date`.execute(context.tx);
  const it = found.rows[0];
  if (it === undefined) return;
  const w = inLanguage(cornerLetters, it.language);
  const [start, end] = [new Date(it.starts), new Date(it.ends)];
  const when = momentInWords(it.language, context.actor.zone, it.starts);
  const host = new URL(context.address('/')).hostname;
  const subject = what === 'comes' ? w.subject(corner.company.name) : w.goneSubject(corner.company.name);
  await context.post({
    to: it.email,
    subject,
    text: [
      w.hello(it.name),
      what === 'comes' ? w.yours(corner.company.name, when, corner.place) : w.gone(corner.company.name, when),
      context.address(`/corners/${corner.id}`),
      w.regards(it.centre),
    ].join('\n\n'),
    calendar: writeIcs({
      method: what === 'comes' ? 'REQUEST' : 'CANCEL',
      uid: uidOf(it.id, context.address('/')),
      sequence: it.version,
      stamp: context.now,
      start,
      end,
      summary: subject,
      location: corner.place,
      description: '',
      organiser: { name: it.centre, email: `${it.key}@${host}` },
      attendees: [{ name: it.name, email: it.email }],
    }),
  });
}

export async function cancelCornerDay(context: Context, { params, body }: InputOf<typeof contract.cancelCornerDay>): Promise<contract.CornerPage> {
  const { page, person } = await dayAhead(context, contract.cancelCornerDay, params);
  if (body.because === null) await mustBeFree(context, contract.cancelCornerDay, person, [params.day], page, params.corner);
  await inOnePlace(contract.cancelCornerDay, params.day, () =>
    sql`
    update vn.corner_day set cancelled_because = ${body.because}, version = version + 1 where centre_id = ${centreOf(context)} and corner_id = ${params.corner} and day = ${params.day}::date`.execute(
      context.tx,
    ),
  );
  await context.audit(body.because === null ? 'corner.day_restored' : 'corner.day_cancelled', params.corner, { day: params.day });
  return cornerById(context, params.corner);
}

export async function countCornerDay(context: Context, { params, body }: InputOf<typeof contract.countCornerDay>): Promise<contract.CornerPage> {
  const page = await cornerById(context, params.corner);
  const centre = centreOf(context);
  const of = { centre_id: centre, corner_id: params.corner, day: params.day };
  const found = await sql<{ person: string; version: number; ahead: boolean }>`
    select person_id person, version, lower(during) > ${context.now.toISOString()}::timestamptz ahead
      from vn.corner_day where centre_id = ${centre} and corner_id = ${params.corner} and day = ${params.day}::date and cancelled_because is null for update`.execute(context.tx);
  const it = found.rows[0];
  if (it === undefined) throw problem('not_found');
  if (it.person !== context.actor.personId) throw refuse(contract.countCornerDay, 'corner_day_not_yours');
  if (it.ahead) throw refuse(contract.countCornerDay, 'corner_day_ahead');
  if (it.version !== context.version) throw problem('version_conflict', { current: page });
  await sql`update vn.corner_day set dropped_in = ${body.droppedIn}, booked = ${body.booked}, version = version + 1 where centre_id = ${centre} and corner_id = ${params.corner} and day = ${params.day}::date`.execute(
    context.tx,
  );
  await context.tx.deleteFrom('corner_topic').where('centre_id', '=', centre).where('corner_id', '=', params.corner).where('day', '=', params.day).execute();
  const asked = topics.filter((topic) => body.topics[topic] > 0).map((topic) => ({ ...of, topic, count: body.topics[topic], person_id: personOf(context) }));
  if (asked.length > 0) await context.tx.insertInto('corner_topic').values(asked).execute();
  await context.audit('corner.counted', params.corner, { day: params.day });
  return cornerById(context, params.corner);
}

export async function takeSeat(context: Context, { body }: InputOf<typeof contract.takeSeat>): Promise<OutputOf<typeof contract.takeSeat>> {
  const code = randomCode(codeLength);
  const token = tokenHash(context, body.token);
  const taken = await sql<{ result: string }>`select vn.take_corner_seat(${token}, ${body.day}::date, ${body.seat}, ${codeHash(context, code)}) result`.execute(context.tx);
  if (taken.rows[0]?.result === 'taken') throw refuse(contract.takeSeat, 'seat_taken');
  const found = await sql<{ starts: string; seat_minutes: number }>`select starts, seat_minutes from vn.read_corner_seat(${token}, ${codeHash(context, code)})`.execute(context.tx);
  const it = found.rows[0];
  if (taken.rows[0]?.result !== 'done' || it === undefined) throw refuse(contract.takeSeat, 'corner_gone');
  return { day: body.day, ...seatTime(it.starts, it.seat_minutes, body.seat), code: writtenCode(code) };
}

export async function leaveSeat(context: Context, { body }: InputOf<typeof contract.leaveSeat>): Promise<null> {
  const left = await sql<{ ok: boolean }>`select vn.leave_corner_seat(${tokenHash(context, body.token)}, ${codeHash(context, body.code)}) ok`.execute(context.tx);
  if (left.rows[0]?.ok !== true) throw refuse(contract.leaveSeat, 'seat_unknown');
  return null;
}
