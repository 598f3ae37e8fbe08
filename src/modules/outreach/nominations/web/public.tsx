import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { capital } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import { useRead, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { listRounds } from '../contract.ts';
import { nominationWords } from '../words.ts';

// Its form is no part of a first page.
const Quotas = lazy(() => import('./quotas.tsx').then(({ QuotasPanel }) => ({ default: QuotasPanel })));
export const QuotasPanel = ({ campaign }: { campaign: string }) => (
  <Suspense fallback={<Loading />}>
    <Quotas campaign={campaign} />
  </Suspense>
);

/** On the first page of those who answer for a school: campaigns that wait for the companies it names (row 2.04). `children` is told whether any does. */
export function NominationsToday({ children }: { children(waits: boolean): ReactNode }) {
  const w = useWords(nominationWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const asked = useRead(listRounds, {});
  const open = (asked.data ?? []).filter(({ state, used, quota }) => state === 'open' && used < quota);
  if (asked.isPending) return null;
  return (
    <>
      {open.length > 0 && (
        <Stack gap="sm" component="section" aria-labelledby="nominations-today" maw={720}>
          <Title order={2} id="nominations-today">
            {w.title}
          </Title>
          <Ruled>
            {open.map(({ campaign, name, deadline, used, quota }) => (
              <Rule
                key={campaign}
                action={
                  <Button component={Link} to={`/nominations/${campaign}`} aria-label={`${w.see}: ${name}`}>
                    {w.see}
                  </Button>
                }
              >
                <Text style={{ overflowWrap: 'anywhere' }}>{name}</Text>
                <Text size="sm" c="dimmed">
                  {w.until(dayAndTime(language, zone, deadline))} {w.room(quota - used)}
                </Text>
              </Rule>
            ))}
          </Ruled>
        </Stack>
      )}
      {children(open.length > 0)}
    </>
  );
}

/** Above the hearings of a school: campaigns that it may name companies for. Nothing where there is none. */
export function NominationRounds() {
  const w = useWords(nominationWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const list = useRows(listRounds, {});
  if (list.data === undefined || list.data.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="nominations">
      <Title order={2} id="nominations">
        {w.title}
      </Title>
      <Rows
        label={w.title}
        rows={list.data}
        keyOf={({ campaign }) => campaign}
        name={{
          head: w.campaign,
          cell: ({ campaign, name }) => (
            <Wraps least="10rem">
              <NameLink to={`/nominations/${campaign}`}>{name}</NameLink>
            </Wraps>
          ),
        }}
        columns={[
          { head: w.state, plain: true, cell: ({ state }) => w.states[state], width: '11rem' },
          { head: w.deadline, cell: ({ deadline }) => <time dateTime={deadline}>{capital(dayAndTime(language, zone, deadline))}</time>, width: '17rem' },
          { head: w.quotaHead, cell: ({ used, quota }) => w.usedOf(used, quota), width: '13rem' },
        ]}
      />
    </Stack>
  );
}
