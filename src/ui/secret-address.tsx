import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useActing } from './acting.tsx';
import { dayOf, shortDay } from './format.ts';
import { useLanguage } from './language.tsx';
import { ErrorNotice } from './layout/states.tsx';
import { ShownOnce } from './shown-once.tsx';

interface Props {
  /** Of the section, for its title. */
  id: string;
  words: { title: string; help: string; shown: string; address: string; copy: string; copied: string; on(day: string): string; renewText: string; make: string; renew: string; end: string };
  /** Since when there is one; null: there is none. */
  since: string | null;
  /** Whether one can be made now. */
  open?: boolean;
  /** Answers the new address, which is shown once. */
  renew(): Promise<string>;
  end(): Promise<unknown>;
  /** What was read before is asked for again. */
  refresh(): Promise<unknown>;
  onEnded(): void;
}

/** A secret address of one's own: made, shown once to be copied, made anew, and switched off. */
export function SecretAddress({ id, words: w, since, open = true, renew, end, refresh, onEnded }: Props) {
  const { language } = useLanguage();
  const { zone } = useActing();
  const [address, setAddress] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const doing = (work: () => Promise<unknown>) => {
    setPending(true);
    setError(null);
    work()
      .then(refresh)
      .catch(setError)
      .finally(() => setPending(false));
  };
  return (
    <Stack gap="xs" component="section" aria-labelledby={id} align="flex-start">
      <Title order={2} size="h3" id={id}>
        {w.title}
      </Title>
      <Text size="sm" c="dimmed">
        {w.help}
      </Text>
      {error !== null && <ErrorNotice error={error} />}
      {address !== null && <ShownOnce value={address} words={{ ...w, label: w.address }} w="100%" />}
      {since !== null && address === null && <Text>{w.on(shortDay(language, dayOf(zone, since)))}</Text>}
      {since !== null && open && (
        <Text size="sm" c="dimmed">
          {w.renewText}
        </Text>
      )}
      <Group gap="xs">
        {open && (
          <Button loading={pending} onClick={() => doing(async () => setAddress(await renew()))}>
            {since === null ? w.make : w.renew}
          </Button>
        )}
        {since !== null && (
          <Button
            variant="subtle"
            disabled={pending}
            onClick={() =>
              doing(async () => {
                await end();
                setAddress(null);
                onEnded();
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
