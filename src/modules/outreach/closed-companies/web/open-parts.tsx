import { useWords } from '../../../../ui/language.tsx';
import type { StillOpen } from '../contract.ts';
import { closedCompaniesWords } from '../words.ts';

/** What still waits at a closed company, one part for each kind. */
export function useOpenParts(): (open: StillOpen) => string[] {
  const w = useWords(closedCompaniesWords);
  return (open) => [
    ...(open.followed ? [w.followed] : []),
    ...(['meetings', 'tasks', 'enquiries', 'corners'] as const).flatMap((kind) => (open[kind] > 0 ? [w[kind](open[kind])] : [])),
    ...(open.keepUp ? [w.keepUp] : []),
    ...(open.group ? [w.group] : []),
  ];
}
