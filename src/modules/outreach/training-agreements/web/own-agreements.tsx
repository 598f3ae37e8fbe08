import { useEffect, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { longDay, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { type OwnAgreement, readOwnTrainingAgreements } from '../contract.ts';
import { agreementsWords } from '../words.ts';

/** On the company's own page: what it has agreed (rows 4.21 and X.5). Nothing stands there where it has agreed nothing. */
export function OwnAgreementsSection({ token }: { token: string }) {
  const all = useWords(agreementsWords);
  const w = all.own;
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [own, setOwn] = useState<OwnAgreement[]>([]);
  const [refusal, setRefusal] = useState<unknown>(null);
  useEffect(() => {
    call(readOwnTrainingAgreements, { body: { token } }).then(setOwn, setRefusal);
  }, [token]);
  if (own.length === 0 && refusal === null) return null;
  return (
    <section aria-labelledby="agreed">
      <h2 id="agreed">{w.title}</h2>
      {refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      <ul className="contacts">
        {own.map(({ id, school, agreedOn, state, courses }) => (
          <li key={id}>
            <b>{w.with(school, shortDay(language, agreedOn))}</b>
            {courses.map(({ title, starts, people, seats }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of an agreement have no other name, and stay in their order
              <span key={at}>{[w.course(title, people, seats), ...(starts === null ? [] : [w.starts(longDay(language, starts))])].join(', ')}</span>
            ))}
            <span>{all.states[state]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
