import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';

interface Props<Row> {
  rows: readonly Row[];
  first: number;
  /** "Show all 12" */
  all(count: number): string;
  children(rows: readonly Row[]): ReactNode;
}

/** The first few of a list whose rest is seldom needed. */
export function Some<Row>({ rows, first, all, children }: Props<Row>) {
  const [whole, setWhole] = useState(false);
  const cut = !whole && rows.length > first + 1;
  return (
    <>
      {children(cut ? rows.slice(0, first) : rows)}
      {cut && (
        <Button size="xs" variant="subtle" onClick={() => setWhole(true)} style={{ alignSelf: 'flex-start' }}>
          {all(rows.length)}
        </Button>
      )}
    </>
  );
}
