import { type RawBuilder, sql } from 'kysely';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage } from '../../../../kit/words.ts';
import { csvLines, csvStart } from '../../../../platform/csv.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { pdfOf } from '../../../../platform/pdf.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { agreementsWords } from '../words.ts';

type Row = Omit<contract.Agreement, 'can'> & { by: string | null };

/** The row policies leave out what one has nothing to do with. */
const rows = (context: Context, where: RawBuilder<unknown>) =>
  sql<Row>`
    select a.id, json_build_object('id', a.company_id, 'name', k.name) company, json_build_object('id', a.school_id, 'name', s.name) school, a.agreed_on::text "agreedOn", a.source,
           case when r.id is not null then json_build_object('id', r.id, 'visitedOn', r.visited_on) end report, case when g.id is not null then json_build_object('id', g.id, 'name', g.name) end campaign,
           (select json_agg(json_build_object('course', json_build_object('id', c.id, 'kind', c.kind, 'code', c.code, 'title', c.title, 'retired', c.retired),
                'class', case when l.id is not null then json_build_object('id', l.id, 'title', coalesce(nullif(l.title, ''), c.title), 'starts', l.starts, 'town', l.town) end, 'people', x.people, 'seats', x.seats) order by x.no)
              from vn.agreement_course x join vn.course c on c.centre_id = x.centre_id and c.id = x.course_id left join vn.class l on l.centre_id = x.centre_id and l.id = x.class_id
             where x.centre_id = a.centre_id and x.agreement_id = a.id) courses,
           a.note, a.state, a.state_on::text "stateOn", a.fallen_because "fallenBecause", a.kept_by_word "keptByWord", a.version, vn.person_name(a.made_by) "by"
      from vn.training_agreement a join vn.company k on k.id = a.company_id join vn.school s on s.centre_id = a.centre_id and s.id = a.school_id
      left join vn.visit_report r on r.centre_id = a.centre_id and r.id = a.report_id left join vn.campaign g on g.centre_id = a.centre_id and g.id = a.campaign_id
     where a.centre_id = ${centreOf(context)} and ${where} order by a.agreed_on desc, a.id limit 500`.execute(context.tx);

const shown = (row: Omit<Row, 'by'>): contract.Agreement => ({ ...row, can: { edit: row.state === 'agreed', keep: row.state === 'agreed', fall: row.state !== 'fallen' } });

async function agreements(context: Context, query: InputOf<typeof contract.listTrainingAgreements>['query']): Promise<contract.Agreement[]> {
  const { year, state, school, company, campaign, report } = query;
  const found = await rows(
    context,
    sql`(${year ?? null}::int is null or extract(year from a.agreed_on) = ${year ?? null}) and (${state ?? null}::text is null or a.state = ${state ?? null}) and (${school ?? null}::uuid is null or a.school_id = ${school ?? null})
      and (${company ?? null}::uuid is null or a.company_id = ${company ?? null}) and (${campaign ?? null}::uuid is null or a.campaign_id = ${campaign ?? null}) and (${report ?? null}::uuid is null or a.report_id = ${report ?? null})`,
  );
  return found.rows.map(({ by: _by, ...row }) => shown(row));
}
export const listTrainingAgreements = (context: Context, { query }: InputOf<typeof contract.listTrainingAgreements>): Promise<contract.Agreement[]> => agreements(context, query);

/** @throws not_found, also where it is no business of whoever asks */
export async function agreementById(context: Context, id: string): Promise<contract.AgreementSheet> {
  const [row] = (await rows(context, sql`a.id = ${id}`)).rows;
  if (row === undefined) throw problem('not_found');
  const { by, ...rest } = row;
  const taken = await sql<{ taken: number }>`select taken from vn.agreement_seats(${id}) order by no`.execute(context.tx);
  return { ...shown(rest), by, taken: taken.rows.map((each) => each.taken) };
}
export const readTrainingAgreement = (context: Context, { params }: InputOf<typeof contract.readTrainingAgreement>): Promise<contract.AgreementSheet> => agreementById(context, params.agreement);

/** A download's output is the file, piece by piece. */
const pieces = (...parts: (string | Buffer)[]) => parts as unknown as string;
const words = () => inLanguage(agreementsWords, 'da');
const danishDay = (day: string) => day.split('-').reverse().join('.');
const courseName = ({ kind, code, title }: contract.Agreement['courses'][number]['course']) => [kind === 'own' ? '' : kind.toUpperCase(), code ?? '', title].filter((part) => part !== '').join(' ');

export async function downloadTrainingAgreements(context: Context, { query }: InputOf<typeof contract.downloadTrainingAgreements>): Promise<string> {
  const w = words();
  context.nameDownload(query.year === undefined ? 'uddannelsesaftaler.csv' : `uddannelsesaftaler ${query.year}.csv`);
  const lines = (await agreements(context, query)).flatMap((each) =>
    each.courses.map(({ course, class: held, people, seats }) => [
      each.agreedOn,
      each.company.name,
      each.school.name,
      courseName(course),
      held?.starts ?? null,
      people,
      seats,
      w.states[each.state],
      each.fallenBecause,
      w.sources[each.source],
      each.report?.visitedOn ?? null,
      each.campaign?.name ?? null,
    ]),
  );
  return pieces(csvStart, csvLines([w.file.heads, ...lines]));
}

export async function printTrainingAgreement(context: Context, { params }: InputOf<typeof contract.printTrainingAgreement>): Promise<string> {
  const it = await agreementById(context, params.agreement);
  const w = words();
  context.nameDownload(`uddannelsesaftale ${it.company.name}.pdf`);
  const title = w.file.title(it.company.name);
  const sum = (of: 'people' | 'seats') => it.courses.reduce((all, each) => all + each[of], 0);
  const document = await pdfOf({
    title,
    at: context.now,
    foot: (page, pages) => w.file.foot(danishDay(context.today), page, pages),
    parts: [
      {
        title,
        facts: [
          [w.company, it.company.name],
          [w.school, it.school.name],
          [w.agreedOn, danishDay(it.agreedOn)],
          [w.source, it.report === null ? w.sources[it.source] : w.file.visitOn(danishDay(it.report.visitedOn))],
          [w.state, it.fallenBecause === null ? w.states[it.state] : w.file.fallen(it.fallenBecause)],
          ...(it.note === '' ? [] : ([[w.note, it.note]] as const)),
        ],
        table: {
          heads: w.file.printed,
          rows: it.courses.map(({ course, class: held, people, seats }) => [courseName(course), held === null ? w.anyClass : w.file.classAt(danishDay(held.starts), held.town), people, seats]),
          right: [2, 3],
          wide: [0, 1],
        },
        total: w.file.total(sum('people'), sum('seats')),
      },
    ],
  });
  return pieces(document);
}

type Figures = contract.AgreementFigures;
type Counts = Pick<Figures['months'][number], 'agreed' | 'kept' | 'fallen'>;
const counted = sql`count(*) filter (where a.state = 'agreed')::int agreed, count(*) filter (where a.state = 'kept')::int kept, count(*) filter (where a.state = 'fallen')::int fallen`;

export async function goalOf(context: Context, year: number): Promise<Figures['goal']> {
  const found = await context.tx.selectFrom('agreement_goal').select(['goal', 'version']).where('centre_id', '=', centreOf(context)).where('year', '=', year).executeTakeFirst();
  return found ?? { goal: null, version: 0 };
}

export async function readTrainingAgreementFigures(context: Context, { query }: InputOf<typeof contract.readTrainingAgreementFigures>): Promise<Figures> {
  const { actor, tx } = context;
  const year = query.year ?? Number(context.today.slice(0, 4));
  const all = actor.roles.includes('coordinator');
  const centre = centreOf(context);
  // A manager reads agreements of other schools that she made or follows a company of; they are not her school's.
  const of = sql`from vn.training_agreement a where a.centre_id = ${centre} and extract(year from a.agreed_on) = ${year} and (${all} or a.school_id = ${actor.schoolId}::uuid)`;
  const months = await sql<Counts & { month: number }>`select extract(month from a.agreed_on)::int "month", ${counted} ${of} group by 1 order by 1`.execute(tx);
  const campaigns = await sql<Counts & { campaign: { id: string; name: string } | null }>`
    select case when g.id is not null then json_build_object('id', g.id, 'name', g.name) end campaign, n.agreed, n.kept, n.fallen
      from (select a.campaign_id, ${counted} ${of} group by 1) n left join vn.campaign g on g.centre_id = ${centre} and g.id = n.campaign_id order by g.name collate "da-x-icu" nulls last, g.id`.execute(
    tx,
  );
  const schools = await sql<Counts & { school: { id: string; name: string } }>`
    select json_build_object('id', s.id, 'name', s.name) school, n.agreed, n.kept, n.fallen
      from (select a.school_id, ${counted} ${of} group by 1) n join vn.school s on s.centre_id = ${centre} and s.id = n.school_id order by s.name collate "da-x-icu", s.id`.execute(tx);
  const own = all ? undefined : (await sql<{ id: string; name: string }>`select id, name from vn.school where centre_id = ${centre} and id = ${actor.schoolId}`.execute(tx)).rows[0];
  return {
    year,
    goal: await goalOf(context, year),
    measured: all ? months.rows.reduce((sum, { agreed, kept }) => sum + agreed + kept, 0) : null,
    school: (own as Figures['school']) ?? null,
    months: months.rows,
    campaigns: campaigns.rows as Figures['campaigns'],
    schools: schools.rows as Figures['schools'],
    can: { setGoal: all },
  };
}

/** @throws page_gone for an address that opens nothing (any more) */
export async function readOwnTrainingAgreements({ tx }: Context, { body }: InputOf<typeof contract.readOwnTrainingAgreements>): Promise<OutputOf<typeof contract.readOwnTrainingAgreements>> {
  const found = await sql<{ shown: contract.OwnAgreement[] | null }>`select vn.agreements_on_page(${tokenHash(body.token)}) shown`.execute(tx);
  const own = found.rows[0]?.shown ?? null;
  if (own === null) throw refuse(contract.readOwnTrainingAgreements, 'page_gone');
  return own;
}
