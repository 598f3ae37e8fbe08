import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson } from '../../../../tests/support/factory.ts';

const app = await testApp();
type Place = Awaited<ReturnType<typeof makeCentre>>;
const list = async (person: { token: string }, duty: string) => (await app.request(person).get(`/api/contact-duties?duty=${duty}`)).body.items as { id: string; late: boolean; reason: string }[];

async function somebody({ centre }: Place, email: string | null, phone: string | null = null, days = 0) {
  const company = await makeCompany(app, [centre]);
  const id = await makeContact(app, centre, company, 'Lone Lind', phone);
  await app.owner.query(`update vn.contact set email = $2, created_at = created_at - make_interval(days => $3) where id = $1`, [id, email, days]);
  return { id, company: company.id, at: `/api/companies/${company.id}/contacts/${id}/objection` };
}

describe('who may', () => {
  test('404: another centre’s contacts are not there, and nothing happens to them', async () => {
    const place = await makeCentre(app);
    const { id, at } = await somebody(place, 'lone@firma.example');
    const there = await makePerson(app, 'Gry', ['data_protection'], { centreId: place.other.id });
    expect((await app.request(there).post(at, {})).status).toBe(404);
    expect((await app.request(there).post(`${at}/lift`, { because: 'Hvorfor ikke' })).status).toBe(404);
    expect((await app.request(there).post('/api/contact-duties/notices', { contacts: [id], how: 'phone' })).body).toEqual({ told: 0, withoutAddress: 0 });
    expect((await app.request(there).post('/api/contact-duties/reviews', { contacts: [id], reviewOn: '2029-01-01' })).body).toEqual({ reviewed: 0 });
    expect(await list(there, 'untold')).toEqual([]);
  });
});

describe('the notice of article 14', () => {
  test('whoever was not told within a month stands on the list as late', async () => {
    const place = await makeCentre(app);
    const [late, fresh] = [await somebody(place, 'a@firma.example', null, 31), await somebody(place, 'b@firma.example')];
    expect(await list(place.karen, 'untold')).toMatchObject([
      { id: late.id, late: true },
      { id: fresh.id, late: false },
    ]);
    const counted = async (person: { token: string } | null) => (await app.request(person as never).get('/api/contact-duties/late')) as { status: number; body: unknown };
    expect((await counted(place.karen)).body).toEqual({ untold: 1, review: 0 });
    await app.owner.query(`update vn.contact set review_on = '2026-11-17' where id = $1`, [fresh.id]);
    expect((await counted(place.camilla)).body).toEqual({ untold: 1, review: 1 });
    for (const [person, status] of [
      [null, 401],
      [place.bo, 403],
      [place.anna, 403],
    ] as const)
      expect((await counted(person)).status).toBe(status);
    const there = await makePerson(app, 'Gry', ['data_protection'], { centreId: place.other.id });
    expect((await counted(there)).body).toEqual({ untold: 0, review: 0 });
  });

  test('by mail, with where the name is from; twenty at once send one', async () => {
    const place = await makeCentre(app);
    const it = await somebody(place, 'lone@firma.example');
    const none = await somebody(place, null);
    app.mails.splice(0);
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.request(place.karen).post('/api/contact-duties/notices', { contacts: [it.id, none.id], how: 'mail' })));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(answers.reduce((sum, { body }) => sum + body.told, 0)).toBe(1);
    await app.jobs.drain();
    expect(app.mails).toHaveLength(1);
    expect(app.mails[0]).toMatchObject({ to: 'lone@firma.example', text: expect.stringMatching(/Hvorfra: Opkald\.[\s\S]*offentlig opgave[\s\S]*ikke reklame/) });
    expect(await list(place.karen, 'untold')).toMatchObject([{ id: none.id }]);
    expect((await app.request(place.karen).post('/api/contact-duties/notices', { contacts: [none.id], how: 'letter' })).body).toEqual({ told: 1, withoutAddress: 0 });
    expect(await list(place.karen, 'untold')).toEqual([]);
  });
});

describe('a no (article 21)', () => {
  test('no mail leaves to the address and nobody calls the number, until it is lifted with a reason', async () => {
    const place = await makeCentre(app);
    const it = await somebody(place, 'lone@firma.example', '00 98 76 54');
    const refused = async () => (await app.owner.query('select refused_numbers from vn.relation where centre_id = $1 and company_id = $2', [place.centre.id, it.company])).rows[0].refused_numbers;
    expect((await app.request(place.anna).post(it.at, { reason: 'Bad om det' })).status).toBe(204);
    expect(await app.request(place.anna).post(it.at, {})).toMatchObject({ status: 409, body: { code: 'objected' } });
    expect(await refused()).toEqual(['00987654']);
    expect((await app.request(place.anna).get(`/api/companies/${it.company}/contacts`)).body).toMatchObject([{ objected: true }]);
    expect(await list(place.karen, 'objected')).toMatchObject([{ id: it.id, reason: 'Bad om det' }]);
    app.mails.splice(0);
    expect((await app.request(place.karen).post('/api/contact-duties/notices', { contacts: [it.id], how: 'mail' })).body).toEqual({ told: 0, withoutAddress: 1 });
    await app.owner.query('begin');
    await app.owner.query(`select set_config('app.centre', $1, true)`, [place.centre.id]);
    await app.owner.query(`select vn.post_mail(gen_random_uuid(), 'LONE@firma.example', 'Hej', 'Hej', null)`);
    await app.owner.query('commit');
    expect((await app.owner.query('select state from vn.mail where centre_id = $1', [place.centre.id])).rows).toEqual([{ state: 'failed' }]);

    expect((await app.request(place.karen).post(`${it.at}/lift`, { because: 'x' })).status).toBe(400);
    expect((await app.request(place.karen).post(`${it.at}/lift`, { because: 'Bad selv om et møde' })).status).toBe(204);
    expect(await app.request(place.karen).post(`${it.at}/lift`, { because: 'Igen' })).toMatchObject({ status: 409, body: { code: 'not_objected' } });
    expect(await refused()).toEqual([]);
    await app.request(place.karen).post('/api/contact-duties/notices', { contacts: [it.id], how: 'mail' });
    await app.jobs.drain();
    expect(app.mails).toHaveLength(1);
  });
});

describe('the review', () => {
  test('who is due within a month stands on the list until somebody says that the name is still needed', async () => {
    const place = await makeCentre(app);
    const [due, soon, later] = [await somebody(place, null), await somebody(place, null), await somebody(place, null)];
    for (const [it, day] of [
      [due, '2026-11-17'],
      [soon, '2026-12-01'],
      [later, '2027-06-01'],
    ] as const)
      await app.owner.query('update vn.contact set review_on = $2 where id = $1', [it.id, day]);
    expect(await list(place.karen, 'review')).toMatchObject([
      { id: due.id, late: true },
      { id: soon.id, late: false },
    ]);
    expect(await app.request(place.karen).post('/api/contact-duties/reviews', { contacts: [due.id], reviewOn: '2026-11-17' })).toMatchObject({ status: 422, body: { code: 'review_past' } });
    expect((await app.request(place.karen).post('/api/contact-duties/reviews', { contacts: [due.id], reviewOn: '2028-11-17' })).body).toEqual({ reviewed: 1 });
    expect(await list(place.karen, 'review')).toMatchObject([{ id: soon.id }]);
  });
});
