import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** What is known about one thing: label and answer, line by line. */
export function Facts({ facts, narrow = false }: { facts: readonly { label: string; value: ReactNode }[]; narrow?: boolean }) {
  return (
    <dl className={narrow ? `${classes.facts} ${classes.narrow}` : classes.facts}>
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
