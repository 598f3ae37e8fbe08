import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '../../src/kit/access.ts';
import type { TestApp } from './app.ts';

/** A person with an open session under one hat. */
export interface TestPerson {
  id: string;
  name: string;
  email: string;
  centreId: string | null;
  schoolId: string | null;
  organisationId: string | null;
  roles: readonly Role[];
  token: string;
}

interface Place {
  centreId: string | null;
  schoolId?: string;
  organisationId?: string;
}

/** A session as sign-in would open it, put there directly: a test about companies does not break with sign-in. Returns its token. */
export async function openSession({ owner, clock }: TestApp, person: Omit<TestPerson, 'token'>): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  await owner.query(
    `insert into vn.session (id, token_hash, person_id, centre_id, school_id, organisation_id, as_coordinator, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
    [
      randomUUID(),
      createHash('sha256').update(token).digest(),
      person.id,
      person.centreId,
      person.schoolId,
      person.organisationId,
      person.roles.includes('coordinator'),
      now,
      new Date(now.getTime() + 14 * 86_400_000),
    ],
  );
  return token;
}

/** Whoever is signed in at a centre stays so, though the clock goes on by months. */
export const staysSignedIn = ({ owner }: TestApp, centre: { id: string }) =>
  owner.query(`update vn.session set created_at = '2029-01-01', seen_at = '2029-01-01', expires_at = '2029-01-15' where centre_id = $1`, [centre.id]);

export async function makePerson(app: TestApp, name: string, roles: readonly Role[], place: Place): Promise<TestPerson> {
  const id = randomUUID();
  const person = {
    id,
    name,
    email: `${name.toLowerCase()}-${id.slice(0, 8)}@skole.example`,
    centreId: place.centreId,
    schoolId: place.schoolId ?? null,
    organisationId: place.organisationId ?? null,
    roles,
  };
  await app.owner.query('insert into vn.person (id, name, email, created_at) values ($1, $2, $3, $4)', [id, name, person.email, app.clock.now()]);
  for (const role of roles) {
    if (place.centreId === null) await app.owner.query(`insert into vn.national_role values ($1, $2, '[2024-01-01,)')`, [id, role]);
    else
      await app.owner.query(`insert into vn.membership (centre_id, id, person_id, school_id, organisation_id, role, during) values ($1, $2, $3, $4, $5, $6, '[2024-01-01,)')`, [
        place.centreId,
        randomUUID(),
        id,
        person.schoolId,
        person.organisationId,
        role,
      ]);
  }
  return { ...person, token: await openSession(app, person) };
}

async function makePlace(app: TestApp, name: string, schoolNames: readonly string[]): Promise<{ id: string; schools: string[]; organisation: string }> {
  const [region, id, organisation] = [randomUUID(), randomUUID(), randomUUID()];
  await app.owner.query('insert into vn.region values ($1, $2)', [region, 'Region Opdigtet']);
  await app.owner.query('insert into vn.centre (id, key, region_id, name) values ($1, $2, $3, $4)', [id, `c-${id}`, region, name]);
  const schools: string[] = [];
  for (const school of schoolNames) {
    const schoolId = randomUUID();
    await app.owner.query(`insert into vn.school (centre_id, id, name, kind, town) values ($1, $2, $3, 'technical', 'Limvig')`, [id, schoolId, school]);
    schools.push(schoolId);
  }
  await app.owner.query(`insert into vn.organisation (centre_id, id, kind, name) values ($1, $2, 'call_centre', 'Ringbro')`, [id, organisation]);
  return { id, schools, organisation };
}

/** A centre of the test's own, with a person of every kind, and a second centre with a coordinator who must see nothing of the first. */
export async function makeCentre(app: TestApp) {
  const place = await makePlace(app, 'VEU-center Prøven', ['Skole A', 'Skole B', 'Skole C']);
  const other = await makePlace(app, 'VEU-center Den Anden', ['Skole G']);
  const [a = '', b = '', c = ''] = place.schools;
  const [g = ''] = other.schools;
  const at = { centreId: place.id };
  return {
    centre: { id: place.id, name: 'VEU-center Prøven', schools: { a, b, c }, organisation: place.organisation },
    other: { id: other.id, name: 'VEU-center Den Anden', schools: { g }, organisation: other.organisation },
    anna: await makePerson(app, 'Anna', ['consultant'], { ...at, schoolId: a }),
    bo: await makePerson(app, 'Bo', ['agent'], { ...at, organisationId: place.organisation }),
    camilla: await makePerson(app, 'Camilla', ['coordinator', 'register'], at),
    dorte: await makePerson(app, 'Dorte', ['manager'], { ...at, schoolId: a }),
    emil: await makePerson(app, 'Emil', ['manager'], { ...at, schoolId: b }),
    hanne: await makePerson(app, 'Hanne', ['ministry'], { centreId: null }),
    ida: await makePerson(app, 'Ida', ['coordinator', 'register'], { centreId: other.id }),
    karen: await makePerson(app, 'Karen', ['data_protection', 'administrator', 'register'], at),
  };
}

const given = new Set<string>();
/** The first number that `make` comes up with and that this process has not had before: of nine million, three hundred meet each other once in two hundred runs. */
export function unused(make: () => string | null): string {
  for (;;) {
    const number = make();
    if (number === null || given.has(number)) continue;
    given.add(number);
    return number;
  }
}

/** A company number that passes modulus 11 and that no other test uses; the fifty millions are manyCompanies’. */
export function someCvr(): string {
  const weights = [2, 7, 6, 5, 4, 3, 2];
  return unused(() => {
    const body = String(1_000_000 + (randomBytes(4).readUInt32BE() % 9_000_000));
    if (body.startsWith('5')) return null;
    const rest = weights.reduce((sum, weight, index) => sum + weight * Number(body[index]), 0) % 11;
    return rest === 1 ? null : `${body}${rest === 0 ? 0 : 11 - rest}`;
  });
}
