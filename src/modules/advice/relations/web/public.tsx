import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v4 } from 'uuid';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { placeRelation, readRelation } from '../contract.ts';
import { relationsWords } from '../words.ts';
import { noScores, RelationFields, RelationFigure } from './table.tsx';

/** On the page of a partnership: where company and centre each see their relation (row 4.10). */
export function RelationSection({ partnership }: { partnership: string }) {
  const w = useWords(relationsWords);
  const { zone } = useActing();
  const queries = useQueryClient();
  const asked = useRead(readRelation, { params: { partnership } });
  const [scores, setScores] = useState<typeof noScores | null>(null);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { data } = asked;
  const close = () => {
    setScores(null);
    setError(null);
    heading.current?.focus({ preventScroll: true });
  };
  const save = () =>
    call(placeRelation, { params: { partnership: partnership as never }, body: { scores: scores ?? noScores } }, { key: v4() }).then(async () => {
      await refresh(queries, readRelation);
      setDone(true);
      close();
    }, setError);
  const nothing = error instanceof Refusal && error.problem.code === 'invalid';
  return (
    <Stack gap="sm" component="section" aria-labelledby="relation">
      <Title order={2} id="relation" ref={heading} tabIndex={-1}>
        {w.title}
      </Title>
      <Text c="dimmed" maw="68ch">
        {w.lead}
      </Text>
      <div role="status">{done && scores === null && <Text>{w.saved}</Text>}</div>
      {asked.isPending && <Loading lines={4} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {data !== undefined &&
        (scores === null ? (
          <>
            {data.can.place && (
              <Group>
                <Button
                  onClick={() => {
                    setDone(false);
                    setScores(noScores);
                  }}
                >
                  {data.views.some(({ side }) => side === 'centre') ? w.placeAgain : w.place}
                </Button>
              </Group>
            )}
            <RelationFigure views={data.views} zone={zone} />
            <Text size="sm" c="dimmed" maw="68ch">
              {w.source}
            </Text>
          </>
        ) : (
          <RelationFields scores={scores} onChange={setScores}>
            {error !== null && (nothing ? <Text role="alert">{`${w.notSaved}. ${w.atLeastOne}`}</Text> : <ErrorNotice error={error} />)}
            <Group gap="xs">
              <Button variant="filled" onClick={save}>
                {w.save}
              </Button>
              <Button variant="subtle" onClick={close}>
                {w.cancel}
              </Button>
            </Group>
          </RelationFields>
        ))}
    </Stack>
  );
}
