import { sql } from 'kysely';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { csvLines, csvStart } from '../../../../platform/csv.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { OwnList, readOwnList } from '../contract.ts';

interface Row {
  id: string;
  file_name: string;
  state: OwnList['state'];
  error: string | null;
  rows_read: number;
  rows_refused: number;
  person: string | null;
  created_at: string;
  finished_at: string | null;
}

/** The newest list of the own school; a hat without a school has none. */
export async function newestList(context: Context): Promise<Row | undefined> {
  const found = await sql<Row>`
    select l.id, l.file_name, l.state, l.error, l.rows_read, l.rows_refused, vn.person_name(l.person_id) person, l.created_at, l.finished_at from vn.own_list l
     where l.centre_id = ${centreOf(context)} and l.school_id = ${context.actor.schoolId} order by l.created_at desc, l.id desc limit 1`.execute(context.tx);
  return found.rows[0];
}

export const shaped = (row: Row): OwnList => ({
  fileName: row.file_name,
  state: row.state,
  error: row.error,
  rows: { read: row.rows_read, refused: row.rows_refused },
  person: row.person,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
});

export async function ownList(context: Context): Promise<OutputOf<typeof readOwnList>> {
  const row = await newestList(context);
  return { list: row === undefined ? null : shaped(row) };
}

export async function refusedFile(context: Context): Promise<string> {
  const row = await newestList(context);
  const refused =
    row === undefined
      ? []
      : await context.tx
          .selectFrom('own_company')
          .select(['no', 'refusal', 'raw'])
          .where('centre_id', '=', centreOf(context))
          .where('list_id', '=', row.id)
          .where('refusal', 'is not', null)
          .orderBy('no')
          .execute();
  context.nameDownload(`${row?.file_name.replace(/\.[a-z0-9]+$/i, '') ?? 'liste'}-${refused.length}-refused.csv`);
  async function* lines() {
    yield csvStart + csvLines([['row', 'reason']]);
    yield csvLines(refused.map(({ no, refusal, raw }) => [no, refusal, ...(JSON.parse(raw ?? '[]') as string[])]));
  }
  return lines() as unknown as string; // a download's output is the text of the file, piece by piece
}
