import { Badge, Group } from '@mantine/core';
import { IconAlertTriangle, IconBuildingBank, IconHourglass, IconLock, IconQuestionMark, IconX } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useWords } from '../../../../ui/language.tsx';
import type { Company } from '../contract.ts';
import { registerWords } from '../words.ts';

type Said = Pick<Company, 'protected' | 'status' | 'publicSector' | 'source' | 'vanished'>;
interface Look {
  key: string;
  when: boolean;
  color: 'gray' | 'red' | 'yellow';
  Icon: ComponentType<{ size?: number; stroke?: number }>;
  text: string;
}

/** What is special about a company, as word, icon and tone; null where nothing is. */
export function CompanyStatus({ company }: { company: Said }) {
  const w = useWords(registerWords);
  const all: Look[] = [
    { key: 'ceased', when: company.status === 'ceased', color: 'red', Icon: IconX, text: w.states.ceased },
    { key: 'dissolving', when: company.status === 'dissolving', color: 'yellow', Icon: IconAlertTriangle, text: w.states.dissolving },
    { key: 'protected', when: company.protected === true, color: 'gray', Icon: IconLock, text: w.protected },
    { key: 'public', when: company.publicSector, color: 'gray', Icon: IconBuildingBank, text: w.publicBadge },
    { key: 'provisional', when: company.source === 'provisional', color: 'gray', Icon: IconHourglass, text: w.provisional },
    { key: 'vanished', when: company.vanished, color: 'yellow', Icon: IconQuestionMark, text: w.vanished },
  ];
  return (
    <Group gap={6}>
      {all.flatMap(({ key, when, color, Icon, text }) =>
        when
          ? [
              <Badge key={key} color={color} leftSection={<Icon size={16} stroke={1.75} />}>
                {text}
              </Badge>,
            ]
          : [],
      )}
    </Group>
  );
}

export const isSpecial = (company: Said) => company.status !== 'active' || company.protected === true || company.publicSector || company.source === 'provisional' || company.vanished;
