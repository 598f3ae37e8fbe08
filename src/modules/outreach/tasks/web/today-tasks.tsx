import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listTasks } from '../contract.ts';
import { tasksWords } from '../words.ts';

/** On a consultant's Today: what is due first; nothing while there is none. */
export function OwnTasks() {
  const w = useWords(tasksWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const tasks = useRead(listTasks, { query: { whose: 'mine' } }).data ?? [];
  if (tasks.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="own-tasks" maw={720}>
      <Title order={2} id="own-tasks">
        {w.todayTitle}
      </Title>
      <Ruled>
        {tasks.slice(0, 5).map(({ id, what, due, company, state }) => (
          <Rule key={id}>
            <div>
              <Text fw={500}>{what}</Text>
              <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink>
              <Text size="sm" c="dimmed">
                {[due < today ? w.late(shortDay(language, due)) : w.by(shortDay(language, due)), state === 'open' ? w.states.open : null].filter((part) => part !== null).join(' · ')}
              </Text>
            </div>
          </Rule>
        ))}
      </Ruled>
      <NameLink to="/tasks">{w.todayAll}</NameLink>
    </Stack>
  );
}

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
