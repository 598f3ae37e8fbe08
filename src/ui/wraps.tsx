import type { ReactNode } from 'react';

/** A text of others that may be one endless word: it breaks rather than push its column wide, but never below `least`. */
export const Wraps = ({ least, lang, children }: { least: string; lang?: 'da'; children: ReactNode }) => (
  <span lang={lang} style={{ display: 'inline-block', minWidth: least, maxWidth: '100%', overflowWrap: 'anywhere', hyphens: lang === undefined ? undefined : 'auto' }}>
    {children}
  </span>
);
