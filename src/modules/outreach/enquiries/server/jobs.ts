import { sql } from 'kysely';
import { localTime } from '../../../../kit/calendar-day.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { inOfficeHours, workingDaysAfter } from '../../../../platform/calendar/office-hours.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { type Asked, joinedWithinDays, overdue, sameEnquiry } from '../rules.ts';
import { enquiriesWords } from '../words.ts';
import { ownerByRule } from './public.ts';

/** Tells somebody that an enquiry is theirs, or that it still waits. */
export async function tellOwner(context: Pick<Context, 'tx' | 'actor' | 'post' | 'address'>, enquiry: string, person: string, waits = false): Promise<void> {
  const found = await sql<{ company: string; urgent: boolean; name: string; email: string; language: Language }>`
    select t.company, t.urgent, p.name, p.email, p.language from vn.enquiry_heading(${enquiry}) t, vn.people() p where p.id = ${person}`.execute(context.tx);
  const [it] = found.rows;
  if (it === undefined) return;
  const w = inLanguage(enquiriesWords, it.language).letter;
  await context.post({
    to: it.email,
    subject: (waits ? w.waitsSubject(it.company) : w.subject(it.company)).replaceAll(/\s+/g, ' ').slice(0, 250),
    text: [w.hello(it.name), waits ? w.waits(it.company) : w.yours(it.company), ...(it.urgent ? [w.urgent] : []), w.read(context.address('/enquiries'))].join('\n\n'),
  });
}

/** Tells an adviser who has taken up the company that he or she handed over; nothing for an enquiry through another door. */
export async function tellAdviser(context: Pick<Context, 'tx' | 'actor' | 'post' | 'address'>, enquiry: string): Promise<void> {
  const found = await sql<{ company_name: string; name: string; email: string; language: Language; owner: string; school: string | null; centre: string }>`
    select e.company_name, a.name, a.email, a.language, vn.person_name(e.owner_id) owner, s.name school, c.name centre
      from vn.enquiry e join vn.adviser a on a.centre_id = e.centre_id and a.id = e.adviser_id join vn.centre c on c.id = e.centre_id left join vn.school s on s.centre_id = e.centre_id and s.id = e.school_id
     where e.centre_id = ${context.actor.centreId} and e.id = ${enquiry} and a.ended_at is null`.execute(context.tx);
  const [it] = found.rows;
  if (it === undefined) return;
  const w = inLanguage(enquiriesWords, it.language).letter;
  await context.post({
    to: it.email,
    subject: w.takenSubject(it.company_name).replaceAll(/\s+/g, ' ').slice(0, 250),
    text: [w.hello(it.name), w.taken([it.owner, it.school ?? it.centre].join(', '), it.company_name), w.ownPage, w.regards(it.centre)].join('\n\n'),
  });
}

interface Waiting {
  id: string;
  company_id: string | null;
  cvr: string | null;
  company_name: string;
  town: string | null;
  phone: string | null;
  email: string | null;
  channel: string;
  adviser_id: string | null;
}
const columns = sql`id, company_id, cvr, company_name, town, phone, email, channel, adviser_id`;
const asked = (row: Waiting): Asked => ({ ...row, company: row.company_id, companyName: row.company_name, adviser: row.adviser_id });

/**
 * Row 2.35: each enquiry that nobody has goes to the company's contact person, else to whoever works with the company already, else by the published rule; what the
 * rule was told is kept. Duplicates are joined to the first.
 */
async function route(context: Context): Promise<void> {
  const { tx, now } = context;
  const centre = centreOf(context);
  const waiting = await sql<Waiting>`
    select ${columns} from vn.enquiry
     where centre_id = ${centre} and owner_id is null and joined_to is null and answered_at is null order by received_at, id limit 50 for update skip locked`.execute(tx);
  if (waiting.rows.length === 0) return;
  const earlier = await sql<Waiting & { owner_id: string }>`
    select ${columns}, owner_id from vn.enquiry
     where centre_id = ${centre} and joined_to is null and answered_at is null and owner_id is not null and received_at > ${new Date(now.getTime() - joinedWithinDays * 86_400_000).toISOString()} order by received_at, id`.execute(
    tx,
  );
  const open = [...earlier.rows];
  for (const row of waiting.rows) {
    const first = open.find((each) => sameEnquiry(asked(row), asked(each)));
    if (first !== undefined) {
      await sql`update vn.enquiry set joined_to = ${first.id}, version = version + 1 where centre_id = ${centre} and id = ${row.id}`.execute(tx);
      continue;
    }
    const ruled = await ownerByRule(context, row.company_id, row.id);
    if (ruled === null) continue; // nobody is there today: it stays with the coordinator, and the house asks again
    const working =
      ruled.because === 'contact_person' || row.company_id === null
        ? undefined
        : (await sql<{ person_id: string; school_id: string | null }>`select * from vn.works_with(${row.company_id})`.execute(tx)).rows[0];
    const chosen = working === undefined ? ruled : { ...ruled, consultant: working.person_id, school: working.school_id, because: 'same_company' as const };
    await sql`
      update vn.enquiry set owner_id = ${chosen.consultant}, school_id = ${chosen.school}, because = ${chosen.because}, seed = ${row.id}, told = ${JSON.stringify(chosen.told)}::jsonb, routed_at = ${now.toISOString()}, version = version + 1
       where centre_id = ${centre} and id = ${row.id}`.execute(tx);
    open.push({ ...row, owner_id: chosen.consultant });
    await tellOwner(context, row.id, chosen.consultant);
  }
}

/** Whoever waits too long for an answer is named once to whoever has it. */
async function remind(context: Context): Promise<void> {
  const { tx, actor, now, today } = context;
  if (!inOfficeHours(context)) return;
  const open = await sql<{ id: string; owner_id: string; routed_at: string; urgent: boolean }>`
    select id, owner_id, routed_at, urgent from vn.enquiry where centre_id = ${centreOf(context)} and answered_at is null and joined_to is null and owner_id is not null and reminded_at is null
       and routed_at < ${new Date(now.getTime() - 12 * 3_600_000).toISOString()} order by id limit 200`.execute(tx);
  for (const { id, owner_id, routed_at, urgent } of open.rows) {
    if (!overdue(workingDaysAfter(localTime(actor.zone, new Date(routed_at)).day, today), urgent)) continue;
    await sql`update vn.enquiry set reminded_at = ${now.toISOString()} where centre_id = ${centreOf(context)} and id = ${id}`.execute(tx);
    await tellOwner(context, id, owner_id, true);
  }
}

export const chores: readonly Chore[] = [
  { name: 'enquiries.route', run: route },
  { name: 'enquiries.remind', run: remind },
];
