import { Stack, Text, Title } from '@mantine/core';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { listPooledNeeds } from '../contract.ts';
import { pooledNeedsWords } from '../words.ts';

/** What a company has in the pool, to stand beside it. */
export function PooledNeedsPanel({ company }: { company: string }) {
  const w = useWords(pooledNeedsWords);
  const list = useRows(listPooledNeeds, { query: { company, limit: 20 } } as never);
  const items = list.data?.items ?? [];
  return (
    <Stack gap="xs" component="section" aria-labelledby="pool">
      <Title order={2} id="pool">
        {w.panel}
      </Title>
      {list.isPending && <Loading lines={2} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.data !== undefined && items.length === 0 && <Text>{w.panelNone}</Text>}
      {items.map(({ id, what, heads }) => (
        <Text key={id}>
          <NameLink to={`/needs/${id}`}>{what}</NameLink> ({w.people(heads)})
        </Text>
      ))}
      <NameLink to={`/needs?company=${company}`}>{w.add}</NameLink>
    </Stack>
  );
}
