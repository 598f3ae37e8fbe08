import { Alert, Button, CopyButton, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCheck, IconCopy, IconLink } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { endForward, forwardHearing, type Hearing, listForwards } from '../contract.ts';
import { hearingWords } from '../words.ts';

type Forward = OutputOf<typeof listForwards>[number];

/** Colleagues who strike for the school by a link. */
export function Forwards({ hearing }: { hearing: Hearing }) {
  const w = useWords(hearingWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const params = { campaign: hearing.campaign };
  const list = useRead(listForwards, { params });
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<{ name: string; link: string } | null>(null);
  const [ending, setEnding] = useState<Forward | null>(null);
  const all = list.data ?? [];
  return (
    <Stack gap="sm" component="section" aria-labelledby="forwards" align="stretch">
      <Title order={2} id="forwards">
        {w.forwards}
      </Title>
      <Text size="sm" c="var(--vn-ink-2)">
        {hearing.can.mark ? w.forwardsLead : all.length === 0 ? w.forwardsNone : w.forwardsOver}
      </Text>
      {list.isPending && <Loading lines={2} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      <div role="status">
        {made !== null && (
          <Alert color="green" icon={<IconCheck size={20} stroke={1.75} />} role="none">
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{w.linkOnce(made.name)}</Text>
              <TextInput label={w.link} value={made.link} readOnly w="100%" onFocus={(event) => event.currentTarget.select()} />
              <CopyButton value={made.link} timeout={3000}>
                {({ copied, copy }) => (
                  <Button leftSection={copied ? <IconCheck size={16} stroke={1.75} /> : <IconCopy size={16} stroke={1.75} />} onClick={copy}>
                    {copied ? w.copied : w.copy}
                  </Button>
                )}
              </CopyButton>
            </Stack>
          </Alert>
        )}
      </div>
      {hearing.can.mark &&
        (open ? (
          <ForwardForm
            hearing={hearing}
            onClose={() => setOpen(false)}
            onMade={async (next) => {
              setMade(next);
              setOpen(false);
              await refresh(queries, listForwards);
            }}
          />
        ) : (
          <Button leftSection={<IconLink size={20} stroke={1.75} />} onClick={() => setOpen(true)} style={{ alignSelf: 'flex-start' }}>
            {w.forward}
          </Button>
        ))}
      {all.length > 0 && (
        <Ruled>
          {all.map((each) => (
            <Rule
              key={each.id}
              action={
                each.endedAt !== null ? (
                  <Text size="sm" c="dimmed">
                    {w.ended}
                  </Text>
                ) : hearing.can.mark ? (
                  <Button size="xs" variant="subtle" aria-label={w.endThis(each.name)} onClick={() => setEnding(each)}>
                    {w.end}
                  </Button>
                ) : null
              }
            >
              <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
                {each.name}
              </Text>
              <Text size="sm" c="dimmed">
                {sideBySide([w.colleagueStruck(each.struck), w.made(shortDay(language, dayOf(zone, each.createdAt)), each.by ?? w.someone)])}
              </Text>
            </Rule>
          ))}
        </Ruled>
      )}
      {ending !== null && (
        <ConfirmDialog
          opened
          onClose={() => setEnding(null)}
          title={w.endTitle(ending.name)}
          text={w.endText}
          yes={w.endYes}
          run={() => call(endForward, { params: { campaign: hearing.campaign, forward: ending.id } })}
          onDone={() => refresh(queries, listForwards)}
        />
      )}
    </Stack>
  );
}

function ForwardForm({ hearing, onMade, onClose }: { hearing: Hearing; onMade(made: { name: string; link: string }): Promise<void>; onClose(): void }) {
  const w = useWords(hearingWords);
  const on = useServerForm({
    initial: { name: '', email: '' },
    async send({ name, email }, key) {
      await onMade(await call(forwardHearing, { params: { campaign: hearing.campaign }, body: { name, email: email.trim() === '' ? null : email.trim() } }, { key }));
    },
  });
  return (
    <FormBody on={on} notSaved={w.notForwarded} save={w.forwardSave} onCancel={onClose} quiet opened>
      <TextInput {...on.field('name')} label={w.colleague} description={w.colleagueHelp} autoComplete="off" />
      <TextInput {...on.field('email')} label={w.email} description={w.emailHelp} type="email" autoComplete="off" />
    </FormBody>
  );
}
