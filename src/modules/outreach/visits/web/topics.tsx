import { useWords } from '../../../../ui/language.tsx';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import type { visitTopics } from '../contract.ts';
import { visitsWords } from '../words.ts';

/** A talk's topics have the words of needs; money is no need. */
export function useTopics(): Record<(typeof visitTopics)[number], string> {
  const { funding } = useWords(visitsWords);
  return { ...useNeedWords().fields, funding };
}
