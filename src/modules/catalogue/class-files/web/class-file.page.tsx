import { Alert, Anchor, Button, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { fileSize } from '../../../../ui/figures.ts';
import { useMoves, useSettled } from '../../../../ui/file-import/moves.ts';
import { FileState, FileWorking, isBusy, Sent, useMoment } from '../../../../ui/file-import/state.tsx';
import { fileWords } from '../../../../ui/file-import/words.ts';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { reading, refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import {
  applyClassFile,
  type ClassFile,
  cancelClassFile,
  fetchClassesAgain,
  listClassChanges,
  listClassFileRows,
  listClassFiles,
  listKeptClasses,
  listVanishedClasses,
  readClassFile,
  undoClassFile,
} from '../contract.ts';
import { classFilesWords } from '../words.ts';
import { ClassFileRows } from './class-file-rows.tsx';
import { Understood } from './understood.tsx';

const isHere = (state: ClassFile['state']) => state === 'ready' || state === 'applying' || state === 'done';

export function ClassFilePage() {
  const w = useWords(classFilesWords);
  const { file } = useParams({ strict: false }) as { file: string };
  // Asked every second as long as something is being done to it.
  const asked = useQuery({ ...reading(readClassFile, { params: { file } }), refetchInterval: ({ state }) => (state.data !== undefined && isBusy(state.data.state) ? 1000 : false) });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} found={found} />}
    </FetchedPage>
  );
}

function Sheet({ found }: { found: ClassFile }) {
  const w = useWords(classFilesWords);
  const f = useWords(fileWords);
  const { language } = useLanguage();
  const { state, rows } = found;
  const on = useMoves<ClassFile>(readClassFile, { file: found.id }, listClassFiles);
  const [undoing, setUndoing] = useState(false);
  useSettled(state, listClassFileRows, listClassFiles, listKeptClasses, listVanishedClasses, listClassChanges);
  const another = (
    <Button variant="filled" component={Link} to="/class-files">
      {w.sendAnother}
    </Button>
  );
  // Of a file that failed while it was being written, some rows may stand: those are undone, not thrown away.
  const partWritten = state === 'failed' && found.progress.done > 0;
  const cancel = (
    <Button loading={on.pending === cancelClassFile.name} onClick={() => on.move(cancelClassFile)}>
      {w.cancel}
    </Button>
  );
  const undo = <Button onClick={() => setUndoing(true)}>{w.undo}</Button>;
  const again = found.address === null ? another : <FetchAgain found={found} />;
  const actions: Partial<Record<ClassFile['state'], ReactNode>> = {
    received: cancel,
    ready: (
      <>
        {cancel}
        {rows.read > rows.refused ? (
          <Button variant="filled" loading={on.pending === applyClassFile.name} onClick={() => on.move(applyClassFile)}>
            {w.apply(rows.new + rows.changed)}
          </Button>
        ) : (
          another
        )}
      </>
    ),
    done: (
      <>
        {undo}
        {again}
      </>
    ),
    undone: again,
    cancelled: again,
    failed: (
      <>
        {partWritten ? undo : cancel}
        {again}
      </>
    ),
  };
  return (
    <Page
      title={found.fileName}
      lead={
        <>
          {found.bytes > 0 && `${fileSize(language, found.bytes)} · `}
          <Sent sent={found} />
        </>
      }
      path={<PathLink to="/class-files">{w.title}</PathLink>}
      action={actions[state]}
    >
      <Stack gap="xl">
        <div>
          <FileState state={state} />
          <VisuallyHidden role="status">{f.states[state]}</VisuallyHidden>
          {found.address !== null && (
            <Text size="sm" c="var(--vn-ink-2)" mt="xs" style={{ overflowWrap: 'anywhere' }}>
              {found.address}
            </Text>
          )}
        </div>
        {on.error !== null && <ErrorNotice error={on.error} />}
        {isBusy(state) && <FileWorking state={state} labels={w.working} read={rows.read} progress={found.progress} />}
        {state === 'failed' && <Failed found={found} />}
        {state === 'cancelled' && (
          <Alert color="gray" icon={<IconX size={20} stroke={1.75} />}>
            {w.cancelledText}
          </Alert>
        )}
        {(state === 'ready' || state === 'done') && <Sum found={found} />}
        {state === 'undone' && <Undone found={found} />}
        {state === 'ready' && <Understood key={`${found.mapping.join()} ${found.rows.refused} ${found.institutions.map(({ school }) => school).join()}`} found={found} />}
        {isHere(state) && found.rows.vanished > 0 && <Vanished found={found} />}
        {isHere(state) && <ClassFileRows found={found} />}
      </Stack>
      <ConfirmDialog
        opened={undoing}
        onClose={() => setUndoing(false)}
        title={w.undoTitle}
        text={w.undoText}
        yes={w.undoYes}
        run={async () => on.seen(await call(undoClassFile, { params: { file: found.id } }))}
        onDone={focusTitle}
      />
    </Page>
  );
}

function FetchAgain({ found }: { found: ClassFile }) {
  const w = useWords(classFilesWords);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [pending, setPending] = useState(false);
  const fetch = async () => {
    setPending(true);
    try {
      const next = await call(fetchClassesAgain, { params: { file: found.id } });
      await refresh(queries, listClassFiles);
      await navigate({ to: `/class-files/${next.id}` as never });
    } finally {
      setPending(false);
    }
  };
  return (
    <Button variant="filled" loading={pending} onClick={fetch}>
      {w.again}
    </Button>
  );
}

function Failed({ found: { error, progress } }: { found: ClassFile }) {
  const w = useWords(classFilesWords);
  const f = useWords(fileWords);
  const code = error ?? 'internal';
  return (
    <Alert color="red" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.failedTitle}>
      <Stack gap="xs">
        <Text>
          {w.errors[code] ?? f.errors[code] ?? w.errors.internal} {progress.done === 0 ? w.nothingWritten : w.partWritten}
        </Text>
        <Text size="xs">{f.code(code)}</Text>
      </Stack>
    </Alert>
  );
}

/** What the file would do, or has done, in sentences. */
function Sum({ found }: { found: ClassFile }) {
  const w = useWords(classFilesWords);
  const moment = useMoment();
  const { rows, state } = found;
  const ready = state === 'ready';
  return (
    <Stack gap="sm" component="section" aria-labelledby="sum">
      <Title order={2} id="sum">
        {ready ? w.whatHappens : w.whatHappened}
      </Title>
      <Stack gap="xs" maw="var(--vn-read)">
        <Text>{ready ? w.sum(rows.read, rows.new, rows.changed, rows.same) : w.applied(rows.new, rows.changed, rows.same)}</Text>
        {ready && rows.read === rows.refused && <Text>{w.allRefused}</Text>}
        {ready && rows.new + rows.changed === 0 && rows.same > 0 && <Text>{w.nothingNew}</Text>}
        <Group gap="xs">
          <Text span>{(ready ? w.refusedSum : w.refusedWere)(rows.refused)}</Text>
          {rows.refused > 0 && (
            <Anchor href={`/api/class-files/${found.id}/refused`} download>
              <IconDownload size={16} stroke={1.75} style={{ verticalAlign: '-2px', marginInlineEnd: 4 }} aria-hidden="true" />
              {w.download(rows.refused)}
            </Anchor>
          )}
        </Group>
        {ready && rows.doubtful > 0 && <Text>{w.doubtfulSum(rows.doubtful)}</Text>}
        <Text>{w.asOf(moment(found.asOf))}</Text>
      </Stack>
    </Stack>
  );
}

interface Named {
  classId: string | null;
  number: string | null;
  title: string;
  starts: string | null;
}

function Classes({ classes }: { classes: readonly Named[] }) {
  const { language } = useLanguage();
  return (
    <Ruled>
      {classes.map(({ classId, number, title, starts }) => (
        <Rule
          key={classId}
          action={
            <Text size="sm" c="dimmed">
              {starts === null ? '' : shortDay(language, starts)}
            </Text>
          }
        >
          <span style={{ overflowWrap: 'anywhere' }}>{[title, number].filter((part) => part).join(' · ')}</span>
        </Rule>
      ))}
    </Ruled>
  );
}

function Vanished({ found }: { found: ClassFile }) {
  const w = useWords(classFilesWords);
  const gone = useRead(listVanishedClasses, { params: { file: found.id } });
  return (
    <Stack gap="sm" component="section" aria-labelledby="vanished">
      <Title order={2} id="vanished">
        {w.vanished}
      </Title>
      <Text>{w.vanishedSum(found.rows.vanished)}</Text>
      {gone.isPending && <Loading />}
      {gone.isError && <ErrorNotice error={gone.error} onRetry={() => gone.refetch()} />}
      {gone.data !== undefined && gone.data.length > 0 && <Classes classes={gone.data} />}
    </Stack>
  );
}

function Undone({ found }: { found: ClassFile }) {
  const w = useWords(classFilesWords);
  const kept = useRead(listKeptClasses, { params: { file: found.id } });
  return (
    <>
      <Stack gap="sm" component="section" aria-labelledby="sum">
        <Title order={2} id="sum">
          {w.whatHappened}
        </Title>
        <Text>{w.undone(found.rows.restored)}</Text>
      </Stack>
      <Stack gap="sm" component="section" aria-labelledby="kept">
        <Title order={2} id="kept">
          {w.kept}
        </Title>
        <Text>{found.rows.kept === 0 ? w.keptNone : w.keptSum(found.rows.kept)}</Text>
        {found.rows.kept > 0 && kept.isPending && <Loading />}
        {kept.isError && <ErrorNotice error={kept.error} onRetry={() => kept.refetch()} />}
        {kept.data !== undefined && kept.data.length > 0 && <Classes classes={kept.data} />}
      </Stack>
    </>
  );
}
