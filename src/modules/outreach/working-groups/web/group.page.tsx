import { Button, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listTasks } from '../../tasks/contract.ts';
import { AddTask, TaskList } from '../../tasks/web/public.tsx';
import { endWorkingGroup, listWorkingGroups, readWorkingGroup, type WorkingGroup } from '../contract.ts';
import { groupsWords } from '../words.ts';
import { GroupForm } from './group-form.tsx';
import { GroupState } from './groups.page.tsx';

export function GroupPage() {
  const w = useWords(groupsWords);
  const { group } = useParams({ strict: false }) as { group: string };
  const asked = useRead(readWorkingGroup, { params: { group } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} group={found} />}
    </FetchedPage>
  );
}

function Sheet({ group }: { group: WorkingGroup }) {
  const w = useWords(groupsWords);
  const { language } = useLanguage();
  const { zone, personId } = useActing();
  const queries = useQueryClient();
  const [open, setOpen] = useState<'edit' | 'end' | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const tasks = useRead(listTasks, { query: { whose: 'all', group: group.id } });
  const close = () => {
    setOpen(null);
    focusTitle();
  };
  const said = async (text: string) => {
    await refresh(queries, readWorkingGroup, listWorkingGroups);
    setDone(text);
    close();
  };
  const day = (at: string) => shortDay(language, dayOf(zone, at));
  const actions = open === null && (group.can.edit || group.can.end) && (
    <>
      {group.can.end && (
        <Button variant="subtle" onClick={() => setOpen('end')}>
          {w.end}
        </Button>
      )}
      {group.can.edit && <Button onClick={() => setOpen('edit')}>{w.edit}</Button>}
    </>
  );
  return (
    <Page title={group.company.name} lead={group.purpose} path={<PathLink to="/working-groups">{w.title}</PathLink>} done={done} action={actions || undefined}>
      <Stack gap="xl" maw={720}>
        {open === 'edit' && <GroupForm of={{ group }} me={personId} onDone={() => said(w.saved)} onClose={close} />}
        {open === 'end' && <End group={group} onDone={() => said(w.ended)} onClose={close} />}
        <Stack gap="xs">
          <GroupState group={group} />
          <Text size="sm" c="dimmed">
            {group.endedAt === null ? w.since(day(group.startedAt)) : w.until(day(group.endedAt))}
          </Text>
          <NameLink to={`/companies/${group.company.id}`}>{group.company.name}</NameLink>
        </Stack>
        {group.outcome !== null && (
          <section aria-labelledby="outcome">
            <Title order={2} id="outcome">
              {w.outcomeHead}
            </Title>
            <Text style={{ whiteSpace: 'pre-line' }}>{group.outcome}</Text>
          </section>
        )}
        <section aria-labelledby="criteria">
          <Title order={2} id="criteria">
            {w.criteria}
          </Title>
          <ul style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
            {group.criteria.map((each) => (
              <li key={each}>{w.criterion[each]}</li>
            ))}
          </ul>
        </section>
        <Stack gap="xs" component="section" aria-labelledby="members">
          <Title order={2} id="members">
            {w.membersHead}
          </Title>
          <Ruled>
            {group.members.map(({ id, name, school, here }) => (
              <Rule key={id}>
                <div>
                  <Text fw={500}>{name}</Text>
                  <Text size="sm" c="dimmed">
                    {[id === group.lead.id ? w.leads : null, school ?? w.centre, here ? null : w.left].filter((part) => part !== null).join(' · ')}
                  </Text>
                </div>
              </Rule>
            ))}
          </Ruled>
        </Stack>
        <Stack gap="sm">
          {(tasks.data ?? []).length > 0 ? (
            <TaskList tasks={(tasks.data ?? []).map(({ company: _company, ...task }) => task)} onChanged={[readWorkingGroup, listWorkingGroups]} />
          ) : (
            <section aria-labelledby="no-tasks">
              <Title order={2} id="no-tasks">
                {w.tasksHead}
              </Title>
              <Text c="dimmed">{w.tasksNone}</Text>
            </section>
          )}
          {group.endedAt === null && <AddTask company={group.company.id} group={group.id} onChanged={[readWorkingGroup, listWorkingGroups]} />}
        </Stack>
      </Stack>
    </Page>
  );
}

function End({ group, onDone, onClose }: { group: WorkingGroup; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(groupsWords);
  const form = useServerForm<{ outcome: string }>({
    initial: { outcome: '' },
    async send(body) {
      await call(endWorkingGroup, { params: { group: group.id }, body }, { version: group.version });
      await onDone();
    },
  });
  return (
    <FormBody on={form} notSaved={w.notEnded} save={w.endSave} opened onCancel={onClose}>
      <Textarea label={w.outcome} description={w.outcomeHelp} autosize minRows={3} maxLength={2000} {...form.field('outcome')} />
    </FormBody>
  );
}
