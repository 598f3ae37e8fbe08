import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen, walk } from '../../../../tests/support/ask.ts';
import { deadline, frozenCampaign, heardCampaign, openCampaign, plan, someCompanies } from '../../../../tests/support/campaigns.ts';
import { makeCompany, manyCompanies } from '../../../../tests/support/companies.ts';
import { makeCentre, openSession } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { sectionsOf, startsOf } from './model.ts';
import { mayDo, stateOf, suggestedRoutes } from './rules.ts';

const app = await testApp();
const start = '2026-11-17T09:00:00+01:00';
const address = '/api/campaigns';
beforeEach(() => app.clock.set(start));

describe('industries at any level', () => {
  test('AC23 the same letter is not the same industries in the two schemes', () => {
    expect(startsOf('DB07:J')).toEqual({ scheme: 'DB07', starts: ['58', '59', '60', '61', '62', '63'] });
    expect(startsOf('DB25:J')).toEqual({ scheme: 'DB25', starts: ['58', '59', '60'] });
    expect(startsOf('DB25:2511')).toEqual({ scheme: 'DB25', starts: ['2511'] });
    for (const none of ['DB07:V', 'DB19:C', 'C', 'DB25:', 'DB25:1234567']) expect(startsOf(none)).toBeNull();
  });
  test('no division is in two sections of a scheme', () => {
    for (const scheme of ['DB07', 'DB25'] as const) {
      const all = sectionsOf(scheme).flatMap((section) => startsOf(`${scheme}:${section}`)?.starts ?? []);
      expect(new Set(all).size).toBe(all.length);
    }
  });
});

describe('the road of a campaign', () => {
  const fresh = { frozenAt: null, hearingOpenedAt: null, hearingDeadline: null, hearingClosedAt: null, endedAt: null, paused: false };
  const at = '2026-11-17T08:00:00.000Z';
  test.each([
    [{}, 'draft'],
    [{ frozenAt: at }, 'listed'],
    [{ frozenAt: at, hearingOpenedAt: at, hearingDeadline: at }, 'hearing'],
    [{ frozenAt: at, hearingOpenedAt: at, hearingClosedAt: at }, 'calling'],
    [{ frozenAt: at, hearingOpenedAt: at, hearingClosedAt: at, paused: true }, 'paused'],
    [{ frozenAt: at, endedAt: at }, 'over'],
  ] as const)('%j is %s', (times, state) => expect(stateOf({ ...fresh, ...times })).toBe(state));
  test('2.08 a hearing closes at its deadline, and before it only when every school has answered', () => {
    const open = { ...fresh, frozenAt: at, hearingOpenedAt: at, hearingDeadline: '2026-11-20T11:00:00.000Z' };
    expect(mayDo(open, 2, '2026-11-20T10:59:59.000Z').closeHearing).toBe(false);
    expect(mayDo(open, 0, '2026-11-18T10:00:00.000Z').closeHearing).toBe(true);
    expect(mayDo(open, 2, '2026-11-20T11:00:00.000Z').closeHearing).toBe(true);
  });
  test('2.10 breadth suggests phoners, a trade suggests consultants who know it', () => {
    expect([suggestedRoutes('breadth'), suggestedRoutes('trade')]).toEqual([['call_centre'], ['consultants']]);
  });
});

describe('planning', () => {
  test('401, 403, and another centre’s is 404', async () => {
    const { anna, camilla, ida } = await makeCentre(app);
    const { id } = (await app.request(camilla).post(address, plan)).body;
    expect((await app.request(null).get(address)).status).toBe(401);
    expect((await app.request(anna).post(address, plan)).status).toBe(403);
    expect((await app.request(ida).get(`${address}/${id}`)).status).toBe(404);
    expect((await app.request(ida).put(`${address}/${id}`, plan, seen(1))).status).toBe(404);
    expect((await app.request(anna).get(`${address}/${id}`)).status, 'a draft is the coordinator’s alone').toBe(404);
    expect((await app.request(anna).get(address)).body.items).toEqual([]);
  });

  test('2.02 2.17 a plan keeps its goal in words, why these companies, its routes together, period and scripts', async () => {
    const { camilla } = await makeCentre(app);
    const sent = {
      ...plan,
      routes: ['call_centre', 'consultants'],
      scripts: [
        { language: 'da', text: 'Goddag' },
        { language: 'pl', text: 'Dzień dobry' },
      ],
    };
    const { status, body } = await app.request(camilla).post(address, sent);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...sent,
      state: 'draft',
      targets: null,
      suggestedRoutes: ['call_centre'],
      criteria: { industries: [], sizes: [], municipalities: [], sector: null, neverContacted: false },
    });
    expect((await app.request(camilla).get(`${address}/${body.id}`)).body).toEqual(body);
  });

  test.each([
    ['no route', { routes: [] }, 'routes'],
    ['an unknown route', { routes: ['letter'] }, 'routes.0'],
    ['an empty goal', { goal: ' ' }, 'goal'],
    ['a section that the scheme does not have', { criteria: { industries: ['DB07:V'] } }, 'criteria.industries.0'],
    ['an industry twice', { criteria: { industries: ['DB25:C', 'DB25:C'] } }, 'criteria.industries'],
    [
      'a script twice',
      {
        scripts: [
          { language: 'da', text: 'a' },
          { language: 'da', text: 'b' },
        ],
      },
      'scripts',
    ],
    ['a day that is none', { starts: '2026-02-30' }, 'starts'],
    ['something else', { budget: 4 }, ''],
  ])('400: %s', async (_what, over, path) => {
    const { camilla } = await makeCentre(app);
    expect(await app.request(camilla).post(address, { ...plan, ...over })).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path }] } });
  });

  test('409: an end before the start, and a name that another open campaign has', async () => {
    const { camilla } = await makeCentre(app);
    expect(await app.request(camilla).post(address, { ...plan, ends: '2026-11-01' })).toMatchObject({ status: 409, body: { code: 'days_reversed' } });
    await app.request(camilla).post(address, plan);
    expect(await app.request(camilla).post(address, { ...plan, name: plan.name.toUpperCase() })).toMatchObject({ status: 409, body: { code: 'name_taken' } });
  });

  test('an edit that saw an older version is shown the newer one; a frozen one is not edited at all', async () => {
    const made = await makeCentre(app);
    const { camilla } = made;
    const { id } = (await app.request(camilla).post(address, plan)).body;
    expect((await app.request(camilla).put(`${address}/${id}`, { ...plan, goal: 'Første' }, seen(1))).status).toBe(200);
    expect(await app.request(camilla).put(`${address}/${id}`, { ...plan, goal: 'Anden' }, seen(1))).toMatchObject({ status: 412, body: { current: { goal: 'Første', version: 2 } } });
    await someCompanies(app, made, ['Ager Møbler']);
    await app.request(camilla).post(`${address}/${id}/list`);
    expect(await app.request(camilla).put(`${address}/${id}`, plan, seen(3))).toMatchObject({ status: 409, body: { code: 'campaign_state' } });
  });
});

describe('the list', () => {
  test('2.03 every criterion must hold, within one any is enough, and the count says what the list becomes', async () => {
    const made = await makeCentre(app);
    const right = { municipality: '0665', scheme: 'DB25', industry_code: '251100', industry_text: 'Metal', size_from: 5, size_to: 9 };
    await someCompanies(app, made, ['Den rette'], right);
    await someCompanies(app, made, ['Også rigtig'], { ...right, industry_code: '310000' });
    for (const [name, over] of Object.entries<Record<string, string | number | boolean>>({
      'Andet sted': { municipality: '0671' },
      'Anden branche': { industry_code: '412000' },
      'Anden nomenklatur': { scheme: 'DB07' },
      'For stor': { size_from: 50, size_to: 99 },
      Offentlig: { public_sector: true },
      Ophørt: { status: 'ceased' },
      Forsvundet: { vanished: true },
    }))
      await someCompanies(app, made, [name], { ...right, ...over });
    const criteria = { industries: ['DB25:25', 'DB25:C'], sizes: ['sme'], municipalities: ['0665', '0661'], sector: 'private' };
    expect((await app.request(made.camilla).post('/api/campaign-counts', criteria)).body).toEqual({
      matching: { count: 2, more: false },
      left: { protected: { count: 0, more: false }, quarantined: { count: 0, more: false } },
      withoutPhone: { count: 0, more: false },
    });
    const id = await frozenCampaign(app, made.camilla, { criteria });
    const { items } = (await app.request(made.camilla).get(`${address}/${id}/targets`)).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual(['Den rette', 'Også rigtig']);
  });

  test('2.17 each company bears why it is on the list, as facts of the criteria it met', async () => {
    const made = await makeCentre(app);
    await someCompanies(app, made, ['Bjergager Smede'], { scheme: 'DB25', industry_code: '251100', industry_text: 'Metalkonstruktioner', size_from: 10, size_to: 19 });
    const id = await frozenCampaign(app, made.camilla, { criteria: { neverContacted: true } });
    expect((await app.request(made.camilla).get(`${address}/${id}/targets`)).body.items).toMatchObject([
      { reason: { industry: { scheme: 'DB25', code: '251100', text: 'Metalkonstruktioner' }, size: { from: 10, to: 19 }, municipality: 'Lemvig', publicSector: false, neverContacted: true } },
    ]);
  });

  test('2.03 a protected company never enters, whatever asks for it, but with a recorded reason it does', async () => {
    const made = await makeCentre(app);
    const [open] = await someCompanies(app, made, ['Åben']);
    const [shielded] = await someCompanies(app, made, ['Beskyttet'], { protected: true });
    expect((await app.request(made.camilla).post('/api/campaign-counts', {})).body).toMatchObject({ matching: { count: 1 }, left: { protected: { count: 1 } } });
    const first = await frozenCampaign(app, made.camilla);
    expect((await app.request(made.camilla).get(`${address}/${first}/targets`)).body.items).toMatchObject([{ company: open?.id }]);
    // Written past every screen, as the coordinator's own database role.
    await expect(
      inside(app, made.camilla, (client) => client.query(`insert into vn.target (centre_id, campaign_id, company_id, facts) values ($1, $2, $3, '{}')`, [made.centre.id, first, shielded?.id])),
    ).rejects.toMatchObject({ code: 'VN006' });
    await app.request(made.camilla).put(`/api/companies/${shielded?.id}/exception`, { kind: 'company_asked', note: 'Ringede selv' });
    const second = await frozenCampaign(app, made.camilla, { name: 'Med grund' });
    expect((await app.request(made.camilla).get(`${address}/${second}/targets`)).body.items).toHaveLength(2);
  });

  test('2.03 one production unit per company is approached: in the area first, then the head unit, and never a protected or closed one', async () => {
    const made = await makeCentre(app);
    await app.owner.query('insert into vn.centre_area values ($1, $2)', [made.centre.id, '0665']);
    const unit = (company: string, p: string, over: Record<string, unknown>) => {
      const row: Record<string, unknown> = { id: crypto.randomUUID(), p_number: p, company_id: company, name: p, phone: p.slice(2), ...over };
      return app.owner.query(
        `insert into vn.unit (${Object.keys(row).join(', ')}) values (${Object.keys(row)
          .map((_k, at) => `$${at + 1}`)
          .join(', ')})`,
        Object.values(row),
      );
    };
    const [here, head, shielded] = await someCompanies(app, made, ['A her', 'B hoved', 'C skjult']);
    if (!here || !head || !shielded) throw new Error('three companies');
    await unit(here.id, '1000000001', { head: true, municipality: '0101' });
    await unit(here.id, '1000000002', { municipality: '0665' });
    await unit(head.id, '1000000003', { municipality: '0665', protected: true });
    await unit(head.id, '1000000004', { municipality: '0665', status: 'ceased' });
    await unit(head.id, '1000000005', { head: true, municipality: '0665' });
    await unit(shielded.id, '1000000006', { head: true, municipality: '0665', protected: true });
    const id = await frozenCampaign(app, made.camilla);
    const { items } = (await app.request(made.camilla).get(`${address}/${id}/targets`)).body;
    expect(items.map(({ name, phone }: { name: string; phone: string }) => [name, phone])).toEqual([
      ['A her', '00000002'],
      ['B hoved', '00000005'],
    ]);
  });

  test('2.03 a part is drawn by lot, the same lot draws the same, and a frozen list stays while a re-run shows what changed', async () => {
    const made = await makeCentre(app);
    await manyCompanies(app, made.centre, 0, 60);
    const id = await frozenCampaign(app, made.camilla, { draw: 20 });
    const before = await walk<{ company: string }>(app.request(made.camilla), `${address}/${id}/targets`, 7);
    expect(new Set(before.map(({ company }) => company)).size).toBe(20);
    expect((await app.request(made.camilla).get(`${address}/${id}/difference`)).body).toEqual({ same: 20, comeCount: 0, goneCount: 0, come: [], gone: [] });
    await app.owner.query(`update vn.company set status = 'ceased' where id = $1`, [before[0]?.company]);
    const after = (await app.request(made.camilla).get(`${address}/${id}/difference`)).body;
    expect(after).toMatchObject({ same: 19, comeCount: 1, goneCount: 1, gone: [{ company: before[0]?.company }] });
    expect(await walk(app.request(made.camilla), `${address}/${id}/targets`, 50), 'the list itself did not move').toEqual(before);
    expect((await app.request(made.camilla).post(`${address}/${id}/list`)).body.code).toBe('campaign_state');
  });

  test('2.15 AC10 a company in quarantine comes onto no list that is drawn in between, and onto one drawn on the day it is over', async () => {
    const made = await makeCentre(app);
    const [resting] = await someCompanies(app, made, ['Har fred', 'Fri']);
    await app.owner.query(`insert into vn.quarantine (centre_id, id, company_id, since, until, cause) values ($1, gen_random_uuid(), $2, '2026-11-17', '2027-02-17', 'not_now')`, [
      made.centre.id,
      resting?.id,
    ]);
    await app.owner.query(`update vn.relation set quarantined = true, quarantine_until = '2027-02-17' where centre_id = $1 and company_id = $2`, [made.centre.id, resting?.id]);
    expect((await app.request(made.camilla).post('/api/campaign-counts', {})).body).toMatchObject({ matching: { count: 1 }, left: { quarantined: { count: 1 } } });
    const during = await frozenCampaign(app, made.camilla);
    expect((await app.request(made.camilla).get(`${address}/${during}`)).body.targets).toBe(1);
    app.clock.set('2027-02-16T23:59:00+01:00');
    await app.sweep();
    const camilla = { token: await openSession(app, made.camilla) };
    expect((await app.request(camilla).post('/api/campaign-counts', {})).body.matching.count).toBe(1);
    app.clock.set('2027-02-17T00:01:00+01:00');
    await app.sweep();
    expect((await app.request(camilla).post('/api/campaign-counts', {})).body.matching.count).toBe(2);
  });

  test('a list that would be empty is not frozen; one nobody was heard about can be thrown away, one that was heard cannot', async () => {
    const made = await makeCentre(app);
    const { id } = (await app.request(made.camilla).post(address, plan)).body;
    expect(await app.request(made.camilla).post(`${address}/${id}/list`)).toMatchObject({ status: 409, body: { code: 'list_empty' } });
    await someCompanies(app, made, ['Ager Møbler']);
    expect((await app.request(made.camilla).post(`${address}/${id}/list`)).body).toMatchObject({ state: 'listed', targets: 1 });
    expect((await app.request(made.camilla).delete(`${address}/${id}/list`)).body).toMatchObject({ state: 'draft', targets: null });
    await app.request(made.camilla).post(`${address}/${id}/list`);
    await app.request(made.camilla).post(`${address}/${id}/hearing`, { deadline });
    expect(await app.request(made.camilla).delete(`${address}/${id}/list`)).toMatchObject({ status: 409, body: { code: 'campaign_state' } });
  });

  test('the file holds every row of the list, and the name says how many', async () => {
    const made = await makeCentre(app);
    await someCompanies(app, made, ['=cmd|calc', 'Åkjær']);
    const id = await openCampaign(app, made.camilla);
    const file = await app.request(made.camilla).get(`${address}/${id}/targets.csv`);
    expect(decodeURIComponent(String(file.headers['content-disposition']))).toContain(' - 2.csv');
    expect(file.text.trim().split('\n')).toHaveLength(3);
    expect(file.text, 'no formula survives').toContain("'=cmd|calc");
  });

  test('counting is exact up to ten thousand and then says that there are more', async () => {
    const made = await makeCentre(app);
    await manyCompanies(app, made.centre, 100_000, 110_001);
    expect((await app.request(made.camilla).post('/api/campaign-counts', {})).body.matching).toEqual({ count: 10_000, more: true });
  });
});

describe('calling', () => {
  test('a campaign is paused, goes on, and ends, each from where it must be', async () => {
    const made = await makeCentre(app);
    const [company] = await someCompanies(app, made, ['Ager Møbler']);
    const open = await openCampaign(app, made.camilla);
    for (const move of ['pause', 'resume']) expect((await app.request(made.camilla).post(`${address}/${open}/${move}`)).body.code).toBe('campaign_state');
    const id = await heardCampaign(app, made.camilla, [[made.dorte, [company?.id ?? '']]], { name: 'Hørt' });
    expect((await app.request(made.camilla).post(`${address}/${id}/pause`)).body.state).toBe('paused');
    expect((await app.request(made.camilla).post(`${address}/${id}/pause`)).body.code).toBe('campaign_state');
    expect((await app.request(made.camilla).post(`${address}/${id}/resume`)).body.state).toBe('calling');
    expect((await app.request(made.camilla).post(`${address}/${id}/end`)).body.state).toBe('over');
    expect((await app.request(made.camilla).post(`${address}/${id}/end`)).body.code).toBe('campaign_state');
    expect((await app.request(made.anna).get(`${address}?over=true`)).body.items).toMatchObject([{ id, can: { end: false } }]);
  });

  test('industries of the register are found by digits and by words', async () => {
    const { anna } = await makeCentre(app);
    await app.owner.query(`insert into vn.industry values ('DB25', '251100', 'Fremstilling af metalkonstruktioner'), ('DB07', '251100', 'Metal efter den gamle liste') on conflict do nothing`);
    expect((await app.request(anna).get('/api/industries?search=metalk')).body).toEqual([{ scheme: 'DB25', code: '251100', title: 'Fremstilling af metalkonstruktioner' }]);
    expect((await app.request(anna).get('/api/industries?scheme=DB07&search=25')).body).toHaveLength(1);
    expect((await app.request(anna).get('/api/industries?search=%25')).body).toEqual([]);
  });
});

test('a company of another centre comes onto no list', async () => {
  const made = await makeCentre(app);
  await makeCompany(app, [made.other], { name: 'Fremmed' });
  expect((await app.request(made.camilla).post('/api/campaign-counts', {})).body.matching.count).toBe(0);
});
