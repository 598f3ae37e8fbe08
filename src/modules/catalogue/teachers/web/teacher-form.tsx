import { Button, Checkbox, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { listSchools } from '../../../organisation/schools/contract.ts';
import type { CourseNamed } from '../../course-choices/contract.ts';
import { PickCourse, useCourseName } from '../../course-choices/web/public.tsx';
import { type TaughtField, taughtFields } from '../../provision/contract.ts';
import { addTeacher, type Teacher, writeTeacher } from '../contract.ts';
import { teachersWords } from '../words.ts';

interface Values extends Record<string, unknown> {
  school: string;
  name: string;
  fields: string[];
  courses: CourseNamed[];
  daysAWeek: string | number;
  from: string;
  to: string;
  retired: boolean;
}
const valuesOf = (it: Teacher): Values => ({
  school: String(it.school.id),
  name: it.name,
  fields: it.fields,
  courses: it.courses,
  daysAWeek: it.daysAWeek,
  from: it.lendable?.from ?? '',
  to: it.lendable?.to ?? '',
  retired: it.retired,
});

/** A teacher of the list, new or as it stands. */
export function TeacherForm({ teacher, onDone, onClose }: { teacher: Teacher | null; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(teachersWords);
  const n = useNeedWords();
  const { optional } = useWords(uiWords);
  const { language } = useLanguage();
  const { may, schoolId, today } = useActing();
  const nameOf = useCourseName();
  const anySchool = teacher === null && may('coordinator');
  const schools = useRead(listSchools, { query: {} }, { enabled: anySchool });
  const on = useServerForm<Values, Teacher>({
    initial: teacher === null ? { school: schoolId ?? '', name: '', fields: [], courses: [], daysAWeek: 1, from: today, to: '', retired: false } : valuesOf(teacher),
    ...(teacher === null ? {} : { edits: { seen: teacher, valuesOf } }),
    sentences: { school_format: w.choose },
    async send({ school, fields, courses, daysAWeek, from, to, ...values }, key, version) {
      const days = Number(daysAWeek);
      const body = {
        name: values.name,
        retired: values.retired,
        fields: fields as TaughtField[],
        courses: courses.map(({ id }) => id),
        daysAWeek: daysAWeek === '' ? -1 : days,
        lendable: days === 0 ? null : { from, to: to === '' ? null : to },
      };
      if (teacher === null) await call(addTeacher, { body: { school: school as Teacher['school']['id'], ...body } }, { key });
      else await call(writeTeacher, { params: { teacher: teacher.id }, body }, { version });
      await onDone();
    },
  });
  const now = on.form.getValues();
  const setCourses = (courses: CourseNamed[]) => on.form.setFieldValue('courses', courses as never);
  const day = (value: string) => (/^\d{4}-/.test(value) ? shortDay(language, value) : value);
  const inWords = (values: Values) => [
    { label: w.name, text: values.name },
    { label: w.fields, text: sideBySide(values.fields.map((each) => n.fields[each as TaughtField])) },
    { label: w.courses, text: sideBySide(values.courses.map(nameOf)) },
    { label: w.daysAWeek, text: String(values.daysAWeek) },
    { label: w.from, text: day(values.from) },
    { label: w.to, text: day(values.to) },
    { label: w.retire, text: values.retired ? w.retired : '' },
  ];
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} opened onCancel={onClose} inWords={inWords} wide>
      {anySchool && (
        <NativeSelect {...on.field('school')} label={w.school} data={[{ value: '', label: w.choose }, ...(schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))]} maw={420} />
      )}
      <TextInput {...on.field('name')} label={w.name} maxLength={200} autoComplete="off" maw={420} />
      <ChipsField {...on.field('fields')} label={w.fields} choices={taughtFields.map((value) => ({ value, label: n.fields[value] }))} />
      <Stack gap="xs">
        {now.courses.map((course) => (
          <Group key={course.id} gap="xs">
            <Text size="sm">{nameOf(course)}</Text>
            <Button size="xs" variant="subtle" aria-label={w.removeCourse(nameOf(course))} onClick={() => setCourses(now.courses.filter(({ id }) => id !== course.id))}>
              {w.takeOff}
            </Button>
          </Group>
        ))}
        <PickCourse
          {...on.field('courses')}
          key={now.courses.length}
          label={`${w.addCourse} ${optional}`}
          value={null}
          onChange={() => undefined}
          onPick={(course) => course !== null && !now.courses.some(({ id }) => id === course.id) && setCourses([...now.courses, course])}
          maw={480}
        />
      </Stack>
      <NumberInput {...on.field('daysAWeek')} label={w.daysAWeek} description={w.daysAWeekHelp} min={0} max={5} allowDecimal={false} hideControls maw={320} />
      {now.daysAWeek !== 0 && (
        <>
          <DayInput {...on.field('from')} label={w.from} />
          <DayInput {...on.field('to')} label={`${w.to} ${optional}`} />
        </>
      )}
      {teacher !== null && <Checkbox {...on.field('retired')} checked={now.retired} label={w.retire} />}
    </FormBody>
  );
}
