import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { dayOf, longDay, shortDay, shownTime, sideBySide } from '../../../../ui/format.ts';
import { useLanguage } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { PhoneLink } from '../../../../ui/phone-link.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { useCourseWords } from '../../courses/web/public.tsx';
import { BriefLink, useOwnSchool } from '../../running/web/public.tsx';
import { ClassMoves } from '../../seat-moves/web/public.tsx';
import { SeatsSection } from '../../seats/web/public.tsx';
import { ClassTeachers } from '../../teachers/web/public.tsx';
import { type ClassSheet, listClasses, readClass } from '../contract.ts';
import { ClassForm } from './class-form.tsx';
import { StateBadge } from './classes.page.tsx';
import { useDelivery } from './delivery.tsx';
import { useClassDays, useClassPlace, useClassPrice, useClassWords, useHours } from './public.tsx';

export function ClassPage() {
  const w = useClassWords();
  const { class: id } = useParams({ strict: false }) as { class: string };
  const asked = useRead(readClass, { params: { class: id } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} it={found} />}
    </FetchedPage>
  );
}

function Sheet({ it }: { it: ClassSheet }) {
  const w = useClassWords();
  const c = useCourseWords();
  const { language } = useLanguage();
  const { zone } = useActing();
  const days = useClassDays();
  const place = useClassPlace();
  const price = useClassPrice();
  const hours = useHours();
  const own = useOwnSchool();
  const delivery = useDelivery();
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const close = () => {
    setEditing(false);
    focusTitle();
  };
  const address = [it.place.street, [it.place.postcode ?? '', it.place.town].join(' ').trim()].filter((each) => each !== '').join(', ');
  return (
    <Page
      title={it.title}
      lead={sideBySide([days(it), it.school.name])}
      path={<PathLink to="/classes">{w.title}</PathLink>}
      done={done}
      action={
        it.can.edit && !editing ? (
          <Button
            onClick={() => {
              setDone(null);
              setEditing(true);
            }}
          >
            {w.edit}
          </Button>
        ) : undefined
      }
    >
      <Columns
        aside={
          <Facts
            narrow
            facts={[
              { label: w.state, value: <StateBadge {...it} /> },
              {
                label: w.seats,
                value: (
                  <>
                    {it.takenElsewhere + it.taken >= it.maximum ? w.full : w.seatsOf(it.takenElsewhere + it.taken, it.maximum, it.minimum)}
                    {it.takenAsOf !== null && (
                      <Text size="sm" c="var(--vn-ink-2)">
                        {w.asOf(shortDay(language, dayOf(zone, it.takenAsOf)))}
                      </Text>
                    )}
                  </>
                ),
              },
              { label: w.course, value: <NameLink to={`/courses/${it.course.id}`}>{it.course.code === null ? c.kinds[it.course.kind] : `${c.kinds[it.course.kind]} ${it.course.code}`}</NameLink> },
              { label: w.delivery, value: sideBySide([delivery.nameOf(it.delivery), w.parts[it.part]]) },
              { label: w.price, value: price(it) },
              ...(it.deadline === null ? [] : [{ label: w.deadline, value: shortDay(language, it.deadline) }]),
              ...(it.decidedBy === null ? [] : [{ label: w.decidedBy, value: shortDay(language, it.decidedBy) }]),
              ...(it.no === null ? [] : [{ label: w.no, value: it.no }]),
            ]}
          />
        }
      >
        {it.cancelledBecause !== null && (
          <Alert color="red" title={w.states.cancelled}>
            {it.cancelledBecause}
          </Alert>
        )}
        {editing && (
          <Stack gap="md" component="section" aria-labelledby="edit">
            <Title order={2} id="edit">
              {w.edit}
            </Title>
            <ClassForm
              it={it}
              course={null}
              onClose={close}
              onDone={async () => {
                await refresh(queries, readClass, listClasses);
                setDone(w.saved);
                close();
              }}
            />
          </Stack>
        )}
        <SeatsSection id={it.id} />
        <ClassMoves id={it.id} />
        <ClassTeachers id={it.id} />
        {own(it.school.id) && <BriefLink id={it.id} />}
        <Stack gap={4} component="section" aria-labelledby="where">
          <Title order={2} id="where">
            {w.where}
          </Title>
          <Text>{place(it)}</Text>
          {address !== '' && <Text c="var(--vn-ink-2)">{address}</Text>}
        </Stack>
        <Stack gap={4} component="section" aria-labelledby="sessions">
          <Title order={2} id="sessions">
            {w.sessions}
          </Title>
          {it.sessions.length === 0 ? (
            <Text>{w.noSessions}</Text>
          ) : (
            <>
              <Text c="var(--vn-ink-2)">{w.sessionsAll(it.sessions.length, hours(it.hours))}</Text>
              <ol>
                {it.sessions.map(({ no, day, starts, ends }) => (
                  <li key={no}>
                    {longDay(language, day)} {shownTime(language, starts)}–{shownTime(language, ends)}
                  </li>
                ))}
              </ol>
            </>
          )}
        </Stack>
        {it.text !== '' && (
          <Text maw="var(--vn-read)" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {it.text}
          </Text>
        )}
        {(it.contact.name !== '' || it.contact.phone !== '' || it.contact.email !== '') && (
          <Stack gap={4} component="section" aria-labelledby="contact">
            <Title order={2} id="contact">
              {w.contact}
            </Title>
            <Text>
              {sideBySide([it.contact.name, it.contact.email].filter((each) => each !== ''))} {it.contact.phone !== '' && <PhoneLink number={it.contact.phone} may />}
            </Text>
          </Stack>
        )}
      </Columns>
    </Page>
  );
}
