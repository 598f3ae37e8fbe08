import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { receiver, type VejnetEvent, verified } from '../../../../docs/examples/webhook-receiver.ts';
import { testApp } from '../../../../tests/support/app.ts';
import { makeCompany, makeContact } from '../../../../tests/support/companies.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { inside } from '../../../../tests/support/inside.ts';
import { failsTooLong, nextTry } from './rules.ts';
import { deliverWebhook } from './server/jobs.ts';

type Handler = (response: http.ServerResponse, request: http.IncomingMessage) => void;
interface Came {
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}
const ok: Handler = (response) => void response.writeHead(204).end();
let answer: Handler = ok;
const came: Came[] = [];
const server = http.createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  came.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
  answer(response, request);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
const home = `http://127.0.0.1:${port}/krog`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const app = await testApp({ insideHosts: [`127.0.0.1:${port}`] });
const noon = '2026-11-17T09:00:00+01:00';
beforeEach(async () => {
  await app.owner.query('delete from vn.webhook');
  app.clock.set(noon);
  answer = ok;
  came.splice(0);
  app.mails.splice(0);
});

type Made = Awaited<ReturnType<typeof makeCentre>>;
const body = { name: 'Skolens CRM', url: home, kinds: null };
async function make(person: TestPerson, more: object = {}): Promise<{ id: string; secret: string }> {
  const made = await app.request(person).post('/api/webhooks', { ...body, ...more });
  expect(made.status, made.text).toBe(201);
  return made.body;
}
/** An entry as any module writes it: in the centre's transaction. */
async function happens({ centre }: Made, company: string, more: { kind?: string; school?: string | null; count?: number } = {}): Promise<string[]> {
  const ids = Array.from({ length: more.count ?? 1 }, () => randomUUID());
  await app.owner.query('begin');
  await app.owner.query(`select set_config('app.centre', $1, true), set_config('app.now', $2, true)`, [centre.id, app.clock.now().toISOString()]);
  await app.owner.query(`insert into vn.timeline_entry (centre_id, id, company_id, at, kind, school_id, data) select $1, unnest($2::uuid[]), $3, ctx.now(), $4, $5, '{"name": "Frida Hemmelig"}'`, [
    centre.id,
    ids,
    company,
    more.kind ?? 'visit.reported',
    more.school ?? null,
  ]);
  await app.owner.query('commit');
  return ids;
}
/** A webhook’s turn, without everything else that is done every minute. */
const deliver = ({ centre }: Made, webhook: string) => deliverWebhook.run(app.room, { centre: centre.id, webhook });
const later = (minutes: number) => app.clock.set(new Date(app.clock.now().getTime() + minutes * 60_000).toISOString());
const events = (): VejnetEvent[] => came.map((each) => JSON.parse(each.body));
const listed = async (person: TestPerson, id: string) => (await app.request(person).get('/api/webhooks')).body.webhooks.find((each: { id: string }) => each.id === id);
const sent = async (person: TestPerson, id: string) => (await app.request(person).get(`/api/webhooks/${id}/deliveries`)).body.items;
const seconds = () => Math.floor(app.clock.now().getTime() / 1000);

describe('X.2 a webhook tells another system what happened', () => {
  test('X.2 ids and a word and nothing else, signed as Standard Webhooks say: an independent computation agrees', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    await makeContact(app, made.centre, company, 'Frida Hemmelig', '20202020');
    const { id, secret } = await make(made.anna);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const added = await app.request(made.camilla).post(`/api/companies/${company.id}/contacts`, {
      name: 'Bent Hemmelig',
      role: 'owner',
      email: 'bent@firma.example',
      phone: null,
      basis: 'public_task',
      source: 'Opkald',
      reviewOn: '2028-11-17',
    });
    expect(added.status, added.text).toBe(201);
    await app.sweep();
    expect(came).toHaveLength(1);
    const [it] = came as [Came];
    const told = JSON.parse(it.body);
    expect(told).toEqual({
      id: it.headers['webhook-id'],
      event: 'contact.added',
      at: '2026-11-17T08:00:00.000Z',
      centre: made.centre.id,
      company: { id: company.id, cvr: company.cvr },
      subject: told.subject,
    });
    expect(it.body).not.toContain('Hemmelig');
    const key = Buffer.from(secret.slice(6), 'base64');
    expect(it.headers['webhook-timestamp']).toBe(String(seconds()));
    expect(it.headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(`${it.headers['webhook-id']}.${it.headers['webhook-timestamp']}.${it.body}`).digest('base64')}`);
    expect(await sent(made.anna, id)).toMatchObject([{ id: told.id, event: 'contact.added', state: 'delivered', tries: 1, status: 204, fault: null, nextAt: null }]);
    await app.sweep();
    expect(came, 'once').toHaveLength(1);
  });

  test('X.2 only the kinds that were chosen; a test when asked for', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const { id } = await make(made.dorte, { kinds: ['meeting.booked', 'meeting.booked'] });
    await happens(made, company.id);
    await happens(made, company.id, { kind: 'meeting.booked' });
    await app.sweep();
    expect(events().map(({ event }) => event)).toEqual(['meeting.booked']);
    expect((await app.request(made.dorte).post(`/api/webhooks/${id}/test`)).status).toBe(202);
    await app.jobs.drain();
    expect(events()[1]).toMatchObject({ event: 'webhook.test', company: null, subject: null, centre: made.centre.id });
    expect(await listed(made.dorte, id)).toMatchObject({ kinds: ['meeting.booked'], place: 'Skole A', state: 'on', counts: { delivered: 2, waiting: 0, givenUp: 0 } });
  });

  test('X.2 more than one turn of events all get through', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    await make(made.camilla);
    const ids = await happens(made, company.id, { count: 45 });
    await app.sweep();
    expect(new Set(events().map(({ id }) => id)).size).toBe(ids.length);
  });

  test('X.2 what is rolled back is told to nobody', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const { id } = await make(made.anna);
    await inside(app, made.anna, (client) =>
      client.query(`insert into vn.timeline_entry (centre_id, id, company_id, at, kind) values ($1, $2, $3, now(), 'visit.reported')`, [made.centre.id, randomUUID(), company.id]),
    );
    await app.sweep();
    expect([came, await sent(made.anna, id)]).toEqual([[], []]);
  });
});

describe('X.2 never more than its owner may read', () => {
  test('X.2 another school’s private entry and another centre’s are never sent, whoever’s hat', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre, made.other]);
    const hooks = {
      anna: await make(made.anna, { url: `${home}/a` }),
      emil: await make(made.emil, { url: `${home}/b` }),
      camilla: await make(made.camilla, { url: `${home}/c` }),
      ida: await make(made.ida, { url: `${home}/d` }),
    };
    await happens(made, company.id, { school: made.centre.schools.a, kind: 'a.only' });
    await happens(made, company.id, { school: made.centre.schools.b, kind: 'b.only' });
    await happens(made, company.id, { kind: 'all.may' });
    await app.sweep();
    const at = (path: string) => came.filter(({ url }) => url.endsWith(path)).map((each) => JSON.parse(each.body).event);
    expect([at('/a').sort(), at('/b').sort(), at('/c'), at('/d')]).toEqual([['a.only', 'all.may'], ['all.may', 'b.only'], ['all.may'], []]);
    expect((await app.request(made.emil).get(`/api/webhooks/${hooks.anna.id}/deliveries`)).status).toBe(404);
  });

  test('X.2 what its owner may not read at the moment it is sent is held back, though it was queued', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const { id } = await make(made.anna);
    const [entry] = await happens(made, company.id, { school: made.centre.schools.a });
    await app.owner.query('alter table vn.timeline_entry disable trigger t9_append_only');
    await app.owner.query('update vn.timeline_entry set school_id = $2 where id = $1', [entry, made.centre.schools.b]);
    await app.owner.query('alter table vn.timeline_entry enable trigger t9_append_only');
    await app.sweep();
    expect([came, await sent(made.anna, id)]).toMatchObject([[], [{ state: 'withheld', event: null, company: null, tries: 0 }]]);
    await app.request(made.anna).post(`/api/webhooks/${id}/replay`, { since: '2026-11-01' });
    await app.jobs.drain();
    expect(came, 'nor when it is asked for again').toEqual([]);
  });

  test('X.2 a role that ended stops it; back again it goes on, and what was held back only when asked for', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const leaver = await makePerson(app, 'Liv', ['consultant'], { centreId: made.centre.id, schoolId: made.centre.schools.a });
    // Somebody with another role elsewhere in the centre still sees the list.
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, 'consultant', '[2024-01-01,)')`, [
      made.centre.id,
      randomUUID(),
      leaver.id,
      made.centre.schools.b,
    ]);
    const { id } = await make(leaver);
    await app.owner.query(`update vn.membership set during = daterange(lower(during), '2026-11-17') where person_id = $1 and school_id = $2`, [leaver.id, made.centre.schools.a]);
    await happens(made, company.id);
    await app.sweep();
    expect(came).toEqual([]);
    await app.request(leaver).put('/api/session/hat', { schoolId: made.centre.schools.b, organisationId: null, asCoordinator: false });
    await app.owner.query(`update vn.session set school_id = $2 where person_id = $1`, [leaver.id, made.centre.schools.b]);
    expect(await listed(leaver, id)).toMatchObject({ state: 'paused' });
    expect(await sent(leaver, id)).toMatchObject([{ state: 'withheld' }]);
    await app.owner.query(`update vn.membership set during = daterange(lower(during), null) where person_id = $1`, [leaver.id]);
    await app.sweep();
    expect(came).toEqual([]);
    expect((await app.request(leaver).post(`/api/webhooks/${id}/replay`, { since: '2026-11-17' })).body).toEqual({ events: 1 });
    await app.jobs.drain();
    expect(came).toHaveLength(1);
  });

  test('X.2 a school that has left is told no more; a coordinator whose role ended neither', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    await make(made.anna);
    await make(made.camilla);
    await app.owner.query(`update vn.school set left_on = '2026-11-16' where id = $1`, [made.centre.schools.a]);
    await app.owner.query(`update vn.membership set during = daterange(lower(during), '2026-11-17') where person_id = $1 and role = 'coordinator'`, [made.camilla.id]);
    await happens(made, company.id);
    await app.sweep();
    expect(came).toEqual([]);
  });
});

describe('X.2 what fails', () => {
  test('X.2 is tried again after 1, 5 and 30 minutes, 2, 8 and 24 hours with the same id and a new time, then given up, and the owner is told once', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const { id, secret } = await make(made.anna);
    answer = (response) => void response.writeHead(500).end('Frida');
    await happens(made, company.id);
    await app.sweep();
    for (const [at, minutes] of [1, 5, 30, 120, 480, 1440].entries()) {
      expect(came, `${at}`).toHaveLength(at + 1);
      expect(await sent(made.anna, id)).toMatchObject([{ state: 'waiting', tries: at + 1, status: 500 }]);
      later(minutes - 1);
      await app.sweep();
      expect(came, `${minutes} are not over`).toHaveLength(at + 1);
      later(1);
      await app.sweep();
    }
    expect(came).toHaveLength(7);
    expect(new Set(came.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(came.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(7);
    expect(verified(secret, came.at(-1)?.headers ?? {}, came.at(-1)?.body ?? '', seconds())).not.toBeNull();
    expect(await sent(made.anna, id)).toMatchObject([{ state: 'given_up', tries: 7, nextAt: null }]);
    expect(app.mails.map(({ to, subject }) => [to, subject])).toEqual([[made.anna.email, 'Din webhook Skolens CRM kommer ikke igennem']]);
    expect(JSON.stringify(app.mails)).not.toContain('Frida');
    expect(await listed(made.anna, id)).toMatchObject({ state: 'failing', counts: { givenUp: 1 } });
    later(60);
    await app.sweep();
    expect(came).toHaveLength(7);
    answer = ok;
    const [delivery] = await sent(made.anna, id);
    expect((await app.request(made.anna).post(`/api/webhooks/${id}/deliveries/${delivery.id}/replay`)).status).toBe(202);
    await app.jobs.drain();
    expect(came.at(-1)?.headers['webhook-id']).toBe(delivery.id);
    expect(await listed(made.anna, id)).toMatchObject({ state: 'on', failingSince: null, counts: { delivered: 1, givenUp: 0 } });
  });

  test('X.2 a receiver that is down is asked once and not for each event; others are not held up', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    await make(made.anna, { url: `${home}/nede` });
    await make(made.emil, { url: `${home}/oppe` });
    answer = (response, request) => void response.writeHead(request.url?.endsWith('nede') ? 503 : 200).end();
    await happens(made, company.id, { count: 5 });
    await app.sweep();
    expect(came.filter(({ url }) => url.endsWith('nede'))).toHaveLength(1);
    expect(came.filter(({ url }) => url.endsWith('oppe'))).toHaveLength(5);
  });

  test('X.2 five days without success switch it off with a mail; switched on again, what waited goes out', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const { id } = await make(made.dorte);
    answer = (response) => void response.writeHead(500).end();
    await happens(made, company.id);
    await app.sweep();
    later(5 * 1440);
    await happens(made, company.id);
    await app.sweep();
    expect(await listed(made.dorte, id)).toMatchObject({ state: 'off', offBecause: 'failing', counts: { waiting: 2 } });
    expect(app.mails.map(({ to }) => to)).toEqual([made.dorte.email]);
    await happens(made, company.id);
    await app.sweep();
    expect([(await app.request(made.dorte).post(`/api/webhooks/${id}/test`)).body.code, (await sent(made.dorte, id)).length]).toEqual(['webhook_off', 2]);
    answer = ok;
    expect((await app.request(made.dorte).put(`/api/webhooks/${id}`, { on: true })).status).toBe(204);
    later(5);
    came.splice(0);
    await app.sweep();
    expect(came).toHaveLength(2);
  });

  test('X.2 410 switches it off at once', async () => {
    const made = await makeCentre(app);
    const { id } = await make(made.anna);
    answer = (response) => void response.writeHead(410).end();
    await app.request(made.anna).post(`/api/webhooks/${id}/test`);
    await app.jobs.drain();
    expect(await listed(made.anna, id)).toMatchObject({ state: 'off', offBecause: 'gone' });
  });

  test('X.2 a redirect is not followed, an endless or slow answer is cut', { timeout: 30_000 }, async () => {
    const made = await makeCentre(app);
    const { id } = await make(made.anna);
    const tryOnce = async (handler: Handler) => {
      answer = handler;
      const { delivery } = (await app.request(made.anna).post(`/api/webhooks/${id}/test`)).body;
      await app.jobs.drain();
      const found = (await sent(made.anna, id)).find((each: { id: string }) => each.id === delivery);
      return [found.status, found.fault];
    };
    expect(await tryOnce((response) => void response.writeHead(307, { location: `${home}/andetsteds` }).end())).toEqual([307, null]);
    expect(came.map(({ url }) => url)).toEqual(['/krog']);
    expect(
      await tryOnce((response) => {
        const more = (): void => void (response.destroyed || response.write('x'.repeat(60_000), more));
        more();
      }),
    ).toEqual([null, 'too_large']);
    expect(await tryOnce((response) => void response.writeHead(200).write('hej'))).toEqual([null, 'slow']);
    expect(await tryOnce((response) => void response.destroy())).toEqual([null, 'unreachable']);
  });

  test('X.2 two servers that work at once send each event once; a turn that was never finished is given back', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const { id } = await make(made.anna);
    await happens(made, company.id, { count: 8 });
    await Promise.all([app.sweep(), app.sweep(), app.sweep()]);
    expect(came).toHaveLength(8);
    await app.owner.query(`update vn.webhook set busy_until = $2 where id = $1`, [id, new Date(app.clock.now().getTime() + 300_000)]);
    await happens(made, company.id);
    await app.sweep();
    expect(came).toHaveLength(8);
    later(6);
    await app.sweep();
    expect(came).toHaveLength(9);
  });
});

describe('X.2 who makes webhooks, and where they go', () => {
  test('X.2 ten per person, however fast one asks; only at a screen; the secret is answered once and stands nowhere', async () => {
    const { centre } = await makeCentre(app);
    const greedy = await makePerson(app, 'Grith', ['consultant'], { centreId: centre.id, schoolId: centre.schools.a });
    const answers = await Promise.all(Array.from({ length: 14 }, () => app.request(greedy).post('/api/webhooks', { ...body, url: `${home}?token=hemmelig` })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(answers.filter(({ body: { code } }) => code === 'too_many_webhooks')).toHaveLength(4);
    const secret = answers.find(({ status }) => status === 201)?.body.secret as string;
    const { rows } = await app.owner.query(`select table_name from information_schema.tables where table_schema in ('vn', 'pgboss') and table_type = 'BASE TABLE'`);
    for (const { table_name: name } of rows)
      for (const hidden of [secret.slice(6), 'token=hemmelig']) {
        const found = await app.owner.query(`select count(*)::int n from vn."${name}" t where t::text like $1`, [`%${hidden}%`]).catch(() => ({ rows: [{ n: 0 }] }));
        expect(found.rows[0].n, name).toBe(0);
      }
    expect((await app.request(greedy).get('/api/webhooks')).text).not.toContain('hemmelig');
    const { body: made } = await app.request(greedy).post('/api/keys', { name: 'Et script', writes: true, days: 30, machine: null });
    const by = { authorization: `Bearer ${made.key}` };
    expect((await app.request(null).post('/api/webhooks', body, by)).body.code).toBe('key_not_enough');
    const { webhooks } = (await app.request(null).get('/api/webhooks', by)).body;
    expect((await app.request(null).post(`/api/webhooks/${webhooks[0].id}/replay`, { since: '2026-11-16' }, by)).status, 'a key may ask for events again').toBe(202);
    await app.jobs.drain();
  });

  test.each([
    ['http://crm.skole.example/', 'webhook_insecure'],
    ['https://127.0.0.1/', 'webhook_inside'],
    [`http://127.0.0.1:${port + 1}/`, 'webhook_inside'],
    ['https://169.254.169.254/latest', 'webhook_inside'],
    ['https://crm.skole.example:8443/', 'webhook_inside'],
    ['https://anna:kode@crm.skole.example/', 'webhook_address'],
    ['ftp://crm.skole.example/', 'webhook_address'],
    ['crm', 'webhook_address'],
  ])('X.2 %s is refused', async (url, code) => {
    const { anna } = await makeCentre(app);
    expect((await app.request(anna).post('/api/webhooks', { ...body, url })).body.code).toBe(code);
  });

  test('X.2 nobody else sees, switches, sends or removes it: 404', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const { id } = await make(made.anna);
    await happens(made, company.id);
    await app.sweep();
    const [{ id: delivery }] = await sent(made.anna, id);
    for (const person of [made.camilla, made.dorte, made.emil, made.ida]) {
      const as = app.request(person);
      expect((await as.get('/api/webhooks')).body.webhooks).toEqual([]);
      const refused = [
        await as.put(`/api/webhooks/${id}`, { on: false }),
        await as.delete(`/api/webhooks/${id}`),
        await as.post(`/api/webhooks/${id}/test`),
        await as.get(`/api/webhooks/${id}/deliveries`),
        await as.post(`/api/webhooks/${id}/deliveries/${delivery}/replay`),
        await as.post(`/api/webhooks/${id}/replay`, { since: '2026-11-16' }),
      ];
      expect(refused.map(({ status }) => status)).toEqual(Array(6).fill(404));
      expect(await inside(app, person, async (client) => (await client.query('select from vn.webhook union all select from vn.webhook_delivery')).rowCount)).toBe(0);
    }
    await expect(inside(app, made.anna, (client) => client.query('select * from vn.due_webhooks(30)'))).rejects.toMatchObject({ code: '42501' });
    await expect(inside(app, made.camilla, (client) => client.query('select * from vn.take_webhook($1, 1)', [id]))).rejects.toMatchObject({ code: '42501' });
    expect((await app.request(made.anna).delete(`/api/webhooks/${id}`)).status).toBe(204);
    expect((await app.request(made.anna).get(`/api/webhooks/${id}/deliveries`)).status).toBe(404);
    expect((await app.request(made.karen).get('/api/audit?limit=20')).body.items.map(({ event }: { event: string }) => event)).toEqual(expect.arrayContaining(['webhook.made', 'webhook.removed']));
  });

  test('X.2 the list is kept for thirty days and comes page by page', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const { id } = await make(made.anna);
    await happens(made, company.id, { count: 3 });
    await app.sweep();
    const first = (await app.request(made.anna).get(`/api/webhooks/${id}/deliveries?limit=2`)).body;
    const second = (await app.request(made.anna).get(`/api/webhooks/${id}/deliveries?limit=2&cursor=${first.next}`)).body;
    expect(new Set([...first.items, ...second.items].map((each: { id: string }) => each.id)).size).toBe(3);
    expect((await app.request(made.anna).get(`/api/webhooks/${id}/deliveries?cursor=sludder`)).status).toBe(400);
    app.clock.set('2026-12-18T09:00:00+01:00');
    await app.owner.query(`update vn.session set expires_at = '2027-02-01', seen_at = '2026-12-18' where person_id = $1`, [made.anna.id]);
    await app.owner.query(`update vn.session set created_at = '2026-12-18' where person_id = $1`, [made.anna.id]);
    await app.sweep();
    expect(await sent(made.anna, id)).toEqual([]);
  });
});

describe('X.2 a secret that leaked', () => {
  const signs = (secret: string, it: Came) =>
    `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
      .update(`${it.headers['webhook-id']}.${it.headers['webhook-timestamp']}.${it.body}`)
      .digest('base64')}`;
  const renew = async (person: TestPerson, id: string) => {
    const renewed = await app.request(person).post(`/api/webhooks/${id}/secret`);
    expect(renewed.status, renewed.text).toBe(201);
    return renewed.body as { secret: string; oldUntil: string };
  };

  test('X.2 is renewed: the new one is shown once, both sign for 24 hours, then the new one alone; the address stays', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const { id, secret: old } = await make(made.anna);
    const { secret, oldUntil } = await renew(made.anna, id);
    expect([secret === old, secret.length, oldUntil]).toEqual([false, old.length, '2026-11-18T08:00:00.000Z']);
    expect(await listed(made.anna, id)).toMatchObject({ oldSecretUntil: oldUntil, state: 'on' });
    await happens(made, company.id);
    await deliver(made, id);
    const [both] = came as [Came];
    expect([both.url, both.headers['webhook-signature']]).toEqual(['/krog', `${signs(secret, both)} ${signs(old, both)}`]);
    for (const each of [secret, old]) expect(verified(each, both.headers, both.body, seconds())).toMatchObject({ id: both.headers['webhook-id'] });
    later(24 * 60);
    await happens(made, company.id);
    await deliver(made, id);
    const after = came.at(-1) as Came;
    expect(after.headers['webhook-signature']).toBe(signs(secret, after));
    expect(await listed(made.anna, id)).toMatchObject({ oldSecretUntil: null });
    expect(JSON.stringify([await listed(made.anna, id), (await app.request(made.karen).get('/api/audit?limit=20')).body])).not.toContain(secret.slice(6));
    expect((await app.request(made.karen).get('/api/audit?limit=20')).body.items.map(({ event }: { event: string }) => event)).toContain('webhook.renewed');
  });

  test('X.2 renewed twice, the one that leaked signs no more; five at once leave one that works', async () => {
    const made = await makeCentre(app);
    const { id, secret: leaked } = await make(made.anna);
    const { secret: second } = await renew(made.anna, id);
    const { secret: third } = await renew(made.anna, id);
    await app.request(made.anna).post(`/api/webhooks/${id}/test`);
    await app.jobs.drain();
    const [it] = came as [Came];
    expect(it.headers['webhook-signature']).toBe(`${signs(third, it)} ${signs(second, it)}`);
    expect(verified(leaked, it.headers, it.body, seconds())).toBeNull();
    const answers = await Promise.all(Array.from({ length: 5 }, () => renew(made.anna, id)));
    await app.request(made.anna).post(`/api/webhooks/${id}/test`);
    await app.jobs.drain();
    const last = came.at(-1) as Came;
    expect(answers.filter(({ secret }) => verified(secret, last.headers, last.body, seconds()) !== null)).toHaveLength(2);
  });

  test('X.2 by its owner at a screen alone, and not for a repeated Idempotency-Key', async () => {
    const made = await makeCentre(app);
    const { id } = await make(made.anna);
    for (const person of [made.camilla, made.dorte, made.ida]) expect((await app.request(person).post(`/api/webhooks/${id}/secret`)).status).toBe(404);
    const { body: key } = await app.request(made.anna).post('/api/keys', { name: 'Et script', writes: true, days: 30, machine: null });
    expect((await app.request(null).post(`/api/webhooks/${id}/secret`, undefined, { authorization: `Bearer ${key.key}` })).body.code).toBe('key_not_enough');
    const once = { 'idempotency-key': randomUUID() };
    expect((await app.request(made.anna).post(`/api/webhooks/${id}/secret`, undefined, once)).status).toBe(201);
    expect((await app.request(made.anna).post(`/api/webhooks/${id}/secret`, undefined, once)).body.code).toBe('idempotency_key_reused');
    await app.owner.query(`update vn.webhook set sealed = '\\x00' where id = $1`, [id]);
    expect((await app.request(made.anna).post(`/api/webhooks/${id}/secret`)).body.code).toBe('webhook_sealed');
  });
});

describe('X.2 what somebody who left still has', () => {
  test('X.2 whoever went to another school does not learn from a list when something of the old school’s happens', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const mover = await makePerson(app, 'Mads', ['consultant'], { centreId: made.centre.id, schoolId: made.centre.schools.a });
    const { id } = await make(mover, { kinds: ['note.written'] });
    await app.owner.query(`update vn.membership set during = daterange(lower(during), '2026-11-17') where person_id = $1`, [mover.id]);
    await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, $2, $3, $4, 'consultant', '[2024-01-01,)')`, [
      made.centre.id,
      randomUUID(),
      mover.id,
      made.centre.schools.b,
    ]);
    await app.owner.query('update vn.session set school_id = $2 where person_id = $1', [mover.id, made.centre.schools.b]);
    await happens(made, company.id, { kind: 'note.written', school: made.centre.schools.a });
    expect([await sent(mover, id), await listed(mover, id)]).toMatchObject([[], { state: 'paused', counts: { waiting: 0, delivered: 0, givenUp: 0 } }]);
  });

  test('X.2 leaving switches it off, also for a return a year later; an erasure takes it along with what waits', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const leaver = await makePerson(app, 'Liv', ['consultant'], { centreId: made.centre.id, schoolId: made.centre.schools.a });
    const { id } = await make(leaver, { name: 'Livs eget system' });
    answer = (response) => void response.writeHead(503).end();
    await happens(made, company.id);
    await deliver(made, id);
    expect((await app.request(made.karen).post(`/api/people/${leaver.id}/leave`)).status).toBe(200);
    await app.owner.query('update vn.membership set during = daterange(lower(during), null) where person_id = $1', [leaver.id]);
    came.splice(0);
    later(2);
    await happens(made, company.id);
    await deliver(made, id);
    expect(came).toEqual([]);
    expect((await app.owner.query('select off_because from vn.webhook where person_id = $1', [leaver.id])).rows).toEqual([{ off_because: 'left' }]);
    await app.owner.query(`update vn.membership set during = daterange(lower(during), '2026-11-17') where person_id = $1`, [leaver.id]);
    await app.owner.query('begin');
    await app.owner.query(`select set_config('app.centre', $1, true), set_config('app.roles', 'data_protection', true), set_config('app.now', $2, true)`, [
      made.centre.id,
      app.clock.now().toISOString(),
    ]);
    const erased = (await app.owner.query('select vn.erase_staff($1, true) done', [leaver.id])).rows;
    await app.owner.query('commit');
    expect(erased).toEqual([{ done: 'done' }]);
    expect(
      (await app.owner.query(`select (select count(*)::int from vn.webhook where person_id = $1) hooks, (select count(*)::int from vn.webhook_delivery where person_id = $1) sent`, [leaver.id])).rows,
    ).toEqual([{ hooks: 0, sent: 0 }]);
  });
});

describe('X.2 a receiver and an owner that mean harm', () => {
  test('X.2 a turn ends after its time, so that slow receivers do not keep the places of others', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const { id } = await make(made.anna);
    await happens(made, company.id, { count: 3 });
    // A receiver for whose every answer the whole time of a turn goes.
    const clock = vi.spyOn(performance, 'now');
    answer = (response) => {
      clock.mockReturnValue(performance.timeOrigin);
      ok(response, response.req);
    };
    await deliver(made, id);
    clock.mockRestore();
    expect(came).toHaveLength(1);
    answer = ok;
    await app.jobs.drain();
    expect(came, 'the next turn goes on').toHaveLength(3);
  });

  test('X.2 tests are counted: nobody makes this server send as fast as a script can ask', async () => {
    const made = await makeCentre(app);
    const { id } = await make(made.anna);
    await app.owner.query('delete from vn.rate');
    const asked = await Promise.all(Array.from({ length: 65 }, () => app.request(made.anna).post(`/api/webhooks/${id}/test`)));
    expect(asked.filter(({ status }) => status === 202)).toHaveLength(60);
    expect(asked.filter(({ body: { code } }) => code === 'too_many_requests')).toHaveLength(5);
    await app.owner.query('delete from vn.rate');
  });
});

describe('X.2 the receiver in docs/examples', () => {
  test('X.2 takes what is sent, once, and refuses what is forged, changed or old', async () => {
    const made = await makeCentre(app);
    const company = await makeCompany(app, [made.centre]);
    const worked: VejnetEvent[] = [];
    const { id, secret } = await make(made.anna);
    const example = receiver(secret, (event) => worked.push(event), new Set(), seconds);
    await once(example.listen(0, '127.0.0.1'), 'listening');
    const there = `http://127.0.0.1:${(example.address() as AddressInfo).port}/`;
    await happens(made, company.id);
    await app.sweep();
    const [it] = came as [Came];
    const head = Object.fromEntries(['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(it.headers[name])]));
    const bring = async (headers: Record<string, string>, text = it.body) => (await fetch(there, { method: 'POST', headers, body: text })).status;
    expect([await bring(head), await bring(head), worked.length]).toEqual([204, 204, 1]);
    expect(await bring(head, it.body.replace('visit', 'visiT'))).toBe(401);
    expect(await bring({ ...head, 'webhook-id': randomUUID() })).toBe(401);
    expect(await bring({ ...head, 'webhook-timestamp': String(seconds() + 1) })).toBe(401);
    expect(await bring({ ...head, 'webhook-signature': 'v1,' })).toBe(401);
    expect(await bring({})).toBe(401);
    expect(await bring({ ...head, 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')} ${head['webhook-signature']}` }), 'beside a signature of another secret').toBe(204);
    const forged = createHmac('sha256', 'another secret').update(`${head['webhook-id']}.${head['webhook-timestamp']}.${it.body}`).digest('base64');
    expect(await bring({ ...head, 'webhook-signature': `v1,${forged}` })).toBe(401);
    later(6);
    expect(await bring(head), 'somebody listened and sends it again').toBe(401);
    expect(worked).toMatchObject([{ event: 'visit.reported', company: { id: company.id, cvr: company.cvr } }]);
    example.close();
    expect((await sent(made.anna, id))[0].id).toBe(it.headers['webhook-id']);
  });
});

test('X.2 the pauses grow and end', () => {
  const now = new Date(noon);
  expect([1, 2, 3, 4, 5, 6, 7].map((tries) => (nextTry(tries, now)?.getTime() ?? Number.NaN) - now.getTime()).map((each) => each / 60_000)).toEqual([1, 5, 30, 120, 480, 1440, Number.NaN]);
  expect([4.9, 5].map((days) => failsTooLong(new Date(now.getTime() - days * 86_400_000), now))).toEqual([false, true]);
});

test('X.2 a hundred thousand entries cost the same where a centre has no webhook', async () => {
  const made = await makeCentre(app);
  const company = await makeCompany(app, [made.centre]);
  await happens(made, company.id, { count: 100_000 });
  expect((await app.owner.query('select count(*)::int n from vn.webhook_delivery where centre_id = $1', [made.centre.id])).rows).toEqual([{ n: 0 }]);
});
