import { Button, FileButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconCalendarEvent } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh } from '../../../../ui/read.ts';
import { readWorkTime, removeCalendarFile, sendCalendarFile, type WorkTime } from '../contract.ts';
import { calendarWords } from '../words.ts';

/** The timetable as a file; only when one is busy is kept of it. */
export function CalendarFile({ time, onDone }: { time: WorkTime; onDone(said: string): void }) {
  const w = useWords(calendarWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const doing = (work: Promise<unknown>, said: string) => {
    setPending(true);
    setError(null);
    work
      .then(() => refresh(queries, readWorkTime))
      .then(() => onDone(said), setError)
      .finally(() => setPending(false));
  };
  const params = { person: time.personId };
  const send = async (file: File) => call(sendCalendarFile, { params, body: { fileName: file.name, text: await file.text() } });
  return (
    <Stack gap="xs" component="section" aria-labelledby="file" align="flex-start">
      <Title order={2} size="h3" id="file">
        {w.file}
      </Title>
      <Text size="sm" c="dimmed">
        {w.fileHelp}
      </Text>
      {error !== null && <ErrorNotice error={error} />}
      {time.file !== null && <Text>{w.read(time.file.fileName, shortDay(language, dayOf(zone, time.file.readAt)), time.file.times)}</Text>}
      <Group gap="xs">
        <FileButton accept=".ics,text/calendar" onChange={(file) => file !== null && doing(send(file), w.fileRead)}>
          {(props) => (
            <Button {...props} loading={pending} leftSection={<IconCalendarEvent size={20} stroke={1.75} />}>
              {time.file === null ? w.choose : w.replace}
            </Button>
          )}
        </FileButton>
        {time.file !== null && (
          <Button variant="subtle" onClick={() => doing(call(removeCalendarFile, { params }), w.forgotten)}>
            {w.forget}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
