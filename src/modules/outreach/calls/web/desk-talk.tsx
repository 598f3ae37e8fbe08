import { Alert, Button, Checkbox, Group, NativeSelect, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconCheck, IconWifiOff } from '@tabler/icons-react';
import { use, useCallback, useEffect, useRef, useState } from 'react';
import { v4 } from 'uuid';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { capital, languageName, writtenDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { instantIn, readTime } from '../../../../ui/moments.ts';
import { uiWords } from '../../../../ui/words.ts';
import { contactRoles } from '../../../companies/contacts/contract.ts';
import { useContactRoles } from '../../../companies/contacts/web/public.tsx';
import { type Card, recordOutcome, renewLease } from '../contract.ts';
import { type Outcome, outcomes, reasons } from '../rules.ts';
import { callsWords } from '../words.ts';
import classes from './desk.module.css';
import { DeskCard } from './desk-card.tsx';
import { useKeys } from './desk-keys.tsx';
import { DeskSlotContext } from './desk-slot.tsx';
import { useDraft } from './draft.tsx';
import { useWhen } from './queue-reasons.tsx';

type Body = InputOf<typeof recordOutcome>['body'];
export type Recorded = OutputOf<typeof recordOutcome>;
const spoken = ['da', 'en', 'de', 'pl', 'ro', 'uk', 'ar', 'tr'];
/** Well inside the shortest lease that a centre can set. */
const renewEvery = 2 * 60_000;
const retryEvery = 5000;
const isAway = (error: unknown) => error instanceof Refusal && (error.problem.status === 0 || error.problem.status === 503);

interface Props {
  card: Card;
  keysOn: boolean;
  keys: Record<string, () => void>;
  onRecorded(recorded: Recorded): void;
  onLost(note: string): void;
}

/** One company on the phone: who, what was said, how it ended. */
export function DeskTalk({ card, keysOn, keys, onRecorded, onLost }: Props) {
  const w = useWords(callsWords);
  const { zone } = useActing();
  const { draft, write } = useDraft(card.item);
  const Slot = use(DeskSlotContext);
  const [wants, setWants] = useState(0);
  const [sending, setSending] = useState<{ body: Body; key: string } | null>(null);
  const [away, setAway] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const callback = useRef<HTMLInputElement>(null);
  const noteNow = useRef(draft.note);
  noteNow.current = draft.note;

  const told = (outcome: Outcome): Body => {
    const time = readTime(draft.callbackTime);
    return {
      outcome,
      leaseNo: card.leaseNo,
      reason: draft.reason === '' || (outcome !== 'not_now' && outcome !== 'not_interested') ? null : (draft.reason as (typeof reasons)[number]),
      note: draft.note,
      person: draft.person.name.trim() === '' ? null : { ...draft.person, role: draft.person.role as (typeof contactRoles)[number] },
      callbackAt: outcome === 'call_back' && time !== null && /^\d{4}-\d{2}-\d{2}$/.test(draft.callbackDay) ? instantIn(zone, draft.callbackDay, time) : null,
      callbackMine: draft.callbackMine,
      refuseNumber: draft.refuseNumber,
      objection: draft.objection,
    };
  };
  const send = useCallback(
    async (attempt: { body: Body; key: string }) => {
      try {
        onRecorded(await call(recordOutcome, { params: { item: card.item }, body: attempt.body }, { key: attempt.key }));
      } catch (failed) {
        if (isAway(failed)) {
          setAway(true);
          return;
        }
        setSending(null);
        setAway(false);
        if (failed instanceof Refusal && failed.problem.code === 'lease_lost') onLost(noteNow.current);
        else setError(failed);
      }
    },
    [card.item, onRecorded, onLost],
  );
  const record = (outcome: Outcome) => {
    if (sending !== null) return;
    const body = told(outcome);
    if (outcome === 'call_back' && body.callbackAt === null) {
      setMissing(w.callbackMissing);
      callback.current?.focus();
      return;
    }
    const attempt = { body, key: v4() };
    setMissing(null);
    setError(null);
    setSending(attempt);
    void send(attempt);
  };
  const choose = (outcome: Outcome) => {
    if (outcome === 'wants_contact' && Slot !== null) setWants((before) => before + 1);
    else record(outcome);
  };

  useEffect(() => {
    if (!away || sending === null) return;
    const again = () => void send(sending);
    const timer = setInterval(again, retryEvery);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [away, sending, send]);
  useEffect(() => {
    const renew = () => {
      call(renewLease, { params: { item: card.item }, body: { leaseNo: card.leaseNo } }).catch((failed: unknown) => {
        if (failed instanceof Refusal && failed.problem.code === 'lease_lost') onLost(noteNow.current);
      });
    };
    const timer = setInterval(renew, renewEvery);
    return () => clearInterval(timer);
  }, [card.item, card.leaseNo, onLost]);
  useKeys(keysOn, { ...Object.fromEntries(outcomes.map((outcome, at) => [String(at + 1), () => choose(outcome)])), ...keys, n: () => note.current?.focus() });

  return (
    <>
      {away && (
        <Alert color="yellow" role="alert" icon={<IconWifiOff size={20} stroke={1.75} />} mb="md">
          <Group justify="space-between" gap="xs">
            <Text size="sm">{w.offline}</Text>
            <Button size="xs" onClick={() => sending !== null && void send(sending)}>
              {w.retry}
            </Button>
          </Group>
        </Alert>
      )}
      {error !== null && (
        <Stack mb="md" gap="xs">
          <Text fw={500}>{w.notRecorded}</Text>
          <ErrorNotice error={error} />
        </Stack>
      )}
      <div className={classes.desk}>
        <Stack gap="lg">
          <DeskCard card={card} />
          <SpokenTo draft={draft} write={write} />
        </Stack>
        <Stack gap="md">
          <Textarea
            ref={note}
            label={w.note}
            value={draft.note}
            onChange={(event) => write({ note: event.currentTarget.value })}
            autosize
            minRows={4}
            maxRows={12}
            maxLength={2000}
            description={draft.note === '' ? undefined : w.noteKept}
            inputWrapperOrder={['label', 'input', 'description']}
          />
          <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
            <legend style={{ padding: 0, fontWeight: 500, marginBottom: 8 }}>{w.how}</legend>
            <Stack gap="xs">
              {outcomes.map((outcome, at) => (
                <OutcomeButton
                  key={outcome}
                  outcome={outcome}
                  hint={keysOn ? String(at + 1) : null}
                  card={card}
                  pending={sending !== null}
                  chosen={sending?.body.outcome === outcome || (wants > 0 && outcome === 'wants_contact')}
                  onChoose={() => choose(outcome)}
                />
              ))}
            </Stack>
          </fieldset>
          <Said draft={draft} write={write} missing={missing} callback={callback} />
        </Stack>
        {Slot !== null && <Slot card={card} wants={wants} told={() => told('wants_contact')} onRecorded={onRecorded} recordOnly={() => record('wants_contact')} />}
      </div>
    </>
  );
}

function OutcomeButton({ outcome, hint, card, pending, chosen, onChoose }: { outcome: Outcome; hint: string | null; card: Card; pending: boolean; chosen: boolean; onChoose(): void }) {
  const w = useWords(callsWords);
  const { language } = useLanguage();
  const when = useWhen();
  const means = card.consequences.find((each) => each.outcome === outcome);
  const line = means?.until != null ? w.peace(writtenDay(language, means.until)) : outcome === 'no_answer' ? (means?.nextAt == null ? w.lastAttempt : w.again(when(means.nextAt))) : w.after[outcome];
  return (
    <button type="button" className={classes.outcome} data-chosen={chosen || undefined} disabled={pending} onClick={onChoose}>
      {hint !== null && <kbd className={`${classes.kbd} ${classes.hint}`}>{hint}</kbd>}
      <span style={{ flex: 1 }}>
        <b>{w.outcomes[outcome]}</b>
        {line !== undefined && <small>{line}</small>}
      </span>
      {chosen && <IconCheck size={20} stroke={1.75} aria-hidden="true" />}
    </button>
  );
}

interface SaidProps extends ReturnType<typeof useDraft> {
  missing: string | null;
  callback: React.RefObject<HTMLInputElement | null>;
}

type Writing = ReturnType<typeof useDraft>;

/** Whom they spoke to: the consultant meets that person. */
function SpokenTo({ draft, write }: Writing) {
  const w = useWords(callsWords);
  const shared = useWords(uiWords);
  const roles = useContactRoles();
  const { language } = useLanguage();
  const person = (part: Partial<typeof draft.person>) => write({ person: { ...draft.person, ...part } });
  const optional = (label: string) => `${label} ${shared.optional}`;
  return (
    <Stack gap="xs" component="section" aria-labelledby="spoken-to">
      <Title order={3} id="spoken-to">
        {w.person}
      </Title>
      <div className={classes.pair}>
        <TextInput label={w.personName} value={draft.person.name} onChange={(event) => person({ name: event.currentTarget.value })} autoComplete="off" maxLength={200} />
        <NativeSelect
          label={w.personRole}
          value={draft.person.role}
          onChange={(event) => person({ role: event.currentTarget.value })}
          data={contactRoles.map((value) => ({ value, label: roles[value] ?? value }))}
        />
      </div>
      <TextInput label={optional(w.personEmail)} value={draft.person.email} onChange={(event) => person({ email: event.currentTarget.value })} type="email" autoComplete="off" maxLength={320} />
      <TextInput label={optional(w.personPhone)} value={draft.person.phone} onChange={(event) => person({ phone: event.currentTarget.value })} inputMode="tel" autoComplete="off" maxLength={30} />
      <NativeSelect
        label={w.personLanguage}
        value={draft.person.language}
        onChange={(event) => person({ language: event.currentTarget.value })}
        data={spoken.map((value) => ({ value, label: capital(languageName(language, value)) }))}
      />
    </Stack>
  );
}

interface SaidProps extends Writing {
  missing: string | null;
  callback: React.RefObject<HTMLInputElement | null>;
}

/** What goes with some outcomes: why not, when to call back, and what the company does not want. */
function Said({ draft, write, missing, callback }: SaidProps) {
  const w = useWords(callsWords);
  return (
    <>
      <NativeSelect
        label={w.reason}
        value={draft.reason}
        onChange={(event) => write({ reason: event.currentTarget.value })}
        data={[{ value: '', label: w.noReason }, ...reasons.map((value) => ({ value, label: w.reasons[value] ?? value }))]}
      />
      <Stack gap="xs">
        <DayInput ref={callback} label={w.callbackDay} value={draft.callbackDay} onChange={(callbackDay) => write({ callbackDay })} error={missing ?? undefined} />
        <TextInput label={w.callbackTime} value={draft.callbackTime} onChange={(event) => write({ callbackTime: event.currentTarget.value })} maw={120} autoComplete="off" inputMode="numeric" />
        <Checkbox label={w.callbackMine} checked={draft.callbackMine} onChange={(event) => write({ callbackMine: event.currentTarget.checked })} py={8} />
      </Stack>
      <Stack gap="xs" component="section" aria-labelledby="no-more">
        <Title order={3} id="no-more">
          {w.more}
        </Title>
        <Checkbox label={w.refuseNumber} checked={draft.refuseNumber} onChange={(event) => write({ refuseNumber: event.currentTarget.checked })} py={8} />
        <Checkbox label={w.objection} description={w.objectionHelp} checked={draft.objection} onChange={(event) => write({ objection: event.currentTarget.checked })} py={8} />
      </Stack>
    </>
  );
}
