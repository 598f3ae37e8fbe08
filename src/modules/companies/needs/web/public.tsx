import { useWords } from '../../../../ui/language.tsx';
import { needsWords } from '../words.ts';

/** The words of terms and fits, wherever a need is written or read. */
export const useNeedsWords = () => useWords(needsWords);
