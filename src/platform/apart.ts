import { Worker } from 'node:worker_threads';

/** Why a thread gave no answer: its time was over, or it needed more memory than it may have. */
export type NoAnswer = 'endless' | 'too_large';

/**
 * A thread beside the server that reads what strangers wrote, one after the other: it holds up no request, and what never ends or grows without bound is given up
 * with the thread.
 * @param script answers each message with one of its own
 */
export function readerApart<Task, Answer>(script: URL, memoryMb = 256): (task: Task, milliseconds: number) => Promise<Answer | NoAnswer> {
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const ask = (task: Task, milliseconds: number): Promise<Answer | NoAnswer> => {
    const busy = (worker ??= new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: memoryMb } }));
    busy.ref();
    return new Promise((resolve, reject) => {
      const told = (answer: Answer) => done(() => resolve(answer));
      // Whoever needs more memory than this means no good.
      const failed = (error: unknown) => gone(() => ((error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve('too_large') : reject(error)));
      const limit = setTimeout(() => gone(() => resolve('endless')), milliseconds);
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
  };
  return (task, milliseconds) => {
    const mine = last.then(() => ask(task, milliseconds));
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** What a thread is told: a function of a module, and what it is handed. */
export interface Errand {
  module: string;
  name: string;
  handed: readonly unknown[];
}

/**
 * Calls a function that works for long in a thread of its own with low priority, so that no request waits for it. What it is handed and what it answers are copied.
 * @param milliseconds after which the thread is given up, whatever it does
 * @throws what the function throws, and where the time is over
 */
export function callApart<Handed extends readonly unknown[], Answer>(module: string, name: string, handed: Handed, milliseconds: number): Promise<Answer> {
  const worker = new Worker(new URL('./apart-worker.ts', import.meta.url), { workerData: { module, name, handed } satisfies Errand });
  return new Promise<Answer>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`${name} took longer than ${milliseconds} ms`)), milliseconds);
    const over = () => clearTimeout(limit);
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread of ${name} ended with ${code}`)));
    worker.once('message', over).once('error', over).once('exit', over);
  }).finally(() => worker.terminate());
}
