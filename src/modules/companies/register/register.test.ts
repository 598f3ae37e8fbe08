import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCentre, someCvr } from '../../../../tests/support/factory.ts';
import { toCursor } from '../../../kit/page.ts';

const app = await testApp();
const address = '/api/companies';
const company = (over: Record<string, unknown> = {}) => ({ cvr: someCvr(), name: 'Bjergager Smede', ...over });
const rowsWith = async (cvr: string) => (await app.owner.query('select * from vn.company where cvr = $1', [cvr])).rows;

describe('who may', () => {
  test('401 before anything is read: nobody lists or adds companies', async () => {
    expect((await app.request(null).get(address)).body).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(await app.request(null).post(address, company())).toMatchObject({ status: 401 });
    expect(await app.request(null).raw({ method: 'POST', url: address, headers: { 'content-type': 'application/json' }, payload: '{broken' })).toMatchObject({ status: 401 });
  });

  test('403: the call agent and the ministry have no business in the register', async () => {
    const { bo, hanne } = await makeCentre(app);
    for (const person of [bo, hanne]) {
      expect(await app.request(person).get(address)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect(await app.request(person).post(address, company())).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });

  test('another centre sees nothing of what a centre knows, and may know the same company itself', async () => {
    const { anna, ida } = await makeCentre(app);
    const sent = company();
    const added = await app.request(anna).post(address, sent);
    expect(added.status).toBe(201);
    expect((await app.request(ida).get(address)).body).toEqual({ items: [], next: null, capped: false });
    expect(await app.request(ida).post(address, sent)).toMatchObject({ status: 201, body: { id: added.body.id } });
    expect(await rowsWith(sent.cvr)).toHaveLength(1);
  });

  test('what one school adds, the other schools of the centre see', async () => {
    const { anna, emil } = await makeCentre(app);
    const added = await app.request(anna).post(address, company());
    expect((await app.request(emil).get(address)).body.items).toEqual([{ ...added.body, formerName: null }]);
  });
});

describe('adding a company', () => {
  test('an unknown valid number becomes a provisional entry with what was written, and an audit line', async () => {
    const { anna } = await makeCentre(app);
    const sent = company({ name: '  Østerå Maskinfabrik ', address: 'Havnevej 4', postcode: '9999', town: 'Limvig', phone: '' });
    const added = await app.request(anna).post(address, { ...sent, cvr: `DK ${sent.cvr.slice(0, 4)} ${sent.cvr.slice(4)}` });
    expect(added).toMatchObject({ status: 201, body: { cvr: sent.cvr, name: 'Østerå Maskinfabrik', address: 'Havnevej 4', postcode: '9999', town: 'Limvig', phone: null, source: 'provisional' } });
    expect((await app.request(anna).get(address)).body.items).toEqual([{ ...added.body, formerName: null }]);
    const audit = await app.owner.query('select person_id, event, at, as_coordinator from vn.audit where subject = $1', [added.body.id]);
    expect(audit.rows).toEqual([{ person_id: anna.id, event: 'company.added', at: app.clock.now(), as_coordinator: false }]);
  });

  test('a number the register knows keeps its facts: only an extract changes facts', async () => {
    const { anna, ida } = await makeCentre(app);
    const sent = company({ name: 'Det rigtige navn' });
    await app.request(ida).post(address, sent);
    expect((await app.request(anna).post(address, { ...sent, name: 'Et andet navn' })).body.name).toBe('Det rigtige navn');
  });

  test('2.01 a company number with a wrong check digit is refused', async () => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).post(address, company({ cvr: '12345678' }))).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path: 'cvr', code: 'cvr' }] } });
  });

  test('every wrong field is named with a code, and no value is echoed', async () => {
    const { anna } = await makeCentre(app);
    const refused = await app.request(anna).post(address, { name: ' ', postcode: 'SECRET', surprise: 1 });
    expect(refused.status).toBe(400);
    expect(refused.body.fields).toEqual(
      expect.arrayContaining([
        { path: 'cvr', code: 'required' },
        { path: 'name', code: 'too_small' },
        { path: '', code: 'unknown' },
      ]),
    );
    expect(refused.body.fields.map((field: { path: string }) => field.path)).toContain('postcode');
    expect(refused.text).not.toContain('SECRET');
  });

  test('409 a company the centre knows already is not added twice, and the answer says which it is', async () => {
    const { anna, emil } = await makeCentre(app);
    const sent = company();
    const added = await app.request(anna).post(address, sent);
    expect(await app.request(emil).post(address, sent)).toMatchObject({ status: 409, body: { code: 'company_known', about: { company: added.body.id } } });
  });

  test('20 schools adding the same company at once make one entry; nineteen are told', async () => {
    const { anna, emil } = await makeCentre(app);
    const sent = company();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => app.request(index % 2 ? anna : emil).post(address, sent)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array(19).fill(409)]);
    expect(await rowsWith(sent.cvr)).toHaveLength(1);
  });
});

describe('the list', () => {
  test('stands in Danish order: æ, ø and å last, aa with å', async () => {
    const { anna } = await makeCentre(app);
    const ordered = ['Absalon', 'Bjerg', 'Zink', 'Ærø Værft', 'Øst', 'Åbro', 'Aabølle'];
    for (const name of ['Øst', 'Åbro', 'Zink', 'Aabølle', 'Ærø Værft', 'Bjerg', 'Absalon']) await app.request(anna).post(address, company({ name }));
    expect((await app.request(anna).get(address)).body.items.map((each: { name: string }) => each.name)).toEqual(ordered);
  });

  test('pages show every company exactly once and in order, equal names included', async () => {
    const { anna } = await makeCentre(app);
    const names = ['Ens', 'Ens', 'Ens', 'ens', 'Aa', 'Å', 'Ø', 'B', 'Æ', 'C', '"Citat", %20', 'Ens'];
    for (const name of names) await app.request(anna).post(address, company({ name }));
    const whole = (await app.request(anna).get(`${address}?limit=200`)).body.items;
    const walked: unknown[] = [];
    let next: string | null = null;
    do {
      const page: { items: unknown[]; next: string | null } = (await app.request(anna).get(`${address}?limit=5${next === null ? '' : `&cursor=${next}`}`)).body;
      walked.push(...page.items);
      next = page.next;
    } while (next !== null && walked.length < 100);
    expect(walked).toEqual(whole);
    expect(walked).toHaveLength(names.length);
  });

  test('a company added on an earlier page does not shift the later ones', async () => {
    const { anna } = await makeCentre(app);
    for (const name of ['B', 'C', 'D']) await app.request(anna).post(address, company({ name }));
    const first = await app.request(anna).get(`${address}?limit=2`);
    await app.request(anna).post(address, company({ name: 'A' }));
    expect((await app.request(anna).get(`${address}?limit=2&cursor=${first.body.next}`)).body.items.map((each: { name: string }) => each.name)).toEqual(['D']);
  });

  test.each([
    ['nonsense', 'x'],
    ['another list’s cursor', toCursor([1, 2, 3])],
    ['an id that is none', toCursor(['A', 'x'])],
    ['NUL inside', toCursor(['a\u0000', '01990000-0000-7000-8000-000000000101'])],
    ['far too long', 'a'.repeat(5001)],
  ])('a cursor with %s is refused with its field', async (_what, cursor) => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).get(`${address}?cursor=${cursor}`)).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path: 'cursor' }] } });
  });

  test('the cursor after the longest name that may be stored is accepted back', async () => {
    const { anna } = await makeCentre(app);
    for (const name of [`${'語'.repeat(299)}a`, `${'語'.repeat(299)}b`]) expect((await app.request(anna).post(address, company({ name }))).status).toBe(201);
    const first = await app.request(anna).get(`${address}?limit=1`);
    expect((await app.request(anna).get(`${address}?limit=1&cursor=${first.body.next}`)).body.items).toHaveLength(1);
  });

  test.each(['limit=0', 'limit=201', 'limit=x', 'limit=5&limit=6', 'page=2', 'cursor=%00'])('?%s is refused with a clear 400', async (query) => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).get(`${address}?${query}`)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

describe('hostile text', () => {
  test.each(["Robert'); drop table vn.company;--", '<script>alert(1)</script>', '{{7*7}} #{7*7}', '\\x00 \\" \u2028\u202e', '=1+1', '😀 أهلا', '%00%0a', 'null', '__proto__'])(
    '%s is stored and given back as it was written',
    async (name) => {
      const { anna } = await makeCentre(app);
      expect((await app.request(anna).post(address, company({ name }))).body.name).toBe(name);
      const listed = await app.request(anna).get(address);
      expect(listed.body.items[0].name).toBe(name);
      expect(listed.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' });
    },
  );

  test.each([
    ['NUL', 'a\u0000b', 'characters'],
    ['half a character', 'a\ud800b', 'characters'],
    ['301 characters', 'a'.repeat(301), 'too_big'],
    ['a number', 7, 'invalid'],
    ['a list', ['a'], 'invalid'],
    ['nothing', null, 'invalid'],
  ])('a name that is %s is refused, naming the field', async (_what, name, code) => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).post(address, company({ name }))).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path: 'name', code }] } });
  });

  test.each([
    ['broken JSON', '{"cvr":', 400],
    ['no body', '', 400],
    ['a prototype', '{"__proto__":{"admin":true},"cvr":"12345674","name":"a"}', 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['more than a megabyte', JSON.stringify({ name: 'a'.repeat(1_100_000) }), 413],
  ])('%s as the body is a problem with a clear status', async (_what, payload, status) => {
    const { anna } = await makeCentre(app);
    const refused = await app.request(anna).raw({ method: 'POST', url: address, headers: { 'content-type': 'application/json' }, payload });
    expect(refused).toMatchObject({ status, body: { status, code: status === 413 ? 'too_large' : 'invalid' } });
    expect(refused.headers['content-type']).toContain('application/problem+json');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'nonsense'])('415: %s is not what the endpoint takes', async (type) => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).raw({ method: 'POST', url: address, headers: { 'content-type': type }, payload: JSON.stringify(company()) })).toMatchObject({
      status: 415,
      body: { code: 'unsupported_media' },
    });
  });

  test.each(['/api/companies/%zz', '/api/nothing', `/api/companies/${'a'.repeat(500)}`, '/api/companies/..%2f..%2fetc'])('%s is a problem, not a page or a fault', async (url) => {
    const { anna } = await makeCentre(app);
    const refused = await app.request(anna).get(url);
    expect([400, 404]).toContain(refused.status);
    expect(refused.headers['content-type']).toContain('application/problem+json');
  });
});

describe('the same request twice', () => {
  const keyed = () => ({ 'idempotency-key': randomUUID() });

  test('the same key gives the same answer and adds one company', async () => {
    const { anna } = await makeCentre(app);
    const [sent, key] = [company(), keyed()];
    const first = await app.request(anna).post(address, sent, key);
    const second = await app.request(anna).post(address, sent, key);
    expect(first.status).toBe(201);
    expect({ status: second.status, text: second.text }).toEqual({ status: first.status, text: first.text });
    expect((await app.owner.query('select from vn.audit where subject = $1', [first.body.id])).rowCount).toBe(1);
  });

  test('the same key with another body is refused with 422', async () => {
    const { anna } = await makeCentre(app);
    const key = keyed();
    await app.request(anna).post(address, company(), key);
    expect(await app.request(anna).post(address, company(), key)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  test('20 requests at once with the same key add one company and all get its answer', async () => {
    const { anna } = await makeCentre(app);
    const [sent, key] = [company(), keyed()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.request(anna).post(address, sent, key)));
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await rowsWith(sent.cvr)).toHaveLength(1);
  });

  test('a key belongs to its person: another’s same key is another request', async () => {
    const { anna, emil } = await makeCentre(app);
    const key = keyed();
    expect((await app.request(anna).post(address, company(), key)).status).toBe(201);
    expect((await app.request(emil).post(address, company(), key)).status).toBe(201);
  });

  test('a refused request does not use up its key', async () => {
    const { anna } = await makeCentre(app);
    const [sent, key] = [company(), keyed()];
    const before = await app.request(anna).post(address, sent);
    expect((await app.request(anna).post(address, sent, key)).status).toBe(409);
    await app.owner.query('alter table vn.timeline_entry disable trigger t9_append_only');
    await app.owner.query('delete from vn.timeline_entry');
    await app.owner.query('alter table vn.timeline_entry enable trigger t9_append_only');
    await app.owner.query('delete from vn.relation where company_id = $1', [before.body.id]);
    expect((await app.request(anna).post(address, sent, key)).status).toBe(201);
  });

  test('after a day a key is forgotten', async () => {
    const { anna } = await makeCentre(app);
    const [sent, key] = [company(), keyed()];
    await app.request(anna).post(address, sent, key);
    app.clock.advance({ days: 1, minutes: 1 });
    expect((await app.request(anna).post(address, sent, key)).status).toBe(409);
  });

  test.each(['', 'a'.repeat(201)])('a key of a wrong length is refused: "%s"', async (key) => {
    const { anna } = await makeCentre(app);
    expect(await app.request(anna).post(address, company(), { 'idempotency-key': key })).toMatchObject({ status: 400, body: { fields: [{ path: 'Idempotency-Key', code: 'format' }] } });
  });
});

describe('where a request comes from', () => {
  test.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:3001' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('a write from another site is refused: %o', async (headers) => {
    const { anna } = await makeCentre(app);
    const sent = company();
    expect(await app.request(anna).post(address, sent, headers)).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
    expect(await rowsWith(sent.cvr)).toEqual([]);
  });

  test.each<Record<string, string>>([{}, { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }])(
    'a write from here, or from a script that says nothing, is let in: %o',
    async (headers) => {
      const { anna } = await makeCentre(app);
      expect((await app.request(anna).post(address, company(), headers)).status).toBe(201);
    },
  );
});
