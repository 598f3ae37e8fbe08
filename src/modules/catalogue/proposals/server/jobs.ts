import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Proposal } from '../contract.ts';
import { proposalsWords } from '../words.ts';

/** Whoever suggested it hears how far it is now (row 4.22): one mail for a step, none for one's own, none to whoever works here no more. */
export async function tellSuggester(context: Context, { id, title, state }: Proposal, note: string): Promise<void> {
  const found = await sql<{ name: string; email: string; language: Language }>`
    select p.name, p.email, p.language from vn.proposal o join vn.people() p on p.id = o.suggested_by where o.centre_id = ${centreOf(context)} and o.id = ${id} and p.id is distinct from ${context.actor.personId}::uuid
       and exists (select from vn.membership m where m.centre_id = o.centre_id and m.person_id = p.id and m.during @> ${context.today}::date)`.execute(context.tx);
  for (const { name, email, language } of found.rows) {
    const words = inLanguage(proposalsWords, language);
    const w = words.letter;
    await context.post({
      to: email,
      subject: w.subject(title, words.states[state]).replaceAll(/\s+/g, ' ').slice(0, 250),
      text: [w.hello(name), w.now(title, words.states[state]), ...(note === '' ? [] : [note]), w.read(context.address('/proposals?mine=true'))].join('\n\n'),
    });
  }
}
