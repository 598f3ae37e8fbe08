import { capital, dayOf, longDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import type { OpenEvent } from '../contract.ts';
import { eventsWords } from '../words.ts';

/** When, where, for whom, and how many seats are left. */
export function EventFacts({ event }: { event: OpenEvent }) {
  const w = useWords(eventsWords).public;
  const { language } = useLanguage();
  const { zone, starts, ends } = event;
  const facts: [string, string][] = [
    [w.when, w.at(capital(longDay(language, dayOf(zone, starts))), timeOf(language, zone, starts), timeOf(language, zone, ends))],
    [w.where, event.place],
    [w.host, event.host ?? event.centre],
    [w.forWhom, event.forWhom],
  ];
  return (
    <>
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {event.state === 'open' && event.left !== null && <p className="tally">{w.left(event.left)}</p>}
    </>
  );
}
