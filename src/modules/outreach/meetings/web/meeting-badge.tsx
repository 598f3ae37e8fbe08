import { Badge } from '@mantine/core';
import { IconCheck, IconChevronRight, IconClock, IconHourglass, IconX } from '@tabler/icons-react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useWords } from '../../../../ui/language.tsx';
import type { listMeetings } from '../contract.ts';
import { meetingsWords } from '../words.ts';

const looks = {
  held: { color: 'gray', Icon: IconHourglass },
  booked: { color: 'fjord', Icon: IconChevronRight },
  done: { color: 'green', Icon: IconCheck },
  no_show: { color: 'yellow', Icon: IconClock },
  cancelled: { color: 'red', Icon: IconX },
} as const;

export function MeetingBadge({ state }: { state: OutputOf<typeof listMeetings>[number]['state'] }) {
  const w = useWords(meetingsWords);
  const { color, Icon } = looks[state];
  return (
    <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
      {w.states[state]}
    </Badge>
  );
}
