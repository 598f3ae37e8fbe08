import { Badge } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconChevronRight, IconClock, IconHourglass, IconX } from '@tabler/icons-react';
import { useActing } from '../acting.tsx';
import { dayOf, shortDay, timeOf } from '../format.ts';
import { JobProgress } from '../job-progress.tsx';
import { useLanguage, useWords } from '../language.tsx';
import { fileWords } from './words.ts';

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
type State = keyof typeof looks;

export function FileState({ state }: { state: State }) {
  const w = useWords(fileWords);
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
export const isBusy = (state: State): state is Busy => (busy as readonly string[]).includes(state);

/** A moment in the centre's time. */
export function useMoment(): (moment: string) => string {
  const w = useWords(fileWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  return (moment) => w.at(shortDay(language, dayOf(zone, moment)), timeOf(language, zone, moment));
}

/** Who sent it, and when. */
export function Sent({ sent: { createdAt, person } }: { sent: { createdAt: string; person: string | null } }) {
  const w = useWords(fileWords);
  const moment = useMoment();
  return <time dateTime={createdAt}>{w.by(moment(createdAt), person ?? w.someone)}</time>;
}

interface Working {
  state: Busy;
  labels: Record<Busy, string>;
  read: number;
  progress: { done: number; total: number };
}

/** How far the work at a file is. */
export function FileWorking({ state, labels, read, progress }: Working) {
  const w = useWords(fileWords);
  const counts = state === 'applying' && progress.total > 0;
  const figures = counts ? w.figures(progress.done, progress.total) : state === 'reading' && read > 0 ? w.soFar(read) : undefined;
  return <JobProgress label={labels[state]} figures={figures} share={counts ? progress.done / progress.total : undefined} note={w.mayLeave} />;
}
