import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh } from '../../../../ui/read.ts';
import { answerTask, giveTask, listTasks, type TaskListed, wordTask } from '../../tasks/contract.ts';
import { TaskState, useTaskWords } from '../../tasks/web/public.tsx';

import { type MeetingSheet, readConsultantMeeting } from '../contract.ts';
import { consultantMeetingsWords } from '../words.ts';
import classes from './board.module.css';

/** A task on the board: who and when are chosen on the spot and saved at once; a school says yes or no. */
export function BoardTask({ task, people, company = false }: { task: TaskListed; people: MeetingSheet['people']; company?: boolean }) {
  const w = useWords(consultantMeetingsWords);
  const t = useTaskWords();
  const { language } = useLanguage();
  const { personId } = useActing();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [what, setWhat] = useState(task.what);
  const [due, setDue] = useState(task.due);
  const [saved, setSaved] = useState(task);
  const [reason, setReason] = useState<string | null>(null);
  if (saved !== task && (saved.what !== task.what || saved.due !== task.due)) {
    // Somebody else changed it, or the server has answered.
    setSaved(task);
    setWhat(task.what);
    setDue(task.due);
  }
  const act = (done: Promise<unknown>) =>
    done
      .then(
        () => {
          setError(null);
          setReason(null);
        },
        (refused: unknown) => setError(refused),
      )
      .then(() => refresh(queries, readConsultantMeeting, listTasks));
  const options = { version: task.version };
  const word = () => {
    if ((what.trim() === task.what && due === task.due) || what.trim() === '') return;
    void act(call(wordTask, { params: { task: task.id }, body: { what: what.trim(), due } }, options));
  };
  const give = (owner: string) => act(call(giveTask, { params: { task: task.id }, body: { owner: owner === '' ? null : (owner as 'company') } }, options));
  const answer = (accept: boolean, because = '') => act(call(answerTask, { params: { task: task.id }, body: { accept, reason: because } }, options));
  const owner = task.owner === null ? (task.byCompany ? w.companyItself : w.nobody) : [task.owner.name, task.owner.school].filter(Boolean).join(', ');
  const edits = task.can.give && task.doneAt === null;
  const known = task.owner === null || people.some(({ id }) => id === task.owner?.id) ? people : [...people, { ...task.owner, present: false }];
  return (
    <Stack gap="xs">
      {company && (
        <Text size="sm" c="dimmed">
          {task.company.name}
        </Text>
      )}
      {edits ? (
        <div className={classes.task}>
          <TextInput size="md" aria-label={t.what} value={what} maxLength={500} autoComplete="off" onChange={(event) => setWhat(event.currentTarget.value)} onBlur={word} />
          <NativeSelect
            size="md"
            aria-label={w.ownerOf(task.what)}
            value={task.byCompany ? 'company' : (task.owner?.id ?? '')}
            onChange={(event) => give(event.currentTarget.value)}
            data={[
              { value: '', label: w.nobody },
              { value: 'company', label: w.companyItself },
              ...known.map(({ id, name, school }) => ({ value: String(id), label: [name, school].filter(Boolean).join(', ') })),
            ]}
          />
          <DayInput size="md" aria-label={w.dayOf(task.what)} description="" value={due} onChange={setDue} onBlur={word} />
        </div>
      ) : (
        <div>
          <Text fw={500}>{task.what}</Text>
          <Text size="sm" c="dimmed">
            {owner} · {t.by(shortDay(language, task.due))}
          </Text>
        </div>
      )}
      <Group gap="xs">
        <TaskState task={task} />
        {task.reason !== null && <Text size="sm">{t.declinedBecause(task.reason)}</Text>}
        {task.can.take && task.doneAt === null && (
          <Button size="xs" aria-label={t.takeOf(task.what)} onClick={() => give(personId)}>
            {t.take}
          </Button>
        )}
        {task.can.answer && task.state === 'open' && (
          <Button size="xs" aria-label={t.acceptOf(task.what)} onClick={() => answer(true)}>
            {t.accept}
          </Button>
        )}
        {task.can.answer && task.owner !== null && reason === null && (
          <Button size="xs" variant="subtle" aria-label={t.declineOf(task.what)} onClick={() => setReason('')}>
            {t.decline}
          </Button>
        )}
      </Group>
      {reason !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void answer(false, reason);
          }}
        >
          <Group gap="xs" align="flex-end">
            <TextInput
              size="md"
              label={t.reason}
              value={reason}
              maxLength={500}
              autoComplete="off"
              autoFocus
              onChange={(event) => setReason(event.currentTarget.value)}
              style={{ flex: '1 1 14rem' }}
            />
            <Button type="submit">{t.declineSave}</Button>
          </Group>
        </form>
      )}
      {error !== null && <ErrorNotice error={error} />}
    </Stack>
  );
}
