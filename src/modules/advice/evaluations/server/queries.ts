import { sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { csvLines, csvStart } from '../../../../platform/csv.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';
import type { Row, Together } from '../model.ts';

type Evaluation = contract.Evaluation;
type Figures = contract.EvaluationFigures;
interface Found {
  id: Evaluation['id'];
  purpose: string;
  criteria: string;
  from: string;
  to: string;
  announced_on: string;
  usable_on: string;
  called_off_because: string | null;
  published_at: string | null;
  threshold: number | null;
  together: Together | null;
  version: number;
}

const read = async (context: Context, id?: string): Promise<Found[]> =>
  (
    await sql<Found>`
      select id, purpose, criteria, lower(during)::text "from", (upper(during) - 1)::text "to", announced_on::text, usable_on::text, called_off_because, published_at, threshold, together, version from vn.evaluation
       where centre_id = ${centreOf(context)} and ${id === undefined ? sql`true` : sql`id = ${id}`} order by lower(during) desc, id desc limit 200`.execute(context.tx)
  ).rows;

function shown(context: Context, row: Found): Evaluation {
  const state = row.called_off_because !== null ? 'called_off' : row.published_at !== null ? 'published' : 'announced';
  return {
    id: row.id,
    purpose: row.purpose,
    criteria: row.criteria,
    from: row.from,
    to: row.to,
    announcedOn: row.announced_on,
    usableOn: row.usable_on,
    state,
    calledOffBecause: row.called_off_because,
    version: row.version,
    can: { callOff: state === 'announced' && context.actor.roles.includes('coordinator') },
  };
}

export const evaluations = async (context: Context): Promise<Evaluation[]> => (await read(context)).map((row) => shown(context, row));

async function one(context: Context, id: string): Promise<Found> {
  const [row] = await read(context, id);
  if (row === undefined) throw problem('not_found');
  return row;
}
export const evaluationById = async (context: Context, id: string): Promise<Evaluation> => shown(context, await one(context, id));

/** Rows that one may read, as they were written. */
async function figuresFor(context: Context, { id, published_at, threshold, together }: Found): Promise<Figures | null> {
  if (published_at === null || threshold === null) return null;
  const centre = centreOf(context);
  const schools = await sql<Figures['schools'][number]>`select id, name from vn.school where centre_id = ${centre}`.execute(context.tx);
  const named = (school: string) => schools.rows.find((each) => each.id === school) ?? { id: school as Figures['schools'][number]['id'], name: '' };
  const rows = await sql<{ figures: Row }>`select figures from vn.evaluation_row where centre_id = ${centre} and evaluation_id = ${id} order by place`.execute(context.tx);
  return {
    threshold,
    schools: (rows.rows[0]?.figures.cells ?? []).map(({ school }) => named(school)),
    rows: rows.rows.map(({ figures: { from, total, cells, own } }) => ({
      from: from === null ? null : named(from),
      total,
      cells: cells.map(({ companies, expected }) => ({ companies, expected })),
      own,
    })),
    together,
  };
}

export async function evaluation(context: Context, { params }: InputOf<typeof contract.readEvaluation>): Promise<Evaluation & { figures: Figures | null }> {
  const row = await one(context, params.evaluation);
  return { ...shown(context, row), figures: await figuresFor(context, row) };
}

export async function evaluationFile(context: Context, { params }: InputOf<typeof contract.downloadEvaluation>): Promise<string> {
  const row = await one(context, params.evaluation);
  const figures = await figuresFor(context, row);
  if (figures === null) throw problem('not_found');
  context.nameDownload(`evaluering ${row.from} - ${row.to}.csv`);
  const decimal = (value: number | null) => (value === null ? null : String(value).replace('.', ','));
  async function* lines() {
    yield csvStart + csvLines([['fra', 'til', 'virksomheder', 'forventet andel']]);
    for (const { from, total, cells } of figures?.rows ?? []) {
      const name = from?.name ?? 'centret';
      yield csvLines([...cells.map(({ companies, expected }, at) => [name, figures?.schools[at]?.name ?? '', companies, decimal(expected)]), [name, 'i alt', total, null]]);
    }
  }
  return lines() as unknown as string; // a download's output is the text of the file, piece by piece
}
