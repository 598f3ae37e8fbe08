import { Alert, Badge, Button, Group, NativeSelect, Radio, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { v4 } from 'uuid';
import { mondayOf, weekNumber } from '../../../../kit/week.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { useFilters } from '../../../../ui/filters.tsx';
import { capital, dayOf, languageName, listed, longDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { reading, refresh, useRead } from '../../../../ui/read.ts';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { joinMeeting, listMeetings, readMeeting } from '../../meetings/contract.ts';
import { giveMeeting, type Plan, readStaffingPlan, readTeamWeek, suggestStaffing } from '../contract.ts';
import { staffingWords } from '../words.ts';

type Item = NonNullable<Plan['proposal']>['items'][number];
type Someone = NonNullable<Item['lead']>;
type Pin = Plan['pins'][number];

/** Who goes to all meetings of a week, proposed at once: a coordinator looks, changes, and accepts. */
export function StaffingPage() {
  const w = useWords(staffingWords);
  return (
    <OnlyFor roles={['coordinator']} title={w.staffing}>
      <Staffing />
    </OnlyFor>
  );
}

function Staffing() {
  const w = useWords(staffingWords);
  const { today } = useActing();
  const filters = useFilters({ week: null, plan: null });
  const week = mondayOf(/^\d{4}-\d{2}-\d{2}$/.test(filters.on.week ?? '') ? (filters.on.week ?? today) : today);
  const [scope, setScope] = useState<Plan['scope']>('missing');
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState<string | null>(null);
  const plan = filters.on.plan;
  const suggest = (more: { scope: Plan['scope']; pins: Pin[] }) => {
    setAsking(true);
    setError(null);
    setDone(null);
    call(suggestStaffing, { body: { week, ...more } }, { key: v4() })
      .then(({ id }) => filters.set('plan', id), setError)
      .finally(() => setAsking(false));
  };
  return (
    <Page title={w.staffingOf(weekNumber(week))} lead={w.staffingLead} done={done} path={<PathLink to={`/week?week=${week}`}>{w.weekNumber(weekNumber(week))}</PathLink>}>
      <Stack gap="xl">
        <Stack gap="md" align="flex-start">
          <Radio.Group label={w.scope} value={scope} onChange={(value) => setScope(value as Plan['scope'])}>
            <Stack gap="xs" mt={8}>
              <Radio value="missing" label={w.scopes.missing} />
              <Radio value="all" label={w.scopes.all} description={w.allHelp} />
            </Stack>
          </Radio.Group>
          <Button variant="filled" loading={asking} onClick={() => suggest({ scope, pins: [] })}>
            {w.suggest}
          </Button>
          {error !== null && <ErrorNotice error={error} />}
        </Stack>
        {plan !== undefined && <Proposal key={plan} id={plan} onAgain={suggest} onDone={setDone} />}
      </Stack>
    </Page>
  );
}

function Proposal({ id, onAgain, onDone }: { id: string; onAgain(more: { scope: Plan['scope']; pins: Pin[] }): void; onDone(said: string): void }) {
  const w = useWords(staffingWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const asked = useQuery({ ...reading(readStaffingPlan, { params: { plan: id } }), refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? 700 : false) });
  const [error, setError] = useState<unknown>(null);
  const [accepting, setAccepting] = useState(false);
  if (asked.isPending) return <Loading lines={6} />;
  if (asked.isError) return <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />;
  const plan = asked.data;
  if (plan.state === 'failed') return <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.planFailed} />;
  if (plan.proposal === null)
    return (
      <div role="status">
        <Text>{w.planning}</Text>
      </div>
    );
  const { items, gap, proven } = plan.proposal;
  const open = items.filter(({ changes }) => changes);
  // One after the other: each is told to people, and what was refused stops the rest.
  const accept = async (those: readonly Item[]) => {
    setAccepting(true);
    setError(null);
    try {
      for (const { meeting, version, now, lead, companion } of those) {
        if (lead === null) continue;
        let seen = version;
        if (lead.id !== now.lead?.id) seen = (await call(giveMeeting, { params: { meeting: meeting.id }, body: { person: lead.id, because: 'plan' } }, { version: seen }))?.version ?? seen;
        if (companion !== null && companion.id !== now.companion?.id) await call(joinMeeting, { params: { meeting: meeting.id }, body: { person: companion.id } }, { version: seen });
      }
      onDone(w.accepted(those.length));
    } catch (refused) {
      setError(refused);
    } finally {
      await refresh(queries, readStaffingPlan, listMeetings, readMeeting, readTeamWeek);
      setAccepting(false);
    }
  };
  const pin = (meeting: Item['meeting']['id'], lead: string) =>
    onAgain({ scope: plan.scope, pins: [...plan.pins.filter((each) => each.meeting !== meeting), ...(lead === '' ? [] : [{ meeting, lead: lead as Someone['id'] }])] });
  return (
    <Stack gap="md" component="section" aria-labelledby="proposal">
      <Group justify="space-between" gap="xs">
        <div>
          <Title order={2} id="proposal">
            {w.proposal}
          </Title>
          {items.length > 0 && (
            <Text c="dimmed">{proven ? w.proven : w.near(new Intl.NumberFormat(language === 'da' ? 'da-DK' : 'en-GB', { style: 'percent', maximumFractionDigits: 1 }).format(gap))}</Text>
          )}
        </div>
        {open.length > 1 && (
          <Button variant="filled" loading={accepting} onClick={() => void accept(open)}>
            {w.acceptAll(open.length)}
          </Button>
        )}
      </Group>
      {error !== null && <ErrorNotice error={error} />}
      {items.length === 0 && <Empty title={w.nothingToPlan} text={plan.scope === 'missing' ? w.nobodyMissing : w.noMeetingsAhead} />}
      {items.map((item) => (
        <OneMeeting
          key={item.meeting.id}
          item={item}
          pinned={plan.pins.find((each) => each.meeting === item.meeting.id)?.lead ?? null}
          busy={accepting}
          onAccept={() => void accept([item])}
          onPin={(lead) => pin(item.meeting.id, lead)}
        />
      ))}
    </Stack>
  );
}

const named = ({ name, school }: Someone) => [name, school].filter(Boolean).join(', ');

function OneMeeting({ item, pinned, busy, onAccept, onPin }: { item: Item; pinned: string | null; busy: boolean; onAccept(): void; onPin(lead: string): void }) {
  const w = useWords(staffingWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const colleagues = useRead(listProfiles, { query: {} });
  const { meeting, now, lead, companion } = item;
  const why = item.because.map(({ code, products, language: spoken }) =>
    code === 'knows_product' ? w.offers(products ?? []) : code === 'language' ? w.speaks(languageName(language, spoken ?? 'da')) : (w.because_plan[code] ?? code),
  );
  const when = capital(w.on(longDay(language, dayOf(zone, meeting.start)), timeOf(language, zone, meeting.start)));
  return (
    <Stack gap="xs" component="article" aria-labelledby={meeting.id} style={{ borderTop: '1px solid var(--vn-line)', paddingTop: 16 }} maw={720}>
      <Text size="sm" c="dimmed">
        {when}
      </Text>
      <Title order={3} id={meeting.id}>
        <NameLink to={`/meetings/${meeting.id}`}>{meeting.company}</NameLink>
      </Title>
      {lead === null ? (
        <div>
          <Text fw={500}>{w.nobodyCan}</Text>
          <Text size="sm">
            {listed(
              language,
              item.reasons.map(({ code, consultants }) => w.obstacles(code, consultants)),
            )}
          </Text>
        </div>
      ) : (
        <div>
          <Text fw={500}>{named(lead)}</Text>
          {companion !== null && <Text>{w.learns(named(companion))}</Text>}
          <Text size="sm" c="var(--vn-ink-2)">
            {capital(why.join(' · '))}
          </Text>
        </div>
      )}
      {now.lead !== null && lead !== null && now.lead.id !== lead.id && <Text size="sm">{w.insteadOf(now.lead.name)}</Text>}
      {item.warnings.map((code) => (
        <Group key={code} gap={6} wrap="nowrap" align="flex-start">
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" style={{ flex: 'none', marginTop: 3 }} />
          <Text size="sm">{w.warnings[code] ?? code}</Text>
        </Group>
      ))}
      <Group gap="sm" align="flex-end">
        {item.changes ? (
          <Button disabled={busy} onClick={onAccept} aria-label={w.acceptThis(meeting.company)}>
            {w.accept}
          </Button>
        ) : (
          lead !== null && (
            <Badge color="green" leftSection={<IconCheck size={16} stroke={1.75} />}>
              {w.asItIs}
            </Badge>
          )
        )}
        <NativeSelect
          aria-label={w.chooseFor(meeting.company)}
          value={pinned ?? ''}
          disabled={busy}
          onChange={(event) => onPin(event.currentTarget.value)}
          data={[{ value: '', label: w.chooseSelf }, ...(colleagues.data ?? []).map(({ personId, name, school }) => ({ value: String(personId), label: [name, school].filter(Boolean).join(', ') }))]}
        />
      </Group>
    </Stack>
  );
}
