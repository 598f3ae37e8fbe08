import { Alert, Anchor, Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { IconPhoneCall } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { dial, employees, phoneNumber } from '../../../../ui/figures.ts';
import { capital, dayOf, languageName, longDay, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import { refresh, useRead } from '../../../../ui/read.ts';
import { useContactRoles } from '../../../companies/contacts/web/public.tsx';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { GivenBefore, GiveOn, Leaderless } from '../../staffing/web/public.tsx';
import { IntroductionsPanel } from '../../suppliers/web/public.tsx';
import { type Brief, cancelMeeting, endMeeting, joinMeeting, listMeetings, listSlots, moveMeeting, readMeeting } from '../contract.ts';
import { meetingsWords } from '../words.ts';
import { lostSlot } from './book-form.tsx';
import { MeetingBadge } from './meeting-badge.tsx';
import { type ShownSlot, SlotPicker, slotsOfCompany } from './slot-picker.tsx';

export function MeetingPage() {
  const w = useWords(meetingsWords);
  const { meeting } = useParams({ strict: false }) as { meeting: string };
  const asked = useRead(readMeeting, { params: { meeting } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} meeting={found} />}
    </FetchedPage>
  );
}

/** What those invited answered from their calendars. */
function Answers({ meeting }: { meeting: Brief }) {
  const w = useWords(meetingsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const answers = [
    ...(meeting.answer === null ? [] : [{ ...meeting.answer, name: meeting.contact.name }]),
    ...meeting.staffAnswers.map((each) => ({ ...each, name: meeting.staff.find(({ id }) => id === each.id)?.name ?? '' })),
  ];
  return answers.map(({ name, answer, at, proposedStart, current }) => (
    <Text key={`${name} ${at}`}>
      {[w.answered[answer](name, dayAndTime(language, zone, at)), proposedStart !== null && w.proposedTime(dayAndTime(language, zone, proposedStart)), !current && w.answeredEarlier]
        .filter(Boolean)
        .join(' ')}
    </Text>
  ));
}

function Sheet({ meeting }: { meeting: Brief }) {
  const w = useWords(meetingsWords);
  const { language } = useLanguage();
  const { zone, personId, may } = useActing();
  const queries = useQueryClient();
  // At the desk a role is chosen, elsewhere it is written.
  const roles = useContactRoles();
  const { give } = useSearch({ strict: false }) as { give?: string };
  const [open, setOpen] = useState<'move' | 'give' | null>(give !== undefined && meeting.can.give ? 'give' : null);
  const [cancelling, setCancelling] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const said = async (sentence: string) => {
    setError(null);
    await refresh(queries, readMeeting, listMeetings, listSlots);
    setOpen(null);
    setCancelling(false);
    setDone(sentence);
    focusTitle();
  };
  const end = (how: 'done' | 'no_show') => call(endMeeting, { params: { meeting: meeting.id }, body: { how } }, { version: meeting.version }).then(() => said(w.ended), setError);
  const { company, contact } = meeting;
  const when = capital(w.at(longDay(language, dayOf(zone, meeting.start)), timeOf(language, zone, meeting.start), timeOf(language, zone, meeting.end)));
  const booked = shortDay(language, dayOf(zone, meeting.bookedAt));
  const size = company.sizeFrom === null ? null : employees(language, { from: company.sizeFrom, to: company.sizeTo });
  // Once it has begun, for whoever goes; it is written on a page of its own, which works without coverage too.
  const reports = may('consultant') && (meeting.can.end || meeting.state === 'done') && meeting.staff.some(({ id }) => id === personId);
  const call_ = contact.phone ?? company.phone;
  return (
    <Page title={company.name} lead={when} done={done} path={<PathLink to="/meetings">{w.title}</PathLink>}>
      <Columns
        aside={
          <>
            <Stack gap="xs" component="section" aria-labelledby="goes">
              <Title order={2} size="h3" id="goes">
                {w.goes}
              </Title>
              {meeting.staff.map(({ id, name, school, learns }) => (
                <Text key={id}>{[name, school, learns ? w.learns : null].filter(Boolean).join(', ')}</Text>
              ))}
              <Facts
                narrow
                facts={[
                  { label: w.travel, value: w.minutes(meeting.travelMinutes) },
                  { label: w.mode, value: w.modes[meeting.mode] },
                ]}
              />
              {meeting.can.change && <Along key={meeting.version} meeting={meeting} onDone={() => said(w.alongSaved)} />}
              <GivenBefore meeting={meeting} />
              <Text size="sm" c="dimmed">
                {meeting.bookedBy === null ? w.bookedAt(booked) : w.bookedBy(meeting.bookedBy, booked)}
              </Text>
            </Stack>
            <Stack gap="xs" component="section" aria-labelledby="facts">
              <Title order={2} size="h3" id="facts">
                {w.facts}
              </Title>
              <Text>{[company.industry, size, company.address, company.town].filter(Boolean).join(' · ')}</Text>
              <NameLink to={`/companies/${company.id}`}>{w.openCompany}</NameLink>
            </Stack>
          </>
        }
      >
        {error !== null && <ErrorNotice error={error} />}
        <Leaderless meeting={meeting} />
        <Group gap="xs">
          <MeetingBadge state={meeting.state} />
          {meeting.cancelledBecause !== null && <Text size="sm">{w.reasons[meeting.cancelledBecause]}</Text>}
        </Group>
        <Answers meeting={meeting} />
        <IntroductionsPanel company={company.id} />
        {meeting.ring !== null && (
          <Alert color="yellow" icon={<IconPhoneCall size={20} stroke={1.75} />} title={w.ringTitle}>
            {meeting.ring.said !== '' && <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{meeting.ring.said}</Text>}
            <Text size="sm">{w.ringAt(dayAndTime(language, zone, meeting.ring.at))}</Text>
          </Alert>
        )}
        <Stack gap="xs" component="section" aria-labelledby="said">
          <Title order={2} id="said">
            {w.handover}
          </Title>
          <Text style={{ whiteSpace: 'pre-line' }}>{meeting.said}</Text>
          <Facts
            facts={[
              { label: w.wishes, value: meeting.wishes || w.noWishes },
              { label: w.place, value: meeting.place },
              {
                label: w.contact,
                value: (
                  <>
                    {[contact.name, roles[contact.role] ?? contact.role].filter(Boolean).join(', ')}
                    {call_ !== null && (
                      <>
                        <br />
                        <Anchor href={dial(call_)} fz="inherit">
                          {phoneNumber(call_)}
                        </Anchor>
                      </>
                    )}
                    {contact.email !== null && (
                      <>
                        <br />
                        <Anchor href={`mailto:${contact.email}`} fz="inherit">
                          {contact.email}
                        </Anchor>
                      </>
                    )}
                    {contact.language !== 'da' && (
                      <>
                        <br />
                        {w.speaks(languageName(language, contact.language))}
                      </>
                    )}
                  </>
                ),
              },
            ]}
          />
        </Stack>
        {(meeting.can.end || reports) && (
          <Group gap="xs">
            {meeting.can.end && (
              <>
                <Button variant="filled" onClick={() => end('done')}>
                  {w.done}
                </Button>
                <Button onClick={() => end('no_show')}>{w.noShow}</Button>
              </>
            )}
            {reports && (
              <Button component="a" href={`/phone/reports/${meeting.id}`}>
                {w.writeReport}
              </Button>
            )}
          </Group>
        )}
        {meeting.can.change && open === null && (
          <Group gap="xs">
            {meeting.can.give && <Button onClick={() => setOpen('give')}>{w.giveOn}</Button>}
            <Button onClick={() => setOpen('move')}>{w.move}</Button>
            <Button variant="subtle" onClick={() => setCancelling(true)}>
              {w.cancel}
            </Button>
          </Group>
        )}
        {open === 'move' && <Move meeting={meeting} onClose={() => setOpen(null)} onDone={() => said(w.moved)} />}
        {open === 'give' && <GiveOn meeting={meeting} to={give ?? null} onClose={() => setOpen(null)} onDone={said} />}
      </Columns>
      {cancelling && <Cancel meeting={meeting} onClose={() => setCancelling(false)} onDone={() => said(w.cancelled)} />}
    </Page>
  );
}

/** A colleague who learns beside whoever leads (row 2.18). */
function Along({ meeting, onDone }: { meeting: Brief; onDone(): unknown }) {
  const w = useWords(meetingsWords);
  const colleagues = useRead(listProfiles, { query: {} });
  const [person, setPerson] = useState<string>(meeting.staff.find(({ learns }) => learns)?.id ?? '');
  const [error, setError] = useState<unknown>(null);
  const others = (colleagues.data ?? []).filter(({ personId }) => !meeting.staff.some(({ id, learns }) => !learns && String(id) === String(personId)));
  const save = () => call(joinMeeting, { params: { meeting: meeting.id }, body: { person: person === '' ? null : person } }, { version: meeting.version }).then(onDone, setError);
  return (
    <Stack gap="xs" align="flex-start">
      {error !== null && <ErrorNotice error={error} />}
      <NativeSelect
        label={w.along}
        value={person}
        onChange={(event) => setPerson(event.currentTarget.value)}
        data={[{ value: '', label: w.alongNobody }, ...others.map(({ personId, name, school }) => ({ value: String(personId), label: [name, school].filter(Boolean).join(', ') }))]}
      />
      <Button size="xs" onClick={save}>
        {w.alongSave}
      </Button>
    </Stack>
  );
}

function Move({ meeting, onClose, onDone }: { meeting: Brief; onClose(): void; onDone(): unknown }) {
  const w = useWords(meetingsWords);
  const queries = useQueryClient();
  const [slot, setSlot] = useState<ShownSlot | null>(null);
  const [lost, setLost] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const choose = useCallback((next: ShownSlot | null) => setSlot(next), []);
  const move = (to: ShownSlot | null) => {
    if (to === null || pending) return;
    setPending(true);
    setLost(null);
    call(moveMeeting, { params: { meeting: meeting.id }, body: { choice: to.choice } }, { version: meeting.version })
      .then(onDone, (refused: unknown) => {
        setLost(lostSlot(refused));
        setError(lostSlot(refused) === null ? refused : null);
        if (refused instanceof Refusal && lostSlot(refused) !== null) return refresh(queries, listSlots);
      })
      .finally(() => setPending(false));
  };
  return (
    <Stack gap="md" component="section" aria-labelledby="move">
      <div>
        <Title order={2} id="move">
          {w.moveTitle}
        </Title>
        <Text>{w.moveLead}</Text>
      </div>
      {error !== null && <ErrorNotice error={error} />}
      <SlotPicker source={slotsOfCompany(meeting.company.id)} language={meeting.contact.language} meeting={meeting.id} chosen={slot} onChoose={choose} onEnter={move} lost={lost} />
      <Group gap="xs">
        <Button variant="filled" loading={pending} disabled={slot === null} onClick={() => move(slot)}>
          {w.move}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {w.keepTime}
        </Button>
      </Group>
    </Stack>
  );
}

function Cancel({ meeting, onClose, onDone }: { meeting: Brief; onClose(): void; onDone(): unknown }) {
  const w = useWords(meetingsWords);
  const [because, setBecause] = useState<keyof typeof w.reasons>('company');
  const [error, setError] = useState<unknown>(null);
  return (
    <Dialog title={w.cancelTitle} onClose={onClose}>
      <Text>{w.cancelText}</Text>
      {error !== null && <ErrorNotice error={error} />}
      <NativeSelect
        label={w.because}
        value={because}
        onChange={(event) => setBecause(event.currentTarget.value as typeof because)}
        data={(Object.keys(w.reasons) as (typeof because)[]).map((value) => ({ value, label: w.reasons[value] }))}
      />
      <Group gap="xs">
        <Button variant="filled" color="red" onClick={() => call(cancelMeeting, { params: { meeting: meeting.id }, body: { because } }, { version: meeting.version }).then(onDone, setError)}>
          {w.cancel}
        </Button>
        <Button onClick={onClose}>{w.dontCancel}</Button>
      </Group>
    </Dialog>
  );
}
