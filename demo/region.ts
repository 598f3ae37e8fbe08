import { createHash } from 'node:crypto';
import type pg from 'pg';

/** The same id for the same thing at every build. */
export function demoId(kind: string, key: string | number): string {
  const hex = createHash('sha256').update(`${kind}:${key}`).digest('hex');
  return `01990000-0000-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

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

interface DemoPerson {
  key: string;
  name: string;
  centre: string | null;
  roles: string[];
  school?: string;
  organisation?: true;
  picked: boolean;
}

const people: DemoPerson[] = [
  { key: 'anna', name: 'Anna Holm', centre: 'fjordegnen', roles: ['consultant'], school: 'a', picked: true },
  { key: 'bo', name: 'Bo Krogh', centre: 'fjordegnen', roles: ['agent'], organisation: true, picked: true },
  { key: 'camilla', name: 'Camilla Lund', centre: 'fjordegnen', roles: ['coordinator', 'register'], picked: true },
  { key: 'dorte', name: 'Dorte Friis', centre: 'fjordegnen', roles: ['manager'], school: 'a', picked: true },
  { key: 'emil', name: 'Emil Bak', centre: 'fjordegnen', roles: ['manager'], school: 'b', picked: true },
  { key: 'hanne', name: 'Hanne Dahl', centre: null, roles: ['ministry'], picked: true },
  { key: 'ida', name: 'Ida Sand', centre: 'heden', roles: ['coordinator', 'register'], picked: true },
  { key: 'karen', name: 'Karen Møller', centre: 'fjordegnen', roles: ['data_protection', 'administrator', 'register'], picked: true },
];

/** Company numbers that pass modulus 11 but lie in a series that is not handed out to the companies named here. */
function cvrNumbers(): () => string {
  let next = 9_900_000;
  const weights = [2, 7, 6, 5, 4, 3, 2];
  return () => {
    for (;;) {
      next += 1;
      const body = String(next).padStart(7, '0');
      const rest = weights.reduce((sum, weight, index) => sum + weight * Number(body[index]), 0) % 11;
      if (rest !== 1) return `${body}${rest === 0 ? 0 : 11 - rest}`;
    }
  };
}

const companies = ['Bjergager Smede & Montage', 'Østerå Maskinfabrik', 'Hedelund Autoværksted', 'Klitgaard Bageri', 'Solhøj Maskinteknik', 'Tværby Stålhegn', 'Limvig Kølehuse', 'Nørremark Tømrer', 'Solvang Vinduer', 'Åbro Malerfirma', 'Aabølle Vognmandsforretning', 'Ærtebjerg Gartneri'];

/** Centres, schools, people and companies of the demonstration, as its owner. */
export async function fill(client: pg.Client, anchor: Date): Promise<void> {
  const region = demoId('region', 'opdigtet');
  await client.query('insert into vn.region values ($1, $2)', [region, 'Region Opdigtet']);
  const cvr = cvrNumbers();
  for (const centre of centres) {
    const id = demoId('centre', centre.key);
    await client.query('insert into vn.centre (id, key, region_id, name) values ($1, $2, $3, $4)', [id, centre.key, region, centre.name]);
    await client.query(`select set_config('app.centre', $1, true)`, [id]);
    for (const school of centre.schools) await client.query('insert into vn.school (centre_id, id, name, kind, town) values ($1, $2, $3, $4, $5)', [id, demoId('school', school.key), school.name, school.kind, school.town]);
    await client.query(`insert into vn.organisation (centre_id, id, kind, name) values ($1, $2, 'call_centre', $3)`, [id, demoId('organisation', centre.key), centre.key === 'fjordegnen' ? 'Ringbro' : 'Hedens Telefonservice']);
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
    if (centre.key !== 'fjordegnen') continue;
    for (const name of companies) {
      const company = demoId('company', name);
      await client.query(`insert into vn.company (id, cvr, name, postcode, town, source, created_at) values ($1, $2, $3, '9999', 'Limvig', 'provisional', $4)`, [company, cvr(), name, anchor]);
      await client.query('insert into vn.relation (centre_id, company_id, since) values ($1, $2, $3)', [id, company, anchor]);
    }
  }
  await client.query(`select set_config('app.centre', '', true)`);
  for (const person of people.filter((each) => each.centre === null)) {
    await insertPerson(client, person, anchor);
    for (const role of person.roles) await client.query(`insert into vn.national_role values ($1, $2, '[2024-01-01,)')`, [demoId('person', person.key), role]);
  }
  const picked = people.filter((each) => each.picked);
  for (const [position, person] of picked.entries()) await client.query('insert into vn.demonstration_person values ($1, $2, $3)', [person.key, demoId('person', person.key), position]);
}

async function insertPerson(client: pg.Client, person: DemoPerson, at: Date): Promise<void> {
  await client.query('insert into vn.person (id, name, email, created_at) values ($1, $2, $3, $4)', [demoId('person', person.key), person.name, `${person.key}@${person.centre ?? 'ministeriet'}.example`, at]);
}
