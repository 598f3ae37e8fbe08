import { MultiSelect } from '@mantine/core';
import { municipalities } from '../kit/municipalities.ts';
import { useWords } from './language.tsx';
import { uiWords } from './words.ts';

const places = Object.entries(municipalities)
  .map(([value, label]) => ({ value, label }))
  .sort((a, b) => a.label.localeCompare(b.label, 'da'));

interface Props {
  id: string;
  error: string | undefined;
  label: string;
  description?: string;
  /** Codes of four digits. */
  value: string[];
  onChange(value: string[]): void;
}

/** Some of the country's municipalities, found by name. */
export function MunicipalitiesField({ value, ...field }: Props) {
  const w = useWords(uiWords);
  return (
    <MultiSelect {...field} data={places} value={value} searchable nothingFoundMessage={w.noMunicipality} placeholder={value.length === 0 ? w.searchAndChoose : ''} maxDropdownHeight={280} maw={480} />
  );
}
