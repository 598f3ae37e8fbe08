import { useEffect, useState } from 'react';
import type { OutputOf, SentTo } from '../../../../kit/endpoint.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { capital, dayOf, longDay, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { answerSeatLink, openSeatLink } from '../contract.ts';
import { seatsWords } from '../words.ts';

type Said = SentTo<typeof answerSeatLink>['body'] extends infer B ? (B extends { token: string } ? Omit<B, 'token'> : never) : never;

/** What the link in a mail about a seat opens: yes or no to an offer, give back, or another class (row 4.05). */
export function ClassSeatPage() {
  const words = useWords(seatsWords);
  const w = words.public;
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [token] = useState(() => location.hash.slice(1));
  const [it, setIt] = useState<OutputOf<typeof openSeatLink> | null>(null);
  const [because, setBecause] = useState('');
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const whole = /^[a-z2-7]{32}$/.test(token);
  useEffect(() => {
    document.title = `${w.title} – Vejnet`;
  }, [w]);
  useEffect(() => {
    if (whole) call(openSeatLink, { body: { token } }).then(setIt, setRefusal);
  }, [token, whole]);
  const answer = (said: Said) => {
    setPending(true);
    setRefusal(null);
    call(answerSeatLink, { body: { token, ...said } as SentTo<typeof answerSeatLink>['body'] })
      .then(setIt, setRefusal)
      .finally(() => setPending(false));
  };
  const gone = refusal instanceof Refusal && refusal.problem.code === 'seat_link_gone';
  return (
    <main className="plain" id="main">
      <h1>{gone ? w.goneTitle : (it?.class.title ?? w.title)}</h1>
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
            <b>{w.states[it.state]}</b> {[it.company, words.participants(it.heads), ...(it.position === null ? [] : [words.position(it.position)])].join(' · ')}
          </p>
          <Facts it={it} />
          {it.class.state === 'cancelled' && it.because !== null && <p className="notice">{it.because}</p>}
          {it.state === 'taken' && it.class.state !== 'cancelled' && <p>{it.class.state === 'confirmed' ? w.sure : w.notSure}</p>}
          {it.state === 'offered' && it.offeredUntil !== null && (
            <section className="panel" aria-label={w.title}>
              <p>{w.answerBefore(`${longDay(language, dayOf(it.zone, it.offeredUntil))} ${timeOf(language, it.zone, it.offeredUntil)}`)}</p>
              <p className="answers">
                <button type="button" className="button first" disabled={pending} onClick={() => answer({ what: 'accept' })}>
                  {w.accept}
                </button>
                <button type="button" className="button" disabled={pending} onClick={() => answer({ what: 'decline' })}>
                  {w.decline}
                </button>
              </p>
            </section>
          )}
          {(it.state === 'taken' || it.state === 'waiting') && !it.class.begun && (
            <form
              className="panel"
              aria-label={w.withdraw}
              onSubmit={(event) => {
                event.preventDefault();
                answer({ what: 'withdraw', because });
              }}
            >
              {it.state === 'taken' && it.binding !== null && it.binding < dayOf(it.zone, new Date().toISOString()) && <p className="notice">{w.late(shortDay(language, it.binding))}</p>}
              <label htmlFor="because">
                {w.because}
                <input id="because" required maxLength={300} autoComplete="off" value={because} onChange={(change) => setBecause(change.currentTarget.value)} />
              </label>
              <p className="answers">
                <button type="submit" className="button" disabled={pending}>
                  {w.withdraw}
                </button>
              </p>
            </form>
          )}
          {it.state === 'cancelled' && (
            <section aria-labelledby="others">
              <h2 id="others">{w.others}</h2>
              {it.alternatives.length === 0 && <p>{w.noOthers}</p>}
              {it.alternatives.map(({ id, school, starts, town, km, free }) => (
                <div className="panel" key={id}>
                  <p>
                    <b>{capital(longDay(language, starts))}</b>
                    <br />
                    {[school, town, ...(km === null ? [] : [words.km(km)]), words.free(free)].filter((part) => part !== '').join(' · ')}
                  </p>
                  <p className="answers">
                    <button type="button" className="button" disabled={pending} onClick={() => answer({ what: 'move', to: id })}>
                      {free >= it.heads ? w.choose(it.heads) : w.wait}
                    </button>
                  </p>
                </div>
              ))}
            </section>
          )}
        </>
      )}
    </main>
  );
}

function Facts({ it }: { it: OutputOf<typeof openSeatLink> }) {
  const w = useWords(seatsWords).public;
  const { language } = useLanguage();
  const { starts, ends, place, town, school } = it.class;
  const facts = [
    [w.when, starts === ends ? capital(longDay(language, starts)) : `${shortDay(language, starts)} – ${shortDay(language, ends)}`],
    [w.where, [place, town].filter((part) => part !== '').join(', ')],
    [w.school, school],
  ].filter(([, value]) => value !== '');
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
