import { sql } from 'kysely';
import { daysOf } from '../../../../kit/calendar-day.ts';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { defaultLabels, type listProcessors, type readAccessibility, type readCentre } from '../contract.ts';

type Centre = OutputOf<typeof readCentre>;
type Processor = OutputOf<typeof listProcessors>[number];
const noContact: Centre['accessibility'] = { email: '', phone: '', reviewedOn: null };

export async function centre(context: Context): Promise<Centre> {
  const row = await context.tx.selectFrom('centre').selectAll().where('id', '=', centreOf(context)).executeTakeFirstOrThrow();
  const area = await sql<{ codes: string[] }>`select vn.own_area() codes`.execute(context.tx);
  return {
    id: row.id as Centre['id'],
    key: row.key,
    zone: row.tz,
    name: row.name,
    labels: { ...defaultLabels, ...(row.labels as object) },
    area: area.rows[0]?.codes ?? [],
    accessibility: { ...noContact, ...(row.accessibility_contact as object) },
    version: row.version,
    can: { edit: context.actor.roles.includes('coordinator') || context.actor.roles.includes('administrator') },
  };
}

export async function accessibility({ tx }: Context): Promise<OutputOf<typeof readAccessibility>> {
  const rows = await tx.selectFrom('centre').select(['name', 'accessibility_contact']).orderBy(sql`name collate "da-x-icu"`).execute();
  return rows.map((row) => ({ centre: row.name, ...noContact, ...(row.accessibility_contact as object) }));
}

export async function processors(context: Context): Promise<Processor[]> {
  const centreId = centreOf(context);
  const organisations = await context.tx.selectFrom('organisation').selectAll().where('centre_id', '=', centreId).orderBy(sql`name collate "da-x-icu"`).execute();
  const agreements = await context.tx.selectFrom('processor_agreement').selectAll().where('centre_id', '=', centreId).orderBy(sql`lower(during) desc`).orderBy('id').execute();
  return organisations.map((row) => {
    const own = agreements
      .filter(({ organisation_id }) => organisation_id === row.id)
      .map((each) => {
        const days = daysOf(each.during);
        const state = days.from > context.today ? 'ahead' : days.to !== null && days.to < context.today ? 'past' : 'now';
        return { id: each.id as Processor['agreements'][number]['id'], reference: each.reference, signedOn: each.signed_on, ...days, state } as const;
      });
    return { id: row.id as Processor['id'], name: row.name, kind: 'call_centre', agreements: own, valid: own.some(({ state }) => state === 'now') };
  });
}

export async function processorById(context: Context, id: string): Promise<Processor> {
  const found = (await processors(context)).find((each) => each.id === id);
  if (found === undefined) throw problem('not_found');
  return found;
}
