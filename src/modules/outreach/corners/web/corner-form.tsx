import { NativeSelect, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Language } from '../../../../kit/words.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { fieldDay, listed, longDay, readDay, shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { readTime } from '../../../../ui/moments.ts';
import { useRead } from '../../../../ui/read.ts';
import { listCompanies } from '../../../companies/register/contract.ts';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { addCorner, type Corner, type CornerPage, writeCorner } from '../contract.ts';
import { cornersWords } from '../words.ts';

const valuesIn =
  (language: Language) =>
  ({ company, consultant, place, every, weekday, from, to, days, starts, ends, seatMinutes }: Corner) => ({
    company: String(company.id),
    consultant: String(consultant.id),
    place,
    every: every === null ? 'single' : String(every),
    weekday: String(weekday ?? 1),
    from: from ?? '',
    to: to ?? '',
    days: days.map((day) => fieldDay(language, day)).join('\n'),
    starts: shownTime(language, starts),
    ends: shownTime(language, ends),
    seatMinutes: seatMinutes === null ? 'none' : String(seatMinutes),
  });
type Values = ReturnType<ReturnType<typeof valuesIn>>;

/** The days that a refusal speaks of, in words; none where it speaks of none. */
export function daysIn(error: unknown, language: Language): string | null {
  const days = error instanceof Refusal ? error.problem.about?.days : undefined;
  return Array.isArray(days) && days.length > 0
    ? listed(
        language,
        days.map((day) => longDay(language, String(day))),
      )
    : null;
}

/** A guidance corner, new or as it is. */
export function CornerForm({ corner, onDone, onClose }: { corner: CornerPage | null; onDone(saved: CornerPage): Promise<void>; onClose(): void }) {
  const w = useWords(cornersWords);
  const { language } = useLanguage();
  const { today, personId, schoolId, may } = useActing();
  const [refusedDays, setRefusedDays] = useState<string | null>(null);
  const valuesOf = valuesIn(language);
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 250);
  const companies = useRead(listCompanies, { query: { search: asked, limit: 20 } }, { enabled: corner === null && asked.length >= 2 });
  const [picked, setPicked] = useState<{ value: string; label: string } | null>(null);
  const profiles = useRead(listProfiles, { query: {} });
  const consultants = new Map(corner === null ? [] : [[String(corner.consultant.id), corner.consultant.name]]);
  for (const each of profiles.data ?? [])
    if (each.schoolId !== null && (corner === null ? may('coordinator') || each.schoolId === schoolId : each.schoolId === corner.school.id))
      consultants.set(String(each.personId), corner === null && may('coordinator') ? [each.name, each.school].filter(Boolean).join(', ') : each.name);
  const on = useServerForm<Values, CornerPage>({
    initial:
      corner === null
        ? {
            company: '',
            consultant: may('coordinator') ? '' : personId,
            place: '',
            every: '2',
            weekday: '4',
            from: today,
            to: '',
            days: '',
            starts: shownTime(language, '11:00'),
            ends: shownTime(language, '13:00'),
            seatMinutes: 'none',
          }
        : valuesOf(corner),
    ...(corner === null ? {} : { edits: { seen: corner, valuesOf } }),
    async send(values, key, version) {
      setRefusedDays(null);
      const single = values.every === 'single';
      const body = {
        consultant: values.consultant as Corner['consultant']['id'],
        place: values.place,
        every: single ? null : (Number(values.every) as 1 | 2 | 4),
        weekday: single ? null : Number(values.weekday),
        from: single ? null : values.from,
        to: single ? null : values.to,
        days: single
          ? values.days
              .split(/[\n,;]/)
              .filter((line) => line.trim() !== '')
              .map((line) => readDay(line, today) ?? line.trim())
          : [],
        starts: readTime(values.starts) ?? values.starts,
        ends: readTime(values.ends) ?? values.ends,
        seatMinutes: values.seatMinutes === 'none' ? null : (Number(values.seatMinutes) as 15 | 20 | 30),
      };
      try {
        const saved =
          corner === null
            ? await call(addCorner, { body: { ...body, company: values.company as Corner['company']['id'] } }, { key })
            : await call(writeCorner, { params: { corner: corner.id }, body }, { version });
        await onDone(saved);
      } catch (error) {
        setRefusedDays(daysIn(error, language));
        throw error;
      }
    },
  });
  const { every } = on.form.getValues();
  const inWords = (values: Values): Said[] => [
    { label: w.place, text: values.place },
    { label: w.consultant, text: consultants.get(values.consultant) ?? '' },
    { label: w.every, text: w.everyChoices[values.every as keyof typeof w.everyChoices] },
    { label: w.weekday, text: values.every === 'single' ? '' : (w.weekdays[Number(values.weekday) - 1] ?? '') },
    { label: w.from, text: values.from },
    { label: w.to, text: values.to },
    { label: w.days, text: values.days.replaceAll('\n', ', ') },
    { label: w.starts, text: values.starts },
    { label: w.ends, text: values.ends },
    { label: w.seats, text: w.seatChoices[values.seatMinutes as keyof typeof w.seatChoices] },
  ];
  const found = (companies.data?.items ?? []).map(({ id, name, town }) => ({ value: String(id), label: [name, town].filter(Boolean).join(', ') }));
  return (
    <FormBody on={on} notSaved={corner === null ? w.notAdded : w.notSaved} save={corner === null ? w.addSave : w.save} onCancel={onClose} inWords={inWords} opened>
      {refusedDays !== null && (
        <Text role="alert" c="var(--mantine-color-error)">
          {w.onDays(refusedDays)}
        </Text>
      )}
      {corner === null && (
        <Select
          {...on.field('company')}
          label={w.company}
          description={w.companyHelp}
          searchable
          data={[...new Map([...(picked === null ? [] : [picked]), ...found].map((each) => [each.value, each])).values()]}
          filter={({ options }) => options}
          searchValue={search}
          onSearchChange={setSearch}
          onOptionSubmit={(value) => setPicked(found.find((each) => each.value === value) ?? picked)}
          nothingFoundMessage={companies.isSuccess ? w.companyNone : undefined}
          autoComplete="off"
        />
      )}
      <TextInput {...on.field('place')} label={w.place} description={w.placeHelp} autoComplete="off" maxLength={200} />
      <NativeSelect
        {...on.field('consultant')}
        label={w.consultant}
        description={corner === null && may('coordinator') ? w.consultantHelp : undefined}
        data={[{ value: '', label: w.choose }, ...[...consultants].map(([value, label]) => ({ value, label }))]}
      />
      <NativeSelect {...on.field('every')} label={w.every} data={Object.entries(w.everyChoices).map(([value, label]) => ({ value, label }))} maw={240} />
      {every === 'single' ? (
        <Textarea {...on.field('days')} label={w.days} description={w.daysHelp} autosize minRows={3} maxRows={12} maw={240} />
      ) : (
        <>
          <NativeSelect {...on.field('weekday')} label={w.weekday} data={w.weekdays.map((label, at) => ({ value: String(at + 1), label }))} maw={240} />
          <DayInput {...on.field('from')} label={w.from} />
          <DayInput {...on.field('to')} label={w.to} />
        </>
      )}
      <TextInput {...on.field('starts')} label={w.starts} autoComplete="off" inputMode="numeric" maw={120} />
      <TextInput {...on.field('ends')} label={w.ends} autoComplete="off" inputMode="numeric" maw={120} />
      <NativeSelect {...on.field('seatMinutes')} label={w.seats} data={['none', '15', '20', '30'].map((value) => ({ value, label: w.seatChoices[value as keyof typeof w.seatChoices] }))} maw={280} />
    </FormBody>
  );
}
