import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { testApp } from './support/app.ts';
import { makeCompany } from './support/companies.ts';
import { makeCentre } from './support/factory.ts';
import { expectNoGrowth } from './support/pages.ts';

const app = await testApp();

test('twice as many mails, lines of the logs and deliveries cost their lists at most 1.2 times the pages', async () => {
  const { anna, camilla, karen, centre } = await makeCentre(app);
  const company = await makeCompany(app, [centre]);
  const webhook = randomUUID();
  await app.owner.query(`insert into vn.webhook (centre_id, id, person_id, as_coordinator, name, host, sealed, made_at) values ($1, $2, $3, true, 'Vores CRM', 'crm.example', 'x', now())`, [
    centre.id,
    webhook,
    camilla.id,
  ]);
  const each = 4000;
  await expectNoGrowth(
    app,
    {
      outbox: { by: camilla, url: '/api/outbox' },
      'mail that failed': { by: camilla, url: '/api/outbox?state=failed' },
      'mail that waits': { by: camilla, url: '/api/outbox?state=waiting' },
      'who saw whom': { by: karen, url: '/api/data-protection/access' },
      'what one person saw': { by: karen, url: `/api/data-protection/access?by=${anna.id}` },
      'who saw one company': { by: karen, url: `/api/data-protection/access?about=${company.id}` },
      'who saw whom on a day': { by: karen, url: '/api/data-protection/access?from=2026-01-10&to=2026-01-10' },
      'the log': { by: karen, url: '/api/audit' },
      'one kind of line': { by: karen, url: '/api/audit?event=rare.event' },
      'what one person did': { by: karen, url: `/api/audit?person=${anna.id}` },
      'what was done to one': { by: karen, url: `/api/audit?subject=${company.id}` },
      deliveries: { by: camilla, url: `/api/webhooks/${webhook}/deliveries` },
    },
    async (half) => {
      // What comes later is not of the one person, company or kind that is asked for: their number stays.
      const few = half === 0 ? 'n % 500 = 0' : 'false';
      const at = `timestamptz '2026-01-01' + (n + ${half * each}) * interval '7 minutes'`;
      await app.owner.query(
        `insert into vn.mail (id, centre_id, at, to_address, subject, text, state) select gen_random_uuid(), $1, ${at}, 'til@firma.example', 'Emne', 'Tekst', case when ${few} then (array['failed', 'waiting'])[1 + n / 500 % 2] else 'sent' end from generate_series(1, $2::int) n`,
        [centre.id, each],
      );
      await app.owner.query(
        `insert into vn.access_log (centre_id, id, at, person_id, endpoint, about)
         select $1, gen_random_uuid(), ${at}, case when ${few} then $3::uuid else $4::uuid end, 'readCompany', jsonb_build_object('params', jsonb_build_object('company', case when ${few} then $5::text else gen_random_uuid()::text end)) from generate_series(1, $2::int) n`,
        [centre.id, each, anna.id, camilla.id, company.id],
      );
      await app.owner.query(
        `insert into vn.audit (centre_id, id, at, person_id, event, subject) select $1, gen_random_uuid(), ${at}, case when ${few} then $3::uuid else $4::uuid end, case when ${few} then 'rare.event' else 'often.event' end, case when ${few} then $5::uuid else gen_random_uuid() end from generate_series(1, $2::int) n`,
        [centre.id, each, anna.id, camilla.id, company.id],
      );
      await app.owner.query(
        `insert into vn.webhook_delivery (centre_id, id, webhook_id, person_id, state, due_at, made_at) select $1, gen_random_uuid(), $3, $4, 'delivered', ${at}, ${at} from generate_series(1, $2::int) n`,
        [centre.id, each, webhook, camilla.id],
      );
    },
  );
  expect((await app.request(karen).get('/api/audit?event=rare.event')).body.items).toHaveLength(8);
  expect((await app.request(karen).get(`/api/data-protection/access?about=${company.id}`)).body.items).toHaveLength(8);
}, 60_000);
