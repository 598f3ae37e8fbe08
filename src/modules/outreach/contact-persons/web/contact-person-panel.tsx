import { Button, Checkbox, Group, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listContacts } from '../../../companies/contacts/contract.ts';
import { readTimeline } from '../../../companies/timeline/contract.ts';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { type Followed, giveCompany, letCompanyBe, listFollowed, readContactPerson, setDeputy, tellCompany, toldHow } from '../contract.ts';
import { contactPersonsWords } from '../words.ts';

/** On a company's page: its one contact person, and what it has heard (rows 2.23, 2.25). */
export function ContactPersonPanel({ company }: { company: string }) {
  const w = useWords(contactPersonsWords);
  const asked = useRead(readContactPerson, { params: { company } });
  return (
    <Stack gap="xs" component="section" aria-labelledby="contact-person">
      <Title order={2} id="contact-person">
        {w.title}
      </Title>
      {asked.data === undefined ? (
        asked.isError ? (
          <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />
        ) : (
          <Loading lines={3} />
        )
      ) : (
        <Shown key={asked.data.version} followed={asked.data} />
      )}
    </Stack>
  );
}

type Doing = 'give' | 'deputy' | 'tell' | 'letBe';
const params = (followed: Followed) => ({ company: followed.company.id });

function Shown({ followed }: { followed: Followed }) {
  const w = useWords(contactPersonsWords);
  const { language } = useLanguage();
  const { zone, personId } = useActing();
  const queries = useQueryClient();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { person, deputy, can } = followed;
  const day = (at: string) => shortDay(language, dayOf(zone, at));
  const said = async (text: string) => {
    setDoing(null);
    setError(null);
    setDone(text);
    await refresh(queries, readContactPerson, listFollowed, readTimeline);
  };
  const take = () =>
    call(giveCompany, { params: params(followed), body: { person: personId as NonNullable<typeof person>['id'] } }, { version: followed.version }).then(() => said(w.given(w.title)), setError);
  return (
    <>
      <div role="status">{done !== null && <Text size="sm">{done}</Text>}</div>
      {error !== null && <ErrorNotice error={error} />}
      {person === null ? (
        <Text c="dimmed">{w.none}</Text>
      ) : (
        <div>
          <Text fw={600}>{[person.name, person.school].filter(Boolean).join(', ')}</Text>
          <Text size="sm" c="dimmed">
            {[followed.since === null ? '' : w.since(day(followed.since)), followed.silentDays === null ? '' : w.silence(followed.silentDays)].filter((part) => part !== '').join(' · ')}
          </Text>
          {deputy !== null && (
            <Text size="sm">
              {w.deputy}: {w.deputyUntil(deputy.name, shortDay(language, deputy.until))}
            </Text>
          )}
          {followed.note !== null && (
            <Text size="sm" c="var(--vn-ink-2)" style={{ overflowWrap: 'anywhere' }}>
              {w.handover}: {followed.note}
            </Text>
          )}
        </div>
      )}
      {doing === null && (
        <Group gap="xs">
          {can.take && (
            <Button size="xs" onClick={take}>
              {w.take}
            </Button>
          )}
          {can.tell && (
            <Button size="xs" onClick={() => setDoing('tell')}>
              {w.toldWrite}
            </Button>
          )}
          {can.give && !can.take && (
            <Button size="xs" onClick={() => setDoing('give')}>
              {person === null ? w.choose : w.give}
            </Button>
          )}
          {can.deputise && (
            <Button size="xs" variant="subtle" onClick={() => setDoing('deputy')}>
              {w.setDeputy}
            </Button>
          )}
          {can.letBe && (
            <Button size="xs" variant="subtle" onClick={() => setDoing('letBe')}>
              {w.letBe}
            </Button>
          )}
        </Group>
      )}
      {doing === 'give' && <Give followed={followed} onDone={said} onClose={() => setDoing(null)} />}
      {doing === 'deputy' && <Deputy followed={followed} onDone={said} onClose={() => setDoing(null)} />}
      {doing === 'tell' && <Tell followed={followed} onDone={said} onClose={() => setDoing(null)} />}
      {doing === 'letBe' && <LetBe followed={followed} onDone={said} onClose={() => setDoing(null)} />}
      {followed.told.length > 0 && (
        <>
          <Title order={3} size="h4">
            {w.toldTitle}
          </Title>
          <Ruled>
            {followed.told.slice(0, 5).map(({ id, at, by, how, text }) => (
              <Rule key={id}>
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {text}
                </Text>
                <Text size="sm" c="dimmed">
                  {[w.hows[how], day(at), by].join(' · ')}
                </Text>
              </Rule>
            ))}
          </Ruled>
        </>
      )}
      {followed.before.length > 0 && (
        <Text size="sm" c="dimmed">
          {w.before}: {followed.before.map(({ name, from, to }) => w.beforeLine(name, day(from), day(to))).join('; ')}
        </Text>
      )}
    </>
  );
}

interface Part {
  followed: Followed;
  onDone(said: string): Promise<void>;
  onClose(): void;
}

/** Consultants of the centre, as choices. */
function useColleagues(except: string | undefined) {
  const found = useRead(listProfiles, { query: {} });
  return (found.data ?? []).filter(({ personId }) => String(personId) !== except).map(({ personId, name, school }) => ({ value: String(personId), label: [name, school].filter(Boolean).join(', ') }));
}

function Give({ followed, onDone, onClose }: Part) {
  const w = useWords(contactPersonsWords);
  const colleagues = useColleagues(followed.person?.id);
  const contacts = useRead(listContacts, { params: params(followed) });
  const reachable = (contacts.data ?? []).filter(({ email }) => email !== null);
  const form = useServerForm<{ person: string; note: string; tell: string[] }>({
    initial: { person: '', note: '', tell: [] },
    async send({ person, note, tell }) {
      await call(giveCompany, { params: params(followed), body: { person: person as never, note, tell: tell as never } }, { version: followed.version });
      await onDone(w.given(colleagues.find(({ value }) => value === person)?.label ?? ''));
    },
  });
  return (
    <FormBody on={form} notSaved={w.notGiven} save={followed.person === null ? w.choose : w.giveSave} quiet opened onCancel={onClose}>
      <NativeSelect label={w.to} data={[{ value: '', label: '' }, ...colleagues]} {...form.field('person')} />
      <Textarea label={w.note} autosize minRows={2} maxLength={1000} {...form.field('note')} />
      {reachable.length === 0 ? (
        <Text size="sm" c="dimmed">
          {w.noneToTell}
        </Text>
      ) : (
        <Checkbox.Group label={w.tell} description={w.tellHelp} {...form.field('tell')}>
          <Stack gap="xs" mt="xs">
            {reachable.map(({ id, name, email }) => (
              <Checkbox key={id} value={String(id)} label={`${name}, ${email}`} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </FormBody>
  );
}

function Deputy({ followed, onDone, onClose }: Part) {
  const w = useWords(contactPersonsWords);
  const colleagues = useColleagues(followed.person?.id);
  const form = useServerForm<{ person: string; until: string }>({
    initial: { person: followed.deputy?.id ?? '', until: followed.deputy?.until ?? '' },
    async send({ person, until }) {
      await call(
        setDeputy,
        { params: params(followed), body: person === '' ? { person: null, until: null } : { person: person as never, until: until === '' ? null : until } },
        { version: followed.version },
      );
      await onDone(w.deputySaved);
    },
  });
  return (
    <FormBody on={form} notSaved={w.notDeputy} save={w.deputySave} quiet opened onCancel={onClose}>
      <NativeSelect label={w.deputy} data={[{ value: '', label: w.nobody }, ...colleagues]} {...form.field('person')} />
      <DayInput label={w.until} {...form.field('until')} />
    </FormBody>
  );
}

function Tell({ followed, onDone, onClose }: Part) {
  const w = useWords(contactPersonsWords);
  const form = useServerForm<{ how: Followed['told'][number]['how']; text: string }>({
    initial: { how: 'phone', text: '' },
    async send(body, key) {
      await call(tellCompany, { params: params(followed), body }, { key });
      await onDone(w.toldSaved);
    },
  });
  return (
    <FormBody on={form} notSaved={w.notTold} save={w.toldSave} quiet opened onCancel={onClose}>
      <Textarea label={w.toldText} autosize minRows={2} maxLength={2000} {...form.field('text')} />
      <NativeSelect label={w.how} data={toldHow.map((value) => ({ value, label: w.hows[value] }))} {...form.field('how')} />
    </FormBody>
  );
}

function LetBe({ followed, onDone, onClose }: Part) {
  const w = useWords(contactPersonsWords);
  const [error, setError] = useState<unknown>(null);
  return (
    <Dialog title={w.letBeTitle} onClose={onClose}>
      <Text>{w.letBeText}</Text>
      {error !== null && <ErrorNotice error={error} />}
      <Group gap="xs">
        <Button variant="filled" color="red" onClick={() => call(letCompanyBe, { params: params(followed) }, { version: followed.version }).then(() => onDone(w.letBeDone), setError)}>
          {w.letBe}
        </Button>
        <Button onClick={onClose}>{w.keep}</Button>
      </Group>
    </Dialog>
  );
}
