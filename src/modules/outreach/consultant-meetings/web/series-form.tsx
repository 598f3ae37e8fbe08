import { MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shownTime, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { readTime } from '../../../../ui/moments.ts';
import { useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { addMeetingSeries, type MeetingSeries, writeMeetingSeries } from '../contract.ts';
import { consultantMeetingsWords } from '../words.ts';

type Values = { name: string; every: string; weekday: string; starts: string; ends: string; from: string; to: string; schools: string[] };

export function SeriesForm({ series, onDone, onClose }: { series: MeetingSeries | null; onDone(said: string): Promise<void>; onClose(): void }) {
  const w = useWords(consultantMeetingsWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const schools = useRead(listSchools, { query: {} });
  const valuesOf = (it: MeetingSeries): Values => ({
    name: it.name,
    every: String(it.every),
    weekday: String(it.weekday),
    starts: shownTime(language, it.starts),
    ends: shownTime(language, it.ends),
    from: it.from,
    to: it.to ?? '',
    schools: it.schools.map(({ id }) => String(id)),
  });
  const on = useServerForm<Values, MeetingSeries>({
    initial:
      series === null
        ? { name: w.kinds.ordinary, every: '2', weekday: '4', starts: shownTime(language, '09:00'), ends: shownTime(language, '11:30'), from: today, to: '', schools: [] }
        : valuesOf(series),
    ...(series === null ? {} : { edits: { seen: series, valuesOf } }),
    async send(values, key, version) {
      const body = {
        ...values,
        every: Number(values.every) as 1,
        weekday: Number(values.weekday),
        starts: readTime(values.starts) ?? values.starts,
        ends: readTime(values.ends) ?? values.ends,
        to: values.to === '' ? null : values.to,
        schools: values.schools as never,
      };
      if (series === null) await call(addMeetingSeries, { body }, { key });
      else await call(writeMeetingSeries, { params: { series: series.id }, body }, { version });
      await onDone(series === null ? w.seriesAdded(values.name) : w.seriesSaved(values.name));
    },
  });
  const nameOf = (id: string) => schools.data?.find((each) => each.id === id)?.name ?? '';
  const inWords = (values: Values) => [
    { label: w.name, text: values.name },
    { label: w.every, text: w.everies[values.every as '1'] },
    { label: w.weekday, text: w.weekdays[Number(values.weekday) - 1] ?? '' },
    { label: w.starts, text: values.starts },
    { label: w.ends, text: values.ends },
    { label: w.schools, text: sideBySide(values.schools.map(nameOf)) },
  ];
  return (
    <FormBody on={on} notSaved={w.seriesNotSaved} save={series === null ? w.addSeriesSave : w.seriesSave} onCancel={onClose} opened inWords={inWords}>
      <TextInput label={w.name} maxLength={100} autoComplete="off" {...on.field('name')} />
      <NativeSelect label={w.every} data={(['1', '2', '4'] as const).map((value) => ({ value, label: w.everies[value] }))} maw={320} {...on.field('every')} />
      <NativeSelect label={w.weekday} data={w.weekdays.map((label, at) => ({ value: String(at + 1), label }))} maw={200} {...on.field('weekday')} />
      <TextInput label={w.starts} inputMode="numeric" autoComplete="off" maw={120} {...on.field('starts')} />
      <TextInput label={w.ends} inputMode="numeric" autoComplete="off" maw={120} {...on.field('ends')} />
      <DayInput label={w.from} {...on.field('from')} />
      <DayInput label={`${w.to} ${shared.optional}`} {...on.field('to')} />
      <MultiSelect
        label={w.schools}
        description={w.schoolsHelp}
        data={(schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
        searchable
        hidePickedOptions
        {...on.field('schools')}
      />
    </FormBody>
  );
}
