import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { NoAccess } from '../../../../ui/layout/states.tsx';
import { exportData } from '../contract.ts';
import { exportWords } from '../words.ts';

export function ExportPage() {
  const w = useWords(exportWords);
  const { may } = useActing();
  if (!may('manager', 'coordinator')) return <NoAccess />;
  return (
    <Page title={w.title} lead={w.lead}>
      <Stack gap="md" maw="68ch" align="flex-start">
        <Text>{may('coordinator') ? w.coordinator : w.manager}</Text>
        <Text>{w.persons}</Text>
        <Text>{w.checked}</Text>
        <Button component="a" href={exportData.path} download variant="filled">
          {w.take}
        </Button>
        <Anchor href="/api/docs#exportData">{w.docs}</Anchor>
      </Stack>
    </Page>
  );
}
