import { useState } from 'react';
import { v4 } from 'uuid';
import { call } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { OwnForm, OwnSaid, useOwnPart } from '../../../../ui/own-part.tsx';
import { nameOwnRotation, type OwnRotation, type OwnRotations, readOwnRotations } from '../contract.ts';
import { rotationWords } from '../words.ts';
import { useRotationLines } from './facts.tsx';

/** On the company's own page: its job rotations, and who it is – for the company alone (row 4.26). */
export function OwnRotationsSection({ token }: { token: string }) {
  const w = useWords(rotationWords);
  const lines = useRotationLines();
  const part = useOwnPart<OwnRotations, OwnRotation['id']>(token, (key) => call(readOwnRotations, { body: { token: key } }));
  const { page, open, act, choose } = part;
  if (page === null || page.rotations.length === 0) return null;
  const save = (rotation: OwnRotation['id'], people: Record<'trainees' | 'substitutes' | 'trainers', string[]>) =>
    act(call(nameOwnRotation, { body: { token, rotation, ...people } }, { key: v4() }), w.own.saved);
  const of = ({ people }: OwnRotation, part: OwnRotation['people'][number]['part']) => people.filter((each) => each.part === part).map(({ initials }) => initials);
  return (
    <section aria-labelledby="own-rotations">
      <h2 id="own-rotations">{w.title}</h2>
      <p>{page.leader ? w.own.lead : w.own.leadOthers}</p>
      <OwnSaid part={part} notSaved={w.own.notSaved} invalid={w.own.tooLong} />
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
                <button type="button" className="button" aria-label={w.own.writeFor(rotation.what)} onClick={() => choose(rotation.id)}>
                  {w.own.write}
                </button>
              )}
              {open === rotation.id && <InitialsForm named={named} onSave={(people) => save(rotation.id, people)} onClose={() => choose(null)} />}
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
  const list = (at: number) =>
    (texts[at] ?? '')
      .split(/[,\n;]/)
      .map((each) => each.trim())
      .filter((each) => each !== '');
  return (
    <OwnForm save={w.own.save} cancel={w.own.cancel} onSend={() => onSave({ trainees: list(0), substitutes: list(1), trainers: list(2) })} onClose={onClose}>
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
    </OwnForm>
  );
}
