import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { instantOf } from '../../../../kit/local-time.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Account, entriesOf, type FoundCalendar, findCalendars, markOf, removeEntryFrom, writeEntryTo } from '../../../../platform/calendar/caldav.ts';
import { CalendarFault, type CalendarFaultCode, calendarFault } from '../../../../platform/calendar/faults.ts';
import { type Busy, writeEntry } from '../../../../platform/calendar/ics.ts';
import { readApart } from '../../../../platform/calendar/read-apart.ts';
import { fetchCalendar } from '../../../../platform/calendar/subscription.ts';
import { type Actor, inTransaction, type Tx, visitor } from '../../../../platform/db/transaction.ts';
import { type Context, working } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import type { JobKind, JobRoom } from '../../../../platform/jobs/jobs.ts';
import { unseal } from '../../../../platform/sealed.ts';
import { uidOf } from '../../meetings/server/public.ts';
import { graceHours, horizonDays, nextRead, reachesFar } from '../rules.ts';
import { ownCalendarsWords } from '../words.ts';
import { entryOf, type OwnMeeting } from './queries.ts';

/** What a sealed secret belongs to: it opens for no other link. */
export const sealedFor = ({ centre_id, person_id, id }: { centre_id: string; person_id: string; id: string }): string => `calendar ${centre_id} ${person_id} ${id}`;

interface Link {
  centre_id: string;
  person_id: string;
  id: string;
  kind: 'address' | 'account';
  user_name: string | null;
  sealed: Buffer;
  version: number;
  look_again: boolean;
}
interface Part {
  id: string;
  url: string | null;
  busy: boolean;
  writes: boolean;
  mark: string | null;
  changed: string | null;
  until: string | null;
}
interface Before {
  link: Link;
  parts: Part[];
  copies: { part_id: string; meeting_id: string; url: string; version: number; writes: boolean }[];
  meetings: OwnMeeting[];
  /** Numbers of the turns of the own rotas and of the days of the own school’s corners. */
  turns: string[];
  language: Language;
  today: string;
  now: Date;
  zone: string;
}
/** What a turn brought; kept also where it ended in a fault. */
interface Found {
  calendars: FoundCalendar[] | null;
  read: { part: string; mark: string | null; changed: string | null; until: string; busy: Busy[] }[];
  written: { part: string; meeting: string; url: string; version: number }[];
  removed: { part: string; meeting: string }[];
  tellsChanges: boolean;
  fault: CalendarFaultCode | null;
}

const inTurn = (room: JobRoom, owner: Actor, tx: Tx) => working(room, owner, room.clock.now(), tx);

/** Everything a turn needs, before anybody outside is asked: no transaction waits for another server. */
async function before(context: Pick<Context, 'tx' | 'actor' | 'today' | 'now'>, id: string): Promise<Before | null> {
  const { tx, actor, today, now } = context;
  const link = await tx
    .selectFrom('calendar_link')
    .select(['centre_id', 'person_id', 'id', 'kind', 'user_name', 'sealed', 'version', 'look_again'])
    .where('centre_id', '=', actor.centreId ?? '')
    .where('person_id', '=', actor.personId ?? '')
    .where('id', '=', id)
    .executeTakeFirst();
  if (link === undefined) return null;
  const parts = await tx
    .selectFrom('calendar_part')
    .select(['id', 'url', 'busy', 'writes', 'mark', 'changed', 'until'])
    .where('centre_id', '=', link.centre_id)
    .where('person_id', '=', link.person_id)
    .where('link_id', '=', id)
    .orderBy('id')
    .execute();
  const copies = await tx
    .selectFrom('calendar_copy')
    .select(['part_id', 'meeting_id', 'url', 'version'])
    .where('centre_id', '=', link.centre_id)
    .where('person_id', '=', link.person_id)
    .where('link_id', '=', id)
    .execute();
  const meetings = await sql<OwnMeeting>`select * from vn.my_meetings(${new Date(now.getTime() - 90 * 86_400_000).toISOString()})`.execute(tx);
  // Every one, also those that others have by now: an invitation that was accepted stays in the calendar when a turn or a day is given on.
  const turns = await sql<{ id: string }>`
    select t.id from vn.rota_turn t join vn.rota_person p on p.centre_id = t.centre_id and p.rota_id = t.rota_id
     where p.centre_id = ${link.centre_id} and p.person_id = ${link.person_id} and t.day > ${today}::date - 90
    union all select d.id from vn.corner_day d where d.centre_id = ${link.centre_id} and d.day > ${today}::date - 90`.execute(tx);
  const me = await sql<{ language: Language }>`select language from vn.myself()`.execute(tx);
  return {
    link: link as Link,
    parts,
    copies: copies.map((copy) => ({ ...copy, writes: parts.some(({ id: part, writes }) => part === copy.part_id && writes) })),
    meetings: meetings.rows,
    turns: turns.rows.map((each) => each.id),
    language: me.rows[0]?.language ?? 'da',
    today,
    now,
    zone: actor.zone,
  };
}

async function busyOf(it: Before, text: string, answers: 'file' | 'multistatus'): Promise<Busy[]> {
  const answer = await readApart(
    { text, answer: answers, zone: it.zone, from: it.today, until: shiftDay(it.today, horizonDays), own: [...it.meetings.map(({ id }) => id), ...it.turns] },
    answers === 'file' ? 5_000 : 10_000,
  );
  if ('refused' in answer) throw new CalendarFault(answer.refused);
  return answer.busy;
}

/** A part is read whole when what was read reaches too short a time ahead, or when its owner asks. */
const enough = ({ today, link }: Before, part: Part) => !link.look_again && reachesFar(part.until, shiftDay(today, horizonDays - 60));

async function readAddressOf(room: JobRoom, it: Before, address: string, found: Found): Promise<void> {
  for (const part of it.parts.filter(({ busy }) => busy)) {
    const answer = await fetchCalendar(room.outside, address, enough(it, part) ? part : null);
    if (answer === null) {
      found.tellsChanges = true;
      continue;
    }
    const busy = await busyOf(it, answer.text, 'file');
    found.tellsChanges = answer.mark !== null || answer.changed !== null;
    found.read.push({ part: part.id, mark: answer.mark, changed: answer.changed, until: shiftDay(it.today, horizonDays), busy });
  }
}

/** Vejnet's meetings in the chosen calendar: new and changed ones are written, cancelled ones and those in a calendar that is no longer chosen are taken away, past ones are left. */
async function writeMeetings(room: JobRoom, it: Before, account: Account, found: Found): Promise<void> {
  const home = room.url.href;
  const coming = it.meetings.filter(({ state, ends }) => state !== 'cancelled' && new Date(ends) > it.now);
  const over = new Set(it.meetings.filter(({ state, ends }) => state !== 'cancelled' && new Date(ends) <= it.now).map(({ id }) => id));
  for (const copy of it.copies) {
    if (copy.writes && coming.some(({ id }) => id === copy.meeting_id)) continue;
    if (!over.has(copy.meeting_id)) await removeEntryFrom(room.outside, account, copy.url);
    found.removed.push({ part: copy.part_id, meeting: copy.meeting_id });
  }
  for (const part of it.parts.filter(({ writes }) => writes))
    for (const meeting of coming) {
      const copy = it.copies.find(({ part_id, meeting_id }) => part_id === part.id && meeting_id === meeting.id);
      if (copy?.version === meeting.version || part.url === null) continue;
      const text = writeEntry(entryOf(meeting, it.language, it.now, home));
      const url = await writeEntryTo(room.outside, account, part.url, uidOf(meeting.id, home), text, copy?.url ?? null);
      found.written.push({ part: part.id, meeting: meeting.id, url, version: meeting.version });
    }
}

async function readAccount(room: JobRoom, it: Before, account: Account, found: Found): Promise<void> {
  if (it.link.look_again) found.calendars = await findCalendars(room.outside, account);
  let first: CalendarFault | null = null;
  // One calendar that is gone or may not be written keeps the others from nothing.
  const step = (work: Promise<void>) =>
    work.catch((error: unknown) => {
      first ??= calendarFault(error, 'calendar_garbled');
    });
  await step(writeMeetings(room, it, account, found));
  let silent = 0;
  for (const part of it.parts)
    if (part.busy && part.url !== null) {
      const { url } = part;
      const read = async () => {
        // Asked before the entries: what changes in between is read at the next turn.
        const mark = await markOf(room.outside, account, url);
        if (mark === null) silent += 1;
        if (mark !== null && mark === part.mark && enough(it, part)) return;
        const from = new Date(instantOf(it.zone, it.today, '00:00'));
        const to = new Date(instantOf(it.zone, shiftDay(it.today, horizonDays + 1), '00:00'));
        const busy = await busyOf(it, await entriesOf(room.outside, account, url, from, to), 'multistatus');
        found.read.push({ part: part.id, mark, changed: null, until: shiftDay(it.today, horizonDays), busy });
      };
      await step(read());
    }
  found.tellsChanges = silent === 0;
  if (first !== null) throw first;
}

async function ask(room: JobRoom, it: Before): Promise<Found> {
  const found: Found = { calendars: null, read: [], written: [], removed: [], tellsChanges: false, fault: null };
  try {
    const opened = unseal(room.keyedHash, it.link.sealed, sealedFor(it.link));
    if (opened === null) throw new CalendarFault('calendar_locked');
    const { address, password } = JSON.parse(opened) as { address: string; password?: string };
    if (it.link.kind === 'address') await readAddressOf(room, it, address, found);
    else await readAccount(room, it, { server: address, user: it.link.user_name ?? '', password: password ?? '' }, found);
  } catch (error) {
    found.fault = calendarFault(error, 'calendar_garbled').code;
  }
  return found;
}

async function keepCalendars(context: Pick<Context, 'tx' | 'newId'>, { link, parts }: Before, calendars: readonly FoundCalendar[]): Promise<void> {
  const of = { centre_id: link.centre_id, person_id: link.person_id, link_id: link.id };
  const { tx } = context;
  for (const { url, name } of calendars) {
    const known = parts.find((part) => part.url === url);
    if (known === undefined)
      await tx
        .insertInto('calendar_part')
        .values({ ...of, id: context.newId(), url, name, busy: false })
        .execute();
    else
      await tx
        .updateTable('calendar_part')
        .set({ name })
        .where('centre_id', '=', of.centre_id)
        .where('person_id', '=', of.person_id)
        .where('link_id', '=', of.link_id)
        .where('id', '=', known.id)
        .execute();
  }
  // One that was chosen and is gone stays, and is said to be gone.
  const gone = parts.filter(({ url, busy, writes }) => !busy && !writes && !calendars.some((each) => each.url === url)).map(({ id }) => id);
  if (gone.length > 0)
    await tx.deleteFrom('calendar_part').where('centre_id', '=', of.centre_id).where('person_id', '=', of.person_id).where('link_id', '=', of.link_id).where('id', 'in', gone).execute();
}

async function warn(context: Pick<Context, 'tx' | 'post' | 'address'>, host: string): Promise<void> {
  const me = (await sql<{ name: string; email: string; language: Language }>`select name, email, language from vn.myself()`.execute(context.tx)).rows[0];
  if (me === undefined) return;
  const w = inLanguage(ownCalendarsWords, me.language).letter;
  await context.post({ to: me.email, subject: w.subject, text: [w.hello(me.name), w.broken(host, graceHours), w.mend(context.address('/my-time'))].join('\n\n') });
}

/** What a turn brought, in one transaction; nothing where the link was removed or changed meanwhile: then it is read again. */
async function keep(context: Pick<Context, 'tx' | 'now' | 'newId' | 'post' | 'address'>, it: Before, found: Found): Promise<void> {
  const { tx, now } = context;
  const { centre_id, person_id, id } = it.link;
  const there = await tx
    .selectFrom('calendar_link')
    .select(['version', 'host', 'failures', 'failing_since', 'warned_at'])
    .where('centre_id', '=', centre_id)
    .where('person_id', '=', person_id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (there === undefined || there.version !== it.link.version) return;
  if (found.calendars !== null) await keepCalendars(context, it, found.calendars);
  const part = (of: string) => ({ centre_id, person_id, link_id: id, part_id: of });
  for (const { part: of, mark, changed, until, busy } of found.read) {
    await tx.deleteFrom('calendar_part_busy').where('centre_id', '=', centre_id).where('person_id', '=', person_id).where('link_id', '=', id).where('part_id', '=', of).execute();
    // PostgreSQL takes 65,535 values in one statement.
    for (let at = 0; at < busy.length; at += 5000)
      await tx
        .insertInto('calendar_part_busy')
        .values(busy.slice(at, at + 5000).map(({ start, end }) => ({ ...part(of), during: `[${start.toISOString()},${end.toISOString()})` })))
        .execute();
    await tx.updateTable('calendar_part').set({ mark, changed, until }).where('centre_id', '=', centre_id).where('person_id', '=', person_id).where('link_id', '=', id).where('id', '=', of).execute();
  }
  for (const { part: of, meeting } of found.removed)
    await tx
      .deleteFrom('calendar_copy')
      .where('centre_id', '=', centre_id)
      .where('person_id', '=', person_id)
      .where('link_id', '=', id)
      .where('part_id', '=', of)
      .where('meeting_id', '=', meeting)
      .execute();
  for (const { part: of, meeting, url, version } of found.written)
    await tx
      .insertInto('calendar_copy')
      .values({ ...part(of), meeting_id: meeting, url, version })
      .onConflict((clash) => clash.columns(['centre_id', 'person_id', 'link_id', 'part_id', 'meeting_id']).doUpdateSet({ url, version }))
      .execute();
  const failures = found.fault === null ? 0 : there.failures + 1;
  const since = found.fault === null ? null : (there.failing_since ?? now.toISOString());
  const broken = since !== null && now.getTime() - new Date(since).getTime() >= graceHours * 3_600_000;
  const tell = broken && there.warned_at === null;
  if (tell) await warn(context, there.host);
  await tx
    .updateTable('calendar_link')
    .set({
      failures,
      failing_since: since,
      problem: found.fault,
      warned_at: since === null ? null : tell ? now.toISOString() : there.warned_at,
      due_at: new Date(now.getTime() + nextRead(failures, found.tellsChanges) * 1000).toISOString(),
      ...(found.fault === null ? { read_at: now.toISOString(), look_again: false } : {}),
    })
    .where('centre_id', '=', centre_id)
    .where('person_id', '=', person_id)
    .where('id', '=', id)
    .execute();
}

/** One calendar's turn, as its owner: the row policies that hide it from everybody else hold here too. */
async function turn(room: JobRoom, owner: Actor, calendar: string): Promise<void> {
  const it = await inTransaction(room.db, owner, room.clock.now(), true, (tx) => before(inTurn(room, owner, tx), calendar));
  if (it === null) return;
  const found = await ask(room, it);
  await inTransaction(room.db, owner, room.clock.now(), false, (tx) => keep(inTurn(room, owner, tx), it, found));
}

const ownerOf = (centreId: string, zone: string, personId: string, schoolId: string | null): Actor => ({ ...visitor, audience: 'staff', centreId, zone, personId, schoolId, roles: ['consultant'] });
const house = (centreId: string, zone: string): Actor => ({ ...visitor, audience: 'staff', centreId, zone, asCoordinator: true, roles: ['coordinator'] });
const centresOf = ({ db, clock }: JobRoom) => inTransaction(db, visitor, clock.now(), true, (tx) => tx.selectFrom('centre').select(['id', 'tz']).orderBy('id').execute());

/** One calendar at once: its owner waits at the screen. */
export const readCalendar: JobKind<{ centre: string; person: string; calendar: string }> = {
  name: 'calendars.read-one',
  retries: 2,
  async run(room, { centre, person, calendar }) {
    const here = (await centresOf(room)).find(({ id }) => id === centre);
    if (here === undefined) return;
    const asked = ownerOf(centre, here.tz, person, null);
    const consultant = await inTransaction(room.db, asked, room.clock.now(), true, (tx) =>
      sql<{ school_id: string | null }>`select m.school_id from vn.membership m where m.centre_id = ${centre} and m.person_id = ${person} and m.role = 'consultant'
        and m.during @> (ctx.now() at time zone ${here.tz})::date order by m.school_id nulls last limit 1`.execute(tx),
    );
    const [row] = consultant.rows;
    if (row !== undefined) await turn(room, ownerOf(centre, here.tz, person, row.school_id), calendar);
  },
};

/** So many calendars are asked at a time; dead ones wait in their lanes for their time to be up, and come last. */
const lanes = 16;

/** Every calendar that is due, in all centres; one that fails stops no other. */
export const readDueCalendars: JobKind = {
  name: 'calendars.read-due',
  retries: 0,
  everyMinute: true,
  async run(room) {
    const turns: { failures: number; run(): Promise<void> }[] = [];
    for (const { id, tz } of await centresOf(room)) {
      const due = await inTransaction(room.db, house(id, tz), room.clock.now(), false, (tx) =>
        sql<{ person_id: string; school_id: string | null; id: string; failures: number }>`select * from vn.take_due_calendars()`.execute(tx),
      );
      for (const row of due.rows) turns.push({ failures: row.failures, run: () => turn(room, ownerOf(id, tz, row.person_id, row.school_id), row.id) });
    }
    const faults: unknown[] = [];
    // Those that answered last time first: dead ones of one centre hold up nobody in another.
    const queue = turns.sort((a, b) => a.failures - b.failures).values();
    const lane = async () => {
      for (const one of queue) await one.run().catch((error: unknown) => faults.push(error));
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    if (faults.length > 0) throw faults[0];
  },
};

/** Whoever is no consultant any more leaves no password behind. */
export const chores: readonly Chore[] = [
  {
    name: 'calendars.forget',
    async run({ tx }) {
      await sql`select vn.forget_calendars()`.execute(tx);
    },
  },
];
