import { drawn } from '../../../kit/lot.ts';

/** What a meeting may be. held: kept for five minutes while the hand-over is written. */
export type MeetingState = 'held' | 'booked' | 'done' | 'no_show' | 'cancelled';
type Step = 'confirm' | 'lapse' | 'move' | 'cancel' | 'done' | 'no_show';

const steps: Record<MeetingState, Partial<Record<Step, MeetingState>>> = {
  held: { confirm: 'booked', lapse: 'cancelled' },
  booked: { move: 'booked', cancel: 'cancelled', done: 'done', no_show: 'no_show' },
  done: {},
  no_show: {},
  cancelled: {},
};
/** Where a step leads from a state; null: there is no such step from there. */
export const after = (state: MeetingState, step: Step): MeetingState | null => steps[state][step] ?? null;

/** Whether a meeting can have ended: nobody was absent from a meeting that has not begun. */
export const mayHaveEnded = (start: string, now: Date): boolean => new Date(start) <= now;

export interface SchoolFigures {
  school: string;
  /** Meetings handed to the school within the window. */
  booked: number;
  /** Bookings agreed with the school; shares are proportions of these. */
  share: number;
  /** Full weeks since its first agreed week. */
  weeksIn: number;
}
export interface Candidate {
  consultant: string;
  /** Null: employed by the centre itself, belongs to no school. */
  school: string | null;
  /** Knows the company's trade by the own profile. */
  knows: boolean;
}
export type Because = 'only' | 'share' | 'draw' | 'centre' | 'kept';
/** How the rule saw a school: booked with a newcomer's start included, per agreed booking, and how far one more would put it ahead. */
export interface Standing extends SchoolFigures {
  counted: number;
  ratio: number;
  aheadAfter: number;
}
export interface Assignment {
  consultant: string;
  school: string | null;
  because: Because;
}
interface Rule {
  /** Weeks looked back. */
  window: number;
  /** So many bookings may a school be ahead of its share, never more. */
  lead: number;
}

const byLot = <T>(all: readonly T[], seed: string, key: (one: T) => string): T | undefined =>
  all.reduce<T | undefined>((best, next) => (best === undefined || drawn(`${seed}:${key(next)}`) < drawn(`${seed}:${key(best)}`) ? next : best), undefined);

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length === 0 ? 0 : sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/**
 * Where every school with an agreed share stands (row 3.05). A newcomer is counted as if it had taken part at the median of the others before it came,
 * so that it neither gets everything at once nor starts behind; that start fades as its own weeks come.
 */
export function standings(schools: readonly SchoolFigures[], { window }: Pick<Rule, 'window'>): Standing[] {
  const sharing = schools.filter(({ share }) => share > 0);
  const middle = median(sharing.filter(({ weeksIn }) => weeksIn >= window).map(({ booked, share }) => booked / share));
  const counted = sharing.map((each) => ({ ...each, counted: each.booked + (each.weeksIn >= window ? 0 : (middle * each.share * (window - each.weeksIn)) / window) }));
  const total = counted.reduce((sum, each) => sum + each.counted, 0);
  const shares = counted.reduce((sum, each) => sum + each.share, 0);
  return counted.map((each) => ({ ...each, ratio: each.counted / each.share, aheadAfter: each.counted + 1 - (each.share / shares) * (total + 1) }));
}

const equal = (a: number, b: number) => Math.abs(a - b) < 1e-9;

/**
 * The published rule: among the schools with somebody free and qualified, the one that has got least of its agreed share; never one that would then be more
 * than `lead` bookings ahead. Ties are drawn by the seed. The centre's own consultants go where no school can. Within the school somebody who knows the
 * trade comes first, then the draw: nobody is ranked.
 * @returns null when nobody may be given the meeting
 */
export function assign(candidates: readonly Candidate[], schools: readonly SchoolFigures[], rule: Rule, seed: string): Assignment | null {
  const pick = (among: readonly Candidate[]) => {
    const knowing = among.filter(({ knows }) => knows);
    return byLot(knowing.length > 0 ? knowing : among, seed, ({ consultant }) => consultant);
  };
  const present = new Set(candidates.map(({ school }) => school));
  const open = standings(schools, rule).filter(({ school, aheadAfter }) => present.has(school) && aheadAfter <= rule.lead + 1e-9);
  const least = Math.min(...open.map(({ ratio }) => ratio));
  const tied = open.filter(({ ratio }) => equal(ratio, least));
  const chosen = byLot(tied, seed, ({ school }) => school);
  if (chosen !== undefined) {
    const who = pick(candidates.filter(({ school }) => school === chosen.school));
    return who === undefined ? null : { consultant: who.consultant, school: who.school, because: open.length === 1 ? 'only' : tied.length === 1 ? 'share' : 'draw' };
  }
  const own = pick(candidates.filter(({ school }) => school === null));
  return own === undefined ? null : { consultant: own.consultant, school: null, because: 'centre' };
}

/** Whether somebody who was shown a moment ago may still be given the meeting although the figures have moved since: within the same lead. */
export function mayKeep(candidate: Candidate, schools: readonly SchoolFigures[], rule: Rule): boolean {
  if (candidate.school === null) return true;
  const standing = standings(schools, rule).find(({ school }) => school === candidate.school);
  return standing !== undefined && standing.aheadAfter <= rule.lead + 1e-9;
}
