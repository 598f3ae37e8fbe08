import { sql } from 'kysely';
import { codeFrom, writtenCode } from '../../../../kit/code.ts';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { derivedToken, tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { codeLength, shownOf } from '../rules.ts';

/** The secrets of a pool are worked out again with the installation's key; what is kept is a hash of them. */
export const codeOf = ({ keyedHash }: Pick<Context, 'keyedHash'>, pool: string): string => codeFrom(keyedHash(`course pool ${pool}`).subarray(0, codeLength));
export const boardToken = ({ keyedHash }: Pick<Context, 'keyedHash'>, member: string): string => derivedToken(keyedHash, `course pool member ${member}`);
export const secretHash = ({ keyedHash }: Pick<Context, 'keyedHash'>, secret: string): Buffer => keyedHash(`course pool secret ${secret}`);
export const boardLink = (context: Pick<Context, 'keyedHash' | 'address'>, member: string): string => context.address(`/pool-board#${boardToken(context, member)}`);

type Pool = NonNullable<contract.OwnPool['pool']>;
type Read = Omit<Pool, 'form' | 'code' | 'members'> & { members: Omit<Pool['members'][number], 'link'>[] };

/** @throws page_gone for an address that opens nothing (any more) */
export async function ownPool(context: Context, { body }: { body: { token: string } }): Promise<contract.OwnPool> {
  const found = await sql<{ page: { leader: boolean; pool: Read | null } | null }>`select vn.pool_on_page(${tokenHash(body.token)}) page`.execute(context.tx);
  const page = found.rows[0]?.page ?? null;
  if (page === null) throw refuse(contract.readOwnPool, 'page_gone');
  const { leader, pool } = page;
  if (pool === null) return { leader, pool };
  const code = writtenCode(codeOf(context, pool.id));
  return {
    leader,
    pool: { ...pool, code, form: context.address(`/pool-ask#${code}`), members: pool.members.map((member) => ({ ...member, link: member.email === null ? boardLink(context, member.id) : null })) },
  };
}

export async function openPoolForm(context: Context, { body }: InputOf<typeof contract.openPoolForm>): Promise<contract.PoolForm> {
  const found = await sql<{ it: contract.PoolForm | null }>`select vn.open_pool_form(${secretHash(context, body.code)}) it`.execute(context.tx);
  const it = found.rows[0]?.it ?? null;
  if (it === null) throw refuse(contract.openPoolForm, 'pool_gone');
  return it;
}

/** @throws board_gone */
export async function poolBoard(context: Context, { body }: { body: { token: string } }): Promise<contract.PoolBoard> {
  const found = await sql<{ it: contract.PoolBoard | null }>`select vn.pool_on_board(${secretHash(context, body.token)}) it`.execute(context.tx);
  const it = found.rows[0]?.it ?? null;
  if (it === null) throw refuse(contract.openPoolBoard, 'board_gone');
  return it;
}

/** @throws not_found */
export async function poolTotals(context: Context, { params }: InputOf<typeof contract.readPoolTotals>): Promise<contract.PoolTotals> {
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centreOf(context)).where('company_id', '=', params.company).executeTakeFirst();
  if (known === undefined) throw problem('not_found');
  const settings = await sql<{ threshold: number }>`select small_cell::int threshold from vn.outreach_settings()`.execute(context.tx);
  const threshold = settings.rows[0]?.threshold ?? 5;
  const found = await sql<{
    unit: 'money' | 'days';
    since: string;
    put_in: string;
    granted: string;
    people: number;
  }>`select unit, since::text, put_in, granted, people from vn.pool_totals(${params.company})`.execute(context.tx);
  const [row] = found.rows;
  return { threshold, pool: row === undefined ? null : shownOf({ ...row, putIn: Number(row.put_in), granted: Number(row.granted) }, threshold) };
}
