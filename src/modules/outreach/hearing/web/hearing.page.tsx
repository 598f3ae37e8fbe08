import { Alert, Anchor, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconEye, IconFileImport, IconLink, IconUsers } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { figure } from '../../../../ui/figures.ts';
import { capital, dayOf, shortDay, writtenDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { dayAndTime, inDays } from '../../../../ui/moments.ts';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { reading, refresh, useRead } from '../../../../ui/read.ts';
import { OwnListPanel, useOwnList } from '../../../companies/own-lists/web/public.tsx';
import { answerHearing, type Hearing, listHearingCompanies, listHearings, readHearing } from '../contract.ts';
import type { StrikeReason } from '../rules.ts';
import { hearingWords } from '../words.ts';
import { Forwards } from './forwards.tsx';
import classes from './hearing.module.css';
import { HearingList, useStrikeReason } from './hearing-list.tsx';
import { HearingState } from './hearing-state.tsx';
import { type Marks, useMarks } from './marks.tsx';

export function HearingPage() {
  const w = useWords(hearingWords);
  const { campaign } = useParams({ strict: false }) as { campaign: string };
  const asked = useRead(readHearing, { params: { campaign } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(hearing) => <Sheet key={hearing.campaign} hearing={hearing} />}
    </FetchedPage>
  );
}

function Sheet({ hearing }: { hearing: Hearing }) {
  const w = useWords(hearingWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const marks = useMarks(hearing);
  const [reason, setReason] = useStrikeReason();
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const [done, setDone] = useState<string | null>(null);
  const { can, closedAt, companies } = hearing;
  const relisted = useCallback(() => {
    refresh(queries, readHearing, listHearings, listHearingCompanies);
  }, [queries]);
  const answer = () => {
    setPending(true);
    setRefused(null);
    call(answerHearing, { params: { campaign: hearing.campaign } })
      .then((next) => {
        queries.setQueryData(reading(readHearing, { params: { campaign: hearing.campaign } }).queryKey, next);
        setDone(next.companies.unseen === 0 ? w.answered : `${w.answered} ${w.unseenWarning(next.companies.unseen)}`);
        focusTitle();
        return refresh(queries, listHearings);
      })
      .catch((error) => {
        setRefused(error);
        return refresh(queries, readHearing);
      })
      .finally(() => setPending(false));
  };
  const lead = closedAt !== null ? w.closedLead(writtenDay(language, dayOf(zone, closedAt))) : can.mark ? w.strikeLead : w.dueLead;
  return (
    <Page
      title={hearing.name}
      lead={lead}
      done={done}
      path={<PathLink to="/hearings">{w.title}</PathLink>}
      action={
        can.answer ? (
          <Button variant="filled" loading={pending} onClick={answer}>
            {w.answer}
          </Button>
        ) : undefined
      }
    >
      <Stack gap="lg">
        {refused !== null && <ErrorNotice error={refused} />}
        <Standing hearing={hearing} />
        <Said marks={marks} />
        {can.mark && companies.matched > 0 && <Matches hearing={hearing} marks={marks} reason={reason} />}
        <Tools hearing={hearing} onRelisted={relisted} />
        <HearingList hearing={hearing} marks={marks} reason={reason} onReason={setReason} />
        <Text size="sm" c="var(--vn-ink-2)">
          <IconEye size={16} stroke={1.75} style={{ verticalAlign: '-3px', marginInlineEnd: 6 }} aria-hidden="true" />
          {w.othersSee}
        </Text>
      </Stack>
    </Page>
  );
}

/** How far the school is, and until when; after the close what came of it. */
function Standing({ hearing }: { hearing: Hearing }) {
  const w = useWords(hearingWords);
  const { language } = useLanguage();
  const { zone, today } = useActing();
  const { companies, deadline, answeredAt, closedAt, unworked } = hearing;
  const seen = companies.struck + companies.kept;
  const share = (count: number) => `${companies.all === 0 ? 0 : (100 * count) / companies.all}%`;
  return (
    <div className={classes.top}>
      <div className={classes.progress}>
        <Group justify="space-between" gap="xs">
          <Text>{w.seen(seen, companies.all)}</Text>
          {closedAt === null && <Text c="var(--vn-ink-2)">{w.toGo(companies.unseen)}</Text>}
        </Group>
        <div
          className={classes.bar}
          role="progressbar"
          aria-label={w.progress}
          aria-valuemin={0}
          aria-valuemax={companies.all}
          aria-valuenow={seen}
          aria-valuetext={`${w.struckCount(companies.struck)}, ${w.keptCount(companies.kept)}, ${w.toGo(companies.unseen)}`}
        >
          <span className={classes.solid} style={{ width: share(companies.struck) }} />
          <span className={classes.hatched} style={{ width: share(companies.kept) }} />
        </div>
        <Group gap="md">
          <Text size="sm" c="var(--vn-ink-2)">
            <span className={`${classes.legend} ${classes.solid}`} />
            {w.struckCount(companies.struck)}
          </Text>
          <Text size="sm" c="var(--vn-ink-2)">
            <span className={`${classes.legend} ${classes.hatched}`} />
            {w.keptCount(companies.kept)}
          </Text>
        </Group>
      </div>
      <Stack gap={4} align="flex-start">
        {closedAt === null ? (
          <>
            <Text size="sm" c="dimmed">
              {w.deadline}
            </Text>
            <Text fw={600}>
              <time dateTime={deadline}>{capital(dayAndTime(language, zone, deadline))}</time>
            </Text>
            <Text size="sm" c="var(--vn-ink-2)">
              {answeredAt === null ? w.noAnswerMeans(inDays(language, today, dayOf(zone, deadline))) : w.answeredOn(shortDay(language, dayOf(zone, answeredAt)))}
            </Text>
          </>
        ) : (
          <>
            <Text size="sm" c="dimmed">
              {w.unworkedTitle}
            </Text>
            <Text>{unworked === null ? w.unworkedHidden : w.unworked(figure(language, unworked))}</Text>
          </>
        )}
        <HearingState hearing={hearing} />
      </Stack>
    </div>
  );
}

/** What the last press did, for whoever listens; a refusal for everybody. */
function Said({ marks }: { marks: Marks }) {
  const w = useWords(hearingWords);
  const problemText = useProblemText();
  const box = useRef<HTMLDivElement>(null);
  const { error } = marks;
  useEffect(() => {
    if (error !== null) box.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  return (
    <>
      {error !== null && (
        <Alert ref={box} color="red" role="alert" icon={<IconAlertTriangle size={20} stroke={1.75} />}>
          {w.notMarked} {problemText(error)}
        </Alert>
      )}
      <Group gap="xs" role="status" mih={24}>
        <Text size="sm" c="var(--vn-ink-2)" style={{ overflowWrap: 'anywhere' }}>
          {marks.status}
        </Text>
      </Group>
    </>
  );
}

/** Companies of the list that are on the school's own list too. */
function Matches({ hearing, marks, reason }: { hearing: Hearing; marks: Marks; reason: StrikeReason }) {
  const w = useWords(hearingWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const own = useOwnList().data?.list ?? null;
  const { matched } = hearing.companies;
  // A name alone is a guess that somebody must look at; "all" means those found by number.
  const found = useRead(listHearingCompanies, { params: { campaign: hearing.campaign }, query: { show: 'matched', limit: 200 } });
  const byName = found.data === undefined || found.data.next !== null ? 0 : Math.min(matched, found.data.items.filter(({ match }) => match?.how === 'name').length);
  return (
    <Alert color="fjord" icon={<IconUsers size={20} stroke={1.75} />}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw="38rem" flex="1 1 18rem">
          <b>{w.matched(matched)}</b> {own !== null && own.state === 'done' && w.compared(writtenDay(language, dayOf(zone, own.createdAt)), own.rows.read)} {byName > 0 && w.byNameOnly(byName)}
        </Text>
        <Group gap="xs">
          <Button variant="subtle" component={Link} to={`/hearings/${hearing.campaign}`} search={{ show: 'matched' } as never} replace resetScroll={false}>
            {w.seeThem(matched)}
          </Button>
          {matched > byName && <Button onClick={() => marks.strikeMatched(reason)}>{w.strikeAll(matched - byName)}</Button>}
        </Group>
      </Group>
    </Alert>
  );
}

type Tool = 'own' | 'forwards' | 'who';

/** What helps beside the list itself; one at a time, so that the list stays near. */
function Tools({ hearing, onRelisted }: { hearing: Hearing; onRelisted(): void }) {
  const w = useWords(hearingWords);
  const [open, setOpen] = useState<Tool | null>(null);
  const icon = { size: 20, stroke: 1.75 };
  const tools: { tool: Tool; label: string; Icon: typeof IconEye }[] = [
    ...(hearing.can.mark ? [{ tool: 'own' as const, label: w.ownList, Icon: IconFileImport }] : []),
    { tool: 'forwards', label: w.forwards, Icon: IconLink },
    { tool: 'who', label: w.who, Icon: IconEye },
  ];
  return (
    <div>
      <Group gap="xs">
        {tools.map(({ tool, label, Icon }) => (
          <Button
            key={tool}
            leftSection={<Icon {...icon} />}
            aria-expanded={open === tool}
            aria-controls="tool"
            variant={open === tool ? 'light' : 'default'}
            onClick={() => setOpen(open === tool ? null : tool)}
          >
            {label}
          </Button>
        ))}
        <Anchor href={`/api/hearings/${hearing.campaign}/companies.csv`} download size="sm" ml="auto">
          <IconDownload size={16} stroke={1.75} style={{ verticalAlign: '-2px', marginInlineEnd: 4 }} aria-hidden="true" />
          {w.download(hearing.companies.all)}
        </Anchor>
      </Group>
      <div id="tool" className={open === null ? undefined : classes.tool}>
        {open === 'own' && <OwnListPanel onChanged={onRelisted} />}
        {open === 'forwards' && <Forwards hearing={hearing} />}
        {open === 'who' && <WhoSees />}
      </div>
    </div>
  );
}

/** Row 3.12: who sees what of a hearing. */
function WhoSees() {
  const w = useWords(hearingWords);
  return (
    <Stack gap="xs" component="section" aria-labelledby="who-sees">
      <Title order={2} id="who-sees">
        {w.who}
      </Title>
      <List size="sm" spacing={6}>
        {w.whoLines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Stack>
  );
}
