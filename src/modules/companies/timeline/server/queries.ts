import { sql } from 'kysely';
import * as z from 'zod';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { instant } from '../../../../kit/instant.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { readTimeline } from '../contract.ts';

type Entry = OutputOf<typeof readTimeline>['items'][number];

export async function timeline(context: Context, { params, query }: InputOf<typeof readTimeline>): Promise<OutputOf<typeof readTimeline>> {
  const centre = centreOf(context);
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centre).where('company_id', '=', params.company).executeTakeFirst();
  if (known === undefined) throw problem('not_found');
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([instant, z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const found = await sql<{ id: string; at: string; kind: string; name: string | null; school_id: string | null; data: Entry['data'] }>`
    select t.id, t.at, t.kind, vn.person_name(t.person_id) "name", t.school_id, t.data from vn.timeline_entry t
     where t.centre_id = ${centre} and t.company_id = ${params.company}
       and (${after?.[0] ?? null}::timestamptz is null or (t.at, t.id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
     order by t.at desc, t.id desc limit ${query.limit + 1}`.execute(context.tx);
  const page = pageFrom(found.rows, query.limit, (last) => [last.at, last.id]);
  return { items: page.items.map((row) => ({ id: row.id as Entry['id'], at: row.at, kind: row.kind, person: row.name, ownSchoolOnly: row.school_id !== null, data: row.data })), next: page.next };
}
