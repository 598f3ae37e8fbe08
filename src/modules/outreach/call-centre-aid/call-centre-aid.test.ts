import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { plan, someCompanies } from '../../../../tests/support/campaigns.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { suggest } from './rules.ts';

const app = await testApp();
const answers = (manySmall: string, weakContacts: string, broadOverview: string, littleExperience: string) => ({ manySmall, weakContacts, broadOverview, littleExperience });

describe('four questions', () => {
  test('2.07 three of four decide what they speak for; anything else speaks for neither, and every reason is named', () => {
    const of = (...given: Parameters<typeof answers>) => suggest(answers(...given) as never);
    expect(of('yes', 'yes', 'yes', 'unsure')).toEqual({ fits: 'call_centre', speaksFor: ['manySmall', 'weakContacts', 'broadOverview'], speaksAgainst: [], open: ['littleExperience'] });
    expect(of('no', 'no', 'unsure', 'no').fits).toBe('consultants');
    expect([of('yes', 'yes', 'no', 'no'), of('unsure', 'unsure', 'unsure', 'unsure'), of('yes', 'yes', 'no', 'unsure')].map(({ fits }) => fits)).toEqual(['either', 'either', 'either']);
  });

  test('2.07 the answers stay with the campaign, can be changed, and change nothing else; facts of the register stand beside', async () => {
    const made = await makeCentre(app);
    await someCompanies(app, made, ['Lille A', 'Lille B', 'Lille C']);
    await someCompanies(app, made, ['Stor'], { size_from: 100, size_to: 199 });
    const [{ id: called }] = (await app.owner.query(`select id from vn.company where name = 'Lille A'`)).rows;
    await app.owner.query(`insert into vn.timeline_entry (centre_id, id, company_id, at, kind) values ($1, gen_random_uuid(), $2, now(), 'call.made')`, [made.centre.id, called]);
    const { id } = (await app.request(made.camilla).post('/api/campaigns', { ...plan, routes: ['consultants'] })).body;
    const url = `/api/campaigns/${id}/call-centre-aid`;
    expect((await app.request(made.camilla).get(url)).body).toMatchObject({ answers: null, suggestion: null, facts: { companies: 4, small: 3, spokenWith: 1 }, version: 0, can: { answer: true } });
    const before = (await app.request(made.camilla).get(`/api/campaigns/${id}`)).body;
    const first = await app.request(made.camilla).put(url, answers('yes', 'yes', 'yes', 'yes'), { 'if-match': '"0"' });
    expect(first).toMatchObject({ status: 200, body: { suggestion: { fits: 'call_centre' }, answeredBy: 'Camilla', version: 1 } });
    expect((await app.request(made.camilla).get(`/api/campaigns/${id}`)).body, 'suggested, not decided').toEqual(before);
    expect(await app.request(made.camilla).put(url, answers('no', 'no', 'no', 'no'), { 'if-match': '"0"' })).toMatchObject({ status: 412, body: { current: { version: 1 } } });
    expect(await app.request(made.camilla).put(url, answers('no', 'no', 'no', 'no'), { 'if-match': '"1"' })).toMatchObject({ body: { suggestion: { fits: 'consultants' }, version: 2 } });
    await app.request(made.camilla).post(`/api/campaigns/${id}/end`);
    expect(await app.request(made.camilla).put(url, answers('yes', 'no', 'no', 'no'), { 'if-match': '"2"' })).toMatchObject({ status: 409, body: { code: 'campaign_state' } });
    expect((await app.request(made.camilla).get(url)).body).toMatchObject({ answers: { manySmall: 'no' }, can: { answer: false } });
  });

  test('2.07 401, 403, 404: the coordinator’s alone', async () => {
    const made = await makeCentre(app);
    const { id } = (await app.request(made.camilla).post('/api/campaigns', plan)).body;
    const url = `/api/campaigns/${id}/call-centre-aid`;
    for (const [who, status] of [
      [null, 401],
      [made.anna, 403],
      [made.dorte, 403],
      [made.bo, 403],
      [made.ida, 404],
    ] as const) {
      expect((await app.request(who).get(url)).status).toBe(status);
      expect((await app.request(who).put(url, answers('yes', 'no', 'no', 'no'), { 'if-match': '"0"' })).status).toBe(status);
    }
    expect(await app.request(made.camilla).put(url, { manySmall: 'maybe' }, { 'if-match': '"0"' })).toMatchObject({ status: 400 });
  });
});
