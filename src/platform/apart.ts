import { fork } from 'node:child_process';
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

/** What a process apart is told: a function of a module, and what it is handed. */
export interface Errand {
  module: string;
  name: string;
  handed: readonly unknown[];
}

/** What it says: how far it is, and in the end its answer or what it threw. */
export type Said = { far: unknown } | { answer: unknown } | { error: unknown };

/** What a function that works apart is handed last. */
export interface Line<Far = never> {
  /** Aborted when whoever asked wants no more than there is by now. */
  signal: AbortSignal;
  tell(far: Far): void;
}

/**
 * Calls a function that works for long in a process of its own with low priority, so that no request waits for it and nothing it does – running out of memory, a fault
 * of the solver's – ends the server (docs/decisions/0024-apart.md). What it is handed and what it answers are copied; after these it is handed a `Line`.
 * @param milliseconds after which the process is ended, whatever it does
 * @throws what the function throws, and where the time is over
 */
export function callApart<Handed extends readonly unknown[], Answer, Far = never>(
  module: string,
  name: string,
  handed: Handed,
  milliseconds: number,
  { signal, told }: { signal?: AbortSignal; told?: (far: Far) => void } = {},
): Promise<Answer> {
  // No setting of the server's goes along: what works apart needs no database and no key.
  const child = fork(new URL('./apart-worker.ts', import.meta.url), { serialization: 'advanced', execArgv: [], env: {}, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const stop = () => void (child.connected && child.send('stop', () => undefined));
  let limit: NodeJS.Timeout | undefined;
  return new Promise<Answer>((resolve, reject) => {
    limit = setTimeout(() => reject(new Error(`${name} took longer than ${milliseconds} ms`)), milliseconds);
    child.on('message', (said: Said) => {
      if ('far' in said) told?.(said.far as Far);
      else if ('error' in said) reject(said.error);
      else resolve(said.answer as Answer);
    });
    child.once('error', reject);
    child.once('exit', (code, by) => reject(new Error(`the process of ${name} ended with ${by ?? code}`)));
    child.send({ module, name, handed } satisfies Errand);
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop);
  }).finally(() => {
    clearTimeout(limit);
    signal?.removeEventListener('abort', stop);
    child.kill('SIGKILL');
  });
}
