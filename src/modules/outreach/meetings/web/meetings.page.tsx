import { Stack } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { Filters, OnFilter, useFilters } from '../../../../ui/filters.tsx';
import { capital, dayOf, longDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listMeetings } from '../contract.ts';
import { meetingsWords } from '../words.ts';
import { MeetingBadge } from './meeting-badge.tsx';

export function MeetingsPage() {
  const w = useWords(meetingsWords);
  const { language } = useLanguage();
  const { may, today, zone } = useActing();
  const filters = useFilters({ past: ['true'], leaderless: ['true'] });
  const list = useRows(listMeetings, { query: { ...(filters.on.past === 'true' ? {} : { from: today }), whose: filters.on.leaderless === 'true' ? 'leaderless' : 'visible' } });
  const lead = may('coordinator') ? w.leadCoordinator : may('manager') ? w.leadManager : w.lead;
  return (
    <Page title={w.title} lead={lead}>
      <Stack gap="md">
        <ListState
          list={list}
          count={list.data?.length ?? 0}
          filters={filters}
          none={w.noneMatches}
          empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
          controls={
            <Filters filters={filters}>
              <OnFilter label={w.past} value={filters.on.past} onChange={(value) => filters.set('past', value)} />
              {may('coordinator') && <OnFilter label={w.leaderlessOnly} value={filters.on.leaderless} onChange={(value) => filters.set('leaderless', value)} />}
            </Filters>
          }
        >
          <Rows
            label={w.title}
            rows={list.data ?? []}
            keyOf={({ id }) => id}
            name={{
              head: w.when,
              cell: ({ id, start, end }) => (
                <NameLink to={`/meetings/${id}`}>{capital(w.at(longDay(language, dayOf(zone, start)), timeOf(language, zone, start), timeOf(language, zone, end)))}</NameLink>
              ),
            }}
            columns={[
              { head: w.company, plain: true, cell: ({ company }) => [company.name, company.town].filter(Boolean).join(', ') },
              { head: w.who, cell: ({ staff }) => staff.map(({ name }) => name).join(', ') },
              { head: w.status, plain: true, cell: ({ state }) => <MeetingBadge state={state} /> },
            ]}
          />
        </ListState>
      </Stack>
    </Page>
  );
}
