import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import type { Rotation } from '../contract.ts';
import { rotationWords } from '../words.ts';

/** Lines about a job rotation: who trains, who stands in from where and when, and what peers teach. */
export function useRotationLines() {
  const w = useWords(rotationWords);
  const { language } = useLanguage();
  return {
    who: ({ trainees, source, sourceName, peer, peerHours }: Pick<Rotation, 'trainees' | 'source' | 'sourceName' | 'peer' | 'peerHours'>) => [
      w.people(trainees),
      w.through(w.sources[source], sourceName),
      ...(peer === '' ? [] : [w.peerLine(peer, peerHours)]),
    ],
    when: ({ periods }: Pick<Rotation, 'periods'>) => periods.map(({ substitute, firstDay, lastDay }) => w.stands(substitute, shortDay(language, firstDay), shortDay(language, lastDay))),
  };
}
