/** The product and a bare counterpart of its busiest endpoints, on one port, in a process of its own. Prints the port when it listens. */
import { sql } from 'kysely';
import pg from 'pg';
import { routes } from '../src/app/routes.ts';
import { systemClock } from '../src/platform/clock.ts';
import { connect } from '../src/platform/db/connect.ts';
import { httpApp } from '../src/platform/http/app.ts';
import { openOutside } from '../src/platform/outside.ts';

const { host, centre, company, token } = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
const connection = { host, database: 'bench', user: 'vn_app' };
const { db } = connect(connection);
const nothing = { enqueue: async () => undefined };
const app = await httpApp(
  { db, clock: systemClock, url: new URL('http://localhost'), jobs: nothing, files: null as never, keyedHash: null as never, outside: openOutside([]), intake: null },
  routes,
  (error) => console.error(error),
);

// Bare: the same transaction, the same context, the same SELECT, JSON by hand; no session, no checks.
const pool = new pg.Pool({ ...connection, max: 20, options: '-c search_path=vn,public -c timezone=UTC' });
const bare = async (statements: [string, unknown[]][]): Promise<pg.QueryResult[]> => {
  const client = await pool.connect();
  try {
    await client.query(`begin read only; select set_config('role','vn_staff',true), set_config('app.centre','${centre}',true), set_config('app.roles','consultant',true)`);
    const results: pg.QueryResult[] = [];
    for (const [text, values] of statements) results.push(await client.query(text, values));
    await client.query('commit');
    return results;
  } finally {
    client.release();
  }
};
const columns = `c.id, c.cvr, c.name, c.address, c.postcode, c.town, c.municipality, m.name municipality_name, c.phone, c.scheme, c.industry_code, c.industry_text, c.size_from, c.size_to, c.size_period, c.size_as_of, c.public_sector, c.protected, c.status, c.vanished, c.source`;
const json = (rows: Record<string, unknown>[]) => `{"items":${JSON.stringify(rows)}}`;
app.get('/bare/list', async (_request, reply) => {
  const [found] = await bare([
    [
      `select ${columns} from company c left join municipality m on m.code = c.municipality where c.status <> 'ceased' and c.municipality = $1 and c.scheme = 'DB25' and c.industry_code like '25%' and c.size_from >= 0 and c.size_to <= 49
       and exists (select from relation r where r.centre_id = $2 and r.company_id = c.id) order by c.name collate "da-x-icu", c.id limit 51`,
      ['0665', centre],
    ],
  ]);
  reply.type('application/json').send(json(found?.rows ?? []));
});
app.get('/bare/search', async (_request, reply) => {
  const [found] = await bare([
    [
      `with hit as materialized (select c.* from company c where c.search like '%lund%' and c.search like '%tømrer%' and exists (select from relation r where r.centre_id = $1 and r.company_id = c.id) limit 501)
       select ${columns} from hit c left join municipality m on m.code = c.municipality where c.status <> 'ceased' order by c.name collate "da-x-icu", c.id limit 51`,
      [centre],
    ],
  ]);
  reply.type('application/json').send(json(found?.rows ?? []));
});
app.get('/bare/company', async (_request, reply) => {
  const found = await bare([
    [
      `select ${columns}, c.email, c.form, c.status_text, c.started, c.ended, r.since from relation r join company c on c.id = r.company_id left join municipality m on m.code = c.municipality where r.centre_id = $1 and c.id = $2`,
      [centre, company],
    ],
    [
      `select *, array(select json_build_object('fact', p.fact, 'value', p.value, 'valid', p.valid) from unit_past p where p.unit_id = unit.id order by lower(p.valid) desc, p.fact desc limit 50) past
         from unit where company_id = $1 order by head desc, p_number limit 200`,
      [company],
    ],
    ['select * from company_past where company_id = $1 order by lower(valid) desc, fact desc limit 100', [company]],
    [
      `select id, name, role, title, phone, email, language, basis, source, review_on, version from contact where centre_id = $1 and company_id = $2 order by name collate "da-x-icu", id limit 200`,
      [centre, company],
    ],
  ]);
  reply.type('application/json').send(json(found.flatMap((each) => each.rows)));
});
await sql`select 1`.execute(db);
const address = await app.listen({ host: 'localhost', port: 0 });
console.log(JSON.stringify({ address, token }));
process.on('SIGTERM', () => process.exit(0));
