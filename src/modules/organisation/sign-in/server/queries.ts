import { sql } from 'kysely';
import type { Role } from '../../../../kit/access.ts';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import type { Language } from '../../../../kit/words.ts';
import type { Context } from '../../../../platform/http/context.ts';
import type { listDemonstrationPeople, readSession } from '../contract.ts';

type Session = OutputOf<typeof readSession>;
type Hat = Session['hats'][number];

async function hatsOf({ tx }: Context): Promise<Hat[]> {
  const found = await sql<{ school_id: string | null; school_name: string | null; organisation_id: string | null; organisation_name: string | null; as_coordinator: boolean; roles: Role[] }>`select * from vn.my_hats()`.execute(tx);
  return found.rows.map((row) => ({ schoolId: row.school_id as Hat['schoolId'], organisationId: row.organisation_id as Hat['organisationId'], asCoordinator: row.as_coordinator, place: row.school_name ?? row.organisation_name, roles: row.roles }));
}

export async function session(context: Context): Promise<Session> {
  const { tx, actor, today } = context;
  const { kind } = await tx.selectFrom('instance').select('kind').executeTakeFirstOrThrow();
  const nobody: Session = { person: null, centre: null, hat: null, hats: [], demonstration: kind === 'demonstration', today };
  if (actor.personId === null) return nobody;
  const me = (await sql<{ id: string; name: string; email: string; language: Language }>`select * from vn.myself()`.execute(tx)).rows[0];
  if (me === undefined) return nobody;
  const centre = actor.centreId === null ? undefined : await tx.selectFrom('centre').select(['id', 'name', 'tz']).where('id', '=', actor.centreId).executeTakeFirst();
  const hats = actor.centreId === null ? [{ schoolId: null, organisationId: null, asCoordinator: false, place: null, roles: [...actor.roles] }] : await hatsOf(context);
  const worn = hats.find((each) => each.schoolId === actor.schoolId && each.organisationId === actor.organisationId && each.asCoordinator === actor.asCoordinator);
  return {
    person: { id: me.id, name: me.name, email: me.email, language: me.language } as Session['person'],
    centre: centre === undefined ? null : { id: centre.id as NonNullable<Session['centre']>['id'], name: centre.name, zone: centre.tz },
    hat: worn ?? null,
    hats,
    demonstration: kind === 'demonstration',
    today,
  };
}

export async function demonstrationPeople({ tx }: Context): Promise<OutputOf<typeof listDemonstrationPeople>> {
  const found = await sql<{ key: string; name: string; place: string; roles: Role[] }>`select key, name, place, roles from vn.demonstration_people()`.execute(tx);
  return found.rows;
}
