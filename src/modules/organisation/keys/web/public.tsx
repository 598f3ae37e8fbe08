import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listKeys } from '../contract.ts';
import { runningOut } from '../rules.ts';
import { keysToday } from '../words.ts';

/** On an administrator's first page: keys in use that end soon, before what hangs on them stops. `children` is told whether there are any. */
export function KeysRunningOut({ children }: { children(waits: boolean): ReactNode }) {
  const w = useWords(keysToday);
  const { language } = useLanguage();
  const { zone, today } = useActing();
  const asked = useRead(listKeys, {});
  if (asked.isPending) return null;
  const soon = runningOut(asked.data?.keys ?? [], today);
  return (
    <>
      {soon.length > 0 && (
        <Stack gap="sm" component="section" aria-labelledby="keys-today" maw={720}>
          <Title order={2} id="keys-today">
            {w.title}
          </Title>
          <Ruled>
            {soon.map(({ id, name, expiresAt }) => (
              <Rule key={id}>
                <Text style={{ overflowWrap: 'anywhere' }}>{w.line(name, shortDay(language, dayOf(zone, expiresAt)))}</Text>
              </Rule>
            ))}
          </Ruled>
          <Button component={Link} to="/keys" style={{ alignSelf: 'flex-start' }}>
            {w.see}
          </Button>
        </Stack>
      )}
      {children(soon.length > 0)}
    </>
  );
}
