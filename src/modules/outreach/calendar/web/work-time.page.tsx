import { Stack, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { capital, shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { useRead } from '../../../../ui/read.ts';
import { IntakeAddress } from '../../intake/web/public.tsx';
import { BrokenOwnCalendar, CalendarFeed, OwnCalendars } from '../../own-calendars/web/public.tsx';
import { readWorkTime, type WorkTime } from '../contract.ts';
import { calendarWords } from '../words.ts';
import { Absences } from './absences.tsx';
import { CalendarFile } from './calendar-file.tsx';
import { WorkTimeForm } from './work-time-form.tsx';

/** One's own time. */
export function MyTimePage() {
  const w = useWords(calendarWords);
  const { personId } = useActing();
  return (
    <OnlyFor roles={['consultant']} title={w.title}>
      <TimeOf person={personId} />
    </OnlyFor>
  );
}

/** A consultant's, for the manager of the same school and the coordinator. */
export function WorkTimePage() {
  const { person } = useParams({ strict: false }) as { person: string };
  return <TimeOf person={person} />;
}

function TimeOf({ person }: { person: string }) {
  const w = useWords(calendarWords);
  const asked = useRead(readWorkTime, { params: { person } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(time) => <Sheet key={time.personId} time={time} />}
    </FetchedPage>
  );
}

function Sheet({ time }: { time: WorkTime }) {
  const w = useWords(calendarWords);
  const [done, setDone] = useState<string | null>(null);
  const say = (said: string) => {
    setDone(said);
    focusTitle();
  };
  return (
    <Page title={time.can.edit ? w.title : w.titleOf(time.name)} lead={time.can.edit ? w.lead : w.leadOther} done={done}>
      {time.can.edit && <BrokenOwnCalendar person={time.personId} />}
      <Columns
        aside={
          <>
            {time.can.edit && <OwnCalendars person={time.personId} onDone={say} />}
            {time.can.edit && <CalendarFile time={time} onDone={say} />}
            <Absences time={time} onDone={say} />
            {time.can.edit && <CalendarFeed person={time.personId} onDone={say} />}
            {time.can.edit && <IntakeAddress person={time.personId} onDone={say} />}
          </>
        }
      >
        {time.can.edit ? <WorkTimeForm key={time.version} time={time} onDone={say} /> : <Hours time={time} />}
      </Columns>
    </Page>
  );
}

function Hours({ time }: { time: WorkTime }) {
  const w = useWords(calendarWords);
  const { language } = useLanguage();
  return (
    <Stack gap="xs" component="section" aria-labelledby="hours">
      <Title order={2} id="hours">
        {w.hours}
      </Title>
      {time.hours.length === 0 && <Text>{w.noHours}</Text>}
      {time.hours.map(({ weekday, starts, ends }) => (
        <Text key={`${weekday} ${starts}`}>{capital(w.lesson(w.weekdays[weekday - 1] ?? '', shownTime(language, starts), shownTime(language, ends)))}</Text>
      ))}
    </Stack>
  );
}
