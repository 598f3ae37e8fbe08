import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { Language } from '../../../../kit/words.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { capital, shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { readTime } from '../../../../ui/moments.ts';
import { refresh } from '../../../../ui/read.ts';
import { readWorkTime, type WorkTime, writeWorkTime } from '../contract.ts';
import { calendarWords } from '../words.ts';

/** What cannot be read stays as it was written, so that the server names it. */
const timeWritten = (written: string) => readTime(written) ?? written.trim();

interface Lesson {
  weekday: string;
  starts: string;
  ends: string;
  from: string;
  to: string;
}
const days = [1, 2, 3, 4, 5] as const;
const valuesFor = (language: Language) => (time: WorkTime) => ({
  hours: days.map((weekday) => {
    const [first] = time.hours.filter((each) => each.weekday === weekday);
    return { starts: first === undefined ? '' : shownTime(language, first.starts), ends: first === undefined ? '' : shownTime(language, first.ends) };
  }),
  teaching: (time.teaching ?? []).map(({ weekday, starts, ends, from, to }): Lesson => ({ weekday: String(weekday), starts: shownTime(language, starts), ends: shownTime(language, ends), from, to })),
});
type Values = ReturnType<ReturnType<typeof valuesFor>>;

/** Working hours and lessons, saved together. */
export function WorkTimeForm({ time, onDone }: { time: WorkTime; onDone(said: string): void }) {
  const w = useWords(calendarWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const queries = useQueryClient();
  const valuesOf = valuesFor(language);
  const on = useServerForm<Values, WorkTime>({
    initial: valuesOf(time),
    edits: { seen: time, valuesOf },
    async send({ hours, teaching }, _key, version) {
      const body = {
        // A day that has more stretches than the form shows keeps the others.
        hours: [
          ...hours.flatMap(({ starts, ends }, at) => (starts === '' && ends === '' ? [] : [{ weekday: at + 1, starts: timeWritten(starts), ends: timeWritten(ends) }])),
          ...time.hours.filter((each, at) => each.weekday > 5 || time.hours.findIndex(({ weekday }) => weekday === each.weekday) !== at),
        ],
        teaching: teaching.map((each) => ({ ...each, weekday: Number(each.weekday), starts: timeWritten(each.starts), ends: timeWritten(each.ends) })),
      };
      await call(writeWorkTime, { params: { person: time.personId }, body }, { version });
      await refresh(queries, readWorkTime);
      onDone(w.saved);
    },
  });
  const values = on.form.getValues();
  const nameOf = (weekday: number) => capital(w.weekdays[weekday - 1] ?? '');
  const inWords = ({ hours, teaching }: Values): Said[] => [
    ...hours.map(({ starts, ends }, at) => ({ label: nameOf(at + 1), text: starts === '' ? '' : `${starts}–${ends}` })),
    { label: w.teaching, text: teaching.map((each) => w.lesson(w.weekdays[Number(each.weekday) - 1] ?? '', each.starts, each.ends)).join(' · ') },
  ];
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} inWords={inWords} wide>
      <Title order={2}>{w.hours}</Title>
      <Text size="sm" c="dimmed">
        {time.version === 0 ? w.unset : w.hoursHelp}
      </Text>
      {values.hours.map((_, at) => (
        <Group key={days[at]} gap="sm" wrap="nowrap" align="flex-end">
          <TextInput {...on.field(`hours.${at}.starts`)} label={w.startsOn(nameOf(at + 1))} autoComplete="off" inputMode="decimal" flex={1} maw={200} />
          <TextInput {...on.field(`hours.${at}.ends`)} label={w.endsOn(nameOf(at + 1))} autoComplete="off" inputMode="decimal" flex={1} maw={200} />
        </Group>
      ))}
      <Title order={2} mt="md">
        {w.teaching}
      </Title>
      <Text size="sm" c="dimmed">
        {w.teachingHelp}
      </Text>
      {values.teaching.length === 0 && <Text>{w.noTeaching}</Text>}
      {values.teaching.map((lesson, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a lesson has no other name than its place
        <Stack key={at} gap="xs" component="fieldset" style={{ border: 0, borderTop: '1px solid var(--vn-line)', padding: '12px 0 0', margin: 0 }}>
          <Group gap="sm" align="flex-end">
            <NativeSelect {...on.field(`teaching.${at}.weekday`)} label={w.weekday} data={[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value: String(value), label: nameOf(value) }))} w={130} />
            <TextInput {...on.field(`teaching.${at}.starts`)} label={w.starts} autoComplete="off" inputMode="decimal" w={92} />
            <TextInput {...on.field(`teaching.${at}.ends`)} label={w.ends} autoComplete="off" inputMode="decimal" w={92} />
          </Group>
          <Group gap="sm" align="flex-end">
            <DayInput {...on.field(`teaching.${at}.from`)} label={w.firstDay} />
            <DayInput {...on.field(`teaching.${at}.to`)} label={w.lastDay} />
          </Group>
          <Group>
            <Button size="xs" variant="subtle" leftSection={<IconX size={16} stroke={1.75} />} onClick={() => on.form.removeListItem('teaching', at)}>
              {w.removeLesson(w.lesson(w.weekdays[Number(lesson.weekday) - 1] ?? '', lesson.starts, lesson.ends))}
            </Button>
          </Group>
        </Stack>
      ))}
      <Group>
        <Button leftSection={<IconPlus size={20} stroke={1.75} />} onClick={() => on.form.insertListItem('teaching', { weekday: '1', starts: '', ends: '', from: today, to: today })}>
          {w.addLesson}
        </Button>
      </Group>
    </FormBody>
  );
}
