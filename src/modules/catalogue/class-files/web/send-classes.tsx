import { Checkbox, FileInput, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call, Refusal } from '../../../../ui/client.ts';
import { fileSize } from '../../../../ui/figures.ts';
import { fileWords } from '../../../../ui/file-import/words.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { reading, refresh } from '../../../../ui/read.ts';
import { upload } from '../../../../ui/upload.ts';
import { type CourseKind, courseKinds } from '../../courses/contract.ts';
import { fetchClasses, listClassFiles, readClassFile, sendClassFile } from '../contract.ts';
import { classFilesWords } from '../words.ts';

const sources = ['file', 'address'] as const;

/** Sends a file, or an address that is fetched; what it would do is shown on a page of its own. */
export function SendClasses() {
  const w = useWords(classFilesWords);
  const f = useWords(fileWords);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const on = useServerForm({
    initial: { source: 'file' as (typeof sources)[number], file: null as File | null, address: '', courseCode: '', courseKind: '' as CourseKind | '', complete: false },
    sentences: { file_required: f.chooseFile, address_format: w.addressBad, courseCode_format: w.courseCodeBad },
    async send({ source, file, address, courseCode, courseKind, complete }, key) {
      const course = courseCode.trim() === '' ? {} : { courseCode, ...(courseKind === '' ? {} : { courseKind }) };
      const send = () => {
        if (source === 'address') return call(fetchClasses, { body: { address, complete, ...course } }, { key });
        if (file === null) throw new Refusal({ type: 'urn:vejnet:problem:invalid', status: 400, code: 'invalid', fields: [{ path: 'file', code: 'required' }] });
        const query = { fileName: file.name.slice(-255), complete: complete ? 'true' : 'false', ...course } as const;
        return upload(sendClassFile, { query }, file, key);
      };
      const sent = await send();
      queries.setQueryData(reading(readClassFile, { params: { file: sent.id } }).queryKey, sent);
      await refresh(queries, listClassFiles);
      await navigate({ to: `/class-files/${sent.id}` as never });
    },
  });
  const { source, file, complete } = on.form.getValues();
  return (
    <FormBody on={on} notSaved={w.notSent} save={w.read}>
      <Radio.Group {...on.field('source')} label={w.from}>
        <Stack gap="xs" mt={6}>
          {sources.map((value) => (
            <Radio key={value} value={value} label={w.sources[value]} />
          ))}
        </Stack>
      </Radio.Group>
      {source === 'file' ? (
        <FileInput
          {...on.field('file')}
          label={w.file}
          description={w.fileHelp}
          placeholder={f.chooseFile}
          leftSection={<IconFileImport size={20} stroke={1.75} />}
          valueComponent={({ value }) => (value === null || Array.isArray(value) ? null : <span>{`${value.name} (${fileSize(language, value.size)})`}</span>)}
        />
      ) : (
        <TextInput {...on.field('address')} label={w.address} description={w.addressHelp} type="url" inputMode="url" autoComplete="off" />
      )}
      <TextInput {...on.field('courseCode')} label={w.courseCode} description={w.courseHelp} maw={240} autoComplete="off" />
      <NativeSelect {...on.field('courseKind')} label={w.courseKind} data={[{ value: '', label: w.guess }, ...courseKinds.map((value) => ({ value, label: w.courseKinds[value] }))]} maw={240} />
      <Checkbox id={on.field('complete').id} checked={complete} onChange={(event) => on.form.setFieldValue('complete', event.currentTarget.checked)} label={w.complete} description={w.completeHelp} />
      <Text role="status" size="sm">
        {on.pending && source === 'file' && file !== null ? f.sending(fileSize(language, file.size)) : ''}
      </Text>
    </FormBody>
  );
}
