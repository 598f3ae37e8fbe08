import { Button, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { readTimeline } from '../../../companies/timeline/contract.ts';
import { readContactPerson } from '../../contact-persons/contract.ts';
import { listWorkingGroups } from '../contract.ts';
import { groupsWords } from '../words.ts';
import { GroupForm } from './group-form.tsx';

/** On a company's page: the group that works on it now, or the way to start one (row 2.24). */
export function WorkingGroupPanel({ company }: { company: string }) {
  const w = useWords(groupsWords);
  const { may, personId } = useActing();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const asked = useRead(listWorkingGroups, { query: { whose: 'all', company } });
  const followed = useRead(readContactPerson, { params: { company } }).data?.person != null;
  const group = asked.data?.find(({ endedAt }) => endedAt === null);
  const mayStart = followed && may('consultant', 'coordinator');
  // Nothing to say about a company that nobody follows.
  if (!asked.isError && (asked.data === undefined || (group === undefined && !followed))) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="working-group">
      <Title order={2} id="working-group">
        {w.panel}
      </Title>
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {group !== undefined && (
        <div>
          <Text>{group.purpose}</Text>
          <Text size="sm" c="dimmed">
            {[`${w.leader}: ${group.lead.name}`, [...new Set(group.members.map(({ school }) => school ?? w.centre))].join(', '), w.tasks(group.openTasks)].join(' · ')}
          </Text>
          <NameLink to={`/working-groups/${group.id}`}>{w.see}</NameLink>
        </div>
      )}
      {group === undefined && !open && asked.data !== undefined && (
        <>
          <Text c="dimmed">{w.panelNone}</Text>
          {mayStart && (
            <Button size="xs" onClick={() => setOpen(true)} style={{ alignSelf: 'flex-start' }}>
              {w.start}
            </Button>
          )}
        </>
      )}
      {open && group === undefined && (
        <GroupForm
          of={{ company }}
          me={may('consultant') ? personId : null}
          onDone={async () => {
            await refresh(queries, listWorkingGroups, readTimeline);
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </Stack>
  );
}
