import { IconChevronRight, IconClock, IconDeviceFloppy, IconPencil, IconPhone } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { shiftDay } from '../../kit/calendar-day.ts';
import type { OutputOf } from '../../kit/endpoint.ts';
import { inLanguage } from '../../kit/words.ts';
import { type Brief, listMeetings, readMeeting } from '../../modules/outreach/meetings/contract.ts';
import { finishTask, listTasks } from '../../modules/outreach/tasks/contract.ts';
import { tasksWords } from '../../modules/outreach/tasks/words.ts';
import { listDrafts, listOwedReports, listReports, readDraft, readVisitForm } from '../../modules/outreach/visits/contract.ts';
import { type Kept, keptFrom, type State, stateOf, unsent } from '../../modules/outreach/visits/model.ts';
import { fetchAndKeep, LastFetched, useAnswer, useOwner, useStanding } from '../../modules/outreach/visits/web/answer.tsx';
import { kept as names } from '../../modules/outreach/visits/web/brief.tsx';
import { reaching } from '../../modules/outreach/visits/web/courier.tsx';
import { changeKept, dropAnswers, dropKept, filesOf, keptAnswer, listKept, onDraft } from '../../modules/outreach/visits/web/device.tsx';
import { PhonePage } from '../../modules/outreach/visits/web/frame.tsx';
import { phoneWords } from '../../modules/outreach/visits/words.ts';
import { useActing } from '../../ui/acting.tsx';
import { call } from '../../ui/client.ts';
import { dial, phoneNumber } from '../../ui/figures.ts';
import { capital, dayOf, longDay, shortDay, timeOf } from '../../ui/format.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { inDays } from '../../ui/moments.ts';
import { useProblemText } from '../../ui/problem-words.tsx';
import { shellWords } from '../words.ts';

type Meeting = OutputOf<typeof listMeetings>[number];
const placeOf = ({ place, company }: Meeting) => (company.town === null || place.includes(company.town) ? place : `${place}, ${company.town}`);
const half = 12 * 3_600_000;

/** Briefs, earlier reports and choices of what lies ahead are fetched before anybody needs them; nothing is asked for twice in half a day. */
async function packFor(owner: string, companies: readonly string[], meetings: readonly string[]): Promise<void> {
  const old = async (name: string) => {
    const there = await keptAnswer(owner, name);
    return there === null || Date.now() - Date.parse(there.at) > half;
  };
  for (const meeting of meetings) if (await old(names.meeting(meeting))) await fetchAndKeep(owner, names.meeting(meeting), readMeeting, { params: { meeting } });
  for (const company of new Set(companies)) {
    if (await old(names.earlier(company))) await fetchAndKeep(owner, names.earlier(company), listReports, { query: { company, limit: 3 } });
    if (await old(names.form(company))) await fetchAndKeep(owner, names.form(company), readVisitForm, { query: { company } });
  }
  if (await old(names.form(null))) await fetchAndKeep(owner, names.form(null), readVisitForm, { query: {} });
  const needed = new Set([...meetings.map(names.meeting), ...companies.flatMap((company) => [names.earlier(company), names.form(company)])]);
  await dropAnswers(owner, (name) => /^(meeting|earlier|form) ./.test(name) && !needed.has(name));
}

/** What other devices wrote comes here, and what they sent or threw away goes, as long as nothing of this device is lost. */
async function levelDrafts(owner: string, listed: readonly { id: string; version: number }[]): Promise<void> {
  const here = new Map((await listKept(owner)).map((each) => [each.id, each]));
  for (const { id, version } of listed) {
    const mine = here.get(id);
    if (mine !== undefined && (mine.version >= version || unsent(mine, (await filesOf(owner, id)).length))) continue;
    const there = await reaching(call(readDraft, { params: { draft: id } }));
    await changeKept(owner, id, (now) => (now !== null && unsent(now, 0) ? now : keptFrom(owner, there)));
  }
  for (const mine of here.values())
    if (mine.version > 0 && !listed.some(({ id }) => id === mine.id) && mine.refused === null && !unsent(mine, (await filesOf(owner, mine.id)).length)) await dropKept(owner, mine.id);
}

/** The drafts of this device with how each stands. */
function useDrafts(): (Kept & { state: State })[] {
  const owner = useOwner();
  const [drafts, setDrafts] = useState<(Kept & { state: State })[]>([]);
  const look = useCallback(async () => {
    const all = await listKept(owner);
    const found = await Promise.all(all.map(async (each) => ({ ...each, state: stateOf(each, (await filesOf(owner, each.id)).length) })));
    setDrafts(found.sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1)));
  }, [owner]);
  useEffect(() => {
    look();
    return onDraft(look);
  }, [look]);
  return drafts;
}

/** `packed` says when briefs were fetched for them. */
function Meetings({ meetings, drafts, packed }: { meetings: readonly Meeting[]; drafts: readonly Kept[]; packed: boolean }) {
  const w = useWords(phoneWords);
  const { language } = useLanguage();
  const { zone, today } = useActing();
  const owner = useOwner();
  const [briefs, setBriefs] = useState<Record<string, Brief>>({});
  const now = meetings.filter((meeting) => dayOf(zone, meeting.start) === today);
  const later = meetings.filter((meeting) => dayOf(zone, meeting.start) > today);
  const asked = now.map(({ id }) => id).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked up again when there is more to find
  useEffect(() => {
    Promise.all(
      asked.split(' ').map(async (id) => {
        const there = id === '' ? null : await keptAnswer(owner, names.meeting(id));
        return there === null ? [] : [[id, there.value as Brief] as const];
      }),
    ).then((found) => setBriefs(Object.fromEntries(found.flat())));
  }, [asked, owner, packed]);
  return (
    <>
      {now.map((meeting) => {
        const brief = briefs[meeting.id];
        const number = brief?.contact.phone ?? brief?.company.phone ?? null;
        return (
          <article key={meeting.id} className="visit">
            <p className="when">{capital(w.span(timeOf(language, zone, meeting.start), timeOf(language, zone, meeting.end)))}</p>
            <h2>{meeting.company.name}</h2>
            <p className="small">{[placeOf(meeting), w.drive(meeting.travelMinutes)].join(' · ')}</p>
            {brief !== undefined && <p className="written cut">{brief.said}</p>}
            <div className="acts">
              <a className="button first" href={`/phone/visits/${meeting.id}`}>
                {w.readBrief}
              </a>
              {number !== null && brief !== undefined && (
                <a className="button" href={dial(number)} aria-label={`${w.ringTo(brief.contact.name)}, ${phoneNumber(number)}`}>
                  <IconPhone size={20} stroke={1.75} aria-hidden="true" />
                  {w.ring}
                </a>
              )}
              <a className="button" href={`/phone/reports/${meeting.id}`}>
                <IconPencil size={20} stroke={1.75} aria-hidden="true" />
                {drafts.some(({ id }) => id === meeting.id) ? w.goOn : w.write}
              </a>
            </div>
          </article>
        );
      })}
      <section aria-labelledby="ahead">
        <h2 id="ahead">{w.ahead}</h2>
        {later.length === 0 && <p>{w.noneAhead}</p>}
        <ul className="lines">
          {later.map((meeting) => (
            <li key={meeting.id}>
              <a href={`/phone/visits/${meeting.id}`}>
                <span>
                  <b>{meeting.company.name}</b>
                  <span className="small">{capital(w.dayAt(longDay(language, dayOf(zone, meeting.start)), timeOf(language, zone, meeting.start)))}</span>
                  <span className="small">{placeOf(meeting)}</span>
                </span>
                <IconChevronRight size={20} stroke={1.75} aria-hidden="true" />
              </a>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

const tone: Record<State, string> = { saved: '', here: 'go', waiting: '', conflict: 'warn', refused: 'warn' };

function Drafts({ drafts }: { drafts: readonly (Kept & { state: State })[] }) {
  const w = useWords(phoneWords);
  const { language } = useLanguage();
  if (drafts.length === 0) return null;
  return (
    <section aria-labelledby="drafts">
      <h2 id="drafts">
        {w.drafts} <span className="count">{drafts.length}</span>
      </h2>
      <ul className="lines">
        {drafts.map((draft) => (
          <li key={draft.id}>
            <a href={`/phone/reports/${draft.id}`}>
              <span>
                <b>{draft.company?.name ?? w.noCompany}</b>
                <span className="small">{w.visited(longDay(language, draft.content.visitedOn))}</span>
                <span className={`badge ${tone[draft.state]}`}>
                  {draft.state === 'waiting' || draft.state === 'refused' ? <IconClock size={16} stroke={1.75} aria-hidden="true" /> : <IconDeviceFloppy size={16} stroke={1.75} aria-hidden="true" />}
                  {draft.source === 'mail' && draft.state === 'saved' ? w.fromMail : w.states[draft.state]}
                </span>
              </span>
              <IconChevronRight size={20} stroke={1.75} aria-hidden="true" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Own tasks, each with the button that ends it. */
function Tasks() {
  const w = inLanguage(tasksWords, useLanguage().language);
  const { language } = useLanguage();
  const { today } = useActing();
  const problemText = useProblemText();
  const asked = useAnswer('tasks', listTasks, { query: { whose: 'mine' } });
  const [said, setSaid] = useState('');
  const tasks = asked.data ?? [];
  if (tasks.length === 0 && said === '') return null;
  const finish = (task: (typeof tasks)[number]) =>
    reaching(call(finishTask, { params: { task: task.id }, body: { done: true } }, { version: task.version })).then(
      () => {
        setSaid(w.finished(task.what));
        asked.again();
      },
      (error: unknown) => setSaid(problemText(error)),
    );
  return (
    <section aria-labelledby="tasks">
      <h2 id="tasks">
        {w.todayTitle} {tasks.length > 0 && <span className="count">{tasks.length}</span>}
      </h2>
      <p role="status">{said}</p>
      <ul className="lines">
        {tasks.map((task) => (
          <li key={task.id} className="task">
            <span>
              <b>{task.what}</b>
              <span className="small">{`${task.company.name} · ${task.due < today ? w.late(shortDay(language, task.due)) : w.by(shortDay(language, task.due))}`}</span>
            </span>
            {task.can.finish && (
              <button type="button" className="button" aria-label={w.finishOf(task.what)} onClick={() => finish(task)}>
                {w.finish}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Props {
  name: string;
  onLeave(): void;
}

/** The day of whoever is on the road: visits, what is owed, what waits to be sent, what is to be done. */
export function PhoneTodayPage({ name, onLeave }: Props) {
  const w = useWords(phoneWords);
  const shell = useWords(shellWords);
  const { language, choose } = useLanguage();
  const { zone, today } = useActing();
  const owner = useOwner();
  const { sent } = useStanding();
  const problemText = useProblemText();
  const meetings = useAnswer('meetings', listMeetings, { query: { from: today, to: shiftDay(today, 14), whose: 'mine' } });
  const owed = useAnswer('owed', listOwedReports, {});
  const listed = useAnswer('drafts', listDrafts, {});
  const drafts = useDrafts();
  const [packed, setPacked] = useState(false);
  const ahead = (meetings.data ?? []).filter(({ state, start }) => state === 'booked' && dayOf(zone, start) >= today);
  const still = (owed.data ?? []).filter(({ meeting }) => !sent.has(meeting));
  const fresh = meetings.error === null && owed.error === null && listed.error === null;
  useEffect(() => {
    if (!fresh || meetings.data === undefined || owed.data === undefined || listed.data === undefined) return;
    const booked = meetings.data.filter(({ state }) => state === 'booked');
    const about = [...booked.map(({ company }) => company.id), ...owed.data.map(({ company }) => company.id), ...listed.data.flatMap(({ company }) => (company === null ? [] : [company.id]))];
    const visits = [...booked.map(({ id }) => id), ...owed.data.map(({ meeting }) => meeting), ...listed.data.flatMap(({ meeting }) => meeting ?? [])];
    // What fails is tried when the page is next opened; until then what is here stands.
    levelDrafts(owner, listed.data)
      .then(() => packFor(owner, about, [...new Set(visits)]))
      .then(() => setPacked(true))
      .catch(() => undefined);
  }, [fresh, meetings.data, owed.data, listed.data, owner]);
  const hour = new Date().getHours();
  const greeting = hour < 10 ? shell.goodMorning : hour < 18 ? shell.goodDay : shell.goodEvening;
  const visits = ahead.filter(({ start }) => dayOf(zone, start) === today).length;
  return (
    <PhonePage
      home
      title={`${greeting}, ${name.split(' ')[0]}`}
      sub={meetings.data === undefined ? `${capital(longDay(language, today))}.` : w.todayLead(capital(longDay(language, today)), visits)}
      kept={w.keeps}
    >
      {meetings.data === undefined && meetings.error !== null && <p role="alert">{problemText(meetings.error)}</p>}
      <Meetings meetings={ahead} drafts={drafts} packed={packed} />
      <section aria-labelledby="owed">
        <h2 id="owed">
          {w.owed} {still.length > 0 && <span className="count">{still.length}</span>}
        </h2>
        {still.length === 0 && <p>{w.owedNone}</p>}
        <ul className="lines">
          {still.map((each) => (
            <li key={each.meeting}>
              <a href={`/phone/reports/${each.meeting}`}>
                <span>
                  <b>{each.company.name}</b>
                  <span className="small">{`${w.visited(longDay(language, dayOf(zone, each.endedAt)))}, ${inDays(language, today, dayOf(zone, each.endedAt))}`}</span>
                </span>
                <IconChevronRight size={20} stroke={1.75} aria-hidden="true" />
              </a>
            </li>
          ))}
        </ul>
      </section>
      <Drafts drafts={drafts} />
      <a className="button big" href="/phone/reports/new">
        <IconPencil size={20} stroke={1.75} aria-hidden="true" />
        {w.loose}
      </a>
      <Tasks />
      <footer className="foot">
        <p className="small">{w.keeps}</p>
        <LastFetched at={meetings.at} error={meetings.error} />
        <div className="row">
          <a href="/">{w.whole}</a>
          <button type="button" className="quiet" lang={language === 'da' ? 'en' : 'da'} onClick={() => choose(language === 'da' ? 'en' : 'da')}>
            {w.other}
          </button>
          <button type="button" className="quiet" onClick={onLeave}>
            {w.signOut}
          </button>
        </div>
        <div className="row small">
          <a href="/accessibility">{shell.accessibility}</a>
        </div>
      </footer>
    </PhonePage>
  );
}
