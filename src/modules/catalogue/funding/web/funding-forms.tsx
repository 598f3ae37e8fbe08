import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { Language } from '../../../../kit/words.ts';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { fieldKroner, readKroner, shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { industryChoices, useIndustryNames } from '../../../organisation/profiles/web/public.tsx';
import { courseKinds } from '../../courses/contract.ts';
import { useCourseWords } from '../../courses/web/public.tsx';
import { addFunding, addFundingRate, type Funding, fundingKinds, type Rate, rateUnits, writeFunding, writeFundingRate } from '../contract.ts';
import { fundingWords } from '../words.ts';

interface FormProps {
  onDone(): Promise<void>;
  onClose(): void;
}

interface Values extends Record<string, unknown> {
  kind: string;
  name: string;
  courseKinds: string[];
  industries: string[];
  agreement: string;
  text: string;
  link: string;
  retired: boolean;
}
const valuesOf = ({ kind, name, courseKinds: courses, industries, agreement, text, link, retired }: Funding): Values => ({
  kind,
  name,
  courseKinds: courses,
  industries,
  agreement,
  text,
  link: link ?? '',
  retired,
});

export function FundingForm({ funding, onDone, onClose }: FormProps & { funding: Funding | null }) {
  const w = useWords(fundingWords);
  const { optional } = useWords(uiWords);
  const { kinds } = useCourseWords();
  const industries = useIndustryNames();
  const on = useServerForm<Values, Funding>({
    initial: funding === null ? { kind: 'veu', name: '', courseKinds: [], industries: [], agreement: '', text: '', link: '', retired: false } : valuesOf(funding),
    ...(funding === null ? {} : { edits: { seen: funding, valuesOf } }),
    async send(values, key, version) {
      const body = {
        ...values,
        kind: values.kind as Funding['kind'],
        courseKinds: values.courseKinds as Funding['courseKinds'],
        industries: values.industries as Funding['industries'],
        link: values.link.trim() === '' ? null : values.link.trim(),
      };
      if (funding === null) await call(addFunding, { body }, { key });
      else await call(writeFunding, { params: { funding: funding.id }, body }, { version });
      await onDone();
    },
  });
  const inWords = (values: Values) => [
    { label: w.kind, text: w.kinds[values.kind as Funding['kind']] },
    { label: w.name, text: values.name },
    { label: w.courseKinds, text: sideBySide(values.courseKinds.map((each) => kinds[each as keyof typeof kinds])) },
    { label: w.industries, text: sideBySide(values.industries.map((each) => industries[each as keyof typeof industries])) },
    { label: w.agreement, text: values.agreement },
    { label: w.text, text: values.text },
    { label: w.link, text: values.link },
    { label: w.retire, text: values.retired ? w.retired : '' },
  ];
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} opened onCancel={onClose} inWords={inWords} wide>
      <NativeSelect {...on.field('kind')} label={w.kind} data={fundingKinds.map((value) => ({ value, label: w.kinds[value] }))} maw={320} />
      <TextInput {...on.field('name')} label={w.name} maxLength={150} autoComplete="off" maw={480} />
      <ChipsField {...on.field('courseKinds')} label={w.courseKinds} description={w.courseKindsHelp} choices={courseKinds.map((value) => ({ value, label: kinds[value] }))} />
      <ChipsField {...on.field('industries')} label={w.industries} description={w.industriesHelp} choices={industryChoices(industries)} />
      <TextInput {...on.field('agreement')} label={`${w.agreement} ${optional}`} maxLength={300} autoComplete="off" maw={480} />
      <Textarea {...on.field('text')} label={`${w.text} ${optional}`} autosize minRows={2} maxRows={10} maxLength={4000} />
      <TextInput {...on.field('link')} label={`${w.link} ${optional}`} type="url" maxLength={500} autoComplete="off" maw={480} />
      {funding !== null && <Checkbox {...on.field('retired')} checked={on.form.getValues().retired} label={w.retire} />}
    </FormBody>
  );
}

interface RateValues extends Record<string, unknown> {
  amount: string;
  unit: string;
  from: string;
  until: string;
  source: string;
}
const rateValuesIn =
  (language: Language) =>
  ({ amount, unit, from, until, source }: Rate): RateValues => ({ amount: fieldKroner(language, amount), unit, from: from ?? '', until: until ?? '', source });

export function RateForm({ funding, rate, onDone, onClose }: FormProps & { funding: Funding; rate: Rate | null }) {
  const w = useWords(fundingWords);
  const { language } = useLanguage();
  const { optional } = useWords(uiWords);
  const rateValuesOf = rateValuesIn(language);
  const on = useServerForm<RateValues, Rate>({
    initial: rate === null ? { amount: '', unit: 'day', from: '', until: '', source: '' } : rateValuesOf(rate),
    ...(rate === null ? {} : { edits: { seen: rate, valuesOf: rateValuesOf } }),
    sentences: { amount_required: w.amountUnread, amount_too_small: w.amountUnread, amount_too_big: w.amountUnread },
    async send({ amount, unit, from, until, source }, key, version) {
      const body = { amount: readKroner(amount) ?? -1, unit: unit as Rate['unit'], from: from === '' ? null : from, until: until === '' ? null : until, source };
      if (rate === null) await call(addFundingRate, { params: { funding: funding.id }, body }, { key });
      else await call(writeFundingRate, { params: { funding: funding.id, rate: rate.id }, body }, { version });
      await onDone();
    },
  });
  const day = (value: string) => (/^\d{4}-/.test(value) ? shortDay(language, value) : value);
  const inWords = (values: RateValues) => [
    { label: w.amount, text: values.amount },
    { label: w.unit, text: w.units[values.unit as Rate['unit']] },
    { label: w.from, text: day(values.from) },
    { label: w.until, text: day(values.until) },
    { label: w.source, text: values.source },
  ];
  return (
    <FormBody on={on} notSaved={w.rateNotSaved} save={w.rateSave} opened onCancel={onClose} inWords={inWords}>
      <TextInput {...on.field('amount')} label={w.amount} description={w.amountHelp} inputMode="decimal" autoComplete="off" styles={{ wrapper: { maxWidth: 220 } }} />
      <NativeSelect {...on.field('unit')} label={w.unit} data={rateUnits.map((value) => ({ value, label: w.units[value] }))} maw={280} />
      <DayInput {...on.field('from')} label={`${w.from} ${optional}`} description={w.fromHelp} />
      <DayInput {...on.field('until')} label={`${w.until} ${optional}`} description={w.untilHelp} />
      <TextInput {...on.field('source')} label={w.source} description={w.sourceHelp} maxLength={300} autoComplete="off" />
    </FormBody>
  );
}
