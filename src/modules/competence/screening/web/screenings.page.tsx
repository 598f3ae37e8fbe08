import { Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useActing } from '../../../../ui/acting.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh, useRead, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listScreenings, readScreeningTotals, type Screening, type ScreeningTotal } from '../contract.ts';
import { percentOf } from '../rules.ts';
import { screeningWords } from '../words.ts';
import { ScreeningForm } from './screening-form.tsx';

/** Rows 4.12 and 4.13: screenings of whole groups, as far as they may be shown. */
export function ScreeningsPage() {
  const w = useWords(screeningWords);
  const { language } = useLanguage();
  const { may, schoolId } = useActing();
  const queries = useQueryClient();
  const list = useRows(listScreenings, {});
  const rows = list.data ?? [];
  const { editing: adding, done, close, opener } = useEditing();
  const share = ({ result, count, percent }: Screening['reading'][number]) => `${w.results[result]}: ${count === null || percent === null ? w.hidden : w.share(count, percent)}`;
  const lines = (shown: Screening['reading']) =>
    shown.every(({ count }) => count === null) ? (
      <Text c="dimmed">{w.hidden}</Text>
    ) : (
      shown.map((each) => (
        <Text key={each.result} size="sm">
          {share(each)}
        </Text>
      ))
    );
  const threshold = Math.max(0, ...rows.map((row) => row.threshold));
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(may('coordinator') || schoolId !== null, w.add)}>
      {adding && (
        <FormOnTop id="add" title={w.add} mb="xl">
          <ScreeningForm
            onClose={() => close(null)}
            onDone={async () => {
              await refresh(queries, listScreenings, readScreeningTotals);
              close(w.saved);
            }}
          />
        </FormOnTop>
      )}
      <Stack gap="xl">
        {may('coordinator') && <Totals />}
        <ListState list={list} count={rows.length} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
          <Rows
            label={w.title}
            rows={rows}
            keyOf={({ id }) => id}
            name={{ head: w.group, cell: ({ name }) => <span style={{ overflowWrap: 'anywhere' }}>{name}</span> }}
            columns={[
              { head: w.day, plain: true, cell: ({ day }) => shortDay(language, day) },
              { head: w.school, plain: true, cell: (row) => sideBySide([row.school.name, ...(row.class === null ? [] : [row.class.title])]) },
              { head: w.sizeHead, plain: true, cell: ({ people, leaders }) => w.size(people, leaders) },
              { head: w.reading, cell: ({ reading }) => lines(reading) },
              { head: w.maths, cell: ({ maths }) => (maths === null ? w.notTested : lines(maths)) },
            ]}
          />
          <Text size="sm" c="dimmed">
            {w.hiddenHelp(threshold)}
          </Text>
        </ListState>
      </Stack>
    </Page>
  );
}

function Totals() {
  const w = useWords(screeningWords);
  const totals = useRead(readScreeningTotals, {});
  if (totals.isError) return <ErrorNotice error={totals.error} onRetry={() => totals.refetch()} />;
  if (totals.data === undefined || totals.data.reading.groups === 0) return null;
  const facts = ({ groups, people, counts, hidden }: ScreeningTotal) => [
    w.totalOf(groups, people),
    ...counts.filter(({ atLeast }) => atLeast > 0).map(({ result, atLeast }) => `${w.results[result]}: ${w.atLeast(atLeast, percentOf(atLeast, people))}`),
    ...(hidden > 0 ? [w.rest(hidden)] : []),
  ];
  const shown = (total: ScreeningTotal) => (total.groups === 0 ? w.notTested : facts(total).map((line) => <div key={line}>{line}</div>));
  return (
    <Stack gap="sm" component="section" aria-labelledby="totals">
      <Title order={2} id="totals">
        {w.totals}
      </Title>
      <Text maw={720}>{w.totalsLead}</Text>
      <Facts
        facts={[
          { label: w.reading, value: shown(totals.data.reading) },
          { label: w.maths, value: shown(totals.data.maths) },
        ]}
      />
    </Stack>
  );
}
