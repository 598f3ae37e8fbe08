import { Button, Group, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { forgetOwnAbilities, type OwnAbilities, readOwnAbilities, writeOwnAbilities } from '../contract.ts';
import { peopleWords } from '../words.ts';

export { placeOf, RolePlaceFields, useGiving } from './role-fields.tsx';

/** On the own profile page: five abilities and what to learn, for oneself alone (row 2.21). */
export function OwnAbilitiesPanel() {
  const w = useWords(peopleWords).own;
  const { language } = useLanguage();
  const queries = useQueryClient();
  const asked = useRead(readOwnAbilities, {});
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const close = (said: string | null) => {
    setOpen(false);
    setDone(said);
    heading.current?.focus({ preventScroll: true });
  };
  const own = asked.data;
  return (
    <Stack gap="sm" component="section" aria-labelledby="own-abilities" maw={720} mt="xl">
      <Title order={2} id="own-abilities" ref={heading} tabIndex={-1}>
        {w.title}
      </Title>
      <Text c="dimmed">{w.lead}</Text>
      <div role="status">{done !== null && <Text>{done}</Text>}</div>
      {asked.isPending && <Loading lines={5} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {own !== undefined &&
        (open ? (
          <Rate own={own} onClose={close} />
        ) : (
          <>
            {own.version > 0 && (
              <Facts
                facts={own.abilities.map(({ level, learn, by }, at) => ({
                  label: w.abilities[at] ?? '',
                  value: (
                    <>
                      <Text fw={500}>{level === null ? w.notRated : w.levels[level - 1]}</Text>
                      {by !== null && <Text style={{ overflowWrap: 'anywhere' }}>{w.plan(learn, shortDay(language, by))}</Text>}
                    </>
                  ),
                }))}
              />
            )}
            <Group gap="xs">
              <Button onClick={() => setOpen(true)}>{own.version === 0 ? w.write : w.change}</Button>
              {own.version > 0 && (
                <Button variant="subtle" onClick={() => setAsking(true)}>
                  {w.forget}
                </Button>
              )}
            </Group>
          </>
        ))}
      <ConfirmDialog
        title={w.forgetAsk}
        text={w.forgetText}
        yes={w.forget}
        opened={asking}
        onClose={() => setAsking(false)}
        run={() => call(forgetOwnAbilities, {})}
        onDone={async () => {
          await refresh(queries, readOwnAbilities);
          close(w.forgotten);
        }}
      />
    </Stack>
  );
}

const valuesOf = ({ abilities }: OwnAbilities) => ({ abilities: abilities.map(({ level, learn, by }) => ({ level: level === null ? '' : `${level}`, learn, by: by ?? '' })) });
type Values = ReturnType<typeof valuesOf>;

function Rate({ own, onClose }: { own: OwnAbilities; onClose(said: string | null): void }) {
  const w = useWords(peopleWords).own;
  const { language } = useLanguage();
  const queries = useQueryClient();
  const levels = [{ value: '', label: w.notRated }, ...w.levels.map((label, at) => ({ value: `${at + 1}`, label }))];
  const on = useServerForm<Values, OwnAbilities>({
    initial: valuesOf(own),
    edits: { seen: own, valuesOf },
    sentences: { 'abilities.by_required': w.byRequired, 'abilities.learn_required': w.learnRequired },
    async send({ abilities }, _key, version) {
      const body = { abilities: abilities.map(({ level, learn, by }) => ({ level: level === '' ? null : Number(level), learn, by: by === '' ? null : by })) };
      await call(writeOwnAbilities, { body }, { version });
      await refresh(queries, readOwnAbilities);
      onClose(w.saved);
    },
  });
  const inWords = ({ abilities }: Values): Said[] =>
    abilities.map(({ level, learn, by }, at) => ({
      label: w.abilities[at] ?? '',
      text: [level === '' ? w.notRated : w.levels[Number(level) - 1], learn === '' ? '' : w.plan(learn, shortDay(language, by))].filter(Boolean).join(' · '),
    }));
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} opened onCancel={() => onClose(null)} inWords={inWords} wide>
      {w.abilities.map((ability, at) => (
        <Stack key={ability} gap="xs" component="fieldset" bd={0} p={0} m={0}>
          <Text component="legend" fw={600} p={0} mb={4}>
            {ability}
          </Text>
          <NativeSelect {...on.field(`abilities.${at}.level`)} label={w.level} data={levels} maw={320} />
          <Textarea {...on.field(`abilities.${at}.learn`)} label={w.learn} autosize minRows={1} maxLength={500} />
          <DayInput {...on.field(`abilities.${at}.by`)} label={w.by} />
        </Stack>
      ))}
    </FormBody>
  );
}
