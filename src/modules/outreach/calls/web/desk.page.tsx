import { Alert, Button, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconKeyboard, IconPlayerPause, IconPlayerPlay, IconTransferOut } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, Refusal } from '../../../../ui/client.ts';
import { writtenDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { NotFoundPage } from '../../../../ui/layout/not-found.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { type Card, claimNext, type Queue, releaseLease, undoCall } from '../contract.ts';
import { undoSeconds } from '../rules.ts';
import { callsWords } from '../words.ts';
import classes from './desk.module.css';
import { KeyList, useKeys, useKeysOn } from './desk-keys.tsx';
import { DeskTalk, type Recorded } from './desk-talk.tsx';
import { forgetDraft } from './draft.tsx';
import { useReasons, useWhen } from './queue-reasons.tsx';

type Phase = { kind: 'finding' } | { kind: 'card'; card: Card } | { kind: 'empty' } | { kind: 'paused' } | { kind: 'lost'; note: string } | { kind: 'failed'; error: unknown };
interface Last {
  recorded: Recorded;
  name: string;
  item: string;
}

/** Calling in one campaign: one company at a time, and the next as soon as one is done. */
export function DeskPage() {
  const w = useWords(callsWords);
  const { campaign } = useParams({ strict: false }) as { campaign: string };
  return (
    <OnlyFor roles={['agent', 'consultant']} title={w.title}>
      <Desk key={campaign} campaign={campaign} />
    </OnlyFor>
  );
}

function Desk({ campaign }: { campaign: string }) {
  const w = useWords(callsWords);
  const keys = useKeysOn();
  const reasons = useReasons();
  const [phase, setPhase] = useState<Phase>({ kind: 'finding' });
  const [queue, setQueue] = useState<Queue | null>(null);
  const [last, setLast] = useState<Last | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [listed, setListed] = useState(false);
  const asked = useRef(0);

  const find = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    setPhase({ kind: 'finding' });
    try {
      const found = await call(claimNext, { params: { campaign: campaign as Queue['campaign']['id'] } });
      if (mine !== asked.current) return;
      setQueue(found.queue);
      setPhase(found.card === null ? { kind: 'empty' } : { kind: 'card', card: found.card });
    } catch (error) {
      if (mine === asked.current) setPhase({ kind: 'failed', error });
    }
  }, [campaign]);
  useEffect(() => void find(), [find]);

  const card = phase.kind === 'card' ? phase.card : null;
  const onRecorded = useCallback(
    (recorded: Recorded) => {
      if (card === null) return;
      setLast((before) => {
        if (before !== null && before.item !== card.item) forgetDraft(before.item); // now nobody undoes it any more
        return { recorded, name: card.name, item: card.item };
      });
      setSaid(null);
      void find();
    },
    [card, find],
  );
  const onLost = useCallback((note: string) => setPhase({ kind: 'lost', note }), []);
  const undo = async () => {
    if (last === null) return;
    try {
      asked.current += 1;
      const { card: back } = await call(undoCall, { params: { call: last.recorded.call } });
      setLast(null);
      if (back === null) {
        setSaid(w.undoneBlocked);
        void find();
      } else {
        setSaid(w.undone);
        setPhase({ kind: 'card', card: back });
      }
    } catch (error) {
      setPhase({ kind: 'failed', error });
    }
  };
  const pause = () => {
    if (card === null) return;
    setPhase({ kind: 'paused' });
    focusTitle();
    call(releaseLease, { params: { item: card.item }, body: { leaseNo: card.leaseNo } }).catch(() => undefined); // it lapses by itself
  };
  const shared = { z: () => void undo(), p: pause, '?': () => setListed(true) };
  useKeys(keys.on && card === null, shared);

  if (phase.kind === 'failed' && phase.error instanceof Refusal && phase.error.problem.status === 404) return <NotFoundPage />;
  const name = queue?.campaign.name;
  return (
    <Page
      title={name === undefined ? w.title : w.desk(name)}
      lead={queue === null ? undefined : w.left(queue.ready, queue.callsToday)}
      path={<PathLink to="/calls">{w.title}</PathLink>}
      action={
        <>
          <Button leftSection={<IconKeyboard size={20} stroke={1.75} />} onClick={() => setListed(true)}>
            {w.keysTitle}
          </Button>
          {card !== null && (
            <Button leftSection={<IconPlayerPause size={20} stroke={1.75} />} onClick={pause}>
              {w.pause}
            </Button>
          )}
        </>
      }
    >
      <KeyList opened={listed} onClose={() => setListed(false)} keys={keys} />
      <VisuallyHidden role="status">{card === null ? '' : card.name}</VisuallyHidden>
      <div role="status">{said !== null && <p className={classes.last}>{said}</p>}</div>
      {last !== null && <LastOutcome key={last.recorded.call} last={last} keysOn={keys.on} onUndo={undo} />}
      {phase.kind === 'finding' && <Loading lines={8} />}
      {phase.kind === 'failed' && <ErrorNotice error={phase.error} onRetry={() => void find()} />}
      {phase.kind === 'card' && <DeskTalk key={`${phase.card.item} ${phase.card.leaseNo}`} card={phase.card} keysOn={keys.on} keys={shared} onRecorded={onRecorded} onLost={onLost} />}
      {phase.kind === 'paused' && (
        <Empty
          title={w.pausedTitle}
          text={w.pausedText}
          action={
            <Button variant="filled" leftSection={<IconPlayerPlay size={20} stroke={1.75} />} onClick={() => void find()}>
              {w.resume}
            </Button>
          }
        />
      )}
      {phase.kind === 'lost' && (
        <Alert color="yellow" role="alert" icon={<IconTransferOut size={20} stroke={1.75} />} title={w.leaseLostTitle}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{w.leaseLostText}</Text>
            {phase.note !== '' && <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{phase.note}</Text>}
            <Button variant="filled" onClick={() => void find()}>
              {w.goOn}
            </Button>
          </Stack>
        </Alert>
      )}
      {phase.kind === 'empty' && queue !== null && (
        <Empty
          title={w.emptyTitle}
          text={reasons(queue).join(' ')}
          action={
            <Group gap="xs">
              <Button variant="filled" onClick={() => void find()}>
                {w.askAgain}
              </Button>
              <Button component={Link} to="/calls">
                {w.toCampaigns}
              </Button>
            </Group>
          }
        />
      )}
      {card !== null && keys.on && (
        <p className={`${classes.foot} ${classes.hint}`}>
          {(
            [
              ['1–7', w.keys.outcome],
              ['N', w.keys.note],
              ['Z', w.keys.undo],
              ['P', w.keys.pause],
              ['?', w.keys.all],
            ] as const
          ).map(([key, text]) => (
            <span key={key}>
              <kbd className={classes.kbd}>{key}</kbd> {text}
            </span>
          ))}
        </p>
      )}
    </Page>
  );
}

/** What was just recorded and what it means; it can be taken back for ten seconds. */
function LastOutcome({ last, keysOn, onUndo }: { last: Last; keysOn: boolean; onUndo(): void }) {
  const w = useWords(callsWords);
  const { language } = useLanguage();
  const when = useWhen();
  const [open, setOpen] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setOpen(false), undoSeconds * 1000);
    return () => clearTimeout(timer);
  }, []);
  const { outcome, until, nextAt } = last.recorded;
  const means = until !== null ? w.until(writtenDay(language, until)) : nextAt !== null ? w.nextAt(when(nextAt)) : '';
  return (
    <div className={classes.last} role="status">
      <IconCheck size={20} stroke={1.75} aria-hidden="true" />
      <span>
        {w.done(last.name, w.outcomes[outcome] ?? outcome)} {means}
      </span>
      {open && (
        <Button size="xs" onClick={onUndo} rightSection={keysOn ? <kbd className={`${classes.kbd} ${classes.hint}`}>Z</kbd> : undefined}>
          {w.undo}
        </Button>
      )}
    </div>
  );
}
