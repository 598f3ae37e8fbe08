import { Badge, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useWords } from '../../../../ui/language.tsx';
import { weekState } from '../rules.ts';
import { capacityWords } from '../words.ts';
import classes from './capacity.module.css';

/** "5 af 12" with a bar; a full week has a word and a lock too. */
export function Used({ agreed, used }: { agreed: number | null; used: number }) {
  const w = useWords(capacityWords);
  const state = weekState({ agreed, used });
  if (state === 'none' || agreed === null) return <Text c="dimmed">{w.nothing}</Text>;
  return (
    <div className={classes.cell}>
      <Group gap="xs">
        <span>{w.of(used, agreed)}</span>
        {state === 'full' && <Badge leftSection={<IconLock size={16} stroke={1.75} />}>{w.fullWord}</Badge>}
      </Group>
      <div className={classes.bar} aria-hidden="true">
        <div className={`${classes.fill} ${state === 'full' ? classes.full : ''}`} style={{ width: `${Math.min(100, agreed === 0 ? 100 : (used / agreed) * 100)}%` }} />
      </div>
    </div>
  );
}
