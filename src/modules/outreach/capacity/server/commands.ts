import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { writeCapacity as contract } from '../contract.ts';
import { mayAgree } from '../rules.ts';
import { scopes } from './queries.ts';

const ranks = { centre: 0, school: 1, consultant: 2 } as const;

export async function writeCapacity(context: Context, { body }: InputOf<typeof contract>): Promise<null> {
  const known = new Map((await scopes(context)).map((each) => [`${each.scope} ${each.id}`, each]));
  for (const { scope, id } of body.cells) {
    const who = known.get(`${scope} ${id}`);
    if (who === undefined) throw problem('not_found');
    if (!mayAgree(context.actor, who)) throw problem('forbidden');
  }
  const centre_id = centreOf(context);
  // In the order in which bookings lock them: whoever agrees and whoever books never wait for each other.
  const ordered = [...body.cells].sort((a, b) => ranks[a.scope] - ranks[b.scope] || a.week.localeCompare(b.week) || a.id.localeCompare(b.id));
  for (const { scope, id, week, agreed, was } of ordered) {
    const written =
      was === null
        ? await context.tx
            .insertInto('capacity')
            .values({ centre_id, scope, scope_id: id, week, agreed })
            .onConflict((clash) => clash.doNothing())
            .returning('week')
            .executeTakeFirst()
        : await context.tx
            .updateTable('capacity')
            .set({ agreed })
            .where('centre_id', '=', centre_id)
            .where('scope', '=', scope)
            .where('scope_id', '=', id)
            .where('week', '=', week)
            .where('agreed', '=', was)
            .returning('week')
            .executeTakeFirst();
    if (written === undefined) throw refuse(contract, 'capacity_changed');
  }
  await context.audit('capacity.agreed', null, { cells: body.cells.length });
  return null;
}
