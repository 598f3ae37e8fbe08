import { sql } from 'kysely';
import { type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { writeIcs } from '../../../../platform/calendar/ics.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { answerAddress, derivedToken } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { type Able, ableAt, type Slot } from '../model.ts';
import { after, mayHaveEnded } from '../rules.ts';
import { meetingsWords } from '../words.ts';
import { briefOf, slotInputs, slotOf } from './queries.ts';

/** The published rule, for whatever else is shared out among schools (row 3.05). */
export { assign } from '../rules.ts';
export { briefOf, slotInputs, slotsFor } from './queries.ts';

/** What is left of the coming weeks, this one first: for whoever calls, and for the coordinator (row 2.05). A week in which nothing was agreed has 0 of 0. */
export async function openWeeks({ tx }: Context, count: number): Promise<{ week: string; agreed: number; used: number }[]> {
  return (await sql<{ week: string; agreed: number; used: number }>`select * from vn.open_slots_left(${count})`.execute(tx)).rows;
}

/**
 * Row 2.05: everything that was agreed for the weeks one may book in is used, so nobody is called until there is room again. A centre that has agreed nothing
 * yet does not book through Vejnet, and calls on.
 */
export async function noRoomLeft(context: Context): Promise<boolean> {
  const weeks = await openWeeks(context, 7);
  return weeks.some(({ agreed }) => agreed > 0) && weeks.every(({ agreed, used }) => used >= agreed);
}

const mode = (slot: Slot) => (slot.knows ? 'expertise' : 'availability');

/** The database's refusals of a booking as the contract's problems; anything else is a fault of ours. */
export function refusedBooking(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  if (code === 'VN001') return refuse(contract.bookMeeting, 'capacity_full');
  if (code === 'VN012') return refuse(contract.bookMeeting, 'company_not_available');
  if (code === 'VN013' || violates(error, 'no_double_booking')) return refuse(contract.bookMeeting, 'slot_taken');
  return error;
}

async function write(context: Context, company: string, slot: Slot, note: contract.Handover | null, call: string | null): Promise<string> {
  const id = context.newId();
  const told = note === null ? null : JSON.stringify({ said: note.said, wishes: note.wishes, place: note.place, ...note.contact });
  const assignment = JSON.stringify({ seed: slot.seed, inputs: slot.told, because: slot.assignment.because });
  await sql`select vn.book_meeting(${id}, ${context.newId()}, ${company}, ${slot.start.toISOString()}, ${slot.end.toISOString()}, ${slot.consultant.id}, ${mode(slot)},
    ${told}::jsonb, ${call}, ${assignment}::jsonb)`
    .execute(context.tx)
    .catch((error: unknown) => {
      throw refusedBooking(error);
    });
  return id;
}

async function freeSlot(context: Context, company: string, language: string, choice: string): Promise<Slot> {
  const inputs = await slotInputs(context, company, null);
  if (!inputs.company.callable) throw refuse(contract.bookMeeting, 'company_not_available');
  const { slot, week } = slotOf(context, inputs, company, language, choice);
  if (slot !== null) return slot;
  const centre = inputs.centre.find((each) => each.week === week);
  throw refuse(contract.bookMeeting, centre === undefined || centre.used >= centre.agreed ? 'capacity_full' : 'slot_taken');
}

type Booked = OutputOf<typeof contract.bookMeeting>;
const shown = (id: string, slot: Slot): Booked => ({ id: id as Booked['id'], start: slot.start.toISOString(), end: slot.end.toISOString(), consultant: slot.consultant.name });

/** Keeps a slot for five minutes. Problems as `bookingProblems`. */
export async function hold(context: Context, company: string, { choice, language }: { choice: string; language: string }): Promise<OutputOf<typeof contract.holdSlot>> {
  const slot = await freeSlot(context, company, language, choice);
  const id = await write(context, company, slot, null, null);
  return { ...shown(id, slot), until: new Date(context.now.getTime() + 300_000).toISOString() };
}

/**
 * Books a slot for a company with its hand-over, in the caller's transaction: capacity, consultant's time, assignment log, timeline and invitations
 * (rows 2.05, 2.16, 2.40, 3.05). For agents, consultants and coordinators.
 * @param call the call it came out of
 * @throws Problem slot_taken, capacity_full or company_not_available (`bookingProblems`; an endpoint that calls this declares them); not_found
 */
export async function book(
  context: Context,
  company: string,
  { choice, hold: held, handover, call = null }: { choice: string; hold?: string | null; handover: contract.Handover; call?: string | null },
): Promise<Booked> {
  if (held !== null && held !== undefined) {
    const inputs = await slotInputs(context, company, null);
    const note = JSON.stringify({ said: handover.said, wishes: handover.wishes, place: handover.place, ...handover.contact });
    const confirmed = await sql<{ ok: boolean }>`select vn.confirm_hold(${held}, ${context.newId()}, ${company}, ${'availability'}, ${note}::jsonb, ${call}) ok`
      .execute(context.tx)
      .catch((error: unknown) => {
        throw refusedBooking(error);
      });
    if (confirmed.rows[0]?.ok !== true) throw refuse(contract.bookMeeting, inputs.company.callable ? 'slot_taken' : 'company_not_available');
    const letters = await sendLetters(context, held, 'booked');
    await context.audit('meeting.booked', held);
    return { id: held as Booked['id'], start: letters.start, end: letters.end, consultant: letters.staff[0]?.name ?? '' };
  }
  const slot = await freeSlot(context, company, handover.contact.language, choice);
  const id = await write(context, company, slot, handover, call);
  await sendLetters(context, id, 'booked');
  await context.audit('meeting.booked', id);
  return shown(id, slot);
}

interface Letters {
  id: string;
  start: string;
  end: string;
  sequence: number;
  place: string;
  said: string;
  wishes: string | null;
  centre: { name: string; zone: string; key: string; email: string | null };
  company: string;
  person: { name: string; phone: string | null; email: string | null; language: string };
  staff: { name: string; email: string; language: Language; phone: string | null }[];
}
/** given: somebody else leads now; given_on: what whoever led before is told. */
export type Occasion = 'booked' | 'moved' | 'cancelled' | 'reminder' | 'given' | 'given_on';

const whenIn = (language: Language, zone: string, start: string, end: string) => {
  const locale = language === 'da' ? 'da-DK' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }).format(new Date(start));
  const time = (at: string) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: zone }).format(new Date(at));
  return language === 'da' ? `${day} kl. ${time(start)}–${time(end)}` : `${day}, ${time(start)}–${time(end)}`;
};

/** One line of text at most so long: subjects bear names that people wrote. */
const line = (text: string) => text.replaceAll(/\s+/g, ' ').slice(0, 250);

/** The number under which every calendar knows a meeting. */
export const uidOf = (meeting: string, home: string): string => `${meeting}@${new URL(home).hostname}`;

/** The meeting that a calendar means, or null. */
export const meetingOfUid = (uid: string, home: string): string | null => {
  const id = uid.split('@')[0]?.toLowerCase() ?? '';
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) && uid.toLowerCase() === uidOf(id, home).toLowerCase() ? id : null;
};

/** The secret in the address that an invitation is answered to: of one meeting, and another one for the company than for whoever goes. */
export const answerToken = ({ keyedHash }: Pick<Context, 'keyedHash'>, meeting: string, to: 'contact' | 'staff'): string => derivedToken(keyedHash, `answers to ${meeting} from ${to}`);

/** Writes the mails about a meeting, each with a calendar file, to whoever goes and to the company's contact where an address is known. */
export async function sendLetters(context: Context, meeting: string, occasion: Occasion): Promise<Letters> {
  const it = await lettersOf(context, meeting);
  await writeLetters(context, it, occasion);
  return it;
}

/** What the mails about a meeting say, and to whom, as it is now. */
export async function lettersOf(context: Context, meeting: string): Promise<Letters> {
  const found = await sql<{ letters: Letters | null }>`select vn.meeting_letters(${meeting}) letters`.execute(context.tx);
  const it = found.rows[0]?.letters;
  if (it === null || it === undefined) throw new Error('nobody to write to about this meeting');
  return { ...it, start: new Date(it.start).toISOString(), end: new Date(it.end).toISOString() };
}

/** As sendLetters, for letters whose addressees the caller chose. */
export async function writeLetters(context: Context, it: Letters, occasion: Occasion): Promise<void> {
  const { start, end } = it;
  const host = new URL(context.address('/')).hostname;
  // Calendars send their answers to the organiser; where mail comes in, that is read by Vejnet.
  const { intake } = context;
  const organiserFor = (to: 'contact' | 'staff') => ({
    name: it.centre.name,
    email: intake === null ? it.centre.email || `${it.centre.key}@${host}` : answerAddress(intake, answerToken(context, it.id, to)),
  });
  const contact = it.person.email === null ? [] : [{ name: it.person.name, email: it.person.email }];
  const attendees = [...it.staff.map(({ name, email }) => ({ name, email })), ...contact];
  const over = occasion === 'cancelled' || occasion === 'given_on';
  const calendarOf = (to: 'contact' | 'staff', summary: string, description: string) =>
    writeIcs({
      method: over ? 'CANCEL' : 'REQUEST',
      uid: uidOf(it.id, context.address('/')),
      sequence: it.sequence,
      stamp: context.now,
      start: new Date(start),
      end: new Date(end),
      summary,
      location: it.place,
      description,
      organiser: organiserFor(to),
      attendees,
    });
  const compose = (as: 'contact' | 'staff', language: Language, to: string, name: string, subject: string, more: readonly string[]) => {
    const w = inLanguage(meetingsWords, language).letters;
    const when = whenIn(language, it.centre.zone, start, end);
    const titled = {
      booked: subject,
      moved: w.movedSubject(subject),
      cancelled: w.cancelledSubject(subject),
      reminder: w.reminderSubject(subject),
      given: w.givenSubject(subject),
      given_on: w.givenOnSubject(subject),
    }[occasion];
    const told = occasion === 'cancelled' ? [w.cancelledText(when)] : occasion === 'given_on' ? [w.givenOnText(when)] : [w.meets(when, it.place), ...more];
    const text = [w.hello(name), ...told, w.regards(it.centre.name)].join('\n\n');
    return context.post({ to, subject: line(titled), text, ...(occasion === 'reminder' ? {} : { calendar: calendarOf(as, line(subject), told.join('\n\n')) }) });
  };
  for (const each of it.staff) {
    const w = inLanguage(meetingsWords, each.language).letters;
    const who = [it.person.name, it.person.phone, it.person.email].filter((part) => part !== null && part !== '').join(', ');
    await compose('staff', each.language, each.email, each.name, w.subject(it.company), [
      w.contact(who),
      w.said(it.said),
      ...(it.wishes ? [w.wishes(it.wishes)] : []),
      w.readMore(context.address(`/meetings/${it.id}`)),
    ]);
  }
  for (const { email, name } of contact) {
    const language: Language = it.person.language === 'da' ? 'da' : 'en';
    const w = inLanguage(meetingsWords, language).letters;
    const whom = it.staff.map((each) => each.name).join(', ');
    const reach = it.staff.map((each) => [each.name, each.email, each.phone].filter((part) => part !== null && part !== '').join(', ')).join('; ');
    await compose('contact', language, email, name, w.subjectContact(it.centre.name), [w.comes(whom), w.replyIf(reach)]);
  }
}

/**
 * A meeting as it is now, for whoever may change it: who goes, and the coordinator.
 * @throws not_found; not_your_meeting, which the endpoint declares
 */
export async function meetingFor(context: Context, endpoint: { errors?: { not_your_meeting: number } | undefined }, meeting: string): Promise<contract.Brief> {
  const now = await briefOf(context, meeting);
  const may = await sql<{ may: boolean }>`select vn.may_change_meeting(${meeting}) may`.execute(context.tx);
  if (may.rows[0]?.may !== true) throw refuse(endpoint as typeof contract.moveMeeting, 'not_your_meeting');
  return now;
}

/**
 * Every consultant of the centre as placed for a meeting's time, the one who leads included (rows 2.18, 2.19; see ableAt).
 * @throws not_found for a meeting that is no longer booked
 */
export async function ableFor(context: Context, meeting: contract.Brief): Promise<Able[]> {
  const inputs = await slotInputs(context, meeting.company.id, meeting.id);
  const profiles = await context.tx.selectFrom('consultant_profile').select(['person_id', 'products']).where('centre_id', '=', centreOf(context)).execute();
  const lead = inputs.consultants.find(({ id }) => meeting.staff.some((each) => !each.learns && each.id === id));
  return ableAt(
    inputs,
    { start: new Date(meeting.start), end: new Date(meeting.end), language: meeting.contact.language, told: `${meeting.said}\n${meeting.wishes}`, leadsFor: lead?.school ?? null },
    new Map(profiles.map(({ person_id, products }) => [person_id, products])),
    { zone: context.actor.zone },
  );
}

/** Whether a meeting is booked and still ahead. */
export const isAhead = (meeting: contract.Brief, now: Date): boolean => meeting.state === 'booked' && !mayHaveEnded(meeting.start, now);

/** Takes back the meeting that a call brought about, and tells whoever was invited; nothing where there is none. */
export async function dropMeetingOf(context: Context, call: string): Promise<void> {
  const found = await sql<{ meeting: string | null }>`select vn.drop_meeting_of(${call}, ${context.newId()}) meeting`.execute(context.tx);
  const meeting = found.rows[0]?.meeting ?? null;
  if (meeting === null) return;
  await sendLetters(context, meeting, 'cancelled');
  await context.audit('meeting.cancelled', meeting, { because: 'mistake' });
}

/** A report says that a meeting took place; one that was ended or called off already stays so. */
export async function meetingWasHeld(context: Context, meeting: string): Promise<void> {
  const found = await context.tx.selectFrom('meeting').select('version').where('centre_id', '=', centreOf(context)).where('id', '=', meeting).where('state', '=', 'booked').executeTakeFirst();
  if (found !== undefined) await sql`select vn.end_meeting(${meeting}, ${context.newId()}, ${found.version}, 'done', null)`.execute(context.tx);
}

/** What whoever leads is told of an answer. */
async function tellLead(
  context: Context,
  meeting: contract.Brief,
  name: string,
  { answer, proposed, calledOff }: { answer: contract.Answer['answer']; proposed: Date | null; calledOff: boolean },
): Promise<void> {
  const lead = meeting.staff.find(({ learns }) => !learns);
  const found = await sql<{ name: string; email: string; language: Language }>`select p.name, p.email, p.language from vn.people() p where p.id = ${lead?.id ?? null}::uuid`.execute(context.tx);
  const [person] = found.rows;
  if (person === undefined) return;
  const w = inLanguage(meetingsWords, person.language).letters;
  const { zone } = context.actor;
  const length = new Date(meeting.end).getTime() - new Date(meeting.start).getTime();
  const other = proposed === null ? '' : whenIn(person.language, zone, proposed.toISOString(), new Date(proposed.getTime() + length).toISOString());
  const said = answer === 'proposed' ? w.proposed(name, other) : w.answered[answer](name);
  await context.post({
    to: person.email,
    subject: line(w.answerSubject(meeting.company.name)),
    text: [
      w.hello(person.name),
      w.meetingAt(whenIn(person.language, zone, meeting.start, meeting.end)),
      said,
      ...(calledOff ? [w.calledOff] : []),
      w.readMore(context.address(`/meetings/${meeting.id}`)),
    ].join('\n\n'),
  });
}

/**
 * Keeps what somebody invited answered, as the house. Whoever leads is told what the contact answered; a contact who declines calls the meeting off, and everybody
 * gets the letters that a cancellation has. Another time that is proposed only informs.
 * @param contact whether the answer came to the address that the company's contact was given
 * @returns false where the sender was not invited
 */
export async function keepAnswer(
  context: Context,
  { meeting, contact, from, answer, sequence, proposed }: { meeting: string; contact: boolean; from: string; answer: contract.Answer['answer']; sequence: number; proposed: Date | null },
): Promise<boolean> {
  const kept = await sql<{ attendee: string; name: string; counts: boolean; told: boolean }>`
    select * from vn.keep_meeting_answer(${meeting}, ${contact}, ${from}, ${answer}, ${sequence}, ${proposed?.toISOString() ?? null}::timestamptz)`.execute(context.tx);
  const [row] = kept.rows;
  if (row === undefined) return false;
  if (row.attendee !== 'contact' || !row.counts) return true;
  const now = await briefOf(context, meeting);
  const calledOff = answer === 'declined' && after(now.state, 'cancel') !== null && isAhead(now, context.now);
  if (!row.told) await tellLead(context, now, row.name, { answer, proposed, calledOff });
  if (calledOff) {
    const ended = await sql<{ ok: boolean }>`select vn.end_meeting(${meeting}, ${context.newId()}, ${now.version}, 'cancelled', 'company') ok`.execute(context.tx);
    if (ended.rows[0]?.ok !== true) throw new Error('the meeting changed while it was declined'); // the job reads it again
    await context.audit('meeting.cancelled', meeting, { because: 'company', answered: true });
    await sendLetters(context, meeting, 'cancelled');
  }
  return true;
}
