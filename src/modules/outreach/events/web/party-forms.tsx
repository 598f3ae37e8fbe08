import { NativeSelect, NumberInput, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { PickCompany } from '../../../companies/register/web/public.tsx';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { addParticipant, cancelEvent, type EventSheet, followUpEvent, nameParticipantCompany, type Party } from '../contract.ts';
import { eventsWords } from '../words.ts';

interface Props {
  event: EventSheet;
  onDone(said: string): Promise<void>;
  onClose(): void;
}
type Company = NonNullable<Party['company']>['id'];

function Framed({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Stack gap="sm" component="section" aria-labelledby="event-form">
      <Title order={2} id="event-form">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

/** A company is invited, signed up because it asked, or was there. */
export function AddParty({ event, begun, onDone, onClose }: Props & { begun: boolean }) {
  const w = useWords(eventsWords);
  const [mode, setMode] = useState<'invite' | 'sign_up' | 'came'>(begun ? 'came' : 'invite');
  const on = useServerForm({
    initial: { company: '', person: '', role: '', email: '', language: 'da', count: 1 as string | number },
    async send({ company, email, language, count, ...values }, key) {
      const body = { ...values, mode, company: company as Company, email: email.trim() === '' ? null : email.trim(), language: language as 'da' | 'en', count: Number(count) };
      const saved = await call(addParticipant, { params: { event: event.id }, body }, { key });
      await onDone(w.invitedNow(saved.participants.find((each) => each.company?.id === company)?.companyName ?? ''));
    },
  });
  const modes = begun ? (['came'] as const) : (['invite', 'sign_up'] as const);
  return (
    <Framed title={w.invite}>
      <FormBody on={on} notSaved={w.notInvited} save={w.inviteSave} onCancel={onClose} opened>
        <NativeSelect label={w.mode} value={mode} onChange={(change) => setMode(change.currentTarget.value as typeof mode)} data={modes.map((value) => ({ value, label: w.modes[value] }))} maw={320} />
        <PickCompany {...on.field('company')} />
        <TextInput {...on.field('person')} label={w.person} autoComplete="off" maxLength={200} />
        <TextInput {...on.field('role')} label={w.role} autoComplete="off" maxLength={100} />
        {mode !== 'came' && (
          <>
            <TextInput {...on.field('email')} label={w.email} description={w.emailHelp} type="email" autoComplete="off" maxLength={320} />
            <NativeSelect {...on.field('language')} label={w.language} data={(['da', 'en'] as const).map((value) => ({ value, label: w.languages[value] }))} maw={200} />
          </>
        )}
        <NumberInput {...on.field('count')} label={w.count} min={1} max={50} allowDecimal={false} maw={160} />
      </FormBody>
    </Framed>
  );
}

/** Whoever signed up by a name: which company of the centre is it. */
export function NameCompany({ event, party, onDone, onClose }: Props & { party: Party }) {
  const w = useWords(eventsWords);
  const on = useServerForm({
    initial: { company: '' },
    async send({ company }) {
      const saved = await call(nameParticipantCompany, { params: { event: event.id, participant: party.id }, body: { company: company as Company } }, { version: party.version });
      await onDone(w.namedNow(saved.participants.find(({ id }) => id === party.id)?.company?.name ?? ''));
    },
  });
  return (
    <Framed title={w.nameThis(party.companyName)}>
      <FormBody on={on} notSaved={w.notNamed} save={w.nameSave} onCancel={onClose} opened>
        <PickCompany {...on.field('company')} />
      </FormBody>
    </Framed>
  );
}

export function CancelEvent({ event, onDone, onClose }: Props) {
  const w = useWords(eventsWords);
  const on = useServerForm({
    initial: { because: '' },
    async send({ because }) {
      await call(cancelEvent, { params: { event: event.id }, body: { because } }, { version: event.version });
      await onDone(w.cancelledNow);
    },
  });
  return (
    <Framed title={w.cancelTitle}>
      <FormBody on={on} notSaved={w.notCancelled} save={w.cancelSave} onCancel={onClose} opened>
        <Textarea {...on.field('because')} label={w.because} description={w.becauseHelp} autosize minRows={2} maxLength={300} />
      </FormBody>
    </Framed>
  );
}

/** One task for each company that came. */
export function FollowUp({ event, onDone, onClose }: Props) {
  const w = useWords(eventsWords);
  const { personId } = useActing();
  const profiles = useRead(listProfiles, { query: {} });
  const people = new Map((profiles.data ?? []).map((each) => [String(each.personId), [each.name, each.school].filter(Boolean).join(', ')]));
  const on = useServerForm({
    initial: { what: '', due: '', owner: '' },
    async send({ what, due, owner }, key) {
      const { tasks } = await call(followUpEvent, { params: { event: event.id }, body: { what, due, owner: owner === '' ? null : (owner as typeof personId) } }, { key });
      await onDone(w.followed(tasks));
    },
  });
  return (
    <Framed title={w.followUp}>
      <Text size="sm">{w.followUpLead}</Text>
      <FormBody on={on} notSaved={w.notFollowed} save={w.followUpSave} onCancel={onClose} opened>
        <TextInput {...on.field('what')} label={w.what} autoComplete="off" maxLength={500} />
        <DayInput {...on.field('due')} label={w.due} />
        <NativeSelect {...on.field('owner')} label={w.owner} data={[{ value: '', label: w.contactPerson }, ...[...people].map(([value, label]) => ({ value, label }))]} maw={400} />
      </FormBody>
    </Framed>
  );
}
