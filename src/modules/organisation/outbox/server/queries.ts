import { sql } from 'kysely';
import * as z from 'zod';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { instant } from '../../../../kit/instant.ts';
import { fromCursor, pageFrom } from '../../../../kit/page.ts';
import { problem } from '../../../../kit/problem.ts';
import type { Context } from '../../../../platform/http/context.ts';
import type { listOutbox, OutboxMail } from '../contract.ts';
import { failureOf, returnedBecause } from '../rules.ts';

interface Row {
  id: string;
  at: string;
  to_address: string;
  subject: string;
  state: string;
  tries: number;
  failed_because: string | null;
  sent_at: string | null;
  report_status: string | null;
  reported_at: string | null;
  again_to: string | null;
  company_id: string | null;
  contact_id: string | null;
}

function failureIn({ state, failed_because, report_status }: Row): OutboxMail['failure'] {
  if (report_status === null || failed_because === 'withheld') return failureOf(failed_because);
  return state === 'returned' ? returnedBecause(report_status) : 'delayed';
}

export async function outbox({ tx }: Context, { query }: InputOf<typeof listOutbox>): Promise<OutputOf<typeof listOutbox>> {
  const after = query.cursor === undefined ? null : fromCursor(query.cursor, z.tuple([instant, z.guid()]));
  if (query.cursor !== undefined && after === null) throw problem('invalid', { fields: [{ path: 'cursor', code: 'format' }] });
  const found = await sql<Row>`select * from vn.outbox(${query.state ?? null}, ${after?.[0] ?? null}, ${after?.[1] ?? null}, ${query.limit + 1})`.execute(tx);
  const page = pageFrom(found.rows, query.limit, (last) => [last.at, last.id]);
  return {
    items: page.items.map(
      (row) =>
        ({
          id: row.id,
          at: row.at,
          to: row.to_address,
          subject: row.subject,
          state: row.state,
          tries: row.tries,
          failure: failureIn(row),
          sentAt: row.sent_at,
          reportedAt: row.reported_at,
          againTo: row.again_to,
          correct: row.contact_id === null ? null : { company: row.company_id, contact: row.contact_id },
        }) as OutboxMail,
    ),
    next: page.next,
  };
}
