import { Fieldset, NativeSelect, NumberInput, Stack, Text, Textarea, Title } from '@mantine/core';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { capital, longDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { type CornerPage, cancelCornerDay, countCornerDay, giveCornerDay } from '../contract.ts';
import { type Topic, topics } from '../rules.ts';
import { cornersWords } from '../words.ts';

interface Props<Day> {
  corner: CornerPage;
  day: Day;
  onDone(said: string): Promise<void>;
  onClose(): void;
}

function Framed({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Stack gap="sm" component="section" aria-labelledby="day-form">
      <Title order={2} id="day-form">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

/** A colleague of the same school takes the day. */
export function CoverDay({ corner, day, onDone, onClose }: Props<CornerPage['ahead'][number]>) {
  const w = useWords(cornersWords);
  const { language } = useLanguage();
  const profiles = useRead(listProfiles, { query: {} });
  const others = (profiles.data ?? []).filter(({ schoolId, personId }) => schoolId === corner.school.id && personId !== day.person.id);
  const on = useServerForm<{ person: string }>({
    initial: { person: '' },
    async send({ person }) {
      await call(giveCornerDay, { params: { corner: corner.id, day: day.day }, body: { person: person as CornerPage['consultant']['id'] } }, { version: day.version });
      await onDone(w.covered(others.find(({ personId }) => personId === person)?.name ?? '', longDay(language, day.day)));
    },
  });
  return (
    <Framed title={w.coverThis(longDay(language, day.day))}>
      <FormBody on={on} notSaved={w.notCovered} save={w.coverSave} onCancel={onClose} opened>
        <NativeSelect {...on.field('person')} label={w.coverBy} data={[{ value: '', label: w.choose }, ...others.map(({ personId, name }) => ({ value: String(personId), label: name }))]} maw={320} />
      </FormBody>
    </Framed>
  );
}

/** Nobody is there that day; why stands on the employees' page. */
export function CancelDay({ corner, day, onDone, onClose }: Props<CornerPage['ahead'][number]>) {
  const w = useWords(cornersWords);
  const { language } = useLanguage();
  const on = useServerForm<{ because: string }>({
    initial: { because: '' },
    async send({ because }) {
      await call(cancelCornerDay, { params: { corner: corner.id, day: day.day }, body: { because } }, { version: day.version });
      await onDone(w.cancelledNow(capital(longDay(language, day.day))));
    },
  });
  return (
    <Framed title={w.cancelThis(longDay(language, day.day))}>
      <FormBody on={on} notSaved={w.notCancelled} save={w.cancelSave} onCancel={onClose} opened>
        <Textarea {...on.field('because')} label={w.because} description={w.becauseHelp} autosize minRows={2} maxLength={300} />
      </FormBody>
    </Framed>
  );
}

type Count = number | '';
type Counts = { droppedIn: Count; booked: Count; topics: Record<Topic, Count> };
const numberOf = (value: Count) => (value === '' ? 0 : value);
const each = (count: (topic: Topic) => Count) => Object.fromEntries(topics.map((topic) => [topic, count(topic)])) as Record<Topic, Count>;

/** How many came, and if one likes what it was about. */
export function CountDay({ corner, day, onDone, onClose }: Props<CornerPage['past'][number]>) {
  const w = useWords(cornersWords);
  const { language } = useLanguage();
  const on = useServerForm<Counts>({
    initial: {
      droppedIn: day.came?.droppedIn ?? '',
      booked: day.came?.booked ?? '',
      topics: each((topic) => day.topics?.[topic] || ''),
    },
    async send(values) {
      await call(
        countCornerDay,
        {
          params: { corner: corner.id, day: day.day },
          body: {
            droppedIn: numberOf(values.droppedIn),
            booked: numberOf(values.booked),
            topics: each((topic) => numberOf(values.topics[topic])) as Record<Topic, number>,
          },
        },
        { version: day.version },
      );
      await onDone(w.counted(capital(longDay(language, day.day))));
    },
  });
  return (
    <Framed title={w.countTitle(longDay(language, day.day))}>
      <FormBody on={on} notSaved={w.countsNotSaved} save={w.countSave} onCancel={onClose} opened>
        <NumberInput {...on.field('droppedIn')} label={w.droppedIn} min={0} max={500} maw={160} />
        {day.seats !== null && <NumberInput {...on.field('booked')} label={w.booked} description={w.bookedHelp(day.seats)} min={0} max={500} maw={240} />}
        <Fieldset legend={w.countTopics}>
          <Stack gap="sm">
            <Text size="sm" c="var(--vn-ink-2)">
              {w.countHelp}
            </Text>
            {topics.map((topic) => (
              <NumberInput key={topic} {...on.field(`topics.${topic}`)} label={w.topics[topic]} min={0} max={500} maw={240} />
            ))}
          </Stack>
        </Fieldset>
      </FormBody>
    </Framed>
  );
}
