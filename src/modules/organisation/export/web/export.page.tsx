import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { exportData } from '../contract.ts';
import { exportWords } from '../words.ts';

export function ExportPage() {
  const w = useWords(exportWords);
  const { may } = useActing();
  return (
    <OnlyFor roles={['manager', 'coordinator']} title={w.title}>
      <Page title={w.title} lead={w.lead}>
        <Stack gap="md" maw="68ch" align="flex-start">
          <Text>{may('coordinator') ? w.coordinator : w.manager}</Text>
          <Text>{w.persons}</Text>
          <Text>{w.checked}</Text>
          <Button component="a" href={exportData.path} download variant="filled">
            {w.take}
          </Button>
          <Anchor href="/api/docs/export">{w.docs}</Anchor>
        </Stack>
      </Page>
    </OnlyFor>
  );
}
