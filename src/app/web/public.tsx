import '@fontsource-variable/ibm-plex-sans/wght.css';
import '../../ui/public.css';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { inLanguage } from '../../kit/words.ts';
import { readSession } from '../../modules/organisation/sign-in/contract.ts';
import { SignInPage } from '../../modules/organisation/sign-in/web/sign-in.page.tsx';
import { signInWords } from '../../modules/organisation/sign-in/words.ts';
import { call } from '../../ui/client.ts';
import { LanguageProvider, useLanguage } from '../../ui/language.tsx';
import { Mark } from '../../ui/mark.tsx';
import { ProblemWordsContext } from '../../ui/problem-words.tsx';
import { uiWords } from '../../ui/words.ts';
import { problemWords } from '../words.ts';

/** What anyone may see. Small on purpose: it opens on any phone, before anybody is known. */
function PublicPages() {
  const { language, choose } = useLanguage();
  const w = inLanguage(signInWords, language);
  const [demonstration, setDemonstration] = useState<boolean | null>(null);
  useEffect(() => {
    call(readSession, {}).then(
      (session) => setDemonstration(session.demonstration),
      () => setDemonstration(false),
    );
  }, []);
  return (
    <>
      <a className="skip" href="#main">
        {inLanguage(uiWords, language).skip}
      </a>
      {demonstration === true && (
        <div className="strip" role="region" aria-label="Demonstration">
          {w.demoStrip}
        </div>
      )}
      <header className="bar">
        <a href="/sign-in">
          <Mark />
          Vejnet
        </a>
        <button type="button" className="quiet" lang={language === 'da' ? 'en' : 'da'} onClick={() => choose(language === 'da' ? 'en' : 'da')}>
          {w.otherLanguage}
        </button>
      </header>
      {demonstration === null ? <main className="plain waiting" id="main" role="status" aria-label={w.loading} /> : <SignInPage demonstration={demonstration} />}
    </>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <LanguageProvider>
      <ProblemWordsContext value={problemWords}>
        <PublicPages />
      </ProblemWordsContext>
    </LanguageProvider>
  </StrictMode>,
);
