import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { answerEventPlace, openEventPlace } from '../contract.ts';
import { eventsWords } from '../words.ts';
import { EventFacts } from './facts.tsx';

/** What the link of a mail opens: say yes to an invitation, or cancel (row 2.41). */
export function EventPlacePage() {
  const w = useWords(eventsWords).public;
  const problemText = useProblemText();
  const [token] = useState(() => location.hash.slice(1));
  const [it, setIt] = useState<OutputOf<typeof openEventPlace> | null>(null);
  const [count, setCount] = useState('1');
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const whole = /^[a-z2-7]{32}$/.test(token);
  useEffect(() => {
    document.title = `${w.placeTitle} – Vejnet`;
  }, [w]);
  useEffect(() => {
    if (whole)
      call(openEventPlace, { body: { token } }).then((opened) => {
        setIt(opened);
        setCount(String(opened.count));
      }, setRefusal);
  }, [token, whole]);
  const answer = (come: boolean) => {
    setPending(true);
    setRefusal(null);
    call(answerEventPlace, { body: { token, come, count: Number(count) || 1 } })
      .then(setIt, setRefusal)
      .finally(() => setPending(false));
  };
  const gone = refusal instanceof Refusal && refusal.problem.code === 'event_place_gone';
  const comes = it?.place === 'signed_up' || it?.place === 'waiting';
  return (
    <main className="plain" id="main">
      <h1>{gone ? w.goneTitle : (it?.event.title ?? w.placeTitle)}</h1>
      {!whole && <p>{w.noLink}</p>}
      {refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      {whole && it === null && refusal === null && <p role="status">{w.loading}</p>}
      {it !== null && !gone && (
        <>
          <p role="status">
            <b>{w.states[it.place]}</b> {[it.company, it.person, comes ? w.persons(it.count) : ''].filter((part) => part !== '').join(' · ')}
          </p>
          <EventFacts event={comes ? { ...it.event, left: null } : it.event} />
          {it.event.state === 'cancelled' && <p className="notice">{w.cancelled(it.event.cancelledBecause ?? '')}</p>}
          {it.event.state === 'over' && <p className="notice">{w.over}</p>}
          {it.event.state === 'open' && (
            <section className="panel" aria-label={w.placeTitle}>
              {!comes && (
                <label htmlFor="place-count">
                  {w.count}
                  <input id="place-count" type="number" min={1} max={50} inputMode="numeric" value={count} onChange={(change) => setCount(change.currentTarget.value)} />
                </label>
              )}
              <p className="answers">
                {!comes && (
                  <button type="button" className="button first" disabled={pending} onClick={() => answer(true)}>
                    {it.place === 'cancelled' ? w.comeAlone : w.come}
                  </button>
                )}
                {(comes || it.place === 'invited') && (
                  <button type="button" className="button" disabled={pending} onClick={() => answer(false)}>
                    {comes ? w.signOff : w.notCome}
                  </button>
                )}
              </p>
            </section>
          )}
          <p>
            <a href="/open-events">{w.toList}</a>
          </p>
        </>
      )}
    </main>
  );
}
