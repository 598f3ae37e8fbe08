import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { provision } from '../../../catalogue/provision/server/public.ts';
import type { Evaluation } from '../contract.ts';
import { figuresOf, type Pointed } from '../model.ts';
import { evaluationsWords } from '../words.ts';

/** Row 3.07: whoever advises or answers for a school hears what for, by which criteria, of which time and when – before a figure is made. */
export async function tellAnnounced(context: Context, it: Evaluation): Promise<void> {
  const readers = await sql<{ id: string; name: string; email: string; language: Language }>`select * from vn.advisers_here()`.execute(context.tx);
  for (const { id, name, email, language } of readers.rows) {
    if (id === context.actor.personId) continue;
    const w = inLanguage(evaluationsWords, language).letter;
    const day = (of: string) => new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${of}T00:00:00Z`));
    await context.post({
      to: email,
      subject: w.subject,
      text: [w.hello(name), w.announced(day(it.from), day(it.to), day(it.usableOn)), w.purpose(it.purpose), w.criteria(it.criteria), w.nobody, w.read(context.address(`/impartial/${it.id}`))].join(
        '\n\n',
      ),
    });
  }
}

/** Makes the figures of what was announced and whose day has come: once, in one transaction, and keeps nothing else. */
async function publish(context: Context): Promise<void> {
  const { tx, now, today } = context;
  const centre = centreOf(context);
  const due = await sql<{ id: string }>`
    select id from vn.evaluation where centre_id = ${centre} and called_off_at is null and published_at is null and usable_on <= ${today}::date order by id for update skip locked`.execute(tx);
  if (due.rows.length === 0) return;
  const settings = await sql<{ small_cell: number }>`select small_cell from vn.outreach_settings()`.execute(tx);
  const threshold = settings.rows[0]?.small_cell ?? 5;
  const { schools, lines } = await provision(context);
  const order = schools.map(({ id }) => String(id));
  for (const { id } of due.rows) {
    const pointed = await sql<Pointed>`
      select from_school "from", company_id company, to_school "to", need_id need, field, division, municipality from vn.evaluation_pairs(${id})`.execute(tx);
    const { rows, together } = figuresOf(pointed.rows, order, lines, threshold);
    for (const [place, figures] of rows.entries())
      await tx
        .insertInto('evaluation_row')
        .values({ centre_id: centre, evaluation_id: id, place, from_school: figures.from, figures: JSON.stringify(figures) })
        .execute();
    await sql`update vn.evaluation set published_at = ${now.toISOString()}, threshold = ${threshold}, together = ${together === null ? null : JSON.stringify(together)}::jsonb, version = version + 1
      where centre_id = ${centre} and id = ${id}`.execute(tx);
    await context.audit('evaluation.published', id);
  }
}

export const chores: readonly Chore[] = [{ name: 'evaluations.publish', run: publish }];
