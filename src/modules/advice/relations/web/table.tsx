import { type ReactNode, useId, useState } from 'react';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { type RelationView, relationRows, relationScale, relationSides } from '../contract.ts';
import { farApart } from '../rules.ts';
import { relationsWords } from '../words.ts';
import classes from './relation.module.css';

type Side = RelationView['side'];
export type Shown = Pick<RelationView, 'side' | 'at' | 'scores' | 'placed'>;
export type Scores = (number | null)[];
export const noScores: Scores = Array.from({ length: relationRows }, () => null);

function Mark({ side }: { side: Side }) {
  const w = useWords(relationsWords);
  return (
    <span aria-hidden="true" className={classes[side]}>
      {w.marks[side]}
    </span>
  );
}

/** How both sides see the relation, row by row, side by side; an earlier day of either can be chosen (row 4.10). For pages with and without the component library. */
export function RelationFigure({ views, zone }: { views: readonly Shown[]; zone: string }) {
  const w = useWords(relationsWords);
  const { language } = useLanguage();
  const id = useId();
  const [chosen, setChosen] = useState<Partial<Record<Side, string>>>({});
  const of = (side: Side) => views.filter((view) => view.side === side);
  const shown = (side: Side) => of(side).find(({ at }) => at === chosen[side]) ?? of(side)[0];
  const [centre, company] = [shown('centre'), shown('company')];
  const apart = new Set(farApart(centre?.scores, company?.scores));
  const said = ({ at, placed }: Shown) => `${shortDay(language, dayOf(zone, at))}: ${w.placed(placed, relationRows)}`;
  return (
    <div>
      <div className={classes.when}>
        {relationSides.map((side) => {
          const mine = of(side);
          const [only] = mine;
          return mine.length > 1 ? (
            <label key={side} htmlFor={`${id}-${side}`}>
              <Mark side={side} /> {w.sides[side]}
              <select id={`${id}-${side}`} value={shown(side)?.at} onChange={(event) => setChosen({ ...chosen, [side]: event.currentTarget.value })}>
                {mine.map((view) => (
                  <option key={view.at} value={view.at}>
                    {said(view)}
                  </option>
                ))}
              </select>
            </label>
          ) : (
            <p key={side}>
              <Mark side={side} /> {only === undefined ? w.nobodyYet(w.sides[side]) : `${w.sides[side]}, ${said(only)}`}
            </p>
          );
        })}
      </div>
      {centre !== undefined && company !== undefined && (
        <p role="status" className={classes.said}>
          {w.apartCount(apart.size)}
        </p>
      )}
      <table className={classes.figure}>
        <caption>{w.figure}</caption>
        <thead>
          <tr>
            <th scope="col">{w.poles[0]}</th>
            <th scope="col" className={classes.middle}>
              <span className={classes.legend}>
                {relationSides.map((side) => (
                  <span key={side}>
                    <Mark side={side} /> {w.sides[side]}
                  </span>
                ))}
              </span>
            </th>
            <th scope="col">{w.poles[1]}</th>
          </tr>
        </thead>
        <tbody>
          {w.rows.map(([left, right], row) => {
            const placed = { centre: centre?.scores[row] ?? null, company: company?.scores[row] ?? null };
            return (
              <tr key={`${left} ${right}`}>
                <th scope="row">{left}</th>
                <td>
                  <span className={classes.hidden}>{relationSides.map((side) => `${w.sides[side]}: ${placed[side] === null ? w.notPlaced : w.scale[placed[side] - 1]}. `).join('')}</span>
                  <span className={classes.track} aria-hidden="true">
                    {relationScale.map((value) => (
                      <span key={value} className={classes.slot}>
                        {relationSides
                          .filter((side) => placed[side] === value)
                          .map((side) => (
                            <Mark key={side} side={side} />
                          ))}
                      </span>
                    ))}
                  </span>
                  {apart.has(row) && <span className={classes.apart}>{w.apart}</span>}
                </td>
                <td>{right}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Seventeen rows of five marks; a row may be left out. */
export function RelationFields({ scores, onChange, children }: { scores: Scores; onChange(scores: Scores): void; children: ReactNode }) {
  const w = useWords(relationsWords);
  const id = useId();
  const set = (row: number, value: number | null) => onChange(scores.map((each, at) => (at === row ? value : each)));
  return (
    <div className={classes.place}>
      <p>{w.partly}</p>
      {w.rows.map(([left, right], row) => (
        <fieldset key={`${left} ${right}`}>
          <legend className={classes.hidden}>{w.row(left, right)}</legend>
          <div className={classes.ends} aria-hidden="true">
            <span>{left}</span>
            <span>{right}</span>
          </div>
          <div className={classes.choices}>
            {relationScale.map((value) => (
              <label key={value}>
                <input type="radio" name={`${id}-${row}`} checked={scores[row] === value} onChange={() => set(row, value)} />
                <span className={classes.hidden}>{w.scale[value - 1]}</span>
              </label>
            ))}
          </div>
          {scores[row] !== null && (
            <button type="button" className={classes.remove} aria-label={w.removeOf(w.row(left, right))} onClick={() => set(row, null)}>
              {w.remove}
            </button>
          )}
        </fieldset>
      ))}
      <p role="status">{w.placed(scores.filter((each) => each !== null).length, relationRows)}</p>
      {children}
    </div>
  );
}
