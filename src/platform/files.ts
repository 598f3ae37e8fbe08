import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Files that wait for a job: beside the database, named by ids of our own making. */
export interface Files {
  /** Keeps what comes in under `id`; removes what came when the stream breaks off. */
  keep(id: string, source: Readable): Promise<{ bytes: number }>;
  /** Writes from byte `at` on, and forgets what stood there: whoever comes back after a crash writes the same piece once. Answers how long the file is then. */
  append(id: string, at: number, text: string): Promise<number>;
  read(id: string, from?: number, to?: number): Readable;
  remove(id: string): Promise<void>;
}

/**
 * @param into how a new file is written; a test puts a full disk there
 * @throws (its methods) the system's errors, ENOSPC among them
 */
export async function openFiles(folder: string, into: (file: string) => Writable = (file) => createWriteStream(file, { mode: 0o600 })): Promise<Files> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const place = (id: string) => {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error('a file is named by an id');
    return path.join(folder, id);
  };
  return {
    async keep(id, source) {
      try {
        // Where writing fails, the source is left open: it is a request, and who sends it is to hear why.
        await pipeline(source.iterator({ destroyOnReturn: false }), into(place(id)));
      } catch (error) {
        source.resume(); // and has to be let finish: nobody reads an answer while sending
        await rm(place(id), { force: true });
        throw error;
      }
      return { bytes: (await stat(place(id))).size };
    },
    async append(id, at, text) {
      const handle = await open(place(id), at === 0 ? 'w' : 'r+', 0o600);
      try {
        await handle.truncate(at);
        const bytes = Buffer.from(text);
        // A disk that fills up takes a part first and says so only the next time.
        for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
        return at + bytes.length;
      } finally {
        await handle.close();
      }
    },
    read: (id, from = 0, to = Number.POSITIVE_INFINITY) => createReadStream(place(id), { start: from, end: to, highWaterMark: 256 * 1024 }),
    remove: (id) => rm(place(id), { force: true }),
  };
}
