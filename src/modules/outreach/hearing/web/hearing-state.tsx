import { Badge } from '@mantine/core';
import { IconCheck, IconClock, IconHourglass, IconLock } from '@tabler/icons-react';
import { useWords } from '../../../../ui/language.tsx';
import type { Hearing } from '../contract.ts';
import { hearingWords } from '../words.ts';

const looks = {
  open: { color: 'yellow', Icon: IconClock },
  answered: { color: 'green', Icon: IconCheck },
  due: { color: 'gray', Icon: IconHourglass },
  closed: { color: 'gray', Icon: IconLock },
} as const;

const stateOf = ({ closedAt, answeredAt, can }: Hearing): keyof typeof looks => (closedAt !== null ? 'closed' : !can.mark ? 'due' : answeredAt === null ? 'open' : 'answered');

export function HearingState({ hearing }: { hearing: Hearing }) {
  const w = useWords(hearingWords);
  const state = stateOf(hearing);
  const { color, Icon } = looks[state];
  return (
    <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
      {w.states[state]}
    </Badge>
  );
}
