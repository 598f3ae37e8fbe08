import { useEffect, useState } from 'react';
import { inLanguage } from '../../../../kit/words.ts';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call } from '../../../../ui/client.ts';
import { useLanguage } from '../../../../ui/language.tsx';
import { initials } from '../../../../ui/mark.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { listDemonstrationPeople, signInAsDemonstrationPerson } from '../contract.ts';
import { roleWords, signInWords } from '../words.ts';

type People = OutputOf<typeof listDemonstrationPeople>;

/** The persons of the demonstration, each a button that signs in as them. */
function DemonstrationPeople({ onRefusal }: { onRefusal(error: unknown): void }) {
  const { language } = useLanguage();
  const w = inLanguage(signInWords, language);
  const roles = inLanguage(roleWords, language);
  const [people, setPeople] = useState<People>([]);
  useEffect(() => {
    call(listDemonstrationPeople, {}).then(setPeople, onRefusal);
  }, [onRefusal]);
  const pick = (person: string) => call(signInAsDemonstrationPerson, { body: { person } }).then(() => location.assign('/'), onRefusal);
  return (
    <ul className="people" aria-label={w.who}>
      {people.map((person) => (
        <li key={person.key}>
          <button type="button" aria-label={w.signIn(person.name)} onClick={() => pick(person.key)}>
            <span className="avatar" aria-hidden="true">
              {initials(person.name)}
            </span>
            <span>
              <b>{person.name}</b>
              <span>{[person.roles.map((role) => roles[role]).join(', '), person.place].filter((part) => part !== '').join(' · ')}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function SignInPage({ demonstration }: { demonstration: boolean }) {
  const { language } = useLanguage();
  const w = inLanguage(signInWords, language);
  const problemText = useProblemText();
  const [refusal, setRefusal] = useState<unknown>(null);
  useEffect(() => {
    document.title = `${w.title} – Vejnet`;
  }, [w]);
  return (
    <main className="plain" id="main">
      <h1>{demonstration ? w.demoTitle : w.title}</h1>
      {demonstration && <p>{w.demoLead}</p>}
      {refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      {demonstration && <DemonstrationPeople onRefusal={setRefusal} />}
    </main>
  );
}
