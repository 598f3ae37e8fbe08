import { type FormEvent, useEffect, useRef, useState } from 'react';
import { call, Refusal } from '../../../../ui/client.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { type OpenEvent, readOpenEvent, signUpForEvent } from '../contract.ts';
import { eventsWords } from '../words.ts';
import { EventFacts } from './facts.tsx';

const shape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One event, and signing up for it without signing in (row 2.41). */
export function OpenEventPage() {
  const w = useWords(eventsWords);
  const problemText = useProblemText();
  const [id] = useState(() => location.hash.slice(1));
  const [event, setEvent] = useState<OpenEvent | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const whole = shape.test(id);
  useEffect(() => {
    document.title = `${event?.title ?? w.public.title} – Vejnet`;
  }, [w, event]);
  useEffect(() => {
    if (whole) call(readOpenEvent, { params: { event: id } }).then(setEvent, setRefusal);
  }, [id, whole]);
  const gone = !whole || (refusal instanceof Refusal && refusal.problem.status === 404);
  if (gone)
    return (
      <main className="plain" id="main">
        <h1>{w.public.goneTitle}</h1>
        <p role="alert">{w.public.goneText}</p>
        <p>
          <a href="/open-events">{w.public.toList}</a>
        </p>
      </main>
    );
  if (event === null)
    return (
      <main className="plain" id="main">
        <h1>{w.public.title}</h1>
        {refusal === null ? <p role="status">{w.public.loading}</p> : <p role="alert">{problemText(refusal)}</p>}
      </main>
    );
  return <Shown event={event} />;
}

const empty = { companyName: '', cvr: '', person: '', role: '', email: '', count: '1', website: '' };

function Shown({ event }: { event: OpenEvent }) {
  const all = useWords(eventsWords);
  const w = all.public;
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [values, setValues] = useState(empty);
  const [place, setPlace] = useState<'signed_up' | 'waiting' | null>(null);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const write = (name: keyof typeof empty) => ({
    id: `event-${name}`,
    name,
    value: values[name],
    onChange: (change: { currentTarget: { value: string } }) => {
      const { value } = change.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  const send = (submit: FormEvent) => {
    submit.preventDefault();
    if (pending) return;
    setPending(true);
    setRefusal(null);
    call(signUpForEvent, { params: { event: event.id }, body: { ...values, cvr: values.cvr.trim() === '' ? null : values.cvr, count: Number(values.count) || 0, language } })
      .then((answer) => setPlace(answer.place), setRefusal)
      .finally(() => {
        setPending(false);
        heading.current?.focus();
      });
  };
  const invalid = refusal instanceof Refusal && refusal.problem.code === 'invalid';
  return (
    <main className="plain" id="main">
      <h1 ref={heading} tabIndex={-1}>
        {place === null ? event.title : w.thanks}
      </h1>
      <p>{place === null ? all.kinds[event.kind] : place === 'signed_up' ? w.signedUp : w.waiting}</p>
      {place !== null && <p>{event.title}</p>}
      {place === null && event.text !== '' && <p className="letter-text">{event.text}</p>}
      {/* Once somebody signed up, the number that was read before is not true any more. */}
      <EventFacts event={place === null ? event : { ...event, left: null }} />
      {event.state === 'cancelled' && <p className="notice">{w.cancelled(event.cancelledBecause ?? '')}</p>}
      {event.state === 'over' && <p className="notice">{w.over}</p>}
      {refusal !== null && (
        <p className="notice" role="alert">
          {w.notSent} {invalid ? w.required : problemText(refusal)}
        </p>
      )}
      {place === null && event.state === 'open' && (
        <section className="panel" aria-labelledby="sign-up">
          <h2 id="sign-up">{w.signUp}</h2>
          {(event.left === 0 || event.waiting) && <p>{w.full}</p>}
          <form onSubmit={send} noValidate>
            <label htmlFor="event-companyName">
              {w.company}
              <input {...write('companyName')} maxLength={200} autoComplete="organization" />
            </label>
            <label htmlFor="event-cvr">
              {w.cvr}
              <input {...write('cvr')} inputMode="numeric" maxLength={12} />
            </label>
            <label htmlFor="event-person">
              {w.person}
              <input {...write('person')} maxLength={200} autoComplete="name" />
            </label>
            <label htmlFor="event-role">
              {w.role}
              <input {...write('role')} maxLength={100} autoComplete="organization-title" />
            </label>
            <label htmlFor="event-email">
              {w.email}
              <input {...write('email')} type="email" maxLength={320} autoComplete="email" />
            </label>
            <label htmlFor="event-count">
              {w.count}
              <input {...write('count')} type="number" min={1} max={50} inputMode="numeric" />
            </label>
            <div hidden>
              <label htmlFor="event-website">
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
      <p>
        <a href="/open-events">{w.toList}</a>
      </p>
    </main>
  );
}
