import { Alert, Badge, Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage } from '../../../../ui/language.tsx';
import { Columns } from '../../../../ui/layout/columns.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { PhoneLink } from '../../../../ui/phone-link.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { useIndustryNames } from '../../../organisation/profiles/web/public.tsx';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { type CourseSheet, listCourses, readCourse, runCourse, stopCourse } from '../contract.ts';
import { CourseForm } from './course-form.tsx';
import { useCourseFacts, useCourseWords, useLength } from './public.tsx';

type Run = CourseSheet['schools'][number];

/** A course: what it is, which schools run it, and whom to call. */
export function CoursePage() {
  const w = useCourseWords();
  const { course } = useParams({ strict: false }) as { course: string };
  const asked = useRead(readCourse, { params: { course } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} course={found} />}
    </FetchedPage>
  );
}

function Sheet({ course }: { course: CourseSheet }) {
  const w = useCourseWords();
  const n = useNeedWords();
  const industries = useIndustryNames();
  const facts = useCourseFacts();
  const length = useLength();
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [open, setOpen] = useState<'edit' | 'add' | Run['school']['id'] | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const close = () => {
    setOpen(null);
    focusTitle();
  };
  const said = async (sentence: string) => {
    await refresh(queries, readCourse, listCourses);
    setError(null);
    setDone(sentence);
    close();
  };
  const show = (next: typeof open) => {
    setDone(null);
    setError(null);
    setOpen(next);
  };
  const missing = course.can.speakFor.filter((id) => !course.schools.some(({ school }) => school.id === id));
  return (
    <Page
      title={course.title}
      lead={sideBySide([facts(course), ...(length(course) === '' ? [] : [length(course)])])}
      path={<PathLink to="/courses">{w.title}</PathLink>}
      done={done}
      action={course.can.edit && open !== 'edit' ? <Button onClick={() => show('edit')}>{w.edit}</Button> : undefined}
    >
      <Columns
        aside={
          <Facts
            narrow
            facts={[
              { label: w.field, value: n.fields[course.field] },
              { label: w.industry, value: course.industries.length === 0 ? w.allIndustries : sideBySide(course.industries.map((section) => industries[section])) },
              ...(course.framework === null ? [] : [{ label: 'FKB', value: `${course.framework} ${course.frameworkTitle}`.trim() }]),
              { label: w.classes, value: course.classes === 0 || course.next === null ? w.noClasses : w.classesAhead(course.classes, shortDay(language, course.next)) },
            ]}
          />
        }
      >
        {course.retired && <Alert color="gray" title={w.retired} />}
        {course.unseen && <Badge color="yellow">{w.shows.unseen}</Badge>}
        {error !== null && <ErrorNotice error={error} />}
        {open === 'edit' && (
          <Stack gap="md" component="section" aria-labelledby="edit">
            <Title order={2} id="edit">
              {w.edit}
            </Title>
            <CourseForm course={course} onClose={close} onDone={() => said(w.saved)} />
          </Stack>
        )}
        {course.goal !== '' && (
          <Stack gap={4} component="section" aria-labelledby="goal">
            <Title order={2} id="goal">
              {w.goal}
            </Title>
            <Text maw="var(--vn-read)" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {course.goal}
            </Text>
          </Stack>
        )}
        <Stack gap="sm" component="section" aria-labelledby="runs">
          <Title order={2} id="runs">
            {w.runs}
          </Title>
          {course.schools.length === 0 && <Text>{w.noSchool}</Text>}
          <Ruled>
            {course.schools.map((run) =>
              open === run.school.id ? (
                <Rule key={run.school.id}>
                  <RunForm course={course} school={run.school} run={run} onClose={close} onDone={said} />
                </Rule>
              ) : (
                <Rule
                  key={run.school.id}
                  action={
                    course.can.speakFor.includes(run.school.id) ? (
                      <Group gap="xs">
                        <Button size="xs" variant="subtle" aria-label={`${w.change}: ${run.school.name}`} onClick={() => show(run.school.id)}>
                          {w.change}
                        </Button>
                        <Button
                          size="xs"
                          variant="subtle"
                          color="red"
                          aria-label={`${w.stop}: ${run.school.name}`}
                          onClick={() => {
                            setDone(null);
                            call(stopCourse, { params: { course: course.id, school: run.school.id } }).then(() => said(w.stopped(run.school.name)), setError);
                          }}
                        >
                          {w.stop}
                        </Button>
                      </Group>
                    ) : undefined
                  }
                >
                  <Text fw={600}>{run.school.name}</Text>
                  <Text size="sm" c="var(--vn-ink-2)" style={{ overflowWrap: 'anywhere' }}>
                    {sideBySide([run.contact.name, run.contact.email].filter((each) => each !== ''))} {run.contact.phone !== '' && <PhoneLink number={run.contact.phone} may />}
                  </Text>
                </Rule>
              ),
            )}
          </Ruled>
          {missing.length > 0 &&
            (open === 'add' ? (
              <AddRun course={course} missing={missing} onClose={close} onDone={said} />
            ) : (
              <div>
                <Button variant="default" onClick={() => show('add')}>
                  {w.addSchool}
                </Button>
              </div>
            ))}
        </Stack>
        {course.says.length > 0 && (
          <Stack gap={4} component="section" aria-labelledby="says">
            <Title order={2} id="says">
              {w.says}
            </Title>
            {course.says.map((line) => (
              <Text key={line}>»{line}«</Text>
            ))}
          </Stack>
        )}
        <NameLink to={`/classes?course=${course.id}`}>{w.seeClasses}</NameLink>
      </Columns>
    </Page>
  );
}

interface FormProps {
  course: CourseSheet;
  onClose(): void;
  onDone(sentence: string): unknown;
}

function AddRun({ missing, ...rest }: FormProps & { missing: readonly Run['school']['id'][] }) {
  const w = useCourseWords();
  const { schoolId } = useActing();
  const schools = useRead(listSchools, { query: {} });
  const choices = (schools.data ?? []).filter(({ id }) => (missing as readonly string[]).includes(String(id)));
  const [chosen, setChosen] = useState<string>(missing.find((id) => String(id) === schoolId) ?? missing[0] ?? '');
  const school = choices.find(({ id }) => String(id) === chosen);
  return (
    <Stack gap="sm">
      {choices.length > 1 && (
        <NativeSelect label={w.school} value={chosen} onChange={(event) => setChosen(event.currentTarget.value)} data={choices.map(({ id, name }) => ({ value: String(id), label: name }))} maw={320} />
      )}
      {school !== undefined && <RunForm key={chosen} {...rest} school={{ id: school.id as unknown as Run['school']['id'], name: school.name }} run={null} />}
    </Stack>
  );
}

function RunForm({ course, school, run, onClose, onDone }: FormProps & { school: Run['school']; run: Run | null }) {
  const w = useCourseWords();
  const on = useServerForm({
    initial: run?.contact ?? { name: '', phone: '', email: '' },
    async send(body) {
      await call(runCourse, { params: { course: course.id, school: school.id }, body });
      await onDone(w.runSaved(school.name));
    },
  });
  return (
    <FormBody on={on} notSaved={w.notAdded} save={w.run(school.name)} quiet onCancel={onClose} opened>
      <TextInput {...on.field('name')} label={w.person} autoComplete="off" maxLength={200} />
      <TextInput {...on.field('phone')} label={w.phone} type="tel" autoComplete="off" maxLength={40} maw={240} />
      <TextInput {...on.field('email')} label={w.email} type="email" autoComplete="off" maxLength={320} />
    </FormBody>
  );
}
