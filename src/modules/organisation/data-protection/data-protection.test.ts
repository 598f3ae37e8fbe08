import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, openSession, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { clockRules, register } from './model.ts';

const app = await testApp();
const base = '/api/data-protection';
type Place = Awaited<ReturnType<typeof makeCentre>>;

/** A row as it would have come to be; triggers ask for the centre. */
async function put(table: string, row: Record<string, unknown>): Promise<void> {
  await app.owner.query(`select set_config('app.centre', $1, false)`, [String(row.centre_id)]);
  await app.owner.query(
    `insert into vn.${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row)
      .map((_, at) => `$${at + 1}`)
      .join(', ')})`,
    Object.values(row).map((value) => (value !== null && typeof value === 'object' && !(value instanceof Date) && !Array.isArray(value) && !Buffer.isBuffer(value) ? JSON.stringify(value) : value)),
  );
  await app.owner.query(`select set_config('app.centre', '', false)`);
}
const count = async (table: string, centre: string) => Number((await app.owner.query(`select count(*) n from vn.${table} where centre_id = $1`, [centre])).rows[0].n);
/** Every place of the database, as text, in which something of a centre is. */
async function placesWith(text: string): Promise<string[]> {
  const tables = await app.owner.query<{ name: string }>(`select c.relname name from pg_class c where c.relnamespace = 'vn'::regnamespace and c.relkind = 'r' order by 1`);
  const found: string[] = [];
  for (const { name } of tables.rows) if (((await app.owner.query(`select from vn.${name} t where to_jsonb(t)::text ilike $1 limit 1`, [`%${text}%`])).rowCount ?? 0) > 0) found.push(name);
  return found;
}

let made = 0;
/** Somebody at a company who has left traces everywhere, beside a colleague who must not be touched. */
async function traced({ centre, anna, camilla, dorte }: Place) {
  made += 1;
  const [who, email, phone] = [`Torben Bæk${made}`, `torben${made}@bjergager.example`, `00 98 7${String(made).padStart(1, '0')} 54`];
  const now = app.clock.now();
  const company = await makeCompany(app, [centre]);
  const at = { centre_id: centre.id, company_id: company.id };
  const add = async (name: string, mail: string, number: string) =>
    (
      await app.request(anna).post(`/api/companies/${company.id}/contacts`, {
        name,
        role: 'leader',
        title: 'Værkfører',
        phone: number,
        email: mail,
        language: 'da',
        basis: 'public_task',
        source: 'Opkald',
        reviewOn: '2028-11-17',
      })
    ).body.id as string;
  const contact = await add(who, email, phone);
  const other = await add(`Lise Lind${made}`, `lise${made}@bjergager.example`, '00 11 22 33');
  const [call, meeting, report, event, party, task] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await put('call', {
    ...at,
    id: call,
    person_id: anna.id,
    at: now,
    day: '2026-11-17',
    direction: 'in',
    route: 'consultants',
    outcome: 'wants_contact',
    note: `${who} bad om et møde`,
    contact_id: contact,
  });
  await put('meeting', {
    ...at,
    id: meeting,
    during: '[2026-11-10 09:00+01,2026-11-10 10:00+01)',
    state: 'cancelled',
    cancelled_because: 'other',
    mode: 'availability',
    said: `Talte med ${who} på ${phone}`,
    wishes: '',
    place: 'Kontoret',
    person_name: who,
    person_role: 'Værkfører',
    person_phone: phone,
    person_email: email,
    person_language: 'da',
    made_by: camilla.id,
    made_at: now,
    week: '2026-11-09',
  });
  await put('visit_report', {
    ...at,
    id: report,
    person_id: anna.id,
    school_id: centre.schools.a,
    draft_id: randomUUID(),
    visited_on: '2026-11-10',
    sent_at: now,
    kind: 'guidance',
    topics: [],
    barriers: [],
    about: `${who} vil lære at svejse. Lise Lind${made} vil ikke.`,
    agreed: '',
    people: JSON.stringify([
      { name: who, role: 'Værkfører' },
      { name: `Lise Lind${made}`, role: 'Ejer' },
    ]),
    minutes: 60,
    km: 10,
  });
  await put('report_note', { centre_id: centre.id, school_id: centre.schools.a, report_id: report, person_id: anna.id, written_at: now, text: `Kun for os: ${who} er rar` });
  await put('visit_file', {
    centre_id: centre.id,
    id: randomUUID(),
    person_id: anna.id,
    draft_id: randomUUID(),
    report_id: report,
    at: now,
    name: 'billede.png',
    bytes: 3,
    content: Buffer.from('png'),
  });
  await put('event', {
    centre_id: centre.id,
    id: event,
    kind: 'theme_day',
    title: 'Morgenmøde',
    text: '',
    place: 'Salen',
    during: '[2026-11-12 08:00+01,2026-11-12 10:00+01)',
    open: true,
    seats: 20,
    made_by: camilla.id,
    made_at: now,
  });
  await put('event_party', {
    ...at,
    id: party,
    event_id: event,
    company_name: 'Bjergager',
    person_name: who,
    role: 'Værkfører',
    email,
    language: 'da',
    count: 1,
    state: 'invited',
    token_hash: Buffer.from(party),
  });
  await put('task', { ...at, id: task, what: `Ring til ${who.toUpperCase()}`, made_by: anna.id, made_at: now, owner_id: anna.id, due: '2026-12-01' });
  await put('timeline_entry', { ...at, id: randomUUID(), at: now, kind: 'note.written', person_id: anna.id, data: { note: `om ${who}` } });
  await put('audit', { centre_id: centre.id, id: randomUUID(), at: now, person_id: anna.id, event: 'note.written', data: { name: who, email } });
  await put('mail', { id: randomUUID(), centre_id: centre.id, at: now, to_address: email, subject: `Hej ${who}`, text: `Kære ${who}`, state: 'sent', sent_at: now });
  await put('mail', { id: randomUUID(), centre_id: centre.id, at: now, to_address: dorte.email, subject: 'Nyt', text: `${who} skrev`, state: 'sent', sent_at: now });
  return { company, contact, other, who, email, phone, report };
}
const search = async (karen: TestPerson, text: string) =>
  (await app.request(karen).post(`${base}/persons/search`, { text })).body as { matches: { ref: string; kind: string; name: string; id: string | null }[]; more: boolean };
const refsOf = async (karen: TestPerson, text: string) => (await search(karen, text)).matches.map(({ ref }) => ref);
async function erase(karen: TestPerson, refs: string[]) {
  const asked = await app.request(karen).post(`${base}/erasures`, { refs, sure: true });
  await app.jobs.drain();
  return { asked, after: (await app.request(karen).get(`${base}/erasures/${asked.body.id}`)).body };
}

describe('who may', () => {
  test('401 for nobody, 403 for everybody but data protection', async () => {
    const { anna, bo, camilla, dorte, hanne, ida } = await makeCentre(app);
    expect((await app.request(null).post(`${base}/persons/search`, { text: 'Torben' })).status).toBe(401);
    for (const person of [anna, bo, camilla, dorte, hanne, ida])
      expect([(await app.request(person).post(`${base}/persons/search`, { text: 'Torben' })).status, (await app.request(person).get(`${base}/retention`)).status], person.name).toEqual([403, 403]);
  });

  test('another centre’s persons are not found, and their rows are 404', async () => {
    const place = await makeCentre(app);
    const { who } = await traced(place);
    const refs = await refsOf(place.karen, who);
    const there = await makePerson(app, 'Gry', ['data_protection'], { centreId: place.other.id });
    expect((await search(there, who)).matches).toEqual([]);
    for (const path of ['persons/look', 'persons/data', 'persons/file']) expect((await app.request(there).post(`${base}/${path}`, { refs })).status, path).toBe(404);
    expect((await app.request(there).post(`${base}/erasures`, { refs, sure: true })).status).toBe(404);
  });

  test('42501: the audience of data protection reads nothing in the hands of anybody else, and changes no figure', async () => {
    const place = await makeCentre(app);
    await traced(place);
    await inside(app, place.anna, async (client) => {
      await client.query(`select set_config('role', 'vn_protection', true)`);
      for (const table of new Set(register.map((each) => each.table))) expect((await client.query(`select from vn.${table}`)).rowCount, table).toBe(0);
    });
    await expect(
      inside(app, place.karen, async (client) => {
        await client.query(`select set_config('role', 'vn_protection', true)`);
        await client.query(`update vn.call set outcome = 'no_answer'`);
      }),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(
      inside(app, place.karen, async (client) => {
        await client.query(`select set_config('role', 'vn_protection', true)`);
        await client.query(`update vn.audit set person_id = null`);
      }),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('finding', () => {
  test.each(['name', 'email', 'phone'] as const)('by %s, in everything the centre keeps', async (by) => {
    const place = await makeCentre(app);
    const it = await traced(place);
    const kinds = (await search(place.karen, { name: it.who.toLowerCase(), email: it.email.toUpperCase(), phone: it.phone.replaceAll(' ', '') }[by])).matches.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining({ name: ['contacts', 'meetings', 'events', 'reports'], email: ['contacts', 'meetings', 'events'], phone: ['contacts', 'meetings'] }[by]));
  });

  test('422 where it is too little', async () => {
    const { karen } = await makeCentre(app);
    for (const text of ['a b', '123 456', 'x@y.d']) expect(await app.request(karen).post(`${base}/persons/search`, { text }), text).toMatchObject({ status: 422, body: { code: 'too_little' } });
  });

  test('says how much there is of each kind, and what erasing would do', async () => {
    const place = await makeCentre(app);
    const it = await traced(place);
    const { body } = await app.request(place.karen).post(`${base}/persons/look`, { refs: [`contact/${it.contact}`] });
    expect(body).toMatchObject({ names: [it.who], emails: [it.email], erasable: true });
    const of = (kind: string) => body.found.find((each: { kind: string }) => each.kind === kind);
    expect([of('contacts'), of('calls'), of('meetings'), of('events'), of('files')].map(({ rows }) => rows)).toEqual([1, 1, 1, 1, 1]);
    expect([of('reports'), of('notes'), of('tasks'), of('story'), of('audit')].map(({ mentions }) => mentions)).toEqual([1, 1, 1, 1, 1]);
    expect(of('mails')).toMatchObject({ rows: 1, mentions: 1 });
  });
});

describe('the person file', () => {
  test('holds everything about the person, to read and as data, and nothing whole that is about others', async () => {
    const place = await makeCentre(app);
    const it = await traced(place);
    await app.request(place.anna).get(`/api/companies/${it.company.id}/contacts`);
    const refs = await refsOf(place.karen, it.who);
    const data = (await app.request(place.karen).post(`${base}/persons/data`, { refs })).body;
    expect(data.rows.find((row: { kind: string }) => row.kind === 'contacts').facts).toMatchObject({ name: it.who, basis: 'public_task', source: 'Opkald', email: it.email });
    expect(data.readers).toEqual(expect.arrayContaining([expect.objectContaining({ person: 'Anna', endpoint: 'listContacts' })]));
    expect(JSON.stringify(data.rows)).not.toContain('lise');
    expect((await app.owner.query(`select data from vn.audit where centre_id = $1 and event = 'person_file.made'`, [place.centre.id])).rows, 'logged, without the person').toEqual([
      { data: { rows: data.rows.length, mentions: data.mentions.length } },
    ]);
    for (const [language, heading] of [
      ['da', 'Personmappe'],
      ['en', 'Person file'],
    ] as const) {
      const file = await app.request(place.karen).post(`${base}/persons/file`, { refs, language });
      expect(file.status).toBe(200);
      expect(file.headers['content-disposition']).toContain('attachment');
      expect(file.text).toContain(`<h1>${heading}: ${it.who}`);
      expect(JSON.parse(/id="data">(.*)<\/script>/s.exec(file.text)?.[1] ?? '').rows).toEqual(data.rows);
    }
  });
});

describe('erasing', () => {
  test('takes the person out of rows, texts, files, mails, search and audit; figures and colleagues stay', async () => {
    const place = await makeCentre(app);
    const it = await traced(place);
    const tables = ['call', 'meeting', 'visit_report', 'report_note', 'event_party', 'task', 'timeline_entry', 'audit'];
    const before = await Promise.all(tables.map((table) => count(table, place.centre.id)));
    const { asked, after } = await erase(place.karen, await refsOf(place.karen, it.who));
    expect(asked.status).toBe(202);
    expect(after).toMatchObject({ state: 'done', by: 'Karen', kept: {} });
    expect(await placesWith(it.who)).toEqual([]);
    expect(await placesWith(it.email)).toEqual([]);
    expect(await placesWith(it.phone)).toEqual([]);
    const afterwards = await Promise.all(tables.map((table) => count(table, place.centre.id)));
    expect(afterwards.map((rows, at) => rows - (before[at] ?? 0))).toEqual(tables.map((table) => (table === 'audit' ? 2 : 0)));
    const report = (await app.owner.query('select about, people from vn.visit_report where id = $1', [it.report])).rows[0];
    expect(report.about).toMatch(/^slettet person vil lære at svejse\. Lise Lind/);
    expect(report.people).toHaveLength(2);
    expect((await app.owner.query('select name from vn.contact where id = $1', [it.other])).rowCount).toBe(1);
    expect((await app.owner.query(`select data from vn.audit where event = 'person.erased' and centre_id = $1`, [place.centre.id])).rows).toEqual([{ data: { rows: expect.any(Number) } }]);
    expect((await app.owner.query('select from vn.erasure where identity is not null')).rowCount).toBe(0);
  });

  test('is safe to do twice, and finds nobody the second time', async () => {
    const place = await makeCentre(app);
    const it = await traced(place);
    const refs = await refsOf(place.karen, it.who);
    const [one, two] = await Promise.all([app.request(place.karen).post(`${base}/erasures`, { refs, sure: true }), app.request(place.karen).post(`${base}/erasures`, { refs, sure: true })]);
    await app.jobs.drain();
    const after = await Promise.all([one, two].map(async ({ body }) => (await app.request(place.karen).get(`${base}/erasures/${body.id}`)).body));
    expect(after.map(({ state }) => state)).toEqual(['done', 'done']);
    expect((await search(place.karen, it.who)).matches).toEqual([]);
  });

  test('leaves somebody of the same name at another company alone', async () => {
    const place = await makeCentre(app);
    const it = await traced(place);
    const elsewhere = await makeCompany(app, [place.centre]);
    await put('contact', {
      centre_id: place.centre.id,
      id: randomUUID(),
      company_id: elsewhere.id,
      name: it.who,
      role: 'owner',
      basis: 'public_task',
      source: 'Opkald',
      review_on: '2028-01-01',
      created_at: app.clock.now(),
      email: 'en.anden@x.example',
    });
    await erase(place.karen, [`contact/${it.contact}`]);
    expect((await search(place.karen, it.who)).matches).toMatchObject([{ kind: 'contacts' }]);
  });

  test('a mail that still waits to go to the person does not go', async () => {
    const place = await makeCentre(app);
    const it = await traced(place);
    const id = randomUUID();
    await put('mail', { id, centre_id: place.centre.id, at: app.clock.now(), to_address: it.email, subject: 'Vi ses', text: 'I morgen', state: 'waiting' });
    await erase(place.karen, [`contact/${it.contact}`]);
    expect((await app.owner.query('select state, to_address from vn.mail where id = $1', [id])).rows).toEqual([{ state: 'failed', to_address: 'slettet@slettet.invalid' }]);
  });

  test('what is signed stays, and why is told', async () => {
    const place = await makeCentre(app);
    const it = await traced(place);
    const partnership = randomUUID();
    await put('partnership', { centre_id: place.centre.id, id: partnership, company_id: it.company.id, schools: [], made_by: place.camilla.id, made_at: app.clock.now(), owner_id: place.anna.id });
    await put('partnership_text', {
      centre_id: place.centre.id,
      partnership_id: partnership,
      no: 1,
      state: 'awaiting',
      company_expects: ['a', 'b', 'c', 'd'],
      centre_expects: ['a', 'b', 'c', 'd', 'e'],
      company_role: 'x',
      centre_role: 'x',
      company_duties: 'x',
      centre_duties: 'x',
      company_signed_at: app.clock.now(),
      valid_from: '2026-11-01',
      valid_to: '2027-11-01',
      review_on: '2027-05-01',
      next_review: '2027-05-01',
      written_by: place.camilla.id,
      written_at: app.clock.now(),
      company_signer: it.who,
    });
    const look = (await app.request(place.karen).post(`${base}/persons/look`, { refs: [`contact/${it.contact}`] })).body;
    expect(look.found.find((each: { kind: string }) => each.kind === 'agreements')).toMatchObject({ erasing: 'keep', because: 'signed' });
    expect((await erase(place.karen, [`contact/${it.contact}`])).after.kept).toEqual({ agreements: 'signed' });
    expect(await placesWith(it.who)).toEqual(['partnership_text']);
  });

  test('409 for somebody who works here; once the roles have ended, a row without a name is left, and what they did stays theirs', async () => {
    const place = await makeCentre(app);
    const gry = await makePerson(app, `Gry Grøn${made}`, ['consultant'], { centreId: place.centre.id, schoolId: place.centre.schools.a });
    await put('audit', { centre_id: place.centre.id, id: randomUUID(), at: app.clock.now(), person_id: gry.id, event: 'x.y', data: {} });
    expect(await app.request(place.karen).post(`${base}/erasures`, { refs: [`person/${gry.id}`], sure: true })).toMatchObject({ status: 409, body: { code: 'still_here' } });
    expect((await app.request(gry).post('/api/keys', { name: 'Grys script', writes: false, days: 30, machine: null })).status).toBe(201);
    const passkey = { id: randomUUID(), person_id: gry.id, credential_id: Buffer.from(gry.id), public_key: Buffer.alloc(8), counter: 0, transports: [], name: 'Telefon', made_at: app.clock.now() };
    await put('passkey', passkey);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-01)' where person_id = $1`, [gry.id]);
    expect((await erase(place.karen, [`person/${gry.id}`])).after).toMatchObject({ state: 'done', counts: { staff: 1 } });
    expect(await placesWith(gry.name)).toEqual([]);
    expect(await placesWith(gry.email)).toEqual([]);
    for (const table of ['passkey', 'api_key', 'session', 'linked_identity']) expect((await app.owner.query(`select from vn.${table} where person_id = $1`, [gry.id])).rowCount, table).toBe(0);
    expect((await app.owner.query(`select event from vn.audit where person_id = $1 order by event`, [gry.id])).rows).toEqual([{ event: 'key.made' }, { event: 'x.y' }]);
  });

  test('409 for somebody who works in another centre too', async () => {
    const place = await makeCentre(app);
    const gry = await makePerson(app, 'Gry', ['consultant'], { centreId: place.centre.id, schoolId: place.centre.schools.a });
    await put('membership', { centre_id: place.other.id, id: randomUUID(), person_id: gry.id, school_id: place.other.schools.g, role: 'manager', during: '[2024-01-01,)' });
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-01)' where person_id = $1 and centre_id = $2`, [gry.id, place.centre.id]);
    expect(await app.request(place.karen).post(`${base}/erasures`, { refs: [`person/${gry.id}`], sure: true })).toMatchObject({ status: 409, body: { code: 'works_elsewhere' } });
  });
});

describe('nobody waits for an erasure', () => {
  test('rows are emptied by their key: no table is walked through with its rows locked', async () => {
    await app.owner.query('begin');
    // A table of three rows is quicker read whole; what counts is whether the key can be used.
    await app.owner.query('set local enable_seqscan = off');
    for (const { table, key, columns } of register) {
      const list = (alias: string) => ['centre_id', ...key].map((column) => `${alias}."${column}"`).join(', ');
      const [column = ''] = Object.keys(columns);
      const plan = await app.owner.query(
        `explain update vn."${table}" t set "${column}" = t."${column}" where (${list('t')}) in (select ${list('k')} from jsonb_populate_recordset(null::vn."${table}", '[{}]'::jsonb) k)`,
      );
      expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n'), table).not.toMatch(new RegExp(`Seq Scan on ${table} t`));
    }
    await app.owner.query('rollback');
  });

  test('somebody is found by address in contacts and mails through an index', async () => {
    await app.owner.query('begin');
    await app.owner.query('set local enable_seqscan = off');
    for (const asked of [
      `select from vn.contact t where t.centre_id = gen_random_uuid() and lower(t.email) = 'x'`,
      `select from vn.mail m where m.centre_id = gen_random_uuid() and lower(m.to_address) = any ('{x}')`,
    ]) {
      const plan = await app.owner.query(`explain ${asked}`);
      expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/contact_email|mail_to/);
    }
    await app.owner.query('rollback');
  });
});

describe('clocks', () => {
  test('each has a default within its limits, and the database answers what is due', async () => {
    const { karen } = await makeCentre(app);
    const { body } = await app.request(karen).get(`${base}/retention`);
    expect(body.map(({ clock }: { clock: string }) => clock)).toEqual(clockRules.map(({ clock }) => clock));
    for (const each of body) expect(each.floor <= each.months && each.months <= each.ceiling, each.clock).toBe(true);
  });

  test('what the preview says goes is what goes at night, once, in pieces, and as a count', async () => {
    const place = await makeCentre(app);
    const it = await traced(place);
    const call = (at: string) =>
      put('call', {
        centre_id: place.centre.id,
        company_id: it.company.id,
        id: randomUUID(),
        person_id: place.anna.id,
        at,
        day: at.slice(0, 10),
        direction: 'in',
        route: 'consultants',
        outcome: 'no_answer',
        note: 'Gammel',
      });
    for (let no = 0; no < 3; no += 1) await call('2024-11-01T10:00:00Z');
    await call('2024-12-01T10:00:00Z');
    const of = async () => (await app.request(place.karen).get(`${base}/retention`)).body.find(({ clock }: { clock: string }) => clock === 'call_notes');
    expect(await of()).toMatchObject({ due: 3, soon: 1, next: '2026-11-01', last: null });
    expect((await app.request(place.karen).get(`${base}/retention/call_notes/due`)).body).toMatchObject([{ since: '2024-11-01' }, {}, {}, { goes: '2026-12-01', company: 'Bjergager Smede' }]);
    const before = await count('call', place.centre.id);
    await app.sweep();
    await app.sweep();
    expect(await of()).toMatchObject({ due: 0, soon: 1, last: { day: '2026-11-17', gone: 3 } });
    expect(await count('call', place.centre.id)).toBe(before);
  });

  test('a line of the log goes after five years, and nobody who is asked takes one out', async () => {
    const { karen, centre } = await makeCentre(app);
    const line = (at: string) => app.owner.query(`insert into vn.audit (centre_id, id, at, person_id, event) values ($1, gen_random_uuid(), $2, $3, 'old.line')`, [centre.id, at, karen.id]);
    await line('2021-11-01T10:00:00Z');
    await line('2021-12-10T10:00:00Z');
    const of = async () => (await app.request(karen).get(`${base}/retention`)).body.find(({ clock }: { clock: string }) => clock === 'audit');
    expect(await of()).toMatchObject({ months: 60, floor: 24, due: 1, soon: 1 });
    const asKaren = inside(app, karen, async (client) => {
      await client.query(`select set_config('role', 'vn_protection', true)`);
      return (await client.query(`delete from vn.audit where event = 'old.line'`)).rowCount;
    });
    expect(await asKaren).toBe(0);
    await app.sweep();
    expect(await of()).toMatchObject({ due: 0, soon: 1, last: { gone: 1 } });
    expect((await app.owner.query(`select from vn.audit where centre_id = $1 and event = 'old.line'`, [centre.id])).rowCount).toBe(1);
  });

  test('whoever left loses the name after five years, but not while they work in another centre', async () => {
    const { karen, anna, emil, other, centre } = await makeCentre(app);
    await app.owner.query(`update vn.membership set during = '[2019-01-01,2021-11-01)' where person_id = any ($1)`, [[anna.id, emil.id]]);
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, gen_random_uuid(), $2, $3, 'manager', '[2021-11-01,)')`, [
      other.id,
      emil.id,
      other.schools.g,
    ]);
    const of = async () => (await app.request(karen).get(`${base}/retention`)).body.find(({ clock }: { clock: string }) => clock === 'staff_left');
    expect(await of()).toMatchObject({ months: 60, due: 1, soon: 0 });
    expect((await app.request(karen).get(`${base}/retention/staff_left/due`)).body).toEqual([{ since: '2021-11-01', goes: '2026-11-01', company: null }]);
    await app.sweep();
    expect(await of()).toMatchObject({ due: 0, last: { gone: 1 } });
    const named = await app.owner.query('select name from vn.person where id = any ($1) order by name', [[anna.id, emil.id]]);
    expect(named.rows).toEqual([{ name: 'Emil' }, { name: 'slettet person' }]);
    expect((await app.owner.query('select from vn.session where person_id = $1', [anna.id])).rowCount).toBe(0);
    expect((await app.owner.query('select from vn.membership where centre_id = $1 and person_id = $2', [centre.id, anna.id])).rowCount).toBe(1);
  });

  test('a pause with a reason stops a clock until its day; a month outside the limits is refused', async () => {
    const place = await makeCentre(app);
    const it = await traced(place);
    await put('call', {
      centre_id: place.centre.id,
      company_id: it.company.id,
      id: randomUUID(),
      person_id: place.anna.id,
      at: '2024-11-01T10:00:00Z',
      day: '2024-11-01',
      direction: 'in',
      route: 'consultants',
      outcome: 'no_answer',
      note: 'Gammel',
    });
    const write = (body: unknown, version: number) => app.request(place.karen).put(`${base}/retention/call_notes`, body, { 'if-match': `"${version}"` });
    expect(await write({ months: 1 }, 0)).toMatchObject({ status: 422, body: { code: 'months_outside' } });
    expect(await write({ months: 24, paused: { until: '2028-11-17', because: 'Klagesag' } }, 0)).toMatchObject({ status: 422, body: { code: 'pause_too_long' } });
    expect(await write({ months: 24, paused: { until: '2026-11-30', because: 'Klagesag' } }, 0)).toMatchObject({
      status: 200,
      body: { paused: { until: '2026-11-30', because: 'Klagesag' }, due: 1, version: 1 },
    });
    expect((await write({ months: 24, paused: null }, 0)).status).toBe(412);
    await app.sweep();
    const due = async () => (await app.request(place.karen).get(`${base}/retention`)).body.find(({ clock }: { clock: string }) => clock === 'call_notes').due;
    expect(await due()).toBe(1);
    app.clock.advance({ days: 14 });
    await app.sweep();
    Object.assign(place.karen, { token: await openSession(app, place.karen) });
    expect(await due()).toBe(0);
  });
});

describe('who saw whom', () => {
  test('by who looked, by whom was looked at, and by day, with names', async () => {
    const place = await makeCentre(app);
    const it = await traced(place);
    await app.request(place.anna).get(`/api/companies/${it.company.id}/contacts`);
    app.clock.advance({ minutes: 1 });
    await app.request(place.dorte).get(`/api/companies/${it.company.id}/contacts`);
    await app.request(place.camilla).get(`/api/people/${place.anna.id}`);
    const lines = async (query: string) => (await app.request(place.karen).get(`${base}/access?${query}`)).body.items as { person: string; endpoint: string; about: string[] }[];
    expect(await lines(`about=${it.contact}`)).toMatchObject([
      { person: 'Dorte', endpoint: 'listContacts', about: ['Bjergager Smede'] },
      { person: 'Anna', endpoint: 'listContacts' },
    ]);
    expect(await lines(`by=${place.camilla.id}`)).toMatchObject([{ person: 'Camilla', endpoint: 'readPerson', about: ['Anna'] }]);
    expect(await lines('from=2026-01-01&to=2026-01-02')).toEqual([]);
    const there = await makePerson(app, 'Gry', ['data_protection'], { centreId: place.other.id });
    expect((await app.request(there).get(`${base}/access?about=${it.contact}`)).body.items).toEqual([]);
  });
});

describe('the record and its texts', () => {
  test('is made of the register, in both languages, with the centre’s schools in it', async () => {
    const { karen } = await makeCentre(app);
    const { body } = await app.request(karen).get(`${base}/record`);
    expect(body.map(({ kind }: { kind: string }) => kind)).toEqual(expect.arrayContaining(['contacts', 'calls', 'mails', 'access']));
    for (const text of ['record', 'joint_controllers', 'processor', 'notice'])
      for (const language of ['da', 'en']) {
        const answer = await app.request(karen).get(`${base}/texts/${text}?language=${language}`);
        expect(answer.status).toBe(200);
        expect(answer.text).toMatch(language === 'da' ? /Ikke juridisk rådgivning/ : /Not legal advice/);
        if (text === 'joint_controllers') expect(answer.text).toContain('Skole A');
      }
  });
});
