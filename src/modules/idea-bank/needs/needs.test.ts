import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre, type TestPerson } from '../../../../tests/support/factory.ts';

const app = await testApp();
const basic = { field: 'certificates', what: 'Truckcertifikat', heads: 2, earliest: '2027-01-04', latest: '2027-03-31', weekdays: [1, 2, 3, 4, 5], parts: ['day'], km: 30 };
const add = (by: TestPerson, company: { id: string }, over: object = {}) => app.request(by).post('/api/pooled-needs', { company: company.id, ...basic, ...over });

async function made() {
  const all = await makeCentre(app);
  const course = await app
    .request(all.emil)
    .post('/api/courses', { kind: 'amu', code: '40011', title: 'Gaffeltruck – certifikat B', field: 'certificates', industries: [], awards: 'certificate', days: 7 });
  const near = (over: object = {}) => makeCompany(app, [all.centre], { name: 'Lemvig Smede', postcode: '7620', town: 'Lemvig', municipality: '0665', ...over });
  return { ...all, course: course.body.id as string, near };
}
/** The company's own page, opened by this secret. */
async function page(centre: { id: string }, company: { id: string }, by: TestPerson): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const contact = await makeContact(app, centre, company, 'Preben');
  await app.owner.query(
    `insert into vn.company_page (centre_id, id, company_id, contact_id, token_hash, made_by, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $7::timestamptz + interval '1 year')`,
    [centre.id, randomUUID(), company.id, contact, createHash('sha256').update(token).digest(), by.id, app.clock.now()],
  );
  return token;
}
const own = (token: string) => app.request(null).post('/api/company-page/needs', { token });
const write = (token: string, over: object = {}) => app.request(null).post('/api/company-page/needs/write', { token, ...basic, ...over });

describe('needs in the pool', () => {
  test('4.02 a consultant registers a need of a company; all schools read it, and nobody of another centre', async () => {
    const { anna, dorte, near, course } = await made();
    const company = await near();
    const added = await add(anna, company, { course });
    expect(added, added.text).toMatchObject({
      status: 201,
      body: { company: { id: company.id }, course: { id: course }, heads: 2, by: 'centre', state: 'open', others: [], alone: false, version: 1, can: { edit: true } },
    });
    // Needs of one course are about the same, whatever was said.
    expect((await add(anna, company, { course, field: 'digital' })).body).toMatchObject({ field: 'certificates' });
    await app.owner.query('delete from vn.pooled_need where id <> $1', [added.body.id]);
    expect(await add(dorte, company)).toMatchObject({ status: 403 });
    expect((await app.request(dorte).get('/api/pooled-needs')).body.items).toMatchObject([{ id: added.body.id, can: { edit: false } }]);
    const other = await made();
    expect(await app.request(other.anna).get(`/api/pooled-needs/${added.body.id}`)).toMatchObject({ status: 404 });
    expect((await app.request(other.anna).get('/api/pooled-needs')).body.items).toEqual([]);
    expect(await add(other.anna, company)).toMatchObject({ status: 422, body: { code: 'company_unknown' } });
    expect(await add(anna, company, { course: other.course })).toMatchObject({ status: 422, body: { code: 'course_unknown' } });
  });

  test('4.02 impossible needs are refused: windows that end before they begin, nobody, unknown days', async () => {
    const { anna, near } = await made();
    const company = await near();
    for (const bad of [
      { latest: '2027-01-03' },
      { earliest: '2027-02-30' },
      { heads: 0 },
      { heads: -2 },
      { heads: 501 },
      { km: 0 },
      { weekdays: [0] },
      { weekdays: [1, 1] },
      { parts: ['night'] },
      { what: ' ' },
      { field: 'all' },
      { urgency: 3 },
      { price: 1 },
    ])
      expect((await add(anna, company, bad)).status, JSON.stringify(bad)).toBe(400);
  });

  test('4.02 who could sit in the same class: the same course or field, days, weekdays and times in common, within reach of the one that goes furthest', async () => {
    const { anna, near, course } = await made();
    const mine = (await add(anna, await near(), { course })).body;
    const far = { postcode: '8000', town: 'Aarhus C', municipality: '0751' };
    const yes = [
      await add(anna, await near(), { course }),
      await add(anna, await near(), { course, parts: [], weekdays: [] }),
      await add(anna, await near({ postcode: '7600', town: 'Struer', municipality: '0671' }), { course, earliest: '2027-03-31', latest: '2027-12-31' }),
      // Names no course, but the same field.
      await add(anna, await near(), {}),
      // Goes all the way.
      await add(anna, await near(far), { course, km: 200 }),
    ];
    const no = [
      await add(anna, await near(), { course, earliest: '2027-04-01', latest: '2027-04-30' }),
      await add(anna, await near(), { course, parts: ['evening'] }),
      await add(anna, await near(), { course, weekdays: [6, 7] }),
      await add(anna, await near(far), { course, km: 10 }),
      await add(anna, await near(), { field: 'digital' }),
    ];
    expect([...yes, ...no].map(({ status }) => status)).toEqual([...yes, ...no].map(() => 201));
    const { others } = (await app.request(anna).get(`/api/pooled-needs/${mine.id}`)).body;
    expect(new Set(others.map(({ id }: { id: string }) => id))).toEqual(new Set(yes.map(({ body }) => body.id)));
  });

  test('4.02 a company sees how many others want the same, not who; fewer than the threshold and none look alike', async () => {
    const { anna, near, course, centre } = await made();
    const company = await near();
    const token = await page(centre, company, anna);
    const first = await write(token, { course });
    expect(first, first.text).toMatchObject({ status: 200, body: { needs: [{ heads: 2, course: 'Gaffeltruck – certifikat B', state: 'open', others: { companies: null, seats: null }, known: [] }] } });
    for (let at = 0; at < 4; at += 1) await add(anna, await near({ name: `Hemmelig ${at}` }), { course, meet: true });
    expect((await own(token)).body.needs[0].others).toEqual({ companies: null, seats: null });
    // One company twice is one company.
    const twice = await near({ name: 'Hemmelig to gange' });
    await add(anna, twice, { course, heads: 1 });
    expect((await own(token)).body.needs[0].others).toEqual({ companies: 5, seats: 9 });
    await add(anna, twice, { course, heads: 4 });
    const answer = await own(token);
    expect(answer.body.needs[0].others).toEqual({ companies: 5, seats: 13 });
    expect(answer.text).not.toContain('Hemmelig');
  });

  test('4.02 names stand there only where both said that they may', async () => {
    const { anna, near, course, centre } = await made();
    const token = await page(centre, await near({ name: 'Ens' }), anna);
    await add(anna, await near({ name: 'Åbne Smede' }), { course, meet: true });
    await add(anna, await near({ name: 'Lukkede Smede' }), { course, meet: false });
    const { body } = await write(token, { course });
    expect(body.needs[0].known).toEqual([]);
    const agreed = await write(token, { course, meet: true, need: { id: body.needs[0].id, version: 1 } });
    expect(agreed, agreed.text).toMatchObject({ status: 200, body: { needs: [{ version: 2, known: [{ name: 'Åbne Smede', town: 'Lemvig' }] }] } });
    expect(agreed.text).not.toContain('Lukkede');
  });

  test('4.02 a company corrects and withdraws its own needs and no others, and what somebody else changed is not overwritten', async () => {
    const { anna, near, course, centre } = await made();
    const company = await near();
    const token = await page(centre, company, anna);
    const { body } = await write(token);
    const { id } = body.needs[0];
    expect(await app.request(anna).put(`/api/pooled-needs/${id}`, { ...basic, heads: 3 }, seen(1))).toMatchObject({ status: 200, body: { heads: 3, by: 'company', version: 2 } });
    expect(await app.request(anna).put(`/api/pooled-needs/${id}`, basic, seen(1))).toMatchObject({ status: 412, body: { current: { version: 2 } } });
    expect(await write(token, { need: { id, version: 1 } })).toMatchObject({ status: 409, body: { code: 'need_changed' } });
    const stranger = await page(centre, await near(), anna);
    expect(await write(stranger, { need: { id, version: 2 } })).toMatchObject({ status: 404, body: { code: 'need_unknown' } });
    expect(await app.request(null).post('/api/company-page/needs/withdraw', { token: stranger, need: id })).toMatchObject({ status: 404 });
    expect(await app.request(null).post('/api/company-page/needs/withdraw', { token, need: id })).toMatchObject({ status: 200, body: { needs: [] } });
    expect(await app.request(anna).post(`/api/pooled-needs/${id}/withdraw`, undefined, seen(3))).toMatchObject({ status: 409, body: { code: 'need_not_open' } });
    expect(await own(randomBytes(32).toString('base64url'))).toMatchObject({ status: 410, body: { code: 'page_gone' } });
    const other = await made();
    expect(await write(token, { course: other.course })).toMatchObject({ status: 422, body: { code: 'course_unknown' } });
    expect((await write(token, { course })).status).toBe(200);
    // A company in quarantine that asks by itself is never refused.
    await app.owner.query('update vn.relation set quarantined = true, quarantine_until = $3 where centre_id = $1 and company_id = $2', [centre.id, company.id, '2027-06-01']);
    expect((await write(token)).status).toBe(200);
  });

  test('4.02 fifty open needs are enough for one company', async () => {
    const { anna, near, centre } = await made();
    const company = await near();
    const token = await page(centre, company, anna);
    await app.owner.query(
      `insert into vn.pooled_need (centre_id, id, company_id, field, what, heads, earliest, latest, person_id, made_at) select $1, gen_random_uuid(), $2, 'other', 'x', 1, '2027-01-01', '2027-02-01', $3, $4 from generate_series(1, 50)`,
      [centre.id, company.id, anna.id, app.clock.now()],
    );
    expect(await write(token)).toMatchObject({ status: 409, body: { code: 'too_many_needs' } });
  });

  test('5.33 whoever would send one alone is advised to send a colleague along', async () => {
    const { anna, near } = await made();
    const alone = await add(anna, await near(), { heads: 1 });
    expect(alone.body).toMatchObject({ alone: true });
    expect((await app.request(anna).put(`/api/pooled-needs/${alone.body.id}`, { ...basic, heads: 2 }, seen(1))).body).toMatchObject({ alone: false });
  });
});
