import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { writeProfile as contract, type Profile } from '../contract.ts';
import { profileOf } from './queries.ts';

export async function writeProfile(context: Context, { params, body }: InputOf<typeof contract>): Promise<Profile> {
  const now = await profileOf(context, params.person);
  if (!now.can.edit) throw refuse(contract, 'not_your_profile');
  const facts = {
    school_id: now.schoolId,
    industries: body.industries,
    products: body.products,
    assessment: body.assessment,
    basic_skills: body.basicSkills,
    languages: body.languages,
    area: body.area,
    employer: body.employer,
    experience: body.experience,
  };
  const written = await context.tx
    .insertInto('consultant_profile')
    .values({ centre_id: centreOf(context), person_id: params.person, ...facts, version: 1 })
    .onConflict((clash) =>
      clash
        .columns(['centre_id', 'person_id'])
        .doUpdateSet({ ...facts, version: context.version + 1 })
        .where('consultant_profile.version', '=', context.version),
    )
    .returning('version')
    .executeTakeFirst();
  // A first version that somebody else wrote meanwhile looks like an update of version 0, which no row has.
  if (written === undefined) throw problem('version_conflict', { current: await profileOf(context, params.person) });
  // The version of a profile that was never written: what was just inserted is rolled back.
  if (written.version !== context.version + 1) throw problem('version_conflict', { current: now });
  await context.audit('profile.written', params.person);
  return profileOf(context, params.person);
}
