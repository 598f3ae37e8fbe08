import { useEffect, useState } from 'react';
import { v4 } from 'uuid';
import { call, Refusal } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { type OwnRelation, placeOwnRelation, readOwnRelation } from '../contract.ts';
import { relationsWords } from '../words.ts';
import { noScores, RelationFields, RelationFigure } from './table.tsx';

/** On the company's own page: the company places the relation itself, and sees both sides (row 4.10). Nothing where there is no partnership. */
export function OwnRelationSection({ token }: { token: string }) {
  const w = useWords(relationsWords);
  const [all, setAll] = useState<OwnRelation[]>([]);
  useEffect(() => {
    // A page that is gone says so itself, above.
    call(readOwnRelation, { body: { token } }).then(setAll, () => undefined);
  }, [token]);
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="own-relation">
      <h2 id="own-relation">{w.own.title}</h2>
      <p>{w.own.lead}</p>
      {all.map((each) => (
        <One key={each.partnership} token={token} relation={each} onPlaced={setAll} />
      ))}
      <p>
        <small>{w.source}</small>
      </p>
    </section>
  );
}

function One({ token, relation, onPlaced }: { token: string; relation: OwnRelation; onPlaced(all: OwnRelation[]): void }) {
  const w = useWords(relationsWords);
  const problemText = useProblemText();
  const [scores, setScores] = useState<typeof noScores | null>(null);
  const [done, setDone] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const save = () =>
    call(placeOwnRelation, { body: { token, partnership: relation.partnership, scores: scores ?? noScores } }, { key: v4() }).then((now) => {
      onPlaced(now);
      setScores(null);
      setRefusal(null);
      setDone(true);
    }, setRefusal);
  const open = () => {
    setDone(false);
    setScores(noScores);
  };
  return (
    <>
      <p role="status">{done ? w.saved : ''}</p>
      {scores === null ? (
        <>
          <p>
            <button type="button" className="button" onClick={open}>
              {relation.views.some(({ side }) => side === 'company') ? w.placeAgain : w.place}
            </button>
          </p>
          {relation.views.length > 0 && (
            <details>
              <summary style={{ minHeight: 44, display: 'list-item', paddingBlock: 10, cursor: 'pointer' }}>{w.own.seeRows}</summary>
              <RelationFigure views={relation.views} zone={relation.zone} />
            </details>
          )}
        </>
      ) : (
        <RelationFields scores={scores} onChange={setScores}>
          {refusal !== null && (
            <p className="notice" role="alert">
              {w.notSaved}. {refusal instanceof Refusal && refusal.problem.code === 'invalid' ? w.atLeastOne : problemText(refusal)}
            </p>
          )}
          <p>
            <button type="button" className="button first" onClick={save}>
              {w.save}
            </button>{' '}
            <button
              type="button"
              className="button"
              onClick={() => {
                setScores(null);
                setRefusal(null);
              }}
            >
              {w.cancel}
            </button>
          </p>
        </RelationFields>
      )}
    </>
  );
}
