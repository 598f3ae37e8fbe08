import type pg from 'pg';
import { demoId } from './ids.ts';

interface Card {
  key: string;
  seller: string;
  by: string;
  /** Which of the centre's companies, by place; or by name. */
  company: number | string;
  name: string;
  units: number;
  price: number;
  vat: 0 | 25;
  free?: string;
  from: string;
  to: string;
  asked: [school: string, agreed: boolean][];
  uses: [key: string, units: number, about: string, school: string, by: string, day: string][];
  changes?: [of: string, kind: 'given_back' | 'moved', about: string, by: string, day: string][];
}

const cards: Card[] = [
  {
    key: 'tree',
    seller: 'a',
    by: 'dorte',
    company: 'Bjergager Træindustri',
    name: 'Klippekort til rådgivning, ti timer',
    units: 10,
    price: 950_000,
    vat: 25,
    from: '2026-09-01',
    to: '2027-08-31',
    asked: [
      ['b', true],
      ['c', false],
    ],
    uses: [
      ['first', 2, 'Gennemgang af, hvem der mangler hvilke certifikater', 'a', 'anna', '2026-09-22'],
      ['second', 3, 'Plan for oplæring ved de nye maskiner', 'b', 'bjarke', '2026-11-03'],
      ['third', 1, 'Forberedelse af ny værkfører', 'a', 'anna', '2026-11-10'],
    ],
    changes: [
      ['third', 'given_back', 'Mødet blev aflyst af firmaet', 'anna', '2026-11-11'],
      ['first', 'moved', 'Plan for oplæring i pakkeriet', 'anna', '2026-11-12'],
    ],
  },
  {
    key: 'machines',
    seller: 'b',
    by: 'emil',
    company: 7,
    name: 'Klippekort, fem timer',
    units: 5,
    price: 475_000,
    vat: 25,
    from: '2026-11-02',
    to: '2027-10-31',
    asked: [['a', false]],
    uses: [['start', 1, 'Samtale om lærlinge', 'b', 'bjarke', '2026-11-09']],
  },
  {
    key: 'spent',
    seller: 'a',
    by: 'dorte',
    company: 3,
    name: 'Klippekort til rådgivning, tre timer',
    units: 3,
    price: 290_000,
    vat: 25,
    from: '2026-08-01',
    to: '2027-01-31',
    asked: [],
    uses: [['all', 3, 'Samtaler om efteruddannelse i svejseafdelingen', 'a', 'anna', '2026-10-06']],
  },
  {
    key: 'gift',
    seller: 'a',
    by: 'dorte',
    company: 5,
    name: 'Prøvekort, to timer',
    units: 2,
    price: 0,
    vat: 25,
    free: 'Gives til firmaer, der ikke har haft folk på kursus før',
    from: '2026-06-01',
    to: '2026-10-31',
    asked: [],
    uses: [['once', 1, 'Overblik over korte kurser', 'a', 'anna', '2026-08-18']],
  },
];

/** Punch cards that companies have bought: one in use at two schools, one used up, one that ran out. */
export async function sellCards(client: pg.Client, centre: string): Promise<void> {
  const [school, person] = [(key: string) => demoId('school', key), (key: string) => demoId('person', key)];
  const found = await client.query<{ id: string; name: string }>(
    `select k.id, k.name from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = $1 and k.status = 'active' and not r.ceased order by k.cvr desc limit 400`,
    [centre],
  );
  const managers = await client.query<{ school_id: string; person_id: string }>(
    `select school_id, min(person_id::text) person_id from vn.membership where centre_id = $1 and role = 'manager' group by 1`,
    [centre],
  );
  const managerOf = (key: string) => managers.rows.find(({ school_id }) => school_id === school(key))?.person_id;
  for (const { key, seller, by, company, name, units, price, vat, free, from, to, asked, uses, changes = [] } of cards) {
    const id = demoId('punch card', key);
    const entry = (of: string) => demoId('punch entry', `${key} ${of}`);
    const buyer = typeof company === 'number' ? found.rows[company]?.id : (await client.query<{ id: string }>('select id from vn.company where name = $1 limit 1', [company])).rows[0]?.id;
    const schools = [school(seller), ...asked.map(([each]) => school(each))];
    await client.query(
      `insert into vn.punch_card (centre_id, id, school_id, company_id, name, units, price, vat, free_because, valid_from, valid_to, schools, sold_by, sold_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [centre, id, school(seller), buyer, name, units, price, vat, free ?? null, from, to, schools, person(by), `${from}T09:00:00+02:00`],
    );
    for (const [each, agreed] of asked) {
      const manager = agreed ? managerOf(each) : undefined;
      await client.query('insert into vn.punch_card_school values ($1, $2, $3, $4, $5, $6)', [
        centre,
        id,
        school(each),
        manager === undefined ? 'asked' : 'agreed',
        manager ?? null,
        manager === undefined ? null : from,
      ]);
    }
    const write = async (of: string, kind: string, count: number, about: string, where: string, who: string, day: string, use: string | null) => {
      // A card is used on its days, and the demonstration's past is written day by day.
      await client.query(`select set_config('app.now', $1, true)`, [`${day}T12:00:00+00:00`]);
      await client.query('insert into vn.punch_card_entry (centre_id, id, card_id, kind, units, about, school_id, of_id, day, by_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, ctx.now())', [
        centre,
        entry(of),
        id,
        kind,
        count,
        about,
        where,
        use,
        day,
        who,
      ]);
    };
    await write('bought', 'bought', units, name, school(seller), person(by), from, null);
    for (const [of, count, about, where, who, day] of uses) await write(of, 'used', -count, about, school(where), person(who), day, null);
    for (const [of, kind, about, who, day] of changes) {
      const use = uses.find(([each]) => each === of);
      if (use !== undefined) await write(`${of} ${kind}`, kind, kind === 'moved' ? 0 : use[1], about, school(use[3]), person(who), day, entry(of));
    }
  }
  await client.query(`select set_config('app.now', '', true)`);
}
