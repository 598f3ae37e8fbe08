import { Badge, Group } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconChevronRight, IconClock, IconX } from '@tabler/icons-react';
import { useWords } from '../../../../ui/language.tsx';
import type { Referral } from '../contract.ts';
import { referralsWords } from '../words.ts';

const marks = { sent: IconClock, accepted: IconChevronRight, started: IconChevronRight, ended: IconCheck, declined: IconX, withdrawn: IconX } as const;
const colors = { sent: 'yellow', accepted: 'fjord', started: 'fjord', ended: 'green', declined: 'gray', withdrawn: 'gray' } as const;

/** How far a referral is, and whether it waits long. */
export function ReferralState({ referral: { state, outcome, late } }: { referral: Pick<Referral, 'state' | 'outcome' | 'late'> }) {
  const w = useWords(referralsWords);
  const Mark = marks[state];
  return (
    <Group gap={6}>
      <Badge color={colors[state]} leftSection={<Mark size={16} stroke={1.75} />}>
        {outcome === null ? w.states[state] : w.outcomes[outcome]}
      </Badge>
      {late && (
        <Badge color="yellow" leftSection={<IconAlertTriangle size={16} stroke={1.75} />}>
          {w.late}
        </Badge>
      )}
    </Group>
  );
}
