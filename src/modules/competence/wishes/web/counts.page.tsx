import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { longDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { openWishCounts } from '../contract.ts';
import { wishPublicWords } from '../words.ts';
import { Counts } from './counts.tsx';

/** The counts that a steward shares, to read and to print. */
export function WishCountsPage() {
  const w = useWords(wishPublicWords);
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [token] = useState(() => location.hash.slice(1));
  const [it, setIt] = useState<OutputOf<typeof openWishCounts> | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const whole = /^[a-z2-7]{32}$/.test(token);
  useEffect(() => {
    document.title = `${w.countsTitle} – Vejnet`;
  }, [w]);
  useEffect(() => {
    if (whole) call(openWishCounts, { body: { token } }).then(setIt, setRefusal);
  }, [token, whole]);
  const gone = !whole || (refusal instanceof Refusal && refusal.problem.code === 'wishes_gone');
  return (
    <main className="plain easy" id="main">
      <h1>{gone ? w.goneTitle : it === null ? w.countsTitle : w.countsFor(it.company)}</h1>
      {gone && <p role="alert">{w.goneText}</p>}
      {!gone && refusal !== null && <p role="alert">{problemText(refusal)}</p>}
      {!gone && refusal === null && it === null && <p role="status">{w.loading}</p>}
      {it !== null && (
        <>
          <p>{w.countsFrom(it.steward, longDay(language, it.firstDay), longDay(language, it.lastDay))}</p>
          <Counts result={it.result} own={it.own} />
          <div className="choices">
            <button type="button" className="button" onClick={() => print()}>
              {w.print}
            </button>
          </div>
        </>
      )}
    </main>
  );
}
