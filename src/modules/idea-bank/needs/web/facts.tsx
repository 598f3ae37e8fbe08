import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import type { PooledNeed } from '../contract.ts';
import { pooledNeedsWords } from '../words.ts';

type Said = Pick<PooledNeed, 'earliest' | 'latest' | 'weekdays' | 'parts' | 'km' | 'urgency'>;

/** When, on which days, how far and how urgent, on one line; without a component library, for the plain pages use it too. */
export function useNeedLine(): (need: Said) => string {
  const w = useWords(pooledNeedsWords);
  const { language } = useLanguage();
  return ({ earliest, latest, weekdays, parts, km, urgency }) =>
    sideBySide([
      w.between(shortDay(language, earliest), shortDay(language, latest)),
      ...(weekdays.length === 0 ? [] : [weekdays.map((day) => w.weekday[day - 1] ?? '').join(', ')]),
      ...(parts.length === 0 ? [] : [parts.map((part) => w.part[part]).join(', ')]),
      ...(km === null ? [] : [w.upTo(km)]),
      ...(urgency === 0 ? [] : [w.urgencies[urgency] ?? '']),
    ]);
}
