import { Badge, Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { Rows } from '../../../../ui/rows.tsx';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import type { ByHand, PlannedClass, PoolProposal } from '../contract.ts';
import { chooseClass, splitNeed, turnForbidden, turnPin } from '../rules.ts';
import { plansWords } from '../words.ts';
import classes from './plans.module.css';

interface Props {
  proposal: PoolProposal;
  hand: ByHand;
  /** Null: it is only looked at. */
  onHand: ((hand: ByHand) => void) | null;
}

/** The classes, filling up towards their least number; the same as a table. */
export function PlannedClasses({ proposal, hand, onHand }: Props) {
  const w = useWords(plansWords);
  const { language } = useLanguage();
  const [table, setTable] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const all: (PlannedClass & { missing?: number })[] = [...proposal.classes, ...proposal.nearly];
  const companies = ({ groups }: PlannedClass) => new Set(groups.map(({ company }) => company.id)).size;
  const state = (each: PlannedClass & { missing?: number }) =>
    each.missing !== undefined && each.missing > 0 ? <Badge color="yellow">{w.missing(each.missing)}</Badge> : <Badge color="green">{each.heads >= each.maximum ? w.full : w.runs}</Badge>;
  if (all.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-label={w.proposedClasses}>
      {table ? (
        <Rows
          label={w.proposedClasses}
          rows={all}
          keyOf={({ class: key }) => key}
          name={{ head: w.class, cell: ({ course }) => course.title }}
          columns={[
            { head: w.school, width: '20%', cell: ({ school, town }) => sideBySide([town, school.name]) },
            { head: w.states.done, plain: true, width: '10rem', cell: state },
            { head: w.seats, width: '7rem', cell: ({ heads }) => heads },
            { head: w.leastMark, width: '11rem', cell: ({ minimum, maximum }) => w.leastMost(minimum, maximum) },
          ]}
        />
      ) : (
        <ul className={classes.classes}>
          {all.map((each) => (
            <li key={each.class}>
              <div className={classes.wide}>
                <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                  {each.course.title}
                </Text>
                <Text size="sm" c="var(--vn-ink-2)">
                  {sideBySide([each.town, shortDay(language, each.starts), w.part[each.part]])}
                </Text>
                <Text size="sm" c="var(--vn-ink-2)">
                  {each.school.name}
                </Text>
              </div>
              <div className={classes.wide}>
                <Bar it={each} />
              </div>
              <div>
                <Text>{sideBySide([w.people(each.heads), ...(each.groups.length === 0 ? [] : [w.companies(companies(each))])])}</Text>
                {state(each)} {each.chosen !== null && <Badge color="fjord">{w.byHand}</Badge>}
              </div>
              <Button
                size="xs"
                variant="default"
                aria-expanded={open === each.class}
                aria-label={`${open === each.class ? w.close : w.open}: ${each.course.title}, ${each.town}`}
                onClick={() => setOpen(open === each.class ? null : each.class)}
              >
                {open === each.class ? w.close : w.open}
              </Button>
              {open === each.class && (
                <div className={classes.inside}>
                  <Inside it={each} hand={hand} onHand={onHand} />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      <Group justify="space-between">
        <div className={classes.legend}>
          <span>
            <i /> {w.enough}
          </span>
          <span>
            <i className={classes.low} /> {w.below}
          </span>
          <span>
            <u /> {w.leastMark}
          </span>
        </div>
        <Button size="xs" variant="subtle" onClick={() => setTable(!table)}>
          {table ? w.asBars : w.asTable}
        </Button>
      </Group>
    </Stack>
  );
}

function Bar({ it: { heads, minimum, maximum } }: { it: PlannedClass }) {
  const w = useWords(plansWords);
  const share = (count: number) => `${Math.min(100, (100 * count) / Math.max(1, maximum))}%`;
  return (
    <div className={classes.bar} role="img" aria-label={sideBySide([w.people(heads), w.leastMost(minimum, maximum)])}>
      <i className={heads < minimum ? classes.low : undefined} style={{ width: share(heads) }} />
      <u style={{ left: share(minimum) }} />
      <span style={{ left: share(minimum) }} aria-hidden="true">
        {w.least(minimum)}
      </span>
    </div>
  );
}

function Inside({ it, hand, onHand }: { it: PlannedClass; hand: ByHand; onHand: Props['onHand'] }) {
  const w = useWords(plansWords);
  const already = it.heads - [...it.groups, ...it.moves].reduce((sum, { heads }) => sum + heads, 0);
  const opened = hand.opened.includes(it.class);
  const closed = hand.closed.includes(it.class);
  return (
    <Stack gap="sm" py="sm">
      {it.existing !== null && (
        <Text>
          <NameLink to={`/classes/${it.existing}`}>{w.existing}</NameLink>
        </Text>
      )}
      {already > 0 && <Text>{w.already(already)}</Text>}
      {it.groups.length > 0 && (
        <Ruled>
          {it.groups.map((group) => (
            <Rule key={`${group.need} ${group.group}`} action={onHand === null ? undefined : <GroupActions it={it} group={group} hand={hand} onHand={onHand} />}>
              <Text>
                <NameLink to={`/needs/${group.need}`}>{[group.company.name, group.company.town].filter(Boolean).join(', ')}</NameLink>
              </Text>
              <Text size="sm" c="var(--vn-ink-2)">
                {sideBySide([w.people(group.heads), w.km(group.km), group.what])}
              </Text>
              <Group gap="xs">
                {group.alone && <Badge color="yellow">{w.alone}</Badge>}
                {group.byHand && <Badge color="fjord">{w.byHand}</Badge>}
              </Group>
            </Rule>
          ))}
        </Ruled>
      )}
      {it.moves.length > 0 && <MovesHere it={it} hand={hand} onHand={onHand} />}
      {onHand !== null && (
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => onHand(chooseClass(hand, it.class, opened ? null : 'opened'))}>
            {opened ? w.free : w.openClass}
          </Button>
          <Button size="xs" variant="default" onClick={() => onHand(chooseClass(hand, it.class, closed ? null : 'closed'))}>
            {closed ? w.free : w.closeClass}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** Who has a seat elsewhere and would move here; the coordinator can let them stay. */
function MovesHere({ it, hand, onHand }: { it: PlannedClass; hand: ByHand; onHand: Props['onHand'] }) {
  const w = useWords(plansWords);
  const { language } = useLanguage();
  return (
    <Stack gap="xs">
      <Text fw={600}>{w.movesHere}</Text>
      <Ruled>
        {it.moves.map(({ seat, heads, company, from, bothSchools }) => {
          const name = company?.name ?? w.someCompany;
          const pin = seat as string as ByHand['pins'][number]['need'];
          const stays = hand.pins.some((each) => each.need === pin && each.class === from.id);
          return (
            <Rule
              key={seat}
              action={
                onHand === null ? undefined : (
                  <Button
                    size="xs"
                    variant={stays ? 'light' : 'subtle'}
                    aria-pressed={stays}
                    aria-label={`${stays ? w.stays : w.stay}: ${name}`}
                    onClick={() => onHand(turnPin(hand, pin, 0, from.id))}
                  >
                    {stays ? w.stays : w.stay}
                  </Button>
                )
              }
            >
              <Text>{name}</Text>
              <Text size="sm" c="var(--vn-ink-2)">
                {sideBySide([w.people(heads), w.moveFrom([from.school, from.town, shortDay(language, from.starts)].filter(Boolean).join(', '))])}
              </Text>
              {bothSchools && <Badge color="yellow">{w.bothYes}</Badge>}
            </Rule>
          );
        })}
      </Ruled>
    </Stack>
  );
}

function GroupActions({ it, group, hand, onHand }: { it: PlannedClass; group: PlannedClass['groups'][number]; hand: ByHand; onHand: NonNullable<Props['onHand']> }) {
  const w = useWords(plansWords);
  const [splitting, setSplitting] = useState(false);
  const [first, setFirst] = useState<string | number>(Math.floor(group.heads / 2));
  const pinned = hand.pins.some((pin) => pin.need === group.need && (pin.group ?? 0) === group.group && pin.class === it.class);
  const forbidden = hand.forbidden.some((each) => each.need === group.need && each.class === it.class);
  const named = (label: string) => `${label}: ${group.company.name}`;
  const fits = Number.isInteger(Number(first)) && Number(first) >= 1 && Number(first) < group.heads;
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs" justify="flex-end">
        <Button
          size="xs"
          variant={pinned ? 'light' : 'subtle'}
          aria-pressed={pinned}
          aria-label={named(pinned ? w.unpin : w.pin)}
          onClick={() => onHand(turnPin(hand, group.need, group.group, it.class))}
        >
          {pinned ? w.unpin : w.pin}
        </Button>
        <Button
          size="xs"
          variant={forbidden ? 'light' : 'subtle'}
          aria-pressed={forbidden}
          aria-label={named(forbidden ? w.allow : w.forbid)}
          onClick={() => onHand(turnForbidden(hand, group.need, it.class))}
        >
          {forbidden ? w.allow : w.forbid}
        </Button>
        {group.heads > 1 && group.group === 0 && (
          <Button size="xs" variant="subtle" aria-expanded={splitting} aria-label={named(w.split)} onClick={() => setSplitting(!splitting)}>
            {w.split}
          </Button>
        )}
      </Group>
      {splitting && (
        <Group gap="xs" align="flex-end">
          <NumberInput label={w.splitInto(group.heads)} value={first} onChange={setFirst} min={1} max={group.heads - 1} allowDecimal={false} hideControls maw={220} />
          <Button
            size="xs"
            variant="default"
            disabled={!fits}
            onClick={() => {
              onHand(splitNeed(hand, group.need, group.heads, Number(first)));
              setSplitting(false);
            }}
          >
            {w.splitDone}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
