import { MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import type { Language } from '../../../../kit/words.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { readTime } from '../../../../ui/moments.ts';
import { useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { addRota, type Rota, rotaKinds, writeRota } from '../contract.ts';
import { rotaWords } from '../words.ts';

type Saved = OutputOf<typeof addRota>;
const valuesIn =
  (language: Language) =>
  ({ name, kind, place, weekday, starts, ends, from, to, people }: Rota) => ({
    name,
    kind: kind as string,
    place,
    weekday: String(weekday),
    starts: shownTime(language, starts),
    ends: shownTime(language, ends),
    from,
    to: to ?? '',
    people: people.map(({ id }) => String(id)),
  });
type Values = ReturnType<ReturnType<typeof valuesIn>>;

/** A weekly place, new or as it is. */
export function RotaForm({ rota, onDone, onClose }: { rota: Rota | null; onDone(said: string): Promise<void>; onClose(): void }) {
  const w = useWords(rotaWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const valuesOf = valuesIn(language);
  const consultants = useRead(listProfiles, { query: {} });
  const on = useServerForm<Values, Saved>({
    initial:
      rota === null ? { name: '', kind: 'union', place: '', weekday: '1', starts: shownTime(language, '09:00'), ends: shownTime(language, '12:00'), from: today, to: '', people: [] } : valuesOf(rota),
    ...(rota === null ? {} : { edits: { seen: rota as Saved, valuesOf } }),
    async send(values, key, version) {
      const body = {
        ...values,
        kind: values.kind as Rota['kind'],
        weekday: Number(values.weekday),
        starts: readTime(values.starts) ?? values.starts,
        ends: readTime(values.ends) ?? values.ends,
        to: values.to === '' ? null : values.to,
        people: values.people as Rota['people'][number]['id'][],
      };
      const saved = rota === null ? await call(addRota, { body }, { key }) : await call(writeRota, { params: { rota: rota.id }, body }, { version });
      await onDone(rota === null ? w.added(saved.name) : w.saved(saved.name));
    },
  });
  const names = [...(rota?.people ?? []), ...(consultants.data ?? []).map(({ personId, name, school }) => ({ id: personId, name, school }))];
  const choices = [...new Map(names.map(({ id, name, school }) => [String(id), { value: String(id), label: [name, school].filter(Boolean).join(', ') }])).values()];
  return (
    <FormBody on={on} notSaved={rota === null ? w.notAdded : w.notSaved} save={rota === null ? w.addSave : w.save} onCancel={onClose} opened>
      <TextInput {...on.field('name')} label={w.name} description={w.nameHelp} autoComplete="off" maxLength={100} />
      <NativeSelect {...on.field('kind')} label={w.kind} data={rotaKinds.map((value) => ({ value, label: w.kinds[value] ?? value }))} maw={320} />
      <TextInput {...on.field('place')} label={`${w.place} ${shared.optional}`} autoComplete="off" maxLength={300} />
      <NativeSelect {...on.field('weekday')} label={w.weekday} data={w.weekdays.map((label, at) => ({ value: String(at + 1), label }))} maw={200} />
      <TextInput {...on.field('starts')} label={w.starts} autoComplete="off" inputMode="numeric" maw={120} />
      <TextInput {...on.field('ends')} label={w.ends} autoComplete="off" inputMode="numeric" maw={120} />
      <DayInput {...on.field('from')} label={w.from} />
      <DayInput {...on.field('to')} label={`${w.to} ${shared.optional}`} />
      <MultiSelect {...on.field('people')} label={w.people} description={w.peopleHelp} data={choices} searchable hidePickedOptions />
    </FormBody>
  );
}
