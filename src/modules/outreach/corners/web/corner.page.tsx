import { Alert, Badge, Button, CopyButton, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { capital, longDay, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { cancelCornerDay, endCorner, listCorners, readCorner, renewCornerAddress, type CornerPage as Whole } from '../contract.ts';
import { topics } from '../rules.ts';
import { cornersWords } from '../words.ts';
import { CornerForm } from './corner-form.tsx';
import { useWhen } from './corners.page.tsx';
import { CancelDay, CountDay, CoverDay } from './day-forms.tsx';

type Ahead = Whole['ahead'][number];
type Past = Whole['past'][number];
type Open = { what: 'edit' } | { what: 'cover' | 'cancel'; day: Ahead } | { what: 'count'; day: Past };

export function CornerPage() {
  const w = useWords(cornersWords);
  const { corner } = useParams({ strict: false }) as { corner: string };
  const asked = useRead(readCorner, { params: { corner } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} corner={found} />}
    </FetchedPage>
  );
}

function Sheet({ corner }: { corner: Whole }) {
  const w = useWords(cornersWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const when = useWhen();
  const [open, setOpen] = useState<Open | null>(null);
  const [ending, setEnding] = useState(false);
  // A new corner begins with its address; where it stands now, it stays.
  const [addressFirst] = useState(!corner.hasAddress);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const close = () => {
    setOpen(null);
    focusTitle();
  };
  const said = async (sentence: string) => {
    await refresh(queries, readCorner, listCorners);
    setError(null);
    setDone(sentence);
    close();
  };
  const show = (next: Open) => {
    setDone(null);
    setError(null);
    setOpen(next);
  };
  const restore = (day: Ahead) =>
    call(cancelCornerDay, { params: { corner: corner.id, day: day.day }, body: { because: null } }, { version: day.version }).then(
      () => said(w.restored(capital(longDay(language, day.day)))),
      (refusal) => {
        setDone(null);
        setError(refusal);
      },
    );
  const actions = corner.can.edit && open === null && (
    <>
      <Button variant="subtle" onClick={() => setEnding(true)}>
        {w.end}
      </Button>
      <Button onClick={() => show({ what: 'edit' })}>{w.edit}</Button>
    </>
  );
  return (
    <Page title={corner.company.name} lead={`${when(corner)} · ${corner.place}`} path={<PathLink to="/corners">{w.title}</PathLink>} done={done} action={actions || undefined}>
      <Columns
        aside={
          <>
            <Facts
              narrow
              facts={[
                { label: w.who, value: corner.consultant.name },
                { label: w.school, value: corner.school.name },
                { label: w.visits, value: corner.visits },
                ...(corner.endedOn === null ? [] : [{ label: w.ended(shortDay(language, corner.endedOn)), value: '' }]),
              ]}
            />
            {corner.can.edit && !addressFirst && <Address corner={corner} />}
          </>
        }
      >
        {error !== null && <ErrorNotice error={error} />}
        {corner.can.edit && addressFirst && <Address corner={corner} />}
        {open?.what === 'edit' && <CornerForm corner={corner} onClose={close} onDone={() => said(w.saved)} />}
        {open?.what === 'cover' && <CoverDay key={open.day.day} corner={corner} day={open.day} onClose={close} onDone={said} />}
        {open?.what === 'cancel' && <CancelDay key={open.day.day} corner={corner} day={open.day} onClose={close} onDone={said} />}
        {open?.what === 'count' && <CountDay key={open.day.day} corner={corner} day={open.day} onClose={close} onDone={said} />}
        {corner.endedOn === null && (
          <Stack gap="sm" component="section" aria-labelledby="ahead">
            <Title order={2} id="ahead">
              {w.ahead}
            </Title>
            {corner.ahead.length === 0 ? (
              <Text>{w.noNext}.</Text>
            ) : (
              <Rows
                label={w.ahead}
                rows={corner.ahead}
                keyOf={({ day }) => day}
                name={{ head: w.day, cell: ({ day }) => capital(longDay(language, day)) }}
                columns={[
                  {
                    head: w.who,
                    plain: true,
                    width: '26%',
                    cell: ({ person, mine, cancelled, gap }) =>
                      cancelled !== null ? (
                        <>
                          <Badge color="red">{w.cancelled}</Badge> {cancelled}
                        </>
                      ) : (
                        <>
                          {mine ? <Badge color="fjord">{w.mine}</Badge> : person.name} {gap && <Badge color="yellow">{w.gap}</Badge>}
                        </>
                      ),
                  },
                  { head: w.taken, width: '7.5rem', cell: ({ seats }) => (seats === null ? w.dropIn : w.takenOf(seats.taken, seats.all)) },
                  {
                    head: w.change,
                    plain: true,
                    width: '10.5rem',
                    cell: (day) =>
                      !corner.can.edit || open !== null ? null : day.cancelled !== null ? (
                        <Button size="xs" variant="subtle" onClick={() => void restore(day)} aria-label={w.restoreThis(longDay(language, day.day))}>
                          {w.restore}
                        </Button>
                      ) : (
                        <Group gap={4} wrap="nowrap">
                          <Button size="xs" variant="subtle" onClick={() => show({ what: 'cover', day })} aria-label={w.coverThis(longDay(language, day.day))}>
                            {w.cover}
                          </Button>
                          <Button size="xs" variant="subtle" onClick={() => show({ what: 'cancel', day })} aria-label={w.cancelThis(longDay(language, day.day))}>
                            {w.cancel}
                          </Button>
                        </Group>
                      ),
                  },
                ]}
              />
            )}
          </Stack>
        )}
        <Stack gap="sm" component="section" aria-labelledby="past">
          <Title order={2} id="past">
            {w.past}
          </Title>
          {corner.past.length === 0 ? (
            <Text>{w.pastNone}</Text>
          ) : (
            <Rows
              label={w.past}
              rows={corner.past}
              keyOf={({ day }) => day}
              name={{ head: w.day, cell: ({ day }) => capital(longDay(language, day)) }}
              columns={[
                { head: w.who, plain: true, width: '16%', cell: ({ person }) => person.name },
                {
                  head: w.came,
                  width: '19%',
                  cell: ({ came, seats }) =>
                    came === null ? <Badge color="yellow">{w.notCounted}</Badge> : seats === null && came.booked === 0 ? w.cameAll(came.droppedIn) : w.cameIn(came.droppedIn, came.booked),
                },
                {
                  head: w.about,
                  width: '24%',
                  cell: ({ topics: asked }) =>
                    asked === null
                      ? null
                      : topics
                          .filter((topic) => asked[topic] > 0)
                          .map((topic) => `${w.topics[topic]} ${asked[topic]}`)
                          .join(', ') || null,
                },
                {
                  head: w.change,
                  plain: true,
                  width: '5rem',
                  cell: (day) =>
                    day.can.count && open === null ? (
                      <Button
                        size="xs"
                        variant={day.came === null ? 'default' : 'subtle'}
                        onClick={() => show({ what: 'count', day })}
                        aria-label={(day.came === null ? w.countThis : w.recountThis)(longDay(language, day.day))}
                      >
                        {day.came === null ? w.count : w.recount}
                      </Button>
                    ) : null,
                },
              ]}
            />
          )}
        </Stack>
        {corner.visits > 0 && (
          <Stack gap="sm" component="section" aria-labelledby="topics" maw={480}>
            <Title order={2} id="topics">
              {w.topicTitle}
            </Title>
            <Text size="sm" c="var(--vn-ink-2)">
              {w.topicLead(corner.threshold)}
            </Text>
            <Rows
              label={w.topicTitle}
              rows={corner.topics}
              keyOf={({ topic }) => topic}
              name={{ head: w.topic, cell: ({ topic }) => w.topics[topic] }}
              columns={[{ head: w.atLeast, width: '8rem', cell: ({ atLeast }) => atLeast ?? '–' }]}
            />
          </Stack>
        )}
      </Columns>
      <ConfirmDialog
        opened={ending}
        onClose={() => setEnding(false)}
        title={w.endTitle(corner.company.name)}
        text={w.endText}
        yes={w.endYes}
        run={() => call(endCorner, { params: { corner: corner.id } })}
        onDone={() => said(w.endedNow)}
      />
    </Page>
  );
}

/** The address for the employees: made here, shown once. */
function Address({ corner }: { corner: Whole }) {
  const w = useWords(cornersWords);
  const queries = useQueryClient();
  const [made, setMade] = useState<OutputOf<typeof renewCornerAddress> | null>(null);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const make = async () => {
    setMade(await call(renewCornerAddress, { params: { corner: corner.id } }));
    setError(null);
    await refresh(queries, readCorner, listCorners);
  };
  return (
    <Stack gap="sm" component="section" aria-labelledby="address" align="stretch">
      <Title order={2} size="h3" id="address">
        {w.address}
      </Title>
      <div role="status">
        {made !== null && (
          <Alert color="green" icon={<IconCheck size={20} stroke={1.75} />} role="none">
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{w.addressOnce}</Text>
              <TextInput label={w.link} value={made.link} readOnly w="100%" onFocus={(event) => event.currentTarget.select()} />
              <Group gap="xs">
                <CopyButton value={made.link} timeout={3000}>
                  {({ copied, copy }) => (
                    <Button leftSection={copied ? <IconCheck size={16} stroke={1.75} /> : <IconCopy size={16} stroke={1.75} />} onClick={copy}>
                      {copied ? w.copied : w.copy}
                    </Button>
                  )}
                </CopyButton>
                <Button component="a" href={made.poster} target="_blank" rel="noreferrer" leftSection={<IconPrinter size={16} stroke={1.75} />}>
                  {w.poster}
                </Button>
              </Group>
            </Stack>
          </Alert>
        )}
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {made === null && (
        <>
          <Text size="sm" c="var(--vn-ink-2)">
            {corner.hasAddress ? w.addressThere : w.addressNone}
          </Text>
          <Button variant={corner.hasAddress ? 'default' : 'filled'} onClick={() => (corner.hasAddress ? setAsking(true) : void make().catch(setError))} style={{ alignSelf: 'flex-start' }}>
            {corner.hasAddress ? w.addressAgain : w.addressMake}
          </Button>
        </>
      )}
      <ConfirmDialog opened={asking} onClose={() => setAsking(false)} title={w.addressAgainTitle} text={w.addressAgainText} yes={w.addressAgain} run={make} onDone={() => undefined} />
    </Stack>
  );
}
