import { Button, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Endpoint } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { finishTask, listTasks, type TaskShown } from '../contract.ts';
import { tasksWords } from '../words.ts';

/** Who does what by when. @param onChanged what else shows tasks and is asked for again after one is done */
export function TaskList({ tasks, onChanged }: { tasks: readonly TaskShown[]; onChanged: readonly Endpoint[] }) {
  const w = useWords(tasksWords);
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const finish = (task: TaskShown, done: boolean) =>
    call(finishTask, { params: { task: task.id }, body: { done } }, { version: task.version }).then(
      () => {
        setError(null);
        return refresh(queries, listTasks, ...onChanged);
      },
      (refused: unknown) => {
        setError(refused);
        return refresh(queries, listTasks, ...onChanged);
      },
    );
  return (
    <Stack gap="xs" component="section" aria-labelledby="tasks">
      <Title order={2} id="tasks">
        {w.title}
      </Title>
      {error !== null && <ErrorNotice error={error} />}
      <Ruled>
        {tasks.map((task) => (
          <Rule
            key={task.id}
            action={
              task.can.finish && (
                <Button
                  size="xs"
                  variant={task.doneAt === null ? 'default' : 'subtle'}
                  aria-label={task.doneAt === null ? w.finishOf(task.what) : undefined}
                  onClick={() => finish(task, task.doneAt === null)}
                >
                  {task.doneAt === null ? w.finish : w.reopen}
                </Button>
              )
            }
          >
            <Text fw={500} style={{ overflowWrap: 'anywhere' }} {...(task.doneAt === null ? {} : { td: 'line-through' })}>
              {task.what}
            </Text>
            <OwnerAndDay task={task} />
          </Rule>
        ))}
      </Ruled>
    </Stack>
  );
}

function OwnerAndDay({ task }: { task: TaskShown }) {
  const w = useWords(tasksWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const owner = task.owner === null ? w.company : [task.owner.name, task.owner.school].filter(Boolean).join(', ');
  const day = shortDay(language, task.due);
  return (
    <Text size="sm" c="dimmed">
      {owner} · {task.doneAt !== null ? w.done : task.due < today ? w.late(day) : w.by(day)}
    </Text>
  );
}
