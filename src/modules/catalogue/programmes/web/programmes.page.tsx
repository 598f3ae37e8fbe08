import { Alert, Badge, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useActing } from '../../../../ui/acting.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { OnFilter, useFilters } from '../../../../ui/filters.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { useCourseName } from '../../course-choices/web/public.tsx';
import { listProgrammes, type Programme } from '../contract.ts';
import { programmesWords } from '../words.ts';
import { ProgrammeForm } from './programme-form.tsx';

/** Rows 4.11 and 4.14: what is put together of several courses. */
export function ProgrammesPage() {
  const w = useWords(programmesWords);
  const { may, schoolId } = useActing();
  const queries = useQueryClient();
  const filters = useFilters({ retired: ['true'] });
  const list = useRows(listProgrammes, { query: { retired: filters.on.retired === 'true' ? 'true' : 'false' } });
  const rows = list.data ?? [];
  const { editing, setEditing, done, close, opener } = useEditing<Programme>();
  const writes = may('coordinator') || (may('manager') && schoolId !== null);
  const action = opener(writes, w.add);
  return (
    <Page title={w.title} lead={w.lead} done={done} action={action}>
      {editing !== false && (
        <FormOnTop id="programme" title={editing === true ? w.addTitle : w.changeTitle(editing.title)} mb="xl">
          <ProgrammeForm
            key={editing === true ? 'new' : editing.id}
            programme={editing === true ? null : editing}
            onClose={() => close(null)}
            onDone={async () => {
              await refresh(queries, listProgrammes);
              close(w.saved);
            }}
          />
        </FormOnTop>
      )}
      <ListState
        list={list}
        count={rows.length}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
        controls={writes ? <OnFilter label={w.showRetired} value={filters.on.retired} onChange={(value) => filters.set('retired', value)} /> : undefined}
      >
        <Stack maw={720} mt="md">
          <Ruled>
            {rows.map((each) => (
              <One key={each.id} programme={each} onChange={editing === false ? () => setEditing(each) : null} />
            ))}
          </Ruled>
        </Stack>
      </ListState>
    </Page>
  );
}

function One({ programme, onChange }: { programme: Programme; onChange: (() => void) | null }) {
  const w = useWords(programmesWords);
  const { language } = useLanguage();
  const nameOf = useCourseName();
  const number = new Intl.NumberFormat(language === 'da' ? 'da-DK' : 'en-GB');
  return (
    <Rule
      action={
        programme.can.edit && onChange !== null ? (
          <Button size="xs" variant="subtle" aria-label={w.changeTitle(programme.title)} onClick={onChange}>
            {w.change}
          </Button>
        ) : undefined
      }
    >
      <Title order={2}>{programme.title}</Title>
      <Group gap="xs">
        <Badge>{w.shortKinds[programme.kind]}</Badge>
        <Text fw={500}>{w.total(number.format(programme.days), programme.weeks)}</Text>
        {programme.retired && <Badge>{w.retired}</Badge>}
      </Group>
      {programme.retiredCourses > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} role="none">
          {w.hasRetired(programme.retiredCourses)}
        </Alert>
      )}
      {programme.text !== '' && <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{programme.text}</Text>}
      <List type="ordered" spacing={4}>
        {programme.items.map(({ course, days, gap }) => (
          <List.Item key={course.id}>
            {nameOf(course)}
            <Text size="sm" c="dimmed">
              {sideBySide([w.dayCount(number.format(days)), ...(gap === null ? [] : [w.afterWeeks(gap)])])}
            </Text>
          </List.Item>
        ))}
      </List>
      {programme.schools.length > 0 && <Text size="sm">{`${w.schools}: ${sideBySide(programme.schools.map(({ name }) => name))}`}</Text>}
      <Text size="sm" c="dimmed">
        {w.keptBy(programme.school?.name ?? w.centre)}
      </Text>
    </Rule>
  );
}
