import { useCallback, useEffect, useState } from 'react';
import { codePattern, readCode } from '../../../../kit/code.ts';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { CodeForm, Question } from '../../../../ui/easy.tsx';
import { capital, longDay, shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { leaveSeat, openCorner, readSeat, takeSeat } from '../contract.ts';
import { tokenLength } from '../rules.ts';
import { cornerPublicWords } from '../words.ts';

type Opened = OutputOf<typeof openCorner>;
type Day = Opened['days'][number];
type Seat = Day['seats'][number];
type Taken = OutputOf<typeof takeSeat>;
type Held = OutputOf<typeof readSeat>;

/** What the address opens, asked for anew whenever `again` is called. What is on the screen stays when that fails: a code is shown only once. */
export function useOpened(token: string) {
  const [opened, setOpened] = useState<{ token: string; it: Opened } | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const whole = codePattern(tokenLength).test(readCode(token));
  const ask = useCallback(async () => {
    const it = await call(openCorner, { body: { token } });
    setOpened({ token, it });
    setRefusal(null);
  }, [token]);
  useEffect(() => {
    setRefusal(null);
    if (whole) ask().catch(setRefusal);
  }, [ask, whole]);
  return { opened: opened?.token === token ? opened.it : null, refusal, whole, again: () => void ask().catch(() => undefined) };
}

const addressHere = () => location.hash.slice(1);

/** Behind the address on the poster: which days, a free time, and a code instead of a name. Nobody signs in here. */
export function EmployeesPage() {
  const w = useWords(cornerPublicWords);
  const problemText = useProblemText();
  const [token, setToken] = useState(addressHere);
  useEffect(() => {
    // The way past the menu (#main) stands in the same place, and is no address.
    const changed = () => codePattern(tokenLength).test(readCode(addressHere())) && setToken(addressHere());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  const { opened, refusal, whole, again } = useOpened(token);
  const gone = refusal instanceof Refusal && refusal.problem.code === 'corner_gone';
  if (!whole || gone) {
    return (
      <Question title={gone ? w.goneTitle : w.codeTitle} first>
        {gone && <p role="alert">{problemText(refusal)}</p>}
        <CodeForm label={w.posterCode} help={w.codeHelp} button={w.goOn} shape={codePattern(tokenLength)} wrong={w.codeWrong} onCode={(code) => (location.hash = code)} />
      </Question>
    );
  }
  if (opened === null) {
    return (
      <Question title={w.title} first>
        {refusal === null ? (
          <p role="status">{w.loading}</p>
        ) : (
          <p className="notice" role="alert">
            {problemText(refusal)}
          </p>
        )}
      </Question>
    );
  }
  if (opened.ended) {
    return (
      <Question title={w.endedTitle} first>
        <p>{w.at(opened.company, opened.place)}</p>
        <p>{w.endedText}</p>
      </Question>
    );
  }
  return <Steps token={token} opened={opened} again={again} />;
}

type Step = { at: 'days' } | { at: 'times'; day: Day } | { at: 'sure'; day: Day; seat: Seat } | { at: 'yours'; taken: Taken } | { at: 'held'; code: string; held: Held } | { at: 'left' };

function Steps({ token, opened, again }: { token: string; opened: Opened; again(): void }) {
  const w = useWords(cornerPublicWords);
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [step, setStep] = useState<Step>({ at: 'days' });
  const [moved, setMoved] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const go = (next: Step) => {
    setError(null);
    setMoved(true);
    setStep(next);
  };
  const send = (work: Promise<Step>) => {
    setBusy(true);
    work.then(go, setError).finally(() => {
      setBusy(false);
      again();
    });
  };
  const clock = (time: string) => shownTime(language, time);
  const dayName = (day: string) => capital(longDay(language, day));
  const whenOf = ({ day, starts, ends }: { day: string; starts: string; ends: string }) => w.dayAt(dayName(day), clock(starts), clock(ends));
  const tooMany = step.at === 'sure' && error instanceof Refusal && error.problem.code === 'too_many_requests';
  const notice = error !== null && (
    <p className="notice" role="alert">
      {tooMany ? w.tooMany : problemText(error)}
    </p>
  );
  const back = (label: string, to: Step) => (
    <button type="button" className="button" onClick={() => go(to)}>
      {label}
    </button>
  );
  if (step.at === 'times' || step.at === 'sure') {
    // As it stands by now: somebody may have been faster.
    const day = opened.days.find((each) => each.day === step.day.day) ?? step.day;
    if (step.at === 'sure') {
      return (
        <Question title={w.sure}>
          <p className="big">{whenOf({ day: day.day, ...step.seat })}</p>
          <p>
            {w.at(opened.company, opened.place)}. {w.meet(day.consultant)}
          </p>
          {notice}
          <div className="choices">
            <button
              type="button"
              className="button first"
              disabled={busy}
              onClick={() => send(call(takeSeat, { body: { token, day: day.day, seat: step.seat.seat } }).then((taken) => ({ at: 'yours', taken })))}
            >
              {w.take}
            </button>
            {back(w.otherTime, { at: 'times', day })}
          </div>
        </Question>
      );
    }
    const free = day.seats.filter((seat) => seat.free);
    return (
      <Question title={w.pickTime}>
        <p className="big">{dayName(day.day)}</p>
        {free.length === 0 ? (
          <p>{w.full}</p>
        ) : (
          <ul className="choices times" aria-label={w.times}>
            {free.map((seat) => (
              <li key={seat.seat}>
                <button type="button" className="button" onClick={() => go({ at: 'sure', day, seat })}>
                  {w.time(clock(seat.starts))}
                </button>
              </li>
            ))}
          </ul>
        )}
        <div className="choices">{back(w.otherDay, { at: 'days' })}</div>
      </Question>
    );
  }
  if (step.at === 'yours') {
    return (
      <Question title={w.yoursTitle}>
        <p className="big">{whenOf(step.taken)}</p>
        <p>{w.at(opened.company, opened.place)}</p>
        <p>{w.yourCode}</p>
        <p className="seat-code">{step.taken.code}</p>
        <p>{w.keep}</p>
        <p>{w.noName}</p>
        <div className="choices">
          <button type="button" className="button first" onClick={() => print()}>
            {w.print}
          </button>
          {back(w.done, { at: 'days' })}
        </div>
      </Question>
    );
  }
  if (step.at === 'held') {
    const { held, code } = step;
    return (
      <Question title={w.yourTime}>
        <p className="big">{whenOf(held)}</p>
        <p>{w.at(opened.company, opened.place)}</p>
        {held.cancelled !== null && <p className="notice">{w.dayCancelled(held.cancelled)}</p>}
        {held.over && <p>{w.over}</p>}
        {notice}
        <div className="choices">
          {!held.over && (
            <button type="button" className="button" disabled={busy} onClick={() => send(call(leaveSeat, { body: { token, code } }).then(() => ({ at: 'left' })))}>
              {w.leave}
            </button>
          )}
          {back(w.back, { at: 'days' })}
        </div>
      </Question>
    );
  }
  if (step.at === 'left') {
    return (
      <Question title={w.yourTime}>
        <p className="notice good" role="status">
          {w.given}
        </p>
        <div className="choices">{back(w.back, { at: 'days' })}</div>
      </Question>
    );
  }
  const booking = opened.seatMinutes !== null;
  return (
    <Question title={w.title} first={!moved}>
      <p className="big">{w.at(opened.company, opened.place)}</p>
      <p>{w.free}</p>
      <p>{w.about}</p>
      <h2>{booking ? w.pick : w.days}</h2>
      {!booking && <p>{w.justCome}</p>}
      {opened.days.length === 0 && <p>{w.none}</p>}
      <ul className="choices days">
        {opened.days.map((day) => {
          const inner = (
            <>
              <b>{dayName(day.day)}</b>
              <span>{w.hours(clock(opened.starts), clock(opened.ends))}</span>
              <span>{day.cancelled === null ? w.meet(day.consultant) : `${w.cancelled}: ${day.cancelled}`}</span>
              {day.cancelled === null && booking && <span>{w.left(day.seats.filter(({ free }) => free).length)}</span>}
            </>
          );
          return (
            <li key={day.day} className={day.cancelled === null ? undefined : 'off'}>
              {booking && day.cancelled === null ? (
                <button type="button" className="button" onClick={() => go({ at: 'times', day })}>
                  {inner}
                </button>
              ) : (
                <div>{inner}</div>
              )}
            </li>
          );
        })}
      </ul>
      {booking && (
        <section>
          <h2>{w.haveCode}</h2>
          {notice}
          <CodeForm label={w.yourCodeLabel} help={w.yourCodeHelp} button={w.seeTime} onCode={(code) => send(call(readSeat, { body: { token, code } }).then((held) => ({ at: 'held', code, held })))} />
        </section>
      )}
    </Question>
  );
}
