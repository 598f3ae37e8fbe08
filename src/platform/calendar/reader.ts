import { parentPort } from 'node:worker_threads';
import { readIcs } from './ics.ts';
import type { ReadTask } from './read-apart.ts';

/** The thread that read-apart.ts starts. */
parentPort?.on('message', ({ text, zone, from, until, own }: ReadTask) => parentPort?.postMessage(readIcs(text, zone, from, until, own)));
