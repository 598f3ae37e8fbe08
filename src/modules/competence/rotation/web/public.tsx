import { Stack, Text, Title } from '@mantine/core';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { listRotations } from '../contract.ts';
import { rotationWords } from '../words.ts';
import { useRotationLines } from './facts.tsx';

/** A company's job rotations, to stand beside it (row 4.26). */
export function RotationsPanel({ company }: { company: string }) {
  const w = useWords(rotationWords);
  const lines = useRotationLines();
  const list = useRows(listRotations, { query: { company } } as never);
  const open = (list.data ?? []).filter(({ state }) => state !== 'called_off');
  return (
    <Stack gap="xs" component="section" aria-labelledby="rotations">
      <Title order={2} id="rotations">
        {w.title}
      </Title>
      {list.isPending && <Loading lines={2} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.data !== undefined && open.length === 0 && <Text>{w.panelNone}</Text>}
      {open.map((each) => (
        <div key={each.id}>
          <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
            {each.what}
          </Text>
          {[w.states[each.state], ...lines.who(each), ...lines.when(each)].map((line) => (
            <Text key={line} size="sm" style={{ overflowWrap: 'anywhere' }}>
              {line}
            </Text>
          ))}
        </div>
      ))}
      <NameLink to={`/rotations?company=${company}`}>{open.length === 0 ? w.panelMore : w.panelAll}</NameLink>
    </Stack>
  );
}
