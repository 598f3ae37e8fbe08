import { type RawBuilder, sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { pdfOf } from '../../../../platform/pdf.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { mayWrite, missingIn, rightsOver } from '../rules.ts';
import { partnershipsWords } from '../words.ts';

type Page = contract.PartnershipPage;
type Text = contract.PartnershipText;
type TextRow = Omit<Text, 'missing'> & { version: number };
type Row = Pick<Page, 'id' | 'company' | 'owner' | 'schools'> & { texts: TextRow[] };

// JSON of the database writes moments with its own zone.
const signed = (signature: Text['centreSigned']) => (signature === null ? null : { ...signature, at: new Date(signature.at).toISOString() });

function shown(context: Context, { texts: rows, ...row }: Row): Page {
  const { actor, today } = context;
  const texts = rows.map(({ version: _version, ...each }): Text => ({ ...each, centreSigned: signed(each.centreSigned), companySigned: signed(each.companySigned), missing: missingIn(each) }));
  const [newest] = texts;
  const counts = texts.find(({ state }) => state === 'signed') ?? newest;
  if (counts === undefined || newest === undefined) throw new Error('an agreement has a text');
  const { state, validFrom, validTo, nextReview } = counts;
  const over = state === 'signed' && validTo < today;
  return {
    ...row,
    state,
    validFrom,
    validTo,
    nextReview: state === 'signed' ? nextReview : null,
    over,
    reviewDue: state === 'signed' && !over && nextReview !== null && nextReview <= today,
    toSign: newest.state === 'awaiting' && newest.centreSigned === null,
    texts,
    version: rows[0]?.version ?? 0,
    can: rightsOver(actor, row.owner.id, texts),
  };
}

/** Row policies leave what the own school takes part in, or oneself owns; the coordinator sees all. */
async function read(context: Context, where: RawBuilder<unknown>): Promise<Page[]> {
  const found = await sql<Row>`
    select s.id, json_build_object('id', k.id, 'name', k.name, 'town', k.town) company, json_build_object('id', s.owner_id, 'name', coalesce(vn.person_name(s.owner_id), '')) owner,
           coalesce((select json_agg(json_build_object('id', o.id, 'name', o.name) order by o.name collate "da-x-icu", o.id) from vn.school o where o.centre_id = s.centre_id and o.id = any (s.schools)), '[]') schools,
           (select json_agg(json_build_object('no', t.no, 'state', t.state, 'companyExpects', t.company_expects, 'centreExpects', t.centre_expects, 'companyRole', t.company_role, 'centreRole', t.centre_role,
                'companyDuties', t.company_duties, 'centreDuties', t.centre_duties, 'validFrom', t.valid_from, 'validTo', t.valid_to, 'reviewOn', t.review_on, 'nextReview', t.next_review,
                'centreSigned', case when t.centre_signed_at is not null then json_build_object('name', coalesce(vn.person_name(t.centre_signer), ''), 'at', t.centre_signed_at) end,
                'companySigned', case when t.company_signed_at is not null then json_build_object('name', t.company_signer, 'at', t.company_signed_at) end,
                'ended', case when t.ended_on is not null then json_build_object('on', t.ended_on, 'because', t.ended_because) end, 'version', t.version) order by t.no desc)
              from vn.partnership_text t where t.centre_id = s.centre_id and t.partnership_id = s.id) texts
      from vn.partnership s join vn.company k on k.id = s.company_id where s.centre_id = ${centreOf(context)} and ${where} order by s.made_at desc, s.id limit 500`.execute(context.tx);
  return found.rows.map((row) => shown(context, row));
}

/** What waits for the one who asks stands first, then what is written on, then what holds. */
const urgency = ({ toSign, reviewDue, state, over }: Page) => (toSign || reviewDue ? 0 : state === 'draft' || state === 'awaiting' ? 1 : state === 'signed' && !over ? 2 : 3);

export async function partnerships(context: Context, { query }: InputOf<typeof contract.listPartnerships>): Promise<contract.Partnership[]> {
  const found = await read(context, query.company === undefined ? sql`true` : sql`s.company_id = ${query.company}`);
  return found
    .filter((each) => query.state === 'all' || (urgency(each) === 3) === (query.state === 'past'))
    .toSorted((one, other) => urgency(one) - urgency(other))
    .map(({ texts: _texts, version: _version, can: _can, ...row }) => row);
}

/** @throws not_found, also where the own school takes no part */
export async function partnershipById(context: Context, id: string): Promise<Page> {
  const [found] = await read(context, sql`s.id = ${id}`);
  if (found === undefined) throw problem('not_found');
  return found;
}
export const partnership = (context: Context, { params }: InputOf<typeof contract.readPartnership>) => partnershipById(context, params.partnership);

export const writes = ({ actor }: Context, { owner }: Page): boolean => mayWrite(actor, owner.id);

const danishDay = (day: string) => day.split('-').reverse().join('.');

export async function printPartnership(context: Context, { params, query }: InputOf<typeof contract.printPartnership>): Promise<string> {
  const { company, owner, schools, texts } = await partnershipById(context, params.partnership);
  const text = query.no === undefined ? texts[0] : texts.find(({ no }) => no === query.no);
  if (text === undefined) throw problem('not_found');
  const w = inLanguage(partnershipsWords, 'da');
  const centre = await context.tx.selectFrom('centre').select('name').where('id', '=', centreOf(context)).executeTakeFirstOrThrow();
  const title = w.file.title(company.name);
  const dayThere = (at: string) => danishDay(new Intl.DateTimeFormat('sv-SE', { timeZone: context.actor.zone, dateStyle: 'short' }).format(new Date(at)));
  const signature = (of: Text['centreSigned']) => (of === null ? w.notSigned : w.signedBy(of.name, dayThere(of.at)));
  context.nameDownload(`partnerskabsaftale ${company.name}.pdf`);
  const document = await pdfOf({
    title,
    at: context.now,
    foot: (page, pages) => w.file.foot(danishDay(context.today), page, pages),
    parts: [
      {
        title,
        facts: [
          [w.company, company.name],
          [w.centre, [centre.name, ...schools.map(({ name }) => name)].join(', ')],
          [w.owner, owner.name],
          [w.text, w.textNo(text.no, w.states[text.state])],
          [w.term, w.period(danishDay(text.validFrom), danishDay(text.validTo))],
          [w.reviewOn, danishDay(text.reviewOn)],
          [w.companySignature, signature(text.companySigned)],
          [w.centreSignature, signature(text.centreSigned)],
          ...(text.ended === null ? [] : [[w.states.ended, `${danishDay(text.ended.on)}. ${text.ended.because}`] as const]),
        ],
        table: {
          heads: w.file.heads,
          rows: [
            ...w.companyPrompts.map((prompt, at) => [w.file.company, prompt, text.companyExpects[at] ?? '']),
            ...w.centrePrompts.map((prompt, at) => [w.file.centre, prompt, text.centreExpects[at] ?? '']),
            [w.file.company, w.role, text.companyRole],
            [w.file.centre, w.role, text.centreRole],
            [w.file.company, w.duties, text.companyDuties],
            [w.file.centre, w.duties, text.centreDuties],
          ],
          right: [],
          wide: [1, 2],
        },
        total: text.companySigned !== null && text.centreSigned !== null ? w.file.both : w.file.notBoth,
      },
    ],
  });
  // A download's output is the file, piece by piece.
  return [document] as unknown as string;
}

/** @throws page_gone for an address that opens nothing (any more) */
export async function ownAgreements({ tx }: Context, { body }: { body: { token: string } }): Promise<contract.OwnAgreements> {
  const found = await sql<{ page: contract.OwnAgreements | null }>`select vn.partnerships_on_page(${tokenHash(body.token)}) page`.execute(tx);
  const page = found.rows[0]?.page ?? null;
  if (page === null) throw refuse(contract.readOwnPartnerships, 'page_gone');
  return { ...page, agreements: page.agreements.map((each) => ({ ...each, centreSigned: signed(each.centreSigned), companySigned: signed(each.companySigned) })) };
}
