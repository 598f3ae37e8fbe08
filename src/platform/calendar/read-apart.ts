import { Worker } from 'node:worker_threads';
import type { readIcs } from './ics.ts';

export interface ReadTask {
  text: string;
  /** What the text is: a calendar file, or a CalDAV server's answer with many. */
  answer?: 'file' | 'multistatus';
  zone: string;
  from: string;
  until: string;
  /** Numbers of meetings that Vejnet wrote itself. */
  own?: readonly string[];
}
export type ReadAnswer = ReturnType<typeof readIcs> | { refused: 'calendar_endless' };

let worker: Worker | null = null;
let last: Promise<unknown> = Promise.resolve();

function ask(task: ReadTask, milliseconds: number): Promise<ReadAnswer> {
  const busy = (worker ??= new Worker(new URL('./reader.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 256 } }));
  busy.ref();
  return new Promise((resolve, reject) => {
    const told = (answer: ReadAnswer) => done(() => resolve(answer));
    // Whoever needs more memory than this for a calendar means no good.
    const failed = (error: unknown) => gone(() => ((error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve({ refused: 'calendar_too_large' }) : reject(error)));
    const limit = setTimeout(() => gone(() => resolve({ refused: 'calendar_endless' })), milliseconds);
    function done(then: () => void) {
      clearTimeout(limit);
      busy.off('message', told).off('error', failed);
      busy.unref(); // an idle reader keeps no process alive
      then();
    }
    const gone = (then: () => void) =>
      done(() => {
        worker = null;
        busy.on('error', () => undefined);
        void busy.terminate();
        then();
      });
    busy.on('message', told).on('error', failed);
    busy.postMessage(task);
  });
}

/**
 * Reads a calendar as `readIcs` does, in a thread beside the server and one after the other: a large calendar holds up no request, and a repetition that no day
 * ever fits ("30 February"), on which the library looks for ever, is given up when the time is over.
 * @param milliseconds for one calendar
 */
export function readApart(task: ReadTask, milliseconds = 5_000): Promise<ReadAnswer> {
  const mine = last.then(() => ask(task, milliseconds));
  last = mine.catch(() => undefined);
  return mine;
}
