import { useEffect, useState } from 'react';
import { v4 } from 'uuid';
import { call, fetchFile } from '../../../../ui/client.ts';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { OwnForm, OwnSaid, useOwnPart } from '../../../../ui/own-part.tsx';
import { nameParticipants, type OwnCourses, type OwnSeat, printOwnCertificates, readOwnCourses } from '../contract.ts';
import { keptMonths } from '../rules.ts';
import { participantsWords } from '../words.ts';

/** On the company's own page: its seats in classes, and who takes them (row X.5). `names`: whom to suggest. */
export function OwnCoursesSection({ token, names, onNext }: { token: string; names: readonly string[]; onNext(steps: { text: string; at: string }[]): void }) {
  const w = useWords(participantsWords);
  const { language } = useLanguage();
  const part = useOwnPart<OwnCourses, OwnSeat['id']>(token, (key) => call(readOwnCourses, { body: { token: key } }));
  const { page, open, act, choose } = part;
  useEffect(() => {
    const coming = (page?.seats ?? [])
      .filter(({ state, starts }) => (state === 'taken' || state === 'offered') && page !== null && page.today < starts)
      .sort((a, b) => a.starts.localeCompare(b.starts));
    onNext(coming.map(({ state, title, starts }) => ({ text: (state === 'offered' ? w.nextOffer : w.nextCourse)(title, shortDay(language, starts)), at: 'courses' })));
  }, [page, w, language, onNext]);
  if (page === null || page.seats.length === 0) return null;
  const save = (seat: OwnSeat, people: { id: OwnSeat['people'][number]['id'] | null; name: string }[]) =>
    act(call(nameParticipants, { body: { token, seat: seat.id, people } }, { key: v4() }), w.saved);
  return (
    <section aria-labelledby="courses">
      <h2 id="courses">{w.title}</h2>
      <p>{page.leader ? w.lead(keptMonths) : w.leadOthers}</p>
      <OwnSaid part={part} notSaved={w.notSaved} />
      <ul className="contacts">
        {page.seats.map((seat) => {
          const { id, title, people, heads, state, sessions } = seat;
          return (
            <li key={id}>
              <b>{title}</b>
              <span>{w.place(w.days(shortDay(language, seat.starts), shortDay(language, seat.ends)), seat.town, seat.school)}</span>
              <span>{[w.seats(heads), w.states[state]].join(', ')}</span>
              {state === 'taken' && page.today < seat.starts && <span>{w.classStates[seat.classState]}</span>}
              {page.leader && state === 'taken' && open !== id && (
                <>
                  {people.map((person) => (
                    <span key={person.id}>{[person.name, ...(person.attended > 0 ? [w.was(person.attended, sessions)] : [])].join(', ')}</span>
                  ))}
                  {people.length < heads && <span>{people.length === 0 ? w.nobody : w.missing(heads - people.length)}</span>}
                  <span className="buttons">
                    <button type="button" className="button" aria-label={w.writeFor(title)} onClick={() => choose(id)}>
                      {w.write}
                    </button>
                    {people.some(({ attended }) => attended > 0) && (
                      <button
                        type="button"
                        className="button"
                        aria-label={w.certificatesFor(title)}
                        onClick={() => fetchFile(printOwnCertificates, { body: { token, seat: id, language } }).catch(part.refuse)}
                      >
                        {w.certificates}
                      </button>
                    )}
                  </span>
                </>
              )}
              {open === id && <NamesForm seat={seat} names={names} onSave={(list) => save(seat, list)} onClose={() => choose(null)} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type Person = { key: string; id: OwnSeat['people'][number]['id'] | null; name: string };

/** A field for each seat; whoever was at a session stays. */
function NamesForm({ seat, names, onSave, onClose }: { seat: OwnSeat; names: readonly string[]; onSave(people: { id: Person['id']; name: string }[]): Promise<unknown>; onClose(): void }) {
  const w = useWords(participantsWords);
  const [people, setPeople] = useState<Person[]>(() =>
    Array.from({ length: Math.min(seat.heads, 50) }, (_, at) => ({ key: `${seat.id} ${at}`, id: seat.people[at]?.id ?? null, name: seat.people[at]?.name ?? '' })),
  );
  return (
    <OwnForm save={w.save} cancel={w.cancel} onSend={() => onSave(people.filter(({ name }) => name.trim() !== '').map(({ id, name }) => ({ id, name })))} onClose={onClose}>
      {people.map(({ key, name }, at) => (
        <label key={key} htmlFor={key}>
          {w.person(at + 1)}
          <input
            id={key}
            value={name}
            maxLength={100}
            autoComplete="off"
            list={`${seat.id} names`}
            readOnly={(seat.people[at]?.attended ?? 0) > 0}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setPeople((before) => before.map((each, place) => (place === at ? { ...each, name: value } : each)));
            }}
          />
        </label>
      ))}
      <datalist id={`${seat.id} names`}>
        {[...new Set(names)].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </OwnForm>
  );
}
