import { randomBytes, randomUUID } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany, makeContact, manyCompanies } from '../../../../tests/support/companies.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { clientOf } from '../../../../tests/support/scratch.ts';
import { zip } from '../../../platform/zip.ts';
import { asText, csvLine, fieldOf } from './rules.ts';

const app = await testApp();
let made: Awaited<ReturnType<typeof makeCentre>>;
const odd = 'Åge, "Æble"\r\n;=1+1\t–';
let hidden: { id: string };

beforeAll(async () => {
  made = await makeCentre(app);
  const { centre, other } = made;
  const company = await makeCompany(app, [centre, other], { name: odd, town: '' });
  hidden = await makeCompany(app, [other], { name: 'Kun den andens' });
  await makeContact(app, centre, company, 'Frida', '20202020');
  await makeContact(app, other, company, 'Fremmed');
  await manyCompanies(app, centre, 0, 1203);
  for (const [school, kind] of [
    [null, 'for.all'],
    [centre.schools.a, 'only.a'],
    [centre.schools.b, 'only.b'],
  ] as const)
    await app.owner.query('insert into vn.timeline_entry (centre_id, id, company_id, at, kind, school_id, data) values ($1, $2, $3, $4, $5, $6, $7)', [
      centre.id,
      randomUUID(),
      company.id,
      '2026-11-17T08:00:00.123456Z',
      kind,
      school,
      JSON.stringify({ text: odd, of: kind }),
    ]);
  for (const person of [made.dorte, made.emil, made.camilla]) {
    expect((await app.request(person).post('/api/webhooks', { name: `Fra ${person.name}`, url: 'https://crm.skole.example/', kinds: ['a.b', 'c.d'] })).status).toBe(201);
    await app.request(person).post('/api/keys', { name: 'En nøgle', writes: false, days: 30, machine: null });
  }
});

/** A ZIP read by its list, as unpacking programs do. */
function unzip(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error('no archive');
  const files = new Map<string, string>();
  for (let at = bytes.readUInt32LE(end + 16), left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, whole, length, start] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)];
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const text = inflateRawSync(bytes.subarray(data, data + size));
    expect(text.length).toBe(whole);
    files.set(bytes.toString('utf8', at + 46, at + 46 + length), text.toString('utf8'));
    at += 46 + length;
  }
  return files;
}

interface Resource {
  name: string;
  path: string;
  schema: { fields: { name: string; type: string; format?: string }[]; primaryKey?: string[] };
  expected: number;
  written: number;
}
interface Package {
  files: Map<string, string>;
  about: { centre: string; school: string | null; resources: Resource[] };
}
async function exportOf(person: TestPerson, headers: Record<string, string> = {}): Promise<Package> {
  const answer = await app.request(person).get('/api/export', headers);
  expect([answer.status, answer.headers['content-type']], answer.text.slice(0, 200)).toEqual([200, 'application/zip']);
  const files = unzip(answer.bytes);
  return { files, about: JSON.parse(files.get('datapackage.json') ?? '') };
}

type Value = string | number | boolean | null | object;
/** A value of the file as the schema says it is. */
function readValue(text: string | null, { type, format }: { type: string; format?: string }): Value {
  if (text === null) return null;
  if (type === 'integer' || type === 'number') return Number(text);
  if (type === 'boolean') return text === 'true';
  if (type === 'any' || type === 'array') return JSON.parse(text);
  if (type === 'datetime') return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text) ? new Date(text).getTime() : text;
  return format === 'binary' ? `\\x${Buffer.from(text, 'base64').toString('hex')}` : text;
}
const rowsOf = (text: string): (string | null)[][] => parse(text, { relax_column_count: false, cast: (value, { quoting }) => (value === '' && !quoting ? null : value) as string });
const sorted = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort();

/** Written out here once more: a column that goes astray in the rules is missed here. */
const coordinatorsOnly: Record<string, string[]> = {
  company: ['protected'],
  unit: ['protected'],
  relation: ['protected', 'objection', 'objection_asked', 'quarantined', 'quarantine_until', 'callable', 'phone', 'refused_numbers'],
  enquiry: ['seed', 'told'],
  supplier: ['seed', 'told'],
  contact_person_past: ['note'],
  contact_objection: ['by_id', 'reason', 'number', 'lifted_by', 'lifted_because'],
};

/** What SQL answers under the person's own role, table by table, by another way than the export's. */
const underRole = (person: TestPerson) =>
  inside(app, person, async (client) => {
    const tables = await client.query(`
      select c.relname name, array_agg(a.attname::text order by a.attnum) columns from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'vn'::regnamespace and c.relkind in ('r', 'p') and has_column_privilege('vn_staff', c.oid, a.attnum, 'select') group by c.relname order by 1`);
    const known = new Set(
      (await client.query('select company_id from vn.relation union all select u.id from vn.unit u join vn.relation r using (company_id)')).rows.map(({ company_id }) => company_id),
    );
    const answers: Record<string, { columns: string[]; rows: Record<string, Value>[] }> = {};
    for (const { name, columns } of tables.rows) {
      const hidden = [
        'sealed',
        'token_hash',
        ...(name === 'visit_report' ? ['minutes', 'km'] : name === 'call' ? ['seconds'] : []),
        ...(person.roles.includes('coordinator') ? [] : (coordinatorsOnly[name] ?? [])),
      ];
      const read = columns.filter((column: string) => !hidden.includes(column)) as string[];
      const { rows } = await client.query(`select to_jsonb(x) row from (select ${read.map((column) => `"${column}"`).join(', ')} from vn."${name}") x`);
      const register = name === 'company' ? 'id' : name === 'unit' || name === 'company_past' ? 'company_id' : name === 'unit_past' ? 'unit_id' : null;
      answers[name] = {
        columns: read,
        rows: rows.map(({ row }) => row).filter((row) => (register === null || known.has(row[register])) && (name !== 'centre' || row.id === person.centreId)),
      };
    }
    return answers;
  });

describe('X.2 the export', () => {
  test.each(['dorte', 'emil', 'camilla'] as const)('X.2 %s gets every table and every row that SQL answers under the same role, and no other', { timeout: 60_000 }, async (who) => {
    const person = made[who];
    const sql = await underRole(person);
    const { files, about } = await exportOf(person);
    expect(about.resources.map(({ path }) => path)).toEqual(Object.keys(sql).map((name) => `data/${name}.csv`));
    expect([...files.keys()].at(-1), 'the list is written last').toBe('datapackage.json');
    expect([files.size, about.centre, about.school]).toEqual([about.resources.length + 1, made.centre.id, person.schoolId]);
    for (const { path, schema, expected, written } of about.resources) {
      const table = path.slice(5, -4);
      const [head, ...rows] = rowsOf(files.get(path) ?? '');
      const there = sql[table];
      expect(head, table).toEqual(there?.columns);
      expect(
        schema.fields.map(({ name }) => name),
        table,
      ).toEqual(head);
      expect([expected, written], table).toEqual([rows.length, rows.length]);
      const times = new Set(schema.fields.filter(({ type }) => type === 'datetime').map(({ name }) => name));
      const ours = rows.map((row) => Object.fromEntries(schema.fields.map((field, at) => [field.name, readValue(row[at] ?? null, field)])));
      const theirs = (there?.rows ?? []).map((row) =>
        Object.fromEntries(there?.columns.map((name) => [name, times.has(name) && typeof row[name] === 'string' ? new Date(row[name]).getTime() : (row[name] ?? null)]) ?? []),
      );
      expect(sorted(ours), table).toEqual(sorted(theirs));
    }
    expect(sql.relation?.rows).toHaveLength(1204);
  });

  test('X.2 of another school’s own rows nothing, of another centre’s neither, and no secrets', async () => {
    const whole = async (person: TestPerson) => [...(await exportOf(person)).files.values()].join('\n');
    const [a, b, centre] = [await whole(made.dorte), await whole(made.emil), await whole(made.camilla)];
    const has = (text: string) => ['only.a', 'only.b', 'for.all'].map((needle) => text.includes(needle));
    expect([has(a), has(b), has(centre)]).toEqual([
      [true, false, true],
      [false, true, true],
      [false, false, true],
    ]);
    for (const text of [a, b, centre]) {
      for (const needle of ['Fremmed', 'Kun den andens', hidden.id, made.other.schools.g, made.ida.id]) expect(text).not.toContain(needle);
      expect(text).not.toMatch(/token_hash|sealed|vejnet_/);
    }
    expect([a, b].map((text) => [text.includes('Fra Dorte'), text.includes('Fra Emil')])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  test('X.2 is of one instant: what is written meanwhile is not in it', async () => {
    const writing = made.camilla;
    const before = await exportOf(writing);
    const during = exportOf(writing);
    for (let n = 0; n < 5; n += 1) await makeCompany(app, [made.centre]);
    const { about } = await during;
    const rows = (of: Package['about'], name: string) => of.resources.find((each) => each.name === name)?.written ?? -1;
    expect(rows(about, 'relation')).toBe(rows(about, 'company'));
    for (const { expected, written, name } of about.resources) expect(written, name).toBe(expected);
    expect(rows(about, 'relation')).toBeGreaterThanOrEqual(rows(before.about, 'relation'));
  });

  test('X.2 each use stands in both logs, begun or finished; a reading key can take it', async () => {
    const { dorte, karen } = made;
    const { body: key } = await app.request(dorte).post('/api/keys', { name: 'Natlig kopi', writes: false, days: 30, machine: null });
    const count = async (table: string, where: string) => (await app.owner.query(`select count(*)::int n from vn.${table} where person_id = $1 and ${where}`, [dorte.id])).rows[0].n as number;
    const both = async () => [await count('audit', `event = 'data.exported'`), await count('access_log', `endpoint = 'exportData'`)] as const;
    const [audits, reads] = await both();
    const answer = await app.request(null).get('/api/export', { authorization: `Bearer ${key.key}` });
    expect([answer.status, answer.headers['content-disposition']]).toEqual([200, "attachment; filename*=UTF-8''vejnet-2026-11-17.zip"]);
    // The line about reading is written after the last byte has left.
    while ((await both())[1] === reads);
    expect(await both()).toEqual([audits + 1, reads + 1]);
    expect((await app.request(karen).get('/api/audit?limit=50')).body.items.map(({ event }: { event: string }) => event)).toContain('data.exported');
  });

  test('X.2 where more or fewer rows are written than were counted, there is no file', async () => {
    await app.owner.query(`create table vn.zz_fickle as select $1::uuid centre_id, n from generate_series(1, 2000) n`.replace('$1', `'${made.centre.id}'`));
    await app.owner.query('alter table vn.zz_fickle enable row level security');
    await app.owner.query('create policy row_rule on vn.zz_fickle for select to vn_staff using (random() < 0.5)');
    await app.owner.query('grant select on vn.zz_fickle to vn_staff');
    const bytes = await app
      .request(made.camilla)
      .get('/api/export')
      .then((answer) => answer.bytes)
      .catch(() => Buffer.alloc(0));
    // The fault is told once the transaction was rolled back.
    while (app.faults.length === 0) await app.owner.query('select');
    await app.owner.query('drop table vn.zz_fickle');
    expect(() => unzip(bytes)).toThrow('no archive');
    expect(app.faults.splice(0).map(String)).toEqual([expect.stringMatching(/export: \d+ rows of zz_fickle were written and \d+ counted/)]);
  });

  test('X.2 a manager’s has one word for a company that may not be called, as the screens have: whatever the reason, no row tells it', async () => {
    const { centre, dorte, camilla } = made;
    const [plain, shielded, quiet] = [await makeCompany(app, [centre]), await makeCompany(app, [centre], { protected: true }), await makeCompany(app, [centre])];
    await app.owner.query(`update vn.relation set quarantined = true, quarantine_until = '2027-05-17', objection = true where centre_id = $1 and company_id = $2`, [centre.id, quiet.id]);
    await app.owner.query(`insert into vn.company_past (company_id, fact, valid, value) values ($1, 'protected', '[2020-01-01,2024-01-01)', 'true')`, [plain.id]);
    const rows = ({ files }: Package, table: string) => {
      const [head = [], ...lines] = rowsOf(files.get(`data/${table}.csv`) ?? '');
      return lines.map((line) => Object.fromEntries(head.map((name, at) => [name ?? '', line[at] ?? null])));
    };
    const [school, whole] = [await exportOf(dorte), await exportOf(camilla)];
    const of = (from: Package, company: string) =>
      JSON.stringify(rows(from, 'relation').filter((row) => row.company_id === company))
        .replaceAll(company, '')
        .replaceAll(/"since":"[^"]*"/g, '');
    expect(of(school, quiet.id)).toBe(of(school, plain.id));
    expect(of(school, shielded.id)).toBe(of(school, plain.id));
    for (const [table, column] of [
      ['relation', 'quarantined'],
      ['relation', 'quarantine_until'],
      ['relation', 'objection'],
      ['relation', 'protected'],
      ['relation', 'callable'],
      ['relation', 'refused_numbers'],
      ['company', 'protected'],
      ['unit', 'protected'],
      ['enquiry', 'told'],
      ['supplier', 'told'],
      ['contact_objection', 'reason'],
    ] as const) {
      const has = ({ files }: Package) => rowsOf(files.get(`data/${table}.csv`) ?? '')[0]?.includes(column);
      expect([has(school), has(whole)], `${table}.${column}`).toEqual([false, true]);
    }
    for (const { files } of [school, whole]) expect(rowsOf(files.get('data/call.csv') ?? '')[0], 'how long each caller took is no figure of anybody').not.toContain('seconds');
    const past = (from: Package) => rows(from, 'company_past').filter(({ fact }) => fact === 'protected').length;
    expect([past(school), past(whole)]).toEqual([0, 1]);
  });

  test('X.2 one at a time for each school, and five in the whole house: nobody takes all connections', async () => {
    const { dorte, emil, camilla, centre } = made;
    const slots = await app.second();
    const holding = await clientOf(app.database, 'admin');
    const hold = (about: string) => holding.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [about]);
    try {
      await holding.query('begin');
      await hold(`export ${centre.id} ${centre.schools.a}`);
      const refused = await app.request(dorte).get('/api/export');
      expect([refused.status, refused.body.code, refused.headers['content-disposition']]).toEqual([409, 'export_running', undefined]);
      expect((await slots.request(emil).get('/api/export')).status).toBe(200);
      for (const slot of [1, 2, 3, 4, 5]) await hold(`export slot ${slot}`);
      expect((await app.request(camilla).get('/api/export')).body.code).toBe('export_running');
      await holding.query('rollback');
      expect((await app.request(dorte).get('/api/export')).status).toBe(200);
    } finally {
      await holding.end();
    }
  });

  test('X.2 a consultant, an agent, the ministry and a visitor get none', async () => {
    const { anna, bo, hanne, karen } = made;
    for (const person of [anna, bo, hanne, karen]) expect((await app.request(person).get('/api/export')).status).toBe(403);
    expect((await app.request(null).get('/api/export')).status).toBe(401);
  });
});

describe('X.2 the file', () => {
  const bytesOf = async (entries: Parameters<typeof zip>[0]) => {
    const chunks: Buffer[] = [];
    for await (const chunk of zip(entries, new Date('2026-11-17T08:00:00Z'))) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  async function* text(...parts: string[]) {
    yield* parts;
  }
  test('X.2 holds what was put in, empty files and names in Danish too', async () => {
    async function* entries() {
      yield { name: 'tom.csv', data: text() };
      yield { name: 'blåbær.csv', data: text('æ', 'ø', 'å'.repeat(100_000)) };
    }
    expect([...unzip(await bytesOf(entries()))]).toEqual([
      ['tom.csv', ''],
      ['blåbær.csv', `æø${'å'.repeat(100_000)}`],
    ]);
  });

  test('X.2 that breaks off has no list and opens nowhere', async () => {
    const chunks: Buffer[] = [];
    async function* broken() {
      yield 'half';
      throw new Error('counted otherwise');
    }
    async function* entries() {
      yield { name: 'halv.csv', data: broken() };
    }
    await expect(
      (async () => {
        for await (const chunk of zip(entries(), new Date())) chunks.push(chunk);
      })(),
    ).rejects.toThrow('counted otherwise');
    expect(() => unzip(Buffer.concat(chunks))).toThrow('no archive');
  });

  test('X.2 takes no more memory for more: nothing is read long before it is sent', async () => {
    let read = 0;
    async function* much() {
      for (let n = 0; n < 600; n += 1) {
        const line = randomBytes(48_000).toString('base64');
        read += 48_000;
        yield line;
      }
    }
    async function* entries() {
      yield { name: 'meget.csv', data: much() };
    }
    let [taken, ahead] = [0, 0];
    for await (const chunk of zip(entries(), new Date())) {
      taken += chunk.length;
      ahead = Math.max(ahead, read - taken);
    }
    expect(read).toBe(28_800_000);
    expect(ahead).toBeLessThan(3_000_000);
  });

  test('X.2 tells nothing from an empty text, and leaves text as it is', () => {
    expect(csvLine([null, '', 'a', 'a,b', 'a"b', 'a\r\nb', '=1+1', '-5'])).toBe(',"",a,"a,b","a""b","a\r\nb",=1+1,-5\r\n');
    expect(fieldOf({ name: 'kinds', type: 'text[]', nullable: false })).toEqual({ name: 'kinds', type: 'array', constraints: { required: true } });
    expect(fieldOf({ name: 'during', type: 'daterange', nullable: true })).toEqual({ name: 'during', type: 'string' });
    expect(asText({ name: 'content', type: 'bytea', nullable: true })).toContain('base64');
  });
});
