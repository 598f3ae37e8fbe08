import { Checkbox, NativeSelect, NumberInput, Text, Textarea, TextInput } from '@mantine/core';
import { withVat } from '../../../../kit/money.ts';
import type { Language } from '../../../../kit/words.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { figure } from '../../../../ui/figures.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { fieldKroner, kroner, readKroner, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { PickCourse, useCourseName } from '../../course-choices/web/public.tsx';
import { type Assessment, type AssessmentResult, addService, phases, priceUnits, resultsOf, type Service, writeService } from '../contract.ts';
import { pricedServicesWords } from '../words.ts';

interface Values extends Record<string, unknown> {
  school: string;
  kind: 'priced' | Assessment;
  name: string;
  text: string;
  phase: string;
  unit: string;
  price: string;
  vat: string | number;
  course: string | null;
  results: string[];
  freeForEmployed: boolean;
  retired: boolean;
}
const valuesIn =
  (language: Language) =>
  (it: Service): Values => ({
    school: String(it.school.id),
    kind: it.assessment ?? 'priced',
    name: it.name,
    text: it.text,
    phase: it.phase,
    unit: it.unit,
    price: fieldKroner(language, it.price),
    vat: it.vat,
    course: it.course === null ? null : String(it.course.id),
    results: it.results,
    freeForEmployed: it.freeForEmployed,
    retired: it.retired,
  });

/** A service, new or as it is. The price is typed in kroner; what it is in øre and with VAT stands under it while it is typed. */
export function ServiceForm({ service, onDone, onClose }: { service: Service | null; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(pricedServicesWords);
  const { optional } = useWords(uiWords);
  const { language } = useLanguage();
  const { may, schoolId } = useActing();
  const nameOf = useCourseName();
  const valuesOf = valuesIn(language);
  const anySchool = service === null && may('coordinator');
  const schools = useRead(listSchools, { query: {} }, { enabled: anySchool });
  const on = useServerForm<Values, Service>({
    initial:
      service === null
        ? { school: schoolId ?? '', kind: 'priced', name: '', text: '', phase: 'before', unit: 'hour', price: '', vat: 25, course: null, results: [], freeForEmployed: false, retired: false }
        : valuesOf(service),
    ...(service === null ? {} : { edits: { seen: service, valuesOf } }),
    sentences: { price_invalid: w.priceUnread, price_required: w.priceUnread, price_too_small: w.priceUnread, price_format: w.priceUnread, school_format: w.choose },
    async send({ school, kind, price, vat, results, freeForEmployed, ...values }, key, version) {
      const assessment = kind === 'priced' ? null : kind;
      const body = {
        name: values.name,
        text: values.text,
        phase: values.phase as Service['phase'],
        unit: values.unit as Service['unit'],
        // What is no amount is sent as it cannot stand, so that the server names the field.
        price: readKroner(price) ?? -1,
        vat: vat === '' ? -1 : Number(vat),
        course: values.course as NonNullable<Service['course']>['id'] | null,
        assessment,
        results: assessment === null ? [] : (results as AssessmentResult[]).filter((each) => (resultsOf[assessment] as readonly string[]).includes(each)),
        freeForEmployed: assessment !== null && freeForEmployed,
        retired: values.retired,
      };
      if (service === null) await call(addService, { body: { school: school as Service['school']['id'], ...body } }, { key });
      else await call(writeService, { params: { service: service.id }, body }, { version });
      await onDone();
    },
  });
  const now = on.form.getValues();
  const ore = readKroner(now.price);
  const assessment = now.kind === 'priced' ? null : now.kind;
  const inWords = (values: Values) => [
    { label: w.kind, text: w.kinds[values.kind] },
    { label: w.name, text: values.name },
    { label: w.text, text: values.text },
    { label: w.phase, text: w.phases[values.phase as Service['phase']] },
    { label: w.price, text: values.price },
    { label: w.unit, text: w.units[values.unit as Service['unit']] },
    { label: w.vat, text: String(values.vat) },
    { label: w.course, text: values.course === null ? '' : service?.course?.id === values.course && service.course !== null ? nameOf(service.course) : values.course },
    { label: w.results, text: sideBySide(values.results.map((each) => w.resultNames[each as AssessmentResult])) },
    { label: w.freeForEmployed, text: values.freeForEmployed ? w.freeShort : '' },
    { label: w.retire, text: values.retired ? w.retired : '' },
  ];
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} opened onCancel={onClose} inWords={inWords}>
      {anySchool && (
        <NativeSelect {...on.field('school')} label={w.school} data={[{ value: '', label: w.choose }, ...(schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))]} />
      )}
      <NativeSelect {...on.field('kind')} label={w.kind} data={(['priced', 'ikv', 'rkv'] as const).map((value) => ({ value, label: w.kinds[value] }))} />
      <TextInput {...on.field('name')} label={w.name} maxLength={150} autoComplete="off" />
      <Textarea {...on.field('text')} label={`${w.text} ${optional}`} autosize minRows={2} maxRows={10} maxLength={4000} />
      <NativeSelect {...on.field('phase')} label={w.phase} data={phases.map((value) => ({ value, label: w.phases[value] }))} maw={320} />
      <TextInput {...on.field('price')} label={w.price} description={w.priceHelp} inputMode="decimal" autoComplete="off" styles={{ wrapper: { maxWidth: 220 } }} />
      <NumberInput {...on.field('vat')} label={w.vat} description={w.vatHelp} min={0} max={100} allowDecimal={false} allowNegative={false} hideControls styles={{ wrapper: { maxWidth: 220 } }} />
      <Text size="sm" role="status">
        {ore === null ? '' : w.willBe(figure(language, ore), kroner(language, ore), kroner(language, withVat(ore, Number(now.vat))))}
      </Text>
      <NativeSelect {...on.field('unit')} label={w.unit} data={priceUnits.map((value) => ({ value, label: w.units[value] }))} maw={320} />
      <PickCourse {...on.field('course')} label={`${w.course} ${optional}`} clearable known={service?.course == null ? [] : [service.course]} />
      {assessment !== null && (
        <>
          <ChipsField {...on.field('results')} label={w.results} choices={resultsOf[assessment].map((value) => ({ value, label: w.resultNames[value] }))} />
          <Checkbox {...on.field('freeForEmployed')} checked={now.freeForEmployed} label={w.freeForEmployed} />
        </>
      )}
      {service !== null && <Checkbox {...on.field('retired')} checked={now.retired} label={w.retire} />}
    </FormBody>
  );
}
