import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { finishTask, listTasks } from '../contract.ts';
import { tasksWords } from '../words.ts';

/** For Today: what one is to do for companies, with a button that says it is done and one that takes it back. */
export function OwnTasks() {
  const w = useWords(tasksWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const queries = useQueryClient();
  const tasks = useRead(listTasks, { query: { whose: 'mine' } }).data ?? [];
  const [done, setDone] = useState<{ id: string; what: string; version: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (tasks.length === 0 && done === null) return null;
  const say = (task: { id: string; what: string; version: number }, finished: boolean) =>
    call(finishTask, { params: { task: task.id }, body: { done: finished } }, { version: task.version }).then(async ({ id, what, version }) => {
      setError(null);
      setDone(finished ? { id, what, version } : null);
      await refresh(queries, listTasks);
    }, setError);
  return (
    <Stack gap="sm" component="section" aria-labelledby="own-tasks" maw={720}>
      <Title order={2} id="own-tasks">
        {w.todayTitle}
      </Title>
      {error !== null && <ErrorNotice error={error} />}
      <Group gap="xs" role="status">
        {done !== null && (
          <>
            <Text size="sm">{w.finished(done.what)}</Text>
            <Button size="xs" variant="subtle" onClick={() => say(done, false)}>
              {w.undo}
            </Button>
          </>
        )}
      </Group>
      <Ruled>
        {tasks.map((task) => (
          <Rule key={task.id}>
            <Group justify="space-between" wrap="nowrap">
              <div>
                <Text fw={500}>{task.what}</Text>
                <Text size="sm" c="dimmed">{`${task.company.name} · ${task.due < today ? w.late(shortDay(language, task.due)) : w.by(shortDay(language, task.due))}`}</Text>
              </div>
              {task.can.finish && (
                <Button size="xs" aria-label={w.finishOf(task.what)} onClick={() => say(task, true)} style={{ flex: 'none' }}>
                  {w.finish}
                </Button>
              )}
            </Group>
          </Rule>
        ))}
      </Ruled>
      <NameLink to="/tasks">{w.todayAll}</NameLink>
    </Stack>
  );
}
