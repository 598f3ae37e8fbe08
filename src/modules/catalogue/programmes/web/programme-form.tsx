import { Button, Checkbox, Group, NativeSelect, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { v4 } from 'uuid';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { listSchools } from '../../../organisation/schools/contract.ts';
import type { CourseNamed } from '../../course-choices/contract.ts';
import { PickCourse, useCourseName } from '../../course-choices/web/public.tsx';
import { addProgramme, type Programme, programmeKinds, writeProgramme } from '../contract.ts';
import { daysOf } from '../rules.ts';
import { programmesWords } from '../words.ts';

interface Part {
  key: string;
  course: CourseNamed | null;
  days: string | number;
  gap: string | number;
}
interface Values extends Record<string, unknown> {
  kind: string;
  title: string;
  text: string;
  days: string | number;
  weeks: string | number;
  items: Part[];
  schools: string[];
  retired: boolean;
}
const nobody = (): Part => ({ key: v4(), course: null, days: '', gap: '' });
const valuesOf = (it: Programme): Values => ({
  kind: it.kind,
  title: it.title,
  text: it.text,
  days: it.days,
  weeks: it.weeks ?? '',
  items: it.items.map(({ course, days, gap }) => ({ key: v4(), course, days, gap: gap ?? '' })),
  schools: it.schools.map(({ id }) => String(id)),
  retired: it.retired,
});

/** A programme with its parts; whether their days add up is said while they are typed. */
export function ProgrammeForm({ programme, onDone, onClose }: { programme: Programme | null; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(programmesWords);
  const { optional } = useWords(uiWords);
  const { language } = useLanguage();
  const nameOf = useCourseName();
  const schools = useRead(listSchools, { query: {} });
  const on = useServerForm<Values, Programme>({
    initial: programme === null ? { kind: 'composite', title: '', text: '', days: '', weeks: '', items: [nobody(), nobody()], schools: [], retired: false } : valuesOf(programme),
    ...(programme === null ? {} : { edits: { seen: programme, valuesOf } }),
    sentences: { 'items.course_format': w.choose, 'items.course_invalid': w.choose, 'items.course_required': w.choose },
    async send({ kind, days, weeks, items, schools: chosen, ...values }, key, version) {
      const body = {
        title: values.title,
        text: values.text,
        retired: values.retired,
        kind: kind as Programme['kind'],
        days: Number(days),
        weeks: weeks === '' ? null : Number(weeks),
        items: items.map((part) => ({ course: (part.course?.id ?? '') as CourseNamed['id'], days: Number(part.days), gap: part.gap === '' ? null : Number(part.gap) })),
        schools: chosen as Programme['schools'][number]['id'][],
      };
      if (programme === null) await call(addProgramme, { body }, { key });
      else await call(writeProgramme, { params: { programme: programme.id }, body }, { version });
      await onDone();
    },
  });
  const now = on.form.getValues();
  const set = (items: Part[]) => on.form.setFieldValue('items', items as never);
  const change = (key: string, over: Partial<Part>) => set(on.form.getValues().items.map((part) => (part.key === key ? { ...part, ...over } : part)));
  const number = new Intl.NumberFormat(language === 'da' ? 'da-DK' : 'en-GB');
  const sum = daysOf(now.items.map(({ days }) => ({ days: Number(days) || 0 })));
  const separator = language === 'da' ? ',' : '.';
  const inWords = (values: Values) => [
    { label: w.kind, text: w.kinds[values.kind as Programme['kind']] },
    { label: w.name, text: values.title },
    { label: w.text, text: values.text },
    { label: w.days, text: String(values.days) },
    { label: w.weeks, text: String(values.weeks) },
    { label: w.items, text: sideBySide(values.items.map(({ course, days, gap }) => [course === null ? '' : nameOf(course), days, gap].join(' '))) },
    { label: w.schools, text: sideBySide(values.schools.map((id) => (schools.data ?? []).find((each) => each.id === id)?.name ?? id)) },
    { label: w.retire, text: values.retired ? w.retired : '' },
  ];
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} opened onCancel={onClose} inWords={inWords} wide>
      <NativeSelect {...on.field('kind')} label={w.kind} data={programmeKinds.map((value) => ({ value, label: w.kinds[value] }))} maw={360} />
      <TextInput {...on.field('title')} label={w.name} maxLength={150} autoComplete="off" maw={480} />
      <Textarea {...on.field('text')} label={`${w.text} ${optional}`} autosize minRows={2} maxRows={10} maxLength={4000} />
      <Group gap="sm" align="flex-end">
        <NumberInput {...on.field('days')} label={w.days} min={0} max={400} decimalScale={1} decimalSeparator={separator} hideControls w={140} />
        <NumberInput {...on.field('weeks')} label={`${w.weeks} ${optional}`} min={1} max={260} allowDecimal={false} hideControls w={{ base: '100%', sm: 280 }} />
      </Group>
      {now.items.map((part, at) => (
        <Stack key={part.key} component="fieldset" gap="xs" style={{ border: 0, borderTop: '1px solid var(--vn-line)', margin: 0, padding: '12px 0 0' }}>
          <Text component="legend" fw={500} style={{ float: 'left', padding: 0 }}>
            {w.part(at + 1)}
          </Text>
          <PickCourse
            {...on.field(`items.${at}.course`)}
            label={w.course(at + 1)}
            value={part.course === null ? null : String(part.course.id)}
            known={part.course === null ? [] : [part.course]}
            onChange={() => undefined}
            onPick={(course) => change(part.key, { course })}
          />
          <Group gap="sm" align="flex-end">
            <NumberInput
              {...on.field(`items.${at}.days`)}
              label={w.itemDays(at + 1)}
              value={part.days}
              onChange={(days) => change(part.key, { days })}
              min={0}
              max={400}
              decimalScale={1}
              decimalSeparator={separator}
              hideControls
              w={140}
            />
            {at > 0 && (
              <NumberInput
                {...on.field(`items.${at}.gap`)}
                label={`${w.gap(at + 1)} ${optional}`}
                value={part.gap}
                onChange={(gap) => change(part.key, { gap })}
                min={0}
                max={104}
                allowDecimal={false}
                hideControls
                w={{ base: '100%', sm: 240 }}
              />
            )}
            {at > 0 && (
              <Button
                variant="subtle"
                onClick={() => {
                  const items = [...now.items];
                  items.splice(at - 1, 2, ...[part, now.items[at - 1] ?? part]);
                  set(items);
                }}
              >
                {w.moveUp(at + 1)}
              </Button>
            )}
            {now.items.length > 2 && (
              <Button variant="subtle" onClick={() => set(now.items.filter(({ key }) => key !== part.key))}>
                {w.removeItem(at + 1)}
              </Button>
            )}
          </Group>
        </Stack>
      ))}
      {now.items.length < 30 && (
        <div>
          <Button onClick={() => set([...now.items, nobody()])}>{w.addItem}</Button>
        </div>
      )}
      <Text role="status" fw={500}>
        {now.days === '' ? '' : sum === Number(now.days) ? w.sumHolds(number.format(sum)) : w.sum(number.format(sum), number.format(Number(now.days)))}
      </Text>
      <ChipsField
        {...on.field('schools')}
        label={w.schools}
        choices={(schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })).sort((one, other) => one.label.localeCompare(other.label, 'da'))}
      />
      {programme !== null && <Checkbox {...on.field('retired')} checked={now.retired} label={w.retire} />}
    </FormBody>
  );
}
