import { Alert, Anchor, Button, FileInput, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconFileImport } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { JobProgress } from '../../../../ui/job-progress.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { reading } from '../../../../ui/read.ts';
import { upload } from '../../../../ui/upload.ts';
import { downloadOwnRefused, forgetOwnList, type OwnList, readOwnList, sendOwnList } from '../contract.ts';
import { ownListsWords } from '../words.ts';

const busy = ({ state }: OwnList) => state === 'received' || state === 'reading';

/** The own school's list, asked for every second as long as it is being read. */
export const useOwnList = () => useQuery({ ...reading(readOwnList, {}), refetchInterval: ({ state }) => (state.data?.list && busy(state.data.list) ? 1000 : false) });

/** Sends, shows and throws away the list of companies that the own school works with. `onChanged` when it was read or is gone. */
export function OwnListPanel({ onChanged }: { onChanged(): void }) {
  const w = useWords(ownListsWords);
  const queries = useQueryClient();
  const asked = useOwnList();
  const [open, setOpen] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  const [said, setSaid] = useState('');
  const list = asked.data?.list ?? null;
  const state = list?.state;
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== state && before.current !== undefined && state === 'done') onChanged();
    before.current = state ?? before.current;
  }, [state, onChanged]);
  const seen = (next: OwnList | null) => queries.setQueryData(reading(readOwnList, {}).queryKey, { list: next });
  return (
    <Stack gap="sm" component="section" aria-labelledby="own-list" align="flex-start">
      <Title order={2} id="own-list">
        {w.title}
      </Title>
      <Text size="sm" c="var(--vn-ink-2)">
        {w.lead}
      </Text>
      {asked.isPending && <Loading lines={2} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      <div role="status">{said !== '' && <Text size="sm">{said}</Text>}</div>
      {list !== null && <Result list={list} />}
      {open ? (
        <SendOwnList
          onClose={() => setOpen(false)}
          onSent={(next) => {
            before.current = next.state;
            seen(next);
            setSaid('');
            setOpen(false);
          }}
        />
      ) : (
        asked.isSuccess &&
        !(list !== null && busy(list)) && (
          <Group gap="xs">
            <Button leftSection={<IconFileImport size={20} stroke={1.75} />} onClick={() => setOpen(true)}>
              {list === null ? w.send : w.sendNew}
            </Button>
            {list !== null && (
              <Button variant="subtle" onClick={() => setForgetting(true)}>
                {w.forget}
              </Button>
            )}
          </Group>
        )
      )}
      <ConfirmDialog
        opened={forgetting}
        onClose={() => setForgetting(false)}
        title={w.forgetTitle}
        text={w.forgetText}
        yes={w.forget}
        run={() => call(forgetOwnList, {})}
        onDone={() => {
          seen(null);
          setSaid(w.forgotten);
          onChanged();
        }}
      />
    </Stack>
  );
}

function Result({ list }: { list: OwnList }) {
  const w = useWords(ownListsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const { rows } = list;
  if (busy(list)) return <JobProgress label={w.reading} figures={rows.read > 0 ? w.soFar(rows.read) : undefined} note={w.mayLeave} />;
  if (list.state === 'failed') {
    return (
      <Alert color="red" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.failed}>
        {w.errors[list.error ?? 'internal'] ?? w.errors.internal} {w.kept}
      </Alert>
    );
  }
  return (
    <Stack gap={4} style={{ overflowWrap: 'anywhere' }}>
      <Text size="sm">
        {w.done(list.fileName, shortDay(language, dayOf(zone, list.createdAt)), rows.read)} {list.person !== null && w.by(list.person)}
      </Text>
      {rows.refused > 0 && (
        <Text size="sm">
          {w.refused(rows.refused)}{' '}
          <Anchor href={downloadOwnRefused.path} download fz="inherit">
            <IconDownload size={16} stroke={1.75} style={{ verticalAlign: '-2px', marginInlineEnd: 4 }} aria-hidden="true" />
            {w.download(rows.refused)}
          </Anchor>
        </Text>
      )}
    </Stack>
  );
}

function SendOwnList({ onSent, onClose }: { onSent(list: OwnList): void; onClose(): void }) {
  const w = useWords(ownListsWords);
  const on = useServerForm({
    initial: { file: null as File | null },
    sentences: { file_required: w.chooseFirst },
    async send({ file }, key) {
      if (file === null) throw new Refusal({ type: 'urn:vejnet:problem:invalid', status: 400, code: 'invalid', fields: [{ path: 'file', code: 'required' }] });
      onSent(await upload(sendOwnList, { query: { fileName: file.name.slice(-255) } }, file, key));
    },
  });
  return (
    <FormBody on={on} notSaved={w.notSent} save={w.sendIt} onCancel={onClose} quiet>
      <FileInput
        {...on.field('file')}
        label={w.file}
        description={`${w.fileHelp} ${w.replaced}`}
        placeholder={w.choose}
        accept=".csv,.txt,text/csv"
        leftSection={<IconFileImport size={20} stroke={1.75} />}
        w="100%"
        maw={480}
      />
    </FormBody>
  );
}
