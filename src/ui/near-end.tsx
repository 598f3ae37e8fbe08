import { useEffect, useRef } from 'react';

interface Growing {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isError: boolean;
  fetchNextPage(): unknown;
}

/** Stands below a long list: the next rows are fetched before the reader gets there. The button in the list is the way by keyboard. */
export function NearEnd({ list }: { list: Growing }) {
  const mark = useRef<HTMLDivElement>(null);
  const now = useRef(list);
  now.current = list;
  const waits = list.hasNextPage && !list.isFetchingNextPage && !list.isError;
  useEffect(() => {
    if (!waits || mark.current === null) return;
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && now.current.fetchNextPage(), { rootMargin: '600px' });
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [waits]);
  return <div ref={mark} />;
}
