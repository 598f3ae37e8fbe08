import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { someCvr, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { makeBookable } from '../../../../tests/support/meetings.ts';
import { visitors } from '../../../../tests/support/visits.ts';
import type { Supplier, SupplierList } from './contract.ts';

const app = await testApp();
const morning = '2026-11-17T09:00:00+01:00';

/** A centre whose schools A and B have agreed shares, a large company with a contact, and companies that supply it. */
async function ready() {
  const all = await visitors(app);
  await makeBookable(app, all.centre, [all.anna, all.karim]);
  const large = await makeCompany(app, [all.centre], { name: 'Nordmark Vind A/S', size_from: 250 });
  const contact = await makeContact(app, all.centre, large, 'Else Nordmark');
  const smith = await makeCompany(app, [all.centre], { name: 'Solhøj Smede ApS', town: 'Tværby' });
  const painter = await makeCompany(app, [all.centre], { name: 'Kildebæk Malere', town: 'Limvig' });
  const held = { seats: 5, course: 'Svejsning, certifikat', until: '2027-01-31' };
  return { ...all, large, contact, smith, painter, held };
}
const add = (person: { token: string }, large: { id: string }, over: object = {}) => app.request(person).post('/api/supplier-lists', { company: large.id, ...over });
const read = async (person: { token: string }, list: string): Promise<SupplierList> => (await app.request(person).get(`/api/supplier-lists/${list}`)).body;
const at = (list: string, supplier: Supplier, what: string) => `/api/supplier-lists/${list}/suppliers/${supplier.id}/${what}`;
const lineOf = (list: SupplierList, company: { id: string }): Supplier => list.lines.find((each) => each.company?.id === company.id) as Supplier;
/** The consultant who has a line. */
const ownerOf = <P extends { id: string }>(line: Supplier, people: readonly P[]): P => people.find(({ id }) => id === line.owner?.id) as P;

describe('writing a list down', () => {
  test('2.29 401, 403 for a manager, 404 in another centre; a list is what the large company says, with the centre’s own words where nobody writes any', async () => {
    const { anna, dorte, emil, ida, large, smith, contact, held, other } = await ready();
    expect(await app.request(null).get('/api/supplier-lists')).toMatchObject({ status: 401 });
    expect(await add(dorte, large, { lines: smith.cvr })).toMatchObject({ status: 403 });
    expect(await add(ida, large, { lines: smith.cvr })).toMatchObject({ status: 422, body: { code: 'company_unknown' } });
    expect(await add(anna, large)).toMatchObject({ status: 400, body: { fields: [{ path: 'lines', code: 'required' }] } });
    const elsewhere = await makeContact(app, { id: other.id }, await makeCompany(app, [other]), 'Fremmed');
    expect(await add(anna, large, { lines: smith.cvr, contact: elsewhere })).toMatchObject({ status: 422, body: { code: 'supplier_contact_elsewhere' } });
    expect(await add(anna, large, { lines: smith.cvr, held: { ...held, until: '2026-11-16' } })).toMatchObject({ status: 422, body: { code: 'seats_day_over' } });
    const made = await add(anna, large, { lines: smith.cvr, contact, held });
    expect(made, made.text).toMatchObject({
      status: 201,
      body: { introduction: 'Nordmark Vind A/S sagde, at vi skulle besøge jer.', contact: { name: 'Else Nordmark' }, held: { seats: 5, taken: 0 }, lines: [{ company: { name: 'Solhøj Smede ApS' } }] },
    });
    expect(await app.request(ida).get(`/api/supplier-lists/${made.body.id}`)).toMatchObject({ status: 404 });
    expect((await app.request(ida).get('/api/supplier-lists')).body).toEqual([]);
    // All schools share the work.
    expect(await read(emil, made.body.id)).toMatchObject({ from: { name: 'Nordmark Vind A/S' }, can: { edit: false } });
    expect((await app.request(emil).get('/api/supplier-lists')).body).toMatchObject([{ suppliers: { all: 1, known: 1, contacted: 0 } }]);
  });

  test('2.29 numbers match exactly; a name is only suggested and waits for a person; what matches nothing stays listed', async () => {
    const { anna, large, smith, painter, centre } = await ready();
    const unknown = someCvr();
    const national = await makeCompany(app, [], { name: 'Kendt i registret' });
    const { body } = await add(anna, large, { lines: `${smith.cvr} Solhøj\nkildebæk malere A/S; Limvig\n${unknown}; Nyt Firma; Limvig\n${national.cvr}\nHelt Ukendt; Ringby` });
    const [first, second, third, fourth, fifth] = body.lines as [Supplier, Supplier, Supplier, Supplier, Supplier];
    expect(first.company).toMatchObject({ id: smith.id });
    expect(second).toMatchObject({ company: null, name: 'kildebæk malere A/S', suggested: [{ id: painter.id, name: 'Kildebæk Malere' }] });
    expect(third).toMatchObject({ company: null, cvr: unknown, name: 'Nyt Firma', suggested: [] });
    // What only the register knew is known to the centre now.
    expect(fourth.company).toMatchObject({ id: national.id });
    expect((await app.owner.query('select from vn.relation where centre_id = $1 and company_id = $2', [centre.id, national.id])).rowCount).toBe(1);
    expect(fifth).toMatchObject({ company: null, suggested: [], written: 'Helt Ukendt; Ringby' });
    const confirm = (company: string, version = 1) => app.request(anna).put(at(body.id, second, 'company'), { company }, seen(version));
    expect(await confirm(large.id)).toMatchObject({ status: 422, body: { code: 'supplier_itself' } });
    expect(await confirm(smith.id)).toMatchObject({ status: 409, body: { code: 'supplier_twice' } });
    expect(await confirm(first.id)).toMatchObject({ status: 422, body: { code: 'company_unknown' } });
    expect(await confirm(painter.id, 2)).toMatchObject({ status: 412 });
    expect(await confirm(painter.id)).toMatchObject({ status: 200, body: { company: { id: painter.id }, suggested: [] } });
    await app.sweep();
    const list = await read(anna, body.id);
    expect(list.lines.map(({ owner }) => owner !== null)).toEqual([true, true, false, true, false]);
    expect(list.suppliers).toEqual({ all: 5, known: 3, contacted: 0 });
  });

  test('2.29 a company named twice, the large company itself and a wrong number count for nothing and say why; 300 lines and no more', async () => {
    const { anna, large, smith, painter } = await ready();
    const { body } = await add(anna, large, { lines: `${smith.cvr}\n${smith.cvr} igen\n${large.cvr}\n12345678\n--\nUkendt; By\nukendt; by`, companies: [painter.id, smith.id] });
    expect(body.lines.map(({ refusal }: Supplier) => refusal)).toEqual([null, 'twice', 'itself', 'cvr', 'empty', null, 'twice', null, 'twice']);
    expect(body.suppliers).toMatchObject({ all: 3, known: 2 });
    expect(await app.request(anna).post(`/api/supplier-lists/${body.id}/suppliers`, { lines: painter.cvr })).toMatchObject({ status: 201 });
    expect((await read(anna, body.id)).lines.at(-1)).toMatchObject({ no: 10, refusal: 'twice' });
    const more = (count: number) => Array.from({ length: count }, (_, n) => `Firma nummer ${n}; Limvig`).join('\n');
    expect(await app.request(anna).post(`/api/supplier-lists/${body.id}/suppliers`, { lines: more(291) })).toMatchObject({ status: 422, body: { code: 'suppliers_too_many' } });
    expect(await app.request(anna).post(`/api/supplier-lists/${body.id}/suppliers`, { lines: more(290) })).toMatchObject({ status: 201 });
    // The database keeps both without the command.
    const row = `select centre_id, gen_random_uuid(), list_id, giver_id, 301, 'x' from vn.supplier where list_id = '${body.id}' limit 1`;
    await expect(inside(app, anna, (client) => client.query(`insert into vn.supplier (centre_id, id, list_id, giver_id, no, written) ${row}`))).rejects.toThrow(/supplier_most/);
    await expect(inside(app, anna, (client) => client.query(`update vn.supplier set company_id = giver_id, matched = 'picked' where list_id = $1 and no = 1`, [body.id]))).rejects.toThrow(
      /supplier_not_itself/,
    );
  });

  test('2.29 two who add to one list at the same time number their lines one after the other', async () => {
    const { anna, karim, large, smith } = await ready();
    const { body } = await add(anna, large, { lines: smith.cvr });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => app.request(n % 2 === 0 ? anna : karim).post(`/api/supplier-lists/${body.id}/suppliers`, { lines: `Firma ${n}; A\nFirma ${n}; B` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
    expect((await read(anna, body.id)).lines.map(({ no }) => no)).toEqual(Array.from({ length: 25 }, (_, n) => n + 1));
  });
});

describe('who goes there', () => {
  test('2.29 each company goes to its contact person, else by the rule that enquiries go by; one mail says how many', async () => {
    const { anna, karim, signe, free, camilla, centre, large, smith } = await ready();
    await app.request(karim).put(`/api/companies/${smith.id}/contact-person`, { person: karim.id }, seen(0));
    const others = [];
    for (let n = 0; n < 8; n += 1) others.push(await makeCompany(app, [centre], { name: `Leverandør ${n}` }));
    const { body } = await add(anna, large, { lines: [smith, ...others].map(({ cvr }) => cvr).join('\n') });
    await app.sweep();
    const list = await read(camilla, body.id);
    expect(lineOf(list, smith)).toMatchObject({ owner: { name: 'Karim' }, because: 'contact_person' });
    const ruled = await app.owner.query(`select school_id, count(*)::int from vn.supplier where list_id = $1 and because <> 'contact_person' group by 1`, [body.id]);
    expect(ruled.rows.map(({ count }) => count)).toEqual([4, 4]);
    const told = await app.owner.query('select seed, told from vn.supplier where list_id = $1 and no = 2', [body.id]);
    expect(told.rows[0]).toMatchObject({ seed: expect.any(String), told: { window: 13, lead: 3 } });
    // The next enquiry counts on from there: whatever the rule passes on is one share.
    await app.request(camilla).post('/api/enquiries', { channel: 'phone', companyName: 'Nyt firma', phone: '00112233', said: 'Hej' });
    await app.sweep();
    const counted = await app.owner.query(`select told from vn.enquiry where centre_id = $1`, [centre.id]);
    expect(counted.rows[0].told.schools.map(({ booked }: { booked: number }) => booked).sort()).toEqual(expect.arrayContaining([4, 4]));
    const mails = (await Promise.all([anna, karim, signe, free].map(({ email }) => mailsTo(app, email)))).flat().filter(({ subject }) => subject.startsWith('Nordmark Vind A/S har nævnt'));
    expect(mails).toHaveLength(new Set(list.lines.map(({ owner }) => owner?.id)).size);
    expect(mails[0]?.text).toContain('Det må du sige: Nordmark Vind A/S sagde, at vi skulle besøge jer.');
    expect((await app.request(karim).get('/api/suppliers')).body).toContainEqual({ list: body.id, from: 'Nordmark Vind A/S', company: expect.objectContaining({ id: smith.id }) });
  });

  test('2.29 a company that may not be contacted is »not available« whatever the reason, has nobody and no trace, and is shared out once it is', async () => {
    const { anna, camilla, centre, large, painter } = await ready();
    const make = (name: string, facts = {}) => makeCompany(app, [centre], { name, ...facts });
    const [resting, objecting, guarded] = [await make('Hviler'), await make('Vil ikke'), await make('Beskyttet', { protected: true })];
    await app.owner.query(`update vn.relation set quarantined = true, quarantine_until = '2027-02-17' where company_id = $1`, [resting.id]);
    await app.owner.query('update vn.relation set objection = true, objection_asked = true where company_id = $1', [objecting.id]);
    const { body } = await add(anna, large, { lines: [resting, objecting, guarded, painter].map(({ cvr }) => cvr).join('\n') });
    await app.sweep();
    for (const person of [anna, camilla]) {
      const list = await read(person, body.id);
      const shown = [resting, objecting, guarded].map((company) => lineOf(list, company));
      // Nothing tells one reason from another.
      expect(new Set(shown.map(({ available, owner, because, can, contactedAt, seats }) => JSON.stringify({ available, owner, because, can, contactedAt, seats }))).size).toBe(1);
      expect(shown[0]).toMatchObject({ available: false, owner: null, can: { note: false, pass: false } });
      expect(lineOf(list, painter)).toMatchObject({ available: true, owner: { id: expect.any(String) } });
    }
    const line = lineOf(await read(camilla, body.id), resting);
    expect(await app.request(camilla).put(at(body.id, line, 'outcome'), { contacted: true }, seen(1))).toMatchObject({ status: 409, body: { code: 'company_not_available' } });
    expect((await app.owner.query(`select from vn.timeline_entry where company_id = any ($1) and kind = 'supplier.named'`, [[resting.id, objecting.id, guarded.id]])).rowCount).toBe(0);
    expect((await app.request(anna).get(`/api/companies/${painter.id}/timeline`)).body.items.map(({ kind }: { kind: string }) => kind)).toContain('supplier.named');
    await app.owner.query('update vn.relation set quarantined = false where company_id = $1', [resting.id]);
    await app.sweep();
    expect(lineOf(await read(anna, body.id), resting)).toMatchObject({ available: true, owner: { id: expect.any(String) } });
  });

  test('2.29 whoever has a company writes what happened, and gives it on with a reason; others do not', async () => {
    const { anna, karim, signe, free, emil, camilla, large, smith } = await ready();
    const { body } = await add(anna, large, { lines: smith.cvr });
    await app.sweep();
    const people = [anna, karim, signe, free];
    const line = lineOf(await read(anna, body.id), smith);
    const owner = ownerOf(line, people);
    const stranger = people.find(({ id }) => id !== owner.id) ?? free;
    expect(await app.request(stranger).put(at(body.id, line, 'outcome'), { contacted: true }, seen(1))).toMatchObject({ status: 403, body: { code: 'not_your_supplier' } });
    expect(await app.request(stranger).put(at(body.id, line, 'owner'), { person: stranger.id, reason: 'Jeg vil' }, seen(1))).toMatchObject({ status: 403 });
    expect(await app.request(owner).put(at(body.id, line, 'owner'), { person: emil.id, reason: 'Leder' }, seen(1))).toMatchObject({ status: 422, body: { code: 'not_consulting' } });
    expect(await app.request(owner).put(at(body.id, line, 'owner'), { person: stranger.id, reason: 'Kender branchen.' }, seen(1))).toMatchObject({
      status: 200,
      body: { owner: { id: stranger.id }, because: 'by_hand', byHandReason: 'Kender branchen.', can: { note: false } },
    });
    expect((await mailsTo(app, stranger.email)).map(({ subject }) => subject)).toContain('Nordmark Vind A/S har nævnt et firma til dig');
    expect(await app.request(stranger).put(at(body.id, line, 'outcome'), { contacted: true }, seen(2))).toMatchObject({
      status: 200,
      body: { contactedAt: expect.any(String), can: { match: false, pass: false } },
    });
    expect((await app.request(stranger).get('/api/suppliers')).body).toEqual([]);
    expect(await app.request(camilla).put(at(body.id, line, 'company'), { company: smith.id }, seen(3))).toMatchObject({ status: 409, body: { code: 'supplier_settled' } });
  });
});

describe('what may be said', () => {
  test('2.29 the introduction stands at the company for all schools, and on the card of whoever calls; withdrawn, it is gone everywhere', async () => {
    const { anna, karim, bo, ida, centre, large, smith, painter, contact, held } = await ready();
    const { body } = await add(anna, large, { lines: smith.cvr, introduction: 'Else Nordmark sagde, at vi skulle ringe.', contact, held });
    await app.sweep();
    const said = (person: { token: string }) => app.request(person).get(`/api/companies/${smith.id}/introductions`);
    expect((await said(karim)).body).toMatchObject([
      { from: { name: 'Nordmark Vind A/S' }, text: 'Else Nordmark sagde, at vi skulle ringe.', contact: 'Else Nordmark', held: { left: 5 }, on: '2026-11-17' },
    ]);
    expect((await said(ida)).body).toEqual([]);
    expect(await said(bo)).toMatchObject({ status: 403 });
    // A call agent reads it of a company that he holds, and of no other.
    const item = '01990000-0000-7000-8000-0000000000aa';
    const onCard = async (by: typeof bo) => (await inside(app, by, (client) => client.query('select vn.card_introductions($1) said', [item]))).rows[0].said;
    await app.owner.query(`begin; set local session_replication_role = replica;
      insert into vn.queue_item (centre_id, id, campaign_id, company_id, state, available_at, claimed_by, lease_no) values ('${centre.id}', '${item}', gen_random_uuid(), '${smith.id}', 'leased', now(), '${bo.id}', 1); commit`);
    expect(await onCard(bo)).toEqual([{ from: 'Nordmark Vind A/S', text: 'Else Nordmark sagde, at vi skulle ringe.' }]);
    expect(await onCard(anna)).toEqual([]);
    const version = (await read(anna, body.id)).version;
    expect(await app.request(anna).put(`/api/supplier-lists/${body.id}/withdrawal`, undefined, seen(version + 1))).toMatchObject({ status: 412 });
    expect(await app.request(karim).put(`/api/supplier-lists/${body.id}/withdrawal`, undefined, seen(version))).toMatchObject({
      status: 200,
      body: { withdrawnAt: expect.any(String), introduction: null, contact: null, held: { releasedAt: expect.any(String) }, can: { edit: false } },
    });
    expect((await said(karim)).body).toEqual([]);
    expect(await onCard(bo)).toEqual([]);
    expect((await app.owner.query(`select from vn.supplier_list where id = $1 and introduction is null and contact_id is null`, [body.id])).rowCount).toBe(1);
    const line = lineOf(await read(anna, body.id), smith);
    expect(line).toMatchObject({ can: { match: false, note: false, pass: false } });
    for (const answer of [
      await app.request(anna).post(`/api/supplier-lists/${body.id}/suppliers`, { lines: painter.cvr }),
      await app.request(anna).put(at(body.id, line, 'outcome'), { contacted: true }, seen(line.version)),
      await app.request(anna).put(`/api/supplier-lists/${body.id}`, { introduction: 'Igen' }, seen(version + 1)),
      await app.request(anna).put(`/api/supplier-lists/${body.id}/withdrawal`, undefined, seen(version + 1)),
    ])
      expect(answer).toMatchObject({ status: 409, body: { code: 'supplier_list_withdrawn' } });
    await expect(inside(app, anna, (client) => client.query(`update vn.supplier_list set withdrawn_at = null, withdrawn_by = null, introduction = 'x' where id = $1`, [body.id]))).rejects.toThrow(
      /withdrawn/,
    );
    for (const { id } of [anna, karim]) expect((await app.request({ token: id === anna.id ? anna.token : karim.token }).get('/api/suppliers')).body).toEqual([]);
  });
});

describe('held seats', () => {
  test('2.29 never more seats than are held, however many companies ask at once; what one gives back another can take', async () => {
    const { camilla, anna, centre, large, held } = await ready();
    const companies = [];
    for (let n = 0; n < 30; n += 1) companies.push(await makeCompany(app, [centre], { name: `Leverandør ${n}` }));
    const { body } = await add(anna, large, { lines: companies.map(({ cvr }) => cvr).join('\n'), held });
    await app.sweep();
    const { lines } = await read(camilla, body.id);
    const take = (line: Supplier, seats: number, version = line.version) => app.request(camilla).put(at(body.id, line, 'outcome'), { contacted: true, seats }, seen(version));
    const answers = await Promise.all(lines.map((line) => take(line, 1)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body: { code } }) => code))).toEqual(new Set(['seats_full']));
    expect((await read(camilla, body.id)).held).toMatchObject({ seats: 5, taken: 5 });
    const counted = await app.owner.query('select sum(seats)::int from vn.supplier where list_id = $1', [body.id]);
    expect(counted.rows[0].sum).toBe(5);
    const now = (await read(camilla, body.id)).lines;
    const has = now.find(({ seats }) => seats === 1) as Supplier;
    const wants = now.find(({ seats }) => seats === 0) as Supplier;
    expect(await take(has, 0)).toMatchObject({ status: 200 });
    expect(await take(wants, 2)).toMatchObject({ status: 409, body: { code: 'seats_full' } });
    expect(await take(wants, 1)).toMatchObject({ status: 200, body: { seats: 1 } });
    const write = async (seats: number) => app.request(anna).put(`/api/supplier-lists/${body.id}`, { introduction: 'Sig hej', held: { ...held, seats } }, seen((await read(anna, body.id)).version));
    expect(await write(4)).toMatchObject({ status: 409, body: { code: 'seats_taken' } });
    expect(await write(6)).toMatchObject({ status: 200, body: { introduction: 'Sig hej', held: { seats: 6, taken: 5 } } });
    // Straight into the database it is no different, and the count is nobody's to write.
    await expect(inside(app, camilla, (client) => client.query('update vn.supplier set seats = 3 where id = $1', [wants.id]))).rejects.toThrow(/supplier_seats_enough/);
    await expect(inside(app, camilla, (client) => client.query('update vn.supplier_list set seats_taken = 0 where id = $1', [body.id]))).rejects.toThrow(/permission denied/);
  });

  test('2.29 without the check the same run takes too many: it is what holds', async () => {
    const { anna, centre, large, held } = await ready();
    const companies = [await makeCompany(app, [centre]), await makeCompany(app, [centre])];
    const { body } = await add(anna, large, { lines: companies.map(({ cvr }) => cvr).join('\n'), held });
    const taken = (drop: string) =>
      app.owner
        .query(
          `begin; ${drop} select set_config('app.centre', '${centre.id}', true), set_config('app.now', '${app.clock.now().toISOString()}', true); update vn.supplier set seats = 4 where list_id = '${body.id}'`,
        )
        .then(
          () => 'too many',
          (error: Error) => error.message,
        )
        .finally(() => app.owner.query('rollback'));
    expect(await taken('')).toMatch(/supplier_seats_enough/);
    expect(await taken('alter table vn.supplier_list drop constraint supplier_seats_enough;')).toBe('too many');
  });

  test('2.29 seats are free once their day is over: at midnight for whoever asks, and for everybody when the house has seen it; a later day holds them again', async () => {
    const { anna, camilla, large, smith, painter, held } = await ready();
    const { body } = await add(anna, large, { lines: `${smith.cvr}\n${painter.cvr}`, held: { ...held, until: '2026-11-20' } });
    await app.sweep();
    const take = async (company: { id: string }, seats: number) => {
      const line = lineOf(await read(camilla, body.id), company);
      return app.request(camilla).put(at(body.id, line, 'outcome'), { contacted: true, seats }, seen(line.version));
    };
    app.clock.set('2026-11-20T23:59:00+01:00');
    await app.sweep();
    expect(await take(smith, 2)).toMatchObject({ status: 200 });
    app.clock.set('2026-11-21T00:00:10+01:00');
    expect(await take(painter, 1)).toMatchObject({ status: 409, body: { code: 'seats_not_held' } });
    expect((await read(anna, body.id)).held).toMatchObject({ releasedAt: null });
    await app.sweep();
    expect((await read(anna, body.id)).held).toMatchObject({ seats: 5, taken: 2, releasedAt: expect.any(String) });
    expect((await app.request(anna).get(`/api/companies/${painter.id}/introductions`)).body).toMatchObject([{ held: null }]);
    const { version } = await read(anna, body.id);
    expect(await app.request(anna).put(`/api/supplier-lists/${body.id}`, { introduction: 'Hej', held: { ...held, until: '2026-12-01' } }, seen(version))).toMatchObject({
      status: 200,
      body: { held: { releasedAt: null } },
    });
    expect(await take(painter, 3)).toMatchObject({ status: 200 });
    app.clock.set(morning);
  });
});

describe('seats of a list, held in a class', () => {
  /** A list with two companies that are passed on, and a class with room for six. */
  async function inClass() {
    const made = await ready();
    const { anna, karim, camilla, dorte, centre, large, smith, painter, held } = made;
    const course = (await app.request(dorte).post('/api/courses', { kind: 'amu', code: '40012', title: 'Svejsning', field: 'certificates', industries: [], awards: 'certificate' })).body.id;
    const held6 = (await app.request(dorte).post('/api/classes', { course, school: centre.schools.a, starts: '2027-01-11', ends: '2027-01-15', minimum: 2, maximum: 6 })).body.id as string;
    const list: string = (await add(anna, large, { lines: `${smith.cvr}\n${painter.cvr}`, held })).body.id;
    await app.sweep();
    const hold = async (by: TestPerson) => app.request(by).put(`/api/supplier-lists/${list}/class`, { class: held6 }, seen((await read(by, list)).version));
    const take = async (company: { id: string }, seats: number, by?: TestPerson) => {
      const line = lineOf(await read(camilla, list), company);
      return app.request(by ?? ownerOf(line, [anna, karim, made.signe, made.free])).post(at(list, line, 'seats'), { seats }, seen(line.version));
    };
    const counts = async () => (await app.request(dorte).get(`/api/classes/${held6}/seats`)).body.counts;
    return { ...made, list, class: held6, hold, take, counts };
  }

  test('2.29 the seats of a list are held in a class, and with a press a company of it takes them out of the hold, once', async () => {
    const { anna, camilla, smith, painter, list, class: id, hold, take, counts, centre } = await inClass();
    expect(await take(smith, 2)).toMatchObject({ status: 409, body: { code: 'seats_not_held' } });
    expect((await hold(anna)).status).toBe(403);
    expect(await hold(camilla)).toMatchObject({ status: 200, body: { held: { seats: 5, taken: 0, class: { id, title: 'Svejsning' } }, can: { hold: false } } });
    expect(await hold(camilla)).toMatchObject({ status: 409, body: { code: 'seats_in_class' } });
    expect(await counts()).toMatchObject({ held: 5, taken: 0, free: 1 });
    const taken = await take(smith, 2);
    expect(taken, taken.text).toMatchObject({ status: 200, body: { seats: 2, seated: true, contactedAt: expect.any(String), can: { note: false, seat: false } } });
    expect(await counts()).toMatchObject({ held: 3, taken: 2, free: 1 });
    expect((await read(camilla, list)).held).toMatchObject({ taken: 2 });
    expect(await take(smith, 1)).toMatchObject({ status: 409, body: { code: 'supplier_seated' } });
    const line = lineOf(await read(camilla, list), smith);
    expect(await app.request(camilla).put(at(list, line, 'outcome'), { contacted: true, seats: 1 }, seen(line.version))).toMatchObject({ status: 409, body: { code: 'supplier_seated' } });
    expect(await take(painter, 4)).toMatchObject({ status: 409, body: { code: 'seats_full' } });
    // A company that is found later is one of the list as well.
    const late = await makeCompany(app, [centre], { name: 'Ravn Smede' });
    await app.request(anna).post(`/api/supplier-lists/${list}/suppliers`, { lines: late.cvr });
    await app.sweep();
    expect(await take(late, 3)).toMatchObject({ status: 200, body: { seated: true } });
    expect(await counts()).toMatchObject({ held: 0, taken: 5, free: 1 });
  });

  test('2.29 of forty presses at once no more seats are taken than are held, and a withdrawn list lets the rest go', async () => {
    const { camilla, anna, dorte, smith, painter, list, hold, take, counts } = await inClass();
    await hold(camilla);
    const lines = (await read(camilla, list)).lines;
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => app.request(camilla).post(at(list, lines[n % 2] as Supplier, 'seats'), { seats: 3 }, seen(lines[n % 2]?.version ?? 0))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await counts()).toMatchObject({ held: 2, taken: 3 });
    expect([smith.id, painter.id]).toContain(answers.find(({ status }) => status === 200)?.body.company.id);
    expect((await app.request(anna).put(`/api/supplier-lists/${list}/withdrawal`, undefined, seen((await read(anna, list)).version))).status).toBe(200);
    expect(await counts()).toMatchObject({ held: 0, taken: 3, free: 3 });
    expect((await take(smith, 1, camilla)).status).toBe(409);
    await expect(inside(app, dorte, (client) => client.query(`select vn.end_supplier_hold('${list}')`))).rejects.toThrow(/forbidden/);
  });

  test('2.29 nobody but whoever has the company takes its seats, and too few free seats are not held', async () => {
    const { camilla, dorte, smith, list, class: id, hold, take, centre, signe, free, karim, anna } = await inClass();
    const other = await makeCompany(app, [centre]);
    await app.request(camilla).post(`/api/classes/${id}/seats`, { company: other.id, heads: 2 });
    expect(await hold(camilla)).toMatchObject({ status: 409, body: { code: 'class_full' } });
    const [seat] = (await app.request(camilla).get(`/api/classes/${id}/seats`)).body.seats;
    await app.request(camilla).post(`/api/seats/${seat.id}/withdraw`, { because: 'Plads' });
    expect((await hold(camilla)).status).toBe(200);
    const line = lineOf(await read(camilla, list), smith);
    const not = [anna, karim, signe, free].find(({ id: person }) => person !== line.owner?.id) as TestPerson;
    expect(await take(smith, 1, not)).toMatchObject({ status: 403, body: { code: 'not_your_supplier' } });
    expect((await take(smith, 1, dorte)).status).toBe(403);
    await expect(inside(app, not, (client) => client.query(`select vn.take_supplier_seats('${line.id}', ${line.version}, gen_random_uuid(), 1)`))).rejects.toThrow(/forbidden/);
  });
});
