import type pg from 'pg';
import { demoId } from './ids.ts';

/** What each school offers, in outline: field, industries (none: all), municipalities (none: everywhere). */
const offered: Record<string, [field: string, industries: string[], municipalities: string[]][]> = {
  a: [
    ['certificates', ['C', 'F'], []],
    ['apprentices', ['C', 'F', 'G'], []],
    ['experience', ['C', 'F'], []],
    ['digital', ['C'], []],
  ],
  b: [
    ['certificates', ['C', 'F', 'H'], []],
    ['apprentices', ['C', 'H'], []],
    ['training', ['C', 'F'], []],
  ],
  c: [
    ['certificates', [], []],
    ['training', [], []],
    ['experience', [], []],
  ],
  d: [
    ['management', [], []],
    ['digital', [], []],
    ['apprentices', ['G', 'I', 'M'], []],
  ],
  e: [
    ['training', ['Q', 'I'], []],
    ['experience', ['Q'], []],
  ],
  f: [
    ['basic_skills', [], []],
    ['digital', [], []],
  ],
};

const asked: Record<string, string> = {
  certificates: 'Certifikater, der udløber',
  basic_skills: 'Dansk og regning på arbejdspladsen',
  training: 'Oplæring af nye',
  management: 'Ledelse for værkføreren',
  digital: 'Regneark og skærme i hallen',
  apprentices: 'En voksenlærling',
};

/** From spring to autumn: whose consultant pointed how many companies to which school, and for what. Between two of them it is too few to be shown. */
const pointed: [person: string, from: string | null, to: string, field: string, companies: number][] = [
  ['anna', 'a', 'a', 'certificates', 15],
  ['anna', 'a', 'c', 'certificates', 7],
  ['anna', 'a', 'f', 'basic_skills', 6],
  ['anna', 'a', 'd', 'management', 2],
  ['bjarke', 'b', 'b', 'certificates', 12],
  ['bjarke', 'b', 'a', 'apprentices', 6],
  ['bjarke', 'b', 'f', 'basic_skills', 3],
  ['conni', 'c', 'c', 'training', 14],
  ['conni', 'c', 'd', 'digital', 8],
  ['conni', 'c', 'f', 'basic_skills', 7],
  ['ditlev', 'd', 'd', 'management', 9],
  ['ditlev', 'd', 'a', 'apprentices', 5],
  ['esra', 'e', 'e', 'training', 3],
  ['karim', 'f', 'f', 'basic_skills', 11],
  ['karim', 'f', 'c', 'certificates', 9],
  ['karim', 'f', 'b', 'certificates', 6],
  ['maja', null, 'a', 'certificates', 6],
  ['maja', null, 'b', 'certificates', 7],
  ['maja', null, 'f', 'basic_skills', 8],
];

const evaluations = [
  ['summer', '[2026-04-01,2026-10-01)', '2026-09-28', '2026-10-19'],
  ['autumn', '[2026-10-01,2027-01-01)', '2026-11-10', '2027-01-15'],
] as const;

/** Impartial advice: offers in outline, what was pointed at since spring, an evaluation that was made and one that is announced, measures and ties. */
export async function adviseFairly(client: pg.Client, centre: string): Promise<void> {
  const school = (key: string | null) => (key === null ? null : demoId('school', key));
  for (const [key, lines] of Object.entries(offered))
    for (const [field, industries, municipalities] of lines) await client.query('insert into vn.provision values ($1, $2, $3, $4, $5, 1)', [centre, school(key), field, industries, municipalities]);
  const companies = (
    await client.query<{ id: string }>(
      `select r.company_id id from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = $1 and k.status = 'active' order by k.cvr desc limit 60`,
      [centre],
    )
  ).rows;
  let next = 0;
  for (const [person, from, to, field, count] of pointed)
    for (let at = 0; at < count; at += 1) {
      next += 1;
      const company = companies[next % companies.length]?.id ?? '';
      const [need, source] = [demoId('need', `${person} ${to} ${at}`), demoId('source', `${person} ${to} ${at}`)];
      const day = new Date(Date.UTC(2026, 3, 14 + ((next * 7) % 160))).toISOString().slice(0, 10);
      await client.query('insert into vn.need (centre_id, id, company_id, what, term, field, source_id, place, reported, noted_by, noted_at) values ($1, $2, $3, $4, $5, $6, $7, 0, false, $8, $9)', [
        centre,
        need,
        company,
        asked[field] ?? '',
        at % 3 === 0 ? 'this_year' : 'now',
        field,
        source,
        demoId('person', person),
        `${day}T10:00:00+02:00`,
      ]);
      await client.query('insert into vn.pointed values ($1, $2, $3, $4, $5, $6, $7)', [centre, source, need, school(to), company, day, school(from)]);
    }
  for (const [key, during, announced, usable] of evaluations)
    await client.query('insert into vn.evaluation (centre_id, id, purpose, criteria, during, announced_on, announced_by, usable_on) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
      centre,
      demoId('evaluation', key),
      'At se, om firmaerne bliver rådgivet efter deres behov og ikke efter, hvad konsulentens egen skole sælger.',
      'Hvor ofte der peges på egen skole, holdt op mod behovene og skolernes udbud. Ingen tal om personer, ingen sammenligning af løn eller tid.',
      during,
      announced,
      demoId('person', 'camilla'),
      usable,
    ]);
  for (const [key, kind, owner, due, done, note] of [
    ['a', 'pair_visits', 'anna', '2026-12-18', null, 'To besøg med VUC, ét med AMU.'],
    ['a', 'incentives', 'dorte', '2026-10-30', '2026-10-28', ''],
    ['b', 'mandate', 'emil', '2026-11-13', null, ''],
  ] as const)
    await client.query('insert into vn.measure values ($1, $2, $3, $4, $5, $6, $7, 1)', [centre, school(key), kind, demoId('person', owner), due, done, note]);
  for (const [key, kind, what, openTo, person] of [
    ['a', 'minimum_activity', 'Skal have 40 årskursister på svejsning for at beholde godkendelsen.', 'centre', 'dorte'],
    ['b', 'income', 'Halvdelen af efteruddannelsens budget skal tjenes på virksomhedshold i 2026.', 'coordinator', 'emil'],
  ] as const)
    await client.query('insert into vn.incentive values ($1, $2, $3, $4, $5, $6, null, $7, $8, 1)', [
      centre,
      demoId('incentive', key),
      school(key),
      kind,
      what,
      '2026-01-01',
      openTo,
      demoId('person', person),
    ]);
}

export type Send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, person: string | null, payload?: object, seen?: number) => Promise<{ json<T>(): T }>;

/** Needs that went to another school after the visits (row 3.01): one taken up, one that waits for an answer. */
export async function referOnwards(send: Send, enter: (person: string) => Promise<void>, at: (instant: string) => void): Promise<void> {
  const companyOf = async (name: string, person: string) => (await send('GET', `/api/companies?search=${encodeURIComponent(name)}&limit=1`, person)).json<{ items: { id: string }[] }>().items[0]?.id;
  at('2026-11-13T14:00:00+01:00');
  await enter('anna');
  const company = await companyOf('Bjergager Træindustri', 'anna');
  const needs = (await send('GET', `/api/companies/${company}/needs`, 'anna')).json<{ id: string; what: string }[]>();
  const need = needs.find(({ what }) => what.startsWith('Læsning'))?.id;
  const sent = (
    await send('POST', '/api/referrals', 'anna', {
      company,
      need,
      school: demoId('school', 'f'),
      about: 'Fire mand, alle på morgenholdet. Ring til Ove på fabrikken efter kl. 13.',
      companyAgreed: true,
    })
  ).json<{ id: string }>();
  at('2026-11-16T08:10:00+01:00');
  await enter('karim');
  await send('PUT', `/api/referrals/${sent.id}/answer`, 'karim', { accept: true }, 1);
  at('2026-11-16T08:20:00+01:00');
  await enter('conni');
  const other = await companyOf('Egelund Vinduer', 'conni');
  await send('POST', '/api/referrals', 'conni', {
    company: other,
    newNeed: { what: 'To voksne, der vil være tømrere', term: 'this_year', field: 'apprentices' },
    school: demoId('school', 'a'),
    about: 'Mona vil vide, om de kan få merit for deres år i hallen. Hun er at træffe torsdag.',
    companyAgreed: true,
  });
}
