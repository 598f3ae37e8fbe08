import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { applyFile, readFile } from '../modules/companies/imports/server/jobs.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { connect } from '../platform/db/connect.ts';
import { openFiles } from '../platform/files.ts';
import { newId } from '../platform/ids.ts';
import { openKeyedHash } from '../platform/keyed-hash.ts';
import { keptMail } from '../platform/mail/mailer.ts';
import { openOutside } from '../platform/outside.ts';

/** A mistake in the call; the message is all the operator needs. */
export class UsageError extends Error {}

const usage = 'import-companies FILE --centre KEY [--kind extract|list] [--scheme DB07|DB25] [--complete] [--preview]';

interface Wanted {
  file: string;
  centre: string;
  kind: 'extract' | 'list';
  scheme: 'DB07' | 'DB25' | null;
  complete: boolean;
  preview: boolean;
}

function wanted(words: string[]): Wanted {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        centre: { type: 'string' },
        kind: { type: 'string', default: 'extract' },
        scheme: { type: 'string' },
        complete: { type: 'boolean', default: false },
        preview: { type: 'boolean', default: false },
      },
    });
    const [file] = positionals;
    const { centre, kind, scheme, complete, preview } = values;
    if (file === undefined || centre === undefined || positionals.length > 1 || (kind !== 'extract' && kind !== 'list') || (scheme !== undefined && scheme !== 'DB07' && scheme !== 'DB25'))
      throw new UsageError(usage);
    return { file, centre, kind, scheme: scheme ?? null, complete, preview };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(usage);
  }
}

/** In whose name: somebody who keeps the register there today. The job asks for that right again. */
async function keeperOf(owner: pg.Client, key: string, now: Date): Promise<{ centre: string; person: string }> {
  const centre = (await owner.query<{ id: string; tz: string }>('select id, tz from vn.centre where key = $1', [key])).rows[0];
  if (centre === undefined) throw new UsageError(`There is no centre ${key}.`);
  await owner.query(`select set_config('app.centre', $1, false)`, [centre.id]);
  const found = await owner.query<{ person_id: string }>(
    `select person_id from vn.membership where centre_id = $1 and role = 'register' and during @> ($2::timestamptz at time zone $3)::date order by lower(during), id limit 1`,
    [centre.id, now, centre.tz],
  );
  const person = found.rows[0]?.person_id;
  if (person === undefined) throw new UsageError(`Nobody keeps the register of ${key} today: give somebody that role first.`);
  return { centre: centre.id, person };
}

/**
 * Reads a company file into a centre, with the same jobs as the screen; previews, then applies unless --preview.
 * @returns the sentences to print
 */
export async function importCompanies(owner: pg.Client, words: string[], app: pg.ClientConfig, clock: Clock, { folder, url }: Config): Promise<string> {
  const { file, centre: key, kind, scheme, complete, preview } = wanted(words);
  const absolute = path.resolve(process.env.INIT_CWD ?? process.cwd(), file); // npm runs scripts in the repository, the operator may stand elsewhere
  await access(absolute).catch(() => {
    throw new UsageError(`${absolute} cannot be read.`);
  });
  const { centre, person } = await keeperOf(owner, key, clock.now());
  const { db, pool } = connect(app);
  const files = await openFiles(path.join(folder, 'files'));
  const keyedHash = await openKeyedHash(folder, process.env.VEJNET_KEY);
  const tools = { db, pool, clock, mailer: keptMail, files, url, keyedHash, outside: openOutside([]), intake: null };
  // Reading and applying a file ask for no further work; a queue of its own would take longer to open than many files take.
  const room = { ...tools, jobs: { enqueue: () => Promise.reject(new Error('a command enqueues nothing')) } };
  try {
    const id = newId(clock.now());
    const copy = newId(clock.now());
    const { bytes } = await files.keep(copy, createReadStream(absolute));
    await owner.query(`insert into vn.company_import (centre_id, id, kind, file_name, bytes, file, scheme, complete, person_id, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
      centre,
      id,
      kind,
      path.basename(absolute),
      bytes,
      copy,
      scheme,
      complete,
      person,
      clock.now(),
    ]);
    await readFile.run(room, { centre, person, import: id });
    const state = async () => (await owner.query('select state, error, rows_read, rows_new, rows_changed, rows_same, rows_refused, rows_doubtful from vn.company_import where id = $1', [id])).rows[0];
    const read = await state();
    if (read.state !== 'ready') throw new UsageError(`The file could not be read: ${read.error}.`);
    const sum = `${read.rows_read} rows: ${read.rows_new} new, ${read.rows_changed} changed, ${read.rows_same} the same, ${read.rows_refused} refused (${read.rows_doubtful} with a doubtful P-number).`;
    if (preview) return `${sum}\nNothing is written yet: open the import on the screen to apply it.`;
    await owner.query(`update vn.company_import set state = 'applying', rows_done = 0 where id = $1 and state = 'ready'`, [id]);
    await applyFile.run(room, { centre, person, import: id });
    const done = await state();
    if (done.state !== 'done') throw new UsageError(`The file was read but not applied: ${done.error}.`);
    return `${sum}\nWritten. Refused rows with their reasons, and undo, are on the screen.`;
  } finally {
    await db.destroy();
  }
}
