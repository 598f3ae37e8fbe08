import { sql } from 'kysely';
import * as z from 'zod';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { instant } from '../../../../kit/instant.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listAudit } from '../contract.ts';

type Line = OutputOf<typeof listAudit>['items'][number];

export async function audit(context: Context, { query }: InputOf<typeof listAudit>): Promise<OutputOf<typeof listAudit>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([instant, z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const found = await sql<{ id: string; at: string; name: string | null; as_coordinator: boolean; event: string; subject: string | null; data: Line['data'] }>`
    select a.id, a.at, p.name, a.as_coordinator, a.event, a.subject, a.data from vn.audit a left join vn.people() p on p.id = a.person_id
     where a.centre_id = ${centreOf(context)}
       and (${query.event ?? null}::text is null or a.event = ${query.event ?? null})
       and (${query.subject ?? null}::uuid is null or a.subject = ${query.subject ?? null}::uuid)
       and (${query.person ?? null}::uuid is null or a.person_id = ${query.person ?? null}::uuid)
       and (${after?.[0] ?? null}::timestamptz is null or (a.at, a.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
     order by a.at desc, a.id desc limit ${query.limit + 1}`.execute(context.tx);
  const page = pageFrom(found.rows, query.limit, (last) => [last.at, last.id]);
  return {
    items: page.items.map((row) => ({ id: row.id as Line['id'], at: row.at, person: row.name, asCoordinator: row.as_coordinator, event: row.event, subject: row.subject, data: row.data })),
    next: page.next,
  };
}
