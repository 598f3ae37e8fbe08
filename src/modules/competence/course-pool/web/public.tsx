import { Stack, Text, Title } from '@mantine/core';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { useRead } from '../../../../ui/read.ts';
import { readPoolTotals } from '../contract.ts';
import { poolWords } from '../words.ts';
import { useAmount } from './amount.tsx';

/** That a company has a course pool of its employees, and sums once enough people got something (row 4.19). */
export function CoursePoolPanel({ company }: { company: string }) {
  const w = useWords(poolWords);
  const amount = useAmount();
  const { language } = useLanguage();
  const asked = useRead(readPoolTotals, { params: { company } } as never);
  const pool = asked.data?.pool;
  return (
    <Stack gap="xs" component="section" aria-labelledby="course-pool">
      <Title order={2} id="course-pool">
        {w.panel}
      </Title>
      {asked.isPending && <Loading lines={1} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {pool === null && <Text>{w.panelNone}</Text>}
      {asked.data !== undefined && pool != null && (
        <>
          <Text>{w.panelSince(shortDay(language, pool.since))}</Text>
          <Text size="sm">
            {pool.putIn === null || pool.granted === null || pool.people === null
              ? w.panelFew(asked.data.threshold)
              : w.panelSums(amount(pool.unit, pool.granted), amount(pool.unit, pool.putIn), pool.people)}
          </Text>
        </>
      )}
    </Stack>
  );
}
