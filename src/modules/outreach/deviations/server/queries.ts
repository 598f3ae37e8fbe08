import { sql } from 'kysely';
import { localTime, shiftDay } from '../../../../kit/calendar-day.ts';
import { type InputOf, type OutputOf, refuse } from '../../../../kit/endpoint.ts';
import { inLanguage } from '../../../../kit/words.ts';
import { csvLines, csvStart } from '../../../../platform/csv.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { assign } from '../../meetings/server/public.ts';
import * as contract from '../contract.ts';
import { deviationsWords } from '../words.ts';

type Report = contract.Deviations;
type Listed = Report['rows'][number];
type Told = { window: number; lead: number; schools: Parameters<typeof assign>[1]; candidates: Parameters<typeof assign>[0] };
interface Row {
  at: string;
  kind: Listed['kind'];
  because: Listed['because'];
  meeting_id: string;
  company: string;
  from_school: string | null;
  to_school: string | null;
  seed: string | null;
  inputs: Told | null;
}

const rowsAtMost = 2000;

function periodOf(context: Context, endpoint: typeof contract.readDeviations, query: { from?: string | undefined; to?: string | undefined }): { from: string; to: string } {
  const to = query.to ?? context.today;
  const from = query.from ?? shiftDay(to, -91);
  if (from > to) throw refuse(endpoint, 'days_reversed', { fields: [{ path: 'from', code: 'days_reversed' }] });
  return { from, to };
}

/** Where the rule would have sent a meeting whose choice was kept: it is asked again with what it was told then. */
const ruled = ({ seed, inputs }: Row): string | null | undefined => (seed === null || inputs === null ? undefined : assign(inputs.candidates, inputs.schools, inputs, seed)?.school);

export async function deviations(context: Context, { query }: InputOf<typeof contract.readDeviations>): Promise<Report> {
  const { from, to } = periodOf(context, contract.readDeviations, query);
  const { tx, actor } = context;
  const all = actor.roles.includes('coordinator');
  const names = new Map((await tx.selectFrom('school').select(['id', 'name']).where('centre_id', '=', centreOf(context)).execute()).map(({ id, name }) => [id, name]));
  const found = await sql<Row>`select * from vn.assignment_deviations(${from}::date, ${to}::date) order by at desc, meeting_id limit ${rowsAtMost}`.execute(tx);
  const moved = found.rows.map((each) => ({ ...each, from: each.kind === 'kept' ? (ruled(each) ?? null) : each.from_school, to: each.to_school }));
  const given = await sql<{ school_id: string; agreed: number; booked: number }>`select * from vn.assigned_by_rule(${from}::date, ${to}::date)`.execute(tx);
  // The row policies show a manager the own school's weeks alone.
  const full = await sql<{ scope_id: string; week: string; agreed: number; used: number }>`
    select scope_id, week::text, agreed, used from vn.capacity where centre_id = ${centreOf(context)} and scope = 'school' and used > agreed and week between ${from}::date and ${to}::date order by week desc, scope_id`.execute(
    tx,
  );
  const danish = new Intl.Collator('da');
  const own = (row: (typeof moved)[number]): 'gained' | 'lost' | null => (row.from === row.to ? null : row.to === actor.schoolId ? 'gained' : row.from === actor.schoolId ? 'lost' : null);
  const school = (id: string | null) => ({ school: id === null ? null : (names.get(id) ?? '') });
  const shown = (row: (typeof moved)[number]): Listed[] => {
    const facts = { at: new Date(row.at).toISOString(), kind: row.kind, because: row.because };
    if (all) return [{ ...facts, own: null, from: school(row.from), to: school(row.to), meeting: row.meeting_id as Listed['meeting'], company: row.company }];
    const change = own(row);
    return change === null ? [] : [{ ...facts, own: change, from: null, to: null, meeting: null, company: null }];
  };
  const changes = moved.filter((row) => row.from !== row.to);
  return {
    from,
    to,
    all,
    schools: given.rows
      .map(({ school_id, agreed, booked }) => ({
        school: names.get(school_id) ?? '',
        agreed,
        byRule: booked,
        gained: changes.filter((row) => row.to === school_id).length,
        lost: changes.filter((row) => row.from === school_id).length,
      }))
      .filter(({ agreed, byRule, gained, lost }) => agreed + byRule + gained + lost > 0 || !all)
      .sort((a, b) => danish.compare(a.school, b.school)),
    rows: moved.flatMap(shown),
    overfull: full.rows.map(({ scope_id, ...week }) => ({ school: names.get(scope_id) ?? '', ...week })),
  };
}

/** For spreadsheets, in Danish like every table that leaves the house. */
export async function deviationsFile(context: Context, { query }: InputOf<typeof contract.downloadDeviations>): Promise<OutputOf<typeof contract.downloadDeviations>> {
  const w = inLanguage(deviationsWords, 'da');
  const { from, to, rows, schools, overfull } = await deviations(context, { query, params: undefined, body: undefined });
  context.nameDownload(`afvigelser ${from} - ${to}.csv`);
  const name = (side: Listed['from']) => side?.school ?? w.centreItself;
  const day = (at: string) => localTime(context.actor.zone, new Date(at)).day;
  return [
    csvStart,
    csvLines([
      ['skole', 'aftalt', 'efter reglen', 'fik', 'afgav'],
      ...schools.map(({ school, agreed, byRule, gained, lost }) => [school, agreed, byRule, gained, lost]),
      [],
      ['dag', 'hvad', 'grund', 'fra skole', 'til skole', 'firma'],
      ...rows.map((row) => [day(row.at), w.kinds[row.kind], row.because === null ? null : w.reasons[row.because], name(row.from), name(row.to), row.company]),
      ...overfull.map(({ school, week, agreed, used }) => [week, w.overfull, w.weekOf(used, agreed), school, school, null]),
    ]),
  ] as unknown as string; // a download's output is the text of the file, piece by piece
}
