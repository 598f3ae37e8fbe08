import { Alert, Box, Button, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Refusal } from '../client.ts';
import { useWords } from '../language.tsx';
import { useProblemText } from '../problem-words.tsx';
import { uiWords } from '../words.ts';
import classes from './states.module.css';

/** Nothing for 200 ms, then grey lines of about the final height. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const w = useWords(uiWords);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status">
      <VisuallyHidden>{w.loading}</VisuallyHidden>
      {late && (
        <Stack gap="sm" aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
            <Skeleton key={index} height={16} width={`${90 - ((index * 17) % 45)}%`} radius="sm" />
          ))}
        </Stack>
      )}
    </div>
  );
}

/** What will be here, and how to start. */
export function Empty({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  return (
    <Box className={classes.empty}>
      <span className={classes.road} aria-hidden="true" />
      <Title order={2} size="h3">
        {title}
      </Title>
      {text !== undefined && <Text className={classes.text}>{text}</Text>}
      {action}
    </Box>
  );
}

/** The role has no access here: no secret, and nothing went wrong. */
export function NoAccess() {
  const w = useWords(uiWords);
  return (
    <Alert color="gray" icon={<IconLock size={20} stroke={1.75} />} title={w.noAccessTitle}>
      {w.noAccessText}
    </Alert>
  );
}

/** What happened, what was kept, what to do; the code in small print for whoever helps. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const w = useWords(uiWords);
  const text = useProblemText()(error);
  const refusal = error instanceof Refusal ? error.problem : null;
  if (refusal?.code === 'forbidden') return <NoAccess />;
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} stroke={1.75} />}>
      <Stack gap="xs" align="flex-start">
        <Text>{text}</Text>
        {onRetry !== undefined && (
          <Button onClick={onRetry} size="xs">
            {w.tryAgain}
          </Button>
        )}
        <Text size="xs">
          {w.code}: {refusal?.code ?? 'internal'}
        </Text>
      </Stack>
    </Alert>
  );
}
