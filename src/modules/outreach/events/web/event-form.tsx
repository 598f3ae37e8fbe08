import { Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, fieldDay, shownTime, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { readTime } from '../../../../ui/moments.ts';
import { useRead } from '../../../../ui/read.ts';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { addEvent, type EventSheet, type EventShown, eventKinds, writeEvent } from '../contract.ts';
import { eventsWords } from '../words.ts';

type Values = { kind: string; title: string; text: string; place: string; day: string; starts: string; ends: string; host: string; seats: string | number; forWhom: string; open: boolean };

/** An event, new or as it is. */
export function EventForm({ event, onDone, onClose }: { event: EventSheet | null; onDone(saved: EventSheet): unknown; onClose(): void }) {
  const w = useWords(eventsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const schools = useRead(listSchools, { query: {} });
  const valuesOf = (it: EventShown): Values => ({
    kind: it.kind,
    title: it.title,
    text: it.text,
    place: it.place,
    day: dayOf(zone, it.starts),
    starts: timeOf(language, zone, it.starts),
    ends: timeOf(language, zone, it.ends),
    host: it.host?.id ?? '',
    seats: it.seats ?? '',
    forWhom: it.forWhom,
    open: it.open,
  });
  const on = useServerForm<Values, EventSheet>({
    initial:
      event === null
        ? { kind: 'theme_day', title: '', text: '', place: '', day: '', starts: shownTime(language, '13:00'), ends: shownTime(language, '16:00'), host: '', seats: '', forWhom: '', open: true }
        : valuesOf(event),
    ...(event === null ? {} : { edits: { seen: event, valuesOf } }),
    async send({ kind, starts, ends, host, seats, ...values }, key, version) {
      const body = {
        ...values,
        kind: kind as EventShown['kind'],
        starts: readTime(starts) ?? starts,
        ends: readTime(ends) ?? ends,
        host: host === '' ? null : (host as NonNullable<EventShown['host']>['id']),
        seats: seats === '' ? null : Number(seats),
      };
      await onDone(event === null ? await call(addEvent, { body }, { key }) : await call(writeEvent, { params: { event: event.id }, body }, { version }));
    },
  });
  const hosts = [{ value: '', label: w.centre }, ...(schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))];
  const inWords = (values: Values) => [
    { label: w.kind, text: w.kinds[values.kind as keyof typeof w.kinds] },
    { label: w.name, text: values.title },
    { label: w.text, text: values.text },
    { label: w.place, text: values.place },
    { label: w.day, text: /^\d{4}-/.test(values.day) ? fieldDay(language, values.day) : values.day },
    { label: w.starts, text: values.starts },
    { label: w.ends, text: values.ends },
    { label: w.host, text: hosts.find(({ value }) => value === values.host)?.label ?? '' },
    { label: w.seats, text: String(values.seats) },
    { label: w.forWhom, text: values.forWhom },
  ];
  return (
    <FormBody on={on} notSaved={event === null ? w.notAdded : w.notSaved} save={event === null ? w.addSave : w.save} onCancel={onClose} opened inWords={inWords}>
      <NativeSelect {...on.field('kind')} label={w.kind} data={eventKinds.map((value) => ({ value, label: w.kinds[value] }))} maw={320} />
      <TextInput {...on.field('title')} label={w.name} autoComplete="off" maxLength={150} />
      <Textarea {...on.field('text')} label={w.text} autosize minRows={3} maxRows={12} maxLength={4000} />
      <TextInput {...on.field('place')} label={w.place} autoComplete="off" maxLength={300} />
      <DayInput {...on.field('day')} label={w.day} />
      <TextInput {...on.field('starts')} label={w.starts} inputMode="numeric" autoComplete="off" maw={120} />
      <TextInput {...on.field('ends')} label={w.ends} inputMode="numeric" autoComplete="off" maw={120} />
      <NativeSelect {...on.field('host')} label={w.host} data={hosts} maw={320} />
      <NumberInput {...on.field('seats')} label={w.seats} description={w.seatsHelp} min={1} max={2000} allowDecimal={false} hideControls maw={160} />
      <TextInput {...on.field('forWhom')} label={w.forWhom} autoComplete="off" maxLength={300} />
      <Checkbox {...on.field('open')} checked={on.form.getValues().open} label={w.open} description={w.openHelp} />
    </FormBody>
  );
}
