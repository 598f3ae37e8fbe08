import { Alert, Badge, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { v4 } from 'uuid';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { useFilters } from '../../../../ui/filters.tsx';
import { dayOf, longDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { readClass } from '../../../catalogue/classes/contract.ts';
import { listPoolPlans, type PoolPlanSummary, proposeClasses } from '../contract.ts';
import { plansWords } from '../words.ts';

const limits = [10, 30, 60, 120, 300] as const;

/** When a proposal was asked for, in words. */
export function useAskedAt(): (plan: Pick<PoolPlanSummary, 'madeAt'>) => string {
  const w = useWords(plansWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  return ({ madeAt }) => w.of(longDay(language, dayOf(zone, madeAt)), timeOf(language, zone, madeAt));
}

/** The proposals for the pool, and the way to a new one. */
export function PlansPage() {
  const w = useWords(plansWords);
  const { may } = useActing();
  const navigate = useNavigate();
  const { language } = useLanguage();
  const asked = useAskedAt();
  const filters = useFilters({ about: null });
  const about = useRead(readClass, { params: { class: (filters.on.about ?? '') as never } }, { enabled: filters.on.about !== undefined });
  const list = useRows(listPoolPlans, {});
  const [seconds, setSeconds] = useState('30');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const propose = () => {
    setPending(true);
    setError(null);
    call(proposeClasses, { body: { seconds: Number(seconds), about: about.data?.id ?? null } }, { key: v4() })
      .then(({ id }) => navigate({ to: `/idea-bank/${id}` }), setError)
      .finally(() => setPending(false));
  };
  return (
    <Page title={w.title} lead={w.lead}>
      <Stack gap="xl">
        {about.isError && (
          <Stack gap="xs" align="flex-start">
            <ErrorNotice error={about.error} />
            <Button size="xs" variant="default" onClick={filters.clear}>
              {w.aboutWhole}
            </Button>
          </Stack>
        )}
        {about.data !== undefined && (
          <Alert title={w.aboutTitle(about.data.title, longDay(language, about.data.starts))}>
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{w.aboutText}</Text>
              <Button size="xs" variant="default" onClick={filters.clear}>
                {w.aboutWhole}
              </Button>
            </Stack>
          </Alert>
        )}
        {may('coordinator') && (
          <Group gap="sm" align="flex-end">
            <NativeSelect
              label={w.seconds}
              value={seconds}
              onChange={(event) => setSeconds(event.currentTarget.value)}
              data={limits.map((value) => ({ value: String(value), label: w.secondsOf(value) }))}
              w={220}
            />
            <Button variant="filled" leftSection={<IconBulb size={20} stroke={1.75} />} loading={pending} disabled={filters.on.about !== undefined && about.data === undefined} onClick={propose}>
              {filters.on.about === undefined ? w.propose : w.aboutPropose}
            </Button>
          </Group>
        )}
        {error !== null && <ErrorNotice error={error} />}
        <ListState list={list} count={list.data?.length ?? 0} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
          <Rows
            label={w.proposals}
            rows={list.data ?? []}
            keyOf={({ id }) => id}
            name={{
              head: w.proposal,
              cell: (plan) => (
                <>
                  <NameLink to={`/idea-bank/${plan.id}`}>{asked(plan)}</NameLink>
                  {plan.about !== null && (
                    <Text size="sm" c="var(--vn-ink-2)">
                      {w.aboutTitle(plan.about.title, longDay(language, plan.about.starts))}
                    </Text>
                  )}
                </>
              ),
            }}
            columns={[
              { head: w.result, plain: true, cell: ({ figures }) => (figures === null ? null : w.resultOf(figures.seats, figures.moved, figures.classes)) },
              { head: w.madeBy, width: '14rem', cell: ({ by }) => by },
              {
                head: w.states.done,
                plain: true,
                width: '9rem',
                cell: ({ state }) => <Badge color={state === 'accepted' ? 'green' : state === 'failed' ? 'red' : state === 'waiting' ? 'yellow' : 'gray'}>{w.states[state]}</Badge>,
              },
            ]}
          />
        </ListState>
      </Stack>
    </Page>
  );
}
