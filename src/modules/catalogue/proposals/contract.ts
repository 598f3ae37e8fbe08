import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { instant } from '../../../kit/instant.ts';
import { courseNamed } from '../course-choices/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;

export const proposalKinds = ['course', 'goal'] as const;
/** suggested, then in_talks, then being_made, then offered as a course; declined from anywhere before that, with a reason. */
export const proposalStates = ['suggested', 'in_talks', 'being_made', 'offered', 'declined'] as const;
export type ProposalState = (typeof proposalStates)[number];

const facts = {
  kind: z.enum(proposalKinds),
  title: z.string().trim().min(1).max(150),
  why: z.string().trim().min(1).max(4000),
  /** Which needs of companies it comes from, in words and without names. */
  needs: z.string().trim().max(2000).default(''),
  /** What somebody should be able to do afterwards. */
  goal: z.string().trim().max(2000).default(''),
};
const proposal = z.object({
  id: idOf('proposal'),
  ...facts,
  state: z.enum(proposalStates),
  /** What it became. */
  course: courseNamed.nullable(),
  suggestedBy: z.string(),
  /** Whoever asks suggested it. */
  own: z.boolean(),
  /** All steps, the first one is the suggestion. */
  steps: z.array(z.object({ state: z.enum(proposalStates), note: z.string(), by: z.string(), at: instant })),
  version: z.number().int(),
  /** The states that whoever asks can bring it to now. */
  can: z.object({ step: z.array(z.enum(proposalStates)) }),
});
export type Proposal = z.output<typeof proposal>;

const id = '01990000-0000-7000-8000-000000000941';
const exampleFacts = {
  kind: 'goal',
  title: 'Workshopfacilitering',
  why: 'Flere ledere skal styre møder, hvor andre finder på løsningerne.',
  needs: 'Tre metalfirmaer har spurgt i år.',
  goal: 'Kan planlægge og lede en workshop for sit eget hold.',
};
const example = {
  ...exampleFacts,
  id,
  state: 'in_talks',
  course: null,
  suggestedBy: 'Anna Holm',
  own: true,
  steps: [
    { state: 'suggested', note: '', by: 'Anna Holm', at: '2026-11-02T09:00:00.000Z' },
    { state: 'in_talks', note: 'To skoler taler om det.', by: 'Camilla Lund', at: '2026-11-09T09:00:00.000Z' },
  ],
  version: 2,
  can: { step: ['being_made', 'declined'] },
};

export const listProposals = endpoint({
  name: 'listProposals',
  method: 'GET',
  path: '/api/proposals',
  summary: 'Proposals for new courses and goals with all that became of them, newest first; 300 at most',
  description: 'Row 4.22. Open to all schools of the centre. `mine`: those of whoever asks.',
  access: readers,
  query: z.strictObject({ state: z.enum(proposalStates).optional(), mine: z.enum(['true', 'false']).default('false') }),
  status: 200,
  output: z.array(proposal),
  example: { query: { state: 'in_talks' }, output: [example] },
});

export const addProposal = endpoint({
  name: 'addProposal',
  method: 'POST',
  path: '/api/proposals',
  summary: 'Suggest a new course or a new goal',
  description: 'Row 4.22. Anyone who works in the cooperation. Companies are not named.',
  access: readers,
  body: z.strictObject(facts),
  status: 201,
  output: proposal,
  example: { body: exampleFacts, output: { ...example, state: 'suggested', steps: example.steps.slice(0, 1), version: 1, can: { step: ['in_talks', 'declined'] } } },
});

export const stepProposal = endpoint({
  name: 'stepProposal',
  method: 'PUT',
  path: '/api/proposals/{proposal}/state',
  summary: 'Say how far a proposal is, with a note; no needs a reason, and what is offered names its course',
  description: 'Row 4.22. Managers and the coordinator. Who took the step and when stays visible; no step is changed or skipped.',
  access: ['manager', 'coordinator'],
  params: z.strictObject({ proposal: idOf('proposal') }),
  body: z
    .strictObject({ state: z.enum(proposalStates), note: z.string().trim().max(1000).default(''), course: idOf('course').nullable().default(null) })
    .refine(({ state, note }) => state !== 'declined' || note !== '', { path: ['note'], params: { code: 'required' } })
    .refine(({ state, course }) => (state === 'offered') === (course !== null), { path: ['course'], params: { code: 'required' } }),
  edits: true,
  status: 200,
  output: proposal,
  errors: { proposal_step: 409, course_not_known: 422 },
  example: { params: { proposal: id }, body: { state: 'in_talks', note: 'To skoler taler om det.' }, output: example },
});
