import { Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { industryChoices, useIndustryNames } from '../../../organisation/profiles/web/public.tsx';
import { type TaughtField, taughtFields } from '../../provision/contract.ts';
import { addCourse, awards, type Course, type CourseSheet, courseKinds, writeCourse } from '../contract.ts';
import { useCourseWords } from './public.tsx';

type Values = {
  kind: string;
  code: string;
  title: string;
  goal: string;
  framework: string;
  frameworkTitle: string;
  field: string;
  industries: string[];
  awards: string;
  days: string | number;
  hours: string | number;
  says: string;
  retired: boolean;
};
const valuesOf = (it: CourseSheet): Values => ({
  kind: it.kind,
  code: it.code ?? '',
  title: it.title,
  goal: it.goal,
  framework: it.framework ?? '',
  frameworkTitle: it.frameworkTitle,
  field: it.field,
  industries: it.industries,
  awards: it.awards,
  days: it.days ?? '',
  hours: it.hours ?? '',
  says: it.says.join('\n'),
  retired: it.retired,
});
const empty: Values = {
  kind: 'amu',
  code: '',
  title: '',
  goal: '',
  framework: '',
  frameworkTitle: '',
  field: 'training',
  industries: [],
  awards: 'competence',
  days: '',
  hours: '',
  says: '',
  retired: false,
};

/** A course, new or as it is. */
export function CourseForm({ course, onDone, onClose }: { course: CourseSheet | null; onDone(saved: CourseSheet): unknown; onClose(): void }) {
  const w = useCourseWords();
  const n = useNeedWords();
  const industries = useIndustryNames();
  const on = useServerForm<Values, CourseSheet>({
    initial: course === null ? empty : valuesOf(course),
    ...(course === null ? {} : { edits: { seen: course, valuesOf } }),
    async send({ retired, says, ...values }, key, version) {
      const body = {
        ...values,
        kind: values.kind as Course['kind'],
        code: values.code.trim() === '' ? null : values.code,
        framework: values.framework.trim() === '' ? null : values.framework.trim(),
        field: values.field as TaughtField,
        industries: values.industries as Course['industries'],
        awards: values.awards as Course['awards'],
        days: values.days === '' ? null : Number(values.days),
        hours: values.hours === '' ? null : Number(values.hours),
        says: says
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      };
      await onDone(course === null ? await call(addCourse, { body }, { key }) : await call(writeCourse, { params: { course: course.id }, body: { ...body, retired } }, { version }));
    },
  });
  const inWords = (values: Values) => [
    { label: w.kind, text: w.kinds[values.kind as Course['kind']] },
    { label: w.code, text: values.code },
    { label: w.name, text: values.title },
    { label: w.goal, text: values.goal },
    { label: w.framework, text: values.framework },
    { label: w.frameworkTitle, text: values.frameworkTitle },
    { label: w.field, text: n.fields[values.field as TaughtField] },
    { label: w.industry, text: values.industries.length === 0 ? w.allIndustries : sideBySide(values.industries.map((section) => industries[section as Course['industries'][number]])) },
    { label: w.awards, text: w.award[values.awards as Course['awards']] },
    { label: w.daysLabel, text: String(values.days) },
    { label: w.hoursLabel, text: String(values.hours) },
    { label: w.says, text: values.says },
    { label: w.show, text: values.retired ? w.retired : w.inCatalogue },
  ];
  const decimal = { min: 0.1, decimalScale: 1, decimalSeparator: ',', allowedDecimalSeparators: [',', '.'], hideControls: true, maw: 160 };
  return (
    <FormBody on={on} notSaved={w.notAdded} save={w.save} onCancel={onClose} opened inWords={inWords}>
      <NativeSelect {...on.field('kind')} label={w.kind} data={courseKinds.map((value) => ({ value, label: w.kinds[value] }))} maw={320} />
      <TextInput {...on.field('code')} label={w.code} description={w.codeHelp} autoComplete="off" maxLength={20} maw={200} />
      <TextInput {...on.field('title')} label={w.name} autoComplete="off" maxLength={200} />
      <Textarea {...on.field('goal')} label={w.goal} autosize minRows={3} maxRows={12} maxLength={4000} />
      <NativeSelect {...on.field('field')} label={w.field} data={taughtFields.map((value) => ({ value, label: n.fields[value] }))} maw={320} />
      <ChipsField {...on.field('industries')} label={w.industry} description={w.industriesHelp} choices={industryChoices(industries)} />
      <NativeSelect {...on.field('awards')} label={w.awards} description={w.awardHelp} data={awards.map((value) => ({ value, label: w.award[value] }))} maw={320} />
      <NumberInput {...on.field('days')} label={w.daysLabel} max={400} {...decimal} />
      <NumberInput {...on.field('hours')} label={w.hoursLabel} max={3000} {...decimal} />
      <Textarea {...on.field('says')} label={w.says} description={w.saysHelp} autosize minRows={2} maxRows={10} />
      <TextInput {...on.field('framework')} label={w.framework} description={w.frameworkHelp} autoComplete="off" inputMode="numeric" maxLength={4} maw={200} />
      <TextInput {...on.field('frameworkTitle')} label={w.frameworkTitle} autoComplete="off" maxLength={200} />
      {course !== null && <Checkbox {...on.field('retired')} checked={on.form.getValues().retired} label={w.retire} description={w.retireHelp} />}
    </FormBody>
  );
}
