import { Anchor, Button, Group, NativeSelect, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { useEditing } from '../../../../ui/editing.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { ShownOnce } from '../../../../ui/shown-once.tsx';
import { placeOf, RolePlaceFields, useGiving } from '../../people/web/public.tsx';
import { type Key, keyDays, listKeys, machineRoles, makeKey, endKey as stopKey } from '../contract.ts';
import { keysWords } from '../words.ts';

export function KeysPage() {
  const w = useWords(keysWords);
  const asked = useRead(listKeys, {});
  return (
    <FetchedPage asked={asked} title={w.title}>
      {({ keys, can }) => <Keys keys={keys} machines={can.machines} />}
    </FetchedPage>
  );
}

function Keys({ keys, machines }: { keys: readonly Key[]; machines: 'none' | 'school' | 'centre' }) {
  const w = useWords(keysWords);
  const queries = useQueryClient();
  const { roles } = useActing();
  const { editing, opener, close, done, say } = useEditing();
  const [made, setMade] = useState<string | null>(null);
  const [stopping, setStopping] = useState<Key | null>(null);
  const own = keys.filter(({ machine }) => machine === null);
  const others = keys.filter(({ machine }) => machine !== null);
  const changed = async (said: string | null) => {
    await refresh(queries, listKeys);
    close(said);
  };
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(true, w.make, true)}>
      <Stack gap="xl">
        <Group gap="xl">
          <Anchor href="/api/docs">{w.docs}</Anchor>
          {roles.some((role) => role === 'consultant' || role === 'manager' || role === 'coordinator') && <NameLink to="/webhooks">{w.webhooks}</NameLink>}
        </Group>
        {editing !== false && (
          <Making
            machines={machines !== 'none'}
            onDone={(key, name) => {
              setMade(key);
              return changed(w.made(name));
            }}
            onClose={() => close(null)}
          />
        )}
        {made !== null && editing === false && <ShownOnce value={made} words={{ ...w, label: w.key }} maw={720} />}
        <ConfirmDialog
          title={w.endTitle(stopping?.name ?? '')}
          text={w.endText}
          yes={w.endYes}
          opened={stopping !== null}
          onClose={() => setStopping(null)}
          run={() => call(stopKey, { params: { key: stopping?.id as Key['id'] } })}
          onDone={async () => {
            const name = stopping?.name ?? '';
            setStopping(null);
            await changed(null);
            say(w.endDone(name));
          }}
        />
        <Listed id="own" title={w.own} help={own.length === 0 ? w.noOwn : w.ownHelp} keys={own} onStop={setStopping} />
        {machines !== 'none' && <Listed id="machines" title={w.machines} help={others.length === 0 ? w.noMachines : w.machinesHelp} keys={others} onStop={setStopping} />}
      </Stack>
    </Page>
  );
}

function Listed({ id, title, help, keys, onStop }: { id: string; title: string; help: string; keys: readonly Key[]; onStop(key: Key): void }) {
  const w = useWords(keysWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const day = (instant: string) => shortDay(language, dayOf(zone, instant));
  const stands = ({ machine, place, asCoordinator }: Key) => (machine === null ? (asCoordinator ? w.asCoordinator : w.yourself) : w.at(w.roleNames[machine.role], place ?? w.centre));
  const holds = ({ state, expiresAt, endedAt }: Key) => (state === 'ended' ? w.ended(day(endedAt ?? '')) : state === 'expired' ? w.expired(day(expiresAt)) : w.until(day(expiresAt)));
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h3" id={id}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="sm" maw="68ch">
        {help}
      </Text>
      {keys.length > 0 && (
        <Rows
          label={title}
          rows={keys}
          keyOf={({ id: key }) => key}
          name={{
            head: w.headName,
            cell: ({ name, beginning, madeBy, makerGone, state }) => (
              <>
                <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
                  {name}
                </Text>
                <Text size="sm" c="dimmed">
                  {beginning}…
                </Text>
                {makerGone && state === 'holds' && <Text size="sm">{w.makerGone(madeBy)}</Text>}
              </>
            ),
          }}
          columns={[
            { head: w.headFor, cell: stands },
            { head: w.headMay, cell: ({ writes }) => (writes ? w.writes : w.reads) },
            { head: w.headUsed, cell: ({ usedAt }) => (usedAt === null ? w.never : day(usedAt)) },
            { head: w.headHolds, cell: holds },
            {
              head: w.headEnd,
              plain: true,
              cell: (key) =>
                key.state === 'holds' && (
                  <Button size="xs" aria-label={w.endThis(key.name, key.beginning)} onClick={() => onStop(key)}>
                    {w.end}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </section>
  );
}

function Making({ machines, onDone, onClose }: { machines: boolean; onDone(key: string, name: string): Promise<void>; onClose(): void }) {
  const w = useWords(keysWords);
  const { offered, initial } = useGiving();
  const roles = machineRoles.filter((role) => offered.includes(role));
  const on = useServerForm({
    initial: { name: '', of: 'me', role: initial.role, schoolId: initial.schoolId, organisationId: '', writes: 'no', days: '90' },
    async send(values, key) {
      const machine = values.of === 'me' ? null : { role: values.role as (typeof machineRoles)[number], ...placeOf(values) };
      const made = await call(makeKey, { body: { name: values.name, writes: values.writes === 'yes', days: Number(values.days) as (typeof keyDays)[number], machine: machine as never } }, { key });
      await onDone(made.key, values.name.trim());
    },
  });
  return (
    <Stack gap="md" component="section" aria-labelledby="making">
      <Title order={2} id="making">
        {w.make}
      </Title>
      <FormBody on={on} notSaved={w.notMade} save={w.makeSave} onCancel={onClose} opened>
        <TextInput {...on.field('name')} label={w.name} description={w.nameHelp} autoComplete="off" maw={480} />
        {machines && (
          <Radio.Group {...on.field('of')} label={w.forWhom}>
            <Stack gap="xs" mt={4}>
              <Radio value="me" label={w.forMe} />
              <Radio value="machine" label={w.forMachine} />
            </Stack>
          </Radio.Group>
        )}
        {on.form.getValues().of === 'machine' && <RolePlaceFields on={on} offered={roles} />}
        <Radio.Group {...on.field('writes')} label={w.may}>
          <Stack gap="xs" mt={4}>
            <Radio value="no" label={w.reads} />
            <Radio value="yes" label={w.writes} />
          </Stack>
        </Radio.Group>
        <NativeSelect {...on.field('days')} label={w.days} data={keyDays.map((each) => ({ value: String(each), label: w.forDays(each) }))} maw={280} />
      </FormBody>
    </Stack>
  );
}
