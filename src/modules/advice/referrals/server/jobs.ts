import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { inOfficeHours, workingDaysAfter } from '../../../../platform/calendar/office-hours.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import type { Referral } from '../contract.ts';
import { isLate } from '../rules.ts';
import { referralsWords } from '../words.ts';

interface Reader {
  id: string;
  name: string;
  email: string;
  language: Language;
}
type About = Pick<Context, 'tx' | 'actor' | 'post' | 'address'>;
type Letter = ReturnType<typeof letterIn>;
const letterIn = (language: Language) => inLanguage(referralsWords, language).letter;

/** Who answers for a school: its managers, else its consultants. */
const answersFor = async (context: About, school: string) => (await sql<Reader>`select * from vn.answers_for(${school})`.execute(context.tx)).rows;
const people = async (context: About, ids: readonly string[]) =>
  (await sql<Reader>`select p.id, p.name, p.email, p.language from vn.people() p where p.id = any (${sql.val(ids)}::uuid[])`.execute(context.tx)).rows;
const worksFor = async (context: About, person: string, school: string) => (await sql<{ ok: boolean }>`select vn.works_for(${person}, ${school}) ok`.execute(context.tx)).rows[0]?.ok === true;

/** One mail each, in their own language; whoever acts knows already. It names the company and no more: the rest is read behind the sign-in. */
async function write(context: About, readers: readonly Reader[], { id, company }: Pick<Referral, 'id' | 'company'>, text: (letter: Letter) => { subject: string; lines: string[] }): Promise<void> {
  for (const { id: reader, name, email, language } of readers) {
    if (reader === context.actor.personId) continue;
    const w = letterIn(language);
    const { subject, lines } = text(w);
    await context.post({
      to: email,
      subject: `${subject}: ${company.name}`.replaceAll(/\s+/g, ' ').slice(0, 250),
      text: [w.hello(name), ...lines, w.read(context.address(`/referrals/${id}`))].join('\n\n'),
    });
  }
}

export const tellReceivers = async (context: About, it: Referral) =>
  write(context, await answersFor(context, it.to.id), it, (w) => ({ subject: w.sentSubject, lines: [w.sent(it.from?.name ?? w.centre, it.company.name)] }));

/** Whoever was named to have it. */
export const tellOwner = async (context: About, it: Referral) =>
  it.owner !== null && write(context, await people(context, [it.owner.id]), it, (w) => ({ subject: w.ownerSubject, lines: [w.owner(it.company.name)] }));

/** The outcome goes back to whoever referred; where they left the school, to whoever answers for it. */
export async function tellSender(context: About, it: Referral): Promise<void> {
  const there = it.from === null || (await worksFor(context, it.sentBy.id, it.from.id));
  await write(context, there ? await people(context, [it.sentBy.id]) : it.from === null ? [] : await answersFor(context, it.from.id), it, (w) => ({
    subject: w.backSubject,
    lines: [w.back[it.state](it.to.name, it.company.name)],
  }));
}

/** A referral that was taken back needs nobody’s time any more. */
export const tellWithdrawn = async (context: About, it: Referral, owner: string | null) =>
  write(context, owner === null ? await answersFor(context, it.to.id) : await people(context, [owner]), it, (w) => ({ subject: w.withdrawnSubject, lines: [w.withdrawn(it.company.name)] }));

interface Waiting {
  id: Referral['id'];
  company_id: Referral['company']['id'];
  company: string;
  to_school: string;
  owner_id: string | null;
  state: Referral['state'];
  moved_on: string;
}
/** Row 3.01: once for each step, on working days, whoever has to answer is reminded, then whoever has it and let nothing be heard. */
async function remind(context: Context): Promise<void> {
  if (!inOfficeHours(context)) return;
  const { tx, actor, now, today } = context;
  const centre = centreOf(context);
  const open = await sql<Waiting>`
    select r.id, r.company_id, k.name company, r.to_school, r.owner_id, r.state, (r.moved_at at time zone ${actor.zone})::date::text moved_on from vn.referral r join vn.company k on k.id = r.company_id
     where r.centre_id = ${centre} and r.state in ('sent', 'accepted', 'started') and r.reminded_at is null and r.moved_at < ${new Date(now.getTime() - 5 * 86_400_000).toISOString()} order by r.id limit 200`.execute(
    tx,
  );
  for (const { id, company_id, company, to_school, owner_id, state, moved_on } of open.rows) {
    const days = (Date.parse(today) - Date.parse(moved_on)) / 86_400_000;
    if (!isLate(state, { days, workingDays: workingDaysAfter(moved_on, today) })) continue;
    await sql`update vn.referral set reminded_at = ${now.toISOString()} where centre_id = ${centre} and id = ${id}`.execute(tx);
    const has = owner_id !== null && (await worksFor(context, owner_id, to_school));
    await write(context, has ? await people(context, [owner_id]) : await answersFor(context, to_school), { id, company: { id: company_id, name: company, town: null } }, (w) => ({
      subject: w.waitsSubject,
      lines: [state === 'sent' ? w.waits(company) : w.howGoes(company)],
    }));
  }
}

export const chores: readonly Chore[] = [{ name: 'referrals.remind', run: remind }];
