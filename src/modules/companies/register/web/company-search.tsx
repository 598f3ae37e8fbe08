import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useWords } from '../../../../ui/language.tsx';
import { useRows } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { type Company, listCompanies } from '../contract.ts';
import { registerWords } from '../words.ts';

interface Props {
  label: string;
  description?: string;
  /** Said when the centre knows no company that matches. */
  none: string;
  /** What is searched for at first. */
  initial?: string;
  onPick(company: Pick<Company, 'id' | 'name' | 'town'>): void;
  onClose(): void;
}

/** Looks a company of the centre up by name or number, and picks one by its button. */
export function CompanySearch({ label, description, none, initial = '', onPick, onClose }: Props) {
  const shared = useWords(uiWords);
  const w = useWords(registerWords);
  const [search, setSearch] = useState(initial);
  const [asked] = useDebouncedValue(search.trim(), 300);
  const found = useRows(listCompanies, { query: { search: asked, limit: 8 } });
  const companies = asked === '' ? [] : (found.data?.items ?? []);
  return (
    <Stack gap="xs" maw={480} mt="xs">
      <TextInput label={label} description={description} value={search} onChange={(event) => setSearch(event.currentTarget.value)} autoComplete="off" />
      <div role="status">
        {asked !== '' && found.data !== undefined && companies.length === 0 && (
          <Text size="sm" c="dimmed">
            {none}
          </Text>
        )}
      </div>
      {companies.map((company) => (
        <Button key={company.id} size="xs" justify="flex-start" onClick={() => onPick(company)}>
          {[company.name, company.town, company.formerName === null ? null : w.formerly(company.formerName)].filter(Boolean).join(', ')}
        </Button>
      ))}
      <Button size="xs" variant="subtle" style={{ alignSelf: 'flex-start' }} onClick={onClose}>
        {shared.cancel}
      </Button>
    </Stack>
  );
}
