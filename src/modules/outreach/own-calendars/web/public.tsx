import { Alert, Group, Stack, Text, Title } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { useActing } from '../../../../ui/acting.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listBrokenCalendars, readCalendars } from '../contract.ts';
import { ownCalendarsWords } from '../words.ts';

export { CalendarFeed } from './calendar-feed.tsx';
export { OwnCalendars } from './own-calendars.tsx';

/** On top of the owner's own page, and with the way there on Today: nobody can book because a calendar is broken. */
export function BrokenOwnCalendar({ person, away = false }: { person: string; away?: boolean }) {
  const w = useWords(ownCalendarsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const asked = useRead(readCalendars, { params: { person } });
  const broken = asked.data?.links.find(({ state }) => state === 'broken');
  if (broken === undefined || broken.failingSince === null || broken.problem === null) return null;
  return (
    <Alert color="red" icon={<IconCalendarOff size={20} stroke={1.75} />} title={w.brokenOwn(broken.user === null ? broken.host : w.account(broken.user, broken.host))} mb={away ? 0 : 'xl'}>
      <Text size="sm">{w.broken(dayAndTime(language, zone, broken.failingSince))}</Text>
      <Text size="sm">{w.problems[broken.problem]}</Text>
      {away && <NameLink to="/my-time">{w.mendOwn}</NameLink>}
    </Alert>
  );
}

/** On the coordinator's Today: who counts as busy because a calendar cannot be read; nothing while all can. */
export function BrokenCalendars() {
  const w = useWords(ownCalendarsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const asked = useRead(listBrokenCalendars, {});
  if (asked.data === undefined || asked.data.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="broken-calendars" maw={720}>
      <Title order={2} id="broken-calendars">
        {w.brokenTitle}
      </Title>
      <Text>{w.brokenText}</Text>
      <Ruled>
        {asked.data.map(({ personId, name, school, since }) => (
          <Rule key={personId}>
            <Group gap="xs" justify="space-between">
              <span>
                <NameLink to={`/consultants/${personId}/time`}>{name}</NameLink>
                {school !== null && `, ${school}`}
              </span>
              <Text size="sm" c="dimmed">
                {w.brokenSince(dayAndTime(language, zone, since))}
              </Text>
            </Group>
          </Rule>
        ))}
      </Ruled>
    </Stack>
  );
}
