import { Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { reading } from '../../../../ui/read.ts';
import { type Criteria, countTargets } from '../contract.ts';
import { campaignsWords } from '../words.ts';

/** How many companies the criteria would bring now, asked for when the hand rests. */
export function TargetCount({ criteria, draw }: { criteria: Criteria; draw: number | null }) {
  const w = useWords(campaignsWords);
  const [rested] = useDebouncedValue(JSON.stringify(criteria), 350);
  const asked = useQuery({ ...reading(countTargets, { body: JSON.parse(rested) as Criteria }), placeholderData: keepPreviousData });
  const found = asked.data;
  const left = found === undefined ? '' : w.leftOut(found.left.protected, found.left.quarantined);
  return (
    <Stack gap="xs" component="section" aria-labelledby="count">
      <Title order={2} id="count">
        {w.countTitle}
      </Title>
      {asked.isPending && <Loading lines={3} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      <Stack gap={4} role="status" aria-busy={asked.isFetching}>
        {found !== undefined && (
          <>
            <Text fw={600} fz="lg">
              {found.matching.count === 0 ? w.matchesNone : w.matches(found.matching)}
            </Text>
            {draw !== null && found.matching.count > draw && <Text>{w.capped(draw)}</Text>}
            {left !== '' && <Text>{w.notIncluded(left)}</Text>}
            {found.withoutPhone.count > 0 && <Text>{w.noPhone(found.withoutPhone)}</Text>}
          </>
        )}
      </Stack>
    </Stack>
  );
}
