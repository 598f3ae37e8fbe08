import { SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { municipalities } from '../../../../kit/municipalities.ts';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { useEditing } from '../../../../ui/editing.tsx';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { MunicipalitiesField } from '../../../../ui/municipalities-field.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { readSession } from '../../sign-in/contract.ts';
import { labelKeys, readCentre, writeCentre } from '../contract.ts';
import { centreWords } from '../words.ts';

type Centre = OutputOf<typeof readCentre>;

export function CentrePage() {
  const w = useWords(centreWords);
  const asked = useRead(readCentre, {});
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(centre) => <Sheet centre={centre} />}
    </FetchedPage>
  );
}

function Sheet({ centre }: { centre: Centre }) {
  const w = useWords(centreWords);
  const { language } = useLanguage();
  const { editing, done, close, opener } = useEditing();
  const { email, phone, reviewedOn } = centre.accessibility;
  return (
    <Page title={centre.name} lead={w.lead} done={done} action={opener(centre.can.edit, w.edit)}>
      {editing ? (
        <EditCentre centre={centre} onClose={close} />
      ) : (
        <Stack gap="xl" maw={720}>
          <Stack gap="sm">
            <Title order={2}>{w.names}</Title>
            <Facts
              facts={labelKeys.map((key) => ({
                label: w.labels[key],
                value: (
                  <>
                    <span lang="da">{centre.labels[key].da}</span>
                    <Text size="sm" c="dimmed" lang="en">
                      {centre.labels[key].en}
                    </Text>
                  </>
                ),
              }))}
            />
          </Stack>
          <Stack gap="sm">
            <Title order={2}>{w.area}</Title>
            <Text>{centre.area.length === 0 ? w.noArea : namesOf(centre.area)}</Text>
          </Stack>
          <Stack gap="sm">
            <Title order={2}>{w.accessibility}</Title>
            <Text c="var(--vn-ink-2)">{w.accessibilityHelp}</Text>
            <Facts
              facts={[
                { label: w.email, value: email || w.nothing },
                { label: w.phone, value: phone || w.nothing },
                { label: w.reviewedOn, value: reviewedOn === null ? w.nothing : shortDay(language, reviewedOn) },
              ]}
            />
          </Stack>
        </Stack>
      )}
    </Page>
  );
}

const namesOf = (area: readonly string[]) =>
  area
    .map((code) => municipalities[code] ?? code)
    .sort((one, other) => one.localeCompare(other, 'da'))
    .join(', ');

const valuesOf = ({ name, labels, area, accessibility }: Centre) => ({ name, labels, area, accessibility: { ...accessibility, reviewedOn: accessibility.reviewedOn ?? '' } });
type Values = ReturnType<typeof valuesOf>;

function EditCentre({ centre, onClose }: { centre: Centre; onClose(said: string | null): void }) {
  const w = useWords(centreWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const on = useServerForm<Values, Centre>({
    initial: valuesOf(centre),
    edits: { seen: centre, valuesOf },
    sentences: { 'accessibility.reviewedOn_format': shared.dayUnread },
    async send(values, _key, version) {
      const { accessibility } = values;
      await call(writeCentre, { body: { ...values, accessibility: { ...accessibility, reviewedOn: accessibility.reviewedOn === '' ? null : accessibility.reviewedOn } } }, { version });
      await refresh(queries, readCentre, readSession);
      onClose(w.saved);
    },
  });
  const inWords = ({ name, labels, area, accessibility }: Values): Said[] => [
    { label: w.name, text: name },
    { label: w.area, text: namesOf(area) },
    ...labelKeys.flatMap((key) => [
      { label: w.inDanish(w.labels[key]), text: labels[key].da },
      { label: w.inEnglish(w.labels[key]), text: labels[key].en },
    ]),
    { label: w.email, text: accessibility.email },
    { label: w.phone, text: accessibility.phone },
    { label: w.reviewedOn, text: /^\d{4}-/.test(accessibility.reviewedOn) ? shortDay(language, accessibility.reviewedOn) : accessibility.reviewedOn },
  ];
  const optional = (label: string) => `${label} ${shared.optional}`;
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={() => onClose(null)} opened wide inWords={inWords}>
      <TextInput {...on.field('name')} label={w.name} autoComplete="off" maw={480} />
      <Title order={2}>{w.names}</Title>
      <Text size="sm" c="dimmed">
        {w.namesHelp}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
        {labelKeys.flatMap((key) => [
          <TextInput key={`${key}-da`} {...on.field(`labels.${key}.da`)} label={w.inDanish(w.labels[key])} autoComplete="off" lang="da" />,
          <TextInput key={`${key}-en`} {...on.field(`labels.${key}.en`)} label={w.inEnglish(w.labels[key])} autoComplete="off" lang="en" />,
        ])}
      </SimpleGrid>
      <Title order={2}>{w.area}</Title>
      <Text size="sm" c="dimmed">
        {w.areaHelp}
      </Text>
      <MunicipalitiesField
        id={on.field('area').id}
        error={on.field('area').error as string | undefined}
        label={optional(w.municipalities)}
        value={on.form.getValues().area}
        onChange={(value) => on.form.setFieldValue('area', value)}
      />
      <Title order={2}>{w.accessibility}</Title>
      <Text size="sm" c="dimmed">
        {w.accessibilityHelp}
      </Text>
      <TextInput {...on.field('accessibility.email')} label={optional(w.email)} type="email" inputMode="email" autoComplete="off" maw={360} />
      <TextInput {...on.field('accessibility.phone')} label={optional(w.phone)} inputMode="tel" autoComplete="off" maw={240} />
      <DayInput {...on.field('accessibility.reviewedOn')} label={optional(w.reviewedOn)} />
    </FormBody>
  );
}
