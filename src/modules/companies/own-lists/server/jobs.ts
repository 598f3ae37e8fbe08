import { sql } from 'kysely';
import { type Actor, inTransaction, type Tx, visitor } from '../../../../platform/db/transaction.ts';
import type { JobKind, JobTools } from '../../../../platform/jobs/jobs.ts';
import { kindOf, tableRows, UnreadableFile } from '../../../../platform/reading.ts';
import { firstOf, namesNothing, readHeadings, readOwnRow } from '../model.ts';

interface Payload {
  centre: string;
  school: string;
  person: string;
  list: string;
}

/** Acts as the person who sent it, for that person's school. */
const keeper = ({ centre, school, person }: Payload): Actor => ({ ...visitor, audience: 'staff', centreId: centre, schoolId: school, personId: person, roles: ['manager'] });
const work = <T>(tools: JobTools, payload: Payload, run: (tx: Tx) => Promise<T>) => inTransaction(tools.db, keeper(payload), tools.clock.now(), false, run);
const here = (tx: Tx, { centre, school, list }: Payload) => tx.updateTable('own_list').where('centre_id', '=', centre).where('school_id', '=', school).where('id', '=', list);

/** Rows of one statement; a school's list is a few thousand. */
const piece = 2000;
const most = 200_000;

/** The sent file is not kept longer than it takes to read it. */
async function end(tools: JobTools, payload: Payload, file: string, set: Record<string, unknown>): Promise<void> {
  await tools.files.remove(file);
  await work(tools, payload, async (tx) => {
    await here(tx, payload)
      .set({ ...set, file: null, finished_at: tools.clock.now().toISOString() })
      .execute();
    if (set.state !== 'done') return;
    await tx.deleteFrom('own_list').where('centre_id', '=', payload.centre).where('school_id', '=', payload.school).where('id', '<>', payload.list).where('state', 'in', ['done', 'failed']).execute();
  });
}

/** Reads a school's own list; begun again from the start when it was broken off. */
export const readOwnFile: JobKind<Payload> = {
  name: 'companies.read-own-list',
  retries: 2,
  async run(tools, payload) {
    const { centre, school, list } = payload;
    const file = await work(tools, payload, async (tx) => {
      const found = await tx.selectFrom('own_list').select(['file', 'state']).where('centre_id', '=', centre).where('school_id', '=', school).where('id', '=', list).forUpdate().executeTakeFirst();
      if (found === undefined || found.file === null) return null;
      await tx.deleteFrom('own_company').where('centre_id', '=', centre).where('school_id', '=', school).where('list_id', '=', list).execute();
      await here(tx, payload).set({ state: 'reading', rows_read: 0, rows_refused: 0 }).execute();
      return found.file;
    });
    if (file === null) return;
    let read = 0;
    let refused = 0;
    let waiting: unknown[] = [];
    const write = async () => {
      const rows = JSON.stringify(waiting);
      waiting = [];
      await work(tools, payload, async (tx) => {
        await sql`insert into vn.own_company (centre_id, school_id, list_id, no, cvr, p_number, name, name_key, postcode, note, known_by, refusal, raw)
          select ${centre}::uuid, ${school}::uuid, ${list}::uuid, r.no, r.cvr, r."pNumber", r.name, vn.name_key(r.name), r.postcode, r.note, r."knownBy", r.refusal, r.raw
            from jsonb_to_recordset(${rows}::jsonb) r (no int, cvr text, "pNumber" text, name text, postcode text, note text, "knownBy" text, refusal text, raw text)`.execute(tx);
        await here(tx, payload).set({ rows_read: read, rows_refused: refused }).execute();
      });
    };
    try {
      const open = (from?: number, to?: number) => tools.files.read(file, from, to);
      if ((await kindOf(open)) !== 'table') throw new UnreadableFile('not_a_table');
      const rows = tableRows(open);
      const { value: headings, done } = await rows.next();
      if (done || headings === undefined) throw new UnreadableFile('empty');
      const columns = readHeadings(headings);
      if (namesNothing(columns)) throw new UnreadableFile('no_columns');
      for await (const cells of rows) {
        read += 1;
        if (read > most) throw new UnreadableFile('too_many_rows');
        const row = readOwnRow(cells, columns);
        if ('refusal' in row) refused += 1;
        waiting.push({ no: read, ...row, ...('refusal' in row ? { raw: JSON.stringify(firstOf(cells)).replaceAll('\\u0000', '\ufffd') } : {}) });
        if (waiting.length === piece) await write();
      }
      if (read === 0) throw new UnreadableFile('empty');
      await write();
      await end(tools, payload, file, { state: 'done' });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      await end(tools, payload, file, { state: 'failed', error: error.code });
    }
  },
  async gaveUp(tools, payload) {
    await work(tools, payload, (tx) => here(tx, payload).set({ state: 'failed', error: 'internal', finished_at: tools.clock.now().toISOString() }).execute());
  },
};
