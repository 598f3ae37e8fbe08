import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage } from '../../../../kit/words.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { writeEntry } from '../../../companies/timeline/server/public.ts';
import * as contract from '../contract.ts';
import { topicsOf } from '../rules.ts';
import { wishLetters } from '../words.ts';
import { codeOf, secretHash, sharedLink, shareToken, stewardToken, wishFormById } from './queries.ts';

type Steward = InputOf<typeof contract.renewStewardLink>['body'];

/** Mails the steward's private link, or gives it back where there is no address to mail to. */
async function handOver(context: Context, form: { id: string; company: string; centre: string; lastDay: string; no: number }, steward: Steward): Promise<string | null> {
  const link = context.address(`/wish-steward#${stewardToken(context, form.id, form.no)}`);
  if (steward.email === null) return link;
  const w = inLanguage(wishLetters, steward.language);
  await context.post({
    to: steward.email,
    subject: w.subject(form.company).replaceAll(/\s+/g, ' ').slice(0, 250),
    text: [w.hello(steward.name), w.yours(form.company, w.day(form.lastDay)), w.open(link), w.secret, w.regards(form.centre)].join('\n\n'),
  });
  return null;
}

async function companyIn(context: Context, company: string): Promise<{ company: string; centre: string } | undefined> {
  const found = await sql<{ company: string; centre: string }>`
    select k.name company, c.name centre from vn.relation r join vn.company k on k.id = r.company_id join vn.centre c on c.id = r.centre_id where r.centre_id = ${centreOf(context)} and r.company_id = ${company}`.execute(
    context.tx,
  );
  return found.rows[0];
}

export async function addWishForm(context: Context, { body }: InputOf<typeof contract.addWishForm>): Promise<contract.WishFormPage> {
  if (body.lastDay < context.today) throw problem('invalid', { fields: [{ path: 'lastDay', code: 'past' }] });
  const known = await companyIn(context, body.company);
  if (known === undefined) throw refuse(contract.addWishForm, 'company_unknown', { fields: [{ path: 'company', code: 'company_unknown' }] });
  const id = context.newId();
  const school = context.actor.roles.includes('coordinator') ? null : context.actor.schoolId;
  await context.tx
    .insertInto('wish_form')
    .values({
      centre_id: centreOf(context),
      id,
      company_id: body.company,
      school_id: school,
      made_by: personOf(context),
      made_at: context.now.toISOString(),
      template: body.template,
      own: body.own,
      topics: topicsOf(body.template, body.own),
      first_day: body.firstDay,
      last_day: body.lastDay,
      steward_name: body.steward.name,
      steward_email: body.steward.email,
      steward_language: body.steward.language,
      code_hash: secretHash(context, codeOf(context, id)),
      steward_hash: secretHash(context, stewardToken(context, id, 1)),
    })
    .execute()
    .catch((error: unknown) => {
      throw violates(error, 'wish_form_one') ? refuse(contract.addWishForm, 'wishes_running') : error;
    });
  await writeEntry(context, { company: body.company, kind: 'wishes.asked', subject: id, ...(school === null ? {} : { school }) });
  await context.audit('wish_form.added', id);
  return wishFormById(context, id, await handOver(context, { id, ...known, lastDay: body.lastDay, no: 1 }, body.steward));
}

/** A form that the person asking may change. */
async function own(context: Context, form: string): Promise<contract.WishFormPage> {
  const it = await wishFormById(context, form);
  if (!it.can.edit) throw problem('forbidden');
  return it;
}

export async function renewStewardLink(context: Context, { params, body }: InputOf<typeof contract.renewStewardLink>): Promise<contract.WishFormPage> {
  const it = await own(context, params.form);
  const centre = centreOf(context);
  const before = await context.tx.selectFrom('wish_form').select('steward_no').where('centre_id', '=', centre).where('id', '=', params.form).forUpdate().executeTakeFirst();
  const no = (before?.steward_no ?? 0) + 1;
  const written = await context.tx
    .updateTable('wish_form')
    .set({
      steward_name: body.name,
      steward_email: body.email,
      steward_language: body.language,
      steward_no: no,
      steward_hash: secretHash(context, stewardToken(context, params.form, no)),
      version: context.version + 1,
    })
    .where('centre_id', '=', centre)
    .where('id', '=', params.form)
    .where('version', '=', context.version)
    .returning('version')
    .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: await wishFormById(context, params.form) });
  await context.audit('wish_form.steward_link', params.form);
  const known = await companyIn(context, it.company.id);
  return wishFormById(context, params.form, await handOver(context, { id: params.form, company: it.company.name, centre: known?.centre ?? '', lastDay: it.lastDay, no }, body));
}

export async function removeWishForm(context: Context, { params }: InputOf<typeof contract.removeWishForm>): Promise<null> {
  await own(context, params.form);
  await context.tx.deleteFrom('wish_form').where('centre_id', '=', centreOf(context)).where('id', '=', params.form).execute();
  await context.audit('wish_form.removed', params.form);
  return null;
}

const refusals: Record<string, string> = { gone: 'wishes_gone', closed: 'wishes_closed', full: 'wishes_full', unknown: 'topic_unknown' };

async function keep<E extends Endpoint>(context: Context, endpoint: E, secret: string, paper: boolean, { sheet, topics }: { sheet: string; topics: readonly string[] }): Promise<null> {
  const kept = await sql<{ result: string }>`select vn.send_wishes(${secretHash(context, secret)}, ${paper}, ${sheet}::uuid, ${sql.val(topics)}::text[]) result`.execute(context.tx);
  const code = refusals[kept.rows[0]?.result ?? 'gone'];
  if (code !== undefined) throw refuse(endpoint, code as ErrorOf<E>);
  return null;
}
export const sendWishes = (context: Context, { body }: InputOf<typeof contract.sendWishes>): Promise<null> => keep(context, contract.sendWishes, body.code, false, body);
export const addPaper = (context: Context, { body }: InputOf<typeof contract.addPaper>): Promise<null> => keep(context, contract.addPaper, body.token, true, body);

export async function takeBackPaper(context: Context, { body }: InputOf<typeof contract.takeBackPaper>): Promise<null> {
  const taken = await sql<{ result: string }>`select vn.take_back_paper(${secretHash(context, body.token)}, ${body.sheet}::uuid) result`.execute(context.tx);
  const result = taken.rows[0]?.result;
  if (result !== 'done') throw refuse(contract.takeBackPaper, result === 'closed' ? 'wishes_closed' : 'wishes_gone');
  return null;
}

export async function shareWishes(context: Context, { body }: InputOf<typeof contract.shareWishes>): Promise<OutputOf<typeof contract.shareWishes>> {
  const hash = secretHash(context, body.token);
  const next = await sql<{ id: string; no: number }>`select * from vn.next_share(${hash})`.execute(context.tx);
  const it = next.rows[0];
  if (it === undefined) throw refuse(contract.shareWishes, 'wishes_gone');
  const share = body.share ? secretHash(context, shareToken(context, it.id, it.no)) : null;
  const done = await sql<{ ok: boolean }>`select vn.share_wishes(${hash}, ${it.no}, ${share}) ok`.execute(context.tx);
  if (done.rows[0]?.ok !== true) throw refuse(contract.shareWishes, 'wishes_not_counted');
  return { shared: body.share ? sharedLink(context, it.id, it.no) : null };
}
