import '@fontsource-variable/ibm-plex-sans/wght.css';
import '../../ui/public.css';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { inLanguage, words } from '../../kit/words.ts';
import { partnershipsProblems } from '../../modules/advice/partnerships/words.ts';
import { participantsProblems } from '../../modules/catalogue/participants/words.ts';
import { ClassSeatPage } from '../../modules/catalogue/seats/web/seat.page.tsx';
import { seatsProblems } from '../../modules/catalogue/seats/words.ts';
import { PoolAskPage } from '../../modules/competence/course-pool/web/ask.page.tsx';
import { PoolBoardPage } from '../../modules/competence/course-pool/web/board.page.tsx';
import { poolProblems } from '../../modules/competence/course-pool/words.ts';
import { entitlementsProblems } from '../../modules/competence/entitlements/words.ts';
import { rotationProblems } from '../../modules/competence/rotation/words.ts';
import { WishCountsPage } from '../../modules/competence/wishes/web/counts.page.tsx';
import { WishPaperPage } from '../../modules/competence/wishes/web/paper.page.tsx';
import { WishStewardPage } from '../../modules/competence/wishes/web/steward.page.tsx';
import { WishesPage } from '../../modules/competence/wishes/web/wishes.page.tsx';
import { wishesProblems } from '../../modules/competence/wishes/words.ts';
import { pooledNeedsProblems } from '../../modules/idea-bank/needs/words.ts';
import { BackPage } from '../../modules/organisation/institutions/web/public.tsx';
import { institutionsProblems } from '../../modules/organisation/institutions/words.ts';
import { passkeysProblems } from '../../modules/organisation/passkeys/words.ts';
import { readSession } from '../../modules/organisation/sign-in/contract.ts';
import { MailboxPage } from '../../modules/organisation/sign-in/web/mailbox.page.tsx';
import { SignInPage } from '../../modules/organisation/sign-in/web/sign-in.page.tsx';
import { signInProblems, signInWords } from '../../modules/organisation/sign-in/words.ts';
import { AdviserPage } from '../../modules/outreach/advisers/web/adviser.page.tsx';
import { advisersProblems } from '../../modules/outreach/advisers/words.ts';
import { EmployeesPage } from '../../modules/outreach/corners/web/employees.page.tsx';
import { PosterPage } from '../../modules/outreach/corners/web/poster.page.tsx';
import { cornersProblems } from '../../modules/outreach/corners/words.ts';
import { AskPage } from '../../modules/outreach/enquiries/web/ask.page.tsx';
import { OpenEventPage } from '../../modules/outreach/events/web/open-event.page.tsx';
import { OpenEventsPage } from '../../modules/outreach/events/web/open-events.page.tsx';
import { EventPlacePage } from '../../modules/outreach/events/web/place.page.tsx';
import { eventsProblems } from '../../modules/outreach/events/words.ts';
import { ForwardedPage } from '../../modules/outreach/hearing/web/forwarded.page.tsx';
import { hearingProblems } from '../../modules/outreach/hearing/words.ts';
import { LinkedMeetingPage } from '../../modules/outreach/rebooking/web/meeting.page.tsx';
import { rebookingProblems } from '../../modules/outreach/rebooking/words.ts';
import { call } from '../../ui/client.ts';
import { LanguageProvider, useLanguage } from '../../ui/language.tsx';
import { Mark } from '../../ui/mark.tsx';
import { ProblemWordsContext } from '../../ui/problem-words.tsx';
import { platformProblemWords, uiWords } from '../../ui/words.ts';
import { CompanyOwn } from '../pages/company-own.page.tsx';
import { FindCoursePage } from '../pages/find-course.page.tsx';
import { publicWords } from '../words.ts';
import { AccessibilityPage } from './accessibility.tsx';
import { PrivacyPage } from './privacy.tsx';

function PublicPage({ demonstration }: { demonstration: boolean }) {
  if (location.pathname.startsWith('/sign-in/back/')) return <BackPage />;
  switch (location.pathname) {
    case '/accessibility':
      return <AccessibilityPage />;
    case '/privacy':
      return <PrivacyPage />;
    case '/mailbox':
      return <MailboxPage />;
    case '/company':
      return <CompanyOwn />;
    case '/adviser':
      return <AdviserPage />;
    case '/meeting':
      return <LinkedMeetingPage />;
    case '/ask':
      return <AskPage />;
    case '/hearing':
      return <ForwardedPage />;
    case '/corner':
      return <EmployeesPage />;
    case '/corner-poster':
      return <PosterPage />;
    case '/find-a-course':
      return <FindCoursePage />;
    case '/open-events':
      return <OpenEventsPage />;
    case '/event':
      return <OpenEventPage />;
    case '/event-place':
      return <EventPlacePage />;
    case '/class-seat':
      return <ClassSeatPage />;
    case '/pool-ask':
      return <PoolAskPage />;
    case '/pool-board':
      return <PoolBoardPage />;
    case '/wishes':
      return <WishesPage />;
    case '/wish-paper':
      return <WishPaperPage />;
    case '/wish-steward':
      return <WishStewardPage />;
    case '/wish-counts':
      return <WishCountsPage />;
    default:
      return <SignInPage demonstration={demonstration} />;
  }
}

/** What anyone may see. Small on purpose: it opens on any phone, before anybody is known. */
function PublicPages() {
  const { language, choose } = useLanguage();
  const w = inLanguage(signInWords, language);
  const pages = inLanguage(publicWords, language);
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
        <section className="strip" aria-label="Demonstration">
          {w.demoStrip} {pages.staysHere}
        </section>
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
      {demonstration === null ? <main className="plain waiting" id="main" role="status" aria-label={w.loading} /> : <PublicPage demonstration={demonstration} />}
      <footer className="foot">
        <a href="/accessibility">{pages.accessibility}</a>
        <a href="/privacy">{pages.privacy}</a>
        {demonstration === true && <a href="/mailbox">{w.mailbox}</a>}
      </footer>
    </>
  );
}

/** All that these pages can be refused with. */
const problemWords = words<Record<string, string>>(
  {
    ...platformProblemWords.da,
    ...signInProblems.da,
    ...passkeysProblems.da,
    ...institutionsProblems.da,
    ...hearingProblems.da,
    ...cornersProblems.da,
    ...advisersProblems.da,
    ...rebookingProblems.da,
    ...wishesProblems.da,
    ...eventsProblems.da,
    ...seatsProblems.da,
    ...partnershipsProblems.da,
    ...participantsProblems.da,
    ...pooledNeedsProblems.da,
    ...entitlementsProblems.da,
    ...rotationProblems.da,
    ...poolProblems.da,
  },
  {
    ...platformProblemWords.en,
    ...signInProblems.en,
    ...passkeysProblems.en,
    ...institutionsProblems.en,
    ...hearingProblems.en,
    ...cornersProblems.en,
    ...advisersProblems.en,
    ...rebookingProblems.en,
    ...wishesProblems.en,
    ...eventsProblems.en,
    ...seatsProblems.en,
    ...partnershipsProblems.en,
    ...participantsProblems.en,
    ...pooledNeedsProblems.en,
    ...entitlementsProblems.en,
    ...rotationProblems.en,
    ...poolProblems.en,
  },
);

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <LanguageProvider>
      <ProblemWordsContext value={problemWords}>
        <PublicPages />
      </ProblemWordsContext>
    </LanguageProvider>
  </StrictMode>,
);
