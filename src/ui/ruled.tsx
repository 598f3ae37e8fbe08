import type { ReactNode } from 'react';
import classes from './ruled.module.css';

/** Things below each other, kept apart by hairlines; each with its own small buttons at the right. */
export const Ruled = ({ children }: { children: ReactNode }) => <ul className={classes.list}>{children}</ul>;

export const Rule = ({ action, children }: { action?: ReactNode; children: ReactNode }) => (
  <li>
    <div className={classes.body}>{children}</div>
    {action}
  </li>
);
