import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { inOfficeHours } from '../../../../platform/calendar/office-hours.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { partnershipsWords } from '../words.ts';

interface Due {
  id: string;
  no: number;
  what: 'review' | 'signed';
  day: string;
  company: string;
  owner_id: string;
}

/**
 * Row 4.09: the owner hears once of a review day that has come, and once that the company has signed. Where the owner is no consultant here any more and no coordinator,
 * whoever coordinates hears of it.
 */
async function remind(context: Context): Promise<void> {
  if (!inOfficeHours(context)) return;
  const { tx, today, now } = context;
  const centre = centreOf(context);
  const due = await sql<Due>`
    select s.id, t.no, w.what, coalesce(t.next_review, t.review_on)::text "day", k.name company, s.owner_id
      from vn.partnership_text t join vn.partnership s on s.centre_id = t.centre_id and s.id = t.partnership_id join vn.company k on k.id = s.company_id
      cross join lateral (values ('review', t.state = 'signed' and t.next_review <= ${today}::date and t.valid_to >= ${today}::date and t.reminded_of is distinct from t.next_review),
        ('signed', t.state in ('awaiting', 'signed') and t.company_signed_at is not null and t.told_at is null)) w (what, is_due)
     where t.centre_id = ${centre} and w.is_due order by s.id, t.no limit 200`.execute(tx);
  for (const { id, no, what, day, company, owner_id } of due.rows) {
    const readers = await sql<{ name: string; email: string; language: Language }>`
      with here as (select m.person_id, m.role from vn.membership m where m.centre_id = ${centre} and m.role in ('consultant', 'coordinator') and m.during @> ${today}::date)
      select p.name, p.email, p.language from vn.people() p where case when exists (select from here where person_id = ${owner_id}) then p.id = ${owner_id}
        else p.id in (select person_id from here where role = 'coordinator') end order by p.id`.execute(tx);
    for (const { name, email, language } of readers.rows) {
      const w = inLanguage(partnershipsWords, language).letter;
      await context.post({
        to: email,
        subject: `${w[what].subject}: ${company}`.replaceAll(/\s+/g, ' ').slice(0, 250),
        text: [w.hello(name), w[what].text(company), w.read(context.address(`/partnerships/${id}`))].join('\n\n'),
      });
    }
    await (what === 'review'
      ? sql`update vn.partnership_text t set reminded_of = ${day}::date where t.centre_id = ${centre} and t.partnership_id = ${id} and t.no = ${no}`
      : sql`update vn.partnership_text t set told_at = ${now.toISOString()} where t.centre_id = ${centre} and t.partnership_id = ${id} and t.no = ${no}`
    ).execute(tx);
  }
}

export const chores: readonly Chore[] = [{ name: 'partnerships.remind', run: remind }];
