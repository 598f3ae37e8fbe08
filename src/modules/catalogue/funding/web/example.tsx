import { Group, NativeSelect, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { DayInput } from '../../../../ui/day-input.tsx';
import { kroner, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { useRead } from '../../../../ui/read.ts';
import { type Funding, type FundingHint, type Rate, readFundingHint } from '../contract.ts';
import { fundingWords } from '../words.ts';

/** "911 kr. pr. dag", "80 procent" */
export function useRateText(): (rate: Pick<Rate, 'amount' | 'unit'>) => string {
  const w = useWords(fundingWords);
  const { language } = useLanguage();
  return ({ amount, unit }) =>
    unit === 'percent' ? `${new Intl.NumberFormat(language === 'da' ? 'da-DK' : 'en-GB', { maximumFractionDigits: 2 }).format(amount / 100)}\u00a0%` : `${kroner(language, amount)} ${w.units[unit]}`;
}

/** What a course may cost and bring, worked out while somebody types. The day decides the rate. */
export function Example({ rows }: { rows: readonly Funding[] }) {
  const w = useWords(fundingWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const rateText = useRateText();
  const grants = rows.filter(({ kind, retired }) => kind !== 'fee' && !retired);
  const fees = rows.filter(({ kind, retired }) => kind === 'fee' && !retired);
  const [sum, setSum] = useState({ day: today, days: 3 as string | number, persons: 1 as string | number, allowance: String(grants[0]?.id ?? ''), fee: String(fees[0]?.id ?? '') });
  const [asked] = useDebouncedValue(sum, 250);
  const [days, persons] = [Number(asked.days), Number(asked.persons)];
  const complete = /^\d{4}-\d{2}-\d{2}$/.test(asked.day) && days >= 0.5 && days <= 400 && days * 2 === Math.round(days * 2) && persons >= 1 && persons <= 1000 && Number.isInteger(persons);
  const named = (id: string) => (id === '' ? undefined : (id as Funding['id']));
  const found = useRead(readFundingHint, { query: { day: asked.day, days, persons, allowance: named(asked.allowance), fee: named(asked.fee) } as never }, { enabled: complete });
  const choices = (those: readonly Funding[]) => [{ value: '', label: w.none }, ...those.map(({ id, name }) => ({ value: String(id), label: name }))];
  const said = (line: FundingHint['fee']) => {
    if (line === null) return w.none;
    if (line.rate === null) return w.noRate(shortDay(language, asked.day));
    const basis = w.basis(rateText(line.rate), line.rate.source);
    return (
      <>
        <Text fw={500}>{line.amount === null ? w.percentOnly(rateText(line.rate)) : kroner(language, line.amount)}</Text>
        <Text size="sm" c="dimmed">
          {basis}
        </Text>
      </>
    );
  };
  const hint = found.data;
  return (
    <Stack gap="sm" component="section" aria-labelledby="example">
      <Title order={2} id="example">
        {w.hint}
      </Title>
      <Text fw={500}>{w.hintLead}</Text>
      <Group align="flex-end" gap="sm">
        <DayInput label={w.day} value={sum.day} onChange={(day) => setSum({ ...sum, day })} />
        <NumberInput
          label={w.days}
          value={sum.days}
          onChange={(value) => setSum({ ...sum, days: value })}
          min={0.5}
          max={400}
          step={0.5}
          decimalScale={1}
          decimalSeparator={language === 'da' ? ',' : '.'}
          hideControls
          w={100}
        />
        <NumberInput label={w.persons} value={sum.persons} onChange={(value) => setSum({ ...sum, persons: value })} min={1} max={1000} allowDecimal={false} hideControls w={110} />
        <NativeSelect
          label={w.allowance}
          value={sum.allowance}
          onChange={({ currentTarget }) => setSum({ ...sum, allowance: currentTarget.value })}
          data={choices(grants)}
          w={{ base: '100%', sm: 240 }}
        />
        <NativeSelect label={w.fee} value={sum.fee} onChange={({ currentTarget }) => setSum({ ...sum, fee: currentTarget.value })} data={choices(fees)} w={{ base: '100%', sm: 240 }} />
      </Group>
      {found.isError && <ErrorNotice error={found.error} />}
      <div role="status">
        {complete && hint !== undefined && (
          <Facts
            facts={[
              { label: w.gets, value: said(hint.allowance) },
              { label: w.pays, value: said(hint.fee) },
              {
                label: hint.remains !== null && hint.remains < 0 ? w.over : w.remains,
                value: hint.remains === null ? w.cannotTell : <Text fw={600}>{kroner(language, Math.abs(hint.remains))}</Text>,
              },
            ]}
          />
        )}
      </div>
    </Stack>
  );
}
