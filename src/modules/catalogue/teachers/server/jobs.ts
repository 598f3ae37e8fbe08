import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import type { Context } from '../../../../platform/http/context.ts';
import type { Loan } from '../contract.ts';
import { teachersWords } from '../words.ts';

const dayText = (language: Language, day: string) => new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));

/** One mail each to whoever answers for a school – its managers, else its consultants – in their own language; whoever acts knows already. */
async function write(context: Context, school: string, teacher: string, text: (w: ReturnType<typeof letterIn>, language: Language) => { subject: string; lines: string[] }): Promise<void> {
  const readers = await sql<{ id: string; name: string; email: string; language: Language }>`select * from vn.answers_for(${school})`.execute(context.tx);
  for (const { id, name, email, language } of readers.rows) {
    if (id === context.actor.personId) continue;
    const w = letterIn(language);
    const { subject, lines } = text(w, language);
    await context.post({ to: email, subject: subject.replaceAll(/\s+/g, ' ').slice(0, 250), text: [w.hello(name), ...lines, w.read(context.address(`/teachers/${teacher}`))].join('\n\n') });
  }
}
const letterIn = (language: Language) => inLanguage(teachersWords, language).letter;

/** The school that has the teacher hears that another one asks (row 4.04). */
export const tellAsked = (context: Context, { from, to, teacher, first, last, about }: Loan): Promise<void> =>
  write(context, from.id, teacher.id, (w, language) => ({
    subject: w.askedSubject(to.name, teacher.name),
    lines: [w.asked(to.name, teacher.name, dayText(language, first), dayText(language, last)), ...(about === '' ? [] : [about])],
  }));

/** The school that asked hears the answer. */
export const tellAnswered = (context: Context, { from, to, teacher, state, because }: Loan): Promise<void> =>
  write(context, to.id, teacher.id, (w) => {
    const said = state === 'agreed' ? w.agreed(from.name, teacher.name) : w.declined(from.name, teacher.name);
    return { subject: said, lines: [said, ...(because === '' ? [] : [w.because(because)])] };
  });
