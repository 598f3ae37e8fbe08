import { expect } from 'vitest';
import type { TestApp } from './app.ts';
import { makeCompany } from './companies.ts';
import type { makeCentre, TestPerson } from './factory.ts';

type Made = Awaited<ReturnType<typeof makeCentre>>;

/** A plan that takes every company the centre may call. */
export const plan = {
  name: 'Metal på egnen',
  goal: '60 besøg inden jul',
  why: 'Faget mangler certifikater',
  aim: 'breadth',
  routes: ['call_centre'],
  starts: '2026-11-23',
  ends: '2026-12-18',
  scripts: [{ language: 'da', text: 'Goddag, jeg ringer for alle skolerne.' }],
  criteria: {},
};

const good = async (asked: Promise<{ status: number; text: string; body: unknown }>) => {
  const answer = await asked;
  expect(answer.status, answer.text).toBeLessThan(300);
  // biome-ignore lint/suspicious/noExplicitAny: each test states what it expects to find here
  return answer.body as any;
};

/** Companies named one by one, all callable and in one place. */
export const someCompanies = (app: TestApp, made: Made, names: readonly string[], facts: Parameters<typeof makeCompany>[2] = {}) =>
  Promise.all(names.map((name, at) => makeCompany(app, [made.centre], { name, phone: `0012${String(1000 + at)}`, town: 'Limvig', municipality: '0665', size_from: 5, size_to: 9, ...facts })));

/** A campaign whose list is frozen. */
export async function frozenCampaign(app: TestApp, coordinator: TestPerson, over: object = {}): Promise<string> {
  const { id } = await good(app.request(coordinator).post('/api/campaigns', { ...plan, ...over }));
  await good(app.request(coordinator).post(`/api/campaigns/${id}/list`));
  return id;
}

/** A campaign that every school is being asked about, until noon on Friday. */
export const deadline = '2026-11-20T11:00:00.000Z';
export async function openCampaign(app: TestApp, coordinator: TestPerson, over: object = {}): Promise<string> {
  const id = await frozenCampaign(app, coordinator, over);
  await good(app.request(coordinator).post(`/api/campaigns/${id}/hearing`, { deadline }));
  return id;
}

/** A campaign that has been heard: these schools struck these companies, the clock stands a minute after the deadline, and the house has closed it. */
export async function heardCampaign(app: TestApp, coordinator: TestPerson, strikes: readonly [TestPerson, readonly string[]][] = [], over: object = {}): Promise<string> {
  const id = await openCampaign(app, coordinator, over);
  for (const [person, companies] of strikes) await good(app.request(person).post(`/api/hearings/${id}/marks`, { companies, mark: 'struck' }));
  app.clock.set('2026-11-20T12:01:00+01:00');
  await app.sweep();
  return id;
}
