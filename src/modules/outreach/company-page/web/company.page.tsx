import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { call, Refusal } from '../../../../ui/client.ts';
import { dial } from '../../../../ui/figures.ts';
import { dayOf, listed, longDay, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { askFromPage, type CompanyPageShown, mailFromPage, openCompanyPage } from '../contract.ts';
import { companyPageWords } from '../words.ts';

/** What another module adds to what happens next: a sentence, and the id of its section, where more stands. */
export interface NextStep {
  text: string;
  at: string;
}
export interface MoreProps {
  token: string;
  onNext(steps: NextStep[]): void;
}

/** The company's own page (row X.4), behind the link of a mail. Nobody signs in here. `More` is what other modules put between what happens next and what is kept. */
export function CompanyOwnPage({ More }: { More: ComponentType<MoreProps> }) {
  const w = useWords(companyPageWords);
  const [token] = useState(() => location.hash.slice(1));
  const [page, setPage] = useState<CompanyPageShown | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const problemText = useProblemText();
  const whole = /^[\w-]{43}$/.test(token);
  const read = useCallback(() => call(openCompanyPage, { body: { token } }).then(setPage, setRefusal), [token]);
  useEffect(() => {
    document.title = `${w.title} – Vejnet`;
  }, [w]);
  useEffect(() => {
    if (whole) read();
  }, [whole, read]);
  const gone = refusal instanceof Refusal && refusal.problem.code === 'page_gone';
  if (!whole || gone)
    return (
      <main className="plain" id="main">
        <h1>{whole ? w.gone : w.title}</h1>
        <p role="alert">{whole ? w.goneText : w.noLink}</p>
      </main>
    );
  return (
    <main className="plain" id="main">
      <h1>{page?.company ?? w.title}</h1>
      {refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      {page === null && refusal === null && <p role="status">{w.loading}</p>}
      {page !== null && <Shown token={token} page={page} onChanged={read} onRefused={setRefusal} More={More} />}
    </main>
  );
}

function Shown({
  token,
  page,
  onChanged,
  onRefused,
  More,
}: {
  token: string;
  page: CompanyPageShown;
  onChanged(): Promise<unknown>;
  onRefused(refusal: unknown): void;
  More: ComponentType<MoreProps>;
}) {
  const w = useWords(companyPageWords);
  const { language } = useLanguage();
  const { contactPerson: person, kept, zone } = page;
  const [steps, setSteps] = useState<NextStep[]>([]);
  return (
    <>
      <p>{w.with(page.centre)}</p>
      <section aria-labelledby="person">
        <h2 id="person">{w.contactPerson}</h2>
        {person === null ? (
          <p>{w.nobody}</p>
        ) : (
          <ul className="contacts">
            <li>
              <b>{w.of(person.name, person.school)}</b>
              {person.phone !== null && <a href={dial(person.phone)}>{person.phone}</a>}
              <a href={`mailto:${person.email}`}>{person.email}</a>
            </li>
          </ul>
        )}
        <CallMe token={token} asked={page.askedAt !== null} onChanged={onChanged} onRefused={onRefused} />
      </section>
      <section aria-labelledby="next">
        <h2 id="next">{w.next}</h2>
        {page.meetings.length === 0 && page.ours.length === 0 && steps.length === 0 && <p>{w.nothingNext}</p>}
        <ul className="contacts">
          {steps.map(({ text, at }) => (
            <li key={`${at} ${text}`}>
              {/* The address behind the link must stay in the address bar. */}
              <a
                href={`#${at}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(at)?.scrollIntoView();
                }}
              >
                {text}
              </a>
            </li>
          ))}
          {page.meetings.map(({ start, end, place, who }) => (
            <li key={start}>
              <b>{w.meeting(longDay(language, dayOf(zone, start)), timeOf(language, zone, start), timeOf(language, zone, end))}</b>
              <span>{w.meets(listed(language, who), place)}</span>
            </li>
          ))}
        </ul>
        {page.ours.length > 0 && (
          <>
            <h3>{w.ours}</h3>
            <ul className="contacts">
              {page.ours.map(({ what, due }) => (
                <li key={`${due} ${what}`}>
                  <b>{what}</b>
                  <span>{w.by(shortDay(language, due))}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <More token={token} onNext={setSteps} />
      {page.told.length > 0 && (
        <section aria-labelledby="told">
          <h2 id="told">{w.told}</h2>
          <ul className="contacts">
            {page.told.map(({ at, text, by }) => (
              <li key={at}>
                <span style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{text}</span>
                <span>{[shortDay(language, dayOf(zone, at)), by].join(', ')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="read" aria-labelledby="kept">
        <h2 id="kept">{w.kept}</h2>
        <p>{[kept.name, kept.phone, kept.email].filter((part) => part !== null && part !== '').join(', ')}</p>
        <p>{w.keptText(kept.source, shortDay(language, kept.reviewOn))}</p>
        <p>{w.keptWrong}</p>
        <div>
          {page.noMailAt !== null && <p role="status">{w.noMail}</p>}
          <button type="button" className="button" onClick={() => call(mailFromPage, { body: { token, mail: page.noMailAt !== null } }).then(onChanged, onRefused)}>
            {page.noMailAt === null ? w.mailOn : w.mailOff}
          </button>
        </div>
        <p>{w.until(shortDay(language, dayOf(zone, page.until)))}</p>
      </section>
    </>
  );
}

function CallMe({ token, asked, onChanged, onRefused }: { token: string; asked: boolean; onChanged(): Promise<unknown>; onRefused(refusal: unknown): void }) {
  const w = useWords(companyPageWords);
  const [said, setSaid] = useState('');
  const [done, setDone] = useState(false);
  const ask = () =>
    call(askFromPage, { body: { token, said } }).then(() => {
      setDone(true);
      return onChanged();
    }, onRefused);
  return (
    <div className="panel">
      <div role="status">{(done || asked) && <p>{w.called}</p>}</div>
      <label htmlFor="call-about">
        {w.callAbout}
        <input id="call-about" value={said} maxLength={1000} onChange={(event) => setSaid(event.currentTarget.value)} />
      </label>
      <p>
        <button type="button" className="button first" onClick={ask}>
          {w.call}
        </button>
      </p>
    </div>
  );
}
