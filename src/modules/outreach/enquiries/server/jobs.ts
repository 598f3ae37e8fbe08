import { sql } from 'kysely';
import { localTime } from '../../../../kit/calendar-day.ts';
import { sectionOf } from '../../../../kit/industries.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { inOfficeHours, workingDaysAfter } from '../../../../platform/calendar/office-hours.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { assign } from '../../meetings/server/public.ts';
import { type Asked, joinedWithinDays, overdue, sameEnquiry } from '../rules.ts';
import { enquiriesWords } from '../words.ts';

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

interface Waiting {
  id: string;
  company_id: string | null;
  cvr: string | null;
  company_name: string;
  phone: string | null;
  email: string | null;
  channel: string;
}
const asked = (row: Waiting): Asked => ({ company: row.company_id, cvr: row.cvr, companyName: row.company_name, phone: row.phone, email: row.email });

interface Inputs {
  window: number;
  lead: number;
  division: string | null;
  contactPerson: string | null;
  schools: { school: string; share: number; booked: number; weeksIn: number }[];
  consultants: { consultant: string; school: string | null; industries: string[] }[];
}

/** Row 2.35: each enquiry that nobody has goes to the company's contact person, else by the published rule; what the rule was told is kept. Duplicates are joined to the first. */
async function route(context: Context): Promise<void> {
  const { tx, now } = context;
  const centre = centreOf(context);
  const waiting = await sql<Waiting>`
    select id, company_id, cvr, company_name, phone, email, channel from vn.enquiry
     where centre_id = ${centre} and owner_id is null and joined_to is null and answered_at is null order by received_at, id limit 50 for update skip locked`.execute(tx);
  if (waiting.rows.length === 0) return;
  const earlier = await sql<Waiting & { owner_id: string }>`
    select id, company_id, cvr, company_name, phone, email, channel, owner_id from vn.enquiry
     where centre_id = ${centre} and joined_to is null and answered_at is null and owner_id is not null and received_at > ${new Date(now.getTime() - joinedWithinDays * 86_400_000).toISOString()} order by received_at, id`.execute(
    tx,
  );
  const open = [...earlier.rows];
  for (const row of waiting.rows) {
    // A tip about a company is another thing than its own question.
    const first = open.find((each) => (each.channel === 'tip') === (row.channel === 'tip') && sameEnquiry(asked(row), asked(each)));
    if (first !== undefined) {
      await sql`update vn.enquiry set joined_to = ${first.id}, version = version + 1 where centre_id = ${centre} and id = ${row.id}`.execute(tx);
      continue;
    }
    const found = await sql<{ inputs: Inputs }>`select vn.enquiry_inputs(${row.company_id}) inputs`.execute(tx);
    const inputs = found.rows[0]?.inputs;
    if (inputs === undefined) continue;
    const section = sectionOf(inputs.division);
    const candidates = inputs.consultants.map(({ consultant, school, industries }) => ({ consultant, school, knows: section !== null && industries.includes(section) }));
    const seed = row.id;
    const ruled = assign(candidates, inputs.schools, { window: inputs.window, lead: inputs.lead }, seed);
    const chosen =
      inputs.contactPerson === null
        ? ruled
        : { consultant: inputs.contactPerson, school: inputs.consultants.find(({ consultant }) => consultant === inputs.contactPerson)?.school ?? null, because: 'contact_person' as const };
    if (chosen === null) continue; // nobody is there today: it stays with the coordinator, and the house asks again
    await sql`
      update vn.enquiry set owner_id = ${chosen.consultant}, school_id = ${chosen.school}, because = ${chosen.because}, seed = ${seed}, told = ${JSON.stringify(inputs)}::jsonb, routed_at = ${now.toISOString()}, version = version + 1
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
