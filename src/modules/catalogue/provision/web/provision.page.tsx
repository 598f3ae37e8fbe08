import { Button, MultiSelect, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { municipalities } from '../../../../kit/municipalities.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { useFilters } from '../../../../ui/filters.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { areaChoices, industryChoices, useIndustryNames } from '../../../organisation/profiles/web/public.tsx';
import { listProvision, type ProvisionLine, removeProvision, type TaughtField, taughtFields, writeProvision } from '../contract.ts';
import { provisionWords } from '../words.ts';

type Found = NonNullable<ReturnType<typeof useRead<typeof listProvision>>['data']>;

export function ProvisionPage() {
  const w = useWords(provisionWords);
  const asked = useRead(listProvision, {});
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet found={found} />}
    </FetchedPage>
  );
}

function Sheet({ found: { schools, lines } }: { found: Found }) {
  const w = useWords(provisionWords);
  const n = useNeedWords();
  const industries = useIndustryNames();
  const { schoolId } = useActing();
  const queries = useQueryClient();
  const filters = useFilters({ school: schools.map(({ id }) => String(id)) });
  const [editing, setEditing] = useState<TaughtField | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const chosen = schools.find(({ id }) => id === filters.on.school) ?? schools.find(({ id }) => id === schoolId) ?? schools[0];
  if (chosen === undefined)
    return (
      <Page title={w.title} lead={w.lead}>
        <Empty title={w.noSchools} text={w.noSchoolsText} />
      </Page>
    );
  const lineOf = (field: TaughtField) => lines.find((line) => line.school === chosen.id && line.field === field);
  const close = (said: string | null) => {
    setEditing(null);
    setDone(said);
    focusTitle();
  };
  return (
    <Page title={w.title} lead={w.lead} done={done}>
      <Stack gap="lg">
        <NativeSelect
          label={w.school}
          maw={420}
          value={chosen.id}
          data={schools.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={({ currentTarget }) => {
            setEditing(null);
            filters.set('school', currentTarget.value);
          }}
        />
        {editing !== null && (
          <Line
            key={`${chosen.id} ${editing}`}
            school={chosen.id}
            field={editing}
            line={lineOf(editing)}
            onClose={() => close(null)}
            onDone={async (said) => {
              await refresh(queries, listProvision);
              close(said);
            }}
          />
        )}
        <Rows
          label={chosen.name}
          rows={taughtFields}
          keyOf={(field) => field}
          name={{ head: w.field, cell: (field) => n.fields[field] }}
          columns={[
            {
              head: w.industries,
              plain: true,
              cell: (field) => {
                const line = lineOf(field);
                if (line === undefined) return <Text c="dimmed">{w.teachesNot}</Text>;
                return line.industries.length === 0 ? w.allIndustries : sideBySide(line.industries.map((section) => industries[section]));
              },
            },
            {
              head: w.where,
              plain: true,
              cell: (field) => {
                const line = lineOf(field);
                return line === undefined ? null : line.municipalities.length === 0 ? w.wholeArea : sideBySide(line.municipalities.map((code) => municipalities[code] ?? code));
              },
            },
            ...(chosen.can.write
              ? [
                  {
                    head: w.changeShort,
                    plain: true as const,
                    width: '7rem',
                    cell: (field: TaughtField) => {
                      const stands = lineOf(field) !== undefined;
                      return (
                        <Button size="xs" variant="subtle" aria-label={stands ? w.change(n.fields[field]) : w.write(n.fields[field])} onClick={() => setEditing(field)}>
                          {stands ? w.changeShort : w.writeShort}
                        </Button>
                      );
                    },
                  },
                ]
              : []),
          ]}
        />
      </Stack>
    </Page>
  );
}

type Values = { industries: string[]; municipalities: string[] };
const valuesOf = ({ industries, municipalities: where }: Pick<ProvisionLine, 'industries' | 'municipalities'>): Values => ({ industries, municipalities: where });

interface LineProps {
  school: ProvisionLine['school'];
  field: TaughtField;
  line: ProvisionLine | undefined;
  onDone(said: string): Promise<void>;
  onClose(): void;
}

function Line({ school, field, line, onDone, onClose }: LineProps) {
  const w = useWords(provisionWords);
  const n = useNeedWords();
  const industries = useIndustryNames();
  const seen = line ?? { school, field, industries: [], municipalities: [], version: 0 };
  const on = useServerForm<Values, ProvisionLine>({
    initial: valuesOf(seen),
    edits: { seen, valuesOf },
    async send(values, _key, version) {
      await call(writeProvision, { params: { school, field }, body: { industries: values.industries as ProvisionLine['industries'], municipalities: values.municipalities } }, { version });
      await onDone(w.saved);
    },
  });
  const inWords = (values: Values) => [
    { label: w.industries, text: values.industries.length === 0 ? w.allIndustries : sideBySide(values.industries.map((section) => industries[section as ProvisionLine['industries'][number]])) },
    { label: w.where, text: values.municipalities.length === 0 ? w.wholeArea : sideBySide(values.municipalities.map((code) => municipalities[code] ?? code)) },
  ];
  return (
    <Stack component="section" aria-labelledby="line" gap="sm" maw={720}>
      <Title order={2} id="line">
        {line === undefined ? w.write(n.fields[field]) : w.change(n.fields[field])}
      </Title>
      <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={onClose} opened wide inWords={inWords}>
        <ChipsField {...on.field('industries')} label={w.industries} description={w.industriesHelp} choices={industryChoices(industries)} />
        <MultiSelect
          {...on.field('municipalities')}
          label={w.where}
          description={w.whereHelp}
          data={areaChoices}
          searchable
          comboboxProps={{ withinPortal: false }}
          withScrollArea={false}
          styles={{ options: { maxHeight: 240, overflowY: 'auto' } }}
        />
      </FormBody>
      {line !== undefined && (
        <div>
          <Button
            variant="subtle"
            color="red"
            onClick={async () => {
              await call(removeProvision, { params: { school, field } }, { version: line.version });
              await onDone(w.removed);
            }}
          >
            {w.remove}
          </Button>
        </div>
      )}
    </Stack>
  );
}
