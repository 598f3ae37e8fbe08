/** Campaigns on their way: one that is being called, one that the schools are being asked about, a draft, and one whose companies the schools name. */
import type pg from 'pg';
import { demoId } from './ids.ts';

interface DemoCampaign {
  key: string;
  name: string;
  goal: string;
  why: string;
  aim: 'breadth' | 'trade';
  routes: string[];
  /** Divisions of DB25. */
  divisions: string[];
  period: [string, string];
  /** When the list was frozen, and until when the schools are asked; null: not yet. */
  frozen: string | null;
  deadline: string | null;
  scripts: Record<string, string>;
  /** School -> places on the list by name, struck and kept. */
  struck: Record<string, number[]>;
  kept: Record<string, number[]>;
  answered: string[];
}

const campaigns: DemoCampaign[] = [
  {
    key: 'metal',
    name: 'Metal og maskiner under 50 ansatte',
    goal: '60 besøg og 15 aftaler inden jul.',
    why: 'Certifikater udløber til foråret, og ingen skole har fast kontakt.',
    aim: 'breadth',
    routes: ['call_centre', 'consultants'],
    divisions: ['25', '28'],
    period: ['2026-11-16', '2026-12-18'],
    frozen: '2026-11-09T09:00:00+01:00',
    deadline: '2026-11-16T12:00:00+01:00',
    scripts: {
      da: 'Goddag. Jeg ringer for alle skolerne i Fjordegnen. Vi tilbyder en gratis snak om, hvad jeres folk har brug for at lære. Må jeg stille to spørgsmål?',
      en: 'Good morning. I am calling for all the schools in Fjordegnen. We offer a free talk about what your people need to learn. May I ask two questions?',
    },
    struck: { a: [0, 3], b: [3, 5], d: [8, 11] },
    kept: { a: [1, 2], c: [0, 1, 2, 3] },
    answered: ['a', 'b', 'c', 'd', 'e', 'f'],
  },
  {
    key: 'byg',
    name: 'Træ, tømrer og maler',
    goal: '40 besøg hos byggefirmaer, før højsæsonen begynder.',
    why: 'De har stille måneder om vinteren, og mange mangler læsning og regning til nye krav.',
    aim: 'breadth',
    routes: ['call_centre'],
    divisions: ['16', '43'],
    period: ['2026-11-23', '2027-01-29'],
    frozen: '2026-11-13T14:00:00+01:00',
    deadline: '2026-11-20T12:00:00+01:00',
    scripts: { da: 'Goddag. Jeg ringer for alle skolerne i Fjordegnen. Har du to minutter til at høre, hvad vi kan gøre for jeres svende i de stille måneder?' },
    struck: { a: [2], c: [4, 6] },
    kept: { a: [0, 1], c: [0] },
    answered: ['f'],
  },
  {
    key: 'mad',
    name: 'Køkken, kro og bageri',
    goal: '20 besøg hos firmaer, der laver mad.',
    why: 'Ny hygiejnevejledning fra nytår.',
    aim: 'trade',
    routes: ['consultants'],
    divisions: ['10', '56'],
    period: ['2027-01-11', '2027-03-26'],
    frozen: null,
    deadline: null,
    scripts: {},
    struck: {},
    kept: {},
    answered: [],
  },
];

const act = (client: pg.Client, person: string, roles: string, school: string | null, at: string) =>
  client.query(`select set_config('app.person', $1, true), set_config('app.roles', $2, true), set_config('app.school', $3, true), set_config('app.now', $4, true)`, [
    person,
    roles,
    school ?? '',
    new Date(at).toISOString(),
  ]);

/** Plans, freezes, hears and closes the way people would have done it before the anchor day. */
export async function planCampaigns(client: pg.Client, centre: string): Promise<void> {
  const camilla = demoId('person', 'camilla');
  // This centre begins early: whoever starts the demonstration can call at once.
  await client.query(`insert into vn.outreach_setting (centre_id, call_from) values ($1, '08:00')`, [centre]);
  for (const [at, each] of campaigns.entries()) {
    const id = demoId('campaign', each.key);
    const planned = each.frozen ?? '2026-11-16T15:00:00+01:00';
    await client.query(
      `insert into vn.campaign (centre_id, id, name, goal, why, aim, routes, starts, ends, criteria, seed, frozen_at, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        centre,
        id,
        each.name,
        each.goal,
        each.why,
        each.aim,
        each.routes,
        ...each.period,
        JSON.stringify({ industries: each.divisions.map((division) => `DB25:${division}`), sizes: ['sme'], municipalities: [], sector: 'private', neverContacted: false }),
        101 + at,
        each.frozen,
        new Date(new Date(planned).getTime() - 3_600_000),
        camilla,
      ],
    );
    for (const [language, text] of Object.entries(each.scripts)) await client.query('insert into vn.campaign_script values ($1, $2, $3, $4)', [centre, id, language, text]);
    if (each.frozen === null || each.deadline === null) continue;
    await act(client, camilla, 'coordinator', null, each.frozen);
    await client.query(
      `insert into vn.target (centre_id, campaign_id, company_id, unit_id, facts)
       select $1, $2, c.id, u.id, jsonb_build_object('industry', jsonb_build_object('scheme', c.scheme, 'code', c.industry_code, 'text', c.industry_text),
                'size', jsonb_build_object('from', c.size_from, 'to', c.size_to), 'municipality', m.name, 'publicSector', c.public_sector, 'neverContacted', true)
         from vn.relation r join vn.company c on c.id = r.company_id join vn.unit u on u.company_id = c.id and u.head and not u.protected and u.status <> 'ceased' left join vn.municipality m on m.code = c.municipality
        where r.centre_id = $1 and r.callable and c.status <> 'ceased' and c.scheme = 'DB25' and left(c.industry_code, 2) = any($3) and c.size_to < 50 and not c.public_sector`,
      [centre, id, each.divisions],
    );
    await client.query('select vn.open_hearing($1, $2)', [id, each.deadline]);
    const list = await client.query<{ id: string }>(
      `select t.company_id id from vn.target t join vn.company c on c.id = t.company_id where t.centre_id = $1 and t.campaign_id = $2 order by c.name collate "da-x-icu", c.id`,
      [centre, id],
    );
    const during = new Date(new Date(each.deadline).getTime() - 86_400_000 * 4).toISOString();
    for (const [marks, struck] of [
      [each.struck, true],
      [each.kept, false],
    ] as const)
      for (const [school, places] of Object.entries(marks)) {
        const person = demoId('person', { a: 'dorte', b: 'emil', c: 'conni', d: 'ditlev' }[school] ?? 'karim');
        await act(client, person, 'manager', demoId('school', school), during);
        for (const place of places)
          await client.query(
            `insert into vn.hearing_mark (centre_id, campaign_id, company_id, school_id, struck, reason, known_by, at, person_id) values ($1, $2, $3, $4, $5, $6, $7, ctx.now(), $8)`,
            [centre, id, list.rows[place]?.id, demoId('school', school), struck, struck ? 'course' : null, null, person],
          );
      }
    await client.query('update vn.hearing set answered_at = $3 where centre_id = $1 and campaign_id = $2 and school_id = any($4)', [
      centre,
      id,
      during,
      each.answered.map((school) => demoId('school', school)),
    ]);
    if (each.key === 'metal') {
      await act(client, camilla, 'coordinator', null, each.deadline);
      await client.query('select vn.close_hearing($1)', [id]);
    }
  }
  await shareTime(client, centre, camilla);
  await client.query(`select set_config('app.person', '', true), set_config('app.roles', '', true), set_config('app.school', '', true), set_config('app.now', '', true)`);
}

/** Six schools share twenty hours of the callers; three have named companies, two of them one and the same, and the deadline is a week ahead. */
async function shareTime(client: pg.Client, centre: string, camilla: string): Promise<void> {
  const id = demoId('campaign', 'delt');
  await client.query(
    `insert into vn.campaign (centre_id, id, name, goal, why, aim, routes, starts, ends, picked_by, criteria, seed, created_at, created_by)
     values ($1, $2, 'Skolernes egne ønsker', 'Hver skole får ringet til de firmaer, der passer til dens mål.', 'En af skolerne har bedt om, at vi ringer.', 'breadth', '{call_centre}', '2026-11-30', '2026-12-18', 'schools',
       '{"industries": [], "sizes": [], "municipalities": [], "sector": null, "neverContacted": false}', 104, $3, $4)`,
    [centre, id, new Date('2026-11-12T10:00:00+01:00'), camilla],
  );
  await client.query('insert into vn.campaign_script values ($1, $2, $3, $4)', [
    centre,
    id,
    'da',
    'Goddag. Jeg ringer for alle skolerne i Fjordegnen. En af dem vil gerne høre, hvad I har brug for at lære. Må jeg stille to spørgsmål?',
  ]);
  await act(client, camilla, 'coordinator', null, '2026-11-12T10:30:00+01:00');
  const schools = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => demoId('school', key));
  await client.query('select vn.write_quotas($1, 20, 6, $2, $3, $4)', [id, new Date('2026-11-24T12:00:00+01:00'), schools, [36, 24, 20, 16, 12, 12]]);
  await client.query(`insert into vn.call_centre_answers values ($1, $2, 'yes', 'yes', 'yes', 'unsure', ctx.now(), $3)`, [centre, id, camilla]);
  const free = await client.query<{ id: string }>(
    `select c.id from vn.relation r join vn.company c on c.id = r.company_id where r.centre_id = $1 and r.callable and vn.available(c.id) and c.status <> 'ceased' and c.scheme = 'DB25' and left(c.industry_code, 2) = any ('{47,49,52,81}') and c.size_to < 50
      order by c.name collate "da-x-icu", c.id limit 16`,
    [centre],
  );
  for (const [school, person, from, to] of [
    ['a', 'dorte', 0, 7],
    ['b', 'emil', 6, 11],
    ['c', 'conni', 11, 14],
  ] as const) {
    await act(client, demoId('person', person), 'manager', demoId('school', school), '2026-11-16T13:00:00+01:00');
    await client.query('select vn.nominate($1, $2)', [id, free.rows.slice(from, to).map((row) => row.id)]);
  }
}
