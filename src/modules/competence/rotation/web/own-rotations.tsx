import { type FormEvent, useEffect, useState } from 'react';
import { v4 } from 'uuid';
import { call, Refusal } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { nameOwnRotation, type OwnRotation, type OwnRotations, readOwnRotations } from '../contract.ts';
import { rotationWords } from '../words.ts';
import { useRotationLines } from './facts.tsx';

/** On the company's own page: its job rotations, and who it is – for the company alone (row 4.26). */
export function OwnRotationsSection({ token }: { token: string }) {
  const w = useWords(rotationWords);
  const lines = useRotationLines();
  const problemText = useProblemText();
  const [page, setPage] = useState<OwnRotations | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [done, setDone] = useState('');
  const [open, setOpen] = useState<OwnRotation['id'] | null>(null);
  useEffect(() => {
    call(readOwnRotations, { body: { token } }).then(setPage, () => undefined);
  }, [token]);
  if (page === null || page.rotations.length === 0) return null;
  const save = (rotation: OwnRotation['id'], people: Record<'trainees' | 'substitutes' | 'trainers', string[]>) => {
    setRefusal(null);
    return call(nameOwnRotation, { body: { token, rotation, ...people } }, { key: v4() }).then((now) => {
      setPage(now);
      setOpen(null);
      setDone(w.own.saved);
    }, setRefusal);
  };
  const of = ({ people }: OwnRotation, part: OwnRotation['people'][number]['part']) => people.filter((each) => each.part === part).map(({ initials }) => initials);
  return (
    <section aria-labelledby="own-rotations">
      <h2 id="own-rotations">{w.title}</h2>
      <p>{page.leader ? w.own.lead : w.own.leadOthers}</p>
      <p role="status">{done}</p>
      {refusal !== null && (
        <p className="notice" role="alert">
          {w.own.notSaved} {refusal instanceof Refusal && refusal.problem.code === 'invalid' ? w.own.tooLong : problemText(refusal)}
        </p>
      )}
      <ul className="contacts">
        {page.rotations.map((rotation) => {
          const named = [
            [w.own.trainees, of(rotation, 'trainee')],
            [w.own.substitutes, of(rotation, 'substitute')],
            [w.own.trainers, of(rotation, 'trainer')],
          ] as const;
          return (
            <li key={rotation.id}>
              <b>{rotation.what}</b>
              {[w.states[rotation.state], ...lines.who(rotation), ...lines.when(rotation), ...named.flatMap(([label, who]) => (who.length === 0 ? [] : [`${label}: ${who.join(', ')}`]))].map(
                (line) => (
                  <span key={line}>{line}</span>
                ),
              )}
              {page.leader && open !== rotation.id && (
                <button
                  type="button"
                  className="button"
                  aria-label={w.own.writeFor(rotation.what)}
                  onClick={() => {
                    setDone('');
                    setRefusal(null);
                    setOpen(rotation.id);
                  }}
                >
                  {w.own.write}
                </button>
              )}
              {open === rotation.id && <InitialsForm named={named} onSave={(people) => save(rotation.id, people)} onClose={() => setOpen(null)} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function InitialsForm({
  named,
  onSave,
  onClose,
}: {
  named: readonly (readonly [string, string[]])[];
  onSave(people: Record<'trainees' | 'substitutes' | 'trainers', string[]>): Promise<unknown>;
  onClose(): void;
}) {
  const w = useWords(rotationWords);
  const [texts, setTexts] = useState(() => named.map(([, who]) => who.join(', ')));
  const [pending, setPending] = useState(false);
  const list = (at: number) =>
    (texts[at] ?? '')
      .split(/[,\n;]/)
      .map((each) => each.trim())
      .filter((each) => each !== '');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    onSave({ trainees: list(0), substitutes: list(1), trainers: list(2) }).finally(() => setPending(false));
  };
  return (
    <div className="panel">
      <form onSubmit={send} noValidate>
        <p id="initials-help">{w.own.comma}</p>
        {named.map(([label], at) => (
          <label key={label} htmlFor={`initials-${at}`}>
            {label}
            <input
              id={`initials-${at}`}
              value={texts[at]}
              autoComplete="off"
              aria-describedby="initials-help"
              onChange={(event) => {
                const { value } = event.currentTarget;
                setTexts((before) => before.map((each, place) => (place === at ? value : each)));
              }}
            />
          </label>
        ))}
        <p className="buttons">
          <button type="submit" className="button first">
            {w.own.save}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {w.own.cancel}
          </button>
        </p>
      </form>
    </div>
  );
}
