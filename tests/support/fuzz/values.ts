import fc from 'fast-check';

/** Chance that a seed decides: the same seed, the same requests, as far as the ids of the run allow. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number;
  below(end: number): number;
  maybe(share: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** mulberry32 */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(next() * end);
  return { next, below, maybe: (share) => next() < share, pick: (from) => from[below(from.length)] as never };
}

/** As much of JSON Schema as the contract is written in. */
export interface Schema {
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema | false;
  prefixItems?: Schema[];
  additionalProperties?: Schema | boolean;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
}

const matching = new Map<string, string[]>();
/** Strings that a pattern lets through. */
function matches(pattern: string): string[] {
  const known = matching.get(pattern);
  if (known !== undefined) return known;
  const made = fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 30, seed: 1 });
  matching.set(pattern, made);
  return made;
}

const words = [
  'Svejsning',
  'møde på tirsdag',
  'Hal 3, porten',
  'ÆØÅ æøå',
  'Zażółć gęślą',
  '会議',
  'مرحبا',
  'Ǆ ß İ ı',
  '🙂👩‍🔧',
  "O'Neill & Søn",
  '50 % af <alt>',
  'a\tb',
  'to\nlinjer',
  'e\u0301',
  '\u202Eomvendt',
  '%',
  '_',
  '\\',
  '=1+1',
  '-5',
  '"citat"',
  ',;|',
];
const days = ['2026-11-17', '2026-11-18', '2026-12-01', '2027-01-04', '2027-03-31', '2026-10-25', '2027-03-28', '2024-02-29', '2000-01-01', '1900-01-01'];
const farDays = ['0000-01-01', '0001-01-01', '9999-12-31', '1582-10-10', '0000-02-29', '4713-01-01'];
const instants = ['2026-11-17T07:20:00Z', '2026-11-17T12:00:00.000Z', '2026-11-20T09:30:00Z', '2027-01-15T08:00:00Z', '2026-10-25T00:30:00Z'];
const farInstants = ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-11-17T09:00:00.123456789123Z', '1969-12-31T23:59:59Z'];

/** A text within its limits; now and then exactly as long as it may be. */
function textFor(schema: Schema, by: Chance, mark: string): string {
  const most = Math.min(schema.maxLength ?? 200, 20_000);
  const least = schema.minLength ?? 0;
  if (by.maybe(0.03)) return 'å'.repeat(most);
  if (by.maybe(0.03)) return 'x'.repeat(least);
  const text = `${by.pick(words)} ${mark}${by.below(1000)}`.slice(0, most);
  return text.padEnd(least, 'x');
}

/** A value that the schema lets through, as far as a schema can say it. `named` has the first word about what stands under a name. */
export function valueFor(schema: Schema, by: Chance, mark: string, named: (name: string, schema: Schema) => unknown, name = '', depth = 0): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return by.pick(schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return valueFor(by.pick(either), by, mark, named, name, depth);
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((each) => valueFor(each, by, mark, named, name, depth)));
  if (schema.type === 'object' || schema.properties !== undefined) {
    const made: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(schema.properties ?? {}))
      if (schema.required?.includes(key) || (depth < 4 && by.maybe(0.5))) made[key] = valueFor(inner, by, mark, named, key, depth + 1);
    return made;
  }
  if (schema.type === 'array') {
    if (schema.prefixItems !== undefined) return schema.prefixItems.map((each) => valueFor(each, by, mark, named, name, depth + 1));
    const least = schema.minItems ?? 0;
    const count = Math.min(schema.maxItems ?? 5, least + by.below(by.maybe(0.03) ? 40 : 4));
    return Array.from({ length: count }, () => valueFor(schema.items || {}, by, mark, named, name, depth + 1));
  }
  const chosen = named(name, schema);
  if (chosen !== undefined) return chosen;
  if (schema.type === 'boolean') return by.maybe(0.5);
  if (schema.type === 'null') return null;
  if (schema.type === 'integer' || schema.type === 'number') {
    const least = schema.minimum ?? (schema.exclusiveMinimum === undefined ? 0 : schema.exclusiveMinimum + 1);
    const most = schema.maximum ?? (schema.exclusiveMaximum === undefined ? 1000 : schema.exclusiveMaximum - 1);
    if (by.maybe(0.1)) return by.pick([least, most]);
    const small = Math.min(most, least + 20);
    return least + by.below(small - least + 1);
  }
  if (schema.format === 'date') return by.pick(by.maybe(0.08) ? farDays : days);
  if (schema.format === 'date-time') return by.pick(by.maybe(0.08) ? farInstants : instants);
  if (schema.format === 'email') return `${by.pick(['anna', 'ny', 'else', 'o.b-c+d'])}${by.below(50)}@firma.example`;
  if (schema.format === 'uri') return `https://${by.pick(['a', 'b', 'c'])}.firma.example/${by.below(9)}`;
  if (schema.pattern !== undefined) return by.pick(matches(schema.pattern));
  if (schema.type === 'string') return textFor(schema, by, mark);
  return by.pick([null, 1, 'x', {}, []]);
}

const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
/** What no honest client sends in the place of a value. */
export const hostileValues: readonly (() => unknown)[] = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x\udfff\ud800y',
    '\u202E\u202D\u2066',
    '\ufeff',
    '\u200b',
    '\uffff',
    "' or 1=1 --",
    '%',
    '_%\\',
    '\\',
    '{{7*7}}',
    '../../etc/passwd',
    '[object Object]',
    'null',
    'NaN',
    '1e400',
    '0x10',
    '__proto__',
  ].map((text) => () => text),
  () => 'a'.repeat(201),
  () => 'æ'.repeat(5001),
  () => '🙂'.repeat(3000),
  () => 'e\u0301'.repeat(2000),
  () => 'a'.repeat(200_000),
  ...[0, -0, -1, 1.5, 0.1 + 0.2, 1e-7, 1e21, 1e308, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 32_768, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64].map((number) => () => number),
  ...[
    '0000-01-01',
    '0000-00-00',
    '-0001-01-01',
    '0001-01-01',
    '9999-12-31',
    '10000-01-01',
    '2026-02-30',
    '2026-13-01',
    '1900-02-29',
    '+275760-09-14',
    '294277-01-01',
    'infinity',
    '-infinity',
    'now',
    'today',
    'epoch',
    'allballs',
  ].map((day) => () => day),
  ...[
    '9999-12-31T23:59:59Z',
    '0000-01-01T00:00:00Z',
    '2026-11-17T24:00:00Z',
    '2026-11-17T09:00:60Z',
    '2026-11-17T09:00:00.123456789123Z',
    '2026-11-17T09:00:00+14:00',
    '2026-11-17 09:00',
    '24:00',
    '23:59',
    '-1:00',
  ].map((at) => () => at),
  ...[null, true, false, [], {}, [[]], [null], { a: 1 }].map((value) => () => structuredClone(value)),
  () => nested(500),
  () => Array.from({ length: 5000 }, (_, at) => at),
  () => Array.from({ length: 1200 }, () => '01990000-0000-7000-8000-ffffffffffff'),
  () => ({ toString: 'x', valueOf: 1, constructor: 1 }),
  () => '00000000-0000-0000-0000-000000000000',
  () => 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  () => '01990000-0000-7000-8000-FFFFFFFFFFFF',
];

/** Every place in a value: its holder and key. */
export function placesIn(value: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ holder: value as Record<string, unknown>, key }, ...placesIn(inner)]);
}
