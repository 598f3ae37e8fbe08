import { Button, Checkbox, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { idles, lives, readSignInRules, type SignInRules, ways, writeSignInRules } from '../contract.ts';
import { signInRulesWords } from '../words.ts';

type Way = SignInRules['ways'][number];
interface Values extends Record<string, unknown> {
  lifeMinutes: string;
  idleMinutes: string;
  ways: Way[];
}
const valuesOf = ({ lifeMinutes, idleMinutes, ways: open }: SignInRules): Values => ({ lifeMinutes: String(lifeMinutes), idleMinutes: String(idleMinutes), ways: open });

/** How the centre lets in, in words; its administrator edits it. `onSaved` says what happened. */
export function SignInRulesSection({ onSaved }: { onSaved(said: string): void }) {
  const w = useWords(signInRulesWords);
  const asked = useRead(readSignInRules, {});
  const [editing, setEditing] = useState(false);
  const rules = asked.data;
  return (
    <Stack component="section" gap="sm" maw={720} aria-labelledby="sign-in-rules">
      <Title order={2} id="sign-in-rules">
        {w.title}
      </Title>
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {asked.isPending && <Loading lines={3} />}
      {rules !== undefined && editing && (
        <EditRules
          rules={rules}
          onClose={(said) => {
            setEditing(false);
            if (said !== null) onSaved(said);
          }}
        />
      )}
      {rules !== undefined && !editing && (
        <>
          <Text>{w.saidTime(w.time(rules.lifeMinutes), w.time(rules.idleMinutes))}</Text>
          <Text>{w.saidWays(rules.ways.map((way) => w.wayNames[way].toLowerCase()).join(', '))}</Text>
          <Text size="sm" c="dimmed" maw="68ch">
            {w.help}
          </Text>
          {rules.can.edit && (
            <div>
              <Button onClick={() => setEditing(true)}>{w.edit}</Button>
            </div>
          )}
        </>
      )}
    </Stack>
  );
}

function EditRules({ rules, onClose }: { rules: SignInRules; onClose(said: string | null): void }) {
  const w = useWords(signInRulesWords);
  const queries = useQueryClient();
  const on = useServerForm<Values, SignInRules>({
    initial: valuesOf(rules),
    edits: { seen: rules, valuesOf },
    async send(values, _key, version) {
      const { ended } = await call(writeSignInRules, { body: { lifeMinutes: Number(values.lifeMinutes), idleMinutes: Number(values.idleMinutes), ways: values.ways } as never }, { version });
      await refresh(queries, readSignInRules);
      onClose(w.saved(ended));
    },
  });
  const inWords = (values: Values): Said[] => [
    { label: w.life, text: w.time(Number(values.lifeMinutes)) },
    { label: w.idle, text: w.time(Number(values.idleMinutes)) },
    { label: w.ways, text: values.ways.map((way) => w.wayNames[way]).join(', ') },
  ];
  const times = (all: readonly number[]) => all.map((minutes) => ({ value: String(minutes), label: w.time(minutes) }));
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={() => onClose(null)} opened inWords={inWords}>
      <NativeSelect {...on.field('lifeMinutes')} label={w.life} data={times(lives)} maw={240} />
      <NativeSelect {...on.field('idleMinutes')} label={w.idle} data={times(idles)} maw={240} />
      <Checkbox.Group {...on.field('ways')} label={w.ways} description={w.help}>
        <Stack gap="xs" mt="xs">
          {ways.map((way) => (
            <Checkbox key={way} value={way} label={w.wayNames[way]} styles={{ body: { minHeight: 44, alignItems: 'center' } }} />
          ))}
        </Stack>
      </Checkbox.Group>
    </FormBody>
  );
}
