import { Group, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import classes from './job-progress.module.css';

interface Props {
  /** What is being done. */
  label: string;
  /** "268 of 412" */
  figures?: string | undefined;
  /** Left out while nobody knows how much there is. */
  share?: number | undefined;
  note: string;
}

/** A long job: how far it is, and that it can be left. */
export function JobProgress({ label, figures, share, note }: Props) {
  const id = useId();
  const percent = share === undefined ? undefined : Math.round(Math.min(Math.max(share, 0), 1) * 100);
  return (
    <Stack gap={6} maw={560}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500} id={id}>
          {label}
        </Text>
        {figures !== undefined && (
          <Text size="sm" c="var(--vn-ink-2)">
            {figures}
          </Text>
        )}
      </Group>
      <div role="progressbar" aria-labelledby={id} aria-valuemin={0} aria-valuemax={100} {...(percent === undefined ? {} : { 'aria-valuenow': percent })} className={classes.bar}>
        {percent === undefined ? <div className={classes.open} /> : <div className={classes.fill} style={{ width: `${percent}%` }} />}
      </div>
      <Text size="sm" c="dimmed">
        {note}
      </Text>
    </Stack>
  );
}
