import { useWords } from '../../../../ui/language.tsx';
import { importsWords } from '../words.ts';

/** Why an import failed, in words, by its code. */
export const useImportFaults = (): Record<string, string> => useWords(importsWords).errors;
