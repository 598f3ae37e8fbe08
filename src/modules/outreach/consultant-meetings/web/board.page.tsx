import { Alert, Badge, Button, Checkbox, Group, Kbd, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { reading, refresh } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { useNeedFacts } from '../../../companies/needs/web/public.tsx';
import { addTask, listTasks, type TaskListed } from '../../tasks/contract.ts';
import { AddTask } from '../../tasks/web/public.tsx';
import { addMinute, beginConsultantMeeting, closeConsultantMeeting, discussReport, listConsultantMeetings, type MeetingSheet, readConsultantMeeting, removeMinute, setPresence } from '../contract.ts';
import { consultantMeetingsWords } from '../words.ts';
import classes from './board.module.css';
import { BoardTask } from './board-task.tsx';
import { useWhen } from './meeting-state.tsx';

type Report = MeetingSheet['reports'][number];
type Step = { key: string; label: string } & ({ kind: 'agenda' | 'unowned' | 'companies' | 'learning' | 'close' } | { kind: 'report'; report: Report; at: number });

const nobodys = ({ owner, byCompany, doneAt }: TaskListed) => owner === null && !byCompany && doneAt === null;

/** The shared screen of a meeting: everybody looks at one thing at a time, and what is said is written down at once (row 2.26). */
export function BoardPage() {
  const w = useWords(consultantMeetingsWords);
  const { meeting } = useParams({ strict: false }) as { meeting: string };
  // Schools take and decline from their own machines as well; the screen follows.
  const asked = useQuery({ ...reading(readConsultantMeeting, { params: { meeting } }), refetchInterval: 5_000 });
  return (
    <FetchedPage asked={asked} title={w.board}>
      {(found) => <Board key={found.id} meeting={found} />}
    </FetchedPage>
  );
}

function useSteps(meeting: MeetingSheet): Step[] {
  const w = useWords(consultantMeetingsWords);
  const ordinary = meeting.kind === 'ordinary';
  return [
    { kind: 'agenda', key: 'agenda', label: w.steps.agenda },
    ...meeting.reports.map((report, at): Step => ({ kind: 'report', key: report.id, label: report.company.name, report, at })),
    ...(ordinary
      ? ([
          { kind: 'unowned', key: 'unowned', label: w.steps.unowned },
          { kind: 'companies', key: 'companies', label: w.steps.companies },
        ] as const)
      : []),
    { kind: 'learning', key: 'learning', label: w.steps.learning },
    { kind: 'close', key: 'close', label: w.steps.close },
  ];
}

function Board({ meeting }: { meeting: MeetingSheet }) {
  const w = useWords(consultantMeetingsWords);
  const when = useWhen();
  const steps = useSteps(meeting);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { step: asked } = useSearch({ strict: false }) as { step?: string };
  const at = Math.max(
    0,
    steps.findIndex(({ key }) => key === asked),
  );
  const step = steps[at] as Step;
  const heading = useRef<HTMLHeadingElement>(null);
  const line = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<unknown>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [keys, setKeys] = useState(false);
  const running = meeting.begunAt !== null && meeting.closedAt === null;
  const runs = meeting.can.run && meeting.closedAt === null;
  const keep = (sheet: MeetingSheet) => queries.setQueryData(reading(readConsultantMeeting, { params: { meeting: meeting.id } }).queryKey, sheet);
  const act = (done: Promise<MeetingSheet>) =>
    done.then((sheet) => {
      setError(null);
      keep(sheet);
    }, setError);
  const go = (to: number) => {
    const next = steps[to];
    if (next === undefined) return;
    setSaid(null);
    void navigate({ to: '.', search: { step: next.key } as never, replace: true });
    // The reader follows to the new name, once it stands there.
    setTimeout(() => heading.current?.focus());
  };
  const { today } = useActing();
  const split = async (report: Report, need: Report['needs'][number]) => {
    try {
      await call(addTask, {
        body: { company: report.company.id as never, what: need.what, due: shiftDay(today, 14), owner: null, need: need.id, report: report.id as never, meeting: meeting.id },
      });
      setError(null);
      setSaid(w.splitDone(need.what));
    } catch (refused) {
      setError(refused);
    }
    await refresh(queries, readConsultantMeeting, listTasks);
  };
  const shown = step.kind === 'report' ? step.report : null;
  const toTable = running && runs && shown !== null && shown.discussedAt === null ? shown.id : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a report comes to the table once, when it is shown
  useEffect(() => {
    if (toTable !== null) void act(call(discussReport, { params: { meeting: meeting.id, report: toTable } }));
  }, [toTable]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || document.querySelector('[role="dialog"]') !== null)
        return;
      const need = shown?.needs[Number(event.key) - 1];
      if (event.key === 'ArrowRight' || event.key === 'j') go(at + 1);
      else if (event.key === 'ArrowLeft' || event.key === 'k') go(at - 1);
      else if (event.key === 'n') line.current?.focus();
      else if (event.key === '?') setKeys((before) => !before);
      else if (running && runs && shown !== null && need !== undefined) void split(shown, need);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
  const begin = runs && !running && (
    <Button variant="filled" size="md" onClick={() => act(call(beginConsultantMeeting, { params: { meeting: meeting.id } }))}>
      {w.begin}
    </Button>
  );
  return (
    <Page
      title={w.board}
      lead={`${when(meeting)} · ${w.hostedBy(meeting.host?.name ?? w.centre)}`}
      path={<PathLink to={`/consultant-meetings/${meeting.id}`}>{meeting.title}</PathLink>}
      action={begin || undefined}
    >
      <div className={classes.board}>
        {begin && (
          <Text c="dimmed" mb="md">
            {w.beginHelp}
          </Text>
        )}
        <nav aria-label={w.agenda}>
          <ol className={classes.steps}>
            {steps.map(({ key, label, ...rest }, index) => (
              <li key={key}>
                <Button size="sm" variant={index === at ? 'light' : 'subtle'} aria-current={index === at ? 'step' : undefined} onClick={() => go(index)}>
                  {label}
                  {rest.kind === 'report' && rest.report.discussedAt !== null && <IconCheck size={16} stroke={1.75} aria-label={w.discussed} style={{ marginInlineStart: 6 }} />}
                </Button>
              </li>
            ))}
          </ol>
        </nav>
        <div className={classes.columns}>
          <div>
            <Stack gap="md">
              {error !== null && <ErrorNotice error={error} />}
              <div role="status">{said !== null && <Text size="sm">{said}</Text>}</div>
              <Shown step={step} meeting={meeting} heading={heading} running={running} runs={runs} of={meeting.reports.length} onSplit={split} onAct={act} />
            </Stack>
            <div className={classes.foot}>
              {at > 0 && (
                <Button size="md" onClick={() => go(at - 1)}>
                  {w.previous}
                </Button>
              )}
              {at < steps.length - 1 && (
                <Button size="md" variant="filled" onClick={() => go(at + 1)}>
                  {w.next}
                </Button>
              )}
              <Text size="sm" c="dimmed">
                {w.step(at + 1, steps.length)}
              </Text>
              <Button size="xs" variant="subtle" aria-expanded={keys} onClick={() => setKeys((before) => !before)}>
                {w.keysShow} <Kbd ml={8}>?</Kbd>
              </Button>
            </div>
            {keys && (
              <Alert title={w.keys} mt="md" color="gray">
                <ul style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
                  {w.keysText.map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
                <Text size="sm">{w.keysOff}</Text>
              </Alert>
            )}
          </div>
          <Writing meeting={meeting} report={shown} line={line} runs={runs} onAct={act} />
        </div>
      </div>
    </Page>
  );
}

interface Looking {
  step: Step;
  meeting: MeetingSheet;
  heading: RefObject<HTMLHeadingElement | null>;
  running: boolean;
  runs: boolean;
  of: number;
  onSplit(report: Report, need: Report['needs'][number]): Promise<void>;
  onAct(done: Promise<MeetingSheet>): Promise<void>;
}

function Shown({ step, meeting, heading, running, runs, of, onSplit, onAct }: Looking) {
  const w = useWords(consultantMeetingsWords);
  const name = (text: string) => (
    <Title order={2} ref={heading} tabIndex={-1}>
      {text}
    </Title>
  );
  if (step.kind === 'report') return <OnTable report={step.report} at={step.at} of={of} meeting={meeting} heading={heading} mayWrite={running && runs} onSplit={onSplit} />;
  if (step.kind === 'agenda') return <Welcome meeting={meeting} runs={runs} name={name(w.present)} onAct={onAct} />;
  if (step.kind === 'unowned') {
    const nobody = [...meeting.tasks.filter(nobodys), ...meeting.unowned];
    return (
      <>
        {name(w.unownedTitle)}
        {nobody.length === 0 && <Text c="dimmed">{w.unownedNone}</Text>}
        {!running && meeting.unowned.length > 0 && <Text c="dimmed">{w.othersWait}</Text>}
        <Tasks tasks={nobody} people={meeting.people} />
        <Title order={3}>{w.lateTitle}</Title>
        {meeting.late.length === 0 && <Text c="dimmed">{w.lateNone}</Text>}
        <Tasks tasks={meeting.late} people={meeting.people} />
      </>
    );
  }
  if (step.kind === 'companies')
    return (
      <>
        {name(w.companiesTitle)}
        {meeting.withoutContact.length === 0 ? (
          <Text c="dimmed">{w.companiesNone}</Text>
        ) : (
          <Ruled>
            {meeting.withoutContact.map(({ id, name: company, town, left }) => (
              <Rule key={id}>
                <div>
                  <NameLink to={`/companies/${id}`}>{company}</NameLink>
                  <Text size="sm" c="dimmed">
                    {[town, left ? w.companyLeft : w.companyNobody].filter(Boolean).join(' · ')}
                  </Text>
                </div>
              </Rule>
            ))}
          </Ruled>
        )}
      </>
    );
  if (step.kind === 'learning') {
    const learning = meeting.items.filter((item) => item.learning);
    return (
      <>
        {name(w.learningTitle)}
        {learning.length === 0 ? <Text c="dimmed">{w.itemsNone}</Text> : <Spoken items={learning} />}
      </>
    );
  }
  return <Close meeting={meeting} runs={runs} name={name(w.closeTitle)} />;
}

function Spoken({ items }: { items: MeetingSheet['items'] }) {
  const w = useWords(consultantMeetingsWords);
  return (
    <Ruled>
      {items.map(({ id, text, by }) => (
        <Rule key={id}>
          <div>
            <Text>{text}</Text>
            <Text size="sm" c="dimmed">
              {w.itemBy(by)}
            </Text>
          </div>
        </Rule>
      ))}
    </Ruled>
  );
}

const Tasks = ({ tasks, people }: { tasks: readonly TaskListed[]; people: MeetingSheet['people'] }) => (
  <>
    {tasks.map((task) => (
      <div key={task.id} className={classes.need}>
        <BoardTask task={task} people={people} company />
      </div>
    ))}
  </>
);

/** Who is here, what the host shows, and what people want to talk about. */
function Welcome({ meeting, runs, name, onAct }: { meeting: MeetingSheet; runs: boolean; name: React.ReactNode; onAct: Looking['onAct'] }) {
  const w = useWords(consultantMeetingsWords);
  const talk = meeting.items.filter((item) => !item.learning);
  return (
    <>
      {name}
      <div className={classes.people}>
        {meeting.people.map(({ id, name: person, school, present }) => (
          <Checkbox
            key={id}
            size="md"
            label={[person, school].filter(Boolean).join(', ')}
            checked={present}
            disabled={!runs}
            onChange={(event) => onAct(call(setPresence, { params: { meeting: meeting.id, person: id }, body: { present: event.currentTarget.checked } }))}
          />
        ))}
      </div>
      {meeting.tour !== '' && (
        <>
          <Title order={3}>{w.tour}</Title>
          <Text>{meeting.tour}</Text>
        </>
      )}
      <Title order={3}>{w.items}</Title>
      {talk.length === 0 ? <Text c="dimmed">{w.itemsNone}</Text> : <Spoken items={talk} />}
    </>
  );
}

/** One report: what they need, and beneath each need the tasks that were made of it. */
function OnTable({
  report,
  at,
  of,
  meeting,
  heading,
  mayWrite,
  onSplit,
}: {
  report: Report;
  at: number;
  of: number;
  meeting: MeetingSheet;
  heading: RefObject<HTMLHeadingElement | null>;
  mayWrite: boolean;
  onSplit: Looking['onSplit'];
}) {
  const w = useWords(consultantMeetingsWords);
  const { language } = useLanguage();
  const factsOf = useNeedFacts();
  const its = meeting.tasks.filter((task) => task.report === report.id);
  const others = its.filter(({ need }) => need === null || !report.needs.some(({ id }) => id === need));
  return (
    <>
      <div>
        <Text size="sm" c="dimmed">
          {w.reportAt(at + 1, of)}
        </Text>
        <Title order={2} ref={heading} tabIndex={-1}>
          {report.company.name}
        </Title>
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {[report.company.town, w.visited(shortDay(language, report.visitedOn), [report.by.name, report.by.school].filter(Boolean).join(', '))].filter(Boolean).join(' · ')}
          </Text>
          {report.discussedAt !== null && (
            <Badge color="green" leftSection={<IconCheck size={16} stroke={1.75} />}>
              {w.discussed}
            </Badge>
          )}
        </Group>
      </div>
      <Text>{report.about}</Text>
      {report.agreed !== '' && (
        <Text>
          <b>{w.agreed}:</b> {report.agreed}
        </Text>
      )}
      <NameLink to={`/reports/${report.id}`}>{w.readWhole}</NameLink>
      <section aria-labelledby="board-needs">
        <Title order={3} id="board-needs">
          {w.needs}
        </Title>
        {report.needs.length === 0 && <Text c="dimmed">{w.needsNone}</Text>}
        {report.needs.map((need, index) => (
          <div key={need.id} className={classes.need}>
            <Group justify="space-between" gap="xs" align="flex-start">
              <div style={{ flex: '1 1 14rem' }}>
                <Text fw={600}>
                  {index < 9 && (
                    <span className={classes.number} aria-hidden="true">
                      {index + 1}
                    </span>
                  )}
                  {need.what}
                </Text>
                <Text size="sm" c="dimmed">
                  {factsOf(need)}
                </Text>
              </div>
              {mayWrite && (
                <Button size="sm" aria-label={w.splitOf(need.what)} onClick={() => onSplit(report, need)}>
                  {w.split}
                </Button>
              )}
            </Group>
            {its
              .filter((task) => task.need === need.id)
              .map((task) => (
                <BoardTask key={task.id} task={task} people={meeting.people} />
              ))}
          </div>
        ))}
      </section>
      {(others.length > 0 || mayWrite) && (
        <section aria-labelledby="board-others">
          <Title order={3} id="board-others">
            {w.otherTasks}
          </Title>
          {others.map((task) => (
            <div key={task.id} className={classes.need}>
              <BoardTask task={task} people={meeting.people} />
            </div>
          ))}
          {mayWrite && <AddTask company={report.company.id} report={report.id} meeting={meeting.id} onChanged={[readConsultantMeeting]} label={w.addTask} />}
        </section>
      )}
    </>
  );
}

function Close({ meeting, runs, name }: { meeting: MeetingSheet; runs: boolean; name: React.ReactNode }) {
  const w = useWords(consultantMeetingsWords);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const nobody = meeting.tasks.filter((task) => task.meeting === meeting.id && nobodys(task));
  const close = () => {
    setPending(true);
    call(closeConsultantMeeting, { params: { meeting: meeting.id } }, { version: meeting.version })
      .then(
        async () => {
          await refresh(queries, readConsultantMeeting, listConsultantMeetings, listTasks);
          await navigate({ to: `/consultant-meetings/${meeting.id}`, state: saying(w.closedNow) as never });
        },
        async (refused: unknown) => {
          setError(refused);
          await refresh(queries, readConsultantMeeting);
        },
      )
      .finally(() => setPending(false));
  };
  const changed = error instanceof Refusal && error.problem.code === 'version_conflict';
  const mended = nobody.length === 0 && error instanceof Refusal && error.problem.code === 'tasks_unowned';
  return (
    <>
      {name}
      <Text>{nobody.length === 0 ? w.closeReady : w.closeNot(nobody.length)}</Text>
      <Tasks tasks={nobody} people={meeting.people} />
      {error !== null && !mended && (changed ? <Text role="alert">{w.closeReload}</Text> : <ErrorNotice error={error} />)}
      {runs && (
        <Button variant={nobody.length === 0 ? 'filled' : 'default'} size="md" loading={pending} onClick={close} style={{ alignSelf: 'flex-start' }}>
          {w.closeSave}
        </Button>
      )}
    </>
  );
}

/** Minutes as one goes: a line, Enter, saved. */
function Writing({ meeting, report, line, runs, onAct }: { meeting: MeetingSheet; report: Report | null; line: RefObject<HTMLInputElement | null>; runs: boolean; onAct: Looking['onAct'] }) {
  const w = useWords(consultantMeetingsWords);
  const [text, setText] = useState('');
  const [kind, setKind] = useState<'minute' | 'decision'>('minute');
  const newest = [...meeting.minutes].reverse();
  const companyOf = (id: string | null) => meeting.reports.find((each) => each.id === id)?.company.name;
  const remove = (minute: MeetingSheet['minutes'][number]) =>
    onAct(call(removeMinute, { params: { meeting: meeting.id, minute: minute.id } }).then(() => call(readConsultantMeeting, { params: { meeting: meeting.id } })));
  return (
    <Stack gap="md" component="section" aria-labelledby="board-minutes">
      <Title order={3} id="board-minutes">
        {w.minutes}
      </Title>
      {runs && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() === '') return;
            void onAct(
              call(addMinute, { params: { meeting: meeting.id }, body: { kind, text, report: report?.id ?? null } }).then((sheet) => {
                setText('');
                return sheet;
              }),
            );
          }}
        >
          <Stack gap="xs">
            <SegmentedControl
              aria-label={w.minuteKind}
              value={kind}
              onChange={(value) => setKind(value as 'minute')}
              data={[
                { value: 'minute', label: w.minute },
                { value: 'decision', label: w.decision },
              ]}
            />
            <TextInput
              ref={line}
              size="md"
              label={w.writeMinute}
              description={w.minuteHelp}
              value={text}
              maxLength={2000}
              autoComplete="off"
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Button type="submit" style={{ alignSelf: 'flex-start' }}>
              {w.saveMinute}
            </Button>
          </Stack>
        </form>
      )}
      {newest.length === 0 ? (
        <Text c="dimmed">{w.minutesNone}</Text>
      ) : (
        <Ruled>
          {newest.map((minute) => {
            const company = companyOf(minute.report);
            return (
              <Rule
                key={minute.id}
                action={
                  runs && (
                    <Button size="xs" variant="subtle" aria-label={w.removeMinuteOf(minute.text)} onClick={() => remove(minute)}>
                      {w.removeMinute}
                    </Button>
                  )
                }
              >
                <div>
                  <Text {...(minute.kind === 'decision' ? { fw: 600 } : {})}>
                    {minute.kind === 'minute' ? '' : `${w[minute.kind]}: `}
                    {minute.text}
                  </Text>
                  {company !== undefined && (
                    <Text size="sm" c="dimmed">
                      {w.about(company)}
                    </Text>
                  )}
                </div>
              </Rule>
            );
          })}
        </Ruled>
      )}
    </Stack>
  );
}
