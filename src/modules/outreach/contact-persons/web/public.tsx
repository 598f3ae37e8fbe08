import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { Some } from '../../../../ui/some.tsx';
import { listFollowed, listReturnedAddresses } from '../contract.ts';
import { contactPersonsWords } from '../words.ts';

export { ContactPersonPanel } from './contact-person-panel.tsx';

/** On the coordinator's Today: companies whose contact person has left; nothing while there is none. */
export function OrphanedCompanies() {
  const w = useWords(contactPersonsWords);
  const count = useRead(listFollowed, { query: { whose: 'orphaned' } }).data?.length ?? 0;
  if (count === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.orphansTitle(count)}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{w.orphansText}</Text>
        <Button component={Link} to="/followed?whose=orphaned" size="xs">
          {w.see}
        </Button>
      </Group>
    </Alert>
  );
}

/** On Today: whose address mail comes back from, of the own companies or, for the coordinator, of those that nobody follows; nothing while there is none. */
export function ReturnedAddresses({ whose }: { whose: 'mine' | 'unowned' }) {
  const w = useWords(contactPersonsWords);
  const { language } = useLanguage();
  const returned = useRead(listReturnedAddresses, { query: { whose } }).data ?? [];
  if (returned.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="returned" maw={720}>
      <Title order={2} id="returned">
        {w.returnedTitle}
      </Title>
      <Some rows={returned} first={5} all={w.allReturned}>
        {(some) => (
          <Ruled>
            {some.map(({ company, contact, since }) => (
              <Rule
                key={contact.id}
                action={
                  <Button size="xs" component={Link} to={`/companies/${company.id}`} hash={`contact-${contact.id}`} aria-label={w.correctOf(contact.name)}>
                    {w.correct}
                  </Button>
                }
              >
                <div>
                  <Text>
                    <Text span fw={500}>
                      {contact.name}
                    </Text>
                    , {company.name}
                  </Text>
                  <Text size="sm" c="var(--vn-ink-2)">
                    {w.returnedSince(contact.email, shortDay(language, since))}
                  </Text>
                </div>
              </Rule>
            ))}
          </Ruled>
        )}
      </Some>
    </Stack>
  );
}

/** On a consultant's Today: own companies that have heard nothing for too long (row 2.25). */
export function SilentCompanies() {
  const w = useWords(contactPersonsWords);
  const silent = (useRead(listFollowed, { query: { whose: 'mine' } }).data ?? []).filter((each) => each.silent);
  if (silent.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="silent" maw={720}>
      <Title order={2} id="silent">
        {w.silentTitle}
      </Title>
      <Ruled>
        {silent.slice(0, 5).map(({ company, silentDays }) => (
          <Rule key={company.id}>
            <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink>
            <Text size="sm" c="dimmed">
              {w.silence(silentDays ?? 0)}
            </Text>
          </Rule>
        ))}
      </Ruled>
      <NameLink to="/followed">{w.listTitle}</NameLink>
    </Stack>
  );
}
