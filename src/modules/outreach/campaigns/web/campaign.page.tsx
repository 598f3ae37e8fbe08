import { Button, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { dayOf, listed, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import { reading, refresh, useRead } from '../../../../ui/read.ts';
import { Road } from '../../../../ui/road.tsx';
import { CallCentreAid } from '../../call-centre-aid/web/public.tsx';
import { closeHearing, readAnswers } from '../../hearing/contract.ts';
import { QuotasPanel } from '../../nominations/web/public.tsx';
import { ProgressPanel } from '../../progress/web/public.tsx';
import { type Campaign, compareList, discardList, endCampaign, freezeList, listCampaigns, listTargets, pauseCampaign, readCampaign, resumeCampaign } from '../contract.ts';
import { campaignsWords } from '../words.ts';
import { Answers } from './answers.tsx';
import { CampaignBadge, useCriteriaWords } from './campaign-words.tsx';
import { Difference } from './difference.tsx';
import { ScriptPreview } from './script-preview.tsx';
import { StartHearing } from './start-hearing.tsx';
import { Targets } from './targets.tsx';

export function CampaignPage() {
  const w = useWords(campaignsWords);
  const { campaign: id } = useParams({ strict: false }) as { campaign: string };
  const asked = useRead(readCampaign, { params: { campaign: id } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(campaign) => <Sheet key={campaign.id} campaign={campaign} />}
    </FetchedPage>
  );
}

/** Where each state stands on the road. */
const stations: Record<Campaign['state'], number> = { draft: 0, listed: 1, hearing: 2, calling: 3, paused: 3, over: 5 };
const moves = { freeze: freezeList, discard: discardList, pause: pauseCampaign, resume: resumeCampaign, end: endCampaign } as const;

/** Moves a campaign on, and shows at once where it is then. */
function useMoves({ id }: Campaign) {
  const w = useWords(campaignsWords);
  const queries = useQueryClient();
  const [pending, setPending] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState<string | null>(null);
  const { queryKey } = reading(readCampaign, { params: { campaign: id } });
  const settle = async (said: string) => {
    setError(null);
    setDone(said);
    focusTitle();
    await refresh(queries, readCampaign, listCampaigns, listTargets, readAnswers, compareList);
  };
  const move = async (name: keyof typeof moves) => {
    const next = await call(moves[name], { params: { campaign: id } });
    queries.setQueryData(queryKey, next);
    return next;
  };
  const said = (name: keyof typeof moves, next: Campaign) => ({ freeze: w.frozen(next.targets ?? 0), discard: w.discarded, pause: w.isPaused, resume: w.resumed, end: w.ended })[name];
  const press = (name: string, work: () => Promise<string>) => {
    setPending(name);
    setError(null);
    setDone(null);
    work()
      .then(settle)
      .catch((refused) => {
        setError(refused);
        // Somebody else may have moved it: show where it is.
        return refresh(queries, readCampaign, readAnswers);
      })
      .finally(() => setPending(null));
  };
  return {
    pending,
    error,
    done,
    settle,
    move,
    press: (name: keyof typeof moves) => press(name, async () => said(name, await move(name))),
    close: () =>
      press('close', async () => {
        await call(closeHearing, { params: { campaign: id } });
        return w.closed;
      }),
  };
}

function Sheet({ campaign }: { campaign: Campaign }) {
  const w = useWords(campaignsWords);
  const { language } = useLanguage();
  const { may, zone } = useActing();
  const on = useMoves(campaign);
  const [asking, setAsking] = useState<'discard' | 'end' | null>(null);
  const [starting, setStarting] = useState(false);
  const { state, can, starts, ends, frozenAt, hearingDeadline, hearingClosedAt, endedAt } = campaign;
  const coordinator = may('coordinator');
  const day = (at: string | null) => (at === null ? undefined : shortDay(language, dayOf(zone, at)));
  const deadline = hearingDeadline === null ? '' : dayAndTime(language, zone, hearingDeadline);
  const notes = [
    undefined,
    day(frozenAt),
    day(hearingClosedAt ?? hearingDeadline),
    hearingClosedAt === null ? shortDay(language, starts) : day(hearingClosedAt),
    day(endedAt) ?? shortDay(language, ends),
  ];
  const first = (name: string, label: string, run: () => void) => (
    <Button variant="filled" loading={on.pending === name} onClick={run}>
      {label}
    </Button>
  );
  const actions: Record<Campaign['state'], ReactNode> = {
    draft: (
      <>
        {can.edit && (
          <Button component={Link} to={`/campaigns/${campaign.id}/edit`}>
            {w.edit}
          </Button>
        )}
        {can.freeze && first('freeze', w.freeze, () => on.press('freeze'))}
      </>
    ),
    listed: (
      <>
        {can.thaw && <Button onClick={() => setAsking('discard')}>{w.discard}</Button>}
        {can.openHearing && !starting && first('start', w.startHearing, () => setStarting(true))}
      </>
    ),
    hearing: can.closeHearing ? first('close', w.closeHearing, on.close) : undefined,
    calling: can.pause ? first('pause', w.pause, () => on.press('pause')) : undefined,
    paused: can.resume ? first('resume', w.resume, () => on.press('resume')) : undefined,
    over: undefined,
  };
  return (
    <Page title={campaign.name} lead={w.goalIs(campaign.goal)} done={on.done} path={<PathLink to="/campaigns">{w.title}</PathLink>} action={actions[state]}>
      <Road label={w.road} current={stations[state]} steps={w.steps.map((name, at) => ({ name, note: notes[at] }))} />
      <Stack gap="lg">
        {on.error !== null && <ErrorNotice error={on.error} />}
        <Stack gap="xs" align="flex-start">
          <CampaignBadge state={state} />
          <Text>{state === 'hearing' ? w.waitsFor.hearing(deadline) : state === 'draft' && campaign.pickedBy === 'schools' ? (can.freeze ? w.schoolsNamed : w.schoolsName) : w.waitsFor[state]}</Text>
        </Stack>
        {starting && state === 'listed' && (
          <StartHearing
            campaign={campaign}
            onClose={() => setStarting(false)}
            onDone={() => {
              setStarting(false);
              return on.settle(w.sent);
            }}
          />
        )}
        {campaign.hearingClosedAt !== null && <ProgressPanel campaign={campaign.id} />}
        <Columns
          aside={
            <>
              <Plan campaign={campaign} />
              <ScriptPreview why={campaign.why} scripts={campaign.scripts} />
              {can.end && (
                <Button variant="subtle" style={{ alignSelf: 'flex-start' }} onClick={() => setAsking('end')}>
                  {w.end}
                </Button>
              )}
            </>
          }
        >
          {coordinator && frozenAt !== null ? (
            <>
              {state !== 'listed' && hearingDeadline !== null && <Answers campaign={campaign} />}
              <Difference campaign={campaign} />
            </>
          ) : (
            <Purpose campaign={campaign} />
          )}
          {coordinator && campaign.pickedBy === 'schools' && <QuotasPanel campaign={campaign.id} />}
          {coordinator && <CallCentreAid campaign={campaign.id} />}
        </Columns>
        {coordinator && frozenAt !== null && <Targets campaign={campaign} />}
      </Stack>
      <ConfirmDialog
        opened={asking === 'discard'}
        onClose={() => setAsking(null)}
        title={w.discardTitle}
        text={w.discardText}
        yes={w.discard}
        run={() => on.move('discard')}
        onDone={() => on.settle(w.discarded)}
      />
      <ConfirmDialog
        opened={asking === 'end'}
        onClose={() => setAsking(null)}
        title={w.endTitle(campaign.name)}
        text={w.endText}
        yes={w.end}
        run={() => on.move('end')}
        onDone={() => on.settle(w.ended)}
      />
    </Page>
  );
}

function Plan({ campaign }: { campaign: Campaign }) {
  const w = useWords(campaignsWords);
  const { language } = useLanguage();
  const criteriaWords = useCriteriaWords();
  return (
    <Stack gap="xs" component="section" aria-labelledby="plan">
      <Title order={2} id="plan">
        {w.planTitle}
      </Title>
      <Facts
        narrow
        facts={[
          { label: w.period, value: w.fromTo(shortDay(language, campaign.starts), shortDay(language, campaign.ends)) },
          {
            label: w.routesShort,
            value: listed(
              language,
              campaign.routes.map((route) => w.routeNames[route]),
            ),
          },
          { label: w.aim, value: w.aimShort[campaign.aim] },
          {
            label: w.criteria,
            value: (
              <>
                {(campaign.pickedBy === 'schools' ? [w.pickedBySchools] : criteriaWords(campaign.criteria, campaign.draw)).map((part) => (
                  <div key={part}>{part}</div>
                ))}
              </>
            ),
          },
          ...(campaign.targets === null ? [] : [{ label: w.onList, value: w.firms(campaign.targets) }]),
        ]}
      />
    </Stack>
  );
}

/** Why these companies: what everybody may know. */
function Purpose({ campaign }: { campaign: Campaign }) {
  const w = useWords(campaignsWords);
  return (
    <Stack gap="xs" component="section" aria-labelledby="purpose" maw="var(--vn-read)">
      <Title order={2} id="purpose">
        {w.why}
      </Title>
      <Text style={{ overflowWrap: 'anywhere' }}>{campaign.why}</Text>
    </Stack>
  );
}
