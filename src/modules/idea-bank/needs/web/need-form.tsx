import { Checkbox, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { type ClassPart, classParts } from '../../../catalogue/classes/contract.ts';
import { PickCourse } from '../../../catalogue/course-choices/web/public.tsx';
import { type NeedField, needFields } from '../../../companies/needs/contract.ts';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { PickCompany } from '../../../companies/register/web/public.tsx';
import { addPooledNeed, type PooledNeedSheet, writePooledNeed } from '../contract.ts';
import { pooledNeedsWords } from '../words.ts';

type Values = {
  company: string;
  course: string | null;
  field: string;
  what: string;
  heads: string | number;
  earliest: string;
  latest: string;
  weekdays: string[];
  parts: string[];
  km: string | number;
  fit: string;
  urgency: string;
  meet: boolean;
};
const valuesOf = (it: PooledNeedSheet): Values => ({
  company: it.company.id,
  course: it.course?.id ?? '',
  field: it.field,
  what: it.what,
  heads: it.heads,
  earliest: it.earliest,
  latest: it.latest,
  weekdays: it.weekdays.map(String),
  parts: it.parts,
  km: it.km ?? '',
  fit: it.fit ?? '',
  urgency: String(it.urgency),
  meet: it.meet,
});

interface Props {
  need: PooledNeedSheet | null;
  /** Known beforehand: the form is opened on the company's page. */
  company: string | null;
  onDone(saved: PooledNeedSheet): unknown;
  onClose(): void;
}

/** What a company needs, in a minute (row 4.02). */
export function NeedForm({ need, company, onDone, onClose }: Props) {
  const w = useWords(pooledNeedsWords);
  const n = useNeedWords();
  const { today } = useActing();
  const [course, setCourse] = useState(need?.course?.title ?? '');
  const empty: Values = { company: company ?? '', course: '', field: 'other', what: '', heads: '', earliest: today, latest: '', weekdays: [], parts: [], km: 30, fit: '', urgency: '0', meet: false };
  const on = useServerForm<Values, PooledNeedSheet>({
    initial: need === null ? empty : valuesOf(need),
    ...(need === null ? {} : { edits: { seen: need, valuesOf } }),
    async send(values, key, version) {
      const body = {
        course: (values.course ?? '') === '' ? null : (values.course as never),
        field: values.field as NeedField,
        what: values.what,
        heads: Number(values.heads),
        earliest: values.earliest,
        latest: values.latest,
        weekdays: values.weekdays.map(Number),
        parts: values.parts as ClassPart[],
        km: values.km === '' ? null : Number(values.km),
        fit: values.fit === '' ? null : (values.fit as 'shelf'),
        urgency: Number(values.urgency),
        meet: values.meet,
      };
      await onDone(
        need === null ? await call(addPooledNeed, { body: { company: values.company as never, ...body } }, { key }) : await call(writePooledNeed, { params: { need: need.id }, body }, { version }),
      );
    },
  });
  const { values } = on.form;
  const inWords = (said: Values) => [
    { label: w.what, text: said.what },
    { label: w.course, text: said.course === (need?.course?.id ?? '') ? (need?.course?.title ?? '') : course },
    { label: w.field, text: n.fields[said.field as NeedField] },
    { label: w.heads, text: String(said.heads) },
    { label: w.earliest, text: said.earliest },
    { label: w.latest, text: said.latest },
    { label: w.km, text: String(said.km) },
    { label: w.urgency, text: w.urgencies[Number(said.urgency)] ?? '' },
  ];
  const whole = { min: 1, max: 500, allowDecimal: false, hideControls: true, maw: 160 };
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={onClose} opened inWords={inWords}>
      {need === null && company === null && <PickCompany {...on.field('company')} label={w.company} />}
      <TextInput {...on.field('what')} label={w.what} autoComplete="off" maxLength={200} />
      <PickCourse {...on.field('course')} label={w.course} clearable known={need?.course == null ? [] : [need.course]} onPick={(course) => setCourse(course?.title ?? '')} />
      {(values.course ?? '') === '' && <NativeSelect {...on.field('field')} label={w.field} data={needFields.map((value) => ({ value, label: n.fields[value] }))} maw={320} />}
      <NumberInput {...on.field('heads')} label={w.heads} {...whole} />
      {Number(values.heads) === 1 && (
        <Text size="sm" role="status">
          {w.alone}
        </Text>
      )}
      <DayInput {...on.field('earliest')} label={w.earliest} />
      <DayInput {...on.field('latest')} label={w.latest} />
      <ChipsField {...on.field('weekdays')} label={w.weekdays} description={w.choosesNone} choices={w.weekday.map((label, at) => ({ value: String(at + 1), label }))} />
      <ChipsField {...on.field('parts')} label={w.parts} description={w.choosesNone} choices={classParts.map((value) => ({ value, label: w.part[value] }))} />
      <NumberInput {...on.field('km')} label={w.km} description={w.kmHelp} {...whole} />
      <NativeSelect
        {...on.field('fit')}
        label={w.fit}
        data={[
          { value: '', label: w.fitUnknown },
          { value: 'shelf', label: w.fits.shelf },
          { value: 'tailored', label: w.fits.tailored },
        ]}
        maw={320}
      />
      <NativeSelect {...on.field('urgency')} label={w.urgency} data={w.urgencies.map((label, value) => ({ value: String(value), label }))} maw={320} />
      <Checkbox {...on.field('meet')} checked={values.meet} label={w.meet} description={w.meetHelp} />
    </FormBody>
  );
}
