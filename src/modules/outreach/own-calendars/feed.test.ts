import ICAL from 'ical.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCompany } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { book, makeBookable, slotsFor } from '../../../../tests/support/meetings.ts';

const app = await testApp();
beforeEach(async () => {
  app.clock.set('2026-11-17T09:00:00+01:00');
  await app.owner.query('delete from vn.rate');
});
const feedOf = (person: { id: string }) => `/api/people/${person.id}/calendar-feed`;
const renew = async (person: TestPerson) => {
  const answer = await app.request(person).put(feedOf(person));
  expect(answer.status).toBe(200);
  return new URL(answer.body.address).pathname;
};
const read = (address: string) => app.request(null).get(address);
const events = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');

/** A consultant with two meetings, of which the second was cancelled. */
async function withMeetings() {
  const people = await makeCentre(app);
  await makeBookable(app, people.centre, [people.anna]);
  const companies = [await makeCompany(app, [people.centre], { name: 'Bjergager Smede' }), await makeCompany(app, [people.centre], { name: 'Sønner & Co' })];
  const ids: string[] = [];
  for (const company of companies) {
    const [slot] = await slotsFor(app, people.camilla, company, '?week=2026-11-23');
    ids.push((await book(app, people.camilla, company, slot?.choice ?? '')).body.id);
  }
  await app.request(people.camilla).put(`/api/meetings/${ids[1]}/cancellation`, { because: 'company' }, seen(1));
  return { ...people, ids };
}

describe('2.16 a secret address at which a calendar program reads one’s meetings', () => {
  test('401, 403 for whoever is no consultant, and nobody makes or ends a colleague’s', async () => {
    const { anna, camilla, bo, centre } = await makeCentre(app);
    const birte = await makePerson(app, 'Birte', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    for (const method of ['put', 'delete'] as const) {
      expect((await app.request(null)[method](feedOf(anna))).status).toBe(401);
      for (const person of [camilla, bo]) expect((await app.request(person)[method](feedOf(anna))).status).toBe(403);
      expect(await app.request(birte)[method](feedOf(anna))).toMatchObject({ status: 403, body: { code: 'not_your_calendar' } });
    }
  });

  test('shows every own meeting with place and company, cancelled ones as such, under the number of the invitation, without a session', async () => {
    const { anna, ids } = await withMeetings();
    const answer = await read(await renew(anna));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(events(answer.text).map((event) => ['uid', 'summary', 'location', 'status'].map((name) => event.getFirstPropertyValue(name)))).toEqual([
      [`${ids[0]}@localhost`, 'Møde hos Bjergager Smede', 'Havnevej 4, Limvig', 'CONFIRMED'],
      [`${ids[1]}@localhost`, 'Møde hos Sønner & Co', 'Havnevej 4, Limvig', 'CANCELLED'],
    ]);
    expect(answer.text, 'no person at the company, and not what was said').not.toMatch(/Preben|svejsere|morgenen/);
  });

  test('shows nobody else’s: a colleague’s is empty, and another centre’s address leads to that centre', async () => {
    const { centre, other } = await withMeetings();
    const birte = await makePerson(app, 'Birte', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    const gert = await makePerson(app, 'Gert', ['consultant'], { centreId: other.id, schoolId: other.schools.g });
    for (const person of [birte, gert]) {
      const answer = await read(await renew(person));
      expect([answer.status, events(answer.text).length]).toEqual([200, 0]);
    }
  });

  test('404 for a wrong address, one that was renewed or switched off, and for whoever is no consultant any more', async () => {
    const { anna } = await withMeetings();
    for (const wrong of ['x', 'x.ics', `${'A'.repeat(43)}.ics`, `${'A'.repeat(199)}`, "'--"]) expect((await read(`/api/calendar-feed/${wrong}`)).status, wrong).toBe(404);
    const first = await renew(anna);
    expect((await read(first)).status).toBe(200);
    expect((await read(first.replace(/\.ics$/, ''))).status, 'some programs drop the ending').toBe(200);
    const second = await renew(anna);
    expect([(await read(first)).status, (await read(second)).status]).toEqual([404, 200]);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,2026-11-17)' where person_id = $1`, [anna.id]);
    expect((await read(second)).status).toBe(404);
    await app.owner.query(`update vn.membership set during = '[2024-01-01,)' where person_id = $1`, [anna.id]);
    expect((await app.request(anna).delete(feedOf(anna))).status).toBe(204);
    expect((await read(second)).status).toBe(404);
    expect((await app.request(anna).get(`/api/people/${anna.id}/calendars`)).body.feed).toBeNull();
  });

  test('is shown once: only its hash is kept, in no answer and in no log', async () => {
    const { anna } = await withMeetings();
    const secret = (await renew(anna)).split('/').at(-1)?.replace('.ics', '') ?? '';
    expect(secret).toHaveLength(43);
    const shown = await app.request(anna).get(`/api/people/${anna.id}/calendars`);
    expect(shown.body.feed).toEqual({ since: '2026-11-17T08:00:00.000Z' });
    const everything = await app.owner.query(
      `select (select jsonb_agg(to_jsonb(f)) from vn.calendar_feed f)::text || (select jsonb_agg(to_jsonb(a)) from vn.audit a)::text || coalesce((select jsonb_agg(to_jsonb(i)) from vn.idempotency i)::text, '') all_of_it`,
    );
    expect(`${shown.text}${everything.rows[0].all_of_it}`).not.toContain(secret);
  });

  test('is asked so often and no more from one place, wrong addresses included', async () => {
    const { anna } = await withMeetings();
    const address = await renew(anna);
    const statuses: number[] = [];
    for (let n = 0; n < 241; n += 1) statuses.push((await read(n % 2 ? address : '/api/calendar-feed/wrong')).status);
    expect(statuses.slice(0, 240).every((status) => status !== 429)).toBe(true);
    expect(statuses[240]).toBe(429);
  });
});
