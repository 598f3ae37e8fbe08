import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listTasks } from '../contract.ts';
import { tasksWords } from '../words.ts';

/** On the coordinator's Today: tasks that nobody has. */
export function UnownedTasks() {
  const w = useWords(tasksWords);
  const count = useRead(listTasks, { query: { whose: 'unowned' } }).data?.length ?? 0;
  if (count === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.unownedTitle(count)}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{w.unownedText}</Text>
        <Button component={Link} to="/tasks?whose=unowned" size="xs">
          {w.see}
        </Button>
      </Group>
    </Alert>
  );
}
