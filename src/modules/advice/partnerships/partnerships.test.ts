import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { mailsTo, seen } from '../../../../tests/support/ask.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';

const app = await testApp();
const days = { validFrom: '2026-12-01', validTo: '2028-11-30', reviewOn: '2027-06-01' };
const writing = {
  companyExpects: ['Et møde hvert kvartal', 'En plan for tre år', 'Overblik', 'Ansøgninger'],
  centreExpects: ['Hele værkstedet', 'Ved maskinerne', 'Åbne ledere', 'Svar til tiden', 'To år'],
  companyRole: 'Værkstedslederen',
  centreRole: 'Anna',
  companyDuties: 'Giver fri',
  centreDuties: 'Finder hold',
};
const text = { ...writing, ...days };

/** A centre with an agreement that Anna of school A has begun; B takes part, C does not. The company has its own page. */
async function begun(over: object = {}) {
  const made = await makeCentre(app);
  const { centre, anna } = made;
  const company = await makeCompany(app, [centre]);
  const begin = (by: TestPerson, body: object = {}) => app.request(by).post('/api/partnerships', { company: company.id, ...days, ...body });
  const added = await begin(anna, { schools: [centre.schools.b], ...over });
  expect(added, added.text).toMatchObject({ status: 201, body: { state: 'draft', version: 1 } });
  const id: string = added.body.id;
  const of = (by: TestPerson) => ({
    read: () => app.request(by).get(`/api/partnerships/${id}`),
    put: (what: string, version: number, body?: object) => app.request(by).put(`/api/partnerships/${id}/${what}`, body, seen(version)),
    renew: (version: number) => app.request(by).post(`/api/partnerships/${id}/texts`, undefined, seen(version)),
    discard: (version: number) => app.request(by).delete(`/api/partnerships/${id}/texts`, seen(version)),
  });
  const token = await page(centre, company, anna);
  const company_ = {
    read: () => app.request(null).post('/api/company-page/partnerships', { token }),
    write: (no: number, version: number, companyExpects = writing.companyExpects) =>
      app.request(null).post('/api/company-page/partnerships/expectations', { token, partnership: id, no, version, companyExpects }),
    sign: (no: number, version: number, over: object = {}) =>
      app.request(null).post('/api/company-page/partnerships/signature', { token, partnership: id, no, version, name: 'Preben Bjergager', agrees: true, ...over }),
  };
  /** Filled by both and up for signing, at version 3. */
  const offered = async () => {
    expect((await of(anna).put('text', 1, { ...text, ...over })).status).toBe(200);
    expect(await of(anna).put('offer', 2)).toMatchObject({ status: 200, body: { state: 'awaiting', toSign: true, version: 3 } });
  };
  const karim = await makePerson(app, 'Karim', ['consultant'], { centreId: centre.id, schoolId: centre.schools.b });
  const tea = await makePerson(app, 'Tea', ['consultant', 'manager'], { centreId: centre.id, schoolId: centre.schools.c });
  return { ...made, company, id, begin, of, own: company_, offered, karim, tea, token };
}
/** The company's own page, opened by this secret. */
async function page(centre: { id: string }, company: { id: string }, by: TestPerson): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const contact = await makeContact(app, centre, company, 'Preben');
  await app.owner.query(
    `insert into vn.company_page (centre_id, id, company_id, contact_id, token_hash, made_by, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $7::timestamptz + interval '3 years')`,
    [centre.id, randomUUID(), company.id, contact, createHash('sha256').update(token).digest(), by.id, app.clock.now()],
  );
  return token;
}

describe('partnership agreements', () => {
  test('4.09 both sides are filled before anybody signs, both sign, and then it holds', async () => {
    const { anna, of, own } = await begun();
    const mine = of(anna);
    expect(await mine.put('signature', 1)).toMatchObject({ status: 409, body: { code: 'partnership_step' } });
    expect(await own.sign(1, 1)).toMatchObject({ status: 409, body: { code: 'partnership_step' } });
    // The company writes its own part on its own page, the centre the rest.
    expect(await own.write(1, 1)).toMatchObject({ status: 200, body: { agreements: [{ state: 'draft', companyExpects: writing.companyExpects, version: 2 }] } });
    expect(await mine.put('offer', 2)).toMatchObject({
      status: 422,
      body: {
        code: 'partnership_not_filled',
        fields: expect.arrayContaining([
          { path: 'centreExpects.0', code: 'required' },
          { path: 'companyDuties', code: 'required' },
        ]),
      },
    });
    expect(await mine.put('text', 2, { ...text, centreExpects: [...writing.centreExpects.slice(0, 4), '  '] })).toMatchObject({ status: 200, body: { texts: [{ missing: ['centreExpects.4'] }] } });
    expect(await mine.put('offer', 3)).toMatchObject({ status: 422, body: { fields: [{ path: 'centreExpects.4' }] } });
    expect((await mine.put('text', 3, text)).status).toBe(200);
    expect(await mine.put('offer', 4)).toMatchObject({ status: 200, body: { state: 'awaiting', toSign: true, version: 5, can: { write: false, sign: true, reopen: true } } });
    expect(await own.sign(1, 5, { name: ' ' })).toMatchObject({ status: 400 });
    expect(await own.sign(1, 5, { agrees: false })).toMatchObject({ status: 400 });
    expect(await own.sign(1, 4)).toMatchObject({ status: 409, body: { code: 'partnership_changed' } });
    expect(await own.sign(1, 5)).toMatchObject({ status: 200, body: { agreements: [{ state: 'awaiting', companySigned: { name: 'Preben Bjergager' }, centreSigned: null }] } });
    expect(await own.sign(1, 6)).toMatchObject({ status: 409, body: { code: 'partnership_signed' } });
    const signed = await mine.put('signature', 6);
    expect(signed, signed.text).toMatchObject({
      status: 200,
      body: {
        state: 'signed',
        nextReview: days.reviewOn,
        toSign: false,
        texts: [{ centreSigned: { name: 'Anna' }, companySigned: { name: 'Preben Bjergager' } }],
        can: { write: false, sign: false, renew: true, review: true },
      },
    });
    // Frozen: for those who work here, and on the company's page.
    expect(await mine.put('text', 7, text)).toMatchObject({ status: 409, body: { code: 'partnership_step' } });
    expect(await mine.put('draft', 7)).toMatchObject({ status: 409, body: { code: 'partnership_step' } });
    expect(await own.write(1, 7, ['a', 'b', 'c', 'd'])).toMatchObject({ status: 409, body: { code: 'partnership_step' } });
    expect((await own.read()).body.agreements[0]).toMatchObject({ ...writing, state: 'signed' });
  });

  test('4.09 the database refuses it too: unfilled texts, changes of what is frozen, signatures for others, steps that are none', async () => {
    const { anna, centre, id, of, offered, own } = await begun();
    const set = (change: string) => app.owner.query(`update vn.partnership_text set ${change} where centre_id = $1 and partnership_id = $2`, [centre.id, id]);
    await expect(set(`state = 'awaiting'`)).rejects.toMatchObject({ constraint: 'partnership_filled' });
    await expect(set(`state = 'signed'`)).rejects.toMatchObject({ constraint: 'partnership_step' });
    await expect(set(`valid_to = '2026-11-30'`)).rejects.toMatchObject({ constraint: 'partnership_days' });
    await offered();
    await expect(set(`centre_role = 'En anden'`)).rejects.toMatchObject({ constraint: 'partnership_frozen' });
    await expect(set(`state = 'signed'`)).rejects.toMatchObject({ constraint: 'partnership_step' });
    await expect(set(`state = 'renewed'`)).rejects.toMatchObject({ constraint: 'partnership_step' });
    expect((await own.sign(1, 3)).status).toBe(200);
    await expect(set(`company_signer = 'En anden'`)).rejects.toMatchObject({ constraint: 'partnership_frozen' });
    const other = await makePerson(app, 'Olga', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    // The company's signature is not theirs to write, and nobody signs for another.
    await inside(app, anna, async (client) => {
      await expect(client.query(`update vn.partnership_text set company_signer = 'x'`)).rejects.toMatchObject({ code: '42501' });
    });
    await inside(app, anna, async (client) => {
      await expect(client.query(`update vn.partnership_text set centre_signer = '${other.id}', centre_signed_at = now() where partnership_id = '${id}'`)).rejects.toMatchObject({
        constraint: 'partnership_step',
      });
    });
    expect((await of(anna).put('signature', 4)).status).toBe(200);
    const copy = (state: string) =>
      app.owner.query(
        `insert into vn.partnership_text (centre_id, partnership_id, no, state, company_expects, centre_expects, company_role, centre_role, company_duties, centre_duties, valid_from, valid_to, review_on, written_by, written_at)
         select centre_id, partnership_id, 2, $3, company_expects, centre_expects, company_role, centre_role, company_duties, centre_duties, valid_from, valid_to, review_on, written_by, written_at from vn.partnership_text where centre_id = $1 and partnership_id = $2`,
        [centre.id, id, state],
      );
    for (const state of ['signed', 'renewed']) await expect(copy(state)).rejects.toMatchObject({ constraint: 'partnership_signed' });
    await expect(set(`company_expects = '{a,b,c,d}'`)).rejects.toMatchObject({ constraint: 'partnership_frozen' });
    await expect(set(`state = 'draft'`)).rejects.toMatchObject({ constraint: 'partnership_step' });
    await inside(app, anna, async (client) => {
      const { rowCount } = await client.query(`delete from vn.partnership_text where partnership_id = '${id}'`);
      expect(rowCount).toBe(0);
    });
  });

  test('4.09 a change is a new version that needs both again; until then the signed one holds', async () => {
    const { anna, of, own, offered } = await begun();
    const mine = of(anna);
    await offered();
    await own.sign(1, 3);
    await mine.put('signature', 4);
    expect(await mine.renew(5)).toMatchObject({
      status: 201,
      body: {
        state: 'signed',
        texts: [
          { no: 2, state: 'draft', ...writing, centreSigned: null, companySigned: null },
          { no: 1, state: 'signed' },
        ],
        version: 1,
      },
    });
    expect(await mine.renew(1)).toMatchObject({ status: 409, body: { code: 'partnership_step' } });
    // Thrown away, and begun anew.
    expect(await mine.discard(1)).toMatchObject({ status: 200, body: { texts: [{ no: 1, state: 'signed' }] } });
    expect((await mine.renew(5)).status).toBe(201);
    const next = { ...text, validTo: '2029-11-30', reviewOn: '2028-06-01', companyDuties: 'Giver fri og betaler vikar' };
    expect((await mine.put('text', 1, next)).status).toBe(200);
    expect((await mine.put('offer', 2)).status).toBe(200);
    expect(await mine.put('signature', 3)).toMatchObject({
      status: 200,
      body: {
        state: 'signed',
        validTo: days.validTo,
        texts: [
          { no: 2, state: 'awaiting' },
          { no: 1, state: 'signed' },
        ],
      },
    });
    // Back to the draft takes the signature off.
    expect(await mine.put('draft', 4)).toMatchObject({ status: 200, body: { texts: [{ state: 'draft', centreSigned: null }, {}] } });
    expect((await mine.put('offer', 5)).status).toBe(200);
    expect(await own.sign(2, 6)).toMatchObject({ status: 200 });
    expect(await mine.put('signature', 7)).toMatchObject({
      status: 200,
      body: {
        state: 'signed',
        validTo: '2029-11-30',
        nextReview: '2028-06-01',
        texts: [
          { no: 2, state: 'signed' },
          { no: 1, state: 'renewed' },
        ],
      },
    });
    expect((await own.read()).body.agreements).toMatchObject([{ no: 2, companyDuties: next.companyDuties }]);
  });

  test('4.09 both sign at the same moment: one agreement holds, with both names', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { anna, of, own, offered } = await begun();
      await offered();
      const mine = of(anna);
      await Promise.all([own.sign(1, 3), own.sign(1, 3), mine.put('signature', 3), mine.put('signature', 3)]);
      // Whoever came second had read an older version and signs again.
      const now = (await mine.read()).body;
      if (now.texts[0].companySigned === null) expect((await own.sign(1, now.version)).status).toBe(200);
      if (now.texts[0].centreSigned === null) expect((await mine.put('signature', now.version)).status).toBe(200);
      expect((await mine.read()).body).toMatchObject({ state: 'signed', texts: [{ centreSigned: { name: 'Anna' }, companySigned: { name: 'Preben Bjergager' } }] });
    }
  });

  test('4.09 the centre goes back to the draft while the company signs: either the signature stands on the text that was read, or it is refused', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { anna, of, own, offered } = await begun();
      await offered();
      const [signed, back] = await Promise.all([own.sign(1, 3), of(anna).put('draft', 3)]);
      expect([signed.status, back.status].toSorted(), signed.text + back.text).toEqual(signed.status === 200 ? [200, 412] : [200, 409]);
      const [now] = (await of(anna).read()).body.texts;
      expect(now).toMatchObject(signed.status === 200 ? { state: 'awaiting', companySigned: { name: 'Preben Bjergager' } } : { state: 'draft', companySigned: null });
    }
  });

  test('4.09 terms that are reversed and reviews outside the term are refused', async () => {
    const { anna, begin, of, own, offered } = await begun();
    for (const [bad, path, code] of [
      [{ validTo: '2026-11-30' }, 'validTo', 'days_reversed'],
      [{ reviewOn: '2026-11-30' }, 'reviewOn', 'outside_term'],
      [{ reviewOn: '2028-12-01' }, 'reviewOn', 'outside_term'],
      [{ validFrom: '2026-02-30' }, 'validFrom', 'format'],
    ] as const) {
      expect(await begin(anna, bad), code).toMatchObject({ status: 400, body: { fields: [{ path, code: code === 'format' ? expect.any(String) : code }] } });
      expect(await of(anna).put('text', 1, { ...text, ...bad }), code).toMatchObject({ status: 400, body: { fields: [{ path }] } });
    }
    for (const bad of [{ companyExpects: ['a'] }, { centreExpects: [...writing.centreExpects, 'f'] }, { companyRole: 'x'.repeat(1001) }])
      expect((await of(anna).put('text', 1, { ...text, ...bad })).status).toBe(400);
    expect((await begin(anna, { company: randomUUID() })).body).toMatchObject({ code: 'company_unknown' });
    expect((await begin(anna, { schools: [randomUUID()] })).status).toBe(400);
    await offered();
    await own.sign(1, 3);
    await of(anna).put('signature', 4);
    for (const next of ['2026-11-17', '2026-11-30', '2028-12-01']) expect(await of(anna).put('review', 5, { next })).toMatchObject({ status: 422, body: { code: 'review_outside_term' } });
    expect(await of(anna).put('review', 5, { next: '2027-12-01' })).toMatchObject({ status: 200, body: { nextReview: '2027-12-01', texts: [{ reviewOn: days.reviewOn }] } });
  });

  test('4.09 a school that takes no part finds it nowhere: 404; who takes part reads, the owner and the coordinator write', async () => {
    const { anna, begin, camilla, company, dorte, emil, ida, bo, hanne, karen, karim, tea, id, of, other } = await begun();
    expect(await app.request(null).get('/api/partnerships')).toMatchObject({ status: 401 });
    for (const each of [bo, hanne, karen]) expect((await of(each).read()).status).toBe(403);
    for (const each of [tea, ida]) {
      expect((await of(each).read()).status).toBe(404);
      expect((await app.request(each).get('/api/partnerships')).body).toEqual([]);
      expect((await app.request(each).get(`/api/partnerships?company=${company.id}`)).body).toEqual([]);
      expect((await app.request(each).get(`/api/partnerships/${id}/agreement.pdf`)).status).toBe(404);
      expect((await app.request(each).get(`/api/partnerships/${id}/relation`)).status).toBe(404);
      expect((await app.request(each).post(`/api/partnerships/${id}/relation`, { scores: Array(17).fill(3) })).status).toBe(404);
      expect((await of(each).put('text', 1, text)).status).toBe(404);
    }
    // What one may not see changes no answer: a school of its own may begin one.
    expect((await begin(tea)).status).toBe(201);
    for (const each of [dorte, emil, karim]) expect(await of(each).read()).toMatchObject({ status: 200, body: { can: { write: false, sign: false, end: false } } });
    expect(await of(karim).put('text', 1, text)).toMatchObject({ status: 403, body: { code: 'partnership_not_yours' } });
    expect((await of(dorte).put('text', 1, text)).status).toBe(403);
    expect((await of(camilla).put('text', 1, text)).status).toBe(200);
    expect((await of(anna).put('text', 1, text)).status).toBe(412);
    expect((await app.request(ida).get('/api/partnerships')).body).toEqual([]);
    expect(other.id).not.toBe('');
    // Handed on, it is the other's.
    expect((await of(anna).put('owner', 2, { owner: karim.id })).status).toBe(403);
    expect(await of(camilla).put('owner', 2, { owner: dorte.id })).toMatchObject({ status: 422, body: { code: 'partnership_owner_unknown' } });
    expect((await of(camilla).put('owner', 2, { owner: karim.id })).status).toBe(200);
    expect((await of(anna).put('offer', 2)).status).toBe(403);
    expect((await of(karim).put('offer', 2)).status).toBe(200);
  });

  test('4.09 a secret opens the own company’s agreements and no others', async () => {
    const one = await begun();
    const another = await begun();
    await one.offered();
    const foreign = { token: another.token, partnership: one.id, no: 1, version: 3 };
    expect(await app.request(null).post('/api/company-page/partnerships/signature', { ...foreign, name: 'En fremmed', agrees: true })).toMatchObject({
      status: 404,
      body: { code: 'partnership_unknown' },
    });
    expect((await app.request(null).post('/api/company-page/partnerships/expectations', { ...foreign, companyExpects: ['a', 'b', 'c', 'd'] })).status).toBe(404);
    expect((await another.own.read()).text).not.toContain(one.id);
    expect(await app.request(null).post('/api/company-page/partnerships', { token: randomBytes(32).toString('base64url') })).toMatchObject({ status: 410, body: { code: 'page_gone' } });
  });

  test('4.09 the owner hears once when the company has signed, and once when the day of the review comes', async () => {
    const { anna, of, own, offered } = await begun();
    await offered();
    await own.sign(1, 3);
    await app.sweep();
    await app.sweep();
    expect((await mailsTo(app, anna.email)).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Partnerskabsaftalen er underskrevet af firmaet: /)]);
    await of(anna).put('signature', 4);
    app.clock.set('2027-05-31T09:00:00+02:00');
    await app.sweep();
    expect(await mailsTo(app, anna.email)).toHaveLength(1);
    app.clock.set('2027-06-01T09:00:00+02:00');
    await app.sweep();
    app.clock.set('2027-06-02T09:00:00+02:00');
    await app.sweep();
    const mails = await mailsTo(app, anna.email);
    expect(mails).toHaveLength(2);
    expect(mails[1]?.subject).toMatch(/^Se partnerskabet igennem: /);
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('4.09 whoever coordinates is reminded where the owner works here no more', async () => {
    const { anna, camilla, centre, of, own, offered } = await begun();
    await offered();
    await of(anna).put('signature', 3);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-17)' where centre_id = $1 and person_id = $2`, [centre.id, anna.id]);
    await own.sign(1, 4);
    await app.sweep();
    expect(await mailsTo(app, anna.email)).toEqual([]);
    expect(await mailsTo(app, camilla.email)).toHaveLength(1);
    expect(await of(camilla).read()).toMatchObject({ status: 200, body: { state: 'signed', can: { hand: true } } });
  });

  test('4.09 it ends with the reason, and may be taken up again; an expired one says so', async () => {
    const { anna, of, own, offered } = await begun();
    const mine = of(anna);
    await offered();
    await own.sign(1, 3);
    await mine.put('signature', 4);
    expect((await mine.put('end', 5, { because: ' ' })).status).toBe(400);
    expect(await mine.put('end', 5, { because: 'Firmaet flytter' })).toMatchObject({
      status: 200,
      body: { state: 'ended', texts: [{ ended: { on: '2026-11-17', because: 'Firmaet flytter' } }], can: { end: false, renew: true } },
    });
    expect((await own.read()).body.agreements).toEqual([]);
    expect((await app.request(anna).get('/api/partnerships?state=past')).body).toHaveLength(1);
    expect((await app.request(anna).get('/api/partnerships?state=open')).body).toEqual([]);
    expect(await mine.renew(6)).toMatchObject({ status: 201, body: { state: 'draft' } });
    const short = await begun({ validFrom: '2026-11-01', validTo: '2026-11-20', reviewOn: '2026-11-18' });
    await short.offered();
    await short.own.sign(1, 3);
    expect(await short.of(short.anna).put('signature', 4)).toMatchObject({ body: { over: false } });
    app.clock.set('2026-11-21T09:00:00+01:00');
    expect(await short.of(short.anna).read()).toMatchObject({ body: { state: 'signed', over: true, reviewDue: false } });
    app.clock.set('2026-11-17T09:00:00+01:00');
  });

  test('4.09 the agreement is a PDF with both sides and both signatures', async () => {
    const { anna, id } = await begun();
    const file = await app.request(anna).get(`/api/partnerships/${id}/agreement.pdf`);
    expect(file.status).toBe(200);
    expect(file.text.slice(0, 5)).toBe('%PDF-');
    expect((await app.request(anna).get(`/api/partnerships/${id}/agreement.pdf?no=2`)).status).toBe(404);
  });
});
