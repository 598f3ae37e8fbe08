import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listCompanies } from '../contract.ts';
import { registerWords } from '../words.ts';

/** A field for one of the centre's companies, found by name, town or number; its value is the id. */
export function PickCompany(props: SelectProps) {
  const w = useWords(registerWords);
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 250);
  const companies = useRead(listCompanies, { query: { search: asked, limit: 20 } }, { enabled: asked.length >= 2 });
  const [picked, setPicked] = useState<{ value: string; label: string } | null>(null);
  const found = (companies.data?.items ?? []).map(({ id, name, town }) => ({ value: String(id), label: [name, town].filter(Boolean).join(', ') }));
  return (
    <Select
      label={w.pick}
      description={w.pickHelp}
      searchable
      data={[...new Map([...(picked === null ? [] : [picked]), ...found].map((each) => [each.value, each])).values()]}
      filter={({ options }) => options}
      searchValue={search}
      onSearchChange={setSearch}
      onOptionSubmit={(value) => setPicked(found.find((each) => each.value === value) ?? picked)}
      nothingFoundMessage={companies.isSuccess ? w.pickNone : undefined}
      autoComplete="off"
      {...props}
    />
  );
}
