import { createContext, use } from 'react';
import { inLanguage, type Words } from '../kit/words.ts';
import { Refusal } from './client.ts';
import { useLanguage } from './language.tsx';

/** Sentences for every stable code, put together by the app from the words of all concerns. */
export const ProblemWordsContext = createContext<Words<Record<string, string>>>({ da: {}, en: {} });

/** Turns whatever was thrown into one sentence; a code without words says that it is our fault. */
export function useProblemText(): (error: unknown) => string {
  const { language } = useLanguage();
  const sentences = inLanguage(use(ProblemWordsContext), language);
  return (error) => sentences[error instanceof Refusal ? error.problem.code : 'internal'] ?? sentences.internal ?? '';
}

/** The sentence for one field's code. */
export function useFieldText(): (code: string) => string {
  const { language } = useLanguage();
  const sentences = inLanguage(use(ProblemWordsContext), language);
  return (code) => sentences[`field_${code}`] ?? sentences.field_invalid ?? '';
}
