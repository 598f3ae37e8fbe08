import type { Line } from '../../src/platform/apart.ts';

/** Called apart by platform/apart.test.ts.
 * @public */
export const goesOn = ({ signal, tell }: Line<string>) =>
  new Promise((resolve) => {
    const stopped = () => resolve(`stopped in ${process.pid}`);
    if (signal.aborted) stopped();
    signal.addEventListener('abort', stopped);
    tell('begun');
    setTimeout(resolve, 60_000, 'the end');
  });
/** @public */
export const dies = () => process.kill(process.pid, 'SIGTRAP');
/** @public */
export const settings = () => Object.keys(process.env).filter((name) => name.startsWith('VEJNET') || name.endsWith('URL'));
