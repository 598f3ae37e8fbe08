import { sql } from 'kysely';
import { newId } from '../../../../platform/ids.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import type { JobKind, JobRoom } from '../../../../platform/jobs/jobs.ts';
import { OutsideError, type OutsideFault } from '../../../../platform/outside.ts';
import { claim, fail, keeper, mark, type Payload, readFile, work } from '../../imports/server/public.ts';
import { type AreaSize, areaQuery, type CvrFault, companyQuery, type Hit, hitsOf, mostTries, nextUpdate, pageSize, passes, statusFault, unitPage, unitQuery, waitFor } from '../model.ts';

class Refused extends Error {
  readonly fault: CvrFault;
  readonly retryAfter: string | undefined;
  constructor(fault: CvrFault, retryAfter?: string) {
    super(fault);
    this.fault = fault;
    this.retryAfter = retryAfter;
  }
}

const outsideFaults: Partial<Record<OutsideFault, CvrFault>> = {
  slow: 'slow',
  unreachable: 'unreachable',
  certificate: 'certificate',
  too_large: 'too_large',
  redirects: 'redirect',
  unreadable: 'answer',
};

async function ask(room: JobRoom, kind: 'Vrvirksomhed' | 'VrproduktionsEnhed', query: object, after: number): Promise<Hit[]> {
  if (room.cvr === undefined) throw new Refused('off');
  const told = await room.cvr.post(kind === 'Vrvirksomhed' ? '/virksomhed/_search' : '/produktionsenhed/_search', query).catch((error: unknown) => {
    throw error instanceof OutsideError ? new Refused(outsideFaults[error.fault] ?? 'unreachable') : error;
  });
  const fault = statusFault(told.status);
  if (fault !== null) throw new Refused(fault, told.headers['retry-after']);
  const hits = hitsOf(told.text, kind, after);
  if (hits === null) throw new Refused('answer');
  return hits;
}

/** All units of these companies. */
async function unitsOf(room: JobRoom, companies: readonly Hit[]): Promise<Hit[]> {
  const units: Hit[] = [];
  if (companies.length === 0) return units;
  for (let more = true; more; ) {
    const after = units.at(-1)?.number ?? 0;
    const page = await ask(
      room,
      'VrproduktionsEnhed',
      unitQuery(
        companies.map(({ number }) => number),
        after,
      ),
      after,
    );
    units.push(...page);
    more = page.length === unitPage;
  }
  return units;
}

interface Found {
  wanted: string | null;
  fetched_to: string | number;
  sizes: string[];
  created_at: string;
}

/** The next page: companies with their units, and whether it was the last. */
async function nextPage(room: JobRoom, payload: Payload, found: Found): Promise<{ hits: Hit[]; last: boolean; to: number }> {
  const after = Number(found.fetched_to);
  if (found.wanted !== null) {
    const companies = await ask(room, 'Vrvirksomhed', companyQuery(found.wanted), 0);
    if (companies[0]?.number !== Number(found.wanted)) throw new Refused('unknown');
    return { hits: [...companies, ...(await unitsOf(room, companies))], last: true, to: 0 };
  }
  const municipalities = await work(room, keeper(payload), (tx) => tx.selectFrom('centre_area').select('municipality').where('centre_id', '=', payload.centre).orderBy('municipality').execute());
  const endedAfter = new Date(new Date(found.created_at).getTime() - 2 * 365 * 86_400_000).toISOString().slice(0, 10);
  const area = { municipalities: municipalities.map(({ municipality }) => municipality), sizes: found.sizes as AreaSize[], endedAfter };
  const companies = await ask(room, 'Vrvirksomhed', areaQuery(area, after), after);
  return { hits: [...companies, ...(await unitsOf(room, companies))], last: companies.length < pageSize, to: companies.at(-1)?.number ?? after };
}

/**
 * Asks CVR for the next page of an import and puts it at the end of its file. Each page is a job of its own, so that CVR is asked once a second at most and whatever breaks
 * off goes on where the mark stands. What CVR will not answer now is asked again later, at longer and longer intervals.
 */
export const fetchFromCvr: JobKind<Payload> = {
  name: 'companies.fetch-from-cvr',
  retries: 3,
  async run(room, payload) {
    const found = await claim(room, payload, ['reading']);
    if (found === null || !found.fetching || found.file === null) return;
    const actor = keeper(payload);
    try {
      const { hits, last, to } = await nextPage(room, payload, found as unknown as Found);
      const bytes = await room.files.append(found.file, Number(found.bytes), hits.map(({ source }) => `${JSON.stringify({ _source: source })}\n`).join(''));
      await work(room, actor, async (tx) => {
        await mark(tx, payload.import, { bytes, fetched_to: to, fetch_tries: 0, rows_read: found.rows_read + hits.length, fetching: !last, ...(last ? { state: 'received' } : {}) });
        await room.jobs.enqueue(tx, actor, last ? readFile : fetchFromCvr, payload);
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const tries = found.fetch_tries + 1;
      if (!passes(error.fault) || tries > mostTries) return fail(room, payload, `cvr_${error.fault}`);
      const next = new Date(room.clock.now().getTime() + waitFor(tries, error.retryAfter) * 60_000).toISOString();
      await work(room, actor, (tx) => mark(tx, payload.import, { fetch_tries: tries, fetch_next: next }));
    }
  },
  gaveUp: (room, payload) => fail(room, payload, 'internal'),
};

/** An update of the centre's area that is due: begun in the name of whoever planned it, as far as to what it would do. */
const beginUpdate: JobKind<{ centre: string; person: string; sizes: string[] }> = {
  name: 'companies.begin-cvr-update',
  retries: 3,
  async run(room, { centre, person, sizes }) {
    const id = newId(room.clock.now());
    const payload = { centre, person, import: id };
    const now = room.clock.now().toISOString();
    await work(room, keeper(payload), async (tx) => {
      const begun = await sql`insert into vn.company_import (centre_id, id, kind, origin, fetching, state, sizes, file_name, bytes, file, person_id, created_at)
        values (${centre}, ${id}, 'extract', 'cvr', true, 'reading', ${sizes}, ${`CVR ${now.slice(0, 10)}`}, 0, ${newId(room.clock.now())}, ${person}, ${now}) on conflict do nothing`.execute(tx);
      // One that nobody has written yet is there already.
      if (Number(begun.numAffectedRows ?? 0) === 1) await room.jobs.enqueue(tx, keeper(payload), fetchFromCvr, payload);
    });
  },
};

const updates: Chore = {
  name: 'cvr-updates',
  async run(context) {
    if (!context.cvr) return;
    const { tx, actor, today } = context;
    const due = await tx
      .selectFrom('cvr_update')
      .selectAll()
      .where('centre_id', '=', actor.centreId ?? '')
      .where('next_on', '<=', today)
      .executeTakeFirst();
    if (due !== undefined) {
      await tx
        .updateTable('cvr_update')
        .set({ next_on: nextUpdate(today, due.every as 'week' | 'month') })
        .where('centre_id', '=', due.centre_id)
        .execute();
      await context.enqueue(beginUpdate, { centre: due.centre_id, person: due.person_id, sizes: due.sizes });
    }
    const waiting = await sql<{ id: string; person_id: string }>`select * from vn.fetches_due()`.execute(tx);
    for (const { id, person_id } of waiting.rows) await context.enqueue(fetchFromCvr, { centre: actor.centreId ?? '', person: person_id, import: id });
  },
};
export const chores: readonly Chore[] = [updates];
export const cvrJobs = [fetchFromCvr, beginUpdate] as const;
