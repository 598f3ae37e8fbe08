import { ActionIcon, Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconChevronLeft, IconChevronRight, IconLock } from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Endpoint, OutputOf } from '../../../../kit/endpoint.ts';
import { weekNumber } from '../../../../kit/week.ts';
import type { Language } from '../../../../kit/words.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { capital, languageName, longDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { listSlots } from '../contract.ts';
import { meetingsWords } from '../words.ts';
import classes from './slots.module.css';

type Shown = OutputOf<typeof listSlots>;
export type ShownSlot = Shown['days'][number]['slots'][number];

/** Where slots are asked for: by a company, or by the item that a caller holds. */
export interface SlotSource {
  endpoint: Endpoint;
  params: Record<string, string>;
  query?: Record<string, unknown>;
}
export const slotsOfCompany = (company: string): SlotSource => ({ endpoint: listSlots as Endpoint, params: { company } });

interface Props {
  source: SlotSource;
  /** The contact's language decides who can go. */
  language?: string;
  /** A meeting that is being moved keeps its people. */
  meeting?: string;
  chosen: ShownSlot | null;
  onChoose(slot: ShownSlot | null): void;
  /** Enter on the slot that is chosen. */
  onEnter?(slot: ShownSlot): void;
  /** The code of the refusal, when a slot was lost a moment ago. */
  lost?: string | null;
}

/** "Ons 18.", as narrow as a column. */
const columnHead = (language: Language, day: string) =>
  capital(new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`)).replace('.', '')) +
  ` ${Number(day.slice(8))}${language === 'da' ? '.' : ''}`;

/** Why this consultant, in one sentence or two. */
function useWhy() {
  const w = useWords(meetingsWords);
  const { language } = useLanguage();
  return ({ consultant, why }: ShownSlot) =>
    [w.why[why.rule](consultant), why.knowsTrade ? w.knowsTrade : '', why.language === null ? '' : w.speaksToo(languageName(language, why.language)), w.drive(why.travelMinutes)]
      .filter((part) => part !== '')
      .join(' ');
}

/** Where the arrow keys lead from a slot: up and down within its day, left and right to the nearest place in the next day that has any. */
function neighbour(days: Shown['days'], choice: string, key: string): ShownSlot | undefined {
  const day = days.findIndex(({ slots }) => slots.some((slot) => slot.choice === choice));
  const slots = days[day]?.slots ?? [];
  const place = slots.findIndex((slot) => slot.choice === choice);
  if (key === 'ArrowUp' || key === 'ArrowDown') return slots[place + (key === 'ArrowUp' ? -1 : 1)];
  const step = key === 'ArrowLeft' ? -1 : 1;
  for (let next = day + step; next >= 0 && next < days.length; next += step) {
    const there = days[next]?.slots ?? [];
    if (there.length > 0) return there[Math.min(place, there.length - 1)];
  }
  return undefined;
}

/** The slots that can really be booked, a week at a time, days as columns. The server decides: a lost slot is said, and fresh ones are there. */
export function SlotPicker({ source, language = 'da', meeting, chosen, onChoose, onEnter, lost = null }: Props) {
  const w = useWords(meetingsWords);
  const { language: spoken } = useLanguage();
  const { zone, today } = useActing();
  const [week, setWeek] = useState<string | undefined>(undefined);
  const asked = useRows(source.endpoint, { params: source.params, query: { ...source.query, week, language, meeting } } as never);
  const shown = asked.data as Shown | undefined;
  const group = useRef<HTMLDivElement>(null);
  const why = useWhy();
  const gone =
    chosen !== null &&
    shown !== undefined &&
    shown.days.every(({ day }) => !chosen.start.startsWith(day)) === false &&
    !shown.days.some(({ slots }) => slots.some(({ choice }) => choice === chosen.choice));
  useEffect(() => {
    if (gone) onChoose(null);
  }, [gone, onChoose]);

  const time = (at: string) => timeOf(spoken, zone, at);
  const nameOf = (day: string, slot: ShownSlot) => `${w.atShort(longDay(spoken, day), time(slot.start))}, ${slot.consultant}`;
  const onKey = (event: KeyboardEvent<HTMLButtonElement>, slot: ShownSlot) => {
    if (event.key === 'Enter' && onEnter !== undefined && chosen?.choice === slot.choice) {
      event.preventDefault();
      onEnter(slot);
      return;
    }
    if (!event.key.startsWith('Arrow') || shown === undefined) return;
    event.preventDefault();
    const next = neighbour(shown.days, slot.choice, event.key);
    if (next === undefined) return;
    onChoose(next);
    group.current?.querySelector<HTMLElement>(`[data-choice="${next.choice}"]`)?.focus();
  };

  if (asked.isPending) return <Loading lines={5} />;
  if (shown === undefined) return <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />;
  if (!shown.available)
    return (
      <Alert color="gray" icon={<IconLock size={20} stroke={1.75} />} title={w.notAvailable}>
        {w.notAvailableText}
      </Alert>
    );
  const at = shown.weeks.findIndex((each) => each.week === shown.week);
  const now = shown.weeks[at];
  const number = weekNumber(shown.week);
  // What has passed of the week leaves its place to the rest.
  const ahead = shown.days.filter(({ day, slots }) => day >= today || slots.length > 0);
  const first = shown.days.flatMap(({ slots }) => slots)[0];
  const focusable = shown.days.some(({ slots }) => slots.some(({ choice }) => choice === chosen?.choice)) ? chosen?.choice : first?.choice;
  const chosenDay = shown.days.find(({ slots }) => slots.some(({ choice }) => choice === chosen?.choice))?.day;
  const go = (to: string | undefined) => {
    onChoose(null);
    setWeek(to);
  };
  return (
    <Stack gap="xs" className={classes.picker}>
      {lost !== null && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} stroke={1.75} />}>
          {lost === 'capacity_full' ? w.full : w.lost}
        </Alert>
      )}
      <div className={classes.head}>
        <Title order={2} size="h3" aria-live="polite">
          {now === undefined ? w.slots : w.weekOf(number, now.agreed, now.used)}
        </Title>
        <ActionIcon variant="subtle" size={36} aria-label={w.weekBefore} disabled={at <= 0} onClick={() => go(shown.weeks[at - 1]?.week)}>
          <IconChevronLeft size={20} stroke={1.75} />
        </ActionIcon>
        <ActionIcon variant="subtle" size={36} aria-label={w.weekAfter} disabled={at < 0 || at >= shown.weeks.length - 1} onClick={() => go(shown.weeks[at + 1]?.week)}>
          <IconChevronRight size={20} stroke={1.75} />
        </ActionIcon>
      </div>
      {first === undefined ? (
        <NoSlots shown={shown} onWeek={go} />
      ) : (
        <>
          <div className={classes.days} role="radiogroup" aria-label={w.slots} ref={group} style={{ '--days': Math.max(3, ahead.length) } as CSSProperties}>
            {ahead.map(({ day, holiday, slots }) => (
              <div key={day} className={classes.day}>
                <span className={classes.dayName}>{columnHead(spoken, day)}</span>
                {slots.length === 0 && <span className={classes.none}>{holiday === null ? w.noneThatDay : `${w.noneThatDay}: ${holiday[spoken]}`}</span>}
                {slots.map((slot) => (
                  // biome-ignore lint/a11y/useSemanticElements: an input cannot bear what Enter does here
                  <button
                    key={slot.choice}
                    type="button"
                    role="radio"
                    className={classes.slot}
                    data-choice={slot.choice}
                    aria-checked={chosen?.choice === slot.choice}
                    aria-label={nameOf(day, slot)}
                    tabIndex={slot.choice === focusable ? 0 : -1}
                    onClick={() => onChoose(slot)}
                    onKeyDown={(event) => onKey(event, slot)}
                  >
                    {time(slot.start)}
                  </button>
                ))}
              </div>
            ))}
          </div>
          <div className={classes.chosen} role="status">
            {chosen !== null && chosenDay !== undefined && (
              <>
                <Text fw={600}>{capital(w.at(longDay(spoken, chosenDay), time(chosen.start), time(chosen.end)))}</Text>
                <Text>{chosen.consultant}</Text>
                <Text size="sm" c="var(--vn-ink-2)">
                  {why(chosen)}
                </Text>
              </>
            )}
          </div>
          {chosen === null && (
            <Text size="sm" c="dimmed" visibleFrom="md">
              {w.keys}
            </Text>
          )}
        </>
      )}
      <Text size="sm">
        <NameLink to="/assignment-rule">{w.ruleLink}</NameLink>
      </Text>
    </Stack>
  );
}

/** Why there is nothing this week, and what helps. */
function NoSlots({ shown, onWeek }: { shown: Shown; onWeek(week: string): void }) {
  const w = useWords(meetingsWords);
  const now = shown.weeks.find(({ week }) => week === shown.week);
  const next = shown.weeks.find(({ week, slots }) => slots > 0 && week !== shown.week);
  const number = weekNumber(shown.week);
  const reason = now === undefined || now.agreed === 0 ? w.weekNotAgreed(number) : now.used >= now.agreed ? w.weekFull(number, now.agreed, now.used) : w.nobodyFree;
  return (
    <Stack gap="xs" align="flex-start" role="status">
      <Text>
        {w.noSlots} {reason}
      </Text>
      {next === undefined ? (
        <Text>{w.noSlotsHelp}</Text>
      ) : (
        <Group>
          <Button onClick={() => onWeek(next.week)}>{w.tryWeek(weekNumber(next.week))}</Button>
        </Group>
      )}
    </Stack>
  );
}
