import { Button, Stack, Text, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { addAbsence, readWorkTime, removeAbsence, type WorkTime } from '../contract.ts';
import { calendarWords } from '../words.ts';

export function Absences({ time, onDone }: { time: WorkTime; onDone(said: string): void }) {
  const w = useWords(calendarWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const on = useServerForm({
    initial: { from: today, to: today },
    sentences: { from_format: shared.dayUnread, to_format: shared.dayUnread },
    async send(body, key) {
      await call(addAbsence, { params: { person: time.personId }, body }, { key });
      await refresh(queries, readWorkTime);
      setOpen(false);
      onDone(w.absenceAdded);
    },
  });
  const between = ({ from, to }: { from: string; to: string }) => (from === to ? shortDay(language, from) : w.between(shortDay(language, from), shortDay(language, to)));
  return (
    <Stack gap="xs" component="section" aria-labelledby="absences" align="flex-start">
      <Title order={2} size="h3" id="absences">
        {w.absences}
      </Title>
      {error !== null && <ErrorNotice error={error} />}
      {time.absences.length === 0 && !open && <Text>{w.noAbsences}</Text>}
      {time.absences.length > 0 && (
        <Ruled>
          {time.absences.map((absence) => (
            <Rule
              key={absence.id}
              action={
                <Button
                  size="xs"
                  variant="subtle"
                  aria-label={w.removeAbsence(between(absence))}
                  onClick={() => call(removeAbsence, { params: { person: time.personId, absence: absence.id } }).then(() => refresh(queries, readWorkTime), setError)}
                >
                  <IconX size={16} stroke={1.75} />
                </Button>
              }
            >
              {between(absence)}
            </Rule>
          ))}
        </Ruled>
      )}
      {open ? (
        <FormBody on={on} notSaved={w.notSaved} save={w.addAbsence} onCancel={() => setOpen(false)} quiet opened>
          <DayInput {...on.field('from')} label={w.firstDay} />
          <DayInput {...on.field('to')} label={w.lastDay} />
        </FormBody>
      ) : (
        <Button onClick={() => setOpen(true)}>{w.addAbsence}</Button>
      )}
    </Stack>
  );
}
