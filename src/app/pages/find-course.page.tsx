import { type FormEvent, useEffect, useState } from 'react';
import type { OutputOf } from '../../kit/endpoint.ts';
import { type OpenCourse, searchOpenCourses } from '../../modules/catalogue/courses/contract.ts';
import { useCourseFacts, useCourseWords, useLength } from '../../modules/catalogue/courses/web/public.tsx';
import { listOpenCentres } from '../../modules/outreach/enquiries/contract.ts';
import { call } from '../../ui/client.ts';
import { dial, phoneNumber } from '../../ui/figures.ts';
import { longDay } from '../../ui/format.ts';
import { useLanguage } from '../../ui/language.tsx';
import { useProblemText } from '../../ui/problem-words.tsx';

/** A leader or an employee tells a problem in plain words and gets a few courses, and whom to call (rows 4.01 and 4.16). `?center=key` chooses the centre beforehand. */
export function FindCoursePage() {
  const all = useCourseWords();
  const w = all.public;
  const facts = useCourseFacts();
  const length = useLength();
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [centres, setCentres] = useState<OutputOf<typeof listOpenCentres>>([]);
  const [centre, setCentre] = useState(() => new URLSearchParams(location.search).get('center') ?? '');
  const [q, setQ] = useState(() => new URLSearchParams(location.search).get('q') ?? '');
  const [found, setFound] = useState<OpenCourse[] | null>(null);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  useEffect(() => {
    document.title = `${w.title} – Vejnet`;
  }, [w]);
  useEffect(() => {
    call(listOpenCentres, {}).then((known) => {
      setCentres(known);
      setCentre((chosen) => (known.some(({ key }) => key === chosen) ? chosen : (known[0]?.key ?? '')));
    }, setRefusal);
  }, []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending || q.trim().length < 2) return;
    setPending(true);
    setRefusal(null);
    call(searchOpenCourses, { query: { centre, q: q.trim() } })
      .then(setFound, setRefusal)
      .finally(() => setPending(false));
  };
  return (
    <main className="plain" id="main">
      <h1>{w.title}</h1>
      <p>{w.lead}</p>
      <search className="panel">
        <form onSubmit={send} noValidate>
          {centres.length > 1 && (
            <label htmlFor="find-centre">
              {w.centre}
              <select id="find-centre" value={centre} onChange={(event) => setCentre(event.currentTarget.value)}>
                {centres.map(({ key, name }) => (
                  <option key={key} value={key}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label htmlFor="find-q">
            {all.search}
            <input id="find-q" type="search" value={q} onChange={(event) => setQ(event.currentTarget.value)} maxLength={200} autoComplete="off" aria-describedby="find-help" />
          </label>
          <p id="find-help" className="small">
            {all.searchHelp}
          </p>
          <button type="submit" className="button">
            {all.searchGo}
          </button>
        </form>
      </search>
      {refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      <p role="status">{pending ? w.searching : found === null ? '' : found.length === 0 ? w.none : all.hits(found.length)}</p>
      {found?.map((course) => (
        <section key={`${course.kind} ${course.code} ${course.title}`} className="panel">
          <h2>{course.title}</h2>
          <p>{[facts(course), length(course)].filter((each) => each !== '').join(' · ')}</p>
          {course.goal !== '' && <p>{course.goal}</p>}
          <h3>{w.next}</h3>
          {course.classes.length === 0 ? (
            <p>{w.noClass}</p>
          ) : (
            <ul>
              {course.classes.map(({ starts, town, school }) => (
                <li key={`${starts} ${town} ${school}`}>{w.at(longDay(language, starts), town, school)}</li>
              ))}
            </ul>
          )}
          <h3>{all.whoToCall}</h3>
          <ul>
            {course.schools.map(({ name, contact }) => (
              <li key={name}>
                {[name, contact.name].filter((each) => each !== '').join(', ')} {contact.phone !== '' && <a href={dial(contact.phone)}>{phoneNumber(contact.phone)}</a>}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {found !== null && (
        <p>
          <a href={`/ask?center=${encodeURIComponent(centre)}`}>{w.ask}</a>
        </p>
      )}
    </main>
  );
}
