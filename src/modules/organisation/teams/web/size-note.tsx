import { Alert } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useWords } from '../../../../ui/language.tsx';
import { teamsWords } from '../words.ts';

/** Row 1.23 recommends 8 to 10 people in a team; it is no rule. */
export function SizeNote({ count }: { count: number }) {
  const w = useWords(teamsWords);
  if (count >= 8 && count <= 10) return null;
  return (
    <Alert color="gray" icon={<IconBulb size={20} stroke={1.75} />}>
      {w.few(count)}
    </Alert>
  );
}
