import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { teamsOf, totalsOf } from '../rules.ts';

/** @throws page_gone for an address that opens nothing (any more) */
export async function ownTraining({ tx }: Context, { body }: { body: { token: string } }): Promise<contract.OwnTraining> {
  const found = await sql<{
    page: (Omit<contract.OwnTraining, 'rights'> & { rights: Omit<contract.TrainingRight, 'teams'>[] }) | null;
  }>`select vn.training_on_page(${tokenHash(body.token)}) page`.execute(tx);
  const page = found.rows[0]?.page ?? null;
  if (page === null) throw refuse(contract.readOwnTraining, 'page_gone');
  return { ...page, rights: page.rights.map((right) => ({ ...right, teams: teamsOf(right.accounts) })) };
}

interface Row {
  right: contract.TrainingTotals['id'];
  name: string;
  days: string;
  first_day: string;
  last_day: string;
  team: string;
  people: number;
  users: number;
  entitled: string;
  used: string;
}

/** @throws not_found */
export async function trainingTotals(context: Context, { params }: InputOf<typeof contract.listTrainingTotals>) {
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centreOf(context)).where('company_id', '=', params.company).executeTakeFirst();
  if (known === undefined) throw problem('not_found');
  const settings = await sql<{ threshold: number }>`select small_cell::int threshold from vn.outreach_settings()`.execute(context.tx);
  const threshold = settings.rows[0]?.threshold ?? 5;
  const found = await sql<Row>`select "right", name, days, first_day::text, last_day::text, team, people, users, entitled, used from vn.training_totals(${params.company})`.execute(context.tx);
  const rights = [...Map.groupBy(found.rows, (row) => row.right).values()].map((rows) => {
    const [{ right, name, days, first_day, last_day }] = rows as [Row];
    const teams = rows.map(({ team, people, users, entitled, used }) => ({ team, people, users, entitled: Number(entitled), used: Number(used) }));
    return { id: right, name, days: Number(days), firstDay: first_day, lastDay: last_day, ...totalsOf(teams, threshold) };
  });
  return { threshold, rights };
}
