import { Alert, Button, CopyButton, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { endCalendarFeed, readCalendars, renewCalendarFeed } from '../contract.ts';
import { ownCalendarsWords } from '../words.ts';

/** The secret address at which a calendar program reads one's meetings; shown once. */
export function CalendarFeed({ person, onDone }: { person: string; onDone(said: string): void }) {
  const w = useWords(ownCalendarsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const asked = useRead(readCalendars, { params: { person } });
  const [address, setAddress] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const params = { person };
  const doing = (work: () => Promise<unknown>) => {
    setPending(true);
    setError(null);
    work()
      .then(() => refresh(queries, readCalendars))
      .catch(setError)
      .finally(() => setPending(false));
  };
  if (asked.data === undefined) return null;
  const { feed } = asked.data;
  return (
    <Stack gap="xs" component="section" aria-labelledby="feed" align="flex-start">
      <Title order={2} size="h3" id="feed">
        {w.feed}
      </Title>
      <Text size="sm" c="dimmed">
        {w.feedHelp}
      </Text>
      {error !== null && <ErrorNotice error={error} />}
      {address !== null && (
        <Alert color="green" role="status" w="100%">
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{w.feedShown}</Text>
            <TextInput label={w.feedAddress} value={address} readOnly w="100%" onFocus={(event) => event.currentTarget.select()} />
            <CopyButton value={address} timeout={3000}>
              {({ copied, copy }) => (
                <Button size="xs" onClick={copy}>
                  {copied ? w.copied : w.copy}
                </Button>
              )}
            </CopyButton>
          </Stack>
        </Alert>
      )}
      {feed !== null && address === null && <Text>{w.feedOn(shortDay(language, dayOf(zone, feed.since)))}</Text>}
      {feed !== null && (
        <Text size="sm" c="dimmed">
          {w.feedRenewText}
        </Text>
      )}
      <Group gap="xs">
        <Button loading={pending} onClick={() => doing(async () => setAddress((await call(renewCalendarFeed, { params })).address))}>
          {feed === null ? w.feedMake : w.feedRenew}
        </Button>
        {feed !== null && (
          <Button
            variant="subtle"
            disabled={pending}
            onClick={() =>
              doing(async () => {
                await call(endCalendarFeed, { params });
                setAddress(null);
                onDone(w.feedEnded);
              })
            }
          >
            {w.feedEnd}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
