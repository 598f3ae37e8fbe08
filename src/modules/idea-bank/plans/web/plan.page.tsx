import { Alert, Anchor, Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { v4 } from 'uuid';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { useFilters } from '../../../../ui/filters.tsx';
import { figure, shortDay, sideBySide } from '../../../../ui/format.ts';
import { JobProgress } from '../../../../ui/job-progress.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { reading, refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { acceptPoolPlan, comparePoolPlans, listPoolPlans, type PoolPlan, type PoolProposal, proposeClasses, readPoolPlan, stopPoolPlan, type UnservedNeed } from '../contract.ts';
import { choices } from '../rules.ts';
import { plansWords } from '../words.ts';
import { PlannedClasses } from './classes.tsx';
import { PlanMap } from './map.tsx';
import { useAskedAt } from './plans.page.tsx';

/** One proposal: worked out, looked at, changed by hand, compared, accepted. */
export function PlanPage() {
  const w = useWords(plansWords);
  const { plan } = useParams({ strict: false }) as { plan: string };
  const asked = useQuery({ ...reading(readPoolPlan, { params: { plan } }), refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? 700 : false) });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => (found.proposal === null ? <Unfinished key={found.id} plan={found} /> : <Proposed key={found.id} plan={found} proposal={found.proposal} />)}
    </FetchedPage>
  );
}

function Unfinished({ plan }: { plan: PoolPlan }) {
  const w = useWords(plansWords);
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const { progress } = plan;
  return (
    <Page title={w.proposedClasses} lead={w.nothingPromised} path={<PathLink to="/idea-bank">{w.title}</PathLink>}>
      {plan.state === 'failed' ? (
        <Empty title={w.failed} text={w.failedText} />
      ) : (
        <Stack gap="md" align="flex-start">
          <JobProgress
            label={progress === null ? w.working : w.phases[progress.phase]}
            figures={progress === null || progress.of === 0 ? undefined : w.far(progress.done, progress.of)}
            share={progress === null || progress.of === 0 ? undefined : progress.done / progress.of}
            note={progress === null ? w.nothingPromised : w.soFar(progress.seats)}
          />
          {(plan.can.stop || plan.stopAsked) && (
            <Button variant="default" disabled={plan.stopAsked} onClick={() => call(stopPoolPlan, { params: { plan: plan.id } }, { key: v4() }).then(() => refresh(queries, readPoolPlan), setError)}>
              {plan.stopAsked ? w.stopping : w.stop}
            </Button>
          )}
          {error !== null && <ErrorNotice error={error} />}
        </Stack>
      )}
    </Page>
  );
}

function Proposed({ plan, proposal }: { plan: PoolPlan; proposal: PoolProposal }) {
  const w = useWords(plansWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const filters = useFilters({ against: null });
  const [hand, setHand] = useState(plan.byHand);
  const [pending, setPending] = useState(false);
  const [accepting, setAccepting] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const changed = JSON.stringify(hand) !== JSON.stringify(plan.byHand);
  const again = () => {
    setPending(true);
    setError(null);
    call(proposeClasses, { body: { seconds: plan.seconds, basedOn: plan.id, about: plan.about?.id ?? null, byHand: hand } }, { key: v4() })
      .then(({ id }) => navigate({ to: `/idea-bank/${id}` }), setError)
      .finally(() => setPending(false));
  };
  const { asked, seats, classes } = proposal;
  const makes = classes.length;
  const { about } = plan;
  const left = proposal.stranded.reduce((sum, { heads }) => sum + heads, 0);
  return (
    <Page
      title={w.proposedClasses}
      lead={`${about === null ? w.summary(asked.companies, asked.seats, seats, makes, asked.seats - seats) : w.aboutSummary(proposal.moved, left)} ${plan.state === 'accepted' ? '' : w.nothingPromised}`.trim()}
      path={<PathLink to="/idea-bank">{w.title}</PathLink>}
      done={done}
      action={
        plan.can.change ? (
          <>
            <Button variant="default" loading={pending} onClick={again}>
              {w.again}
            </Button>
            {plan.can.accept && makes > 0 && (
              <Button variant="filled" disabled={changed} onClick={() => setAccepting(true)}>
                {about === null ? w.accept(makes) : w.acceptMoves}
              </Button>
            )}
          </>
        ) : undefined
      }
    >
      <Stack gap="xl">
        {error !== null && <ErrorNotice error={error} />}
        {changed && (
          <Alert color="yellow" title={w.handAll(Math.abs(choices(hand) - choices(plan.byHand)) || 1)}>
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{w.againHelp}</Text>
              <Button size="xs" variant="default" onClick={() => setHand(plan.byHand)}>
                {w.clearHand}
              </Button>
            </Stack>
          </Alert>
        )}
        {proposal.refused.length > 0 && <Alert color="yellow" title={w.refusal(proposal.refused.length)} />}
        {about !== null && <Alert title={w.aboutTitle(about.title, shortDay(language, about.starts))}>{w.aboutText}</Alert>}
        {plan.outcome !== null && <Outcome plan={plan} />}
        <PlannedClasses proposal={proposal} hand={hand} onHand={plan.can.change && plan.state !== 'accepted' ? setHand : null} />
        {proposal.opens.length > 0 && <OneMore proposal={proposal} />}
        <Columns
          aside={
            <>
              <Good proposal={proposal} />
              <PlanMap proposal={proposal} />
            </>
          }
        >
          {proposal.stranded.length > 0 && <Stranded proposal={proposal} />}
          {about === null && <LeftOut proposal={proposal} />}
          {about === null && <Fair proposal={proposal} />}
          {about === null && proposal.unfilled.length > 0 && (
            <Stack gap="xs" component="section" aria-labelledby="unfilled">
              <Title order={2} id="unfilled">
                {w.unfilled}
              </Title>
              <Text>{w.unfilledHelp}</Text>
              <Unfilled proposal={proposal} />
            </Stack>
          )}
          <Compare plan={plan} against={filters.on.against ?? ''} onAgainst={(id) => filters.set('against', id)} />
        </Columns>
      </Stack>
      <ConfirmDialog
        title={about === null ? w.accept(makes) : w.acceptMoves}
        text={about === null ? [w.acceptText(makes), ...(proposal.moved > 0 ? [w.acceptMovesText] : [])].join(' ') : w.acceptMovesText}
        yes={w.acceptGo}
        opened={accepting}
        onClose={() => setAccepting(false)}
        run={() => call(acceptPoolPlan, { params: { plan: plan.id }, body: {} }, { version: plan.version, key: v4() })}
        onDone={async () => {
          await refresh(queries, readPoolPlan, listPoolPlans);
          setDone(about === null ? w.accepted(makes) : w.acceptedMoves);
        }}
      />
    </Page>
  );
}

function Outcome({ plan }: { plan: PoolPlan }) {
  const w = useWords(plansWords);
  const classOf = (id: string) => plan.proposal?.classes.find((each) => each.class === id);
  const told = new Set(
    plan.outcome?.leftOut.map(({ need, class: key, because }) =>
      [classOf(key)?.groups.find((each) => each.need === need)?.company.name, classOf(key)?.course.title, w.leftOutWhy[because]].filter(Boolean).join(': '),
    ),
  );
  return (
    <Stack gap="xs" component="section" aria-labelledby="outcome">
      <Title order={2} id="outcome">
        {w.states.accepted}
      </Title>
      {plan.outcome?.classes.map(({ class: key, id, seats, moved, asked }) => (
        <Text key={key}>
          <NameLink to={`/classes/${id}`}>{classOf(key)?.course.title ?? w.class}</NameLink> {sideBySide([classOf(key)?.town ?? '', w.outcomeOf(seats, moved, asked)])}
        </Text>
      ))}
      {plan.outcome?.classes.some(({ moved, asked }) => moved + asked > 0) && <NameLink to="/seat-moves">{w.seeMoves}</NameLink>}
      {(plan.outcome?.leftOut.length ?? 0) > 0 && (
        <Alert color="yellow" title={w.leftOut}>
          {[...told].map((each) => (
            <Text key={each} size="sm">
              {each}
            </Text>
          ))}
        </Alert>
      )}
    </Stack>
  );
}

/** One more participant would open these; each was worked out to be sure. */
function OneMore({ proposal }: { proposal: PoolProposal }) {
  const w = useWords(plansWords);
  const { language } = useLanguage();
  return (
    <Stack gap="xs">
      {proposal.opens.slice(0, 3).map((each) => (
        <Alert key={each.class} color="fjord" icon={<IconBulb size={20} stroke={1.75} />} title={w.oneMore(each.course.title, [each.town, shortDay(language, each.starts)].join(', '))}>
          {w.oneMoreText(each.others)}
        </Alert>
      ))}
    </Stack>
  );
}

/** Who has a seat in a class that does not run, and why no other was found. */
function Stranded({ proposal }: { proposal: PoolProposal }) {
  const w = useWords(plansWords);
  const { language } = useLanguage();
  return (
    <Stack gap="xs" component="section" aria-labelledby="stranded">
      <Title order={2} id="stranded">
        {w.stranded}
      </Title>
      <Text>{w.strandedHelp}</Text>
      <Rows
        label={w.stranded}
        rows={proposal.stranded}
        keyOf={({ seat }) => seat}
        name={{ head: w.class, cell: ({ from }) => <NameLink to={`/classes/${from.id}`}>{[from.school, from.town, shortDay(language, from.starts)].filter(Boolean).join(', ')}</NameLink> }}
        columns={[
          { head: w.companyHead, width: '30%', cell: ({ company }) => company?.name ?? w.someCompany },
          { head: w.seats, width: '6rem', cell: ({ heads }) => heads },
          { head: w.why, plain: true, width: '30%', cell: ({ reasons }) => w.reasons[(reasons[0]?.code ?? 'no_class') as keyof typeof w.reasons] },
        ]}
      />
    </Stack>
  );
}

/** Why whoever is left out has no seat: by the obstacle that is nearest to being overcome. */
function LeftOut({ proposal }: { proposal: PoolProposal }) {
  const w = useWords(plansWords);
  const { language } = useLanguage();
  const out = proposal.unserved;
  type Code = keyof typeof w.reasons;
  const codeOf = ({ reasons }: UnservedNeed) => (reasons[0]?.code ?? 'no_class') as Code;
  const helpOf = (need: UnservedNeed): string => {
    const [reason] = need.reasons;
    switch (codeOf(need)) {
      case 'too_far':
        return w.helps.too_far(reason?.km ?? null);
      case 'no_common_date':
        return w.helps.no_common_date(reason?.day == null ? null : shortDay(language, reason.day));
      case 'below_minimum':
        return w.helps.below_minimum(reason?.missing ?? null);
      case 'full':
        return w.helps.full(reason?.missing ?? null);
      default:
        return w.helps[codeOf(need) as 'no_class'] ?? '';
    }
  };
  return (
    <Stack gap="xs" component="section" aria-labelledby="out">
      <Group justify="space-between" align="baseline">
        <Title order={2} id="out">
          {w.out}
        </Title>
        {out.length > 0 && (
          <Text c="var(--vn-ink-2)">
            {w.outAll(
              out.reduce((sum, { heads }) => sum + heads, 0),
              new Set(out.map(({ company }) => company.id)).size,
            )}
          </Text>
        )}
      </Group>
      {out.length === 0 ? (
        <Text>{w.everybody}</Text>
      ) : (
        <Rows
          label={w.out}
          rows={out}
          keyOf={({ need, group }) => `${need} ${group}`}
          name={{ head: w.need, cell: ({ need, what, company }) => <NameLink to={`/needs/${need}`}>{[what, company.name].filter(Boolean).join(', ')}</NameLink> }}
          columns={[
            { head: w.why, plain: true, width: '30%', cell: (need) => w.reasons[codeOf(need)] },
            { head: w.seats, width: '5rem', cell: ({ heads }) => heads },
            { head: w.help, plain: true, width: '32%', cell: helpOf },
          ]}
        />
      )}
    </Stack>
  );
}

function Good({ proposal }: { proposal: PoolProposal }) {
  const w = useWords(plansWords);
  const { language } = useLanguage();
  const percent = new Intl.NumberFormat(language === 'da' ? 'da-DK' : 'en-GB', { maximumFractionDigits: 2 }).format(Math.ceil(proposal.gap * 10_000) / 100);
  return (
    <Stack gap="xs" component="section" aria-labelledby="good">
      <Title order={2} id="good">
        {w.good}
      </Title>
      <Text fw={600}>{proposal.proven ? w.best : w.gap(percent)}</Text>
      {proposal.stopped && <Text>{w.stopped}</Text>}
      {proposal.saved > 0 && <Text>{w.saved(proposal.saved)}</Text>}
      {proposal.moved > 0 && <Text>{w.moved(proposal.moved, proposal.movedBetweenSchools)}</Text>}
      <Text c="var(--vn-ink-2)">{w.road(proposal.km)}</Text>
    </Stack>
  );
}

function Fair({ proposal }: { proposal: PoolProposal }) {
  const w = useWords(plansWords);
  const { language } = useLanguage();
  if (proposal.schools.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-labelledby="fair">
      <Title order={2} id="fair">
        {w.fair}
      </Title>
      <Text>{w.fairHelp}</Text>
      <Rows
        label={w.fair}
        rows={proposal.schools}
        keyOf={({ school }) => school.id}
        name={{ head: w.school, cell: ({ school }) => school.name }}
        columns={[
          { head: w.offered, width: '8rem', cell: ({ offered }) => offered },
          { head: w.due, width: '8rem', cell: ({ due }) => figure(language, due) },
          { head: w.classes, width: '6rem', cell: ({ classes }) => classes },
        ]}
      />
    </Stack>
  );
}

function Unfilled({ proposal }: { proposal: PoolProposal }) {
  const { language } = useLanguage();
  return (
    <Ruled>
      {proposal.unfilled.map((each) => (
        <Rule key={each.class}>
          <Text>
            <NameLink to={`/classes/${each.class}`}>{each.title}</NameLink>
          </Text>
          <Text size="sm" c="var(--vn-ink-2)">
            {sideBySide([each.school, shortDay(language, each.starts)])}
          </Text>
        </Rule>
      ))}
    </Ruled>
  );
}

function Compare({ plan, against, onAgainst }: { plan: PoolPlan; against: string; onAgainst(id: string): void }) {
  const w = useWords(plansWords);
  const asked = useAskedAt();
  const list = useRead(listPoolPlans, {});
  const others = (list.data ?? []).filter(({ id, figures }) => id !== plan.id && figures !== null);
  const known = others.some(({ id }) => String(id) === against);
  const found = useRead(comparePoolPlans, { params: { plan: plan.id, other: against as PoolPlan['id'] } }, { enabled: known });
  if (others.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-labelledby="compare">
      <Title order={2} id="compare">
        {w.difference}
      </Title>
      <NativeSelect
        label={w.compare}
        value={known ? against : ''}
        onChange={(event) => onAgainst(event.currentTarget.value)}
        data={[
          { value: '', label: w.compareNone },
          ...others.map((each) => ({
            value: String(each.id),
            label: `${asked(each)}${each.figures === null ? '' : ` – ${w.resultOf(each.figures.seats, each.figures.moved, each.figures.classes)}`}`,
          })),
        ]}
      />
      {found.isError && <ErrorNotice error={found.error} onRetry={() => found.refetch()} />}
      {found.data !== undefined &&
        (found.data.needs.length === 0 ? (
          <Text>{w.same}</Text>
        ) : (
          <Rows
            label={w.difference}
            rows={found.data.needs}
            keyOf={({ need }) => need}
            name={{ head: w.need, cell: ({ need, company, what }) => <NameLink to={`/needs/${need}`}>{`${company.name}: ${what}`}</NameLink> }}
            columns={[
              { head: w.here, width: '32%', cell: ({ plan: here }) => here.join('; ') || w.noSeat },
              { head: w.there, width: '32%', cell: ({ other }) => other.join('; ') || w.noSeat },
            ]}
          />
        ))}
      {known && (
        <Anchor component={Link} to={`/idea-bank/${against}`} fz="inherit">
          {w.open}
        </Anchor>
      )}
    </Stack>
  );
}
