import { NativeSelect, TextInput } from '@mantine/core';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, type Said, type ServerForm, useServerForm } from '../../../../ui/form.tsx';
import { capital, languageName, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { addContact, contactRoles, lawfulBases, type listContacts, writeContact } from '../contract.ts';
import { contactsWords } from '../words.ts';

export type Contact = OutputOf<typeof listContacts>[number];

/** Languages one meets at Danish workplaces. */
const spoken = ['da', 'en', 'de', 'pl', 'ro', 'uk', 'ar', 'tr', 'so', 'fa', 'bs', 'lt', 'lv', 'es', 'fr', 'it', 'vi', 'th', 'ti', 'ur'];

const valuesOf = ({ id: _id, version: _version, reviewDue: _due, objected: _objected, returnedSince: _returned, ...contact }: Contact) => ({
  ...contact,
  phone: contact.phone ?? '',
  email: contact.email ?? '',
});
type Values = ReturnType<typeof valuesOf>;

const twoYearsOn = (day: string) => `${Number(day.slice(0, 4)) + 2}${day.slice(4)}`.replace(/02-29$/, '02-28');

interface Doing {
  company: string;
  onClose(): void;
  onDone(said: string): Promise<void>;
}

function useSentences() {
  const w = useWords(contactsWords);
  const shared = useWords(uiWords);
  return { email_invalid: w.emailUnread, email_format: w.emailUnread, reviewOn_format: shared.dayUnread };
}

export function AddContact({ company, onClose, onDone }: Doing) {
  const w = useWords(contactsWords);
  const { today } = useActing();
  const on = useServerForm<Values>({
    // Two years on somebody asks whether the name is still needed.
    initial: { name: '', role: 'owner', title: '', phone: '', email: '', language: 'da', basis: 'public_task', source: '', reviewOn: twoYearsOn(today) },
    sentences: useSentences(),
    async send(body, key) {
      await call(addContact, { params: { company }, body }, { key });
      await onDone(w.added(body.name.trim()));
    },
  });
  return (
    <FormBody on={on} notSaved={w.notAdded} save={w.addSave} onCancel={onClose} quiet opened>
      <Fields on={on} />
    </FormBody>
  );
}

export function EditContact({ company, contact, onClose, onDone }: Doing & { contact: Contact }) {
  const w = useWords(contactsWords);
  const { language } = useLanguage();
  const on = useServerForm<Values, Contact>({
    initial: valuesOf(contact),
    edits: { seen: contact, valuesOf },
    sentences: useSentences(),
    async send(body, _key, version) {
      await call(writeContact, { params: { company, contact: contact.id }, body }, { version });
      await onDone(w.saved(body.name.trim()));
    },
  });
  const inWords = (values: Values): Said[] => [
    { label: w.name, text: values.name },
    { label: w.role, text: w.roles[values.role] },
    { label: w.jobTitle, text: values.title },
    { label: w.phone, text: values.phone },
    { label: w.email, text: values.email },
    { label: w.language, text: capital(languageName(language, values.language)) },
    { label: w.basis, text: w.bases[values.basis] },
    { label: w.source, text: values.source },
    { label: w.reviewOn, text: /^\d{4}-/.test(values.reviewOn) ? shortDay(language, values.reviewOn) : values.reviewOn },
  ];
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={onClose} quiet opened inWords={inWords}>
      <Fields on={on} returnedSince={contact.returnedSince} />
    </FormBody>
  );
}

function Fields({ on, returnedSince = null }: { on: ServerForm<Values>; returnedSince?: string | null }) {
  const w = useWords(contactsWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const optional = (label: string) => `${label} ${shared.optional}`;
  const held = on.form.getValues().language;
  const languages = spoken.includes(held) ? spoken : [...spoken, held];
  return (
    <>
      <TextInput {...on.field('name')} label={w.name} autoComplete="off" />
      <NativeSelect {...on.field('role')} label={w.role} data={contactRoles.map((value) => ({ value, label: w.roles[value] }))} />
      <TextInput {...on.field('title')} label={optional(w.jobTitle)} autoComplete="off" />
      <TextInput {...on.field('phone')} label={optional(w.phone)} inputMode="tel" autoComplete="off" />
      <TextInput
        {...on.field('email')}
        label={optional(w.email)}
        description={returnedSince === null ? undefined : w.returnedSince(shortDay(language, returnedSince))}
        type="email"
        inputMode="email"
        autoComplete="off"
      />
      <NativeSelect {...on.field('language')} label={w.language} data={languages.map((value) => ({ value, label: capital(languageName(language, value)) }))} />
      <NativeSelect {...on.field('basis')} label={w.basis} description={w.basisHelp} data={lawfulBases.map((value) => ({ value, label: w.bases[value] }))} />
      <TextInput {...on.field('source')} label={w.source} description={w.sourceHelp} autoComplete="off" />
      <DayInput {...on.field('reviewOn')} label={w.reviewOn} description={w.reviewHelp} />
    </>
  );
}
