import { Badge } from '@mantine/core';
import { IconCheck, IconChevronRight, IconClock, IconHourglass, IconPencil, IconPlayerPause } from '@tabler/icons-react';
import { municipalities } from '../../../../kit/municipalities.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { employees } from '../../../../ui/figures.ts';
import { dayOf, listed, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import type { Campaign, Criteria } from '../contract.ts';
import { campaignsWords } from '../words.ts';

const looks = {
  draft: { color: 'gray', Icon: IconPencil },
  listed: { color: 'yellow', Icon: IconClock },
  hearing: { color: 'gray', Icon: IconHourglass },
  calling: { color: 'fjord', Icon: IconChevronRight },
  paused: { color: 'yellow', Icon: IconPlayerPause },
  over: { color: 'green', Icon: IconCheck },
} as const;

export function CampaignBadge({ state }: { state: Campaign['state'] }) {
  const w = useWords(campaignsWords);
  const { color, Icon } = looks[state];
  return (
    <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
      {w.states[state]}
    </Badge>
  );
}

/** "DB25:C" -> "Industri (DB25)", "DB25:25" -> "25 … (DB25)". */
export function useIndustryName() {
  const w = useWords(campaignsWords);
  return (industry: string) => {
    const [scheme, level = ''] = industry.split(':') as ['DB25' | 'DB07', string];
    return `${w.sections[scheme]?.[level] ?? level} (${scheme})`;
  };
}

/** The criteria of a campaign in words, part by part. */
export function useCriteriaWords() {
  const w = useWords(campaignsWords);
  const { language } = useLanguage();
  const industryName = useIndustryName();
  return ({ industries, sizes, municipalities: places, sector, neverContacted }: Criteria, draw: number | null): string[] => {
    const parts = [
      listed(language, industries.map(industryName)),
      listed(
        language,
        sizes.map((size) => w.sizeNames[size]),
      ),
      listed(
        language,
        places.map((code) => municipalities[code] ?? code),
      ),
      sector === null ? '' : w.sectors[sector],
      neverContacted ? w.neverContacted : '',
      draw === null ? '' : w.drawn(draw),
    ].filter((part) => part !== '');
    return parts.length === 0 ? [w.all] : parts;
  };
}

interface Reason {
  industry: { scheme: string; code: string; text: string | null } | null;
  size: { from: number; to: number | null } | null;
  municipality: string | null;
  publicSector: boolean;
  neverContacted: boolean;
}

/** Why a company is on the list: "Metalkonstruktioner · 10–19 ansatte · Lemvig · aldrig kontaktet". */
export function useReasonWords() {
  const w = useWords(campaignsWords);
  const { language } = useLanguage();
  return ({ industry, size, municipality, publicSector, neverContacted }: Reason): string[] =>
    [
      industry === null ? '' : (industry.text ?? `${industry.scheme} ${industry.code}`),
      size === null ? '' : employees(language, size),
      municipality ?? '',
      publicSector ? w.publicShort : '',
      neverContacted ? w.neverShort : '',
    ].filter((part) => part !== '');
}

/** The nearest thing to do, or what it waits for. */
export function useNext() {
  const w = useWords(campaignsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  return ({ state, can, hearingDeadline, endedAt }: Campaign): string => {
    if (state === 'hearing') return can.closeHearing ? w.nexts.close : w.nexts.hearing(hearingDeadline === null ? '' : dayAndTime(language, zone, hearingDeadline));
    if (state === 'over') return w.nexts.over(endedAt === null ? '' : shortDay(language, dayOf(zone, endedAt)));
    if (state === 'paused') return can.resume ? w.nexts.paused : w.othersNext.paused;
    return w.nexts[state];
  };
}
