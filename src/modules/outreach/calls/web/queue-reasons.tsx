import { Stack, Text } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { dayOf, timeOf, writtenDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import type { Queue } from '../contract.ts';
import { callsWords } from '../words.ts';

/** A moment in words: the time alone today, else with its day. */
export function useWhen(): (at: string) => string {
  const w = useWords(callsWords);
  const { language } = useLanguage();
  const { zone, today } = useActing();
  return (at) => {
    if (at.length === 10) return writtenDay(language, at);
    const day = dayOf(zone, at);
    return w.on(day === today ? '' : writtenDay(language, day), timeOf(language, zone, at)).trim();
  };
}

/** Why there is nobody to call, and until when: a sentence for each reason. */
export function useReasons(): (queue: Queue) => string[] {
  const w = useWords(callsWords);
  const when = useWhen();
  return (queue) => queue.reasons.map(({ code, count, at }) => (code === 'hearing' && count === null ? w.hearingOpen : (w.why_empty[code]?.(count ?? 0, at === null ? '' : when(at)) ?? '')));
}

export function QueueReasons({ queue }: { queue: Queue }) {
  const reasons = useReasons();
  return (
    <Stack gap={4}>
      {reasons(queue).map((reason) => (
        <Text key={reason} c="var(--vn-ink-2)">
          {reason}
        </Text>
      ))}
    </Stack>
  );
}
