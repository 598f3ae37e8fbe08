import { useWords } from './language.tsx';
import classes from './road.module.css';
import { uiWords } from './words.ts';

interface Props {
  label: string;
  steps: readonly { name: string /** Under the station: when it was, or will be. */; note?: string | undefined }[];
  /** The station we are at; beyond the last one everything is done. */
  current: number;
}

/** The road: where something is. Filled is done, the ring is here, hollow is next, dashed is further on. On a phone the names give way to one sentence. */
export function Road({ label, steps, current }: Props) {
  const w = useWords(uiWords);
  const here = Math.min(current, steps.length - 1);
  const look = (at: number) => (at < current ? classes.done : at === current ? classes.here : at === current + 1 ? classes.next : classes.ahead);
  return (
    <div className={classes.frame}>
      <ol className={classes.road} aria-label={label}>
        {steps.map(({ name, note }, at) => (
          <li key={name} className={look(at)} {...(at === here ? { 'aria-current': 'step' as const } : {})}>
            <span className={classes.name}>{name}</span>
            {note !== undefined && <span className={classes.note}>{note}</span>}
          </li>
        ))}
      </ol>
      <p className={classes.short} aria-hidden="true">
        {w.step(here + 1, steps.length, steps[here]?.name ?? '')}
      </p>
    </div>
  );
}
