import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { holidayOn } from '../../../../platform/calendar/holidays.ts';
import { writeIcs } from '../../../../platform/calendar/ics.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { uidOf } from '../../meetings/server/public.ts';
import { planTurns, rotaDays, type Turn, weeksAhead } from '../rules.ts';
import { rotaWords } from '../words.ts';

type Working = Pick<Context, 'tx' | 'actor' | 'now' | 'today' | 'address' | 'post'>;

/** Tells whose day it has become, or, with `former`, who has it no longer; with a calendar file. */
export async function tellTurn(context: Working, rota: string, day: string, former: string | null = null): Promise<void> {
  const found = await sql<{ id: string; name: string; place: string; starts: string; ends: string; centre: string; key: string; email: string; person: string; language: Language; version: number }>`
    select t.id, r.name, r.place, lower(t.during) starts, upper(t.during) ends, c.name centre, c.key, p.email, p.name person, p.language, t.version
      from vn.rota_turn t join vn.rota r on r.centre_id = t.centre_id and r.id = t.rota_id join vn.centre c on c.id = t.centre_id join vn.people() p on p.id = coalesce(${former}::uuid, t.person_id)
     where t.centre_id = ${context.actor.centreId} and t.rota_id = ${rota} and t.day = ${day}::date`.execute(context.tx);
  const turn = found.rows[0];
  if (turn === undefined) return;
  const w = inLanguage(rotaWords, turn.language).letter;
  const [start, end] = [new Date(turn.starts), new Date(turn.ends)];
  const locale = turn.language === 'da' ? 'da-DK' : 'en-GB';
  const time = (at: Date) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: context.actor.zone }).format(at);
  const when = w.when(new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: context.actor.zone }).format(start), time(start), time(end));
  const host = new URL(context.address('/')).hostname;
  const subject = former === null ? w.subject(turn.name) : w.goneSubject(turn.name);
  await context.post({
    to: turn.email,
    subject,
    text: [w.hello(turn.person), ...(former === null ? [w.yours(turn.name, when, turn.place), w.giveOn(context.address('/rotas'))] : [w.gone(turn.name, when)]), w.regards(turn.centre)].join('\n\n'),
    calendar: writeIcs({
      method: former === null ? 'REQUEST' : 'CANCEL',
      uid: uidOf(turn.id, context.address('/')),
      sequence: turn.version,
      stamp: context.now,
      start,
      end,
      summary: subject,
      location: turn.place,
      description: '',
      organiser: { name: turn.centre, email: `${turn.key}@${host}` },
      attendees: [{ name: turn.person, email: turn.email }],
    }),
  });
}

/**
 * Gives the days of a place that nobody has, eight weeks ahead; takes back from tomorrow on what no longer fits: another weekday, a public holiday, somebody who
 * has left the rota, is away or busy by now (row 2.11). Whoever comes in for somebody is told.
 */
export async function fillRota(context: Working, rota: string): Promise<void> {
  const { tx, today } = context;
  const centre = context.actor.centreId;
  const found = await sql<{ weekday: number; from_day: string; to_day: string | null }>`
    select weekday, lower(during)::text from_day, (upper(during) - 1)::text to_day from vn.rota where centre_id = ${centre} and id = ${rota} for update`.execute(tx);
  const it = found.rows[0];
  if (it === undefined) return;
  const tomorrow = shiftDay(today, 1);
  const last = shiftDay(today, 7 * weeksAhead);
  const days = rotaDays(it.weekday, it.from_day > tomorrow ? it.from_day : tomorrow, it.to_day !== null && it.to_day < last ? it.to_day : last, (day) => holidayOn(day) !== null);
  const listed = sql`${sql.val(days)}::date[]`;
  await sql`delete from vn.rota_turn where centre_id = ${centre} and rota_id = ${rota} and day > ${today}::date and not day = any (${listed})`.execute(tx);
  const people = await tx.selectFrom('rota_person').select(['person_id as id', 'since']).where('centre_id', '=', centre).where('rota_id', '=', rota).orderBy('person_id').execute();
  const hindered = new Set(
    (await sql<{ person_id: string; day: string }>`select person_id, day::text from vn.rota_hindered(${rota}, ${listed})`.execute(tx)).rows.map(({ person_id, day }) => `${person_id} ${day}`),
  );
  const turns = (await sql<Turn>`select day::text, person_id person from vn.rota_turn where centre_id = ${centre} and rota_id = ${rota} and day > ${today}::date - 364 order by day`.execute(tx)).rows;
  const stands = ({ day, person }: Turn) => day <= today || (person !== null && people.some(({ id }) => id === person) && !hindered.has(`${person} ${day}`));
  const kept = turns.filter(stands);
  const free = days.filter((day) => !kept.some((turn) => turn.day === day));
  for (const { day, person } of planTurns(free, people, kept, (who, day) => hindered.has(`${who} ${day}`), rota)) {
    const before = turns.find((turn) => turn.day === day);
    await sql`
      insert into vn.rota_turn (centre_id, rota_id, day, person_id, during)
        select r.centre_id, r.id, ${day}::date, ${person}, tstzrange((${day}::date + r.starts) at time zone c.tz, (${day}::date + r.ends) at time zone c.tz) from vn.rota r join vn.centre c on c.id = r.centre_id
         where r.centre_id = ${centre} and r.id = ${rota}
      on conflict (centre_id, rota_id, day) do update set person_id = excluded.person_id, during = excluded.during, version = vn.rota_turn.version + 1
        where (vn.rota_turn.person_id, vn.rota_turn.during) is distinct from (excluded.person_id, excluded.during)`.execute(tx);
    if (before !== undefined && person !== null && before.person !== person) await tellTurn(context, rota, day);
  }
  await sql`
    update vn.rota_turn t set during = tstzrange((t.day + r.starts) at time zone c.tz, (t.day + r.ends) at time zone c.tz), version = t.version + 1
      from vn.rota r join vn.centre c on c.id = r.centre_id
     where t.centre_id = ${centre} and t.rota_id = ${rota} and r.centre_id = t.centre_id and r.id = t.rota_id and t.day > ${today}::date
       and t.during <> tstzrange((t.day + r.starts) at time zone c.tz, (t.day + r.ends) at time zone c.tz)`.execute(tx);
  await sql`update vn.rota set filled_on = ${today}::date where centre_id = ${centre} and id = ${rota}`.execute(tx);
}

/** Once a day each place is looked at. */
async function fill(context: Context): Promise<void> {
  const due = await sql<{ id: string }>`select id from vn.rota where centre_id = ${centreOf(context)} and filled_on is distinct from ${context.today}::date order by id`.execute(context.tx);
  for (const { id } of due.rows) await fillRota(context, id);
}

export const chores: readonly Chore[] = [{ name: 'rota.fill', run: fill }];
