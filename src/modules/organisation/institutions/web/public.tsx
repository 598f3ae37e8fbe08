import { useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { enter } from '../../../../ui/return-to.ts';
import { beginAtProvider, finishAtProvider, listOpenProviders } from '../contract.ts';
import { institutionsWords } from '../words.ts';

type Open = OutputOf<typeof listOpenProviders>;

/** The institutions' logins, where there are any. For the plain pages; that they cannot be listed keeps nobody from the other ways. */
export function InstitutionButtons({ onRefusal }: { onRefusal(error: unknown): void }) {
  const w = useWords(institutionsWords);
  const { language } = useLanguage();
  const [open, setOpen] = useState<Open>([]);
  const [going, setGoing] = useState<string | null>(null);
  useEffect(() => {
    call(listOpenProviders, {}).then(setOpen, () => undefined);
  }, []);
  if (open.length === 0) return null;
  const several = new Set(open.map(({ centre }) => centre)).size > 1;
  const go = (provider: Open[number]['id']) => {
    if (going !== null) return;
    setGoing(provider);
    onRefusal(null);
    call(beginAtProvider, { params: { provider }, body: {} }).then(
      ({ address }) => location.assign(address),
      (error: unknown) => {
        setGoing(null);
        onRefusal(error);
        window.scrollTo({ top: 0 });
      },
    );
  };
  return (
    <section className="panel" aria-labelledby="by-institution">
      <h2 id="by-institution">{w.institutionTitle}</h2>
      <ul className="other-way">
        {open.map(({ id, label, centre }) => (
          <li key={id}>
            <button type="button" className="button" aria-busy={going === id} onClick={() => go(id)}>
              {w.use(label[language])}
            </button>
            {several && <span>{centre}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where a provider sends people back: what it says is handed on once, and does not stay in the address. */
export function BackPage() {
  const w = useWords(institutionsWords);
  const problemText = useProblemText();
  const [refusal, setRefusal] = useState<unknown>(null);
  const [going, setGoing] = useState(false);
  const begun = useRef(false);
  const provider = location.pathname.slice('/sign-in/back/'.length) as Open[number]['id'];
  const tooWeak = refusal instanceof Refusal && refusal.problem.code === 'login_too_weak' ? { join: refusal.problem.about?.join === true } : null;
  const title = refusal === null ? w.returning : tooWeak !== null ? w.tooWeakTitle : w.failed;
  useEffect(() => {
    document.title = `${title} – Vejnet`;
  }, [title]);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const answer = location.search;
    history.replaceState(null, '', location.pathname);
    call(finishAtProvider, { params: { provider }, body: { answer } }).then(({ done }) => (done === 'joined' ? location.assign('/me') : enter()), setRefusal);
  }, [provider]);
  const again = (body: { join: boolean }) => {
    if (going) return;
    setGoing(true);
    call(beginAtProvider, { params: { provider }, body }).then(
      ({ address }) => location.assign(address),
      (error: unknown) => {
        setGoing(false);
        setRefusal(error);
      },
    );
  };
  return (
    <main className="plain" id="main">
      <h1>{title}</h1>
      {refusal === null ? (
        <p role="status">{w.returningText}</p>
      ) : (
        <>
          <p className="notice" role="alert">
            {problemText(refusal)}
          </p>
          {tooWeak !== null && (
            <>
              <p>{w.tooWeakText}</p>
              <div className="other-way">
                <button type="button" className="button first" aria-busy={going} onClick={() => again(tooWeak)}>
                  {w.again}
                </button>
              </div>
            </>
          )}
          <p>
            <a href="/sign-in">{w.otherWays}</a>
          </p>
        </>
      )}
    </main>
  );
}
