import { Badge, Button, Checkbox, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { refresh, useRead, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { listDue, readRetention, writeRetention } from '../contract.ts';
import { dataProtectionWords } from '../words.ts';
import { DataProtectionParts } from './public.tsx';

type Clock = OutputOf<typeof readRetention>[number];

export function ClocksPage() {
  const all = useWords(dataProtectionWords);
  const w = all.clocks;
  const { language } = useLanguage();
  const queries = useQueryClient();
  const list = useRows(readRetention, {});
  const [open, setOpen] = useState<{ clock: Clock['clock']; as: 'edit' | 'due' } | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const toggle = (clock: Clock['clock'], as: 'edit' | 'due') => setOpen(open?.clock === clock && open.as === as ? null : { clock, as });
  return (
    <Page title={all.parts.clocks} lead={w.lead} done={done}>
      <DataProtectionParts />
      <ListState list={list} count={list.data?.length ?? 0} empty={null}>
        <Ruled>
          {list.data?.map((one) => (
            <Rule
              key={one.clock}
              action={
                <Group gap="xs">
                  {one.due + one.soon > 0 && (
                    <Button
                      size="xs"
                      onClick={() => toggle(one.clock, 'due')}
                      aria-label={open?.clock === one.clock && open.as === 'due' ? w.hideThis(w.names[one.clock]) : w.see(w.names[one.clock])}
                      aria-expanded={open?.clock === one.clock && open.as === 'due'}
                    >
                      {open?.clock === one.clock && open.as === 'due' ? w.hide : w.show}
                    </Button>
                  )}
                  <Button size="xs" onClick={() => toggle(one.clock, 'edit')} aria-label={w.editThis(w.names[one.clock])} aria-expanded={open?.clock === one.clock && open.as === 'edit'}>
                    {w.edit}
                  </Button>
                </Group>
              }
            >
              <Stack gap={4}>
                <Group gap="xs">
                  <Text fw={500}>{w.names[one.clock]}</Text>
                  <Text c="var(--vn-ink-2)">{w.monthsOf(one.months)}</Text>
                  {one.paused !== null && (
                    <Badge color="yellow" leftSection={<IconPlayerPause size={16} stroke={1.75} />}>
                      {w.pausedUntil(shortDay(language, one.paused.until))}
                    </Badge>
                  )}
                </Group>
                {one.paused !== null && <Text size="sm">{one.paused.because}</Text>}
                <Text size="sm" c="var(--vn-ink-2)">
                  {[
                    ...(one.due > 0 ? [`${w.due}: ${one.due}`] : []),
                    `${w.soon}: ${one.soon === 0 ? w.nothing.toLowerCase() : one.soon}`,
                    ...(one.next === null ? [] : [`${w.next}: ${shortDay(language, one.next)}`]),
                    `${w.lastHead}: ${one.last === null ? w.never.toLowerCase() : w.last(one.last.gone, shortDay(language, one.last.day))}`,
                  ].join(' · ')}
                </Text>
                {open?.clock === one.clock && open.as === 'due' && <Due clock={one.clock} />}
                {open?.clock === one.clock && open.as === 'edit' && (
                  <Edit
                    key={one.version}
                    one={one}
                    onClose={async (said) => {
                      setOpen(null);
                      if (said !== null) {
                        setDone(said);
                        await refresh(queries, readRetention);
                      }
                      focusTitle();
                    }}
                  />
                )}
              </Stack>
            </Rule>
          ))}
        </Ruled>
      </ListState>
    </Page>
  );
}

function Due({ clock }: { clock: Clock['clock'] }) {
  const w = useWords(dataProtectionWords).clocks;
  const { language } = useLanguage();
  const list = useRead(listDue, { params: { clock } });
  return (
    <ListState list={list} count={list.data?.length ?? 0} empty={<Text size="sm">{w.noneSoon}</Text>}>
      <Rows
        label={w.see(w.names[clock])}
        rows={(list.data ?? []).map((row, at) => ({ ...row, at }))}
        keyOf={({ at }) => String(at)}
        name={{ head: w.goes, cell: ({ goes }) => shortDay(language, goes) }}
        columns={[
          { head: w.since, cell: ({ since }) => shortDay(language, since) },
          { head: w.company, plain: true, cell: ({ company }) => company ?? w.noCompany },
        ]}
      />
    </ListState>
  );
}

const valuesOf = ({ months, paused }: Clock) => ({ months, pause: paused !== null, until: paused?.until ?? '', because: paused?.because ?? '' });

function Edit({ one, onClose }: { one: Clock; onClose(said: string | null): void }) {
  const w = useWords(dataProtectionWords).clocks;
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const on = useServerForm<ReturnType<typeof valuesOf>, Clock>({
    initial: valuesOf(one),
    edits: { seen: one, valuesOf },
    sentences: { 'paused.until_format': shared.dayUnread },
    async send({ months, pause, until, because }, _key, version) {
      await call(writeRetention, { params: { clock: one.clock }, body: { months: Number(months), paused: pause ? { until, because } : null } }, { version });
      onClose(w.saved(w.names[one.clock]));
    },
  });
  const { pause } = on.form.values;
  return (
    <FormBody
      on={on}
      notSaved={w.notSaved}
      save={w.save}
      onCancel={() => onClose(null)}
      opened
      inWords={(values) => [
        { label: w.field, text: String(values.months) },
        { label: w.until, text: values.pause && values.until !== '' ? shortDay(language, values.until) : w.nothing },
        { label: w.because, text: values.because },
      ]}
    >
      <NumberInput {...on.field('months')} label={w.field} description={w.fieldHelp(one.floor, one.ceiling, one.standard)} min={0} max={120} allowDecimal={false} w={200} />
      <Checkbox
        label={w.pause}
        description={w.pauseHelp}
        checked={pause}
        onChange={(event) => {
          on.form.setFieldValue('pause', event.currentTarget.checked);
          if (event.currentTarget.checked && on.form.values.until === '') on.form.setFieldValue('until', shiftDay(today, 30));
        }}
        py={8}
      />
      {pause && (
        <>
          <DayInput {...on.field('until')} label={w.until} />
          <TextInput {...on.field('because')} label={w.because} autoComplete="off" />
        </>
      )}
    </FormBody>
  );
}
