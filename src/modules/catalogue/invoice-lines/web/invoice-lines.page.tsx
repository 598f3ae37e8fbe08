import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { DayInput } from '../../../../ui/day-input.tsx';
import { Filters, useFilters } from '../../../../ui/filters.tsx';
import { kroner, shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { readInvoiceLines } from '../contract.ts';
import { invoiceLinesWords } from '../words.ts';

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Rows 4.06, 4.07: what a school has to invoice, for its own ledger. */
export function InvoiceLinesPage() {
  const w = useWords(invoiceLinesWords);
  const { language } = useLanguage();
  const filters = useFilters({ from: null, to: null });
  const query = Object.fromEntries(Object.entries(filters.on).filter(([, day]) => isDay(day ?? '')));
  const asked = useRows(readInvoiceLines, { query });
  const { data } = asked;
  const choose = (name: 'from' | 'to') => (day: string) => isDay(day) && filters.set(name, day);
  const money = (ore: number | null) => (ore === null ? w.noPrice : kroner(language, ore));
  return (
    <Page title={w.title} lead={w.lead}>
      <Filters filters={filters}>
        <DayInput label={w.from} value={filters.on.from ?? data?.from ?? ''} onChange={choose('from')} />
        <DayInput label={w.to} value={filters.on.to ?? data?.to ?? ''} onChange={choose('to')} />
      </Filters>
      <ListState list={asked} count={data?.lines.length ?? 0} empty={<Empty title={w.none} text={w.noneText} />}>
        {data !== undefined && (
          <Stack gap="md">
            <Text fw={600}>{w.sum(data.count, kroner(language, data.amount), kroner(language, data.withVat))}</Text>
            {data.unpriced > 0 && <Alert color="yellow" title={w.unpriced(data.unpriced)} />}
            {data.more && <Alert color="yellow" title={w.more} />}
            <Anchor href={`/api/invoice-lines.csv?from=${data.from}&to=${data.to}`} download>
              {w.csv}
            </Anchor>
            <Rows
              label={w.title}
              rows={data.lines}
              keyOf={({ key }) => key}
              name={{ head: w.company, cell: ({ company }) => <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink> }}
              columns={[
                { head: w.day, plain: true, width: '8rem', cell: ({ day }) => shortDay(language, day) },
                { head: w.about, plain: true, cell: ({ kind, about, school }) => sideBySide([about, w.kinds[kind], school.name]) },
                { head: w.quantity, width: '6rem', cell: ({ quantity }) => quantity },
                { head: w.amount, width: '8rem', cell: ({ amount }) => money(amount) },
                { head: w.withVat, width: '8rem', cell: ({ withVat }) => money(withVat) },
              ]}
            />
          </Stack>
        )}
      </ListState>
    </Page>
  );
}
