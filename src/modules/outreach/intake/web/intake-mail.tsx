import { useEffect, useState } from 'react';
import { call, Refusal } from '../../../../ui/client.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { downloadIntakeMail, type IntakeMailShown, readIntakeMail } from '../contract.ts';
import { intakeWords } from '../words.ts';

type Company = IntakeMailShown['suggestions']['companies'][number];

/** The mail that a draft was made of, and the companies it may be about; nothing for a draft that was written by hand. Plain elements: the phone's pages have no component library. */
export function IntakeMail({ draft, onChoose }: { draft: string; onChoose(company: Pick<Company, 'id' | 'name' | 'town'>, meeting: Company['meeting']): void }) {
  const w = useWords(intakeWords);
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [mail, setMail] = useState<IntakeMailShown | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const asked = new AbortController();
    setMail(null);
    setError(null);
    call(readIntakeMail, { params: { draft } }, { signal: asked.signal }).then(setMail, (refusal: unknown) => {
      if (!asked.signal.aborted && !(refusal instanceof Refusal && refusal.problem.code === 'not_found')) setError(refusal);
    });
    return () => asked.abort();
  }, [draft]);
  if (error !== null)
    return (
      <p className="notice" role="alert">
        {problemText(error)}
      </p>
    );
  if (mail === null) return null;
  const { companies } = mail.suggestions;
  return (
    <section className="read" aria-labelledby="intake-mail">
      <h2 id="intake-mail">{w.mail}</h2>
      <p>
        <b>{mail.subject || w.noSubject}</b>
        <br />
        {w.from(mail.from, dayAndTime(language, Intl.DateTimeFormat().resolvedOptions().timeZone, mail.receivedAt))}
      </p>
      {companies.length > 0 && (
        <>
          <p>{w.companies}</p>
          <ul className="people">
            {companies.map(({ id, name, town, why, meeting }) => (
              <li key={id}>
                <button type="button" aria-label={w.choose(name)} onClick={() => onChoose({ id, name, town }, meeting)}>
                  <span>
                    <b>{[name, town].filter(Boolean).join(', ')}</b>
                    <span>{w.why[why]}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {mail.refused.length > 0 && (
        <div className="notice">
          <p>{w.refusedFiles}</p>
          <ul>
            {mail.refused.map(({ name, why }) => (
              <li key={`${name} ${why}`}>
                {name} ({w.refused[why]})
              </li>
            ))}
          </ul>
        </div>
      )}
      <details>
        <summary>{w.text}</summary>
        <p className="letter">{mail.text || (mail.original ? '–' : w.forgotten)}</p>
      </details>
      {mail.original && <a href={downloadIntakeMail.path.replace('{draft}', draft)}>{w.original}</a>}
    </section>
  );
}
