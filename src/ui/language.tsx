import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { inLanguage, type Language, type Words } from '../kit/words.ts';

const key = 'vejnet-language';

function firstLanguage(): Language {
  try {
    const kept = localStorage.getItem(key);
    if (kept === 'da' || kept === 'en') return kept;
  } catch {
    // Without storage the browser's own language decides.
  }
  return navigator.language.startsWith('en') ? 'en' : 'da';
}

interface Choice {
  language: Language;
  choose(language: Language): void;
}

const LanguageContext = createContext<Choice>({ language: 'da', choose: () => undefined });

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    try {
      localStorage.setItem(key, language);
    } catch {
      // The choice then lasts as long as the page.
    }
  }, [language]);
  const choice = useMemo(() => ({ language, choose: setLanguage }), [language]);
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}

export const useLanguage = () => use(LanguageContext);

/** The words of a concern in the language chosen. */
export function useWords<T>(both: Words<T>) {
  return inLanguage(both, useLanguage().language);
}
