/**
 * Of the million (npm run bench -- million): one campaign through the product's own API: drawing its list out of the register,
 * the hearing of 5,000 companies with 20 schools that send 5,000 rows each, and an agent who calls.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { readOwnFile } from '../src/modules/companies/own-lists/server/jobs.ts';
import type { JobRoom } from '../src/platform/jobs/jobs.ts';

interface Million {
  admin: pg.Client;
  /** Of the import's own process: own lists are read by the house, not by a request. */
  tools: JobRoom;
  centre: string;
  address: string;
  folder: string;
  schools: number;
  companies: number;
  calls: number;
}

const p95 = (times: number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
const seconds = (began: number) => (performance.now() - began) / 1000;

export async function measureCampaign({ admin, tools, centre, address, folder, schools, companies, calls }: Million): Promise<string[]> {
  await admin.query(`select set_config('app.centre', $1, false)`, [centre]);
  async function personOf(role: string, place: { school?: string; organisation?: string } = {}): Promise<{ id: string; token: string }> {
    const [id, token] = [randomUUID(), randomBytes(32).toString('base64url')];
    await admin.query(`insert into vn.person (id, name, email, created_at) values ($1, 'Bench', $2, now())`, [id, `${id}@bench.example`]);
    const held = [place.school ?? null, place.organisation ?? null];
    await admin.query(`insert into vn.membership (centre_id, id, person_id, school_id, organisation_id, role, during) values ($1, gen_random_uuid(), $2, $3, $4, $5, '[2020-01-01,)')`, [
      centre,
      id,
      ...held,
      role,
    ]);
    await admin.query(
      `insert into vn.session (id, token_hash, person_id, centre_id, school_id, organisation_id, as_coordinator, created_at, seen_at, expires_at) values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, now(), now(), now() + interval '1 day')`,
      [createHash('sha256').update(token).digest(), id, centre, ...held, role === 'coordinator'],
    );
    return { id, token };
  }
  async function ask<T>(token: string, method: string, url: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${address}${url}`, {
      method,
      headers: { cookie: `vejnet=${token}`, origin: 'http://localhost', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  const coordinator = await personOf('coordinator');
  const organisation = randomUUID();
  await admin.query(`insert into vn.organisation (centre_id, id, kind, name) values ($1, $2, 'call_centre', 'Bench')`, [centre, organisation]);
  await admin.query(`insert into vn.processor_agreement (centre_id, id, organisation_id, reference, signed_on, during) values ($1, gen_random_uuid(), $2, 'Bench', '2026-01-01', '[2026-01-01,)')`, [
    centre,
    organisation,
  ]);
  const agent = await personOf('agent', { organisation });
  const managers: { id: string; token: string; school: string }[] = [];
  const there = (await admin.query<{ id: string }>('select id from vn.school where centre_id = $1', [centre])).rows.map(({ id }) => id);
  for (let n = 0; n < schools; n += 1) {
    const school = there[n] ?? randomUUID();
    if (there[n] === undefined) await admin.query(`insert into vn.school (centre_id, id, name, kind) values ($1, $2, $3, 'other')`, [centre, school, `Skole ${n}`]);
    managers.push({ ...(await personOf('manager', { school })), school });
  }
  const lines: string[] = [];

  // ---- The list -----------------------------------------------------------------------------------------------------------------------------
  const criteria = { industries: [], sizes: ['sme'], municipalities: [], sector: null, neverContacted: true };
  const counts: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const began = performance.now();
    await ask(coordinator.token, 'POST', '/api/campaign-counts', criteria);
    counts.push(performance.now() - began);
  }
  const today = new Date().toISOString().slice(0, 10);
  const campaign = await ask<{ id: string }>(coordinator.token, 'POST', '/api/campaigns', {
    name: 'Bench',
    goal: 'Bench',
    why: 'Bench',
    aim: 'breadth',
    routes: ['call_centre'],
    starts: today,
    ends: `${Number(today.slice(0, 4)) + 1}-12-31`,
    pickedBy: 'criteria',
    criteria,
    draw: companies,
    scripts: [],
  });
  const drawing = performance.now();
  await ask(coordinator.token, 'POST', `/api/campaigns/${campaign.id}/list`);
  lines.push(`campaign: what criteria hit, p95 ${p95(counts).toFixed(0)} ms; a list of ${companies} drawn by lot and frozen in ${seconds(drawing).toFixed(1)} s`);

  // ---- The hearing --------------------------------------------------------------------------------------------------------------------------
  // Of each school's rows four in ten are on the campaign's list, in its first half, so that somebody is left to call; every tenth is only a name.
  const listed = (
    await admin.query<{ cvr: string; name: string }>(`select c.cvr, c.name from vn.target t join vn.company c on c.id = t.company_id where t.campaign_id = $1 order by c.cvr`, [campaign.id])
  ).rows;
  const others = (await admin.query<{ cvr: string; name: string }>(`select c.cvr, c.name from vn.company c where c.cvr > '5' order by c.cvr limit $1`, [companies])).rows;
  if (others.length < companies) others.push(...(await admin.query<{ cvr: string; name: string }>('select cvr, name from vn.company order by cvr desc limit $1', [companies])).rows);
  let reading = 0;
  for (const [at, manager] of managers.entries()) {
    const rows = Array.from({ length: companies }, (_, n) => {
      const { cvr = '', name = '' } = (n % 5 < 2 ? listed[(n * 7 + at * 131) % Math.ceil(listed.length / 2)] : others[(n + at * 17) % others.length]) ?? {};
      return n % 10 === 0 ? `;${name}` : `${cvr};${name}`;
    });
    const csv = path.join(folder, 'own.csv');
    await writeFile(csv, `cvr;navn\n${rows.join('\n')}\n`);
    const [list, file] = [randomUUID(), randomUUID()];
    const { bytes } = await tools.files.keep(file, createReadStream(csv));
    await admin.query(`insert into vn.own_list (centre_id, school_id, id, file_name, bytes, file, person_id, created_at) values ($1, $2, $3, 'own.csv', $4, $5, $6, now())`, [
      centre,
      manager.school,
      list,
      bytes,
      file,
      manager.id,
    ]);
    const began = performance.now();
    await readOwnFile.run(tools, { centre, school: manager.school, person: manager.id, list });
    reading += seconds(began);
  }
  // Weeks and days lie between these steps in life, and PostgreSQL looks at its tables anew within a minute.
  await admin.query('analyze');
  const opening = performance.now();
  await ask(coordinator.token, 'POST', `/api/campaigns/${campaign.id}/hearing`, { deadline: new Date(Date.now() + 86_400_000).toISOString() });
  const opened = seconds(opening);
  const matching = performance.now();
  const pages: number[] = [];
  let struck = 0;
  for (const { token } of managers) {
    const began = performance.now();
    await ask(token, 'GET', `/api/hearings/${campaign.id}`);
    await ask(token, 'GET', `/api/hearings/${campaign.id}/companies?show=all`);
    pages.push(performance.now() - began);
    const { changed } = await ask<{ changed: string[] }>(token, 'POST', `/api/hearings/${campaign.id}/marks`, { companies: 'matched', mark: 'struck', reason: 'dialogue', knownBy: null });
    struck += changed.length;
    await ask(token, 'POST', `/api/hearings/${campaign.id}/answer`);
  }
  const matched = seconds(matching);
  await admin.query('analyze');
  const closing = performance.now();
  await ask(coordinator.token, 'POST', `/api/campaigns/${campaign.id}/hearing/close`);
  const closed = seconds(closing);
  lines.push(
    `hearing of ${listed.length} companies, ${schools} schools with ${companies} rows each: lists read in ${reading.toFixed(1)} s; opened ${opened.toFixed(2)} s, every school's page, strike of all it knows (${struck} in all) and answer ${matched.toFixed(1)} s (page p95 ${p95(pages).toFixed(0)} ms), closed ${closed.toFixed(2)} s: ${(reading + opened + matched + closed).toFixed(1)} s together`,
  );

  // ---- Calling ------------------------------------------------------------------------------------------------------------------------------
  const claims: number[] = [];
  const outcomes: number[] = [];
  for (let n = 0; n < calls; n += 1) {
    const began = performance.now();
    const { card } = await ask<{ card: { item: string; leaseNo: number } | null }>(agent.token, 'POST', `/api/calls/campaigns/${campaign.id}/next`);
    claims.push(performance.now() - began);
    if (card === null) break;
    const ending = performance.now();
    await ask(agent.token, 'POST', `/api/calls/items/${card.item}/outcome`, { leaseNo: card.leaseNo, outcome: n % 2 === 0 ? 'not_now' : 'not_interested', reason: 'time', note: 'Bench' });
    outcomes.push(performance.now() - ending);
  }
  lines.push(`calls over HTTP, one agent, ${outcomes.length}: next company p95 ${p95(claims).toFixed(1)} ms, outcome p95 ${p95(outcomes).toFixed(1)} ms`);
  return lines;
}
