import type pg from 'pg';
import { type Facts, fromCvrHit } from '../src/modules/companies/imports/model.ts';
import { adviseFairly } from './advice.ts';
import { planCampaigns } from './campaigns.ts';
import { fillCatalogue } from './catalogue.ts';
import { bringClasses } from './class-files.ts';
import { makeExtract, places } from './extract.ts';
import { demoId } from './ids.ts';
import { fillPool } from './needs.ts';
import { offer } from './offers.ts';
import { formPartnerships } from './partnerships.ts';
import { sellCards } from './punch-cards.ts';
import { screenGroups } from './screening.ts';
import { fillSeats } from './seats.ts';

interface DemoCentre {
  key: string;
  name: string;
  schools: { key: string; name: string; kind: string; town: string }[];
}

const centres: DemoCentre[] = [
  {
    key: 'fjordegnen',
    name: 'VEU-center Fjordegnen',
    schools: [
      { key: 'a', name: 'Fjordegnens Erhvervsskole', kind: 'technical', town: 'Limvig' },
      { key: 'b', name: 'Tværby Tekniske Skole', kind: 'technical', town: 'Tværby' },
      { key: 'c', name: 'AMU Nordfjord', kind: 'amu', town: 'Nordhavn' },
      { key: 'd', name: 'Limvig Handelsskole', kind: 'business', town: 'Limvig' },
      { key: 'e', name: 'SOSU Nordfjord', kind: 'social_health', town: 'Nordhavn' },
      { key: 'f', name: 'VUC Fjordegnen', kind: 'vuc', town: 'Aabølle' },
    ],
  },
  {
    key: 'heden',
    name: 'VEU-center Heden',
    schools: [
      { key: 'g', name: 'Hedens Erhvervsskole', kind: 'technical', town: 'Lyngsø' },
      { key: 'h', name: 'VUC Heden', kind: 'vuc', town: 'Lyngsø' },
      { key: 'i', name: 'SOSU Heden', kind: 'social_health', town: 'Brandrup' },
    ],
  },
];

/** What a school has done before, kind and level, and whom to ask there. */
const capabilities: Record<string, [string, number, string][]> = {
  a: [
    ['assessment', 3, 'Vejledningen, lokal 12'],
    ['company_relations', 2, 'Virksomhedsservice'],
  ],
  b: [
    ['company_relations', 3, 'Erhvervskontoret'],
    ['job_centre', 1, ''],
  ],
  c: [
    ['assessment', 2, 'Kursuskontoret'],
    ['unions', 2, 'Kontakt til 3F gennem lederen'],
  ],
  d: [['growth_forum', 2, 'Sekretariatet']],
  e: [
    ['company_relations', 1, ''],
    ['unions', 3, 'Kontakt til FOA'],
  ],
  f: [
    ['basic_skills', 3, 'FVU-teamet'],
    ['job_centre', 2, 'Studievejledningen'],
  ],
};
const competences: Record<string, string[]> = {
  a: ['Svejsning og metal', 'Automation', 'Autoteknik'],
  b: ['CNC og spåntagning', 'Køleteknik'],
  c: ['Truck og kran', 'Lager og transport', 'Byggeri'],
  d: ['Regnskab i små firmaer', 'Salg og service'],
  e: ['Pleje og omsorg', 'Rengøring og hygiejne'],
  f: ['FVU dansk og matematik', 'Ordblindeundervisning', 'Dansk for tosprogede'],
};
/** What a consultant knows: industries, products, assessment, basic skills, languages. */
const profiles: Record<string, [string[], string[], number, number, string[], string]> = {
  anna: [['C', 'F'], ['svejsecertifikat', 'automation'], 3, 1, ['da', 'en', 'pl'], 'school'],
  bjarke: [['C', 'G'], ['CNC', 'køleteknik'], 1, 0, ['da', 'de'], 'school'],
  conni: [['H', 'F'], ['truckcertifikat', 'kran'], 2, 1, ['da', 'en'], 'school'],
  ditlev: [['G', 'I', 'K'], ['regnskab', 'salg'], 0, 0, ['da', 'en'], 'school'],
  esra: [['Q', 'N'], ['hygiejne', 'demens'], 1, 2, ['da', 'tr', 'ar'], 'school'],
  karim: [['C', 'I', 'N'], ['FVU dansk', 'FVU matematik', 'ordblinde'], 1, 3, ['da', 'ar', 'fr'], 'school'],
  maja: [['A', 'C', 'F', 'H'], ['realkompetencer'], 3, 2, ['da', 'en', 'ro'], 'centre'],
};

interface DemoPerson {
  key: string;
  name: string;
  centre: string | null;
  roles: string[];
  school?: string;
  organisation?: true;
  picked: boolean;
}

export const people: DemoPerson[] = [
  { key: 'anna', name: 'Anna Holm', centre: 'fjordegnen', roles: ['consultant'], school: 'a', picked: true },
  { key: 'bo', name: 'Bo Krogh', centre: 'fjordegnen', roles: ['agent'], organisation: true, picked: true },
  { key: 'camilla', name: 'Camilla Lund', centre: 'fjordegnen', roles: ['coordinator', 'register'], picked: true },
  { key: 'dorte', name: 'Dorte Friis', centre: 'fjordegnen', roles: ['manager'], school: 'a', picked: true },
  { key: 'emil', name: 'Emil Bak', centre: 'fjordegnen', roles: ['manager'], school: 'b', picked: true },
  { key: 'hanne', name: 'Hanne Dahl', centre: null, roles: ['ministry'], picked: true },
  { key: 'ida', name: 'Ida Sand', centre: 'heden', roles: ['coordinator', 'register'], picked: true },
  { key: 'bjarke', name: 'Bjarke Dam', centre: 'fjordegnen', roles: ['consultant'], school: 'b', picked: false },
  { key: 'conni', name: 'Conni Vester', centre: 'fjordegnen', roles: ['consultant'], school: 'c', picked: false },
  { key: 'ditlev', name: 'Ditlev Rask', centre: 'fjordegnen', roles: ['consultant'], school: 'd', picked: false },
  { key: 'esra', name: 'Esra Kaya', centre: 'fjordegnen', roles: ['consultant'], school: 'e', picked: false },
  { key: 'karim', name: 'Karim Aydin', centre: 'fjordegnen', roles: ['consultant'], school: 'f', picked: false },
  { key: 'maja', name: 'Maja Østergård', centre: 'fjordegnen', roles: ['consultant'], picked: false },
  { key: 'karen', name: 'Karen Møller', centre: 'fjordegnen', roles: ['data_protection', 'administrator', 'register'], picked: true },
];

/** Centres, schools, people and companies of the demonstration, as its owner. */
export async function fill(client: pg.Client, anchor: Date): Promise<void> {
  const region = demoId('region', 'opdigtet');
  await client.query('insert into vn.region values ($1, $2)', [region, 'Region Opdigtet']);
  for (const centre of centres) {
    const id = demoId('centre', centre.key);
    await client.query('insert into vn.centre (id, key, region_id, name) values ($1, $2, $3, $4)', [id, centre.key, region, centre.name]);
    await client.query(`select set_config('app.centre', $1, true)`, [id]);
    for (const school of centre.schools)
      await client.query('insert into vn.school (centre_id, id, name, kind, town) values ($1, $2, $3, $4, $5)', [id, demoId('school', school.key), school.name, school.kind, school.town]);
    await client.query(`insert into vn.organisation (centre_id, id, kind, name) values ($1, $2, 'call_centre', $3)`, [
      id,
      demoId('organisation', centre.key),
      centre.key === 'fjordegnen' ? 'Ringbro' : 'Hedens Telefonservice',
    ]);
    for (const person of people.filter((each) => each.centre === centre.key)) {
      await insertPerson(client, person, anchor);
      for (const role of person.roles) {
        await client.query(`insert into vn.membership (centre_id, id, person_id, school_id, organisation_id, role, during) values ($1, $2, $3, $4, $5, $6, '[2024-01-01,)')`, [
          id,
          demoId('membership', `${person.key}-${role}`),
          demoId('person', person.key),
          person.school === undefined ? null : demoId('school', person.school),
          person.organisation ? demoId('organisation', centre.key) : null,
          role,
        ]);
      }
    }
    await client.query(`update vn.centre set accessibility_contact = $2 where id = $1`, [
      id,
      JSON.stringify({ email: `kontakt@${centre.key}.example`, phone: '+45 00 11 22 33', reviewedOn: '2026-09-01' }),
    ]);
    const agreement = [id, demoId('agreement', centre.key), demoId('organisation', centre.key)];
    await client.query(
      `insert into vn.processor_agreement (centre_id, id, organisation_id, reference, signed_on, during) values ($1, $2, $3, 'Databehandleraftale 2026', '2025-12-08', '[2026-01-01,2027-01-01)')`,
      agreement,
    );
    if (centre.key === 'heden') await client.query(`insert into vn.centre_area values ($1, '0657'), ($1, '0756')`, [id]);
    if (centre.key !== 'fjordegnen') continue;
    await describe(client, id);
    await knowCompanies(client, id, anchor);
    await haveSomeReturned(client, id, anchor);
    await planCampaigns(client, id);
    await openCalendars(client, id);
    await adviseFairly(client, id);
    await fillCatalogue(client, id, anchor);
    await offer(client, id);
    await sellCards(client, id);
    await formPartnerships(client, id);
    await screenGroups(client, id);
    await fillPool(client, id, anchor);
    await bringClasses(client, id);
    await fillSeats(client, id, anchor);
  }
  await client.query(`select set_config('app.centre', '', true)`);
  for (const person of people.filter((each) => each.centre === null)) {
    await insertPerson(client, person, anchor);
    for (const role of person.roles) await client.query(`insert into vn.national_role values ($1, $2, '[2024-01-01,)')`, [demoId('person', person.key), role]);
  }
  const picked = people.filter((each) => each.picked);
  for (const [position, person] of picked.entries()) await client.query('insert into vn.demonstration_person values ($1, $2, $3)', [person.key, demoId('person', person.key), position]);
}

/** The register and what the centre knows of it: 240 made-up companies, read the way an import reads them. */
async function knowCompanies(client: pg.Client, centre: string, anchor: Date): Promise<void> {
  for (const municipality of new Set(places.map((place) => String(place.municipality).padStart(4, '0')))) await client.query('insert into vn.centre_area values ($1, $2)', [centre, municipality]);
  for (const [at, { hit, unit: itsUnit }] of makeExtract(240).entries()) {
    const read = fromCvrHit(hit);
    const place = fromCvrHit(itsUnit);
    if ('refusal' in read || 'refusal' in place) throw new Error('the made-up extract is readable');
    const id = demoId('company', read.row.facts.cvr);
    const unit = demoId('unit', place.row.facts.pNumber ?? '');
    await insertFacts(
      client,
      'company',
      {
        id,
        cvr: read.row.facts.cvr,
        source: 'cvr',
        created_at: anchor,
        form_code: read.row.facts.formCode,
        form: read.row.facts.form,
        status_text: read.row.facts.statusText,
        started: read.row.facts.started,
        ended: read.row.facts.ended,
        size_period: read.row.facts.sizePeriod,
        size_as_of: read.row.facts.sizeAsOf,
        public_sector: read.row.facts.publicSector,
      },
      read.row.facts,
    );
    await insertFacts(client, 'unit', { id: unit, p_number: place.row.facts.pNumber, company_id: id, head: true }, place.row.facts);
    for (const [kind, its, { past }] of [
      ['company', id, read.row],
      ['unit', unit, place.row],
    ] as const)
      for (const { fact, from, until, value } of past)
        await client.query(`insert into vn.${kind}_past (${kind}_id, fact, valid, value) values ($1, $2, daterange($3, $4), $5) on conflict do nothing`, [its, fact, from, until, value]);
    const { scheme, industryCode, industryText } = read.row.facts;
    if (scheme && industryCode && industryText) await client.query('insert into vn.industry values ($1, $2, $3) on conflict do nothing', [scheme, industryCode, industryText]);
    await client.query('insert into vn.relation (centre_id, company_id, since) values ($1, $2, $3)', [centre, id, anchor]);
    if (at % 3 === 0) await knowSomebody(client, centre, id, at, anchor);
  }
}

async function insertFacts(client: pg.Client, table: 'company' | 'unit', own: Record<string, unknown>, facts: Facts): Promise<void> {
  const row: Record<string, unknown> = {
    ...own,
    name: facts.name,
    address: facts.address,
    postcode: facts.postcode,
    town: facts.town,
    municipality: facts.municipality,
    phone: facts.phone,
    email: facts.email,
    status: facts.status,
    scheme: facts.scheme,
    industry_code: facts.industryCode,
    industry_text: facts.industryText,
    size_from: facts.sizeFrom,
    size_to: facts.sizeTo,
    protected: facts.protected,
  };
  const names = Object.keys(row);
  await client.query(`insert into vn.${table} (${names.join(', ')}) values (${names.map((_name, at) => `$${at + 1}`).join(', ')})`, Object.values(row));
}

const firstNames = ['Preben', 'Lone', 'Karsten', 'Birgit', 'Henning', 'Mette', 'Ole', 'Susanne', 'Flemming', 'Inger'];
const lastNames = ['Bjergager', 'Vestergård', 'Møller', 'Åkjær', 'Lund', 'Dam', 'Krogh', 'Sand'];

/** One made-up person at a company, and that the centre wrote so. */
async function knowSomebody(client: pg.Client, centre: string, company: string, at: number, anchor: Date): Promise<void> {
  const name = `${firstNames[at % firstNames.length]} ${lastNames[(at * 3) % lastNames.length]}`;
  const contact = demoId('contact', `${company}-${name}`);
  await client.query(
    `insert into vn.contact (centre_id, id, company_id, name, role, title, phone, email, language, basis, source, review_on, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'public_task', 'Opkald', '2028-11-17', $10)`,
    [
      centre,
      contact,
      company,
      name,
      at % 2 === 0 ? 'owner' : 'middle_manager',
      at % 2 === 0 ? 'Ejer' : 'Værkfører',
      `00 98 ${String(10 + (at % 90))} 54`,
      at % 4 === 0 ? `${name.split(' ')[0]?.toLowerCase()}@firma${at}.example` : null,
      at % 18 === 0 ? 'pl' : 'da',
      anchor,
    ],
  );
  await client.query(`insert into vn.timeline_entry (centre_id, id, company_id, at, kind, subject, person_id, data) values ($1, $2, $3, $4, 'contact.added', $5, $6, '{"role": "owner"}')`, [
    centre,
    demoId('entry', contact),
    company,
    anchor,
    contact,
    demoId('person', 'anna'),
  ]);
}

/**
 * Mails that came back from three people: one at a company that nobody follows, one at a company that Anna follows, and one whose address was mended since.
 */
async function haveSomeReturned(client: pg.Client, centre: string, anchor: Date): Promise<void> {
  const found = await client.query<{ id: string; company_id: string; email: string }>(
    'select id, company_id, email from vn.contact where centre_id = $1 and email is not null order by id desc limit 3',
    [centre],
  );
  for (const [at, { id, company_id, email }] of found.rows.entries()) {
    const mended = at === 2;
    if (!mended) await client.query('update vn.contact set email_returned_at = $3 where centre_id = $1 and id = $2', [centre, id, anchor]);
    if (at === 1)
      await client.query('update vn.relation set active = true, contact_person = $3, contact_by = $3, contact_since = $4, told_at = $4 where centre_id = $1 and company_id = $2', [
        centre,
        company_id,
        demoId('person', 'anna'),
        anchor,
      ]);
    await client.query(
      `insert into vn.mail (id, centre_id, at, to_address, subject, text, state, sent_at, report_status, reported_at, contact_id)
        values ($1, $2, $3, $4, 'Hvad vi har skrevet ned om dig', 'Hej', 'returned', $3, '5.1.1', $3, $5)`,
      [demoId('mail', `returned ${at}`), centre, anchor, mended ? email.replace('@', '@post.') : email, mended ? id : null],
    );
  }
}

/** Where the schools are, when consultants can go, and how many meetings are agreed. Real postcodes, so that there is a way to drive. */
async function openCalendars(client: pg.Client, centre: string): Promise<void> {
  const postcodes: Record<string, string> = { a: '7620', b: '7600', c: '7500', d: '7620', e: '7500', f: '7600' };
  for (const [key, postcode] of Object.entries(postcodes)) await client.query('update vn.school set postcode = $3 where centre_id = $1 and id = $2', [centre, demoId('school', key), postcode]);
  const agree = (scope: string, id: string, agreed: number) =>
    client.query(`insert into vn.capacity (centre_id, scope, scope_id, week, agreed) select $1, $2, $3, date '2026-11-09' + 7 * n, $4 from generate_series(0, 25) n`, [centre, scope, id, agreed]);
  await agree('centre', centre, 12);
  for (const key of Object.keys(postcodes)) await agree('school', demoId('school', key), key === 'a' || key === 'c' ? 4 : 3);
  for (const [at, { key }] of people.filter(({ roles, centre: of }) => roles.includes('consultant') && of === 'fjordegnen').entries()) {
    const id = demoId('person', key);
    await agree('consultant', id, 3);
    await client.query('insert into vn.work_time values ($1, $2, 1)', [centre, id]);
    for (let weekday = 1; weekday <= 5; weekday += 1) await client.query(`insert into vn.work_hours values ($1, $2, $3, '08:00', $4)`, [centre, id, weekday, weekday === 5 ? '13:00' : '15:30']);
    // Everybody teaches on another morning.
    await client.query(`insert into vn.teaching values ($1, $2, $3, $4, '08:00', '11:30', '[2026-08-10,2027-06-26)')`, [centre, demoId('teaching', key), id, 1 + (at % 4)]);
  }
  await client.query(`insert into vn.absence values ($1, $2, $3, '[2026-11-23,2026-11-26)', $3)`, [centre, demoId('absence', 'bjarke'), demoId('person', 'bjarke')]);
}

/** Profiles of schools and consultants, the next coordinator, and a team. */
async function describe(client: pg.Client, centre: string): Promise<void> {
  for (const [key, known] of Object.entries(capabilities)) {
    await client.query('update vn.school set core_competences = $3 where centre_id = $1 and id = $2', [centre, demoId('school', key), competences[key] ?? []]);
    for (const [kind, level, contact] of known) await client.query('insert into vn.school_capability values ($1, $2, $3, $4, $5)', [centre, demoId('school', key), kind, level, contact]);
  }
  for (const [key, [industries, products, assessment, basicSkills, languages, employer]] of Object.entries(profiles)) {
    const school = people.find((person) => person.key === key)?.school;
    await client.query(
      'insert into vn.consultant_profile (centre_id, person_id, school_id, industries, products, assessment, basic_skills, languages, area, employer, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)',
      [centre, demoId('person', key), school === undefined ? null : demoId('school', school), industries, products, assessment, basicSkills, languages, [], employer],
    );
  }
  // The coordinator's role goes round: from New Year it is Karim's for half a year.
  await client.query(`insert into vn.membership (centre_id, id, person_id, role, during) values ($1, $2, $3, 'coordinator', '[2027-01-01,2027-07-01)')`, [
    centre,
    demoId('membership', 'karim-coordinator'),
    demoId('person', 'karim'),
  ]);
  const team = demoId('team', 'metal');
  await client.query('insert into vn.team (centre_id, id, name, market) values ($1, $2, $3, $4)', [centre, team, 'Team Metal', 'Metal og maskiner i Limvig og Tværby']);
  for (const [key, task] of [
    ['anna', 'Uddannelseskonsulent'],
    ['bjarke', 'Uddannelseskonsulent'],
    ['karim', 'FVU'],
  ] as const)
    await client.query('insert into vn.team_member values ($1, $2, $3, $4)', [centre, team, demoId('person', key), task]);
}

async function insertPerson(client: pg.Client, person: DemoPerson, at: Date): Promise<void> {
  await client.query('insert into vn.person (id, name, email, created_at) values ($1, $2, $3, $4)', [
    demoId('person', person.key),
    person.name,
    `${person.key}@${person.centre ?? 'ministeriet'}.example`,
    at,
  ]);
}
