import { NativeSelect, TextInput } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { fieldDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { readTime } from '../../../../ui/moments.ts';
import { useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { addConsultantMeeting, type MeetingSheet, type MeetingShown, meetingKinds, writeConsultantMeeting } from '../contract.ts';
import { consultantMeetingsWords } from '../words.ts';

type Values = { kind: string; title: string; day: string; starts: string; ends: string; host: string; place: string; tour: string };

/** A single meeting, or what a meeting has of its own. The host writes where and what; day, time and host are the coordinator's. */
export function MeetingForm({ meeting, onDone, onClose }: { meeting: MeetingShown | null; onDone(meeting: MeetingSheet): unknown; onClose(): void }) {
  const w = useWords(consultantMeetingsWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const { zone, today } = useActing();
  const schools = useRead(listSchools, { query: {} });
  const plans = meeting === null || meeting.can.plan;
  const valuesOf = (it: MeetingShown): Values => ({
    kind: it.kind,
    title: it.title,
    day: it.day,
    starts: timeOf(language, zone, it.starts),
    ends: timeOf(language, zone, it.ends),
    host: it.host?.id ?? '',
    place: it.place,
    tour: it.tour,
  });
  const on = useServerForm<Values, MeetingShown>({
    initial:
      meeting === null
        ? { kind: 'theme', title: '', day: today, starts: language === 'da' ? '9.00' : '9:00', ends: language === 'da' ? '12.00' : '12:00', host: '', place: '', tour: '' }
        : valuesOf(meeting),
    ...(meeting === null ? {} : { edits: { seen: meeting, valuesOf } }),
    async send({ kind, host, ...values }, key, version) {
      const facts = { ...values, starts: readTime(values.starts) ?? values.starts, ends: readTime(values.ends) ?? values.ends, host: host === '' ? null : (host as never) };
      onDone(
        meeting === null
          ? await call(addConsultantMeeting, { body: { kind: kind as MeetingShown['kind'], ...facts } }, { key })
          : await call(writeConsultantMeeting, { params: { meeting: meeting.id }, body: facts }, { version }),
      );
    },
  });
  const schoolName = (id: string) => schools.data?.find((each) => each.id === id)?.name ?? w.centre;
  const inWords = (values: Values) => [
    { label: w.titleField, text: values.title },
    { label: w.day, text: /^\d{4}-/.test(values.day) ? fieldDay(language, values.day) : values.day },
    { label: w.starts, text: values.starts },
    { label: w.ends, text: values.ends },
    { label: w.host, text: schoolName(values.host) },
    { label: w.place, text: values.place },
    { label: w.tour, text: values.tour },
  ];
  return (
    <FormBody on={on} notSaved={w.meetingNotSaved} save={meeting === null ? w.addMeetingSave : w.save} onCancel={onClose} opened inWords={inWords}>
      {meeting === null && <NativeSelect label={w.kind} data={meetingKinds.map((value) => ({ value, label: w.kinds[value] }))} maw={320} {...on.field('kind')} />}
      <TextInput label={w.titleField} maxLength={150} autoComplete="off" {...on.field('title')} />
      {plans && (
        <>
          <DayInput label={w.day} {...on.field('day')} />
          <TextInput label={w.starts} inputMode="numeric" autoComplete="off" maw={120} {...on.field('starts')} />
          <TextInput label={w.ends} inputMode="numeric" autoComplete="off" maw={120} {...on.field('ends')} />
          <NativeSelect label={w.host} data={[{ value: '', label: w.centre }, ...(schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))]} maw={320} {...on.field('host')} />
        </>
      )}
      <TextInput label={`${w.place} ${shared.optional}`} description={w.placeHelp} maxLength={300} autoComplete="off" {...on.field('place')} />
      <TextInput label={`${w.tour} ${shared.optional}`} description={w.tourHelp} maxLength={500} autoComplete="off" {...on.field('tour')} />
    </FormBody>
  );
}
