import { Stack, Table, Text, Title } from '@mantine/core';
import { figure, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listTrainingTotals } from '../contract.ts';
import { entitlementsWords } from '../words.ts';

/** Training days of a company, to stand beside it: sums of teams, nobody's own (row 4.18). */
export function TrainingDaysPanel({ company }: { company: string }) {
  const w = useWords(entitlementsWords);
  const { language } = useLanguage();
  const asked = useRead(listTrainingTotals, { params: { company } } as never);
  const days = (value: number | null) => (value === null ? '–' : figure(language, value));
  return (
    <Stack gap="xs" component="section" aria-labelledby="training-days">
      <Title order={2} id="training-days">
        {w.panel}
      </Title>
      {asked.isPending && <Loading lines={2} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {asked.data !== undefined && <Text size="sm">{asked.data.rights.length === 0 ? w.panelNone : w.panelLead(asked.data.threshold)}</Text>}
      {asked.data?.rights.map(({ id, name, days: each, firstDay, lastDay, teams, total }) => (
        <div key={id}>
          <Text fw={500}>{name}</Text>
          <Text size="sm">
            {w.rule(figure(language, each))}, {w.period(shortDay(language, firstDay), shortDay(language, lastDay))}
          </Text>
          {total.people === null && teams.length === 0 ? (
            <Text size="sm">{w.few}</Text>
          ) : (
            <Table aria-label={name} fz="sm" horizontalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{w.teamHead}</Table.Th>
                  <Table.Th ta="right">{w.peopleHead}</Table.Th>
                  <Table.Th ta="right">{w.usedHead}</Table.Th>
                  <Table.Th ta="right">{w.leftHead}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {[...teams, { team: w.all, ...total }].map(({ team, people, used, left }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a team may be called like the total
                  <Table.Tr key={at}>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>{team}</Table.Td>
                    <Table.Td ta="right">{days(people)}</Table.Td>
                    <Table.Td ta="right">{days(used)}</Table.Td>
                    <Table.Td ta="right">{days(left)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </div>
      ))}
    </Stack>
  );
}
