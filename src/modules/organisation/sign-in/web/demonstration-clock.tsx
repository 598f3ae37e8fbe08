import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { longDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { useRead } from '../../../../ui/read.ts';
import { moveDemonstrationClock, readDemonstrationClock } from '../contract.ts';
import { clockWords } from '../words.ts';

/** Moves the demonstration to another day; everything on the page is then asked for again. */
export function DemonstrationClock() {
  const w = useWords(clockWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<unknown>(null);
  const clock = useRead(readDemonstrationClock, {});
  const move = (body: { day: string; time?: string }) => call(moveDemonstrationClock, { body }).then(() => queries.invalidateQueries());
  const on = useServerForm({
    initial: { day: '', time: '' },
    async send({ day, time }) {
      await move(time === '' ? { day } : { day, time });
      on.form.reset();
    },
  });
  if (clock.isError) return <ErrorNotice error={clock.error} onRetry={() => clock.refetch()} />;
  if (clock.data === undefined) return null;
  const { day, time } = clock.data;
  const onward = (days: number) => move({ day: shiftDay(day, days) }).then(() => setRefusal(null), setRefusal);
  return (
    <Stack gap="sm" py="sm">
      <Text fw={500} role="status">
        {w.now(longDay(language, day), time)}
      </Text>
      <Group gap="xs">
        <Button size="xs" onClick={() => onward(1)}>
          {w.nextDay}
        </Button>
        <Button size="xs" onClick={() => onward(7)}>
          {w.nextWeek}
        </Button>
      </Group>
      {refusal !== null && <ErrorNotice error={refusal} />}
      <FormBody on={on} notSaved={w.notMoved} save={w.move} quiet>
        <DayInput label={w.day} {...on.field('day')} />
        <TextInput type="time" label={w.time} maw={200} {...on.field('time')} />
      </FormBody>
      <Text size="sm" maw="68ch">
        {w.note}
      </Text>
    </Stack>
  );
}
