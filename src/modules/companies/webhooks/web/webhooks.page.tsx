import { Anchor, Button, Checkbox, Group, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { ShownOnce } from '../../../../ui/shown-once.tsx';
import { listDeliveries, listWebhooks, makeWebhook, removeWebhook, renewWebhookSecret, switchWebhook, testWebhook, type Webhook } from '../contract.ts';
import { webhooksWords } from '../words.ts';
import { Sent } from './sent.tsx';

export function WebhooksPage() {
  const w = useWords(webhooksWords);
  const asked = useRead(listWebhooks, {});
  return (
    <FetchedPage asked={asked} title={w.title}>
      {({ webhooks }) => <Webhooks webhooks={webhooks} />}
    </FetchedPage>
  );
}

function Webhooks({ webhooks }: { webhooks: readonly Webhook[] }) {
  const w = useWords(webhooksWords);
  const queries = useQueryClient();
  const { editing, opener, close, done, say } = useEditing();
  const [secret, setSecret] = useState<string | null>(null);
  const [removing, setRemoving] = useState<Webhook | null>(null);
  const [renewing, setRenewing] = useState<Webhook | null>(null);
  const changed = (said: string) => refresh(queries, listWebhooks, listDeliveries).then(() => say(said));
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(true, w.make, true)}>
      <Stack gap="xl">
        <Anchor href="/api/docs#makeWebhook">{w.docs}</Anchor>
        {editing !== false && (
          <FormOnTop id="making" title={w.make}>
            <Making
              onDone={async (made, name) => {
                setSecret(made);
                await refresh(queries, listWebhooks);
                close(w.made(name));
              }}
              onClose={() => close(null)}
            />
          </FormOnTop>
        )}
        {secret !== null && editing === false && <ShownOnce value={secret} words={{ ...w, label: w.secret }} maw={720} />}
        <ConfirmDialog
          title={w.removeTitle(removing?.name ?? '')}
          text={w.removeText}
          yes={w.removeYes}
          opened={removing !== null}
          onClose={() => setRemoving(null)}
          run={() => call(removeWebhook, { params: { webhook: removing?.id as Webhook['id'] } })}
          onDone={async () => {
            const name = removing?.name ?? '';
            setRemoving(null);
            await changed(w.removed(name));
          }}
        />
        <ConfirmDialog
          title={w.renewTitle(renewing?.name ?? '')}
          text={w.renewText}
          yes={w.renewYes}
          opened={renewing !== null}
          onClose={() => setRenewing(null)}
          run={async () => setSecret((await call(renewWebhookSecret, { params: { webhook: renewing?.id as Webhook['id'] } })).secret)}
          onDone={async () => {
            const name = renewing?.name ?? '';
            setRenewing(null);
            await changed(w.renewed(name));
          }}
        />
        {webhooks.length === 0 && editing === false && <Empty title={w.none} text={w.noneText} />}
        {webhooks.map((webhook) => (
          <One key={webhook.id} webhook={webhook} onChanged={changed} onRenew={() => setRenewing(webhook)} onRemove={() => setRemoving(webhook)} />
        ))}
      </Stack>
    </Page>
  );
}

function One({ webhook, onChanged, onRenew, onRemove }: { webhook: Webhook; onChanged(said: string): Promise<unknown>; onRenew(): void; onRemove(): void }) {
  const w = useWords(webhooksWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { id, name, host, kinds, place, asCoordinator, state, offBecause, oldSecretUntil, counts } = webhook;
  const params = { webhook: id };
  const doing = (work: () => Promise<unknown>, said: string) => {
    setPending(true);
    setError(null);
    work()
      .then(() => onChanged(said))
      .catch(setError)
      .finally(() => setPending(false));
  };
  return (
    <Stack gap="xs" component="section" aria-labelledby={id}>
      <Title order={2} size="h3" id={id} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Title>
      <Text>{state === 'off' ? w.because[offBecause ?? 'owner'] : w.states[state]}</Text>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {[host, kinds === null ? w.allEvents : w.events(kinds.length), asCoordinator ? w.asCoordinator : w.eyes(place ?? w.centre)].join(' · ')}
      </Text>
      <Text size="sm" c="dimmed">
        {w.counts(counts.delivered, counts.waiting, counts.givenUp)}
      </Text>
      {oldSecretUntil !== null && <Text size="sm">{w.oldUntil(`${shortDay(language, dayOf(zone, oldSecretUntil))} ${timeOf(language, zone, oldSecretUntil)}`)}</Text>}
      {error !== null && <ErrorNotice error={error} />}
      <Group gap="xs">
        {state !== 'off' && (
          <Button loading={pending} aria-label={w.of(w.test, name)} onClick={() => doing(() => call(testWebhook, { params }), w.tested)}>
            {w.test}
          </Button>
        )}
        <Button aria-expanded={open} aria-label={w.of(open ? w.hide : w.show, name)} onClick={() => setOpen(!open)}>
          {open ? w.hide : w.show}
        </Button>
        <Button
          variant="subtle"
          disabled={pending}
          aria-label={w.of(state === 'off' ? w.switchOn : w.switchOff, name)}
          onClick={() => doing(() => call(switchWebhook, { params, body: { on: state === 'off' } }), w.switched(name, state === 'off'))}
        >
          {state === 'off' ? w.switchOn : w.switchOff}
        </Button>
        <Button variant="subtle" aria-label={w.of(w.renew, name)} onClick={onRenew}>
          {w.renew}
        </Button>
        <Button variant="subtle" aria-label={w.of(w.remove, name)} onClick={onRemove}>
          {w.remove}
        </Button>
      </Group>
      {open && <Sent webhook={webhook} onAgain={onChanged} />}
    </Stack>
  );
}

function Making({ onDone, onClose }: { onDone(secret: string, name: string): Promise<void>; onClose(): void }) {
  const w = useWords(webhooksWords);
  const on = useServerForm({
    initial: { name: '', url: '', about: 'all', kinds: [] as string[] },
    sentences: { kinds_too_small: w.chooseOne },
    async send({ name, url, about, kinds }, key) {
      const made = await call(makeWebhook, { body: { name, url, kinds: about === 'all' ? null : kinds } }, { key });
      await onDone(made.secret, name.trim());
    },
  });
  return (
    <FormBody on={on} notSaved={w.notMade} save={w.makeSave} onCancel={onClose} opened>
      <TextInput {...on.field('name')} label={w.name} description={w.nameHelp} autoComplete="off" maw={480} />
      <TextInput {...on.field('url')} label={w.url} description={w.urlHelp} type="url" autoComplete="off" maw={640} />
      <Radio.Group {...on.field('about')} label={w.about}>
        <Stack gap="xs" mt={4}>
          <Radio value="all" label={w.everything} />
          <Radio value="chosen" label={w.chosen} />
        </Stack>
      </Radio.Group>
      {on.form.getValues().about === 'chosen' && (
        <Checkbox.Group {...on.field('kinds')} label={w.choose}>
          <Stack gap="xs" mt="xs">
            {Object.entries(w.kinds).map(([kind, label]) => (
              <Checkbox key={kind} value={kind} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </FormBody>
  );
}
