import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import type { Context } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { daysBeforeEnd } from '../rules.ts';
import { keysLetter } from '../words.ts';

/** Row X.2: whoever answers for a key in use hears once, two weeks before it runs out. */
async function tell(context: Context): Promise<void> {
  const until = new Date(context.now.getTime() + daysBeforeEnd * 86_400_000).toISOString();
  const due = await sql<{ name: string; machine: boolean; expires_at: string; person: string; email: string; language: string }>`select * from vn.keys_to_tell(${until})`.execute(context.tx);
  for (const { name, machine, expires_at, person, email, language } of due.rows) {
    const known: Language = language === 'da' ? 'da' : 'en';
    const w = inLanguage(keysLetter, known);
    const day = new Intl.DateTimeFormat(known === 'da' ? 'da-DK' : 'en-GB', { dateStyle: 'long', timeZone: context.actor.zone }).format(new Date(expires_at));
    await context.post({ to: email, subject: w.subject(name, day), text: [w.hello(person), w[machine ? 'machine' : 'own'](name, day), w.mend(context.address('/keys'))].join('\n\n') });
  }
}

export const chores: readonly Chore[] = [{ name: 'keys.tell', run: tell }];
