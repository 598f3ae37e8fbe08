import { Button, Group, NativeSelect, NumberInput, Stack, Textarea } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useList, useRead } from '../../../../ui/read.ts';
import { listClasses } from '../../../catalogue/classes/contract.ts';
import type { CourseNamed } from '../../../catalogue/course-choices/contract.ts';
import { PickCourse, useCourseName } from '../../../catalogue/course-choices/web/public.tsx';
import { PickCompany } from '../../../companies/register/web/public.tsx';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { listCampaigns } from '../../campaigns/contract.ts';
import { listReports } from '../../visits/contract.ts';
import { type Agreement, type AgreementSheet, addTrainingAgreement, agreementSources, writeTrainingAgreement } from '../contract.ts';
import { agreementsWords } from '../words.ts';

interface Line {
  course: string;
  class: string;
  people: string | number;
  seats: string | number;
}
interface Values extends Record<string, unknown> {
  company: string | null;
  school: string;
  source: string;
  report: string;
  campaign: string;
  agreedOn: string;
  courses: Line[];
  note: string;
}
const empty: Line = { course: '', class: '', people: 1, seats: 1 };
const linesOf = (row: Pick<Agreement, 'courses'>): Line[] => row.courses.map(({ course, class: held, people, seats }) => ({ course: course.id, class: held?.id ?? '', people, seats }));
const sent = (courses: readonly Line[]) =>
  courses.map(({ course, class: held, people, seats }) => ({ course, class: held === '' ? null : held, people: Number(people), seats: Number(seats) })) as never;

/** A new agreement; where it is written down on a report, company and visit are given. */
export function AddAgreement({ company, report, onDone, onClose }: { company: string | null; report: { id: string; visitedOn: string } | null; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(agreementsWords);
  const { language } = useLanguage();
  const { schoolId, today } = useActing();
  const schools = useRead(listSchools, { query: {} });
  const on = useServerForm<Values>({
    initial: { company, school: schoolId ?? '', source: 'visit', report: report?.id ?? '', campaign: '', agreedOn: today, courses: [empty], note: '' },
    sentences: { school_format: w.choose, report_required: w.choose, report_format: w.choose },
    async send({ company: of, report: visit, campaign, courses, source, ...rest }, key) {
      const visited = source === 'visit';
      await call(
        addTrainingAgreement,
        { body: { ...rest, source, company: of ?? '', report: visited && visit !== '' ? visit : null, campaign: visited || campaign === '' ? null : campaign, courses: sent(courses) } as never },
        { key },
      );
      await onDone();
    },
  });
  const { values } = on.form;
  const reports = useRead(listReports, { query: { company: (values.company ?? '') as never, limit: 50 } }, { enabled: report === null && values.company !== null && values.company !== '' });
  const campaigns = useList(listCampaigns, { query: { limit: 100 } });
  return (
    <FormBody on={on} notSaved={w.notAdded} save={w.add} opened onCancel={onClose}>
      {company === null && <PickCompany {...on.field('company')} label={w.company} />}
      <NativeSelect
        {...on.field('school')}
        label={w.school}
        description={w.schoolHelp}
        data={[{ value: '', label: w.choose }, ...(schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))]}
        maw={420}
      />
      {report === null && (
        <>
          <NativeSelect {...on.field('source')} label={w.source} data={agreementSources.map((value) => ({ value, label: w.sources[value] }))} maw={420} />
          {values.source === 'visit' ? (
            <NativeSelect
              {...on.field('report')}
              label={w.report}
              {...(reports.data?.items.length === 0 ? { description: w.noReports } : {})}
              data={[{ value: '', label: w.choose }, ...(reports.data?.items ?? []).map(({ id, visitedOn, by }) => ({ value: String(id), label: `${shortDay(language, visitedOn)}, ${by.name}` }))]}
              maw={420}
            />
          ) : (
            <NativeSelect
              {...on.field('campaign')}
              label={w.campaignMay}
              data={[{ value: '', label: w.noCampaign }, ...campaigns.rows.map(({ id, name }) => ({ value: String(id), label: name }))]}
              maw={420}
            />
          )}
        </>
      )}
      <DayInput {...on.field('agreedOn')} label={w.agreedOn} />
      <Lines on={on} school={values.school} known={[]} />
      <Textarea {...on.field('note')} label={w.note} description={w.noteHelp} autosize minRows={2} maxLength={1000} />
    </FormBody>
  );
}

/** Corrects the day, the courses and the note. */
export function CorrectAgreement({ it, onDone, onClose }: { it: AgreementSheet; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(agreementsWords);
  const { language } = useLanguage();
  const nameOf = useCourseName();
  const known = it.courses.map(({ course }) => course);
  const valuesOf = (row: AgreementSheet) => ({ agreedOn: row.agreedOn as string, courses: linesOf(row), note: row.note });
  const on = useServerForm<ReturnType<typeof valuesOf>, AgreementSheet>({
    initial: valuesOf(it),
    edits: { seen: it, valuesOf },
    async send({ courses, ...rest }, _key, version) {
      await call(writeTrainingAgreement, { params: { agreement: it.id }, body: { ...rest, courses: sent(courses) } as never }, { version });
      await onDone();
    },
  });
  const courseOf = (id: string) => {
    const found = known.find((each) => each.id === id);
    return found === undefined ? '' : nameOf(found);
  };
  return (
    <FormBody
      on={on}
      notSaved={w.notSaved}
      save={w.save}
      opened
      onCancel={onClose}
      inWords={({ agreedOn, courses, note }) => [
        { label: w.agreedOn, text: shortDay(language, agreedOn) },
        { label: w.courses, text: courses.map(({ course, people, seats }) => `${courseOf(course)}: ${w.counts(Number(people), Number(seats))}`).join('; ') },
        { label: w.note, text: note },
      ]}
    >
      <DayInput {...on.field('agreedOn')} label={w.agreedOn} />
      <Lines on={on as never} school={it.school.id} known={known} />
      <Textarea {...on.field('note')} label={w.note} description={w.noteHelp} autosize minRows={2} maxLength={1000} />
    </FormBody>
  );
}

type On = ReturnType<typeof useServerForm<Values>>;
function Lines({ on, school, known }: { on: On; school: string; known: readonly CourseNamed[] }) {
  const w = useWords(agreementsWords);
  const { courses } = on.form.values;
  return (
    <Stack gap="md">
      {courses.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name of its own until it has a course
        <Stack key={at} gap="xs" component="fieldset" style={{ border: 0, padding: 0, margin: 0 }}>
          <PickCourse {...on.field(`courses.${at}.course`)} label={w.course(at + 1)} known={known} />
          <PickClass on={on} at={at} course={line.course} school={school} />
          <Group gap="sm">
            <NumberInput {...on.field(`courses.${at}.people`)} label={w.people(at + 1)} min={1} max={500} allowDecimal={false} maw={180} />
            <NumberInput {...on.field(`courses.${at}.seats`)} label={w.seats(at + 1)} min={1} max={1000} allowDecimal={false} maw={180} />
          </Group>
          {courses.length > 1 && (
            <Button variant="subtle" style={{ alignSelf: 'flex-start' }} onClick={() => on.form.removeListItem('courses', at)}>
              {w.fewerCourses(at + 1)}
            </Button>
          )}
        </Stack>
      ))}
      {courses.length < 20 && (
        <Button variant="subtle" style={{ alignSelf: 'flex-start' }} onClick={() => on.form.insertListItem('courses', empty)}>
          {w.moreCourses}
        </Button>
      )}
    </Stack>
  );
}

/** The school's coming classes of the course. */
function PickClass({ on, at, course, school }: { on: On; at: number; course: string; school: string }) {
  const w = useWords(agreementsWords);
  const { language } = useLanguage();
  const ready = course !== '' && course !== null && school !== '';
  const found = useRead(listClasses, { query: { course: course as never, school: school as never, limit: 50 } }, { enabled: ready });
  const classes = ready ? (found.data?.items ?? []).filter(({ state }) => state !== 'cancelled') : [];
  return (
    <NativeSelect
      {...on.field(`courses.${at}.class`)}
      label={w.class(at + 1)}
      data={[{ value: '', label: w.anyClass }, ...classes.map(({ id, starts, place }) => ({ value: String(id), label: w.classOn(shortDay(language, starts), place.town) }))]}
      maw={420}
    />
  );
}
