import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { inOfficeHours } from '../../../../platform/calendar/office-hours.ts';
import type { Context } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { remindersDue } from '../rules.ts';
import { visitsWords } from '../words.ts';
import { owed } from './queries.ts';

/** Reports owed are asked for kindly: by day, on working days, twice at most (row 7.13). */
async function remind(context: Context): Promise<void> {
  const { tx } = context;
  if (!inOfficeHours(context)) return;
  for (const { meeting_id, company, consultant_id, days, reminders } of await owed(context, 60)) {
    if (reminders >= remindersDue(days)) continue;
    const found = await sql<{ name: string; email: string; language: Language }>`select p.name, p.email, p.language from vn.people() p where p.id = ${consultant_id}`.execute(tx);
    const [person] = found.rows;
    if (person !== undefined) {
      const w = inLanguage(visitsWords, person.language).letter;
      await context.post({
        to: person.email,
        subject: w.subject(company).replaceAll(/\s+/g, ' ').slice(0, 250),
        text: [w.hello(person.name), w.owed(company), w.short, w.write(context.address(`/phone/reports/${meeting_id}`))].join('\n\n'),
      });
    }
    await sql`select vn.report_reminded(${meeting_id})`.execute(tx);
  }
}

export const chores: readonly Chore[] = [{ name: 'visits.remind', run: remind }];
