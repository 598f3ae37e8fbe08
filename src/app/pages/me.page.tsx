import { Button, SegmentedControl, Stack, Title, useMantineColorScheme } from '@mantine/core';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Page } from '../../ui/layout/page.tsx';
import { leave } from '../web/leave.ts';
import { useSession } from '../web/session.tsx';
import { shellWords } from '../words.ts';

/** Oneself: language, colours, and the way out. */
export function MePage() {
  const w = useWords(shellWords);
  const { language, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { person, centre } = useSession();
  return (
    <Page title={person.name} lead={[person.email, centre?.name].filter(Boolean).join(' · ')}>
      <Stack gap="xl" align="flex-start">
        <Stack gap="xs" align="flex-start">
          <Title order={2} id="language">
            {w.language}
          </Title>
          <SegmentedControl
            aria-labelledby="language"
            value={language}
            onChange={(value) => choose(value as 'da' | 'en')}
            data={[
              { value: 'da', label: <span lang="da">Dansk</span> },
              { value: 'en', label: <span lang="en">English</span> },
            ]}
          />
        </Stack>
        <Stack gap="xs" align="flex-start">
          <Title order={2} id="colours">
            {w.colours}
          </Title>
          <SegmentedControl
            aria-labelledby="colours"
            value={colorScheme}
            onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
            data={[
              { value: 'light', label: w.light },
              { value: 'dark', label: w.dark },
              { value: 'auto', label: w.asMachine },
            ]}
          />
        </Stack>
        <Button onClick={leave}>{w.signOut}</Button>
      </Stack>
    </Page>
  );
}
