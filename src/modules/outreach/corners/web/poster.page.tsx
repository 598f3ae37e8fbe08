import { useEffect, useState } from 'react';
import { readCode, writtenCode } from '../../../../kit/code.ts';
import { Refusal } from '../../../../ui/client.ts';
import { capital, longDay, shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { cornerPublicWords } from '../words.ts';
import { useOpened } from './employees.page.tsx';

/** One sheet of paper for the wall: where, when, and the address. */
export function PosterPage() {
  const w = useWords(cornerPublicWords);
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [token] = useState(() => location.hash.slice(1));
  const { opened, refusal, whole } = useOpened(token);
  useEffect(() => {
    document.title = `${w.posterTitle} – Vejnet`;
  }, [w]);
  const gone = !whole || (refusal instanceof Refusal && refusal.problem.code === 'corner_gone');
  if (opened === null || opened.ended) {
    return (
      <main className="plain easy" id="main">
        <h1>{gone ? w.goneTitle : opened?.ended === true ? w.endedTitle : w.posterTitle}</h1>
        {whole && refusal === null && opened === null && <p role="status">{w.loading}</p>}
        {refusal !== null && <p role="alert">{problemText(refusal)}</p>}
      </main>
    );
  }
  const hours = w.hours(shownTime(language, opened.starts), shownTime(language, opened.ends));
  const coming = opened.days.filter(({ cancelled }) => cancelled === null).slice(0, 6);
  return (
    <main className="plain easy poster" id="main">
      <div className="not-printed">
        <p>{w.posterHelp}</p>
        <button type="button" className="button first" onClick={() => print()}>
          {w.posterPrint}
        </button>
      </div>
      <article>
        <h1>{w.posterTitle}</h1>
        <p className="big">{w.about}</p>
        <p className="big">{w.free}</p>
        <dl>
          <div>
            <dt>{w.posterPlace}</dt>
            <dd>{w.at(opened.company, opened.place)}</dd>
          </div>
          <div>
            <dt>{w.posterWhen}</dt>
            <dd>{opened.every === null || opened.weekday === null ? hours : `${w.when(opened.every, w.weekdays[opened.weekday - 1] ?? '')}, ${language === 'da' ? hours.toLowerCase() : hours}`}</dd>
          </div>
          {coming.length > 0 && (
            <div>
              <dt>{w.posterNext}</dt>
              <dd>
                <ul>
                  {coming.map(({ day }) => (
                    <li key={day}>{capital(longDay(language, day))}</li>
                  ))}
                </ul>
              </dd>
            </div>
          )}
          <div>
            <dt>{w.posterHow}</dt>
            <dd>{opened.seatMinutes === null ? w.posterCome : w.posterBook}</dd>
          </div>
          <div>
            <dt>{w.posterAddress}</dt>
            <dd className="where">{`${location.host}/corner`}</dd>
          </div>
          <div>
            <dt>{w.posterCode}</dt>
            <dd className="seat-code">{writtenCode(readCode(token))}</dd>
          </div>
        </dl>
        <p>{opened.centre}</p>
      </article>
    </main>
  );
}
