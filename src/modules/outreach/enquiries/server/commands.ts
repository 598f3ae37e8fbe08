import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { askHouse } from '../../../../platform/jobs/house.ts';
import * as contract from '../contract.ts';
import { tellAdviser, tellOwner } from './jobs.ts';
import { enquiryById, enquiryOrNull } from './queries.ts';

export async function askCentre(context: Context, { params, body }: InputOf<typeof contract.askCentre>): Promise<null> {
  // Only a machine fills in what nobody sees; it learns nothing by it.
  if (body.website !== '') return null;
  const taken = await sql<{ ok: boolean }>`
    select vn.take_enquiry(${params.centre}, ${context.newId()}, ${body.companyName}, ${body.cvr}, ${body.personName}, ${body.phone}, ${body.email}, ${body.said}) ok`.execute(context.tx);
  if (taken.rows[0]?.ok !== true) throw problem('not_found');
  return null;
}

/** @returns the company by its id or its number; null where none was said or the centre does not know the number */
async function companyOf(context: Context, { company, cvr }: { company: string | null; cvr: string | null }): Promise<string | null | undefined> {
  if (company === null && cvr === null) return null;
  const found = await sql<{ id: string }>`
    select k.id from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = ${centreOf(context)} and (k.id = ${company}::uuid or (${company}::uuid is null and k.cvr = ${cvr}))`.execute(
    context.tx,
  );
  return found.rows[0]?.id ?? (company === null ? null : undefined);
}

export async function addEnquiry(context: Context, { body }: InputOf<typeof contract.addEnquiry>): Promise<contract.Enquiry> {
  const company = await companyOf(context, body);
  if (company === undefined) throw refuse(contract.addEnquiry, 'company_unknown', { fields: [{ path: 'company', code: 'unknown' }] });
  const id = context.newId();
  const tip = body.channel === 'tip';
  await context.tx
    .insertInto('enquiry')
    .values({
      centre_id: centreOf(context),
      id,
      received_at: context.now.toISOString(),
      channel: body.channel,
      company_id: company,
      company_name: body.companyName,
      cvr: body.cvr,
      person_name: body.personName,
      phone: body.phone,
      email: body.email,
      said: body.said,
      source: tip ? body.source : null,
      reason: tip ? body.reason : null,
      urgent: body.urgent,
      taken_by: personOf(context),
    })
    .execute();
  await context.audit('enquiry.added', id);
  await askHouse(context);
  return enquiryById(context, id);
}

async function ownFor(context: Context, endpoint: typeof contract.answerEnquiry, id: string): Promise<contract.Enquiry> {
  const now = await enquiryById(context, id);
  if (!now.can.answer) throw refuse(endpoint, 'not_your_enquiry');
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  return now;
}

export async function passEnquiry(context: Context, { params, body }: InputOf<typeof contract.passEnquiry>): Promise<contract.Enquiry | null> {
  const centre = centreOf(context);
  await ownFor(context, contract.passEnquiry as unknown as typeof contract.answerEnquiry, params.enquiry);
  const found = await sql<{ school_id: string | null }>`
    select m.school_id from vn.membership m where m.centre_id = ${centre} and m.person_id = ${body.person} and m.role = 'consultant' and m.during @> ${context.today}::date order by m.school_id nulls last limit 1`.execute(
    context.tx,
  );
  const [membership] = found.rows;
  if (membership === undefined) throw refuse(contract.passEnquiry, 'not_consulting', { fields: [{ path: 'person', code: 'not_consulting' }] });
  await sql`select vn.pass_enquiry(${params.enquiry}, ${body.person}, ${membership.school_id}, ${body.reason}, ${context.version})`.execute(context.tx);
  if (body.person !== context.actor.personId) await tellOwner(context, params.enquiry, body.person);
  await context.audit('enquiry.passed', params.enquiry, { person: body.person });
  // Whoever gave it away may see it no longer.
  return enquiryOrNull(context, params.enquiry);
}

export async function answerEnquiry(context: Context, { params, body }: InputOf<typeof contract.answerEnquiry>): Promise<contract.Enquiry> {
  await ownFor(context, contract.answerEnquiry, params.enquiry);
  await context.tx
    .updateTable('enquiry')
    .set({ answered_at: context.now.toISOString(), answer: body.answer, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.enquiry)
    .where('version', '=', context.version)
    .execute();
  await context.audit('enquiry.answered', params.enquiry);
  return enquiryById(context, params.enquiry);
}

export async function nameCompany(context: Context, { params, body }: InputOf<typeof contract.nameCompany>): Promise<contract.Enquiry> {
  await ownFor(context, contract.nameCompany as unknown as typeof contract.answerEnquiry, params.enquiry);
  const company = await companyOf(context, { company: body.company, cvr: null });
  if (company === undefined) throw refuse(contract.nameCompany, 'company_unknown', { fields: [{ path: 'company', code: 'unknown' }] });
  await context.tx
    .updateTable('enquiry')
    .set({ company_id: company, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.enquiry)
    .where('version', '=', context.version)
    .execute();
  return enquiryById(context, params.enquiry);
}

export async function noteEnquiryStep(context: Context, { params, body }: InputOf<typeof contract.noteEnquiryStep>): Promise<contract.Enquiry> {
  const before = await ownFor(context, contract.noteEnquiryStep as unknown as typeof contract.answerEnquiry, params.enquiry);
  if (before.owner === null) throw refuse(contract.noteEnquiryStep, 'not_your_enquiry');
  const now = context.now.toISOString();
  await context.tx
    .updateTable('enquiry')
    .set({ accepted_at: before.takenAt ?? now, ...(body.step === 'contacted' ? { contacted_at: before.contactedAt ?? now } : {}), version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.enquiry)
    .where('version', '=', context.version)
    .execute();
  if (before.takenAt === null) await tellAdviser(context, params.enquiry);
  await context.audit(`enquiry.${body.step}`, params.enquiry);
  return enquiryById(context, params.enquiry);
}
