import { type FormEvent, useEffect, useRef, useState } from 'react';
import { v4 } from 'uuid';
import { call, Refusal } from '../../../../ui/client.ts';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { type AdviserPageShown, handOver, openAdviserPage } from '../contract.ts';
import { advisersWords } from '../words.ts';

/** A neutral adviser's own page (row 2.30), behind the link of a mail: hands companies over and sees how far they are. Nobody signs in here. */
export function AdviserPage() {
  const w = useWords(advisersWords).page;
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [token] = useState(() => location.hash.slice(1));
  const [page, setPage] = useState<AdviserPageShown | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const whole = /^[\w-]{43}$/.test(token);
  useEffect(() => {
    document.title = `${w.title} – Vejnet`;
  }, [w]);
  useEffect(() => {
    if (whole) call(openAdviserPage, { body: { token } }).then(setPage, setRefusal);
  }, [whole, token]);
  const gone = refusal instanceof Refusal && refusal.problem.code === 'not_found';
  if (!whole || gone || page === null)
    return (
      <main className="plain" id="main">
        <h1>{gone ? w.gone : w.title}</h1>
        {!whole || gone ? (
          <p role="alert">{gone ? w.goneText : w.noLink}</p>
        ) : refusal === null ? (
          <p role="status">{w.loading}</p>
        ) : (
          <p className="notice" role="alert">
            {problemText(refusal)}
          </p>
        )}
      </main>
    );
  return (
    <main className="plain" id="main">
      <h1>{w.title}</h1>
      <p>{w.lead(page.name, page.organisation, page.centre)}</p>
      <HandOver token={token} onDone={setPage} />
      <section aria-labelledby="own">
        <h2 id="own">{w.own}</h2>
        {page.handovers.length === 0 && <p>{w.ownNone}</p>}
        <ul className="contacts" style={{ marginTop: 12 }}>
          {page.handovers.map(({ id, at, companyName, town, state, with: who, joined }) => (
            <li key={id} style={{ overflowWrap: 'anywhere' }}>
              <b>{[companyName, town].filter(Boolean).join(', ')}</b>
              <span>
                {w.states[state]}. {who !== null && w.with(who)} {joined && w.joined}
              </span>
              <span>{w.onDay(shortDay(language, dayOf(page.zone, at)))}</span>
            </li>
          ))}
        </ul>
      </section>
      <p>{w.until(shortDay(language, dayOf(page.zone, page.until)))}</p>
    </main>
  );
}

const empty = { cvr: '', companyName: '', town: '', personName: '', phone: '', email: '', said: '', promised: '' };
type Field = keyof typeof empty;

function HandOver({ token, onDone }: { token: string; onDone(page: AdviserPageShown): void }) {
  const w = useWords(advisersWords).page;
  const problemText = useProblemText();
  const [values, setValues] = useState(empty);
  const [agreed, setAgreed] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [sent, setSent] = useState(false);
  const [pending, setPending] = useState(false);
  const key = useRef(v4());
  const said = useRef<HTMLDivElement>(null);
  const named = new Set(refusal instanceof Refusal ? (refusal.problem.fields ?? []).map(({ path }) => path) : []);
  const wrong = (Object.keys(w.wrong) as (keyof typeof w.wrong)[]).filter((path) => named.has(path));
  const write = (name: Field) => ({
    id: `hand-${name}`,
    name,
    value: values[name],
    'aria-invalid': named.has(name),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
      setSent(false);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setRefusal(null);
    setSent(false);
    call(handOver, { body: { token, ...values, agreed: agreed as true } }, { key: key.current })
      .then(
        (page) => {
          onDone(page);
          setValues(empty);
          setAgreed(false);
          setSent(true);
          key.current = v4();
        },
        (error: unknown) => {
          // An answer that was lost on the way is asked for again under the same key; what was refused is sent anew.
          if (!(error instanceof Refusal) || error.problem.status !== 0) key.current = v4();
          setRefusal(error);
        },
      )
      .finally(() => {
        setPending(false);
        said.current?.focus();
      });
  };
  return (
    <section className="panel" style={{ marginTop: 24 }}>
      <div ref={said} tabIndex={-1}>
        {sent && (
          <p className="notice good" role="status">
            <b>{w.sent}</b> {w.sentText}
          </p>
        )}
        {refusal !== null && (
          <div className="notice" role="alert">
            <p>{wrong.length > 0 ? w.notSent : `${w.notSent} ${problemText(refusal)}`}</p>
            <ul>
              {wrong.map((path) => (
                <li key={path}>
                  <a
                    style={{ display: 'inline-block', paddingBlock: 10 }}
                    href={`#hand-${path}`}
                    onClick={(event) => {
                      event.preventDefault();
                      document.getElementById(`hand-${path}`)?.focus();
                    }}
                  >
                    {w.wrong[path]}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <form onSubmit={send} noValidate>
        <h2>{w.which}</h2>
        <label htmlFor="hand-cvr">
          {w.cvr}
          <input {...write('cvr')} inputMode="numeric" maxLength={20} aria-describedby="hand-cvr-help" autoComplete="off" />
        </label>
        <p id="hand-cvr-help">{w.cvrHelp}</p>
        <label htmlFor="hand-companyName">
          {w.companyName}
          <input {...write('companyName')} maxLength={200} autoComplete="off" />
        </label>
        <label htmlFor="hand-town">
          {w.town}
          <input {...write('town')} maxLength={100} autoComplete="off" />
        </label>
        <h2>{w.who}</h2>
        <label htmlFor="hand-personName">
          {w.personName}
          <input {...write('personName')} maxLength={200} autoComplete="off" />
        </label>
        <label htmlFor="hand-phone">
          {w.phone}
          <input {...write('phone')} type="tel" maxLength={30} aria-describedby="hand-way" autoComplete="off" />
        </label>
        <label htmlFor="hand-email">
          {w.email}
          <input {...write('email')} type="email" maxLength={320} aria-describedby="hand-way" autoComplete="off" />
        </label>
        <p id="hand-way">{w.oneWay}</p>
        <label htmlFor="hand-said">
          {w.said}
          <textarea {...write('said')} rows={5} />
        </label>
        <label htmlFor="hand-promised">
          {w.promised}
          <textarea {...write('promised')} rows={3} />
        </label>
        <label htmlFor="hand-agreed" className="tick">
          <input id="hand-agreed" type="checkbox" checked={agreed} aria-invalid={named.has('agreed')} onChange={(event) => setAgreed(event.currentTarget.checked)} />
          {w.agreed}
        </label>
        <button type="submit" className="button first" disabled={pending}>
          {w.send}
        </button>
      </form>
    </section>
  );
}
