import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo } from '../../../../tests/support/ask.ts';
import { anotherPage, withPage } from '../../../../tests/support/company-pages.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { makeClass, makeCourse } from '../../../../tests/support/offers.ts';
import type { OwnTraining, TrainingRight } from './contract.ts';

const app = await testApp();
const agreement = { name: 'Ret til uddannelse', days: 14, firstDay: '2026-01-01', lastDay: '2026-12-31', carries: false, advance: 0, remindDays: 60 };
const competence = { ...agreement, name: 'Kompetencedage', days: 5, carries: true };

/** A company with a leader on its page, people in two teams and one kind of days. */
async function made({ people = { Lager: 6, Kontor: 2 } as Record<string, number>, right = agreement as object, language = 'da' } = {}) {
  app.clock.set('2026-11-17T09:00:00+01:00');
  const it = await withPage(app, { language });
  for (const [team, count] of Object.entries(people)) expect((await it.ask('employees', { team, names: Array.from({ length: count }, (_, at) => `${team} ${at}`) })).status).toBe(200);
  const written = await it.ask('training-rights', right);
  expect(written.status, written.text).toBe(200);
  const read = async () => (await it.ask('training-days')).body as OwnTraining;
  const page = written.body as OwnTraining;
  const first = page.rights[0] as TrainingRight;
  const who = (name: string) => page.employees.find((each) => each.name === name)?.id ?? '';
  const book = (names: string[], days: number, over: object = {}) => it.ask('training-days/book', { right: first.id, employees: names.map(who), days, day: '2026-11-17', about: 'Svejsning', ...over });
  const totals = (by = it.anna) => app.request(by).get(`/api/companies/${it.company.id}/training-days`);
  return { ...it, right: first.id, version: first.version, read, who, book, totals };
}
const right = (page: OwnTraining) => page.rights[0] as TrainingRight;
const accountOf = (page: OwnTraining, name: string) => right(page).accounts.find((each) => each.name === name);

describe('training days', () => {
  test('4.18 AC18: 14 days and five competence days each; used and left of every employee and team, halves too', async () => {
    const { ask, book, read } = await made();
    expect((await ask('training-rights', competence)).status).toBe(200);
    expect(await book(['Lager 0', 'Lager 1'], 3.5)).toMatchObject({ status: 200 });
    const page = await read();
    expect(page.rights.map(({ name, days, state }) => [name, days, state])).toEqual([
      ['Kompetencedage', 5, 'running'],
      ['Ret til uddannelse', 14, 'running'],
    ]);
    const [five, fourteen] = page.rights as [TrainingRight, TrainingRight];
    expect(fourteen.teams).toEqual([
      { team: 'Kontor', people: 2, entitled: 28, used: 0, left: 28 },
      { team: 'Lager', people: 6, entitled: 84, used: 7, left: 77 },
    ]);
    expect(five.teams.map(({ team, left }) => [team, left])).toEqual([
      ['Kontor', 10],
      ['Lager', 30],
    ]);
    expect(fourteen.accounts.find(({ name }) => name === 'Lager 1')).toMatchObject({ entitled: 14, used: 3.5, left: 10.5 });
    expect(fourteen.entries.map(({ name, days, about }) => [name, days, about]).toSorted()).toEqual([
      ['Lager 0', 3.5, 'Svejsning'],
      ['Lager 1', 3.5, 'Svejsning'],
    ]);
  });

  test('4.18 never more than there is, unless days may be used in advance; several are booked all or none; a day outside the period is refused', async () => {
    const { ask, book, read, right: id, version, who } = await made();
    expect((await book(['Lager 0'], 13.5)).status).toBe(200);
    expect(await book(['Lager 0', 'Lager 1'], 1)).toMatchObject({ status: 409, body: { code: 'not_enough_days' } });
    expect(accountOf(await read(), 'Lager 1')).toMatchObject({ used: 0 });
    for (const days of [0.3, 0, -1]) expect((await book(['Lager 0'], days)).status, `${days}`).toBe(400);
    expect((await book([], 1)).status).toBe(400);
    expect((await book(['Lager 0'], 1, { about: '' })).status).toBe(400);
    expect(await book(['Lager 0'], 0.5, { day: '2027-01-02' })).toMatchObject({ status: 422, body: { code: 'day_outside' } });
    expect(await ask('training-days/book', { right: id, employees: [randomUUID()], days: 1, day: '2026-11-17', about: 'x' })).toMatchObject({ status: 404, body: { code: 'right_unknown' } });
    // Fewer than somebody has used cannot become the rule; days in advance can.
    const write = (over: object, seenVersion: number) => ask('training-rights', { right: { id, version: seenVersion }, ...agreement, ...over });
    expect(await write({ days: 13 }, version)).toMatchObject({ status: 409, body: { code: 'used_more' } });
    expect(await write({ firstDay: '2026-12-01' }, version)).toMatchObject({ status: 409, body: { code: 'days_outside' } });
    expect(await write({ advance: 2 }, version)).toMatchObject({ status: 200 });
    expect(await write({ advance: 3 }, version)).toMatchObject({ status: 409, body: { code: 'right_changed' } });
    expect((await book(['Lager 0'], 2.5)).status).toBe(200);
    expect(accountOf(await read(), 'Lager 0')).toMatchObject({ used: 16, left: -2 });
    expect(await book(['Lager 0'], 0.5)).toMatchObject({ status: 409 });
    expect(await ask('training-rights/remove', { right: id })).toMatchObject({ status: 409, body: { code: 'right_in_use' } });
    expect(who('Lager 0')).not.toBe('');
  });

  test('4.18 forty bookings at once use exactly what there is, and the account is the sum of its ledger', async () => {
    const { book, read, right: id, who } = await made({ people: { Lager: 2 } });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => book(at % 2 ? ['Lager 0', 'Lager 1'] : ['Lager 1', 'Lager 0'], 1)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(14);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(26);
    expect(right(await read()).accounts.map(({ used, left }) => [used, left])).toEqual([
      [14, 0],
      [14, 0],
    ]);
    const { rows } = await app.owner.query('select sum(days)::float days from vn.training_entry where right_id = $1 and employee_id = $2', [id, who('Lager 0')]);
    expect(rows[0].days).toBe(14);
    // Past the functions too: the CHECK of the account refuses.
    await expect(app.owner.query('update vn.training_account set used = 14.5 where right_id = $1', [id])).rejects.toMatchObject({ constraint: 'training_account_enough' });
    await expect(app.owner.query('update vn.training_entry set days = 1 where right_id = $1', [id])).rejects.toMatchObject({ code: 'VN009' });
  });

  test('4.18 employees who go, rights that come and go, and days that are booked at the same time: each is done or refused, and no booked day is lost', async () => {
    const { ask, book, read, who, right: first } = await made({ people: { Lager: 12 } });
    const names = Array.from({ length: 12 }, (_, at) => `Lager ${at}`);
    const answers = await Promise.all([
      ...names.flatMap((name) => [ask('training-rights', { ...agreement, name: `Ret ${name}` }), ask('employees/remove', { employee: who(name) }), book([name], 1)]),
      ...names.map((name) => ask('employees', { team: 'Lager', names: [`Ny ${name}`] })),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const booked = answers.filter((_answer, at) => at < 36 && at % 3 === 2).filter(({ status }) => status === 200).length;
    const { rows } = await app.owner.query('select coalesce(sum(days), 0)::int days from vn.training_entry where right_id = $1', [first]);
    expect(rows[0].days).toBe(booked);
    const { rights } = await read();
    const gone = await Promise.all([...rights.map(({ id }) => ask('training-rights/remove', { right: id })), ...names.map((name) => ask('employees', { team: 'Værksted', names: [`Også ${name}`] }))]);
    expect(gone.filter(({ status }) => status >= 500)).toEqual([]);
  });

  test('4.18 a booking is undone by an entry against it, once, also when several press', async () => {
    const { ask, book, read } = await made();
    await book(['Lager 0'], 2);
    const [entry] = right(await read()).entries;
    const undo = () => ask('training-days/undo', { entry: entry?.id });
    const answers = await Promise.all([undo(), undo(), undo()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const page = await read();
    expect(accountOf(page, 'Lager 0')).toMatchObject({ used: 0, left: 14 });
    expect(
      right(page)
        .entries.map(({ days, state }) => [days, state])
        .toSorted(),
    ).toEqual([
      [-2, 'counter'],
      [2, 'undone'],
    ]);
    expect(await ask('training-days/undo', { entry: randomUUID() })).toMatchObject({ status: 404, body: { code: 'entry_unknown' } });
  });

  test('4.18 days are booked on a class in which the company has a seat, and on no other', async () => {
    const { book, read, centre, company, anna } = await made();
    const course = await makeCourse(app, centre.id, { title: 'Gaffeltruck B' });
    const id = await makeClass(app, { centre: centre.id, course, school: centre.schools.a, starts: '2026-12-07', ends: '2026-12-09' });
    expect((await app.request(anna).post(`/api/classes/${id}/seats`, { company: company.id, heads: 2 })).status).toBe(201);
    const [seat] = (await read()).seats;
    expect(seat).toMatchObject({ title: 'Gaffeltruck B', starts: '2026-12-07' });
    expect(await book(['Lager 0'], 3, { seat: seat?.id, about: '', day: '2026-12-07' })).toMatchObject({ status: 200 });
    expect(right(await read()).entries[0]).toMatchObject({ about: 'Gaffeltruck B', days: 3 });
    expect(await book(['Lager 0'], 3, { seat: randomUUID() })).toMatchObject({ status: 422, body: { code: 'seat_not_yours' } });
  });

  test('4.18 the next period begins when the old one is over: what is left goes along where it may, what was used in advance always does, and the old one stands', async () => {
    const { ask, book, read, right: id } = await made({ right: { ...competence, advance: 2 }, people: { Lager: 2 } });
    await book(['Lager 0'], 3);
    await book(['Lager 1'], 6.5);
    expect(await ask('training-rights/renew', { right: id })).toMatchObject({ status: 409, body: { code: 'right_running' } });
    app.clock.set('2027-01-04T09:00:00+01:00');
    expect(right(await read()).state).toBe('over');
    expect((await ask('training-rights/renew', { right: id })).status).toBe(200);
    const page = await read();
    const next = right(page);
    expect([next.firstDay, next.lastDay, next.state]).toEqual(['2027-01-01', '2027-12-31', 'running']);
    expect(next.accounts.map(({ name, carried, entitled, left }) => [name, carried, entitled, left])).toEqual([
      ['Lager 0', 2, 7, 7],
      ['Lager 1', -1.5, 3.5, 3.5],
    ]);
    expect(page.rights[1]).toMatchObject({ id, state: 'closed' });
    expect(await ask('training-rights/renew', { right: id })).toMatchObject({ status: 409, body: { code: 'right_closed' } });
    expect(await book(['Lager 0'], 0.5, { day: '2026-12-30' })).toMatchObject({ status: 409, body: { code: 'right_closed' } });
    const strict = await made({ people: { Lager: 1 } });
    app.clock.set('2027-01-04T09:00:00+01:00');
    await strict.ask('training-rights/renew', { right: strict.right });
    expect(right(await strict.read()).accounts).toMatchObject([{ carried: 0, entitled: 14 }]);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('4.18 whoever leaves is forgotten by name at once; used days still count in the team; whoever comes gets the days of what runs', async () => {
    const { ask, book, read, who } = await made();
    await book(['Lager 0'], 4);
    expect((await ask('employees/remove', { employee: who('Lager 0') })).status).toBe(200);
    expect((await ask('employees/remove', { employee: who('Lager 1') })).status).toBe(200);
    expect(await ask('employees/remove', { employee: who('Lager 0') })).toMatchObject({ status: 404, body: { code: 'employee_unknown' } });
    const page = await read();
    expect(right(page).teams.find(({ team }) => team === 'Lager')).toEqual({ team: 'Lager', people: 4, entitled: 60, used: 4, left: 56 });
    const { rows } = await app.owner.query(`select count(*)::int n from vn.employee where name in ('Lager 0', 'Lager 1') and id = any ($1)`, [[who('Lager 0'), who('Lager 1')]]);
    expect(rows[0].n).toBe(0);
    const added = (await ask('employees', { team: 'Lager', names: ['Ny Mand'] })).body as OwnTraining;
    expect(accountOf(added, 'Ny Mand')).toMatchObject({ entitled: 14, left: 14 });
    const id = added.employees.find(({ name }) => name === 'Ny Mand')?.id;
    expect((await ask('employees/write', { employee: id, name: 'Ny Kvinde', team: 'Kontor' })).body.employees).toContainEqual({ id, name: 'Ny Kvinde', team: 'Kontor' });
  });

  test('4.18 names stay in the company: a shop steward reads nothing, another company nothing, staff of the centre sums from the threshold on and no row', async () => {
    const it = await made({ people: { Lager: 7, Montage: 6, Kontor: 2, Chauffør: 3 } });
    await it.book(['Lager 0', 'Lager 1', 'Lager 2', 'Lager 3', 'Lager 4'], 2);
    await it.book(['Montage 0'], 9);
    const steward = await anotherPage(app, it, { role: 'shop_steward' });
    expect((await steward.ask('training-days')).body).toEqual({ leader: false, today: null, employees: [], rights: [], seats: [] });
    expect(await steward.ask('employees', { team: 'x', names: ['x'] })).toMatchObject({ status: 410 });
    const stranger = await withPage(app);
    expect(await stranger.ask('training-days/book', { right: it.right, employees: [it.who('Lager 0')], days: 1, day: '2026-11-17', about: 'x' })).toMatchObject({ status: 404 });
    expect(await stranger.ask('employees/remove', { employee: it.who('Lager 0') })).toMatchObject({ status: 404 });
    expect((await stranger.ask('training-days')).body).toMatchObject({ leader: true, employees: [], rights: [] });
    for (const reader of [it.anna, it.dorte, it.camilla, it.karim]) {
      const answer = await it.totals(reader);
      expect(answer, answer.text).toMatchObject({
        status: 200,
        body: {
          threshold: 5,
          rights: [
            {
              days: 14,
              teams: [
                { team: 'Lager', people: 7, entitled: 98, used: null, left: null },
                { team: 'Montage', people: 6, used: null },
              ],
              total: { people: 18, used: 19, left: 233 },
            },
          ],
        },
      });
      expect(answer.text).not.toMatch(/Kontor|Chauffør|Lager \d/);
    }
    expect((await it.totals(it.ida)).status).toBe(404);
    for (const table of ['employee', 'training_right', 'training_account', 'training_entry']) {
      for (const who of [it.anna, it.camilla]) {
        expect((await inside(app, who, (client) => client.query(`select centre_id from vn.${table}`))).rowCount, table).toBe(0);
        await expect(
          inside(app, who, (client) => client.query(`select * from vn.${table}`)),
          table,
        ).rejects.toMatchObject({ code: '42501' });
      }
    }
    await expect(inside(app, it.camilla, (client) => client.query('select vn.training_reminders()'))).rejects.toMatchObject({ code: '42501' });
  });

  test('4.18 the leader is told once, in the company’s language, when much is left as the period nears its end; not when little is, and not whoever wants no mail', async () => {
    const { email, totals } = await made({ people: { Lager: 2 }, language: 'en' });
    const silent = await made({ people: { Lager: 2 } });
    await silent.ask('mail', { mail: false });
    const little = await made({ people: { Lager: 1 } });
    await little.book(['Lager 0'], 11);
    const early = await made({ people: { Lager: 1 }, right: { ...agreement, remindDays: 30 } });
    for (const each of ['2026-11-17T09:00:00+01:00', '2026-11-18T09:00:00+01:00']) {
      app.clock.set(each);
      await app.sweep();
    }
    const told = async (to: string) => (await mailsTo(app, to)).filter(({ subject }) => /training days|uddannelsesdage/.test(subject));
    const [mail, ...more] = await told(email);
    expect(more).toEqual([]);
    expect(mail?.text).toMatch(/has 28 of 28 days left of “Ret til uddannelse”\. 2 employees have days left\.[\s\S]*31 December 2026/);
    expect(mail?.text).not.toContain('Lager 0');
    for (const other of [silent, little, early]) expect(await told(other.email)).toEqual([]);
    app.clock.set('2026-12-02T09:00:00+01:00');
    await app.sweep();
    expect(await told(early.email)).toHaveLength(1);
    expect((await totals()).status).toBe(401);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('4.18 two years after its end a period is forgotten, and all of a company where nobody has had the page for a year', async () => {
    const { right: id, contact, company, anna, who } = await made();
    const other = await made({ people: { Lager: 1 } });
    await other.ask('training-rights/renew', { right: other.right });
    await app.request(anna).delete(`/api/companies/${company.id}/pages/${contact}`);
    const kept = async (table: string, key: string) => (await app.owner.query(`select from vn.${table} where id = $1`, [key])).rowCount;
    app.clock.set('2027-11-10T09:00:00+01:00');
    await app.sweep();
    expect([await kept('training_right', id), await kept('employee', who('Kontor 0'))]).toEqual([1, 1]);
    app.clock.set('2027-11-19T09:00:00+01:00');
    await app.sweep();
    expect([await kept('training_right', id), await kept('employee', who('Kontor 0')), await kept('training_right', other.right)]).toEqual([0, 0, 1]);
    await app.owner.query(`update vn.company_page set expires_at = '2030-01-01' where company_id = $1`, [other.company.id]);
    app.clock.set('2029-01-01T09:00:00+01:00');
    await app.sweep();
    expect([await kept('training_right', other.right), await kept('employee', other.who('Lager 0'))]).toEqual([0, 1]);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });
});
