import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import type { TaskListed, TaskShown } from '../contract.ts';
import { tasksWords } from '../words.ts';
import { tasksBy } from './queries.ts';

interface NextStep {
  what: string;
  /** Null: the company does it itself. */
  owner: string | null;
  due: string;
}
interface Reader {
  id: string;
  name: string;
  email: string;
  language: Language;
}

/** Consultants of the centre today among these people, with where a mail reaches them. */
const consultantsAmong = async (context: Context, people: readonly string[]): Promise<readonly Reader[]> =>
  people.length === 0
    ? []
    : (await sql<Reader>`select p.id, p.name, p.email, p.language from vn.people() p where p.id = any (${sql.val(people)}::uuid[]) and vn.consults(p.id)`.execute(context.tx)).rows;

const dayIn = (language: Language, due: string) =>
  new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${due}T00:00:00Z`));
const oneLine = (subject: string) => subject.replaceAll(/\s+/g, ' ').slice(0, 250);

/**
 * Writes down who does what by when for a company, in the transaction of the report it follows from, and tells colleagues who got something to do.
 * @returns the first step whose owner is no consultant here today, by its place; nothing is written then
 */
export async function addTasks(context: Context, { company, report, steps }: { company: { id: string; name: string }; report: string; steps: readonly NextStep[] }): Promise<number | null> {
  const centre = centreOf(context);
  const known = await consultantsAmong(context, [...new Set(steps.flatMap(({ owner }) => (owner === null ? [] : [owner])))]);
  const stray = steps.findIndex(({ owner }) => owner !== null && !known.some(({ id }) => id === owner));
  if (stray !== -1) return stray;
  if (steps.length === 0) return null;
  await context.tx
    .insertInto('task')
    .values(
      steps.map(({ what, owner, due }) => ({
        centre_id: centre,
        id: context.newId(),
        company_id: company.id,
        report_id: report,
        what,
        owner_id: owner,
        by_company: owner === null,
        state: owner !== null && owner === context.actor.personId ? 'accepted' : 'open',
        due,
        made_by: personOf(context),
        made_at: context.now.toISOString(),
      })),
    )
    .execute();
  for (const { id, name, email, language } of known) {
    if (id === context.actor.personId) continue;
    const w = inLanguage(tasksWords, language).letter;
    const own = steps.filter(({ owner }) => owner === id);
    await context.post({
      to: email,
      subject: oneLine(w.subject(company.name)),
      text: [w.hello(name), w.yours(company.name), own.map(({ what, due }) => w.line(what, dayIn(language, due))).join('\n'), w.readMore(context.address(`/reports/${report}`))].join('\n\n'),
    });
  }
  return null;
}

/**
 * Writes down the same task for several companies, in the caller's transaction, and tells each who got some in one mail (row 2.41).
 * @param owner null: each company's contact person, or the deputy, where that is a consultant today; nobody where there is none
 * @returns false where the owner is no consultant here today; nothing is written then
 */
export async function addFollowUps(context: Context, { companies, what, due, owner }: { companies: readonly string[]; what: string; due: string; owner: string | null }): Promise<boolean> {
  const centre = centreOf(context);
  if (owner !== null && (await consultantsAmong(context, [owner])).length === 0) return false;
  const found = await sql<{ id: string; name: string; person: string | null }>`
    select k.id, k.name, coalesce(r.deputy, r.contact_person) person from vn.relation r join vn.company k on k.id = r.company_id
     where r.centre_id = ${centre} and r.company_id = any (${sql.val(companies)}::uuid[]) order by k.name collate "da-x-icu", k.id`.execute(context.tx);
  const known = await consultantsAmong(context, [...new Set(found.rows.flatMap(({ person }) => owner ?? person ?? []))]);
  const steps = found.rows.map(({ id, name, person }) => ({ company: id, name, owner: owner ?? (known.some((each) => each.id === person) ? person : null) }));
  if (steps.length === 0) return true;
  await context.tx
    .insertInto('task')
    .values(
      steps.map((each) => ({
        centre_id: centre,
        id: context.newId(),
        company_id: each.company,
        what,
        owner_id: each.owner,
        by_company: false,
        state: each.owner !== null && each.owner === context.actor.personId ? 'accepted' : 'open',
        due,
        made_by: personOf(context),
        made_at: context.now.toISOString(),
      })),
    )
    .execute();
  for (const { id, name, email, language } of known) {
    const own = steps.filter((each) => each.owner === id);
    if (id === context.actor.personId || own.length === 0) continue;
    const w = inLanguage(tasksWords, language).letter;
    await context.post({
      to: email,
      subject: w.followUpSubject(own.length),
      text: [w.hello(name), w.followUp, own.map((each) => w.lineOf(each.name, what, dayIn(language, due))).join('\n'), w.answer(context.address('/tasks'))].join('\n\n'),
    });
  }
  return true;
}

/** What follows from these reports. */
export async function tasksFrom(context: Context, reports: readonly string[]): Promise<Map<string, TaskShown[]>> {
  const found = new Map<string, TaskShown[]>();
  for (const { report, company: _company, group: _group, meeting: _meeting, ...task } of await tasksBy(context, { reports }))
    if (report !== null) found.set(report, [...(found.get(report) ?? []), task]);
  return found;
}

/** What a consultant meeting has to look at: its own tasks, with `late` those of others that nobody has or whose day is over. */
export async function tasksOfMeeting(
  context: Context,
  meeting: string,
  reports: readonly string[],
): Promise<{ own: TaskListed[]; fromReports: TaskListed[]; unowned: TaskListed[]; late: TaskListed[] }> {
  return {
    own: await tasksBy(context, { meeting }),
    fromReports: reports.length === 0 ? [] : await tasksBy(context, { reports }),
    unowned: await tasksBy(context, { whose: 'unowned' }),
    late: await tasksBy(context, { whose: 'late' }),
  };
}

/** Tells a colleague of a task; what a meeting shares out is told when the meeting closes. */
export async function tellOwner(context: Context, task: TaskListed): Promise<void> {
  if (task.owner === null || task.owner.id === context.actor.personId || (task.meeting !== null && (await meetingIsOpen(context, task.meeting)))) return;
  for (const { name, email, language } of await consultantsAmong(context, [task.owner.id])) {
    const w = inLanguage(tasksWords, language).letter;
    await context.post({
      to: email,
      subject: oneLine(w.subject(task.company.name)),
      text: [w.hello(name), w.given(task.company.name), w.line(task.what, dayIn(language, task.due)), w.answer(context.address('/tasks'))].join('\n\n'),
    });
  }
}

const meetingIsOpen = async (context: Context, meeting: string): Promise<boolean> =>
  (await context.tx.selectFrom('consultant_meeting').select('id').where('centre_id', '=', centreOf(context)).where('id', '=', meeting).where('closed_at', 'is', null).executeTakeFirst()) !== undefined;

/** Whoever wrote a task down hears that it is nobody's again; at a meeting everybody heard it. */
export async function tellDeclined(context: Context, task: TaskListed): Promise<void> {
  if (task.meeting !== null && (await meetingIsOpen(context, task.meeting))) return;
  const made = await context.tx.selectFrom('task').select('made_by').where('centre_id', '=', centreOf(context)).where('id', '=', task.id).executeTakeFirst();
  if (made === undefined || made.made_by === context.actor.personId) return;
  for (const { name, email, language } of await consultantsAmong(context, [made.made_by])) {
    const w = inLanguage(tasksWords, language).letter;
    await context.post({
      to: email,
      subject: oneLine(w.declinedSubject(task.company.name)),
      text: [w.hello(name), w.declined(task.what, task.reason ?? ''), w.takeIt(context.address('/tasks?whose=unowned'))].join('\n\n'),
    });
  }
}

/** After a meeting everybody gets one mail with what they do until when (row 2.26). */
export async function tellAfterMeeting(context: Context, meeting: { id: string; title: string }): Promise<void> {
  const tasks = (await tasksBy(context, { meeting: meeting.id })).filter(({ owner, doneAt }) => owner !== null && doneAt === null);
  for (const { id, name, email, language } of await consultantsAmong(context, [...new Set(tasks.flatMap(({ owner }) => (owner === null ? [] : [String(owner.id)])))])) {
    const w = inLanguage(tasksWords, language).letter;
    const own = tasks.filter(({ owner }) => owner?.id === id);
    await context.post({
      to: email,
      subject: oneLine(w.meetingSubject(meeting.title)),
      text: [
        w.hello(name),
        w.afterMeeting(meeting.title),
        own.map(({ what, due, company }) => w.lineOf(company.name, what, dayIn(language, due))).join('\n'),
        w.answer(context.address('/tasks')),
      ].join('\n\n'),
    });
  }
}
