import { Button, Checkbox, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { ColumnChoices } from '../../../../ui/file-import/columns.tsx';
import { fileWords } from '../../../../ui/file-import/words.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { focusTitle } from '../../../../ui/layout/page.tsx';
import { instantIn } from '../../../../ui/moments.ts';
import { reading, useRead } from '../../../../ui/read.ts';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { type CourseKind, courseKinds } from '../../courses/contract.ts';
import { type ClassFile, readClassFile, readClassFileAgain } from '../contract.ts';
import { type ColumnField, columnFields } from '../model.ts';
import { classFilesWords } from '../words.ts';

/** How a file was understood: its columns, its schools, and what it does not say of itself. Open at once where that is why nothing came through. */
export function Understood({ found }: { found: ClassFile }) {
  const w = useWords(classFilesWords);
  const numbered = found.format === 'json' || found.mapping.includes('number');
  const strangers = found.institutions.some(({ school }) => school === null);
  const [open, setOpen] = useState(!numbered || found.rows.read === found.rows.refused);
  const said = [
    found.course === null ? w.noCourse : w.wholeCourse(w.courseKinds[found.course.kind], found.course.code),
    ...found.mapping.flatMap((field, at) => (field === null ? [] : [`${found.headings[at]} → ${w.fields[field]}`])),
    ...(strangers ? [`${w.notOurs}: ${found.institutions.filter(({ school }) => school === null).length}`] : []),
  ];
  return (
    <Stack gap="md" component="section" aria-labelledby="understood" align="flex-start">
      <Title order={2} id="understood">
        {w.understood}
      </Title>
      {open ? (
        <>
          <Text c="var(--vn-ink-2)">{w.understoodLead}</Text>
          <Choices found={found} onClose={numbered ? () => setOpen(false) : undefined} />
        </>
      ) : (
        <>
          <Text c="var(--vn-ink-2)" style={{ overflowWrap: 'anywhere' }}>
            {sideBySide(said)}
          </Text>
          <Button size="xs" onClick={() => setOpen(true)}>
            {w.edit}
          </Button>
        </>
      )}
    </Stack>
  );
}

function Choices({ found, onClose }: { found: ClassFile; onClose: (() => void) | undefined }) {
  const w = useWords(classFilesWords);
  const f = useWords(fileWords);
  const { may, zone, today, schoolId } = useActing();
  const queries = useQueryClient();
  const schools = (useRead(listSchools, { query: {} }).data ?? []).filter(({ id }) => may('coordinator') || id === schoolId);
  const headings = found.headings.slice(0, found.mapping.length);
  const stated = dayOf(zone, found.asOf);
  const on = useServerForm({
    initial: {
      mapping: headings.map((_heading, at) => found.mapping[at] ?? '') as (ColumnField | '')[],
      courseKind: (found.course?.kind ?? '') as CourseKind | '',
      courseCode: found.course?.code ?? '',
      defaultSchool: String(found.defaultSchool ?? ''),
      asOf: found.asOf === found.createdAt ? '' : stated,
      complete: found.complete,
      schools: found.institutions.map(({ school }) => String(school ?? '')),
    },
    sentences: { courseCode_format: w.courseCodeBad, asOf_format: w.asOfFuture },
    async send({ mapping, courseKind, courseCode, defaultSchool, asOf, complete, schools: chosen }) {
      const params = { file: found.id };
      const body = {
        mapping: headings.length === 0 ? null : mapping.map((field) => (field === '' ? null : field)),
        ...(courseCode.trim() === '' ? {} : { courseCode, ...(courseKind === '' ? {} : { courseKind }) }),
        defaultSchool: defaultSchool === '' ? null : defaultSchool,
        // A day that is over was counted by its end; what is counted today is counted now.
        asOf: asOf === '' || asOf === today ? null : /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? instantIn(zone, asOf, '23:59') : asOf,
        complete,
        schools: found.institutions.flatMap(({ name, school }, at) => (chosen[at] && chosen[at] !== school ? [{ institution: name, school: chosen[at] }] : [])),
      };
      const next = await call(readClassFileAgain, { params, body } as never);
      queries.setQueryData(reading(readClassFile, { params } as never).queryKey, next as never);
      focusTitle();
    },
  });
  const { complete } = on.form.getValues();
  const offered = schools.map(({ id, name }) => ({ value: String(id), label: name }));
  const fields = Object.fromEntries(columnFields.map((field) => [field, w.fields[field]])) as Record<ColumnField, string>;
  return (
    <FormBody on={on} notSaved={f.notMapped} save={f.readAgain} onCancel={onClose} quiet wide>
      {headings.length > 0 && <ColumnChoices<ColumnField, { mapping: (ColumnField | '')[] }> on={on as never} headings={headings} samples={found.samples} fields={fields} />}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="md">
        <TextInput {...on.field('courseCode')} label={w.courseCode} description={w.courseHelp} autoComplete="off" />
        <NativeSelect
          {...on.field('courseKind')}
          label={w.courseKind}
          data={[{ value: '', label: w.guess }, ...courseKinds.map((value) => ({ value, label: w.courseKinds[value] }))]}
          style={{ alignSelf: 'end' }}
        />
      </SimpleGrid>
      {may('coordinator') && found.schoolId === null && <NativeSelect {...on.field('defaultSchool')} label={w.defaultSchool} data={[{ value: '', label: w.noSchool }, ...offered]} />}
      {found.institutions.length > 0 && (
        <Stack gap="sm" role="group" aria-labelledby="institutions">
          <div>
            <Text fw={500} size="sm" id="institutions">
              {w.institutions}
            </Text>
            <Text size="sm" c="var(--vn-ink-2)">
              {w.institutionsHelp}
            </Text>
          </div>
          {found.institutions.map(({ name, rows, school }, at) => (
            <NativeSelect
              {...on.field(`schools.${at}`)}
              key={name}
              label={w.institutionRows(name, rows)}
              data={[...(school === null ? [{ value: '', label: w.notOurs }] : offered.some(({ value }) => value === school) ? [] : [{ value: String(school), label: name }]), ...offered]}
              style={{ overflowWrap: 'anywhere' }}
            />
          ))}
        </Stack>
      )}
      <DayInput {...on.field('asOf')} label={w.asOfLabel} description={w.asOfHelp} />
      <Checkbox id={on.field('complete').id} checked={complete} onChange={(event) => on.form.setFieldValue('complete', event.currentTarget.checked)} label={w.complete} description={w.completeHelp} />
    </FormBody>
  );
}
