import { type FormEvent, useEffect, useState } from 'react';
import { v4 } from 'uuid';
import { codePattern, readCode } from '../../../../kit/code.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { CodeForm, Question } from '../../../../ui/easy.tsx';
import { listed } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { askPool, openPoolForm, type PoolForm } from '../contract.ts';
import { codeLength } from '../rules.ts';
import { poolWords } from '../words.ts';
import { readAmount } from './amount.tsx';

const shape = codePattern(codeLength);
const codeHere = () => location.hash.slice(1);

/** A colleague asks the pool for a course (row 4.19): four short questions, also on paper. */
export function PoolAskPage() {
  const w = useWords(poolWords).ask;
  const problemText = useProblemText();
  const [code, setCode] = useState(codeHere);
  const [it, setIt] = useState<PoolForm | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const whole = shape.test(readCode(code));
  useEffect(() => {
    const changed = () => shape.test(readCode(codeHere())) && setCode(codeHere());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  useEffect(() => {
    setRefusal(null);
    if (shape.test(readCode(code))) call(openPoolForm, { body: { code } }).then(setIt, setRefusal);
  }, [code]);
  const gone = refusal instanceof Refusal && refusal.problem.code === 'pool_gone';
  if (!whole || gone)
    return (
      <Question title={gone ? w.gone : w.codeTitle} first>
        {gone && <p role="alert">{w.goneText}</p>}
        <CodeForm
          label={w.code}
          help={w.codeHelp}
          button={w.goOn}
          shape={shape}
          wrong={w.codeWrong}
          onCode={(typed) => {
            location.hash = typed;
          }}
        />
      </Question>
    );
  if (it === null || !it.open)
    return (
      <Question title={w.title} first>
        {refusal !== null ? (
          <p className="notice" role="alert">
            {problemText(refusal)}
          </p>
        ) : (
          <p className="big" role="status">
            {it === null ? w.loading : w.closed}
          </p>
        )}
      </Question>
    );
  return <Ask code={code} it={it} />;
}

const empty = { person: '', what: '', why: '', amount: '' };

function Ask({ code, it }: { code: string; it: PoolForm }) {
  const w = useWords(poolWords).ask;
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [values, setValues] = useState(empty);
  // Drawn for this request alone: sent again after a lost connection, it is one request.
  const [request, setRequest] = useState(() => v4());
  const [sent, setSent] = useState(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setRefusal(null);
    call(askPool, { body: { code, request: request as never, person: values.person, what: values.what, why: values.why, amount: readAmount(it.unit, values.amount) } })
      .then(() => setSent(true), setRefusal)
      .finally(() => setPending(false));
  };
  if (sent)
    return (
      <Question title={w.thanks}>
        <p className="big">{w.thanksText}</p>
        <div className="choices">
          <button
            type="button"
            className="button"
            onClick={() => {
              setValues(empty);
              setRequest(v4());
              setSent(false);
            }}
          >
            {w.again}
          </button>
        </div>
      </Question>
    );
  const problem = refusal instanceof Refusal ? refusal.problem.code : '';
  return (
    <Question title={w.title} first>
      <p className="big">{w.for(it.name, it.company)}</p>
      <p>{w.who(listed(language, it.board))}</p>
      <form className="panel" onSubmit={send} noValidate>
        <label htmlFor="pool-person">
          {w.person}
          <input id="pool-person" value={values.person} maxLength={100} autoComplete="off" onChange={(event) => set({ person: event.currentTarget.value })} />
        </label>
        <label htmlFor="pool-what">
          {w.what}
          <input id="pool-what" value={values.what} maxLength={200} autoComplete="off" onChange={(event) => set({ what: event.currentTarget.value })} />
        </label>
        <label htmlFor="pool-amount">
          {w.amount[it.unit]}
          <input id="pool-amount" value={values.amount} maxLength={12} inputMode="decimal" autoComplete="off" onChange={(event) => set({ amount: event.currentTarget.value })} />
        </label>
        <label htmlFor="pool-why">
          {w.why}
          <textarea id="pool-why" value={values.why} maxLength={500} rows={3} onChange={(event) => set({ why: event.currentTarget.value })} />
        </label>
        {refusal !== null && (
          <p className="notice" role="alert">
            {w.notSent} {problem === 'invalid' ? w.fill : problem === 'too_many_requests' ? w.tooMany : problemText(refusal)}
          </p>
        )}
        <div className="choices">
          <button type="submit" className="button first">
            {w.send}
          </button>
          <button type="button" className="button" onClick={() => print()}>
            {w.print}
          </button>
        </div>
      </form>
    </Question>
  );
}
