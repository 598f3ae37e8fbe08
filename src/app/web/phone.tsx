import '@fontsource-variable/ibm-plex-sans/wght.css';
import '../../ui/public.css';
import '../../modules/outreach/visits/web/phone.css';
import { StrictMode, useCallback, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { v4 } from 'uuid';
import type { OutputOf } from '../../kit/endpoint.ts';
import { words } from '../../kit/words.ts';
import { contactsWords } from '../../modules/companies/contacts/words.ts';
import { readSession } from '../../modules/organisation/sign-in/contract.ts';
import { signInWords } from '../../modules/organisation/sign-in/words.ts';
import { tasksProblems } from '../../modules/outreach/tasks/words.ts';
import { dayFrom } from '../../modules/outreach/visits/model.ts';
import { OwnerContext, useOwner } from '../../modules/outreach/visits/web/answer.tsx';
import { BriefPage } from '../../modules/outreach/visits/web/brief.tsx';
import { reaching, startCourier } from '../../modules/outreach/visits/web/courier.tsx';
import { countUnsent, keepAnswer, keepFor, keptAnswer } from '../../modules/outreach/visits/web/device.tsx';
import { Nothing, PhonePage } from '../../modules/outreach/visits/web/frame.tsx';
import { ReportPage } from '../../modules/outreach/visits/web/report.tsx';
import { phoneWords, visitsProblems } from '../../modules/outreach/visits/words.ts';
import { ActingContext } from '../../ui/acting.tsx';
import { call } from '../../ui/client.ts';
import { dayOf } from '../../ui/format.ts';
import { keptOwner, ownerOf } from '../../ui/kept-owner.ts';
import { LanguageProvider, useWords } from '../../ui/language.tsx';
import { ProblemWordsContext } from '../../ui/problem-words.tsx';
import { returnTo } from '../../ui/return-to.ts';
import { platformProblemWords, uiWords } from '../../ui/words.ts';
import { PhoneTodayPage } from '../pages/phone-today.page.tsx';
import { leave } from './leave.ts';

type Session = OutputOf<typeof readSession>;
/** Who is here, as it is kept on the device: with the device's own day, from which days are counted without coverage. */
interface Known {
  owner: string;
  session: Session;
  deviceDay: string;
}
const zoneOf = (session: Session) => session.centre?.zone ?? 'Europe/Copenhagen';
const deviceDay = (session: Session) => dayOf(zoneOf(session), new Date().toISOString());

/** Addresses of this entry are opened without a new page; every other link is the browser's affair. */
function usePath() {
  const [path, setPath] = useState(location.pathname);
  const go = useCallback((to: string) => {
    history.pushState('moved', '', to);
    setPath(location.pathname);
    window.scrollTo(0, 0);
  }, []);
  useEffect(() => {
    const back = () => setPath(location.pathname);
    const click = (event: MouseEvent) => {
      const link = (event.target as Element).closest?.('a');
      const to = link?.getAttribute('href') ?? '';
      if (!/^\/phone(\/|$)/.test(to) || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      go(to);
    };
    window.addEventListener('popstate', back);
    document.addEventListener('click', click);
    return () => {
      window.removeEventListener('popstate', back);
      document.removeEventListener('click', click);
    };
  }, [go]);
  return { path, go };
}

/** Who it is: what is kept shows at once, the server has the last word. */
function useKnown() {
  const [known, setKnown] = useState<Known | null>(null);
  const [unknown, setUnknown] = useState<'unreachable' | 'signed-out' | null>(null);
  const ask = useCallback(async (again = false) => {
    setUnknown(null);
    const before = keptOwner();
    if (before) {
      const there = await keptAnswer(before, 'session');
      if (there !== null) setKnown(there.value as Known);
    }
    try {
      const session = await reaching(call(readSession, {}));
      if (session.person === null || session.centre === null || session.hat === null) {
        if (again) return; // in the middle of a report: the courier says so, and the text stays on the screen
        setKnown(null);
        return setUnknown('signed-out');
      }
      const owner = ownerOf(session.person.id, session.centre.id);
      const found = { owner, session, deviceDay: deviceDay(session) };
      await keepFor(owner);
      await keepAnswer(owner, 'session', found);
      setKnown(found);
    } catch {
      setUnknown('unreachable');
    }
  }, []);
  useEffect(() => {
    const online = () => void ask(true);
    ask();
    window.addEventListener('online', online);
    return () => window.removeEventListener('online', online);
  }, [ask]);
  return { known, unknown, ask };
}

/** Nobody is signed in: at once to the sign-in, but for reports that wait here, of which it is said first. */
function SignedOut() {
  const w = useWords(phoneWords);
  const [waiting, setWaiting] = useState(0);
  useEffect(() => {
    returnTo(location.pathname);
    countUnsent().then(
      (count) => (count === 0 ? location.replace('/sign-in') : setWaiting(count)),
      () => location.replace('/sign-in'),
    );
  }, []);
  if (waiting === 0) return <PhonePage title={w.signInTitle}>{null}</PhonePage>;
  return (
    <Nothing title={w.signInTitle} text={w.signInWaiting(waiting)}>
      <a className="button first big" href="/sign-in">
        {w.signIn}
      </a>
    </Nothing>
  );
}

function Pages({ name }: { name: string }) {
  const { path, go } = usePath();
  const owner = useOwner();
  const roles = useWords(contactsWords).roles as Record<string, string>;
  useEffect(() => startCourier(owner), [owner]);
  const [, , kind, id] = path.split('/');
  // A report without a meeting gets a number of its own when it is begun.
  const made = useMemo(() => (kind === 'reports' && id === 'new' ? v4() : null), [kind, id]);
  useEffect(() => {
    if (made === null) return;
    history.replaceState(history.state, '', `/phone/reports/${made}`);
  }, [made]);
  if (kind === 'visits' && id) return <BriefPage key={id} meeting={id} roles={roles} />;
  if (kind === 'reports' && id) return <ReportPage key={made ?? id} draft={made ?? id} made={made !== null} roles={roles} go={go} />;
  return <PhoneTodayPage name={name} onLeave={leave} />;
}

function Phone() {
  const w = useWords(phoneWords);
  const shared = useWords(uiWords);
  const s = useWords(signInWords);
  const { known, unknown, ask } = useKnown();
  const acting = useMemo(() => {
    if (known === null) return null;
    const { session } = known;
    return {
      personId: session.person?.id ?? '',
      schoolId: session.hat?.schoolId ?? null,
      roles: session.hat?.roles ?? [],
      zone: zoneOf(session),
      today: dayFrom({ today: session.today, deviceDay: known.deviceDay }, deviceDay(session)),
    };
  }, [known]);
  return (
    <>
      <a className="skip" href="#main">
        {shared.skip}
      </a>
      {known?.session.demonstration && (
        <section className="strip" aria-label="Demonstration">
          {s.demoStrip}
        </section>
      )}
      {known !== null && acting !== null ? (
        acting.roles.includes('consultant') ? (
          <OwnerContext value={known.owner}>
            <ActingContext value={acting}>
              <Pages key={known.owner} name={known.session.person?.name ?? ''} />
            </ActingContext>
          </OwnerContext>
        ) : (
          <Nothing title={w.notConsultantTitle} text={w.notConsultant}>
            <a className="button" href="/">
              {w.whole}
            </a>
          </Nothing>
        )
      ) : unknown === 'signed-out' ? (
        <SignedOut />
      ) : unknown === 'unreachable' ? (
        <Nothing title={w.unreachableTitle} text={w.unreachable}>
          <button type="button" className="button" onClick={() => ask()}>
            {w.tryAgain}
          </button>
        </Nothing>
      ) : (
        <main className="phone" id="main" role="status" aria-label={w.loading} />
      )}
    </>
  );
}

/** All that this entry can be refused with. */
const problemWords = words<Record<string, string>>(
  { ...platformProblemWords.da, ...visitsProblems.da, ...tasksProblems.da },
  { ...platformProblemWords.en, ...visitsProblems.en, ...tasksProblems.en },
);

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <LanguageProvider>
      <ProblemWordsContext value={problemWords}>
        <Phone />
      </ProblemWordsContext>
    </LanguageProvider>
  </StrictMode>,
);

// Only over https and on the own machine do browsers have workers; elsewhere the page needs coverage to be opened, and still loses nothing.
if (import.meta.env.PROD) navigator.serviceWorker?.register('/phone-worker.js', { scope: '/phone' }).catch(() => undefined);
