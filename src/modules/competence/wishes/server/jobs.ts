import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { shownOf, type Ticked } from '../rules.ts';
import { wishLetters } from '../words.ts';
import { stewardToken } from './queries.ts';

/** Row 2.14: a form whose days are over is counted once. What may be shown is kept, every answer is forgotten, and the steward hears of it. */
async function count(context: Context): Promise<void> {
  const { tx } = context;
  const due = await sql<{ id: string; topics: string[]; threshold: number; phones: number; papers: number; ticked: Ticked['topics'] }>`select * from vn.wishes_to_count()`.execute(tx);
  for (const { id, topics, threshold, phones, papers, ticked } of due.rows) {
    const { answers, counts } = shownOf({ phones, papers, topics: ticked }, topics, threshold);
    await sql`select vn.count_wishes(${id}, ${answers}, ${JSON.stringify(counts)}::jsonb, ${threshold})`.execute(tx);
    await tell(context, id);
  }
  await sql`select vn.forget_wish_forms()`.execute(tx);
}

async function tell(context: Context, form: string): Promise<void> {
  const found = await sql<{ company: string; centre: string; name: string; email: string | null; language: Language; no: number }>`
    select k.name company, c.name centre, f.steward_name "name", f.steward_email email, f.steward_language "language", f.steward_no "no"
      from vn.wish_form f join vn.company k on k.id = f.company_id join vn.centre c on c.id = f.centre_id where f.centre_id = ${centreOf(context)} and f.id = ${form}`.execute(context.tx);
  const it = found.rows[0];
  if (it === undefined || it.email === null) return;
  const w = inLanguage(wishLetters, it.language);
  await context.post({
    to: it.email,
    subject: w.countedSubject(it.company).replaceAll(/\s+/g, ' ').slice(0, 250),
    text: [w.hello(it.name), w.counted(it.company), w.open(context.address(`/wish-steward#${stewardToken(context, form, it.no)}`)), w.regards(it.centre)].join('\n\n'),
  });
}

export const chores: readonly Chore[] = [{ name: 'wishes.count', run: count }];
