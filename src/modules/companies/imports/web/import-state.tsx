import { Badge } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconChevronRight, IconClock, IconHourglass, IconX } from '@tabler/icons-react';
import { useActing } from '../../../../ui/acting.tsx';
import { dayOf, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import type { CompanyImport } from '../contract.ts';
import { importsWords } from '../words.ts';

const looks = {
  received: { color: 'gray', Icon: IconHourglass },
  reading: { color: 'fjord', Icon: IconChevronRight },
  ready: { color: 'yellow', Icon: IconClock },
  applying: { color: 'fjord', Icon: IconChevronRight },
  done: { color: 'green', Icon: IconCheck },
  undoing: { color: 'fjord', Icon: IconChevronRight },
  undone: { color: 'gray', Icon: IconArrowBackUp },
  failed: { color: 'red', Icon: IconX },
  cancelled: { color: 'gray', Icon: IconX },
} as const;

export function ImportState({ state }: { state: CompanyImport['state'] }) {
  const w = useWords(importsWords);
  const { color, Icon } = looks[state];
  return (
    <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
      {w.states[state]}
    </Badge>
  );
}

const busy = ['received', 'reading', 'applying', 'undoing'] as const;
export type Busy = (typeof busy)[number];
/** Something is being done to it right now, without anybody pressing. */
export const isBusy = (state: CompanyImport['state']): state is Busy => (busy as readonly string[]).includes(state);

/** Who sent it, and when. */
export function Sent({ sent: { createdAt, person } }: { sent: CompanyImport }) {
  const w = useWords(importsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  return <time dateTime={createdAt}>{w.by(w.at(shortDay(language, dayOf(zone, createdAt)), timeOf(language, zone, createdAt)), person ?? w.someone)}</time>;
}
