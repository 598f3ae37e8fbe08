import { Stack, Text, Title } from '@mantine/core';
import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { listPunchCards } from '../contract.ts';
import { punchCardsWords } from '../words.ts';

/** A company's punch cards, to stand beside it. */
export function PunchCardsPanel({ company }: { company: string }) {
  const w = useWords(punchCardsWords);
  const list = useRows(listPunchCards, { query: { company } } as never);
  const cards = list.data ?? [];
  return (
    <Stack gap="xs" component="section" aria-labelledby="punch-cards">
      <Title order={2} id="punch-cards">
        {w.title}
      </Title>
      {list.isPending && <Loading lines={2} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.data !== undefined && cards.length === 0 && <Text>{w.panelNone}</Text>}
      {cards.map(({ id, name, balance, units, state }) => (
        <div key={id}>
          <NameLink to={`/punch-cards/${id}`}>{name}</NameLink>
          <Text size="sm">{sideBySide([w.left(balance, units), w.states[state]])}</Text>
        </div>
      ))}
      <NameLink to={`/punch-cards?company=${company}`}>{w.all}</NameLink>
    </Stack>
  );
}
