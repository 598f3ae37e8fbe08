/**
 * npm run bench -- calls [--quick]: 50 agents take every company of one queue and say how each call ended.
 * Fails when a company was taken twice or left over. Statements go straight to the database, so that the queue itself is measured.
 */
import { randomUUID } from 'node:crypto';
import { benchDatabase } from './database.ts';

const companies = process.argv.includes('--quick') ? 5000 : 100_000;
const agents = 50;
const now = '2026-11-17T10:00:00+01:00';

const { connect, admin, close } = await benchDatabase({ shared_buffers: '256MB', max_connections: '100' });

const [region, centre, organisation, campaign, school, coordinator] = Array.from({ length: 6 }, () => randomUUID());
const callers = Array.from({ length: agents }, () => randomUUID());
await admin.query(`select set_config('app.centre', $1, false), set_config('app.now', $2, false), set_config('app.roles', 'coordinator', false)`, [centre, now]);
await admin.query(`insert into vn.region values ($1, 'Bench')`, [region]);
await admin.query(`insert into vn.centre (id, key, region_id, name) values ($1, 'bench', $2, 'Bench')`, [centre, region]);
await admin.query(`insert into vn.school (centre_id, id, name, kind) values ($1, $2, 'Bench', 'other')`, [centre, school]);
await admin.query(`insert into vn.organisation (centre_id, id, kind, name) values ($1, $2, 'call_centre', 'Bench')`, [centre, organisation]);
await admin.query(`insert into vn.processor_agreement (centre_id, id, organisation_id, reference, signed_on, during) values ($1, gen_random_uuid(), $2, 'Bench', '2026-01-01', '[2026-01-01,)')`, [
  centre,
  organisation,
]);
for (const person of [coordinator, ...callers]) await admin.query(`insert into vn.person (id, name, email, created_at) values ($1, 'Bench', $2, now())`, [person, `${person}@bench.example`]);
for (const person of callers)
  await admin.query(`insert into vn.membership (centre_id, id, person_id, organisation_id, role, during) values ($1, gen_random_uuid(), $2, $3, 'agent', '[2020-01-01,)')`, [
    centre,
    person,
    organisation,
  ]);
await admin.query(
  `with made as (insert into vn.company (id, cvr, name, phone, source, created_at) select gen_random_uuid(), lpad((10000000 + n)::text, 8, '0'), 'Firma ' || n, '00123456', 'cvr', now() from generate_series(1, $2::int) n returning id)
   insert into vn.relation (centre_id, company_id, since) select $1, id, now() from made`,
  [centre, companies],
);
await admin.query(
  `insert into vn.campaign (centre_id, id, name, goal, why, aim, routes, starts, ends, criteria, seed, frozen_at, hearing_opened_at, hearing_deadline, created_at, created_by)
   values ($1, $2, 'Bench', 'Bench', 'Bench', 'breadth', '{call_centre}', '2026-11-01', '2026-12-31', '{}', 1, $3, $3, $3, $3, $4)`,
  [centre, campaign, now, coordinator],
);
await admin.query(`insert into vn.target (centre_id, campaign_id, company_id, facts) select centre_id, $2, company_id, '{}' from vn.relation where centre_id = $1`, [centre, campaign]);
await admin.query('vacuum analyze');
const closing = performance.now();
await admin.query('select vn.close_hearing($1)', [campaign]);
console.log(`${companies} companies: hearing closed and queue filled in ${((performance.now() - closing) / 1000).toFixed(2)} s`);

const claims: string[] = [];
interface Times {
  claim: number[];
  outcome: number[];
}

/** One agent calls until nothing is left, or until so many calls are made. */
async function callOn(person: string, times: Times, most = Number.POSITIVE_INFINITY): Promise<void> {
  const client = await connect('app');
  const inContext = async <T>(into: number[], work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    await client.query(
      `begin; select set_config('role', 'vn_agent', true), set_config('app.centre', '${centre}', true), set_config('app.person', '${person}', true), set_config('app.roles', 'agent', true), set_config('app.now', '${now}', true)`,
    );
    const result = await work();
    await client.query('commit');
    into.push(performance.now() - start);
    return result;
  };
  for (let made = 0; made < most; made += 1) {
    const found = await inContext(times.claim, async () => {
      const item = (await client.query<{ item: string | null }>('select vn.claim_next($1, $2) item', [campaign, organisation])).rows[0]?.item ?? null;
      return item === null ? null : (await client.query<{ item: string; lease_no: number }>('select item, lease_no from vn.call_card($1)', [item])).rows[0];
    });
    if (found === null || found === undefined) break;
    claims.push(found.item);
    const outcome = (['not_now', 'not_interested', 'wants_contact'] as const)[claims.length % 3];
    const until = outcome === 'not_now' ? '2027-02-17' : outcome === 'not_interested' ? '2027-05-17' : null;
    await inContext(times.outcome, () =>
      client.query('select * from vn.record_outcome($1, $2, $3, $4)', [randomUUID(), found.item, found.lease_no, JSON.stringify({ outcome, until, quarantine: randomUUID(), entry: randomUUID() })]),
    );
  }
  await client.end();
}
const at = (times: number[], share: number) => ([...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0).toFixed(1);
const said = ({ claim, outcome }: Times) => `claim p50 ${at(claim, 0.5)} p95 ${at(claim, 0.95)} ms; outcome p50 ${at(outcome, 0.5)} p95 ${at(outcome, 0.95)} ms`;

const alone: Times = { claim: [], outcome: [] };
await callOn(callers[0] ?? '', alone, Math.min(2000, companies / 5));
console.log(`one agent: ${claims.length} claims; ${said(alone)}`);
const together: Times = { claim: [], outcome: [] };
const [began, before] = [performance.now(), claims.length];
await Promise.all(callers.map((person) => callOn(person, together)));
const seconds = (performance.now() - began) / 1000;
const twice = claims.length - new Set(claims).size;
console.log(`${agents} agents: ${claims.length - before} claims, ${Math.round((claims.length - before) / seconds)}/s; ${said(together)}; of all ${claims.length} claims ${twice} twice`);
await close();
if (twice > 0 || claims.length !== companies) throw new Error('a company was taken twice, or left');
