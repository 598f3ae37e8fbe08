import { Button, Checkbox, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, listed, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page, saying } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { TaskList } from '../../tasks/web/public.tsx';
import { addAgendaItem, addMinute, cancelConsultantMeeting, listConsultantMeetings, type MeetingSheet, readConsultantMeeting, removeAgendaItem } from '../contract.ts';
import { consultantMeetingsWords } from '../words.ts';
import { MeetingForm } from './meeting-form.tsx';
import { MeetingState, useWhen } from './meeting-state.tsx';

export function ConsultantMeetingPage() {
  const w = useWords(consultantMeetingsWords);
  const { meeting } = useParams({ strict: false }) as { meeting: string };
  const asked = useRead(readConsultantMeeting, { params: { meeting } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} meeting={found} />}
    </FetchedPage>
  );
}

function Sheet({ meeting }: { meeting: MeetingSheet }) {
  const w = useWords(consultantMeetingsWords);
  const { language } = useLanguage();
  const when = useWhen();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const open = meeting.closedAt === null && meeting.cancelledAt === null;
  const close = () => {
    setEditing(false);
    focusTitle();
  };
  const said = async (text: string) => {
    await refresh(queries, readConsultantMeeting, listConsultantMeetings);
    setDone(text);
  };
  const present = meeting.people.filter((each) => each.present).map(({ name }) => name);
  const ordinary = meeting.kind === 'ordinary';
  const tasks = meeting.tasks.filter((task) => task.meeting === meeting.id);
  const actions = !editing && (
    <>
      {open && meeting.can.plan && meeting.begunAt === null && (
        <Button variant="subtle" onClick={() => setCancelling(true)}>
          {w.cancel}
        </Button>
      )}
      {open && meeting.can.run && <Button onClick={() => setEditing(true)}>{w.edit}</Button>}
      {open && (
        <Button component={Link} variant="filled" to={`/consultant-meetings/${meeting.id}/board`}>
          {w.openBoard}
        </Button>
      )}
    </>
  );
  return (
    <Page title={meeting.title} lead={when(meeting)} path={<PathLink to="/consultant-meetings">{w.title}</PathLink>} done={done} action={actions || undefined}>
      <Stack gap="xl" maw={720}>
        {editing && (
          <MeetingForm
            meeting={meeting}
            onDone={async () => {
              await said(w.saved);
              close();
            }}
            onClose={close}
          />
        )}
        <Stack gap={4}>
          <MeetingState meeting={meeting} />
          <Text>{[w.hostedBy(meeting.host?.name ?? w.centre), meeting.place].filter((part) => part !== '').join(' · ')}</Text>
          {meeting.tour !== '' && (
            <Text c="var(--vn-ink-2)">
              {w.tour}: {meeting.tour}
            </Text>
          )}
        </Stack>
        {open && (
          <Stack gap="sm" component="section" aria-labelledby="agenda">
            <Title order={2} id="agenda">
              {w.agenda}
            </Title>
            {ordinary && <Gathered meeting={meeting} />}
            <Items meeting={meeting} />
            {meeting.can.suggest && <Suggest meeting={meeting} onDone={() => said(w.suggested)} />}
          </Stack>
        )}
        {!open && meeting.items.length > 0 && (
          <Stack gap="sm" component="section" aria-labelledby="agenda">
            <Title order={2} id="agenda">
              {w.agenda}
            </Title>
            <Items meeting={meeting} />
          </Stack>
        )}
        {meeting.begunAt !== null && (
          <>
            <Stack gap="sm" component="section" aria-labelledby="minutes">
              <Title order={2} id="minutes">
                {w.minutes}
              </Title>
              <Text size="sm" c="dimmed">
                {present.length === 0 ? w.presentNone : w.presentCount(listed(language, present))}
              </Text>
              <Minutes meeting={meeting} />
              {meeting.closedAt !== null && meeting.can.run && <Correct meeting={meeting} onDone={() => said(w.corrected)} />}
            </Stack>
            {tasks.length > 0 && (
              <Stack gap="sm" component="section" aria-labelledby="meeting-tasks">
                <Title order={2} id="meeting-tasks">
                  {w.tasks}
                </Title>
                <TaskList tasks={tasks} onChanged={[readConsultantMeeting]} title={false} />
              </Stack>
            )}
          </>
        )}
      </Stack>
      {cancelling && (
        <ConfirmDialog
          opened
          onClose={() => setCancelling(false)}
          title={w.cancelTitle}
          text={w.cancelText}
          yes={w.cancelYes}
          run={() => call(cancelConsultantMeeting, { params: { meeting: meeting.id } })}
          onDone={async () => {
            await refresh(queries, listConsultantMeetings);
            await navigate({ to: '/consultant-meetings', state: saying(w.cancelled) as never });
          }}
        />
      )}
    </Page>
  );
}

/** What the agenda found by itself. */
function Gathered({ meeting }: { meeting: MeetingSheet }) {
  const w = useWords(consultantMeetingsWords);
  const nothing = meeting.reports.length + meeting.unowned.length + meeting.late.length + meeting.withoutContact.length + meeting.tasks.length === 0;
  const unowned = meeting.unowned.length + meeting.tasks.filter(({ owner, byCompany, doneAt }) => owner === null && !byCompany && doneAt === null).length;
  if (nothing && meeting.begunAt === null) return <Text c="dimmed">{w.agendaLater}</Text>;
  return (
    <ul style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
      <li>
        {w.reportsCount(meeting.reports.length)}
        {meeting.reports.length > 0 && (
          <Text span c="dimmed">
            {`: ${[...new Set(meeting.reports.map(({ company }) => company.name))].join(', ')}`}
          </Text>
        )}
      </li>
      <li>{w.unownedCount(unowned)}</li>
      <li>{w.lateCount(meeting.late.length)}</li>
      <li>{w.withoutCount(meeting.withoutContact.length)}</li>
    </ul>
  );
}

function Items({ meeting }: { meeting: MeetingSheet }) {
  const w = useWords(consultantMeetingsWords);
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  if (meeting.items.length === 0) return <Text c="dimmed">{w.itemsNone}</Text>;
  const remove = (item: MeetingSheet['items'][number]) =>
    call(removeAgendaItem, { params: { meeting: meeting.id, item: item.id } })
      .then(
        () => setError(null),
        (refused: unknown) => setError(refused),
      )
      .then(() => refresh(queries, readConsultantMeeting));
  return (
    <>
      {error !== null && <ErrorNotice error={error} />}
      <Ruled>
        {meeting.items.map((item) => (
          <Rule
            key={item.id}
            action={
              item.can.remove && (
                <Button size="xs" variant="subtle" aria-label={w.removeOf(item.text)} onClick={() => remove(item)}>
                  {w.remove}
                </Button>
              )
            }
          >
            <div>
              <Text>{item.text}</Text>
              <Text size="sm" c="dimmed">
                {[item.learning ? w.learning : null, w.itemBy(item.by)].filter((part) => part !== null).join(' · ')}
              </Text>
            </div>
          </Rule>
        ))}
      </Ruled>
    </>
  );
}

/** What was said and decided, in its order; corrections stand below. */
export function Minutes({ meeting }: { meeting: MeetingSheet }) {
  const w = useWords(consultantMeetingsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  if (meeting.minutes.length === 0) return <Text c="dimmed">{w.minutesNone}</Text>;
  const companyOf = (report: string | null) => meeting.reports.find(({ id }) => id === report)?.company.name;
  return (
    <Ruled>
      {meeting.minutes.map(({ id, kind, text, report, by, at }) => {
        const company = companyOf(report);
        return (
          <Rule key={id}>
            <div>
              <Text {...(kind === 'decision' ? { fw: 600 } : {})} style={{ whiteSpace: 'pre-line' }}>
                {kind === 'minute' ? '' : `${w[kind]}: `}
                {text}
              </Text>
              <Text size="sm" c="dimmed">
                {[company === undefined ? null : w.about(company), by, `${shortDay(language, dayOf(zone, at))} ${timeOf(language, zone, at)}`].filter((part) => part !== null).join(' · ')}
              </Text>
            </div>
          </Rule>
        );
      })}
    </Ruled>
  );
}

function Suggest({ meeting, onDone }: { meeting: MeetingSheet; onDone(): Promise<void> }) {
  const w = useWords(consultantMeetingsWords);
  const [open, setOpen] = useState(false);
  const form = useServerForm<{ text: string; learning: boolean }>({
    initial: { text: '', learning: false },
    async send(body, key) {
      await call(addAgendaItem, { params: { meeting: meeting.id }, body }, { key });
      form.form.reset();
      setOpen(false);
      await onDone();
    },
  });
  if (!open)
    return (
      <Button size="xs" onClick={() => setOpen(true)} style={{ alignSelf: 'flex-start' }}>
        {w.suggest}
      </Button>
    );
  const { value: learning, ...field } = form.field('learning');
  return (
    <FormBody on={form} notSaved={w.notSuggested} save={w.suggestSave} quiet opened onCancel={() => setOpen(false)}>
      <TextInput label={w.suggestText} maxLength={500} autoComplete="off" {...form.field('text')} />
      <Checkbox label={w.suggestLearning} {...field} checked={learning === true} />
    </FormBody>
  );
}

function Correct({ meeting, onDone }: { meeting: MeetingSheet; onDone(): Promise<void> }) {
  const w = useWords(consultantMeetingsWords);
  const [open, setOpen] = useState(false);
  const form = useServerForm<{ text: string }>({
    initial: { text: '' },
    async send({ text }, key) {
      await call(addMinute, { params: { meeting: meeting.id }, body: { kind: 'correction', text } }, { key });
      form.form.reset();
      setOpen(false);
      await onDone();
    },
  });
  if (!open)
    return (
      <Button size="xs" onClick={() => setOpen(true)} style={{ alignSelf: 'flex-start' }}>
        {w.correct}
      </Button>
    );
  return (
    <FormBody on={form} notSaved={w.notCorrected} save={w.correctSave} quiet opened onCancel={() => setOpen(false)}>
      <Textarea label={w.correctText} description={w.correctHelp} autosize minRows={2} maxLength={2000} {...form.field('text')} />
    </FormBody>
  );
}
