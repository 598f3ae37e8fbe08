import { Alert, Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconClock, IconHandStop, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { languageName, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { PhoneLink } from '../../../../ui/phone-link.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { readTimeline } from '../../timeline/contract.ts';
import { listContacts, objectContact, removeContact } from '../contract.ts';
import { contactsWords } from '../words.ts';
import { AddContact, type Contact, EditContact } from './contact-form.tsx';
import classes from './contacts.module.css';

export { LateContactDuties } from './late-duties.tsx';

/** What a person at a company may be, in words. */
export const useContactRoles = (): Record<string, string> => useWords(contactsWords).roles;

/** The people at a company, to stand beside it: who they are, how to reach them, and until when their names may be kept. */
export function ContactsPanel({ company, mayCall }: { company: string; mayCall: boolean }) {
  const w = useWords(contactsWords);
  const queries = useQueryClient();
  const list = useRead(listContacts, { params: { company } });
  // Whoever was sent here to correct somebody's address finds the form open: /companies/…#contact-…
  const sentTo = useLocation({ select: ({ hash }) => /^contact-(.+)$/.exec(hash)?.[1] ?? null });
  const [open, setOpen] = useState<string | null>(sentTo);
  const [removing, setRemoving] = useState<Contact | null>(null);
  const [objecting, setObjecting] = useState<Contact | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const close = (said: string | null) => {
    setOpen(null);
    setDone(said);
    heading.current?.focus({ preventScroll: said === null });
  };
  const changed = async (said: string) => {
    await refresh(queries, listContacts, readTimeline);
    close(said);
  };
  return (
    <Stack gap="sm" component="section" aria-labelledby="contacts" className={classes.panel}>
      <Group justify="space-between" gap="xs">
        <Title order={2} id="contacts" ref={heading} tabIndex={-1} style={{ outline: 'none', scrollMarginTop: 72 }}>
          {w.title}
        </Title>
        {open !== 'add' && list.isSuccess && (
          <Button size="xs" leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => setOpen('add')}>
            {w.add}
          </Button>
        )}
      </Group>
      <div role="status">
        {done !== null && (
          <Alert color="green" icon={<IconCheck size={20} stroke={1.75} />} role="none">
            {done}
          </Alert>
        )}
      </div>
      {open === 'add' && <AddContact company={company} onClose={() => close(null)} onDone={changed} />}
      {list.isPending && <Loading lines={3} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.data?.length === 0 && open !== 'add' && <Text c="var(--vn-ink-2)">{w.none}</Text>}
      {list.data !== undefined && list.data.length > 0 && (
        <Ruled>
          {list.data.map((contact) => (
            <Rule key={contact.id}>
              {open === contact.id ? (
                <EditContact company={company} contact={contact} onClose={() => close(null)} onDone={changed} />
              ) : (
                <Person contact={contact} mayCall={mayCall} onEdit={() => setOpen(contact.id)} onRemove={() => setRemoving(contact)} onObject={() => setObjecting(contact)} />
              )}
            </Rule>
          ))}
        </Ruled>
      )}
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={w.removeTitle(removing?.name ?? '')}
        text={w.removeText}
        yes={w.removeYes}
        run={() => call(removeContact, { params: { company, contact: removing?.id ?? '' } })}
        onDone={() => changed(w.removed(removing?.name ?? ''))}
      />
      <ConfirmDialog
        opened={objecting !== null}
        onClose={() => setObjecting(null)}
        title={w.objectTitle(objecting?.name ?? '')}
        text={w.objectText}
        yes={w.objectYes}
        calm
        run={() => call(objectContact, { params: { company, contact: objecting?.id ?? '' }, body: {} })}
        onDone={() => changed(w.objectDone(objecting?.name ?? ''))}
      />
    </Stack>
  );
}

function Person({ contact, mayCall, onEdit, onRemove, onObject }: { contact: Contact; mayCall: boolean; onEdit(): void; onRemove(): void; onObject(): void }) {
  const w = useWords(contactsWords);
  const { language } = useLanguage();
  const role = w.roles[contact.role];
  const title = contact.title.toLowerCase() === role.toLowerCase() ? '' : contact.title;
  return (
    <div>
      <Text>
        <Text span fw={500}>
          {contact.name}
        </Text>
        , {[role.toUpperCase() === role ? role : role.toLowerCase(), title].filter(Boolean).join(', ')}
      </Text>
      {contact.objected && (
        <Badge color="red" leftSection={<IconHandStop size={16} stroke={1.75} />} my={4}>
          {w.objected}
        </Badge>
      )}
      {contact.phone !== null && (
        <Text>
          <PhoneLink number={contact.phone} may={mayCall && !contact.objected} />
        </Text>
      )}
      {contact.email !== null && <Text>{mayCall && !contact.objected ? <Anchor href={`mailto:${contact.email}`}>{contact.email}</Anchor> : contact.email}</Text>}
      {contact.returnedSince !== null && (
        <Badge color="red" leftSection={<IconArrowBackUp size={16} stroke={1.75} />} my={4}>
          {w.returnedSince(shortDay(language, contact.returnedSince))}
        </Badge>
      )}
      {contact.language !== 'da' && <Text size="sm">{w.speaks(languageName(language, contact.language))}</Text>}
      <Text size="sm" c="dimmed">
        {w.basisAndSource(w.bases[contact.basis], contact.source)}
      </Text>
      {contact.reviewDue ? (
        <Badge color="yellow" leftSection={<IconClock size={16} stroke={1.75} />} mt={4}>
          {w.reviewDue}
        </Badge>
      ) : (
        <Text size="sm" c="dimmed">
          {w.reviewBy(shortDay(language, contact.reviewOn))}
        </Text>
      )}
      <Group gap="xs" mt={8}>
        <Button size="xs" onClick={onEdit} aria-label={w.editThis(contact.name)}>
          {w.edit}
        </Button>
        {!contact.objected && (
          <Button size="xs" variant="subtle" onClick={onObject} aria-label={w.objectThis(contact.name)}>
            {w.object}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={onRemove} aria-label={w.removeThis(contact.name)}>
          {w.remove}
        </Button>
      </Group>
    </div>
  );
}
