import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Endpoint } from '../../kit/endpoint.ts';
import { call } from '../client.ts';
import { focusTitle } from '../layout/page.tsx';
import { reading, refresh } from '../read.ts';
import { type FileState, isBusy } from './state.tsx';

type State = Parameters<typeof FileState>[0]['state'];

/** What a finished job changed elsewhere is asked for again. */
export function useSettled(state: State, ...changed: Endpoint[]) {
  const queries = useQueryClient();
  const before = useRef(state);
  const asked = useRef(changed);
  useEffect(() => {
    if (isBusy(before.current) && !isBusy(state)) refresh(queries, ...asked.current);
    before.current = state;
  }, [state, queries]);
}

/**
 * Moves a file on, and shows at once where it is then.
 * @param read the endpoint that reads the file, and `list` the one that lists them
 */
export function useMoves<File>(read: Endpoint, params: Record<string, string>, list: Endpoint) {
  const queries = useQueryClient();
  const [pending, setPending] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { queryKey } = reading(read, { params } as never);
  const seen = (next: File) => {
    queries.setQueryData(queryKey, next as never);
    return refresh(queries, list);
  };
  const move = (endpoint: Endpoint) => {
    setPending(endpoint.name);
    setError(null);
    call(endpoint, { params } as never)
      .then((next) => {
        focusTitle();
        return seen(next as File);
      })
      .catch((refused) => {
        setError(refused);
        // Somebody else may have moved it: show where it is.
        return queries.invalidateQueries({ queryKey });
      })
      .finally(() => setPending(null));
  };
  return { pending, error, move, seen };
}
