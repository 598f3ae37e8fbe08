import { Text } from '@mantine/core';
import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import type { NeedShown } from '../contract.ts';
import { needsWords } from '../words.ts';

/** When, for how many, and whether an ordinary course will do, on one line. */
export function NeedFacts({ need }: { need: Pick<NeedShown, 'term' | 'people' | 'fit'> }) {
  const w = useWords(needsWords);
  return (
    <Text size="sm" c="dimmed">
      {sideBySide([w.terms[need.term], ...(need.people === null ? [] : [w.people(need.people)]), ...(need.fit === null ? [] : [w.fits[need.fit]])])}
    </Text>
  );
}
