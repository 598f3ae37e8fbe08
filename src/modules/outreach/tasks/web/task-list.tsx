import { Badge, Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconHourglass, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Endpoint } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { answerTask, finishTask, giveTask, listTasks, readTask, type TaskListed, type TaskShown, wordTask } from '../contract.ts';
import { tasksWords } from '../words.ts';

type Shown = TaskShown & Partial<Pick<TaskListed, 'company'>>;
type Doing = { task: Shown['id']; what: 'decline' | 'give' | 'change' | 'story' };

interface Props {
  tasks: readonly Shown[];
  /** What else shows tasks and is asked for again after one was changed. */
  onChanged: readonly Endpoint[];
  /** Without: the list stands on a page of its own. */
  title?: boolean;
}

/** Who does what by when, and what whoever looks may do about it. */
export function TaskList({ tasks, onChanged, title = true }: Props) {
  const w = useWords(tasksWords);
  const queries = useQueryClient();
  const { personId } = useActing();
  const [error, setError] = useState<unknown>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const changed = () => refresh(queries, listTasks, readTask, ...onChanged);
  const act = (done: Promise<unknown>) =>
    done
      .then(
        () => setError(null),
        (refused: unknown) => setError(refused),
      )
      .then(changed);
  const finish = (task: Shown, done: boolean) => act(call(finishTask, { params: { task: task.id }, body: { done } }, { version: task.version }));
  const take = (task: Shown) => act(call(giveTask, { params: { task: task.id }, body: { owner: personId as NonNullable<Shown['owner']>['id'] } }, { version: task.version }));
  const accept = (task: Shown) => act(call(answerTask, { params: { task: task.id }, body: { accept: true } }, { version: task.version }));
  const closed = async () => {
    setDoing(null);
    await changed();
  };
  return (
    <Stack gap="xs" component={title ? 'section' : 'div'} {...(title ? { 'aria-labelledby': 'tasks' } : {})}>
      {title && (
        <Title order={2} id="tasks">
          {w.title}
        </Title>
      )}
      {error !== null && <ErrorNotice error={error} />}
      <Ruled>
        {tasks.map((task) => {
          const open = doing?.task === task.id ? doing.what : null;
          const show = (what: Doing['what']) => setDoing(open === what ? null : { task: task.id, what });
          const asks = task.state === 'open' && task.can.answer && task.owner?.id === personId;
          return (
            <Rule
              key={task.id}
              action={
                <Group gap="xs">
                  {task.can.take && (
                    <Button size="xs" aria-label={w.takeOf(task.what)} onClick={() => take(task)}>
                      {w.take}
                    </Button>
                  )}
                  {asks && (
                    <>
                      <Button size="xs" aria-label={w.acceptOf(task.what)} onClick={() => accept(task)}>
                        {w.accept}
                      </Button>
                      <Button size="xs" variant="subtle" aria-label={w.declineOf(task.what)} onClick={() => show('decline')}>
                        {w.decline}
                      </Button>
                    </>
                  )}
                  {task.can.finish && !asks && (
                    <Button
                      size="xs"
                      variant={task.doneAt === null ? 'default' : 'subtle'}
                      aria-label={task.doneAt === null ? w.finishOf(task.what) : w.reopenOf(task.what)}
                      onClick={() => finish(task, task.doneAt === null)}
                    >
                      {task.doneAt === null ? w.finish : w.reopen}
                    </Button>
                  )}
                </Group>
              }
            >
              <div>
                <Text fw={500} style={{ overflowWrap: 'anywhere' }} {...(task.doneAt === null ? {} : { td: 'line-through' })}>
                  {task.what}
                </Text>
                {task.company !== undefined && <NameLink to={`/companies/${task.company.id}`}>{task.company.name}</NameLink>}
                <OwnerAndDay task={task} />
                {task.reason !== null && (
                  <Text size="sm" c="var(--vn-ink-2)">
                    {w.declinedBecause(task.reason)}
                  </Text>
                )}
                <Group gap="xs" mt={4}>
                  <TaskState task={task} />
                  {task.can.give && task.doneAt === null && (
                    <>
                      <Button size="compact-sm" variant="subtle" aria-label={w.giveOf(task.what)} onClick={() => show('give')}>
                        {w.give}
                      </Button>
                      <Button size="compact-sm" variant="subtle" aria-label={w.changeOf(task.what)} onClick={() => show('change')}>
                        {w.change}
                      </Button>
                    </>
                  )}
                  <Button size="compact-sm" variant="subtle" aria-expanded={open === 'story'} aria-label={open === 'story' ? undefined : w.storyOf(task.what)} onClick={() => show('story')}>
                    {open === 'story' ? w.storyHide : w.story}
                  </Button>
                </Group>
              </div>
              {open === 'decline' && <Decline task={task} onDone={closed} onClose={() => setDoing(null)} />}
              {open === 'give' && <Give task={task} onDone={closed} onClose={() => setDoing(null)} />}
              {open === 'change' && <Change task={task} onDone={closed} onClose={() => setDoing(null)} />}
              {open === 'story' && <Story task={task} />}
            </Rule>
          );
        })}
      </Ruled>
    </Stack>
  );
}

/** For another concern's page that shows tasks in its own way. */
export const useTaskWords = () => useWords(tasksWords);

const tones = {
  open: { color: 'gray', Icon: IconHourglass },
  accepted: { color: 'fjord', Icon: IconCheck },
  declined: { color: 'yellow', Icon: IconX },
  done: { color: 'green', Icon: IconCheck },
} as const;

/** How it stands: a word, a sign and a tone; that nobody has it comes before everything else. */
export function TaskState({ task }: { task: TaskShown }) {
  const w = useWords(tasksWords);
  const nobody = task.owner === null && !task.byCompany && task.doneAt === null;
  const { color, Icon } = nobody ? { color: 'yellow', Icon: IconAlertTriangle } : tones[task.state];
  return (
    <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
      {nobody ? w.unowned : task.byCompany && task.doneAt === null ? w.companyDoes : w.states[task.state]}
    </Badge>
  );
}

function OwnerAndDay({ task }: { task: Shown }) {
  const w = useWords(tasksWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const owner = task.owner === null ? (task.byCompany ? w.company : w.nobody) : [task.owner.name, task.owner.school].filter(Boolean).join(', ');
  const day = shortDay(language, task.due);
  return (
    <Text size="sm" c="dimmed">
      {owner} · {task.doneAt === null && task.due < today ? w.late(day) : w.by(day)}
    </Text>
  );
}

function Story({ task }: { task: Shown }) {
  const w = useWords(tasksWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const asked = useRead(readTask, { params: { task: task.id } });
  if (asked.isError) return <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />;
  if (asked.data === undefined) return <Loading lines={2} />;
  return (
    <Stack component="ul" gap={4} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {asked.data.story.map(({ at, by, kind, owner, reason }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the story only grows at its end
        <Text key={index} component="li" size="sm">
          {[w.events[kind], kind === 'given' || kind === 'made' ? owner : null, reason === null ? null : `»${reason}«`].filter(Boolean).join(': ')}
          <Text span size="sm" c="dimmed">
            {' · '}
            {w.storyLine(shortDay(language, dayOf(zone, at)), timeOf(language, zone, at), by)}
          </Text>
        </Text>
      ))}
    </Stack>
  );
}

/** The centre's consultants, as choices. */
export function useOwners() {
  const found = useRead(listProfiles, { query: {} });
  return (found.data ?? []).map(({ personId, name, school }) => ({ value: String(personId), label: [name, school].filter(Boolean).join(', ') }));
}

interface Part {
  task: Shown;
  onDone(): Promise<void>;
  onClose(): void;
}

function Decline({ task, onDone, onClose }: Part) {
  const w = useWords(tasksWords);
  const form = useServerForm<{ reason: string }>({
    initial: { reason: '' },
    async send({ reason }) {
      await call(answerTask, { params: { task: task.id }, body: { accept: false, reason } }, { version: task.version });
      await onDone();
    },
  });
  return (
    <FormBody on={form} notSaved={w.notDeclined} save={w.declineSave} quiet opened onCancel={onClose}>
      <TextInput label={w.reason} description={w.reasonHelp} maxLength={500} autoComplete="off" {...form.field('reason')} />
    </FormBody>
  );
}

function Give({ task, onDone, onClose }: Part) {
  const w = useWords(tasksWords);
  const owners = useOwners();
  const form = useServerForm<{ owner: string }>({
    initial: { owner: task.byCompany ? 'company' : (task.owner?.id ?? '') },
    async send({ owner }) {
      await call(giveTask, { params: { task: task.id }, body: { owner: owner === '' ? null : (owner as 'company') } }, { version: task.version });
      await onDone();
    },
  });
  return (
    <FormBody on={form} notSaved={w.notGiven} save={w.giveSave} quiet opened onCancel={onClose}>
      <NativeSelect label={w.giveTo} data={[{ value: '', label: w.nobody }, { value: 'company', label: w.company }, ...owners]} {...form.field('owner')} />
    </FormBody>
  );
}

function Change({ task, onDone, onClose }: Part) {
  const w = useWords(tasksWords);
  const form = useServerForm<{ what: string; due: string }>({
    initial: { what: task.what, due: task.due },
    async send(body) {
      await call(wordTask, { params: { task: task.id }, body }, { version: task.version });
      await onDone();
    },
  });
  return (
    <FormBody on={form} notSaved={w.notSaved} save={w.save} quiet opened onCancel={onClose}>
      <TextInput label={w.what} maxLength={500} autoComplete="off" {...form.field('what')} />
      <DayInput label={w.due} {...form.field('due')} />
    </FormBody>
  );
}
