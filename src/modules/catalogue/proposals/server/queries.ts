import { sql } from 'kysely';
import type { InputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { listProposals as contract, Proposal } from '../contract.ts';
import { nextOf } from '../rules.ts';

type Row = Omit<Proposal, 'can' | 'steps'> & { steps: (Omit<Proposal['steps'][number], 'at'> & { at: string })[] };

async function read(context: Context, { id, state, mine = false }: { id?: string; state?: string | undefined; mine?: boolean }): Promise<Proposal[]> {
  const { actor } = context;
  const found = await sql<Row>`
    select p.id, p.kind, p.title, p.why, p.needs, p.goal, p.state, p.version, coalesce(vn.person_name(p.suggested_by), '') "suggestedBy", p.suggested_by = ${actor.personId} own,
           case when c.id is not null then json_build_object('id', c.id, 'kind', c.kind, 'code', c.code, 'title', c.title, 'retired', c.retired) end course,
           (select json_agg(json_build_object('state', s.state, 'note', s.note, 'by', coalesce(vn.person_name(s.by_id), ''), 'at', s.at) order by s.no) from vn.proposal_step s where s.centre_id = p.centre_id and s.proposal_id = p.id) steps
      from vn.proposal p left join vn.course c on c.centre_id = p.centre_id and c.id = p.course_id
     where p.centre_id = ${centreOf(context)} and ${id === undefined ? sql`true` : sql`p.id = ${id}`} and ${state === undefined ? sql`true` : sql`p.state = ${state}`}
       and (not ${mine} or p.suggested_by = ${actor.personId}) order by p.suggested_at desc, p.id limit 300`.execute(context.tx);
  const steps = actor.roles.includes('manager') || actor.roles.includes('coordinator');
  return found.rows.map((row) => ({ ...row, steps: row.steps.map((step) => ({ ...step, at: new Date(step.at).toISOString() })), can: { step: steps ? nextOf(row.state) : [] } }));
}

export const listProposals = (context: Context, { query }: InputOf<typeof contract>): Promise<Proposal[]> => read(context, { state: query.state, mine: query.mine === 'true' });

export async function proposalById(context: Context, id: string): Promise<Proposal> {
  const [found] = await read(context, { id });
  if (found === undefined) throw problem('not_found');
  return found;
}
