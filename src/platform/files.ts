import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Files that wait for a job: beside the database, named by ids of our own making. */
export interface Files {
  /** Keeps what comes in under `id`; removes what came when the stream breaks off. */
  keep(id: string, source: Readable): Promise<{ bytes: number }>;
  read(id: string, from?: number, to?: number): Readable;
  remove(id: string): Promise<void>;
}

export async function openFiles(folder: string): Promise<Files> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const place = (id: string) => {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error('a file is named by an id');
    return path.join(folder, id);
  };
  return {
    async keep(id, source) {
      try {
        await pipeline(source, createWriteStream(place(id), { mode: 0o600 }));
      } catch (error) {
        await rm(place(id), { force: true });
        throw error;
      }
      return { bytes: (await stat(place(id))).size };
    },
    read: (id, from = 0, to = Number.POSITIVE_INFINITY) => createReadStream(place(id), { start: from, end: to, highWaterMark: 256 * 1024 }),
    remove: (id) => rm(place(id), { force: true }),
  };
}
