import { Button } from '@mantine/core';
import { useState } from 'react';
import { focusTitle } from './layout/page.tsx';

/** A page that is read until somebody opens its form. Closing it says what was done, if anything was, and the reader starts at the page's name again. */
export function useEditing() {
  const [editing, setEditing] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const close = (said: string | null) => {
    setEditing(false);
    setDone(said);
    focusTitle();
  };
  /** The button that opens the form: only for whoever may, and not while it is open. */
  const opener = (may: boolean, label: string) =>
    may && !editing ? (
      <Button variant="filled" onClick={() => setEditing(true)}>
        {label}
      </Button>
    ) : undefined;
  return { editing, setEditing, done, close, opener };
}
