import { Box, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { useRead } from '../../../../ui/read.ts';
import { type readProgress as endpoint, readProgress } from '../contract.ts';
import { progressWords } from '../words.ts';
import classes from './progress.module.css';

type Progress = OutputOf<typeof endpoint>;

/** Hidden and zero look alike for whoever may not open the rows. */
function useFigure(exact: boolean) {
  const w = useWords(progressWords);
  return (value: number | null) => (value === null || (value === 0 && !exact) ? '–' : w.number(value));
}

/** How far a campaign's companies have come, and where the others were lost; the table is one press away. */
export function ProgressPanel({ campaign }: { campaign: string }) {
  const w = useWords(progressWords);
  const found = useRead(readProgress, { params: { campaign } });
  return (
    <Stack gap="md" component="section" aria-labelledby="progress">
      {found.data === undefined ? (
        <>
          <Title order={2} id="progress">
            {w.title}
          </Title>
          {found.isError ? <ErrorNotice error={found.error} onRetry={() => found.refetch()} /> : <Loading lines={6} />}
        </>
      ) : (
        <Shown progress={found.data} />
      )}
    </Stack>
  );
}

function Shown({ progress }: { progress: Progress }) {
  const w = useWords(progressWords);
  const figure = useFigure(progress.exact);
  const [table, setTable] = useState(false);
  const at = (station: Progress['stations'][number]['station']) => progress.stations.find((each) => each.station === station)?.companies ?? null;
  const listed = at('listed');
  if (listed === 0) {
    return (
      <>
        <Title order={2} id="progress">
          {w.title}
        </Title>
        <Text c="dimmed">{w.notYet}</Text>
      </>
    );
  }
  return (
    <>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div>
          <Title order={2} id="progress">
            {w.title}
          </Title>
          {/* A sentence of hidden figures says nothing. */}
          {[at('called'), at('held')].every((value) => figure(value) !== '–') && <Text c="var(--vn-ink-2)">{w.finding(figure(at('called')), figure(listed), figure(at('held')))}</Text>}
        </div>
        <Button size="xs" variant="subtle" onClick={() => setTable(!table)}>
          {table ? w.asChart : w.asTable}
        </Button>
      </Group>
      {table ? <AsTable progress={progress} /> : <AsBars progress={progress} most={listed ?? Math.max(1, ...progress.stations.map(({ companies }) => companies ?? 0))} />}
      {!progress.exact && (
        <Text size="sm" c="dimmed">
          {w.hidden(progress.threshold)}
        </Text>
      )}
      <Declines progress={progress} />
      <Days progress={progress} />
    </>
  );
}

/** What became of those who did not come this far; nothing is said of nothing. */
function useLost(progress: Progress) {
  const w = useWords(progressWords);
  return (station: string) =>
    progress.lost
      .filter(({ before, companies }) => before === station && companies !== null && companies > 0)
      .map(({ why, companies }) => w.why[why](w.number(companies ?? 0)))
      .join(', ');
}

function AsBars({ progress, most }: { progress: Progress; most: number }) {
  const w = useWords(progressWords);
  const figure = useFigure(progress.exact);
  const lost = useLost(progress);
  return (
    <ol className={classes.stations} aria-label={w.title}>
      {progress.stations.map(({ station, companies }) => (
        <li key={station} className={classes.station}>
          <span>{w.stations[station]}</span>
          <span className={classes.bar}>
            <span style={{ width: `calc((100% - 3.5rem) * ${(companies ?? 0) / Math.max(1, most)})` }} aria-hidden="true" />
            <span>{figure(companies)}</span>
          </span>
          <span className={classes.lost}>{lost(station)}</span>
        </li>
      ))}
    </ol>
  );
}

function AsTable({ progress }: { progress: Progress }) {
  const w = useWords(progressWords);
  const figure = useFigure(progress.exact);
  const lost = useLost(progress);
  return (
    <Table aria-label={w.title} stickyHeader={false}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{w.station}</Table.Th>
          <Table.Th scope="col" ta="right">
            {w.companies}
          </Table.Th>
          <Table.Th scope="col">{w.lost}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {progress.stations.map(({ station, companies }) => (
          <Table.Tr key={station}>
            <Table.Th scope="row" fw={500}>
              {w.stations[station]}
            </Table.Th>
            <Table.Td ta="right">{figure(companies)}</Table.Td>
            <Table.Td>{lost(station)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Declines({ progress }: { progress: Progress }) {
  const w = useWords(progressWords);
  const said = progress.declines.filter(({ companies }) => companies !== null && companies > 0);
  return (
    <Box>
      <Title order={3}>{w.declines}</Title>
      <Text size="sm">{said.length === 0 ? (progress.exact ? w.noDeclines : '–') : said.map(({ reason, companies }) => `${w.decline[reason]}: ${w.number(companies ?? 0)}`).join(' · ')}</Text>
    </Box>
  );
}

function Days({ progress }: { progress: Progress }) {
  const w = useWords(progressWords);
  const { language } = useLanguage();
  const figure = useFigure(progress.exact);
  return (
    <Stack gap={4}>
      <Title order={3}>{w.days}</Title>
      <Text size="sm" c="var(--vn-ink-2)">
        {progress.days.length === 0 ? w.noDays : w.together}
      </Text>
      {progress.days.length > 0 && (
        <Table aria-label={w.days} stickyHeader={false} maw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{w.day}</Table.Th>
              {[w.companies, w.calls, w.minutes].map((head) => (
                <Table.Th key={head} scope="col" ta="right">
                  {head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {progress.days.map((each) => (
              <Table.Tr key={each.day}>
                <Table.Th scope="row" fw={500}>
                  {shortDay(language, each.day)}
                </Table.Th>
                <Table.Td ta="right">{figure(each.companies)}</Table.Td>
                <Table.Td ta="right">{figure(each.calls)}</Table.Td>
                <Table.Td ta="right">{figure(each.minutes)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}
