import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { useCourseName } from '../../course-choices/web/public.tsx';
import { StandIns } from '../../stand-ins/web/public.tsx';
import { listTeachers, readTeacher, removeTeacherAbsence, removeTeacherUse, type TeacherSheet, type Use } from '../contract.ts';
import { teachersWords } from '../words.ts';
import { Loans, teacherAnswers, useLending } from './loans.tsx';
import { AbsenceForm, AskForm, ClassForm, OwnUseForm } from './teacher-days.tsx';
import { TeacherForm } from './teacher-form.tsx';

export function TeacherPage() {
  const w = useWords(teachersWords);
  const { teacher } = useParams({ strict: false }) as { teacher: TeacherSheet['id'] };
  const asked = useRead(readTeacher, { params: { teacher } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet teacher={found} />}
    </FetchedPage>
  );
}

type Open = 'edit' | 'ask' | 'class' | 'own' | 'away';

/** "Gaffeltruck B, Tværby Tekniske Skole" */
function useUseName(): (use: Use) => string {
  const w = useWords(teachersWords);
  return ({ kind, school, class: there, own }) => (kind === 'loan' ? w.useOf.loan(school) : there !== null ? w.useOf.class(there.title, there.school) : w.useOf.own(own ?? ''));
}

function Sheet({ teacher }: { teacher: TeacherSheet }) {
  const w = useWords(teachersWords);
  const n = useNeedWords();
  const { may } = useActing();
  const queries = useQueryClient();
  const nameOf = useCourseName();
  const lending = useLending();
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const close = (said: string | null) => {
    setOpen(null);
    setDone(said);
    focusTitle();
  };
  const said = async (text: string) => {
    await refresh(queries, listTeachers, ...teacherAnswers);
    close(text);
  };
  const { can, uses, loans, absences } = teacher;
  const form = { teacher, onClose: () => close(null) };
  const actions =
    open === null ? (
      <>
        {may('manager', 'coordinator') && <Button onClick={() => setOpen('class')}>{w.putOn}</Button>}
        {can.edit && (
          <>
            <Button onClick={() => setOpen('own')}>{w.needOwn}</Button>
            <Button onClick={() => setOpen('away')}>{w.away}</Button>
            <Button onClick={() => setOpen('edit')}>{w.change}</Button>
          </>
        )}
        {can.ask && (
          <Button variant="filled" onClick={() => setOpen('ask')}>
            {w.ask}
          </Button>
        )}
      </>
    ) : undefined;
  const titles: Record<Open, string> = { edit: w.changeTitle(teacher.name), ask: w.askOf(teacher.name), class: w.putOn, own: w.needOwn, away: w.away };
  return (
    <Page title={teacher.name} lead={teacher.school.name} path={<PathLink to="/teachers">{w.title}</PathLink>} done={done} action={actions}>
      <Stack gap="xl">
        {open !== null && (
          <Stack gap="sm" component="section" aria-labelledby="form">
            <Title order={2} id="form">
              {titles[open]}
            </Title>
            {open === 'edit' && <TeacherForm teacher={teacher} onDone={() => said(w.saved)} onClose={form.onClose} />}
            {open === 'ask' && <AskForm {...form} onDone={() => said(w.asked)} />}
            {open === 'class' && <ClassForm {...form} onDone={() => said(w.put)} />}
            {open === 'own' && <OwnUseForm {...form} onDone={() => said(w.ownSaved)} />}
            {open === 'away' && <AbsenceForm {...form} onDone={() => said(w.awaySaved)} />}
          </Stack>
        )}
        <Facts
          facts={[
            { label: w.fields, value: sideBySide(teacher.fields.map((each) => n.fields[each])) || '–' },
            ...(teacher.courses.length === 0 ? [] : [{ label: w.courses, value: sideBySide(teacher.courses.map(nameOf)) }]),
            { label: w.lending, value: teacher.retired ? w.retired : lending(teacher) },
          ]}
        />
        {absences !== null && absences.length > 0 && <Absences teacher={teacher} absences={absences} onDone={said} />}
        <Stack gap="sm" component="section" aria-labelledby="uses" maw={720}>
          <Title order={2} id="uses">
            {w.uses}
          </Title>
          {uses.length === 0 ? <Text c="dimmed">{w.noUses}</Text> : <Uses teacher={teacher} onDone={said} />}
        </Stack>
        {loans.length > 0 && (
          <Stack gap="sm" component="section" aria-labelledby="loans" maw={720}>
            <Title order={2} id="loans">
              {w.loans}
            </Title>
            <Loans rows={loans} onDone={close} />
          </Stack>
        )}
      </Stack>
    </Page>
  );
}

function Uses({ teacher, onDone }: { teacher: TeacherSheet; onDone(said: string): Promise<void> }) {
  const w = useWords(teachersWords);
  const nameUse = useUseName();
  const period = usePeriod();
  const [error, setError] = useState<unknown>(null);
  return (
    <>
      {error !== null && <ErrorNotice error={error} />}
      <Ruled>
        {teacher.uses.map((use) => (
          <Rule
            key={use.id}
            action={
              use.can.remove ? (
                <Button
                  size="xs"
                  variant="subtle"
                  aria-label={w.takeOffOf(nameUse(use))}
                  onClick={() => call(removeTeacherUse, { params: { teacher: teacher.id, use: use.id } }).then(() => onDone(w.takenOff), setError)}
                >
                  {w.takeOff}
                </Button>
              ) : undefined
            }
          >
            <Text fw={500}>{nameUse(use)}</Text>
            <Text size="sm" c="dimmed">
              {period(use)}
            </Text>
            {use.clash && (
              <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} role="none">
                {w.clash}
              </Alert>
            )}
          </Rule>
        ))}
      </Ruled>
    </>
  );
}

/** "11. jan. 2027 – 19. jan. 2027 · 7 dage" */
function usePeriod(): (use: Use) => string {
  const w = useWords(teachersWords);
  const { language } = useLanguage();
  return ({ first, last, days }) => sideBySide([first === last ? shortDay(language, first) : `${shortDay(language, first)} – ${shortDay(language, last)}`, w.dayCount(days)]);
}

function Absences({ teacher, absences, onDone }: { teacher: TeacherSheet; absences: NonNullable<TeacherSheet['absences']>; onDone(said: string): Promise<void> }) {
  const w = useWords(teachersWords);
  const { language } = useLanguage();
  const nameUse = useUseName();
  const period = usePeriod();
  const [error, setError] = useState<unknown>(null);
  return (
    <Stack gap="sm" component="section" aria-labelledby="absences" maw={720}>
      <Title order={2} id="absences">
        {w.absences}
      </Title>
      {error !== null && <ErrorNotice error={error} />}
      <Ruled>
        {absences.map(({ id, from, to, affected }) => {
          const days = w.period(shortDay(language, from), to === null ? null : shortDay(language, to));
          return (
            <Rule
              key={id}
              action={
                teacher.can.edit ? (
                  <Button
                    size="xs"
                    variant="subtle"
                    aria-label={w.backOf(days)}
                    onClick={() => call(removeTeacherAbsence, { params: { teacher: teacher.id, absence: id } }).then(() => onDone(w.isBack), setError)}
                  >
                    {w.back}
                  </Button>
                ) : undefined
              }
            >
              <Text fw={500}>{days}</Text>
              {affected.length === 0 ? (
                <Text size="sm" c="dimmed">
                  {w.affectsNothing}
                </Text>
              ) : (
                <Group gap="xs" align="flex-start">
                  <Text size="sm">{w.affects}:</Text>
                  <ul style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
                    {affected.map((use) => (
                      <li key={use.id}>
                        <Text size="sm">{sideBySide([nameUse(use), period(use)])}</Text>
                        {use.class !== null && <StandIns id={use.class.id} title={use.class.title} />}
                      </li>
                    ))}
                  </ul>
                </Group>
              )}
            </Rule>
          );
        })}
      </Ruled>
    </Stack>
  );
}
