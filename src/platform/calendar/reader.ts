import { parentPort } from 'node:worker_threads';
import { readIcs } from './ics.ts';
import { entriesIn } from './multistatus.ts';
import type { ReadAnswer, ReadTask } from './read-apart.ts';

async function read({ text, answer, zone, from, until, own }: ReadTask): Promise<ReadAnswer> {
  const entries = answer === 'multistatus' ? await entriesIn(text) : text;
  return entries === null ? { refused: 'calendar_broken' } : readIcs(entries, zone, from, until, own);
}

/** The thread that read-apart.ts starts. */
parentPort?.on('message', (task: ReadTask) => {
  void read(task).then((answer) => parentPort?.postMessage(answer));
});
