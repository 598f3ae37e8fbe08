import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Errand } from './apart.ts';

// Nobody waits for it with a finger on the screen: whoever does goes first. Of this thread alone, and of those it begins.
os.setPriority(0, os.constants.priority.PRIORITY_LOW);
const { module, name, handed } = workerData as Errand;
const work = ((await import(module)) as Record<string, (...handed: unknown[]) => unknown>)[name];
if (work === undefined) throw new Error(`${module} has no ${name}`);
parentPort?.postMessage(await work(...handed));
