import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { listed, shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRead, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { Some } from '../../../../ui/some.tsx';
import { endMeetingSeries, listConsultantMeetings, listMeetingSeries, type MeetingSeries, type MeetingShown } from '../contract.ts';
import { consultantMeetingsWords } from '../words.ts';
import { MeetingForm } from './meeting-form.tsx';
import { MeetingState, useWhen } from './meeting-state.tsx';
import { SeriesForm } from './series-form.tsx';

type Open = 'series' | 'meeting' | MeetingSeries['id'];

/** When the consultants meet, who hosts, and what was held. */
export function ConsultantMeetingsPage() {
  const w = useWords(consultantMeetingsWords);
  const { language } = useLanguage();
  const { may } = useActing();
  const queries = useQueryClient();
  const coming = useRows(listConsultantMeetings, { query: { when: 'coming' } });
  const past = useRead(listConsultantMeetings, { query: { when: 'past' } });
  const series = useRead(listMeetingSeries, {});
  const [open, setOpen] = useState<Open | null>(null);
  const [ending, setEnding] = useState<MeetingSeries | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const close = () => {
    setOpen(null);
    focusTitle();
  };
  const said = async (text: string) => {
    await refresh(queries, listConsultantMeetings, listMeetingSeries);
    setDone(text);
    close();
  };
  const all = series.data ?? [];
  const actions = may('coordinator') && open === null && (
    <>
      <Button onClick={() => setOpen('meeting')}>{w.addMeeting}</Button>
      <Button variant="filled" leftSection={<IconPlus size={20} stroke={1.75} />} onClick={() => setOpen('series')}>
        {w.addSeries}
      </Button>
    </>
  );
  const clock = (time: string) => shownTime(language, time);
  return (
    <Page title={w.title} lead={w.lead} done={done} action={actions || undefined}>
      <Stack gap="xl">
        {(open === 'series' || open === 'meeting') && (
          <Stack gap="md" component="section" aria-labelledby="add-meeting">
            <Title order={2} id="add-meeting">
              {open === 'series' ? w.addSeries : w.addMeeting}
            </Title>
            {open === 'series' ? <SeriesForm series={null} onDone={said} onClose={close} /> : <MeetingForm meeting={null} onDone={() => said(w.meetingAdded)} onClose={close} />}
          </Stack>
        )}
        <Stack gap="sm" component="section" aria-labelledby="coming">
          <Title order={2} id="coming">
            {w.coming}
          </Title>
          <ListState list={coming} count={coming.data?.length ?? 0} empty={<Empty title={w.none} text={w.emptyText} />}>
            <Some rows={coming.data ?? []} first={6} all={(count) => `${w.coming} (${count})`}>
              {(rows) => <Meetings label={w.coming} rows={rows} />}
            </Some>
          </ListState>
        </Stack>
        <Stack gap="sm" component="section" aria-labelledby="series" maw={720}>
          <Title order={2} id="series">
            {w.series}
          </Title>
          {all.length === 0 && <Text c="dimmed">{w.seriesNone}</Text>}
          {all.length > 0 && (
            <Ruled>
              {all.map((each) => (
                <Rule
                  key={each.id}
                  action={
                    each.can.edit &&
                    open === null && (
                      <Group gap="xs">
                        <Button size="xs" aria-label={w.editSeriesOf(each.name)} onClick={() => setOpen(each.id)}>
                          {w.editSeries}
                        </Button>
                        <Button size="xs" variant="subtle" aria-label={w.endSeriesOf(each.name)} onClick={() => setEnding(each)}>
                          {w.endSeries}
                        </Button>
                      </Group>
                    )
                  }
                >
                  <div>
                    <Text fw={500}>{each.name}</Text>
                    <Text size="sm" c="dimmed">
                      {w.rhythm(each.every, w.weekdays[each.weekday - 1] ?? '', clock(each.starts), clock(each.ends))}.{' '}
                      {each.schools.length === 0
                        ? w.centreHosts
                        : w.turns(
                            listed(
                              language,
                              each.schools.map(({ name }) => name),
                            ),
                          )}
                    </Text>
                  </div>
                  {open === each.id && <SeriesForm series={each} onDone={said} onClose={close} />}
                </Rule>
              ))}
            </Ruled>
          )}
        </Stack>
        <Stack gap="sm" component="section" aria-labelledby="past">
          <Title order={2} id="past">
            {w.past}
          </Title>
          {past.data?.length === 0 && <Text c="dimmed">{w.nonePast}</Text>}
          {(past.data?.length ?? 0) > 0 && (
            <Some rows={past.data ?? []} first={10} all={(count) => `${w.past} (${count})`}>
              {(rows) => <Meetings label={w.past} rows={rows} />}
            </Some>
          )}
        </Stack>
      </Stack>
      {ending !== null && (
        <ConfirmDialog
          opened
          onClose={() => setEnding(null)}
          title={w.endSeriesTitle(ending.name)}
          text={w.endSeriesText}
          yes={w.endSeriesYes}
          run={() => call(endMeetingSeries, { params: { series: ending.id } })}
          onDone={() => said(w.seriesEnded(ending.name))}
        />
      )}
    </Page>
  );
}

function Meetings({ label, rows }: { label: string; rows: readonly MeetingShown[] }) {
  const w = useWords(consultantMeetingsWords);
  const when = useWhen();
  return (
    <Rows
      label={label}
      rows={rows}
      keyOf={({ id }) => id}
      name={{ head: w.day, cell: (meeting) => <NameLink to={`/consultant-meetings/${meeting.id}`}>{when(meeting)}</NameLink> }}
      columns={[
        { head: w.meeting, plain: true, cell: ({ title, kind }) => (title === w.kinds[kind] || kind === 'ordinary' ? title : `${w.kinds[kind]}: ${title}`) },
        { head: w.host, cell: ({ host }) => host?.name ?? w.centre },
        { head: w.state, plain: true, width: '11rem', cell: (meeting) => <MeetingState meeting={meeting} /> },
      ]}
    />
  );
}
