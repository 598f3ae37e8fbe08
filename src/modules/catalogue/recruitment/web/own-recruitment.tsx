import { type FormEvent, useEffect, useState } from 'react';
import { v4 } from 'uuid';
import { call, Refusal } from '../../../../ui/client.ts';
import { longDay, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { addOwnRecruitment, type OwnRecruitment, readOwnRecruitment } from '../contract.ts';
import { recruitmentWords } from '../words.ts';

const empty = { trade: '', forWhom: '', people: '', earliest: '', learn: '' };

/** On a jobcentre's own page: what it needs people for, and the runs for it (row 2.31). On any other company's nothing. */
export function OwnRecruitmentSection({ token }: { token: string }) {
  const all = useWords(recruitmentWords);
  const w = all.own;
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [page, setPage] = useState<OwnRecruitment | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [done, setDone] = useState(false);
  const [values, setValues] = useState<typeof empty | null>(null);
  const [pending, setPending] = useState(false);
  useEffect(() => {
    call(readOwnRecruitment, { body: { token } }).then(setPage, () => undefined);
  }, [token]);
  if (page === null || !page.jobcentre) return null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending || values === null) return;
    setPending(true);
    setRefusal(null);
    call(addOwnRecruitment, { body: { token, ...values, people: Number(values.people) } }, { key: v4() })
      .then((now) => {
        setPage(now);
        setValues(null);
        setDone(true);
      }, setRefusal)
      .finally(() => setPending(false));
  };
  const field = (name: keyof typeof empty) => ({
    id: `recruitment-${name}`,
    value: values?.[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => setValues({ ...(values ?? empty), [name]: event.currentTarget.value }),
  });
  return (
    <section aria-labelledby="recruitment">
      <h2 id="recruitment">{w.title}</h2>
      <p>{w.lead}</p>
      <p role="status">{done && w.sent}</p>
      {refusal !== null && (
        <p className="notice" role="alert">
          {refusal instanceof Refusal && refusal.problem.code === 'invalid' ? w.missing : problemText(refusal)}
        </p>
      )}
      {page.needs.length === 0 && values === null && <p>{w.none}</p>}
      <ul className="contacts">
        {page.needs.map(({ id, trade, people, earliest, stopped, runs }) => (
          <li key={id}>
            <b>{trade}</b>
            <span>{`${all.peopleOf(people)} ${all.from(longDay(language, earliest))}`}</span>
            {stopped ? <span>{w.stopped}</span> : runs.length === 0 && <span>{w.open}</span>}
            {runs.map((run) => (
              <span key={run.starts}>
                {[
                  w.run(run.title, shortDay(language, run.starts), shortDay(language, run.ends)),
                  w.at(run.school, run.town),
                  all.classStates[run.state],
                  ...(run.held ? [w.seats(run.used, run.seats)] : []),
                ].join(' · ')}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {values === null ? (
        <p>
          <button
            type="button"
            className="button first"
            onClick={() => {
              setDone(false);
              setValues(empty);
            }}
          >
            {w.add}
          </button>
        </p>
      ) : (
        <div className="panel">
          <form onSubmit={send} noValidate>
            <label htmlFor="recruitment-trade">
              {all.trade}
              <input {...field('trade')} maxLength={200} autoComplete="off" />
            </label>
            <label htmlFor="recruitment-forWhom">
              {all.forWhom}
              <input {...field('forWhom')} maxLength={200} autoComplete="off" />
            </label>
            <label htmlFor="recruitment-people">
              {all.people}
              <input {...field('people')} inputMode="numeric" maxLength={3} autoComplete="off" />
            </label>
            <label htmlFor="recruitment-earliest">
              {all.earliest}
              <input {...field('earliest')} type="date" />
            </label>
            <label htmlFor="recruitment-learn">
              {all.learn}
              <textarea {...field('learn')} maxLength={2000} rows={3} />
            </label>
            <p>
              <button type="submit" className="button first">
                {w.send}
              </button>{' '}
              <button type="button" className="button" onClick={() => setValues(null)}>
                {w.cancel}
              </button>
            </p>
          </form>
        </div>
      )}
    </section>
  );
}
