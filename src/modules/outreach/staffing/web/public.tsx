import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listMeetings } from '../../meetings/contract.ts';
import { staffingWords } from '../words.ts';

export { GivenBefore, GiveOn, Leaderless } from './give-on.tsx';

/** On the coordinator's Today: meetings ahead whose consultant has left; nothing while there is none. */
export function MeetingsWithoutLead() {
  const w = useWords(staffingWords);
  const asked = useRead(listMeetings, { query: { whose: 'leaderless' } });
  const count = asked.data?.length ?? 0;
  if (count === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.waiting(count)}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{w.waitingText}</Text>
        <Button component={Link} to="/meetings?leaderless=true" size="xs">
          {w.see}
        </Button>
      </Group>
    </Alert>
  );
}
