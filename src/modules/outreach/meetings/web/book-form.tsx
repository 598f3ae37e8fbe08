import { NativeSelect, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { call, Refusal } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { capital, languageName } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { refresh } from '../../../../ui/read.ts';
import { bookMeeting, listMeetings, listSlots } from '../contract.ts';
import { meetingsWords } from '../words.ts';
import { type ShownSlot, SlotPicker, slotsOfCompany } from './slot-picker.tsx';

/** Languages one meets at Danish workplaces. */
const spoken = ['da', 'en', 'de', 'pl', 'ro', 'uk', 'ar', 'tr', 'so', 'fa', 'bs', 'lt', 'lv', 'es', 'fr', 'it', 'vi', 'th', 'ti', 'ur'];

export interface KnownContact {
  name: string;
  title: string;
  phone: string | null;
  email: string | null;
  language: string;
}

/** The code of a refusal that a fresh slot mends; null for any other. */
export const lostSlot = (error: unknown): string | null => (error instanceof Refusal && (error.problem.code === 'slot_taken' || error.problem.code === 'capacity_full') ? error.problem.code : null);

interface Props {
  company: string;
  /** Where the company is, as the first suggestion. */
  place: string;
  contact: KnownContact | null;
  onBooked(meeting: string): unknown;
}

/** A slot and the hand-over; what was written stays when the slot is lost. */
export function BookForm({ company, place, contact, onBooked }: Props) {
  const w = useWords(meetingsWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [slot, setSlot] = useState<ShownSlot | null>(null);
  const [lost, setLost] = useState<string | null>(null);
  const choose = useCallback((next: ShownSlot | null) => setSlot(next), []);
  const on = useServerForm({
    initial: {
      choice: '',
      handover: {
        said: '',
        wishes: '',
        place,
        contact: { name: contact?.name ?? '', role: contact?.title ?? '', phone: contact?.phone ?? '', email: contact?.email ?? '', language: contact?.language ?? 'da' },
      },
    },
    sentences: { choice_required: w.pickFirst },
    async send({ handover }, key) {
      setLost(null);
      try {
        const booked = await call(bookMeeting, { params: { company }, body: { choice: slot?.choice ?? '', handover } } as never, { key });
        await refresh(queries, listMeetings, listSlots);
        await onBooked((booked as { id: string }).id);
      } catch (error) {
        setLost(lostSlot(error));
        if (lostSlot(error) !== null) {
          setSlot(null);
          await refresh(queries, listSlots);
        }
        throw error;
      }
    },
  });
  const spokenNow = on.form.getValues().handover.contact.language;
  return (
    <Stack gap="xl">
      <SlotPicker source={slotsOfCompany(company)} language={spokenNow} chosen={slot} onChoose={choose} lost={lost} onEnter={() => document.querySelector<HTMLElement>('textarea')?.focus()} />
      <Stack gap="md" component="section" aria-labelledby="hand-over">
        <Title order={2} id="hand-over">
          {w.noteTitle}
        </Title>
        <FormBody on={on} notSaved={w.notBooked} save={w.book}>
          <Textarea {...on.field('handover.said')} label={w.said} description={w.saidHelp} autosize minRows={4} />
          <Textarea {...on.field('handover.wishes')} label={w.wishesField} autosize minRows={2} />
          <TextInput {...on.field('handover.place')} label={w.placeField} description={w.placeHelp} autoComplete="off" />
          <TextInput {...on.field('handover.contact.name')} label={w.contactName} autoComplete="off" />
          <TextInput {...on.field('handover.contact.role')} label={w.contactRole} autoComplete="off" />
          <TextInput {...on.field('handover.contact.phone')} label={w.contactPhone} inputMode="tel" autoComplete="off" maw={240} />
          <TextInput {...on.field('handover.contact.email')} label={w.contactEmail} type="email" autoComplete="off" />
          <NativeSelect
            {...on.field('handover.contact.language')}
            label={w.contactLanguage}
            maw={240}
            data={(spoken.includes(spokenNow) ? spoken : [...spoken, spokenNow]).map((code) => ({ value: code, label: capital(languageName(language, code)) }))}
          />
        </FormBody>
      </Stack>
    </Stack>
  );
}
