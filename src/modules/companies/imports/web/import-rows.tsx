import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconEqual, IconPencil, IconPlus, IconX } from '@tabler/icons-react';
import { useFilters } from '../../../../ui/filters.tsx';
import { cvr } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { PickOne } from '../../../../ui/pick-one.tsx';
import { useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { type CompanyImport, listImportRows } from '../contract.ts';
import { importsWords } from '../words.ts';

const outcomes = ['new', 'changed', 'same', 'refused'] as const;
type Outcome = (typeof outcomes)[number];
const looks = {
  new: { color: 'fjord', Icon: IconPlus },
  changed: { color: 'fjord', Icon: IconPencil },
  same: { color: 'gray', Icon: IconEqual },
  refused: { color: 'red', Icon: IconX },
} as const;

/** Every row of the file and what becomes of it. */
export function ImportRows({ found }: { found: CompanyImport }) {
  const w = useWords(importsWords);
  const filters = useFilters({ outcome: outcomes });
  const list = useList(listImportRows, { params: { import: found.id }, query: filters.on });
  const many = found.kind === 'list' ? w.listOutcomes : w.outcomes;
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
            choices={[{ value: '', label: w.all(found.rows.read) }, ...outcomes.map((value) => ({ value, label: w.counted(many[value], found.rows[value]) }))]}
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
          name={{ head: w.name, cell: ({ name, no }) => <Wraps least="10rem">{name ?? w.rowNo(no)}</Wraps> }}
          columns={[
            { head: w.what, plain: true, cell: ({ kind, cvr: number, pNumber }) => (number === null && pNumber === null ? null : w.whats[kind]), width: '10rem' },
            { head: w.number, plain: true, cell: ({ cvr: number, pNumber, kind }) => (kind === 'unit' ? pNumber : number === null ? null : cvr(number)), width: '8rem' },
            {
              head: w.result,
              plain: true,
              cell: ({ outcome, refusal, doubtful }) => (
                <Group gap={6}>
                  <OutcomeBadge outcome={outcome} kind={found.kind} />
                  {refusal !== null && (
                    <Text span size="sm">
                      {w.refusals[refusal] ?? w.otherRefusal}
                    </Text>
                  )}
                  {doubtful && outcome !== 'refused' && (
                    <Badge color="yellow" leftSection={<IconAlertTriangle size={16} stroke={1.75} />}>
                      {w.doubtful}
                    </Badge>
                  )}
                </Group>
              ),
            },
            { head: w.row, cell: ({ no, name }) => (name === null ? null : no), width: '5rem' },
          ]}
        />
      </ListState>
    </Stack>
  );
}

function OutcomeBadge({ outcome, kind }: { outcome: Outcome; kind: CompanyImport['kind'] }) {
  const w = useWords(importsWords);
  const { color, Icon } = looks[outcome];
  return (
    <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
      {(kind === 'list' ? w.listOne : w.one)[outcome]}
    </Badge>
  );
}
