import { sql } from 'kysely';
import * as z from 'zod';
import type { Role } from '../../../../kit/access.ts';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { instant } from '../../../../kit/instant.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Language } from '../../../../kit/words.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { postman } from '../../../../platform/mail/mail.ts';
import type { listDemonstrationMails, listDemonstrationPeople, OwnSession, readDemonstrationClock, readSession } from '../contract.ts';

type Session = OutputOf<typeof readSession>;
type Hat = Session['hats'][number];

async function hatsOf({ tx }: Context): Promise<Hat[]> {
  const found = await sql<{
    school_id: string | null;
    school_name: string | null;
    organisation_id: string | null;
    organisation_name: string | null;
    as_coordinator: boolean;
    roles: Role[];
  }>`select * from vn.my_hats()`.execute(tx);
  return found.rows.map((row) => ({
    schoolId: row.school_id as Hat['schoolId'],
    organisationId: row.organisation_id as Hat['organisationId'],
    asCoordinator: row.as_coordinator,
    place: row.school_name ?? row.organisation_name,
    roles: row.roles,
  }));
}

export async function session(context: Context): Promise<Session> {
  const { tx, actor, today } = context;
  const { kind } = await tx.selectFrom('instance').select('kind').executeTakeFirstOrThrow();
  const nobody: Session = { person: null, centre: null, hat: null, hats: [], demonstration: kind === 'demonstration', today, agreementHolds: null, servesAnotherCentre: null };
  if (actor.personId === null) return nobody;
  const me = (await sql<{ id: string; name: string; email: string; language: Language }>`select * from vn.myself()`.execute(tx)).rows[0];
  if (me === undefined) return nobody;
  const centre = actor.centreId === null ? undefined : await tx.selectFrom('centre').select(['id', 'name', 'tz']).where('id', '=', actor.centreId).executeTakeFirst();
  const hats = actor.centreId === null ? [{ schoolId: null, organisationId: null, asCoordinator: false, place: null, roles: [...actor.roles] }] : await hatsOf(context);
  const worn = hats.find((each) => each.schoolId === actor.schoolId && each.organisationId === actor.organisationId && each.asCoordinator === actor.asCoordinator);
  const agreement = actor.organisationId === null ? undefined : await sql<{ holds: boolean }>`select vn.agreement_holds(${actor.organisationId}) holds`.execute(tx);
  const serves = actor.roles.includes('agent') ? await sql<{ another: boolean }>`select vn.serves_another_centre(${actor.organisationId}) another`.execute(tx) : undefined;
  return {
    person: { id: me.id, name: me.name, email: me.email, language: me.language } as Session['person'],
    centre: centre === undefined ? null : { id: centre.id as NonNullable<Session['centre']>['id'], name: centre.name, zone: centre.tz },
    hat: worn ?? null,
    hats,
    demonstration: kind === 'demonstration',
    today,
    agreementHolds: agreement?.rows[0]?.holds ?? null,
    servesAnotherCentre: serves?.rows[0]?.another ?? null,
  };
}

export async function demonstrationPeople({ tx }: Context): Promise<OutputOf<typeof listDemonstrationPeople>> {
  const found = await sql<{ key: string; name: string; place: string; roles: Role[] }>`select key, name, place, roles from vn.demonstration_people()`.execute(tx);
  return found.rows;
}

export async function sessions({ tx, actor }: Context): Promise<OwnSession[]> {
  const found = await sql<{
    id: string;
    device: string;
    created_at: string;
    seen_at: string;
    way: OwnSession['way'];
    label_da: string | null;
    label_en: string | null;
    strength: string | null;
  }>`select * from vn.my_sessions()`.execute(tx);
  return found.rows.map((row) => ({
    id: row.id as OwnSession['id'],
    device: row.device,
    startedAt: row.created_at,
    seenAt: row.seen_at,
    way: row.way,
    login: row.label_da === null || row.label_en === null ? null : { da: row.label_da, en: row.label_en },
    strength: row.strength,
    current: row.id === actor.sessionId,
  }));
}

type Mails = OutputOf<typeof listDemonstrationMails>;

export async function demonstrationMails({ tx }: Context, { query }: InputOf<typeof listDemonstrationMails>): Promise<Mails> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([instant, z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  await sql`select set_config('role', ${`vn_${postman.audience}`}, true)`.execute(tx);
  let rows = tx
    .selectFrom('mail')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1);
  if (after !== null) rows = rows.where(sql<boolean>`(at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const page = pageFrom(await rows.execute(), query.limit, (last) => [last.at, last.id]);
  return {
    items: page.items.map((row) => ({
      id: row.id as Mails['items'][number]['id'],
      at: row.at,
      to: row.to_address,
      subject: row.subject,
      text: row.text,
      calendar: row.calendar,
      state: row.state as 'sent',
    })),
    next: page.next,
  };
}

/** An instant as day and time where the one who asks is. */
export const clockAt = ({ actor }: Context, instant: Date): OutputOf<typeof readDemonstrationClock> => {
  const [day = '', time = ''] = new Intl.DateTimeFormat('sv-SE', { timeZone: actor.zone, dateStyle: 'short', timeStyle: 'short' }).format(instant).split(' ');
  return { day, time };
};

export const demonstrationClock = async (context: Context) => clockAt(context, context.now);
