import { Button, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { moment } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { ConfirmMyself } from '../../sign-in/web/public.tsx';
import { beginAtProvider, leaveLogin, listJoinedLogins } from '../contract.ts';
import { institutionsWords } from '../words.ts';

type Login = OutputOf<typeof listJoinedLogins>[number];

/** The logins of the centre's institutions, joined to oneself or not; nothing where the centre has none. */
export function OwnLogins({ email }: { email: string }) {
  const w = useWords(institutionsWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const list = useRead(listJoinedLogins, {});
  const [confirming, setConfirming] = useState<Login['id'] | null>(null);
  const [leaving, setLeaving] = useState<Login | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const join = (provider: Login['id']) => {
    setRefusal(null);
    setConfirming(null);
    call(beginAtProvider, { params: { provider }, body: { join: true } }).then(
      ({ address }) => location.assign(address),
      (error: unknown) => (error instanceof Refusal && error.problem.code === 'confirm_first' ? setConfirming(provider) : setRefusal(error)),
    );
  };
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  if ((list.data?.length ?? 0) === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-labelledby="logins">
      <Title order={2} id="logins">
        {w.own}
      </Title>
      <Text size="sm" c="dimmed" maw="68ch">
        {w.ownLead}
      </Text>
      {refusal !== null && <ErrorNotice error={refusal} />}
      <Ruled>
        {list.data?.map((login) => {
          const name = login.label[language];
          return (
            <Rule
              key={login.id}
              action={
                login.joinedAt === null ? (
                  <Button size="xs" onClick={() => join(login.id)} aria-label={w.joinNamed(name)}>
                    {w.join}
                  </Button>
                ) : (
                  <Button size="xs" onClick={() => setLeaving(login)} aria-label={w.leaveNamed(name)}>
                    {w.leave}
                  </Button>
                )
              }
            >
              <Text fw={500}>{name}</Text>
              <Text size="sm" c="dimmed">
                {login.joinedAt === null ? w.notJoined : [w.joinedAt(moment(language, login.joinedAt)), ...(login.usedAt === null ? [] : [w.usedAt(moment(language, login.usedAt))])].join(' · ')}
              </Text>
            </Rule>
          );
        })}
      </Ruled>
      {confirming !== null && <ConfirmMyself email={email} onConfirmed={() => join(confirming)} onClose={() => setConfirming(null)} />}
      {leaving !== null && (
        <ConfirmDialog
          title={w.leaveTitle}
          text={w.leaveText(leaving.label[language])}
          yes={w.leave}
          opened
          onClose={() => setLeaving(null)}
          run={() => call(leaveLogin, { params: { provider: leaving.id } })}
          onDone={() => refresh(queries, listJoinedLogins)}
        />
      )}
    </Stack>
  );
}
