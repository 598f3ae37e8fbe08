import { Button, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { ColumnChoices } from '../../../../ui/file-import/columns.tsx';
import { fileWords } from '../../../../ui/file-import/words.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { focusTitle } from '../../../../ui/layout/page.tsx';
import { reading } from '../../../../ui/read.ts';
import { type CompanyImport, mapColumns, readImport } from '../contract.ts';
import { importsWords } from '../words.ts';

type Field = NonNullable<CompanyImport['mapping'][number]>;
const schemes = ['DB25', 'DB07'] as const;

/** Which column of a table holds what. Open at once where the company number was not found, or nothing came through. */
export function Columns({ found }: { found: CompanyImport }) {
  const w = useWords(importsWords);
  const flat = found.format === 'cvrapi';
  const [open, setOpen] = useState(flat || !found.mapping.includes('cvr') || found.rows.read === found.rows.refused);
  return (
    <Stack gap="md" component="section" aria-labelledby="columns" align="flex-start">
      <Title order={2} id="columns">
        {flat ? w.flatTitle : w.columns}
      </Title>
      {open ? (
        <>
          <Text c="var(--vn-ink-2)">{flat ? w.flat : w.columnsLead}</Text>
          <Mapping found={found} onClose={found.mapping.includes('cvr') ? () => setOpen(false) : undefined} />
        </>
      ) : (
        <>
          <Text c="var(--vn-ink-2)">{found.mapping.flatMap((field, at) => (field === null ? [] : [`${found.headings[at]} → ${w.fields[field]}`])).join(' · ')}</Text>
          <Button size="xs" onClick={() => setOpen(true)}>
            {w.columnsEdit}
          </Button>
        </>
      )}
    </Stack>
  );
}

function Mapping({ found, onClose }: { found: CompanyImport; onClose: (() => void) | undefined }) {
  const w = useWords(importsWords);
  const f = useWords(fileWords);
  const queries = useQueryClient();
  // Columns beyond the first few hundred are not looked at by the server either.
  const headings = found.headings.slice(0, found.mapping.length);
  const on = useServerForm({
    initial: { mapping: headings.map((_heading, at) => found.mapping[at] ?? '') as (Field | '')[], scheme: (found.scheme ?? '') as '' | (typeof schemes)[number], sheet: found.sheet ?? '' },
    async send({ mapping, scheme, sheet }) {
      const params = { import: found.id };
      const next = await call(mapColumns, {
        params,
        body: { mapping: mapping.map((field) => (field === '' ? null : field)), scheme: scheme === '' ? null : scheme, sheet: sheet === '' ? null : sheet },
      });
      queries.setQueryData(reading(readImport, { params }).queryKey, next);
      focusTitle();
    },
  });
  return (
    <FormBody on={on} notSaved={f.notMapped} save={f.readAgain} onCancel={onClose} quiet wide>
      {found.sheets.length > 1 && <NativeSelect {...on.field('sheet')} label={f.sheet} data={found.sheets} maw={320} />}
      <ColumnChoices<Field, { mapping: (Field | '')[] }> on={on as never} headings={headings} samples={found.samples} fields={w.fields} />
      <NativeSelect {...on.field('scheme')} label={w.scheme} data={[{ value: '', label: w.noScheme }, ...schemes]} maw={320} />
    </FormBody>
  );
}
