import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';

const app = await testApp();
const facts = { name: 'Klippekort', units: 10, price: 950_000, vat: 25, validFrom: '2026-11-01', validTo: '2027-10-31' };
const about = 'Plan for oplæring';
const day = '2026-11-17';

/** A centre with a card that school A sold and B has agreed to honour; C knows nothing. */
async function withCard(change: object = {}) {
  const made = await makeCentre(app);
  const { centre, dorte, emil } = made;
  const company = await makeCompany(app, [centre]);
  const sold = await app.request(dorte).post('/api/punch-cards', { ...facts, school: centre.schools.a, company: company.id, schools: [centre.schools.b], ...change });
  expect(sold, sold.text).toMatchObject({ status: 201 });
  const card: string = sold.body.id;
  expect((await app.request(emil).put(`/api/punch-cards/${card}/answer`, { agreed: true })).status).toBe(200);
  const bente = await makePerson(app, 'Bente', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
  const draw = (by: TestPerson, body: object = {}) => app.request(by).post(`/api/punch-cards/${card}/uses`, { entry: randomUUID(), school: by.schoolId, units: 1, about, day, ...body });
  const read = async (by = dorte) => (await app.request(by).get(`/api/punch-cards/${card}`)).body;
  return { ...made, company, card, bente, draw, read };
}
const statuses = (answers: readonly { status: number }[]) => Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]));

describe('punch cards', () => {
  test('4.06 a company draws prepaid assistance: bought, used, moved to another purpose, given back with the reason', async () => {
    const { card, anna, draw, read } = await withCard();
    const used = await draw(anna, { units: 3 });
    expect(used, used.text).toMatchObject({ status: 201, body: { balance: 7, priceWithVat: 1_187_500, state: 'open', honouring: [{ state: 'agreed' }] } });
    const use = used.body.entries[0];
    expect(use).toMatchObject({ kind: 'used', units: -3, balance: 7, amount: 285_000, about, by: 'Anna', can: { change: true } });
    const change = (what: 'moves' | 'returns', body: object) => app.request(anna).post(`/api/punch-cards/${card}/${what}`, { entry: randomUUID(), use: use.id, ...body });
    expect(await change('moves', { about: 'Lageret i stedet' })).toMatchObject({ status: 201, body: { balance: 7 } });
    expect((await change('returns', { because: '  ' })).status).toBe(400);
    expect(await change('returns', { because: 'Aflyst' })).toMatchObject({ status: 201, body: { balance: 10 } });
    expect(await change('returns', { because: 'Aflyst' })).toMatchObject({ status: 409, body: { code: 'punch_use_gone' } });
    expect(await change('moves', { about: 'Igen' })).toMatchObject({ status: 409, body: { code: 'punch_use_gone' } });
    expect((await read()).entries.map(({ kind, units, balance }: Record<string, unknown>) => [kind, units, balance])).toEqual([
      ['given_back', 3, 10],
      ['moved', 0, 7],
      ['used', -3, 7],
      ['bought', 10, 10],
    ]);
  });

  test('4.06 two hundred draws by forty senders at once on fifty units: fifty are drawn, the balance is never below zero, and together they cost the price to the øre', async () => {
    const { card, anna, bente, draw, read } = await withCard({ units: 50, price: 100_003 });
    const sender = async (at: number) => {
      const got: Awaited<ReturnType<typeof draw>>[] = [];
      for (let each = 0; each < 5; each += 1) got.push(await draw(at % 2 === 0 ? anna : bente));
      return got;
    };
    const answers = (await Promise.all(Array.from({ length: 40 }, (_, at) => sender(at)))).flat();
    expect(statuses(answers)).toEqual({ 201: 50, 409: 150 });
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('punch_card_empty');
    expect(await read()).toMatchObject({ balance: 0, state: 'empty' });
    const { rows } = await app.owner.query('select min(balance) least, sum(units) units, sum(amount) amount from vn.punch_card_entry where card_id = $1', [card]);
    expect(rows[0]).toEqual({ least: 0, units: '0', amount: '100003' });
  });

  test('4.06 the same attack goes wrong where the CHECK is gone: it is the CHECK that holds', async () => {
    const { bente, anna, draw, read } = await withCard({ units: 5 });
    await app.owner.query('alter table vn.punch_card drop constraint punch_card_balance');
    try {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => draw(at % 2 === 0 ? anna : bente)));
      expect(statuses(answers)).toEqual({ 201: 20 });
      const { rows } = await app.owner.query('select min(balance) least from vn.punch_card_entry');
      expect(rows[0].least).toBe(-15);
    } finally {
      await app.owner.query(`alter table vn.punch_card add constraint punch_card_balance check (balance >= 0) not valid`);
    }
    expect((await draw(anna)).status).toBe(409);
    expect((await read()).entries).toHaveLength(21);
  });

  test('4.06 one key sent twenty times at once draws once, and means one thing', async () => {
    const { anna, bente, draw, read } = await withCard();
    const entry = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => draw(anna, { entry, units: 2 })));
    expect(statuses(answers)).toEqual({ 201: 20 });
    expect(await read()).toMatchObject({ balance: 8 });
    expect(await draw(anna, { entry, units: 3 })).toMatchObject({ status: 409, body: { code: 'punch_entry_differs' } });
    expect(await draw(bente, { entry, units: 2 })).toMatchObject({ status: 409, body: { code: 'punch_entry_differs' } });
  });

  test('4.06 a key of one card cannot be used on another', async () => {
    const first = await withCard();
    const entry = randomUUID();
    expect((await first.draw(first.anna, { entry })).status).toBe(201);
    const sold = await app.request(first.dorte).post('/api/punch-cards', { ...facts, school: first.centre.schools.a, company: first.company.id });
    expect(await app.request(first.anna).post(`/api/punch-cards/${sold.body.id}/uses`, { entry, school: first.centre.schools.a, units: 1, about, day })).toMatchObject({
      status: 409,
      body: { code: 'punch_entry_differs' },
    });
  });

  test('4.06 bad input is refused: units, prices, VAT, reasons, days, schools', async () => {
    const { centre, other, dorte, company, anna, draw } = await withCard();
    const sell = (body: object, by = dorte) => app.request(by).post('/api/punch-cards', { ...facts, school: centre.schools.a, company: company.id, ...body });
    for (const body of [
      { units: -1 },
      { units: 0 },
      { units: 1001 },
      { units: 2.5 },
      { price: -1 },
      { price: 9500.5 },
      { price: '9500' },
      { price: 100_000_001 },
      { price: 0 },
      { price: 0, freeBecause: '  ' },
      { freeBecause: 'Gave' },
      { vat: 12 },
      { vat: 24 },
      { vat: -25 },
      { vat: 0.25 },
      { validTo: '2026-10-31' },
      { validFrom: '2026-02-30' },
      { name: ' ' },
      { school: other.schools.g },
      { schools: [other.schools.g] },
      { schools: [centre.schools.a] },
      { schools: [centre.schools.b, centre.schools.b] },
    ])
      expect((await sell(body)).status, JSON.stringify(body)).toBe(400);
    expect(await sell({ price: 0, freeBecause: 'Gave til et nyt firma' })).toMatchObject({ status: 201, body: { price: 0, freeBecause: 'Gave til et nyt firma' } });
    const strange = await makeCompany(app, [other]);
    expect(await sell({ company: strange.id })).toMatchObject({ status: 422, body: { code: 'company_unknown' } });
    expect(await sell({ school: centre.schools.b })).toMatchObject({ status: 403, body: { code: 'punch_card_not_yours' } });
    for (const body of [{ units: 0 }, { units: -1 }, { units: 1.5 }, { about: '' }, { day: '17.11.2026' }]) expect((await draw(anna, body)).status, JSON.stringify(body)).toBe(400);
    expect(await draw(anna, { units: 11 })).toMatchObject({ status: 409, body: { code: 'punch_card_empty' } });
  });

  test('4.06 a card is used on its days alone; an expired one no more, not even with an earlier day', async () => {
    const { anna, draw, card } = await withCard({ validFrom: '2026-11-10', validTo: '2026-11-17' });
    for (const each of ['2026-11-09', '2026-11-18', '2026-11-19']) expect(await draw(anna, { day: each }), each).toMatchObject({ status: 422, body: { code: 'punch_card_not_valid' } });
    expect((await draw(anna, { day: '2026-11-10' })).status).toBe(201);
    await app.owner.query(`update vn.punch_card set valid_to = '2026-11-16' where id = $1`, [card]);
    expect(await draw(anna, { day: '2026-11-11' })).toMatchObject({ status: 422, body: { code: 'punch_card_not_valid' } });
  });

  test('4.06 a school honours a card only once its own manager has said so, and no more once it is taken back', async () => {
    const { centre, dorte, emil, camilla, card, bente, draw } = await withCard();
    const answer = (by: TestPerson, agreed: boolean) => app.request(by).put(`/api/punch-cards/${card}/answer`, { agreed });
    expect(await answer(dorte, true)).toMatchObject({ status: 403, body: { code: 'punch_card_not_yours' } });
    expect((await answer(camilla, true)).status).toBe(403);
    expect(await answer(emil, false)).toMatchObject({ status: 200, body: { honouring: [{ state: 'declined' }], can: { useAt: [], answer: true } } });
    expect(await draw(bente)).toMatchObject({ status: 422, body: { code: 'punch_card_not_honoured' } });
    expect(await draw(camilla, { school: centre.schools.b })).toMatchObject({ status: 422, body: { code: 'punch_card_not_honoured' } });
    expect(await draw(bente, { school: centre.schools.a })).toMatchObject({ status: 403, body: { code: 'punch_card_not_yours' } });
    expect(await draw(camilla, { school: centre.schools.a })).toMatchObject({ status: 201 });
  });

  test('4.06 other schools do not know that the card exists', async () => {
    const { centre, card, draw, ida, anna, emil, camilla, company } = await withCard();
    const cora = await makePerson(app, 'Cora', ['consultant', 'manager'], { centreId: centre.id, schoolId: centre.schools.c });
    for (const stranger of [cora, ida]) {
      expect((await app.request(stranger).get('/api/punch-cards')).body).toEqual([]);
      for (const path of ['', '/statement.csv', '/statement.pdf']) expect((await app.request(stranger).get(`/api/punch-cards/${card}${path}`)).status).toBe(404);
      expect((await draw(stranger, { school: stranger.schoolId ?? centre.schools.c })).status).toBe(404);
    }
    expect((await app.request(cora).put(`/api/punch-cards/${card}/answer`, { agreed: true })).status).toBe(404);
    for (const reader of [anna, emil, camilla]) expect((await app.request(reader).get(`/api/punch-cards?company=${company.id}`)).body).toHaveLength(1);
  });

  test('4.06 inside the database too: the balance is nobody’s to write, the ledger cannot be changed, and nobody agrees for another school', async () => {
    const { centre, card, anna, dorte, emil, draw } = await withCard();
    await draw(anna);
    const tries: [TestPerson, string][] = [
      [dorte, `update vn.punch_card set balance = 10 where id = '${card}'`],
      [dorte, `update vn.punch_card set price = 1 where id = '${card}'`],
      [dorte, `update vn.punch_card_entry set units = 0 where card_id = '${card}'`],
      [dorte, `delete from vn.punch_card_entry where card_id = '${card}'`],
      [
        dorte,
        `insert into vn.punch_card_entry (centre_id, id, card_id, kind, units, about, school_id, day, by_id, at) values ('${centre.id}', gen_random_uuid(), '${card}', 'used', -1, 'x', '${centre.schools.b}', '2026-11-17', '${dorte.id}', now())`,
      ],
      [dorte, `insert into vn.punch_card_school (centre_id, card_id, school_id) values ('${centre.id}', '${card}', '${centre.schools.c}')`],
    ];
    for (const [who, statement] of tries)
      await expect(
        inside(app, who, (client) => client.query(statement)),
        statement,
      ).rejects.toMatchObject({ code: '42501' });
    const agreed = `update vn.punch_card_school set state = 'agreed', answered_by = $1, answered_at = now() where card_id = $2`;
    expect((await inside(app, dorte, (client) => client.query(agreed, [dorte.id, card]))).rowCount).toBe(0);
    expect((await inside(app, emil, (client) => client.query(agreed, [emil.id, card]))).rowCount).toBe(1);
    await expect(app.owner.query('update vn.punch_card_entry set about = about where card_id = $1', [card])).rejects.toMatchObject({ code: 'VN009' });
  });

  test('4.06 whatever is used and given back in which order, the uses of an empty card cost its price exactly', async () => {
    const { card, anna, bente, draw, read } = await withCard({ units: 7, price: 100_000 });
    const back = (by: TestPerson, use: string) => app.request(by).post(`/api/punch-cards/${card}/returns`, { entry: randomUUID(), use, because: 'Aflyst' });
    const first = (await draw(anna, { units: 2 })).body.entries[0];
    await draw(bente, { units: 3 });
    const last = (await draw(anna, { units: 2 })).body.entries[0];
    expect([first.amount, last.amount]).toEqual([28_570, 28_575]);
    await back(anna, first.id);
    await draw(bente, { units: 1 });
    await back(anna, last.id);
    await draw(bente, { units: 3 });
    expect((await read()).balance).toBe(0);
    const { rows } = await app.owner.query('select sum(amount) amount from vn.punch_card_entry where card_id = $1', [card]);
    expect(rows[0].amount).toBe('100000');
  });

  test('4.06 a use at another school is owed by the seller: list, table and PDF for the two schools and the coordinator, not for a third', async () => {
    const { centre, card, anna, bente, emil, dorte, camilla, draw } = await withCard();
    await draw(anna, { units: 1 });
    const use = (await draw(bente, { units: 3, day: '2026-11-16' })).body.entries[0];
    await app.request(bente).post(`/api/punch-cards/${card}/moves`, { entry: randomUUID(), use: use.id, about: 'Lageret' });
    const cora = await makePerson(app, 'Cora', ['manager'], { centreId: centre.id, schoolId: centre.schools.c });
    const settled = async (by: TestPerson, query = '') => (await app.request(by).get(`/api/punch-card-settlements${query}`)).body;
    for (const reader of [dorte, emil, camilla])
      expect(await settled(reader)).toMatchObject({
        from: '2026-11-01',
        to: '2026-11-17',
        pairs: [{ from: { name: 'Skole A' }, to: { name: 'Skole B' }, units: 3, amount: 285_000, withVat: 356_250, lines: [{ about: 'Lageret', day: '2026-11-16' }] }],
      });
    expect((await settled(cora)).pairs).toEqual([]);
    expect((await settled(dorte, '?from=2026-12-01&to=2026-12-31')).pairs).toEqual([]);
    expect(await app.request(dorte).get('/api/punch-card-settlements?from=2026-12-01&to=2026-11-01')).toMatchObject({ status: 422, body: { code: 'days_reversed' } });
    expect((await app.request(camilla).get('/api/punch-card-settlements.csv')).text).toContain('Skole A;Skole B;2026-11-16;Klippekort;Bjergager Smede;Lageret;3;2850,00;25;3562,50');
    await app.request(bente).post(`/api/punch-cards/${card}/returns`, { entry: randomUUID(), use: use.id, because: 'Aflyst' });
    expect(await settled(emil)).toMatchObject({ pairs: [{ units: 0, amount: 0, withVat: 0 }] });
  });

  test('4.06 the statement of a card is a table and a PDF that are made without network', async () => {
    const { card, anna, draw } = await withCard();
    await draw(anna, { units: 2, about: '=Ære, øre og ål' });
    const table = await app.request(anna).get(`/api/punch-cards/${card}/statement.csv`);
    expect(table.text).toContain(`2026-11-17;Brugt;-2;8;1900,00;'=Ære, øre og ål;Skole A`);
    for (const address of [`/api/punch-cards/${card}/statement.pdf`, '/api/punch-card-settlements.pdf']) {
      const { status, text, headers } = await app.request(anna).get(address);
      expect([status, headers['content-type'], text.slice(0, 5), text.trimEnd().slice(-5)]).toEqual([200, 'application/pdf', '%PDF-', '%%EOF']);
      expect(text).toContain('Roboto');
    }
  });

  test('4.06 X.5 behind its link a company reads its cards – balance, days, the last five entries – and fetches the statement; nobody of the schools, and no other company’s', async () => {
    const { card, anna, draw, centre, company, dorte } = await withCard();
    for (let each = 1; each <= 6; each += 1) await draw(anna, { about: `Formål ${each}` });
    const contact = await makeContact(app, centre, company, 'Preben');
    const email = `preben-${card.slice(0, 8)}@bjergager.example`;
    await app.owner.query('update vn.contact set email = $2 where id = $1', [contact, email]);
    await app.request(anna).put(`/api/companies/${company.id}/contact-person`, { person: anna.id }, seen(0));
    await app.request(anna).post(`/api/companies/${company.id}/pages`, { contact, saidYes: true });
    const token = /company#([\w-]{43})/.exec((await mailsTo(app, email)).at(-1)?.text ?? '')?.[1] ?? '';
    const own = await app.request(null).post('/api/company-page/punch-cards', { token });
    expect(own, own.text).toMatchObject({ status: 200, body: [{ id: card, school: 'Skole A', honouredBy: ['Skole B'], units: 10, balance: 4, validTo: '2027-10-31', state: 'open' }] });
    expect(own.body[0].entries.map((entry: { about: string }) => entry.about)).toEqual([6, 5, 4, 3, 2].map((each) => `Formål ${each}`));
    expect(own.text).not.toContain('Anna');
    const pdf = (id: string, by = token) => app.request(null).post(`/api/company-page/punch-cards/${id}/statement.pdf`, { token: by });
    const file = await pdf(card);
    expect([file.status, file.headers['content-type'], file.text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    const other = await makeCompany(app, [centre]);
    const theirs = (await app.request(dorte).post('/api/punch-cards', { ...facts, school: centre.schools.a, company: other.id })).body.id;
    expect((await pdf(theirs)).status).toBe(404);
    expect((await pdf(card, 'a'.repeat(43))).status).toBe(410);
    expect((await app.request(null).post('/api/company-page/punch-cards', { token: 'a'.repeat(43) })).status).toBe(410);
  });
});
