import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { ChoiceFilter, Filters, OnFilter, useFilters } from '../../../../ui/filters.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRead, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { useCourseName } from '../../course-choices/web/public.tsx';
import { taughtFields } from '../../provision/contract.ts';
import { listTeacherLoans, listTeachers } from '../contract.ts';
import { teachersWords } from '../words.ts';
import { Loans, useLending } from './loans.tsx';
import { TeacherForm } from './teacher-form.tsx';

/** Row 4.04: teachers whom schools lend each other. */
export function TeachersPage() {
  const w = useWords(teachersWords);
  const n = useNeedWords();
  const { may, schoolId } = useActing();
  const queries = useQueryClient();
  const nameOf = useCourseName();
  const lending = useLending();
  const filters = useFilters({ field: taughtFields, retired: ['true'] });
  const { field } = filters.on;
  const list = useRows(listTeachers, { query: { ...(field === undefined ? {} : { field }), retired: filters.on.retired === 'true' ? 'true' : 'false' } });
  const loans = useRead(listTeacherLoans, {});
  const rows = list.data ?? [];
  const { editing, done, close, opener } = useEditing();
  const [said, setSaid] = useState<string | null>(null);
  const writes = may('coordinator') || (may('manager') && schoolId !== null);
  return (
    <Page title={w.title} lead={w.lead} done={said ?? done} action={opener(writes, w.add)}>
      <Stack gap="xl">
        {editing && (
          <FormOnTop id="teacher" title={w.addTitle}>
            <TeacherForm
              teacher={null}
              onClose={() => close(null)}
              onDone={async () => {
                await refresh(queries, listTeachers);
                setSaid(null);
                close(w.saved);
              }}
            />
          </FormOnTop>
        )}
        <div>
          <ListState
            list={list}
            count={rows.length}
            empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
            filters={filters}
            none={w.none}
            controls={
              <Filters filters={filters}>
                <ChoiceFilter
                  label={w.field}
                  value={field}
                  all={w.anyField}
                  choices={taughtFields.map((value) => ({ value, label: n.fields[value] }))}
                  onChange={(value) => filters.set('field', value)}
                />
                {writes && <OnFilter label={w.showRetired} value={filters.on.retired} onChange={(value) => filters.set('retired', value)} />}
              </Filters>
            }
          >
            <Rows
              label={w.title}
              rows={rows}
              keyOf={({ id }) => id}
              name={{
                head: w.name,
                cell: ({ id, name, retired }) => (
                  <Group gap="xs">
                    <NameLink to={`/teachers/${id}`}>{name}</NameLink>
                    {retired && <Badge>{w.retired}</Badge>}
                  </Group>
                ),
              }}
              columns={[
                { head: w.school, plain: true, cell: ({ school }) => school.name },
                { head: w.fields, plain: true, cell: ({ fields, courses }) => sideBySide([...fields.map((each) => n.fields[each]), ...courses.map(nameOf)]) || null },
                { head: w.lending, plain: true, cell: (row) => lending(row) },
              ]}
            />
          </ListState>
        </div>
        <Stack gap="sm" component="section" aria-labelledby="loans" maw={720}>
          <Title order={2} id="loans">
            {w.loans}
          </Title>
          {loans.isError && <ErrorNotice error={loans.error} onRetry={() => loans.refetch()} />}
          {loans.data !== undefined &&
            (loans.data.length === 0 ? (
              <Text c="dimmed">{w.noLoans}</Text>
            ) : (
              <Loans
                rows={loans.data}
                onDone={(text) => {
                  setSaid(text);
                  focusTitle();
                }}
              />
            ))}
        </Stack>
      </Stack>
    </Page>
  );
}
