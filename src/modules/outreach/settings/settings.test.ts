import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { writeOutreachSettings } from './contract.ts';

const app = await testApp();
const address = '/api/outreach-settings';
const body = writeOutreachSettings.example.body as Record<string, unknown>;

describe('the rules of a centre', () => {
  test('without any written, the decided defaults hold, and everybody who works by them may read them', async () => {
    const { anna, bo, camilla, hanne } = await makeCentre(app);
    expect((await app.request(anna).get(address)).body).toEqual({ ...body, version: 0, can: { edit: false } });
    expect((await app.request(bo).get(address)).body).toMatchObject({ notNowMonths: 3, notInterestedMonths: 6, attempts: 4 });
    expect((await app.request(camilla).get(address)).body.can.edit).toBe(true);
    expect((await app.request(hanne).get(address)).status).toBe(403);
    expect((await app.request(null).get(address)).status).toBe(401);
  });

  test('the coordinator changes them for the own centre only; whoever saw an older version is shown the newer one', async () => {
    const { anna, camilla, ida } = await makeCentre(app);
    expect((await app.request(anna).put(address, body, seen(0))).status).toBe(403);
    expect((await app.request(camilla).put(address, { ...body, notNowMonths: 4 }, seen(0))).body).toMatchObject({ notNowMonths: 4, version: 1 });
    expect(await app.request(camilla).put(address, body, seen(0))).toMatchObject({ status: 412, body: { current: { notNowMonths: 4, version: 1 } } });
    expect((await app.request(camilla).put(address, { ...body, notNowMonths: 5 }, seen(1))).body).toMatchObject({ notNowMonths: 5, version: 2 });
    expect((await app.request(ida).get(address)).body).toMatchObject({ notNowMonths: 3, version: 0 });
  });

  test.each([
    ['2.15 peace after "not now" shorter than three months', { notNowMonths: 2 }, 'notNowMonths'],
    ['2.15 peace after "not interested" shorter than six months', { notInterestedMonths: 5 }, 'notInterestedMonths'],
    ['3.06 a small cell below three', { smallCell: 2 }, 'smallCell'],
    ['attempts closer than four hours', { attemptHours: 3 }, 'attemptHours'],
    ['a time that is none', { callFrom: '24:00' }, 'callFrom'],
  ])('no centre can be laxer than the rule: %s', async (_what, over, path) => {
    const { camilla } = await makeCentre(app);
    expect(await app.request(camilla).put(address, { ...body, ...over }, seen(0))).toMatchObject({ status: 400, body: { fields: [{ path }] } });
  });

  test('409: an end of the calling hours before their start', async () => {
    const { camilla } = await makeCentre(app);
    expect(await app.request(camilla).put(address, { ...body, callFrom: '16:00', callTo: '09:00' }, seen(0))).toMatchObject({ status: 409, body: { code: 'hours_reversed' } });
  });
});
