import { Alert, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCalendarCheck, IconCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { kroner, shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listClasses, readClass } from '../../classes/contract.ts';
import { answerSeatOffer, type ClassSeats, decideClass, endSeatHold, listClassesToDecide, listClassSeats, listCompanySeats, moveClassSeats, type Seat } from '../contract.ts';
import { seatsWords } from '../words.ts';
import { AgreementForm, CancelForm, HoldForm, OfferHours, TakeForm, WithdrawForm } from './forms.tsx';

const colours = { taken: 'green', waiting: 'yellow', offered: 'fjord', withdrawn: 'gray', declined: 'gray', lapsed: 'gray', cancelled: 'red', moved: 'gray' } as const;
type Open = 'take' | 'cancel' | 'hold' | 'hours' | { seat: Seat; what: 'withdraw' | 'edit' };

/** What is said beside a seat: how many, where in the line, until when. */
function useSeatLine(): (seat: Seat) => string {
  const w = useWords(seatsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  return ({ heads, position, offeredUntil, bindingAfter, supplement, state, withdrawnBecause }) =>
    sideBySide([
      w.participants(heads),
      ...(position === null ? [] : [w.position(position)]),
      ...(offeredUntil === null ? [] : [w.answerBefore(dayAndTime(language, zone, offeredUntil))]),
      ...(state === 'taken' && bindingAfter !== null ? [w.binding(shortDay(language, bindingAfter))] : []),
      ...(supplement === null ? [] : [w.supplementOf(kroner(language, supplement))]),
      ...(withdrawnBecause === null ? [] : [withdrawnBecause]),
    ]);
}

function SeatState({ seat: { state, late } }: { seat: Seat }) {
  const w = useWords(seatsWords);
  return (
    <Group gap={4} component="span" display="inline-flex">
      <Badge color={colours[state]}>{w.states[state]}</Badge>
      {late && <Badge color="red">{w.lateBadge}</Badge>}
    </Group>
  );
}

/** On a class's page: how many, who, the line, and whether it runs (row 4.05). */
export function SeatsSection({ id }: { id: string }) {
  const w = useWords(seatsWords);
  const asked = useRead(listClassSeats, { params: { class: id as Seat['class']['id'] } });
  return (
    <Stack gap="sm" component="section" aria-labelledby="seats">
      <Title order={2} id="seats">
        {w.title}
      </Title>
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {asked.isPending && <Loading lines={3} />}
      {asked.data !== undefined && <Inside id={id as Seat['class']['id']} it={asked.data} />}
    </Stack>
  );
}

function Inside({ id, it }: { id: Seat['class']['id']; it: ClassSeats }) {
  const w = useWords(seatsWords);
  const { may, today } = useActing();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const again = () => refresh(queries, listClassSeats, readClass, listClasses, listCompanySeats, listClassesToDecide);
  const said = async (sentence: string) => {
    setOpen(null);
    setError(null);
    setDone(sentence);
    await again();
  };
  const show = (next: Open) => {
    setDone(null);
    setError(null);
    setOpen(next);
  };
  /** Does something and says what came of it. */
  const act = (work: Promise<string | null>) => {
    setDone(null);
    setError(null);
    work.then(
      async (sentence) => {
        setDone(sentence);
        await again();
      },
      async (refusal) => {
        setError(refusal);
        await again();
      },
    );
  };
  const close = () => setOpen(null);
  const tentative = it.state === 'tentative';
  return (
    <>
      {it.state !== 'cancelled' && <Tally it={it} />}
      {it.due && (
        <Alert color="yellow" icon={<IconCalendarCheck size={20} stroke={1.75} />} title={w.due}>
          {it.missing > 0 ? w.missing(it.missing) : w.enough}
        </Alert>
      )}
      {tentative && !it.due && <Text>{it.missing > 0 ? w.missing(it.missing) : w.enough}</Text>}
      {done !== null && (
        <Alert color="green" role="status" icon={<IconCheck size={20} stroke={1.75} />}>
          {done}
        </Alert>
      )}
      {error !== null && <ErrorNotice error={error} />}
      {open === null && (
        <Group gap="xs">
          {it.can.take && <Button onClick={() => show('take')}>{w.take}</Button>}
          {it.can.decide && tentative && it.missing === 0 && (
            <Button onClick={() => act(call(decideClass, { params: { class: id }, body: { state: 'confirmed' } }, { version: it.version }).then(() => w.confirmed))}>{w.confirm}</Button>
          )}
          {it.can.hold && (
            <Button variant="subtle" onClick={() => show('hold')}>
              {w.hold}
            </Button>
          )}
          {it.can.decide && (
            <Button variant="subtle" onClick={() => show('cancel')}>
              {w.cancel}
            </Button>
          )}
          {may('coordinator') && it.can.wait && it.state !== 'cancelled' && it.counts.taken > 0 && (
            <Button variant="subtle" component={Link} to={`/idea-bank?about=${id}` as never}>
              {w.findOthers}
            </Button>
          )}
          {may('coordinator') && it.can.wait && it.state !== 'cancelled' && (
            <Button variant="subtle" onClick={() => show('hours')}>
              {w.settings}
            </Button>
          )}
        </Group>
      )}
      {open === 'take' && <TakeForm id={id} mayWait={it.can.wait} onDone={said} onClose={close} />}
      {open === 'cancel' && <CancelForm id={id} version={it.version} onDone={said} onClose={close} />}
      {open === 'hold' && <HoldForm id={id} onDone={said} onClose={close} />}
      {open === 'hours' && <OfferHours onDone={said} onClose={close} />}
      {open !== null && typeof open === 'object' && open.what === 'withdraw' && <WithdrawForm key={open.seat.id} seat={open.seat} today={today} onDone={said} onClose={close} />}
      {open !== null && typeof open === 'object' && open.what === 'edit' && <AgreementForm key={open.seat.id} seat={open.seat} onDone={said} onClose={close} />}
      {it.can.move && (
        <Sub title={w.alternatives}>
          {it.alternatives.length === 0 && <Text>{w.noAlternatives}</Text>}
          <Alternatives it={it} onMove={(to) => act(call(moveClassSeats, { params: { class: id }, body: { to } }).then(({ taken, waiting, left }) => w.movedAll(taken, waiting, left)))} />
        </Sub>
      )}
      {it.seats.length > 0 && <Title order={3}>{w.companies}</Title>}
      <Seats seats={it.seats} act={act} show={show} none={it.counts.taken + it.counts.offered + it.counts.line === 0 ? w.nobody : w.hidden} />
      {it.holds.length > 0 && (
        <Sub title={w.holds}>
          <Holds it={it} onEnd={(hold) => act(call(endSeatHold, { params: { hold } }))} />
        </Sub>
      )}
    </>
  );
}

function Sub({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs">
      <Title order={3}>{title}</Title>
      {children}
    </Stack>
  );
}

function Tally({ it: { counts } }: { it: ClassSeats }) {
  const w = useWords(seatsWords);
  const more = [
    ...(counts.elsewhere > 0 ? [w.elsewhere(counts.elsewhere)] : []),
    ...(counts.offered > 0 ? [w.offered(counts.offered)] : []),
    ...(counts.held > 0 ? [w.held(counts.held)] : []),
    w.free(counts.free),
    ...(counts.line > 0 ? [w.waiting(counts.waiting, counts.line)] : []),
  ];
  return (
    <div>
      <Text fw={500}>{w.taken(counts.taken + counts.elsewhere, counts.maximum)}</Text>
      <Text c="var(--vn-ink-2)">{sideBySide(more)}</Text>
    </div>
  );
}

function Alternatives({ it, onMove }: { it: ClassSeats; onMove(to: ClassSeats['alternatives'][number]['id']): void }) {
  const w = useWords(seatsWords);
  const { language } = useLanguage();
  return (
    <Ruled>
      {it.alternatives.map(({ id, school, starts, town, km, free }) => (
        <Rule
          key={id}
          action={
            <Button onClick={() => onMove(id)} aria-label={w.moveAllTo(school, shortDay(language, starts))}>
              {w.moveAll}
            </Button>
          }
        >
          <NameLink to={`/classes/${id}`}>{shortDay(language, starts)}</NameLink>
          <Text size="sm" c="var(--vn-ink-2)">
            {sideBySide([school, ...(town === '' ? [] : [town]), ...(km === null ? [] : [w.km(km)]), w.free(free)])}
          </Text>
        </Rule>
      ))}
    </Ruled>
  );
}

function Seats({ seats, act, show, none }: { seats: readonly Seat[]; act(work: Promise<string | null>): void; show(next: Open): void; none: string }) {
  const w = useWords(seatsWords);
  const line = useSeatLine();
  if (seats.length === 0) return <Text c="var(--vn-ink-2)">{none}</Text>;
  const answer = ({ id }: Seat, accept: boolean) => act(call(answerSeatOffer, { params: { seat: id }, body: { accept } }).then(() => null));
  return (
    <Ruled>
      {seats.map((seat) => (
        <Rule key={seat.id}>
          <Group justify="space-between" gap="sm">
            <div style={{ flex: '1 1 14rem', minWidth: 0 }}>
              <Text fw={500}>
                <NameLink to={`/companies/${seat.company.id}`}>{seat.company.name}</NameLink>
              </Text>
              <Text size="sm" c="var(--vn-ink-2)" style={{ overflowWrap: 'anywhere' }}>
                {line(seat)}
              </Text>
              {seat.needs !== '' && (
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {seat.needs}
                </Text>
              )}
              <SeatState seat={seat} />
            </div>
            <Group gap="xs">
              {seat.can.answer && (
                <>
                  <Button onClick={() => answer(seat, true)} aria-label={w.acceptThis(seat.company.name)}>
                    {w.accept}
                  </Button>
                  <Button variant="subtle" onClick={() => answer(seat, false)} aria-label={w.declineThis(seat.company.name)}>
                    {w.decline}
                  </Button>
                </>
              )}
              {seat.can.edit && (
                <Button variant="subtle" onClick={() => show({ seat, what: 'edit' })} aria-label={w.editThis(seat.company.name)}>
                  {w.edit}
                </Button>
              )}
              {seat.can.withdraw && !seat.can.answer && (
                <Button variant="subtle" onClick={() => show({ seat, what: 'withdraw' })} aria-label={w.withdrawThis(seat.company.name)}>
                  {w.withdraw}
                </Button>
              )}
            </Group>
          </Group>
        </Rule>
      ))}
    </Ruled>
  );
}

function Holds({ it, onEnd }: { it: ClassSeats; onEnd(hold: ClassSeats['holds'][number]['id']): void }) {
  const w = useWords(seatsWords);
  const { language } = useLanguage();
  return (
    <Ruled>
      {it.holds.map(({ id, name, used, seats, until, companies }) => (
        <Rule
          key={id}
          action={
            it.can.hold ? (
              <Button variant="subtle" onClick={() => onEnd(id)} aria-label={w.letGoThis(name)}>
                {w.letGo}
              </Button>
            ) : undefined
          }
        >
          <Text fw={500}>{name}</Text>
          <Text size="sm" c="var(--vn-ink-2)">
            {w.holdOf(used, seats, shortDay(language, until))}
          </Text>
          <Text size="sm">{companies.map((each) => each.name).join(', ')}</Text>
        </Rule>
      ))}
    </Ruled>
  );
}

/** Beside a company: its seats that one may see. */
export function CompanySeatsPanel({ company }: { company: string }) {
  const w = useWords(seatsWords);
  const { language } = useLanguage();
  const line = useSeatLine();
  const asked = useRead(listCompanySeats, { params: { company: company as Seat['company']['id'] } });
  const rows = asked.data ?? [];
  return (
    <Stack gap="xs" component="section" aria-labelledby="company-seats">
      <Title order={2} id="company-seats">
        {w.panel}
      </Title>
      {asked.isPending && <Loading lines={2} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {asked.data !== undefined && rows.length === 0 && <Text>{w.panelNone}</Text>}
      {rows.map((seat) => (
        <div key={seat.id}>
          <NameLink to={`/classes/${seat.class.id}`}>{`${seat.class.title}, ${shortDay(language, seat.class.starts)}`}</NameLink>
          <Text size="sm" c="var(--vn-ink-2)">
            {line(seat)}
          </Text>
          <SeatState seat={seat} />
        </div>
      ))}
      <NameLink to="/classes">{w.toClasses}</NameLink>
    </Stack>
  );
}

/** On the first page of who leads a school and of the coordinator: classes whose day has come. */
export function ClassesToDecide() {
  const w = useWords(seatsWords);
  const { language } = useLanguage();
  const asked = useRead(listClassesToDecide, {});
  const rows = asked.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="to-decide">
      <Title order={2} id="to-decide">
        {w.toDecide}
      </Title>
      <Ruled>
        {rows.map(({ id, title, school, starts, missing }) => (
          <Rule key={id}>
            <NameLink to={`/classes/${id}`}>{title}</NameLink>
            <Text size="sm" c="var(--vn-ink-2)">
              {sideBySide([school, shortDay(language, starts)])}
            </Text>
            <Text size="sm">{missing > 0 ? w.missing(missing) : w.enough}</Text>
          </Rule>
        ))}
      </Ruled>
    </Stack>
  );
}
