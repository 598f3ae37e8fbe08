import { Stack, Text, Title } from '@mantine/core';
import { longDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listEvaluations } from '../contract.ts';
import { evaluationsWords } from '../words.ts';

/** On Today, until the figures are made: nobody is looked at without having been told (row 3.07). */
export function AnnouncedEvaluations() {
  const w = useWords(evaluationsWords);
  const { language } = useLanguage();
  const rows = (useRead(listEvaluations, {}).data ?? []).filter(({ state }) => state === 'announced');
  if (rows.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-labelledby="announced">
      <Title order={2} id="announced">
        {w.today}
      </Title>
      {rows.map(({ id, purpose, usableOn }) => (
        <div key={id}>
          <NameLink to={`/impartial/${id}`}>{purpose}</NameLink>
          <Text size="sm" c="dimmed">
            {w.todayText(longDay(language, usableOn))}
          </Text>
        </div>
      ))}
    </Stack>
  );
}
