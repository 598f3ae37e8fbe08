import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { routes } from '../src/app/routes.ts';
import { endpoint } from '../src/kit/endpoint.ts';
import { route } from '../src/platform/http/mount.ts';
import { testApp } from './support/app.ts';
import { linkIn, mailsTo } from './support/ask.ts';
import { makeCompany } from './support/companies.ts';
import { makeCentre } from './support/factory.ts';
import { fileAgreement, queuedCampaign } from './support/queues.ts';

/** Stands in everything that people and programs send here; whatever holds one of them says too much. */
const marks = ['Mærkegaard', 'maerkegaard', '4711', '47 11', 'søgemærke', 's%C3%B8gem', 'hemmærk', 'hemmaerk', 'sporret'];
const person = { name: 'Inger Mærkegaard', email: 'inger@maerkegaard.example', phone: '+45 47 11 47 11' };
const shared = { access: 'anyone', status: 200, output: z.strictObject({ ok: z.boolean() }), summary: 'made for this test', example: {} } as const;
const text = z.strictObject({ text: z.string() });
const failing = (name: string, statement: (given: string) => ReturnType<typeof sql>) =>
  route(endpoint({ ...shared, name, method: 'POST', path: `/api/${name}`, body: text }), async ({ tx }, { body }) => {
    await statement(body.text).execute(tx);
    return { ok: true };
  });

const app = await testApp({
  now: '2026-11-17T10:00:00+01:00',
  slowMilliseconds: 1, // every statement that takes any time at all is told
  routes: [
    ...routes,
    failing('castWrong', (given) => sql`select ${given}::int`),
    failing('dayWrong', (given) => sql`select ${given}::date`),
    failing('jsonWrong', (given) => sql`select ${given}::jsonb`),
    // A row that a CHECK refuses: PostgreSQL's detail repeats all of it.
    failing('rowWrong', (given) => sql`insert into public.made_for_this_test (who, age) values (${given}, -1)`),
    failing('divideWrong', (given) => sql`select 1 / (length(${given}) * 0)`),
    failing('sleepLong', (given) => sql`select pg_sleep(0.02), ${given}::text, 'Mærkegaard'`),
    route(endpoint({ ...shared, name: 'parseWrong', method: 'POST', path: '/api/parseWrong', body: text }), async (_context, { body }) => JSON.parse(body.text) as { ok: boolean }),
    route(endpoint({ ...shared, name: 'answerWrong', method: 'GET', path: '/api/answerWrong', query: text }), async (_context, { query }) => ({ ok: query.text }) as unknown as { ok: boolean }),
  ],
});

test('a day of names, numbers, addresses, searches and secrets, faults and slow statements among them: no line of the log holds any', async () => {
  const made = await makeCentre(app);
  const { anna, camilla, karen, bo } = made;
  await fileAgreement(app, made);
  const company = await makeCompany(app, [made.centre], { name: 'Mærkegaard Smede', phone: '47114711' });
  await queuedCampaign(app, made, [company.id]);

  // Signing in, with mail that has an address and a secret.
  await app.request(karen).post('/api/people', { ...person, phone: undefined, role: 'register', schoolId: null, organisationId: null, from: '2026-11-17', to: null });
  const [invitation] = await mailsTo(app, person.email);
  const link = linkIn(invitation ?? { text: '' });
  marks.push(link.slice(0, 12));
  await app.request(null).post('/api/session', { link });
  await app.request(null).post('/api/session', { link: 'hemmaerkeligt-'.repeat(3) });
  await app.request(null).post('/api/sign-in', { email: person.email });
  // Searching, writing, reading of persons.
  await app.request(camilla).get('/api/companies?q=s%C3%B8gem%C3%A6rke');
  await app.request(camilla).post(`/api/companies/${company.id}/contacts`, { name: person.name, role: 'owner', phone: person.phone, email: person.email, basis: 'public_task', source: 'Opkald' });
  await app.request(camilla).get(`/api/companies/${company.id}/contacts`);
  await app.request(camilla).post('/api/teams', { name: 'Hold Mærkegaard', market: 'søgemærke', members: [] });
  await app.request(bo).get('/api/calls/campaigns');
  // Secrets in addresses and heads, known and unknown ones.
  const { key } = (await app.request(karen).post('/api/keys', { name: 'Mærkegaards system', writes: true, days: 30, machine: null })).body;
  marks.push(String(key).slice(8, 24));
  await app.request(null).get('/api/companies', { authorization: `Bearer ${key}` });
  await app.request(null).get(`/api/calendar-feed/hemmaerke${randomUUID()}.ics?sporret=1`);
  await app.request(null).get('/api/nothing/hemmaerke?sporret=1');
  await app.request(null).get('/api/%E0%A4%A?sporret=1');
  await app.request(null).raw({ method: 'POST', url: '/api/sign-in?sporret=1', headers: { 'content-type': 'application/json' }, payload: '{"email": "inger@maerkegaard' });
  expect(app.faults).toEqual([]);

  // Faults on purpose.
  await app.owner.query(
    `create function public.loud() returns trigger language plpgsql as $$ begin raise exception 'no "%" here', new.name using errcode = 'XX000', detail = new.name, hint = new.name; end $$`,
  );
  await app.owner.query(`create trigger a0_loud before insert on vn.team for each row execute function public.loud()`);
  expect((await app.request(camilla).post('/api/teams', { name: 'Hold Mærkegaard igen', market: '', members: [] })).status).toBe(500);
  await app.owner.query('drop trigger a0_loud on vn.team; drop function public.loud()');
  await app.owner.query(
    'create table public.made_for_this_test (who text, age int constraint old_enough check (age > 0)); grant insert on public.made_for_this_test to public; grant usage on schema public to public',
  );
  for (const name of ['castWrong', 'dayWrong', 'jsonWrong', 'rowWrong', 'divideWrong', 'parseWrong'])
    expect((await app.request(anna).post(`/api/${name}?sporret=1`, { text: `${person.name} ${person.email} ${person.phone}` })).status, name).toBe(500);
  expect((await app.request(anna).get(`/api/answerWrong?text=${encodeURIComponent(person.name)}`)).status).toBe(500);
  expect((await app.request(anna).post('/api/sleepLong', { text: person.name })).status).toBe(200);
  // A mail server that repeats whom it refused.
  const refuse = Object.assign(new Error(`550 5.1.1 <${person.email}> unknown`), { code: 'EENVELOPE', response: `550 <${person.email}>`, rejected: [person.email] });
  const { send } = app.room.mailer;
  app.room.mailer.send = async () => Promise.reject(refuse);
  await app.request(null).post('/api/sign-in', { email: person.email });
  await app.jobs.drain();
  app.room.mailer.send = send;

  const told = app.lines.join('\n');
  for (const each of marks) expect(told.toLowerCase(), each).not.toContain(each.toLowerCase());
  expect(told, 'no question mark of an address').not.toMatch(/"where":"[^"]*\?/);
  const lines = app.lines.map((line) => JSON.parse(line));
  expect(
    lines.filter(({ slow }) => slow !== undefined).map(({ where }) => where),
    'slow statements under the endpoint’s name',
  ).toContain('sleepLong');
  for (const { where } of lines.filter(({ slow }) => slow !== undefined)) expect(where).toMatch(/^[\w.-]+$/);
  expect((await app.request(null).get('/metrics')).text).toMatch(/^vejnet_slow_statements_total\{endpoint="sleepLong"\} \d+$/m);
  expect(lines.filter(({ stack }) => stack !== undefined).length, 'every fault is told').toBe(app.faults.length);
  expect(lines.find(({ where }) => where === 'POST /api/castWrong')).toMatchObject({ code: '22P02', error: expect.stringContaining('invalid input syntax for type integer') });
  expect(lines.find(({ where }) => where === 'POST /api/rowWrong')).toMatchObject({ code: '23514', constraint: 'old_enough', table: 'made_for_this_test' });
  app.faults.splice(0);

  // What the queue keeps about a try that failed is read by nobody, but it is kept.
  const kept = await app.owner.query(`select output::text from pgboss.job where output is not null`);
  expect(kept.rows.length).toBeGreaterThan(0);
  for (const { output } of kept.rows) for (const each of marks) expect(output.toLowerCase()).not.toContain(each.toLowerCase());
});
