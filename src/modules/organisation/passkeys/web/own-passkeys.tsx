import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { moment } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { ConfirmMyself } from '../../sign-in/web/public.tsx';
import { addPasskey, listPasskeys, type Passkey, preparePasskey, removePasskey, renamePasskey } from '../contract.ts';
import { passkeysWords } from '../words.ts';

/** The passkeys of whoever looks: added with what the device offers, named, removed. */
export function OwnPasskeys({ email }: { email: string }) {
  const w = useWords(passkeysWords);
  const queries = useQueryClient();
  const list = useRead(listPasskeys, {});
  const [confirming, setConfirming] = useState(false);
  const [pending, setPending] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const supported = typeof PublicKeyCredential !== 'undefined';
  const add = async () => {
    setConfirming(false);
    setPending(true);
    setDone(null);
    setRefusal(null);
    try {
      const [{ startRegistration }, { options }] = await Promise.all([import('@simplewebauthn/browser'), call(preparePasskey, {})]);
      const answer = await startRegistration({ optionsJSON: options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'] });
      const { name } = await call(addPasskey, { body: { answer: answer as never } });
      await refresh(queries, listPasskeys);
      setDone(w.added(name));
    } catch (error) {
      if (!(error instanceof Refusal)) setDone(w.notAdded);
      else if (error.problem.code === 'confirm_first') setConfirming(true);
      else setRefusal(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <Stack component="section" gap="sm" aria-labelledby="passkeys">
      <Title order={2} id="passkeys">
        {w.title}
      </Title>
      <Text size="sm" c="dimmed" maw="68ch">
        {supported ? w.lead : w.unsupported}
      </Text>
      {done !== null && <Alert role="status">{done}</Alert>}
      {refusal !== null && <ErrorNotice error={refusal} />}
      {list.isPending && <Loading lines={2} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.data?.length === 0 && <Text>{w.none}</Text>}
      {(list.data?.length ?? 0) > 0 && (
        <Ruled>
          {list.data?.map((passkey) => (
            <Line key={passkey.id} passkey={passkey} onChanged={() => refresh(queries, listPasskeys)} />
          ))}
        </Ruled>
      )}
      {confirming && <ConfirmMyself email={email} onConfirmed={add} onClose={() => setConfirming(false)} />}
      {supported && !confirming && (
        <Group>
          <Button leftSection={<IconPlus size={20} stroke={1.75} />} loading={pending} onClick={add}>
            {w.add}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Line({ passkey, onChanged }: { passkey: Passkey; onChanged(): Promise<unknown> }) {
  const w = useWords(passkeysWords);
  const { language } = useLanguage();
  const [open, setOpen] = useState<'name' | 'remove' | null>(null);
  const { id, name, madeAt, usedAt } = passkey;
  const on = useServerForm({
    initial: { name },
    async send(body) {
      await call(renamePasskey, { params: { passkey: id }, body });
      await onChanged();
      setOpen(null);
    },
  });
  return (
    <Rule
      action={
        open !== 'name' && (
          <Group gap="xs">
            <Button size="xs" onClick={() => setOpen('name')} aria-label={w.renameNamed(name)}>
              {w.rename}
            </Button>
            <Button size="xs" onClick={() => setOpen('remove')} aria-label={w.removeNamed(name)}>
              {w.remove}
            </Button>
          </Group>
        )
      }
    >
      <div>
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {w.made(moment(language, madeAt))} · {usedAt === null ? w.unused : w.used(moment(language, usedAt))}
        </Text>
      </div>
      {open === 'name' && (
        <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={() => setOpen(null)} quiet opened>
          <TextInput {...on.field('name')} label={w.name} autoComplete="off" maxLength={60} />
        </FormBody>
      )}
      <ConfirmDialog
        title={w.removeTitle}
        text={w.removeText(name)}
        yes={w.remove}
        opened={open === 'remove'}
        onClose={() => setOpen(null)}
        run={() => call(removePasskey, { params: { passkey: id } })}
        onDone={onChanged}
      />
    </Rule>
  );
}
