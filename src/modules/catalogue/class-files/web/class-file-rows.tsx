import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconEqual, IconPencil, IconPlus, IconX } from '@tabler/icons-react';
import { useFilters } from '../../../../ui/filters.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { PickOne } from '../../../../ui/pick-one.tsx';
import { useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { type ClassFile, listClassFileRows } from '../contract.ts';
import { classFilesWords } from '../words.ts';
import { useChangeWords } from './said.tsx';

const outcomes = ['new', 'changed', 'same', 'refused', 'doubtful'] as const;
const looks = {
  new: { color: 'fjord', Icon: IconPlus },
  changed: { color: 'fjord', Icon: IconPencil },
  same: { color: 'gray', Icon: IconEqual },
  refused: { color: 'red', Icon: IconX },
} as const;

/** Every row of the file and what becomes of it. */
export function ClassFileRows({ found }: { found: ClassFile }) {
  const w = useWords(classFilesWords);
  const { language } = useLanguage();
  const said = useChangeWords();
  const filters = useFilters({ outcome: outcomes });
  const list = useList(listClassFileRows, { params: { file: found.id }, query: filters.on });
  return (
    <Stack gap="md" component="section" aria-labelledby="rows">
      <Title order={2} id="rows">
        {w.rows}
      </Title>
      <ListState
        controls={
          <PickOne
            label={w.outcome}
            value={filters.on.outcome ?? ''}
            onChange={(value) => filters.set('outcome', value)}
            choices={[{ value: '', label: w.all(found.rows.read) }, ...outcomes.map((value) => ({ value, label: w.counted(w.outcomes[value], found.rows[value]) }))]}
          />
        }
        list={list}
        count={list.rows.length}
        empty={<Empty title={w.noRows} />}
        filters={filters}
        none={w.noRows}
      >
        <Rows
          label={w.rows}
          rows={list.rows}
          keyOf={({ no }) => String(no)}
          name={{ head: w.className, cell: ({ title, number, no }) => <Wraps least="10rem">{title || number || w.rowNo(no)}</Wraps> }}
          columns={[
            { head: w.fields.number, plain: true, cell: ({ number }) => <Wraps least="8.5rem">{number}</Wraps> },
            { head: w.school, plain: true, cell: ({ institution }) => (institution === null ? null : <Wraps least="7rem">{institution}</Wraps>) },
            { head: w.starts, plain: true, cell: ({ starts }) => (starts === null ? null : shortDay(language, starts)) },
            {
              head: w.result,
              plain: true,
              cell: ({ outcome, refusal, doubts, changes }) => (
                <Stack gap={4} align="flex-start">
                  <Group gap={6}>
                    <OutcomeBadge outcome={outcome} />
                    {refusal !== null && (
                      <Text span size="sm">
                        {w.refusals[refusal]}
                      </Text>
                    )}
                  </Group>
                  {outcome !== 'refused' &&
                    doubts.map((doubt) => (
                      <Group key={doubt} gap={6} wrap="nowrap">
                        <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" style={{ flex: 'none' }} />
                        <Text span size="sm">
                          {w.doubts[doubt]}
                        </Text>
                      </Group>
                    ))}
                  {changes.map((change) => (
                    <Text key={change.field} span size="sm" style={{ overflowWrap: 'anywhere' }}>
                      {said(change)}
                    </Text>
                  ))}
                </Stack>
              ),
            },
            { head: w.row, cell: ({ no }) => no, width: '5rem' },
          ]}
        />
      </ListState>
    </Stack>
  );
}

function OutcomeBadge({ outcome }: { outcome: keyof typeof looks }) {
  const w = useWords(classFilesWords);
  const { color, Icon } = looks[outcome];
  return (
    <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
      {w.one[outcome]}
    </Badge>
  );
}
