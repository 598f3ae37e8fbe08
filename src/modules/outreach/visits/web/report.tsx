import { IconCheck, IconClock } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { dayOf, longDay, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { type Brief, readMeeting } from '../../meetings/contract.ts';
import { type Content, type Draft, readDraft, readVisitForm, removeDraft } from '../contract.ts';
import { contentOf, emptyContent, type Kept, keptFrom } from '../model.ts';
import { offerFaults, sendingFaults, tidy } from '../rules.ts';
import { phoneWords } from '../words.ts';
import { fetchAndKeep, useAnswer, useOwner, useStanding } from './answer.tsx';
import { kept as names } from './brief.tsx';
import { Conflict } from './conflict.tsx';
import { carryAll, carrySoon, reaching, readStanding } from './courier.tsx';
import { changeKept, dropKept, keptAnswer, onDraft, readKept } from './device.tsx';
import { FilesPart } from './files-part.tsx';
import { FindCompany } from './find-company.tsx';
import { Nothing, PhonePage } from './frame.tsx';
import { FromMail } from './from-mail.tsx';
import { BarriersPart, EffortPart, type Form, fieldId, KindPart, NeedsPart, NotePart, OffersPart, PeoplePart, StepsPart, TopicsPart } from './report-parts.tsx';

type Company = Draft['company'];
interface Begun {
  kept: Kept;
  meeting: Brief | null;
}
/** Numbers that the device makes itself are random; those of meetings come from the server and bear their time. */
const isLoose = (id: string) => id[14] === '4';

/** The brief as it is kept, else as the server says. */
async function briefOf(owner: string, id: string): Promise<Brief> {
  const known = await keptAnswer(owner, names.meeting(id));
  if (known !== null) return known.value as Brief;
  return (await fetchAndKeep(owner, names.meeting(id), readMeeting, { params: { meeting: id } })).value;
}

/** The draft on this device first, then the one on the server, then the meeting of this number, then an empty one. */
function useBegun(id: string, made: boolean, roles: Record<string, string>) {
  const owner = useOwner();
  const { zone, today, schoolId } = useActing();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun once; what is on the screen is not begun again when coverage comes or the language changes
  const load = useCallback(
    async (onLater: (found: Begun) => void): Promise<Begun> => {
      const here = await readKept(owner, id);
      if (here !== null) {
        const about = here.content.meeting;
        return { kept: here, meeting: about === null ? null : (((await keptAnswer(owner, names.meeting(about)))?.value as Brief | undefined) ?? null) };
      }
      const fresh = (content: Content, company: Company): Kept => ({ ...keptFrom(owner, { id: id as Draft['id'], source: 'written', content, company, files: [], writtenAt: '', version: 0 }) });
      const ofMeeting = async (meeting: Brief): Promise<Begun> => {
        const form = (await keptAnswer(owner, names.form(meeting.company.id)))?.value as Form | undefined;
        const way = form?.schools.find((school) => school.id === schoolId)?.km ?? null;
        const day = dayOf(zone, meeting.start);
        const contact = { ...meeting.contact, role: roles[meeting.contact.role] ?? meeting.contact.role };
        const content = contentOf({ ...meeting, contact }, day > today ? today : day, way === null ? null : 2 * way);
        return { kept: fresh(content, { id: meeting.company.id, name: meeting.company.name, town: meeting.company.town }), meeting };
      };
      const there = async (): Promise<Begun | null> => {
        try {
          const draft = await reaching(call(readDraft, { params: { draft: id } }));
          return { kept: keptFrom(owner, draft), meeting: draft.content.meeting === null ? null : await briefOf(owner, draft.content.meeting).catch(() => null) };
        } catch (refused) {
          if (refused instanceof Refusal && refused.problem.status === 404) return null;
          throw refused;
        }
      };
      // What can be begun at once is; what another device wrote follows, unless somebody writes here by then: the two are laid side by side later.
      const known = (await keptAnswer(owner, names.meeting(id)))?.value as Brief | undefined;
      if (made || known !== undefined) {
        const later = async () => {
          const found = await there();
          if (found !== null && (await readKept(owner, id)) === null) onLater(found);
        };
        if (!made) later().catch(() => undefined);
        return known === undefined ? { kept: fresh(emptyContent(today), null), meeting: null } : ofMeeting(known);
      }
      try {
        const found = await there();
        if (found !== null) return found;
      } catch (refused) {
        if (!isLoose(id)) throw refused;
      }
      return isLoose(id) ? { kept: fresh(emptyContent(today), null), meeting: null } : ofMeeting(await briefOf(owner, id));
    },
    [owner, id],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: tries asks again
  useEffect(() => {
    let gone = false;
    const found = (each: Begun) => !gone && setBegun(each);
    load(found).then(found, (refused: unknown) => !gone && setError(refused));
    return () => {
      gone = true;
    };
  }, [load, tries]);
  const again = () => {
    setError(null);
    setTries(tries + 1);
  };
  return { begun, error, again };
}

interface PageProps {
  draft: string;
  /** The number was made a moment ago: nobody else has it. */
  made: boolean;
  roles: Record<string, string>;
  go(to: string): void;
}

export function ReportPage({ draft, made, roles, go }: PageProps) {
  const w = useWords(phoneWords);
  const { sent } = useStanding();
  const { begun, error, again } = useBegun(draft, made, roles);
  const report = sent.get(draft);
  if (report !== undefined)
    return (
      <PhonePage key="sent" title={w.sentTitle} arrive>
        <p role="status">
          <IconCheck size={20} stroke={2} aria-hidden="true" /> {w.sentText(report.company.name)}
        </p>
        <div className="stack">
          <a className="button first big" href="/phone">
            {w.toToday}
          </a>
          <a className="button big" href={`/reports/${report.id}`}>
            {w.readIt}
          </a>
        </div>
      </PhonePage>
    );
  if (error !== null) {
    const gone = error instanceof Refusal && error.problem.status === 404;
    return (
      <Nothing title={gone ? w.notFound : w.notHere} text={gone ? w.notFoundText : w.notHereText}>
        {!gone && (
          <button type="button" className="button" onClick={again}>
            {w.tryAgain}
          </button>
        )}
        <a className="button" href="/phone/reports/new">
          {w.loose}
        </a>
      </Nothing>
    );
  }
  if (begun === null) return <PhonePage title={w.report}>{null}</PhonePage>;
  return <Report key={`${draft} ${begun.kept.version}`} {...begun} go={go} />;
}

interface Complaint {
  path: string;
  text: string;
}

function useFaults() {
  const w = useWords(phoneWords);
  return (path: string): Complaint => {
    const [field = '', , within] = path.split('.');
    const text =
      field === 'company'
        ? w.faults.company
        : field === 'about'
          ? w.faults.about
          : field === 'visitedOn'
            ? w.faults.visitedOn
            : field === 'offers'
              ? w.faults.offers
              : field === 'nextSteps' && within === 'due'
                ? w.faults.due
                : w.faults.other(w.parts[field as keyof typeof w.parts] ?? field);
    return { path, text };
  };
}

/** Saves what is written at every key and once more when the page is left; other pages of this device follow. */
function useWriting(first: Kept) {
  const { owner, id } = first;
  const [state, setState] = useState(first);
  const shown = useRef(first);
  const unsaved = useRef<Kept | null>(null);
  const written = useRef(0);
  // While a word is on its way into the device's memory, what is read from there is older than the screen.
  const saving = useRef(0);
  const flush = useCallback(async () => {
    const writing = unsaved.current;
    if (writing === null) return;
    unsaved.current = null;
    saving.current += 1;
    // Without coverage the browser is asked not to make room with what is only here.
    if (!readStanding().reach) navigator.storage?.persist?.().catch(() => undefined);
    // What the server said meanwhile stays; only the text and what was chosen is ours.
    const kept = await changeKept(owner, id, (now) => ({
      ...(now ?? writing),
      content: writing.content,
      company: writing.company,
      savedAt: writing.savedAt,
      waitingSince: writing.waitingSince,
      refused: writing.refused,
      edited: (now?.edited ?? 0) + 1,
    })).finally(() => {
      saving.current -= 1;
    });
    if (kept !== null && unsaved.current === null && saving.current === 0) {
      shown.current = kept;
      setState(kept);
    }
    carrySoon();
  }, [owner, id]);
  const write = useCallback(
    (patch: Partial<Kept>) => {
      written.current += 1;
      const next = { ...shown.current, ...patch, savedAt: new Date().toISOString(), edited: shown.current.edited + 1 };
      shown.current = next;
      unsaved.current = next;
      setState(next);
      void flush();
    },
    [flush],
  );
  /** How far it is may be known later than who was met. It is put there as long as nobody has written a word, and is no word itself. */
  const wayKnown = useCallback((km: number) => {
    const now = shown.current;
    if (now.edited > 0 || now.version > 0 || now.content.meeting === null || now.content.km !== null) return;
    shown.current = { ...now, content: { ...now.content, km } };
    setState(shown.current);
  }, []);
  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && void flush();
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', flush);
    const stop = onDraft(async (changed) => {
      const at = written.current;
      if (changed !== id || unsaved.current !== null || saving.current > 0) return;
      const now = await readKept(owner, id);
      if (now === null || written.current !== at || saving.current > 0) return; // a key was pressed meanwhile
      shown.current = now;
      setState(now);
    });
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', flush);
      stop();
      flush();
    };
  }, [flush, owner, id]);
  const change = useCallback((patch: Partial<Content>) => write({ content: { ...shown.current.content, ...patch }, refused: null }), [write]);
  return { state, write, change, flush, wayKnown };
}

function StepLine({ content }: { content: Content }) {
  const w = useWords(phoneWords);
  const said = (text: string) => text.trim() !== '';
  const steps = [
    { id: 'needs', word: w.steps.needs, done: content.needs.some(({ what }) => said(what)) },
    { id: 'offers', word: w.steps.offers, done: content.offers.some(({ what }) => said(what)) },
    { id: 'agreed', word: w.steps.agreed, done: said(content.about) || said(content.agreed) },
    { id: 'next', word: w.steps.next, done: content.nextSteps.some(({ what }) => said(what)) },
  ];
  const at = steps.findIndex(({ done }) => !done);
  return (
    <nav aria-label={w.fourSteps}>
      <ol className="steps">
        {steps.map((step, place) => (
          <li key={step.id} className={step.done ? 'done' : undefined}>
            <a href={`#${step.id}`} aria-current={place === at ? 'step' : undefined}>
              {step.word}
              {step.done && (
                <>
                  <IconCheck size={14} stroke={2} aria-hidden="true" />
                  <span className="hidden">{w.stepDone}</span>
                </>
              )}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Report({ kept: first, meeting, go }: Begun & { go(to: string): void }) {
  const w = useWords(phoneWords);
  const { language } = useLanguage();
  const { zone, today, schoolId } = useActing();
  const { reach, signedOut } = useStanding();
  const problemText = useProblemText();
  const complaint = useFaults();
  const { state, write, change, flush, wayKnown } = useWriting(first);
  const { content } = state;
  const form = useAnswer(names.form(content.company), readVisitForm, { query: content.company === null ? {} : { company: content.company } }).data;
  const [complaints, setComplaints] = useState<Complaint[]>([]);
  const summary = useRef<HTMLDivElement>(null);
  const way = useMemo(() => {
    const km = form?.schools.find(({ id }) => id === schoolId)?.km ?? null;
    return km === null ? null : 2 * km;
  }, [form, schoolId]);
  useEffect(() => {
    if (way !== null) wayKnown(way);
  }, [way, wayKnown]);

  const complain = (paths: string[]) => {
    setComplaints(paths.map(complaint));
    requestAnimationFrame(() => summary.current?.focus());
  };
  const send = async () => {
    const clean = tidy(content) as Content;
    const faults = [...offerFaults(clean), ...sendingFaults(clean), ...(clean.visitedOn > today ? [{ path: ['visitedOn'], code: 'ahead' }] : [])];
    write({ content: clean, refused: null, waitingSince: faults.length === 0 ? new Date().toISOString() : null });
    await flush();
    if (faults.length > 0) return complain([...new Set(faults.map(({ path }) => path.join('.')))]);
    setComplaints([]);
    await carryAll();
  };
  const { refused } = state;
  const objection = refused === null ? null : JSON.stringify(refused);
  // The server’s own objections lead to their fields too, and are read out like ours.
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when it comes
  useEffect(() => {
    if (refused === null) return;
    setComplaints((refused.fields ?? []).map(({ path }) => complaint(path)));
    requestAnimationFrame(() => summary.current?.focus());
  }, [objection]);
  const throwAway = async () => {
    await flush();
    if (state.version > 0) await reaching(call(removeDraft, { params: { draft: state.id } })).catch(() => undefined); // gone already, or it comes back from there: then it is thrown away there
    await dropKept(state.owner, state.id);
    go('/phone');
  };

  const when = meeting === null ? longDay(language, content.visitedOn) : w.dayAt(shortDay(language, dayOf(zone, meeting.start)), timeOf(language, zone, meeting.start));
  const sub = [state.company?.name, when].filter(Boolean).join(', ');
  const time = state.edited === 0 && state.savedAt === '' ? null : timeOf(language, zone, state.savedAt);
  const keptLine = time === null ? null : w.keptAt(time);

  if (state.theirs !== null) {
    const { theirs } = state;
    return (
      <PhonePage key="conflict" arrive title={w.report} sub={sub} kept={keptLine}>
        <Conflict
          mine={state}
          theirs={theirs}
          form={form}
          onDone={async (merged, company) => {
            await changeKept(state.owner, state.id, (now) => now && { ...now, theirs: null, version: theirs.version, files: theirs.files, tried: null });
            write({ content: merged, company, theirs: null, version: theirs.version, files: theirs.files });
            await flush();
            window.scrollTo(0, 0);
          }}
        />
      </PhonePage>
    );
  }
  if (state.waitingSince !== null)
    return (
      <PhonePage key="waiting" arrive title={w.report} sub={sub} kept={keptLine}>
        <section className="note" role="status">
          <h2>
            <IconClock size={20} stroke={1.75} aria-hidden="true" /> {reach && !signedOut ? w.sending : w.waitingTitle}
          </h2>
          <p>{w.waitingText}</p>
        </section>
        <div className="stack">
          <a className="button first big" href="/phone">
            {w.toToday}
          </a>
          <button type="button" className="button big" onClick={() => write({ waitingSince: null })}>
            {w.change}
          </button>
        </div>
      </PhonePage>
    );

  const doing = refused === null ? null : (w.refusedDo[refused.code as keyof typeof w.refusedDo] ?? w.refusedDo.other);
  const about = refused?.about?.report;
  return (
    <PhonePage key="form" title={w.report} sub={sub} kept={keptLine}>
      <form
        className="report"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <StepLine content={content} />
        {(refused !== null || complaints.length > 0) && (
          <div className="summary" role="alert" tabIndex={-1} ref={summary}>
            <h2>{w.notSent}</h2>
            {refused !== null && refused.code !== 'invalid' && <p>{`${problemText(new Refusal(refused))} ${doing}`}</p>}
            {complaints.length > 0 && <p>{w.needsFixing(complaints.length)}</p>}
            <ul>
              {complaints.map(({ path, text }) => (
                <li key={path}>
                  <a
                    href={`#${fieldId(path)}`}
                    onClick={(event) => {
                      event.preventDefault();
                      document.getElementById(fieldId(path))?.focus();
                    }}
                  >
                    {text}
                  </a>
                </li>
              ))}
              {typeof about === 'string' && (
                <li>
                  <a href={`/reports/${about}`}>{w.readIt}</a>
                </li>
              )}
            </ul>
            {(refused?.code === 'not_your_meeting' || refused?.code === 'meeting_reported') && (
              <button type="button" className="button" onClick={() => change({ meeting: null })}>
                {w.withoutMeeting}
              </button>
            )}
          </div>
        )}
        <FromMail draft={state} onChoose={(company, meeting) => write({ company, content: { ...content, company: company.id, meeting: meeting as Content['meeting'] }, refused: null })} />
        <p className="small">{w.readers}</p>
        <FindCompany
          company={state.company}
          fixed={content.meeting !== null}
          onPick={(company) => write({ company, content: { ...content, company: company === null ? null : (company.id as Content['company']) }, refused: null })}
        />
        {content.meeting === null && (
          <label className="field short" htmlFor={fieldId('visitedOn')}>
            <span>{w.day}</span>
            <input id={fieldId('visitedOn')} type="date" max={today} value={content.visitedOn} onChange={(event) => event.target.value !== '' && change({ visitedOn: event.target.value })} />
          </label>
        )}
        <KindPart content={content} change={change} />
        <TopicsPart content={content} change={change} />
        <NeedsPart content={content} change={change} />
        <OffersPart content={content} change={change} form={form} />
        <PeoplePart content={content} change={change} />
        <section id="agreed">
          <h2>
            <label htmlFor={fieldId('about')}>{w.about}</label>
          </h2>
          <textarea id={fieldId('about')} rows={3} maxLength={4000} value={content.about} onChange={(event) => change({ about: event.target.value })} />
          <h2>
            <label htmlFor={fieldId('agreed')}>{w.agreed}</label>
          </h2>
          <textarea id={fieldId('agreed')} rows={3} maxLength={4000} value={content.agreed} onChange={(event) => change({ agreed: event.target.value })} />
        </section>
        <BarriersPart content={content} change={change} />
        <label className="field" htmlFor={fieldId('partner')}>
          <span>{`${w.partner} ${w.optional}`}</span>
          <span className="small" id="partner-help">
            {w.partnerHelp}
          </span>
          <input id={fieldId('partner')} aria-describedby="partner-help" autoComplete="off" maxLength={200} value={content.partner} onChange={(event) => change({ partner: event.target.value })} />
        </label>
        <StepsPart content={content} change={change} form={form} />
        <EffortPart content={content} change={change} way={way} />
        {schoolId !== null && <NotePart content={content} change={change} />}
        <FilesPart
          draft={state.id}
          there={state.files}
          begin={async () => {
            write({});
            await flush();
          }}
        />
        {(state.edited > 0 || state.version > 0) && (
          <button type="button" className="quiet away" onClick={throwAway}>
            {w.throwAway}
          </button>
        )}
        <footer className="act">
          <button type="submit" className="button first big">
            {reach ? w.send : w.sendLater}
          </button>
          <p className="small" role="status">
            {!reach ? w.once : time === null ? '' : state.edited === state.synced ? w.keptThere(time) : w.keptHere(time)}
          </p>
        </footer>
      </form>
    </PhonePage>
  );
}
