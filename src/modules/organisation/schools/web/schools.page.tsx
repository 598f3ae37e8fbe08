import { Badge, Button, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { ChoiceFilter, Filters, OnFilter, TextFilter, useFilters } from '../../../../ui/filters.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { capabilityKinds, listSchools } from '../contract.ts';
import { schoolsWords } from '../words.ts';

export function SchoolsPage() {
  const w = useWords(schoolsWords);
  const { language } = useLanguage();
  const { may } = useActing();
  const filters = useFilters({ search: null, capability: capabilityKinds, past: ['true'] });
  const list = useRows(listSchools, { query: filters.on });
  const add = may('administrator') ? (
    <Button variant="filled" component={Link} to="/schools/new" leftSection={<IconPlus size={20} stroke={1.75} />}>
      {w.add}
    </Button>
  ) : undefined;
  return (
    <Page title={w.title} lead={w.lead} action={add}>
      <ListState
        controls={
          <Filters filters={filters}>
            <TextFilter label={w.search} value={filters.on.search} onChange={(value) => filters.set('search', value)} />
            <ChoiceFilter
              label={w.capability}
              all={w.anyCapability}
              choices={capabilityKinds.map((value) => ({ value, label: w.capabilityKinds[value] }))}
              value={filters.on.capability}
              onChange={(value) => filters.set('capability', value)}
            />
            <OnFilter label={w.pastToo} value={filters.on.past} onChange={(value) => filters.set('past', value)} />
          </Filters>
        }
        list={list}
        count={list.data?.length ?? 0}
        filters={filters}
        none={w.none}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
      >
        <Rows
          label={w.title}
          rows={list.data ?? []}
          keyOf={({ id }) => id}
          name={{
            head: w.name,
            cell: ({ id, name, lastDay, left }) => (
              <Stack gap={4} align="flex-start">
                <NameLink to={`/schools/${id}`}>{name}</NameLink>
                {lastDay !== null && <Badge color={left ? 'gray' : 'yellow'}>{left ? w.leftOn(shortDay(language, lastDay)) : w.leavesOn(shortDay(language, lastDay))}</Badge>}
              </Stack>
            ),
          }}
          columns={[
            { head: w.kind, plain: true, cell: ({ kind }) => w.kinds[kind] },
            { head: w.town, plain: true, cell: ({ town }) => town || null },
            { head: w.core, cell: ({ coreCompetences }) => (coreCompetences.length === 0 ? null : sideBySide(coreCompetences)) },
          ]}
        />
      </ListState>
    </Page>
  );
}
