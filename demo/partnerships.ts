import type pg from 'pg';
import { demoId } from './ids.ts';

type Send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, person: string | null, payload?: object, seen?: number) => Promise<{ json<T>(): T }>;

interface Agreement {
  key: string;
  /** By name, or which of the centre's companies, by place. */
  company: string | number;
  owner: string;
  schools: string[];
  from: string;
  to: string;
  review: string;
  signedOn: string;
  signer: string;
  state: 'signed' | 'ended';
  text: { company: string[]; centre: string[]; roles: [company: string, centre: string]; duties: [company: string, centre: string] };
  views: [side: 'centre' | 'company', day: string, scores: string][];
}

/** What was signed before the demonstration begins: one whose review comes today, and one that ended. Scores are written as digits; a dot is a row left out. */
const agreements: Agreement[] = [
  {
    key: 'machines',
    company: 'Lyngbjerg Maskinteknik',
    owner: 'anna',
    schools: ['a', 'b'],
    from: '2025-12-01',
    to: '2027-11-30',
    review: '2026-11-17',
    signedOn: '2025-11-25',
    signer: 'Else Krogh',
    state: 'signed',
    text: {
      company: [
        'Et fast møde hvert kvartal på fabrikken, og den samme at ringe til imellem.',
        'En plan for, hvem der skal lære hvad de næste to år, så vi ikke finder på det i travle uger.',
        'Hvilke kurser der findes til folk, der har været væk fra skolebænken længe.',
        'At centret finder hold og holder øje med certifikater, der udløber.',
      ],
      centre: [
        'At vi må tale med både ledelse, værkførere og dem ved maskinerne.',
        'At prøve oplæring ved egne maskiner, før vi sender nogen på hold.',
        'At I fortæller om kommende ordrer og maskiner, så planen kan følge med. Vi giver det ikke videre.',
        'At vi kan sige ærligt til hinanden, når noget ikke går.',
        'To år, og at begge siger til tre måneder før, hvis planen ikke holder.',
      ],
      roles: ['Else Krogh fra personaleafdelingen. Tillidsrepræsentanten er med på møderne.', 'Anna Holm, Fjordegnens Erhvervsskole, med Bjarke fra Tværby Tekniske Skole om maskinerne.'],
      duties: ['Giver folk fri til det, der står i planen, og finder et rum til oplæring.', 'Laver planen, finder hold hos den skole, der passer bedst, og følger op efter hvert kursus.'],
    },
    views: [
      ['centre', '2025-12-09', '33423223232.33222'],
      ['company', '2025-12-16', '2232322222.332.22'],
      ['centre', '2026-06-10', '44433344343344334'],
      ['company', '2026-11-12', '4443334323.445333'],
    ],
  },
  {
    key: 'ended',
    company: 9,
    owner: 'bjarke',
    schools: ['b'],
    from: '2024-09-01',
    to: '2026-08-31',
    review: '2025-09-01',
    signedOn: '2024-08-27',
    signer: 'Torben Lund',
    state: 'ended',
    text: {
      company: ['At nogen kender os', 'At vi har lærlinge nok om tre år', 'Hvad voksenlærlinge koster', 'At finde skolepladser'],
      centre: ['At se hele værkstedet', 'Lærlinge på tværs af skoler', 'At I siger til, når I ansætter', 'At I møder op', 'To år'],
      roles: ['Torben Lund, ejer', 'Bjarke, Tværby Tekniske Skole'],
      duties: ['Melder pladser i god tid', 'Finder skole og følger lærlingene'],
    },
    views: [],
  },
];

const scoresOf = (digits: string) => [...digits].map((digit) => (digit === '.' ? null : Number(digit)));

/** Agreements that were signed earlier, with how both sides saw the relation then and now. */
export async function formPartnerships(client: pg.Client, centre: string): Promise<void> {
  const found = await client.query<{ id: string }>(
    `select k.id from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = $1 and k.status = 'active' and not r.ceased order by k.cvr desc limit 400`,
    [centre],
  );
  for (const { key, company, owner, schools, from, to, review, signedOn, signer, state, text, views } of agreements) {
    const id = demoId('partnership', key);
    const at = `${signedOn}T10:00:00+01:00`;
    const partner = typeof company === 'number' ? found.rows[company]?.id : (await client.query<{ id: string }>('select id from vn.company where name = $1 limit 1', [company])).rows[0]?.id;
    await client.query('insert into vn.partnership (centre_id, id, company_id, owner_id, schools, made_by, made_at) values ($1, $2, $3, $4, $5, $4, $6)', [
      centre,
      id,
      partner,
      demoId('person', owner),
      schools.map((each) => demoId('school', each)),
      at,
    ]);
    await client.query(
      `insert into vn.partnership_text (centre_id, partnership_id, no, state, company_expects, centre_expects, company_role, centre_role, company_duties, centre_duties, valid_from, valid_to, review_on, next_review,
         written_by, written_at, centre_signer, centre_signed_at, company_signer, company_signed_at, ended_on, ended_because, told_at)
       values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $14, $13, $14, $15, $14, $16, $17, $14)`,
      [
        ...[centre, id, state, text.company, text.centre, ...text.roles, ...text.duties, from, to, review, demoId('person', owner), at, signer],
        ...(state === 'ended' ? ['2026-08-31', 'Ejeren er gået på pension, og værkstedet er lukket ned.'] : [null, null]),
      ],
    );
    for (const [side, day, digits] of views)
      await client.query('insert into vn.relation_view (centre_id, id, partnership_id, side, person_id, at, scores) values ($1, $2, $3, $4, $5, $6, $7)', [
        centre,
        demoId('relation view', `${key} ${side} ${day}`),
        id,
        side,
        side === 'centre' ? demoId('person', owner) : null,
        `${day}T10:00:00+01:00`,
        scoresOf(digits),
      ]);
  }
}

/** An agreement that Anna has written with Frida’s company and signed: Frida signs it on her own page. And what Anna rates about herself, which only she sees. */
export async function offerPartnership(send: Send, company: string, pageToken: string): Promise<void> {
  const term = { validFrom: '2026-12-01', validTo: '2028-11-30', reviewOn: '2027-06-01' };
  const begun = (await send('POST', '/api/partnerships', 'anna', { company, schools: [demoId('school', 'c')], ...term })).json<{ id: string }>();
  const own = { token: pageToken, partnership: begun.id };
  const companyExpects = [
    'Én, vi kan ringe til, som kender værkstedet. Og at det varer mere end et halvt år.',
    'At vi tager fat i certifikaterne, før de udløber, og ikke ugen efter.',
    'Hvad der findes om aftenen, og hvad vi kan få i tilskud.',
    'Tilmeldinger og ansøgninger om tilskud.',
  ];
  await send('POST', '/api/company-page/partnerships/expectations', null, { ...own, no: 1, version: 1, companyExpects });
  const text = {
    companyExpects,
    centreExpects: [
      'At vi må se hele værkstedet, også lageret og kontoret.',
      'At prøve korte moduler om aftenen sammen med nabofirmaerne.',
      'At I siger til, når I får nye maskiner eller nye folk.',
      'At vi kan komme uanmeldt til kaffe, og at I ringer først til os.',
      'To år, og et møde hvert halve år, også når der er travlt.',
    ],
    companyRole: 'Frida Møller, værkstedsleder.',
    centreRole: 'Anna Holm, Fjordegnens Erhvervsskole.',
    companyDuties: 'Giver folk fri til det, vi har aftalt, og spørger dem, hvad de vil lære.',
    centreDuties: 'Finder hold hos den skole, der passer bedst, og skriver ansøgningerne.',
    ...term,
  };
  await send('PUT', `/api/partnerships/${begun.id}/text`, 'anna', text, 2);
  await send('PUT', `/api/partnerships/${begun.id}/offer`, 'anna', undefined, 3);
  await send('PUT', `/api/partnerships/${begun.id}/signature`, 'anna', undefined, 4);
  await send('POST', `/api/partnerships/${begun.id}/relation`, 'anna', { scores: scoresOf('33424324332.33223') });
  await send('POST', '/api/company-page/relation/place', null, { ...own, scores: scoresOf('2342122332.2.3322') });
  const nothing = { learn: '', by: null };
  const abilities = [
    { level: 3, ...nothing },
    { level: 1, learn: 'Gå tilskud og regler igennem med Fie fra VUC, og læse om de andre skolers', by: '2026-12-11' },
    { level: 2, learn: 'To besøg mere sammen med Bjarke på maskinværksteder', by: '2027-01-29' },
    { level: 4, ...nothing },
    { level: null, ...nothing },
  ];
  await send('PUT', '/api/own-abilities', 'anna', { abilities }, 0);
}
