import { calendarQuery, createAccount, propfind } from 'tsdav';
import { type Outside, OutsideError } from '../outside.ts';
import { CalendarFault, type CalendarFaultCode, calendarFault, faultOfStatus } from './faults.ts';
import { icsLimits } from './ics.ts';
import { textIn } from './multistatus.ts';

export interface Account {
  /** Where the search for calendars begins: the server, or a folder on it. */
  server: string;
  user: string;
  password: string;
}
export interface FoundCalendar {
  url: string;
  name: string;
}

/** Answers about calendars are short, and the library reads them in the server's own thread: a million tags would stop it for a minute. */
const short = { bytes: 256_000, milliseconds: 10_000 };
const tagsAtMost = 10_000;
/** All entries of a calendar are unpacked in a thread of their own. */
const long = { bytes: icsLimits.accountLetters * 2, milliseconds: 10_000 };
const calendarsAtMost = 50;

/**
 * The library asks through the guarded way like everybody; it gets each answer, and we remember the last refusal: its own errors are prose, parts of an answer
 * among them, and are thrown away.
 */
function lineTo(outside: Outside, { user, password }: Account) {
  const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
  let status = 0;
  let thrown: unknown = null;
  const ask = async (url: string, method: string, more: Record<string, string>, body: string | undefined, { follow = true, limits = short } = {}) => {
    try {
      const answer = await outside.ask(url, { method, headers: { ...more, ...headers }, ...(body === undefined ? {} : { body }), follow, ...limits });
      if (answer.status < 200 || answer.status > 599) throw new OutsideError('unreadable'); // no such answer can be made
      if (limits === short && answer.text.split('<', tagsAtMost + 2).length > tagsAtMost + 1) throw new OutsideError('too_large');
      if (answer.status >= 400) status = answer.status;
      return answer;
    } catch (error) {
      thrown = error;
      throw error;
    }
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const {
      status: code,
      text,
      headers: said,
    } = await ask(String(input), init?.method ?? 'GET', Object.fromEntries(new Headers(init?.headers)), typeof init?.body === 'string' ? init.body : undefined, {
      follow: init?.redirect !== 'manual',
    });
    return new Response([204, 205, 304].includes(code) ? null : text, {
      status: code,
      headers: Object.entries(said).filter(([name]) => ['content-type', 'location', 'etag'].includes(name)) as [string, string][],
    });
  };
  const fault = (otherwise: CalendarFaultCode) => (thrown !== null ? calendarFault(thrown, otherwise) : new CalendarFault(status === 401 || status === 403 ? 'calendar_refused' : otherwise));
  return { ask, fetch, headers, fault };
}

/** @throws CalendarFault */
async function properties(outside: Outside, account: Account, url: string, depth: '0' | '1', props: Record<string, object>) {
  const line = lineTo(outside, account);
  const found = await propfind({ url, depth, props, headers: line.headers, fetch: line.fetch }).catch(() => {
    throw line.fault('calendar_garbled');
  });
  const [first] = found;
  if (first === undefined || (!first.ok && found.length === 1)) throw new CalendarFault(first?.status !== undefined && first.status >= 400 ? faultOfStatus(first.status) : 'calendar_garbled');
  return found;
}

/**
 * Which calendars an account has, from /.well-known/caldav, the address itself, or the server's root.
 * @throws CalendarFault
 */
export async function findCalendars(outside: Outside, account: Account): Promise<FoundCalendar[]> {
  const line = lineTo(outside, account);
  const { homeUrl } = await createAccount({ account: { serverUrl: account.server, accountType: 'caldav' }, headers: line.headers, fetch: line.fetch }).catch(() => {
    throw line.fault('calendar_no_account');
  });
  if (homeUrl === undefined) throw line.fault('calendar_no_account');
  const found = await properties(outside, account, homeUrl, '1', { 'd:displayname': {}, 'd:resourcetype': {}, 'c:supported-calendar-component-set': {} });
  const calendars = found.flatMap(({ href, props }) => {
    const url = typeof href === 'string' ? URL.parse(href, homeUrl) : null;
    const components = [(props?.supportedCalendarComponentSet as { comp?: unknown } | undefined)?.comp ?? []].flat() as { _attributes?: { name?: string } }[];
    const events = components.length === 0 || components.some((each) => each._attributes?.name === 'VEVENT');
    if (url === null || url.href.length > 2000 || !events || !Object.keys(props?.resourcetype ?? {}).includes('calendar')) return [];
    const last =
      url.pathname
        .split('/')
        .filter((part) => part !== '')
        .at(-1) ?? '';
    return [{ url: url.href, name: (textIn(props?.displayname) ?? last).slice(0, 200) }];
  });
  if (calendars.length === 0) throw new CalendarFault('calendar_no_account');
  return calendars.slice(0, calendarsAtMost);
}

/**
 * What changes whenever anything in the calendar does; null where the server has no such thing.
 * @throws CalendarFault
 */
export async function markOf(outside: Outside, account: Account, url: string): Promise<string | null> {
  const [found] = await properties(outside, account, url, '0', { 'd:sync-token': {}, 'cs:getctag': {} });
  const mark = textIn(found?.props?.syncToken) ?? textIn(found?.props?.getctag);
  return mark === null || mark.length > 2000 ? null : mark;
}

const utc = (at: Date) => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
const events = (filter: object) => [{ 'comp-filter': { _attributes: { name: 'VCALENDAR' }, 'comp-filter': { _attributes: { name: 'VEVENT' }, ...filter } } }];

async function query(outside: Outside, account: Account, url: string, props: Record<string, object>, filter: object) {
  const line = lineTo(outside, account);
  return calendarQuery({ url, depth: '1', props, filters: events(filter), headers: line.headers, fetch: line.fetch }).catch(() => {
    throw line.fault('calendar_garbled');
  });
}

/**
 * Every entry of a calendar that touches the time, as the server says it: XML, to be unpacked beside the server (`readApart`).
 * @throws CalendarFault
 */
export async function entriesOf(outside: Outside, account: Account, url: string, from: Date, to: Date): Promise<string> {
  const { ask, fault } = lineTo(outside, account);
  const body = `<?xml version="1.0" encoding="utf-8"?><c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="${utc(from)}" end="${utc(to)}"/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>`;
  const { status, text } = await ask(url, 'REPORT', { depth: '1', 'content-type': 'application/xml; charset=utf-8' }, body, { limits: long }).catch(() => {
    throw fault('calendar_garbled');
  });
  if (status >= 400) throw new CalendarFault(faultOfStatus(status));
  // Anything but a whole answer would look like a calendar without entries, and its owner like somebody with time.
  if (status !== 207 || !/multistatus[^<>]*>\s*$/i.test(text.slice(-300))) throw new CalendarFault('calendar_garbled');
  return text;
}

const fileOf = (calendar: string, uid: string) => new URL(`${encodeURIComponent(uid.replace(/@.*/, ''))}.ics`, calendar.endsWith('/') ? calendar : `${calendar}/`).href;

/**
 * Writes one entry, or writes it anew: the same UID is the same entry, also where another program (an accepted invitation) put it there under another name.
 * @returns where it stands
 * @throws CalendarFault
 */
export async function writeEntryTo(outside: Outside, account: Account, calendar: string, uid: string, text: string, known: string | null): Promise<string> {
  const { ask, fault } = lineTo(outside, account);
  const put = (url: string) =>
    ask(url, 'PUT', { 'content-type': 'text/calendar; charset=utf-8' }, text).catch(() => {
      throw fault('calendar_ill');
    });
  const url = known ?? fileOf(calendar, uid);
  const { status } = await put(url);
  if (status < 300) return url;
  if (![403, 404, 409, 412].includes(status)) throw new CalendarFault(faultOfStatus(status));
  const there = await query(outside, account, calendar, { 'd:getetag': {} }, { 'prop-filter': { _attributes: { name: 'UID' }, 'text-match': { _attributes: { collation: 'i;octet' }, _text: uid } } });
  const href = there.find((each) => each.props !== undefined && typeof each.href === 'string')?.href;
  const other = href === undefined ? null : URL.parse(href, calendar);
  if (other === null || other.href === url || (await put(other.href)).status >= 300) throw new CalendarFault(status === 404 ? 'calendar_gone' : 'calendar_read_only');
  return other.href;
}

/**
 * Takes an entry away; one that is gone already is no fault.
 * @throws CalendarFault
 */
export async function removeEntryFrom(outside: Outside, account: Account, url: string): Promise<void> {
  const { ask, fault } = lineTo(outside, account);
  const { status } = await ask(url, 'DELETE', {}, undefined).catch(() => {
    throw fault('calendar_ill');
  });
  if (status >= 300 && status !== 404 && status !== 410) throw new CalendarFault(status === 403 ? 'calendar_read_only' : faultOfStatus(status));
}
