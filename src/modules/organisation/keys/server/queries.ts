import { sql } from 'kysely';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import type { Context } from '../../../../platform/http/context.ts';
import type { Key, listKeys } from '../contract.ts';

interface Row {
  id: string;
  name: string;
  beginning: string;
  machine_role: string | null;
  as_coordinator: boolean;
  place: string | null;
  writes: boolean;
  made_by: string;
  maker_gone: boolean;
  created_at: string;
  expires_at: string;
  used_at: string | null;
  ended_at: string | null;
}

export async function keys({ tx, actor, now }: Context): Promise<OutputOf<typeof listKeys>> {
  const found = await sql<Row>`select * from vn.keys()`.execute(tx);
  return {
    keys: found.rows.map(
      (row) =>
        ({
          id: row.id,
          name: row.name,
          beginning: row.beginning,
          machine: row.machine_role === null ? null : { role: row.machine_role },
          place: row.place,
          asCoordinator: row.as_coordinator,
          writes: row.writes,
          madeBy: row.made_by,
          makerGone: row.maker_gone,
          madeAt: row.created_at,
          expiresAt: row.expires_at,
          usedAt: row.used_at,
          endedAt: row.ended_at,
          state: row.ended_at !== null ? 'ended' : row.expires_at <= now.toISOString() ? 'expired' : 'holds',
        }) as Key,
    ),
    can: { machines: actor.roles.includes('administrator') ? 'centre' : actor.roles.includes('manager') ? 'school' : 'none' },
  };
}
