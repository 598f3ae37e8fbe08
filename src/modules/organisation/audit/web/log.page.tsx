import { Alert, Badge, Group, Text } from '@mantine/core';
import { IconEye, IconUserShield } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { dayOf, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { useList, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listPeople } from '../../people/contract.ts';
import { listAudit } from '../contract.ts';
import { auditWords } from '../words.ts';

type Line = OutputOf<typeof listAudit>['items'][number];

export function LogPage() {
  const w = useWords(auditWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const filters = useFilters({ event: null, person: null, subject: null });
  const list = useList(listAudit, { query: filters.on });
  // Reading people's names is itself logged, so they are asked for only when somebody reaches for the filter.
  const [reached, setReached] = useState(false);
  const people = useRead(listPeople, { query: { limit: 200, past: 'true' } }, { enabled: reached || filters.on.person !== undefined });
  const events = Object.entries(w.events).map(([value, label]) => ({ value, label }));
  if (filters.on.event !== undefined && w.events[filters.on.event] === undefined) events.push({ value: filters.on.event, label: filters.on.event });
  return (
    <Page title={w.title} lead={w.lead}>
      {filters.on.subject !== undefined && (
        <Alert color="gray" icon={<IconEye size={20} stroke={1.75} />} mb="lg">
          {w.aboutOne}
        </Alert>
      )}
      <ListState
        controls={
          <Filters filters={filters}>
            <ChoiceFilter label={w.event} all={w.anyEvent} choices={events} value={filters.on.event} onChange={(value) => filters.set('event', value)} />
            <ChoiceFilter
              label={w.person}
              all={w.anyPerson}
              choices={(people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              value={filters.on.person}
              onChange={(value) => filters.set('person', value)}
              onReach={() => setReached(true)}
            />
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
            head: w.what,
            cell: ({ event }) =>
              w.events[event] ?? (
                <Text span ff="monospace">
                  {event}
                </Text>
              ),
          }}
          columns={[
            { head: w.details, plain: true, cell: (line) => <Details line={line} /> },
            {
              head: w.who,
              plain: true,
              cell: ({ person, asCoordinator }) => (
                <Group gap="xs">
                  {person ?? w.platform}
                  {asCoordinator && <Badge leftSection={<IconUserShield size={16} stroke={1.75} />}>{w.asCoordinator}</Badge>}
                </Group>
              ),
            },
            {
              head: w.when,
              plain: true,
              cell: ({ at }) => <time dateTime={at}>{w.at(shortDay(language, dayOf(zone, at)), timeOf(language, zone, at))}</time>,
            },
          ]}
        />
      </ListState>
    </Page>
  );
}

/** The facts of a line that say something to a reader; ids and codes stay in the database. */
function Details({ line: { data } }: { line: Line }) {
  const w = useWords(auditWords);
  const { language } = useLanguage();
  const text = (key: string) => (typeof data[key] === 'string' ? data[key] : undefined);
  const day = (key: string) => (/^\d{4}-\d{2}-\d{2}$/.test(text(key) ?? '') ? shortDay(language, text(key) as string) : undefined);
  const role = text('role');
  const [from, to, last] = [day('from'), day('to'), day('lastDay')];
  const facts = [
    text('name') ?? text('reference'),
    text('cvr'),
    role === undefined ? undefined : ((w.roleNames as Record<string, string>)[role] ?? role),
    from === undefined ? undefined : to === undefined ? w.from(from) : w.fromTo(from, to),
    last === undefined ? undefined : w.lastDay(last),
  ].filter((each) => each !== undefined);
  return facts.length === 0 ? null : facts.join(', ');
}
