import { Button, NumberInput, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { type RunningLimits, readRunningLimits, writeRunningLimits } from '../contract.ts';
import { runningLimitsWords } from '../words.ts';

const read = (school: string) => ({ params: { school: school as never } });

/** On a school's page: how many classes it has rooms and teachers for (row 4.03). */
export function RunningLimitsSection({ school }: { school: string }) {
  const { may } = useActing();
  return may('consultant') || may('manager') || may('coordinator') ? <Limits school={school} /> : null;
}

function Limits({ school }: { school: string }) {
  const w = useWords(runningLimitsWords);
  const n = useNeedWords();
  const asked = useRead(readRunningLimits, read(school));
  const [editing, setEditing] = useState(false);
  const [done, setDone] = useState(false);
  const found = asked.data;
  const said = found === undefined ? [] : [...found.rooms.filter(({ rooms }) => rooms !== null), ...found.teachers.filter(({ teachers }) => teachers !== null)];
  return (
    <Stack gap="sm" maw={720} mt="xl" component="section" aria-labelledby="limits">
      <Title order={2} id="limits">
        {w.title}
      </Title>
      <Text>{w.help}</Text>
      {asked.isPending && <Loading lines={2} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {done && <Text role="status">{w.saved}</Text>}
      {found !== undefined && !editing && (
        <>
          {said.length === 0 ? (
            <Text>{w.nothing}</Text>
          ) : (
            <Facts
              facts={[
                ...found.rooms.flatMap(({ town, rooms }) => (rooms === null ? [] : [{ label: w.rooms(town), value: rooms }])),
                ...found.teachers.flatMap(({ field, teachers }) => (teachers === null ? [] : [{ label: w.teachers(n.fields[field]), value: teachers }])),
              ]}
            />
          )}
          {found.can.edit && (
            <div>
              <Button
                variant="default"
                onClick={() => {
                  setDone(false);
                  setEditing(true);
                }}
              >
                {w.edit}
              </Button>
            </div>
          )}
        </>
      )}
      {found !== undefined && editing && (
        <EditLimits
          school={school}
          found={found}
          onDone={() => {
            setEditing(false);
            setDone(true);
          }}
          onClose={() => setEditing(false)}
        />
      )}
    </Stack>
  );
}

type Values = { rooms: Record<string, number | string>; teachers: Record<string, number | string> };
const valuesOf = ({ rooms, teachers }: RunningLimits): Values => ({
  rooms: Object.fromEntries(rooms.map((each, at) => [String(at), each.rooms ?? ''])),
  teachers: Object.fromEntries(teachers.map((each) => [each.field, each.teachers ?? ''])),
});

function EditLimits({ school, found, onDone, onClose }: { school: string; found: RunningLimits; onDone(): void; onClose(): void }) {
  const w = useWords(runningLimitsWords);
  const n = useNeedWords();
  const queries = useQueryClient();
  const on = useServerForm({
    initial: valuesOf(found),
    async send({ rooms, teachers }, _key, version) {
      const body = {
        rooms: found.rooms.flatMap(({ town }, at) => (rooms[String(at)] === '' ? [] : [{ town, rooms: Number(rooms[String(at)]) }])),
        teachers: found.teachers.flatMap(({ field }) => (teachers[field] === '' ? [] : [{ field, teachers: Number(teachers[field]) }])),
      };
      await call(writeRunningLimits, { ...read(school), body }, { version });
      await refresh(queries, readRunningLimits);
      onDone();
    },
    edits: { seen: found, valuesOf },
  });
  const shown = (value: number | string | undefined) => String(value ?? '');
  return (
    <FormBody
      on={on}
      notSaved={w.notSaved}
      save={w.save}
      opened
      onCancel={onClose}
      inWords={({ rooms, teachers }) => [
        ...found.rooms.map(({ town }, at) => ({ label: w.rooms(town), text: shown(rooms[String(at)]) })),
        ...found.teachers.map(({ field }) => ({ label: w.teachers(n.fields[field]), text: shown(teachers[field]) })),
      ]}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {found.rooms.map(({ town }, at) => (
          <NumberInput key={town} {...on.field(`rooms.${at}`)} label={w.rooms(town)} min={0} max={500} allowDecimal={false} />
        ))}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {found.teachers.map(({ field }) => (
          <NumberInput key={field} {...on.field(`teachers.${field}`)} label={w.teachers(n.fields[field])} min={0} max={500} allowDecimal={false} />
        ))}
      </SimpleGrid>
    </FormBody>
  );
}
