import { Badge } from '@mantine/core';
import { IconCheck, IconChevronRight, IconClock, IconHourglass, IconX } from '@tabler/icons-react';
import { useActing } from '../../../../ui/acting.tsx';
import { capital, dayOf, longDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import type { MeetingShown } from '../contract.ts';
import { consultantMeetingsWords } from '../words.ts';

/** How a meeting stands; one whose day is over and that nobody closed needs somebody. */
export function MeetingState({ meeting }: { meeting: MeetingShown }) {
  const w = useWords(consultantMeetingsWords);
  const { today } = useActing();
  const [color, Icon, word] =
    meeting.cancelledAt !== null
      ? (['red', IconX, w.cancelled] as const)
      : meeting.closedAt !== null
        ? (['green', IconCheck, w.closed] as const)
        : meeting.day < today
          ? (['yellow', IconClock, w.notClosed] as const)
          : meeting.begunAt !== null
            ? (['fjord', IconChevronRight, w.running] as const)
            : (['gray', IconHourglass, w.planned] as const);
  return (
    <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
      {word}
    </Badge>
  );
}

/** "Torsdag 19. november kl. 9.00–11.30". */
export function useWhen() {
  const w = useWords(consultantMeetingsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  return ({ starts, ends }: MeetingShown) => w.when(capital(longDay(language, dayOf(zone, starts))), timeOf(language, zone, starts), timeOf(language, zone, ends));
}
