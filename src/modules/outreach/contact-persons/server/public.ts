import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { writeEntry } from '../../../companies/timeline/server/public.ts';
import { contactPersonsWords } from '../words.ts';

/** A line of the company's story and of the log: who is the contact person from now on. */
export async function handedOver(context: Context, company: string, person: string): Promise<void> {
  await writeEntry(context, { company, kind: 'contact_person.given', subject: person, data: { person } });
  await context.audit('contact_person.given', company, { person });
}

/**
 * Whoever visits a company that nobody follows yet is its contact person from now on (row 2.23), in the transaction of the report; otherwise nothing happens.
 */
export async function followAfterVisit(context: Context, company: string): Promise<void> {
  const found = await sql<{ active: boolean; contact_version: number }>`
    select active, contact_version from vn.relation where centre_id = ${centreOf(context)} and company_id = ${company}`.execute(context.tx);
  const [relation] = found.rows;
  if (relation === undefined) return;
  if (!relation.active) {
    const given = await sql<{ result: string }>`select vn.give_company(${company}, ${personOf(context)}, '', ${relation.contact_version}) result`.execute(context.tx);
    if (given.rows[0]?.result === 'given') await handedOver(context, company, personOf(context));
  }
  await sql`select vn.company_heard(${company})`.execute(context.tx);
}

interface Addressee {
  name: string;
  email: string;
  language: Language;
}

/** Tells people at a company, in their own language, whom they meet from now on (row 2.23). */
export async function tellOfChange(
  context: Context,
  to: readonly Addressee[],
  { company, person, centre }: { company: string; person: { name: string; email: string; phone: string | null; school: string | null }; centre: string },
): Promise<void> {
  for (const { name, email, language } of to) {
    const w = inLanguage(contactPersonsWords, language).letter;
    await context.post({
      to: email,
      subject: w.subject(centre).replaceAll(/\s+/g, ' ').slice(0, 250),
      text: [w.hello(name), w.from(company, person.name, person.school), w.reach([person.phone, person.email].filter((part) => part !== null && part !== '').join(', ')), w.regards(centre)].join(
        '\n\n',
      ),
    });
  }
}
