import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import type { NeedShown } from '../contract.ts';
import { needsWords } from '../words.ts';

/** The words of a need, for forms elsewhere; without a component library, for the plain pages use them too. */
export const useNeedWords = () => useWords(needsWords);

/** What about, when, for how many, and whether an ordinary course will do, on one line. */
export function useNeedFacts(): (need: Pick<NeedShown, 'term' | 'people' | 'fit' | 'field'>) => string {
  const w = useNeedWords();
  return ({ term, people, fit, field }) =>
    sideBySide([...(field === null ? [] : [w.fields[field]]), w.terms[term], ...(people === null ? [] : [w.people(people)]), ...(fit === null ? [] : [w.fits[fit]])]);
}
