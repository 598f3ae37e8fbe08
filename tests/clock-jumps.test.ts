import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from './support/app.ts';
import { fresh, mailed, mailsTo } from './support/ask.ts';
import { makeCompany } from './support/companies.ts';
import { makeCentre, makePerson } from './support/factory.ts';
import { fileAgreement, queuedCampaign } from './support/queues.ts';

const start = '2026-11-17T10:00:00+01:00';
const app = await testApp({ now: start });
beforeEach(() => app.clock.set(start));
/** The clock is put right: back an hour (NTP), or on by a day (a suspended laptop or virtual machine wakes up). */
const back = () => app.clock.advance({ hours: -1 });
const onADay = () => app.clock.advance({ days: 1 });

describe('the clock goes back an hour, or on by a day', () => {
  // First of all, while there are few centres whose chores a sweep does.
  test('a night’s work is done once a day: made up for after a night that was slept through, and not again in an hour that comes twice', async () => {
    const { centre } = await makeCentre(app);
    const nights = async () => (await app.owner.query(`select day::text from vn.retention_run where centre_id = $1 and clock = 'night' order by day`, [centre.id])).rows.map(({ day }) => day);
    const jobs = async () => (await app.owner.query(`select count(*)::int n from pgboss.job where name like 'data-protection%' and data ->> 'centre' = $1`, [centre.id])).rows[0].n;
    app.clock.set('2026-11-18T13:00:00+01:00'); // asleep from before two until after noon
    await app.sweep();
    expect(await nights()).toEqual(['2026-11-18']);
    app.clock.set('2026-11-19T02:00:30+01:00');
    await app.sweep();
    app.clock.set('2026-11-19T01:59:30+01:00');
    await app.sweep();
    app.clock.set('2026-11-19T02:00:30+01:00');
    await app.sweep();
    expect(await nights()).toEqual(['2026-11-18', '2026-11-19']);
    expect(await jobs(), 'one job for each night').toBe(2);
  });

  test('what is due by the minute is done once in a minute that comes twice: a hearing that closed stays closed, and nobody is written to again', async () => {
    const made = await makeCentre(app);
    const campaign = await queuedCampaign(app, made, [(await makeCompany(app, [made.centre])).id], { close: false });
    const closed = async () => (await app.owner.query('select hearing_closed_at from vn.campaign where id = $1', [campaign])).rows[0].hearing_closed_at;
    app.clock.advance({ days: 14, minutes: 1 });
    await app.sweep();
    const [at, mails] = [await closed(), app.mails.length];
    expect(at).not.toBeNull();
    back();
    await app.sweep();
    app.clock.advance({ hours: 1 });
    await app.sweep();
    expect([await closed(), app.mails.length]).toEqual([at, mails]);
  });

  test.each([
    ['back', back],
    ['on', onADay],
  ])('%s: whoever is signed in stays so, and can sign in anew', async (_where, jump) => {
    const { anna, bo } = await makeCentre(app);
    jump();
    expect((await app.request(anna).get('/api/session')).body.person.name).toBe('Anna');
    expect((await app.request(anna).get('/api/schools')).status).toBe(200);
    expect((await app.request(await fresh(app, bo)).get('/api/session')).body.person.name).toBe('Bo');
  });

  test('a code to sign in works once all the same after it went back, and is over after it went on', async () => {
    const { anna, bo } = await makeCentre(app);
    const [annas, bos] = [await mailed(app, anna.email), await mailed(app, bo.email)];
    const redeem = ({ email }: { email: string }, { code, there }: typeof annas) => app.request(null).post('/api/session', { email, code }, there);
    back();
    expect((await redeem(anna, annas)).status).toBe(200);
    expect((await redeem(anna, annas)).status).toBe(403);
    onADay();
    expect((await redeem(bo, bos)).status).toBe(403);
  });

  test('back: a limit that was reached does not last until the hour is over again; a clock that is a minute behind another server’s begins no window anew', async () => {
    const email = `${randomUUID()}@firma.example`;
    const ask = async () => (await app.request(null).post('/api/sign-in', { email })).status;
    for (let n = 0; n < 5; n += 1) await ask();
    app.clock.advance({ minutes: -1 });
    expect(await ask()).toBe(429);
    back();
    expect(await ask()).toBe(202);
    for (let n = 0; n < 4; n += 1) await ask();
    expect(await ask(), 'and the window that began then counts').toBe(429);
    onADay();
    expect(await ask()).toBe(202);
  });

  test('back: nor does a key’s; on: a key is over when its day has come', async () => {
    const { karen } = await makeCentre(app);
    const { key } = (await app.request(karen).post('/api/keys', { name: 'System', writes: false, days: 30, machine: null })).body;
    const ask = () => app.request(null).get('/api/schools', { authorization: `Bearer ${key}` });
    expect((await ask()).status).toBe(200);
    await app.owner.query(`update vn.rate set count = 1000 where key like 'api-key %'`);
    expect(await ask()).toMatchObject({ status: 429 });
    back();
    expect(await ask()).toMatchObject({ status: 200, headers: { ratelimit: expect.stringMatching(/^"key";r=599;t=60$/) } });
    app.clock.advance({ days: 31 });
    expect((await ask()).status).toBe(401);
  });

  test.each([
    ['back', back],
    ['on, by less than a day', () => app.clock.advance({ hours: 23 })],
  ])('%s: what was sent before is not done again under its Idempotency-Key', async (_where, jump) => {
    const { camilla } = await makeCentre(app);
    const add = () => app.request(camilla).post('/api/teams', { name: 'Team To', market: '', members: [] }, { 'idempotency-key': 'the same' });
    const first = await add();
    jump();
    expect(await add()).toMatchObject({ status: 201, text: first.text });
    expect((await app.request(camilla).get('/api/teams')).body).toHaveLength(1);
  });

  test('2.15 a company that a caller holds goes to nobody else when it went back, and to the next one when it went on; who held it then records nothing', async () => {
    const made = await makeCentre(app);
    await fileAgreement(app, made);
    const campaign = await queuedCampaign(app, made, [(await makeCompany(app, [made.centre], { phone: '00123410' })).id]);
    const eva = await makePerson(app, 'Eva', ['agent'], { centreId: made.centre.id, organisationId: made.centre.organisation });
    const next = async (who: { token: string }) => (await app.request(who).post(`/api/calls/campaigns/${campaign}/next`)).body.card;
    const held = await next(made.bo);
    expect(held).not.toBeNull();
    app.clock.advance({ minutes: -60 });
    expect(await next(eva)).toBeNull();
    expect((await next(made.bo)).item).toBe(held.item);
    onADay();
    const taken = await next(eva);
    expect([taken.item, taken.leaseNo]).toEqual([held.item, held.leaseNo + 1]);
    expect(await next(made.bo)).toBeNull();
  });
});

describe('the database’s clock, by which the queue goes, is put back an hour', () => {
  /** What that looks like from then on: every mark that the queue wrote lies an hour ahead. */
  const putBack = async () => {
    await app.owner.query(`update pgboss.version set cron_on = coalesce(cron_on, now()) + interval '1 hour'`);
    await app.owner.query(`update pgboss.queue set monitor_on = now() + interval '1 hour', maintain_on = now() + interval '1 hour'`);
    await app.owner.query(
      `update pgboss.job set created_on = created_on + interval '1 hour', start_after = start_after + interval '1 hour', started_on = started_on + interval '1 hour', singleton_on = singleton_on + interval '1 hour'`,
    );
  };

  test('what waits is done and the minutes’ work begins within half a minute, and not when the hour is over again', async () => {
    const { anna } = await makeCentre(app);
    await app.request(null).post('/api/sign-in', { email: anna.email });
    // As the queue marks the minute that it has begun: none is begun twice.
    await app.owner.query(`update pgboss.job set singleton_on = date_trunc('minute', now() at time zone 'UTC') where state = 'created'`);
    await putBack();
    expect(await mailsTo(app, anna.email)).toEqual([]);
    await app.jobs.followClock();
    expect(await mailsTo(app, anna.email)).toHaveLength(1);
    const ahead = await app.owner.query(
      `select (select count(*)::int from pgboss.version where cron_on > now()) cron, (select count(*)::int from pgboss.queue where greatest(monitor_on, maintain_on) > now()) queues,
              (select count(*)::int from pgboss.job where greatest(created_on, started_on) > now() or singleton_on > now() at time zone 'UTC') jobs`,
    );
    expect(ahead.rows).toEqual([{ cron: 0, queues: 0, jobs: 0 }]);
  });

  test('a try that waits for its turn keeps its wait, and a clock that was not put back changes nothing', async () => {
    const { anna } = await makeCentre(app);
    await app.request(null).post('/api/sign-in', { email: anna.email });
    await app.owner.query(`update pgboss.job set state = 'retry', started_on = now(), start_after = now() + interval '10 minutes' where state = 'created'`);
    const waits = async () => (await app.owner.query(`select round(extract(epoch from start_after - now()) / 60)::int minutes from pgboss.job where state = 'retry'`)).rows;
    await app.owner.query('update pgboss.version set cron_on = now()');
    await app.jobs.followClock();
    expect(await waits()).toEqual([{ minutes: 10 }]);
    await putBack();
    expect(await waits()).toEqual([{ minutes: 70 }]);
    await app.jobs.followClock();
    expect(await waits()).toEqual([{ minutes: 10 }]);
  });
});
