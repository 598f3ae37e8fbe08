import { Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { listSeatMoves } from '../contract.ts';
import { seatMovesWords } from '../words.ts';
import { Moves } from './moves.tsx';

/** On a class's page: who moves from it or to it. Nothing, where nobody does. */
export function ClassMoves({ id }: { id: string }) {
  const w = useWords(seatMovesWords);
  const [done, setDone] = useState<string | null>(null);
  const asked = useRead(listSeatMoves, { query: { class: id as never } });
  const rows = asked.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="class-moves">
      <Title order={2} id="class-moves">
        {w.title}
      </Title>
      {done !== null && <Text role="status">{done}</Text>}
      <Moves rows={rows} onDone={setDone} />
    </Stack>
  );
}

/** On the first page of who leads a school: moves that wait for its answer (row 4.03). */
export function MovesToAnswer() {
  const w = useWords(seatMovesWords);
  const asked = useRead(listSeatMoves, { query: {} });
  const rows = (asked.data ?? []).filter(({ can }) => can.answer);
  if (rows.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="moves-to-answer">
      <Title order={2} id="moves-to-answer">
        {w.toAnswer}
      </Title>
      <Moves rows={rows.slice(0, 5)} onDone={() => undefined} />
      <NameLink to="/seat-moves">{w.all}</NameLink>
    </Stack>
  );
}
