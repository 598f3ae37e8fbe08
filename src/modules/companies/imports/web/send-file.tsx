import { Checkbox, FileInput, NativeSelect, Radio, Stack, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Refusal } from '../../../../ui/client.ts';
import { fileSize } from '../../../../ui/figures.ts';
import { fileWords } from '../../../../ui/file-import/words.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { reading, refresh } from '../../../../ui/read.ts';
import { upload } from '../../../../ui/upload.ts';
import { importCompanies, listImports, readImport } from '../contract.ts';
import { importsWords } from '../words.ts';

const kinds = ['extract', 'list'] as const;
const schemes = ['DB25', 'DB07'] as const;

/** Chooses a file, says what it is, and sends it; what it would do is shown on a page of its own. */
export function SendFile() {
  const w = useWords(importsWords);
  const f = useWords(fileWords);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const on = useServerForm({
    initial: { file: null as File | null, kind: 'extract' as (typeof kinds)[number], scheme: '' as '' | (typeof schemes)[number], complete: false },
    sentences: { file_required: f.chooseFile },
    async send({ file, kind, scheme, complete }, key) {
      if (file === null) throw new Refusal({ type: 'urn:vejnet:problem:invalid', status: 400, code: 'invalid', fields: [{ path: 'file', code: 'required' }] });
      const query = { kind, fileName: file.name.slice(-255), complete: complete && kind === 'extract' ? 'true' : 'false', ...(scheme === '' ? {} : { scheme }) } as const;
      const sent = await upload(importCompanies, { query }, file, key);
      queries.setQueryData(reading(readImport, { params: { import: sent.id } }).queryKey, sent);
      await refresh(queries, listImports);
      await navigate({ to: `/imports/${sent.id}` as never });
    },
  });
  const { file, kind, complete } = on.form.getValues();
  return (
    <FormBody on={on} notSaved={w.notSent} save={w.read}>
      <FileInput
        {...on.field('file')}
        label={w.file}
        description={w.fileHelp}
        placeholder={f.chooseFile}
        leftSection={<IconFileImport size={20} stroke={1.75} />}
        valueComponent={({ value }) => (value === null || Array.isArray(value) ? null : <span>{`${value.name} (${fileSize(language, value.size)})`}</span>)}
      />
      <Radio.Group {...on.field('kind')} label={w.kind}>
        <Stack gap="xs" mt={6}>
          {kinds.map((value) => (
            <Radio key={value} value={value} label={w.kinds[value]} description={w.kindHelp[value]} />
          ))}
        </Stack>
      </Radio.Group>
      <NativeSelect {...on.field('scheme')} label={w.scheme} description={w.schemeHelp} data={[{ value: '', label: w.noScheme }, ...schemes]} maw={320} />
      {kind === 'extract' && (
        <Checkbox
          id={on.field('complete').id}
          checked={complete}
          onChange={(event) => on.form.setFieldValue('complete', event.currentTarget.checked)}
          label={w.complete}
          description={w.completeHelp}
        />
      )}
      <Text role="status" size="sm">
        {on.pending && file !== null ? f.sending(fileSize(language, file.size)) : ''}
      </Text>
    </FormBody>
  );
}
