import { Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { sections } from '../../../../kit/industries.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { NearEnd } from '../../../../ui/near-end.tsx';
import { PhoneLink } from '../../../../ui/phone-link.tsx';
import { refresh, useList, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { useIndustryNames } from '../../../organisation/profiles/web/public.tsx';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { taughtFields } from '../../provision/contract.ts';
import { awards, type Course, courseKinds, listCourses, searchCourses } from '../contract.ts';
import { CourseForm } from './course-form.tsx';
import { useCourseFacts, useCourseWords, useLength } from './public.tsx';

/** Courses of all schools: told by the problem, or by kind and industry. */
export function CoursesPage() {
  const w = useCourseWords();
  const n = useNeedWords();
  const industries = useIndustryNames();
  const { may } = useActing();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const schools = useRead(listSchools, { query: {} });
  const filters = useFilters({ q: null, field: taughtFields, industry: sections, kind: courseKinds, awards, school: null, show: ['unseen', 'retired'] });
  const { q, ...on } = filters.on;
  const list = useList(listCourses, { query: on as object });
  const { editing: open, close, opener } = useEditing();
  const adder = opener(may('manager', 'coordinator'), w.add, true);
  const choice = (name: Exclude<keyof typeof filters.on, 'q'>, label: string, choices: { value: string; label: string }[], all = w.all) => (
    <ChoiceFilter label={label} all={all} choices={choices} value={filters.on[name]} onChange={(value) => filters.set(name, value)} />
  );
  return (
    <Page title={w.title} lead={w.lead} action={adder}>
      <Stack gap="xl">
        {open && (
          <FormOnTop id="add-course" title={w.add}>
            <CourseForm
              course={null}
              onClose={() => close(null)}
              onDone={async ({ id, title }) => {
                await refresh(queries, listCourses);
                await navigate({ to: `/courses/${id}`, state: saying(w.added(title)) });
              }}
            />
          </FormOnTop>
        )}
        <Ask q={q} onAsk={(text) => filters.set('q', text)} />
        {q !== undefined ? (
          <Hits q={q} />
        ) : (
          <ListState
            list={list}
            count={list.rows.length}
            filters={filters}
            none={w.noneMatches}
            empty={open ? null : <Empty title={w.emptyTitle} text={w.emptyText} />}
            controls={
              <Filters filters={filters}>
                {choice(
                  'field',
                  w.field,
                  taughtFields.map((value) => ({ value, label: n.fields[value] })),
                )}
                {choice(
                  'industry',
                  w.industry,
                  sections.map((value) => ({ value, label: industries[value] })),
                  w.allIndustries,
                )}
                {choice(
                  'kind',
                  w.kind,
                  courseKinds.map((value) => ({ value, label: w.kinds[value] })),
                )}
                {choice(
                  'awards',
                  w.awards,
                  awards.map((value) => ({ value, label: w.award[value] })),
                )}
                {choice(
                  'school',
                  w.school,
                  (schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
                )}
                {choice(
                  'show',
                  w.show,
                  (['unseen', 'retired'] as const).map((value) => ({ value, label: w.shows[value] })),
                  w.inCatalogue,
                )}
              </Filters>
            }
          >
            <CourseRows courses={list.rows} />
            <NearEnd list={list} />
          </ListState>
        )}
      </Stack>
    </Page>
  );
}

function CourseRows({ courses }: { courses: readonly Course[] }) {
  const w = useCourseWords();
  const { language } = useLanguage();
  const facts = useCourseFacts();
  const length = useLength();
  const classes = ({ classes: count, next }: Course) => (count === 0 || next === null ? w.noClasses : w.classesAhead(count, shortDay(language, next)));
  return (
    <Rows
      label={w.title}
      rows={courses}
      keyOf={({ id }) => id}
      name={{
        head: w.course,
        cell: ({ id, title, unseen, retired }) => (
          <>
            <NameLink to={`/courses/${id}`}>{title}</NameLink> {unseen && <Badge color="yellow">{w.unseen}</Badge>} {retired && <Badge color="gray">{w.retired}</Badge>}
          </>
        ),
      }}
      columns={[
        { head: w.kind, plain: true, width: '14rem', cell: facts },
        { head: w.length, plain: true, width: '10rem', cell: (course) => length(course) || null },
        { head: w.schools, width: '24%', cell: ({ schools }) => (schools.length === 0 ? w.noSchool : sideBySide(schools.map(({ school }) => school.name))) },
        { head: w.classes, plain: true, width: '11rem', cell: classes },
      ]}
    />
  );
}

function Ask({ q, onAsk }: { q: string | undefined; onAsk(text: string): void }) {
  const w = useCourseWords();
  const [text, setText] = useState(q ?? '');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim().length >= 2) onAsk(text.trim());
  };
  return (
    <search aria-label={w.searchTitle}>
      <form onSubmit={send}>
        <Group gap="sm" align="flex-end">
          <TextInput
            type="search"
            label={w.search}
            description={w.searchHelp}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            maxLength={200}
            autoComplete="off"
            leftSection={<IconSearch size={16} stroke={1.75} />}
            w={{ base: '100%', sm: 480 }}
          />
          <Button type="submit">{w.searchGo}</Button>
          {q !== undefined && (
            <Button
              variant="subtle"
              onClick={() => {
                setText('');
                onAsk('');
              }}
            >
              {w.searchClear}
            </Button>
          )}
        </Group>
      </form>
    </search>
  );
}

/** A few good answers, each with whom to call. */
function Hits({ q }: { q: string }) {
  const w = useCourseWords();
  const { language } = useLanguage();
  const facts = useCourseFacts();
  const length = useLength();
  const found = useRead(searchCourses, { query: { q } });
  if (found.isError) return <ErrorNotice error={found.error} onRetry={() => found.refetch()} />;
  if (found.data === undefined) return <Loading lines={6} />;
  if (found.data.length === 0) return <Empty title={w.noHits} text={w.noHitsText} />;
  return (
    <Stack gap="sm" component="section" aria-labelledby="hits">
      <Title order={2} id="hits">
        {w.hits(found.data.length)}
      </Title>
      <Ruled>
        {found.data.map(({ course, meant }) => (
          <Rule key={course.id}>
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              <NameLink to={`/courses/${course.id}`}>{course.title}</NameLink>
            </Text>
            <Text size="sm" c="var(--vn-ink-2)">
              {sideBySide([facts(course), ...(length(course) === '' ? [] : [length(course)]), course.next === null ? w.noClasses : w.classesAhead(course.classes, shortDay(language, course.next))])}
            </Text>
            {meant.length > 0 && (
              <Text size="sm" c="var(--vn-ink-2)">
                {w.meant(meant.join(', '))}
              </Text>
            )}
            {course.schools.map(({ school, contact }) => (
              <Text key={school.id} size="sm">
                {sideBySide([school.name, ...(contact.name === '' ? [] : [contact.name])])} {contact.phone !== '' && <PhoneLink number={contact.phone} may />}
              </Text>
            ))}
          </Rule>
        ))}
      </Ruled>
    </Stack>
  );
}
