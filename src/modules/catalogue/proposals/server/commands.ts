import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { coursesById } from '../../course-choices/server/public.ts';
import * as contract from '../contract.ts';
import { nextOf } from '../rules.ts';
import { tellSuggester } from './jobs.ts';
import { proposalById } from './queries.ts';

async function keepStep(context: Context, proposal: string, no: number, state: contract.ProposalState, note: string): Promise<void> {
  await context.tx
    .insertInto('proposal_step')
    .values({ centre_id: centreOf(context), proposal_id: proposal, no, state, note, by_id: personOf(context), at: context.now.toISOString() })
    .execute();
}

export async function addProposal(context: Context, { body }: InputOf<typeof contract.addProposal>): Promise<contract.Proposal> {
  const id = context.newId();
  await context.tx
    .insertInto('proposal')
    .values({ centre_id: centreOf(context), id, ...body, suggested_by: personOf(context), suggested_at: context.now.toISOString() })
    .execute();
  await keepStep(context, id, 1, 'suggested', '');
  await context.audit('proposal.added', id);
  return proposalById(context, id);
}

export async function stepProposal(context: Context, { params, body }: InputOf<typeof contract.stepProposal>): Promise<contract.Proposal> {
  const now = await proposalById(context, params.proposal);
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  if (!nextOf(now.state).includes(body.state)) throw refuse(contract.stepProposal, 'proposal_step');
  if (body.course !== null && (await coursesById(context, [body.course])).length === 0) throw refuse(contract.stepProposal, 'course_not_known');
  const written = await context.tx
    .updateTable('proposal')
    .set({ state: body.state, course_id: body.course, version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', params.proposal)
    .where('version', '=', context.version)
    .returning('version')
    .executeTakeFirst();
  if (written === undefined) throw problem('version_conflict', { current: await proposalById(context, params.proposal) });
  await keepStep(context, params.proposal, written.version, body.state, body.note);
  await context.audit(`proposal.${body.state}`, params.proposal);
  const stepped = await proposalById(context, params.proposal);
  await tellSuggester(context, stepped, body.note);
  return stepped;
}
