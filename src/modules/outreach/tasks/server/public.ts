import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import type { TaskShown } from '../contract.ts';
import { tasksWords } from '../words.ts';
import { tasksBy } from './queries.ts';

export interface NextStep {
  what: string;
  /** Null: the company does it itself. */
  owner: string | null;
  due: string;
}

/**
 * Writes down who does what by when for a company, in the transaction of the report it follows from, and tells colleagues who got something to do.
 * @returns the first step whose owner is no consultant here today, by its place; nothing is written then
 */
export async function addTasks(context: Context, { company, report, steps }: { company: { id: string; name: string }; report: string; steps: readonly NextStep[] }): Promise<number | null> {
  const centre = centreOf(context);
  const owners = [...new Set(steps.flatMap(({ owner }) => (owner === null ? [] : [owner])))];
  const known = await sql<{ id: string; name: string; email: string; language: Language }>`
    select p.id, p.name, p.email, p.language from vn.people() p where p.id = any (${sql.val(owners)}::uuid[])
       and exists (select from vn.membership m where m.centre_id = ${centre} and m.person_id = p.id and m.role = 'consultant' and m.during @> ${context.today}::date)`.execute(context.tx);
  const stray = steps.findIndex(({ owner }) => owner !== null && !known.rows.some(({ id }) => id === owner));
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
        due,
        made_by: personOf(context),
        made_at: context.now.toISOString(),
      })),
    )
    .execute();
  for (const { id, name, email, language } of known.rows) {
    if (id === context.actor.personId) continue;
    const w = inLanguage(tasksWords, language).letter;
    const day = (due: string) =>
      new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${due}T00:00:00Z`));
    const own = steps.filter(({ owner }) => owner === id);
    await context.post({
      to: email,
      subject: w.subject(company.name).replaceAll(/\s+/g, ' ').slice(0, 250),
      text: [w.hello(name), w.yours(company.name), own.map(({ what, due }) => w.line(what, day(due))).join('\n'), w.readMore(context.address(`/reports/${report}`))].join('\n\n'),
    });
  }
  return null;
}

/** What follows from these reports. */
export async function tasksFrom(context: Context, reports: readonly string[]): Promise<Map<string, TaskShown[]>> {
  const found = new Map<string, TaskShown[]>();
  for (const { report, company: _company, ...task } of await tasksBy(context, { reports })) if (report !== null) found.set(report, [...(found.get(report) ?? []), task]);
  return found;
}
