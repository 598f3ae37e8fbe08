import { Button, Group, NativeSelect, NumberInput, Stack, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { weekNumber } from '../../../../kit/week.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { useEditing } from '../../../../ui/editing.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { SeeDeviations } from '../../deviations/web/public.tsx';
import { readCapacity, writeCapacity } from '../contract.ts';
import { capacityWords } from '../words.ts';
import { Used } from './used.tsx';

type Row = OutputOf<typeof readCapacity>['rows'][number];
const keyOf = ({ scope, id }: Row) => `${scope} ${id}`;

export function CapacityPage() {
  const w = useWords(capacityWords);
  const asked = useRead(readCapacity, { query: { count: 12 } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet rows={found.rows} />}
    </FetchedPage>
  );
}

function Sheet({ rows }: { rows: Row[] }) {
  const w = useWords(capacityWords);
  const { may } = useActing();
  const [key, setKey] = useState(rows[0] === undefined ? '' : keyOf(rows[0]));
  const { editing, setEditing, done, close, opener } = useEditing();
  const row = rows.find((each) => keyOf(each) === key) ?? rows[0];
  if (row === undefined)
    return (
      <Page title={w.title} lead={w.lead}>
        <Empty title={w.emptyTitle} text={w.emptyText} />
      </Page>
    );
  const groups = (['centre', 'school', 'consultant'] as const).flatMap((scope) => {
    const items = rows.filter((each) => each.scope === scope).map((each) => ({ value: keyOf(each), label: each.name }));
    return items.length === 0 ? [] : [{ group: { centre: w.centre, school: w.schools, consultant: w.consultants }[scope], items }];
  });
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(row.can.edit, w.edit)}>
      <Stack gap="lg">
        <NativeSelect
          label={w.showOf}
          maw={360}
          value={keyOf(row)}
          data={groups}
          onChange={(event) => {
            setEditing(false);
            setKey(event.currentTarget.value);
          }}
        />
        <Stack gap="md" component="section" aria-labelledby="of">
          <Title order={2} id="of">
            {row.name}
          </Title>
          {may('manager', 'coordinator') && row.scope !== 'consultant' && <SeeDeviations />}
          {row.scope === 'consultant' && <NameLink to={`/consultants/${row.id}/time`}>{w.seeTime}</NameLink>}
          {editing ? <Edit key={key} row={row} onClose={close} /> : <Weeks row={row} />}
        </Stack>
      </Stack>
    </Page>
  );
}

function Weeks({ row }: { row: Row }) {
  const w = useWords(capacityWords);
  const { language } = useLanguage();
  return (
    <Rows
      label={row.name}
      rows={row.weeks}
      keyOf={({ week }) => week}
      name={{ head: w.week, cell: ({ week }) => w.weekNumber(weekNumber(week)) }}
      columns={[
        { head: w.from, width: '30%', cell: ({ week }) => shortDay(language, week) },
        { head: w.booked, width: '50%', plain: true, cell: (week) => <Used {...week} /> },
      ]}
    />
  );
}

/** All weeks at once; one figure may be filled into all of them. */
function Edit({ row, onClose }: { row: Row; onClose(said: string | null): void }) {
  const w = useWords(capacityWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [values, setValues] = useState<Record<string, number | string>>(Object.fromEntries(row.weeks.map(({ week, agreed }) => [week, agreed ?? ''])));
  const [all, setAll] = useState<number | string>('');
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const save = () => {
    const cells = row.weeks.flatMap(({ week, agreed }) => {
      const value = values[week];
      return typeof value === 'number' && value !== agreed ? [{ scope: row.scope, id: row.id, week, agreed: value, was: agreed }] : [];
    });
    if (cells.length === 0) return onClose(null);
    setPending(true);
    call(writeCapacity, { body: { cells } })
      .then(() => refresh(queries, readCapacity))
      .then(() => onClose(w.saved), setError)
      .finally(() => setPending(false));
  };
  const number = { min: 0, max: 10_000, allowDecimal: false, allowNegative: false, hideControls: true, inputMode: 'numeric', maw: 140 } as const;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="md" maw={480}>
        {error !== null && <ErrorNotice error={error} />}
        <Group gap="xs" align="flex-end">
          <NumberInput {...number} label={w.fill} value={all} onChange={setAll} />
          <Button onClick={() => typeof all === 'number' && setValues(Object.fromEntries(row.weeks.map(({ week }) => [week, all])))}>{w.fillGo}</Button>
        </Group>
        {row.weeks.map(({ week, used }) => {
          const value = values[week];
          return (
            <NumberInput
              key={week}
              {...number}
              label={`${w.weekNumber(weekNumber(week))}, ${shortDay(language, week)}`}
              description={used > 0 ? (typeof value === 'number' && value < used ? w.below : w.bookedAlready(used)) : undefined}
              value={value ?? ''}
              onChange={(next) => setValues((before) => ({ ...before, [week]: next }))}
            />
          );
        })}
        <Group gap="xs">
          <Button type="submit" variant="filled" loading={pending}>
            {w.save}
          </Button>
          <Button variant="subtle" onClick={() => onClose(null)}>
            {w.stop}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
