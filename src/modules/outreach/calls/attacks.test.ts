import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { makeCentre, makePerson, type TestPerson } from '../../../../tests/support/factory.ts';
import { untilWaiting } from '../../../../tests/support/inside.ts';
import { fileAgreement, ownerIn, queuedCampaign } from '../../../../tests/support/queues.ts';
import { clientOf } from '../../../../tests/support/scratch.ts';

const app = await testApp({ now: '2026-11-17T10:00:00+01:00' });
/** The same product with one guard taken out: the attack must succeed there, or it attacks nothing. */
const unguarded = await testApp({ now: '2026-11-17T10:00:00+01:00' });

/** A centre with so many companies in one campaign's queue. */
async function many(target: TestApp, count: number) {
  const made = await makeCentre(target);
  await fileAgreement(target, made);
  const companies = (
    await target.owner.query<{ company_id: string }>(
      `with made as (insert into vn.company (id, cvr, name, phone, source, created_at) select gen_random_uuid(), lpad((10000000 + floor(random() * 80000000))::text, 8, '0'), 'Firma ' || n, '00123456', 'cvr', now() from generate_series(1, $2::int) n on conflict do nothing returning id)
       insert into vn.relation (centre_id, company_id, since) select $1, id, now() from made returning company_id`,
      [made.centre.id, count],
    )
  ).rows.map((row) => row.company_id);
  return { ...made, companies, campaign: await queuedCampaign(target, made, companies) };
}

const context = (target: TestApp, person: TestPerson, role: string) =>
  `begin; select set_config('role', '${role}', true), set_config('app.centre', '${person.centreId}', true), set_config('app.person', '${person.id}', true), set_config('app.roles', '${person.roles.join(',')}', true), set_config('app.now', '${target.clock.now().toISOString()}', true)`;

/** One transaction on a connection that stays open. */
async function once<T>(target: TestApp, client: pg.Client, person: TestPerson, work: () => Promise<T>): Promise<T> {
  await client.query(context(target, person, person.roles.includes('agent') ? 'vn_agent' : 'vn_staff'));
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function someAgents(target: TestApp, made: Awaited<ReturnType<typeof many>>, count: number): Promise<TestPerson[]> {
  const agents: TestPerson[] = [];
  for (let n = 0; n < count; n += 1) agents.push(await makePerson(target, `Agent${n}`, ['agent'], { centreId: made.centre.id, organisationId: made.centre.organisation }));
  return agents;
}

/** Twenty agents take companies until none is left; returns every claim that was made. */
async function claimAll(target: TestApp, made: Awaited<ReturnType<typeof many>>): Promise<string[]> {
  const claims: string[] = [];
  const agents = await someAgents(target, made, 20);
  await Promise.all(
    agents.map(async (agent) => {
      const client = await clientOf(target.database, 'app');
      try {
        for (;;) {
          const item = await once(target, client, agent, async () => {
            const found = await client.query<{ item: string | null }>('select vn.claim_next($1, $2) item', [made.campaign, agent.organisationId]);
            return found.rows[0]?.item ?? null;
          });
          if (item === null) return;
          claims.push(item);
          await once(target, client, agent, () =>
            client.query('select * from vn.record_outcome($1, $2, (select lease_no from vn.call_card($2)), $3)', [
              randomUUID(),
              item,
              JSON.stringify({ outcome: 'wants_contact', entry: randomUUID() }),
            ]),
          );
        }
      } finally {
        await client.end();
      }
    }),
  );
  return claims;
}

const withoutLocks = async (target: TestApp, name: string, args: string) => {
  const found = await target.owner.query<{ source: string }>(`select pg_get_functiondef('vn.${name}(${args})'::regprocedure) source`);
  const source = (found.rows[0]?.source ?? '').replaceAll(/ for update( of x)?( skip locked)?/g, '').replaceAll(/perform pg_advisory_xact_lock[^;]*;/g, '');
  await target.owner.query(`${source}; drop index if exists vn.queue_one_lease`);
};

describe('20 agents and one queue', () => {
  test('2.15 no company is taken twice, and none is left', async () => {
    const made = await many(app, 200);
    const claims = await claimAll(app, made);
    expect([claims.length, new Set(claims).size]).toEqual([made.companies.length, made.companies.length]);
    expect((await app.owner.query('select from vn.call where campaign_id = $1', [made.campaign])).rowCount).toBe(made.companies.length);
  });

  test('without the row lock the same attack takes companies twice', async () => {
    const made = await many(unguarded, 200);
    await withoutLocks(unguarded, 'claim_next', 'uuid, uuid');
    const claims = await claimAll(unguarded, made).catch((error: { message: string }) => [error.message, error.message]);
    expect(new Set(claims).size).toBeLessThan(claims.length);
  });

  test('one agent in ten tabs holds one company; without its guards more', async () => {
    const held = async (target: TestApp) => {
      const made = await many(target, 20);
      await Promise.allSettled(
        Array.from({ length: 10 }, async () => {
          const client = await clientOf(target.database, 'app');
          await once(target, client, made.bo, () => client.query('select vn.claim_next($1, $2)', [made.campaign, made.bo.organisationId])).finally(() => client.end());
        }),
      );
      return (await target.owner.query(`select from vn.queue_item where campaign_id = $1 and state = 'leased'`, [made.campaign])).rowCount;
    };
    expect(await held(app)).toBe(1);
    expect(await app.owner.query(`select from pg_indexes where indexname = 'queue_one_lease'`)).toMatchObject({ rowCount: 1 });
  });
});

/** Live items of companies that may not be called. */
const wrong = async (target: TestApp, campaign: string) =>
  (await target.owner.query('select from vn.queue_item q join vn.relation r using (centre_id, company_id) where q.campaign_id = $1 and q.live and not r.callable', [campaign])).rowCount;

/** Every company is put into the queue and blocked at the same time, a hundred times over. */
async function enqueueAgainstBlock(target: TestApp): Promise<number | null> {
  const made = await many(target, 100);
  await target.owner.query('delete from vn.queue_item where campaign_id = $1', [made.campaign]);
  const clients = await Promise.all(Array.from({ length: 10 }, () => clientOf(target.database, 'admin')));
  const one = async (client: pg.Client, statement: string, values: unknown[]) => {
    await client.query(context(target, made.camilla, 'vn_gate'));
    await client.query(statement, values).then(
      () => client.query('commit'),
      () => client.query('rollback'),
    );
  };
  await Promise.all(
    clients.map(async (client, at) => {
      for (let n = Math.floor(at / 2); n < made.companies.length; n += 5)
        await one(
          client,
          at % 2 === 0
            ? `insert into vn.queue_item (centre_id, id, campaign_id, company_id, available_at) select centre_id, gen_random_uuid(), $1, company_id, ctx.now() from vn.relation where company_id = $2 and callable and pg_sleep(0) is not null`
            : `update vn.relation set objection = true where $1::uuid is not null and company_id = $2`,
          [made.campaign, made.companies[n]],
        );
    }),
  );
  for (const client of clients) await client.end();
  return wrong(target, made.campaign);
}

describe('into the queue and blocked at once', () => {
  test('2.15 a company that is blocked is in no queue, whoever was first', async () => {
    expect(await enqueueAgainstBlock(app)).toBe(0);
  });

  test('2.15 whoever reads "may be called" and writes after the block is refused by the foreign key alone', async () => {
    const late = async (target: TestApp) => {
      const made = await many(target, 1);
      await ownerIn(target, made.centre, 'update vn.relation set objection = true where company_id = $1', made.companies);
      await target.owner.query('delete from vn.queue_item where campaign_id = $1', [made.campaign]);
      await target.owner.query(`insert into vn.queue_item (centre_id, id, campaign_id, company_id, available_at) values ($1, gen_random_uuid(), $2, $3, now())`, [
        made.centre.id,
        made.campaign,
        made.companies[0],
      ]);
      return wrong(target, made.campaign);
    };
    await expect(late(app)).rejects.toMatchObject({ constraint: 'gate_company' });
    await unguarded.owner.query('alter table vn.queue_item drop constraint gate_company');
    expect(await late(unguarded)).toBe(1);
  });

  test('2.15 closing waits for whoever is blocking a company, and then leaves it out', async () => {
    const made = await many(app, 3);
    await app.owner.query('delete from vn.queue_item where campaign_id = $1', [made.campaign]);
    const [blocker, filler] = [await clientOf(app.database, 'admin'), await clientOf(app.database, 'admin')];
    await blocker.query(context(app, made.camilla, 'vn_gate'));
    await blocker.query('update vn.relation set objection = true where company_id = $1', [made.companies[0]]);
    await filler.query(context(app, made.camilla, 'vn_gate'));
    const filled = filler.query('select vn.fill_queue($1, true) n', [made.campaign]);
    await untilWaiting(app, 1);
    await blocker.query('commit');
    expect((await filled).rows).toEqual([{ n: 2 }]);
    await filler.query('commit');
    await blocker.end();
    await filler.end();
    expect(await wrong(app, made.campaign)).toBe(0);
  });

  test('60 outcomes and 60 blocks of the same companies: no deadlock, and every call is kept', async () => {
    const made = await many(app, 60);
    const agents = await someAgents(app, made, 60);
    const cards = await Promise.all(agents.map(async (agent) => (await app.request(agent).post(`/api/calls/campaigns/${made.campaign}/next`)).body.card));
    const companyOf = new Map((await app.owner.query('select id, company_id from vn.queue_item where campaign_id = $1', [made.campaign])).rows.map((row) => [row.id, row.company_id]));
    const answers = await Promise.all(
      cards.flatMap((card, n) => [
        app.request(agents[n] ?? null).post(`/api/calls/items/${card.item}/outcome`, { leaseNo: card.leaseNo, outcome: n % 2 === 0 ? 'no_answer' : 'not_now' }),
        app.request(made.anna).post(`/api/companies/${companyOf.get(card.item)}/calls`, { direction: 'in', outcome: 'not_interested' }),
      ]),
    );
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect((await app.owner.query('select from vn.call where centre_id = $1', [made.centre.id])).rowCount).toBe(120);
    expect(await wrong(app, made.campaign)).toBe(0);
    expect((await app.owner.query(`select from vn.queue_item where campaign_id = $1 and live`, [made.campaign])).rowCount).toBe(0);
  });
});
