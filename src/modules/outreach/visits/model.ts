import { shiftDay } from '../../../kit/calendar-day.ts';
import type { ProblemBody } from '../../../kit/problem.ts';
import type { Content, Draft, Report } from './contract.ts';

/** A report on its way, as a device keeps it. */
export interface Kept {
  /** Whose it is: person and centre. */
  owner: string;
  id: string;
  content: Content;
  company: Draft['company'];
  source: Draft['source'];
  /** What the server has of photographs and papers. */
  files: Draft['files'];
  /** Of the draft on the server, as this device knows it; 0 where it never got there. */
  version: number;
  /** When it was last written here. */
  savedAt: string;
  /** Counts what was written here, and up to where the server has it. */
  edited: number;
  synced: number;
  /** What was handed to the server last: an answer that got lost on the way back is no other device. */
  tried: Content | null;
  /** Since when it waits to be sent. */
  waitingSince: string | null;
  /** What another device wrote meanwhile. */
  theirs: Draft | null;
  /** Why the server would not have it. */
  refused: ProblemBody | null;
}

/** As of a new draft; nothing is kept before the first word. */
export const emptyContent = (visitedOn: string): Content => ({
  company: null,
  meeting: null,
  visitedOn,
  kind: 'advice',
  topics: [],
  needs: [],
  offers: [],
  barriers: [],
  employeeBarriers: [],
  people: [],
  about: '',
  agreed: '',
  partner: '',
  nextSteps: [],
  minutes: null,
  km: null,
  note: '',
});

export const keptFrom = (owner: string, draft: Draft): Kept => ({
  owner,
  id: draft.id,
  content: draft.content,
  company: draft.company,
  source: draft.source,
  files: draft.files,
  version: draft.version,
  savedAt: draft.writtenAt,
  edited: 0,
  synced: 0,
  tried: null,
  waitingSince: null,
  theirs: null,
  refused: null,
});

/** Whether something would be gone with the device. `files` are those of the draft that have not left it. */
export const unsent = (kept: Kept, files: number): boolean => kept.edited !== kept.synced || kept.waitingSince !== null || kept.theirs !== null || files > 0;

/** What a draft waits for, in the order in which somebody ought to look. */
export type State = 'conflict' | 'refused' | 'waiting' | 'here' | 'saved';
export const stateOf = (kept: Kept, files: number): State =>
  kept.theirs !== null ? 'conflict' : kept.refused !== null ? 'refused' : kept.waitingSince !== null ? 'waiting' : unsent(kept, files) ? 'here' : 'saved';

/** A company’s numbers, its day and the like are one or the other; what was written can stand side by side. */
const parts = {
  company: ['company', 'meeting'],
  visitedOn: ['visitedOn'],
  kind: ['kind'],
  topics: ['topics'],
  /** Offers point at needs by place, so they go together. */
  needs: ['needs', 'offers'],
  people: ['people'],
  about: ['about'],
  agreed: ['agreed'],
  barriers: ['barriers'],
  employeeBarriers: ['employeeBarriers'],
  partner: ['partner'],
  nextSteps: ['nextSteps'],
  minutes: ['minutes'],
  km: ['km'],
  note: ['note'],
} as const satisfies Record<string, readonly (keyof Content)[]>;
export type Part = keyof typeof parts;

/** Keys in one order and texts without space around them, as the server keeps them. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, plain(each)]),
  );
}
const same = (a: unknown, b: unknown) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

/** Where two texts of one report differ. */
export const differences = (mine: Content, theirs: Content): Part[] => (Object.keys(parts) as Part[]).filter((part) => parts[part].some((field) => !same(mine[field], theirs[field])));

/** What came back is what this device wrote: taken over without asking anybody. */
export const isOwn = (kept: Kept, theirs: Draft): boolean => (kept.tried !== null && differences(kept.tried, theirs.content).length === 0) || differences(kept.content, theirs.content).length === 0;

/** Whether the report that stands says what was to be sent; otherwise another device sent another text. */
export const saysTheSame = (content: Content, report: Report): boolean =>
  same([content.about, content.agreed, content.needs.map(({ what }) => what)], [report.about, report.agreed, report.needs.map(({ what }) => what)]);

export type Choice = 'mine' | 'theirs' | 'both';
/** Texts and lists can be kept both; a day, a company or a figure cannot. */
export const mayKeepBoth = (part: Part): boolean => !['company', 'visitedOn', 'kind', 'minutes', 'km'].includes(part);

const bothTexts = (a: string, b: string) => [a, b].filter((text, at, all) => text.trim() !== '' && all.findIndex((other) => same(other, text)) === at).join('\n\n');
const bothLists = <T>(a: readonly T[], b: readonly T[]): T[] => [...a, ...b.filter((each) => !a.some((other) => same(other, each)))];

/** One report of two: nothing is left out but what somebody chose to leave out. */
export function merge(mine: Content, theirs: Content, choices: Partial<Record<Part, Choice>>): Content {
  const merged: Content = { ...mine };
  for (const part of differences(mine, theirs)) {
    const choice = choices[part] ?? (mayKeepBoth(part) ? 'both' : 'mine');
    if (choice === 'mine') continue;
    if (choice === 'theirs') {
      Object.assign(merged, Object.fromEntries(parts[part].map((field) => [field, theirs[field]])));
      continue;
    }
    if (part === 'needs') {
      merged.needs = bothLists(mine.needs, theirs.needs);
      const moved = theirs.offers.map((offer) => ({ ...offer, need: merged.needs.findIndex((need) => same(need, theirs.needs[offer.need])) }));
      merged.offers = bothLists(mine.offers, moved);
    } else if (part === 'about' || part === 'agreed' || part === 'note' || part === 'partner') merged[part] = bothTexts(mine[part], theirs[part]);
    else if (part === 'topics' || part === 'barriers' || part === 'employeeBarriers' || part === 'people' || part === 'nextSteps')
      Object.assign(merged, { [part]: bothLists<unknown>(mine[part], theirs[part]) });
  }
  return merged;
}

/** A need is taken out with the offers that answer it; the others keep pointing at theirs. */
export const withoutNeed = (content: Content, at: number): Content => ({
  ...content,
  needs: content.needs.filter((_, each) => each !== at),
  offers: content.offers.filter(({ need }) => need !== at).map((offer) => ({ ...offer, need: offer.need > at ? offer.need - 1 : offer.need })),
});

/** The centre’s day, also days after it was last heard of: the device’s own calendar counts on from there. */
export function dayFrom(known: { today: string; deviceDay: string }, deviceDay: string): string {
  const days = Math.round((Date.parse(`${deviceDay}T00:00:00Z`) - Date.parse(`${known.deviceDay}T00:00:00Z`)) / 86_400_000);
  return shiftDay(known.today, days);
}

interface Visit {
  company: { id: string };
  id: string;
  start: string;
  end: string;
  travelMinutes: number;
  contact: { name: string; role: string };
}
/** What a meeting says already of its report: whom, when, and how long with the way there and back. */
export const contentOf = (meeting: Visit, day: string, km: number | null): Content => ({
  ...emptyContent(day),
  company: meeting.company.id as Content['company'],
  meeting: meeting.id as Content['meeting'],
  people: [{ name: meeting.contact.name, role: meeting.contact.role }],
  minutes: (Date.parse(meeting.end) - Date.parse(meeting.start)) / 60_000 + 2 * meeting.travelMinutes,
  km,
});
