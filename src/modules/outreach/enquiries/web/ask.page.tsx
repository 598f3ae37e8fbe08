import { type FormEvent, useEffect, useRef, useState } from 'react';
import { v4 } from 'uuid';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { askCentre, listOpenCentres } from '../contract.ts';
import { enquiriesWords } from '../words.ts';

const empty = { companyName: '', cvr: '', personName: '', phone: '', email: '', said: '', website: '' };

/** A company asks, without signing in (row 2.35). `?center=key` chooses the centre beforehand. */
export function AskPage() {
  const all = useWords(enquiriesWords);
  const w = all.public;
  const problemText = useProblemText();
  const [centres, setCentres] = useState<OutputOf<typeof listOpenCentres>>([]);
  const [centre, setCentre] = useState(() => new URLSearchParams(location.search).get('center') ?? '');
  const [values, setValues] = useState(empty);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [sent, setSent] = useState(false);
  const [pending, setPending] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${w.title} – Vejnet`;
  }, [w]);
  useEffect(() => {
    call(listOpenCentres, {}).then((found) => {
      setCentres(found);
      setCentre((chosen) => (found.some(({ key }) => key === chosen) ? chosen : (found[0]?.key ?? '')));
    }, setRefusal);
  }, []);
  const write = (name: keyof typeof empty) => ({
    id: `ask-${name}`,
    name,
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setRefusal(null);
    call(askCentre, { params: { centre }, body: values }, { key: v4() })
      .then(() => {
        setSent(true);
        setValues(empty);
      }, setRefusal)
      .finally(() => {
        setPending(false);
        heading.current?.focus();
      });
  };
  const invalid = refusal instanceof Refusal && refusal.problem.code === 'invalid';
  return (
    <main className="plain" id="main">
      <h1 ref={heading} tabIndex={-1}>
        {sent ? w.thanks : w.title}
      </h1>
      <p>{sent ? w.thanksText : w.lead}</p>
      {refusal !== null && (
        <p className="notice" role="alert">
          {w.notSent} {invalid ? w.required : problemText(refusal)}
        </p>
      )}
      {sent ? (
        <p>
          <button type="button" className="button" onClick={() => setSent(false)}>
            {w.again}
          </button>
        </p>
      ) : (
        <section className="panel">
          <form onSubmit={send} noValidate>
            {centres.length > 1 && (
              <label htmlFor="ask-centre">
                {w.centre}
                <select id="ask-centre" value={centre} onChange={(event) => setCentre(event.currentTarget.value)}>
                  {centres.map(({ key, name }) => (
                    <option key={key} value={key}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <label htmlFor="ask-companyName">
              {w.company}
              <input {...write('companyName')} maxLength={200} autoComplete="organization" />
            </label>
            <label htmlFor="ask-cvr">
              {all.cvr}
              <input {...write('cvr')} inputMode="numeric" maxLength={8} />
            </label>
            <label htmlFor="ask-personName">
              {w.person}
              <input {...write('personName')} maxLength={200} autoComplete="name" />
            </label>
            <label htmlFor="ask-phone">
              {all.phone}
              <input {...write('phone')} type="tel" maxLength={30} autoComplete="tel" />
            </label>
            <label htmlFor="ask-email">
              {all.email}
              <input {...write('email')} type="email" maxLength={320} autoComplete="email" />
            </label>
            <label htmlFor="ask-said">
              {w.said}
              <textarea {...write('said')} rows={5} maxLength={4000} />
            </label>
            <div hidden>
              <label htmlFor="ask-website">
                Website
                <input {...write('website')} tabIndex={-1} autoComplete="off" />
              </label>
            </div>
            <button type="submit" className="button first" disabled={pending}>
              {w.send}
            </button>
            <p>{w.privacy}</p>
          </form>
        </section>
      )}
    </main>
  );
}
