import { Badge, Text } from '@mantine/core';
import { IconChevronRight, IconHourglass, IconX } from '@tabler/icons-react';
import { shortDay } from './format.ts';
import { useLanguage, useWords } from './language.tsx';
import { uiWords } from './words.ts';

const looks = { now: { color: 'fjord', Icon: IconChevronRight }, ahead: { color: 'gray', Icon: IconHourglass }, past: { color: 'gray', Icon: IconX } } as const;

/** From when to when something holds, seen from today. What simply goes on is plain text; a badge is for what will change or has changed. */
export function PeriodBadge({ from, to, state }: { from: string; to: string | null; state: keyof typeof looks }) {
  const w = useWords(uiWords);
  const { language } = useLanguage();
  const { color, Icon } = looks[state];
  const day = (each: string) => shortDay(language, each);
  const text = {
    now: () => w.until(day(to ?? from)),
    ahead: () => (to === null ? w.from(day(from)) : w.fromTo(day(from), day(to))),
    past: () => w.ended(day(to ?? from)),
  }[state]();
  if (state === 'now' && to === null) {
    return (
      <Text span size="sm" c="dimmed">
        {w.since(day(from))}
      </Text>
    );
  }
  return (
    <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />} maw="100%">
      {text}
    </Badge>
  );
}
