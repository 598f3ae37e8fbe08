import { Stack, Text, Title } from '@mantine/core';
import { IconBuildingFactory2, IconCalendarStar, IconLock, IconLockOpen, IconNotes, IconPhone, IconPhoneIncoming, IconReport, IconUserPlus } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { monthOf } from '../../../../ui/figures.ts';
import { capital, dayOf, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useList } from '../../../../ui/read.ts';
import { readTimeline } from '../contract.ts';
import { timelineWords } from '../words.ts';
import classes from './timeline.module.css';

type Entry = OutputOf<typeof readTimeline>['items'][number];
const icons: Record<string, ComponentType<{ size?: number; stroke?: number }>> = {
  'company.added': IconBuildingFactory2,
  'contact.added': IconUserPlus,
  'exception.recorded': IconLockOpen,
  'call.made': IconPhone,
  'call.received': IconPhoneIncoming,
  'visit.reported': IconReport,
  'event.attended': IconCalendarStar,
};

/** A company's story, newest first, by today and by month. */
export function TimelinePanel({ company }: { company: string }) {
  const w = useWords(timelineWords);
  const { language } = useLanguage();
  const { zone, today } = useActing();
  const list = useList(readTimeline, { params: { company }, query: {} });
  const groups = new Map<string, Entry[]>();
  for (const entry of list.rows) {
    const day = dayOf(zone, entry.at);
    const group = day === today ? w.today : capital(monthOf(language, day));
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return (
    <Stack gap="md" component="section" aria-labelledby="story">
      <Title order={2} id="story">
        {w.title}
      </Title>
      <ListState list={list} count={list.rows.length} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
        {[...groups].map(([group, entries]) => (
          <div key={group}>
            <h3 className={classes.month}>{group}</h3>
            <ol className={classes.road}>
              {entries.map((entry) => (
                <Line key={entry.id} entry={entry} />
              ))}
            </ol>
          </div>
        ))}
      </ListState>
    </Stack>
  );
}

function Line({ entry }: { entry: Entry }) {
  const w = useWords(timelineWords);
  const { language } = useLanguage();
  const { zone, today, may } = useActing();
  const readsReports = may('consultant', 'manager', 'coordinator');
  const day = dayOf(zone, entry.at);
  const when = day === today ? w.at(timeOf(language, zone, entry.at)) : shortDay(language, day);
  const Icon = entry.ownSchoolOnly ? IconLock : (icons[entry.kind] ?? IconNotes);
  const text = bodyOf(entry, w);
  return (
    <li>
      <span className={classes.disc} aria-hidden="true">
        <Icon size={14} stroke={2} />
      </span>
      <div className={classes.line}>
        <Text span fw={500}>
          {w.kinds[entry.kind] ?? w.other}
        </Text>
        <Text span size="sm" c="dimmed">
          <time dateTime={entry.at}>{entry.person === null ? when : w.by(when, entry.person)}</time>
        </Text>
      </div>
      {text !== null && (
        <Text size="sm" c="var(--vn-ink-2)">
          {text}
        </Text>
      )}
      {readsReports && entry.kind === 'visit.reported' && typeof entry.data.report === 'string' && (
        <Text size="sm">
          <NameLink to={`/reports/${entry.data.report}`}>{w.readReport}</NameLink>
        </Text>
      )}
      {entry.ownSchoolOnly && (
        <Text size="sm" c="dimmed">
          {w.ownSchool}
        </Text>
      )}
    </li>
  );
}

/** What a kind that we know has to say; the rest has only its title. */
function bodyOf({ kind, data }: Entry, w: { roles: Record<string, string>; exceptions: Record<string, string>; quoted(text: string): string }): string | null {
  const said = (key: string) => (typeof data[key] === 'string' ? (data[key] as string) : '');
  if (kind === 'contact.added') return w.roles[said('role')] ?? null;
  if (kind === 'company.merged' || kind === 'company.took_over') return said('company') || null;
  if (kind === 'event.attended' || kind === 'event.not_attended') return said('title');
  if (kind !== 'exception.recorded') return null;
  const parts = [w.exceptions[said('kind')], said('note') === '' ? undefined : w.quoted(said('note'))].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.join(': ');
}
