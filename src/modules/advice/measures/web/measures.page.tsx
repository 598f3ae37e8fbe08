import { Button, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { listIncentives, listMeasures, type Measure, measureKinds, writeMeasure } from '../contract.ts';
import { measuresWords } from '../words.ts';
import { Incentives } from './incentives.tsx';

type Found = OutputOf<typeof listMeasures>;

export function MeasuresPage() {
  const w = useWords(measuresWords);
  const asked = useRead(listMeasures, {});
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet found={found} />}
    </FetchedPage>
  );
}

function Sheet({ found: { schools, measures, people } }: { found: Found }) {
  const w = useWords(measuresWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const queries = useQueryClient();
  const incentives = useRead(listIncentives, {});
  const [editing, setEditing] = useState<Measure | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const close = (said: string | null) => {
    setEditing(null);
    setDone(said);
    focusTitle();
  };
  const day = (of: string) => shortDay(language, of);
  const of = (school: string, kind: Measure['kind']) => measures.find((each) => each.school === school && each.kind === kind);
  const nameOf = (school: string) => schools.find(({ id }) => id === school)?.name ?? '';
  return (
    <Page title={w.title} lead={w.lead} path={<PathLink to="/impartial">{w.path}</PathLink>} done={done}>
      <Stack gap="xl">
        <Stack gap="sm" component="section" aria-labelledby="measures">
          <Title order={2} id="measures">
            {w.measures}
          </Title>
          <ul style={{ margin: 0, paddingInlineStart: '1.25rem', maxWidth: 720 }}>
            {measureKinds.map((kind) => (
              <li key={kind}>
                <strong>{`${w.kinds[kind]}: `}</strong>
                {w.helps[kind]}
              </li>
            ))}
          </ul>
          {editing !== null && (
            <EditMeasure
              key={`${editing.school} ${editing.kind}`}
              measure={editing}
              title={w.takeOf(w.kinds[editing.kind], nameOf(editing.school))}
              people={people}
              onClose={() => close(null)}
              onDone={async () => {
                await refresh(queries, listMeasures);
                close(w.saved);
              }}
            />
          )}
          <Rows
            label={w.measures}
            rows={schools}
            keyOf={({ id }) => id}
            name={{ head: w.school, cell: ({ name }) => name }}
            columns={measureKinds.map((kind) => ({
              head: w.kinds[kind],
              cell: ({ id, name, can }: Found['schools'][number]) => {
                const measure = of(id, kind);
                if (measure === undefined) return null;
                const { owner, due, doneOn } = measure;
                return (
                  <Stack gap={2} align="flex-start">
                    {owner === null ? (
                      <Text c="dimmed">{w.nobody}</Text>
                    ) : (
                      <>
                        <Text fw={500}>{doneOn !== null ? w.done(day(doneOn)) : due !== null && due < today ? w.late(day(due)) : w.by(day(due ?? today))}</Text>
                        <Text size="sm" c="dimmed">
                          {owner.name}
                        </Text>
                        {measure.note !== '' && <Text size="sm">{measure.note}</Text>}
                      </>
                    )}
                    {can.write && (
                      <Button size="xs" variant="subtle" mx={-14} aria-label={(owner === null ? w.takeOf : w.changeOf)(w.kinds[kind], name)} onClick={() => setEditing(measure)}>
                        {owner === null ? w.take : w.change}
                      </Button>
                    )}
                  </Stack>
                );
              },
            }))}
          />
        </Stack>
        {incentives.isError && <ErrorNotice error={incentives.error} onRetry={() => incentives.refetch()} />}
        {incentives.data !== undefined && <Incentives rows={incentives.data} onDone={setDone} />}
      </Stack>
    </Page>
  );
}

type Values = { owner: string; due: string; doneOn: string; note: string };
const valuesOf = ({ owner, due, doneOn, note }: Measure): Values => ({ owner: owner?.id ?? '', due: due ?? '', doneOn: doneOn ?? '', note });

interface EditProps {
  measure: Measure;
  title: string;
  people: Found['people'];
  onDone(): Promise<void>;
  onClose(): void;
}

function EditMeasure({ measure, title, people, onDone, onClose }: EditProps) {
  const w = useWords(measuresWords);
  const { language } = useLanguage();
  const { optional } = useWords(uiWords);
  const on = useServerForm<Values, Measure>({
    initial: valuesOf(measure),
    edits: { seen: measure, valuesOf },
    async send({ owner, due, doneOn, note }, _key, version) {
      const { school, kind } = measure;
      await call(writeMeasure, { params: { school, kind }, body: { owner: owner as NonNullable<Measure['owner']>['id'], due, doneOn: doneOn === '' ? null : doneOn, note } }, { version });
      await onDone();
    },
    sentences: { owner_required: w.choose },
  });
  const here = people.filter(({ school }) => school === null || school === measure.school);
  const inWords = (values: Values) => [
    { label: w.owner, text: here.find(({ id }) => id === values.owner)?.name ?? '' },
    { label: w.due, text: values.due === '' ? '' : shortDay(language, values.due) },
    { label: w.doneOn, text: values.doneOn === '' ? '' : shortDay(language, values.doneOn) },
    { label: w.note, text: values.note },
  ];
  return (
    <Stack component="section" aria-labelledby="measure" gap="sm" maw={720}>
      <Title order={3} id="measure">
        {title}
      </Title>
      <FormBody on={on} notSaved={w.notSaved} save={w.save} opened onCancel={onClose} inWords={inWords}>
        <NativeSelect label={w.owner} data={[{ value: '', label: w.choose }, ...here.map(({ id, name }) => ({ value: String(id), label: name }))]} {...on.field('owner')} />
        <DayInput label={w.due} {...on.field('due')} />
        <DayInput label={`${w.doneOn} ${optional}`} {...on.field('doneOn')} />
        <Textarea label={`${w.note} ${optional}`} autosize minRows={2} maxLength={1000} {...on.field('note')} />
      </FormBody>
    </Stack>
  );
}
