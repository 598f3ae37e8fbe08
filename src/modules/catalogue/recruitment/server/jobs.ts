import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { recruitmentWords } from '../words.ts';

/** A jobcentre wrote a need behind its link: its contact person hears of it, and where it has none the coordinators (row 2.31). Once. */
async function tell(context: Context): Promise<void> {
  const centre = centreOf(context);
  const fresh = await sql<{ id: string; trade: string; people: number; company_id: string; jobcentre: string }>`
    update vn.recruitment_need n set told_at = ${context.now.toISOString()} from vn.company k
     where n.centre_id = ${centre} and n.made_by is null and n.told_at is null and k.id = n.company_id returning n.id, n.trade, n.people::int, n.company_id, k.name jobcentre`.execute(context.tx);
  for (const { id, trade, people, company_id: company, jobcentre } of fresh.rows) {
    const readers = await sql<{ name: string; email: string; language: Language }>`
      with own as (select coalesce(r.deputy, r.contact_person) id from vn.relation r where r.centre_id = ${centre} and r.company_id = ${company} and r.active)
      select distinct p.name, p.email, p.language from vn.people() p
       where p.id in (select id from own) or (not exists (select from own) and p.id in (select m.person_id from vn.membership m where m.centre_id = ${centre} and m.role = 'coordinator' and m.during @> ${context.today}::date))`.execute(
      context.tx,
    );
    for (const { name, email, language } of readers.rows) {
      const w = inLanguage(recruitmentWords, language).letter;
      await context.post({
        to: email,
        subject: w.subject(jobcentre).replaceAll(/\s+/g, ' ').slice(0, 250),
        text: [w.hello(name), w.wrote(jobcentre, people, trade), w.read(context.address(`/recruitment/${id}`))].join('\n\n'),
      });
    }
  }
}

export const chores: readonly Chore[] = [{ name: 'recruitment.tell', run: tell }];
