import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { readTime } from '../../../../ui/moments.ts';
import { useRead } from '../../../../ui/read.ts';
import { PickCompany } from '../../../companies/register/web/public.tsx';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { PickCourse } from '../../course-choices/web/public.tsx';
import { addRecruitmentNeed, type RecruitmentNeed, type RecruitmentSheet, writeRecruitmentNeed, writeRecruitmentPlan } from '../contract.ts';
import { recruitmentWords } from '../words.ts';

type Values = { jobcentre: string | null; trade: string; forWhom: string; people: string | number; earliest: string; learn: string };

/** What a jobcentre needs, new or as it is. */
export function NeedForm({ it, onDone, onClose }: { it: RecruitmentSheet | null; onDone(saved: RecruitmentSheet): Promise<void>; onClose(): void }) {
  const w = useWords(recruitmentWords);
  const { language } = useLanguage();
  const valuesOf = (row: RecruitmentNeed): Values => ({ jobcentre: row.jobcentre.id, trade: row.trade, forWhom: row.forWhom, people: row.people, earliest: row.earliest, learn: row.learn });
  const on = useServerForm<Values, RecruitmentSheet>({
    initial: it === null ? { jobcentre: null, trade: '', forWhom: '', people: '', earliest: '', learn: '' } : valuesOf(it),
    ...(it === null ? {} : { edits: { seen: it, valuesOf } }),
    async send({ jobcentre, people, ...rest }, key, version) {
      const body = { ...rest, people: Number(people) };
      await onDone(
        it === null
          ? await call(addRecruitmentNeed, { body: { ...body, jobcentre: jobcentre ?? '' } as never }, { key })
          : await call(writeRecruitmentNeed, { params: { need: it.id }, body: body as never }, { version }),
      );
    },
  });
  return (
    <FormBody
      on={on}
      notSaved={it === null ? w.notAdded : w.notSaved}
      save={it === null ? w.add : w.save}
      opened
      onCancel={onClose}
      inWords={({ trade, forWhom, people, earliest, learn }) => [
        { label: w.trade, text: trade },
        { label: w.forWhom, text: forWhom },
        { label: w.people, text: String(people) },
        { label: w.earliest, text: earliest === '' ? '' : shortDay(language, earliest) },
        { label: w.learn, text: learn },
      ]}
    >
      {it === null && <PickCompany {...on.field('jobcentre')} label={w.jobcentre} description={w.jobcentreHelp} />}
      <TextInput {...on.field('trade')} label={w.trade} maxLength={200} autoComplete="off" />
      <TextInput {...on.field('forWhom')} label={w.forWhom} description={w.forWhomHelp} maxLength={200} autoComplete="off" />
      <NumberInput {...on.field('people')} label={w.people} min={1} max={500} allowDecimal={false} maw={160} />
      <DayInput {...on.field('earliest')} label={w.earliest} />
      <Textarea {...on.field('learn')} label={w.learn} autosize minRows={3} maxLength={2000} />
    </FormBody>
  );
}

type Plan = {
  course: string;
  school: string;
  weeks: string | number;
  runsAYear: string | number;
  seats: string | number;
  minimum: string | number;
  maximum: string | number;
  starts: string;
  ends: string;
};

/** The course that the need becomes. Nine weeks twice a year is what stands there first. */
export function PlanForm({ it, onDone, onClose }: { it: RecruitmentSheet; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(recruitmentWords);
  const { may, schoolId } = useActing();
  const schools = useRead(listSchools, { query: {} });
  const fresh = { course: '', school: schoolId ?? '', weeks: 9, runsAYear: 2, seats: it.people, minimum: Math.min(8, it.people), maximum: it.people, starts: '08:00', ends: '15:30' };
  const valuesOf = ({ plan }: RecruitmentSheet): Plan => (plan === null ? fresh : { ...plan, course: plan.course.id, school: plan.school.id });
  const on = useServerForm<Plan, RecruitmentSheet>({
    initial: valuesOf(it),
    edits: { seen: it, valuesOf },
    sentences: { school_format: w.choose },
    async send({ course, school, starts, ends, ...counts }, _key, version) {
      const numbers = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, Number(value)]));
      await call(writeRecruitmentPlan, { params: { need: it.id }, body: { ...numbers, course, school, starts: readTime(starts) ?? starts, ends: readTime(ends) ?? ends } as never }, { version });
      await onDone();
    },
  });
  const own = (schools.data ?? []).filter(({ id }) => may('coordinator') || String(id) === schoolId);
  return (
    <FormBody
      on={on}
      notSaved={w.notPlanned}
      save={w.planSave}
      opened
      onCancel={onClose}
      inWords={({ weeks, runsAYear, seats, starts, ends }) => [{ label: w.planTitle, text: `${w.planLine(Number(weeks), Number(runsAYear), Number(seats))}, ${w.times(starts, ends)}` }]}
    >
      <PickCourse {...on.field('course')} label={w.course} known={it.plan === null ? [] : [it.plan.course]} />
      <NativeSelect {...on.field('school')} label={w.school} data={[{ value: '', label: w.choose }, ...own.map(({ id, name }) => ({ value: String(id), label: name }))]} maw={420} />
      <NumberInput {...on.field('weeks')} label={w.weeks} description={w.weeksHelp} min={1} max={26} allowDecimal={false} maw={420} />
      <NumberInput {...on.field('runsAYear')} label={w.runsAYear} min={1} max={12} allowDecimal={false} maw={240} />
      <NumberInput {...on.field('seats')} label={w.seats} min={1} max={500} allowDecimal={false} maw={320} />
      <NumberInput {...on.field('minimum')} label={w.minimum} min={0} max={500} allowDecimal={false} maw={160} />
      <NumberInput {...on.field('maximum')} label={w.maximum} min={1} max={500} allowDecimal={false} maw={160} />
      <TextInput {...on.field('starts')} label={w.starts} description={w.timeHelp} maw={160} autoComplete="off" />
      <TextInput {...on.field('ends')} label={w.ends} maw={160} autoComplete="off" />
    </FormBody>
  );
}
