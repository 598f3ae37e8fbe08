import type { Outside } from '../outside.ts';
import { CalendarFault, calendarFault, faultOfStatus } from './faults.ts';
import { icsLimits } from './ics.ts';

/** What the server said last time, so that it need not say the same again. */
export interface Marks {
  mark: string | null;
  changed: string | null;
}

/** A letter may take four bytes; what is longer than agreed is refused when it is read. */
const limits = { bytes: icsLimits.letters * 4, milliseconds: 10_000 };
const short = (text: string | undefined) => (text === undefined || text === '' || text.length > 500 ? null : text);

/**
 * Fetches a calendar that is published at an address.
 * @param known null fetches it whole
 * @returns its text, or null where it is what it was
 * @throws CalendarFault
 */
export async function fetchCalendar(outside: Outside, address: string, known: Marks | null): Promise<({ text: string } & Marks) | null> {
  try {
    const headers = {
      accept: 'text/calendar, */*;q=0.1',
      ...(known?.mark ? { 'if-none-match': known.mark } : {}),
      ...(known?.changed ? { 'if-modified-since': known.changed } : {}),
    };
    const answer = await outside.ask(address, { headers, ...limits });
    if (answer.status === 304 && (known?.mark || known?.changed)) return null;
    if (answer.status !== 200) throw new CalendarFault(faultOfStatus(answer.status));
    if (/^\s*<(!doctype|html|head|body|script)/i.test(answer.text)) throw new CalendarFault('calendar_page');
    return { text: answer.text, mark: short(answer.headers.etag), changed: short(answer.headers['last-modified']) };
  } catch (error) {
    throw calendarFault(error, 'calendar_ill');
  }
}
