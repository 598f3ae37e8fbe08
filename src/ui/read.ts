import { keepPreviousData, type QueryClient, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Endpoint, OutputOf, SentTo } from '../kit/endpoint.ts';
import { call } from './client.ts';

const keyOf = (endpoint: Endpoint, sent: unknown) => [endpoint.name, sent] as const;

/** What an endpoint answers, kept by its name and what was sent. */
export const reading = <E extends Endpoint>(endpoint: E, sent: SentTo<E>) => queryOptions({ queryKey: keyOf(endpoint, sent), queryFn: ({ signal }) => call(endpoint, sent, { signal }) });

export const useRead = <E extends Endpoint>(endpoint: E, sent: SentTo<E>, options: { enabled?: boolean } = {}) => useQuery({ ...reading(endpoint, sent), ...options });

/** A whole list; while other filters are asked about, the rows before stay in sight. */
export const useRows = <E extends Endpoint>(endpoint: E, sent: SentTo<E>) => useQuery({ ...reading(endpoint, sent), placeholderData: keepPreviousData });

type Paged = { items: unknown[]; next: string | null };

/** A list that grows page by page; `rows` holds all that was fetched. One that is worked in stays `still`: nothing moves under the hand until it is opened anew. */
export function useList<E extends Endpoint>(endpoint: E, sent: SentTo<E>, { still = false }: { still?: boolean } = {}) {
  const found = useInfiniteQuery({
    ...(still ? { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 } : {}),
    queryKey: keyOf(endpoint, sent),
    queryFn: ({ pageParam, signal }) => call(endpoint, { ...sent, query: { ...(sent as { query?: object }).query, ...(pageParam === null ? {} : { cursor: pageParam }) } } as SentTo<E>, { signal }),
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last as Paged).next,
  });
  const rows = (found.data?.pages ?? []).flatMap((page) => (page as Paged).items) as OutputOf<E> extends { items: (infer Row)[] } ? Row[] : never;
  return { ...found, rows };
}

/** After a change: whatever these endpoints answered is asked for again. */
export const refresh = (client: QueryClient, ...endpoints: Endpoint[]) => Promise.all(endpoints.map((endpoint) => client.invalidateQueries({ queryKey: [endpoint.name] })));
