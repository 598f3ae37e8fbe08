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
