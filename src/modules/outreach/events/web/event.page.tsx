import { Alert, Badge, Button, CopyButton, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { answerForParticipant, type EventSheet, listEvents, markAttendance, type Party, readEvent } from '../contract.ts';
import { eventsWords } from '../words.ts';
import { EventForm } from './event-form.tsx';
import { useWhen } from './events.page.tsx';
import { AddParty, CancelEvent, FollowUp, NameCompany } from './party-forms.tsx';

const colours = { invited: 'gray', declined: 'red', signed_up: 'fjord', waiting: 'yellow', cancelled: 'red', attended: 'green', absent: 'red' } as const;
type Open = 'edit' | 'cancel' | 'add' | 'follow' | Party;

export function EventPage() {
  const w = useWords(eventsWords);
  const { event } = useParams({ strict: false }) as { event: string };
  const asked = useRead(readEvent, { params: { event } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} event={found} />}
    </FetchedPage>
  );
}

function Sheet({ event }: { event: EventSheet }) {
  const w = useWords(eventsWords);
  const queries = useQueryClient();
  const when = useWhen();
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { begun } = event;
  const close = () => {
    setOpen(null);
    focusTitle();
  };
  const said = async (sentence: string) => {
    await refresh(queries, readEvent, listEvents);
    setError(null);
    setDone(sentence);
    close();
  };
  const show = (next: Open) => {
    setDone(null);
    setError(null);
    setOpen(next);
  };
  const act = (work: Promise<unknown>) => {
    setDone(null);
    work.then(
      async () => {
        setError(null);
        await refresh(queries, readEvent, listEvents);
      },
      (refusal) => {
        setError(refusal);
        void refresh(queries, readEvent);
      },
    );
  };
  const actions = open === null && event.can.run && (
    <>
      {event.can.edit && (
        <>
          <Button variant="subtle" onClick={() => show('cancel')}>
            {w.cancel}
          </Button>
          <Button onClick={() => show('edit')}>{w.edit}</Button>
        </>
      )}
      {event.counts.attended > 0 && <Button onClick={() => show('follow')}>{w.followUp}</Button>}
      <Button variant="filled" onClick={() => show('add')}>
        {w.invite}
      </Button>
    </>
  );
  const { counts } = event;
  const people = [
    event.seats === null ? String(counts.signedUp + counts.attended + counts.absent) : w.peopleOf(counts.signedUp + counts.attended + counts.absent, event.seats),
    ...(counts.attended > 0 ? [w.cameAll(counts.attended)] : []),
    ...(counts.waiting > 0 ? [w.waitingAll(counts.waiting)] : []),
    ...(counts.invited > 0 ? [w.invitedAll(counts.invited)] : []),
  ];
  return (
    <Page title={event.title} lead={`${w.kinds[event.kind]} · ${when(event)} · ${event.place}`} path={<PathLink to="/events">{w.title}</PathLink>} done={done} action={actions || undefined}>
      <Columns
        aside={
          <>
            <Facts
              narrow
              facts={[
                { label: w.host, value: event.host?.name ?? w.centre },
                { label: w.people, value: people.join(' · ') },
                ...(event.forWhom === '' ? [] : [{ label: w.public.forWhom, value: event.forWhom }]),
              ]}
            />
            {!begun && event.cancelledBecause === null && <Address link={event.link} />}
          </>
        }
      >
        {event.cancelledBecause !== null && (
          <Alert color="red" title={w.cancelled}>
            {event.cancelledBecause}
          </Alert>
        )}
        {error !== null && <ErrorNotice error={error} />}
        {open === 'edit' && (
          <Section id="edit" title={w.edit}>
            <EventForm event={event} onClose={close} onDone={() => said(w.saved)} />
          </Section>
        )}
        {open === 'cancel' && <CancelEvent event={event} onClose={close} onDone={said} />}
        {open === 'add' && <AddParty event={event} begun={begun} onClose={close} onDone={said} />}
        {open === 'follow' && <FollowUp event={event} onClose={close} onDone={said} />}
        {open !== null && typeof open === 'object' && <NameCompany key={open.id} event={event} party={open} onClose={close} onDone={said} />}
        {event.text !== '' && (
          <Text maw="var(--vn-read)" style={{ whiteSpace: 'pre-wrap' }}>
            {event.text}
          </Text>
        )}
        <Section id="people" title={w.people}>
          {event.participants.length === 0 ? (
            <Text>{w.nobody}</Text>
          ) : (
            <Ruled>
              {event.participants.map((party) => (
                <Rule key={party.id}>
                  <One party={party} event={event} begun={begun} act={act} onName={() => show(party)} />
                </Rule>
              ))}
            </Ruled>
          )}
        </Section>
      </Columns>
    </Page>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: React.ReactNode }) {
  return (
    <Stack gap="sm" component="section" aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      {children}
    </Stack>
  );
}

/** One party, to be marked with a thumb at the door. */
function One({ party, event, begun, act, onName }: { party: Party; event: EventSheet; begun: boolean; act(work: Promise<unknown>): void; onName(): void }) {
  const w = useWords(eventsWords);
  const { id, version, count, company, companyName, person, role, state, no } = party;
  const params = { event: event.id, participant: id };
  const mark = (came: boolean | null) => act(call(markAttendance, { params, body: { came, count } }, { version }));
  const reply = (come: boolean) => act(call(answerForParticipant, { params, body: { come, count } }, { version }));
  const marked = state === 'attended' || state === 'absent';
  return (
    <Group justify="space-between" gap="sm">
      <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
        <Text fw={500}>{company === null ? companyName : <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink>}</Text>
        <Text size="sm" c="var(--vn-ink-2)">
          {[person, role, w.persons(count)].filter((part) => part !== '').join(' · ')}
        </Text>
        <Badge color={colours[state]}>{w.states[state]}</Badge>
      </div>
      {event.can.run && (
        <Group gap="xs">
          {company === null && (
            <Button variant="subtle" onClick={onName} aria-label={w.unknownThis(companyName)}>
              {w.unknown}
            </Button>
          )}
          {begun && no !== null && !marked && (
            <>
              <Button onClick={() => mark(false)} aria-label={w.absentThis(companyName)}>
                {w.absent}
              </Button>
              <Button onClick={() => mark(true)} aria-label={w.cameThis(companyName)}>
                {w.came}
              </Button>
            </>
          )}
          {begun && marked && (
            <Button variant="subtle" onClick={() => mark(null)} aria-label={w.unmarkThis(companyName)}>
              {w.unmark}
            </Button>
          )}
          {!begun && (state === 'signed_up' || state === 'waiting') && (
            <Button variant="subtle" onClick={() => reply(false)} aria-label={w.signOffThis(companyName)}>
              {w.signOff}
            </Button>
          )}
          {!begun && (state === 'invited' || state === 'declined' || state === 'cancelled') && (
            <Button variant="subtle" onClick={() => reply(true)} aria-label={w.signUpThis(companyName)}>
              {w.signUp}
            </Button>
          )}
        </Group>
      )}
    </Group>
  );
}

function Address({ link }: { link: string }) {
  const w = useWords(eventsWords);
  return (
    <Group gap="xs" align="end" wrap="nowrap">
      <TextInput label={w.link} value={link} readOnly onFocus={(focus) => focus.currentTarget.select()} flex={1} />
      <CopyButton value={link}>
        {({ copied, copy }) => (
          <Button onClick={copy} aria-label={copied ? w.copied : w.copy} px="sm">
            {copied ? <IconCheck size={20} stroke={1.75} /> : <IconCopy size={20} stroke={1.75} />}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
