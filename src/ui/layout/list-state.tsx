import { Button, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { Refusal } from '../client.ts';
import { useWords } from '../language.tsx';
import { uiWords } from '../words.ts';
import { Empty, ErrorNotice, Loading, NoAccess } from './states.tsx';

interface Asked {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  refetch(): unknown;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?(): unknown;
}

interface Props {
  list: Asked;
  count: number;
  /** What nothing at all looks like. */
  empty: ReactNode;
  filters?: { active: boolean; clear(): void };
  /** One sentence for filters that nothing passes. */
  none?: string;
  /** The filters above; left out where the role may not see the list at all. */
  controls?: ReactNode;
  children: ReactNode;
}

/** A list in whatever state it is: fetched, failed, empty, filtered to nothing, or there, with the way to more. */
export function ListState({ list, count, empty, filters, none = '', controls, children }: Props) {
  const w = useWords(uiWords);
  const nothing = list.isPending || (list.isError && count === 0);
  if (list.error instanceof Refusal && list.error.problem.code === 'forbidden') return <NoAccess />;
  return (
    <>
      {controls}
      {list.isPending && <Loading lines={8} />}
      <VisuallyHidden role="status">{count > 0 ? w.rows(count, list.hasNextPage === true) : ''}</VisuallyHidden>
      {!nothing && count === 0 && (filters?.active === true ? <Empty title={none} action={<Button onClick={filters.clear}>{w.clearFilters}</Button>} /> : empty)}
      {count > 0 && children}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.hasNextPage === true && (
        <Button mt="md" loading={list.isFetchingNextPage === true} onClick={() => list.fetchNextPage?.()}>
          {w.more}
        </Button>
      )}
    </>
  );
}
