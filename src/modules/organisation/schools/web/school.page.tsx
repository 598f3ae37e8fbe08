import { Alert, Badge, Button, Fieldset, Group, NativeSelect, SimpleGrid, Stack, TagsInput, Text, TextInput, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ComponentType, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { useEditing } from '../../../../ui/editing.tsx';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { capabilityKinds, listSchools, readSchool, type School, schoolKinds, writeLastDay, writeSchool } from '../contract.ts';
import { schoolsWords } from '../words.ts';

interface Parts {
  /** Writes the last day, where that is anybody's to write. */
  Leaving?: ComponentType<{ school: School; onDone(): Promise<void>; onClose(): void }>;
  /** What else stands about a school, below. */
  More?: ComponentType<{ school: string }>;
}

export function SchoolPage(parts: Parts) {
  const w = useWords(schoolsWords);
  const { school } = useParams({ strict: false }) as { school: string };
  const asked = useRead(readSchool, { params: { school } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} school={found} {...parts} />}
    </FetchedPage>
  );
}

function Sheet({ school, Leaving, More }: { school: School } & Parts) {
  const w = useWords(schoolsWords);
  const queries = useQueryClient();
  const { editing, done, close, opener } = useEditing();
  const [leaving, setLeaving] = useState(false);
  const wrote = async (said: string) => {
    await refresh(queries, readSchool, listSchools);
    setLeaving(false);
    close(said);
    focusTitle();
  };
  return (
    <Page
      title={school.name}
      lead={[w.kinds[school.kind], school.town].filter(Boolean).join(', ')}
      done={done}
      path={<PathLink to="/schools">{w.title}</PathLink>}
      action={
        !leaving && (
          <>
            {Leaving !== undefined && school.can.leave && school.lastDay === null && !editing && <Button onClick={() => setLeaving(true)}>{w.leaves}</Button>}
            {opener(school.can.edit, w.edit)}
          </>
        )
      }
    >
      {school.lastDay !== null && <LastDay school={school} onBack={() => wrote(w.stays)} />}
      {leaving && Leaving !== undefined ? (
        <Leaving
          school={school}
          onDone={() => wrote(w.lastDayWritten)}
          onClose={() => {
            setLeaving(false);
            focusTitle();
          }}
        />
      ) : editing ? (
        <EditSchool school={school} onClose={close} />
      ) : (
        <>
          <Description school={school} />
          {More !== undefined && <More school={school.id} />}
        </>
      )}
    </Page>
  );
}

/** That a school leaves, or has left; and the way back while there is one. */
function LastDay({ school, onBack }: { school: School; onBack(): Promise<void> }) {
  const w = useWords(schoolsWords);
  const { language } = useLanguage();
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const day = shortDay(language, school.lastDay ?? '');
  const back = () => {
    setPending(true);
    call(writeLastDay, { params: { school: school.id }, body: { lastDay: null } }, { version: school.version })
      .then(onBack, setError)
      .finally(() => setPending(false));
  };
  return (
    <Stack gap="sm" maw={720} mb="xl">
      <Alert color={school.left ? 'gray' : 'yellow'} icon={<IconInfoCircle size={20} stroke={1.75} />} title={school.left ? w.leftOn(day) : w.leavesOn(day)}>
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{school.left ? w.leftText : w.leavesText}</Text>
          {school.can.leave && (
            <Button loading={pending} onClick={back}>
              {w.takeBack}
            </Button>
          )}
        </Stack>
      </Alert>
      {error !== null && <ErrorNotice error={error} />}
    </Stack>
  );
}

function Description({ school }: { school: School }) {
  const w = useWords(schoolsWords);
  return (
    <Stack gap="xl" maw={720}>
      <Stack gap="sm">
        <Title order={2}>{w.core}</Title>
        {school.coreCompetences.length === 0 && <Text>{w.noCore}</Text>}
        <Group gap="xs">
          {school.coreCompetences.map((each) => (
            <Badge key={each} color="gray" maw="100%" h="auto" styles={{ label: { whiteSpace: 'normal' } }}>
              {each}
            </Badge>
          ))}
        </Group>
      </Stack>
      <Stack gap="sm">
        <Title order={2}>{w.capabilities}</Title>
        <Facts
          facts={capabilityKinds.map((kind) => {
            const found = school.capabilities.find((each) => each.kind === kind);
            return {
              label: w.capabilityKinds[kind],
              value:
                found === undefined ? (
                  <Text span c="dimmed">
                    {w.unknown}
                  </Text>
                ) : (
                  <>
                    {w.levels[found.level]}
                    {found.contact !== '' && (
                      <Text size="sm" c="var(--vn-ink-2)">
                        {w.askWhom(found.contact)}
                      </Text>
                    )}
                  </>
                ),
            };
          })}
        />
      </Stack>
    </Stack>
  );
}

/** All kinds stand in the form; one that the school has said nothing about has no level and is not sent. */
const valuesOf = ({ name, kind, town, postcode, coreCompetences, capabilities }: School) => ({
  name,
  kind,
  town,
  postcode: postcode ?? '',
  coreCompetences,
  capabilities: capabilityKinds.map((each) => {
    const found = capabilities.find((one) => one.kind === each);
    return { kind: each, level: String(found?.level ?? ''), contact: found?.contact ?? '' };
  }),
});
type Values = ReturnType<typeof valuesOf>;

function EditSchool({ school, onClose }: { school: School; onClose(said: string | null): void }) {
  const w = useWords(schoolsWords);
  const shared = useWords(uiWords);
  const queries = useQueryClient();
  const on = useServerForm<Values, School>({
    initial: valuesOf(school),
    edits: { seen: school, valuesOf },
    sentences: { coreCompetences_too_big: w.coreTooLong },
    async send(values, _key, version) {
      const body = {
        ...values,
        postcode: values.postcode.trim() === '' ? null : values.postcode.trim(),
        capabilities: values.capabilities.filter(({ level }) => level !== '').map((each) => ({ ...each, level: Number(each.level) })),
      };
      await call(writeSchool, { params: { school: school.id }, body }, { version });
      await refresh(queries, readSchool, listSchools);
      onClose(w.saved);
    },
  });
  const inWords = (values: Values): Said[] => [
    { label: w.name, text: values.name },
    { label: w.kind, text: w.kinds[values.kind] },
    { label: w.town, text: values.town },
    { label: w.postcode, text: values.postcode },
    { label: w.core, text: sideBySide(values.coreCompetences) },
    ...values.capabilities.map(({ kind, level, contact }) => ({ label: w.capabilityKinds[kind], text: level === '' ? w.unknown : [w.levels[Number(level)], contact].filter(Boolean).join(', ') })),
  ];
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={() => onClose(null)} opened wide inWords={inWords}>
      <TextInput {...on.field('name')} label={w.name} autoComplete="off" maw={480} />
      <NativeSelect {...on.field('kind')} label={w.kind} data={schoolKinds.map((value) => ({ value, label: w.kinds[value] }))} maw={280} />
      <TextInput {...on.field('town')} label={w.town} autoComplete="off" maw={280} />
      <TextInput {...on.field('postcode')} label={`${w.postcode} ${shared.optional}`} description={w.postcodeHelp} inputMode="numeric" autoComplete="off" maw={160} />
      <TagsInput {...on.field('coreCompetences')} label={`${w.core} ${shared.optional}`} description={w.coreHelp} />
      <Title order={2}>{w.capabilities}</Title>
      {on.form.getValues().capabilities.map(({ kind }, index) => (
        <Fieldset key={kind} legend={w.capabilityKinds[kind]} variant="unstyled" p={0} mx={0} styles={{ legend: { fontWeight: 600, marginBottom: 4 } }}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="xs">
            <NativeSelect {...on.field(`capabilities.${index}.level`)} label={w.level} data={[{ value: '', label: w.unknown }, ...w.levels.map((label, level) => ({ value: String(level), label }))]} />
            <TextInput {...on.field(`capabilities.${index}.contact`)} label={`${w.contact} ${shared.optional}`} autoComplete="off" maxLength={200} />
          </SimpleGrid>
        </Fieldset>
      ))}
    </FormBody>
  );
}
