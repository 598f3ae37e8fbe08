import { Badge, Fieldset, Group, NativeSelect, SimpleGrid, Stack, TagsInput, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { call } from '../../../../ui/client.ts';
import { useEditing } from '../../../../ui/editing.tsx';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { capabilityKinds, listSchools, readSchool, type School, schoolKinds, writeSchool } from '../contract.ts';
import { schoolsWords } from '../words.ts';

export function SchoolPage() {
  const w = useWords(schoolsWords);
  const { school } = useParams({ strict: false }) as { school: string };
  const asked = useRead(readSchool, { params: { school } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} school={found} />}
    </FetchedPage>
  );
}

function Sheet({ school }: { school: School }) {
  const w = useWords(schoolsWords);
  const { editing, done, close, opener } = useEditing();
  return (
    <Page
      title={school.name}
      lead={[w.kinds[school.kind], school.town].filter(Boolean).join(', ')}
      done={done}
      path={<PathLink to="/schools">{w.title}</PathLink>}
      action={opener(school.can.edit, w.edit)}
    >
      {editing ? <EditSchool school={school} onClose={close} /> : <Description school={school} />}
    </Page>
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
