import { Badge, Stack } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconChevronRight } from '@tabler/icons-react';
import { useActing } from '../../../../ui/acting.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { dayOf, listed, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listWorkingGroups, type WorkingGroup } from '../contract.ts';
import { groupsWords } from '../words.ts';

const own = ['mine', 'gone'] as const;

/** How a group stands: at work or dissolved, and whether somebody in it has left the centre. */
export function GroupState({ group }: { group: WorkingGroup }) {
  const w = useWords(groupsWords);
  const left = group.endedAt === null ? group.members.filter(({ here }) => !here) : [];
  return (
    <Stack gap={4} align="flex-start">
      {group.endedAt === null ? (
        <Badge color="fjord" leftSection={<IconChevronRight size={16} stroke={1.75} />}>
          {w.works}
        </Badge>
      ) : (
        <Badge color="green" leftSection={<IconCheck size={16} stroke={1.75} />}>
          {w.over}
        </Badge>
      )}
      {left.length > 0 && (
        <Badge color="yellow" leftSection={<IconAlertTriangle size={16} stroke={1.75} />}>
          {w.left}
        </Badge>
      )}
    </Stack>
  );
}

export function GroupsPage() {
  const w = useWords(groupsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const filters = useFilters({ whose: own });
  const list = useRows(listWorkingGroups, { query: { whose: filters.on.whose ?? 'all' } });
  const rows = list.data ?? [];
  return (
    <Page title={w.title} lead={w.lead}>
      <ListState
        list={list}
        count={rows.length}
        filters={filters}
        none={w.noneMatches}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
        controls={
          <Filters filters={filters}>
            <ChoiceFilter label={w.whose} all={w.all} choices={own.map((value) => ({ value, label: w[value] }))} value={filters.on.whose} onChange={(value) => filters.set('whose', value)} />
          </Filters>
        }
      >
        <Rows
          label={w.title}
          rows={rows}
          keyOf={({ id }) => id}
          name={{ head: w.company, cell: ({ id, company }) => <NameLink to={`/working-groups/${id}`}>{company.name}</NameLink> }}
          columns={[
            { head: w.purpose, plain: true, width: '26%', cell: ({ purpose }) => purpose },
            { head: w.leader, cell: ({ lead }) => lead.name },
            { head: w.membersHead, cell: ({ members }) => listed(language, [...new Set(members.map(({ school }) => school ?? w.centre))]) },
            {
              head: w.tasksHead,
              plain: true,
              cell: ({ endedAt, startedAt, openTasks }) =>
                endedAt === null ? `${w.since(shortDay(language, dayOf(zone, startedAt)))}. ${w.tasks(openTasks)}.` : w.until(shortDay(language, dayOf(zone, endedAt))),
            },
            { head: w.state, plain: true, width: '11rem', cell: (group) => <GroupState group={group} /> },
          ]}
        />
      </ListState>
    </Page>
  );
}
