import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { classById } from '../../classes/server/public.ts';
import { type SeatLetter, seatsWords } from '../words.ts';
import { alternativesTo, seatHash, seatsOf, seatToken } from './queries.ts';

const subjectLine = (text: string) => text.replaceAll(/\s+/g, ' ').slice(0, 250);
const dayText = (language: Language, day: string) =>
  new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));

/**
 * One mail about a seat: to the company's contact with an address (whoever answers for its people first), where there is none to its contact person, else to whoever took the seat.
 * The link in it is the company's key to this one seat.
 */
export async function writeSeatMail(context: Context, seat: string, letter: SeatLetter, moved: { from: Time; to: Time; because: string } | null = null): Promise<void> {
  const found = await sql<{
    email: string | null;
    person: string | null;
    language: Language;
    company: string;
    heads: number;
    position: number | null;
    until: string | null;
    class: string;
    because: string | null;
    centre: string;
    /** Its class was called off, where it was moved. */
    calledOff: boolean;
  }>`
    select coalesce(k.email, p.email) email, coalesce(k.name, p.name) person, coalesce(case when k.email is null then p.language else k.language end, 'da') language, m.name company, s.heads::int, vn.seat_position(s.id) position, s.offered_until until,
           s.class_id class, s.withdrawn_because because, n.name centre, coalesce((select x.state = 'cancelled' from vn.seat o join vn.class x on x.centre_id = o.centre_id and x.id = o.class_id where o.centre_id = s.centre_id and o.id = s.moved_from), true) "calledOff"
      from vn.seat s join vn.relation r on r.centre_id = s.centre_id and r.company_id = s.company_id join vn.company m on m.id = s.company_id join vn.centre n on n.id = s.centre_id
      left join lateral (select t.email, t.name, t.language from vn.contact t where t.centre_id = s.centre_id and t.company_id = s.company_id and t.email is not null
        and t.role not in ('shop_steward', 'employee') order by array_position(array['hr', 'leader', 'owner'], t.role) nulls last, t.created_at, t.id limit 1) k on true
      left join vn.people() p on p.id = coalesce(r.contact_person, s.made_by)
     where s.centre_id = ${centreOf(context)} and s.id = ${seat}`.execute(context.tx);
  const it = found.rows[0];
  if (it === undefined || it.email === null) return;
  const about = await classById(context, it.class);
  const { language } = it;
  const w = inLanguage(seatsWords, language).letters;
  const token = seatToken(context, seat);
  await sql`select vn.link_seat(${seat}, ${seatHash(context, token)})`.execute(context.tx);
  const link = context.address(`/class-seat#${token}`);
  const when = w.when(dayText(language, about.starts), [about.place.name, about.place.town].filter((part) => part !== '').join(', '), about.school.name);
  const at = ({ day, starts, ends }: Time) => w.at(dayText(language, day), language === 'da' ? starts.replace(':', '.') : starts, language === 'da' ? ends.replace(':', '.') : ends);
  const until =
    it.until === null ? '' : new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: context.actor.zone }).format(new Date(it.until));
  const others = letter === 'cancelled' ? await alternativesTo(context, it.class) : [];
  const text: Record<SeatLetter, string[]> = {
    taken: [w.taken(it.heads, about.title), when, w.notSure, w.giveBack(link)],
    moved: [it.calledOff ? w.moved(it.heads, about.title) : w.movedTogether(it.heads, about.title), when, about.state === 'confirmed' ? w.confirmed(about.title) : w.notSure, w.giveBack(link)],
    waiting: [w.waiting(it.heads, about.title, it.position ?? 1), when, w.giveBack(link)],
    offered: [w.offered(it.heads, about.title), when, w.answerBy(until, link)],
    lapsed: [w.lapsed(about.title), when],
    withdrawn: [w.withdrawn(it.heads, about.title)],
    confirmed: [w.confirmed(about.title), when, w.giveBack(link)],
    cancelled: [
      w.cancelled(about.title, about.cancelledBecause ?? ''),
      when,
      ...(others.length === 0
        ? [w.noAlternatives]
        : [[w.alternatives, ...others.map((each) => `- ${w.alternative(dayText(language, each.starts), each.school, each.town, each.km, each.free)}`)].join('\n'), w.choose(link)]),
    ],
    rescheduled: moved === null ? [] : [w.rescheduled(about.title, at(moved.from), at(moved.to)), moved.because, w.giveBack(link)],
  };
  await context.post({ to: it.email, subject: subjectLine(w.subjects[letter](about.title)), text: [w.hello(it.person ?? ''), `${it.company}.`, ...text[letter], w.regards(it.centre)].join('\n\n') });
}

/** The class's school hears whether it runs, where it said whom to write to. */
export async function tellSchool(context: Context, id: string): Promise<void> {
  const it = await classById(context, id);
  if (it.contact.email === '') return;
  const w = inLanguage(seatsWords, 'da').letters;
  await context.post({
    to: it.contact.email,
    subject: subjectLine(it.state === 'cancelled' ? w.subjects.cancelled(it.title) : w.subjects.confirmed(it.title)),
    text: [
      it.state === 'cancelled' ? w.cancelled(it.title, it.cancelledBecause ?? '') : w.confirmed(it.title),
      w.when(dayText('da', it.starts), [it.place.name, it.place.town].filter((part) => part !== '').join(', '), it.school.name),
      context.address(`/classes/${id}`),
    ].join('\n\n'),
  });
}

interface Time {
  day: string;
  starts: string;
  ends: string;
}
/** Companies with a seat hear that a session moved, from when to when, and why (row 5.29). */
export async function tellRescheduled(context: Context, id: string, { from, to, because }: { from: Time; to: Time; because: string }): Promise<void> {
  const seats = await sql<{ id: string }>`select id from vn.seat where centre_id = ${centreOf(context)} and class_id = ${id} and state = 'taken' order by no`.execute(context.tx);
  for (const seat of seats.rows) await writeSeatMail(context, seat.id, 'rescheduled', { from, to, because });
}

/** Offers that ran out lapse and the next in the line is offered the seat; then everybody whose seat changed is told once. */
async function tell(context: Context): Promise<void> {
  await sql`select vn.settle_due_classes()`.execute(context.tx);
  const due = await sql<{ id: string; letter: SeatLetter }>`select id, letter from vn.seat_letters()`.execute(context.tx);
  for (const { id, letter } of due.rows) await writeSeatMail(context, id, letter);
}

/** The day has come on which it is said whether a class runs: whoever decides at its school is asked, with the numbers, once for that day (row 4.05). */
async function askToDecide(context: Context): Promise<void> {
  const centre = centreOf(context);
  const due = await sql<{ id: string; school_id: string }>`
    update vn.class l set decision_asked_for = l.decided_by where l.centre_id = ${centre} and l.state = 'tentative' and l.decided_by <= ${context.today}::date and l.starts > ${context.today}::date
       and l.decision_asked_for is distinct from l.decided_by returning l.id, l.school_id`.execute(context.tx);
  for (const { id, school_id: school } of due.rows) {
    const it = await seatsOf(context, id);
    const about = await classById(context, id);
    const deciders = await sql<{ name: string; email: string; language: Language }>`select name, email, language from vn.answers_for(${school})`.execute(context.tx);
    // The office that plans it reads along, where the school has one.
    const office =
      about.contact.email === '' || deciders.rows.some(({ email }) => email === about.contact.email) ? [] : [{ name: about.contact.name, email: about.contact.email, language: 'da' as const }];
    for (const { name, email, language } of [...deciders.rows, ...office]) {
      const words = inLanguage(seatsWords, language);
      const w = words.letters;
      const { taken, elsewhere, waiting, minimum, maximum } = it.counts;
      await context.post({
        to: email,
        subject: subjectLine(w.decideSubject(about.title, dayText(language, about.starts))),
        text: [
          w.hello(name),
          w.decide(about.title, dayText(language, about.starts)),
          w.numbers(taken + elsewhere, minimum, maximum, waiting),
          it.missing > 0 ? words.missing(it.missing) : words.enough,
          w.decideHere(context.address(`/classes/${id}`)),
        ].join('\n\n'),
      });
    }
  }
}

export const chores: readonly Chore[] = [
  { name: 'seats.tell', run: tell },
  { name: 'seats.decide', run: askToDecide },
];
