import { Alert, Button, Group } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { DayInput } from '../../../../ui/day-input.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { dayOf, shortDay, sideBySide, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { useList, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listPeople } from '../../people/contract.ts';
import { listAccess } from '../contract.ts';
import { dataProtectionWords } from '../words.ts';
import { DataProtectionParts } from './public.tsx';

export function AccessPage() {
  const all = useWords(dataProtectionWords);
  const w = all.access;
  const { language } = useLanguage();
  const { zone } = useActing();
  const filters = useFilters({ by: null, about: null, from: null, to: null });
  const list = useList(listAccess, { query: filters.on });
  const [reached, setReached] = useState(false);
  const people = useRead(listPeople, { query: { limit: 200, past: 'true' } }, { enabled: reached || filters.on.by !== undefined });
  const day = (name: 'from' | 'to', label: string) => (
    <DayInput label={label} value={filters.on[name] ?? ''} onChange={(value) => (value === '' || /^\d{4}-\d{2}-\d{2}$/.test(value)) && filters.set(name, value)} />
  );
  return (
    <Page title={all.parts.access} lead={w.lead}>
      <DataProtectionParts />
      {filters.on.about !== undefined && (
        <Alert color="gray" icon={<IconEye size={20} stroke={1.75} />} mb="lg">
          {w.about}
        </Alert>
      )}
      <ListState
        controls={
          <Filters filters={filters}>
            <ChoiceFilter
              label={w.by}
              all={w.anyone}
              choices={(people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              value={filters.on.by}
              onChange={(value) => filters.set('by', value)}
              onReach={() => setReached(true)}
            />
            {day('from', w.from)}
            {day('to', w.to)}
            <Group>
              <Button component={Link} to="/data-protection">
                {all.parts.person}
              </Button>
            </Group>
          </Filters>
        }
        list={list}
        count={list.rows.length}
        filters={filters}
        none={w.none}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
      >
        <Rows
          label={all.parts.access}
          rows={list.rows}
          keyOf={({ id }) => id}
          name={{ head: w.by, cell: ({ person }) => person }}
          columns={[
            { head: w.what, plain: true, cell: ({ endpoint }) => all.looks[endpoint] ?? endpoint },
            { head: w.whom, plain: true, cell: ({ about }) => (about.length === 0 ? null : sideBySide(about)) },
            { head: w.when, plain: true, cell: ({ at }) => <time dateTime={at}>{w.at(shortDay(language, dayOf(zone, at)), timeOf(language, zone, at))}</time> },
          ]}
        />
      </ListState>
    </Page>
  );
}
