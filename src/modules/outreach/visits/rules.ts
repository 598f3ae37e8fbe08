import type { NeedField } from '../../companies/needs/contract.ts';

/** As much of a report as the rules ask about; the contract says the rest. */
interface Written {
  company: string | null;
  about: string;
  agreed: string;
  needs: readonly { what: string }[];
  offers: readonly { need: number; what: string }[];
  nextSteps: readonly { what: string; due: string | null }[];
}
export interface Fault {
  path: (string | number)[];
  code: string;
}

const said = (text: string) => text.trim() !== '';

/** Whether offers may be written yet: a need has been, in words (row 3.04). */
export const mayOffer = (content: Pick<Written, 'needs'>): boolean => content.needs.some(({ what }) => said(what));

/** An offer without a need before it is refused, in a draft too (row 3.04: whoever has a hammer sees nails). */
export function offerFaults({ needs, offers }: Pick<Written, 'needs' | 'offers'>): Fault[] {
  if (offers.length > 0 && !mayOffer({ needs })) return [{ path: ['offers'], code: 'need_first' }];
  return offers.flatMap(({ need, what }, at) => (needs[need] === undefined || (said(what) && !said(needs[need].what)) ? [{ path: ['offers', at, 'need'], code: 'need_first' }] : []));
}

/** What a report lacks to be sent: its company, a word about the visit, and a day for whatever is to be done. */
export function sendingFaults(content: Written): Fault[] {
  return [
    ...(content.company === null ? [{ path: ['company'], code: 'required' }] : []),
    ...(said(content.about) || said(content.agreed) || mayOffer(content) ? [] : [{ path: ['about'], code: 'required' }]),
    ...content.nextSteps.flatMap(({ what, due }, at) => (said(what) && due === null ? [{ path: ['nextSteps', at, 'due'], code: 'required' }] : [])),
  ];
}

/** What a new need is about, as far as the talk's topics say it: the only one of them that is no matter of money. */
export function fieldOf(topics: readonly (NeedField | 'funding')[]): NeedField | null {
  const [only, second] = topics.filter((each) => each !== 'funding');
  return only === undefined || second !== undefined ? null : only;
}

/** Lines left empty are left out; offers point at the needs that remain. */
export function tidy<T extends Written & { people: readonly { name: string }[] }>(content: T): T {
  const kept = content.needs.flatMap(({ what }, at) => (said(what) ? [at] : []));
  return {
    ...content,
    needs: kept.map((at) => content.needs[at]),
    offers: content.offers.filter(({ what, need }) => said(what) && kept.includes(need)).map((offer) => ({ ...offer, need: kept.indexOf(offer.need) })),
    people: content.people.filter(({ name }) => said(name)),
    nextSteps: content.nextSteps.filter(({ what }) => said(what)),
  };
}

/** The first day of a day's quarter. */
export const quarterOf = (day: string): string => `${day.slice(0, 4)}-${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;

/** How many kind reminders a report owed has had by so many days after its meeting: one after two days, one more after a week, then none (row 7.13). */
export const remindersDue = (days: number): number => (days >= 7 ? 2 : days >= 2 ? 1 : 0);

/** The first days of the quarters that are over, the latest first. */
export function quartersBefore(today: string, count: number): string[] {
  const found: string[] = [];
  for (let day = quarterOf(today); found.length < count; ) {
    day = quarterOf(new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10));
    found.push(day);
  }
  return found;
}
