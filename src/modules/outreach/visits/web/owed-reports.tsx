import { Stack, Text, Title } from '@mantine/core';
import { capital } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listOwedReports } from '../contract.ts';
import { reportWords } from '../words.ts';

/** Row 7.13, for whoever answers for a school or the centre: visits that nobody has written about; nothing where there are none. */
export function OwedReports() {
  const w = useWords(reportWords);
  const { data } = useRead(listOwedReports, {});
  if (data === undefined || data.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="owed" maw={720}>
      <div>
        <Title order={2} id="owed">
          {w.owedTitle}
        </Title>
        <Text c="var(--vn-ink-2)">{w.owedLead}</Text>
      </div>
      <Ruled>
        {data.slice(0, 20).map(({ meeting, company, by, days }) => (
          <Rule key={meeting}>
            <NameLink to={`/meetings/${meeting}`}>{company.name}</NameLink>
            <Text size="sm" c="dimmed">
              {[w.byOf(by.name, by.school), capital(w.ago(days))].join(' · ')}
            </Text>
          </Rule>
        ))}
      </Ruled>
    </Stack>
  );
}
