import { Anchor, Button, Group, NativeSelect, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { endKeepUp, type KeepUp, keepUpDone, listKeepUps, noteFirstUse, readKeepUp, readLeadTimes, writeKeepUp } from '../contract.ts';
import { keepingUpWords } from '../words.ts';

/** On a company's page: the long way from first hearing to first use, and who asks again when (row 2.32). */
export function KeepUpPanel({ company }: { company: string }) {
  const w = useWords(keepingUpWords);
  const { may } = useActing();
  const asked = useRead(readKeepUp, { params: { company } }, { enabled: may('consultant', 'coordinator') });
  if (!may('consultant', 'coordinator')) return null;
  return (
    <Stack gap="xs" component="section" aria-labelledby="keep-up">
      <Title order={2} id="keep-up">
        {w.title}
      </Title>
      {asked.data === undefined ? (
        asked.isError ? (
          <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />
        ) : (
          <Loading lines={2} />
        )
      ) : (
        <Shown key={asked.data.version} company={company} kept={asked.data} />
      )}
    </Stack>
  );
}

function Shown({ company, kept }: { company: string; kept: KeepUp }) {
  const w = useWords(keepingUpWords);
  const { language } = useLanguage();
  const { may } = useActing();
  const queries = useQueryClient();
  const [open, setOpen] = useState<'plan' | 'use' | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { first, firstUse, months, plan, version } = kept;
  const said = async (text: string) => {
    setOpen(null);
    setError(null);
    setDone(text);
    await refresh(queries, readKeepUp, listKeepUps, readLeadTimes);
  };
  if (first === null) return <Text c="dimmed">{w.notMet}</Text>;
  const edit = (endpoint: typeof keepUpDone | typeof endKeepUp, text: string) => call(endpoint, { params: { company: company as never } }, { version }).then(() => said(text), setError);
  return (
    <>
      <div role="status">{done !== null && <Text size="sm">{done}</Text>}</div>
      {error !== null && <ErrorNotice error={error} />}
      <Text size="sm">
        {[w.since(shortDay(language, first)), firstUse === null ? w.notUsed : w.used(firstUse.what, shortDay(language, firstUse.day)), months === null ? '' : w.took(months)].join(' ')}
      </Text>
      {plan !== null && (
        <div>
          <Text fw={500}>{w.asks(plan.person.name, shortDay(language, plan.nextOn))}</Text>
          <Text size="sm" c="var(--vn-ink-2)" style={{ overflowWrap: 'anywhere' }}>
            {plan.why} {w.every(plan.everyMonths)}.
          </Text>
        </div>
      )}
      {open === null && may('consultant') && (
        <Group gap="xs">
          {plan !== null && (
            <Button size="xs" onClick={() => edit(keepUpDone, w.putOff)}>
              {w.asked}
            </Button>
          )}
          <Button size="xs" variant={plan === null ? 'default' : 'subtle'} onClick={() => setOpen('plan')}>
            {plan === null ? w.plan : w.change}
          </Button>
          {firstUse === null && (
            <Button size="xs" variant="subtle" onClick={() => setOpen('use')}>
              {w.noteUse}
            </Button>
          )}
          {plan !== null && (
            <Button size="xs" variant="subtle" onClick={() => edit(endKeepUp, w.ended)}>
              {w.end}
            </Button>
          )}
        </Group>
      )}
      {open === 'plan' && <Plan company={company} kept={kept} onDone={() => said(w.saved)} onClose={() => setOpen(null)} />}
      {open === 'use' && <Use company={company} onDone={() => said(w.useSaved)} onClose={() => setOpen(null)} />}
    </>
  );
}

function Plan({ company, kept, onDone, onClose }: { company: string; kept: KeepUp; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(keepingUpWords);
  const { today } = useActing();
  const form = useServerForm<{ why: string; everyMonths: string; nextOn: string }>({
    initial: { why: kept.plan?.why ?? '', everyMonths: String(kept.plan?.everyMonths ?? 3), nextOn: kept.plan?.nextOn ?? shiftDay(today, 91) },
    async send({ why, everyMonths, nextOn }) {
      await call(writeKeepUp, { params: { company: company as never }, body: { why, everyMonths: Number(everyMonths), nextOn } }, { version: kept.version });
      await onDone();
    },
  });
  return (
    <FormBody on={form} notSaved={w.notSaved} save={w.save} quiet opened onCancel={onClose}>
      <Textarea label={w.why} autosize minRows={2} maxLength={500} {...form.field('why')} />
      <DayInput label={w.nextOn} {...form.field('nextOn')} />
      <NativeSelect label={w.months} data={[1, 2, 3, 6, 12].map((months) => ({ value: String(months), label: w.every(months) }))} {...form.field('everyMonths')} />
    </FormBody>
  );
}

function Use({ company, onDone, onClose }: { company: string; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(keepingUpWords);
  const { today } = useActing();
  const form = useServerForm<{ use: { day: string; what: string } }>({
    initial: { use: { day: today, what: '' } },
    async send(body) {
      await call(noteFirstUse, { params: { company: company as never }, body });
      await onDone();
    },
  });
  return (
    <FormBody on={form} notSaved={w.useNotSaved} save={w.useSave} quiet opened onCancel={onClose}>
      <TextInput label={w.useWhat} maxLength={200} {...form.field('use.what')} />
      <DayInput label={w.useDay} {...form.field('use.day')} />
    </FormBody>
  );
}

/** On a consultant's Today: companies whose day to be asked again has come. */
export function DueKeepUps() {
  const w = useWords(keepingUpWords);
  const due = (useRead(listKeepUps, {}).data ?? []).filter((each) => each.due);
  if (due.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="due-keep-ups" maw={720}>
      <Title order={2} id="due-keep-ups">
        {w.due}
      </Title>
      <Ruled>
        {due.slice(0, 10).map(({ company, why }) => (
          <Rule key={company.id}>
            <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink>
            <Text size="sm" c="var(--vn-ink-2)" style={{ overflowWrap: 'anywhere' }}>
              {why}
            </Text>
          </Rule>
        ))}
      </Ruled>
    </Stack>
  );
}

/** The way to the cohorts, from the page of reports. */
export function LeadTimesLink() {
  const w = useWords(keepingUpWords);
  return (
    <Anchor component={Link} to="/lead-times" fz="inherit">
      {w.leadLink}
    </Anchor>
  );
}
