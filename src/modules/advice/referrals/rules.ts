import type { Role } from '../../../kit/access.ts';
import type { Referral } from './contract.ts';

type State = Referral['state'];
interface Who {
  schoolId: string | null;
  roles: readonly Role[];
}
interface Which {
  state: State;
  from: string | null;
  to: string;
}

/** What somebody may do with a referral now (row 3.01). The school that got it answers for it; the one that sent it takes it back while nobody has answered. */
export function rightsOver({ schoolId, roles }: Who, { state, from, to }: Which): Referral['can'] {
  const coordinates = roles.includes('coordinator');
  const works = roles.includes('consultant') || roles.includes('manager');
  const got = works && schoolId === to;
  const gave = works && schoolId === from;
  return {
    answer: got && state === 'sent',
    start: got && state === 'accepted',
    end: got && (state === 'accepted' || state === 'started'),
    withdraw: (gave && state === 'sent') || (coordinates && isOpen(state)),
  };
}

export const isOpen = (state: State): boolean => state === 'sent' || state === 'accepted' || state === 'started';

/** Working days within which a school answers, and days after which somebody who has a referral is asked how it goes. */
export const answerWithin = 5;
export const newsWithin = 30;

/** @param days since its state last changed, and the working days among them */
export const isLate = (state: State, { days, workingDays }: { days: number; workingDays: number }): boolean =>
  state === 'sent' ? workingDays > answerWithin : (state === 'accepted' || state === 'started') && days > newsWithin;
