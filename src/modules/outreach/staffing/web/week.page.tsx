import '@mantine/dates/styles.css';
import '@mantine/schedule/styles.css';
import 'dayjs/locale/da';
import 'dayjs/locale/en-gb';
import { ActionIcon, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ResourcesWeekView, type ScheduleEventData } from '@mantine/schedule';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { mondayOf, weekNumber } from '../../../../kit/week.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useFilters } from '../../../../ui/filters.tsx';
import { capital, dayOf, longDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { instantIn } from '../../../../ui/moments.ts';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listMeetings, moveMeeting, readMeeting } from '../../meetings/contract.ts';
import { readTeamWeek, type TeamWeek } from '../contract.ts';
import { staffingWords } from '../words.ts';
import classes from './week.module.css';

type Person = TeamWeek['people'][number];
type Meeting = Person['meetings'][number];

/** A week of the consultants: side by side where there is room, day by day on a phone. */
export function WeekPage() {
  const w = useWords(staffingWords);
  return (
    <OnlyFor roles={['consultant', 'manager', 'coordinator']} title={w.week}>
      <Week />
    </OnlyFor>
  );
}

function Week() {
  const w = useWords(staffingWords);
  const { today, may } = useActing();
  const filters = useFilters({ week: null });
  const week = mondayOf(/^\d{4}-\d{2}-\d{2}$/.test(filters.on.week ?? '') ? (filters.on.week ?? today) : today);
  const asked = useRead(readTeamWeek, { query: { week } });
  const [done, setDone] = useState<string | null>(null);
  const wide = useMediaQuery('(min-width: 64em)', true, { getInitialValueInEffect: false });
  const go = (day: string) => {
    setDone(null);
    filters.set('week', day);
  };
  const lead = may('coordinator') ? w.weekAll : may('manager') ? w.weekSchool : w.weekOwn;
  return (
    <Page title={w.weekNumber(weekNumber(week))} lead={lead} done={done}>
      <Group gap="xs" mb="md">
        <ActionIcon variant="default" size={36} aria-label={w.weekBefore} onClick={() => go(shiftDay(week, -7))}>
          <IconChevronLeft size={20} stroke={1.75} />
        </ActionIcon>
        <ActionIcon variant="default" size={36} aria-label={w.weekAfter} onClick={() => go(shiftDay(week, 7))}>
          <IconChevronRight size={20} stroke={1.75} />
        </ActionIcon>
        {may('coordinator') && week >= mondayOf(today) && (
          <Button component={Link} to={`/staffing?week=${week}` as never} ml="auto">
            {w.toStaffing}
          </Button>
        )}
        {week !== mondayOf(today) && <Button onClick={() => go(mondayOf(today))}>{w.thisWeek}</Button>}
      </Group>
      {asked.isPending && <Loading lines={8} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {asked.data !== undefined &&
        (asked.data.people.length === 0 ? (
          <Empty title={w.nobodyThere} text={w.nobodyThereText} />
        ) : wide && asked.data.people.length > 1 ? (
          <SideBySide key={week} found={asked.data} onMoved={setDone} />
        ) : (
          <DayByDay found={asked.data} />
        ))}
    </Page>
  );
}

/** 'YYYY-MM-DD HH:MM:SS' as the clock of the centre shows it. */
const onTheWall = (zone: string, instant: string) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(instant));

function SideBySide({ found, onMoved }: { found: TeamWeek; onMoved(said: string): void }) {
  const w = useWords(staffingWords);
  const { language } = useLanguage();
  const { today, zone } = useActing();
  const navigate = useNavigate();
  const [dropped, setDropped] = useState<{ meeting: Meeting; start: string } | null>(null);
  const at = (instant: string) => onTheWall(zone, instant);
  const events = found.people.flatMap((person) => [
    ...person.busy.map(
      (each, n): ScheduleEventData => ({ id: `${person.id} ${n}`, resourceId: person.id, title: w[each.kind], start: at(each.start), end: at(each.end), color: 'gray', display: 'background' }),
    ),
    ...person.meetings.map(
      (meeting): ScheduleEventData => ({
        id: `${person.id} ${meeting.id}`,
        resourceId: person.id,
        title: meeting.company,
        start: at(meeting.start),
        end: at(meeting.end),
        color: meeting.leads ? 'fjord' : 'gray',
        payload: { meeting, person: person.id },
      }),
    ),
  ]);
  const moves = (event: ScheduleEventData) => {
    const meeting = event.payload?.meeting as Meeting | undefined;
    return meeting?.mayChange === true && meeting.leads;
  };
  return (
    <>
      <ResourcesWeekView
        date={found.week}
        resources={found.people.map(({ id, name }) => ({ id, label: name }))}
        events={events}
        locale={language === 'da' ? 'da' : 'en-gb'}
        withHeader={false}
        withWeekendDays={false}
        firstDayOfWeek={1}
        startTime="07:00:00"
        endTime="18:00:00"
        intervalMinutes={60}
        eventDragInterval={30}
        slotWidth={76}
        rowHeight={68}
        slotLabelFormat="H"
        weekdayFormat="dddd D."
        labels={{ resource: w.consultant, resources: w.consultants, noEvents: w.noMeetings, timeSlot: w.slot, resourceSlot: w.slot, more: w.more, moreLabel: (count) => w.moreCount(count) }}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': w.weekNumber(weekNumber(found.week)) } as object }}
        startScrollDateTime={`${found.week === mondayOf(today) ? today : found.week} 07:00:00`}
        withCurrentTimeIndicator={false}
        renderResourceLabel={({ id, label }) => {
          const person = found.people.find((each) => each.id === id);
          return (
            <span className={classes.name}>
              {label}
              <br />
              <Text span size="xs" c="dimmed">
                {person?.school ?? ''}
              </Text>
            </span>
          );
        }}
        renderEventBody={(event) => (
          <span className={classes.event} lang="da">
            {event.title}
          </span>
        )}
        onEventClick={(event) => {
          const meeting = event.payload?.meeting as Meeting | undefined;
          if (meeting !== undefined) void navigate({ to: `/meetings/${meeting.id}` as never });
        }}
        withEventsDragAndDrop
        canDragEvent={moves}
        onEventDrop={({ event, newStart, resourceId }) => {
          const meeting = event.payload?.meeting as Meeting | undefined;
          if (meeting === undefined) return;
          // To another person is another thing: that needs a reason, and the company is told whom it meets.
          if (resourceId !== undefined && resourceId !== event.payload?.person) return void navigate({ to: `/meetings/${meeting.id}?give=${resourceId}` as never });
          const [day = '', time = ''] = newStart.split(' ');
          const start = instantIn(zone, day, time.slice(0, 5));
          if (start !== new Date(meeting.start).toISOString()) setDropped({ meeting, start });
        }}
      />
      <Text size="sm" c="dimmed" mt="sm">
        {found.people.some(({ meetings }) => meetings.some(({ mayChange }) => mayChange)) ? `${w.weekHelp} ${w.greyHelp}` : w.greyHelp}
      </Text>
      {dropped !== null && <Dropped {...dropped} onClose={() => setDropped(null)} onDone={onMoved} />}
    </>
  );
}

/** Nothing is moved by a slip of the hand: the company is told. */
function Dropped({ meeting, start, onClose, onDone }: { meeting: Meeting; start: string; onClose(): void; onDone(said: string): void }) {
  const w = useWords(staffingWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const move = () => {
    setPending(true);
    call(moveMeeting, { params: { meeting: meeting.id }, body: { start } }, { version: meeting.version })
      .then(async () => {
        await refresh(queries, readTeamWeek, listMeetings, readMeeting);
        onClose();
        onDone(w.movedHere(meeting.company));
      }, setError)
      .finally(() => setPending(false));
  };
  return (
    <Dialog title={w.moveTo(meeting.company, longDay(language, dayOf(zone, start)), timeOf(language, zone, start))} onClose={onClose}>
      <Text>{w.moveToText}</Text>
      {error !== null && <ErrorNotice error={error} />}
      <Group gap="xs">
        <Button variant="filled" loading={pending} onClick={move}>
          {w.move}
        </Button>
        <Button onClick={onClose}>{w.keep}</Button>
      </Group>
    </Dialog>
  );
}

function DayByDay({ found }: { found: TeamWeek }) {
  const w = useWords(staffingWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const all = found.people.flatMap((person) => person.meetings.map((meeting) => ({ person, meeting }))).sort((a, b) => a.meeting.start.localeCompare(b.meeting.start));
  return (
    <Stack gap="lg">
      {found.days.slice(0, 5).map(({ day, holiday }) => {
        const those = all.filter(({ meeting }) => dayOf(zone, meeting.start) === day);
        const spans = (person: Person) =>
          person.busy
            .filter(({ kind, start }) => kind === 'busy' && dayOf(zone, start) === day)
            .map(({ start, end }) => `${timeOf(language, zone, start)}–${timeOf(language, zone, end)}`)
            .join(', ');
        const busy = found.people.map((person) => [person.name, spans(person)] as const).filter(([, when]) => when !== '');
        const away = found.people.filter(({ busy }) => busy.some(({ kind, start, end }) => kind === 'absent' && dayOf(zone, start) <= day && day < dayOf(zone, end)));
        return (
          <Stack key={day} gap="xs" component="section" aria-label={longDay(language, day)}>
            <Title order={2}>{capital(longDay(language, day))}</Title>
            {holiday !== null && <Text size="sm">{holiday[language]}</Text>}
            {away.length > 0 && <Text size="sm">{found.people.length === 1 ? `${w.absent}.` : w.away(away.map(({ name }) => name).join(', '))}</Text>}
            {busy.length > 0 && <Text size="sm">{found.people.length === 1 ? w.busyThen(busy[0]?.[1] ?? '') : w.busyThen(busy.map(([name, when]) => `${name} ${when}`).join(' · '))}</Text>}
            {those.length === 0 ? (
              <Text c="dimmed">{w.noMeetings}</Text>
            ) : (
              <Ruled>
                {those.map(({ person, meeting }) => (
                  <Rule key={`${person.id} ${meeting.id}`}>
                    <Text size="sm" c="dimmed">
                      {`${timeOf(language, zone, meeting.start)}–${timeOf(language, zone, meeting.end)}`}
                    </Text>
                    <NameLink to={`/meetings/${meeting.id}`}>{[meeting.company, meeting.town].filter(Boolean).join(', ')}</NameLink>
                    <Text size="sm" c="var(--vn-ink-2)">
                      {meeting.leads ? person.name : w.learns(person.name)}
                    </Text>
                  </Rule>
                ))}
              </Ruled>
            )}
          </Stack>
        );
      })}
    </Stack>
  );
}
