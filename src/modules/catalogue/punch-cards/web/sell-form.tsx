import { NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { withVat } from '../../../../kit/money.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { kroner, readKroner } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { PickCompany } from '../../../companies/register/web/public.tsx';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { type PunchCard, sellPunchCard, vatRates } from '../contract.ts';
import { punchCardsWords } from '../words.ts';

interface Values extends Record<string, unknown> {
  school: string;
  company: string | null;
  name: string;
  units: string | number;
  price: string;
  vat: string;
  freeBecause: string;
  validFrom: string;
  validTo: string;
  schools: string[];
}

/** Sells a company a card. The price is typed in kroner; with VAT and for one unit it stands under it. */
export function SellForm({ company, known, onDone, onClose }: { company: string | null; known: readonly PunchCard['company'][]; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(punchCardsWords);
  const { optional } = useWords(uiWords);
  const { language } = useLanguage();
  const { may, schoolId, today } = useActing();
  const schools = useRead(listSchools, { query: {} });
  const on = useServerForm<Values>({
    initial: { school: schoolId ?? '', company, name: w.nameOf, units: 10, price: '', vat: '25', freeBecause: '', validFrom: today, validTo: '', schools: [] },
    sentences: {
      price_invalid: w.priceUnread,
      price_required: w.priceUnread,
      price_too_small: w.priceUnread,
      price_format: w.priceUnread,
      school_format: w.choose,
      freeBecause_required: w.freeReasonRequired,
      validTo_days_reversed: w.reversed,
    },
    async send({ school, company: of, units, price, vat, freeBecause, schools: asked, ...values }, key) {
      const ore = readKroner(price);
      await call(
        sellPunchCard,
        {
          body: {
            ...values,
            school: school as PunchCard['school']['id'],
            company: (of ?? '') as PunchCard['company']['id'],
            units: Number(units),
            // What is no amount is sent as it cannot stand, so that the server names the field.
            price: ore ?? -1,
            vat: Number(vat) as 0 | 25,
            freeBecause: ore === 0 ? freeBecause : null,
            schools: asked.filter((each) => each !== school) as PunchCard['school']['id'][],
          },
        },
        { key },
      );
      await onDone();
    },
  });
  const now = on.form.getValues();
  const ore = readKroner(now.price);
  const others = (schools.data ?? []).filter(({ id }) => String(id) !== now.school).map(({ id, name }) => ({ value: String(id), label: name }));
  const names = known.filter(({ id }) => id === company).map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <FormBody on={on} notSaved={w.notSold} save={w.sell} opened onCancel={onClose}>
      {may('coordinator') && (
        <NativeSelect {...on.field('school')} label={w.school} data={[{ value: '', label: w.choose }, ...(schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))]} />
      )}
      {names[0] === undefined ? <PickCompany {...on.field('company')} label={w.company} /> : <TextInput label={w.company} value={names[0].label} readOnly />}
      <TextInput {...on.field('name')} label={w.name} maxLength={150} autoComplete="off" />
      <NumberInput
        {...on.field('units')}
        label={w.units}
        description={w.unitsHelp}
        min={1}
        max={1000}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        styles={{ wrapper: { maxWidth: 220 } }}
      />
      <TextInput {...on.field('price')} label={w.priceField} description={w.priceHelp} inputMode="decimal" autoComplete="off" styles={{ wrapper: { maxWidth: 220 } }} />
      {ore === 0 ? (
        <TextInput {...on.field('freeBecause')} label={w.freeBecause} maxLength={300} autoComplete="off" />
      ) : (
        <Text size="sm" role="status">
          {ore === null || Number(now.units) < 1 ? '' : w.willBe(kroner(language, withVat(ore, Number(now.vat))), kroner(language, Math.floor(ore / Number(now.units))))}
        </Text>
      )}
      <NativeSelect {...on.field('vat')} label={w.vat} data={vatRates.map((rate) => ({ value: `${rate}`, label: w.vats[rate] }))} maw={320} />
      <DayInput {...on.field('validFrom')} label={w.validFrom} />
      <DayInput {...on.field('validTo')} label={w.validTo} />
      {others.length > 0 && <ChipsField {...on.field('schools')} label={`${w.askSchools} ${optional}`} description={w.askHelp} choices={others} />}
    </FormBody>
  );
}
