import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { DayInput } from '../../../../ui/day-input.tsx';
import { Filters, useFilters } from '../../../../ui/filters.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { type Deviations, readDeviations } from '../contract.ts';
import { deviationsWords } from '../words.ts';

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Where meetings went otherwise than by the rule (row 3.05): all for the coordinator, the own school's for a manager. */
export function DeviationsPage() {
  const w = useWords(deviationsWords);
  const { may } = useActing();
  const filters = useFilters({ from: null, to: null });
  const query = Object.fromEntries(Object.entries(filters.on).filter(([, day]) => isDay(day ?? '')));
  const asked = useRows(readDeviations, { query });
  const { data } = asked;
  const choose = (name: 'from' | 'to') => (day: string) => isDay(day) && filters.set(name, day);
  return (
    <Page title={w.title} lead={may('coordinator') ? w.lead : w.leadOwn}>
      <Filters filters={filters}>
        <DayInput label={w.from} value={filters.on.from ?? data?.from ?? ''} onChange={choose('from')} />
        <DayInput label={w.to} value={filters.on.to ?? data?.to ?? ''} onChange={choose('to')} />
      </Filters>
      <Stack gap="xl">
        <NameLink to="/assignment-rule">{w.rule}</NameLink>
        {asked.isError ? <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} /> : data === undefined ? <Loading /> : <Report report={data} />}
      </Stack>
    </Page>
  );
}

/** Two deviations may be of one moment, and a manager is told of no meeting. */
type Numbered = Deviations['rows'][number] & { no: number };

function Report({ report }: { report: Deviations }) {
  const w = useWords(deviationsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const { from, to, all, schools, rows, overfull } = report;
  const numbered: Numbered[] = rows.map((row, no) => ({ ...row, no }));
  const name = (side: Deviations['rows'][number]['from']) => side?.school ?? w.centreItself;
  return (
    <>
      <Stack gap="md" component="section" aria-labelledby="schools">
        <Title order={2} id="schools">
          {w.schools}
        </Title>
        <Rows
          label={w.schools}
          rows={schools}
          keyOf={({ school }) => school}
          name={{ head: w.school, cell: ({ school }) => school }}
          columns={(['agreed', 'byRule', 'gained', 'lost'] as const).map((key) => ({ head: w[key], cell: (figures: Deviations['schools'][number]) => `${figures[key]}` }))}
        />
      </Stack>
      <Stack gap="md" component="section" aria-labelledby="rows">
        <Title order={2} id="rows">
          {w.rows}
        </Title>
        {all && rows.length > 0 && (
          <Anchor href={`/api/assignment-deviations.csv?from=${from}&to=${to}`} download style={{ alignSelf: 'flex-start' }}>
            {w.download}
          </Anchor>
        )}
        {rows.length === 0 ? (
          <Empty title={w.none} text={w.noneText} />
        ) : (
          <Rows
            label={w.rows}
            rows={numbered}
            keyOf={({ no }) => `${no}`}
            name={{
              head: all ? w.company : w.change,
              cell: ({ meeting, company, own }) => (meeting !== null && company !== null ? <NameLink to={`/meetings/${meeting}`}>{company}</NameLink> : own === null ? null : w.changes[own]),
            }}
            columns={[
              { head: w.when, plain: true, cell: ({ at }) => shortDay(language, dayOf(zone, at)) },
              { head: w.what, cell: ({ kind }) => w.kinds[kind] },
              { head: w.reason, cell: ({ because }) => (because === null ? w.keptReason : w.reasons[because]) },
              ...(all ? [{ head: w.route, cell: (row: Numbered) => w.fromTo(name(row.from), name(row.to)) }] : []),
            ]}
          />
        )}
      </Stack>
      {overfull.length > 0 && (
        <Stack gap="md" component="section" aria-labelledby="overfull">
          <Title order={2} id="overfull">
            {w.overfull}
          </Title>
          <Text>{w.overfullText}</Text>
          <Rows
            label={w.overfull}
            rows={overfull}
            keyOf={({ school, week }) => `${school} ${week}`}
            name={{ head: w.school, cell: ({ school }) => school }}
            columns={[
              { head: w.week, plain: true, cell: ({ week }) => shortDay(language, week) },
              { head: w.agreed, plain: true, cell: ({ used, agreed }) => w.weekOf(used, agreed) },
            ]}
          />
        </Stack>
      )}
    </>
  );
}
