import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { DayInput } from '../../../../ui/day-input.tsx';
import { Filters, useFilters } from '../../../../ui/filters.tsx';
import { kroner, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { readSettlements, type Settlements } from '../contract.ts';
import { punchCardsWords } from '../words.ts';

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
type Pair = Settlements['pairs'][number];

/** Row 4.06: what schools owe each other for punch cards, pair by pair. */
export function SettlementsPage() {
  const w = useWords(punchCardsWords);
  const filters = useFilters({ from: null, to: null });
  const query = Object.fromEntries(Object.entries(filters.on).filter(([, day]) => isDay(day ?? '')));
  const asked = useRows(readSettlements, { query });
  const { data } = asked;
  const choose = (name: 'from' | 'to') => (day: string) => isDay(day) && filters.set(name, day);
  const period = data === undefined ? '' : `from=${data.from}&to=${data.to}`;
  return (
    <Page title={w.settlements} lead={w.settlementsLead} path={<PathLink to="/punch-cards">{w.title}</PathLink>}>
      <Filters filters={filters}>
        <DayInput label={w.from} value={filters.on.from ?? data?.from ?? ''} onChange={choose('from')} />
        <DayInput label={w.to} value={filters.on.to ?? data?.to ?? ''} onChange={choose('to')} />
      </Filters>
      {asked.isError ? (
        <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />
      ) : data === undefined ? (
        <Loading />
      ) : data.pairs.length === 0 ? (
        <Empty title={w.noSettlements} text={w.noSettlementsText} />
      ) : (
        <Stack gap="xl">
          <Group gap="lg">
            <Anchor href={`/api/punch-card-settlements.pdf?${period}`} download>
              {w.pdf}
            </Anchor>
            <Anchor href={`/api/punch-card-settlements.csv?${period}`} download>
              {w.csv}
            </Anchor>
          </Group>
          {data.pairs.map((pair) => (
            <OnePair key={`${pair.from.id} ${pair.to.id}`} pair={pair} />
          ))}
        </Stack>
      )}
    </Page>
  );
}

function OnePair({ pair }: { pair: Pair }) {
  const w = useWords(punchCardsWords);
  const { language } = useLanguage();
  const title = w.pair(pair.from.name, pair.to.name);
  const id = `pair-${pair.from.id}-${pair.to.id}`;
  return (
    <Stack gap="sm" component="section" aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      <Text fw={600}>{w.sum(kroner(language, pair.amount), kroner(language, pair.withVat), pair.units)}</Text>
      <Rows
        label={title}
        rows={pair.lines.map((line, no) => ({ ...line, no }))}
        keyOf={({ no }) => `${no}`}
        name={{ head: w.company, cell: ({ card, company }) => <NameLink to={`/punch-cards/${card.id}`}>{company}</NameLink> }}
        columns={[
          { head: w.day, plain: true, cell: ({ day }) => shortDay(language, day) },
          { head: w.purpose, plain: true, cell: ({ about }) => <span style={{ overflowWrap: 'anywhere' }}>{about}</span> },
          { head: w.movement, cell: ({ units }) => `${units}`.replace('-', '−') },
          { head: w.without, cell: ({ amount }) => kroner(language, amount) },
          { head: w.withVat, cell: ({ withVat }) => kroner(language, withVat) },
        ]}
      />
    </Stack>
  );
}
