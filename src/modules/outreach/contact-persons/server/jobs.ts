import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { inOfficeHours } from '../../../../platform/calendar/office-hours.ts';
import type { Context } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { contactPersonsWords } from '../words.ts';

const daysBefore = ({ now }: Context, days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();

/** Row 2.25: by day, on working days, whoever follows a company that has heard nothing for so long is reminded; again after as many days. One mail names all. */
async function remind(context: Context): Promise<void> {
  const { today, tx } = context;
  await sql`select vn.end_deputies(${today}::date)`.execute(tx);
  if (!inOfficeHours(context)) return;
  const settings = await sql<{ silence_days: number }>`select silence_days from vn.outreach_settings()`.execute(tx);
  const days = settings.rows[0]?.silence_days ?? 30;
  const due = await sql<{ company: string; name: string; email: string; language: Language }>`
    with due as materialized (select * from vn.remind_silence(${daysBefore(context, days)}, ${daysBefore(context, days)}))
    select k.name company, p.name, p.email, p.language from due d join vn.company k on k.id = d.company_id join vn.people() p on p.id = coalesce(d.deputy_id, d.person_id)
     where vn.consults(p.id) order by p.id, k.name collate "da-x-icu"`.execute(tx);
  const byPerson = Map.groupBy(due.rows, ({ email }) => email);
  for (const [email, rows] of byPerson) {
    const [first] = rows;
    if (first === undefined) continue;
    const w = inLanguage(contactPersonsWords, first.language).letter;
    await context.post({
      to: email,
      subject: w.silentSubject(rows.length),
      text: [w.hello(first.name), w.silent(days), rows.map(({ company }) => `- ${company}`).join('\n'), w.silentHelp(context.address('/followed'))].join('\n\n'),
    });
  }
}

export const chores: readonly Chore[] = [{ name: 'contact-persons.remind', run: remind }];
