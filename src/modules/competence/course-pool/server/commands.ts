import { type RawBuilder, sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { inLanguage } from '../../../../kit/words.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { poolLetters } from '../words.ts';
import { boardLink, boardToken, codeOf, ownPool, poolBoard, secretHash } from './queries.ts';

const pageProblems: Record<string, string> = { gone: 'page_gone', running: 'pool_running', unknown: 'pool_unknown', too_much: 'too_much' };
const boardProblems: Record<string, string> = { gone: 'board_gone', unknown: 'request_unknown', decided: 'request_decided', closed: 'pool_closed', not_enough: 'pool_too_small' };
const formProblems: Record<string, string> = { gone: 'pool_gone', closed: 'pool_closed', full: 'pool_full' };

async function done<E extends Endpoint>(context: Context, endpoint: E, problems: Record<string, string>, work: RawBuilder<unknown>): Promise<void> {
  const answer = await sql<{ result: string }>`select ${work} result`.execute(context.tx);
  const result = answer.rows[0]?.result ?? 'gone';
  if (result !== 'done') throw refuse(endpoint, problems[result] as ErrorOf<E>);
}

type Member = InputOf<typeof contract.startOwnPool>['body']['members'][number];
const membersOf = (context: Context, members: readonly Member[]) =>
  members.map((member, at) => {
    const id = context.newId();
    return { id, no: at + 1, ...member, hash: secretHash(context, boardToken(context, id)).toString('hex') };
  });

/** Each who decides gets their link, where a mail reaches them; the others get it from the leader. */
async function tell(context: Context, { company, pool }: { company: string; pool: string }, members: readonly (Member & { id: string })[]): Promise<void> {
  for (const { id, name, email, language } of members) {
    if (email === null) continue;
    const w = inLanguage(poolLetters, language);
    await context.post({
      to: email,
      subject: w.subject(pool).replaceAll(/\s+/g, ' ').slice(0, 250),
      text: [w.hello(name), w.chosen(company, pool), w.open(boardLink(context, id)), w.secret].join('\n\n'),
    });
  }
}
async function companyBehind(context: Context, member: string): Promise<string> {
  return (await poolBoard(context, { body: { token: boardToken(context, member) } })).company;
}

export async function startOwnPool(context: Context, { body }: InputOf<typeof contract.startOwnPool>): Promise<contract.OwnPool> {
  const id = context.newId();
  const members = membersOf(context, body.members);
  await done(
    context,
    contract.startOwnPool,
    pageProblems,
    sql`vn.start_pool_on_page(${tokenHash(body.token)}, ${id}, ${body.name}, ${body.unit}, ${body.amount}, ${secretHash(context, codeOf(context, id))}, ${JSON.stringify(members)}::jsonb)`,
  );
  const [first] = members as [(typeof members)[number]];
  await tell(context, { company: await companyBehind(context, first.id), pool: body.name }, members);
  return ownPool(context, { body });
}

export async function addToOwnPool(context: Context, { body }: InputOf<typeof contract.addToOwnPool>): Promise<contract.OwnPool> {
  await done(context, contract.addToOwnPool, pageProblems, sql`vn.add_to_pool_on_page(${tokenHash(body.token)}, ${body.pool}, ${body.amount})`);
  return ownPool(context, { body });
}

export async function replacePoolMember(context: Context, { body }: InputOf<typeof contract.replacePoolMember>): Promise<contract.OwnPool> {
  const members = membersOf(context, [body.by]);
  const [member] = members as [(typeof members)[number]];
  await done(context, contract.replacePoolMember, pageProblems, sql`vn.replace_pool_member_on_page(${tokenHash(body.token)}, ${body.member}, ${JSON.stringify(member)}::jsonb)`);
  const page = await ownPool(context, { body });
  await tell(context, { company: await companyBehind(context, member.id), pool: page.pool?.name ?? '' }, [member]);
  return page;
}

export async function closeOwnPool(context: Context, { body }: InputOf<typeof contract.closeOwnPool>): Promise<contract.OwnPool> {
  await done(context, contract.closeOwnPool, pageProblems, sql`vn.close_pool_on_page(${tokenHash(body.token)}, ${body.pool})`);
  return ownPool(context, { body });
}

export async function askPool(context: Context, { body }: InputOf<typeof contract.askPool>): Promise<null> {
  await done(context, contract.askPool, formProblems, sql`vn.ask_pool(${secretHash(context, body.code)}, ${body.request}, ${body.person}, ${body.what}, ${body.why}, ${body.amount})`);
  return null;
}

export async function voteOnRequest(context: Context, { body }: InputOf<typeof contract.voteOnRequest>): Promise<contract.PoolBoard> {
  await done(context, contract.voteOnRequest, boardProblems, sql`vn.vote_on_request(${secretHash(context, body.token)}, ${body.request}, ${body.yes}, ${body.reason})`);
  return poolBoard(context, { body });
}
