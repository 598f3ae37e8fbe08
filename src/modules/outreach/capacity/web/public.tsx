import { Stack, Text, Title } from '@mantine/core';
import { weekNumber } from '../../../../kit/week.ts';
import { useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { readOpenWeeks } from '../contract.ts';
import { capacityWords } from '../words.ts';
import { Used } from './used.tsx';

/** On the coordinator's Today: how much room the coming weeks have left (row 2.05). */
export function RoomForMeetings() {
  const w = useWords(capacityWords);
  const asked = useRead(readOpenWeeks, {});
  if (asked.data === undefined) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="room" maw={720}>
      <Title order={2} id="room">
        {w.room}
      </Title>
      {asked.data.every(({ agreed }) => agreed === 0) ? (
        <Text>{w.noRoomYet}</Text>
      ) : (
        <Rows
          label={w.room}
          rows={asked.data}
          keyOf={({ week }) => week}
          name={{ head: w.week, cell: ({ week }) => w.weekNumber(weekNumber(week)) }}
          columns={[{ head: w.booked, plain: true, width: '70%', cell: ({ agreed, used }) => <Used agreed={agreed === 0 ? null : agreed} used={used} /> }]}
        />
      )}
      <NameLink to="/capacity">{w.edit}</NameLink>
    </Stack>
  );
}
