import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconPhone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { useRead, useRows } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listCallCampaigns, listCalls } from '../contract.ts';
import { callsWords } from '../words.ts';
import { QueueReasons } from './queue-reasons.tsx';

export { DeskPage } from './desk.page.tsx';
export { type DeskSlot, DeskSlotContext } from './desk-slot.tsx';

/** Where waiting does not help: there is no way in. */
const shut = new Set(['no_agreement', 'ended', 'hearing', 'paused']);

/** The campaigns that one may call in, each with its way in or the reason why not: also the call agent's Today. */
export function CallCampaigns() {
  const w = useWords(callsWords);
  const list = useRows(listCallCampaigns, {});
  const first = list.data?.find(({ ready, reasons }) => ready > 0 && reasons.length === 0)?.campaign.id;
  return (
    <ListState list={list} count={list.data?.length ?? 0} empty={<Empty title={w.noneTitle} text={w.noneText} />}>
      <Ruled>
        {list.data?.map((queue) => (
          <Rule
            key={queue.campaign.id}
            action={
              queue.reasons.some(({ code }) => shut.has(code)) ? undefined : (
                <Button
                  component={Link}
                  to={`/calls/${queue.campaign.id}`}
                  variant={queue.campaign.id === first ? 'filled' : 'default'}
                  leftSection={<IconPhone size={20} stroke={1.75} />}
                  aria-label={w.startIn(queue.campaign.name)}
                >
                  {w.start}
                </Button>
              )
            }
          >
            <Stack gap={4}>
              <Title order={2}>{queue.campaign.name}</Title>
              <Text c="var(--vn-ink-2)">{queue.campaign.goal}</Text>
              {queue.ready > 0 && <Text fw={500}>{w.ready(queue.ready)}</Text>}
              <QueueReasons queue={queue} />
            </Stack>
          </Rule>
        ))}
      </Ruled>
    </ListState>
  );
}

/** On the coordinator's Today: calls that wait for a decision; nothing while none does. */
export function CallsToDecide() {
  const w = useWords(callsWords);
  const list = useRead(listCalls, { query: { open: 'true', limit: 50 } });
  const count = list.data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.waiting(list.data?.next === null ? String(count) : `${count}+`)}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{w.waitingText}</Text>
        <Button component={Link} to="/calls-made?open=true" size="xs">
          {w.seeWaiting}
        </Button>
      </Group>
    </Alert>
  );
}
