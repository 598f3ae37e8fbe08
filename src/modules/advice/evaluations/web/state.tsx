import { Badge } from '@mantine/core';
import { IconCheck, IconClock, IconX } from '@tabler/icons-react';
import { useWords } from '../../../../ui/language.tsx';
import type { Evaluation } from '../contract.ts';
import { evaluationsWords } from '../words.ts';

const marks = { announced: IconClock, published: IconCheck, called_off: IconX } as const;
const colors = { announced: 'yellow', published: 'green', called_off: 'gray' } as const;

export function EvaluationState({ state }: Pick<Evaluation, 'state'>) {
  const w = useWords(evaluationsWords);
  const Mark = marks[state];
  return (
    <Badge color={colors[state]} leftSection={<Mark size={16} stroke={1.75} />}>
      {w.states[state]}
    </Badge>
  );
}
