import { useEffect, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { listOpenEvents, type OpenEvent } from '../contract.ts';
import { eventsWords } from '../words.ts';
import { EventFacts } from './facts.tsx';

/** The events to come, for anybody (row 2.41). */
export function OpenEventsPage() {
  const w = useWords(eventsWords);
  const problemText = useProblemText();
  const [events, setEvents] = useState<OpenEvent[] | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  useEffect(() => {
    document.title = `${w.public.title} – Vejnet`;
  }, [w]);
  useEffect(() => {
    call(listOpenEvents, {}).then(setEvents, setRefusal);
  }, []);
  return (
    <main className="plain" id="main">
      <h1>{w.public.title}</h1>
      <p>{w.public.lead}</p>
      {refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      {events === null && refusal === null && <p role="status">{w.public.loading}</p>}
      {events?.length === 0 && <p>{w.public.none}</p>}
      {events?.map((event) => (
        <section key={event.id} aria-labelledby={event.id}>
          <h2 id={event.id}>{event.title}</h2>
          <p>{w.kinds[event.kind]}</p>
          <EventFacts event={event} />
          <p>
            <a className="button" href={`/event#${event.id}`} aria-describedby={event.id}>
              {w.public.readMore}
            </a>
          </p>
        </section>
      ))}
    </main>
  );
}
