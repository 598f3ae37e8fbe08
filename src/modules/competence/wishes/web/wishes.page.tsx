import { useCallback, useEffect, useState } from 'react';
import { v4 } from 'uuid';
import { codePattern, readCode } from '../../../../kit/code.ts';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { CodeForm, Question } from '../../../../ui/easy.tsx';
import { longDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { openWishes, sendWishes } from '../contract.ts';
import { type AnswerCode, codeLength } from '../rules.ts';
import { wishPublicWords } from '../words.ts';
import { Ticks } from './ticks.tsx';

type Asked = OutputOf<typeof openWishes>;
const shape = codePattern(codeLength);
const codeHere = () => location.hash.slice(1);

/** What the code in the address opens. */
export function useAsked() {
  const [code, setCode] = useState(codeHere);
  const [asked, setAsked] = useState<{ code: string; it: Asked } | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const whole = shape.test(readCode(code));
  useEffect(() => {
    // The way past the menu (#main) stands in the same place, and is no code.
    const changed = () => shape.test(readCode(codeHere())) && setCode(codeHere());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  const ask = useCallback(() => {
    setRefusal(null);
    if (whole) call(openWishes, { body: { code } }).then((it) => setAsked({ code, it }), setRefusal);
  }, [code, whole]);
  useEffect(ask, [ask]);
  const gone = refusal instanceof Refusal && refusal.problem.code === 'wishes_gone';
  return { code, whole, asked: asked?.code === code ? asked.it : null, refusal, gone };
}

/** A colleague says what to learn (row 2.14): one page, one press, no name. Nothing of it stays on the phone. */
export function WishesPage() {
  const w = useWords(wishPublicWords);
  const problemText = useProblemText();
  const { language } = useLanguage();
  const { code, whole, asked, refusal, gone } = useAsked();
  if (!whole || gone) {
    return (
      <Question title={gone ? w.goneTitle : w.codeTitle} first>
        {gone && <p role="alert">{w.goneText}</p>}
        <CodeForm label={w.code} help={w.codeHelp} button={w.goOn} shape={shape} wrong={w.codeWrong} onCode={(typed) => (location.hash = typed)} />
      </Question>
    );
  }
  if (asked === null || asked.state === 'ahead') {
    return (
      <Question title={w.title} first>
        {refusal === null && asked === null && <p role="status">{w.loading}</p>}
        {refusal !== null && (
          <p className="notice" role="alert">
            {problemText(refusal)}
          </p>
        )}
        {asked !== null && <p className="big">{w.ahead(longDay(language, asked.firstDay))}</p>}
      </Question>
    );
  }
  if (asked.state !== 'open') {
    return (
      <Question title={w.title} first>
        <p className="big">{w.over}</p>
      </Question>
    );
  }
  return <Answer key={code} code={code} asked={asked} />;
}

function Answer({ code, asked }: { code: string; asked: Asked }) {
  const w = useWords(wishPublicWords);
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [ticked, setTicked] = useState<AnswerCode[]>([]);
  // Drawn by lot for this answer alone: sent again after a lost connection, it is counted once.
  const [sheet] = useState(() => v4());
  const [sent, setSent] = useState(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const send = () => {
    setPending(true);
    setRefusal(null);
    call(sendWishes, { body: { code, sheet, topics: ticked } })
      .then(() => setSent(true), setRefusal)
      .finally(() => setPending(false));
  };
  if (sent) {
    return (
      <Question title={w.thanks}>
        <p className="big">{w.thanksText(asked.steward)}</p>
      </Question>
    );
  }
  const tooMany = refusal instanceof Refusal && refusal.problem.code === 'too_many_requests';
  return (
    <Question title={w.title} first>
      <p className="big">{w.for(asked.company)}</p>
      <p>{w.noName}</p>
      <p>{w.tick}</p>
      <Ticks legend={w.topics} topics={asked.topics} own={asked.own} ticked={ticked} onChange={setTicked} />
      <p>
        {w.until(longDay(language, asked.lastDay))} {w.once}
      </p>
      {refusal !== null && (
        <p className="notice" role="alert">
          {w.notSent} {tooMany ? w.tooMany : problemText(refusal)}
        </p>
      )}
      <div className="choices">
        <button type="button" className="button first" disabled={pending} onClick={send}>
          {ticked.length === 0 ? w.sendNothing : w.send}
        </button>
      </div>
    </Question>
  );
}
