import type pg from 'pg';
import { demoId } from './ids.ts';

/** Courses that programmes, services and teachers name beside those of the catalogue. The numbers are invented. */
const courses: [code: string, title: string, field: string, awards: 'certificate' | 'competence', days: number][] = [
  ['40701', 'Lederens rolle på værkstedet', 'management', 'competence', 3],
  ['40702', 'Samtaler, der flytter noget', 'management', 'competence', 3],
  ['40703', 'Planlægning af andres arbejde', 'management', 'competence', 3],
  ['40704', 'Konflikter på holdet', 'management', 'competence', 2],
  ['40705', 'Når noget skal laves om', 'management', 'competence', 2],
  ['40713', 'Smed i forandring', 'training', 'competence', 5],
  ['40721', 'Workshop for sit eget hold', 'management', 'competence', 2],
];

/** phase, school, name, text, unit, price in øre, VAT, course, assessment with results. */
const services: [phase: string, school: string, name: string, text: string, unit: string, price: number, vat: number, course: string | null, assessment?: ['ikv' | 'rkv', string[], boolean]][] = [
  ['before', 'a', 'Hvad skal I bruge? En formiddag på værkstedet', 'En konsulent og en faglærer går med rundt og skriver ned, hvad folkene kan, og hvad der mangler.', 'fixed', 480_000, 25, null],
  ['before', 'f', 'Screening af læsning og regning', 'I firmaet, en time pr. hold. Ingen resultater om enkelte personer går til ledelsen.', 'person', 12_000, 0, null],
  [
    'before',
    'c',
    'IKV i metal og transport',
    'En halv til fem dage. Faglæreren ser på, hvad den enkelte kan i forvejen.',
    'person',
    185_000,
    0,
    null,
    ['ikv', ['amu_certificate', 'amu_competence', 'education_plan'], true],
  ],
  ['before', 'e', 'RKV for voksne i omsorg', 'For dem med mindst to års erfaring, der vil være faglærte.', 'person', 260_000, 0, null, ['rkv', ['prior_learning', 'shortened'], true]],
  ['during', 'a', 'Stål og gas til svejsekurset', 'Det, som taksten ikke dækker.', 'person', 70_000, 0, '40021'],
  ['during', 'c', 'Truck med ud i firmaet', 'Vi kører en truck ud og holder kurset på jeres plads.', 'day', 210_000, 25, '40011'],
  ['during', 'd', 'Samtale med hver deltager undervejs', '', 'person', 90_050, 25, null],
  ['after', 'a', 'Opfølgning på værkstedet', 'Læreren kommer igen efter seks uger og ser, hvad der bliver brugt.', 'hour', 95_000, 25, null],
  ['after', 'd', 'Netværk for nye ledere', 'Fire eftermiddage det første år.', 'person', 320_000, 25, null],
];

/** Rates as the sources give them; the one without a day is shown and never used. */
const funding: { key: string; kind: string; name: string; kinds: string[]; text: string; agreement?: string; rates: [amount: number, unit: string, during: string | null, source: string][] }[] = [
  {
    key: 'veu',
    kind: 'veu',
    name: 'VEU-godtgørelse',
    kinds: ['amu', 'fvu'],
    text: 'For ufaglærte og faglærte. Firmaet kan søge, når det betaler løn under kurset. Svarer til den højeste dagpengesats.',
    rates: [
      [87_100, 'day', '[2019-01-01,2020-01-01)', 'Sats for 2019'],
      [91_100, 'day', null, 'amudanmark.dk, læst i 2026. Siden siger ikke, hvornår satsen gælder.'],
    ],
  },
  { key: 'svu', kind: 'svu', name: 'SVU', kinds: ['fvu', 'obu', 'avu'], text: 'Kan søges af den enkelte ved mindst tre timer om ugen. Se den gældende sats hos den, der udbetaler.', rates: [] },
  {
    key: 'fund',
    kind: 'fund',
    name: 'Kompetencefond i industrien',
    kinds: ['amu'],
    text: 'Selvvalgt uddannelse efter aftale mellem parterne. Fonden afgør hver ansøgning.',
    agreement: 'Industriens Overenskomst',
    rates: [],
  },
  {
    key: 'fee',
    kind: 'fee',
    name: 'Deltagerbetaling, AMU',
    kinds: ['amu'],
    text: 'For dem uden videregående uddannelse. Tillægspris kan komme oveni og kan altid siges nej til.',
    rates: [[104_000, 'week', '[2024-01-01,2025-01-01)', 'En erhvervsskoles prisliste for 2024']],
  },
];

/** The four goals that the sources miss, and what became of each so far; and a no with its reason. */
const proposals: { key: string; kind: string; title: string; why: string; needs: string; goal: string; by: string; steps: [state: string, by: string, at: string, note: string, course?: string][] }[] =
  [
    {
      key: 'planning',
      kind: 'goal',
      title: 'Uddannelsesplanlægning',
      why: 'Små firmaer har ingen, der har lært at lægge en plan for, hvem der skal lære hvad.',
      needs: 'Fem firmaer i metal og træ har spurgt om det samme i år.',
      goal: 'Kan lægge en plan for sit eget hold og følge den op hvert halve år.',
      by: 'anna',
      steps: [
        ['suggested', 'anna', '2026-09-14T10:00:00+02:00', ''],
        ['in_talks', 'camilla', '2026-10-01T09:00:00+02:00', 'Tre skoler taler om, hvem der kan beskrive målet.'],
        ['being_made', 'dorte', '2026-11-05T13:00:00+01:00', 'Udkastet er sendt til efteruddannelsesudvalget.'],
      ],
    },
    {
      key: 'appreciative',
      kind: 'goal',
      title: 'Anerkendende ledelse',
      why: 'Værkførere siger, at de kun lærer at rette fejl. De vil også lære at se det, der virker.',
      needs: 'Kommer op på næsten hvert besøg i de større værksteder.',
      goal: 'Kan holde en samtale, der bygger på det, der lykkes.',
      by: 'ditlev',
      steps: [
        ['suggested', 'ditlev', '2026-10-12T11:00:00+02:00', ''],
        ['in_talks', 'camilla', '2026-10-29T09:30:00+01:00', 'På dagsordenen for lederne i december.'],
      ],
    },
    {
      key: 'workshop',
      kind: 'course',
      title: 'Workshopfacilitering',
      why: 'Flere ledere skal styre møder, hvor andre finder på løsningerne.',
      needs: 'Tre firmaer vil have det, før de bygger om.',
      goal: 'Kan planlægge og lede en workshop for sit eget hold.',
      by: 'bjarke',
      steps: [
        ['suggested', 'bjarke', '2026-04-20T09:00:00+02:00', ''],
        ['in_talks', 'emil', '2026-05-11T09:00:00+02:00', ''],
        ['being_made', 'emil', '2026-08-17T09:00:00+02:00', 'To lærere skriver på det.'],
        ['offered', 'camilla', '2026-11-02T09:00:00+01:00', 'Første hold begynder i februar.', '40721'],
      ],
    },
    {
      key: 'context',
      kind: 'goal',
      title: 'Organisatorisk kontekst',
      why: 'Nye ledere mangler at forstå, hvor i firmaet deres egne beslutninger hører til.',
      needs: '',
      goal: 'Kan tegne sit eget firma og sige, hvem der bestemmer hvad.',
      by: 'karim',
      steps: [['suggested', 'karim', '2026-11-12T14:00:00+01:00', '']],
    },
    {
      key: 'drones',
      kind: 'course',
      title: 'Droner til tagsyn',
      why: 'To tømrere har spurgt.',
      needs: '',
      goal: '',
      by: 'anna',
      steps: [
        ['suggested', 'anna', '2026-06-08T09:00:00+02:00', ''],
        ['declined', 'dorte', '2026-06-22T09:00:00+02:00', 'Findes allerede som privat kursus, og to er for få til et hold.'],
      ],
    },
  ];

const teachers: { key: string; school: string; name: string; fields: string[]; courses: string[]; days: number; lendable: string | null }[] = [
  { key: 'ruth', school: 'c', name: 'Ruth Vang', fields: ['certificates'], courses: ['40011'], days: 2, lendable: '[2026-11-01,2027-07-01)' },
  { key: 'ib', school: 'a', name: 'Ib Mortensen', fields: ['certificates'], courses: ['40021'], days: 3, lendable: '[2027-01-04,)' },
  { key: 'sanne', school: 'd', name: 'Sanne Krogh', fields: ['management'], courses: ['40701', '40704'], days: 1, lendable: '[2026-11-01,2027-07-01)' },
  { key: 'omar', school: 'f', name: 'Omar Haddad', fields: ['basic_skills', 'digital'], courses: [], days: 2, lendable: '[2026-11-01,)' },
  { key: 'lis', school: 'e', name: 'Lis Dam', fields: ['training'], courses: [], days: 0, lendable: null },
];

/** What schools offer around their courses: services, funding, programmes, proposals and teachers. */
export async function offer(client: pg.Client, centre: string): Promise<void> {
  const [school, person] = [(key: string) => demoId('school', key), (key: string) => demoId('person', key)];
  for (const [code, title, field, awards, days] of courses)
    await client.query(
      `insert into vn.course (centre_id, id, kind, code, title, field, industries, awards, days, retired) values ($1, $2, 'amu', $3, $4, $5, '{}', $6, $7, $8) on conflict do nothing`,
      [centre, demoId('course', code), code, title, field, awards, days, code === '40713'],
    );
  const found = await client.query<{ code: string; id: string }>('select code, id from vn.course where centre_id = $1 and code is not null', [centre]);
  const known = Object.fromEntries(found.rows.map(({ code, id }) => [code, id]));
  for (const [phase, key, name, text, unit, price, vat, course, assessment] of services)
    await client.query(
      'insert into vn.priced_service (centre_id, id, school_id, kind, name, text, phase, unit, price, vat, course_id, assessment, results, free_for_employed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)',
      [
        centre,
        demoId('service', `${key} ${name}`),
        school(key),
        assessment === undefined ? 'priced' : 'assessment',
        name,
        text,
        phase,
        unit,
        price,
        vat,
        course === null ? null : known[course],
        assessment?.[0] ?? null,
        assessment?.[1] ?? [],
        assessment?.[2] ?? false,
      ],
    );
  for (const { key, kind, name, kinds, text, agreement = '', rates } of funding) {
    await client.query('insert into vn.funding (centre_id, id, kind, name, course_kinds, agreement, text) values ($1, $2, $3, $4, $5, $6, $7)', [
      centre,
      demoId('funding', key),
      kind,
      name,
      kinds,
      agreement,
      text,
    ]);
    for (const [at, [amount, unit, during, source]] of rates.entries())
      await client.query('insert into vn.funding_rate (centre_id, id, funding_id, amount, unit, during, source) values ($1, $2, $3, $4, $5, $6, $7)', [
        centre,
        demoId('rate', `${key} ${at}`),
        demoId('funding', key),
        amount,
        unit,
        during,
        source,
      ]);
  }
  await putTogether(client, centre, known);
  for (const { key, kind, title, why, needs, goal, by, steps } of proposals) {
    const [first, last] = [steps[0], steps.at(-1)];
    await client.query(
      'insert into vn.proposal (centre_id, id, kind, title, why, needs, goal, suggested_by, suggested_at, state, course_id, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
      [centre, demoId('proposal', key), kind, title, why, needs, goal, person(by), first?.[2], last?.[0], last?.[4] === undefined ? null : known[last[4]], steps.length],
    );
    for (const [at, [state, who, when, note]] of steps.entries())
      await client.query('insert into vn.proposal_step values ($1, $2, $3, $4, $5, $6, $7)', [centre, demoId('proposal', key), at + 1, state, note, person(who), when]);
  }
  await lend(client, centre, known);
}

/** GLU: five goals, thirteen days over half a year (row 4.14); reading and truck in one (row 4.11); and one whose course is retired. */
async function putTogether(client: pg.Client, centre: string, known: Record<string, string>): Promise<void> {
  const programmes: [
    key: string,
    keeper: string | null,
    kind: string,
    title: string,
    text: string,
    days: number,
    weeks: number | null,
    items: [course: string, days: number, gap: number | null][],
    schools: string[],
  ][] = [
    [
      'glu',
      'd',
      'composite',
      'Grundlæggende lederuddannelse (GLU)',
      'For værkførere og andre, der er blevet ledere for dem, de før arbejdede sammen med. Mellem delene prøver man det af derhjemme.',
      13,
      26,
      [
        ['40701', 3, null],
        ['40702', 3, 5],
        ['40703', 3, 5],
        ['40704', 2, 6],
        ['40705', 2, 6],
      ],
      ['a', 'd'],
    ],
    [
      'truck',
      null,
      'combination',
      'Læsning og truck',
      'Læs sikkerheden, før du kører. Læsningen ligger om morgenen i firmaet.',
      17,
      20,
      [
        ['dansk-1', 10, null],
        ['40011', 7, 2],
      ],
      ['c', 'f'],
    ],
    [
      'smith',
      'a',
      'composite',
      'Smeden, der kan det hele',
      '',
      10,
      null,
      [
        ['40021', 5, null],
        ['40713', 5, 4],
      ],
      ['a'],
    ],
  ];
  for (const [key, keeper, kind, title, text, days, weeks, items, schools] of programmes) {
    const id = demoId('programme', key);
    await client.query('insert into vn.programme (centre_id, id, school_id, kind, title, text, days, weeks) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
      centre,
      id,
      keeper === null ? null : demoId('school', keeper),
      kind,
      title,
      text,
      days,
      weeks,
    ]);
    for (const [at, [course, itemDays, gap]] of items.entries())
      await client.query('insert into vn.programme_item values ($1, $2, $3, $4, $5, $6)', [centre, id, at + 1, known[course], itemDays, gap]);
    for (const each of schools) await client.query('insert into vn.programme_school values ($1, $2, $3)', [centre, id, demoId('school', each)]);
  }
  // Asked while the centre is set, not at the end of everything.
  await client.query('set constraints all immediate');
  await client.query('set constraints all deferred');
}

/** Teachers of five schools; one is lent, one is asked for, one cannot be had for some days. */
async function lend(client: pg.Client, centre: string, known: Record<string, string>): Promise<void> {
  const [school, teacher] = [(key: string) => demoId('school', key), (key: string) => demoId('teacher', key)];
  for (const { key, school: at, name, fields, courses: taught, days, lendable } of teachers) {
    await client.query('insert into vn.teacher (centre_id, id, school_id, name, fields, days_a_week, lendable) values ($1, $2, $3, $4, $5, $6, $7)', [
      centre,
      teacher(key),
      school(at),
      name,
      fields,
      days,
      lendable,
    ]);
    for (const code of taught) await client.query('insert into vn.teacher_course values ($1, $2, $3)', [centre, teacher(key), known[code]]);
  }
  const loans: [key: string, who: string, from: string, to: string, course: string | null, first: string, last: string, weekdays: number[], about: string, state: string, by: string, at: string][] = [
    ['truck', 'ruth', 'c', 'a', '40011', '2027-01-11', '2027-02-23', [1, 2], 'Otte tilmeldte fra tre firmaer, og vi har selv kun lærere i svejsning.', 'agreed', 'dorte', '2026-11-09T10:00:00+01:00'],
    ['welding', 'ib', 'a', 'b', '40021', '2027-02-01', '2027-03-19', [4, 5], 'Kun fem tilmeldte hos os. Kan vi låne Ib, så holder vi det sammen.', 'asked', 'emil', '2026-11-16T15:20:00+01:00'],
  ];
  for (const [key, who, from, to, course, first, last, weekdays, about, state, by, at] of loans) {
    await client.query(
      `insert into vn.teacher_loan (centre_id, id, teacher_id, from_school_id, to_school_id, course_id, during, weekdays, about, state, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, daterange($7::date, $8::date, '[]'), $9, $10, $11, $12, $13)`,
      [centre, demoId('loan', key), teacher(who), school(from), school(to), course === null ? null : known[course], first, last, weekdays, about, state, demoId('person', by), at],
    );
    if (state === 'agreed')
      await client.query('insert into vn.teacher_use (centre_id, id, teacher_id, school_id, days, loan_id) values ($1, $2, $3, $4, vn.days_in($5, $6, $7), $2)', [
        centre,
        demoId('loan', key),
        teacher(who),
        school(to),
        first,
        last,
        weekdays,
      ]);
  }
  await client.query(`insert into vn.teacher_use (centre_id, id, teacher_id, school_id, days, own) values ($1, $2, $3, $4, vn.days_in('2027-01-04', '2027-06-25', '{1,2,3}'), 'Grundforløb')`, [
    centre,
    demoId('use', 'ib'),
    teacher('ib'),
    school('a'),
  ]);
  await client.query(`insert into vn.teacher_absence values ($1, $2, $3, '[2027-01-18,2027-01-23)')`, [centre, demoId('absence', 'ruth'), teacher('ruth')]);
}
