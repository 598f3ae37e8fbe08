import { Button, Group, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { focusTitle } from '../../../../ui/layout/page.tsx';
import { refresh } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { addIncentive, type Incentive, incentiveAudiences, incentiveKinds, listIncentives, removeIncentive, writeIncentive } from '../contract.ts';
import { measuresWords } from '../words.ts';

/** Row 3.03: what pulls against impartial advice, as the schools tell it themselves. */
export function Incentives({ rows, onDone }: { rows: readonly Incentive[]; onDone(said: string | null): void }) {
  const w = useWords(measuresWords);
  const { language } = useLanguage();
  const { may, schoolId, today } = useActing();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<Incentive | 'new' | null>(null);
  const said = async (text: string) => {
    await refresh(queries, listIncentives);
    setEditing(null);
    onDone(text);
    focusTitle();
  };
  const day = (of: string) => shortDay(language, of);
  return (
    <Stack gap="sm" component="section" aria-labelledby="incentives" maw={720}>
      <Title order={2} id="incentives">
        {w.incentives}
      </Title>
      <Text>{w.incentivesLead}</Text>
      {editing !== null && (
        <IncentiveForm key={editing === 'new' ? 'new' : editing.id} incentive={editing === 'new' ? null : editing} today={today} onDone={() => said(w.added)} onClose={() => setEditing(null)} />
      )}
      {rows.length === 0 ? (
        <Text c="dimmed">{w.incentivesNone}</Text>
      ) : (
        <Ruled>
          {rows.map((row) => (
            <Rule
              key={row.id}
              action={
                row.can.write && editing === null ? (
                  <Group gap="xs">
                    <Button size="xs" variant="subtle" onClick={() => setEditing(row)}>
                      {w.change}
                    </Button>
                    <Button size="xs" variant="subtle" color="red" onClick={() => call(removeIncentive, { params: { incentive: row.id } }, { version: row.version }).then(() => said(w.removed))}>
                      {w.remove}
                    </Button>
                  </Group>
                ) : undefined
              }
            >
              <div>
                <Text fw={500}>{row.school.name}</Text>
                <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{row.what}</Text>
                <Text size="sm" c="dimmed">
                  {sideBySide([w.incentiveKinds[row.kind], [w.sinceDay(day(row.since)), ...(row.until === null ? [] : [w.untilDay(day(row.until))])].join(' '), w.audiences[row.openTo]])}
                </Text>
              </div>
            </Rule>
          ))}
        </Ruled>
      )}
      {editing === null && may('manager') && schoolId !== null && (
        <div>
          <Button onClick={() => setEditing('new')}>{w.add}</Button>
        </div>
      )}
    </Stack>
  );
}

type Values = { kind: string; what: string; since: string; until: string; openTo: string };
const valuesOf = ({ kind, what, since, until, openTo }: Incentive): Values => ({ kind, what, since, until: until ?? '', openTo });

function IncentiveForm({ incentive, today, onDone, onClose }: { incentive: Incentive | null; today: string; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(measuresWords);
  const { language } = useLanguage();
  const { optional } = useWords(uiWords);
  const on = useServerForm<Values, Incentive>({
    initial: incentive === null ? { kind: 'minimum_activity', what: '', since: today, until: '', openTo: 'coordinator' } : valuesOf(incentive),
    ...(incentive === null ? {} : { edits: { seen: incentive, valuesOf } }),
    async send(values, key, version) {
      const body = { ...values, kind: values.kind as Incentive['kind'], openTo: values.openTo as Incentive['openTo'], until: values.until === '' ? null : values.until };
      if (incentive === null) await call(addIncentive, { body }, { key });
      else await call(writeIncentive, { params: { incentive: incentive.id }, body }, { version });
      await onDone();
    },
  });
  const inWords = (values: Values) => [
    { label: w.kind, text: w.incentiveKinds[values.kind as Incentive['kind']] },
    { label: w.what, text: values.what },
    { label: w.since, text: values.since === '' ? '' : shortDay(language, values.since) },
    { label: w.until, text: values.until === '' ? '' : shortDay(language, values.until) },
    { label: w.openTo, text: w.audiences[values.openTo as Incentive['openTo']] },
  ];
  return (
    <FormBody on={on} notSaved={w.notAdded} save={w.addSave} opened onCancel={onClose} inWords={inWords}>
      <NativeSelect label={w.kind} data={incentiveKinds.map((value) => ({ value, label: w.incentiveKinds[value] }))} {...on.field('kind')} />
      <Textarea label={w.what} description={w.whatHelp} autosize minRows={2} maxLength={1000} {...on.field('what')} />
      <DayInput label={w.since} {...on.field('since')} />
      <DayInput label={`${w.until} ${optional}`} {...on.field('until')} />
      <NativeSelect label={w.openTo} data={incentiveAudiences.map((value) => ({ value, label: w.audiences[value] }))} {...on.field('openTo')} />
    </FormBody>
  );
}
