import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWords } from '../language.tsx';
import { uiWords } from '../words.ts';
import { Page } from './page.tsx';

/** One page for what is missing and for what is hidden: it never hints which. */
export function NotFoundPage() {
  const w = useWords(uiWords);
  return (
    <Page title={w.notFoundTitle}>
      <Text mb="md">{w.notFoundText}</Text>
      <Anchor component={Link} to="/">
        {w.toToday}
      </Anchor>
    </Page>
  );
}
