import { Badge, Button, Group, Kbd, NativeSelect, Switch, Table, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowBackUp, IconBan, IconCheck, IconCircleCheck, IconLock, IconUsers } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { employees } from '../../../../ui/figures.ts';
import { TextFilter, useFilters } from '../../../../ui/filters.tsx';
import { cvr, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { PickOne } from '../../../../ui/pick-one.tsx';
import { useList } from '../../../../ui/read.ts';
import rowClasses from '../../../../ui/rows.module.css';
import { type Hearing, type Listed, listHearingCompanies } from '../contract.ts';
import { type StrikeReason, strikeReasons } from '../rules.ts';
import { hearingWords } from '../words.ts';
import classes from './hearing.module.css';
import type { Marks, Said } from './marks.tsx';

export const shows = ['unseen', 'matched', 'struck', 'kept'] as const;

/** Kept on this device; without storage it lasts as long as the page. */
function useKept(key: string, first: string) {
  const [value, setValue] = useState(() => {
    try {
      return localStorage.getItem(key) ?? first;
    } catch {
      return first;
    }
  });
  const keep = (next: string) => {
    setValue(next);
    try {
      localStorage.setItem(key, next);
    } catch {
      // Not kept, then.
    }
  };
  return [value, keep] as const;
}

/** The reason that goes with a strike; the last one chosen stays. */
export function useStrikeReason() {
  const [held, keep] = useKept('vejnet-strike-reason', 'other');
  return [(strikeReasons as readonly string[]).includes(held) ? (held as StrikeReason) : 'other', keep] as const;
}

/** The list of a hearing, worked through by hand or by key. */
export function HearingList({ hearing, marks, reason, onReason }: { hearing: Hearing; marks: Marks; reason: StrikeReason; onReason(reason: string): void }) {
  const w = useWords(hearingWords);
  const wide = useMediaQuery('(min-width: 64em)', undefined, { getInitialValueInEffect: false }) === true;
  const filters = useFilters({ show: shows, search: null });
  const { companies, can } = hearing;
  const search = filters.on.search?.slice(0, 100);
  const list = useList(listHearingCompanies, { params: { campaign: hearing.campaign }, query: { show: filters.on.show ?? 'all', ...(search === undefined ? {} : { search }) } }, { still: true });
  // A mark moves a row among those that follow: a later page may bring it once more.
  const rows = [...new Map(list.rows.map((row) => [row.id, row])).values()];
  const [knownBy, setKnownBy] = useState('');
  const [keysOn, setKeysOn] = useKept('vejnet-hearing-keys', 'on');
  const counts = { unseen: companies.unseen, matched: companies.matched, struck: companies.struck, kept: companies.kept };
  const strike = (row: Listed) => marks.mark(row, { mark: 'struck', reason, knownBy: knownBy.trim() || row.match?.knownBy || null });
  const keep = (row: Listed) => marks.mark(row, { mark: 'kept', reason: null, knownBy: null });
  const clear = (row: Listed) => marks.mark(row, { mark: null, reason: null, knownBy: null });
  const more = () => {
    if (list.hasNextPage && !list.isFetchingNextPage) list.fetchNextPage();
  };
  const keyboard = useRowKeys({ on: keysOn === 'on' && can.mark, rows, strike, keep, undo: marks.undo, more });
  const body = (row: Listed) => ({
    said: marks.sayOf(row),
    row,
    hearing,
    current: wide && keysOn === 'on' && keyboard.current === row.id,
    onStrike: () => strike(row),
    onKeep: () => keep(row),
    onClear: () => clear(row),
  });
  return (
    <div>
      <ListState
        controls={
          <>
            <Group gap="sm" mb="md">
              <PickOne
                label={w.show}
                value={filters.on.show ?? ''}
                onChange={(value) => filters.set('show', value)}
                choices={[
                  ...shows.filter((value) => hearing.closedAt === null || value === 'struck' || value === 'kept').map((value) => ({ value, label: w.counted(w.shows[value], counts[value]) })),
                  { value: '', label: w.counted(w.shows.all, companies.all) },
                ]}
              />
            </Group>
            <Group gap="sm" align="flex-end" mb="md">
              <TextFilter label={w.search} value={filters.on.search} onChange={(value) => filters.set('search', value.slice(0, 100))} />
              {can.mark && (
                <>
                  <NativeSelect
                    label={w.why}
                    value={reason}
                    data={strikeReasons.map((value) => ({ value, label: w.reasons[value] }))}
                    onChange={(event) => onReason(event.currentTarget.value)}
                    w={{ base: '100%', sm: 190 }}
                  />
                  <TextInput label={w.knownBy} value={knownBy} maxLength={200} autoComplete="off" onChange={(event) => setKnownBy(event.currentTarget.value)} w={{ base: '100%', sm: 280 }} />
                </>
              )}
            </Group>
          </>
        }
        list={list}
        count={rows.length}
        filters={{ active: search !== undefined, clear: filters.clear }}
        none={w.noneShown.all}
        empty={<Empty title={w.noneShown[filters.on.show ?? 'all']} />}
      >
        {wide ? (
          <Table aria-label={hearing.name} className={classes.table} ref={keyboard.box as React.RefObject<HTMLTableElement | null>}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{w.company}</Table.Th>
                <Table.Th scope="col" w="19rem">
                  {w.withYou}
                </Table.Th>
                <Table.Th scope="col" w={can.mark ? '14rem' : '9rem'}>
                  {can.mark ? w.doing : w.result}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => {
                const each = body(row);
                return (
                  <Table.Tr key={row.id} data-row={row.id} tabIndex={-1} className={`${classes.row} ${each.current ? classes.current : ''}`} onFocus={() => keyboard.setCurrent(row.id)}>
                    <Table.Th scope="row" fw={500}>
                      <Name {...each} />
                    </Table.Th>
                    <Table.Td>
                      <WithYou {...each} />
                    </Table.Td>
                    <Table.Td>
                      <Doing {...each} />
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        ) : (
          <ul className={rowClasses.list} aria-label={hearing.name} ref={keyboard.box as React.RefObject<HTMLUListElement | null>}>
            {rows.map((row) => {
              const each = body(row);
              return (
                <li key={row.id} data-row={row.id} tabIndex={-1} className={classes.row} onFocus={() => keyboard.setCurrent(row.id)}>
                  <Name {...each} />
                  <WithYou {...each} />
                  <Doing {...each} />
                </li>
              );
            })}
          </ul>
        )}
      </ListState>
      {can.mark && (
        <Group gap="md" mt="md" justify="space-between">
          <Switch label={w.keysOn} checked={keysOn === 'on'} onChange={(event) => setKeysOn(event.currentTarget.checked ? 'on' : 'off')} />
          {wide && keysOn === 'on' && (
            <Group gap="md" component="ul" aria-label={w.keysLabel} className={classes.keys}>
              <KeyHint keys={['↑', '↓', 'J', 'K']} text={w.keys.move} />
              <KeyHint keys={['S']} text={w.keys.strike} />
              <KeyHint keys={['B']} text={w.keys.keep} />
              <KeyHint keys={['Z']} text={w.keys.undo} />
            </Group>
          )}
        </Group>
      )}
    </div>
  );
}

const KeyHint = ({ keys, text }: { keys: string[]; text: string }) => (
  <li>
    {keys.map((key) => (
      <Kbd key={key} size="xs" mr={4}>
        {key}
      </Kbd>
    ))}
    {text}
  </li>
);

interface RowKeys {
  on: boolean;
  rows: readonly Listed[];
  strike(row: Listed): void;
  keep(row: Listed): void;
  undo(): void;
  /** The hand nears the end of what was fetched. */
  more(): void;
}

/** Single keys, off in fields, in dialogs and where they were switched off (WCAG 2.1.4). A key that marks goes on to the next row. */
function useRowKeys(given: RowKeys) {
  const box = useRef<HTMLElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const now = useRef({ ...given, current });
  now.current = { ...given, current };
  const { on } = given;
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const at = event.target as HTMLElement;
      if (at.closest('input, select, textarea, [contenteditable], [role=dialog], [role=listbox], [role=menu]') !== null) return;
      const { rows, strike, keep, undo } = now.current;
      const place = rows.findIndex(({ id }) => id === now.current.current);
      const row = rows[place];
      const go = (to: number) => {
        const next = rows[Math.max(0, Math.min(to, rows.length - 1))];
        if (to >= rows.length - 10) now.current.more();
        if (next === undefined) return;
        setCurrent(next.id);
        const element = box.current?.querySelector<HTMLElement>(`[data-row="${next.id}"]`);
        element?.focus({ preventScroll: true });
        element?.scrollIntoView({ block: 'nearest' });
      };
      const moves: Record<string, (() => void) | undefined> = {
        arrowdown: () => go(place + 1),
        j: () => go(place + 1),
        arrowup: () => go(place - 1),
        k: () => go(place - 1),
        z: undo,
        ...(row === undefined
          ? {}
          : {
              s: () => {
                strike(row);
                go(place + 1);
              },
              b: () => {
                keep(row);
                go(place + 1);
              },
            }),
      };
      const move = moves[event.key.toLowerCase()];
      if (move === undefined) return;
      event.preventDefault();
      move();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [on]);
  return { box, current, setCurrent };
}

interface Each {
  row: Listed;
  said: Said;
  hearing: Hearing;
  current: boolean;
  onStrike(): void;
  onKeep(): void;
  onClear(): void;
}

function Name({ row, said }: Each) {
  const { language } = useLanguage();
  const size = row.size === null ? [] : [employees(language, row.size)];
  return (
    <>
      <Text span display="block" inherit fw={500} className={said.mark === 'struck' ? classes.struck : classes.name}>
        {row.name}
      </Text>
      <Text span display="block" size="sm" c="dimmed" fw={400}>
        {sideBySide([...(row.town === null ? [] : [row.town]), ...size, ...(row.industry === null ? [] : [row.industry]), `CVR\u00a0${cvr(row.cvr)}`])}
      </Text>
    </>
  );
}

/** A badge whose text may be somebody's own words. */
const Mark = ({ color, icon, children }: { color: string; icon: ReactNode; children: ReactNode }) => (
  <Badge color={color} leftSection={icon} className={classes.badge}>
    {children}
  </Badge>
);

function WithYou({ row, said }: Each) {
  const w = useWords(hearingWords);
  const icon = { size: 16, stroke: 1.75 };
  const who = said.knownBy ?? row.match?.knownBy ?? null;
  return (
    <div className={classes.withYou}>
      {said.mark === 'struck' && (
        <Mark color="gray" icon={<IconBan {...icon} />}>
          {said.reason === null || said.reason === 'other' ? w.struck : w.struckBecause(w.reasons[said.reason])}
        </Mark>
      )}
      {said.mark === 'kept' && (
        <Mark color="green" icon={<IconCheck {...icon} />}>
          {w.kept}
        </Mark>
      )}
      {row.match !== null && (
        <Mark color="fjord" icon={<IconUsers {...icon} />}>
          {row.match.note === null ? w.how[row.match.how] : w.onYourList(row.match.note)}
        </Mark>
      )}
      {who !== null && (
        <Text size="sm" c="dimmed" className={classes.name}>
          {w.knownByWho(who)}
        </Text>
      )}
    </div>
  );
}

function Doing({ row, said, hearing, current, onStrike, onKeep, onClear }: Each) {
  const w = useWords(hearingWords);
  const icon = { size: 16, stroke: 1.75 };
  if (!hearing.can.mark) {
    if (row.available === null) return null;
    return row.available ? (
      <Mark color="green" icon={<IconCircleCheck {...icon} />}>
        {w.available}
      </Mark>
    ) : (
      <Mark color="gray" icon={<IconLock {...icon} />}>
        {w.notAvailable}
      </Mark>
    );
  }
  // Drawn by the style: a letter in the button would not be part of the name it is called by.
  const hint = (key: string) => (current ? <Kbd size="xs" aria-hidden="true" className={classes.hint} data-key={key} /> : undefined);
  if (said.mark === 'struck') {
    return (
      <div className={classes.buttons}>
        <Button variant="subtle" leftSection={<IconArrowBackUp {...icon} />} aria-label={w.undoThis(row.name)} onClick={onClear}>
          {w.undo}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.buttons}>
      <Button rightSection={hint('S')} aria-label={w.strikeThis(row.name)} onClick={onStrike}>
        {w.strike}
      </Button>
      {said.mark === null ? (
        <Button rightSection={hint('B')} aria-label={w.keepThis(row.name)} onClick={onKeep}>
          {w.keep}
        </Button>
      ) : (
        <Button variant="subtle" leftSection={<IconArrowBackUp {...icon} />} aria-label={w.undoThis(row.name)} onClick={onClear}>
          {w.undo}
        </Button>
      )}
    </div>
  );
}
