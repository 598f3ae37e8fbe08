import { Table } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './rows.module.css';

export interface Column<Row> {
  head: string;
  /** Null leaves the line out where the table is a list. */
  cell(row: Row): ReactNode;
  /** In the list, a cell that explains itself goes without its head. */
  plain?: true;
  width?: string;
}

interface Props<Row> {
  label: string;
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** The thing's own name, which heads the row. */
  name: { head: string; cell(row: Row): ReactNode };
  columns: readonly Column<Row>[];
}

/** A table where there is room, a list where there is not: the same rows, and nothing has to be scrolled sideways. */
export function Rows<Row>({ label, rows, keyOf, name, columns }: Props<Row>) {
  const wide = useMediaQuery('(min-width: 64em)', undefined, { getInitialValueInEffect: false });
  if (!wide) {
    return (
      <ul className={classes.list} aria-label={label}>
        {rows.map((row) => (
          <li key={keyOf(row)}>
            <div className={classes.name}>{name.cell(row)}</div>
            {columns.map(({ head, cell, plain }) => {
              const content = cell(row);
              return (
                content !== null && (
                  <div key={head} className={classes.cell}>
                    {plain !== true && `${head}: `}
                    {content}
                  </div>
                )
              );
            })}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Table aria-label={label} className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{name.head}</Table.Th>
          {columns.map(({ head, width }) => (
            <Table.Th key={head} scope="col" w={width}>
              {head}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={keyOf(row)}>
            <Table.Th scope="row" fw={500}>
              {name.cell(row)}
            </Table.Th>
            {columns.map(({ head, cell }) => (
              <Table.Td key={head}>{cell(row)}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
