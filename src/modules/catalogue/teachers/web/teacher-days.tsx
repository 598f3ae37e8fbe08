import { NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { listSchools } from '../../../organisation/schools/contract.ts';
import type { CourseNamed } from '../../course-choices/contract.ts';
import { PickCourse } from '../../course-choices/web/public.tsx';
import { addTeacherAbsence, addTeacherUse, askTeacherLoan, type ClassNamed, type Loan, listTeacherClasses, putTeacherOnClass, type TeacherSheet } from '../contract.ts';
import { teachersWords } from '../words.ts';

interface FormProps {
  teacher: TeacherSheet;
  onDone(): Promise<void>;
  onClose(): void;
}

const useWeekdayChoices = () => {
  const w = useWords(teachersWords);
  return w.weekdays.map((label, at) => ({ value: String(at + 1), label }));
};

interface AskValues extends Record<string, unknown> {
  school: string;
  course: string | null;
  first: string;
  last: string;
  weekdays: string[];
  about: string;
}

export function AskForm({ teacher, onDone, onClose }: FormProps) {
  const w = useWords(teachersWords);
  const { optional } = useWords(uiWords);
  const { may, schoolId } = useActing();
  const weekdays = useWeekdayChoices();
  const anySchool = may('coordinator');
  const schools = useRead(listSchools, { query: {} }, { enabled: anySchool });
  const on = useServerForm<AskValues>({
    initial: { school: anySchool ? '' : (schoolId ?? ''), course: null, first: '', last: '', weekdays: [], about: '' },
    sentences: { school_format: w.choose, weekdays_too_small: w.choose },
    async send({ school, course, weekdays: days, ...values }, key) {
      const body = { first: values.first, last: values.last, about: values.about, school: school as Loan['to']['id'], course: course as CourseNamed['id'] | null, weekdays: days.map(Number) };
      await call(askTeacherLoan, { params: { teacher: teacher.id }, body }, { key });
      await onDone();
    },
  });
  const others = (schools.data ?? []).filter(({ id }) => id !== teacher.school.id);
  return (
    <FormBody on={on} notSaved={w.notAsked} save={w.askSave} opened onCancel={onClose}>
      {anySchool && <NativeSelect {...on.field('school')} label={w.forSchool} data={[{ value: '', label: w.choose }, ...others.map(({ id, name }) => ({ value: String(id), label: name }))]} />}
      <DayInput {...on.field('first')} label={w.first} />
      <DayInput {...on.field('last')} label={w.last} />
      <ChipsField {...on.field('weekdays')} label={w.onDays} choices={weekdays} />
      <PickCourse {...on.field('course')} label={`${w.course} ${optional}`} clearable />
      <Textarea {...on.field('about')} label={`${w.about} ${optional}`} autosize minRows={2} maxLength={1000} />
    </FormBody>
  );
}

export function ClassForm({ teacher, onDone, onClose }: FormProps) {
  const w = useWords(teachersWords);
  const { language } = useLanguage();
  const classes = useRead(listTeacherClasses, { params: { teacher: teacher.id } });
  const on = useServerForm({
    initial: { class: '' },
    sentences: { class_required: w.choose, class_format: w.choose },
    async send({ class: chosen }, key) {
      await call(putTeacherOnClass, { params: { teacher: teacher.id }, body: { class: chosen as ClassNamed['id'] } }, { key });
      await onDone();
    },
  });
  if (classes.data?.length === 0) return <Text c="dimmed">{w.noClasses}</Text>;
  const named = ({ title, school, starts, ends }: ClassNamed) => `${title}, ${school}, ${shortDay(language, starts)} – ${shortDay(language, ends)}`;
  return (
    <FormBody on={on} notSaved={w.notPut} save={w.putSave} opened onCancel={onClose}>
      <NativeSelect {...on.field('class')} label={w.class} data={[{ value: '', label: w.choose }, ...(classes.data ?? []).map((each) => ({ value: String(each.id), label: named(each) }))]} />
    </FormBody>
  );
}

interface OwnValues extends Record<string, unknown> {
  what: string;
  first: string;
  last: string;
  weekdays: string[];
}

export function OwnUseForm({ teacher, onDone, onClose }: FormProps) {
  const w = useWords(teachersWords);
  const weekdays = useWeekdayChoices();
  const on = useServerForm<OwnValues>({
    initial: { what: '', first: '', last: '', weekdays: [] },
    sentences: { weekdays_too_small: w.choose },
    async send({ what, first, last, weekdays: days }, key) {
      await call(addTeacherUse, { params: { teacher: teacher.id }, body: { what, first, last, weekdays: days.map(Number) } }, { key });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notOwn} save={w.ownSave} opened onCancel={onClose}>
      <TextInput {...on.field('what')} label={w.what} maxLength={150} autoComplete="off" />
      <DayInput {...on.field('first')} label={w.first} />
      <DayInput {...on.field('last')} label={w.last} />
      <ChipsField {...on.field('weekdays')} label={w.onDays} choices={weekdays} />
    </FormBody>
  );
}

export function AbsenceForm({ teacher, onDone, onClose }: FormProps) {
  const w = useWords(teachersWords);
  const { optional } = useWords(uiWords);
  const { today } = useActing();
  const on = useServerForm({
    initial: { from: today, to: '' },
    async send({ from, to }, key) {
      await call(addTeacherAbsence, { params: { teacher: teacher.id }, body: { from, to: to === '' ? null : to } }, { key });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notAway} save={w.awaySave} opened onCancel={onClose}>
      <Text size="sm">{w.absencesLead}</Text>
      <DayInput {...on.field('from')} label={w.awayFrom} />
      <DayInput {...on.field('to')} label={`${w.awayTo} ${optional}`} />
    </FormBody>
  );
}
