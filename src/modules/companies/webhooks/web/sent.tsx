import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { dayOf, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { type Delivery, listDeliveries, replayDelivery, replayWebhook, type Webhook } from '../contract.ts';
import { webhooksWords } from '../words.ts';

/** What a webhook sent in the last thirty days, and how to send it again. */
export function Sent({ webhook, onAgain }: { webhook: Webhook; onAgain(said: string): Promise<unknown> }) {
  const w = useWords(webhooksWords);
  const { language } = useLanguage();
  const { zone, today } = useActing();
  const list = useList(listDeliveries, { params: { webhook: webhook.id }, query: { limit: 20 } });
  const [since, setSince] = useState(today);
  const [error, setError] = useState<unknown>(null);
  const again = (work: () => Promise<{ events: number }>) => {
    setError(null);
    work()
      .then(({ events }) => onAgain(w.sentAgain(events)))
      .catch(setError);
  };
  const when = (at: string) => `${shortDay(language, dayOf(zone, at))} ${timeOf(language, zone, at)}`;
  const nameOf = ({ event, state }: Delivery) => (event === 'webhook.test' ? w.testEvent : event === null ? (state === 'withheld' ? '–' : w.hidden) : (w.kinds[event] ?? event));
  const went = ({ state, tries, status, fault }: Delivery) =>
    [w.deliveryStates[state], tries > 0 && state !== 'delivered' ? w.tries(tries) : '', status === null ? (fault === null ? '' : (w.faults[fault] ?? fault)) : w.answered(status)]
      .filter(Boolean)
      .join(', ');
  return (
    <Stack gap="md" mt="sm">
      {error !== null && <ErrorNotice error={error} />}
      <ListState list={list} count={list.rows.length} empty={<Text c="dimmed">{w.noneSent}</Text>}>
        <Rows
          label={w.sent}
          rows={list.rows}
          keyOf={({ id }) => id}
          name={{ head: w.headEvent, cell: (row) => <Text fw={500}>{nameOf(row)}</Text> }}
          columns={[
            { head: w.headWhen, cell: ({ madeAt }) => when(madeAt) },
            { head: w.headState, cell: went },
            {
              head: w.headAgain,
              plain: true,
              cell: (row) =>
                webhook.state !== 'off' &&
                row.state !== 'waiting' && (
                  <Button size="xs" aria-label={w.of(w.again, nameOf(row))} onClick={() => again(() => call(replayDelivery, { params: { webhook: webhook.id, delivery: row.id } }))}>
                    {w.again}
                  </Button>
                ),
            },
          ]}
        />
        {webhook.state !== 'off' && (
          <Group gap="xs" align="flex-end">
            <DayInput label={w.since} description={w.sinceHelp} value={since} onChange={setSince} />
            <Button onClick={() => again(() => call(replayWebhook, { params: { webhook: webhook.id }, body: { since } }))}>{w.again}</Button>
          </Group>
        )}
      </ListState>
    </Stack>
  );
}
