import os from 'node:os';
import type { Errand, Said } from './apart.ts';

// Nobody waits for it with a finger on the screen: whoever does goes first. Of this process, and of the threads it begins.
os.setPriority(0, os.constants.priority.PRIORITY_LOW);
const say = (said: Said, then: () => void = () => undefined) => process.send?.(said, then);
const stop = new AbortController();
process.on('message', (message: Errand | 'stop') => (message === 'stop' ? stop.abort() : void run(message)));
// Whoever asked is gone, and with it whoever would hear the answer.
process.on('disconnect', () => process.exit(1));

async function run({ module, name, handed }: Errand): Promise<void> {
  const end = () => process.exit(0);
  try {
    const work = ((await import(module)) as Record<string, (...handed: unknown[]) => unknown>)[name];
    if (work === undefined) throw new Error(`${module} has no ${name}`);
    const answer = await work(...handed, { signal: stop.signal, tell: (far: unknown) => say({ far }) });
    say({ answer }, end);
  } catch (error) {
    say({ error }, end);
  }
}
