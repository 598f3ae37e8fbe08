import { Text } from '@mantine/core';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { readLeadTimes } from '../contract.ts';
import { timeSpans } from '../rules.ts';
import { keepingUpWords } from '../words.ts';

type LeadTimes = OutputOf<typeof readLeadTimes>;

/** Row 2.32: how long it takes, by the quarter in which companies first heard from the centre. */
export function LeadTimesPage() {
  const w = useWords(keepingUpWords);
  const asked = useRead(readLeadTimes, {});
  return (
    <FetchedPage asked={asked} title={w.leadTitle}>
      {(found) => <Sheet found={found} />}
    </FetchedPage>
  );
}

function Sheet({ found }: { found: LeadTimes }) {
  const w = useWords(keepingUpWords);
  const figure = (value: number | null) => (value === null ? '–' : String(value));
  return (
    <Page title={w.leadTitle} lead={w.leadLead}>
      {found.quarters.length === 0 ? (
        <Empty title={w.leadEmpty} text={w.leadEmptyText} />
      ) : (
        <Rows
          label={w.leadTitle}
          rows={found.quarters}
          keyOf={({ quarter }) => quarter}
          name={{ head: w.quarter, cell: ({ quarter }) => w.quarterOf((Number(quarter.slice(5, 7)) + 2) / 3, quarter.slice(0, 4)) }}
          columns={[
            { head: w.companies, cell: ({ companies }) => figure(companies) },
            ...timeSpans.map((span) => ({ head: w.spans[span], cell: ({ spans }: LeadTimes['quarters'][number]) => figure(spans.find((each) => each.span === span)?.companies ?? null) })),
          ]}
        />
      )}
      {!found.exact && (
        <Text size="sm" c="dimmed" mt="sm">
          {w.smallCell(found.threshold)}
        </Text>
      )}
    </Page>
  );
}
