import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import type { Context } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { trainingLetters } from '../words.ts';

interface Due {
  email: string;
  person: string;
  language: string;
  company: string;
  centre: string;
  right: string;
  last_day: string;
  days_left: string;
  entitled: string;
  people: number;
}

/** Row 4.18: the leader hears once that much is left as a period nears its end; what is old is forgotten. */
async function remind(context: Context): Promise<void> {
  const due = await sql<Due>`select email, person, language, company, centre, "right", last_day::text, days_left, entitled, people from vn.training_reminders()`.execute(context.tx);
  for (const { email, person, language, company, centre, right, last_day, days_left, entitled, people } of due.rows) {
    const known: Language = language === 'da' ? 'da' : 'en';
    const w = inLanguage(trainingLetters, known);
    const day = new Intl.DateTimeFormat(known === 'da' ? 'da-DK' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${last_day}T12:00:00Z`));
    const figure = (value: string) => new Intl.NumberFormat(known === 'da' ? 'da-DK' : 'en-GB').format(Number(value));
    await context.post({
      to: email,
      subject: w.subject(right).replaceAll(/\s+/g, ' ').slice(0, 250),
      text: [w.hello(person), w.left(company, right, figure(days_left), figure(entitled), people), w.ends(day), w.next, w.regards(centre)].join('\n\n'),
    });
  }
  await sql`select vn.forget_training_days()`.execute(context.tx);
}

export const chores: readonly Chore[] = [{ name: 'training.remind', run: remind }];
