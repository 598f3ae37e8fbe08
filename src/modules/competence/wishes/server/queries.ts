import { sql } from 'kysely';
import { codeFrom, writtenCode } from '../../../../kit/code.ts';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { derivedToken } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { codeLength } from '../rules.ts';

/** The secrets of a form are worked out again with the installation's key; what is kept is a hash of them. */
export const codeOf = ({ keyedHash }: Pick<Context, 'keyedHash'>, form: string): string => codeFrom(keyedHash(`wishes of ${form}`).subarray(0, codeLength));
export const stewardToken = ({ keyedHash }: Pick<Context, 'keyedHash'>, form: string, no: number): string => derivedToken(keyedHash, `wishes of ${form} for steward ${no}`);
export const shareToken = ({ keyedHash }: Pick<Context, 'keyedHash'>, form: string, no: number): string => derivedToken(keyedHash, `counts of ${form} shared ${no}`);
export const secretHash = ({ keyedHash }: Pick<Context, 'keyedHash'>, secret: string): Buffer => keyedHash(`wish form ${secret}`);

/** Where colleagues answer, where the paper is printed, and the code in both. */
export function linksOf(context: Pick<Context, 'keyedHash' | 'address'>, form: string) {
  const code = writtenCode(codeOf(context, form));
  return { code, link: context.address(`/wishes#${code}`), paper: context.address(`/wish-paper#${code}`) };
}

interface Result {
  answers: number | null;
  counts: Record<string, number | null>;
  threshold: number;
}
type Asked = OutputOf<typeof contract.openWishes>;
const countedOf = ({ answers, counts, threshold }: Result, topics: Asked['topics']): contract.Counted => ({
  answers,
  counts: topics.map((topic) => ({ topic, atLeast: counts[topic] ?? null })),
  threshold,
});

interface Row extends Omit<Result, 'threshold' | 'counts'> {
  id: string;
  company_id: string;
  company: string;
  town: string | null;
  school_id: string | null;
  school: string | null;
  mine: boolean;
  by: string | null;
  template: contract.WishForm['template'];
  topics: Asked['topics'];
  own: string[];
  first_day: string;
  last_day: string;
  steward_name: string;
  steward_email: string | null;
  steward_language: 'da' | 'en';
  counts: Result['counts'] | null;
  threshold: number | null;
  version: number;
}

async function rows(context: Context, form: string | null): Promise<Row[]> {
  const found = await sql<Row>`
    select f.id, f.company_id, k.name company, k.town, f.school_id, s.name school, f.made_by = ${context.actor.personId} mine, vn.person_name(f.made_by) "by", f.template, f.topics, f.own, f.first_day::text,
           f.last_day::text, f.steward_name, f.steward_email, f.steward_language, f.answers, f.counts, f.threshold, f.version
      from vn.wish_form f join vn.company k on k.id = f.company_id left join vn.school s on s.centre_id = f.centre_id and s.id = f.school_id
     where f.centre_id = ${centreOf(context)} and (${form}::uuid is null or f.id = ${form}::uuid) order by f.last_day desc, f.id desc limit 500`.execute(context.tx);
  return found.rows;
}

function formOf({ actor, today }: Context, row: Row): contract.WishForm {
  const { counts, threshold, answers } = row;
  const result = counts === null || threshold === null ? null : { answers, counts, threshold };
  return {
    id: row.id as contract.WishForm['id'],
    company: { id: row.company_id as contract.WishForm['company']['id'], name: row.company, town: row.town },
    school: row.school_id === null ? null : { id: row.school_id as NonNullable<contract.WishForm['school']>['id'], name: row.school ?? '' },
    madeBy: row.by ?? '',
    template: row.template,
    topics: row.topics,
    own: row.own,
    firstDay: row.first_day,
    lastDay: row.last_day,
    steward: { name: row.steward_name, email: row.steward_email, language: row.steward_language },
    state: result !== null ? 'counted' : today < row.first_day ? 'ahead' : today > row.last_day ? 'over' : 'open',
    result: result === null ? null : countedOf(result, row.topics),
    version: row.version,
    can: { edit: actor.roles.includes('coordinator') || row.mine || (row.school_id !== null && row.school_id === actor.schoolId) },
  };
}

export const wishForms = async (context: Context): Promise<contract.WishForm[]> => (await rows(context, null)).map((row) => formOf(context, row));

/** @throws not_found */
export async function wishFormById(context: Context, id: string, stewardLink: string | null = null): Promise<contract.WishFormPage> {
  const [row] = await rows(context, id);
  if (row === undefined) throw problem('not_found');
  return { ...formOf(context, row), ...linksOf(context, id), stewardLink };
}
export const readWishForm = (context: Context, { params }: InputOf<typeof contract.readWishForm>) => wishFormById(context, params.form);

interface Opened extends Asked {
  id: string;
  result: Result | null;
  shareNo: number | null;
  paper: number | null;
}

/** What somebody sees behind a secret address; null where it opens nothing. */
async function opened(context: Context, secret: string, as: 'colleague' | 'steward' | 'share'): Promise<Opened | null> {
  const found = await sql<{ it: Opened | null }>`select vn.open_wishes(${secretHash(context, secret)}, ${as}) it`.execute(context.tx);
  return found.rows[0]?.it ?? null;
}
const askedOf = ({ company, centre, steward, topics, own, firstDay, lastDay, state }: Opened): Asked => ({ company, centre, steward, topics, own, firstDay, lastDay, state });

export async function openWishes(context: Context, { body }: InputOf<typeof contract.openWishes>): Promise<Asked> {
  const it = await opened(context, body.code, 'colleague');
  if (it === null) throw refuse(contract.openWishes, 'wishes_gone');
  return askedOf(it);
}

export async function openStewardPage(context: Context, { body }: InputOf<typeof contract.openStewardPage>): Promise<OutputOf<typeof contract.openStewardPage>> {
  const it = await opened(context, body.token, 'steward');
  if (it === null) throw refuse(contract.openStewardPage, 'wishes_gone');
  const { code, link, paper } = linksOf(context, it.id);
  return {
    ...askedOf(it),
    code,
    link,
    paperLink: paper,
    papers: it.paper,
    result: it.result === null ? null : countedOf(it.result, it.topics),
    shared: it.shareNo === null ? null : sharedLink(context, it.id, it.shareNo),
  };
}

export const sharedLink = (context: Pick<Context, 'keyedHash' | 'address'>, form: string, no: number): string => context.address(`/wish-counts#${shareToken(context, form, no)}`);

export async function openWishCounts(context: Context, { body }: InputOf<typeof contract.openWishCounts>): Promise<OutputOf<typeof contract.openWishCounts>> {
  const it = await opened(context, body.token, 'share');
  if (it === null || it.result === null) throw refuse(contract.openWishCounts, 'wishes_gone');
  return { ...askedOf(it), result: countedOf(it.result, it.topics) };
}
