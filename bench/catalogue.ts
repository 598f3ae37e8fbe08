/**
 * npm run bench -- catalogue [--quick]: search and lists over HTTP with 100,000 classes of 5,000 courses in one centre; then seats, taken by many at once.
 * The clock of every request runs from sending it to having read the answer.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { benchDatabase } from './database.ts';

const quick = process.argv.includes('--quick');
const classes = quick ? 10_000 : 100_000;
const courses = classes / 20;
const asked = quick ? 150 : 600;

const { cluster, admin, close } = await benchDatabase({ shared_buffers: '512MB' });
const [region, centre, person] = [randomUUID(), randomUUID(), randomUUID()];
const schools = Array.from({ length: 20 }, () => randomUUID());
const token = randomBytes(32).toString('base64url');
await admin.query(`insert into vn.region values ($1, 'Bench')`, [region]);
await admin.query(`select set_config('app.centre', $1, false)`, [centre]);
await admin.query(`insert into vn.centre (id, key, region_id, name) values ($1, 'bench', $2, 'Bench')`, [centre, region]);
for (const [at, school] of schools.entries()) await admin.query(`insert into vn.school (centre_id, id, name, kind, postcode) values ($1, $2, $3, 'other', '7620')`, [centre, school, `Skole ${at}`]);
await admin.query(`insert into vn.person (id, name, email, created_at) values ($1, 'Bench', 'bench@bench.example', now())`, [person]);
await admin.query(`insert into vn.membership (centre_id, id, person_id, school_id, role, during) values ($1, gen_random_uuid(), $2, $3, 'consultant', '[2020-01-01,)')`, [centre, person, schools[0]]);
await admin.query(
  `insert into vn.session (id, token_hash, person_id, centre_id, school_id, as_coordinator, created_at, seen_at, expires_at) values (gen_random_uuid(), $1, $2, $3, $4, false, now(), now(), now() + interval '1 day')`,
  [createHash('sha256').update(token).digest(), person, centre, schools[0]],
);
const company = randomUUID();
await admin.query(`insert into vn.company (id, cvr, name, town, municipality, postcode, source, created_at) values ($1, '10000001', 'Firma', 'Limvig', '0665', '7620', 'cvr', now())`, [company]);
await admin.query('insert into vn.relation (centre_id, company_id, since) values ($1, $2, now())', [centre, company]);
const words = [
  'svejsning',
  'gaffeltruck',
  'dansk',
  'regning',
  'hygiejne',
  'lean',
  'kran',
  'førstehjælp',
  'ledelse',
  'robotter',
  'kommunikation',
  'epoxy',
  'pleje',
  'køling',
  'montage',
  'planlægning',
  'kvalitet',
  'ergonomi',
  'teleskoplæsser',
  'regneark',
];
await admin.query(
  `insert into vn.course (centre_id, id, kind, code, title, goal, field, industries, awards, days, says)
   select $1, gen_random_uuid(), 'own', 'K' || n, initcap(($2::text[])[1 + n % 20]) || ' og ' || ($2::text[])[1 + (n / 20) % 20] || ', trin ' || n, 'Du lærer om ' || ($2::text[])[1 + (n / 7) % 20] || ' i praksis.',
          (array['certificates', 'training', 'digital', 'management'])[1 + n % 4], '{}', 'competence', 3, array['vi har brug for ' || ($2::text[])[1 + (n / 3) % 20]] from generate_series(1, $3::int) n`,
  [centre, words, courses],
);
await admin.query(`insert into vn.course_school (centre_id, course_id, school_id) select $1, id, ($2::uuid[])[1 + (row_number() over ())::int % 20] from vn.course`, [centre, schools]);
await admin.query(
  `with numbered as (select id, row_number() over () at from vn.course)
   insert into vn.class (centre_id, id, course_id, school_id, starts, ends, part, delivery, minimum, maximum, postcode, town)
   select $1, gen_random_uuid(), k.id, ($2::uuid[])[1 + n % 20], current_date + 1 + (n % 360)::int, current_date + 3 + (n % 360)::int, 'day', 'whole_days', 8, 16, (array['7620', '7600', '7500', '8000', '6950'])[1 + n % 5], 'By'
     from generate_series(1, $3::int) n join numbered k on k.at = 1 + n % $4::int`,
  [centre, schools, classes, courses],
);
// Five seats taken in each.
await admin.query(
  `insert into vn.seat (centre_id, id, class_id, company_id, heads, no, state, made_at) select $1, gen_random_uuid(), c.id, $2, 1, n, 'taken', now() from vn.class c, generate_series(1, 5) n`,
  [centre, company],
);
await admin.query('update vn.class set taken = 5, last_no = 5');
await admin.query('vacuum analyze');
const some = (await admin.query<{ id: string }>('select id from vn.course order by random() limit 50')).rows.map(({ id }) => id);
const open = (await admin.query<{ id: string }>('select id from vn.class order by random() limit $1', [asked])).rows.map(({ id }) => id);
console.log(`${classes} classes of ${courses} courses, ${classes * 5} seats`);

const server = spawn(process.execPath, [path.join(import.meta.dirname, 'server.ts'), JSON.stringify({ host: cluster.connection('bench', 'app').host, centre, company, token })], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const { address } = await new Promise<{ address: string }>((resolve) => server.stdout.once('data', (data: Buffer) => resolve(JSON.parse(String(data)))));
const get = async (url: string) => {
  const answer = await fetch(`${address}${url}`, { headers: { cookie: `vejnet=${token}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status} ${text}`);
};
const timed = async (urls: readonly string[]) => {
  const began = performance.now();
  for (const url of urls) await get(url);
  return performance.now() - began;
};
const share = (times: number[], of: number) => ([...times].sort((a, b) => a - b)[Math.floor(times.length * of)] ?? 0).toFixed(1);
const report = async (what: string, pages: (at: number) => string[], count = asked) => {
  for (let at = 0; at < Math.min(30, count); at += 1) await timed(pages(at));
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) times.push(await timed(pages(at)));
  console.log(`${what}: p50 ${share(times, 0.5)} p95 ${share(times, 0.95)} ms`);
};
const problems = ['truckcertifikat', 'vi misforstår hinanden', 'svejsekursus', 'regnearkskursus', 'ny leder', 'helikopter', 'robot', 'førstehjælpskursus'];
await report('course search in plain words, with next classes', (at) => [`/api/course-search?q=${encodeURIComponent(problems[at % problems.length] ?? '')}`]);
await report('list of courses, 50 by field', () => ['/api/courses?field=digital']);
await report('list of classes, the next 50', () => ['/api/classes']);
await report('classes of one course', (at) => [`/api/classes?course=${some[at % some.length]}`]);
await report('classes within 40 km', (at) => [`/api/classes?near=${['7620', '8000', '6950'][at % 3]}&km=40`]);
server.kill();

// Seats: the function that every door goes through, as the application's role; first one after the other, then 500 at once for the last seat.
const as = async (client: pg.Client) => client.query(`select set_config('role', 'vn_staff', true), set_config('app.centre', $1, true), set_config('app.person', $2, true)`, [centre, person]);
const connect = async () => {
  const client = new pg.Client(cluster.connection('bench', 'app'));
  await client.connect();
  return client;
};
const one = await connect();
const times: number[] = [];
for (const id of open) {
  const began = performance.now();
  await one.query('begin');
  await as(one);
  await one.query('select vn.take_seats($1, $2, $3, 1, null, true)', [id, randomUUID(), company]);
  await one.query('commit');
  times.push(performance.now() - began);
}
await one.end();
console.log(`a seat taken, four round trips: p50 ${share(times, 0.5)} p95 ${share(times, 0.95)} ms`);
const last = open[0] ?? '';
await admin.query('update vn.class set maximum = taken + 1, minimum = 0 where id = $1', [last]);
const many = await Promise.all(Array.from({ length: 50 }, connect));
const began = performance.now();
const results = (
  await Promise.all(
    many.map(async (client) => {
      const got: string[] = [];
      for (let at = 0; at < 10; at += 1) {
        await client.query('begin');
        await as(client);
        got.push((await client.query<{ result: string }>('select vn.take_seats($1, $2, $3, 1, null, true) result', [last, randomUUID(), company])).rows[0]?.result ?? '');
        await client.query('commit');
      }
      await client.end();
      return got;
    }),
  )
).flat();
const line = (await admin.query<{ no: number; state: string }>('select no, state from vn.seat where class_id = $1 order by no', [last])).rows;
if (line.some(({ no }, at) => no !== at + 1)) throw new Error('a gap in the line');
console.log(
  `500 for the last seat, 50 at once: ${results.filter((result) => result === 'taken').length} seat, ${results.filter((result) => result === 'waiting').length} wait in order without a gap; ${((performance.now() - began) / 1000).toFixed(1)} s`,
);
await close();
