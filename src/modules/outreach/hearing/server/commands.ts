import { sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { momentInWords } from '../../../../kit/moment.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { schoolsOfToday } from '../../../organisation/schools/server/public.ts';
import type { Hearing } from '../contract.ts';
import * as contract from '../contract.ts';
import { hearingMail } from '../words.ts';
import { forwards, hashOf, hearingOf, matchedUnseen, mayMark, opened } from './queries.ts';

interface Reader {
  school_id: string;
  name: string;
  email: string;
  language: Language;
}

/** Who answers for the schools today: their managers, and the consultants of a school without one. */
export async function readersOf(context: Context, campaign: string, onlyUnanswered: boolean): Promise<Reader[]> {
  const found = await sql<Reader>`
    with held as (select distinct m.school_id, m.role, p.id, p.name, p.email, p.language
                    from vn.membership m join vn.people() p on p.id = m.person_id join vn.hearing h on h.centre_id = m.centre_id and h.school_id = m.school_id
                   where m.centre_id = ${centreOf(context)} and m.role in ('manager', 'consultant') and m.during @> ${context.today}::date and h.campaign_id = ${campaign}
                     and (not ${onlyUnanswered}::boolean or h.answered_at is null))
    select h.school_id, h.name, h.email, h.language from held h
     where h.role = 'manager' or not exists (select from held x where x.school_id = h.school_id and x.role = 'manager') order by h.school_id, h.email`.execute(context.tx);
  return found.rows;
}

interface Plan {
  name: string;
  goal: string;
  hearing_deadline: string | null;
  hearing_closed_at: string | null;
  ended_at: string | null;
}
async function planOf(context: Context, id: string): Promise<Plan> {
  const found = await context.tx
    .selectFrom('campaign')
    .select(['name', 'goal', 'hearing_deadline', 'hearing_closed_at', 'ended_at'])
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', id)
    .executeTakeFirst();
  if (found === undefined) throw problem('not_found');
  return found;
}

export async function openHearing(context: Context, { params, body }: InputOf<typeof contract.openHearing>): Promise<null> {
  await planOf(context, params.campaign);
  if (new Date(body.deadline) <= context.now) throw refuse(contract.openHearing, 'deadline_passed', { fields: [{ path: 'deadline', code: 'deadline_passed' }] });
  if ((await schoolsOfToday(context)).length === 0) throw refuse(contract.openHearing, 'no_schools');
  const done = await sql<{ ok: boolean }>`select vn.open_hearing(${params.campaign}, ${new Date(body.deadline).toISOString()}) ok`.execute(context.tx);
  if (done.rows[0]?.ok !== true) throw refuse(contract.openHearing, 'campaign_state');
  await context.audit('hearing.opened', params.campaign, { deadline: body.deadline });
  const plan = await planOf(context, params.campaign);
  const companies = await context.tx
    .selectFrom('target')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('centre_id', '=', centreOf(context))
    .where('campaign_id', '=', params.campaign)
    .executeTakeFirstOrThrow();
  for (const reader of await readersOf(context, params.campaign, false)) {
    const mail = inLanguage(hearingMail, reader.language);
    const deadline = momentInWords(reader.language, context.actor.zone, body.deadline);
    await context.post({
      to: reader.email,
      subject: mail.openedSubject(plan.name),
      text: mail.opened(reader.name, plan.name, plan.goal, companies.count.toLocaleString(reader.language === 'da' ? 'da-DK' : 'en-GB'), deadline, context.address(`/hearings/${params.campaign}`)),
    });
  }
  return null;
}

/** Closes a hearing and tells the coordinators; false when it was not to be closed. */
export async function close(context: Context, campaign: string): Promise<boolean> {
  const done = await sql<{ ok: boolean }>`select vn.close_hearing(${campaign}) ok`.execute(context.tx);
  if (done.rows[0]?.ok !== true) return false;
  await context.audit('hearing.closed', campaign);
  const plan = await planOf(context, campaign);
  const coordinators = await sql<Reader>`
    select distinct p.name, p.email, p.language from vn.membership m join vn.people() p on p.id = m.person_id
     where m.centre_id = ${centreOf(context)} and m.role = 'coordinator' and m.during @> ${context.today}::date`.execute(context.tx);
  for (const { name, email, language } of coordinators.rows) {
    const mail = inLanguage(hearingMail, language);
    await context.post({ to: email, subject: mail.closedSubject(plan.name), text: mail.closed(name, plan.name, context.address(`/campaigns/${campaign}`)) });
  }
  return true;
}

export async function closeHearing(context: Context, { params }: InputOf<typeof contract.closeHearing>): Promise<null> {
  await planOf(context, params.campaign);
  if (!(await close(context, params.campaign))) throw refuse(contract.closeHearing, 'hearing_open');
  return null;
}

/** Mails the schools that have not answered, and notes it; returns how many schools that is. */
export async function remind(context: Context, campaign: string): Promise<number> {
  const plan = await planOf(context, campaign);
  const readers = await readersOf(context, campaign, true);
  for (const reader of readers) {
    const mail = inLanguage(hearingMail, reader.language);
    const deadline = momentInWords(reader.language, context.actor.zone, plan.hearing_deadline ?? '');
    await context.post({ to: reader.email, subject: mail.reminderSubject(plan.name), text: mail.reminder(reader.name, plan.name, deadline, context.address(`/hearings/${campaign}`)) });
  }
  const noted = await context.tx
    .updateTable('hearing')
    .set({ reminded_at: context.now.toISOString() })
    .where('centre_id', '=', centreOf(context))
    .where('campaign_id', '=', campaign)
    .where('answered_at', 'is', null)
    .returning('school_id')
    .execute();
  return noted.length;
}

export async function remindSchools(context: Context, { params }: InputOf<typeof contract.remindSchools>): Promise<OutputOf<typeof contract.remindSchools>> {
  const plan = await planOf(context, params.campaign);
  if (plan.hearing_deadline === null || plan.hearing_closed_at !== null || plan.ended_at !== null) throw refuse(contract.remindSchools, 'hearing_closed');
  const schools = await remind(context, params.campaign);
  await context.audit('hearing.reminded', params.campaign, { schools });
  return { schools };
}

export async function markCompanies(context: Context, { params, body }: InputOf<typeof contract.markCompanies>): Promise<OutputOf<typeof contract.markCompanies>> {
  if (!(await mayMark(context, params.campaign))) throw refuse(contract.markCompanies, 'hearing_closed');
  const { centreId: centre, schoolId: school } = context.actor;
  const companies: string[] = body.companies === 'matched' ? await matchedUnseen(context, params.campaign) : body.companies;
  const found = await marking(companies);
  return { changed: found.map(({ company_id }) => company_id as OutputOf<typeof contract.markCompanies>['changed'][number]) };

  async function marking(ids: string[]): Promise<{ company_id: string }[]> {
    try {
      if (body.mark === 'none') {
        const taken = await sql<{ company_id: string }>`
          delete from vn.hearing_mark m where m.centre_id = ${centre} and m.campaign_id = ${params.campaign} and m.school_id = ${school} and m.company_id = any(${ids}::uuid[]) returning m.company_id`.execute(
          context.tx,
        );
        return taken.rows;
      }
      const struck = body.mark === 'struck';
      const made = await sql<{ company_id: string }>`
        insert into vn.hearing_mark (centre_id, campaign_id, company_id, school_id, struck, reason, known_by, at, person_id)
        select t.centre_id, t.campaign_id, t.company_id, ${school}::uuid, ${struck}, ${struck ? body.reason : null}, ${struck ? body.knownBy : null}, ctx.now(), ctx.person()
          from vn.target t where t.centre_id = ${centre} and t.campaign_id = ${params.campaign} and t.company_id = any(${ids}::uuid[]) order by t.company_id
        on conflict on constraint hearing_mark_pkey do update
           set struck = excluded.struck, reason = excluded.reason, known_by = excluded.known_by, at = excluded.at, person_id = excluded.person_id, forward_id = null
         where (hearing_mark.struck, hearing_mark.reason, hearing_mark.known_by) is distinct from (excluded.struck, excluded.reason, excluded.known_by)
        returning company_id`.execute(context.tx);
      return made.rows;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'VN003') throw refuse(contract.markCompanies, 'hearing_closed');
      throw error;
    }
  }
}

export async function answerHearing(context: Context, { params }: InputOf<typeof contract.answerHearing>): Promise<Hearing> {
  if (!(await mayMark(context, params.campaign))) throw refuse(contract.answerHearing, 'hearing_closed');
  await context.tx
    .updateTable('hearing')
    .set({ answered_at: context.now.toISOString(), answered_by: personOf(context) })
    .where('centre_id', '=', centreOf(context))
    .where('campaign_id', '=', params.campaign)
    .where('school_id', '=', context.actor.schoolId)
    .where('answered_at', 'is', null)
    .execute();
  await context.audit('hearing.answered', params.campaign);
  return hearingOf(context, params.campaign);
}

/** 256 random bits, as they stand in a link. */
const newToken = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');

export async function forwardHearing(context: Context, { params, body }: InputOf<typeof contract.forwardHearing>): Promise<OutputOf<typeof contract.forwardHearing>> {
  const hearing = await hearingOf(context, params.campaign);
  const { schoolId } = context.actor;
  if (!hearing.can.mark || schoolId === null) throw refuse(contract.forwardHearing, 'hearing_closed');
  const token = newToken();
  const id = context.newId();
  await context.tx
    .insertInto('hearing_forward')
    .values({
      centre_id: centreOf(context),
      id,
      campaign_id: params.campaign,
      school_id: schoolId,
      token_hash: Buffer.from(await hashOf(token)),
      name: body.name,
      created_at: context.now.toISOString(),
      created_by: personOf(context),
    })
    .execute();
  await context.audit('hearing.forwarded', params.campaign);
  const link = context.address(`/hearing#${token}`);
  const mine = (await forwards(context, { params, query: undefined, body: undefined })).find((each) => each.id === id);
  if (mine === undefined) throw new Error('a link that was just made is there');
  if (body.email !== null) {
    const language: Language = 'da'; // nobody knows yet which language a colleague reads
    const school = await context.tx.selectFrom('school').select('name').where('centre_id', '=', centreOf(context)).where('id', '=', schoolId).executeTakeFirstOrThrow();
    const mail = inLanguage(hearingMail, language);
    await context.post({
      to: body.email,
      subject: mail.forwardSubject(school.name),
      text: mail.forward(body.name, mine.by ?? school.name, school.name, hearing.name, momentInWords(language, context.actor.zone, hearing.deadline), link),
    });
  }
  return { ...mine, link };
}

export async function endForward(context: Context, { params }: InputOf<typeof contract.endForward>): Promise<null> {
  const ended = await context.tx
    .updateTable('hearing_forward')
    .set({ ended_at: sql<string>`coalesce(ended_at, ${context.now.toISOString()})` })
    .where('centre_id', '=', centreOf(context))
    .where('campaign_id', '=', params.campaign)
    .where('id', '=', params.forward)
    .returning('id')
    .executeTakeFirst();
  if (ended === undefined) throw problem('not_found');
  return null;
}

export async function markForwarded(context: Context, { body }: InputOf<typeof contract.markForwarded>): Promise<null> {
  const hash = await hashOf(body.token);
  if ((await opened(context, hash)) === undefined) throw refuse(contract.markForwarded, 'link_spent');
  const done = await sql<{ ok: boolean | null }>`select vn.forwarded_mark(${hash}, ${body.company}, ${body.struck}) ok`.execute(context.tx);
  if (done.rows[0]?.ok === null) throw refuse(contract.markForwarded, 'link_spent');
  if (done.rows[0]?.ok !== true) throw problem('not_found');
  return null;
}
