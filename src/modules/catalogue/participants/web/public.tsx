import { Anchor, Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { longDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listParticipants, markParticipants, type ParticipantList } from '../contract.ts';
import { participantsWords } from '../words.ts';

type ClassId = Parameters<typeof call<typeof listParticipants>>[1]['params']['class'];

/** On the teacher's sheet of one's own school: whom the companies named, who was there, and their certificates (row X.5). */
export function ParticipantsSection({ id }: { id: ClassId }) {
  const w = useWords(participantsWords);
  const { language } = useLanguage();
  const asked = useRead(listParticipants, { params: { class: id } });
  const [done, setDone] = useState<string | null>(null);
  const it = asked.data;
  const named = it?.companies.flatMap(({ people }) => people) ?? [];
  return (
    <Stack gap="sm" component="section" aria-labelledby="participants">
      <Title order={2} id="participants">
        {w.staffTitle}
      </Title>
      {asked.isPending && <Loading lines={2} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {it !== undefined && <Text>{named.length === 0 ? w.staffNone : w.staffLead}</Text>}
      {it !== undefined && named.length > 0 && (
        <>
          <Ruled>
            {it.companies
              .filter(({ people }) => people.length > 0)
              .map(({ company, heads, people }) => (
                <Rule key={company}>
                  <Text fw={500}>
                    {company}: {w.named(people.length, heads)}
                  </Text>
                  {people.map((person) => (
                    <Text key={person.id} style={{ overflowWrap: 'anywhere' }}>
                      {[person.name, ...(person.attended.length > 0 ? [w.was(person.attended.length, it.sessions.length)] : [])].join(', ')}
                    </Text>
                  ))}
                </Rule>
              ))}
          </Ruled>
          <div role="status">{done !== null && <Text size="sm">{done}</Text>}</div>
          {it.can.mark && it.sessions.filter(({ begun }) => begun).map((session) => <Mark key={session.no} id={id} session={session} people={named} onDone={() => setDone(w.kept)} />)}
          {it.can.certificates && (
            <Anchor href={`/api/classes/${id}/certificates.pdf?language=${language}`} download>
              {w.certificates}
            </Anchor>
          )}
        </>
      )}
    </Stack>
  );
}

function Mark({ id, session, people, onDone }: { id: ClassId; session: ParticipantList['sessions'][number]; people: ParticipantList['companies'][number]['people']; onDone(): void }) {
  const w = useWords(participantsWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [present, setPresent] = useState<string[]>(() => people.filter(({ attended }) => attended.includes(session.no)).map((person) => person.id));
  const [error, setError] = useState<unknown>(null);
  const save = () => {
    setError(null);
    call(markParticipants, { params: { class: id, no: session.no }, body: { present: present as never } }).then(async () => {
      await refresh(queries, listParticipants);
      onDone();
    }, setError);
  };
  return (
    <Stack gap="xs">
      {error !== null && <ErrorNotice error={error} />}
      <Checkbox.Group label={w.there(longDay(language, session.day))} value={present} onChange={setPresent}>
        <Group gap="md" mt="xs">
          {people.map((person) => (
            <Checkbox key={person.id} value={person.id} label={person.name} />
          ))}
        </Group>
      </Checkbox.Group>
      <Group>
        <Button size="xs" onClick={save} aria-label={`${w.keep}: ${w.there(longDay(language, session.day))}`}>
          {w.keep}
        </Button>
      </Group>
    </Stack>
  );
}
