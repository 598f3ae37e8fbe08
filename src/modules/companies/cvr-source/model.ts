/** Sizes by which an area is asked for; "unknown" is where CVR counts nobody. */
export const areaSizes = ['micro', 'small', 'large', 'unknown'] as const;
export type AreaSize = (typeof areaSizes)[number];

/** CVR's own intervals of employees in each size (row 2.01). */
const intervals: Record<Exclude<AreaSize, 'unknown'>, readonly string[]> = {
  micro: ['ANTAL_0_0', 'ANTAL_1_1', 'ANTAL_2_4', 'ANTAL_5_9'],
  small: ['ANTAL_10_19', 'ANTAL_20_49'],
  large: ['ANTAL_50_99', 'ANTAL_100_199', 'ANTAL_200_499', 'ANTAL_500_999', 'ANTAL_1000_999999'],
};

/** Companies of one question; with their units an answer stays below some ten megabytes. */
export const pageSize = 500;
/** Units of one question. */
export const unitPage = 1000;

/** What the importer reads of a company or a unit; the rest – owners, accounts, every month since 2014 – stays where it is. */
const fields = [
  'reklamebeskyttet',
  'navne',
  'beliggenhedsadresse',
  'telefonNummer',
  'elektroniskPost',
  'hovedbranche',
  'livsforloeb',
  'erstMaanedsbeskaeftigelse',
  'aarsbeskaeftigelse',
  'kvartalsbeskaeftigelse',
  'maanedsbeskaeftigelse',
];
const companySource = ['cvrNummer', ...fields, 'virksomhedsstatus', 'virksomhedsform', 'virksomhedMetadata.nyesteNavn', 'virksomhedMetadata.sammensatStatus'].map((field) => `Vrvirksomhed.${field}`);
const unitSource = ['pNummer', ...fields, 'virksomhedsrelation', 'produktionsEnhedMetadata.nyesteNavn', 'produktionsEnhedMetadata.sammensatStatus'].map((field) => `VrproduktionsEnhed.${field}`);
const meta = 'Vrvirksomhed.virksomhedMetadata';

export interface Area {
  /** Codes of municipalities, "0665". */
  municipalities: readonly string[];
  sizes: readonly AreaSize[];
  /** Companies that ceased before are not asked for. */
  endedAfter: string;
}

/** Companies of an area by number, from after the number `after`. The newest monthly count decides the size; where there is none, the newest yearly one. */
export function areaQuery({ municipalities, sizes, endedAfter }: Area, after: number): object {
  const wanted = sizes.flatMap((size) => (size === 'unknown' ? [] : intervals[size]));
  const [month, year] = ['nyesteErstMaanedsbeskaeftigelse', 'nyesteAarsbeskaeftigelse'].map((count) => `${meta}.${count}.intervalKodeAntalAnsatte`) as [string, string];
  const counted = [
    { terms: { [month]: wanted } },
    { bool: { must: [{ terms: { [year]: wanted } }], must_not: [{ exists: { field: month } }] } },
    ...(sizes.includes('unknown') ? [{ bool: { must_not: [{ exists: { field: month } }, { exists: { field: year } }] } }] : []),
  ];
  const alive = [{ match: { [`${meta}.sammensatStatus`]: 'Aktiv NORMAL UNDER' } }, { range: { 'Vrvirksomhed.livsforloeb.periode.gyldigTil': { gte: endedAfter } } }];
  return {
    size: pageSize,
    _source: companySource,
    query: {
      bool: {
        must: [
          { terms: { [`${meta}.nyesteBeliggenhedsadresse.kommune.kommuneKode`]: municipalities.map(Number) } },
          ...(sizes.length === areaSizes.length ? [] : [{ bool: { should: counted, minimum_should_match: 1 } }]),
          { bool: { should: alive, minimum_should_match: 1 } },
        ],
      },
    },
    sort: [{ 'Vrvirksomhed.cvrNummer': 'asc' }],
    ...(after === 0 ? {} : { search_after: [after] }),
  };
}

export const companyQuery = (cvr: string): object => ({ size: 1, _source: companySource, query: { term: { 'Vrvirksomhed.cvrNummer': Number(cvr) } } });

/** Units of companies by number, from after the number `after`. */
export const unitQuery = (companies: readonly number[], after: number): object => ({
  size: unitPage,
  _source: unitSource,
  query: { terms: { 'VrproduktionsEnhed.virksomhedsrelation.cvrNummer': companies } },
  sort: [{ 'VrproduktionsEnhed.pNummer': 'asc' }],
  ...(after === 0 ? {} : { search_after: [after] }),
});

/** Why CVR did not give what was asked for; `busy`, `slow` and `unreachable` pass by themselves. */
export type CvrFault = 'auth' | 'busy' | 'slow' | 'unreachable' | 'certificate' | 'redirect' | 'too_large' | 'answer' | 'unknown' | 'off';
export const passes = (fault: CvrFault): boolean => fault === 'busy' || fault === 'slow' || fault === 'unreachable';

export function statusFault(status: number): CvrFault | null {
  if (status >= 200 && status < 300) return null;
  if (status === 401 || status === 403) return 'auth';
  if (status === 429 || status >= 500) return 'busy';
  return status >= 300 && status < 400 ? 'redirect' : 'answer';
}

export interface Hit {
  number: number;
  source: object;
}

/**
 * The hits of an answer with their numbers, in its order; null where it is not one, or does not come after `after`.
 * @param kind what is asked for: a hit of anything else makes the answer none
 */
export function hitsOf(text: string, kind: 'Vrvirksomhed' | 'VrproduktionsEnhed', after: number): Hit[] | null {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  const at = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined);
  const list = at(at(found, 'hits'), 'hits');
  if (!Array.isArray(list) || at(found, 'timed_out') === true) return null;
  const hits: Hit[] = [];
  let last = after;
  for (const each of list) {
    const source = at(each, '_source');
    const number = at(at(source, kind), kind === 'Vrvirksomhed' ? 'cvrNummer' : 'pNummer');
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number <= last) return null;
    last = number;
    hits.push({ number, source: source as object });
  }
  return hits;
}

/** Minutes until the next try: doubling, an hour at most; what the server asks for where that is longer. */
export function waitFor(tries: number, retryAfter: string | undefined): number {
  const asked = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) / 60 : 0;
  return Math.min(Math.max(2 ** tries, asked), 24 * 60);
}
/** After so many in a row it is said aloud. */
export const mostTries = 8;

/** The day of the next update, a week or a month after `today`. */
export function nextUpdate(today: string, every: 'week' | 'month'): string {
  const day = new Date(`${today}T00:00:00Z`);
  if (every === 'week') day.setUTCDate(day.getUTCDate() + 7);
  else {
    const wanted = day.getUTCDate();
    day.setUTCDate(1);
    day.setUTCMonth(day.getUTCMonth() + 1);
    const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    day.setUTCDate(Math.min(wanted, last));
  }
  return day.toISOString().slice(0, 10);
}
