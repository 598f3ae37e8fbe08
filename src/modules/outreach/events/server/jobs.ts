import { sql } from 'kysely';
import { localTime, shiftDay } from '../../../../kit/calendar-day.ts';
import { instantOf } from '../../../../kit/local-time.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { writeIcs } from '../../../../platform/calendar/ics.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { uidOf } from '../../meetings/server/public.ts';
import { type Letter, letterFor } from '../rules.ts';
import { eventsWords } from '../words.ts';
import { placeToken } from './queries.ts';

/** Writes one mail about a place at an event, with a calendar file where it enters a calendar or leaves it. */
async function write(context: Context, party: string, letter: Letter | 'reminder'): Promise<void> {
  const found = await sql<{
    title: string;
    text: string;
    place: string;
    starts: string;
    ends: string;
    because: string | null;
    person: string;
    email: string | null;
    language: Language;
    count: number;
    letters: number;
    centre: string;
    key: string;
  }>`
    select e.title, e.text, e.place, lower(e.during) starts, upper(e.during) ends, e.cancelled_because because, p.person_name person, p.email, p.language, p.count, p.letters, c.name centre, c.key
      from vn.event_party p join vn.event e on e.centre_id = p.centre_id and e.id = p.event_id join vn.centre c on c.id = p.centre_id where p.centre_id = ${centreOf(context)} and p.id = ${party}`.execute(
    context.tx,
  );
  const it = found.rows[0];
  if (it === undefined || it.email === null) return;
  const w = inLanguage(eventsWords, it.language).letters;
  const [start, end] = [new Date(it.starts), new Date(it.ends)];
  const part = (options: Intl.DateTimeFormatOptions, at: Date) => new Intl.DateTimeFormat(it.language === 'da' ? 'da-DK' : 'en-GB', { ...options, timeZone: context.actor.zone }).format(at);
  const time = { hour: 'numeric', minute: '2-digit' } as const;
  const when = w.when(part({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, start), part(time, start), part(time, end));
  const link = context.address(`/event-place#${placeToken(context, party)}`);
  const where = w.where(when, it.place);
  const comes = letter === 'confirmed' || letter === 'moved_up' || letter === 'changed';
  const leaves = letter === 'cancelled' || letter === 'called_off';
  const text = {
    invited: [w.invited(it.title), where, ...(it.text === '' ? [] : [it.text]), w.answer(link)],
    confirmed: [w.confirmed(it.title, it.count), where, w.cancel(link)],
    moved_up: [w.movedUp(it.title, it.count), where, w.cancel(link)],
    changed: [w.changed(it.title), where, w.cancel(link)],
    waiting: [w.waiting(it.title), where, w.cancel(link)],
    cancelled: [w.cancelled(it.title), w.again(link)],
    called_off: [w.calledOff(it.title, when, it.because ?? '')],
    reminder: [w.reminder(it.title, it.count), where, w.cancel(link)],
  }[letter];
  const subject = w.subjects[letter](it.title).replaceAll(/\s+/g, ' ').slice(0, 250);
  await context.post({
    to: it.email,
    subject,
    text: [w.hello(it.person), ...text, w.regards(it.centre)].join('\n\n'),
    ...(comes || leaves
      ? {
          calendar: writeIcs({
            method: leaves ? 'CANCEL' : 'REQUEST',
            uid: uidOf(party, context.address('/')),
            sequence: it.letters,
            stamp: context.now,
            start,
            end,
            summary: it.title,
            location: it.place,
            description: link,
            organiser: { name: it.centre, email: `${it.key}@${new URL(context.address('/')).hostname}` },
            attendees: [{ name: it.person, email: it.email }],
          }),
        }
      : {}),
  });
}

/** Row 2.41: whoever signed up, waits, moved up, was moved or called off is told once of each. */
async function tell(context: Context): Promise<void> {
  const due = await sql<{ id: string; now: string; before: string | null }>`select id, "now", before from vn.event_letters()`.execute(context.tx);
  for (const { id, now, before } of due.rows) {
    const letter = letterFor(before, now);
    if (letter !== null) await write(context, id, letter);
  }
}

/** The day before, from eight o'clock on, whoever comes is reminded, with the link to cancel. */
async function remind(context: Context): Promise<void> {
  const { actor, now, today } = context;
  const { minute } = localTime(actor.zone, now);
  if (minute >= 8 * 60) {
    const at = (day: string) => new Date(instantOf(actor.zone, day, '00:00')).toISOString();
    const tomorrow = shiftDay(today, 1);
    const due = await sql<{ id: string }>`select id from vn.events_to_remind(${at(tomorrow)}, ${at(shiftDay(tomorrow, 1))}, ${at(today)})`.execute(context.tx);
    for (const { id } of due.rows) await write(context, id, 'reminder');
  }
  await sql`select vn.forget_event_people()`.execute(context.tx);
}

export const chores: readonly Chore[] = [
  { name: 'events.tell', run: tell },
  { name: 'events.remind', run: remind },
];
