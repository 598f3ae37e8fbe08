import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { PickClass } from '../../../catalogue/classes/web/public.tsx';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { addScreening, type Screening } from '../contract.ts';
import { type Result, results } from '../rules.ts';
import { screeningWords } from '../words.ts';

type Counts = Record<Result, string | number>;
interface Values extends Record<string, unknown> {
  school: string;
  class: string | null;
  name: string;
  day: string;
  people: string | number;
  tested: string | number;
  leaders: string | number;
  reading: Counts;
  withMaths: boolean;
  maths: Counts;
}
const none: Counts = { very_badly: '', badly: '', well: '' };
const numbers = (counts: Counts) => Object.fromEntries(results.map((each) => [each, Number(counts[each])])) as Record<Result, number>;

/** The figures of a whole group. */
export function ScreeningForm({ onDone, onClose }: { onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(screeningWords);
  const { may, schoolId, today } = useActing();
  const schools = useRead(listSchools, { query: {} }, { enabled: may('coordinator') });
  const on = useServerForm<Values>({
    initial: { school: schoolId ?? '', class: null, name: '', day: today, people: '', tested: '', leaders: 0, reading: none, withMaths: false, maths: none },
    sentences: { tested_not_the_whole_group: w.notWhole, 'reading.very_badly_not_the_sum': w.notTheSum, 'maths.very_badly_not_the_sum': w.notTheSum, school_format: w.choose },
    async send({ school, class: held, name, day, people, tested, leaders, reading, withMaths, maths }, key) {
      await call(
        addScreening,
        {
          body: {
            school: school as Screening['school']['id'],
            class: (held || null) as never,
            name,
            day,
            people: Number(people),
            tested: Number(tested),
            leaders: Number(leaders),
            reading: numbers(reading),
            maths: withMaths ? numbers(maths) : null,
          },
        },
        { key },
      );
      await onDone();
    },
  });
  const now = on.form.getValues();
  const number = { min: 0, max: 500, allowDecimal: false, allowNegative: false, hideControls: true, styles: { wrapper: { maxWidth: 160 } } };
  const counts = (subject: 'reading' | 'maths') =>
    results.map((result) => <NumberInput key={result} {...on.field(`${subject}.${result}`)} label={w.countOf(w[subject], w.results[result])} {...number} />);
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} opened onCancel={onClose}>
      {may('coordinator') && (
        <NativeSelect {...on.field('school')} label={w.school} data={[{ value: '', label: w.choose }, ...(schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))]} />
      )}
      <TextInput {...on.field('name')} label={w.name} description={w.nameHelp} maxLength={150} autoComplete="off" />
      <DayInput {...on.field('day')} label={w.day} />
      {now.school !== '' && <PickClass key={now.school} {...on.field('class')} label={w.class} description={w.classHelp} school={now.school} from={shiftDay(today, -180)} clearable />}
      <NumberInput {...on.field('people')} label={w.people} {...number} />
      <NumberInput {...on.field('tested')} label={w.tested} description={w.testedHelp} {...number} />
      <NumberInput {...on.field('leaders')} label={w.leaders} description={w.leadersHelp} {...number} />
      {counts('reading')}
      <Checkbox {...on.field('withMaths')} checked={now.withMaths} label={w.withMaths} py={8} />
      {now.withMaths && counts('maths')}
    </FormBody>
  );
}
