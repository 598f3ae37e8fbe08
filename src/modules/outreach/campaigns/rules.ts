export const routes = ['call_centre', 'consultants', 'other_actors', 'company_network'] as const;
export type ContactRoute = (typeof routes)[number];

/**
 * Who calls follows the goal: breadth is for phoners, a trade for consultants who know it (row 2.10). A suggestion; the coordinator decides.
 */
export const suggestedRoutes = (aim: 'breadth' | 'trade'): ContactRoute[] => (aim === 'breadth' ? ['call_centre'] : ['consultants']);

export interface CampaignTimes {
  frozenAt: string | null;
  hearingOpenedAt: string | null;
  hearingDeadline: string | null;
  hearingClosedAt: string | null;
  endedAt: string | null;
  paused: boolean;
  /** Where schools name the companies: whether they may still. */
  naming?: boolean;
}
export const states = ['draft', 'listed', 'hearing', 'calling', 'paused', 'over'] as const;
export type CampaignState = (typeof states)[number];

/** Where a campaign stands on its road. */
export function stateOf(times: CampaignTimes): CampaignState {
  if (times.endedAt !== null) return 'over';
  if (times.hearingClosedAt !== null) return times.paused ? 'paused' : 'calling';
  if (times.hearingOpenedAt !== null) return 'hearing';
  return times.frozenAt === null ? 'draft' : 'listed';
}

/**
 * What the coordinator may do with it now. A hearing closes at its deadline, or before it when every school has answered (row 2.08).
 * @param now ISO instant
 */
export function mayDo(times: CampaignTimes, unanswered: number, now: string) {
  const state = stateOf(times);
  return {
    edit: state === 'draft',
    freeze: state === 'draft' && times.naming !== true,
    thaw: state === 'listed',
    openHearing: state === 'listed',
    closeHearing: state === 'hearing' && (unanswered === 0 || (times.hearingDeadline !== null && times.hearingDeadline <= now)),
    pause: state === 'calling',
    resume: state === 'paused',
    end: state !== 'over',
  };
}
