import { Alert, Anchor, Button, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconClock, IconDownload, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { fileSize } from '../../../../ui/figures.ts';
import { useMoves, useSettled } from '../../../../ui/file-import/moves.ts';
import { FileState, FileWorking, isBusy, Sent, useMoment } from '../../../../ui/file-import/state.tsx';
import { fileWords } from '../../../../ui/file-import/words.ts';
import { sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { reading, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listCompanies, readCompany } from '../../register/contract.ts';
import { applyImport, type CompanyImport, cancelImport, listImportRows, listImports, listKept, readImport, undoImport } from '../contract.ts';
import { importsWords } from '../words.ts';
import { Columns } from './columns.tsx';
import { ImportRows } from './import-rows.tsx';

const isHere = (state: CompanyImport['state']) => state === 'ready' || state === 'applying' || state === 'done';

export function ImportPage() {
  const w = useWords(importsWords);
  const { import: id } = useParams({ strict: false }) as { import: string };
  // Asked every second as long as something is being done to it.
  const asked = useQuery({ ...reading(readImport, { params: { import: id } }), refetchInterval: ({ state }) => (state.data !== undefined && isBusy(state.data.state) ? 1000 : false) });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} found={found} />}
    </FetchedPage>
  );
}

function Sheet({ found }: { found: CompanyImport }) {
  const w = useWords(importsWords);
  const { language } = useLanguage();
  const { state, rows } = found;
  const f = useWords(fileWords);
  const moment = useMoment();
  const on = useMoves<CompanyImport>(readImport, { import: found.id }, listImports);
  const [undoing, setUndoing] = useState(false);
  useSettled(state, listImportRows, listImports, listKept, listCompanies, readCompany);
  const writes = rows.new + rows.changed;
  const another = (
    <Button variant="filled" component={Link} to="/imports">
      {w.sendAnother}
    </Button>
  );
  // Of a file that failed while it was being written, some rows may stand: those are undone, not thrown away.
  const partWritten = state === 'failed' && found.progress.done > 0;
  const cancel = (
    <Button loading={on.pending === cancelImport.name} onClick={() => on.move(cancelImport)}>
      {w.cancel}
    </Button>
  );
  const undo = <Button onClick={() => setUndoing(true)}>{w.undo}</Button>;
  const actions: Partial<Record<CompanyImport['state'], ReactNode>> = {
    received: cancel,
    ...(found.fetching ? { reading: cancel } : {}),
    ready: (
      <>
        {cancel}
        {rows.read > rows.refused ? (
          <Button variant="filled" loading={on.pending === applyImport.name} onClick={() => on.move(applyImport)}>
            {w.apply(writes)}
          </Button>
        ) : (
          another
        )}
      </>
    ),
    done: (
      <>
        {undo}
        <Button variant="filled" component={Link} to="/companies">
          {w.seeCompanies}
        </Button>
      </>
    ),
    undone: another,
    cancelled: another,
    failed: (
      <>
        {partWritten ? undo : cancel}
        {another}
      </>
    ),
  };
  return (
    <Page
      title={found.fileName}
      lead={
        <>
          {sideBySide([w.kinds[found.kind], ...(found.scheme === null ? [] : [found.scheme]), ...(found.bytes === 0 ? [] : [fileSize(language, found.bytes)])])}
          {' · '}
          <Sent sent={found} />
        </>
      }
      path={<PathLink to="/imports">{w.title}</PathLink>}
      action={actions[state]}
    >
      <Stack gap="xl">
        <div>
          <FileState state={state} />
          <VisuallyHidden role="status">{f.states[state]}</VisuallyHidden>
        </div>
        {on.error !== null && <ErrorNotice error={on.error} />}
        {isBusy(state) && found.waitsUntil === null && (
          <FileWorking state={state} labels={found.fetching ? { ...w.working, reading: w.fetching } : w.working} read={rows.read} progress={found.progress} />
        )}
        {found.waitsUntil !== null && (
          <Alert color="yellow" icon={<IconClock size={20} stroke={1.75} />}>
            {w.waits(moment(found.waitsUntil))}
          </Alert>
        )}
        {state === 'failed' && <Failed found={found} />}
        {state === 'cancelled' && (
          <Alert color="gray" icon={<IconX size={20} stroke={1.75} />}>
            {w.cancelledText}
          </Alert>
        )}
        {(state === 'ready' || state === 'done') && <Sum found={found} />}
        {state === 'undone' && <Undone found={found} />}
        {(found.headings.length > 0 || found.format === 'cvrapi') && state === 'ready' && <Columns key={`${found.sheet} ${found.mapping.join()}`} found={found} />}
        {isHere(state) && <ImportRows found={found} />}
      </Stack>
      <ConfirmDialog
        opened={undoing}
        onClose={() => setUndoing(false)}
        title={w.undoTitle}
        text={w.undoText}
        yes={w.undoYes}
        run={async () => on.seen(await call(undoImport, { params: { import: found.id } }))}
        onDone={focusTitle}
      />
    </Page>
  );
}

function Failed({ found: { error, progress } }: { found: CompanyImport }) {
  const w = useWords(importsWords);
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
function Sum({ found }: { found: CompanyImport }) {
  const w = useWords(importsWords);
  const { rows, state, kind } = found;
  const ready = state === 'ready';
  const writes = rows.new + rows.changed;
  return (
    <Stack gap="sm" component="section" aria-labelledby="sum">
      <Title order={2} id="sum">
        {ready ? w.whatHappens : w.whatHappened}
      </Title>
      <Stack gap="xs" maw="var(--vn-read)">
        <Text>{ready ? (kind === 'list' ? w.sumList : w.sum)(rows.read, rows.new, rows.changed, rows.same) : (kind === 'list' ? w.appliedList : w.applied)(rows.new, rows.changed, rows.same)}</Text>
        {ready && rows.read === rows.refused && <Text>{w.allRefused}</Text>}
        {ready && writes === 0 && rows.same > 0 && kind === 'extract' && <Text>{w.nothingNew}</Text>}
        <Group gap="xs">
          <Text span>{(ready ? w.refusedSum : w.refusedWere)(rows.refused)}</Text>
          {rows.refused > 0 && (
            <Anchor href={`/api/company-imports/${found.id}/refused`} download>
              <IconDownload size={16} stroke={1.75} style={{ verticalAlign: '-2px', marginInlineEnd: 4 }} aria-hidden="true" />
              {w.download(rows.refused)}
            </Anchor>
          )}
        </Group>
        {rows.doubtful > 0 && <Text>{w.doubtfulSum(rows.doubtful)}</Text>}
        {rows.erased > 0 && <Text>{w.erasedSum(rows.erased)}</Text>}
        {found.complete && <Text>{w.completeSum}</Text>}
      </Stack>
    </Stack>
  );
}

function Undone({ found }: { found: CompanyImport }) {
  const w = useWords(importsWords);
  const kept = useRead(listKept, { params: { import: found.id } });
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
        {kept.data !== undefined && kept.data.length > 0 && (
          <Ruled>
            {kept.data.map((each) => (
              <Rule
                key={each.id}
                action={
                  <Text size="sm" c="dimmed">
                    {w.whats[each.kind]}
                  </Text>
                }
              >
                {each.kind === 'company' ? <NameLink to={`/companies/${each.id}`}>{each.name ?? w.whats.company}</NameLink> : <span>{each.name ?? w.whats.unit}</span>}
              </Rule>
            ))}
          </Ruled>
        )}
      </Stack>
    </>
  );
}
