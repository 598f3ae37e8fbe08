import { sql } from 'kysely';
import { rangeOf } from '../../../../kit/calendar-day.ts';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import * as contract from '../contract.ts';
import { fundingById } from './queries.ts';

type Facts = InputOf<typeof contract.addFunding>['body'];
type RateFacts = InputOf<typeof contract.addFundingRate>['body'];

const columns = ({ courseKinds, ...facts }: Facts) => ({ ...facts, course_kinds: courseKinds });

export async function addFunding(context: Context, { body }: InputOf<typeof contract.addFunding>): Promise<contract.Funding> {
  const id = context.newId();
  await context.tx
    .insertInto('funding')
    .values({ centre_id: centreOf(context), id, ...columns(body) })
    .execute();
  await context.audit('funding.added', id);
  return fundingById(context, id);
}

export async function writeFunding(context: Context, { params, body }: InputOf<typeof contract.writeFunding>): Promise<contract.Funding> {
  const written = await context.tx
    .updateTable('funding')
    .set({ ...columns(body), version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.funding)
    .where('version', '=', context.version)
    .returning('id')
    .executeTakeFirst();
  const now = await fundingById(context, params.funding);
  if (written === undefined) throw problem('version_conflict', { current: now });
  await context.audit('funding.written', params.funding);
  return now;
}

/** The days of a rate as the database has them. @throws rate_backwards */
function during(endpoint: typeof contract.addFundingRate | typeof contract.writeFundingRate, { from, until }: RateFacts): string | null {
  if (from === null) return null;
  if (until !== null && until < from) throw refuse(endpoint, 'rate_backwards');
  return rangeOf({ from, to: until });
}

/** Two rates of one funding on one day are refused by the database, whoever writes at once. */
async function once<T>(endpoint: typeof contract.addFundingRate | typeof contract.writeFundingRate, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw violates(error, 'funding_rate_once') ? refuse(endpoint, 'rate_overlaps') : error;
  }
}

export async function addFundingRate(context: Context, { params, body }: InputOf<typeof contract.addFundingRate>): Promise<contract.Funding> {
  await held(context, params.funding);
  const days = during(contract.addFundingRate, body);
  const id = context.newId();
  await once(contract.addFundingRate, () =>
    context.tx
      .insertInto('funding_rate')
      .values({ centre_id: centreOf(context), id, funding_id: params.funding, amount: body.amount, unit: body.unit, during: days, source: body.source })
      .execute(),
  );
  await context.audit('funding.rate_added', params.funding, { rate: id });
  return fundingById(context, params.funding);
}

/** Whoever writes rates of one funding comes one after the other: two who meet in the constraint would wait for each other. @throws not_found */
async function held(context: Context, funding: string): Promise<contract.Funding> {
  await sql`select from vn.funding where centre_id = ${centreOf(context)} and id = ${funding} for update`.execute(context.tx);
  return fundingById(context, funding);
}

/** The rate as it stands. @throws not_found, version_conflict */
async function standing(context: Context, { funding, rate }: { funding: string; rate: string }): Promise<void> {
  const now = (await held(context, funding)).rates.find(({ id }) => id === rate);
  if (now === undefined) throw problem('not_found');
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
}

export async function writeFundingRate(context: Context, { params, body }: InputOf<typeof contract.writeFundingRate>): Promise<contract.Funding> {
  await standing(context, params);
  const days = during(contract.writeFundingRate, body);
  const written = await once(contract.writeFundingRate, () =>
    sql`update vn.funding_rate set amount = ${body.amount}, unit = ${body.unit}, during = ${days}::daterange, source = ${body.source}, version = version + 1
         where centre_id = ${centreOf(context)} and funding_id = ${params.funding} and id = ${params.rate} and version = ${context.version} returning id`.execute(context.tx),
  );
  if (written.rows.length === 0) throw problem('version_conflict');
  await context.audit('funding.rate_written', params.funding, { rate: params.rate });
  return fundingById(context, params.funding);
}

export async function removeFundingRate(context: Context, { params }: InputOf<typeof contract.removeFundingRate>): Promise<null> {
  await standing(context, params);
  await sql`delete from vn.funding_rate where centre_id = ${centreOf(context)} and funding_id = ${params.funding} and id = ${params.rate} and version = ${context.version}`.execute(context.tx);
  await context.audit('funding.rate_removed', params.funding, { rate: params.rate });
  return null;
}
