import { Alert, Button, Checkbox, Group, NumberInput, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { kroner, readKroner } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { PickCompany } from '../../../companies/register/web/public.tsx';
import { addSeat, addSeatHold, decideClass, readSeatSettings, type Seat, withdrawSeat, writeSeat, writeSeatSettings } from '../contract.ts';
import { seatsWords } from '../words.ts';

type ClassId = Seat['class']['id'];
type Company = Seat['company'];
interface Props {
  onDone(said: string): Promise<void>;
  onClose(): void;
}

export function Framed({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="sm" component="section" aria-labelledby="seat-form">
      <Title order={3} id="seat-form">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

export function TakeForm({ id, mayWait, onDone, onClose }: Props & { id: ClassId; mayWait: boolean }) {
  const w = useWords(seatsWords);
  const on = useServerForm({
    initial: { company: '', heads: 2 as string | number, wait: mayWait },
    async send({ company, heads, wait }, key) {
      const { result, position, alone } = await call(addSeat, { params: { class: id }, body: { company: company as Company['id'], heads: Number(heads), wait } }, { key });
      await onDone([result === 'taken' ? w.took : w.inLine(position ?? 1), ...(alone ? [w.alone] : [])].join(' '));
    },
  });
  return (
    <Framed title={w.take}>
      <FormBody on={on} notSaved={w.notTaken} save={w.takeSave} onCancel={onClose} opened>
        <PickCompany {...on.field('company')} />
        <NumberInput {...on.field('heads')} label={w.heads} min={1} max={500} allowDecimal={false} maw={160} />
        {Number(on.form.values.heads) === 1 && (
          <Alert color="yellow" icon={<IconUsers size={20} stroke={1.75} />} title={w.aloneTitle}>
            {w.alone}
          </Alert>
        )}
        {mayWait && <Checkbox {...on.form.getInputProps('wait', { type: 'checkbox' })} label={w.wait} />}
      </FormBody>
    </Framed>
  );
}

export function WithdrawForm({ seat, today, onDone, onClose }: Props & { seat: Seat; today: string }) {
  const w = useWords(seatsWords);
  const on = useServerForm({
    initial: { because: '' },
    async send({ because }, key) {
      await call(withdrawSeat, { params: { seat: seat.id }, body: { because } }, { key });
      await onDone(w.withdrawn);
    },
  });
  return (
    <Framed title={w.withdrawThis(seat.company.name)}>
      {seat.state === 'taken' && seat.bindingAfter !== null && seat.bindingAfter < today && <Alert color="yellow">{w.lateWarning}</Alert>}
      <FormBody on={on} notSaved={w.notWithdrawn} save={w.withdrawSave} onCancel={onClose} opened>
        <Textarea {...on.field('because')} label={w.because} autosize minRows={2} maxLength={300} />
      </FormBody>
    </Framed>
  );
}

export function AgreementForm({ seat, onDone, onClose }: Props & { seat: Seat }) {
  const w = useWords(seatsWords);
  const { language } = useLanguage();
  const valuesOf = ({ bindingAfter, needs, supplement }: Seat) => ({
    bindingAfter: bindingAfter ?? '',
    needs,
    supplement: supplement === null ? '' : kroner(language, supplement).replace(/\s?kr\.$/, ''),
  });
  const on = useServerForm({
    initial: valuesOf(seat),
    async send({ bindingAfter, needs, supplement }, _key, version) {
      const amount = seat.can.supplement ? (supplement.trim() === '' ? null : (readKroner(supplement) ?? (supplement as never))) : seat.supplement;
      await call(writeSeat, { params: { seat: seat.id }, body: { bindingAfter: bindingAfter === '' ? null : (bindingAfter as never), needs, supplement: amount } }, { version });
      await onDone(w.saved);
    },
    edits: { seen: seat, valuesOf },
  });
  return (
    <Framed title={w.editThis(seat.company.name)}>
      <FormBody
        on={on}
        notSaved={w.notSaved}
        save={w.editSave}
        onCancel={onClose}
        opened
        inWords={({ bindingAfter, needs, supplement }) => [
          { label: w.bindingAfter, text: bindingAfter },
          { label: w.needs, text: needs },
          { label: w.supplement, text: supplement },
        ]}
      >
        <DayInput {...on.field('bindingAfter')} label={w.bindingAfter} />
        <Textarea {...on.field('needs')} label={w.needs} description={w.needsHelp} autosize minRows={2} maxLength={500} />
        {seat.can.supplement && <TextInput {...on.field('supplement')} label={w.supplement} description={w.supplementHelp} inputMode="decimal" maw={240} />}
      </FormBody>
    </Framed>
  );
}

export function CancelForm({ id, version, onDone, onClose }: Props & { id: ClassId; version: number }) {
  const w = useWords(seatsWords);
  const on = useServerForm({
    initial: { because: '' },
    async send({ because }) {
      await call(decideClass, { params: { class: id }, body: { state: 'cancelled', because } }, { version });
      await onDone(w.cancelled);
    },
  });
  return (
    <Framed title={w.cancel}>
      <FormBody on={on} notSaved={w.notCancelled} save={w.cancelSave} onCancel={onClose} opened>
        <Textarea {...on.field('because')} label={w.because} description={w.cancelHelp} autosize minRows={2} maxLength={300} />
      </FormBody>
    </Framed>
  );
}

export function HoldForm({ id, onDone, onClose }: Props & { id: ClassId }) {
  const w = useWords(seatsWords);
  const [companies, setCompanies] = useState<{ id: string; name: string }[]>([]);
  const [name, setName] = useState('');
  const on = useServerForm({
    initial: { name: '', company: '', seats: 2 as string | number, until: '' },
    async send({ name, company, seats, until }, key) {
      const all = [...new Set([...companies.map((each) => each.id), ...(company === '' ? [] : [company])])] as Company['id'][];
      await call(addSeatHold, { params: { class: id }, body: { name, companies: all, seats: Number(seats), until: until as never } }, { key });
      await onDone(w.heldNow);
    },
  });
  const { company } = on.form.values;
  return (
    <Framed title={w.hold}>
      <FormBody on={on} notSaved={w.notHeld} save={w.holdSave} onCancel={onClose} opened>
        <TextInput {...on.field('name')} label={w.holdName} autoComplete="off" maxLength={200} />
        <Stack gap="xs">
          {companies.map((each) => (
            <Group key={each.id} justify="space-between" wrap="nowrap">
              <Text style={{ overflowWrap: 'anywhere' }}>{each.name}</Text>
              <Button variant="subtle" aria-label={w.removeThis(each.name)} onClick={() => setCompanies(companies.filter((other) => other.id !== each.id))}>
                {w.remove}
              </Button>
            </Group>
          ))}
          <PickCompany
            key={companies.length}
            {...on.field('company')}
            label={w.addCompany}
            onChange={(value, option) => {
              on.form.setFieldValue('company', value ?? '');
              setName(option?.label ?? '');
            }}
          />
          <div>
            <Button
              disabled={company === ''}
              onClick={() => {
                setCompanies([...companies.filter((each) => each.id !== company), { id: company, name }]);
                on.form.setFieldValue('company', '');
              }}
            >
              {w.holdMore}
            </Button>
          </div>
        </Stack>
        <NumberInput {...on.field('seats')} label={w.heads} min={1} max={500} allowDecimal={false} maw={160} />
        <DayInput {...on.field('until')} label={w.holdUntil} />
      </FormBody>
    </Framed>
  );
}

/** How long an offer stands, for the coordinator. */
export function OfferHours({ onDone, onClose }: Props) {
  const asked = useRead(readSeatSettings, {});
  return asked.data === undefined ? null : <HoursForm found={asked.data} onDone={onDone} onClose={onClose} />;
}
function HoursForm({ found, onDone, onClose }: Props & { found: { offerHours: number; version: number } }) {
  const w = useWords(seatsWords);
  const on = useServerForm({
    initial: { offerHours: found.offerHours as string | number },
    async send({ offerHours }, _key, version) {
      await call(writeSeatSettings, { body: { offerHours: Number(offerHours) } }, { version });
      await onDone(w.settingsSaved);
    },
    edits: { seen: found, valuesOf: ({ offerHours }) => ({ offerHours: offerHours as string | number }) },
  });
  return (
    <Framed title={w.settings}>
      <FormBody on={on} notSaved={w.notSaved} save={w.settingsSave} onCancel={onClose} opened inWords={({ offerHours }) => [{ label: w.offerHours, text: String(offerHours) }]}>
        <NumberInput {...on.field('offerHours')} label={w.offerHours} description={w.offerHoursHelp} min={1} max={336} allowDecimal={false} maw={240} />
      </FormBody>
    </Framed>
  );
}
