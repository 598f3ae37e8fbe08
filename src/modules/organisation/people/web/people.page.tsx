import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { ChoiceFilter, Filters, OnFilter, TextFilter, useFilters } from '../../../../ui/filters.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { centreRoles, listPeople } from '../contract.ts';
import { peopleWords } from '../words.ts';
import { Memberships } from './memberships.tsx';

export function PeoplePage() {
  const w = useWords(peopleWords);
  const { may } = useActing();
  const filters = useFilters({ search: null, role: centreRoles, past: ['true'] });
  const list = useList(listPeople, { query: filters.on });
  const invite = may('administrator', 'coordinator', 'manager') ? (
    <Button variant="filled" component={Link} to="/people/invite" leftSection={<IconUserPlus size={20} stroke={1.75} />}>
      {w.invite}
    </Button>
  ) : undefined;
  return (
    <Page title={w.title} lead={w.lead} action={invite}>
      <ListState
        controls={
          <Filters filters={filters}>
            <TextFilter label={w.search} value={filters.on.search} onChange={(value) => filters.set('search', value)} />
            <ChoiceFilter
              label={w.role}
              all={w.anyRole}
              choices={centreRoles.map((role) => ({ value: role, label: w.roleNames[role] }))}
              value={filters.on.role}
              onChange={(value) => filters.set('role', value)}
            />
            <OnFilter label={w.past} value={filters.on.past} onChange={(value) => filters.set('past', value)} />
          </Filters>
        }
        list={list}
        count={list.rows.length}
        filters={filters}
        none={w.none}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
      >
        <Rows
          label={w.title}
          rows={list.rows}
          keyOf={({ id }) => id}
          name={{
            head: w.name,
            cell: ({ id, name }) => <NameLink to={`/people/${id}`}>{name}</NameLink>,
          }}
          columns={[
            { head: w.roles, plain: true, cell: ({ memberships }) => <Memberships memberships={filters.on.past === 'true' ? memberships : memberships.filter(({ state }) => state !== 'past')} /> },
            { head: w.email, plain: true, cell: ({ email }) => email },
          ]}
        />
      </ListState>
    </Page>
  );
}
