import type { ProposalState } from './contract.ts';

/** Where a proposal can go from a state (row 4.22): one step on, or to a no; what is offered or declined stays so. */
export const nextOf = (state: ProposalState): ProposalState[] =>
  (({ suggested: ['in_talks', 'declined'], in_talks: ['being_made', 'declined'], being_made: ['offered', 'declined'], offered: [], declined: [] }) satisfies Record<ProposalState, ProposalState[]>)[
    state
  ];
