import { readerApart } from '../apart.ts';
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

const ask = readerApart<ReadTask, ReadAnswer>(new URL('./reader.ts', import.meta.url));

/**
 * Reads a calendar as `readIcs` does, in a thread beside the server and one after the other: a large calendar holds up no request, and a repetition that no day
 * ever fits ("30 February"), on which the library looks for ever, is given up when the time is over.
 * @param milliseconds for one calendar
 */
export async function readApart(task: ReadTask, milliseconds = 5_000): Promise<ReadAnswer> {
  const answer = await ask(task, milliseconds);
  if (answer === 'endless') return { refused: 'calendar_endless' };
  return answer === 'too_large' ? { refused: 'calendar_too_large' } : answer;
}
