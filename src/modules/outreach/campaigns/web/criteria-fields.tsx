import { Checkbox, MultiSelect, NativeSelect, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { ChipsField } from '../../../../ui/chips.tsx';
import type { ServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { MunicipalitiesField } from '../../../../ui/municipalities-field.tsx';
import { useRead } from '../../../../ui/read.ts';
import { type Criteria, listIndustries } from '../contract.ts';
import { campaignsWords } from '../words.ts';
import { useIndustryName } from './campaign-words.tsx';
import type { PlanValues } from './plan-values.tsx';

const schemes = ['DB25', 'DB07'] as const;
const sizes = ['micro', 'small', 'sme', 'large'] as const;

/** Which companies: whatever is left empty does not limit. */
export function CriteriaFields({ on }: { on: ServerForm<PlanValues> }) {
  const w = useWords(campaignsWords);
  const { criteria } = on.form.getValues();
  const set = <K extends keyof PlanValues['criteria']>(name: K, value: PlanValues['criteria'][K]) => on.form.setFieldValue('criteria', { ...on.form.getValues().criteria, [name]: value });
  return (
    <>
      <div>
        <Title order={2}>{w.who}</Title>
        <Text size="sm" c="dimmed">
          {w.whoHelp}
        </Text>
      </div>
      <Industries on={on} value={criteria.industries} onChange={(value) => set('industries', value)} />
      <ChipsField
        id={on.field('criteria.sizes').id}
        label={w.sizes}
        error={on.field('criteria.sizes').error}
        choices={sizes.map((value) => ({ value, label: w.sizeNames[value] }))}
        value={criteria.sizes}
        onChange={(value) => set('sizes', value as Criteria['sizes'])}
      />
      <MunicipalitiesField
        id={on.field('criteria.municipalities').id}
        error={on.field('criteria.municipalities').error as string | undefined}
        label={w.municipalities}
        value={criteria.municipalities}
        onChange={(value) => set('municipalities', value)}
      />
      <NativeSelect
        id={on.field('criteria.sector').id}
        error={on.field('criteria.sector').error}
        label={w.sector}
        value={criteria.sector}
        onChange={(event) => set('sector', event.currentTarget.value as PlanValues['criteria']['sector'])}
        data={[{ value: '', label: w.anySector }, ...(['private', 'public'] as const).map((value) => ({ value, label: w.sectors[value] }))]}
        maw={240}
      />
      <Checkbox label={w.neverContacted} checked={criteria.neverContacted} onChange={(event) => set('neverContacted', event.currentTarget.checked)} />
    </>
  );
}

/** Sections as chips, and industries or digits that are searched; each of its own edition. */
function Industries({ on, value, onChange }: { on: ServerForm<PlanValues>; value: string[]; onChange(value: string[]): void }) {
  const w = useWords(campaignsWords);
  const industryName = useIndustryName();
  const [scheme, setScheme] = useState<(typeof schemes)[number]>(value.some((each) => each.startsWith('DB07')) && !value.some((each) => each.startsWith('DB25')) ? 'DB07' : 'DB25');
  const [search, setSearch] = useState('');
  const [rested] = useDebouncedValue(search.trim().slice(0, 60), 200);
  const found = useRead(listIndustries, { query: { scheme, ...(rested === '' ? {} : { search: rested }) } });
  const sections = Object.entries(w.sections[scheme]).map(([letter, label]) => ({ value: `${scheme}:${letter}`, label }));
  const isSection = (each: string) => sections.some((section) => section.value === each);
  const chosen = value.filter((each) => !isSection(each));
  const digits = /^\d{1,6}$/.exec(search.replaceAll(/[.\s]/g, ''))?.[0];
  const options = new Map<string, string>([
    ...chosen.map((each) => [each, industryName(each)] as const),
    ...(digits === undefined ? [] : [[`${scheme}:${digits}`, w.digits(digits)] as const]),
    ...(found.data ?? []).map(({ code, title }) => [`${scheme}:${code}`, `${code} ${title}`] as const),
  ]);
  const field = on.field('criteria.industries');
  return (
    <>
      <NativeSelect
        label={w.scheme}
        description={w.schemeHelp}
        value={scheme}
        onChange={(event) => setScheme(event.currentTarget.value as typeof scheme)}
        data={schemes.map((each) => ({ value: each, label: w.schemes[each] }))}
        maw={480}
      />
      <ChipsField label={w.sectionsLabel(scheme)} choices={sections} value={value.filter(isSection)} onChange={(picked) => onChange([...chosen, ...picked])} />
      <MultiSelect
        id={field.id}
        error={field.error}
        label={w.industries}
        description={w.industriesHelp}
        data={[...options].map(([each, label]) => ({ value: each, label }))}
        value={chosen}
        onChange={(picked) => onChange([...value.filter(isSection), ...picked])}
        searchable
        searchValue={search}
        onSearchChange={setSearch}
        // What is found was found by the server.
        filter={({ options: all }) => all}
        nothingFoundMessage={w.noIndustry}
        placeholder={chosen.length === 0 ? w.choose : ''}
        maxDropdownHeight={280}
        maw={480}
      />
    </>
  );
}
