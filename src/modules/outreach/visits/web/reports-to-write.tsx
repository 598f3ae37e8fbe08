import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { dayOf, longDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { inDays } from '../../../../ui/moments.ts';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listOwedReports } from '../contract.ts';
import { phoneWords } from '../words.ts';

/** For Today: the reports that a consultant owes oneself, each with the way to where it is written. Nothing where none is owed. */
export function ReportsToWrite() {
  const w = useWords(phoneWords);
  const { language } = useLanguage();
  const { zone, today } = useActing();
  const owed = useRead(listOwedReports, {}).data ?? [];
  if (owed.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="owed-reports" maw={720}>
      <Title order={2} id="owed-reports">
        {w.owed}
      </Title>
      <Ruled>
        {owed.map(({ meeting, company, endedAt }) => (
          <Rule key={meeting}>
            <Text fw={500}>{company.name}</Text>
            <Text size="sm" c="dimmed">{`${w.visited(longDay(language, dayOf(zone, endedAt)))}, ${inDays(language, today, dayOf(zone, endedAt))}`}</Text>
            <Anchor href={`/phone/reports/${meeting}`}>{w.write}</Anchor>
          </Rule>
        ))}
      </Ruled>
    </Stack>
  );
}
