import { Stack, Title } from '@mantine/core';
import { useEffect } from 'react';
import { FileState, isBusy, Sent } from '../../../../ui/file-import/state.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { CvrUpdates } from '../../cvr-source/web/public.tsx';
import { type CompanyImport, listImports } from '../contract.ts';
import { importsWords } from '../words.ts';
import { SendFile } from './send-file.tsx';

export function ImportsPage() {
  const w = useWords(importsWords);
  return (
    <OnlyFor roles={['register']} title={w.title}>
      <Page title={w.title} lead={w.lead}>
        <Stack gap="xl">
          <Stack gap="md" component="section" aria-labelledby="send">
            <Title order={2} id="send">
              {w.send}
            </Title>
            <SendFile />
          </Stack>
          <CvrUpdates />
          <Earlier />
        </Stack>
      </Page>
    </OnlyFor>
  );
}

function Earlier() {
  const w = useWords(importsWords);
  const list = useList(listImports, { query: {} });
  const { refetch } = list;
  const waiting = list.rows.some(({ state }) => isBusy(state));
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(refetch, 2000);
    return () => clearInterval(timer);
  }, [waiting, refetch]);
  return (
    <Stack gap="md" component="section" aria-labelledby="earlier">
      <Title order={2} id="earlier">
        {w.earlier}
      </Title>
      <ListState list={list} count={list.rows.length} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
        <Rows
          label={w.earlier}
          rows={list.rows}
          keyOf={({ id }) => id}
          name={{
            head: w.file,
            cell: ({ id, fileName }) => (
              <Wraps least="10rem">
                <NameLink to={`/imports/${id}`}>{fileName}</NameLink>
              </Wraps>
            ),
          }}
          columns={[
            { head: w.kindHead, plain: true, cell: ({ kind }) => w.kinds[kind], width: '8.5rem' },
            { head: w.state, plain: true, cell: ({ state }) => <FileState state={state} />, width: '13.5rem' },
            { head: w.counts, plain: true, cell: (each) => countsOf(each, w) },
            { head: w.sent, plain: true, cell: (each) => <Sent sent={each} /> },
          ]}
        />
      </ListState>
    </Stack>
  );
}

function countsOf({ state, rows, kind }: CompanyImport, w: (typeof importsWords)['da']): string | null {
  if (state === 'undone') return w.restoredOf(rows.restored, rows.kept);
  return state === 'ready' || state === 'applying' || state === 'done' || state === 'undoing' ? (kind === 'list' ? w.countsOfList : w.countsOf)(rows.new, rows.changed, rows.refused) : null;
}
