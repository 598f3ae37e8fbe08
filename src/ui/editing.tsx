import { Button, Stack, type StackProps, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { focusTitle } from './layout/page.tsx';

/**
 * A page that is read until somebody opens its form: `true`, or the row of its list that is edited. Closing it says what was done, if anything was, and the reader starts
 * at the page's name again.
 */
export function useEditing<Row = never>() {
  const [editing, setEditing] = useState<Row | boolean>(false);
  const [done, setDone] = useState<string | null>(null);
  const close = (said: string | null) => {
    setEditing(false);
    setDone(said);
    focusTitle();
  };
  /** The button that opens the form: only for whoever may, and not while it is open. */
  const opener = (may: boolean, label: string, adds = false) =>
    may && editing === false ? (
      <Button variant="filled" leftSection={adds ? <IconPlus size={20} stroke={1.75} /> : undefined} onClick={() => setEditing(true)}>
        {label}
      </Button>
    ) : undefined;
  return { editing, setEditing, done, say: setDone, close, opener };
}

/** The form of such a page, above what is listed. */
export const FormOnTop = ({ id, title, children, ...rest }: StackProps & { id: string; title: string; children: ReactNode }) => (
  <Stack gap="md" {...rest} component="section" aria-labelledby={id}>
    <Title order={2} id={id}>
      {title}
    </Title>
    {children}
  </Stack>
);
