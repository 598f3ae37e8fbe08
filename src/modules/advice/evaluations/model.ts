import { type Cell, cellsOf } from '../../../kit/disclosure.ts';
import { type Section, sectionOf } from '../../../kit/industries.ts';
import type { ProvisionLine } from '../../catalogue/provision/contract.ts';
import { ableSchools } from '../../catalogue/provision/rules.ts';
import type { NeedField } from '../../companies/needs/contract.ts';

/** That somebody pointed a company to a school for a need. */
export interface Pointed {
  /** Whose consultant; null: one whom the centre employs. */
  from: string | null;
  company: string;
  to: string;
  need: string;
  field: NeedField | null;
  division: string | null;
  municipality: string | null;
}
export interface OwnShare {
  /** Of what the school's consultants pointed at, the part that was their own school; 0 to 1. */
  observed: number;
  /** The part that the needs speak for. */
  expected: number;
  /** 1: as often as the needs speak for. With the interval in which it lies in 19 of 20 cases. */
  index: number;
  low: number;
  high: number;
}
export interface Row {
  from: string | null;
  /** Companies pointed to schools, each counted once for each school. */
  total: Cell;
  cells: { school: string; companies: Cell; expected: number | null }[];
  own: OwnShare | null;
}
/** All schools' own consultants together, made of rows that are shown and of nothing else. */
export interface Together extends OwnShare {
  schools: number;
}

const z = 1.959964;
/** Wilson's interval for a share, 95 % (Wilson 1927): also right for small numbers and for shares of 0 and 1. */
export function shareInterval(hits: number, of: number): { low: number; high: number } {
  const share = hits / of;
  const middle = share + (z * z) / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const whole = 1 + (z * z) / of;
  return { low: Math.max(0, (middle - half) / whole), high: Math.min(1, (middle + half) / whole) };
}

const rounded = (value: number) => Math.round(value * 100) / 100;

function ownShare(own: number, total: number, expected: number): OwnShare | null {
  if (expected === 0) return null;
  const { low, high } = shareInterval(own, total);
  return { observed: rounded(own / total), expected: rounded(expected), index: rounded(own / total / expected), low: rounded(low / expected), high: rounded(high / expected) };
}

/** What the needs of a row speak for: each need equally for every school that could answer it (row 3.02), averaged over the needs. */
function expectedShares(pointed: readonly Pointed[], schools: readonly string[], lines: readonly ProvisionLine[]): Map<string, number> {
  const needs = new Map(pointed.map((each) => [each.need, each]));
  const shares = new Map(schools.map((school) => [school, 0]));
  for (const { field, division, municipality } of needs.values()) {
    const section: Section | null = sectionOf(division);
    const able = ableSchools(schools, lines, { field, section, municipality });
    for (const school of able) shares.set(school, (shares.get(school) ?? 0) + 1 / able.length / needs.size);
  }
  return shares;
}

/**
 * The figures of an evaluation (rows 3.02, 3.06, 3.10): where the consultants of each school, and those whom the centre employs, pointed companies, beside what
 * the needs and the schools' offers speak for. A row stands for itself: its figures went through the rule of small cells together with its total, counting
 * distinct companies, and nothing is added up over rows but what they show.
 * @param schools in the order of the columns
 */
export function figuresOf(pointed: readonly Pointed[], schools: readonly string[], lines: readonly ProvisionLine[], threshold: number): { rows: Row[]; together: Together | null } {
  const rows = [...schools, null].map((from): Row => {
    const here = pointed.filter((each) => each.from === from);
    const { cells, total } = cellsOf(
      schools.map((school) => new Set(here.filter(({ to }) => to === school).map(({ company }) => company))),
      threshold,
    );
    const expected = total === null ? null : expectedShares(here, schools, lines);
    const own = from === null || total === null ? null : (cells[schools.indexOf(from)] ?? null);
    return {
      from,
      total,
      cells: schools.map((school, at) => ({ school, companies: cells[at] ?? null, expected: expected === null ? null : rounded(expected.get(school) ?? 0) })),
      own: own === null || total === null || from === null ? null : ownShare(own, total, expected?.get(from) ?? 0),
    };
  });
  const shown = rows.flatMap(({ from, total, cells, own }) => {
    const figure = cells.find(({ school }) => school === from)?.companies ?? null;
    return own === null || total === null || figure === null ? [] : [{ own: Number(figure), total: Number(total), expected: own.expected }];
  });
  // Of two, each school would know the other's.
  if (shown.length < 3) return { rows, together: null };
  const total = shown.reduce((sum, each) => sum + each.total, 0);
  const share = ownShare(
    shown.reduce((sum, { own }) => sum + own, 0),
    total,
    shown.reduce((sum, each) => sum + each.expected * each.total, 0) / total,
  );
  return { rows, together: share === null ? null : { ...share, schools: shown.length } };
}
