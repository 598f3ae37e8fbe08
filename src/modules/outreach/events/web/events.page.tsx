import { Badge, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { capital, dayOf, longDay, timeOf, writtenDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { type EventShown, listEvents } from '../contract.ts';
import { eventsWords } from '../words.ts';
import { EventForm } from './event-form.tsx';

/** When an event is, in a sentence. */
export function useWhen(): (event: Pick<EventShown, 'starts' | 'ends'>, withYear?: boolean) => string {
  const w = useWords(eventsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  return ({ starts, ends }, withYear = false) => w.at(capital((withYear ? writtenDay : longDay)(language, dayOf(zone, starts))), timeOf(language, zone, starts), timeOf(language, zone, ends));
}

/** Theme days and future workshops, those to come and those that were. */
export function EventsPage() {
  const w = useWords(eventsWords);
  const { may } = useActing();
  const when = useWhen();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const filters = useFilters({ when: ['past'] });
  const past = filters.on.when === 'past';
  const list = useRows(listEvents, { query: { when: past ? 'past' : 'coming' } });
  const { editing: open, close, opener } = useEditing();
  const adder = opener(may('consultant', 'coordinator'), w.add, true);
  const peopleOf = ({ counts, seats }: EventShown) => (seats === null ? counts.signedUp : w.peopleOf(counts.signedUp, seats));
  return (
    <Page title={w.title} lead={w.lead} action={adder}>
      <Stack gap="xl">
        {open && (
          <FormOnTop id="add-event" title={w.add}>
            <EventForm
              event={null}
              onClose={() => close(null)}
              onDone={async (saved) => {
                await refresh(queries, listEvents);
                await navigate({ to: `/events/${saved.id}`, state: saying(w.added(saved.title)) });
              }}
            />
          </FormOnTop>
        )}
        <ListState
          list={list}
          count={list.data?.length ?? 0}
          empty={open ? null : past ? <Empty title={w.emptyPast} text={w.emptyPastText} /> : <Empty title={w.emptyTitle} text={w.emptyText} />}
          controls={
            <Filters filters={{ ...filters, active: false }}>
              <ChoiceFilter label={w.when} all={w.coming} choices={[{ value: 'past', label: w.past }]} value={filters.on.when} onChange={(value) => filters.set('when', value)} />
            </Filters>
          }
        >
          <Rows
            label={w.title}
            rows={list.data ?? []}
            keyOf={({ id }) => id}
            name={{ head: w.name, cell: ({ id, title }) => <NameLink to={`/events/${id}`}>{title}</NameLink> }}
            columns={[
              { head: w.kind, plain: true, width: '11rem', cell: ({ kind, cancelledBecause }) => (cancelledBecause === null ? w.kinds[kind] : <Badge color="red">{w.cancelled}</Badge>) },
              { head: w.when, plain: true, width: '17rem', cell: (event) => when(event, past) },
              { head: w.host, width: '20%', cell: ({ host }) => host?.name ?? w.centre },
              {
                head: w.people,
                width: '10rem',
                cell: (event) =>
                  past ? (
                    w.cameAll(event.counts.attended)
                  ) : (
                    <>
                      {peopleOf(event)} {event.counts.waiting > 0 && <Badge color="yellow">{w.waitingAll(event.counts.waiting)}</Badge>}
                    </>
                  ),
              },
            ]}
          />
        </ListState>
      </Stack>
    </Page>
  );
}
