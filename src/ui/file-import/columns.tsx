import { NativeSelect, SimpleGrid } from '@mantine/core';
import type { ServerForm } from '../form.tsx';
import { useWords } from '../language.tsx';
import { fileWords } from './words.ts';

interface Props<Field extends string, Values extends { mapping: (Field | '')[] }> {
  on: ServerForm<Values & Record<string, unknown>>;
  headings: readonly string[];
  samples: readonly (readonly string[])[];
  /** The fields in the order that they are offered. */
  fields: Record<Field, string>;
}

/** Column by column, what it holds. */
export function ColumnChoices<Field extends string, Values extends { mapping: (Field | '')[] }>({ on, headings, samples, fields }: Props<Field, Values>) {
  const w = useWords(fileWords);
  const { mapping } = on.form.getValues();
  const offered = Object.entries<string>(fields).map(([value, label]) => ({ value, label }));
  /** A field stands in one column: choosing it here lets go of it there. */
  const choose = (at: number, field: Field | '') => on.form.setFieldValue('mapping', mapping.map((held, column) => (column === at ? field : held === field ? '' : held)) as never);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="md">
      {headings.map((heading, at) => {
        const shown = samples.map((row) => row[at] ?? '').filter((text) => text !== '');
        return (
          <NativeSelect
            {...on.field(`mapping.${at}` as never)}
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have nothing but their place
            key={at}
            value={mapping[at]}
            onChange={(event) => choose(at, event.currentTarget.value as Field | '')}
            label={heading.trim() === '' ? w.untitled(at + 1) : heading}
            description={shown.length === 0 ? w.noSamples : w.samples(shown.slice(0, 3).join(', '))}
            data={[{ value: '', label: w.leftOut }, ...offered]}
            style={{ overflowWrap: 'anywhere' }}
          />
        );
      })}
    </SimpleGrid>
  );
}
