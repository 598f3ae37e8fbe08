import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { inLanguage } from '../../../../kit/words.ts';
import { takeAlsoAt } from '../../../../ui/also-at.ts';
import { call } from '../../../../ui/client.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { initials } from '../../../../ui/mark.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { enter } from '../../../../ui/return-to.ts';
import { InstitutionButtons } from '../../institutions/web/public.tsx';
import { PasskeyButton } from '../../passkeys/web/public.tsx';
import { listDemonstrationPeople, redeemSignIn, requestSignIn, signInAsDemonstrationPerson } from '../contract.ts';
import { roleWords, signInWords } from '../words.ts';

type People = OutputOf<typeof listDemonstrationPeople>;
interface Refusable {
  onRefusal(error: unknown): void;
}
/** The persons of the demonstration, each a button that signs in as them. */
function DemonstrationPeople({ onRefusal }: Refusable) {
  const { language } = useLanguage();
  const w = inLanguage(signInWords, language);
  const roles = inLanguage(roleWords, language);
  const [people, setPeople] = useState<People>([]);
  useEffect(() => {
    call(listDemonstrationPeople, {}).then(setPeople, onRefusal);
  }, [onRefusal]);
  const pick = (person: string) => call(signInAsDemonstrationPerson, { body: { person } }).then(enter, onRefusal);
  return (
    <ul className="people" aria-label={w.who}>
      {people.map((person) => (
        <li key={person.key}>
          <button type="button" onClick={() => pick(person.key)}>
            <span className="avatar" aria-hidden="true">
              {initials(person.name)}
            </span>
            <span>
              <b>{person.name}</b>
              <span>{person.roles.map((role) => roles[role]).join(', ')}</span>
              <span>{person.place}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Two steps on one place: the address, then the code that came by mail. */
function MailSignIn({ onRefusal }: Refusable) {
  const { language } = useLanguage();
  const w = useWords(signInWords);
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const [pending, setPending] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked) codeField.current?.focus();
  }, [asked]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    onRefusal(null);
    const step = asked ? call(redeemSignIn, { body: { email, code } }).then(enter) : call(requestSignIn, { body: { email, language } }).then(() => setAsked(true));
    step.catch(onRefusal).finally(() => setPending(false));
  };
  const again = () => {
    setAsked(false);
    setCode('');
    onRefusal(null);
  };
  return (
    <section className="panel" aria-labelledby="by-mail">
      <h2 id="by-mail">{w.mailTitle}</h2>
      <p role="status">{asked ? w.sent(email) : w.mailLead}</p>
      <form onSubmit={submit}>
        {asked ? (
          <label>
            {w.code}
            <input
              className="code"
              name="code"
              value={code}
              onChange={(event) => setCode(event.target.value)}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={9}
              required
              ref={codeField}
            />
          </label>
        ) : (
          <label>
            {w.mail}
            <input type="email" name="email" value={email} onChange={(event) => setEmail(event.target.value)} autoComplete="email" required />
          </label>
        )}
        <button type="submit" className="button first" aria-busy={pending}>
          {asked ? w.enter : w.send}
        </button>
        {asked && (
          <button type="button" className="quiet" onClick={again}>
            {w.another}
          </button>
        )}
      </form>
    </section>
  );
}

/** A link works once, so opening the page must not use it up: mail programs open links to look at them. */
function LinkSignIn({ link, onRefusal }: Refusable & { link: string }) {
  const w = useWords(signInWords);
  return (
    <section className="panel">
      <h2>{w.linkTitle}</h2>
      <p>{w.linkLead}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          call(redeemSignIn, { body: { link } }).then(enter, onRefusal);
        }}
      >
        <button type="submit" className="button first">
          {w.enter}
        </button>
      </form>
    </section>
  );
}

export function SignInPage({ demonstration }: { demonstration: boolean }) {
  const w = useWords(signInWords);
  const problemText = useProblemText();
  const [refusal, setRefusal] = useState<unknown>(null);
  const { language } = useLanguage();
  const [link] = useState(() => location.hash.slice(1));
  const [alsoAt] = useState(takeAlsoAt);
  useEffect(() => {
    document.title = `${w.title} – Vejnet`;
  }, [w]);
  return (
    <main className="plain" id="main">
      <h1>{demonstration && link === '' ? w.demoTitle : w.title}</h1>
      {demonstration && link === '' && <p>{w.demoLead}</p>}
      {refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      {alsoAt !== null && (
        <section className="panel" aria-labelledby="signed-out">
          <h2 id="signed-out">{w.outTitle}</h2>
          <p role="status">{w.outText(alsoAt.label[language])}</p>
          <div className="other-way">
            <a className="button" href={alsoAt.address}>
              {w.alsoOut(alsoAt.label[language])}
            </a>
          </div>
        </section>
      )}
      {demonstration && link === '' && <DemonstrationPeople onRefusal={setRefusal} />}
      {link === '' ? <MailSignIn onRefusal={setRefusal} /> : <LinkSignIn link={link} onRefusal={setRefusal} />}
      {link === '' && <PasskeyButton onIn={enter} onRefusal={setRefusal} />}
      {link === '' && <InstitutionButtons onRefusal={setRefusal} />}
    </main>
  );
}
