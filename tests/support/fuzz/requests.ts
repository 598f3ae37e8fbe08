import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Endpoint } from '../../../src/kit/endpoint.ts';
import { intakeKey } from '../intake.ts';
import { type Chance, hostileValues, placesIn, type Schema, valueFor } from './values.ts';
import { fjord, foreignMark, heath, type Lane, ownMark, type Row, secrets } from './world.ts';

export interface Asked {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload?: string | Buffer;
  /** The body before it was written out, to begin from again where it was taken. */
  body?: unknown;
  /** The address was bent, and may lead anywhere. */
  bent?: boolean;
}

/** An endpoint with its shapes as JSON Schema, made once. */
export interface Target {
  endpoint: Endpoint;
  params: Schema;
  query: Schema;
  body: Schema | null;
  /** Which kind of link opens it: the word after /api/. */
  area: string;
}
const schemaOf = (shape: z.ZodType | undefined): Schema => (shape === undefined ? {} : (z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema));
export const targetOf = (endpoint: Endpoint): Target => ({
  endpoint,
  params: schemaOf(endpoint.params),
  query: schemaOf(endpoint.query),
  body: endpoint.body === undefined ? null : schemaOf(endpoint.body),
  area: endpoint.path.split('/')[2] ?? '',
});

/** Which tables the rows lie in that a name means, where that is not the table of the name. */
const meant: Record<string, readonly string[]> = {
  absence: ['absence', 'teacher_absence'],
  about: ['person', 'class'],
  agreement: ['training_agreement', 'processor_agreement'],
  allowance: ['funding'],
  basedOn: ['pool_plan'],
  busy: ['calendar_part'],
  by: ['person'],
  calendar: ['calendar_link'],
  companies: ['company'],
  companion: ['person'],
  consultant: ['person'],
  courses: ['course'],
  delivery: ['webhook_delivery'],
  draft: ['visit_draft'],
  employees: ['employee'],
  entry: ['punch_card_entry', 'training_entry'],
  fee: ['funding'],
  file: ['visit_file', 'class_file'],
  form: ['wish_form'],
  forward: ['hearing_forward'],
  group: ['working_group'],
  hold: ['seat_hold', 'meeting'],
  host: ['school'],
  id: ['school', 'person', 'centre', 'visit_draft'],
  import: ['company_import'],
  item: ['queue_item', 'consultant_meeting_item'],
  jobcentre: ['company'],
  key: ['api_key'],
  lead: ['person'],
  list: ['supplier_list'],
  loan: ['teacher_loan'],
  meeting: ['meeting', 'consultant_meeting'],
  member: ['pool_member', 'person'],
  members: ['person'],
  minute: ['consultant_meeting_minute'],
  move: ['seat_move'],
  need: ['need', 'pooled_need', 'recruitment_need'],
  organisationId: ['organisation'],
  other: ['pool_plan'],
  owner: ['person'],
  participant: ['event_party', 'seat_participant'],
  people: ['person'],
  personId: ['person'],
  plan: ['staffing_plan', 'pool_plan'],
  pool: ['course_pool'],
  present: ['seat_participant'],
  processor: ['organisation'],
  provider: ['sign_in_provider'],
  punchCard: ['punch_card'],
  rate: ['funding_rate'],
  report: ['visit_report'],
  request: ['pool_request'],
  right: ['training_right'],
  schoolId: ['school'],
  schools: ['school'],
  series: ['consultant_meeting_series'],
  service: ['priced_service'],
  session: ['session', 'class_session'],
  successor: ['company'],
  tell: ['contact'],
  to: ['class'],
  use: ['teacher_use', 'punch_card_entry'],
  webhook: ['webhook'],
  writes: ['calendar_part'],
};

/** Under which page the links lie that open an area of the API. */
const pages: Record<string, string> = { 'company-page': 'company', 'meeting-link': 'meeting', 'adviser-page': 'adviser', 'pool-form': 'pool-ask', 'forwarded-hearing': 'hearing' };

/** What there is, and what answers have told: ids by table, texts and numbers by the name they stood under, links by what they open. */
export class Known {
  private byTable = new Map<string, Row[]>();
  private byId = new Map<string, Row>();
  private told = new Map<string, unknown[]>();
  private links = new Map<string, string[]>();
  private centres = new Map<string, string>();
  /** Links that once opened something, by area. */
  private opened = new Map<string, string[]>();
  /** Versions that answers told, by id. */
  readonly versions = new Map<string, number>();
  /** Bodies that were taken, by centre and endpoint. */
  readonly taken = new Map<string, unknown[]>();

  learnRows(rows: readonly Row[]): void {
    for (const row of rows) this.byId.set(row.id, row);
    this.byTable = Map.groupBy(rows, ({ table }) => table);
  }

  row(id: string): Row | undefined {
    return this.byId.get(id);
  }

  /** Keeps at most `most` of a list, dropping one by chance. */
  private keep<K>(map: Map<K, unknown[]>, key: K, value: unknown, by: Chance, most = 40): void {
    const list = map.get(key) ?? [];
    if (list.length >= most) list[by.below(most)] = value;
    else list.push(value);
    map.set(key, list);
  }

  /** Remembers what an answer told somebody of a centre. */
  learn(centre: string | null, value: unknown, by: Chance, depth = 0): void {
    if (value === null || typeof value !== 'object' || depth > 6) return;
    const { id, version } = value as { id?: unknown; version?: unknown };
    if (typeof id === 'string' && typeof version === 'number') this.versions.set(id, version);
    for (const [key, inner] of Object.entries(value).slice(0, 60)) {
      if (typeof inner === 'string' || typeof inner === 'number') {
        if (!Array.isArray(value)) this.keep(this.told, `${centre} ${key}`, inner, by);
        if (typeof inner === 'string') this.learnLinks(centre, inner, by);
      } else this.learn(centre, inner, by, depth + 1);
    }
  }

  learnLinks(centre: string | null, text: string, by: Chance): void {
    for (const [, page = '', secret = ''] of text.matchAll(/\/([a-z-]+)#([\w-]{8,60})/g)) {
      this.keep(this.links as Map<string, unknown[]>, page, secret, by);
      if (centre !== null && !this.centres.has(secret)) this.centres.set(secret, centre);
    }
  }

  /** The centre that a link is of, or null where it was never heard of. */
  centreOfLink(secret: string): string | null {
    return this.centres.get(secret) ?? null;
  }

  learnTaken(centre: string | null, endpoint: string, body: unknown, by: Chance): void {
    if (body !== undefined) this.keep(this.taken, `${centre} ${endpoint}`, structuredClone(body), by, 12);
  }

  learnOpened(area: string, link: unknown, by: Chance): void {
    if (typeof link === 'string') this.keep(this.opened as Map<string, unknown[]>, area, link, by);
  }

  link(area: string, by: Chance): string {
    const known = this.opened.get(area);
    if (known !== undefined && by.maybe(0.8)) return by.pick(known);
    const page = this.links.get(pages[area] ?? area);
    if (page !== undefined && by.maybe(0.9)) return by.pick(page);
    const all = [...this.links.values()].flat();
    return all.length === 0 ? 'x'.repeat(43) : by.pick(all);
  }

  heard(centre: string | null, name: string, type: string | undefined, by: Chance): unknown {
    const list = (this.told.get(`${centre} ${name}`) ?? []).filter((value) =>
      // What one of them alone may read is repeated by nobody: it would be told as if it were the repeater's own.
      type === 'string' ? typeof value === 'string' && !secrets.some(({ word }) => value.includes(word)) : typeof value === 'number',
    );
    return list.length === 0 ? undefined : by.pick(list);
  }

  /** An id that the name could mean: mostly one's own and of what was already chosen, sometimes another centre's, now and then nobody's. */
  id(name: string, lane: Lane, chosen: string[], by: Chance, endpoint: string): string {
    if (by.maybe(0.04)) return randomUUID();
    const tables = meant[name] ?? [name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
    const known = tables.filter((table) => this.byTable.has(table));
    if (known.length === 0) return by.pick(chosen.length > 0 && by.maybe(0.3) ? chosen : [randomUUID()]);
    // Where a name means several things, the endpoint's own name says most.
    const said = known.filter((table) => endpoint.toLowerCase().includes(table.replaceAll('_', '')));
    const table = by.pick(said.length > 0 && by.maybe(0.6) ? said : known);
    const all = this.byTable.get(table) ?? [];
    const home = lane.centreId ?? fjord;
    const foreign = by.maybe(0.08);
    const there = all.filter(({ centre }) => centre === null || (centre === home) !== foreign);
    const fitting = by.maybe(0.65) && chosen.length > 0 ? there.filter(({ id, refs }) => chosen.some((other) => refs.includes(other) || this.byId.get(other)?.refs.includes(id))) : [];
    const own =
      fitting.length === 0 && by.maybe(0.5)
        ? there.filter(
            ({ id, refs }) => id === lane.personId || id === lane.schoolId || (lane.personId !== null && refs.includes(lane.personId)) || (lane.schoolId !== null && refs.includes(lane.schoolId)),
          )
        : [];
    const from = fitting.length > 0 ? fitting : own.length > 0 ? own : there.length > 0 ? there : all;
    const found = from[Math.floor(by.next() ** 1.5 * from.length)]?.id ?? randomUUID();
    chosen.push(found);
    return found;
  }
}
/** Whether an object could be of a shape: every key that it must have. */
const fitsObject = (schema: Schema, value: object) =>
  schema.type === 'object' &&
  (schema.required ?? []).every((key) => key in value && (schema.properties?.[key]?.const === undefined || schema.properties[key]?.const === (value as Record<string, unknown>)[key]));

const hostileHeaders: readonly ((by: Chance) => Record<string, string>)[] = [
  (by) => ({ 'idempotency-key': by.pick(['', 'x'.repeat(201), 'x'.repeat(200), ' ', '\u00e6', "a'b", 'same', '\u00ff\u00fe']) }),
  (by) => ({ 'if-match': by.pick(['', '*', '"x"', '"-1"', '"999999999"', '"9999999999"', 'W/"1"', '"1", "2"', '1', '"0"']) }),
  (by) => ({ authorization: by.pick([`Bearer vejnet_${'a'.repeat(43)}`, 'Bearer vejnet_x', 'Bearer ', 'Basic YTpi', `bearer  vejnet_${'k'.repeat(42)}-`, 'x'.repeat(2000)]) }),
  (by) => ({ cookie: by.pick(['vejnet=', `vejnet=${'a'.repeat(300)}`, 'vejnet=%', 'vejnet=%00', `vejnet=${'b'.repeat(43)}; vejnet=c`, '=;=;', 'vejnet_browser=x']) }),
  (by) => ({ origin: by.pick(['https://elsewhere.example', 'null', '', 'http://localhost:3000']) }),
  (by) => ({ 'sec-fetch-site': by.pick(['cross-site', 'same-site', 'none', 'x']) }),
  (by) => ({ accept: by.pick(['text/html', '*/*;q=0', 'x'.repeat(500)]), 'accept-language': '\u00e6'.repeat(100), 'user-agent': by.pick(['', '\u00ff'.repeat(600), "Mozilla/5.0 (' or 1=1)"]) }),
  (by) => ({ 'x-forwarded-for': by.pick(['127.0.0.1', 'x', '::1, 10.0.0.1', '1'.repeat(3000)]), host: by.pick(['evil.example', '', 'localhost:3000']) }),
  (by) => ({ 'content-encoding': by.pick(['gzip', 'br', 'x']), 'content-length': by.pick(['0', '5']) }),
  (by) => ({ range: 'bytes=0-', 'if-none-match': '"1"', expect: by.pick(['200-ok', 'x']) }),
];
const types = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonx',
  'application/json; charset=utf-16',
  'application/json;charset=latin1',
  'APPLICATION/JSON',
  'application/problem+json',
  'text/json',
  '',
  'application/json, text/plain',
  '*/*',
  '\u00e6',
];
const broken: readonly ((text: string) => string | Buffer)[] = [
  (text) => text.slice(0, -1),
  (text) => `${text}${text}`,
  () => '',
  () => 'null',
  () => '"text"',
  () => '[]',
  () => '123',
  () => '{"__proto__":{"admin":true}}',
  () => '{"constructor":{"prototype":{}}}',
  () => '{"a":1,"a":2}',
  () => `${'['.repeat(20_000)}`,
  () => `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), Buffer.from(text)]),
  (text) => Buffer.concat([Buffer.from('\ufeff'), Buffer.from(text)]),
  (text) => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xc3, 0x28, 0x22, 0x7d])]),
  (text) => text.replace(/"[^"]*"/, '"\\ud800"'),
  (text) => text.replace(/\d+/, '1e999'),
  (text) => text.replace(/\d+/, '123456789012345678901234567890'),
];
const files: readonly ((by: Chance, known: Known) => Buffer)[] = [
  () => Buffer.from('cvr;navn;kommune\n12345674;Firma A;760\n98765432;Firma B;760\n'),
  () => Buffer.from('"Fag";"Start";"Slut";"Min";"Max"\n"40011";"2027-01-11";"2027-01-15";"8";"16"\n'),
  () => Buffer.from('[{"Vrvirksomhed":{"cvrNummer":12345674}}]'),
  () => Buffer.from('{"hits":{"hits":['),
  () => Buffer.alloc(0),
  () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46]),
  () => Buffer.from('%PDF-1.4\n%%EOF'),
  () => Buffer.from('PK\u0003\u0004broken'),
  (by) => Buffer.from(Array.from({ length: by.below(3000) }, () => by.below(256))),
  () => Buffer.from(`cvr\n${'"'.repeat(5000)}`),
  () => Buffer.from('\ufeffcvr\tnavn\r\n00000000\t\u0000\r\n'),
  () => Buffer.from(`a;b\n${'x'.repeat(70_000)};1\n`),
  () => Buffer.from('From: anna@fjordegnen.example\nTo: rapport+x@vejnet.example\nSubject: =?utf-8?B?w6Y=?=\n\nTekst'),
];

const secretWord = (endpoint: string, key: string): string => {
  if (endpoint === 'writeReportNote' || key === 'note') return secrets[0].word;
  return endpoint === 'writeDraft' ? secrets[1].word : endpoint === 'markCompanies' && key === 'knownBy' ? secrets[2].word : '';
};
/** Whose notes, drafts and hearing marks are kept from others; only these lanes' texts bear the words. */
const secretive: Record<string, readonly string[]> = { writeReportNote: ['anna'], sendReport: ['anna'], correctReport: ['anna'], writeDraft: ['anna'], markCompanies: ['anna', 'dorte'] };
/** What becomes part of the register that all centres share bears no mark. */
const shared = new Set(['addCompany', 'importCompanies', 'fetchCompany']);

export type Style = 'careful' | 'shaped' | 'hostile';

/** A request to an endpoint, as a careful client, one that knows nothing but the shapes, or a hostile one would send it. */
export async function requestFor({ endpoint, params, query, body, area }: Target, lane: Lane, style: Style, known: Known, by: Chance, versionOf: (row: Row) => Promise<number | null>): Promise<Asked> {
  const chosen: string[] = [];
  const mark = shared.has(endpoint.name) || endpoint.access === 'anyone' ? '' : lane.centreId === heath ? foreignMark : ownMark;
  const named = (name: string, schema: Schema): unknown => {
    if (schema.format === 'uuid' || (schema.pattern?.includes('{8}-[0-9a-fA-F]{4}') ?? false)) return schema.pattern?.includes('-4[') ? randomUUID() : known.id(name, lane, chosen, by, endpoint.name);
    if ((name === 'token' || name === 'code') && by.maybe(0.9)) return known.link(area, by);
    if (name === 'key' && endpoint.name === 'receiveMail') return by.maybe(0.9) ? intakeKey : 'x';
    if (
      schema.type === 'string' &&
      (mark !== '' || name === 'choice' || name === 'cursor') && // what bears no mark of its own repeats none of others
      (schema.pattern === undefined || name === 'token') &&
      /^(choice|cursor|next|class|classes|opened|closed|link|refs|cvr|code|centre|person|sheet|kinds|search|q|text|numbers)$/.test(name) &&
      by.maybe(0.7)
    )
      return known.heard(
        lane.centreId,
        name === 'cursor' ? 'next' : name === 'centre' ? 'key' : name === 'search' || name === 'q' || name === 'text' ? by.pick(['name', 'title', 'what']) : name === 'refs' ? 'ref' : name,
        'string',
        by,
      );
    if ((schema.type === 'integer' || schema.type === 'number') && /^(leaseNo|version|no|seq|round)$/.test(name) && by.maybe(0.8)) return known.heard(lane.centreId, name, 'number', by);
    return undefined;
  };
  const filled = (schema: Schema, example: unknown): unknown => {
    if (style === 'shaped') return valueFor(schema, by, mark, named);
    const base = structuredClone(known.taken.has(`${lane.centreId} ${endpoint.name}`) && by.maybe(0.5) ? by.pick(known.taken.get(`${lane.centreId} ${endpoint.name}`) ?? []) : example);
    return adjusted(schema, base, '');
  };
  /** The example with ids that there are, and now and then another value of its shape. */
  const adjusted = (schema: Schema, value: unknown, name: string): unknown => {
    const either = schema.anyOf ?? schema.oneOf;
    if (either !== undefined) {
      if (by.maybe(0.1)) return valueFor(schema, by, mark, named, name);
      const fits = either.filter((each) =>
        value === null
          ? each.type === 'null'
          : Array.isArray(value)
            ? each.type === 'array'
            : typeof value === 'object'
              ? each.type === 'object' && fitsObject(each, value)
              : each.type === typeof value || each.const === value || each.enum?.includes(value) || (each.type === 'integer' && typeof value === 'number'),
      );
      return fits[0] === undefined ? value : adjusted(fits[0], value, name);
    }
    if (Array.isArray(value) && schema.items) return value.map((each) => adjusted(schema.items as Schema, each, name));
    if (value !== null && typeof value === 'object') {
      const held = value as Record<string, unknown>;
      for (const [key, inner] of Object.entries(schema.properties ?? {}))
        if (key in held) {
          if (!schema.required?.includes(key) && by.maybe(0.06)) delete held[key];
          else held[key] = adjusted(inner, held[key], key);
        } else if (by.maybe(0.06)) held[key] = valueFor(inner, by, mark, named, key);
      return held;
    }
    const found = named(name, schema);
    if (found !== undefined) return found;
    if (by.maybe(0.1)) return valueFor(schema, by, mark, named, name);
    if (
      typeof value === 'string' &&
      schema.pattern === undefined &&
      schema.format === undefined &&
      schema.enum === undefined &&
      schema.const === undefined &&
      (schema.maxLength ?? 0) >= 100 &&
      value.includes(' ') &&
      mark !== ''
    ) {
      const secret = secretive[endpoint.name]?.includes(lane.name) ? secretWord(endpoint.name, name) : '';
      const plain = value.replaceAll(new RegExp(` (${ownMark}|${foreignMark}|${secrets.map(({ word }) => word).join('|')})`, 'g'), '');
      return `${plain} ${mark}${secret === '' ? '' : ` ${secret}`}`.slice(0, schema.maxLength);
    }
    return value;
  };

  const example = endpoint.example as { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };
  const paramValues: Record<string, unknown> = {};
  // The last place of an address says most: what stands before it belongs to it.
  for (const [key, schema] of Object.entries(params.properties ?? {}).reverse()) paramValues[key] = adjusted(schema, example.params?.[key] ?? valueFor(schema, by, mark, named, key), key);
  const queryValues = query.properties === undefined ? {} : (filled(query, example.query ?? {}) as Record<string, unknown>);
  let sent = body === null ? undefined : filled(body, example.body);
  const headers: Record<string, string> = {};
  if (endpoint.edits) {
    // Put in last place first, so the first is what the address ends in.
    const [id = ''] = Object.values(paramValues).map(String);
    const row = known.row(id);
    const told = by.maybe(0.5) ? known.versions.get(id) : undefined;
    const version = by.maybe(0.1) ? by.below(4) : (told ?? (row === undefined ? null : await versionOf(row)) ?? by.below(4));
    headers['if-match'] = `"${version}"`;
  }
  if (endpoint.method === 'POST' && by.maybe(0.1)) headers['idempotency-key'] = by.maybe(0.2) ? 'again' : randomUUID();

  if (style === 'hostile' && by.maybe(0.75)) {
    const bag = { params: paramValues, query: queryValues, ...(sent !== undefined ? { body: sent } : {}) };
    const places = placesIn(bag).filter(({ holder }) => holder !== (bag as object));
    for (let count = 1 + by.below(2); count > 0 && places.length > 0; count -= 1) {
      const { holder, key } = by.pick(places);
      const act = by.next();
      if (act < 0.1 && holder !== paramValues) delete holder[key];
      else if (act < 0.2 && holder !== paramValues && !Array.isArray(holder)) holder[by.pick(['__proto__x', 'id', 'centre', 'centre_id', 'admin', 'constructor'])] = by.pick(hostileValues)();
      else if (act < 0.3 && typeof holder[key] === 'string') holder[key] = `${holder[key] as string}${String(by.pick(['\u0000', '\ud800', ' ', '\u202E', "'", '%', 'x'.repeat(300)]))}`;
      else if (act < 0.4 && Array.isArray(holder[key])) holder[key] = Array.from({ length: by.pick([0, 2, 50, 3000]) }, () => (holder[key] as unknown[])?.[0] ?? null).slice(0, 3000);
      else holder[key] = by.pick(hostileValues)();
    }
    if (sent !== undefined && by.maybe(0.03)) sent = by.pick(hostileValues)();
  }
  const asText = (value: unknown) => {
    const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
    return encodeURIComponent(text.toWellFormed().slice(0, 3000));
  };
  let url = endpoint.path.replaceAll(/\{(\w+)\}/g, (_all, key: string) => asText(paramValues[key]) || '%20');
  const pairs = Object.entries(queryValues).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).filter((each) => each !== undefined && each !== null).map((each) => `${encodeURIComponent(key)}=${asText(each)}`),
  );
  if (style === 'hostile' && by.maybe(0.08))
    pairs.push(by.pick(['a=%', 'x=%00', 'limit=%ff', '&&&', 'limit=1&limit=2', 'search[]=1', '__proto__=1', 'cursor=%F0%9F', 'centre=x', `y=${'z'.repeat(4000)}`]));
  if (pairs.length > 0) url += `?${pairs.join('&')}`;
  const bent = style === 'hostile' && by.maybe(0.02);
  if (bent) url = by.pick([`${url}/`, url.replace('/api', '/API'), url.replace('/api/', '/api//'), `${url}%`, `${url}%00`, `${url}/../session`]);

  const asked: Asked = { method: endpoint.method, url, headers, bent };
  if (endpoint.upload) {
    headers['content-type'] = by.pick(['application/octet-stream', 'text/csv', 'message/rfc822']);
    asked.payload = by.pick(files)(by, known);
  } else if (sent !== undefined) {
    headers['content-type'] = 'application/json';
    asked.body = sent;
    asked.payload = JSON.stringify(sent);
  }
  if (style === 'hostile' && by.maybe(0.3)) {
    if (asked.payload !== undefined && !endpoint.upload && by.maybe(0.4)) asked.payload = by.pick(broken)(String(asked.payload));
    else if (asked.payload !== undefined && by.maybe(0.3)) headers['content-type'] = by.pick(types);
    else Object.assign(headers, by.pick(hostileHeaders)(by));
  }
  return asked;
}
