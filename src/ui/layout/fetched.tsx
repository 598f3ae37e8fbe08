import type { ReactNode } from 'react';
import { Refusal } from '../client.ts';
import { NotFoundPage } from './not-found.tsx';
import { Page } from './page.tsx';
import { ErrorNotice, Loading } from './states.tsx';

interface Asked<T> {
  data: T | undefined;
  isError: boolean;
  error: unknown;
  refetch(): unknown;
}

/** A page about one thing: until it is there it bears the name of its list. What is missing and what is hidden look alike. */
export function FetchedPage<T>({ asked, title, children }: { asked: Asked<T>; title: string; children(thing: T): ReactNode }) {
  if (asked.data !== undefined) return children(asked.data);
  if (asked.error instanceof Refusal && asked.error.problem.status === 404) return <NotFoundPage />;
  return <Page title={title}>{asked.isError ? <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} /> : <Loading lines={6} />}</Page>;
}
