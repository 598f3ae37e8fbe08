import { useEffect } from 'react';
import { readCode, writtenCode } from '../../../../kit/code.ts';
import { longDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { wishPublicWords } from '../words.ts';
import { useTopicName } from './topic-name.tsx';
import { useAsked } from './wishes.page.tsx';

/** The form on one sheet of A4, for whoever prefers paper. */
export function WishPaperPage() {
  const w = useWords(wishPublicWords);
  const { language } = useLanguage();
  const problemText = useProblemText();
  const { code, whole, asked, refusal, gone } = useAsked();
  const nameOf = useTopicName(asked?.own ?? []);
  useEffect(() => {
    document.title = `${w.paperTitle} – Vejnet`;
  }, [w]);
  if (asked === null) {
    return (
      <main className="plain easy" id="main">
        <h1>{whole && !gone ? w.paperTitle : w.goneTitle}</h1>
        {whole && refusal === null && <p role="status">{w.loading}</p>}
        {(!whole || gone) && <p role="alert">{w.goneText}</p>}
        {refusal !== null && !gone && <p role="alert">{problemText(refusal)}</p>}
      </main>
    );
  }
  return (
    <main className="plain easy poster" id="main">
      <div className="not-printed">
        <p>{w.paperHelp}</p>
        <button type="button" className="button first" onClick={() => print()}>
          {w.print}
        </button>
      </div>
      <article className="sheet">
        <h1>{w.paperTitle}</h1>
        <p className="big">{w.for(asked.company)}</p>
        <p>{w.paperNoName}</p>
        <ul className="boxes">
          {asked.topics.map((topic) => (
            <li key={topic}>{nameOf(topic)}</li>
          ))}
        </ul>
        <p>{w.paperBack(asked.steward, longDay(language, asked.lastDay))}</p>
        {asked.state !== 'over' && asked.state !== 'counted' && (
          <p>
            {w.paperOr} <b className="where">{`${location.host}/wishes`}</b> {w.code}: <b className="where">{writtenCode(readCode(code))}</b>
          </p>
        )}
      </article>
    </main>
  );
}
