import { Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call } from '../../../../ui/client.ts';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { listPeople } from '../../people/contract.ts';
import { addTeam, type listTeams, writeTeam } from '../contract.ts';
import { teamsWords } from '../words.ts';
import { SizeNote } from './size-note.tsx';

export type Team = OutputOf<typeof listTeams>[number];

const valuesOf = ({ name, market, members }: Pick<Team, 'name' | 'market' | 'members'>) => ({ name, market, members: members.map(({ personId, task }) => ({ personId: personId as string, task })) });
type Values = ReturnType<typeof valuesOf>;

/** Forms a team, or changes the one given. */
export function TeamForm({ team, onDone, onClose }: { team: Team | null; onDone(said: string): Promise<void>; onClose(): void }) {
  const w = useWords(teamsWords);
  const shared = useWords(uiWords);
  const people = useRead(listPeople, { query: { limit: 200 } });
  const on = useServerForm<Values, Team>({
    initial: team === null ? { name: '', market: '', members: [] } : valuesOf(team),
    ...(team === null ? {} : { edits: { seen: team, valuesOf } }),
    sentences: { members_twice: w.twice, 'members.personId_required': w.memberMissing },
    async send(body, key, version) {
      const saved = team === null ? await call(addTeam, { body }, { key }) : await call(writeTeam, { params: { team: team.id }, body }, { version });
      await onDone(team === null ? w.formed(saved.name) : w.saved(saved.name));
    },
  });
  const { members } = on.form.getValues();
  const names = new Map<string, string>([...(team?.members ?? []), ...(people.data?.items ?? []).map(({ id, name }) => ({ personId: id, name }))].map(({ personId, name }) => [personId, name]));
  const choices = [{ value: '', label: w.choosePerson }, ...[...names].map(([value, label]) => ({ value, label }))];
  const inWords = (values: Values): Said[] => [
    { label: w.name, text: values.name },
    { label: w.market, text: values.market },
    { label: w.members, text: values.members.map(({ personId, task }) => [names.get(personId), task].filter(Boolean).join(': ')).join(', ') },
  ];
  const all = on.field('members');
  return (
    <FormBody on={on} notSaved={team === null ? w.notFormed : w.notSaved} save={team === null ? w.formSave : w.save} onCancel={onClose} opened wide inWords={inWords}>
      <TextInput {...on.field('name')} label={w.name} autoComplete="off" maw={480} />
      <TextInput {...on.field('market')} label={`${w.market} ${shared.optional}`} description={w.marketHelp} autoComplete="off" maw={480} />
      <Fieldset legend={`${w.members}: ${w.people(members.length)}`} variant="unstyled" p={0} mx={0} styles={{ legend: { fontWeight: 600, marginBottom: 8 } }}>
        <Stack gap="sm" align="flex-start">
          {all.error !== undefined && (
            <Text size="sm" fw={500} c="var(--mantine-color-error)">
              {all.error}
            </Text>
          )}
          {members.map(({ personId }, index) => (
            <Group key={on.form.key(`members.${index}`)} gap="sm" align="flex-end" w="100%">
              <NativeSelect {...on.field(`members.${index}.personId`)} label={w.person} data={choices} w={{ base: '100%', sm: 260 }} />
              <TextInput {...on.field(`members.${index}.task`)} label={`${w.task} ${shared.optional}`} autoComplete="off" w={{ base: '100%', sm: 280 }} />
              <Button variant="subtle" aria-label={w.removeThis(names.get(personId) ?? w.choosePerson)} onClick={() => on.form.removeListItem('members', index)}>
                {w.removeMember}
              </Button>
            </Group>
          ))}
          <Button id={all.id} leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => on.form.insertListItem('members', { personId: '', task: '' })}>
            {w.addMember}
          </Button>
        </Stack>
      </Fieldset>
      {members.length > 0 && <SizeNote count={members.length} />}
    </FormBody>
  );
}
