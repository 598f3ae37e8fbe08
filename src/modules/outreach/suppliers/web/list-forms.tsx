import { Checkbox, NativeSelect, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { inLanguage } from '../../../../kit/words.ts';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, type ServerForm, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listContacts } from '../../../companies/contacts/contract.ts';
import { CompanySearch } from '../../../companies/register/web/public.tsx';
import { addSupplierList, addSuppliers, type SupplierList, writeSupplierList } from '../contract.ts';
import { suppliersWords } from '../words.ts';

type Facts = { introduction: string; contact: string; holds: boolean; held: { seats: string; course: string; until: string } };
const valuesOf = ({ introduction, contact, held }: SupplierList): Facts => ({
  introduction: introduction ?? '',
  contact: contact?.id ?? '',
  holds: held !== null,
  held: { seats: String(held?.seats ?? 5), course: held?.course ?? '', until: held?.until ?? '' },
});
const bodyOf = ({ introduction, contact, holds, held }: Facts) => ({
  introduction,
  contact: contact === '' ? null : (contact as never),
  held: holds ? { ...held, seats: Number(held.seats) } : null,
});

/** What may be said, whom to ask, and the seats that are held: the same for a new list and one that is changed. */
function FactsFields({ on, company }: { on: ServerForm<Facts> | ServerForm<Facts & { lines: string }>; company: string }) {
  const w = useWords(suppliersWords);
  const form = on as ServerForm<Facts>;
  const contacts = useRead(listContacts, { params: { company } }).data ?? [];
  const { holds } = form.form.getValues();
  return (
    <>
      <NativeSelect label={w.contact} data={[{ value: '', label: w.contactNone }, ...contacts.map(({ id, name }) => ({ value: String(id), label: name }))]} {...form.field('contact')} />
      <Textarea label={w.introduction} description={w.introductionHelp} autosize minRows={2} maxLength={1000} {...form.field('introduction')} />
      <Checkbox label={w.holdsSeats} {...form.field('holds')} checked={holds} />
      {holds && (
        <>
          <TextInput label={w.seats} inputMode="numeric" maxLength={3} maw={120} {...form.field('held.seats')} />
          <TextInput label={w.course} maxLength={200} {...form.field('held.course')} />
          <DayInput label={w.until} {...form.field('held.until')} />
        </>
      )}
    </>
  );
}

const Lines = ({ on }: { on: ServerForm<{ lines: string }> }) => {
  const w = useWords(suppliersWords);
  return <Textarea label={w.lines} description={w.linesHelp} placeholder={w.linesExample} autosize minRows={5} maxRows={16} {...on.field('lines')} />;
};

interface Done {
  onDone(list: SupplierList): unknown;
  onClose(): void;
}

/** A new list: first who gave it, then what may be said and who is on it. */
export function AddList({ onDone, onClose }: Done) {
  const w = useWords(suppliersWords);
  const [from, setFrom] = useState<{ id: string; name: string } | null>(null);
  return (
    <Stack gap="sm" mb="xl" component="section" aria-labelledby="add-list">
      <Title order={2} id="add-list">
        {w.addTitle}
      </Title>
      <Text c="var(--vn-ink-2)" maw="68ch">
        {w.addLead} <NameLink to="/assignment-rule">{w.rule}</NameLink>
      </Text>
      {from === null ? (
        <CompanySearch label={w.from} description={w.fromHelp} none={w.fromNone} onPick={setFrom} onClose={onClose} />
      ) : (
        <>
          <Text fw={600}>{`${w.company}: ${from.name}`}</Text>
          <NewFacts key={from.id} from={from} onDone={onDone} onClose={onClose} />
        </>
      )}
    </Stack>
  );
}

function NewFacts({ from, onDone, onClose }: Done & { from: { id: string; name: string } }) {
  const w = useWords(suppliersWords);
  const on = useServerForm<Facts & { lines: string }>({
    // What is said to companies is said in Danish, whatever language the screen has.
    initial: { introduction: inLanguage(suppliersWords, 'da').saidWeShould(from.name), contact: '', holds: false, held: { seats: '5', course: '', until: '' }, lines: '' },
    async send({ lines, ...facts }, key) {
      await onDone(await call(addSupplierList, { body: { company: from.id as never, ...bodyOf(facts), lines } }, { key }));
    },
  });
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={onClose} opened>
      <FactsFields on={on} company={from.id} />
      <Lines on={on as unknown as ServerForm<{ lines: string }>} />
    </FormBody>
  );
}

export function EditList({ list, onDone, onClose }: Done & { list: SupplierList }) {
  const w = useWords(suppliersWords);
  const on = useServerForm<Facts, SupplierList>({
    initial: valuesOf(list),
    edits: { seen: list, valuesOf },
    async send(values, _key, version) {
      await onDone(await call(writeSupplierList, { params: { list: list.id }, body: bodyOf(values) }, { version }));
    },
  });
  const inWords = ({ introduction, contact, holds, held }: Facts) => [
    { label: w.contact, text: contact === list.contact?.id ? list.contact.name : contact === '' ? w.contactNone : contact },
    { label: w.introduction, text: introduction },
    { label: w.heldHead, text: holds ? [held.seats, held.course, held.until].join(', ') : w.heldNone },
  ];
  return (
    <FormBody on={on} notSaved={w.notEdited} save={w.editSave} onCancel={onClose} inWords={inWords} opened>
      <FactsFields on={on} company={list.from.id} />
    </FormBody>
  );
}

export function AddLines({ list, onDone, onClose }: Done & { list: SupplierList }) {
  const w = useWords(suppliersWords);
  const on = useServerForm<{ lines: string }>({
    initial: { lines: '' },
    async send(body, key) {
      await onDone(await call(addSuppliers, { params: { list: list.id }, body }, { key }));
    },
  });
  return (
    <FormBody on={on} notSaved={w.notAdded} save={w.addMoreSave} onCancel={onClose} opened>
      <Lines on={on} />
    </FormBody>
  );
}
