import { Badge, Stack } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useActing } from '../../../../ui/acting.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listFollowed } from '../contract.ts';
import { contactPersonsWords } from '../words.ts';

/** The companies that somebody follows, those that have heard nothing for longest first. */
export function FollowedPage() {
  const w = useWords(contactPersonsWords);
  const { language } = useLanguage();
  const { may } = useActing();
  const consults = may('consultant');
  const filters = useFilters({ whose: ['all', 'orphaned'] });
  const whose = filters.on.whose ?? (consults ? 'mine' : 'all');
  const list = useRows(listFollowed, { query: { whose } });
  const rows = list.data ?? [];
  const own = whose === 'mine';
  return (
    <Page title={own ? w.listTitle : w.listAllTitle} lead={own ? w.listLead : w.listAllLead}>
      <ListState
        list={list}
        count={rows.length}
        filters={filters}
        none={w.noneMatches}
        empty={own ? <Empty title={w.listEmpty} text={w.listEmptyText} /> : <Empty title={w.listAllEmpty} text={w.listAllEmptyText} />}
        controls={
          <Filters filters={filters}>
            <ChoiceFilter
              label={w.whose}
              all={consults ? w.listTitle : w.allOf}
              choices={consults ? [{ value: 'all', label: w.allOf }] : [{ value: 'orphaned', label: w.orphaned }]}
              value={filters.on.whose}
              onChange={(value) => filters.set('whose', value)}
            />
          </Filters>
        }
      >
        <Rows
          label={own ? w.listTitle : w.listAllTitle}
          rows={rows}
          keyOf={({ company }) => company.id}
          name={{ head: w.company, cell: ({ company }) => <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink> }}
          columns={[
            { head: w.person, cell: ({ person }) => [person?.name, person?.school].filter(Boolean).join(', ') },
            { head: w.deputy, cell: ({ deputy }) => (deputy === null ? null : w.deputyUntil(deputy.name, shortDay(language, deputy.until))) },
            {
              head: w.heard,
              plain: true,
              cell: ({ silentDays, silent, orphaned }) => (
                <Stack gap={4} align="flex-start">
                  <span>{silentDays === null ? null : w.silence(silentDays)}</span>
                  {silent && (
                    <Badge color="yellow" leftSection={<IconClock size={16} stroke={1.75} />}>
                      {w.silentBadge}
                    </Badge>
                  )}
                  {orphaned && (
                    <Badge color="yellow" leftSection={<IconAlertTriangle size={16} stroke={1.75} />}>
                      {w.orphanBadge}
                    </Badge>
                  )}
                </Stack>
              ),
            },
          ]}
        />
      </ListState>
    </Page>
  );
}
