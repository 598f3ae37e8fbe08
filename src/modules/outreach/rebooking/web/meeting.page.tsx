import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { dial } from '../../../../ui/figures.ts';
import { capital, dayOf, longDay, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { cancelByLink, type LinkedMeeting, listTimesToMoveTo, moveByLink, openMeetingLink, ringByLink } from '../contract.ts';
import { rebookingWords } from '../words.ts';

type Times = OutputOf<typeof listTimesToMoveTo>;
type Slot = Times['days'][number]['slots'][number];
type Step = { at: 'meeting'; done?: string } | { at: 'times' } | { at: 'sure'; slot: Slot } | { at: 'ring' } | { at: 'cancel' } | { at: 'off' };

/** The company's own meeting, behind the link of its invitation: another time, a call, or none at all. Nobody signs in here. */
export function LinkedMeetingPage() {
  const w = useWords(rebookingWords);
  const [token] = useState(() => location.hash.slice(1));
  const whole = /^[a-z2-7]{32}$/.test(token);
  const [meeting, setMeeting] = useState<LinkedMeeting | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const problemText = useProblemText();
  const read = useCallback(() => call(openMeetingLink, { body: { token } }).then(setMeeting, setRefusal), [token]);
  useEffect(() => {
    if (whole) read();
  }, [whole, read]);
  if (!whole)
    return (
      <Sheet title={w.title} first>
        <p role="alert">{w.noLink}</p>
      </Sheet>
    );
  if (isGone(refusal))
    return (
      <Sheet title={w.goneTitle} first>
        <p role="alert">{w.goneText}</p>
        <AskCentre />
      </Sheet>
    );
  if (meeting === null)
    return (
      <Sheet title={w.title} first>
        {refusal === null ? (
          <p role="status">{w.loading}</p>
        ) : (
          <p className="notice" role="alert">
            {problemText(refusal)}
          </p>
        )}
      </Sheet>
    );
  return <Steps token={token} meeting={meeting} onMeeting={setMeeting} onGone={setRefusal} />;
}

const isGone = (refusal: unknown) => refusal instanceof Refusal && refusal.problem.code === 'meeting_link_gone';

function AskCentre() {
  const w = useWords(rebookingWords);
  return (
    <p>
      <a href="/ask">{w.askCentre}</a>
    </p>
  );
}

/** One thing at a time; after each step the reader begins at its name. */
function Sheet({ title, first = false, children }: { title: string; first?: boolean; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Vejnet`;
    if (!first) heading.current?.focus();
  }, [title, first]);
  return (
    <main className="plain" id="main">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  );
}

function Steps({ token, meeting, onMeeting, onGone }: { token: string; meeting: LinkedMeeting; onMeeting(meeting: LinkedMeeting): void; onGone(refusal: unknown): void }) {
  const w = useWords(rebookingWords);
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [step, setStep] = useState<Step>({ at: 'meeting' });
  const [begun, setBegun] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const go = (next: Step) => {
    setError(null);
    setBegun(true);
    setStep(next);
  };
  /** What another has changed meanwhile is shown as it is now. */
  const refused = (refusal: unknown) => {
    if (isGone(refusal)) return onGone(refusal);
    setError(refusal);
    if (refusal instanceof Refusal && refusal.problem.code === 'meeting_changed') {
      setStep({ at: 'meeting' });
      call(openMeetingLink, { body: { token } }).then(onMeeting, onGone);
    }
    if (refusal instanceof Refusal && refusal.problem.code === 'time_taken') setStep({ at: 'times' });
  };
  const send = (work: Promise<Step>) => {
    setBusy(true);
    work.then(go, refused).finally(() => setBusy(false));
  };
  const when = ({ start, end }: { start: string; end: string }) => w.at(longDay(language, dayOf(meeting.zone, start)), timeOf(language, meeting.zone, start), timeOf(language, meeting.zone, end));
  const [lead] = meeting.who;
  const notice = error !== null && (
    <p className="notice" role="alert">
      {problemText(error)}
    </p>
  );
  const back = (
    <button type="button" className="button" onClick={() => go({ at: 'meeting' })}>
      {w.back}
    </button>
  );
  if (step.at === 'off')
    return (
      <Sheet title={w.cancelled}>
        <p role="status">{w.cancelledText}</p>
        <AskCentre />
      </Sheet>
    );
  if (step.at === 'times')
    return (
      <Sheet title={w.pick}>
        {notice}
        <Picker token={token} meeting={meeting} onPick={(slot) => go({ at: 'sure', slot })} onRefused={refused} />
        <div className="steps">{back}</div>
      </Sheet>
    );
  if (step.at === 'sure')
    return (
      <Sheet title={w.sure}>
        <p className="tally">{capital(when(step.slot))}</p>
        <p>{[w.instead(when(meeting)), w.comesThen(step.slot.consultant)].join(' ')}</p>
        {notice}
        <div className="steps">
          <button
            type="button"
            className="button first"
            disabled={busy}
            onClick={() =>
              send(
                call(moveByLink, { body: { token, version: meeting.version, choice: step.slot.choice } }).then((moved) => {
                  onMeeting(moved);
                  return { at: 'meeting', done: w.moved };
                }),
              )
            }
          >
            {w.move}
          </button>
          <button type="button" className="button" onClick={() => go({ at: 'times' })}>
            {w.back}
          </button>
        </div>
      </Sheet>
    );
  if (step.at === 'ring')
    return (
      <Sheet title={w.ringTitle}>
        <p>{w.ringText}</p>
        {notice}
        <form
          className="panel"
          onSubmit={(event) => {
            event.preventDefault();
            send(
              call(ringByLink, { body: { token, said } }).then((asked) => {
                onMeeting(asked);
                return { at: 'meeting', done: w.rung(lead?.name ?? meeting.centre) };
              }),
            );
          }}
        >
          <label htmlFor="ring-about">
            {w.ringField}
            <textarea id="ring-about" rows={3} value={said} maxLength={1000} onChange={(event) => setSaid(event.currentTarget.value)} />
          </label>
          <div className="steps">
            <button type="submit" className="button first" disabled={busy}>
              {w.ringSend}
            </button>
            {back}
          </div>
        </form>
      </Sheet>
    );
  if (step.at === 'cancel')
    return (
      <Sheet title={w.cancelTitle}>
        <p className="tally">{capital(when(meeting))}</p>
        <p>{w.cancelText}</p>
        {notice}
        <div className="steps">
          <button type="button" className="button first" disabled={busy} onClick={() => send(call(cancelByLink, { body: { token, version: meeting.version } }).then(() => ({ at: 'off' })))}>
            {w.cancelYes}
          </button>
          {back}
        </div>
      </Sheet>
    );
  return (
    <Sheet title={capital(when(meeting))} first={!begun}>
      <div role="status">{step.done !== undefined && <p className="notice good">{step.done}</p>}</div>
      {notice}
      <p>{w.with(meeting.company, meeting.centre)}</p>
      <section aria-labelledby="comes">
        <h2 id="comes">{w.comes}</h2>
        <ul className="contacts">
          {meeting.who.map(({ name, phone, email }) => (
            <li key={email}>
              <b>{name}</b>
              {phone !== null && <a href={dial(phone)}>{phone}</a>}
              <a href={`mailto:${email}`}>{email}</a>
            </li>
          ))}
        </ul>
      </section>
      <section className="read" aria-labelledby="place">
        <h2 id="place">{w.place}</h2>
        <p>{meeting.place}</p>
        {meeting.wishes !== '' && (
          <>
            <h2>{w.wishes}</h2>
            <p style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{meeting.wishes}</p>
          </>
        )}
      </section>
      <section aria-labelledby="change">
        <h2 id="change">{w.change}</h2>
        {meeting.askedAt !== null && step.done === undefined && <p>{w.rung(lead?.name ?? meeting.centre)}</p>}
        <div className="steps">
          <button type="button" className="button first" onClick={() => go({ at: 'times' })}>
            {w.other}
          </button>
          <button type="button" className="button" onClick={() => go({ at: 'ring' })}>
            {w.ring}
          </button>
          <button type="button" className="button" onClick={() => go({ at: 'cancel' })}>
            {w.cancel}
          </button>
        </div>
      </section>
    </Sheet>
  );
}

/** The free times of one week, and the way to the weeks beside it. */
function Picker({ token, meeting, onPick, onRefused }: { token: string; meeting: LinkedMeeting; onPick(slot: Slot): void; onRefused(refusal: unknown): void }) {
  const w = useWords(rebookingWords);
  const { language } = useLanguage();
  const [times, setTimes] = useState<Times | null>(null);
  const [week, setWeek] = useState<string | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a refusal does is another function at every turn
  useEffect(() => {
    call(listTimesToMoveTo, { body: { token, week } }).then(setTimes, onRefused);
  }, [token, week, meeting.version]);
  if (times === null) return <p role="status">{w.loading}</p>;
  if (times.weeks.length === 0) return <p role="status">{w.none}</p>;
  const at = times.weeks.indexOf(times.week);
  const step = (to: string | undefined, label: string) =>
    to !== undefined && (
      <button type="button" className="button" onClick={() => setWeek(to)}>
        {label}
      </button>
    );
  const others = times.days.some(({ slots }) => slots.some(({ same }) => !same));
  return (
    <>
      {others && <p>{w.pickText(meeting.who[0]?.name ?? meeting.centre)}</p>}
      <div role="status">
        <h2 className="week">{w.weekOf(shortDay(language, times.week))}</h2>
      </div>
      {times.days.map(({ day, slots }) => (
        <section key={day} aria-labelledby={`d${day}`}>
          <h3 id={`d${day}`}>{capital(longDay(language, day))}</h3>
          <ul className="hours">
            {slots.map((slot) => (
              <li key={slot.choice}>
                <button type="button" className="button" onClick={() => onPick(slot)}>
                  {timeOf(language, meeting.zone, slot.start)}–{timeOf(language, meeting.zone, slot.end)}
                  {!slot.same && <span>{w.colleague(slot.consultant)}</span>}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <div className="steps">
        {step(times.weeks[at - 1], w.weekBefore)}
        {step(times.weeks[at + 1], w.weekAfter)}
      </div>
    </>
  );
}
