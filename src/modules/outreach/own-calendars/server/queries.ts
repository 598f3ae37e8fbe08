import { sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type CalendarEntry, writeFeed } from '../../../../platform/calendar/ics.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import { uidOf } from '../../meetings/server/public.ts';
import type * as contract from '../contract.ts';
import { stateOf } from '../rules.ts';
import { ownCalendarsWords } from '../words.ts';

/** What vn.my_meetings and vn.open_feed tell. */
export interface OwnMeeting {
  id: string;
  starts: string;
  ends: string;
  state: 'booked' | 'done' | 'no_show' | 'cancelled';
  sequence: number;
  version: number;
  place: string;
  company: string;
}

/** A meeting as it stands in a calendar: with whom and where, and the way to the rest. No person's name leaves the house. */
export function entryOf(meeting: OwnMeeting, language: Language, now: Date, home: string, kind: 'meeting' | 'turn' | 'corner' = 'meeting'): CalendarEntry {
  const w = inLanguage(ownCalendarsWords, language);
  return {
    uid: uidOf(meeting.id, home),
    sequence: meeting.sequence,
    stamp: now,
    start: new Date(meeting.starts),
    end: new Date(meeting.ends),
    summary: { meeting: w.entry, turn: w.turn, corner: w.corner }[kind](meeting.company),
    location: meeting.place,
    description: new URL({ meeting: `/meetings/${meeting.id}`, turn: '/rotas', corner: '/corners' }[kind], home).href,
    cancelled: meeting.state === 'cancelled',
  };
}

const at = (time: string | null) => (time === null ? null : new Date(time).toISOString());

export async function ownCalendars(context: Context): Promise<contract.OwnCalendars> {
  const of = [centreOf(context), context.actor.personId ?? ''] as const;
  const { tx, now } = context;
  const links = await sql<{
    id: string;
    kind: contract.CalendarLink['kind'];
    host: string;
    server: string | null;
    user_name: string | null;
    problem: contract.LinkProblem | null;
    failing_since: string | null;
    read_at: string | null;
    version: number;
    times: number;
    calendars: contract.CalendarLink['calendars'];
  }>`
    select l.id, l.kind, l.host, l.server, l.user_name, l.problem, l.failing_since, l.read_at, l.version,
           (select count(*)::int from vn.calendar_part_busy b where b.centre_id = l.centre_id and b.person_id = l.person_id and b.link_id = l.id and upper(b.during) > ${now.toISOString()}::timestamptz) times,
           (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'busy', p.busy, 'writes', p.writes) order by p.name collate "da-x-icu", p.id), '[]')
              from vn.calendar_part p where p.centre_id = l.centre_id and p.person_id = l.person_id and p.link_id = l.id) calendars
      from vn.calendar_link l where l.centre_id = ${of[0]} and l.person_id = ${of[1]} order by l.made_at, l.id`.execute(tx);
  const feed = await tx.selectFrom('calendar_feed').select('made_at').where('centre_id', '=', of[0]).where('person_id', '=', of[1]).executeTakeFirst();
  return {
    links: links.rows.map((row) => ({
      id: row.id as contract.CalendarLink['id'],
      kind: row.kind,
      host: row.host,
      server: row.server,
      user: row.user_name,
      state: stateOf(
        {
          kind: row.kind,
          failingSince: row.failing_since === null ? null : new Date(row.failing_since),
          readAt: row.read_at === null ? null : new Date(row.read_at),
          chosen: row.calendars.some(({ busy, writes }) => busy || writes),
        },
        now,
      ),
      problem: row.problem,
      failingSince: at(row.failing_since),
      readAt: at(row.read_at),
      times: row.times,
      calendars: row.calendars,
      version: row.version,
    })),
    feed: feed === undefined ? null : { since: new Date(feed.made_at).toISOString() },
  };
}

/** Somebody else's calendars do not exist. */
export const readOwn = async (context: Context, { params }: InputOf<typeof contract.readCalendars>): Promise<contract.OwnCalendars> => {
  if (params.person !== context.actor.personId) throw problem('not_found');
  return ownCalendars(context);
};

export async function feed(context: Context, { params }: InputOf<typeof contract.readCalendarFeed>): Promise<OutputOf<typeof contract.readCalendarFeed>> {
  const token = params.token.replace(/\.ics$/i, '');
  const found = await sql<{
    feed: { centre: string; language: Language; meetings: OwnMeeting[]; turns: OwnMeeting[]; corners: OwnMeeting[] } | null;
  }>`select vn.open_feed(${tokenHash(token)}) feed`.execute(context.tx);
  const it = found.rows[0]?.feed ?? null;
  if (it === null) throw problem('not_found');
  context.nameDownload('vejnet.ics');
  const w = inLanguage(ownCalendarsWords, it.language);
  const text = writeFeed(w.feedName(it.centre), [
    ...it.meetings.map((meeting) => entryOf(meeting, it.language, context.now, context.address('/'))),
    ...it.turns.map((turn) => entryOf(turn, it.language, context.now, context.address('/'), 'turn')),
    ...it.corners.map((day) => entryOf(day, it.language, context.now, context.address('/'), 'corner')),
  ]);
  return [text] as unknown as string; // a download's output is the text of the file, piece by piece
}

export async function brokenCalendars({ tx }: Context): Promise<OutputOf<typeof contract.listBrokenCalendars>> {
  type Broken = OutputOf<typeof contract.listBrokenCalendars>[number];
  const found = await sql<{ person_id: string; name: string; school: string | null; since: string }>`select * from vn.broken_calendars()`.execute(tx);
  return found.rows.map(({ person_id, name, school, since }) => ({ personId: person_id as Broken['personId'], name, school, since: new Date(since).toISOString() }));
}
