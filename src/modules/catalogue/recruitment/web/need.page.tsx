import { Badge, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listClasses } from '../../classes/contract.ts';
import { useCourseName } from '../../course-choices/web/public.tsx';
import { addRecruitmentRuns, listRecruitmentNeeds, type RecruitmentSheet, readRecruitmentNeed, stopRecruitmentNeed } from '../contract.ts';
import { recruitmentWords } from '../words.ts';
import { NeedForm, PlanForm } from './need-form.tsx';
import { stateColours } from './needs.page.tsx';

export function RecruitmentNeedPage() {
  const w = useWords(recruitmentWords);
  const { need } = useParams({ strict: false }) as { need: RecruitmentSheet['id'] };
  const asked = useRead(readRecruitmentNeed, { params: { need } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(it) => <Sheet key={it.id} it={it} />}
    </FetchedPage>
  );
}

type Open = 'edit' | 'plan' | 'stop';

function Sheet({ it }: { it: RecruitmentSheet }) {
  const w = useWords(recruitmentWords);
  const { language } = useLanguage();
  const nameOf = useCourseName();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const close = (said: string | null) => {
    setOpen(null);
    setError(null);
    setDone(said);
    focusTitle();
  };
  const said = async (text: string) => {
    await refresh(queries, readRecruitmentNeed, listRecruitmentNeeds, listClasses);
    close(text);
  };
  const run = (count: number) => call(addRecruitmentRuns, { params: { need: it.id }, body: { count } }, { version: it.version }).then(() => said(w.ran(count)), setError);
  const day = (of: string) => shortDay(language, of);
  const forms = {
    edit: { title: w.edit, form: <NeedForm it={it} onDone={() => said(w.saved)} onClose={() => close(null)} /> },
    plan: { title: w.planTitle, form: <PlanForm it={it} onDone={() => said(w.planSaved)} onClose={() => close(null)} /> },
    stop: { title: w.stopTitle, form: <StopForm it={it} onDone={() => said(w.stopped)} onClose={() => close(null)} /> },
  };
  return (
    <Page
      title={it.trade}
      lead={sideBySide([it.jobcentre.name, `${w.peopleOf(it.people)} ${w.from(day(it.earliest))}`])}
      path={<PathLink to="/recruitment">{w.title}</PathLink>}
      done={done}
      action={
        it.can.plan && it.plan === null && open === null ? (
          <Button variant="filled" onClick={() => setOpen('plan')}>
            {w.plan}
          </Button>
        ) : undefined
      }
    >
      <Stack gap="xl">
        {error !== null && <ErrorNotice error={error} />}
        {open !== null && (
          <Stack gap="sm" component="section" aria-labelledby="form">
            <Title order={2} id="form">
              {forms[open].title}
            </Title>
            {forms[open].form}
          </Stack>
        )}
        <Stack gap="sm">
          <Group gap="sm">
            <Badge color={stateColours[it.state]}>{w.states[it.state]}</Badge>
            {it.byLink && <Text>{w.byLink}</Text>}
          </Group>
          <Facts
            facts={[
              { label: w.jobcentre, value: <NameLink to={`/companies/${it.jobcentre.id}`}>{it.jobcentre.name}</NameLink> },
              ...(it.forWhom === '' ? [] : [{ label: w.forWhomFact, value: it.forWhom }]),
              { label: w.learn, value: it.learn },
              ...(it.plan === null
                ? []
                : [
                    { label: w.course, value: <NameLink to={`/courses/${it.plan.course.id}`}>{nameOf(it.plan.course)}</NameLink> },
                    { label: w.school, value: it.plan.school.name },
                    { label: w.planTitle, value: sideBySide([w.planLine(it.plan.weeks, it.plan.runsAYear, it.plan.seats), w.times(it.plan.starts, it.plan.ends)]) },
                  ]),
              ...(it.stopped === null ? [] : [{ label: w.stoppedOn(day(it.stopped.on)), value: it.stopped.because }]),
            ]}
          />
          {open === null && (
            <Group gap="sm">
              {it.can.edit && <Button onClick={() => setOpen('edit')}>{w.edit}</Button>}
              {it.can.plan && it.plan !== null && <Button onClick={() => setOpen('plan')}>{w.planEdit}</Button>}
              {it.can.stop && (
                <Button variant="subtle" onClick={() => setOpen('stop')}>
                  {w.stop}
                </Button>
              )}
            </Group>
          )}
        </Stack>
        {it.next.length > 0 && (
          <Stack gap="sm" component="section" aria-labelledby="next">
            <Title order={2} id="next">
              {w.next}
            </Title>
            <Text c="var(--vn-ink-2)">{w.nextLead}</Text>
            <ul>
              {it.next.map(({ starts, ends }) => (
                <li key={starts}>{w.fromTo(day(starts), day(ends))}</li>
              ))}
            </ul>
            {it.can.run && open === null && (
              <Group gap="sm">
                <Button onClick={() => run(1)}>{w.runNext}</Button>
                {it.next.length > 1 && (
                  <Button variant="subtle" onClick={() => run(it.next.length)}>
                    {w.runAll(it.next.length)}
                  </Button>
                )}
              </Group>
            )}
          </Stack>
        )}
        {it.plan !== null && (
          <Stack gap="sm" component="section" aria-labelledby="runs">
            <Title order={2} id="runs">
              {w.runs}
            </Title>
            {it.runs.length === 0 ? (
              <Text>{w.runsNone}</Text>
            ) : (
              <Ruled>
                {it.runs.map(({ no, class: held, held: seats }) => (
                  <Rule key={no}>
                    <NameLink to={`/classes/${held.id}`}>{w.fromTo(day(held.starts), day(held.ends))}</NameLink>
                    <Text size="sm">{sideBySide([held.title, held.town, w.classStates[held.state]])}</Text>
                    {seats !== null && (
                      <Text size="sm" c="var(--vn-ink-2)">
                        {w.held(seats.used, seats.seats, day(seats.until))}
                      </Text>
                    )}
                  </Rule>
                ))}
              </Ruled>
            )}
          </Stack>
        )}
      </Stack>
    </Page>
  );
}

function StopForm({ it, onDone, onClose }: { it: RecruitmentSheet; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(recruitmentWords);
  const on = useServerForm<{ because: string }, RecruitmentSheet>({
    initial: { because: '' },
    edits: { seen: it, valuesOf: ({ stopped }) => ({ because: stopped?.because ?? '' }) },
    async send({ because }, _key, version) {
      await call(stopRecruitmentNeed, { params: { need: it.id }, body: { because } }, { version });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notStopped} save={w.stopSave} onCancel={onClose} opened inWords={({ because }) => [{ label: w.because, text: because }]}>
      <Textarea {...on.field('because')} label={w.because} description={w.stopHelp} autosize minRows={2} maxLength={300} />
    </FormBody>
  );
}
