import { Badge, Group } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPencil, IconSignature, IconX } from '@tabler/icons-react';
import { useWords } from '../../../../ui/language.tsx';
import type { Partnership } from '../contract.ts';
import { partnershipsWords } from '../words.ts';

const marks = { draft: IconPencil, awaiting: IconSignature, signed: IconCheck, ended: IconX, renewed: IconX } as const;
const colors = { draft: 'gray', awaiting: 'yellow', signed: 'green', ended: 'gray', renewed: 'gray' } as const;

/** How far an agreement is, and what it waits for. */
export function PartnershipState({ partnership: { state, over, reviewDue, toSign } }: { partnership: Pick<Partnership, 'state' | 'over' | 'reviewDue' | 'toSign'> }) {
  const w = useWords(partnershipsWords);
  const Mark = over ? IconX : marks[state];
  return (
    <Group gap={6}>
      <Badge color={over ? 'gray' : colors[state]} leftSection={<Mark size={16} stroke={1.75} />}>
        {over ? w.over : w.states[state]}
      </Badge>
      {(toSign || reviewDue) && (
        <Badge color="yellow" leftSection={<IconAlertTriangle size={16} stroke={1.75} />}>
          {toSign ? w.toSignShort : w.reviewDue}
        </Badge>
      )}
    </Group>
  );
}
