import { isDeepStrictEqual } from 'node:util';
import type { Endpoint } from '../../../src/kit/endpoint.ts';
import { problemShape } from '../../../src/kit/problem.ts';
import { openapi } from '../../../src/platform/http/openapi.ts';
import type { Asked } from './requests.ts';
import { endpoints, foreignMark, heath, type Lane, ownMark, type Row, secrets } from './world.ts';

export interface Answered {
  status: number;
  type: string;
  text: string;
}

interface Response {
  description: string;
  content?: Record<string, unknown>;
}
/** What the OpenAPI document says about each endpoint: status -> media type and, of a refusal, the codes. */
const declared = new Map<string, Map<number, { types: string[]; codes: string[] }>>();
for (const methods of Object.values(openapi(endpoints, 'http://localhost:3000').paths as Record<string, Record<string, { operationId: string; responses: Record<string, Response> }>>))
  for (const { operationId, responses } of Object.values(methods))
    declared.set(operationId, new Map(Object.entries(responses).map(([status, { description, content }]) => [Number(status), { types: Object.keys(content ?? {}), codes: description.split(', ') }])));

/**
 * Where an answer shows something of another centre or school on purpose:
 * - listOpenCentres, listOpenProviders, listOpenEvents, searchOpenCourses, readAccessibility: the open pages of all centres, by name.
 * - readSession, listDemonstrationPeople: the demonstration lists who may be tried, of both centres; whoever was handed a new session by signing in as somebody of the other centre reads that one.
 * - listDemonstrationMails: the demonstration's mailbox belongs to everybody who tries it.
 * - invitePerson: whoever is invited by an address that is known already is that person, under that name, and is told by mail; of what they are elsewhere nothing is said.
 * A link that was mailed opens what it is about for whoever has it, in the link's centre. The register of companies belongs to all centres, so its rows are nobody's.
 */
export const open: ReadonlySet<string> = new Set([
  'listOpenCentres',
  'listOpenProviders',
  'listOpenEvents',
  'readOpenEvent',
  'searchOpenCourses',
  'readAccessibility',
  'listDemonstrationPeople',
  'listDemonstrationMails',
  'askCentre',
  'signUpForEvent',
  'invitePerson',
]);

export const anId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Everything that is wrong with an answer, in words that are the same for the same fault. `centre`: whose rows may be told; null where that is not known. `unknown` is given ids that no reading of the rows has met yet. */
export function faultsOf(
  endpoint: Endpoint,
  lane: Lane,
  centre: string | null,
  asked: Asked,
  { status, type, text }: Answered,
  row: (id: string) => Row | undefined,
  unknown: (id: string) => void,
): string[] {
  const found: string[] = [];
  const known = declared.get(endpoint.name);
  const said = known?.get(status);
  if (status >= 500) return [`answers ${status}`];
  if (said === undefined) found.push(`answers ${status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? ''}, which is not declared`);
  if (status >= 400) {
    if (!type.startsWith('application/problem+json')) found.push(`refuses with ${type}`);
    else {
      const body: unknown = JSON.parse(text);
      const read = problemShape.strict().safeParse(body);
      if (!read.success) found.push('refuses in another shape');
      else if (read.data.status !== status) found.push(`says ${read.data.status} under ${status}`);
      else if (said !== undefined && !said.codes.includes(read.data.code)) found.push(`answers ${status} ${read.data.code}, a code that is not declared`);
    }
  } else if (said !== undefined) {
    if (status === 204) {
      if (text !== '') found.push('204 with a body');
    } else if (!said.types.some((each) => type === each || type.startsWith(`${each};`))) found.push(`answers ${type}`);
    else if (endpoint.download === undefined) {
      const body: unknown = JSON.parse(text);
      const read = endpoint.output.safeParse(body);
      if (!read.success)
        found.push(`an answer outside its shape: ${read.error.issues.map((issue) => `${issue.path.filter((part) => typeof part === 'string').join('.')} ${issue.message}`).join('; ')}`);
      else if (!isDeepStrictEqual(JSON.parse(JSON.stringify(read.data)), body)) found.push('more in the answer than its shape names');
    }
  }
  if (open.has(endpoint.name)) return found;
  const sent = `${asked.url} ${typeof asked.payload === 'string' ? asked.payload : ''}`;
  if (centre === null) return found;
  const mark = centre === heath ? ownMark : foreignMark;
  if (text.includes(mark) && !sent.includes(mark) && !decodeURIComponent(asked.url.replaceAll('%', '%25')).includes(encodeURIComponent(mark))) found.push('tells a text of another centre');
  for (const { word, readers } of secrets)
    if (text.includes(word) && !(readers as readonly string[]).includes(lane.name) && centre !== heath && !sent.includes(word)) found.push(`tells ${word}, which is not theirs to read`);
  for (const [id] of text.matchAll(anId)) {
    if (sent.includes(id)) continue;
    const it = row(id);
    // Who belongs here may have changed since the rows were read: a person can be invited by a second centre.
    if (it === undefined || (it.table === 'person' && isForeign(it, centre))) unknown(id);
    else if (isForeign(it, centre)) found.push(`tells a row of another centre (${it.table})`);
  }
  return [...new Set(found)];
}

/** Whether a row belongs to another centre than the one that was asked. */
export const isForeign = (row: Row, centre: string | null): boolean => row.centre !== null && centre !== null && !selfMade.has(row.table) && (centre === heath) !== (row.centre === heath);

/**
 * Where an id of another centre's row in a request means nothing:
 * - whoever asks makes the id themselves, so that a repetition is known: uses of punch cards, drafts, files, requests to a pool, joined calendars;
 * - proposeClasses keeps what was fixed by hand as it was said; the plan reads its own centre's needs and finds no other there.
 */
const unread = new Set(['drawPunchCard', 'giveBackUnits', 'moveUnits', 'writeDraft', 'sendReport', 'addVisitFile', 'askPool', 'voteOnRequest', 'linkCalendar', 'proposeClasses']);
/** Tables whose ids are made by whoever asks: the same id may stand in two centres, and says nothing of either. */
const selfMade = new Set(['punch_card_entry', 'pool_request', 'visit_draft', 'visit_file', 'training_entry', 'calendar_link']);

/** Ids in a request that changed something, and what is wrong with it: that something was done with another centre's row, where no list explains it. An id whose centre is not known could be any. */
export function foreignIn(endpoint: Endpoint, asked: Asked, centre: string | null, row: (id: string) => Row | undefined): { ids: string[]; faults: string[] } {
  const ids = [...`${asked.url} ${typeof asked.payload === 'string' ? asked.payload : ''}`.matchAll(anId)].map(([id]) => id);
  const foreign = ids.map(row).filter((it) => it !== undefined && (centre === null ? it.centre !== null : isForeign(it, centre))) as Row[];
  const explained = centre === null || unread.has(endpoint.name) || open.has(endpoint.name);
  const faults = explained ? [] : foreign.filter(({ table }) => table !== 'person').map(({ table }) => `does something with a row of another centre (${table})`);
  return { ids: foreign.map(({ id }) => id), faults: [...new Set(faults)] };
}
