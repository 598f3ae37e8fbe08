import { Button, Checkbox, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listContacts } from '../../../companies/contacts/contract.ts';
import { readContactPerson } from '../../contact-persons/contract.ts';
import { endCompanyPage, inviteToPage, listCompanyPages } from '../contract.ts';
import { companyPageWords } from '../words.ts';

/** On a company's page in the centre: who there has its own page, and whom to send it to. */
export function CompanyPagePanel({ company }: { company: string }) {
  const w = useWords(companyPageWords);
  const { language } = useLanguage();
  const { zone, may } = useActing();
  const queries = useQueryClient();
  const { data } = useRead(listCompanyPages, { params: { company } });
  const followed = useRead(readContactPerson, { params: { company } }).data?.person;
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const said = async (text: string) => {
    setOpen(false);
    setError(null);
    setDone(text);
    await refresh(queries, listCompanyPages);
  };
  // A company that nobody follows has no page.
  if (data === undefined || followed === undefined || followed === null) return null;
  return (
    <Stack gap="xs" component="section" aria-labelledby="own-page">
      <Title order={2} size="h3" id="own-page">
        {w.panel}
      </Title>
      <Text size="sm" c="dimmed">
        {data.length === 0 ? w.panelNone : w.panelText}
      </Text>
      <div role="status">{done !== null && <Text size="sm">{done}</Text>}</div>
      {error !== null && <ErrorNotice error={error} />}
      {data.length > 0 && (
        <Ruled>
          {data.map(({ contact, madeAt, noMail }) => (
            <Rule
              key={contact.id}
              action={
                may('consultant', 'coordinator') && (
                  <Button
                    size="xs"
                    variant="subtle"
                    aria-label={w.endOf(contact.name)}
                    onClick={() => call(endCompanyPage, { params: { company: company as never, contact: contact.id } }).then(() => said(w.ended), setError)}
                  >
                    {w.end}
                  </Button>
                )
              }
            >
              <Text fw={500}>{contact.name}</Text>
              <Text size="sm" c="dimmed">
                {[w.has(shortDay(language, dayOf(zone, madeAt))), noMail ? w.wantsNoMail : ''].filter((part) => part !== '').join(' · ')}
              </Text>
            </Rule>
          ))}
        </Ruled>
      )}
      {may('consultant', 'coordinator') &&
        (open ? (
          <Invite company={company} onDone={() => said(w.sent)} onClose={() => setOpen(false)} />
        ) : (
          <Group>
            <Button size="xs" onClick={() => setOpen(true)}>
              {w.invite}
            </Button>
          </Group>
        ))}
    </Stack>
  );
}

function Invite({ company, onDone, onClose }: { company: string; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(companyPageWords);
  const contacts = useRead(listContacts, { params: { company } });
  const reachable = (contacts.data ?? []).filter(({ email }) => email !== null);
  const form = useServerForm<{ contact: string; saidYes: boolean }>({
    initial: { contact: '', saidYes: false },
    sentences: { saidYes_not_allowed: w.sayYes, saidYes_invalid: w.sayYes },
    async send({ contact, saidYes }, key) {
      await call(inviteToPage, { params: { company: company as never }, body: { contact: contact as never, saidYes: saidYes as true } }, { key });
      await onDone();
    },
  });
  if (contacts.data !== undefined && reachable.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {w.none}
      </Text>
    );
  return (
    <FormBody on={form} notSaved={w.notSent} save={w.send} quiet opened onCancel={onClose}>
      <NativeSelect label={w.to} data={[{ value: '', label: '' }, ...reachable.map(({ id, name, email }) => ({ value: String(id), label: `${name}, ${email}` }))]} {...form.field('contact')} />
      <Checkbox label={w.saidYes} {...form.field('saidYes')} checked={form.form.getValues().saidYes} />
    </FormBody>
  );
}
