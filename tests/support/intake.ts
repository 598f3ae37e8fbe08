import { expect } from 'vitest';
import type { Intake } from '../../src/platform/config.ts';
import type { TestApp } from './app.ts';
import type { TestPerson } from './factory.ts';

export const intakeKey = 'a-key-of-the-installation';
export const withKey: Intake = { address: 'rapport@vejnet.example', mailbox: null, key: intakeKey };

/** A new secret address of somebody's own. */
export async function addressFor(app: TestApp, person: TestPerson): Promise<string> {
  const answer = await app.request(person).put(`/api/people/${person.id}/intake-address`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.address;
}

/** Hands a mail over as a mail server does; it waits to be read. */
export async function deliver(app: TestApp, mail: string | Buffer, query = ''): Promise<{ kept: boolean }> {
  const answer = await app.request(null).raw({ method: 'POST', url: `/api/intake/mails?key=${intakeKey}${query}`, headers: { 'content-type': 'message/rfc822' }, payload: mail });
  expect(answer.status, answer.text).toBe(202);
  return answer.body;
}

/** The same, and lets it be read. */
export async function handOver(app: TestApp, mail: string | Buffer, query = ''): Promise<{ kept: boolean }> {
  const answer = await deliver(app, mail, query);
  await app.jobs.drain();
  return answer;
}

/** The drafts that came of somebody's mails, whole. */
export async function mailDrafts(app: TestApp, person: { token: string }) {
  const listed = await app.request(person).get('/api/visit-drafts');
  const mine = listed.body.filter(({ source }: { source: string }) => source === 'mail');
  return Promise.all(mine.map(async ({ id }: { id: string }) => (await app.request(person).get(`/api/visit-drafts/${id}`)).body));
}
