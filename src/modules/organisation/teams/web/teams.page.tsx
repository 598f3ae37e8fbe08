import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { dissolveTeam, listTeams } from '../contract.ts';
import { teamsWords } from '../words.ts';
import { SizeNote } from './size-note.tsx';
import { type Team, TeamForm } from './team-form.tsx';

export function TeamsPage() {
  const w = useWords(teamsWords);
  const { may } = useActing();
  const queries = useQueryClient();
  const list = useRows(listTeams, {});
  const [open, setOpen] = useState<'new' | Team['id'] | null>(null);
  const [dissolving, setDissolving] = useState<Team | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const close = () => {
    setOpen(null);
    focusTitle();
  };
  const changed = async (said: string) => {
    await refresh(queries, listTeams);
    setDone(said);
    close();
  };
  const form =
    may('coordinator', 'administrator') && open === null ? (
      <Button variant="filled" leftSection={<IconPlus size={20} stroke={1.75} />} onClick={() => setOpen('new')}>
        {w.form}
      </Button>
    ) : undefined;
  return (
    <Page title={w.title} lead={w.lead} done={done} action={list.data?.length ? form : undefined}>
      <Stack gap="xl">
        {open === 'new' && (
          <Stack gap="md">
            <Title order={2}>{w.form}</Title>
            <TeamForm team={null} onDone={changed} onClose={close} />
          </Stack>
        )}
        <ListState list={list} count={list.data?.length ?? 0} empty={open === 'new' ? null : <Empty title={w.emptyTitle} text={w.emptyText} action={form} />}>
          {list.data?.map((team) => (
            <Stack key={team.id} component="section" gap="sm" maw={720} aria-labelledby={team.id}>
              <Group justify="space-between" gap="xs">
                <div>
                  <Title order={2} id={team.id}>
                    {team.name}
                  </Title>
                  <Text c="dimmed">{[team.market, w.people(team.members.length)].filter(Boolean).join(' · ')}</Text>
                </div>
                {team.can.edit && open === null && (
                  <Group gap="xs">
                    <Button size="xs" onClick={() => setOpen(team.id)} aria-label={w.editThis(team.name)}>
                      {w.edit}
                    </Button>
                    <Button size="xs" variant="subtle" onClick={() => setDissolving(team)} aria-label={w.dissolveThis(team.name)}>
                      {w.dissolve}
                    </Button>
                  </Group>
                )}
              </Group>
              {open === team.id ? (
                <TeamForm team={team} onDone={changed} onClose={close} />
              ) : (
                <>
                  {team.members.length > 0 && <SizeNote count={team.members.length} />}
                  {team.members.length === 0 ? (
                    <Text>{w.noMembers}</Text>
                  ) : (
                    <Rows
                      label={team.name}
                      rows={team.members}
                      keyOf={({ personId }) => personId}
                      name={{
                        head: w.person,
                        cell: ({ personId, name }) => <NameLink to={`/people/${personId}`}>{name}</NameLink>,
                      }}
                      columns={[{ head: w.task, plain: true, width: '60%', cell: ({ task }) => task || null }]}
                    />
                  )}
                </>
              )}
            </Stack>
          ))}
        </ListState>
      </Stack>
      {dissolving !== null && (
        <ConfirmDialog
          opened
          onClose={() => setDissolving(null)}
          title={w.dissolveTitle(dissolving.name)}
          text={w.dissolveText}
          yes={w.dissolve}
          run={() => call(dissolveTeam, { params: { team: dissolving.id } })}
          onDone={() => changed(w.dissolved(dissolving.name))}
        />
      )}
    </Page>
  );
}
