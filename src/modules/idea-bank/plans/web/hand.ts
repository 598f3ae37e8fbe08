import type { ByHand } from '../contract.ts';

type Pin = ByHand['pins'][number];
const sameGroup = (pin: Pin, need: string, group: number) => pin.need === need && (pin.group ?? 0) === group;

/** Choices by hand, one more or one less; each turns itself around. */
export const turnPin = (hand: ByHand, need: Pin['need'], group: number, to: string): ByHand => ({
  ...hand,
  pins: hand.pins.some((pin) => sameGroup(pin, need, group)) ? hand.pins.filter((pin) => !sameGroup(pin, need, group)) : [...hand.pins, { need, group, class: to }],
});
export const turnForbidden = (hand: ByHand, need: Pin['need'], to: string): ByHand => ({
  ...hand,
  // Whoever must not be there is not kept there either.
  pins: hand.pins.filter((pin) => !(pin.need === need && pin.class === to)),
  forbidden: hand.forbidden.some((each) => each.need === need && each.class === to)
    ? hand.forbidden.filter((each) => !(each.need === need && each.class === to))
    : [...hand.forbidden, { need, class: to }],
});
export const chooseClass = (hand: ByHand, to: string, choice: 'opened' | 'closed' | null): ByHand => ({
  ...hand,
  opened: [...hand.opened.filter((each) => each !== to), ...(choice === 'opened' ? [to] : [])],
  closed: [...hand.closed.filter((each) => each !== to), ...(choice === 'closed' ? [to] : [])],
});
/** In two: so many first, the rest behind them. */
export const splitNeed = (hand: ByHand, need: Pin['need'], heads: number, first: number): ByHand => ({
  ...hand,
  pins: hand.pins.filter((pin) => pin.need !== need),
  splits: [...hand.splits.filter((each) => each.need !== need), { need, groups: [first, heads - first] }],
});
export const choices = ({ pins, forbidden, splits, closed, opened }: ByHand): number => pins.length + forbidden.length + splits.length + closed.length + opened.length;
