import { Alert, Box, Group, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page.module.css';

/** History state for a page that is opened because something was done: it says so on arrival. */
export const saying = (done: string) => ({ done }) as object;

/** After something on the page was closed, the reader starts at its name again. */
export const focusTitle = () => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });

/** The frame of a page: path, its own name as h1, one sentence on how it stands, and at most one primary action. */
export function Page({
  title,
  lead,
  path,
  action,
  done,
  children,
}: {
  title: string;
  lead?: ReactNode;
  path?: ReactNode;
  action?: ReactNode /** What was just done here. */;
  done?: string | null;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const arrived = useLocation({ select: ({ state }) => (state as { done?: string }).done });
  const said = done ?? arrived;
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
        {action !== undefined && (
          <Group gap="xs" className={classes.actions}>
            {action}
          </Group>
        )}
      </Group>
      <div role="status">
        {said !== undefined && (
          <Alert color="green" icon={<IconCheck size={20} stroke={1.75} />} mb="lg" role="none">
            {said}
          </Alert>
        )}
      </div>
      {children}
    </Box>
  );
}
