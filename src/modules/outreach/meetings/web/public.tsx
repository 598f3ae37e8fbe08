import { Stack, Text, Title } from '@mantine/core';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { capital, dayOf, longDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listMeetings } from '../contract.ts';
import { meetingsWords } from '../words.ts';

export { BookForm, lostSlot } from './book-form.tsx';
export { type ShownSlot, SlotPicker, type SlotSource } from './slot-picker.tsx';

/** For Today: a consultant's meetings of the next two weeks, the next one first. */
export function NextMeetings() {
  const w = useWords(meetingsWords);
  const { language } = useLanguage();
  const { today, zone } = useActing();
  const asked = useRead(listMeetings, { query: { from: today, to: shiftDay(today, 14), whose: 'mine' } });
  return (
    <Stack gap="sm" component="section" aria-labelledby="next-meetings" maw={720}>
      <Title order={2} id="next-meetings">
        {w.next}
      </Title>
      {asked.isPending && <Loading lines={3} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {asked.data?.length === 0 && <Text>{w.nextNone}</Text>}
      {asked.data !== undefined && asked.data.length > 0 && (
        <Ruled>
          {asked.data.slice(0, 5).map((meeting) => (
            <Rule key={meeting.id}>
              <Text size="sm" c="dimmed">
                {capital(w.at(longDay(language, dayOf(zone, meeting.start)), timeOf(language, zone, meeting.start), timeOf(language, zone, meeting.end)))}
              </Text>
              <Text fw={500}>{meeting.company.name}</Text>
              <Text size="sm" c="var(--vn-ink-2)">
                {`${meeting.place} · ${w.drive(meeting.travelMinutes)}`}
              </Text>
              <NameLink to={`/meetings/${meeting.id}`}>{w.brief}</NameLink>
            </Rule>
          ))}
        </Ruled>
      )}
      <NameLink to="/meetings">{w.all}</NameLink>
    </Stack>
  );
}
