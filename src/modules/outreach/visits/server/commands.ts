import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { pointTo, writeNeeds } from '../../../companies/needs/server/public.ts';
import { writeEntry } from '../../../companies/timeline/server/public.ts';
import { followAfterVisit } from '../../contact-persons/server/public.ts';
import { visitedMeanwhile } from '../../keeping-up/server/public.ts';
import { meetingWasHeld } from '../../meetings/server/public.ts';
import { addTasks } from '../../tasks/server/public.ts';
import * as contract from '../contract.ts';
import { quarterOf, tidy } from '../rules.ts';
import { draftOf, reportById, reportFrom } from './queries.ts';

type Content = contract.Content;

/** Two sendings of one draft come one after the other, so the second finds what the first wrote. */
const oneAtATime = (context: Context, draft: string) => sql`select pg_advisory_xact_lock(hashtextextended(${`${personOf(context)} ${draft}`}, 0))`.execute(context.tx);

export async function writeDraft(context: Context, { params, body }: InputOf<typeof contract.writeDraft>): Promise<contract.Draft> {
  await oneAtATime(context, params.draft);
  if ((await reportFrom(context, params.draft)) !== null) throw refuse(contract.writeDraft, 'draft_sent');
  const now = await draftOf(context, params.draft);
  if ((now?.version ?? 0) !== context.version && now !== null) throw problem('version_conflict', { current: now });
  const own = { centre_id: centreOf(context), person_id: personOf(context), id: params.draft };
  const written = { content: JSON.stringify(body), written_at: context.now.toISOString(), version: context.version + 1 };
  await context.tx
    .insertInto('visit_draft')
    .values({ ...own, ...written, source: 'written' })
    .onConflict((clash) => clash.columns(['centre_id', 'person_id', 'id']).doUpdateSet(written))
    .execute();
  const draft = await draftOf(context, params.draft);
  if (draft === null) throw new Error('a draft that was written is there');
  return draft;
}

async function dropDraft(context: Context, draft: string): Promise<boolean> {
  const gone = await context.tx
    .deleteFrom('visit_draft')
    .where('centre_id', '=', centreOf(context))
    .where('person_id', '=', personOf(context))
    .where('id', '=', draft)
    .returning('id')
    .executeTakeFirst();
  return gone !== undefined;
}

export async function removeDraft(context: Context, { params }: InputOf<typeof contract.removeDraft>): Promise<null> {
  await context.tx
    .deleteFrom('visit_file')
    .where('centre_id', '=', centreOf(context))
    .where('person_id', '=', personOf(context))
    .where('draft_id', '=', params.draft)
    .where('report_id', 'is', null)
    .execute();
  if (!(await dropDraft(context, params.draft))) throw problem('not_found');
  return null;
}

/** @throws invalid where the visit is still ahead */
function notAhead(context: Context, { visitedOn }: Content): void {
  if (visitedOn > context.today) throw problem('invalid', { fields: [{ path: 'visitedOn', code: 'ahead' }] });
}

const columns = (content: Content) => ({
  visited_on: content.visitedOn,
  kind: content.kind,
  about: content.about,
  agreed: content.agreed,
  topics: content.topics,
  barriers: content.barriers,
  people: JSON.stringify(content.people),
  partner: content.partner === '' ? null : content.partner,
  minutes: content.minutes,
  km: content.km,
});

/** Needs first, then the offers that answer them (row 3.04), which schools they point to (row 3.02), then the words by which the report is found. */
async function writeNeedsAndOffers(context: Context, company: string, report: string, content: Content): Promise<void> {
  const centre = centreOf(context);
  await context.tx.deleteFrom('visit_offer').where('centre_id', '=', centre).where('report_id', '=', report).execute();
  const needs = await writeNeeds(context, company, report, content.needs);
  if (content.offers.length > 0)
    await context.tx
      .insertInto('visit_offer')
      .values(content.offers.map(({ need, school, what }, place) => ({ centre_id: centre, report_id: report, place, need_id: needs[need] ?? '', school_id: school, what })))
      .execute()
      .catch((error: unknown) => {
        throw violates(error, 'visit_offer_centre_id_school_id_fkey') ? problem('invalid', { fields: [{ path: 'offers', code: 'unknown' }] }) : error;
      });
  const pointed = content.offers.flatMap(({ need, school }) => (school === null ? [] : [{ need: needs[need] ?? '', school }]));
  await pointTo(context, company, report, content.visitedOn, pointed);
  await sql`select vn.keep_report_words(${report})`.execute(context.tx);
}

async function companyFor(context: Context, content: Content): Promise<{ id: string; name: string }> {
  const found = await sql<{ id: string; name: string }>`
    select k.id, k.name from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = ${centreOf(context)} and r.company_id = ${content.company}`.execute(context.tx);
  const company = found.rows[0];
  if (company === undefined) throw refuse(contract.sendReport, 'company_unknown', { fields: [{ path: 'company', code: 'unknown' }] });
  return company;
}

/** A report about a meeting is written by whoever went, about the company that was visited, and once. */
async function meetingFor(context: Context, content: Content): Promise<void> {
  const { meeting, company } = content;
  if (meeting === null) return;
  const centre = centreOf(context);
  const goes = await sql<{ ok: boolean }>`select vn.goes_to(${meeting}) ok`.execute(context.tx);
  const found = await context.tx.selectFrom('meeting').select(['company_id', 'state']).where('centre_id', '=', centre).where('id', '=', meeting).executeTakeFirst();
  if (goes.rows[0]?.ok !== true || found === undefined || found.state === 'held') throw refuse(contract.sendReport, 'not_your_meeting');
  if (found.company_id !== company) throw problem('invalid', { fields: [{ path: 'company', code: 'other_meeting' }] });
  const there = await context.tx.selectFrom('visit_report').select('id').where('centre_id', '=', centre).where('meeting_id', '=', meeting).executeTakeFirst();
  if (there !== undefined) throw refuse(contract.sendReport, 'meeting_reported', { about: { report: there.id } });
}

export async function sendReport(context: Context, { params, body }: InputOf<typeof contract.sendReport>): Promise<contract.Report> {
  await oneAtATime(context, params.draft);
  const sent = await reportFrom(context, params.draft);
  if (sent !== null) return reportById(context, sent);
  const draft = await draftOf(context, params.draft);
  if (draft !== null && draft.version > context.version) throw problem('version_conflict', { current: draft });
  const content = tidy(body);
  notAhead(context, content);
  const company = await companyFor(context, content);
  await meetingFor(context, content);
  const [centre, id] = [centreOf(context), context.newId()];
  const { schoolId } = context.actor;
  await context.tx
    .insertInto('visit_report')
    .values({
      centre_id: centre,
      id,
      company_id: company.id,
      meeting_id: content.meeting,
      person_id: personOf(context),
      school_id: schoolId,
      draft_id: params.draft,
      sent_at: context.now.toISOString(),
      ...columns(content),
    })
    .execute()
    .catch((error: unknown) => {
      throw violates(error, 'report_of_meeting') ? refuse(contract.sendReport, 'meeting_reported') : error;
    });
  await writeNeedsAndOffers(context, company.id, id, { ...content, needs: content.needs.map((need) => ({ ...need, id: null })) });
  if (content.employeeBarriers.length > 0)
    await sql`select vn.note_employee_barriers(${company.id}, ${quarterOf(context.today)}::date, ${sql.val(content.employeeBarriers)}::text[])`.execute(context.tx);
  const stray = await addTasks(context, { company, report: id, steps: content.nextSteps.map(({ what, owner, due }) => ({ what, owner, due: due ?? context.today })) });
  if (stray !== null) throw problem('invalid', { fields: [{ path: `nextSteps.${stray}.owner`, code: 'unknown' }] });
  if (content.note !== '' && schoolId !== null)
    await context.tx
      .insertInto('report_note')
      .values({ centre_id: centre, school_id: schoolId, report_id: id, text: content.note, person_id: personOf(context), written_at: context.now.toISOString() })
      .execute();
  await context.tx.updateTable('visit_file').set({ report_id: id }).where('centre_id', '=', centre).where('person_id', '=', personOf(context)).where('draft_id', '=', params.draft).execute();
  if (content.meeting !== null) await meetingWasHeld(context, content.meeting);
  await dropDraft(context, params.draft);
  await followAfterVisit(context, company.id);
  await visitedMeanwhile(context, company.id);
  await writeEntry(context, { company: company.id, kind: 'visit.reported', subject: id, data: { report: id } });
  await context.audit('report.sent', id);
  return reportById(context, id);
}

export async function correctReport(context: Context, { params, body }: InputOf<typeof contract.correctReport>): Promise<contract.Report> {
  const now = await reportById(context, params.report);
  if (!now.can.correct) throw refuse(contract.correctReport, 'not_your_report');
  const content = tidy(body);
  notAhead(context, content);
  const written = await context.tx
    .updateTable('visit_report')
    .set({ ...columns(content), version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.report)
    .where('version', '=', context.version)
    .returning('id')
    .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: now });
  await writeNeedsAndOffers(context, now.company.id, params.report, content).catch((error: unknown) => {
    throw violates(error, 'referral_centre_id_need_id_fkey') ? refuse(contract.correctReport, 'need_in_use') : error;
  });
  await context.audit('report.corrected', params.report);
  return reportById(context, params.report);
}

export async function writeReportNote(context: Context, { params, body }: InputOf<typeof contract.writeReportNote>): Promise<contract.Report> {
  const { schoolId } = context.actor;
  const now = await reportById(context, params.report);
  if (schoolId === null) throw refuse(contract.writeReportNote, 'no_school');
  if ((now.note?.version ?? 0) !== context.version) throw problem('version_conflict', { current: now });
  const own = { centre_id: centreOf(context), school_id: schoolId, report_id: params.report };
  if (body.text === '') await context.tx.deleteFrom('report_note').where('centre_id', '=', own.centre_id).where('school_id', '=', schoolId).where('report_id', '=', params.report).execute();
  else {
    const written = { text: body.text, person_id: personOf(context), written_at: context.now.toISOString(), version: context.version + 1 };
    await context.tx
      .insertInto('report_note')
      .values({ ...own, ...written })
      .onConflict((clash) => clash.columns(['centre_id', 'school_id', 'report_id']).doUpdateSet(written))
      .execute();
  }
  return reportById(context, params.report);
}

const mostFiles = 10;

export async function addVisitFile(context: Context, { params, query }: InputOf<typeof contract.addVisitFile>): Promise<OutputOf<typeof contract.addVisitFile>> {
  const { content } = context;
  if (content === null || content.length === 0) throw refuse(contract.addVisitFile, 'empty_file');
  await oneAtATime(context, params.draft);
  if ((await reportFrom(context, params.draft)) !== null) throw refuse(contract.addVisitFile, 'draft_sent');
  const own = { centre_id: centreOf(context), person_id: personOf(context), draft_id: params.draft };
  const there = await context.tx
    .selectFrom('visit_file')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('centre_id', '=', own.centre_id)
    .where('person_id', '=', own.person_id)
    .where('draft_id', '=', own.draft_id)
    .executeTakeFirst();
  if (Number(there?.count ?? 0) >= mostFiles) throw refuse(contract.addVisitFile, 'too_many_files');
  const id = context.newId();
  await context.tx
    .insertInto('visit_file')
    .values({ ...own, id, name: query.name, bytes: content.length, content, at: context.now.toISOString() })
    .execute();
  return { id: id as OutputOf<typeof contract.addVisitFile>['id'], name: query.name, bytes: content.length };
}

export async function removeVisitFile(context: Context, { params }: InputOf<typeof contract.removeVisitFile>): Promise<null> {
  const gone = await context.tx
    .deleteFrom('visit_file')
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.file)
    .where('person_id', '=', personOf(context))
    .returning('id')
    .executeTakeFirst();
  if (gone === undefined) throw problem('not_found');
  return null;
}
