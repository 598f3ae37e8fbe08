import { Button, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { dayAndTime, instantIn, readTime, workingDaysOn } from '../../../../ui/moments.ts';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { readCampaign } from '../../campaigns/contract.ts';
import { type Quotas, readQuotas, writeQuotas } from '../contract.ts';
import { nominationWords } from '../words.ts';

/** On the page of a campaign, for the coordinator: what each school may name, and what it has. */
export function QuotasPanel({ campaign }: { campaign: string }) {
  const w = useWords(nominationWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const asked = useRead(readQuotas, { params: { campaign } });
  const [editing, setEditing] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  if (asked.data === undefined) return null;
  const quotas = asked.data;
  const given = quotas.schools.reduce((sum, { quota }) => sum + quota, 0);
  return (
    <Stack gap="sm" component="section" aria-labelledby="quotas" align="flex-start" maw={720}>
      <Title order={2} id="quotas">
        {w.quotas}
      </Title>
      <Text c="var(--vn-ink-2)">{quotas.deadline === null ? w.notYet : w.quotasLead}</Text>
      {quotas.deadline !== null && !editing && (
        <>
          <Text>
            {w.until(dayAndTime(language, zone, quotas.deadline))} {w.given(given, quotas.total ?? 0)}
          </Text>
          <Rows
            label={w.quotas}
            rows={quotas.schools.filter(({ quota }) => quota > 0)}
            keyOf={({ schoolId }) => schoolId}
            name={{ head: w.school, cell: ({ school }) => <Wraps least="10rem">{school}</Wraps> }}
            columns={[{ head: w.quotaHead, cell: ({ used, quota }) => w.usedOf(used, quota), width: '10rem' }]}
          />
        </>
      )}
      <Text role="status" size="sm">
        {said}
      </Text>
      {editing ? (
        <QuotasForm
          campaign={campaign}
          quotas={quotas}
          onClose={(done) => {
            setEditing(false);
            setSaid(done);
          }}
        />
      ) : (
        quotas.can.write && (
          <Button variant={quotas.deadline === null ? 'filled' : 'default'} onClick={() => setEditing(true)}>
            {quotas.deadline === null ? w.set : w.edit}
          </Button>
        )
      )}
    </Stack>
  );
}

const whole = (written: string) => (/^\d{1,6}$/.test(written.trim()) ? Number(written.trim()) : Number.NaN);

function QuotasForm({ campaign, quotas, onClose }: { campaign: string; quotas: Quotas; onClose(said: string | null): void }) {
  const w = useWords(nominationWords);
  const { language } = useLanguage();
  const { today, zone } = useActing();
  const queries = useQueryClient();
  const on = useServerForm({
    initial: {
      hours: String(quotas.hours ?? 20),
      perHour: String(quotas.perHour ?? 6),
      day: quotas.deadline === null ? workingDaysOn(today, 5) : dayOf(zone, quotas.deadline),
      time: quotas.deadline === null ? (language === 'da' ? '12.00' : '12:00') : timeOf(language, zone, quotas.deadline),
      schools: quotas.schools.map(({ quota }) => String(quota)),
    },
    async send({ hours, perHour, day, time, schools }) {
      const at = readTime(time);
      const fields = [
        ...(Number.isNaN(whole(hours)) ? [{ path: 'hours', code: 'format' }] : []),
        ...(Number.isNaN(whole(perHour)) ? [{ path: 'perHour', code: 'format' }] : []),
        ...(/^\d{4}-\d{2}-\d{2}$/.test(day) ? [] : [{ path: 'day', code: 'format' }]),
        ...(at === null ? [{ path: 'time', code: 'format' }] : []),
        ...schools.flatMap((written, index) => (Number.isNaN(whole(written)) ? [{ path: `schools.${index}`, code: 'format' }] : [])),
      ];
      if (fields.length > 0 || at === null) throw new Refusal({ type: 'urn:vejnet:problem:invalid', status: 400, code: 'invalid', fields });
      try {
        await call(writeQuotas, {
          params: { campaign },
          body: {
            hours: whole(hours),
            perHour: whole(perHour),
            deadline: instantIn(zone, day, at),
            schools: quotas.schools.map(({ schoolId }, index) => ({ school: schoolId, quota: whole(schools[index] ?? '') })),
          },
        });
      } catch (error) {
        if (!(error instanceof Refusal && error.problem.code === 'deadline_passed')) throw error;
        throw new Refusal({ ...error.problem, fields: [{ path: 'day', code: 'deadline_passed' }] });
      }
      await refresh(queries, readQuotas, readCampaign);
      onClose(w.saved);
    },
  });
  const values = on.form.getValues();
  const total = whole(values.hours) * whole(values.perHour);
  const sum = values.schools.reduce((all, written) => all + (whole(written) || 0), 0);
  const share = () =>
    on.form.setFieldValue(
      'schools',
      quotas.schools.map((_school, index) => String(Math.floor(total / quotas.schools.length) + (index < total % quotas.schools.length ? 1 : 0))),
    );
  return (
    <FormBody on={on} notSaved={w.notSaved} save={quotas.deadline === null ? w.save : w.saveAgain} onCancel={() => onClose(null)} opened>
      <Group gap="md" align="flex-start">
        <TextInput {...on.field('hours')} label={w.hours} inputMode="numeric" autoComplete="off" w={160} />
        <TextInput {...on.field('perHour')} label={w.perHour} inputMode="numeric" autoComplete="off" w={160} />
      </Group>
      {!Number.isNaN(total) && <Text>{w.carries(total)}</Text>}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {quotas.schools.map(({ schoolId, school }, index) => (
          <TextInput key={schoolId} {...on.field(`schools.${index}`)} label={school} inputMode="numeric" autoComplete="off" />
        ))}
      </SimpleGrid>
      <Group justify="space-between" align="center">
        <Text role="status" c={sum > total ? 'red' : undefined}>
          {Number.isNaN(total) ? '' : sum > total ? w.tooMany(sum, total) : w.given(sum, total)}
        </Text>
        <Button size="xs" disabled={Number.isNaN(total)} onClick={share}>
          {w.share}
        </Button>
      </Group>
      <Group gap="md" align="flex-start">
        <DayInput {...on.field('day')} label={w.deadlineDay} />
        <TextInput {...on.field('time')} label={w.deadlineTime} autoComplete="off" w={140} />
      </Group>
    </FormBody>
  );
}
