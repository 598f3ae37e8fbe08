import { sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listProfiles, Profile, readProfile } from '../contract.ts';
import { mayWrite } from '../rules.ts';

interface Row {
  person_id: string;
  name: string;
  school_id: string | null;
  school: string | null;
  industries: string[] | null;
  products: string[] | null;
  assessment: number | null;
  basic_skills: number | null;
  languages: string[] | null;
  area: string[] | null;
  employer: string | null;
  experience: string | null;
  version: number | null;
}

/** Everybody who is a consultant today, with the profile as far as it was written. */
async function consultants(context: Context, person: string | null): Promise<Profile[]> {
  const found = await sql<Row>`
    select distinct on (p.name collate "da-x-icu", p.id) p.id person_id, p.name, m.school_id, s.name school,
           c.industries, c.products, c.assessment, c.basic_skills, c.languages, c.area, c.employer, c.experience, c.version
      from vn.people() p
      join vn.membership m on m.centre_id = ${centreOf(context)} and m.person_id = p.id and m.role = 'consultant' and m.during @> ${context.today}::date
      left join vn.school s on s.centre_id = m.centre_id and s.id = m.school_id
      left join vn.consultant_profile c on c.centre_id = m.centre_id and c.person_id = p.id
     where ${person}::uuid is null or p.id = ${person}::uuid
     order by p.name collate "da-x-icu", p.id, m.school_id nulls last`.execute(context.tx);
  return found.rows.map(
    (row) =>
      ({
        personId: row.person_id,
        name: row.name,
        schoolId: row.school_id,
        school: row.school,
        industries: row.industries ?? [],
        products: row.products ?? [],
        assessment: row.assessment ?? 0,
        basicSkills: row.basic_skills ?? 0,
        languages: row.languages ?? [],
        area: row.area ?? [],
        employer: row.employer ?? (row.school_id === null ? 'centre' : 'school'),
        experience: row.experience ?? 'experienced',
        version: row.version ?? 0,
        can: { edit: mayWrite({ ...context.actor }, row.person_id, row.school_id) },
      }) as Profile,
  );
}

export async function profiles(context: Context, { query }: InputOf<typeof listProfiles>): Promise<Profile[]> {
  const product = query.product?.toLowerCase();
  return (await consultants(context, null)).filter(
    (each) =>
      (query.industry === undefined || each.industries.includes(query.industry)) &&
      (query.language === undefined || each.languages.includes(query.language)) &&
      (query.assessment === undefined || each.assessment >= query.assessment) &&
      (query.basicSkills === undefined || each.basicSkills >= query.basicSkills) &&
      (query.area === undefined || each.area.length === 0 || each.area.includes(query.area)) &&
      (product === undefined || product === '' || each.products.some((name) => name.toLowerCase().includes(product))),
  );
}

export async function profileOf(context: Context, person: string): Promise<Profile> {
  const [profile] = await consultants(context, person);
  if (profile === undefined) throw problem('not_found');
  return profile;
}

export const readProfileOf = (context: Context, { params }: InputOf<typeof readProfile>) => profileOf(context, params.person);
