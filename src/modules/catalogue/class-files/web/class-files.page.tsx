import { Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { FileState, isBusy, Sent, useMoment } from '../../../../ui/file-import/state.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useList, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { type ClassFile, listClassChanges, listClassFiles } from '../contract.ts';
import { classFilesWords } from '../words.ts';
import { useChangeWords } from './said.tsx';
import { SendClasses } from './send-classes.tsx';

export function ClassFilesPage() {
  const w = useWords(classFilesWords);
  return (
    <OnlyFor roles={['manager', 'coordinator']} title={w.title}>
      <Page title={w.title} lead={w.lead}>
        <Stack gap="xl">
          <Stack gap="md" component="section" aria-labelledby="send">
            <Title order={2} id="send">
              {w.send}
            </Title>
            <SendClasses />
          </Stack>
          <Earlier />
          <Changes />
        </Stack>
      </Page>
    </OnlyFor>
  );
}

/** The names of the centre's schools. */
function useSchoolNames() {
  const schools = useRead(listSchools, { query: {} }).data ?? [];
  return (id: string | null) => schools.find((each) => each.id === id)?.name ?? null;
}

function Earlier() {
  const w = useWords(classFilesWords);
  const { may } = useActing();
  const nameOf = useSchoolNames();
  const list = useList(listClassFiles, { query: {} });
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
                <NameLink to={`/class-files/${id}`}>{fileName}</NameLink>
              </Wraps>
            ),
          }}
          columns={[
            ...(may('coordinator') ? [{ head: w.school, plain: true as const, cell: ({ schoolId }: ClassFile) => (schoolId === null ? w.allSchools : nameOf(schoolId)) }] : []),
            { head: w.state, plain: true, cell: ({ state }) => <FileState state={state} />, width: '13.5rem' },
            { head: w.counts, plain: true, cell: (each) => countsOf(each, w) },
            { head: w.sent, plain: true, cell: (each) => <Sent sent={each} /> },
          ]}
        />
      </ListState>
    </Stack>
  );
}

function countsOf({ state, rows }: ClassFile, w: (typeof classFilesWords)['da']): string | null {
  if (state === 'undone') return w.restoredOf(rows.restored, rows.kept);
  return state === 'ready' || state === 'applying' || state === 'done' || state === 'undoing' ? w.countsOf(rows.new, rows.changed, rows.refused) : null;
}

/** What the files found changed since, for whoever has to act on it. */
function Changes() {
  const w = useWords(classFilesWords);
  const said = useChangeWords();
  const moment = useMoment();
  const nameOf = useSchoolNames();
  const list = useList(listClassChanges, { query: { limit: 20 } });
  return (
    <Stack gap="md" component="section" aria-labelledby="changes">
      <div>
        <Title order={2} id="changes">
          {w.changes}
        </Title>
        <Text c="var(--vn-ink-2)">{w.changesLead}</Text>
      </div>
      <ListState list={list} count={list.rows.length} empty={<Empty title={w.noChanges} />}>
        <Rows
          label={w.changes}
          rows={list.rows}
          keyOf={({ classId, fileId }) => `${classId} ${fileId}`}
          name={{ head: w.className, cell: ({ title, number }) => <Wraps least="10rem">{title === '' ? number : title}</Wraps> }}
          columns={[
            { head: w.fields.number, plain: true, cell: ({ number }) => <Wraps least="8.5rem">{number}</Wraps> },
            { head: w.school, plain: true, cell: ({ schoolId }) => nameOf(schoolId) },
            { head: w.change, plain: true, cell: ({ changes }) => changes.map((each) => <div key={each.field}>{said(each)}</div>) },
            { head: w.when, plain: true, cell: ({ at }) => <time dateTime={at}>{moment(at)}</time> },
          ]}
        />
      </ListState>
    </Stack>
  );
}
