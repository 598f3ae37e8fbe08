import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { momentInWords } from '../../../../kit/moment.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { cvrNumber } from '../../../companies/register/contract.ts';
import { schoolsOfToday } from '../../../organisation/schools/server/public.ts';
import type { NominationResult, Quotas } from '../contract.ts';
import * as contract from '../contract.ts';
import { nominationMail } from '../words.ts';
import { quotas, roundOf } from './queries.ts';

/** Tells those who answer for the schools that have a quota: managers, and the consultants of a school without one. */
async function tell(context: Context, campaign: string, { schools, deadline }: Quotas): Promise<void> {
  const { name, goal } = await context.tx.selectFrom('campaign').select(['name', 'goal']).where('centre_id', '=', centreOf(context)).where('id', '=', campaign).executeTakeFirstOrThrow();
  for (const { schoolId, quota } of schools.filter((each) => each.quota > 0)) {
    const readers = await sql<{ name: string; email: string; language: Language }>`
      with held as (select distinct m.role, p.name, p.email, p.language from vn.membership m join vn.people() p on p.id = m.person_id
                     where m.centre_id = ${centreOf(context)} and m.school_id = ${schoolId} and m.role in ('manager', 'consultant') and m.during @> ${context.today}::date)
      select h.name, h.email, h.language from held h where h.role = 'manager' or not exists (select from held x where x.role = 'manager') order by h.email`.execute(context.tx);
    for (const reader of readers.rows) {
      const mail = inLanguage(nominationMail, reader.language);
      await context.post({
        to: reader.email,
        subject: mail.subject(name),
        text: mail.text(reader.name, name, goal, quota, momentInWords(reader.language, context.actor.zone, deadline ?? ''), context.address(`/nominations/${campaign}`)),
      });
    }
  }
}

export async function writeQuotas(context: Context, { params, body }: InputOf<typeof contract.writeQuotas>): Promise<Quotas> {
  const before = await quotas(context, { params, query: undefined, body: undefined });
  if (new Date(body.deadline) <= context.now) throw refuse(contract.writeQuotas, 'deadline_passed', { fields: [{ path: 'deadline', code: 'deadline_passed' }] });
  const known = new Set<string>((await schoolsOfToday(context)).map(({ id }) => id));
  if (body.schools.some(({ school }) => !known.has(school))) throw refuse(contract.writeQuotas, 'school_not_found');
  const written = await sql<{ result: string }>`
    select vn.write_quotas(${params.campaign}, ${body.hours}, ${body.perHour}, ${new Date(body.deadline).toISOString()}, ${body.schools.map(({ school }) => school)}::uuid[], ${body.schools.map(({ quota }) => quota)}::int[]) result`.execute(
    context.tx,
  );
  const result = written.rows[0]?.result;
  if (result === 'not_found') throw problem('not_found');
  if (result === 'campaign_state') throw refuse(contract.writeQuotas, 'campaign_state');
  if (result === 'above_total') throw refuse(contract.writeQuotas, 'quotas_above_total', { fields: [{ path: 'schools', code: 'quotas_above_total' }] });
  if (result === 'below_used') throw refuse(contract.writeQuotas, 'quota_below_used', { fields: [{ path: 'schools', code: 'quota_below_used' }] });
  await context.audit('quotas.written', params.campaign, { schools: body.schools.length, total: body.hours * body.perHour });
  const after = await quotas(context, { params, query: undefined, body: undefined });
  if (before.deadline === null) await tell(context, params.campaign, after);
  return after;
}

type Outcome = OutputOf<typeof contract.nominateCompanies>;

export async function nominateCompanies(context: Context, { params, body }: InputOf<typeof contract.nominateCompanies>): Promise<Outcome> {
  await roundOf(context, params.campaign);
  const numbers = 'numbers' in body ? body.numbers.map((written) => ({ written, cvr: cvrNumber.safeParse(written).data ?? null })) : [];
  const found = await sql<{ id: string; cvr: string; name: string }>`
    select c.id, c.cvr, c.name from vn.company c join vn.relation r on r.company_id = c.id and r.centre_id = ${centreOf(context)}
     where ${'companies' in body ? sql`c.id = any(${body.companies}::uuid[])` : sql`c.cvr = any(${numbers.flatMap(({ cvr }) => cvr ?? [])}::text[])`}`.execute(context.tx);
  const wanted = 'companies' in body ? [...new Set<string>(body.companies)] : [...new Set(numbers.flatMap(({ cvr }) => found.rows.find((row) => row.cvr === cvr)?.id ?? []))];
  const named = await sql<{ company_id: string; result: NominationResult }>`select * from vn.nominate(${params.campaign}, ${wanted}::uuid[])`.execute(context.tx);
  // Numbers of which none is known say nothing about whether there is still time.
  const after = await roundOf(context, params.campaign);
  if (after.state !== 'open' || named.rows.length < wanted.length) throw refuse(contract.nominateCompanies, 'nominations_closed');
  const results = named.rows.map(({ company_id, result }) => {
    const company = found.rows.find(({ id }) => id === company_id);
    return { company: company_id as Outcome['results'][number]['company'], number: company?.cvr ?? null, name: company?.name ?? null, result };
  });
  const lost = numbers
    .filter(({ cvr }) => cvr === null || !found.rows.some((row) => row.cvr === cvr))
    .map(({ written, cvr }) => ({ company: null, number: written, name: null, result: (cvr === null ? 'not_a_number' : 'unknown') as NominationResult }));
  const count = results.filter(({ result }) => result === 'named').length;
  if (count > 0) await context.audit('companies.nominated', params.campaign, { companies: count });
  return { quota: after.quota, used: after.used, results: [...results, ...lost] };
}

export async function withdrawNomination(context: Context, { params }: InputOf<typeof contract.withdrawNomination>): Promise<null> {
  await roundOf(context, params.campaign);
  const done = await sql<{ ok: boolean }>`select vn.withdraw_nomination(${params.campaign}, ${params.company}) ok`.execute(context.tx);
  if (done.rows[0]?.ok !== true) throw refuse(contract.withdrawNomination, 'nominations_closed');
  await context.audit('nomination.withdrawn', params.campaign);
  return null;
}
