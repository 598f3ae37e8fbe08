import { Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { fieldKroner, readKroner, shownTime } from '../../../../ui/format.ts';
import { useLanguage } from '../../../../ui/language.tsx';
import { readTime } from '../../../../ui/moments.ts';
import { useRead } from '../../../../ui/read.ts';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { PickCourse } from '../../course-choices/web/public.tsx';
import { readCourse } from '../../courses/contract.ts';
import { addClass, type ClassPart, type ClassSheet, classParts, writeClass } from '../contract.ts';
import { useDelivery } from './delivery.tsx';
import { useClassWords } from './public.tsx';

type Values = {
  course: string;
  school: string;
  no: string;
  title: string;
  place: string;
  street: string;
  postcode: string;
  town: string;
  starts: string;
  ends: string;
  weekdays: string[];
  part: string;
  delivery: string;
  deadline: string;
  decidedBy: string;
  minimum: string | number;
  maximum: string | number;
  guaranteed: boolean;
  open: boolean;
  price: string;
  supplement: string;
  supplementFor: string;
  text: string;
  split: { meetings: string | number; hours: string | number; weeksApart: string | number; starts: string };
};

/** A class, new or as it is. Cut into pieces, it is told how many, how long and how far apart. */
export function ClassForm({ it, course, onDone, onClose }: { it: ClassSheet | null; course: string | null; onDone(saved: ClassSheet): unknown; onClose(): void }) {
  const w = useClassWords();
  const { language } = useLanguage();
  const { schoolId, may } = useActing();
  const delivery = useDelivery();
  const schools = useRead(listSchools, { query: {} });
  const asked = useRead(readCourse, { params: { course: course as never } }, { enabled: course !== null });
  const known = it !== null ? [{ ...it.course, title: it.title, retired: false }] : asked.data === undefined ? [] : [asked.data];
  const [cut, setCut] = useState(false);
  const amount = (øre: number | null) => (øre === null ? '' : fieldKroner(language, øre));
  const valuesOf = (row: ClassSheet): Values => ({
    course: row.course.id,
    school: row.school.id,
    no: row.no ?? '',
    title: row.ownTitle,
    place: row.place.name,
    street: row.place.street,
    postcode: row.place.postcode ?? '',
    town: row.place.town,
    starts: row.starts,
    ends: row.ends,
    weekdays: row.weekdays.map(String),
    part: row.part,
    delivery: row.delivery,
    deadline: row.deadline ?? '',
    decidedBy: row.decidedBy ?? '',
    minimum: row.minimum,
    maximum: row.maximum,
    guaranteed: row.guaranteed,
    open: row.open,
    price: amount(row.price),
    supplement: amount(row.supplement),
    supplementFor: row.supplementFor,
    text: row.text,
    split: { meetings: 4, hours: 4, weeksApart: 3, starts: shownTime(language, '08:00') },
  });
  const empty: Values = {
    course: course ?? '',
    school: may('coordinator') ? '' : (schoolId ?? ''),
    no: '',
    title: '',
    place: '',
    street: '',
    postcode: '',
    town: '',
    starts: '',
    ends: '',
    weekdays: [],
    part: 'day',
    delivery: 'whole_days',
    deadline: '',
    decidedBy: '',
    minimum: 8,
    maximum: 16,
    guaranteed: false,
    open: true,
    price: '',
    supplement: '',
    supplementFor: '',
    text: '',
    split: { meetings: 4, hours: 4, weeksApart: 3, starts: shownTime(language, '08:00') },
  };
  /** What cannot be read as an amount goes as it was written, so that the server names it. */
  const øre = (text: string) => (text.trim() === '' ? null : ((readKroner(text) ?? text) as number));
  const on = useServerForm<Values, ClassSheet>({
    initial: it === null ? empty : valuesOf(it),
    ...(it === null ? {} : { edits: { seen: it, valuesOf } }),
    async send(values, key, version) {
      const { split, ...rest } = values;
      const body = {
        ...rest,
        course: values.course as ClassSheet['course']['id'],
        school: values.school as ClassSheet['school']['id'],
        no: values.no.trim() === '' ? null : values.no,
        postcode: values.postcode.trim() === '' ? null : values.postcode.trim(),
        ends: cut && values.ends === '' ? values.starts : values.ends,
        weekdays: values.weekdays.map(Number),
        part: values.part as ClassPart,
        deadline: values.deadline === '' ? null : values.deadline,
        decidedBy: values.decidedBy === '' ? null : values.decidedBy,
        minimum: Number(values.minimum),
        maximum: Number(values.maximum),
        price: øre(values.price),
        supplement: øre(values.supplement),
        sessions: cut ? [] : (it?.sessions ?? []).map(({ day, starts, ends }) => ({ day, starts, ends })),
        split: cut ? { meetings: Number(split.meetings), hours: Number(split.hours), weeksApart: Number(split.weeksApart), starts: readTime(split.starts) ?? split.starts } : null,
      };
      await onDone(it === null ? await call(addClass, { body } as never, { key }) : await call(writeClass, { params: { class: it.id }, body } as never, { version }));
    },
  });
  const schoolChoices = (schools.data ?? []).filter(({ id }) => may('coordinator') || String(id) === schoolId).map(({ id, name }) => ({ value: String(id), label: name }));
  const inWords = (values: Values) => [
    { label: w.starts, text: values.starts },
    { label: w.ends, text: values.ends },
    { label: w.place, text: values.place },
    { label: w.town, text: values.town },
    { label: w.minimum, text: String(values.minimum) },
    { label: w.maximum, text: String(values.maximum) },
    { label: w.priceLabel, text: values.price },
    { label: w.text, text: values.text },
  ];
  const whole = { min: 0, max: 500, allowDecimal: false, hideControls: true, maw: 160 };
  return (
    <FormBody on={on} notSaved={w.notAdded} save={w.save} onCancel={onClose} opened inWords={inWords}>
      <PickCourse {...on.field('course')} label={w.course} known={known} />
      <NativeSelect {...on.field('school')} label={w.school} data={[...(schoolChoices.length > 1 ? [{ value: '', label: '' }] : []), ...schoolChoices]} maw={420} />
      <DayInput {...on.field('starts')} label={w.starts} />
      {!cut && <DayInput {...on.field('ends')} label={w.ends} />}
      <Checkbox label={w.cut} description={w.cutHelp} checked={cut} onChange={(event) => setCut(event.currentTarget.checked)} />
      {cut && (
        <>
          <NumberInput {...on.field('split.meetings')} label={w.meetings} {...whole} min={1} max={100} />
          <NumberInput {...on.field('split.hours')} label={w.hours} min={0.5} max={12} decimalScale={1} decimalSeparator="," allowedDecimalSeparators={[',', '.']} hideControls maw={160} />
          <NumberInput {...on.field('split.weeksApart')} label={w.weeksApart} {...whole} min={1} max={12} />
          <TextInput {...on.field('split.starts')} label={w.begins} inputMode="numeric" autoComplete="off" maw={120} />
        </>
      )}
      <ChipsField {...on.field('weekdays')} label={w.weekdays} choices={w.weekday.map((label, at) => ({ value: String(at + 1), label }))} />
      <NativeSelect {...on.field('part')} label={w.part} data={classParts.map((value) => ({ value, label: w.parts[value] }))} maw={320} />
      <NativeSelect {...on.field('delivery')} label={w.delivery} data={delivery.choices} maw={320} />
      <TextInput {...on.field('place')} label={w.place} autoComplete="off" maxLength={200} />
      <TextInput {...on.field('street')} label={w.street} autoComplete="off" maxLength={200} />
      <TextInput {...on.field('postcode')} label={w.postcode} inputMode="numeric" autoComplete="off" maxLength={4} maw={120} />
      <TextInput {...on.field('town')} label={w.town} autoComplete="off" maxLength={100} maw={320} />
      <NumberInput {...on.field('minimum')} label={w.minimum} {...whole} />
      <NumberInput {...on.field('maximum')} label={w.maximum} {...whole} min={1} />
      <Checkbox {...on.field('guaranteed')} checked={on.form.getValues().guaranteed} label={w.guaranteed} description={w.guaranteedHelp} />
      <DayInput {...on.field('deadline')} label={w.deadline} />
      <DayInput {...on.field('decidedBy')} label={w.decidedBy} />
      <TextInput {...on.field('price')} label={w.priceLabel} inputMode="decimal" autoComplete="off" maw={200} />
      <TextInput {...on.field('supplement')} label={w.supplementLabel} inputMode="decimal" autoComplete="off" maw={200} />
      <TextInput {...on.field('supplementFor')} label={w.supplementFor} autoComplete="off" maxLength={300} />
      <Checkbox {...on.field('open')} checked={on.form.getValues().open} label={w.openToAll} />
      <TextInput {...on.field('no')} label={w.no} description={w.noHelp} autoComplete="off" maxLength={40} maw={320} />
      <TextInput {...on.field('title')} label={w.ownTitle} autoComplete="off" maxLength={200} />
      <Textarea {...on.field('text')} label={w.text} autosize minRows={2} maxRows={12} maxLength={4000} />
    </FormBody>
  );
}
