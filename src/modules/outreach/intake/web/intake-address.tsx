import { Alert, Button, CopyButton, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { endIntakeAddress, readIntakeAddress, renewIntakeAddress } from '../contract.ts';
import { intakeWords } from '../words.ts';

/** The own secret address for reports by mail; shown once. Where no mail comes in, that is said in words. */
export function IntakeAddress({ person, onDone }: { person: string; onDone(said: string): void }) {
  const w = useWords(intakeWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const asked = useRead(readIntakeAddress, { params: { person } });
  const [address, setAddress] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const params = { person };
  const doing = (work: () => Promise<unknown>) => {
    setPending(true);
    setError(null);
    work()
      .then(() => refresh(queries, readIntakeAddress))
      .catch(setError)
      .finally(() => setPending(false));
  };
  if (asked.data === undefined) return null;
  const { open, since } = asked.data;
  return (
    <Stack gap="xs" component="section" aria-labelledby="intake" align="flex-start">
      <Title order={2} size="h3" id="intake">
        {w.title}
      </Title>
      <Text size="sm" c="dimmed">
        {open ? w.help : w.closed}
      </Text>
      {error !== null && <ErrorNotice error={error} />}
      {address !== null && (
        <Alert color="green" role="status" w="100%">
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{w.shown}</Text>
            <TextInput label={w.address} value={address} readOnly w="100%" onFocus={(event) => event.currentTarget.select()} />
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
      {since !== null && address === null && <Text>{w.on(shortDay(language, dayOf(zone, since)))}</Text>}
      {since !== null && open && (
        <Text size="sm" c="dimmed">
          {w.renewText}
        </Text>
      )}
      <Group gap="xs">
        {open && (
          <Button loading={pending} onClick={() => doing(async () => setAddress((await call(renewIntakeAddress, { params })).address))}>
            {since === null ? w.make : w.renew}
          </Button>
        )}
        {since !== null && (
          <Button
            variant="subtle"
            disabled={pending}
            onClick={() =>
              doing(async () => {
                await call(endIntakeAddress, { params });
                setAddress(null);
                onDone(w.ended);
              })
            }
          >
            {w.end}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
