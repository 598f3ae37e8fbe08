import { Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { PickCompany } from '../../../companies/register/web/public.tsx';
import { addRotation, type Rotation, rotationSources, writeRotation } from '../contract.ts';
import { rotationWords } from '../words.ts';

type Period = { substitute: string | number; firstDay: string; lastDay: string };
type Values = { company: string; what: string; trainees: string | number; source: string; sourceName: string; peer: string; peerHours: string | number; periods: Period[] };
const valuesOf = ({ company, what, trainees, source, sourceName, peer, peerHours, periods }: Rotation): Values => ({
  company: company.id,
  what,
  trainees,
  source,
  sourceName,
  peer,
  peerHours: peerHours ?? '',
  periods,
});

interface Props {
  rotation: Rotation | null;
  /** Known beforehand: the form is opened from the company's page. */
  company: string | null;
  onDone(): Promise<void>;
  onClose(): void;
}

/** What was agreed: who trains, who stands in from where and when, what peers teach (row 4.26). */
export function RotationForm({ rotation, company, onDone, onClose }: Props) {
  const w = useWords(rotationWords);
  const { optional } = useWords(uiWords);
  const { today } = useActing();
  const on = useServerForm<Values, Rotation>({
    initial: rotation === null ? { company: company ?? '', what: '', trainees: '', source: 'job_centre', sourceName: '', peer: '', peerHours: '', periods: [] } : valuesOf(rotation),
    ...(rotation === null ? {} : { edits: { seen: rotation, valuesOf } }),
    sentences: { periods_substitute_twice: w.twice, company_format: w.company },
    async send({ company: of, periods, peerHours, trainees, source, ...rest }, key, version) {
      const body = {
        ...rest,
        source: source as Rotation['source'],
        trainees: Number(trainees),
        peerHours: peerHours === '' ? null : Number(peerHours),
        periods: periods.map(({ substitute, firstDay, lastDay }) => ({ substitute: Number(substitute), firstDay, lastDay })),
      };
      if (rotation === null) await call(addRotation, { body: { company: of as never, ...body } }, { key });
      else await call(writeRotation, { params: { rotation: rotation.id }, body }, { version });
      await onDone();
    },
  });
  const { values } = on.form;
  const setPeriods = (periods: Period[]) => on.form.setFieldValue('periods', periods as never);
  const inWords = (said: Values) => [
    { label: w.what, text: said.what },
    { label: w.trainees, text: String(said.trainees) },
    { label: w.source, text: w.sources[said.source as Rotation['source']] },
    { label: w.sourceName, text: said.sourceName },
    { label: w.peer, text: said.peer },
    { label: w.peerHours, text: String(said.peerHours) },
    { label: w.periods, text: said.periods.map(({ substitute, firstDay, lastDay }) => w.stands(Number(substitute), firstDay, lastDay)).join('; ') },
  ];
  const whole = { min: 1, max: 500, allowDecimal: false, hideControls: true, styles: { wrapper: { maxWidth: 160 } } };
  const periodsField = on.field('periods');
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={onClose} opened inWords={inWords}>
      {rotation === null && company === null && <PickCompany {...on.field('company')} label={w.company} />}
      <TextInput {...on.field('what')} label={w.what} autoComplete="off" maxLength={200} />
      <NumberInput {...on.field('trainees')} label={w.trainees} {...whole} />
      <NativeSelect {...on.field('source')} label={w.source} data={rotationSources.map((value) => ({ value, label: w.sources[value] }))} maw={320} />
      {values.source !== 'own' && <TextInput {...on.field('sourceName')} label={`${w.sourceName} ${optional}`} autoComplete="off" maxLength={150} />}
      <TextInput {...on.field('peer')} label={`${w.peer} ${optional}`} autoComplete="off" maxLength={300} />
      {values.peer !== '' && <NumberInput {...on.field('peerHours')} label={`${w.peerHours} ${optional}`} {...whole} />}
      <Stack gap="sm" role="group" aria-label={w.periods} id={periodsField.id} tabIndex={-1}>
        <Text fw={500}>{w.periods}</Text>
        {periodsField.error !== undefined && periodsField.error !== null && (
          <Text size="sm" c="var(--mantine-color-error)">
            {periodsField.error}
          </Text>
        )}
        {values.periods.map((period, at) => {
          const no = at + 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: periods have no id before they are kept
            <Stack key={at} gap="xs">
              <NumberInput {...on.field(`periods.${at}.substitute`)} label={w.substituteOf(no)} {...whole} max={50} />
              <DayInput {...on.field(`periods.${at}.firstDay`)} label={w.firstDay(no)} />
              <DayInput {...on.field(`periods.${at}.lastDay`)} label={w.lastDay(no)} />
              <Group>
                <Button size="xs" variant="subtle" onClick={() => setPeriods(values.periods.filter((each) => each !== period))}>
                  {w.removePeriod(no)}
                </Button>
              </Group>
            </Stack>
          );
        })}
        <Group>
          <Button size="xs" onClick={() => setPeriods([...values.periods, { substitute: 1, firstDay: today, lastDay: '' }])}>
            {w.addPeriod}
          </Button>
        </Group>
      </Stack>
    </FormBody>
  );
}
