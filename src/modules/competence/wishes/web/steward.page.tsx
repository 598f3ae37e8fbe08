import { useCallback, useEffect, useRef, useState } from 'react';
import { v4 } from 'uuid';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { longDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { addPaper, openStewardPage, shareWishes, takeBackPaper } from '../contract.ts';
import type { AnswerCode } from '../rules.ts';
import { wishPublicWords } from '../words.ts';
import { Counts } from './counts.tsx';
import { Ticks } from './ticks.tsx';

type Opened = OutputOf<typeof openStewardPage>;

/** The steward's own page (row 2.14), behind the link of a mail: reach colleagues, type in paper, see the counts once, share them or not. */
export function WishStewardPage() {
  const w = useWords(wishPublicWords);
  const problemText = useProblemText();
  const [token] = useState(() => location.hash.slice(1));
  const [it, setIt] = useState<Opened | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const whole = /^[a-z2-7]{32}$/.test(token);
  const read = useCallback(() => call(openStewardPage, { body: { token } }).then(setIt, setRefusal), [token]);
  useEffect(() => {
    document.title = `${w.stewardTitle} – Vejnet`;
  }, [w]);
  useEffect(() => {
    if (whole) void read();
  }, [whole, read]);
  const gone = refusal instanceof Refusal && refusal.problem.code === 'wishes_gone';
  return (
    <main className="plain easy" id="main">
      <h1>{gone ? w.goneTitle : w.stewardTitle}</h1>
      {!whole && <p>{w.stewardNoLink}</p>}
      {gone && <p role="alert">{w.goneText}</p>}
      {!gone && refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      {whole && refusal === null && it === null && <p role="status">{w.loading}</p>}
      {it !== null && !gone && <Shown token={token} it={it} onChanged={read} />}
    </main>
  );
}

function Shown({ token, it, onChanged }: { token: string; it: Opened; onChanged(): Promise<unknown> }) {
  const w = useWords(wishPublicWords);
  const { language } = useLanguage();
  const [copied, setCopied] = useState(false);
  return (
    <>
      <p>{w.stewardLead(it.company)}</p>
      <p>{w.days(longDay(language, it.firstDay), longDay(language, it.lastDay))}</p>
      {(it.state === 'ahead' || it.state === 'open') && (
        <section aria-labelledby="how">
          <h2 id="how">{w.howTitle}</h2>
          <p>{w.how}</p>
          <p className="where">{it.link}</p>
          <p>
            {w.code}: <b className="seat-code">{it.code}</b>
          </p>
          <div className="choices">
            {'clipboard' in navigator && (
              <button
                type="button"
                className="button"
                onClick={() =>
                  navigator.clipboard.writeText(it.link).then(
                    () => setCopied(true),
                    () => setCopied(false),
                  )
                }
              >
                {copied ? w.copied : w.copy}
              </button>
            )}
            <a className="button" href={it.paperLink} target="_blank" rel="noreferrer">
              {w.openPaper}
            </a>
          </div>
          <p>{it.state === 'ahead' ? w.notBegun : w.running}</p>
        </section>
      )}
      {it.state === 'open' && <Papers token={token} it={it} onChanged={onChanged} />}
      {it.state === 'over' && <p className="big">{w.beingCounted}</p>}
      {it.result !== null && (
        <section aria-labelledby="counts">
          <h2 id="counts">{w.countsTitle}</h2>
          <Counts result={it.result} own={it.own} />
        </section>
      )}
      {it.result !== null && it.result.answers !== null && <Share token={token} it={it} onChanged={onChanged} />}
    </>
  );
}

/** Paper after paper with one hand: tick, save, and the ticks are empty again. */
function Papers({ token, it, onChanged }: { token: string; it: Opened; onChanged(): Promise<unknown> }) {
  const w = useWords(wishPublicWords);
  const problemText = useProblemText();
  const [ticked, setTicked] = useState<AnswerCode[]>([]);
  const [sheet, setSheet] = useState(() => v4());
  const [last, setLast] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const run = (work: Promise<unknown>, then: () => void) => {
    setPending(true);
    setRefusal(null);
    work
      .then(async () => {
        then();
        await onChanged();
      }, setRefusal)
      .finally(() => {
        setPending(false);
        heading.current?.focus();
      });
  };
  const save = () =>
    run(call(addPaper, { body: { token, sheet, topics: ticked } }), () => {
      setLast(sheet);
      setSheet(v4());
      setTicked([]);
      setSaid('');
    });
  const takeBack = () =>
    last !== null &&
    run(call(takeBackPaper, { body: { token, sheet: last } }), () => {
      setLast(null);
      setSaid(w.undone);
    });
  return (
    <section aria-labelledby="paper">
      <h2 id="paper" ref={heading} tabIndex={-1}>
        {w.paperEntry}
      </h2>
      <p>{w.paperEntryHelp}</p>
      <p role="status">
        {said} {(it.papers ?? 0) > 0 && w.paperSaved(it.papers ?? 0)}
      </p>
      {refusal !== null && (
        <p className="notice" role="alert">
          {w.notSaved} {problemText(refusal)}
        </p>
      )}
      <Ticks legend={w.topics} topics={it.topics} own={it.own} ticked={ticked} onChange={setTicked} />
      <div className="choices">
        <button type="button" className="button first" disabled={pending} onClick={save}>
          {w.savePaper}
        </button>
        {last !== null && (
          <button type="button" className="button" disabled={pending} onClick={takeBack}>
            {w.undoPaper}
          </button>
        )}
      </div>
    </section>
  );
}

function Share({ token, it, onChanged }: { token: string; it: Opened; onChanged(): Promise<unknown> }) {
  const w = useWords(wishPublicWords);
  const problemText = useProblemText();
  const [refusal, setRefusal] = useState<unknown>(null);
  const [ended, setEnded] = useState(false);
  const share = (on: boolean) => {
    setRefusal(null);
    setEnded(!on);
    call(shareWishes, { body: { token, share: on } }).then(onChanged, setRefusal);
  };
  return (
    <section aria-labelledby="share" className="not-printed">
      <h2 id="share">{w.share}</h2>
      <p>{w.shareHelp}</p>
      {refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      <div role="status">
        {it.shared !== null && (
          <>
            <p>{w.shareThere}</p>
            <p className="where">
              <a href={it.shared}>{it.shared}</a>
            </p>
          </>
        )}
        {it.shared === null && ended && refusal === null && <p>{w.shareEnded}</p>}
      </div>
      <div className="choices">
        <button type="button" className="button" onClick={() => share(it.shared === null)}>
          {it.shared === null ? w.shareMake : w.shareEnd}
        </button>
        <button type="button" className="button" onClick={() => print()}>
          {w.print}
        </button>
      </div>
    </section>
  );
}
