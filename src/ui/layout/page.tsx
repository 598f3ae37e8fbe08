import { Box, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page.module.css';

/** The frame of a page: path, its own name as h1, one sentence on how it stands, and at most one primary action. */
export function Page({ title, lead, path, action, children }: { title: string; lead?: ReactNode; path?: ReactNode; action?: ReactNode; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Vejnet`;
  }, [title]);
  useEffect(() => {
    // After a change of page the reader starts at its name; the very first page keeps the browser's own start.
    if (history.state?.__TSR_index > 0) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Box className={classes.page}>
      {path !== undefined && <Box className={classes.path}>{path}</Box>}
      <Group className={classes.head}>
        <Box className={classes.title}>
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {lead !== undefined && <Text className={classes.lead}>{lead}</Text>}
        </Box>
        {action !== undefined && <Group gap="xs" className={classes.actions}>{action}</Group>}
      </Group>
      {children}
    </Box>
  );
}
